//===- signal_handle.hpp - A signal that the loop watches -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_SIGNAL_HANDLE_HPP
#define AIO_LOOP_SIGNAL_HANDLE_HPP

#include <aio/loop.hpp>

#include <uv.h>

#include <memory>
#include <string>

namespace aio::detail {

/// As errors and reports say it: "signal 15 (Terminated)".
std::string name_of_signal(int signal);

/// Owns a handle of libuv's, or none. Its memory stays until libuv has closed it.
class signal_handle {
public:
  signal_handle() noexcept = default;
  /// One that is not started. The callback finds \p data in the handle.
  /// \throws std::system_error
  signal_handle(uv_loop_t *loop, void *data) {
    auto made = std::make_unique<uv_signal_t>();
    if (const int status = uv_signal_init(loop, made.get()))
      throw_uv(status, "uv_signal_init");
    uv_.reset(made.release());
    uv_->data = data;
  }

  /// \throws std::system_error with \p doing as what could not be done.
  void start(int signal, uv_signal_cb received, const std::string &doing = "uv_signal_start") {
    if (const int status = uv_signal_start(uv_.get(), received, signal))
      throw_uv(status, doing);
  }
  void stop() noexcept { uv_signal_stop(uv_.get()); }
  /// It does not keep the loop alive.
  void unref() noexcept { uv_unref(reinterpret_cast<uv_handle_t *>(uv_.get())); }
  /// The one that it was started for, until it is stopped.
  int signal() const noexcept { return uv_->signum; }

private:
  struct close_handle {
    void operator()(uv_signal_t *handle) const noexcept {
      uv_close(reinterpret_cast<uv_handle_t *>(handle),
               [](uv_handle_t *closed) { delete reinterpret_cast<uv_signal_t *>(closed); });
    }
  };
  std::unique_ptr<uv_signal_t, close_handle> uv_;
};

} // namespace aio::detail

#endif // AIO_LOOP_SIGNAL_HANDLE_HPP
