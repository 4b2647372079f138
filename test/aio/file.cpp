//===- file.cpp - Files ---------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/file.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <latch>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using aio::open_mode;
namespace fs = std::filesystem;

namespace file_tests {
namespace {

/// A directory of the test's own.
class File : public ::testing::Test {
protected:
  File() {
    std::string name = fs::temp_directory_path() / "aio-file-XXXXXX";
    if (!::mkdtemp(name.data()))
      throw std::system_error(errno, std::generic_category(), "mkdtemp");
    directory_ = name;
  }
  ~File() override { fs::remove_all(directory_); }

  fs::path at(const char *name) const { return directory_ / name; }
  fs::path made(const char *name, const std::string &text) const {
    std::ofstream(at(name)) << text;
    return at(name);
  }
  static std::string text_of(const fs::path &path) {
    std::ifstream from(path);
    return {std::istreambuf_iterator<char>(from), {}};
  }

private:
  fs::path directory_;
};

std::span<std::byte> bytes(std::string &of) {
  return std::as_writable_bytes(std::span(of));
}

/// What \p awaited throws: the error's number, and what it says.
template <class T> aio::task<std::pair<int, std::string>> error_of(aio::task<T> awaited) {
  try {
    static_cast<void>(co_await std::move(awaited));
  } catch (const std::system_error &error) {
    co_return {error.code().value(), error.what()};
  }
  co_return {0, ""};
}

template <class T> aio::task<> expect_error(int number, std::string message, aio::task<T> awaited) {
  const auto error = co_await error_of(std::move(awaited));
  EXPECT_EQ(error.first, number);
  EXPECT_EQ(error.second, message);
}

bool descriptor_is_open(int descriptor) {
  return ::fcntl(descriptor, F_GETFD) != -1;
}

/// Keeps every worker busy until it is let go.
struct full_pool {
  full_pool() {
    const char *const asked = std::getenv("UV_THREADPOOL_SIZE");
    const int workers = asked ? std::atoi(asked) : 4;
    begun = std::make_shared<std::latch>(workers);
    for (int i = 0; i != workers; ++i)
      busy.push_back(aio::spawn(aio::to_thread([b = begun, e = end] {
        b->count_down();
        e->wait();
      })));
  }
  aio::task<> wait() {
    co_await aio::checkpoint();
    begun->wait();
  }
  aio::task<> let_go() {
    end->count_down();
    for (auto &each : busy)
      co_await each;
  }
  std::shared_ptr<std::latch> begun;
  std::shared_ptr<std::latch> end = std::make_shared<std::latch>(1);
  std::vector<aio::join_handle<void>> busy;
};

//===- Opening and closing ------------------------------------------------===//

TEST_F(File, OpensReadsAndCloses) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path);
    EXPECT_TRUE(file.is_open());
    EXPECT_EQ(file.path(), path.string());
    EXPECT_TRUE(descriptor_is_open(file.native_handle()));
    std::string text(5, ' ');
    EXPECT_EQ(co_await file.read(bytes(text)), 3u);
    EXPECT_EQ(text, "abc  ");
    EXPECT_EQ(co_await file.read(bytes(text)), 0u);
    const int descriptor = file.native_handle();
    co_await file.close();
    EXPECT_FALSE(file.is_open());
    EXPECT_EQ(file.native_handle(), -1);
    EXPECT_FALSE(descriptor_is_open(descriptor));
    EXPECT_EQ(file.path(), path.string());
  }(made("a", "abc")));
}

TEST_F(File, DoesNothingUntilItIsAwaited) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto later = aio::file::open(path, open_mode::write | open_mode::create);
    co_await aio::to_thread([] {});
    EXPECT_FALSE(fs::exists(path));
    auto file = co_await std::move(later);
    EXPECT_TRUE(fs::exists(path));
    co_await file.close();
  }(at("a")));
}

