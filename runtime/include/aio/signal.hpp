//===- aio/signal.hpp - Signals -------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// While somebody waits for a signal here, it does not do what it would do by itself.
//
// `run` cancels the main task on SIGINT and SIGTERM. A signal_set, or a wait_signal that waits,
// takes its signals over from `run`: then they come here, and nothing is cancelled. When it is
// gone, `run` has them back.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_SIGNAL_HPP
#define AIO_SIGNAL_HPP

#include <aio/task.hpp>

#include <corolint/annotations.h>

#include <csignal>
#include <initializer_list>
#include <memory>

namespace aio {

/// Receives signals from its construction on. What comes while nobody waits is remembered, each
/// signal once, in the order in which they came first.
///
/// It stays where it is, is used and destroyed on its loop's thread, and before `run` returns. What
/// it remembers then is forgotten. When the last set that has a signal is gone, the signal does
/// again what it does by itself, which may be the end of the program. Several sets may have the
/// same signal: each receives it.
class signal_set {
public:
  /// Thread: on a loop.
  /// Throws: std::system_error for what cannot be received: "wait for signal 9 (Killed): Invalid
  /// argument"; std::invalid_argument for none at all; std::logic_error where no loop runs.
  explicit signal_set(std::initializer_list<int> signals);
  signal_set(const signal_set &) = delete;
  signal_set &operator=(const signal_set &) = delete;
  ~signal_set();

  /// Waits for one of the signals, and gives which.
  ///
  /// Starts: when it is awaited. When there is one already, does not suspend.
  /// Cancel: ends at once. A signal that comes later is remembered.
  /// Thread: resumed on the loop.
  /// Throws: std::logic_error if another coroutine waits for this set; std::system_error
  /// (operation_canceled) when the set is destroyed while this waits.
  CORO_REPLACES("sigwait", "sigwaitinfo", "sigtimedwait") task<int> next();

private:
  class next_operation;
  struct state;
  std::unique_ptr<state> state_;
};

/// Waits for \p signal once, as a signal_set that lives only for as long. What comes between two
/// calls does what it does by itself: for more than one, use a signal_set.
///
/// Starts: when it is awaited.
/// Cancel: ends at once.
/// Thread: resumed on the loop.
/// Throws: as signal_set's constructor.
CORO_REPLACES("pause", "sigsuspend") task<> wait_signal(int signal);

} // namespace aio

#endif // AIO_SIGNAL_HPP
