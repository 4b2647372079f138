//===- aio/detail/stream.hpp - Waiting for a stream of bytes --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// The awaitables of byte_stream in net.hpp. What they wait for, a handle of libuv's, is in
// src/loop/stream.hpp.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_STREAM_HPP
#define AIO_DETAIL_STREAM_HPP

#include <aio/detail/scheduler.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace aio::detail {

/// A stream of libuv's, and who waits for it.
class stream;

/// Closes a stream, and gives its memory back when nobody refers to it any more.
struct close_stream {
  void operator()(stream *closed) const noexcept;
};
using stream_ptr = std::unique_ptr<stream, close_stream>;

/// Waits until some bytes are there. They are received into the reader's own memory.
class read_operation final : public awaitable_operation<read_operation> {
public:
  read_operation(stream *from, std::span<std::byte> into) noexcept
      : awaitable_operation("read", true), stream_(from), into_(into) {}
  read_operation(read_operation &&) noexcept = default;
  ~read_operation() {
    if (waits_)
      leave();
  }

  bool start();
  std::size_t await_resume() const {
    if (ended_by_cancel() || status_ < 0) [[unlikely]]
      fail();
    return static_cast<std::size_t>(status_);
  }

private:
  friend class stream;
  void leave() noexcept;
  [[noreturn]] void fail() const;
  void on_cancel() noexcept override;
  std::string detail() const override;

  stream *stream_;
  std::span<std::byte> into_;
  std::ptrdiff_t status_ = 0; // how many bytes, or an error of libuv's
  bool waits_ = false;        // and holds a reference to the stream
};

/// Waits until the kernel has taken all bytes; and, for the last one, until the peer is told that
/// no more will come.
class write_operation final : public awaitable_operation<write_operation> {
public:
  write_operation(stream *to, std::span<const std::byte> bytes) noexcept
      : awaitable_operation("write", true), stream_(to), left_(bytes) {}
  static write_operation last(stream *to) noexcept { return write_operation(to); }
  write_operation(write_operation &&) noexcept = default;
  ~write_operation() {
    if (waits_)
      leave();
  }

  bool start();
  void await_resume() const {
    if (ended_by_cancel() || status_ < 0) [[unlikely]]
      fail();
  }

private:
  friend class stream;
  explicit write_operation(stream *to) noexcept
      : awaitable_operation("shutdown", true), stream_(to), last_(true) {}
  void leave() noexcept;
  [[noreturn]] void fail() const;
  void on_cancel() noexcept override;
  std::string detail() const override;

  stream *stream_;
  std::span<const std::byte> left_;
  int status_ = 0; // an error of libuv's
  bool last_ = false;
  bool waits_ = false; // and holds a reference to the stream
};

} // namespace aio::detail

#endif // AIO_DETAIL_STREAM_HPP
