//===- watch.cpp - Debug mode's eye on a loop
//----------------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include "watch.hpp"

#include <aio/detail/report.hpp>

namespace aio::detail {

namespace {

class loop_watcher final : public watcher {
public:
  loop_watcher(uv_scheduler &loop, std::chrono::milliseconds) : loop_(loop) {
    loop.set_observer(this);
  }
  ~loop_watcher() override { loop_.set_observer(nullptr); }

  void step_begins(const promise_base *) noexcept override {}
  void step_ends() noexcept override {}
  void deadlocked(const scheduler &) override {}

private:
  uv_scheduler &loop_;
};

} // namespace

std::unique_ptr<watcher> watch(uv_scheduler &loop, std::chrono::milliseconds slow_step) {
  return std::make_unique<loop_watcher>(loop, slow_step);
}

} // namespace aio::detail