TEST_F(File, ResumesOnTheLoop) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    auto file = co_await aio::file::open(path);
    EXPECT_EQ(std::this_thread::get_id(), loop);
    std::string text(3, ' ');
    co_await file.read(bytes(text));
    EXPECT_EQ(std::this_thread::get_id(), loop);
    co_await file.close();
    EXPECT_EQ(std::this_thread::get_id(), loop);
  }(made("a", "abc")));
}

TEST_F(File, ModesSayWhatMayBeDone) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    co_await expect_error(ENOENT, "open '" + path.string() + "': No such file or directory",
                          aio::file::open(path, open_mode::write));
    {
      auto file = co_await aio::file::open(path, open_mode::write | open_mode::create);
      co_await file.write("abc");
      std::string text(3, ' ');
      co_await expect_error(EBADF, "read '" + path.string() + "': Bad file descriptor",
                            file.read(bytes(text)));
      co_await file.close();
    }
    {
      auto file = co_await aio::file::open(path);
      co_await expect_error(EBADF, "write '" + path.string() + "': Bad file descriptor",
                            file.write("x"));
      co_await file.close();
    }
    co_await expect_error(EEXIST, "open '" + path.string() + "': File exists",
                          aio::file::open(path, open_mode::write | open_mode::exclusive));
    {
      auto file = co_await aio::file::open(path, open_mode::append);
      co_await file.write("de");
      co_await file.close();
      EXPECT_EQ(text_of(path), "abcde");
    }
    {
      auto file = co_await aio::file::open(path, open_mode::read | open_mode::write);
      std::string text(2, ' ');
      co_await file.read(bytes(text));
      co_await file.write("X");
      co_await file.close();
      EXPECT_EQ(text_of(path), "abXde");
    }
    {
      auto file = co_await aio::file::open(path, open_mode::write | open_mode::truncate);
      co_await file.close();
      EXPECT_EQ(text_of(path), "");
    }
  }(at("a")));
}

TEST_F(File, AModeThatDoesNothingIsRefused) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    EXPECT_THROW(co_await aio::file::open(path, open_mode::create), std::invalid_argument);
    EXPECT_FALSE(fs::exists(path));
  }(at("a")));
}

TEST_F(File, ANewFileHasThePermissionsAskedFor) {
  const mode_t before = ::umask(022);
  aio::testing::run([](fs::path path, fs::path other) -> aio::task<> {
    constexpr auto mode = open_mode::write | open_mode::exclusive;
    auto file = co_await aio::file::open(path, mode, fs::perms::owner_read);
    EXPECT_EQ((co_await file.stat()).permissions, fs::perms::owner_read);
    auto usual = co_await aio::file::open(other, mode);
    EXPECT_EQ((co_await usual.stat()).permissions, static_cast<fs::perms>(0644));
  }(at("a"), at("b")));
  ::umask(before);
}

TEST_F(File, MovesAndIsNotOpenAfterwards) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto first = co_await aio::file::open(path);
    const int descriptor = first.native_handle();
    aio::file second = std::move(first);
    EXPECT_FALSE(first.is_open()); // NOLINT: that is what is tested
    EXPECT_EQ(second.native_handle(), descriptor);
    aio::file third;
    EXPECT_FALSE(third.is_open());
    third = std::move(second);
    EXPECT_EQ(third.native_handle(), descriptor);
    std::string text(3, ' ');
    EXPECT_EQ(co_await third.read(bytes(text)), 3u);
    co_await expect_error(EBADF, "read '': Bad file descriptor", second.read(bytes(text)));
  }(made("a", "abc")));
}

TEST_F(File, IsClosedOnAWorkerWhenItIsDestroyed) {
  int descriptor = -1;
  aio::testing::run([](fs::path path, int &seen) -> aio::task<> {
    full_pool pool;
    std::optional<aio::file> file = co_await aio::file::open(path);
    seen = file->native_handle();
    co_await pool.wait();
    file.reset();
    co_await aio::checkpoint();
    EXPECT_TRUE(descriptor_is_open(seen)); // no worker had time for it
    co_await pool.let_go();
  }(made("a", "abc"), descriptor));
  EXPECT_FALSE(descriptor_is_open(descriptor)); // run has waited for it
}

