//===- file.cpp - Files, on libuv's workers -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/file.hpp>

#include <aio/loop.hpp>

#include <uv.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <coroutine>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace aio {

namespace detail {
namespace {

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

int flags_of(open_mode mode) {
  const auto has = [mode](open_mode asked) {
    return (static_cast<unsigned>(mode) & static_cast<unsigned>(asked)) != 0;
  };
  const bool reads = has(open_mode::read);
  const bool writes = has(open_mode::write) || has(open_mode::append);
  if (!reads && !writes)
    throw std::invalid_argument("open: the mode says neither read nor write nor append");
  int flags = reads && writes ? O_RDWR : writes ? O_WRONLY : O_RDONLY;
  if (has(open_mode::append))
    flags |= O_APPEND;
  if (has(open_mode::create) || has(open_mode::exclusive))
    flags |= O_CREAT;
  if (has(open_mode::exclusive))
    flags |= O_EXCL;
  if (has(open_mode::truncate))
    flags |= O_TRUNC;
  return flags;
}

std::filesystem::file_type type_of(std::uint64_t mode) noexcept {
  using std::filesystem::file_type;
  switch (mode & S_IFMT) {
  case S_IFREG:
    return file_type::regular;
  case S_IFDIR:
    return file_type::directory;
  case S_IFLNK:
    return file_type::symlink;
  case S_IFBLK:
    return file_type::block;
  case S_IFCHR:
    return file_type::character;
  case S_IFIFO:
    return file_type::fifo;
  case S_IFSOCK:
    return file_type::socket;
  default:
    return file_type::unknown;
  }
}

std::filesystem::file_type type_of(uv_dirent_type_t type) noexcept {
  using std::filesystem::file_type;
  switch (type) {
  case UV_DIRENT_FILE:
    return file_type::regular;
  case UV_DIRENT_DIR:
    return file_type::directory;
  case UV_DIRENT_LINK:
    return file_type::symlink;
  case UV_DIRENT_BLOCK:
    return file_type::block;
  case UV_DIRENT_CHAR:
    return file_type::character;
  case UV_DIRENT_FIFO:
    return file_type::fifo;
  case UV_DIRENT_SOCKET:
    return file_type::socket;
  case UV_DIRENT_UNKNOWN:
    break;
  }
  return file_type::unknown;
}

file_status status_of(const uv_stat_t &from) {
  using namespace std::chrono;
  const auto since_epoch = seconds(from.st_mtim.tv_sec) + nanoseconds(from.st_mtim.tv_nsec);
  file_status result;
  result.type = type_of(from.st_mode);
  result.size = from.st_size;
  result.permissions = static_cast<std::filesystem::perms>(from.st_mode & 07777);
  result.modified = system_clock::time_point(duration_cast<system_clock::duration>(since_epoch));
  result.links = from.st_nlink;
  result.device = from.st_dev;
  result.inode = from.st_ino;
  return result;
}

uv_buf_t buffer_of(std::span<const std::byte> bytes) noexcept {
  uv_buf_t result;
  result.base = reinterpret_cast<char *>(const_cast<std::byte *>(bytes.data()));
  result.len = bytes.size();
  return result;
}

int permission_bits(std::filesystem::perms permissions) noexcept {
  return static_cast<int>(permissions & std::filesystem::perms::mask);
}

} // namespace
} // namespace detail

using detail::fs_operation;
using detail::fs_request;

//===- file ---------------------------------------------------------------===//

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

//===- By path ------------------------------------------------------------===//

task<std::string> read_file(std::filesystem::path path) {
  constexpr std::size_t least = 4096;
  file from = co_await file::open(std::move(path));
  // The size is a guess: the file may grow, and what the kernel makes up says 0. The end is where
  // a read gives nothing, and there is to be room for that read.
  const std::uint64_t size = co_await from.size();
  std::string result;
  std::size_t filled = 0;
  result.resize(std::max<std::size_t>(static_cast<std::size_t>(size) + 1, least));
  for (;;) {
    const std::size_t count =
        co_await from.read(std::as_writable_bytes(std::span(result).subspan(filled)));
    if (count == 0)
      break;
    filled += count;
    if (filled == result.size())
      result.resize(result.size() * 2);
  }
  result.resize(filled);
  co_await from.close();
  co_return result;
}

task<> write_file(std::filesystem::path path, std::string text) {
  file to = co_await file::open(std::move(path),
                                open_mode::write | open_mode::create | open_mode::truncate);
  co_await to.write(text);
  co_await to.close();
}

task<file_status> stat(std::filesystem::path path) {
  const std::string name = path.string();
  fs_request request;
  fs_operation asked("stat", name, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_stat(loop, &request, name.c_str(), done);
  });
  co_await std::move(asked);
  co_return detail::status_of(request.statbuf);
}

task<std::vector<directory_entry>> list_directory(std::filesystem::path path) {
  const std::string name = path.string();
  fs_request request;
  fs_operation listed("list_directory", name, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_scandir(loop, &request, name.c_str(), 0, done);
  });
  std::vector<directory_entry> result;
  result.reserve(co_await std::move(listed));
  uv_dirent_t entry;
  while (uv_fs_scandir_next(&request, &entry) == 0)
    result.push_back({entry.name, detail::type_of(entry.type)});
  co_return result;
}

task<> remove(std::filesystem::path path) {
  const std::string name = path.string();
  bool directory = false;
  try {
    fs_request request;
    fs_operation removed("remove", name, request, [&](uv_loop_t *loop, uv_fs_cb done) {
      return uv_fs_unlink(loop, &request, name.c_str(), done);
    });
    co_await std::move(removed);
  } catch (const std::system_error &error) {
    if (error.code().value() != EISDIR)
      throw;
    directory = true;
  }
  if (!directory)
    co_return;
  fs_request request;
  fs_operation removed("remove", name, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_rmdir(loop, &request, name.c_str(), done);
  });
  co_await std::move(removed);
}

task<> rename(std::filesystem::path from, std::filesystem::path to) {
  const std::string old_name = from.string();
  const std::string new_name = to.string();
  const std::string both = old_name + "' to '" + new_name;
  fs_request request;
  fs_operation renamed("rename", both, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_rename(loop, &request, old_name.c_str(), new_name.c_str(), done);
  });
  co_await std::move(renamed);
}

task<> make_directory(std::filesystem::path path, std::filesystem::perms permissions) {
  const std::string name = path.string();
  const int bits = detail::permission_bits(permissions);
  fs_request request;
  fs_operation made("make_directory", name, request, [&](uv_loop_t *loop, uv_fs_cb done) {
    return uv_fs_mkdir(loop, &request, name.c_str(), bits, done);
  });
  co_await std::move(made);
}

} // namespace aio
