//===- aio/detail/as_task.hpp - One form for all that can be awaited ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_AS_TASK_HPP
#define AIO_DETAIL_AS_TASK_HPP

#include <aio/task.hpp>

#include <chrono>
#include <type_traits>
#include <utility>

namespace aio::detail {

template <class A> decltype(auto) resumed_with(A &&awaited) {
  return awaiter_of(std::forward<A>(awaited)).await_resume();
}

template <class T> struct lasting {
  using type = T;
};
template <class T> struct lasting<T &&> { // it refers into the awaiter
  using type = T;
};

/// What `co_await` of an `A` gives.
template <class A>
using await_result = typename lasting<decltype(resumed_with(std::declval<A>()))>::type;

template <class A> task<await_result<A>> await_in_task(A awaited) {
  co_return co_await std::forward<A>(awaited);
}

/// A task as it is; anything else that can be awaited in one. What is given as an lvalue is
/// referred to, and must outlive the task.
template <class A> AIO_CORO_WRAPPER auto as_task(A &&awaited) {
  if constexpr (is_task<std::remove_cvref_t<A>>) {
    static_assert(!std::is_lvalue_reference_v<A>,
                  "a task is given away as an rvalue: std::move(task)");
    return std::forward<A>(awaited);
  } else {
    return await_in_task<A>(std::forward<A>(awaited));
  }
}

template <class A> using task_result = typename decltype(as_task(std::declval<A>()))::value_type;

/// \p time in the clock's unit, rounded up and kept within its range.
template <class Rep, class Period>
clock::duration to_clock(std::chrono::duration<Rep, Period> time) noexcept {
  using wide = std::chrono::duration<long double>;
  if (wide(time) >= wide(clock::duration::max()))
    return clock::duration::max();
  if (wide(time) <= wide::zero())
    return clock::duration::zero();
  return std::chrono::ceil<clock::duration>(time);
}

/// \p time after \p start, or the last time that there is.
inline clock::time_point after(clock::time_point start, clock::duration time) noexcept {
  return time > clock::time_point::max() - start ? clock::time_point::max() : start + time;
}

} // namespace aio::detail

#endif // AIO_DETAIL_AS_TASK_HPP