TEST_F(File, IsClosedWhenAnotherTakesItsPlace) {
  int descriptor = -1;
  aio::testing::run([](fs::path path, int &seen) -> aio::task<> {
    auto file = co_await aio::file::open(path);
    seen = file.native_handle();
    file = aio::file();
    EXPECT_FALSE(file.is_open());
  }(made("a", "abc"), descriptor));
  EXPECT_FALSE(descriptor_is_open(descriptor));
}

TEST_F(File, OutlivesItsLoop) {
  int descriptor = -1;
  {
    const aio::file file = aio::testing::run(aio::file::open(made("a", "abc")));
    descriptor = file.native_handle();
    EXPECT_TRUE(descriptor_is_open(descriptor));
  }
  EXPECT_FALSE(descriptor_is_open(descriptor));
}

TEST_F(File, IsClosedOnTheSpotOnAWorker) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    std::optional<aio::file> file = co_await aio::file::open(path);
    const int descriptor = file->native_handle();
    co_await aio::to_thread([&] { file.reset(); });
    EXPECT_FALSE(descriptor_is_open(descriptor));
  }(made("a", "abc")));
}

//===- Reading and writing ------------------------------------------------===//

TEST_F(File, KeepsItsPosition) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path, open_mode::read | open_mode::write);
    std::string two(2, ' ');
    co_await file.read(bytes(two));
    EXPECT_EQ(two, "ab");
    EXPECT_EQ(co_await file.read_at(4, bytes(two)), 2u);
    EXPECT_EQ(two, "ef");
    co_await file.read(bytes(two));
    EXPECT_EQ(two, "cd");
    co_await file.write_at(0, "XY");
    co_await file.write("Z");
    co_await file.read(bytes(two));
    EXPECT_EQ(two.substr(0, 1), "f");
    EXPECT_EQ(text_of(path), "XYcdZf");
    EXPECT_EQ(co_await file.read_at(100, bytes(two)), 0u);
    std::string none;
    EXPECT_EQ(co_await file.read_at(0, bytes(none)), 0u);
  }(made("a", "abcdef")));
}

TEST_F(File, WritesAllOfIt) {
  const std::string much(5'000'000, 'x');
  const fs::path path = at("a");
  aio::testing::run([](fs::path to, const std::string &text) -> aio::task<> {
    auto file = co_await aio::file::open(to, open_mode::write | open_mode::create);
    co_await file.write(text);
    co_await file.write(std::as_bytes(std::span(text)));
    co_await file.write("");
    co_await file.close();
  }(path, much));
  EXPECT_EQ(fs::file_size(path), 2 * much.size());
}

TEST_F(File, WritesInPiecesWhereTheSystemTakesAPart) {
  // A pipe takes what it has room for.
  const fs::path path = at("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const std::string much(1'000'000, 'x');
  std::string read;
  aio::testing::run([](fs::path pipe, const std::string &text, std::string &got) -> aio::task<> {
    auto reads = aio::spawn(aio::to_thread([&] { got = text_of(pipe); }));
    auto to = co_await aio::file::open(pipe, open_mode::write);
    co_await to.write(text);
    co_await to.close();
    co_await reads;
  }(path, much, read));
  EXPECT_EQ(read, much);
}

TEST_F(File, WriteAtEndsBeyondTheEnd) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path, open_mode::write);
    co_await file.write_at(5, "f");
    co_await file.close();
    EXPECT_EQ(text_of(path), std::string("abc\0\0f", 6));
  }(made("a", "abc")));
}

