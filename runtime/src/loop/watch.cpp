//===- watch.cpp - Debug mode's eye on a loop -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//
//
// A step leaves the time at which it began where a thread of the watcher's own sees it. When it has
// become too long, that thread sends a signal to the loop's, whose handler notes the stack and the
// coroutine that runs (sampler.hpp); the thread makes a report of them while the step goes on
// (slow_step_report.hpp).
//
//===-----------------------------------------------------------------------------------------===//

#include "watch.hpp"
#include "sampler.hpp"
#include "signal_handle.hpp"
#include "slow_step_report.hpp"

#include <aio/detail/report.hpp>

#include <signal.h>
#include <uv.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace aio::detail {

namespace {

using namespace std::chrono_literals;

//===- The watchdog -------------------------------------------------------===//

/// Nothing wakes it but time and its end: that keeps a step cheap.
class watchdog {
public:
  watchdog(sampler &watched, std::chrono::milliseconds slow_step)
      : watched_(watched), slow_step_(slow_step) {
    // What is sent to the program is for its own threads.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      thread_ = std::thread([this] { watch(); });
    } catch (...) {
      pthread_sigmask(SIG_SETMASK, &before, nullptr);
      throw;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  ~watchdog() {
    {
      std::lock_guard held(lock_);
      ending_ = true;
    }
    ended_.notify_one();
    thread_.join();
  }

private:
  // A step that stays is reported again, ten times later each time: whether it is at the same place
  // still, and how long it has been, within a factor of ten.
  static constexpr int again = 10;
  static constexpr std::chrono::milliseconds late = 1s;

  void watch() {
    std::unique_lock held(lock_);
    auto next = clock::now() + slow_step_;
    std::optional<clock::time_point> seen; // the step that was there the last time
    clock::duration lost{};                // of its time, what is not its own
    clock::duration due{};                 // how long it may take until it is reported
    while (!ended_.wait_until(held, next, [this] { return ending_; })) {
      const auto now = clock::now();
      const auto planned = std::exchange(next, now + slow_step_);
      const auto hungry = starved_since_last();
      const auto step = watched_.step();
      if (!step || *step > now)
        continue;
      if (step != seen) {
        seen = step;
        lost = {};
        due = slow_step_;
      }
      // The step is not to blame for the time in which it had no processor, nor for that in which
      // this thread was not woken: the process was stopped.
      if (now - planned > std::max(slow_step_, late))
        lost += now - std::max(planned, *step);
      else
        lost += hungry;
      if (now - *step - lost >= due) {
        held.unlock();
        const auto answer = watched_.take(*step, sample_);
        lost += starved_since_last(); // known when it has got one
        const auto so_far = now - *step - lost;
        if (so_far >= due) {
          say(answer, std::chrono::duration_cast<std::chrono::milliseconds>(so_far));
          due = so_far * again;
        }
        held.lock();
        next = clock::now() + slow_step_;
      } else {
        next = std::min(next, now + (due - (now - *step - lost)));
      }
    }
  }

  clock::duration starved_since_last() noexcept {
    const auto so_far = watched_.starved();
    if (!so_far)
      return {};
    return *so_far - std::exchange(starved_, so_far).value_or(*so_far);
  }

  void say(sampler::answer answer, std::chrono::milliseconds held) {
    switch (answer) {
    case sampler::answer::taken:
      hand_over(report_of(sample_, held));
      break;
    case sampler::answer::step_over:
      break;
    case sampler::answer::no_signal:
      hand_over(report_without_stack(held, "the program has another use for SIGURG"));
      break;
    case sampler::answer::silent:
      hand_over(report_without_stack(held, "the thread does not answer signals"));
      break;
    }
  }

  sampler &watched_;
  const std::chrono::milliseconds slow_step_;
  sample sample_;
  std::optional<clock::duration> starved_ = watched_.starved();
  std::mutex lock_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

//===- SIGUSR1 ------------------------------------------------------------===//

/// Writes the tree of coroutines when it comes. A program that handles SIGUSR1 itself keeps it.
class tree_on_signal {
public:
  explicit tree_on_signal(uv_scheduler &loop) {
    static std::mutex &one = *new std::mutex;
    std::lock_guard held(one);
    static void (*libuvs)(int) = SIG_DFL;
    struct sigaction found{};
    if (sigaction(SIGUSR1, nullptr, &found) != 0 ||
        (found.sa_handler != SIG_DFL && found.sa_handler != libuvs))
      return;
    try {
      handle_ = signal_handle(loop.native(), &loop);
      handle_.unref();
      handle_.start(SIGUSR1, [](uv_signal_t *handle, int) {
        std::fputs(tree_of(*static_cast<uv_scheduler *>(handle->data)).c_str(), stderr);
      });
    } catch (const std::system_error &) {
      return; // the loop is watched all the same
    }
    if (sigaction(SIGUSR1, nullptr, &found) == 0)
      libuvs = found.sa_handler;
  }

private:
  signal_handle handle_;
};

//===- All of it ----------------------------------------------------------===//

class loop_watcher final : public watcher {
public:
  loop_watcher(uv_scheduler &loop, std::chrono::milliseconds slow_step) : loop_(loop), tree_(loop) {
    if (slow_step > 0ms)
      watchdog_.emplace(sampler_, slow_step);
    loop.set_observer(this);
  }
  ~loop_watcher() override { loop_.set_observer(nullptr); }

  // A function by itself: its frame marks where those of the step end.
  [[gnu::noinline]] void step_begins(const promise_base *) noexcept override {
    sampler_.begin(reinterpret_cast<std::uintptr_t>(__builtin_dwarf_cfa()));
  }
  void step_ends() noexcept override { sampler_.end(); }
  void deadlocked(const scheduler &loop) override { report_deadlock(loop); }

private:
  uv_scheduler &loop_;
  debug_mode on_;
  tree_on_signal tree_;
  sampler sampler_;
  std::optional<watchdog> watchdog_;
};

} // namespace

std::unique_ptr<watcher> watch(uv_scheduler &loop, std::chrono::milliseconds slow_step) {
  return std::make_unique<loop_watcher>(loop, slow_step);
}

} // namespace aio::detail
