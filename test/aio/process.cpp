//===- process.cpp - Other programs ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/process.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using aio::stdio;
namespace fs = std::filesystem;

namespace process_tests {
namespace {

aio::task<std::string> all_of(aio::program_pipe &from) {
  std::string result;
  std::array<std::byte, 4096> buffer;
  while (const std::size_t count = co_await from.read(buffer))
    result.append(reinterpret_cast<const char *>(buffer.data()), count);
  co_return result;
}

aio::process_options with_output(stdio output = stdio::pipe) {
  aio::process_options result;
  result.output = output;
  return result;
}

std::vector<std::string> shell(std::string script) {
  return {"sh", "-c", std::move(script)};
}

/// A program that runs until somebody ends it.
aio::process endless() {
  return aio::process::start({"sleep", "100000"});
}

/// Neither runs nor is a zombie.
bool is_gone(int pid) {
  return ::kill(pid, 0) == -1 && errno == ESRCH;
}

//===- How it ended -------------------------------------------------------===//

TEST(ExitStatus, SaysHowItWas) {
  const aio::exit_status well{"sort"};
  EXPECT_TRUE(well.success());
  EXPECT_EQ(well.text(), "exited with code 0");
  well.check();

  const aio::exit_status badly{"sort", 2};
  EXPECT_FALSE(badly.success());
  EXPECT_EQ(badly.text(), "exited with code 2");

  const aio::exit_status killed{"sort", 0, SIGKILL};
  EXPECT_FALSE(killed.success());
  EXPECT_EQ(killed.text(), "was killed by signal 9 (Killed)");
}

TEST(ExitStatus, CheckThrowsWhatItSays) {
  try {
    aio::exit_status{"sort", 2}.check();
    ADD_FAILURE();
  } catch (const aio::process_failed &error) {
    EXPECT_STREQ(error.what(), "'sort' exited with code 2");
    EXPECT_EQ(error.status().code, 2);
    EXPECT_EQ(error.status().program, "sort");
  }
}

//===- Starting -----------------------------------------------------------===//

TEST(Process, RunsAProgram) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start({"echo", "a b", "*"}, with_output());
    EXPECT_EQ(co_await all_of(program.output()), "a b *\n");
    const aio::exit_status status = co_await program.wait();
    EXPECT_TRUE(status.success());
    EXPECT_EQ(status.program, "echo");
  }());
}

TEST(Process, GivesTheCode) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start(shell("exit 7"));
    const aio::exit_status status = co_await program.wait();
    EXPECT_EQ(status.code, 7);
    EXPECT_EQ(status.signal, 0);
  }());
}

TEST(Process, StartsAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    auto program = endless();
    EXPECT_GT(program.pid(), 0);
    EXPECT_EQ(::kill(program.pid(), 0), 0);
    co_return;
  }());
}

TEST(Process, IsGivenInputAndItsEnd) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options;
    options.input = options.output = stdio::pipe;
    auto program = aio::process::start({"sort", "-r"}, options);
    co_await program.input().write("a\nc\nb\n");
    program.input().close();
    EXPECT_EQ(co_await all_of(program.output()), "c\nb\na\n");
    const aio::exit_status status = co_await program.wait();
    EXPECT_TRUE(status.success());
  }());
}

TEST(Process, KeepsOutputAndErrorsApart) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options;
    options.output = options.error = stdio::pipe;
    // They are opened by name, too: that works with pipes, and not with sockets.
    auto program =
        aio::process::start(shell("echo out > /dev/stdout; echo err > /dev/stderr"), options);
    EXPECT_EQ(co_await all_of(program.output()), "out\n");
    EXPECT_EQ(co_await all_of(program.error()), "err\n");
  }());
}

TEST(Process, InheritsWhatIsNotSaid) {
  aio::testing::run([]() -> aio::task<> {
    auto program =
        aio::process::start(shell("readlink /proc/$$/fd/0 /proc/$$/fd/2"), with_output());
    const auto ours = [](const char *which) { return fs::read_symlink(which).string() + "\n"; };
    EXPECT_EQ(co_await all_of(program.output()), ours("/proc/self/fd/0") + ours("/proc/self/fd/2"));
  }());
}

TEST(Process, NullIsNowhere) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options;
    options.input = options.error = stdio::null;
    options.output = stdio::pipe;
    auto program = aio::process::start(
        shell("readlink /proc/$$/fd/0 /proc/$$/fd/2; cat; echo lost >&2"), options);
    EXPECT_EQ(co_await all_of(program.output()), "/dev/null\n/dev/null\n");
    const aio::exit_status status = co_await program.wait();
    EXPECT_TRUE(status.success());
  }());
}