TEST_F(File, TellsItsSizeAndStatus) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path, open_mode::write);
    EXPECT_EQ(co_await file.size(), 3u);
    const aio::file_status status = co_await file.stat();
    EXPECT_TRUE(status.is_regular());
    EXPECT_FALSE(status.is_directory());
    EXPECT_EQ(status.size, 3u);
    EXPECT_EQ(status.links, 1u);
    EXPECT_EQ(status.permissions, fs::status(path).permissions());
    struct ::stat same;
    EXPECT_EQ(::stat(path.c_str(), &same), 0);
    EXPECT_EQ(status.inode, same.st_ino);
    EXPECT_EQ(status.device, same.st_dev);
    EXPECT_EQ(std::chrono::system_clock::to_time_t(status.modified), same.st_mtim.tv_sec);
  }(made("a", "abc")));
}

TEST_F(File, TruncatesAndSyncs) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path, open_mode::write);
    co_await file.truncate(1);
    co_await file.sync();
    EXPECT_EQ(text_of(path), "a");
    co_await file.truncate(3);
    EXPECT_EQ(text_of(path), std::string("a\0\0", 3));
    co_await file.close();
  }(made("a", "abc")));
}

TEST_F(File, TimeThatIsVirtualWaitsForIt) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    EXPECT_EQ(co_await aio::with_timeout(1ms, aio::read_file(path)), "abc");
  }(made("a", "abc")));
}

//===- By path ------------------------------------------------------------===//

TEST_F(File, ReadFileGivesAllOfIt) {
  std::string much;
  for (int i = 0; i != 100'000; ++i)
    much += std::to_string(i);
  aio::testing::run(
      [](fs::path small, fs::path large, fs::path empty, const std::string &text) -> aio::task<> {
        EXPECT_EQ(co_await aio::read_file(small), "abc");
        EXPECT_EQ(co_await aio::read_file(large), text);
        EXPECT_EQ(co_await aio::read_file(empty), "");
        // Says that its size is 0.
        EXPECT_NE((co_await aio::read_file("/proc/self/status")).find("Pid:"), std::string::npos);
      }(made("a", "abc"), made("b", much), made("c", ""), much));
}

TEST_F(File, WriteFileReplacesAllOfIt) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    co_await aio::write_file(path, "long text");
    EXPECT_EQ(text_of(path), "long text");
    co_await aio::write_file(path, "short");
    EXPECT_EQ(text_of(path), "short");
  }(at("a")));
}

TEST_F(File, StatFollowsLinks) {
  const fs::path file = made("a", "abc");
  fs::create_symlink(file, at("link"));
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  aio::testing::run([](fs::path link, fs::path pipe) -> aio::task<> {
    const aio::file_status status = co_await aio::stat(link);
    EXPECT_TRUE(status.is_regular());
    EXPECT_EQ(status.size, 3u);
    EXPECT_EQ((co_await aio::stat(pipe)).type, fs::file_type::fifo);
    EXPECT_EQ((co_await aio::stat("/dev/null")).type, fs::file_type::character);
    EXPECT_TRUE((co_await aio::stat("/")).is_directory());
  }(at("link"), at("pipe")));
}

TEST_F(File, ListsADirectoryInOrder) {
  const fs::path file = made("b", "");
  fs::create_symlink(file, at("a"));
  fs::create_directory(at("c"));
  aio::testing::run([](fs::path directory) -> aio::task<> {
    const auto entries = co_await aio::list_directory(directory);
    EXPECT_EQ(entries.size(), 3u);
    std::string names;
    for (const auto &each : entries)
      names += each.name;
    EXPECT_EQ(names, "abc");
    if (entries.at(0).type != fs::file_type::unknown) {
      EXPECT_EQ(entries.at(0).type, fs::file_type::symlink);
      EXPECT_EQ(entries.at(1).type, fs::file_type::regular);
      EXPECT_EQ(entries.at(2).type, fs::file_type::directory);
    }
    EXPECT_TRUE((co_await aio::list_directory(directory / "c")).empty());
  }(at("")));
}

