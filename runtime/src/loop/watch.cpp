//===- watch.cpp - Debug mode's eye on a loop -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//
//
// A step leaves the time at which it began where a thread of the watcher's own sees it. When it has
// become too long, that thread sends a signal to the loop's, whose handler notes the stack and the
// coroutine that runs; the thread makes a report of them while the step goes on.
//
// The signal is SIGURG, as in Go's runtime, and for its reasons: who does not ask for it does not
// notice it, debuggers let it through, and hardly a program uses it. One that does keeps it, and
// gets reports without a stack.
//
//===-----------------------------------------------------------------------------------------===//

#include "watch.hpp"
#include "signal_handle.hpp"
#include "stack.hpp"

#include <aio/debug.hpp>
#include <aio/detail/report.hpp>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uv.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace aio::detail {

namespace {

using namespace std::chrono_literals;

//===- Looking into another thread ----------------------------------------===//

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
  ~sampler() { sampled_here = nullptr; }

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
  // A thread that sleeps in the kernel without listening to signals is not waited for much longer.
  static constexpr auto patience = 1s;

  static void interrupted(int);
  void look() noexcept;

  static inline constinit thread_local sampler *sampled_here = nullptr;
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

sampler::sampler() noexcept {
  sampled_here = this;
#ifdef __linux__
  std::snprintf(schedule_.data(), schedule_.size(), "/proc/self/task/%ld/schedstat",
                syscall(SYS_gettid));
#endif
  // It stays for ever: a signal may still be on its way when the last loop is gone.
  struct sigaction found{};
  if (sigaction(SIGURG, nullptr, &found) != 0 || (found.sa_flags & SA_SIGINFO) != 0 ||
      (found.sa_handler != SIG_DFL && found.sa_handler != SIG_IGN))
    return;
  struct sigaction wanted{};
  wanted.sa_handler = interrupted;
  wanted.sa_flags = SA_RESTART;
  sigemptyset(&wanted.sa_mask);
  sigaction(SIGURG, &wanted, nullptr);
}

void sampler::interrupted(int) {
  const int before = errno;
  if (sampled_here)
    sampled_here->look();
  errno = before;
}

void sampler::look() noexcept {
  state expected = state::asked;
  if (!state_.compare_exchange_strong(expected, state::busy, std::memory_order_acquire))
    return;
  // Whoever runs between two steps may be gone.
  if (begun_.load(std::memory_order_relaxed) != asked_for_) {
    state_.store(state::step_over, std::memory_order_release);
    return;
  }
  into_->chain_size = 0;
  for (const promise_base *who = running; who && into_->chain_size != into_->chain.size();
       who = who->awaited_by())
    into_->chain[into_->chain_size++] = {who->made_at, who->awaiting_at};
  take_stack(into_->stack, base_.load(std::memory_order_relaxed));
  state_.store(state::taken, std::memory_order_release);
}

std::optional<clock::duration> sampler::starved() const noexcept {
  const int file = open(schedule_.data(), O_RDONLY | O_CLOEXEC);
  if (file == -1)
    return std::nullopt;
  std::array<char, 128> text{};
  const ssize_t size = read(file, text.data(), text.size() - 1);
  close(file);
  // Nanoseconds on a processor, and in the queue for one.
  long long waited = 0;
  if (size <= 0 || std::sscanf(text.data(), "%*d %lld", &waited) != 1)
    return std::nullopt;
  return std::chrono::nanoseconds(waited);
}

sampler::answer sampler::take(clock::time_point step, sample &into) {
  struct sigaction found{};
  if (sigaction(SIGURG, nullptr, &found) != 0 || found.sa_handler != interrupted)
    return answer::no_signal;
  asked_for_ = step.time_since_epoch().count();
  into_ = &into;
  state_.store(state::asked, std::memory_order_release);
  pthread_kill(thread_, SIGURG);
  const auto until = clock::now() + patience;
  for (;;) {
    switch (state_.load(std::memory_order_acquire)) {
    case state::taken:
      return answer::taken;
    case state::step_over:
      return answer::step_over;
    case state::asked:
      if (state expected = state::asked;
          clock::now() > until &&
          state_.compare_exchange_strong(expected, state::idle, std::memory_order_relaxed))
        return answer::silent;
      break;
    case state::idle:
    case state::busy:
      break;
    }
    std::this_thread::sleep_for(100us);
  }
}

//===- What is said of a slow step ----------------------------------------===//

/// Where in \p text the bracket opens that its last character closes.
std::size_t opening(std::string_view text, char open) {
  std::size_t at = text.size() - 1;
  for (int nested = 0; at != 0; --at) {
    if (text[at] == text.back())
      ++nested;
    else if (text[at] == open && --nested == 0)
      break;
  }
  return at;
}

/// The name alone of a function, as a compiler or the demangler spells it: without what it is a
/// member of, its parameters and its template's arguments.
std::string_view bare_name(std::string_view function) {
  if (function.find("operator()") != function.npos || function.find("lambda") != function.npos)
    return "operator()";
  function = function.substr(0, function.find(" ["));
  if (const auto end = function.rfind(')'); end != function.npos) {
    function = function.substr(0, end + 1);
    function = function.substr(0, opening(function, '('));
  }
  if (function.ends_with('>'))
    function = function.substr(0, opening(function, '<'));
  return function.substr(function.find_last_of(": ") + 1);
}

std::string_view name_of_file(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// Whether \p frame is the body of the coroutine that was made at \p made.
bool is_body(const stack_frame &frame, const std::source_location &made) {
  if (frame.file.empty() ? !frame.coroutine
                         : name_of_file(frame.file) != name_of_file(made.file_name()))
    return false;
  return bare_name(frame.function) == bare_name(made.function_name());
}

std::string held_for(std::chrono::milliseconds time) {
  return "has held the loop for " + std::to_string(time.count()) + " ms, and still does";
}

report report_of(const sample &taken, std::chrono::milliseconds held) {
  report made;
  made.rule = "coro-blocking-call";
  made.message = held_for(held);
  std::vector<stack_frame> frames = name_stack(taken.stack);
  if (taken.chain_size == 0) {
    made.message = "a step " + made.message;
  } else {
    const auto &[made_at, awaiting_at] = taken.chain[0];
    made.coroutine = made_at.function_name();
    made.file = awaiting_at.file_name();
    made.line = awaiting_at.line();
    auto body = std::find_if(frames.begin(), frames.end(), [&](const stack_frame &frame) {
      return frame.coroutine && is_body(frame, made_at);
    });
    if (body == frames.end()) // inlined, its name may not tell
      body = std::find_if(frames.begin(), frames.end(),
                          [&](const stack_frame &frame) { return is_body(frame, made_at); });
    if (body != frames.end()) {
      if (body->line != 0) {
        made.file = made_at.file_name();
        made.line = body->line;
      }
      frames.erase(body + 1, frames.end()); // those that have handed over to it
    }
  }
  for (std::size_t i = 0; i != frames.size(); ++i)
    made.details.push_back("#" + std::to_string(i) + " " + frames[i].text());
  for (std::size_t i = 1; i < taken.chain_size; ++i)
    made.details.push_back("awaited by '" + std::string(taken.chain[i].made_at.function_name()) +
                           "' at " + place_of(taken.chain[i].awaiting_at));
  return made;
}

report report_without_stack(std::chrono::milliseconds held, const char *why) {
  report made;
  made.rule = "coro-blocking-call";
  made.message = "a step " + held_for(held);
  made.details.push_back(std::string("no stack: ") + why);
  return made;
}

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
