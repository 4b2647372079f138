//===- stream.hpp - A stream of libuv's, and who waits for it -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// READ   libuv goes on reading from the first read to the end, and reads into the memory of who
//        waits. What arrives while nobody does goes to a buffer of bounded size; when that is full,
//        reading stops until it is empty. So a read costs no change of what is polled, and one that
//        is cancelled loses nothing.
// WRITE  Straight to the kernel while it takes all. What it does not take is copied, a chunk at a
//        time, for libuv to send when there is room: a write that is cancelled leaves no reference
//        to its bytes behind.
// CLOSE  Whoever waits is told. The memory stays until libuv has closed the handle and the last
//        operation is gone.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_STREAM_HPP
#define AIO_LOOP_STREAM_HPP

#include <aio/detail/stream.hpp>
#include <aio/loop.hpp>
#include <aio/net.hpp>

#include <uv.h>

#include <cstddef>
#include <memory>
#include <string>

namespace aio::detail {

/// What completes without having to wait suspends all the same now and then, so that a coroutine
/// whose peer is fast leaves the others their turn. Whether it is time to.
///
/// An operation that has its result says in start(): `if (!turn_is_due()) return false; complete();
/// return true;`.
bool turn_is_due() noexcept;

class connect_operation;

class stream {
public:
  /// What is kept of bytes that arrived while nobody reads, and of those that the kernel does not
  /// take: each this much at most.
  static constexpr std::size_t buffer_size = std::size_t{64} * 1024;

  /// A handle that is initialised and not open. It is opened through uv() (uv_tcp_open,
  /// uv_tcp_connect, uv_spawn), and does not keep the loop alive. \p name is what errors say:
  /// "read from <name>".
  static stream_ptr make_tcp(scheduler &loop, std::string name);
  static stream_ptr make_pipe(scheduler &loop, std::string name);

  stream(const stream &) = delete;
  stream &operator=(const stream &) = delete;

  uv_stream_t *uv() noexcept { return &uv_.stream; }
  uv_tcp_t *tcp() noexcept { return &uv_.tcp; }
  uv_pipe_t *pipe() noexcept { return &uv_.pipe; }
  int fd() const noexcept;
  uv_scheduler &loop() const noexcept { return loop_; }
  const std::string &name() const noexcept { return name_; }

  /// Who is at the other end, where that has an address.
  socket_address peer;

  /// Whoever waits gets an error. What the kernel has not taken is dropped. Can be repeated.
  void close() noexcept;

  /// The memory stays for as long as it is held.
  void hold() noexcept { ++references_; }
  void release() noexcept {
    if (--references_ == 0)
      delete this;
  }

private:
  friend class read_operation;
  friend class write_operation;
  friend class connect_operation;
  friend struct close_stream;

  stream(uv_scheduler &loop, std::string name) noexcept : loop_(loop), name_(std::move(name)) {}
  ~stream() = default;
  static stream_ptr made(stream *initialised) noexcept;

  bool begin(read_operation &reader);
  bool read_now(read_operation &reader) noexcept;
  void give_buffer(uv_buf_t &buffer) noexcept;
  void received(ssize_t count) noexcept;
  void stop_reading() noexcept;

  bool begin(write_operation &writer);
  bool push(write_operation &writer) noexcept;
  void chunk_sent(int status) noexcept;
  bool write_failed(int status, write_operation &writer) noexcept;
  int cause_of(int write_error) const noexcept;

  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
  } uv_;
  uv_scheduler &loop_;
  std::string name_;
  std::size_t references_ = 2; // the owner's and libuv's
  bool closed_ = false;

  bool reading_ = false;
  bool served_ = false; // a reader was just given what it waits for
  bool filled_ = false; // ... and it was all that its memory could hold
  read_operation *reader_ = nullptr;
  int read_status_ = 0; // how the stream ended, for every read after the buffer
  std::unique_ptr<std::byte[]> received_;
  std::size_t received_begin_ = 0;
  std::size_t received_end_ = 0;

  write_operation *writer_ = nullptr;
  int write_status_ = 0;
  bool chunk_in_flight_ = false;
  std::unique_ptr<std::byte[]> chunk_;
  connect_operation *connecting_ = nullptr;
  union {
    uv_write_t write_;
    uv_connect_t connect_;
  };
};

/// Connects a TCP stream that is not open, which must stay for as long. Gives 0 or an error of
/// libuv's. When it is cancelled, it closes the stream.
class connect_operation final : public awaitable_operation<connect_operation> {
public:
  connect_operation(stream &with, const socket_address &to) noexcept
      : awaitable_operation("connect", true), stream_(with), to_(to) {}
  connect_operation(connect_operation &&) noexcept = default;
  ~connect_operation();

  bool start();
  int await_resume() const;

private:
  void on_cancel() noexcept override;
  std::string detail() const override;

  stream &stream_;
  const socket_address &to_;
  int status_ = 0;
};

} // namespace aio::detail

#endif // AIO_LOOP_STREAM_HPP