TEST_F(File, RemovesFilesAndEmptyDirectories) {
  fs::create_directories(at("c/d"));
  aio::testing::run([](fs::path file, fs::path directory) -> aio::task<> {
    co_await aio::remove(file);
    EXPECT_FALSE(fs::exists(file));
    co_await expect_error(ENOENT, "remove '" + file.string() + "': No such file or directory",
                          aio::remove(file));
    co_await expect_error(ENOTEMPTY, "remove '" + directory.string() + "': Directory not empty",
                          aio::remove(directory));
    co_await aio::remove(directory / "d");
    co_await aio::remove(directory);
    EXPECT_FALSE(fs::exists(directory));
  }(made("a", "abc"), at("c")));
}

TEST_F(File, RenamesAndReplaces) {
  aio::testing::run([](fs::path from, fs::path to) -> aio::task<> {
    co_await aio::rename(from, to);
    EXPECT_FALSE(fs::exists(from));
    EXPECT_EQ(text_of(to), "new");
    co_await expect_error(ENOENT,
                          "rename '" + from.string() + "' to '" + to.string() +
                              "': No such file or directory",
                          aio::rename(from, to));
  }(made("a", "new"), made("b", "old")));
}

TEST_F(File, MakesADirectory) {
  const mode_t before = ::umask(022);
  aio::testing::run([](fs::path path) -> aio::task<> {
    co_await aio::make_directory(path);
    EXPECT_TRUE(fs::is_directory(path));
    EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0755));
    co_await expect_error(EEXIST, "make_directory '" + path.string() + "': File exists",
                          aio::make_directory(path));
    co_await expect_error(ENOENT,
                          "make_directory '" + path.string() + "/b/c': No such file or directory",
                          aio::make_directory(path / "b/c"));
    co_await aio::make_directory(path / "b", fs::perms::owner_all);
    EXPECT_EQ(fs::status(path / "b").permissions(), fs::perms::owner_all);
  }(at("a")));
  ::umask(before);
}

//===- Errors -------------------------------------------------------------===//

TEST_F(File, ErrorsNameTheOperationAndThePath) {
  aio::testing::run([](fs::path file) -> aio::task<> {
    co_await expect_error(ENOENT, "open '/no/such': No such file or directory",
                          aio::read_file("/no/such"));
    co_await expect_error(ENOENT, "stat '/no/such': No such file or directory",
                          aio::stat("/no/such"));
    co_await expect_error(ENOENT, "list_directory '/no/such': No such file or directory",
                          aio::list_directory("/no/such"));
    co_await expect_error(ENOTDIR, "open '" + file.string() + "/x': Not a directory",
                          aio::read_file(file / "x"));
    co_await expect_error(EISDIR, "open '/': Is a directory", aio::write_file("/", "x"));
    aio::file closed;
    co_await expect_error(EBADF, "close '': Bad file descriptor", closed.close());
    co_await expect_error(EBADF, "stat '': Bad file descriptor", closed.size());
    co_await expect_error(EBADF, "sync '': Bad file descriptor", closed.sync());
    auto reads = co_await aio::file::open(file);
    co_await expect_error(EINVAL, "truncate '" + file.string() + "': Invalid argument",
                          reads.truncate(0));
    std::string text(1, ' ');
    co_await expect_error(EINVAL, "read '" + file.string() + "': Invalid argument",
                          reads.read_at(static_cast<std::uint64_t>(-5), bytes(text)));
  }(made("a", "abc")));
}

TEST_F(File, ADirectoryCannotBeRead) {
  aio::testing::run([](fs::path directory) -> aio::task<> {
    co_await expect_error(EISDIR, "read '" + directory.string() + "': Is a directory",
                          aio::read_file(directory));
  }(at("")));
}

TEST_F(File, AFullDiskIsNamed) {
  aio::testing::run([]() -> aio::task<> {
    co_await expect_error(ENOSPC, "write '/dev/full': No space left on device",
                          aio::write_file("/dev/full", "x"));
    auto full = co_await aio::file::open("/dev/full", open_mode::write);
    co_await expect_error(ENOSPC, "write '/dev/full': No space left on device", full.write("x"));
    co_await full.close();
  }());
}

