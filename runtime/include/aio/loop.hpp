//===- aio/loop.hpp - The libuv loop below, for what aio has not ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_HPP
#define AIO_LOOP_HPP

#include <aio/detail/scheduler.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct uv_loop_s;

namespace aio::detail {

/// The scheduler whose outside world is libuv.
class uv_scheduler : public scheduler {
public:
  uv_scheduler();
  ~uv_scheduler() override;

  uv_loop_s *native() noexcept { return loop_.get(); }
  static uv_scheduler &of(scheduler &any) noexcept { return static_cast<uv_scheduler &>(any); }

  /// Counts what ends by itself and soon (a worker, a file): virtual time waits for it.
  void begin_work() noexcept {
    ++work_;
    hold_external();
  }
  void end_work() noexcept {
    --work_;
    release_external();
  }

  /// Something was given to the outside world that may come back at once (a write to a socket of
  /// this program): virtual time waits for it for a moment.
  void touched() noexcept { touched_ = true; }

  /// Somebody awaits \p signal: what `run` does with it is not done meanwhile.
  void take_signal(int signal) { taken_signals_.push_back(signal); }
  void release_signal(int signal) noexcept {
    taken_signals_.erase(std::find(taken_signals_.begin(), taken_signals_.end(), signal));
  }
  bool signal_is_taken(int signal) const noexcept {
    return std::find(taken_signals_.begin(), taken_signals_.end(), signal) != taken_signals_.end();
  }

  void post_to_worker(resumable &work) override;

protected:
  void wait(std::optional<clock::time_point> until) override;
  void wake() noexcept override;
  bool alive() const noexcept override;
  bool busy() const noexcept override { return work_ != 0; }
  bool settle() override;

private:
  struct handles;
  void sleep(bool has_alarm);
  /// Whether something came while libuv was on its way to sleep, after which it need not or may
  /// not.
  bool must_not_sleep() const noexcept;
  struct close_loop {
    void operator()(uv_loop_s *loop) const noexcept;
  };
  std::unique_ptr<handles> handles_;
  std::unique_ptr<uv_loop_s, close_loop> loop_; // goes first: it closes the handles
  std::size_t work_ = 0;
  std::vector<int> taken_signals_;
  bool touched_ = false;
};

/// What goes with every error of libuv: the operation's name and what it was done to.
/// \throws std::system_error with \p status, which is negative, as an errno.
[[noreturn]] void throw_uv(int status, const std::string &operation);

} // namespace aio::detail

namespace aio {

/// The libuv loop that runs this coroutine, for handles of your own. Callbacks run between two
/// steps: they may not await, and wake a coroutine through `event` or `channel`. Handles must be
/// closed before `run` returns.
///
/// Thread: on the loop.
/// Throws: std::logic_error where no loop runs.
uv_loop_s *native_loop();

} // namespace aio

#endif // AIO_LOOP_HPP
