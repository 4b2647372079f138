//===- slow_step_report.hpp - What is said of a slow step -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_SLOW_STEP_REPORT_HPP
#define AIO_LOOP_SLOW_STEP_REPORT_HPP

#include <aio/debug.hpp>

#include <chrono>

namespace aio::detail {

struct sample;

/// Of a step that has held the loop for that long when it was looked at. It names the coroutine,
/// the line that it was at, and the stack down to its body.
report report_of(const sample &taken, std::chrono::milliseconds held);

/// The same where the thread could not be looked at. \p why is what goes after "no stack: ".
report report_without_stack(std::chrono::milliseconds held, const char *why);

} // namespace aio::detail

#endif // AIO_LOOP_SLOW_STEP_REPORT_HPP