//===- Cancellation -------------------------------------------------------===//

TEST_F(File, WhatWaitsForAWorkerIsNotDone) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    full_pool pool;
    co_await pool.wait();
    auto makes = aio::spawn(aio::write_file(path, "text"));
    auto asks = aio::spawn(aio::stat("/"));
    co_await aio::checkpoint();
    makes.cancel();
    asks.cancel();
    EXPECT_THROW(co_await makes, aio::task_cancelled); // though every worker is still busy
    EXPECT_THROW(co_await asks, aio::task_cancelled);
    co_await pool.let_go();
    EXPECT_FALSE(fs::exists(path));
  }(at("a")));
}

TEST_F(File, WhatAWorkerHasBegunIsWaitedForAndItsResultGiven) {
  const fs::path path = at("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  aio::testing::run([](fs::path pipe) -> aio::task<> {
    bool opened = false;
    auto opens = aio::spawn([](fs::path p, bool &done) -> aio::task<> {
      auto file = co_await aio::file::open(p); // waits for somebody who writes
      done = file.is_open();
      EXPECT_THROW(co_await aio::checkpoint(), aio::cancelled);
    }(pipe, opened));
    co_await aio::checkpoint();
    int writer;
    do // as soon as the worker waits in open, this does not
      writer = ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    while (writer < 0 && errno == ENXIO);
    EXPECT_GE(writer, 0);
    opens.cancel();
    co_await opens;
    EXPECT_TRUE(opened);
    ::close(writer);
  }(path));
}

TEST_F(File, ACancelledReadLosesNothing) {
  const fs::path path = made("a", "abcdefghij");
  for (std::uint64_t seed = 0; seed != 20; ++seed)
    aio::testing::run(
        [](fs::path from) -> aio::task<> {
          auto file = co_await aio::file::open(from);
          std::string got;
          while (got.size() < 10) {
            auto reads = aio::spawn([](aio::file &f, std::string &g) -> aio::task<> {
              std::string one(1, ' ');
              co_await f.read(bytes(one));
              g += one;
            }(file, got));
            co_await aio::checkpoint();
            reads.cancel();
            try {
              co_await reads;
            } catch (const aio::task_cancelled &) {
            }
          }
          EXPECT_EQ(got, "abcdefghij");
        }(path),
        seed);
}

TEST_F(File, CloseClosesAlsoWhenItIsCancelled) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    int before = -1;
    int meanwhile = -1;
    auto closes = aio::spawn([](fs::path p, int &b, int &m) -> aio::task<> {
      auto first = co_await aio::file::open(p);
      auto second = co_await aio::file::open(p);
      b = first.native_handle();
      m = second.native_handle();
      EXPECT_THROW(co_await aio::sleep_for(1h), aio::cancelled);
      co_await first.close();
      EXPECT_FALSE(first.is_open());
      EXPECT_FALSE(descriptor_is_open(b));
      co_await second.close();
      EXPECT_FALSE(descriptor_is_open(m));
      co_await aio::checkpoint(); // throws
    }(path, before, meanwhile));
    co_await aio::sleep_for(1s);
    closes.cancel();
    EXPECT_THROW(co_await closes, aio::task_cancelled);
    EXPECT_GE(before, 0);
  }(made("a", "abc")));
}

TEST_F(File, ACloseThatWaitsForAWorkerIsNotTakenBack) {
  aio::testing::run([](fs::path path) -> aio::task<> {
    auto file = co_await aio::file::open(path);
    const int descriptor = file.native_handle();
    full_pool pool;
    co_await pool.wait();
    auto closes = aio::spawn(file.close());
    co_await aio::checkpoint();
    closes.cancel();
    co_await aio::checkpoint();
    EXPECT_FALSE(closes.done());
    co_await pool.let_go();
    co_await closes;
    EXPECT_FALSE(descriptor_is_open(descriptor));
  }(made("a", "abc")));
}

} // namespace
} // namespace file_tests
