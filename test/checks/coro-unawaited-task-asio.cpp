// Asio: an awaitable is lazy; who spawns it has consented by name.
//
// REQUIRES: asio
// RUN: %check %s -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

using asio::ip::tcp;
asio::awaitable<void> session(tcp::socket socket);
asio::awaitable<int> number();

//===- bad

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
