// Of a library that is described, nobody outside of it looks into the functions, wherever its headers
// are: what they do is what is described.
//
// RUN: %check %s

#include "Inputs/vendored/seastar.h"

using seastar::future;

task<int> uses(future<int> f) {
  seastar::take(f);
  seastar::internal::first_of(f);
  // EXPECT: coro-nested-loop: 'seastar::future::wait' waits synchronously inside a coroutine
  // NOTE: instead, co_await the future
  f.wait();
  // Common on a future that is known to be ready.
  co_return f.get();
}

// What a call has just given is not known to be ready, once the coroutine was suspended.
future<int> fresh();
task<int> gets_what_was_just_given() {
  co_await async_read(1);
  int x = 0;
  // EXPECT: coro-nested-loop: 'seastar::future::get' waits synchronously inside a coroutine
  // NOTE: instead, co_await the future
  x += fresh().get();
  auto g = fresh();
  // EXPECT: coro-nested-loop: 'seastar::future::get' waits synchronously inside a coroutine
  // NOTE: instead, co_await the future
  co_return x + g.get();
}

// What is around the library is not the library.
task<int> goes_through_mine(future<int> f) {
  // EXPECT: coro-nested-loop: 'mine::take' waits synchronously inside a coroutine
  // NOTE@vendored/seastar.h: 'mine::take' calls 'seastar::future::wait' here
  // NOTE@vendored/seastar.h: waits for the future
  co_return mine::take(f);
}

// Whoever writes the library wants to know what it does.
namespace seastar::part {
task<int> of_the_library(future<int> f) {
  // EXPECT: coro-nested-loop: 'seastar::take' waits synchronously inside a coroutine
  // NOTE@vendored/seastar.h: 'seastar::take' calls 'seastar::future::wait' here
  // NOTE@vendored/seastar.h: waits for the future
  co_return take(f);
}
} // namespace seastar::part

// A namespace of that name in one's own file is one's own.
namespace seastar {
inline int take_here(future<int> f) {
  f.wait();
  return 1;
}
} // namespace seastar
task<int> own_file(future<int> f) {
  // EXPECT: coro-nested-loop: 'seastar::take_here' waits synchronously inside a coroutine
  // NOTE: 'seastar::take_here' calls 'seastar::future::wait' here
  // NOTE: waits for the future
  co_return seastar::take_here(f);
}
