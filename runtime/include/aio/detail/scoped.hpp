//===- aio/detail/scoped.hpp - Awaiting a task in a scope of its own ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_SCOPED_HPP
#define AIO_DETAIL_SCOPED_HPP

#include <aio/task.hpp>

#include <coroutine>
#include <optional>
#include <utility>

namespace aio::detail {

/// The base of what awaits a task that can be cancelled apart from its caller, or not with them.
template <class T> class [[nodiscard("nothing happens until it is awaited")]] scoped_awaitable {
public:
  using aio_awaitable = void;

  bool await_ready() const noexcept { return false; }

  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) {
    promise_base &promise = caller.promise();
    if (promise.in->on_worker()) [[unlikely]]
      require_running(what_); // throws: the tree of scopes belongs to the loop's thread
    const auto coroutine = task_access::handle(work_);
    if (!work_.valid())
      throw_awaited_nothing();
    own_.emplace(promise.in->loop(), promise.in, shielded_);
    started(*own_);
    begin_awaited(coroutine.promise(), caller, promise, *own_);
    return coroutine;
  }

  T await_resume() {
    end();
    return task_access::handle(work_).promise().outcome.take();
  }

protected:
  scoped_awaitable(const char *what, task<T> work, bool shielded = false) noexcept
      : what_(what), work_(std::move(work)), shielded_(shielded) {}
  scoped_awaitable(scoped_awaitable &&other) noexcept // before it has begun
      : what_(other.what_), work_(std::move(other.work_)), shielded_(other.shielded_) {}
  ~scoped_awaitable() = default;

  /// \p own is there, and the task has not begun. May throw: then the task does not begin.
  virtual void started(scope &) {}
  /// The task has ended.
  virtual void ended() noexcept {}

  void end() noexcept {
    ended();
    own_.reset();
  }
  bool caller_cancelled() const noexcept { return own_ && own_->parent()->cancel_requested(); }

private:
  const char *what_;
  task<T> work_;
  std::optional<scope> own_;
  bool shielded_;
};

} // namespace aio::detail

#endif // AIO_DETAIL_SCOPED_HPP
