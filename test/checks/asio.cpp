// The rules on Asio: what they find there, what they write, and what they leave alone.
//
// REQUIRES: asio
// RUN: %check %s -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/connect.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/read.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <future>
#include <thread>

using asio::ip::tcp;
using namespace std::chrono_literals;
asio::awaitable<void> session(tcp::socket socket);
asio::awaitable<int> number();

//===- coro-blocking-call, and the awaitable that says the same

asio::awaitable<void> sleeps() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::steady_timer(co_await asio::this_coro::executor, 10ms).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(10ms);
  co_return;
}

asio::awaitable<void> reads(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-blocking-call: 'asio::basic_stream_socket::read_some' blocks the event loop
  // NOTE: instead
  // FIXED: std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  std::size_t n = socket.read_some(asio::buffer(data));
  // EXPECT: coro-blocking-call: 'asio::write' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::async_write(socket, asio::buffer(data, n), asio::use_awaitable);
  asio::write(socket, asio::buffer(data, n));
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
}

asio::awaitable<void> resolves(tcp::resolver &resolver) {
  // EXPECT: coro-blocking-call: 'asio::ip::basic_resolver::resolve' blocks the event loop
  // NOTE: instead
  // FIXED: auto all = co_await resolver.async_resolve("example.org", "http", asio::use_awaitable);
  auto all = resolver.resolve("example.org", "http");
  co_return;
}

// The helper is no coroutine: there is nothing to write there.
std::size_t read_reply(tcp::socket &socket, char (&data)[8]) {
  return asio::read(socket, asio::buffer(data)); // #reply
}
asio::awaitable<void> reads_below(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-blocking-call: 'read_reply' blocks the event loop: it calls 'asio::read'
  // NOTE@#reply: 'read_reply' calls 'asio::read' here
  // NOTE@#reply: 'asio::read'
  read_reply(socket, data);
  co_return;
}

//===- coro-unawaited-task

asio::awaitable<void> drops(tcp::socket socket) {
  // EXPECT: coro-unawaited-task: 'number' never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await number();
  number();
  // EXPECT: coro-unawaited-task: 'session' never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await session(std::move(socket));
  session(std::move(socket));
  co_return;
}

asio::awaitable<void> drops_an_operation(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-unawaited-task: {{.*}} never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_return;
}

//===- coro-nested-loop

asio::awaitable<void> nests(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'asio::io_context::run' waits inside a coroutine
  // NOTE: instead
  io.run();
  // EXPECT: coro-nested-loop: 'asio::io_context::poll_one' waits inside a coroutine
  // NOTE: instead
  io.poll_one();
}

asio::awaitable<void> waits_for_a_task(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'std::future::get' waits inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), asio::use_future).get();
  auto later = asio::co_spawn(io, number(), asio::use_future);
  // EXPECT: coro-nested-loop: 'std::future::get' waits inside a coroutine
  // NOTE: instead
  later.get();
}

//===- good

asio::awaitable<void> listener(tcp::acceptor acceptor) {
  auto executor = co_await asio::this_coro::executor;
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    // Named consent: nobody waits for it.
    asio::co_spawn(executor, session(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> handed_on(asio::io_context &io) {
  // Somebody takes the result.
  asio::co_spawn(io, number(), [](std::exception_ptr, int) {});
  int n = co_await asio::co_spawn(io, number(), asio::use_awaitable);
  (void)n;
}

// A thread pool is where one may wait.
asio::awaitable<void> offloads(asio::thread_pool &pool) {
  asio::post(pool, [] { std::this_thread::sleep_for(1s); });
  co_return;
}

int main() {
  asio::io_context io;
  asio::co_spawn(io, number(), asio::detached);
  io.run();
  return asio::co_spawn(io, number(), asio::use_future).get();
}
