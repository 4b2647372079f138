//===- sync.cpp - What there is to say of locks ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/sync.hpp>

#include <aio/detail/report.hpp>

#include <exception>
#include <string>
#include <system_error>
#include <utility>

namespace aio::detail {

namespace {

std::string place(const std::source_location &at) {
  return std::string(at.file_name()) + ":" + std::to_string(at.line());
}

/// \p what was destroyed by who runs here, and \p waiting waits for it, or \p holder has it.
template <class Op>
void report_destroyed(const char *what, std::string holder,
                      const wait_queue<Op> &waiting) noexcept {
  if (!debug_enabled())
    return;
  problem found{.rule = "held-lock",
                .message = std::string("destroyed ") + what + " that is still in use",
                .coroutine = running};
  if (!running)
    found.message = std::string(what) + " was destroyed that is still in use";
  if (!holder.empty())
    found.details.push_back(std::move(holder));
  waiting.for_each([&](const operation &each) {
    found.details.push_back(name_of(*each.who) + " waits for it at " +
                            place(each.who->awaiting_at));
  });
  report_problem(found);
}

} // namespace

void throw_destroyed(const char *what) {
  throw std::system_error(std::make_error_code(std::errc::operation_canceled),
                          std::string(what) + ": what was handed over was destroyed");
}

std::string mutex_core::holder() const {
  return "'" + std::string(at_.function_name()) + "' holds it, and took it at " + place(at_);
}

void mutex_core::destroyed_in_use() noexcept {
  report_destroyed("a mutex", locked_ ? holder() : std::string(), waiting_);
  while (!waiting_.empty())
    waiting_.pop().mutex_ = nullptr;
  if (handed_to_)
    handed_to_->mutex_ = nullptr;
}

std::string lock_operation::detail() const {
  return mutex_ ? mutex_->holder() : "it was destroyed";
}

void semaphore_core::destroyed_in_use() noexcept {
  report_destroyed("a semaphore", handed_to_.empty() ? std::string() : "a permit was on its way",
                   waiting_);
  while (!handed_to_.empty())
    handed_to_.pop().semaphore_ = nullptr;
}

void event_core::destroyed_in_use() noexcept {
  report_destroyed("an event", {}, waiting_);
}

std::exception_ptr closed_channel() noexcept {
  return std::make_exception_ptr(channel_closed());
}

std::string full_channel(std::size_t capacity) {
  return capacity == 0 ? "nobody receives" : "it is full: " + std::to_string(capacity) + " items";
}

} // namespace aio::detail
