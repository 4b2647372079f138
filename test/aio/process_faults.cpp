//===- process_faults.cpp - Programs that do not do what they should ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/process.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using aio::stdio;

namespace process_faults_tests {
namespace {

std::vector<std::string> shell(std::string script) {
  return {"sh", "-c", std::move(script)};
}

aio::process_options all_pipes() {
  aio::process_options result;
  result.input = result.output = result.error = stdio::pipe;
  return result;
}

aio::task<std::string> line_of(aio::program_pipe &from) {
  std::string result;
  std::array<std::byte, 1> one;
  while (co_await from.read(one)) {
    if (one[0] == std::byte('\n'))
      break;
    result += static_cast<char>(one[0]);
  }
  co_return result;
}

void expect_start_fails(std::vector<std::string> arguments, aio::process_options options,
                        int number, const std::string &message) {
  try {
    const auto started = aio::process::start(std::move(arguments), std::move(options));
    ADD_FAILURE() << "it was started";
  } catch (const std::system_error &error) {
    EXPECT_EQ(error.code().value(), number);
    EXPECT_EQ(error.what(), message);
  }
}

std::ptrdiff_t open_descriptors() {
  namespace fs = std::filesystem;
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

TEST(ProcessFaults, AProgramThatDiesByASignalIsAnErrorThatSaysSo) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start(shell("kill -KILL $$"));
    const aio::exit_status status = co_await program.wait();
    EXPECT_FALSE(status.success());
    EXPECT_EQ(status.signal, SIGKILL);
    EXPECT_EQ(status.code, 0);
    try {
      status.check();
      ADD_FAILURE();
    } catch (const aio::process_failed &error) {
      EXPECT_STREQ(error.what(), "'sh' was killed by signal 9 (Killed)");
    }
  }());
}

TEST(ProcessFaults, AProgramThatDiesWhileItIsFedAndRead) {
  aio::testing::run([]() -> aio::task<> {
    const std::string much(2'000'000, 'x');
    const auto result = co_await aio::run_program(shell("head -c 10; kill -SEGV $$"), much);
    EXPECT_EQ(result.output, "xxxxxxxxxx");
    EXPECT_EQ(result.status.signal, SIGSEGV);
    EXPECT_EQ(result.status.text(), "was killed by signal 11 (Segmentation fault)");
  }());
}

TEST(ProcessFaults, WritingToAProgramThatHasClosedItsInputIsAnErrorAndNotOurEnd) {
  aio::testing::run([]() -> aio::task<> {
    auto program =
        aio::process::start(shell("exec <&-; echo closed; exec sleep 100000"), all_pipes());
    EXPECT_EQ(co_await line_of(program.output()), "closed");
    try {
      co_await program.input().write("nobody reads this");
      ADD_FAILURE();
    } catch (const std::system_error &error) {
      EXPECT_EQ(error.code(), std::errc::broken_pipe);
      EXPECT_STREQ(error.what(), "write to stdin of 'sh': Broken pipe");
    }
  }());
}

TEST(ProcessFaults, AWriteThatWaitsHearsThatTheProgramIsGone) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start({"sleep", "100000"}, all_pipes());
    const std::string much(2'000'000, 'x');
    auto writes = aio::spawn(program.input().write(much));
    co_await aio::checkpoint();
    program.kill(SIGKILL);
    try {
      co_await writes;
      ADD_FAILURE();
    } catch (const std::system_error &error) {
      EXPECT_EQ(error.code(), std::errc::broken_pipe);
    }
    EXPECT_EQ((co_await program.wait()).signal, SIGKILL);
  }());
}

TEST(ProcessFaults, AProgramThatNobodyReadsIsKilledAllTheSame) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start({"yes"}, all_pipes());
    EXPECT_EQ(co_await line_of(program.output()), "y");
    // It blocks in a full pipe, or will: the run ends, and takes it along.
  }());
}

TEST(ProcessFaults, WhatCannotBeStartedIsAnErrorThatSaysWhat) {
  aio::testing::run([]() -> aio::task<> {
    expect_start_fails({"nosuch"}, {}, ENOENT, "spawn 'nosuch': No such file or directory");
    expect_start_fails({"/no/such"}, all_pipes(), ENOENT,
                       "spawn '/no/such': No such file or directory");
    expect_start_fails({"/etc/passwd"}, {}, EACCES, "spawn '/etc/passwd': Permission denied");
    aio::process_options elsewhere = all_pipes();
    elsewhere.directory = "/no/such";
    expect_start_fails({"ls"}, elsewhere, ENOENT,
                       "spawn 'ls' in '/no/such': No such file or directory");
    co_return;
  }());
}

TEST(ProcessFaults, WhatWasNotStartedLeavesNothingBehind) {
  aio::testing::run([]() -> aio::task<> {
    expect_start_fails({"nosuch"}, all_pipes(), ENOENT,
                       "spawn 'nosuch': No such file or directory");
    co_await aio::sleep_for(1ms); // the loop has its turn, and closes what is to be closed
    const auto before = open_descriptors();
    for (int i = 0; i != 10; ++i)
      expect_start_fails({"nosuch"}, all_pipes(), ENOENT,
                         "spawn 'nosuch': No such file or directory");
    co_await aio::sleep_for(1ms);
    EXPECT_EQ(open_descriptors(), before);
  }());
}

TEST(ProcessFaults, WhatHasEndedLeavesNothingBehind) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::run_program({"true"});
    co_await aio::sleep_for(1ms);
    const auto before = open_descriptors();
    for (int i = 0; i != 10; ++i)
      co_await aio::run_program({"true"});
    co_await aio::sleep_for(1ms);
    EXPECT_EQ(open_descriptors(), before);
  }());
}

TEST(ProcessFaults, NoMoreDescriptors) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::run_program({"true"}); // what libuv opens once is open
    rlimit usual;
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    const int next = ::fcntl(0, F_DUPFD_CLOEXEC, 3);
    ::close(next);
    rlimit few = usual;
    few.rlim_cur = static_cast<rlim_t>(next) + 1;
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    expect_start_fails({"true"}, all_pipes(), EMFILE, "spawn 'true': Too many open files");
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
    co_await aio::sleep_for(1ms);
    const auto result = co_await aio::run_program({"true"});
    EXPECT_TRUE(result.status.success());
  }());
}

} // namespace
} // namespace process_faults_tests
