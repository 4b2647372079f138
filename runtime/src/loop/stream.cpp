//===- stream.cpp - A stream of libuv's, and who waits for it -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include "stream.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>

namespace aio::detail {

namespace {

constexpr unsigned completions_in_a_row = 64;

/// libuv writes with write(2), which kills the program when the peer is gone, and for pipes there
/// is no other way.
void ignore_sigpipe() noexcept {
  struct sigaction set{};
  if (sigaction(SIGPIPE, nullptr, &set) == 0 && !(set.sa_flags & SA_SIGINFO) &&
      set.sa_handler == SIG_DFL) {
    set.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &set, nullptr);
  }
}

[[noreturn]] void throw_closed(const char *what) {
  throw std::system_error(std::make_error_code(std::errc::operation_canceled),
                          std::string(what) + ": the stream was closed");
}

[[noreturn]] void throw_second(const char *what, const char *does, const stream &of) {
  throw std::logic_error(std::string(what) + ": another coroutine " + does + " " + of.name() +
                         ", and one at a time may");
}

stream &require(stream *of, const char *what) {
  if (!of)
    throw std::logic_error(std::string(what) + ": there is no stream; it was moved from");
  return *of;
}

} // namespace

bool turn_is_due() noexcept {
  static thread_local unsigned completions = 0;
  return ++completions % completions_in_a_row == 0;
}

//===- The handle ---------------------------------------------------------===//

stream_ptr stream::make_tcp(scheduler &loop, std::string name) {
  auto *const result = new stream(uv_scheduler::of(loop), std::move(name));
  uv_tcp_init(result->loop_.native(), result->tcp());
  return made(result);
}

stream_ptr stream::make_pipe(scheduler &loop, std::string name) {
  auto *const result = new stream(uv_scheduler::of(loop), std::move(name));
  uv_pipe_init(result->loop_.native(), result->pipe(), 0);
  return made(result);
}

stream_ptr stream::made(stream *initialised) noexcept {
  [[maybe_unused]] static const bool once = (ignore_sigpipe(), true);
  initialised->uv_.handle.data = initialised;
  uv_unref(&initialised->uv_.handle);
  return stream_ptr(initialised);
}

void close_stream::operator()(stream *closed) const noexcept {
  closed->close();
  closed->release();
}

int stream::fd() const noexcept {
  uv_os_fd_t result = -1;
  uv_fileno(&uv_.handle, &result);
  return result;
}

void stream::close() noexcept {
  if (std::exchange(closed_, true))
    return;
  // The loop may be gone, though it should not be.
  if (scheduler *const here = scheduler::current())
    uv_scheduler::of(*here).touched();
  received_.reset();
  uv_close(&uv_.handle,
           [](uv_handle_t *handle) { static_cast<stream *>(handle->data)->release(); });
  if (auto *const reader = std::exchange(reader_, nullptr)) {
    reader->status_ = UV_ECANCELED;
    reader->complete();
  }
  if (auto *const writer = std::exchange(writer_, nullptr)) {
    writer->status_ = UV_ECANCELED;
    writer->complete();
  }
}

//===- Reading ------------------------------------------------------------===//

bool read_operation::start() {
  return require(stream_, what()).begin(*this);
}

bool stream::begin(read_operation &reader) {
  if (closed_)
    throw_closed(reader.what());
  if (reader_)
    throw_second(reader.what(), "reads from", *this);
  if (!received_ && read_status_ == 0 && !reader.into_.empty() && !read_now(reader)) {
    if (!reading_) {
      const int status = uv_read_start(
          uv(),
          [](uv_handle_t *handle, std::size_t, uv_buf_t *buffer) {
            static_cast<stream *>(handle->data)->give_buffer(*buffer);
          },
          [](uv_stream_t *handle, ssize_t count, const uv_buf_t *) {
            static_cast<stream *>(handle->data)->received(count);
          });
      if (status < 0)
        throw_uv(status, "read from " + name_);
      reading_ = true;
    }
    reader_ = &reader;
    reader.waits_ = true;
    hold();
    return true;
  }
  if (received_) {
    const std::size_t size = std::min(reader.into_.size(), received_end_ - received_begin_);
    std::memcpy(reader.into_.data(), received_.get() + received_begin_, size);
    received_begin_ += size;
    if (received_begin_ == received_end_)
      received_.reset();
    reader.status_ = static_cast<std::ptrdiff_t>(size);
  } else if (read_status_ != 0 && !reader.into_.empty()) {
    reader.status_ = read_status_ == UV_EOF ? 0 : read_status_;
  }
  if (!turn_is_due())
    return false;
  reader.waits_ = true;
  hold(); // it may go before the reader has its turn
  reader.complete();
  return true;
}

