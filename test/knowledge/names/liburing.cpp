// Every name of liburing.yaml, looked up on what liburing's headers declare, and what waits or not.
// REQUIRES: liburing
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/names.cpp -- -std=c++20 -w > %t.answers
// RUN: corolint-knowledge-dump --missing=liburing.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of liburing.yaml are proven
// RUN: not %corolint check --quiet %t/use.cpp -- -std=c++20 2>&1 | %FileCheck --check-prefix=USE \
// RUN:   --implicit-check-not=coro-blocking-call %t/use.cpp

//--- names.cpp
#include <liburing.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(io_uring_wait_cqe, io_uring_wait_cqe_nr, io_uring_wait_cqes, io_uring_wait_cqe_timeout,
      io_uring_submit_and_wait, io_uring_submit_and_wait_timeout, io_uring_sqring_wait,
      io_uring_register_sync_cancel, io_uring_enter, io_uring_enter2);
}

//--- use.cpp
#include <coroutine>
#include <liburing.h>
struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

task waits(io_uring *ring, io_uring_cqe *cqe, __kernel_timespec *ts, unsigned count) {
  io_uring_wait_cqe(ring, &cqe);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  io_uring_wait_cqes(ring, &cqe, 2, nullptr, nullptr);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  io_uring_wait_cqe_timeout(ring, &cqe, ts);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  io_uring_submit_and_wait(ring, count);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  io_uring_submit_and_wait_timeout(ring, &cqe, 1, ts, nullptr);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  io_uring_enter(3, 1, 1, IORING_ENTER_GETEVENTS, nullptr);
  // USE: use.cpp:[[#@LINE-1]]:{{.*}}coro-blocking-call
  co_return;
}

task looks(io_uring *ring, io_uring_cqe *cqe, unsigned flags) {
  io_uring_submit(ring);
  io_uring_peek_cqe(ring, &cqe);
  io_uring_cqe *many[8];
  io_uring_peek_batch_cqe(ring, many, 8);
  io_uring_cqe_seen(ring, cqe);
  io_uring_get_events(ring);
  io_uring_wait_cqe_nr(ring, &cqe, 0);
  io_uring_submit_and_wait(ring, 0);
  __kernel_timespec now = {0, 0};
  io_uring_wait_cqe_timeout(ring, &cqe, &now);
  __kernel_timespec none = {};
  io_uring_wait_cqes(ring, &cqe, 1, &none, nullptr);
  io_uring_submit_and_wait_timeout(ring, &cqe, 0, nullptr, nullptr);
  io_uring_enter(3, 1, 0, IORING_ENTER_GETEVENTS, nullptr);
  io_uring_enter(3, 1, 0, 0, nullptr);
  co_return;
}
