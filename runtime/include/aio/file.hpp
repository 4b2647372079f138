//===- aio/file.hpp - Files -----------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// A disk may take its time, and has no way to say when it is ready: whatever is done to a file is
// done on a worker (see thread.hpp), never on the loop's thread.
//
// Errors are std::system_error, and what() names the operation and the path: "open '/no/such': No
// such file or directory".
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_FILE_HPP
#define AIO_FILE_HPP

#include <aio/task.hpp>

#include <corolint/annotations.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aio {

/// What a file is opened for; joined with `|`.
enum class open_mode : unsigned {
  read = 1,
  write = 2,
  /// Every write goes to the end.
  append = 4,
  /// The file is made if it is not there.
  create = 8,
  /// And must not be there.
  exclusive = 16,
  /// What was in it goes.
  truncate = 32,
};

constexpr open_mode operator|(open_mode a, open_mode b) noexcept {
  return static_cast<open_mode>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

struct file_status {
  std::filesystem::file_type type = std::filesystem::file_type::unknown;
  std::uint64_t size = 0;
  std::filesystem::perms permissions = std::filesystem::perms::unknown;
  std::chrono::system_clock::time_point modified;
  std::uint64_t links = 0;
  /// Together they name the file itself, whatever its path.
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  bool is_regular() const noexcept { return type == std::filesystem::file_type::regular; }
  bool is_directory() const noexcept { return type == std::filesystem::file_type::directory; }
};

struct directory_entry {
  /// Without the directory.
  std::string name;
  /// `unknown` where the file system does not tell: ask `stat`.
  std::filesystem::file_type type = std::filesystem::file_type::unknown;
};

namespace detail {
struct open_file;
} // namespace detail

/// An open file. One coroutine at a time uses it.
///
/// Each of its functions:
/// Starts: when it is awaited, and a worker is free.
/// Cancel: what waits for a worker is not done, and `cancelled` is thrown. What a worker has begun
/// is waited for, and its result is given.
/// Thread: resumed on the loop.
/// Throws: std::system_error with the operation and the path: "write '/dev/full': No space left on
/// device".
///
/// A file that is destroyed open is closed on a worker, and nobody hears of an error: a file that
/// was written to is best closed by `close()`, or synced. `run` does not return before. Where no
/// loop runs, it is closed on the spot. What is awaited when it is destroyed comes to its end
/// before.
class file {
public:
  /// Opens \p path. A file that this makes gets \p permissions, less what the umask takes away.
  ///
  /// Throws: also std::invalid_argument for a mode without read, write or append.
  CORO_REPLACES("open", "open64", "fopen", "fopen64", "std::basic_ifstream::basic_ifstream",
                "std::basic_ofstream::basic_ofstream", "std::basic_fstream::basic_fstream",
                "std::basic_ifstream::open", "std::basic_ofstream::open",
                "std::basic_fstream::open")
  static task<file>
  open(std::filesystem::path path, open_mode mode = open_mode::read,
       std::filesystem::perms permissions = static_cast<std::filesystem::perms>(0666));

  /// One that is not open.
  file() noexcept = default;
  file(file &&other) noexcept = default;
  file &operator=(file &&other) noexcept {
    file(std::move(other)).swap(*this);
    return *this;
  }
  ~file() = default;
  void swap(file &other) noexcept { opened_.swap(other.opened_); }

  bool is_open() const noexcept { return native_handle() >= 0; }
  /// As it was opened.
  const std::string &path() const noexcept;
  /// For what aio has not; -1 if it is not open. It still belongs to this object.
  int native_handle() const noexcept;

  /// Reads from where the last read or write ended, and gives how many bytes it put into \p into,
  /// which must live until then. 0 is the end of the file, and what an empty \p into gives.
  CORO_REPLACES("fread", "std::basic_ifstream::read", "std::basic_fstream::read")
  task<std::size_t> read(std::span<std::byte> into);
  /// Reads from \p offset, and leaves alone where the next read goes on.
  CORO_REPLACES("pread", "pread64")
  task<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into);

  /// Writes all of \p bytes, which must live until then, where the last read or write ended.
  ///
  /// Cancel: seldom, a system writes a part, and this goes on with the rest: then it may be thrown
  /// after the part.
  CORO_REPLACES("fwrite", "std::basic_ofstream::write", "std::basic_fstream::write")
  task<> write(std::span<const std::byte> bytes);
  task<> write(std::string_view text);
  /// Writes all of it at \p offset, and leaves alone where the next write goes on. A file that was
  /// opened to append gets it at its end.
  CORO_REPLACES("pwrite", "pwrite64")
  task<> write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  task<> write_at(std::uint64_t offset, std::string_view text);

  task<std::uint64_t> size();
  CORO_REPLACES("stat", "std::filesystem::status", "std::filesystem::file_size",
                "std::filesystem::exists")
  task<file_status> stat();
  /// Until what was written has come to the disk.
  CORO_REPLACES("fsync", "fdatasync") task<> sync();
  /// Cuts the file off at \p size, or fills it up with zeros.
  task<> truncate(std::uint64_t size);

  /// Closes the file, and tells what went wrong with what was written. Afterwards it is not open,
  /// also when this throws.
  ///
  /// Cancel: closes it all the same.
  task<> close();

private:
  /// For who uses it, for as long as they do.
  std::shared_ptr<detail::open_file> held() const;
  task<std::size_t> read_from(std::optional<std::uint64_t> offset, std::span<std::byte> into);
  task<> write_to(std::optional<std::uint64_t> offset, std::span<const std::byte> bytes);

  std::shared_ptr<detail::open_file> opened_;
};

