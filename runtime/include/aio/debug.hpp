//===- aio/debug.hpp - Debug mode -----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//
//
// On with AIO_DEBUG=1 in the environment, or `run(task, {.debug = true})`. It reports, with the
// rule of corolint that would have found it before:
//
//   coro-unawaited-task  a task was destroyed and had never been started, or the handle of a
//                        spawned one was dropped
//   coro-blocking-call   a step holds the loop for longer than `slow_step`; with the stack of the
//                        thread, taken while it is blocked
//   coro-nested-loop     `run` was called inside of a `run`
//
// and what no rule of the linter stands for:
//
//   coro-swallowed-cancellation  a coroutine that was told to stop has awaited ten times since
//   deadlock             nothing can wake the coroutines that wait: each of them, where, for what
//   held-lock            a mutex, semaphore or event was destroyed while it was in use
//   unjoined-scope       a task_group was destroyed that nobody had joined
//
// SIGUSR1 writes the tree of coroutines to stderr. docs/runtime/debug.md has the form of what is
// written, for those who parse it.
//
//===-----------------------------------------------------------------------------------------===//

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
  /// Where it stood: the line that a stack shows, or its last co_await, or where it was written.
  std::string file;
  unsigned line = 0;
  /// What goes after the coroutine's name.
  std::string message;
  /// More lines: frames of a stack, waiters.
  std::vector<std::string> details;

  /// As it is written to stderr: `aio: file:line: 'coroutine' message [rule]`, then the details,
  /// each after `aio:   `.
  std::string text() const;
};

/// Hands every report to \p handler instead of writing it to stderr; null: back to stderr. Gives
/// what was set before, which is not called any more when this returns: a call that is under way
/// on another thread is waited for.
///
/// Thread: any. The handler is called on the thread that found it, one call at a time: a slow step
/// is found by a thread of debug mode's own, while the loop's is blocked. It must not wait for the
/// loop. What is reported while it runs, by its own thread, goes to stderr; it may set another.
/// Throws: nothing. What the handler throws ends the program.
std::function<void(const report &)> set_report_handler(std::function<void(const report &)> handler);

/// The coroutines of the loop that runs here, as text: each that nobody awaits, below it what it
/// awaits, and below that what the last one waits for. What runs beside a coroutine in its
/// `gather` or `task_group` is below it. Works without debug mode.
///
/// Thread: on the loop.
/// Throws: std::logic_error where no loop runs, and on a worker.
std::string task_tree();

/// Writes task_tree() to stderr.
///
/// Thread, Throws: as task_tree.
void dump_tasks();

} // namespace aio

#endif // AIO_DEBUG_HPP
