//===- aio/testing.hpp - Time that does not pass, and every order
//--------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_TESTING_HPP
#define AIO_TESTING_HPP

#include <aio/run.hpp>

#include <cstdint>
#include <utility>

namespace aio::testing {

/// Runs \p main as aio::run does, on a clock that stands still while anything can run, waits for
/// workers and files, and else jumps to the next time that somebody sleeps until: an hour passes in
/// no time, and always the same way.
template <class T> CORO_STARTS_LOOP T run(CORO_CONSUMES_TASK task<T> main) {
  return aio::run(std::move(main), {.handle_signals = false, .virtual_time = true});
}

/// The same, and draws who is next among those that are ready, with \p seed: the same seed, the
/// same order. What holds for every seed does not hang on an order by chance.
template <class T> CORO_STARTS_LOOP T run(CORO_CONSUMES_TASK task<T> main, std::uint64_t seed) {
  return aio::run(std::move(main),
                  {.handle_signals = false, .virtual_time = true, .random_order = seed});
}

} // namespace aio::testing

#endif // AIO_TESTING_HPP
