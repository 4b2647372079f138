//===- file_by_path.cpp - Files, by their paths ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/file.hpp>

#include "fs_request.hpp"

#include <uv.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace aio {

using detail::fs_operation;
using detail::fs_request;

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
