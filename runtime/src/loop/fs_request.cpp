//===- fs_request.cpp - Requests to libuv about files ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include "fs_request.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>

namespace aio::detail {

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

int permission_bits(std::filesystem::perms permissions) noexcept {
  return static_cast<int>(permissions & std::filesystem::perms::mask);
}

namespace {

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

} // namespace

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

} // namespace aio::detail
