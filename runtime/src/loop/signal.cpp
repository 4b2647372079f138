//===- signal.cpp - Signals -----------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/signal.hpp>

#include <aio/loop.hpp>

#include "signal_handle.hpp"

#include <uv.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace aio {

std::string detail::name_of_signal(int signal) {
  return "signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
}

struct signal_set::state {
  explicit state(detail::uv_scheduler &on) noexcept : loop(on) {}
  ~state();
  void add(int signal);
  void received(int signal) noexcept;

  detail::uv_scheduler &loop;
  std::vector<detail::signal_handle> handles;
  /// In the order in which they came; there is room for all.
  std::vector<int> remembered;
  next_operation *waiting = nullptr;
};

class signal_set::next_operation final : public detail::awaitable_operation<next_operation> {
public:
  explicit next_operation(state &of) noexcept
      : awaitable_operation("signal_set::next", true), of_(&of) {}
  next_operation(next_operation &&) noexcept = default;

  bool start() {
    if (of_->waiting)
      throw std::logic_error("signal_set::next: another coroutine waits for this set");
    if (!of_->remembered.empty()) {
      signal_ = of_->remembered.front();
      of_->remembered.erase(of_->remembered.begin());
      return false;
    }
    of_->waiting = this;
    return true;
  }
  int await_resume() const {
    rethrow_cancelled();
    if (signal_ == 0)
      throw std::system_error(std::make_error_code(std::errc::operation_canceled),
                              "signal_set::next: the set was destroyed");
    return signal_;
  }
  /// 0: the set is gone.
  void received(int signal) noexcept {
    signal_ = signal;
    leave();
    complete();
  }

private:
  /// The set may go before this one has its turn.
  void leave() noexcept { std::exchange(of_, nullptr)->waiting = nullptr; }
  void on_cancel() noexcept override {
    leave();
    complete_cancelled();
  }
  std::string detail() const override {
    std::string result;
    for (const detail::signal_handle &each : of_->handles)
      result += (result.empty() ? "" : ", ") + detail::name_of_signal(each.signal());
    return result;
  }

  state *of_; // null when it waits no longer
  int signal_ = 0;
};

signal_set::state::~state() {
  for (const detail::signal_handle &each : handles)
    loop.release_signal(each.signal());
  if (waiting)
    waiting->received(0);
}

void signal_set::state::add(int signal) {
  const auto same = [signal](const detail::signal_handle &known) {
    return known.signal() == signal;
  };
  if (std::any_of(handles.begin(), handles.end(), same))
    return;
  remembered.reserve(handles.size() + 1);
  handles.reserve(handles.size() + 1);
  detail::signal_handle handle(loop.native(), this);
  handle.unref();
  handle.start(
      signal, [](uv_signal_t *by, int came) { static_cast<state *>(by->data)->received(came); },
      "wait for " + detail::name_of_signal(signal));
  loop.take_signal(signal); // the last that may throw: the destructor releases what is in handles
  handles.push_back(std::move(handle));
}

void signal_set::state::received(int signal) noexcept {
  if (waiting)
    waiting->received(signal);
  else if (std::find(remembered.begin(), remembered.end(), signal) == remembered.end())
    remembered.push_back(signal);
}

signal_set::signal_set(std::initializer_list<int> signals) {
  auto &loop = detail::uv_scheduler::of(detail::require_running("signal_set").in->loop());
  if (signals.size() == 0)
    throw std::invalid_argument("signal_set: there are no signals to wait for");
  state_ = std::make_unique<state>(loop);
  for (const int each : signals)
    state_->add(each);
}

signal_set::~signal_set() = default;

task<int> signal_set::next() {
  co_return co_await next_operation(*state_);
}

task<> wait_signal(int signal) {
  signal_set only{signal};
  co_await only.next();
}

} // namespace aio