/// What filled a reader's memory has left something behind, most likely: it is not worth while to
/// ask the loop first. Returns false if there was nothing.
bool stream::read_now(read_operation &reader) noexcept {
  if (!std::exchange(filled_, false))
    return false;
  ssize_t count;
  do
    count = ::read(fd(), reader.into_.data(), reader.into_.size());
  while (count < 0 && errno == EINTR);
  if (count < 0 && errno == EAGAIN)
    return false;
  loop_.touched();
  if (count <= 0) {
    read_status_ = count == 0 ? static_cast<int>(UV_EOF) : -errno;
    stop_reading();
    return true;
  }
  filled_ = static_cast<std::size_t>(count) == reader.into_.size();
  reader.status_ = count;
  return true;
}

void stream::give_buffer(uv_buf_t &buffer) noexcept {
  buffer = {nullptr, 0};
  if (reader_) {
    buffer.base = reinterpret_cast<char *>(reader_->into_.data());
    buffer.len = reader_->into_.size();
    return;
  }
  if (served_) // it is likely to be back before libuv asks again
    return;
  if (!received_) {
    received_.reset(new (std::nothrow) std::byte[buffer_size]);
    received_begin_ = received_end_ = 0;
  }
  if (received_ && received_end_ != buffer_size) {
    buffer.base = reinterpret_cast<char *>(received_.get() + received_end_);
    buffer.len = buffer_size - received_end_;
  }
}

void stream::received(ssize_t count) noexcept {
  if (count == UV_ENOBUFS) { // give_buffer gave none
    if (!std::exchange(served_, false))
      stop_reading();
    return;
  }
  if (count <= 0 && received_ && received_end_ == 0)
    received_.reset();
  if (count == 0) // there was nothing after all
    return;
  loop_.touched();
  if (count < 0) {
    stop_reading();
    read_status_ = static_cast<int>(count);
    if (auto *const reader = std::exchange(reader_, nullptr)) {
      reader->status_ = count == UV_EOF ? 0 : count;
      reader->complete();
    }
    return;
  }
  if (!reader_) {
    received_end_ += static_cast<std::size_t>(count);
    return;
  }
  served_ = true;
  auto *const reader = std::exchange(reader_, nullptr);
  reader->status_ = count;
  filled_ = static_cast<std::size_t>(count) == reader->into_.size();
  reader->complete();
}

void stream::stop_reading() noexcept {
  uv_read_stop(uv());
  reading_ = false;
}

void read_operation::leave() noexcept {
  if (stream_->reader_ == this)
    stream_->reader_ = nullptr;
  stream_->release();
}

void read_operation::on_cancel() noexcept {
  stream_->reader_ = nullptr;
  complete_cancelled();
}

void read_operation::fail() const {
  rethrow_cancelled();
  if (status_ == UV_ECANCELED)
    throw_closed(what());
  throw_uv(static_cast<int>(status_), "read from " + stream_->name());
}

std::string read_operation::detail() const {
  return stream_->name();
}

//===- Writing ------------------------------------------------------------===//

bool write_operation::start() {
  return require(stream_, what()).begin(*this);
}

bool stream::begin(write_operation &writer) {
  if (closed_)
    throw_closed(writer.what());
  if (writer_)
    throw_second(writer.what(), "writes to", *this);
  // A chunk of a write that was cancelled goes first.
  if (!chunk_in_flight_ && push(writer)) {
    chunk_.reset();
    if (!turn_is_due())
      return false;
    writer.waits_ = true;
    hold(); // it may go before the writer has its turn
    writer.complete();
    return true;
  }
  writer_ = &writer;
  writer.waits_ = true;
  hold();
  return true;
}

