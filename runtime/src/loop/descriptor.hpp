//===- descriptor.hpp - A descriptor that the loop watches ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// libuv tells again and again what a descriptor is ready for, until it is told not to, which costs
// two system calls. So the watch goes on after somebody was served, and ends when the descriptor is
// ready a second time and nobody waits.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_DESCRIPTOR_HPP
#define AIO_LOOP_DESCRIPTOR_HPP

#include <aio/detail/net.hpp>
#include <aio/loop.hpp>

#include <uv.h>

#include <cstddef>
#include <string>

namespace aio::detail {

/// The loop that runs here, on its own thread. \throws std::logic_error elsewhere.
scheduler &require_loop(const char *asked);

class descriptor {
public:
  /// Takes over \p fd, and closes it when it cannot. \p name is what errors say.
  static descriptor_ptr own(scheduler &loop, int fd, std::string name);
  /// The same for a socket that is bound, which goes by its address.
  static descriptor_ptr bound(scheduler &loop, int fd);
  /// Shares the watch of \p fd, which is not aio's, with whoever else watches it.
  static descriptor_ptr share(scheduler &loop, int fd);

  descriptor(const descriptor &) = delete;
  descriptor &operator=(const descriptor &) = delete;

  int fd() const noexcept { return fd_; }
  uv_scheduler &loop() const noexcept { return loop_; }
  const std::string &name() const noexcept { return name_; }

  /// Where a socket is bound.
  socket_address local;
  /// The file at that path is removed at the end, if it is this one.
  struct {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
  } file;

  /// Whoever waits gets an error. Can be repeated.
  void close() noexcept;

private:
  friend class descriptor_operation;
  friend struct close_descriptor;

  descriptor(uv_scheduler &loop, int fd, bool owned, std::string name)
      : loop_(loop), fd_(fd), owned_(owned), name_(std::move(name)) {}
  static descriptor_ptr make(scheduler &loop, int fd, bool owned, std::string name);
  ~descriptor() = default;

  bool begin(descriptor_operation &waiter);
  void forget(const descriptor_operation &waiter) noexcept;
  void polled(int status, int events) noexcept;
  void try_again(descriptor_operation &waiter, readiness now) noexcept;
  void watch_for(readiness directions) noexcept;
  void remove_file() const noexcept;
  void release() noexcept {
    if (--references_ == 0)
      delete this;
  }

  uv_poll_t uv_;
  uv_scheduler &loop_;
  int fd_;
  bool owned_;
  std::string name_;
  std::size_t owners_ = 1;     // more than one share a watch
  std::size_t references_ = 2; // the owners' and libuv's
  bool closed_ = false;
  readiness watched_ = readiness::none;
  // One that waits for both is in both.
  descriptor_operation *reader_ = nullptr;
  descriptor_operation *writer_ = nullptr;
};

} // namespace aio::detail

#endif // AIO_LOOP_DESCRIPTOR_HPP
