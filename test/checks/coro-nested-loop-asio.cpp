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

// Completion tokens that adapt another, as Asio has them since 1.30; older ones fail to compile with
// use_future.
namespace asio {
template <class Token> struct as_tuple_t {
  Token token;
};
template <class Token> as_tuple_t<Token> as_tuple(Token token) { return {token}; }
template <class Token> struct cancel_after_t {
  Token token;
};
template <class Token> cancel_after_t<Token> cancel_after(int, Token token) { return {token}; }
template <class Context, class Task, template <class> class Adapter>
std::future<int> co_spawn(Context &, Task, Adapter<use_future_t<>>);
template <class Context, class Task>
std::future<int> co_spawn(Context &, Task, cancel_after_t<as_tuple_t<use_future_t<>>>);
} // namespace asio

//===- bad

asio::awaitable<void> nests(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'asio::io_context::run' waits synchronously inside a coroutine
  // NOTE: instead
  io.run();
  // EXPECT: coro-nested-loop: 'asio::io_context::poll_one' waits synchronously inside a coroutine
  // NOTE: instead
  io.poll_one();
}

asio::awaitable<void> waits_for_a_task(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), asio::use_future).get();
  auto later = asio::co_spawn(io, number(), asio::use_future);
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  later.get();
}

asio::awaitable<void> waits_through_adapters(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), asio::as_tuple(asio::use_future)).get();
  const auto token = asio::as_tuple(asio::use_future);
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), token).get();
  auto later = asio::co_spawn(io, number(), asio::cancel_after(1, asio::as_tuple(asio::use_future)));
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
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
