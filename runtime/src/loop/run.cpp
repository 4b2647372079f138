//===- run.cpp - The door from synchronous code ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/run.hpp>

#include <aio/detail/report.hpp>
#include <aio/loop.hpp>

#include "signal_handle.hpp"
#include "watch.hpp"

#include <uv.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace aio {

namespace {

std::string short_name_of(int signal) {
  switch (signal) {
  case SIGINT:
    return "SIGINT";
  case SIGTERM:
    return "SIGTERM";
  default:
    return "signal " + std::to_string(signal);
  }
}

} // namespace

interrupted::interrupted(int signal)
    : std::runtime_error("ended by " + short_name_of(signal)), signal_(signal) {}

namespace detail {

bool main_root_base::stopped() const noexcept {
  return failure() && is_cancelled(*failure());
}

void check_not_nested(const char *asked) {
  const promise_base *const inside = running;
  if (!inside && !scheduler::current())
    return;
  const std::string who = inside ? name_of(*inside) : std::string("a callback of the loop");
  if (debug_enabled())
    report_problem({.rule = "coro-nested-loop",
                    .message = (inside ? "called aio::" : who + " called aio::") +
                               std::string(asked) +
                               " while it ran on a loop: co_await the task instead",
                    .coroutine = inside});
  throw nested_run("aio::" + std::string(asked) + " was called by " + who +
                   ", which runs on a loop: co_await the task instead");
}

//===- The runner ---------------------------------------------------------===//

namespace {

/// SIGINT and SIGTERM cancel the main task; a second one does to the program what it does by
/// itself.
class interrupts {
public:
  explicit interrupts(const uv_scheduler &on, uv_loop_t *loop) : on_(on) {
    for (std::size_t i = 0; i != signals.size(); ++i)
      handles_[i] = watch_for(loop, signals[i]);
  }

  void cancels(scope &main) noexcept { main_ = &main; }
  int received_signal() const noexcept { return signal_; }

private:
  static constexpr std::array signals{SIGINT, SIGTERM};

  signal_handle watch_for(uv_loop_t *loop, int signal) {
    signal_handle opened(loop, this);
    opened.start(signal, received);
    opened.unref();
    return opened;
  }

  static void received(uv_signal_t *from, int signal) {
    auto &self = *static_cast<interrupts *>(from->data);
    if (self.on_.signal_is_taken(signal))
      return; // a signal_set's
    self.signal_ = signal;
    for (signal_handle &each : self.handles_)
      each.stop();
    if (self.main_)
      self.main_->request_cancel();
  }

  const uv_scheduler &on_;
  std::array<signal_handle, signals.size()> handles_;
  scope *main_ = nullptr;
  int signal_ = 0;
};

/// Drives \p loop until \p done, where everything was asked to stop.
void drain(scheduler &loop, const bool &done) {
  for (int left = 3; !loop.drive(done); --left) {
    if (left == 0) {
      std::fputs("aio: these coroutines wait again whenever they are told to stop:\n", stderr);
      std::fputs(tree_of(loop).c_str(), stderr);
      std::terminate();
    }
    loop.top().request_cancel(true);
  }
}

} // namespace

struct runner::state {
  explicit state(const run_options &options) {
    if (options.debug || debug_in_environment())
      watching = watch(loop, options.slow_step);
    if (options.handle_signals)
      signals.emplace(loop, loop.native());
  }
  uv_scheduler loop;
  std::unique_ptr<watcher> watching;
  std::optional<interrupts> signals;
};

runner::runner(const run_options &options) : state_(std::make_unique<state>(options)) {
  if (options.virtual_time)
    loop().use_virtual_time();
  if (options.random_order)
    loop().use_random_order(*options.random_order);
}

runner::~runner() = default;

scheduler &runner::loop() noexcept {
  return state_->loop;
}

void runner::run(main_root_base &main) {
  scheduler &all = loop();
  if (state_->signals)
    state_->signals->cancels(main);
  main.begin();
  std::string waiting;
  bool stuck = false;
  const auto note_waiting = [&] {
    stuck = true;
    waiting = tree_of(all);
    if (all.observed_by())
      all.observed_by()->deadlocked(all);
    all.top().request_cancel(true);
  };
  if (!all.drive(main.done)) {
    note_waiting();
    drain(all, main.done);
  }
  if (state_->signals)
    state_->signals->cancels(all.top());
  all.top().request_cancel();
  if (!all.drive(all.none_spawned())) {
    if (!stuck)
      note_waiting();
    drain(all, all.none_spawned());
  }
  if (all.failure())
    std::rethrow_exception(all.failure());
  if (stuck)
    throw deadlock("nothing can wake the coroutines that wait:\n" + waiting);
  if (state_->signals && state_->signals->received_signal() && main.stopped())
    throw interrupted(state_->signals->received_signal());
}

} // namespace detail
} // namespace aio