TEST(Process, RunsInADirectory) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options = with_output();
    options.directory = "/usr";
    auto program = aio::process::start({"pwd"}, options);
    EXPECT_EQ(co_await all_of(program.output()), "/usr\n");
  }());
}

TEST(Process, HasTheEnvironmentThatItIsGiven) {
  ::setenv("AIO_TEST_OURS", "ours", 1);
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options = with_output();
    auto inherits = aio::process::start(shell("echo $AIO_TEST_OURS"), options);
    EXPECT_EQ(co_await all_of(inherits.output()), "ours\n");
    options.environment = {{"PATH", ::getenv("PATH")}, {"A", "1"}, {"B", "x y"}};
    auto given = aio::process::start(shell("echo \"$AIO_TEST_OURS.$A.$B\""), options);
    EXPECT_EQ(co_await all_of(given.output()), ".1.x y\n");
    options.environment->at("PATH") = "/nowhere";
    EXPECT_THROW(aio::process::start({"sh"}, options), std::system_error);
    auto by_path = aio::process::start({"/bin/sh", "-c", "echo $PATH"}, options);
    EXPECT_EQ(co_await all_of(by_path.output()), "/nowhere\n");
  }());
  ::unsetenv("AIO_TEST_OURS");
}

TEST(Process, HasTheDefaultsOfAllSignals) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options;
    options.input = options.output = stdio::pipe; // and with the first pipe, we ignore SIGPIPE
    auto program = aio::process::start(shell("kill -PIPE $$; echo alive"), options);
    EXPECT_EQ(co_await all_of(program.output()), "");
    const aio::exit_status status = co_await program.wait();
    EXPECT_EQ(status.signal, SIGPIPE);
  }());
}

TEST(Process, IsStartedOnALoop) {
  EXPECT_THROW(aio::process::start({"true"}), std::logic_error);
  aio::testing::run([]() -> aio::task<> {
    EXPECT_THROW(aio::process::start(std::vector<std::string>()), std::invalid_argument);
    co_return;
  }());
}

TEST(Process, HasOnlyThePipesThatWereAskedFor) {
  aio::testing::run([]() -> aio::task<> {
    auto program = aio::process::start({"true"}, with_output());
    EXPECT_THROW(program.input(), std::logic_error);
    EXPECT_THROW(program.error(), std::logic_error);
    try {
      program.input();
    } catch (const std::logic_error &error) {
      EXPECT_STREQ(error.what(), "'true' was started without {.input = aio::stdio::pipe}");
    }
    co_await program.wait();
  }());
}

//===- Waiting and killing ------------------------------------------------===//

TEST(Process, CanBeWaitedForAgainAndBySeveral) {
  aio::testing::run([]() -> aio::task<> {
    aio::process_options options;
    options.input = stdio::pipe;
    auto program = aio::process::start(shell("read line; exit 3"), options);
    auto other = aio::spawn(program.wait());
    auto third = aio::spawn(program.wait());
    co_await aio::checkpoint();
    program.input().close();
    EXPECT_EQ((co_await program.wait()).code, 3);
    EXPECT_EQ((co_await other).code, 3);
    EXPECT_EQ((co_await third).code, 3);
    EXPECT_EQ((co_await program.wait()).code, 3);
  }());
}

TEST(Process, WaitsWhileItIsMoved) {
  aio::testing::run([]() -> aio::task<> {
    auto first = endless();
    auto waits = aio::spawn(first.wait());
    co_await aio::checkpoint();
    aio::process second = std::move(first);
    second.kill(SIGKILL);
    EXPECT_EQ((co_await waits).signal, SIGKILL);
    EXPECT_THROW(first.pid(), std::logic_error); // NOLINT: that is what is tested
    EXPECT_THROW(co_await first.wait(), std::logic_error);
  }());
}

TEST(Process, IsKilled) {
  aio::testing::run([]() -> aio::task<> {
    auto program = endless();
    program.kill();
    const aio::exit_status status = co_await program.wait();
    EXPECT_EQ(status.signal, SIGTERM);
    EXPECT_EQ(status.code, 0);
    program.kill(); // nothing happens
    EXPECT_TRUE(is_gone(program.pid()));
  }());
}

TEST(Process, ASignalThatThereIsNotIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto program = endless();
    try {
      program.kill(1000);
      ADD_FAILURE();
    } catch (const std::system_error &error) {
      EXPECT_STREQ(error.what(), "kill 'sleep': Invalid argument");
    }
    co_return;
  }());
}

