// Names and shapes of QCoro: a task that runs at once.
#pragma once

#include "frames.h"

#include <chrono>

namespace QCoro {

template <class T = void> class Task {
public:
  struct promise_type : shape::result<T> {
    Task get_return_object() noexcept { return Task(); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
  };
  Task(Task &&) noexcept;
  Task &operator=(Task &&) noexcept;
  ~Task();
  shape::waits<T> operator co_await() const noexcept { return {}; }

private:
  Task() = default;
};

template <class T> T waitFor(Task<T> &&);
Task<> sleepFor(std::chrono::milliseconds);

} // namespace QCoro
