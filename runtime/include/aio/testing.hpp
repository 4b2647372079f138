//===- aio/testing.hpp - Time that does not pass, and every order ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#ifndef AIO_TESTING_HPP
#define AIO_TESTING_HPP

#include <aio/run.hpp>

#include <concepts>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace aio::testing {

/// Runs \p main as aio::run does, on a clock that stands still while anything can run, waits for
/// workers and files, and else jumps to the next time that somebody sleeps until: an hour passes in
/// no time, and always the same way. It does not wait for peers, other programs and signals while
/// somebody sleeps. SIGINT and SIGTERM are not handled.
///
/// Starts, Cancel, Thread, Throws: as aio::run.
template <class T> CORO_STARTS_LOOP T run(CORO_CONSUMES_TASK task<T> main) {
  return aio::run(std::move(main), {.handle_signals = false, .virtual_time = true});
}

/// The same, and draws who is next among those that are ready, with \p seed: the same seed, the
/// same order. What holds for every seed does not hang on an order by chance.
///
/// Starts, Cancel, Thread, Throws: as aio::run.
template <class T> CORO_STARTS_LOOP T run(CORO_CONSUMES_TASK task<T> main, std::uint64_t seed) {
  return aio::run(std::move(main),
                  {.handle_signals = false, .virtual_time = true, .random_order = seed});
}

/// The time of the loop that runs here: what its sleepers go by.
///
/// Thread: on the loop.
/// Throws: std::logic_error where no loop runs.
inline detail::clock::time_point now() {
  return detail::require_scheduler("testing::now").now();
}

/// Thrown by for_each_seed: says the seed, and what was thrown. That is nested in it.
class seed_failed : public std::runtime_error {
public:
  seed_failed(std::uint64_t seed, const std::string &why)
      : std::runtime_error("with seed " + std::to_string(seed) + ": " + why), seed_(seed) {}
  std::uint64_t seed() const noexcept { return seed_; }

private:
  std::uint64_t seed_;
};

/// Runs the task that \p make gives with each seed below \p count, one after the other. \p make may
/// take the seed, to say it where a test complains.
///
/// Starts, Cancel, Thread: as aio::run.
/// Throws: `seed_failed`, at the first seed whose task throws.
template <class F> CORO_STARTS_LOOP void for_each_seed(std::uint64_t count, F make) {
  for (std::uint64_t seed = 0; seed != count; ++seed) {
    try {
      if constexpr (std::invocable<F &, std::uint64_t>)
        static_cast<void>(testing::run(make(seed), seed));
      else
        static_cast<void>(testing::run(make(), seed));
    } catch (const std::exception &thrown) {
      std::throw_with_nested(seed_failed(seed, thrown.what()));
    } catch (...) {
      std::throw_with_nested(seed_failed(seed, "no std::exception"));
    }
  }
}

} // namespace aio::testing

#endif // AIO_TESTING_HPP
