//===- aio/task_group.hpp - Nothing outlives its scope --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#ifndef AIO_TASK_GROUP_HPP
#define AIO_TASK_GROUP_HPP

#include <aio/cancel.hpp>
#include <aio/detail/group.hpp>
#include <aio/task.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio {

/// Runs any number of tasks beside the coroutine that made it, which waits for all of them before
/// it goes on. The first that fails cancels the others. They may refer to what outlives the group,
/// and may start others in it.
///
/// with_task_group makes one that is joined on every path, and is the way to use it. Made by
/// itself, it must have been joined when it is destroyed: with tasks that still run, that is
/// reported and ends the program, as it does for std::thread.
///
/// Starts: nothing by itself.
/// Cancel: is cancelled with the coroutine that made it.
/// Thread: on the loop of the coroutine that made it, and there alone.
/// Throws: std::logic_error when it is made outside of a coroutine, or on a worker.
class CORO_JOINED_SCOPE task_group {
public:
  task_group() = default;
  task_group(const task_group &) = delete;
  task_group &operator=(const task_group &) = delete;

  /// Runs \p work in the group. What it gives is dropped; what it throws is thrown by `join`, after
  /// it has cancelled the others. If it ends with `cancelled`, that is no error.
  ///
  /// Starts: when the caller suspends next, after what is ready already; also in a group that is
  /// cancelled, up to the first place where it waits.
  /// Cancel: with the group.
  /// Thread: on the loop.
  /// Throws: std::logic_error on a worker, and when the group has been joined just now.
  template <class A> void spawn(CORO_CONSUMES_TASK A &&work) {
    detail::start_in_group(state_, detail::as_task(std::forward<A>(work)));
  }

  /// Asks all that runs in the group to stop, and what is started in it from now on.
  void cancel() noexcept { state_.children().request_cancel(); }

  /// Waits until nothing runs in the group any more. One at a time may wait.
  ///
  /// Starts: when it is awaited.
  /// Cancel: cancels the group, and still waits for the end of all, also where cancellation was
  /// asked for before; then throws `cancelled`, if none has failed.
  /// Thread: resumed on the loop.
  /// Throws: what the first task has thrown that failed, once. std::logic_error when another waits
  /// already, and on a worker.
  [[nodiscard("co_await it")]] auto join() noexcept { return detail::group_join(state_); }

  /// How many run in it.
  std::size_t size() const noexcept { return state_.size(); }

  /// What was thrown after the first error, in that order, by tasks and by with_task_group's body.
  const std::vector<std::exception_ptr> &further_errors() const noexcept {
    return state_.further();
  }

private:
  template <class F>
  friend task<detail::task_result<std::invoke_result_t<F &, task_group &>>> with_task_group(F body);

  detail::group_state state_;
};

/// Makes a task_group and awaits what \p body makes with it; when that has ended, waits for all
/// that runs in the group, and gives the body's result.
///
///     co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
///       for (const std::string &url : urls)
///         group.spawn(fetch(url));
///       co_return;
///     });
///
/// Starts: when it is awaited.
/// Cancel: cancels the body and the group, and waits for the end of all.
/// Thread: resumed on the loop.
/// Throws: what was thrown first, by a task of the group or by the body. A task that fails cancels
/// the body and the other tasks, a body that throws cancels the tasks; the end of all is waited
/// for. What else they throw is in `further_errors` as long as the group is there: a body that
/// wants to see it joins the group itself.
template <class F>
task<detail::task_result<std::invoke_result_t<F &, task_group &>>> with_task_group(F body) {
  using value = detail::task_result<std::invoke_result_t<F &, task_group &>>;
  task_group group;
  detail::result<value> given;
  bool stopped = false;
  try {
    if constexpr (std::is_void_v<value>)
      co_await detail::group_body<value>(group.state_, detail::as_task(std::invoke(body, group)));
    else
      given.set_value(co_await detail::group_body<value>(
          group.state_, detail::as_task(std::invoke(body, group))));
  } catch (const cancelled &) {
    stopped = true;
    group.cancel();
  } catch (...) {
    group.state_.body_failed(std::current_exception());
  }
  if (group.size() != 0)
    co_await group.join();
  group.state_.rethrow_failure();
  if (stopped)
    throw cancelled();
  co_return given.take();
}

} // namespace aio

#endif // AIO_TASK_GROUP_HPP
