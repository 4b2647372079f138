//===- task.cpp - The rare ways in which a task ends ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/detail/report.hpp>
#include <aio/detail/spawned.hpp>
#include <aio/spawn.hpp>
#include <aio/task.hpp>
#include <aio/time.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

namespace aio::detail {

//===- The end of a coroutine ---------------------------------------------===//

void throw_awaited_nothing() {
  throw std::logic_error("a task was awaited that has been awaited before, or that was moved from");
}

void never_awaited(const promise_base &coroutine) noexcept {
  // What an exception swept away is no mistake.
  if (!debug_enabled() || std::uncaught_exceptions() > 0)
    return;
  report_problem({.rule = "coro-unawaited-task",
                  .message = "was never awaited: nothing of it has run",
                  .coroutine = &coroutine});
}

void root_ended(promise_base &coroutine) noexcept {
  auto &root_scope = static_cast<root &>(*coroutine.in);
  running = nullptr; // it may be gone before this step is over, and debug mode looks
  if (!root_scope.on_worker()) {
    root_scope.finished();
    return;
  }
  struct arrival final : remote {
    explicit arrival(root &coroutine) noexcept : ended(coroutine) {}
    void arrived() noexcept override {
      std::unique_ptr<arrival> self(this);
      ended.set_on_worker(false);
      ended.finished();
    }
    root &ended;
  };
  root_scope.loop().post_remote(*new arrival(root_scope));
}

void end_elsewhere(promise_base &coroutine) noexcept {
  scope &in = *coroutine.in;
  running = nullptr; // it may be gone before this step is over, and debug mode looks
  in.set_on_worker(coroutine.started_on_worker);
  if (coroutine.started_on_worker) {
    in.loop().post_to_worker(coroutine);
    return;
  }
  struct arrival final : remote {
    explicit arrival(promise_base &coroutine) noexcept : ended(coroutine) {}
    void arrived() noexcept override {
      std::unique_ptr<arrival> self(this);
      ended.in->loop().post(ended);
    }
    promise_base &ended;
  };
  in.loop().post_remote(*new arrival(coroutine));
}

//===- Spawned coroutines -------------------------------------------------===//

void spawned_base::finished() noexcept {
  done_ = true;
  if (joiner_) {
    taken_ = true;
    std::exchange(joiner_, nullptr)->complete();
  } else {
    settle();
  }
  loop().remove_spawned();
  release();
}

void spawned_base::dropped() noexcept {
  // What an exception swept away is no mistake.
  if (!done_ && debug_enabled() && std::uncaught_exceptions() == 0)
    report_problem({.rule = "coro-unawaited-task",
                    .message =
                        "was spawned, and its handle was dropped: it is cancelled; await the "
                        "handle, or detach() it",
                    .coroutine = who});
  if (!done_)
    request_cancel();
  detach();
}

void spawned_base::settle() noexcept {
  if (!done_ || !detached_ || taken_ || !failure())
    return;
  taken_ = true;
  if (!orphaned() && !is_cancelled(*failure()))
    loop().fail(*failure());
}

bool join_operation_base::start() {
  if (!joined_)
    throw std::logic_error("a join_handle was awaited that was detached or moved from");
  if (joined_->taken_ || joined_->joiner_)
    throw std::logic_error("the join_handle of " + name_of(*joined_->who) +
                           " was awaited more than once");
  if (joined_->done_) {
    joined_->taken_ = true;
    return false;
  }
  joined_->joiner_ = this;
  return true;
}

join_operation_base::~join_operation_base() {
  if (joined_)
    joined_->release();
}

void join_operation_base::on_cancel() noexcept {
  joined_->joiner_ = nullptr;
  complete_cancelled();
}

void join_operation_base::check() {
  rethrow_cancelled();
  if (const std::exception_ptr *thrown = joined_->failure(); thrown && is_cancelled(*thrown))
    throw task_cancelled(name_of(*joined_->who) + " was cancelled");
}

std::string join_operation_base::detail() const {
  return name_of(*joined_->who);
}

bool is_cancelled(const std::exception_ptr &thrown) noexcept {
  try {
    std::rethrow_exception(thrown);
  } catch (const cancelled &) {
    return true;
  } catch (...) {
    return false;
  }
}

//===- Cancellation -------------------------------------------------------===//

namespace {

class stop_bridge final : public remote, public std::enable_shared_from_this<stop_bridge> {
public:
  explicit stop_bridge(scope &target) noexcept : loop_(target.loop()), target_(&target) {}

  void connect(std::stop_token token) {
    loop_.hold_external(); // who asks may be another thread
    callback_.emplace(std::move(token), stop{shared_from_this()});
  }
  /// The target is gone. Waits for a callback that runs on another thread.
  void disconnect() noexcept {
    callback_.reset();
    target_ = nullptr;
    let_go();
  }

private:
  struct stop {
    std::weak_ptr<stop_bridge> bridge;
    void operator()() noexcept {
      if (auto self = bridge.lock()) {
        self->queued_ = self;
        self->loop_.post_remote(*self);
      }
    }
  };

  void arrived() noexcept override {
    const auto self = std::move(queued_);
    let_go();
    if (target_)
      target_->request_cancel();
  }
  void let_go() noexcept {
    if (std::exchange(holding_, false))
      loop_.release_external();
  }

  scheduler &loop_;
  scope *target_;
  bool holding_ = true;
  std::shared_ptr<stop_bridge> queued_; // what is on its way to the loop stays alive
  std::optional<std::stop_callback<stop>> callback_;
};

} // namespace

std::shared_ptr<void> bridge_stop_token(std::stop_token token, scope &target) {
  if (token.stop_requested())
    target.request_cancel();
  if (target.cancel_requested() || !token.stop_possible())
    return nullptr;
  auto bridge = std::make_shared<stop_bridge>(target);
  bridge->connect(std::move(token));
  return std::shared_ptr<void>(bridge.get(), [bridge](void *) { bridge->disconnect(); });
}

//===- Time ---------------------------------------------------------------===//

bool sleep_operation::start() {
  const bool counted = time_ != clock::duration::min();
  if (counted)
    until_ = after(loop().now(), time_);
  if ((counted && time_ == clock::duration::zero()) || until_ <= loop().now())
    complete();
  else
    loop().add(*this, until_);
  return true;
}

sleep_operation::~sleep_operation() {
  if (active())
    loop().remove(*this);
}

void sleep_operation::on_cancel() noexcept {
  loop().remove(*this);
  complete_cancelled();
}

std::string sleep_operation::detail() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - loop().now());
  return std::to_string(left.count()) + " ms to go";
}

} // namespace aio::detail

namespace aio {

bool cancel_requested() noexcept {
  return detail::running && detail::running->in->cancel_requested();
}

} // namespace aio
