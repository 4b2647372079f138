//===- fs_request.hpp - Requests to libuv about files ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_FS_REQUEST_HPP
#define AIO_LOOP_FS_REQUEST_HPP

#include <aio/file.hpp>
#include <aio/loop.hpp>

#include <uv.h>

#include <coroutine>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

namespace aio::detail {

/// What libuv is told to do, and what comes of it.
struct fs_request : uv_fs_t {
  fs_request() noexcept : uv_fs_t{} {}
  fs_request(const fs_request &) = delete;
  fs_request &operator=(const fs_request &) = delete;
  ~fs_request() { uv_fs_req_cleanup(this); }
};

/// Waits for \p request, which \p Submit hands to libuv. Gives what the system call returned, or
/// throws "<what> '<path>'".
template <class Submit> class fs_operation final : public operation {
public:
  using aio_awaitable = void;

  /// \p regardless: what is not cancelled.
  fs_operation(const char *what, const std::string &path, fs_request &request, Submit submit,
               bool regardless = false)
      : operation(what), path_(path), request_(request), submit_(std::move(submit)),
        regardless_(regardless) {}
  fs_operation(fs_operation &&) = default;

  bool await_ready() const noexcept { return false; }
  template <class Promise> bool await_suspend(std::coroutine_handle<Promise> caller) {
    if (regardless_)
      begin_regardless(caller, caller.promise());
    else if (!begin(caller, caller.promise()))
      return true;
    auto &uv = uv_scheduler::of(loop());
    request_.data = this;
    const int status = submit_(uv.native(), [](uv_fs_t *ended) {
      auto &self = *static_cast<fs_operation *>(ended->data);
      uv_scheduler::of(self.loop()).end_work();
      if (self.taken_back_)
        self.complete_cancelled();
      else
        self.complete();
    });
    if (status < 0) { // there was no memory for the path
      request_.result = status;
      withdraw();
      return false;
    }
    uv.begin_work();
    return true;
  }
  std::size_t await_resume() const {
    rethrow_cancelled();
    if (request_.result < 0)
      throw_uv(static_cast<int>(request_.result), std::string(what()) + " '" + path_ + "'");
    return static_cast<std::size_t>(request_.result);
  }

private:
  void on_cancel() noexcept override {
    if (!regardless_)
      taken_back_ = uv_cancel(reinterpret_cast<uv_req_t *>(&request_)) == 0;
  }
  std::string detail() const override { return path_; }

  const std::string &path_;
  fs_request &request_;
  Submit submit_;
  bool regardless_;
  bool taken_back_ = false;
};

/// The flags of open(2). \throws std::invalid_argument if \p mode neither reads nor writes.
int flags_of(open_mode mode);

/// As open(2) and mkdir(2) want them.
int permission_bits(std::filesystem::perms permissions) noexcept;

/// Of an entry of a directory. Not every file system says it there.
std::filesystem::file_type type_of(uv_dirent_type_t type) noexcept;

file_status status_of(const uv_stat_t &from);

/// Refers to \p bytes. libuv has one type for what is read into and what is written.
uv_buf_t buffer_of(std::span<const std::byte> bytes) noexcept;

} // namespace aio::detail

#endif // AIO_LOOP_FS_REQUEST_HPP
