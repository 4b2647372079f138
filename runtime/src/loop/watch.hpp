//===- watch.hpp - Debug mode's eye on a loop -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_WATCH_HPP
#define AIO_LOOP_WATCH_HPP

#include <aio/loop.hpp>

#include <chrono>
#include <memory>

namespace aio::detail {

/// Watches a loop for as long as it lives, and is destroyed before it.
class watcher : public observer {
public:
  virtual ~watcher() = default;
};

/// Made on the thread that will drive \p loop, and destroyed there. A \p slow_step of zero or less:
/// the length of steps is not watched.
std::unique_ptr<watcher> watch(uv_scheduler &loop, std::chrono::milliseconds slow_step);

} // namespace aio::detail

#endif // AIO_LOOP_WATCH_HPP
