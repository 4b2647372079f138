// A lazy task in a namespace of its own: what a library offers is looked for beside its tasks.

#ifndef TEST_JOB_H
#define TEST_JOB_H

#include "task.h"

namespace acme {

template <class T = void> class [[nodiscard]] job {
public:
  struct promise_type : promise_result<T> {
    job get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
  };
  job(job &&other) noexcept;
  ~job();
  struct awaiter {
    std::coroutine_handle<promise_type> frame;
    bool await_ready() { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> next);
    T await_resume();
  };
  awaiter operator co_await() && { return {frame}; }

private:
  std::coroutine_handle<promise_type> frame;
};

} // namespace acme

#endif // TEST_JOB_H
