//===- aio/detail/group.hpp - What a task_group runs ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_GROUP_HPP
#define AIO_DETAIL_GROUP_HPP

#include <aio/detail/as_task.hpp>
#include <aio/detail/frame_memory.hpp>
#include <aio/detail/scoped.hpp>
#include <aio/task.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio::detail {

class group_join;

/// A group without its face.
class group_state {
public:
  /// \throws std::logic_error outside of a coroutine, or on a worker.
  group_state();
  group_state(const group_state &) = delete;
  group_state &operator=(const group_state &) = delete;
  ~group_state();

  scope &children() noexcept { return children_; }
  std::size_t size() const noexcept { return running_; }
  const std::vector<std::exception_ptr> &further() const noexcept { return further_; }

  /// \throws std::logic_error if nothing can be started in it, here or now.
  void check_open() const;
  void child_starts() noexcept { ++running_; }
  void child_ended(std::exception_ptr thrown) noexcept;

  /// The scope of with_task_group's body, while it runs: it is cancelled with the children when one
  /// fails.
  void set_body(scope *body) noexcept { body_ = body; }
  /// \p thrown left the body.
  void body_failed(std::exception_ptr thrown) noexcept;
  /// \throws the first failure, unless it was thrown before.
  void rethrow_failure();

private:
  friend class group_join;

  explicit group_state(promise_base &caller);
  void fail(std::exception_ptr thrown) noexcept;
  void tell(group_join &joiner) noexcept;

  scope children_;
  std::size_t running_ = 0;
  bool joined_ = false; // between the end of the last child and of the join
  group_join *joiner_ = nullptr;
  group_join *told_ = nullptr; // its wait is over, and it has not had its turn
  scope *body_ = nullptr;
  std::exception_ptr first_;
  std::vector<std::exception_ptr> further_;
};

/// Waits until the group is empty, whoever wants to stop meanwhile.
class group_join final : public operation {
public:
  using aio_awaitable = void;

  explicit group_join(group_state &group) noexcept
      : operation("task_group::join"), group_(&group) {}
  group_join(group_join &&) noexcept = default;

  bool await_ready() const noexcept { return false; }
  template <class Promise> bool await_suspend(std::coroutine_handle<Promise> caller) {
    static_assert(std::derived_from<Promise, promise_base>,
                  "aio's awaitables are awaited in an aio::task or an aio::async_generator");
    begin_regardless(caller, caller.promise());
    if (start())
      return true;
    withdraw();
    return false;
  }
  void await_resume();

private:
  friend class group_state;

  bool start();
  /// The group goes before it has its turn.
  void take_over() noexcept;
  void on_cancel() noexcept override;
  std::string detail() const override;

  group_state *group_; // null when it was destroyed
  std::exception_ptr failure_;
  bool stopped_ = false;
};

/// A coroutine of a group. Lives until it has ended.
template <class T> class group_child final : public root, public from_frame_memory {
public:
  group_child(group_state &group, task<T> work) noexcept
      : root(group.children().loop(), &group.children()), group_(group), work_(std::move(work)) {
    group.child_starts();
    const auto coroutine = task_access::handle(work_);
    start(coroutine, coroutine.promise());
  }

private:
  void finished() noexcept override {
    group_state &group = group_;
    const std::exception_ptr *const failure =
        task_access::handle(work_).promise().outcome.failure();
    std::exception_ptr thrown = failure ? *failure : nullptr;
    delete this; // with the coroutine's parameters, which may still use the group
    group.child_ended(std::move(thrown));
  }

  group_state &group_;
  task<T> work_;
};

template <class T> void start_in_group(group_state &group, task<T> work) {
  group.check_open();
  if (!work.valid())
    throw_awaited_nothing();
  new group_child<T>(group, std::move(work)); // deletes itself
}

/// Runs with_task_group's body in a scope of its own.
template <class T> class group_body final : public scoped_awaitable<T> {
public:
  group_body(group_state &group, task<T> work) noexcept
      : scoped_awaitable<T>("with_task_group", std::move(work)), group_(&group) {}

private:
  void started(scope &own) override { group_->set_body(&own); }
  void ended() noexcept override { group_->set_body(nullptr); }

  group_state *group_;
};

} // namespace aio::detail

#endif // AIO_DETAIL_GROUP_HPP
