//===- aio/detail/report.hpp - What debug mode has to say
//-----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_REPORT_HPP
#define AIO_DETAIL_REPORT_HPP

#include <aio/detail/scheduler.hpp>

#include <string>
#include <vector>

namespace aio::detail {

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

/// Hands \p p to the handler of debug.hpp, which writes it to stderr unless another was set.
void report_problem(const problem &p) noexcept;

/// The coroutines of \p loop, and what each awaits: what task_tree() gives.
std::string tree_of(const scheduler &loop);

/// Whether AIO_DEBUG switches debug mode on.
bool debug_in_environment() noexcept;

/// Whether debug mode is on for this thread: by AIO_DEBUG, or by the options of the loop that runs.
bool debug_enabled() noexcept;

} // namespace aio::detail

#endif // AIO_DETAIL_REPORT_HPP
