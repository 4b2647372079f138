//===- aio/gather.hpp - Awaiting several tasks at once --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
//
// What is given may be anything that can be awaited. Each runs as a coroutine of its own below the
// one who awaits, and none is left running: they were all waited for when the `co_await` is over.
// For any number of them there is a form that takes a range: a vector that is given away, or a view
// that makes the tasks. Nothing is allocated besides their frames, and the range's vector.
//
//===------------------------------------------------------------------------------------------===//

#ifndef AIO_GATHER_HPP
#define AIO_GATHER_HPP

#include <aio/detail/gather.hpp>
#include <aio/task.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>

namespace aio {

/// How a task has ended: with a `T`, or with an exception.
template <class T = void> class outcome {
  using kept =
      std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T> *, detail::kept_t<T>>;

public:
  using value_type = T;

  bool has_value() const noexcept { return how_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// The result. Throws what the task has thrown.
  std::add_lvalue_reference_t<T> value() & {
    check();
    if constexpr (std::is_reference_v<T>)
      return *std::get<0>(how_);
    else if constexpr (!std::is_void_v<T>)
      return std::get<0>(how_);
  }
  std::add_lvalue_reference_t<const T> value() const & {
    check();
    if constexpr (std::is_reference_v<T>)
      return *std::get<0>(how_);
    else if constexpr (!std::is_void_v<T>)
      return std::get<0>(how_);
  }
  T value() && {
    check();
    if constexpr (std::is_reference_v<T>)
      return *std::get<0>(how_);
    else if constexpr (!std::is_void_v<T>)
      return std::get<0>(std::move(how_));
  }

  /// What the task has thrown, or null: `task_cancelled` when it was cancelled.
  std::exception_ptr error() const noexcept { return has_value() ? nullptr : std::get<1>(how_); }

private:
  template <class... U> friend class detail::gather_few_outcomes;
  template <class U> friend class detail::gather_many_outcomes;

  explicit outcome(detail::gathered<T> &child) : how_(of(child)) {}
  static std::variant<kept, std::exception_ptr> of(detail::gathered<T> &child) {
    using how = std::variant<kept, std::exception_ptr>;
    if (std::exception_ptr thrown = child.error())
      return how(std::in_place_index<1>, std::move(thrown));
    if constexpr (std::is_reference_v<T>)
      return how(std::in_place_index<0>, std::addressof(child.take()));
    else
      return how(std::in_place_index<0>, child.take());
  }
  void check() const {
    if (!has_value())
      std::rethrow_exception(std::get<1>(how_));
  }

  std::variant<kept, std::exception_ptr> how_;
};

/// Which of several tasks was first, and what it gave. Of tasks that give nothing, there is no
/// `value`.
template <class T> struct race_result {
  std::size_t index;
  T value;
};
template <> struct race_result<void> {
  std::size_t index;
};

/// Runs all of \p works, and gives their results in the order of the arguments: a std::tuple, with
/// std::monostate for those that give nothing.
///
/// Starts: all, when it is awaited, in the order of the arguments.
/// Cancel: cancels all that still run, and waits for their end. Throws `cancelled` if one of them
/// has stopped for it; else what it would have given or thrown.
/// Thread: resumed on the loop.
/// Throws: what the first of them has thrown that failed; it cancels the others, and their end is
/// waited for. What others throw then is lost: see gather_settled. A task that ends with
/// `cancelled` though nobody has cancelled this coroutine is an error too: task_cancelled.
/// std::logic_error for a task that was awaited before, and on a worker.
template <class... A>
  requires(sizeof...(A) != 1 || !(std::ranges::range<A> && ...))
[[nodiscard("co_await it")]] CORO_GATHERS auto gather(CORO_CONSUMES_TASK A &&...works) {
  return detail::gather_few_values<detail::task_result<A>...>(
      detail::as_task(std::forward<A>(works))...);
}

/// The same for the elements of \p works: gives a std::vector of their results, in their order, and
/// nothing where they give nothing. For references, the elements are std::reference_wrapper.
template <std::ranges::input_range R>
[[nodiscard("co_await it")]] CORO_GATHERS auto gather(CORO_CONSUMES_TASK R &&works) {
  return detail::gather_many_values(detail::gathered_from(std::forward<R>(works)));
}

/// Runs all of \p works to their end, and gives how each ended, in the order of the arguments: a
/// std::tuple of `outcome`.
///
/// Starts: all, when it is awaited, in the order of the arguments.
/// Cancel: cancels all that still run, and waits for their end. Throws `cancelled` if one of them
/// has stopped for it; else gives how they ended.
/// Thread: resumed on the loop.
/// Throws: nothing that they throw, and std::logic_error as gather.
template <class... A>
  requires(sizeof...(A) != 1 || !(std::ranges::range<A> && ...))
[[nodiscard("co_await it")]] auto gather_settled(CORO_CONSUMES_TASK A &&...works) {
  return detail::gather_few_outcomes<detail::task_result<A>...>(
      detail::as_task(std::forward<A>(works))...);
}

/// The same for the elements of \p works: gives a std::vector of `outcome`.
template <std::ranges::input_range R>
[[nodiscard("co_await it")]] auto gather_settled(CORO_CONSUMES_TASK R &&works) {
  return detail::gather_many_outcomes(detail::gathered_from(std::forward<R>(works)));
}

/// Runs all of \p works until the first of them has ended, and gives its `race_result`. The value
/// is what they give if that is the same for all, and else a std::variant with an alternative for
/// each.
///
/// The others are cancelled, and their end is waited for. A loser that had come to its result by
/// then, or cannot be stopped, has worked for nothing: its result is destroyed. Where it must not
/// be lost (a message that was received), do not race for it.
///
/// Starts: all, when it is awaited, in the order of the arguments.
/// Cancel: cancels all, and waits for their end. Throws `cancelled` if all have stopped for it;
/// else gives the first that has not. Thread: resumed on the loop. Throws: what the first has
/// thrown, if that is how it ended (task_cancelled for `cancelled`); what the others throw is lost.
/// std::logic_error as gather, and for a range that is empty.
template <class... A>
  requires(sizeof...(A) != 0 && (sizeof...(A) != 1 || !(std::ranges::range<A> && ...)))
[[nodiscard("co_await it")]] auto race(CORO_CONSUMES_TASK A &&...works) {
  return detail::race_few<detail::task_result<A>...>(detail::as_task(std::forward<A>(works))...);
}

/// The same for the elements of \p works.
template <std::ranges::input_range R>
[[nodiscard("co_await it")]] auto race(CORO_CONSUMES_TASK R &&works) {
  return detail::race_many(detail::gathered_from(std::forward<R>(works)));
}

} // namespace aio

#endif // AIO_GATHER_HPP
