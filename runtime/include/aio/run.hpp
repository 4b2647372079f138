//===- aio/run.hpp - The door from synchronous code -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_RUN_HPP
#define AIO_RUN_HPP

#include <aio/detail/runner.hpp>
#include <aio/task.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace aio {

struct run_options {
  /// Debug mode: see debug.hpp. Also on with AIO_DEBUG=1 in the environment.
  bool debug = false;
  /// In debug mode, a step that holds the loop for longer is reported.
  std::chrono::milliseconds slow_step{100};
  /// Whether SIGINT and SIGTERM cancel the main task. The second one ends the program.
  bool handle_signals = true;
  /// Time stands still while anything can run, and jumps when all wait: see testing.hpp.
  bool virtual_time = false;
  /// Draws who is next from those that are ready, with this seed: see testing.hpp.
  std::optional<std::uint64_t> random_order = std::nullopt;
};

/// `run` was called where a loop runs already.
class nested_run : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

/// Nothing can ever wake the coroutines that wait.
class deadlock : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

/// SIGINT or SIGTERM ended the main task.
class interrupted : public std::runtime_error {
public:
  explicit interrupted(int signal);
  int signal() const noexcept { return signal_; }

private:
  int signal_;
};

/// Runs a loop on this thread until \p main has ended, and gives its result. The only door from
/// synchronous code: in a coroutine, await the task instead.
///
/// Starts: \p main, at once. When it has ended, whatever else runs is cancelled, and its end waited
/// for.
/// Cancel: SIGINT and SIGTERM cancel \p main.
/// Thread: \p main and all that it starts run on this thread, while this call waits.
/// Throws: what \p main throws; what a detached coroutine threw; `interrupted` when a signal ended
/// \p main; `nested_run` at once where a loop runs already, with the name of the coroutine that
/// runs, also on a worker; `deadlock` when all wait for each other, after all were cancelled;
/// std::system_error when there is no loop to be had.
template <class T>
CORO_STARTS_LOOP T run(CORO_CONSUMES_TASK task<T> main, run_options options = {}) {
  detail::refuse_nested_run(main);
  detail::runner runner(options);
  detail::main_root<T> root(runner.loop(), std::move(main));
  runner.run(root);
  return root.take();
}

} // namespace aio

#endif // AIO_RUN_HPP
