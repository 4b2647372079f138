//===- file.cpp - Files, on libuv's workers -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/file.hpp>

#include <aio/loop.hpp>

#include "fs_request.hpp"

#include <uv.h>

#include <unistd.h>

#include <limits>
#include <memory>
#include <new>
#include <utility>

namespace aio {

using detail::fs_operation;
using detail::fs_request;

struct detail::open_file {
  open_file() noexcept = default;
  open_file(const open_file &) = delete;
  open_file &operator=(const open_file &) = delete;
  ~open_file() {
    if (descriptor >= 0)
      close_in_background();
  }
  void close_in_background() const noexcept;

  std::string path;
  int descriptor = -1;
};

task<file> file::open(std::filesystem::path path, open_mode mode,
                      std::filesystem::perms permissions) {
  const int flags = detail::flags_of(mode);
  const int bits = detail::permission_bits(permissions);
  file result;
  result.opened_ = std::make_shared<detail::open_file>();
  detail::open_file &made = *result.opened_;
  made.path = path.string();
  fs_request request;
  fs_operation opened("open", made.path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_open(loop, &request, made.path.c_str(), flags, bits, done);
  });
  made.descriptor = static_cast<int>(co_await std::move(opened));
  co_return result;
}

const std::string &file::path() const noexcept {
  static const std::string none;
  return opened_ ? opened_->path : none;
}

int file::native_handle() const noexcept {
  return opened_ ? opened_->descriptor : -1;
}

std::shared_ptr<detail::open_file> file::held() const {
  return opened_ ? opened_ : std::make_shared<detail::open_file>();
}

void detail::open_file::close_in_background() const noexcept {
  scheduler *const here = scheduler::current();
  std::unique_ptr<uv_fs_t> request(here ? new (std::nothrow) uv_fs_t : nullptr);
  if (!request) {
    ::close(descriptor);
    return;
  }
  auto &uv = uv_scheduler::of(*here);
  request->data = &uv;
  uv_fs_close(uv.native(), request.release(), descriptor, [](uv_fs_t *closed) {
    std::unique_ptr<uv_fs_t> owned(closed);
    static_cast<uv_scheduler *>(owned->data)->end_work();
    uv_fs_req_cleanup(owned.get());
  });
  uv.begin_work();
}

task<> file::close() {
  const auto closes = held();
  const int descriptor = std::exchange(closes->descriptor, -1);
  fs_request request;
  fs_operation closed(
      "close", closes->path, request,
      [&](uv_loop_t *loop, uv_fs_cb done) { return uv_fs_close(loop, &request, descriptor, done); },
      true);
  co_await std::move(closed);
}

namespace {

/// As libuv wants it: -1 is where the last read or write ended. That position is the kernel's,
/// which also serves what has none, pipes and terminals.
std::int64_t position_of(std::optional<std::uint64_t> offset, const char *asked,
                         const detail::open_file &of) {
  if (!offset)
    return -1;
  if (*offset > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    detail::throw_uv(UV_EINVAL, std::string(asked) + " '" + of.path + "'");
  return static_cast<std::int64_t>(*offset);
}

} // namespace

task<std::size_t> file::read_from(std::optional<std::uint64_t> offset, std::span<std::byte> into) {
  const auto from = held();
  const std::int64_t position = position_of(offset, "read", *from);
  const uv_buf_t buffer = detail::buffer_of(into);
  fs_request request;
  fs_operation done_reading("read", from->path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_read(loop, &request, from->descriptor, &buffer, 1, position, done);
  });
  co_return co_await std::move(done_reading);
}

task<std::size_t> file::read(std::span<std::byte> into) {
  return read_from(std::nullopt, into);
}

task<std::size_t> file::read_at(std::uint64_t offset, std::span<std::byte> into) {
  return read_from(offset, into);
}

task<> file::write_to(std::optional<std::uint64_t> offset, std::span<const std::byte> bytes) {
  const auto to = held();
  while (!bytes.empty()) {
    const std::int64_t position = position_of(offset, "write", *to);
    const uv_buf_t buffer = detail::buffer_of(bytes);
    fs_request request;
    fs_operation written("write", to->path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
      return uv_fs_write(loop, &request, to->descriptor, &buffer, 1, position, done);
    });
    const std::size_t count = co_await std::move(written);
    bytes = bytes.subspan(count);
    if (offset)
      *offset += count;
  }
}

task<> file::write(std::span<const std::byte> bytes) {
  return write_to(std::nullopt, bytes);
}

task<> file::write(std::string_view text) {
  return write(std::as_bytes(std::span(text)));
}

task<> file::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  return write_to(offset, bytes);
}

task<> file::write_at(std::uint64_t offset, std::string_view text) {
  return write_at(offset, std::as_bytes(std::span(text)));
}

task<file_status> file::stat() {
  const auto of = held();
  fs_request request;
  fs_operation asked("stat", of->path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_fstat(loop, &request, of->descriptor, done);
  });
  co_await std::move(asked);
  co_return detail::status_of(request.statbuf);
}

task<std::uint64_t> file::size() {
  const file_status status = co_await stat();
  co_return status.size;
}

task<> file::sync() {
  const auto of = held();
  fs_request request;
  fs_operation synced("sync", of->path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_fsync(loop, &request, of->descriptor, done);
  });
  co_await std::move(synced);
}

task<> file::truncate(std::uint64_t size) {
  const auto of = held();
  fs_request request;
  fs_operation cut("truncate", of->path, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_ftruncate(loop, &request, of->descriptor, static_cast<std::int64_t>(size), done);
  });
  co_await std::move(cut);
}

} // namespace aio
