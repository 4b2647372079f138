// The rules on aio, which they know by its annotations alone.
//
// RUN: %check %s
#include <aio/cancel.hpp>
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
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <semaphore>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

aio::task<int> load(int id = 0);
aio::task<> save();

//===- bad

aio::task<> blocks() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'aio::sleep_for' (annotated at time.hpp:{{[0-9]+}})
  // FIXED: co_await aio::sleep_for(1s);
  std::this_thread::sleep_for(1s);
  co_await aio::resume_on_worker();
  std::this_thread::sleep_for(1s); // on the worker
  co_await aio::resume_on_loop();
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'aio::sleep_for' (annotated at time.hpp:{{[0-9]+}})
  // FIXED: co_await aio::sleep_for(1s);
  std::this_thread::sleep_for(1s);
}

aio::async_generator<int> blocks_in_a_generator() {
  co_await aio::sleep_for(1s);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'aio::sleep_for' (annotated at time.hpp:{{[0-9]+}})
  // FIXED: co_await aio::sleep_for(1s);
  std::this_thread::sleep_for(1s);
  co_yield 1;
}

// What aio has of its own for what blocks. Where a fix is not certain, it is named.
aio::task<> has_awaitable_forms(std::future<int> &result,
                                std::counting_semaphore<4> &s, std::latch &l, std::thread &t,
                                addrinfo *found, const sockaddr &peer, pollfd &watched) {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_until' blocks the event loop
  // NOTE: instead, await 'aio::sleep_until'
  // FIXED: co_await aio::sleep_until(aio::clock::now() + 1s);
  std::this_thread::sleep_until(aio::clock::now() + 1s);
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead, await 'aio::sleep_for'
  sleep(1);
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead, await 'aio::resolve'
  getaddrinfo("example.org", "http", nullptr, &found);
  // EXPECT: coro-blocking-call: 'connect' blocks the event loop
  // NOTE: instead, await 'aio::tcp_connect'
  connect(socket(AF_INET, SOCK_STREAM, 0), &peer, sizeof peer);
  // EXPECT: coro-blocking-call: 'poll' blocks the event loop
  // NOTE: instead, await 'aio::readable'
  poll(&watched, 1, -1);
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead, await 'aio::to_thread'
  result.get();
  // EXPECT: coro-blocking-call: 'std::thread::join' blocks the event loop
  // NOTE: instead, await 'aio::to_thread'
  t.join();
  // EXPECT: coro-blocking-call: 'std::counting_semaphore::acquire' blocks the event loop
  // NOTE: instead, await 'aio::semaphore::acquire'
  s.acquire();
  // EXPECT: coro-blocking-call: 'std::latch::wait' blocks the event loop
  // NOTE: instead, await 'aio::event::wait'
  l.wait();
  // EXPECT: coro-blocking-call: 'system' blocks the event loop
  // NOTE: instead, await 'aio::run_program'
  std::system("true");
  // EXPECT: coro-blocking-call: 'waitpid' blocks the event loop
  // NOTE: instead, await 'aio::process::wait'
  waitpid(1, nullptr, 0);
  // EXPECT: coro-blocking-call: 'pause' blocks the event loop
  // NOTE: instead, await 'aio::wait_signal'
  pause();
  // EXPECT: coro-blocking-call: 'std::basic_ifstream::basic_ifstream' blocks the event loop
  // NOTE: instead, await 'aio::file::open'
  std::ifstream in("a.txt");
  // EXPECT: coro-blocking-call: 'std::filesystem::rename' blocks the event loop
  // NOTE: instead, await 'aio::rename'
  // FIXED: co_await aio::rename("a.txt", "b.txt");
  std::filesystem::rename("a.txt", "b.txt");
  co_return;
}

aio::task<> waits_for_a_condition(std::mutex &m, std::condition_variable &c) {
  std::unique_lock lock(m);
  // EXPECT: coro-blocking-call: 'std::condition_variable::wait' blocks the event loop
  // NOTE: instead, await 'aio::event::wait'
  c.wait(lock);
  co_return;
}

aio::task<> nests() {
  // EXPECT: coro-nested-loop: 'aio::run' waits synchronously inside a coroutine, which stops the event loop or deadlocks it
  // NOTE: 'aio::run' is annotated at run.hpp:
  // FIXED: const int n = co_await load();
  const int n = aio::run(load());
  co_await load(n);
}

aio::task<> forgets(aio::mutex &m, aio::event &e, aio::semaphore &s, aio::channel<int> &c,
                    aio::tcp_stream &stream, aio::task_group &group) {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'aio::task' is lazy
  // FIXED: co_await save();
  save();
  // EXPECT: coro-unawaited-task: 'aio::sleep_for' has no effect
  // NOTE: is declared here
  // FIXED: co_await aio::sleep_for(1s);
  aio::sleep_for(1s);
  // EXPECT: coro-unawaited-task: 'aio::with_timeout' has no effect
  // NOTE: is declared here
  // FIXED: co_await aio::with_timeout(1s, save());
  aio::with_timeout(1s, save());
  // EXPECT: coro-unawaited-task: 'aio::gather' has no effect
  // NOTE: is declared here
  aio::gather(save(), save());
  // EXPECT: coro-unawaited-task: 'aio::event::wait' has no effect
  // NOTE: is declared here
  // FIXED: co_await e.wait();
  e.wait();
  // EXPECT: coro-unawaited-task: 'aio::channel::send' has no effect
  // NOTE: is declared here
  // FIXED: co_await c.send(1);
  c.send(1);
  // EXPECT: coro-unawaited-task: 'aio::byte_stream::write' has no effect
  // NOTE: is declared here
  // FIXED: co_await stream.write("text");
  stream.write("text");
  // EXPECT: coro-unawaited-task: 'aio::task_group::join' has no effect
  // NOTE: is declared here
  // FIXED: co_await group.join();
  group.join();
  // EXPECT: coro-unawaited-task: 'aio::to_thread' has no effect
  // NOTE: is declared here
  // FIXED: co_await aio::to_thread([] {});
  aio::to_thread([] {});
  // EXPECT: coro-unawaited-task: 'aio::resume_on_worker' has no effect
  // NOTE: is declared here
  // FIXED: co_await aio::resume_on_worker();
  aio::resume_on_worker();
  co_await aio::resume_on_loop();
  // EXPECT: coro-unawaited-task: what 'aio::spawn' returns is to be awaited, and is dropped
  // NOTE: is declared here
  aio::spawn(save());
  // EXPECT: coro-unawaited-task: 'load' never runs: its task is kept in 'kept', and no path awaits it
  // NOTE: 'aio::task' is lazy
  // FIXED: auto kept = co_await load();
  auto kept = load();
}

//===- good

aio::task<> works(aio::mutex &m, aio::task_group &group, aio::channel<int> &c) {
  co_await save();
  auto running = aio::spawn(load());
  aio::spawn(save()).detach(); // said to run on
  group.spawn(save());         // the group awaits it
  const auto guard = co_await m.lock();
  co_await aio::to_thread([] { std::this_thread::sleep_for(1s); }); // on a worker
  co_await aio::gather(save(), load(), aio::sleep_for(1s));
  const auto [first] = co_await aio::gather(load());
  co_await c.send(first);
  const auto r = co_await aio::race(load(), load(1));
  co_await aio::with_timeout(1s, aio::shield(save()));
  co_await aio::with_task_group([&](aio::task_group &inner) -> aio::task<> {
    inner.spawn(load(static_cast<int>(r.index)));
    co_return;
  });
  co_await running;
}

int main() {
  aio::run(save());
}
