// What the linter knows about aio it has from the annotations in aio's headers: no knowledge file is read
// here, and none that is shipped names aio.
//
// RUN: corolint-knowledge-dump --unshipped --lines %s -- -std=c++20 -w -I%include \
// RUN:   | %FileCheck %s
// RUN: not grep -rnE 'aio::|<aio/|"aio/' %source/checks/libraries
#include <aio/debug.hpp>
#include <aio/file.hpp>
#include <aio/gather.hpp>
#include <aio/generator.hpp>
#include <aio/net.hpp>
#include <aio/process.hpp>
#include <aio/run.hpp>
#include <aio/signal.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

using namespace std::chrono_literals;

aio::task<int> number();
int blocking();

void starts_a_loop() {
  // CHECK: [[@LINE+1]]: {{.*}}run.hpp:[[#]]: aio::run: runs-loop
  aio::run(number());
  // CHECK: [[@LINE+1]]: {{.*}}testing.hpp:[[#]]: aio::testing::run: runs-loop
  aio::testing::run(number());
}

aio::task<> in_a_coroutine(aio::mutex &m, aio::semaphore &s, aio::channel<aio::task<int>> &c) {
  // CHECK: [[@LINE+1]]: {{.*}}thread.hpp:[[#]]: aio::to_thread: offloads {0}
  co_await aio::to_thread(blocking);
  // CHECK: [[@LINE+1]]: {{.*}}thread.hpp:[[#]]: aio::resume_on_worker: hops-to-worker
  co_await aio::resume_on_worker();
  // CHECK: [[@LINE+1]]: {{.*}}thread.hpp:[[#]]: aio::resume_on_loop: hops-to-loop
  co_await aio::resume_on_loop();
  // CHECK: [[@LINE+1]]: {{.*}}spawn.hpp:[[#]]: aio::spawn: consumes {0}
  auto running = aio::spawn(number());
  co_await running;
  // CHECK: [[@LINE+1]]: {{.*}}time.hpp:[[#]]: aio::with_timeout: consumes {1}
  co_await aio::with_timeout(1s, number());
  // CHECK: [[@LINE+1]]: {{.*}}time.hpp:[[#]]: aio::sleep_for: replaces std::this_thread::sleep_for
  co_await aio::sleep_for(1s);
  // CHECK: [[@LINE+1]]: {{.*}}time.hpp:[[#]]: aio::sleep_until: replaces std::this_thread::sleep_until
  co_await aio::sleep_until(aio::clock::now());
  // CHECK: [[@LINE+1]]: {{.*}}net.hpp:[[#]]: aio::resolve: replaces getaddrinfo
  co_await aio::resolve("localhost");
  // CHECK: [[@LINE+1]]: {{.*}}net.hpp:[[#]]: aio::tcp_connect: replaces connect
  auto stream = co_await aio::tcp_connect("localhost", 80);
  // CHECK: [[@LINE+1]]: {{.*}}process.hpp:[[#]]: aio::run_program: replaces system
  co_await aio::run_program({"true"});
  // CHECK: [[@LINE+1]]: {{.*}}signal.hpp:[[#]]: aio::wait_signal: replaces pause
  co_await aio::wait_signal(1);
  // CHECK: [[@LINE+1]]: {{.*}}file.hpp:[[#]]: aio::file::open: replaces open
  auto file = co_await aio::file::open("a");
  // CHECK: [[@LINE+1]]: {{.*}}gather.hpp:[[#]]: aio::gather: consumes {0}
  co_await aio::gather(number());
  // CHECK: [[@LINE+1]]: {{.*}}cancel.hpp:[[#]]: aio::shield: consumes {0}
  co_await aio::shield(number());
  // CHECK: [[@LINE+1]]: {{.*}}sync.hpp:[[#]]: aio::channel::send: consumes {0}
  co_await c.send(number());
  // CHECK: [[@LINE+1]]: {{.*}}task_group.hpp:[[#]]: aio::task_group: type joined-scope
  aio::task_group group;
  // CHECK: [[@LINE+1]]: {{.*}}task_group.hpp:[[#]]: aio::task_group::spawn: consumes {0}
  group.spawn(number());
  co_await group.join();
  // CHECK: [[@LINE+1]]: {{.*}}sync.hpp:[[#]]: aio::scoped_lock: type async-lock
  aio::scoped_lock guard = co_await m.lock();
  // CHECK: [[@LINE+1]]: {{.*}}sync.hpp:[[#]]: aio::permit: type async-lock
  aio::permit place = co_await s.acquire();
}
