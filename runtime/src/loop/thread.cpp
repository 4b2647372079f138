//===- thread.cpp - The worker pool ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/loop.hpp>
#include <aio/thread.hpp>

#include <uv.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>

namespace aio::detail {

//===- to_thread ----------------------------------------------------------===//

bool worker_operation::start() {
  static_assert(sizeof(request_) >= sizeof(uv_work_t));
  auto &uv = uv_scheduler::of(loop());
  auto *const request = new (request_) uv_work_t;
  request->data = this;
  // Fails where there is no function, and never else.
  uv_queue_work(
      uv.native(), request,
      [](uv_work_t *begun) { static_cast<worker_operation *>(begun->data)->work(); },
      [](uv_work_t *ended, int cancelled) {
        auto &self = *static_cast<worker_operation *>(ended->data);
        uv_scheduler::of(self.loop()).end_work();
        if (cancelled)
          self.complete_cancelled();
        else
          self.complete();
      });
  uv.begin_work();
  return true;
}

void worker_operation::on_cancel() noexcept {
  // What is taken out of the queue ends like the others, in the next turn of the loop.
  if (uv_cancel(reinterpret_cast<uv_req_t *>(request_)) != 0)
    stop_work();
}

//===- Hops ---------------------------------------------------------------===//

/// One visit of a coroutine to a worker, for as long as libuv knows of it. The loop needs something
/// that it can cancel and report, and must not look at a coroutine that runs elsewhere: this stands
/// for it, in a scope below the coroutine's, which may be gone before the loop hears that the visit
/// is over.
class worker_hop::request final : operation {
public:
  request(worker_hop &hop, std::coroutine_handle<> coroutine, promise_base &promise)
      : operation("resume_on_worker"), hop_(&hop), below_(promise.in->loop(), promise.in) {
    stand_in_.in = &below_;
    stand_in_.made_at = promise.made_at;
    stand_in_.awaiting_at = promise.awaiting_at;
    begin(coroutine, stand_in_);
  }
  ~request() { withdraw(); }

  void queue() noexcept {
    auto &uv = uv_scheduler::of(loop());
    uv_.data = this;
    uv_queue_work(uv.native(), &uv_, run, ended);
    uv.begin_work();
  }

private:
  static void run(uv_work_t *uv) {
    auto &self = *static_cast<request *>(uv->data);
    self.begun_.store(true, std::memory_order_relaxed);
    const auto coroutine = self.handle;
    running = self.hop_->who;
    coroutine.resume();
    running = nullptr;
  }
  static void ended(uv_work_t *uv, int cancelled) {
    std::unique_ptr<request> self(static_cast<request *>(uv->data));
    scheduler &loop = self->loop();
    uv_scheduler::of(loop).end_work();
    if (!cancelled)
      return;
    self->hop_->who->in->set_on_worker(false);
    loop.post(*self->hop_);
  }

  void on_cancel() noexcept override { uv_cancel(reinterpret_cast<uv_req_t *>(&uv_)); }
  std::string detail() const override {
    return begun_.load(std::memory_order_relaxed) ? "runs there" : "all workers are busy";
  }

  worker_hop *hop_; // in the frame: good until the coroutine goes on
  scope below_;
  promise_base stand_in_;
  uv_work_t uv_;
  std::atomic<bool> begun_{false};
};

void worker_hop::hop(std::coroutine_handle<> coroutine, promise_base &promise) {
  handle = coroutine;
  who = &promise;
  if (promise.in->cancel_requested()) {
    told_again(promise);
    promise.in->loop().post(*this);
    return;
  }
  auto made = std::make_unique<request>(*this, coroutine, promise);
  promise.in->set_on_worker(true);
  running = nullptr; // it may be gone before this step is over, and debug mode looks
  made.release()->queue();
}

void loop_hop::hop(std::coroutine_handle<> coroutine, promise_base &promise) noexcept {
  handle = coroutine;
  who = &promise;
  if (!promise.in->on_worker()) { // it is there, and was cancelled
    told_again(promise);
    promise.in->loop().post(*this);
    return;
  }
  promise.in->set_on_worker(false);
  promise.in->loop().post_remote(*this); // from here on, the loop may have resumed it
}

void loop_hop::arrived() noexcept {
  who->in->loop().post(*this);
}

} // namespace aio::detail
