//===- aio/detail/report.hpp - What debug mode has to say -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_REPORT_HPP
#define AIO_DETAIL_REPORT_HPP

#include <aio/detail/scheduler.hpp>

#include <source_location>
#include <string>
#include <vector>

namespace aio {

struct report;

namespace detail {

struct problem {
  /// The id of the rule that would have found it: "coro-unawaited-task".
  const char *rule;
  /// What goes after the coroutine's name: "was never awaited".
  std::string message;
  /// Whose fault it is, if that is known.
  const promise_base *coroutine = nullptr;
  /// More lines: a stack, a list of waiters.
  std::vector<std::string> details = {};
};

/// Hands \p p to the handler of debug.hpp, which writes it to stderr unless another was set. May be
/// called on any thread on which the coroutine does not run elsewhere.
void report_problem(const problem &p) noexcept;
/// The same, for what has no coroutine at hand any more.
void hand_over(const report &made) noexcept;

/// Reports the coroutines of \p loop, which nothing can wake.
void report_deadlock(const scheduler &loop) noexcept;

/// The coroutines of \p loop, and what each awaits: what task_tree() gives.
std::string tree_of(const scheduler &loop);

/// "file:line".
std::string place_of(const std::source_location &at);

/// Whether AIO_DEBUG switches debug mode on.
bool debug_in_environment() noexcept;

/// Whether debug mode is on here: by AIO_DEBUG, or by the options of the loop of this thread, or of
/// the coroutine that runs on this worker.
bool debug_enabled() noexcept;

/// Debug mode is on for this thread while one lives: longer than a loop is driven, as tasks die
/// with the frames that are destroyed after that.
class debug_mode {
public:
  debug_mode() noexcept;
  debug_mode(const debug_mode &) = delete;
  debug_mode &operator=(const debug_mode &) = delete;
  ~debug_mode();
};

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_REPORT_HPP
