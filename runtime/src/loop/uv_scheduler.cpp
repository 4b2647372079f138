//===- uv_scheduler.cpp - The scheduler whose outside world is libuv ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/loop.hpp>

#include <uv.h>

#include <cstdio>
#include <stdexcept>
#include <system_error>

namespace aio::detail {

struct uv_scheduler::handles {
  uv_async_t woken;
  uv_timer_t alarm;
  std::optional<clock::time_point> alarm_at;
  /// Runs last before libuv sleeps.
  uv_prepare_t look;
  /// The wait ends when the alarm rings.
  bool has_alarm = false;
};

namespace {

uv_loop_t *make_loop() {
  auto *const made = new uv_loop_t;
  if (const int status = uv_loop_init(made)) {
    delete made;
    throw_uv(status, "uv_loop_init");
  }
  return made;
}

void close_handle(uv_handle_t *handle) {
  if (!uv_is_closing(handle))
    uv_close(handle, nullptr);
}

} // namespace

void throw_uv(int status, const std::string &operation) {
  // libuv's errors are errno's, negated, but for those of getaddrinfo, which resolve.cpp has, and
  // its own end of file.
  throw std::system_error(-status, std::generic_category(), operation);
}

uv_scheduler::uv_scheduler() : handles_(std::make_unique<handles>()), loop_(make_loop()) {
  uv_async_init(native(), &handles_->woken, [](uv_async_t *) {});
  uv_timer_init(native(), &handles_->alarm);
  // What may end the wait is counted by the scheduler. Only the handle that keeps libuv waiting
  // counts for libuv, so that what is left are the handles of others.
  uv_unref(reinterpret_cast<uv_handle_t *>(&handles_->alarm));
  // libuv calls back before it sleeps, and then does not ask whether there is still something to
  // sleep for: before 1.45 it runs the timers that are due, ours among them, and always the idle
  // and prepare handles of others. The prepare handle that was started first runs last of all that.
  uv_prepare_init(native(), &handles_->look);
  handles_->look.data = this;
  uv_prepare_start(&handles_->look, [](uv_prepare_t *look) {
    if (static_cast<uv_scheduler *>(look->data)->must_not_sleep())
      uv_stop(look->loop);
  });
  uv_unref(reinterpret_cast<uv_handle_t *>(&handles_->look));
}

uv_scheduler::~uv_scheduler() {
  // What nobody awaits any more ends by itself: a file that is closed, a worker on its way out.
  uv_prepare_stop(&handles_->look);
  while (busy())
    uv_run(native(), UV_RUN_ONCE);
  close_handle(reinterpret_cast<uv_handle_t *>(&handles_->woken));
  close_handle(reinterpret_cast<uv_handle_t *>(&handles_->alarm));
  close_handle(reinterpret_cast<uv_handle_t *>(&handles_->look));
}

void uv_scheduler::close_loop::operator()(uv_loop_t *loop) const noexcept {
  // What is being closed is told so by one more turn. What others have asked of libuv's workers
  // ends by itself.
  uv_run(loop, UV_RUN_NOWAIT);
  while (uv_loop_close(loop) == UV_EBUSY) {
    bool open = false;
    uv_walk(
        loop,
        [](uv_handle_t *handle, void *found) {
          *static_cast<bool *>(found) |= !uv_is_closing(handle);
        },
        &open);
    if (open) {
      std::fputs("aio: a handle on aio::native_loop() is still open at the end of aio::run\n",
                 stderr);
      return; // the loop is lost, and not the memory that its handles point to
    }
    uv_run(loop, UV_RUN_ONCE);
  }
  delete loop;
}

bool uv_scheduler::must_not_sleep() const noexcept {
  return ready() || (handles_->has_alarm && !handles_->alarm_at) || hopeless();
}

void uv_scheduler::sleep(bool has_alarm) {
  handles_->has_alarm = has_alarm;
  // From 1.45 on, libuv reckons how long to sleep from the time when it last woke.
  uv_update_time(native());
  uv_run(native(), UV_RUN_ONCE);
}

void uv_scheduler::wait(std::optional<clock::time_point> until) {
  auto *const loop = native();
  if (!until) {
    if (std::exchange(handles_->alarm_at, std::nullopt))
      uv_timer_stop(&handles_->alarm);
    sleep(false);
    return;
  }
  const auto now = *until == clock::time_point::min() ? *until : clock::now();
  if (*until <= now) {
    uv_run(loop, UV_RUN_NOWAIT);
    return;
  }
  if (handles_->alarm_at != until) {
    uv_update_time(loop);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - now);
    uv_timer_start(
        &handles_->alarm,
        [](uv_timer_t *alarm) { static_cast<handles *>(alarm->data)->alarm_at.reset(); },
        static_cast<std::uint64_t>(left.count()), 0);
    handles_->alarm.data = handles_.get();
    handles_->alarm_at = until;
  }
  sleep(true);
}

bool uv_scheduler::settle() {
  // What goes through the loopback device is mostly there at once, and not always.
  if (!std::exchange(touched_, false))
    return false;
  wait(clock::now() + std::chrono::milliseconds(20));
  return true;
}

void uv_scheduler::wake() noexcept {
  uv_async_send(&handles_->woken);
}

bool uv_scheduler::alive() const noexcept {
  auto *const woken = reinterpret_cast<uv_handle_t *>(&handles_->woken);
  uv_unref(woken);
  const bool others = uv_loop_alive(loop_.get());
  uv_ref(woken);
  return others;
}

void uv_scheduler::post_to_worker(resumable &work) {
  struct request {
    uv_work_t uv;
    resumable *work;
    uv_scheduler *loop;
  };
  auto made = std::make_unique<request>();
  made->uv.data = made.get();
  made->work = &work;
  made->loop = this;
  const int status = uv_queue_work(
      native(), &made->uv,
      [](uv_work_t *uv) {
        const resumable &next = *static_cast<request *>(uv->data)->work;
        running = next.who;
        next.handle.resume();
        running = nullptr;
      },
      [](uv_work_t *uv, int) {
        std::unique_ptr<request> done(static_cast<request *>(uv->data));
        done->loop->end_work();
      });
  if (status)
    throw_uv(status, "uv_queue_work");
  made.release();
  begin_work();
}

} // namespace aio::detail

namespace aio {

uv_loop_s *native_loop() {
  return detail::uv_scheduler::of(detail::require_scheduler("native_loop")).native();
}

} // namespace aio
