//===- aio/debug.hpp - Debug mode
//------------------------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// On with AIO_DEBUG=1 in the environment, or `run(task, {.debug = true})`. It reports, with the
// rule of corolint that would have found it before:
//
//   coro-unawaited-task  a task that was destroyed and had never been started; a join_handle that
//   was
//                        dropped
//   coro-blocking-call   a step that held the loop for longer than `slow_step`, with the stack of
//   the
//                        thread while it was blocked
//   coro-nested-loop     a `run` inside of a `run`
//   deadlock             nothing can wake the coroutines that wait: each of them, where, and for
//   what unjoined-scope, held-lock
//                        a task_group that was destroyed unjoined, a mutex that was destroyed while
//                        held
//
// SIGUSR1 writes the tree of coroutines to stderr, in debug mode.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DEBUG_HPP
#define AIO_DEBUG_HPP

#include <functional>
#include <string>
#include <vector>

namespace aio {

/// One report of debug mode.
struct report {
  /// "coro-blocking-call", or what it is if no rule of the linter stands for it: "deadlock".
  std::string rule;
  /// The coroutine as its compiler spells it; empty if none is to blame.
  std::string coroutine;
  /// Where it stood: its last co_await, or where it was written.
  std::string file;
  unsigned line = 0;
  /// One sentence, without the name and the place.
  std::string message;
  /// More lines: frames of a stack, waiters.
  std::vector<std::string> details;

  /// As it is written to stderr: `aio: file:line: message [rule]`, then the details, indented.
  std::string text() const;
};

/// Hands every report to \p handler instead of writing it to stderr; null: back to stderr. Gives
/// what was set before.
///
/// Thread: the handler is called on the thread that found it, which may be one of debug mode's own:
/// one call at a time.
/// Throws: nothing. What the handler throws ends the program.
std::function<void(const report &)> set_report_handler(std::function<void(const report &)> handler);

/// The tree of coroutines of the loop that runs here, with what each awaits, as text. Works without
/// debug mode.
///
/// Thread: on the loop.
/// Throws: std::logic_error where no loop runs.
std::string task_tree();

/// Writes task_tree() to stderr.
void dump_tasks();

} // namespace aio

#endif // AIO_DEBUG_HPP
