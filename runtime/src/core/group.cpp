//===- group.cpp - Several coroutines, and one who waits for them ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/detail/gather.hpp>
#include <aio/detail/group.hpp>
#include <aio/detail/report.hpp>
#include <aio/spawn.hpp>

#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace aio::detail {

//===- gather -------------------------------------------------------------===//

bool gather_operation::start() {
  if (together_)
    throw_awaited_nothing();
  together_.emplace(loop(), who->in);
  left_ = count_;
  start_children();
  return count_ != 0;
}

void gather_operation::child_ended(std::size_t index, promise_base &child,
                                   const std::exception_ptr *failure) noexcept {
  const bool asked = together_->cancel_requested();
  // Who was cancelled with the others has neither won nor failed.
  const bool stopped = failure && is_cancelled(*failure);
  if (stopped && !stopped_ && (asked || until_ == gather_until::first_failure))
    stopped_ = &child;
  if (failure && !stopped && !failure_)
    failure_ = failure;
  if (winner_ == nobody && !(stopped && asked))
    winner_ = index;
  const bool over = until_ == gather_until::first_ended     ? winner_ != nobody
                    : until_ == gather_until::first_failure ? failure != nullptr
                                                            : false;
  if (over && !asked)
    together_->request_cancel();
  if (--left_ == 0)
    complete();
}

void gather_operation::rethrow_failure() const {
  rethrow_cancelled();
  if (failure_)
    std::rethrow_exception(*failure_);
  rethrow_stopped();
  if (stopped_)
    std::rethrow_exception(error_of(*stopped_, nullptr));
}

void gather_operation::rethrow_stopped() const {
  rethrow_cancelled();
  if (stopped_ && together_->parent()->cancel_requested())
    throw cancelled();
}

std::size_t gather_operation::winner() const {
  rethrow_cancelled();
  if (count_ == 0)
    throw std::logic_error("race was awaited with nobody who runs");
  if (winner_ == nobody)
    throw cancelled();
  return winner_;
}

std::string gather_operation::detail() const {
  return std::to_string(left_) + " of " + std::to_string(count_) + " still run";
}

std::exception_ptr error_of(const promise_base &child, const std::exception_ptr &thrown) {
  if (thrown && !is_cancelled(thrown))
    return thrown;
  return std::make_exception_ptr(task_cancelled(name_of(child) + " was cancelled"));
}

//===- task_group ---------------------------------------------------------===//

// One thing, as the arguments of the scope are evaluated in any order.
group_state::group_state() : group_state(require_running("task_group")) {}

group_state::group_state(promise_base &caller) : children_(caller.in->loop(), caller.in) {}

group_state::~group_state() {
  if (running_ != 0) {
    report_problem({.rule = "unjoined-scope",
                    .message = "destroyed a task_group in which " + std::to_string(running_) +
                               " still run: co_await its join(), or use with_task_group",
                    .coroutine = running});
    std::terminate();
  }
  if (told_) // and has not had its turn
    told_->take_over();
  if (first_ && debug_enabled() && std::uncaught_exceptions() == 0)
    report_problem({.rule = "unjoined-scope",
                    .message = "destroyed a task_group with an error that nobody was told: "
                               "co_await its join(), or use with_task_group",
                    .coroutine = running});
}

void group_state::check_open() const {
  const promise_base &here = require_running("task_group::spawn");
  if (&here.in->loop() != &children_.loop())
    throw std::logic_error("task_group::spawn was called on another loop by " + name_of(here));
  if (joined_)
    throw std::logic_error("task_group::spawn was called by " + name_of(here) +
                           " when the group had been joined");
}

void group_state::child_ended(std::exception_ptr thrown) noexcept {
  --running_;
  if (thrown && !is_cancelled(thrown))
    fail(std::move(thrown));
  if (running_ == 0 && joiner_)
    tell(*std::exchange(joiner_, nullptr));
}

void group_state::tell(group_join &joiner) noexcept {
  joined_ = true;
  told_ = &joiner;
  joiner.complete();
}

void group_state::body_failed(std::exception_ptr thrown) noexcept {
  fail(std::move(thrown));
}

void group_state::fail(std::exception_ptr thrown) noexcept {
  if (first_)
    further_.push_back(std::move(thrown));
  else
    first_ = std::move(thrown);
  if (!children_.cancel_requested())
    children_.request_cancel();
  if (body_ && !body_->cancel_requested())
    body_->request_cancel();
}

void group_state::rethrow_failure() {
  if (first_)
    std::rethrow_exception(std::exchange(first_, nullptr));
}

bool group_join::start() {
  if (group_->joiner_)
    throw std::logic_error("a task_group is joined by two at once: " + name_of(*who) + " and " +
                           name_of(*group_->joiner_->who));
  stopped_ = who->in->cancel_requested();
  if (stopped_)
    group_->children_.request_cancel();
  if (group_->running_ != 0) {
    group_->joiner_ = this;
    return true;
  }
  if (!stopped_ || group_->told_)
    return false;
  told_again(*who);
  group_->tell(*this);
  return true;
}

void group_join::take_over() noexcept {
  failure_ = std::exchange(group_->first_, nullptr);
  group_ = nullptr;
}

void group_join::on_cancel() noexcept {
  stopped_ = true;
  group_->children_.request_cancel();
}

void group_join::await_resume() {
  if (group_) {
    group_->joined_ = false;
    if (group_->told_ == this)
      group_->told_ = nullptr;
    group_->rethrow_failure();
  } else if (failure_) {
    std::rethrow_exception(failure_);
  }
  if (stopped_)
    throw cancelled();
}

std::string group_join::detail() const {
  return std::to_string(group_->running_) + " still run";
}

} // namespace aio::detail
