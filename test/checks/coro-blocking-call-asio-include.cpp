// What a fix writes may need headers: those that the unit does not have are
// added after the last include, once.
//
// REQUIRES: asio
// RUN: %check %s -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE

#include <asio/awaitable.hpp>
// FIXED: #include <chrono>
// FIXED: #include <asio/steady_timer.hpp>
// FIXED: #include <asio/use_awaitable.hpp>
#include <chrono>

namespace std::this_thread {
template <class Rep, class Period> void sleep_for(const std::chrono::duration<Rep, Period> &);
}

asio::awaitable<void> sleeps() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  co_return;
}

// Once is enough.
asio::awaitable<void> sleeps_again() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(std::chrono::seconds(2));
  co_return;
}
