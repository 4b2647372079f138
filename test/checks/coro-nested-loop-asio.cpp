// Asio: a context that is run, or a task that is waited for, inside a coroutine.
//
// REQUIRES: asio
// RUN: %check %s -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <future>

asio::awaitable<int> number();

//===- bad

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

// Before the loop, and after it.
int main() {
  asio::io_context io;
  asio::co_spawn(io, number(), asio::detached);
  io.run();
  return asio::co_spawn(io, number(), asio::use_future).get();
}
