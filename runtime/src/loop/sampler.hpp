//===- sampler.hpp - Looking into another thread --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// The thread gets a signal, and notes in the handler what it was doing: its stack stands still for
// as long as that runs.
//
// The signal is SIGURG, as in Go's runtime, and for its reasons: who does not ask for it does not
// notice it, debuggers let it through, and hardly a program uses it. One that does keeps it, and
// gets reports without a stack.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_SAMPLER_HPP
#define AIO_LOOP_SAMPLER_HPP

#include "stack.hpp"

#include <aio/detail/scheduler.hpp>

#include <pthread.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <source_location>

namespace aio::detail {

/// What a thread did when it was looked at.
struct sample {
  struct place {
    std::source_location made_at;
    std::source_location awaiting_at;
  };
  raw_stack stack;
  /// The coroutine that ran, and those that await it.
  std::array<place, 16> chain;
  std::size_t chain_size = 0;
};

/// What the thread that makes one does, and what another sees of it.
class sampler {
public:
  sampler() noexcept;
  sampler(const sampler &) = delete;
  sampler &operator=(const sampler &) = delete;
  ~sampler();

  /// A step begins. Its frames are below \p base.
  void begin(std::uintptr_t base) noexcept {
    base_.store(base, std::memory_order_relaxed);
    begun_.store(clock::now().time_since_epoch().count(), std::memory_order_relaxed);
  }
  void end() noexcept { begun_.store(idle, std::memory_order_relaxed); }

  /// The step that runs now, by the time at which it has begun. On any thread.
  std::optional<clock::time_point> step() const noexcept {
    const clock::rep begun = begun_.load(std::memory_order_relaxed);
    if (begun == idle)
      return std::nullopt;
    return clock::time_point(clock::duration(begun));
  }

  /// How long the thread has been ready to run, ever, and had no processor, if that can be known.
  std::optional<clock::duration> starved() const noexcept;

  enum class answer { taken, step_over, no_signal, silent };
  /// Looks at the step that has begun at \p step. On another thread.
  answer take(clock::time_point step, sample &into);

private:
  enum class state { idle, asked, busy, taken, step_over };
  static constexpr clock::rep idle = std::numeric_limits<clock::rep>::min();

  static void interrupted(int);
  void look() noexcept;

  static_assert(std::atomic<state>::is_always_lock_free &&
                std::atomic<clock::rep>::is_always_lock_free);

  const pthread_t thread_ = pthread_self();
  std::array<char, 64> schedule_{}; // where the kernel says how it was scheduled
  std::atomic<std::uintptr_t> base_{0};
  std::atomic<clock::rep> begun_{idle};
  std::atomic<state> state_{state::idle};
  clock::rep asked_for_ = idle;
  sample *into_ = nullptr;
};

} // namespace aio::detail

#endif // AIO_LOOP_SAMPLER_HPP
