// Dropping a task, a handle, or anything else that is to be awaited is a warning, and with -Werror an error.
#include <aio/cancel.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

using namespace std::chrono_literals;

aio::task<int> number();

aio::task<> drops(aio::mutex &m, aio::event &e) {
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}a task does nothing until it is awaited
  number();
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}await the handle, or detach() it
  aio::spawn(number());
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  aio::sleep_for(1s);
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  aio::with_timeout(1s, number());
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  aio::gather(number());
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  aio::to_thread([] {});
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  m.lock();
  // CHECK: drop.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}co_await it
  e.wait();
  co_await aio::checkpoint();
}
