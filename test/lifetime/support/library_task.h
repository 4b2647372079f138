// The lazy tasks of libraries differ in their names alone: a task's promise and its awaiter.
#pragma once

#include "frames.h"

namespace shape {

template <class Task, class T> struct library_promise : result<T> {
  Task get_return_object() noexcept { return Task(); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
};

template <class T> struct library_awaiter {
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

} // namespace shape