/// All that is in the file at \p path.
///
/// Starts: when it is awaited, and a worker is free.
/// Cancel: throws `cancelled` before the next step: open, size, each read, close.
/// Thread: resumed on the loop.
/// Throws: std::system_error with the step and the path: "read '/tmp': Is a directory".
task<std::string> read_file(std::filesystem::path path);

/// Makes \p text all that is in the file at \p path, which is made if it is not there. Who reads it
/// meanwhile, or after a crash, may find a part: where that matters, write beside it, and `rename`.
///
/// Starts, Thread: as read_file.
/// Cancel: as read_file: a part may have been written.
/// Throws: std::system_error: "write '/dev/full': No space left on device".
task<> write_file(std::filesystem::path path, std::string text);

/// What is at \p path; what a symbolic link leads to.
///
/// Starts: when it is awaited, and a worker is free.
/// Cancel: what waits for a worker is not done, and `cancelled` is thrown. What a worker has begun
/// is waited for, and its result is given.
/// Thread: resumed on the loop.
/// Throws: std::system_error: "stat '/no/such': No such file or directory".
task<file_status> stat(std::filesystem::path path);

/// What is in the directory at \p path, but for "." and "..", in the order of the names' bytes.
///
/// Starts, Cancel, Thread: as stat.
/// Throws: std::system_error: "list_directory '/no/such': No such file or directory".
CORO_REPLACES("opendir", "readdir", "scandir",
              "std::filesystem::directory_iterator::directory_iterator")
task<std::vector<directory_entry>> list_directory(std::filesystem::path path);

/// Removes a file, or a directory that is empty.
///
/// Starts, Cancel, Thread: as stat.
/// Throws: std::system_error: "remove '/no/such': No such file or directory".
task<> remove(std::filesystem::path path);

/// Gives what is at \p from the path \p to, and takes the place of a file that has it.
///
/// Starts, Cancel, Thread: as stat.
/// Throws: std::system_error: "rename 'a' to 'b': No such file or directory".
CORO_REPLACES("std::filesystem::rename")
task<> rename(std::filesystem::path from, std::filesystem::path to);

/// Makes a directory in one that is there.
///
/// Starts, Cancel, Thread: as stat.
/// Throws: std::system_error: "make_directory 'a': File exists".
CORO_REPLACES("mkdir")
task<>
make_directory(std::filesystem::path path,
               std::filesystem::perms permissions = static_cast<std::filesystem::perms>(0777));

} // namespace aio

#endif // AIO_FILE_HPP