TEST(Process, RunsOnWhenTheWaitIsCancelled) {
  aio::testing::run([]() -> aio::task<> {
    auto program = endless();
    auto waits = aio::spawn(program.wait());
    co_await aio::checkpoint();
    waits.cancel();
    EXPECT_THROW(co_await waits, aio::task_cancelled);
    EXPECT_THROW(co_await aio::with_timeout(1h, program.wait()), aio::timed_out);
    EXPECT_EQ(::kill(program.pid(), 0), 0);
    program.kill();
    EXPECT_EQ((co_await program.wait()).signal, SIGTERM);
  }());
}

TEST(Process, IsKilledAndBuriedWhenItIsDestroyed) {
  int pid = 0;
  aio::testing::run([](int &seen) -> aio::task<> {
    auto program = endless();
    seen = program.pid();
    co_return;
  }(pid));
  EXPECT_TRUE(is_gone(pid));
}

TEST(Process, IsKilledWhenAnotherTakesItsPlace) {
  int first = 0;
  int second = 0;
  aio::testing::run([](int &one, int &two) -> aio::task<> {
    auto program = endless();
    one = program.pid();
    program = endless();
    two = program.pid();
    EXPECT_EQ(::kill(two, 0), 0);
    co_return;
  }(first, second));
  EXPECT_TRUE(is_gone(first));
  EXPECT_TRUE(is_gone(second));
}

TEST(Process, OneThatHasEndedIsNotKilled) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::process> program = aio::process::start({"true"});
    const int pid = program->pid();
    co_await program->wait();
    EXPECT_TRUE(is_gone(pid));
    program.reset();
  }());
}

TEST(Process, WhoWaitsHearsOfTheEndOfOneThatWasDestroyed) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::process> program = endless();
    auto waits = aio::spawn(program->wait());
    co_await aio::checkpoint();
    program.reset();
    EXPECT_EQ((co_await waits).signal, SIGKILL);
  }());
}

TEST(Process, ManyAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<aio::process> programs;
    for (int i = 0; i != 20; ++i)
      programs.push_back(aio::process::start(shell("exit " + std::to_string(i))));
    for (int i = 0; i != 20; ++i)
      EXPECT_EQ((co_await programs[static_cast<std::size_t>(i)].wait()).code, i);
    for (const auto &each : programs)
      EXPECT_TRUE(is_gone(each.pid()));
  }());
}

//===- run_program --------------------------------------------------------===//

TEST(RunProgram, GivesAllThatItWrote) {
  aio::testing::run([]() -> aio::task<> {
    const auto result = co_await aio::run_program(shell("cat; echo err >&2; exit 4"), "input");
    EXPECT_EQ(result.output, "input");
    EXPECT_EQ(result.error, "err\n");
    EXPECT_EQ(result.status.code, 4);
    EXPECT_EQ(result.status.program, "sh");
  }());
}

TEST(RunProgram, HasAnEmptyInputWithoutOne) {
  aio::testing::run([]() -> aio::task<> {
    const auto result = co_await aio::run_program({"cat"});
    EXPECT_TRUE(result.status.success());
    EXPECT_EQ(result.output, "");
  }());
}

TEST(RunProgram, NoFullPipeStopsIt) {
  aio::testing::run([]() -> aio::task<> {
    const std::string much(2'000'000, 'x');
    const auto both = co_await aio::run_program({"tee", "/dev/stderr"}, much);
    EXPECT_EQ(both.output, much);
    EXPECT_EQ(both.error, much);
  }());
}

TEST(RunProgram, InputMayBeLeftUnread) {
  aio::testing::run([]() -> aio::task<> {
    const std::string much(2'000'000, 'x');
    const auto result = co_await aio::run_program({"true"}, much);
    EXPECT_TRUE(result.status.success());
  }());
}

TEST(RunProgram, DoesNothingUntilItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    auto later = aio::run_program({"nosuch"});
    co_await aio::checkpoint();
    EXPECT_THROW(co_await std::move(later), std::system_error);
  }());
}

TEST(RunProgram, IsKilledWhenItIsCancelled) {
  std::array<int, 2> ends; // the program has the one, and we see when it is gone
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  aio::testing::run([](int theirs) -> aio::task<> {
    auto runs = aio::spawn(aio::run_program({"sleep", "100000"}));
    co_await aio::checkpoint();
    ::close(theirs);
    runs.cancel();
    EXPECT_THROW(co_await runs, aio::task_cancelled);
  }(ends[1]));
  pollfd gone{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&gone, 1, 0), 1);
  EXPECT_TRUE(gone.revents & POLLHUP);
  ::close(ends[0]);
}

} // namespace
} // namespace process_tests