/// Gives what it can to the kernel, and the next chunk of the rest to libuv. Returns whether there
/// is nothing to wait for.
bool stream::push(write_operation &writer) noexcept {
  loop_.touched();
  if (write_status_ < 0) {
    writer.status_ = write_status_;
    return true;
  }
  if (writer.last_) {
    if (::shutdown(fd(), SHUT_WR) != 0)
      writer.status_ = -errno;
    return true;
  }
  if (writer.left_.empty())
    return true;
  uv_buf_t all;
  all.base = reinterpret_cast<char *>(const_cast<std::byte *>(writer.left_.data()));
  all.len = writer.left_.size();
  const int sent = uv_try_write(uv(), &all, 1);
  if (sent >= 0)
    writer.left_ = writer.left_.subspan(static_cast<std::size_t>(sent));
  else if (sent != UV_EAGAIN)
    return write_failed(sent, writer);
  if (writer.left_.empty())
    return true;
  if (!chunk_)
    chunk_.reset(new (std::nothrow) std::byte[buffer_size]);
  if (!chunk_)
    return write_failed(UV_ENOMEM, writer);
  const std::size_t size = std::min(writer.left_.size(), buffer_size);
  std::memcpy(chunk_.get(), writer.left_.data(), size);
  uv_buf_t chunk;
  chunk.base = reinterpret_cast<char *>(chunk_.get());
  chunk.len = size;
  const int status = uv_write(&write_, uv(), &chunk, 1, [](uv_write_t *done, int result) {
    static_cast<stream *>(done->handle->data)->chunk_sent(result);
  });
  if (status < 0)
    return write_failed(status, writer);
  chunk_in_flight_ = true;
  writer.left_ = writer.left_.subspan(size);
  return false;
}

void stream::chunk_sent(int status) noexcept {
  chunk_in_flight_ = false;
  if (closed_)
    return;
  if (status < 0)
    write_status_ = cause_of(status);
  if (writer_ && !push(*writer_))
    return;
  chunk_.reset();
  if (auto *const writer = std::exchange(writer_, nullptr))
    writer->complete();
}

bool stream::write_failed(int status, write_operation &writer) noexcept {
  writer.status_ = write_status_ = cause_of(status);
  return true;
}

/// When reading was first to hear that the connection was reset, writing only hears that there is
/// none.
int stream::cause_of(int write_error) const noexcept {
  return read_status_ != 0 && read_status_ != UV_EOF ? read_status_ : write_error;
}

void write_operation::leave() noexcept {
  if (stream_->writer_ == this)
    stream_->writer_ = nullptr;
  stream_->release();
}

void write_operation::on_cancel() noexcept {
  stream_->writer_ = nullptr;
  complete_cancelled();
}

void write_operation::fail() const {
  rethrow_cancelled();
  if (status_ == UV_ECANCELED)
    throw_closed(what());
  throw_uv(status_, (last_ ? "shutdown of " : "write to ") + stream_->name());
}

std::string write_operation::detail() const {
  return stream_->name() + ", " + std::to_string(left_.size()) + " bytes to go";
}

//===- Connecting ---------------------------------------------------------===//

bool connect_operation::start() {
  const int status = uv_tcp_connect(
      &stream_.connect_, stream_.tcp(), to_.data(), [](uv_connect_t *done, int result) {
        auto &connected = *static_cast<stream *>(done->handle->data);
        if (auto *const waiting = std::exchange(connected.connecting_, nullptr)) {
          waiting->status_ = result;
          waiting->complete();
        }
      });
  stream_.loop().touched();
  if (status < 0) {
    status_ = status;
    return false;
  }
  stream_.connecting_ = this;
  return true;
}

connect_operation::~connect_operation() {
  if (stream_.connecting_ == this)
    stream_.connecting_ = nullptr;
}

int connect_operation::await_resume() const {
  rethrow_cancelled();
  return status_;
}

void connect_operation::on_cancel() noexcept {
  stream_.connecting_ = nullptr;
  stream_.close();
  complete_cancelled();
}

std::string connect_operation::detail() const {
  return stream_.name();
}

} // namespace aio::detail
