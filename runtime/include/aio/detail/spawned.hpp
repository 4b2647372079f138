//===- aio/detail/spawned.hpp - A coroutine that runs by itself -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_SPAWNED_HPP
#define AIO_DETAIL_SPAWNED_HPP

#include <aio/task.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace aio::detail {

class join_operation_base;

/// What a spawned coroutine and its handle share. Lives until the coroutine has ended and the
/// handle is gone.
class spawned_base : public root, public from_frame_memory {
public:
  bool done() const noexcept { return done_; }
  void detach() noexcept {
    detached_ = true;
    settle();
  }
  /// The handle was destroyed.
  void dropped() noexcept;
  void add_reference() noexcept { ++references_; }
  void release() noexcept {
    if (--references_ == 0)
      delete this;
  }

protected:
  explicit spawned_base(scheduler &loop) noexcept : root(loop, &loop.top()) {}

  /// What it threw, if it did.
  virtual const std::exception_ptr *failure() const noexcept = 0;

private:
  friend class join_operation_base;

  void finished() noexcept final;
  /// Passes an error on that nobody will ever ask for.
  void settle() noexcept;

  join_operation_base *joiner_ = nullptr;
  std::size_t references_ = 1; // the running coroutine's
  bool done_ = false;
  bool detached_ = false;
  bool taken_ = false; // somebody has what it gave or threw
};

template <class T> class spawned final : public spawned_base {
public:
  spawned(scheduler &loop, task<T> work) noexcept : spawned_base(loop), work_(std::move(work)) {}
  void start() noexcept {
    const auto coroutine = task_access::handle(work_);
    loop().add_spawned();
    root::start(coroutine, coroutine.promise());
  }
  T take() { return task_access::handle(work_).promise().outcome.take(); }

private:
  const std::exception_ptr *failure() const noexcept override {
    return task_access::handle(work_).promise().outcome.failure();
  }

  task<T> work_;
};

template <class T> class spawned_ptr {
public:
  spawned_ptr() noexcept = default;
  explicit spawned_ptr(spawned<T> *to) noexcept : to_(to) { to_->add_reference(); }
  spawned_ptr(spawned_ptr &&other) noexcept : to_(std::exchange(other.to_, nullptr)) {}
  spawned_ptr &operator=(spawned_ptr &&other) noexcept {
    spawned_ptr(std::move(other)).swap(*this);
    return *this;
  }
  ~spawned_ptr() {
    if (to_)
      to_->release();
  }
  void swap(spawned_ptr &other) noexcept { std::swap(to_, other.to_); }
  spawned<T> *operator->() const noexcept { return to_; }
  spawned<T> *get() const noexcept { return to_; }
  explicit operator bool() const noexcept { return to_; }

private:
  spawned<T> *to_ = nullptr;
};

class join_operation_base : public awaitable_operation<join_operation_base> {
public:
  bool start();

protected:
  explicit join_operation_base(spawned_base *joined) noexcept
      : awaitable_operation("join_handle"), joined_(joined) {
    if (joined_)
      joined_->add_reference(); // the handle may be gone before its coroutine
  }
  join_operation_base(join_operation_base &&other) noexcept
      : awaitable_operation(std::move(other)), joined_(std::exchange(other.joined_, nullptr)) {}
  ~join_operation_base();
  /// Throws what is to be thrown instead of a result.
  void check();

private:
  friend class spawned_base;
  void on_cancel() noexcept override;
  std::string detail() const override;

  spawned_base *joined_;
};

template <class T> class join_operation final : public join_operation_base {
public:
  explicit join_operation(const spawned_ptr<T> &joined) noexcept
      : join_operation_base(joined.get()), joined_(joined.get()) {}
  join_operation(join_operation &&) noexcept = default;
  T await_resume() {
    check();
    return joined_->take();
  }

private:
  spawned<T> *joined_;
};

template <class T> spawned_ptr<T> start_spawned(task<T> work) {
  require_running("spawn");
  if (!work.valid())
    throw_awaited_nothing();
  auto *const made = new spawned<T>(running->in->loop(), std::move(work));
  spawned_ptr<T> result(made);
  made->start();
  return result;
}

} // namespace aio::detail

#endif // AIO_DETAIL_SPAWNED_HPP
