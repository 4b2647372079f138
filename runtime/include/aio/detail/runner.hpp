//===- aio/detail/runner.hpp - What run does, without its type ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_RUNNER_HPP
#define AIO_DETAIL_RUNNER_HPP

#include <aio/task.hpp>

#include <memory>
#include <utility>

namespace aio {

struct run_options;

namespace detail {

/// The main task.
class main_root_base : public root {
public:
  bool done = false;

  virtual void begin() noexcept = 0;
  /// Whether it ended with `cancelled`.
  bool stopped() const noexcept;

protected:
  explicit main_root_base(scheduler &loop) noexcept : root(loop, &loop.top()) {}
  virtual const std::exception_ptr *failure() const noexcept = 0;

private:
  void finished() noexcept final { done = true; }
};

template <class T> class main_root final : public main_root_base {
public:
  main_root(scheduler &loop, task<T> work) noexcept
      : main_root_base(loop), work_(std::move(work)) {}
  void begin() noexcept override {
    const auto coroutine = task_access::handle(work_);
    start(coroutine, coroutine.promise());
  }
  T take() { return task_access::handle(work_).promise().outcome.take(); }

private:
  const std::exception_ptr *failure() const noexcept override {
    return task_access::handle(work_).promise().outcome.failure();
  }

  task<T> work_;
};

/// A loop, and what watches it.
class runner {
public:
  explicit runner(const run_options &options);
  ~runner();
  scheduler &loop() noexcept;
  /// Until \p main and all that it started have ended.
  /// \throws what run says, apart from what \p main throws.
  void run(main_root_base &main);

private:
  struct state;
  std::unique_ptr<state> state_;
};

/// \throws nested_run
void check_not_nested(const char *asked);

template <class T> void refuse_nested_run(task<T> &main) {
  try {
    check_not_nested("run");
  } catch (...) {
    task_access::abandon(main); // the fault is the nested run, not that it was not awaited
    throw;
  }
  if (!main.valid())
    throw_awaited_nothing();
}

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_RUNNER_HPP
