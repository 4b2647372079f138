//===- debug.cpp - Debug mode ---------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/gather.hpp>
#include <aio/loop.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <regex>
#include <source_location>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <unistd.h>
#include <uv.h>

using namespace std::chrono_literals;

namespace debug_tests {
namespace {

unsigned line_here(std::source_location at = std::source_location::current()) {
  return at.line();
}

bool has(const std::string &text, const std::string &part) {
  return text.find(part) != text.npos;
}

/// Matches the whole text.
bool matches(const std::string &text, const std::string &pattern) {
  return std::regex_match(text, std::regex(pattern));
}

/// Collects what is reported while a test runs.
class DebugMode : public testing::Test {
public:
  /// Blocks this thread until there are \p count reports.
  void wait_for_reports(std::size_t count) {
    std::unique_lock held(lock_);
    came_.wait(held, [&] { return reports_.size() >= count; });
  }

protected:
  DebugMode() {
    aio::set_report_handler([this](const aio::report &made) {
      std::lock_guard held(lock_);
      reports_.push_back(made);
      came_.notify_all();
      if (on_report)
        on_report(made);
    });
  }
  ~DebugMode() override { aio::set_report_handler(nullptr); }

  std::vector<aio::report> reports() {
    std::lock_guard held(lock_);
    return reports_;
  }
  /// Real time, as nothing blocks in the other.
  static aio::run_options debug(std::chrono::milliseconds slow_step = 24h) {
    return {.debug = true, .slow_step = slow_step, .handle_signals = false};
  }
  static aio::run_options virtual_debug() {
    return {.debug = true, .slow_step = 24h, .handle_signals = false, .virtual_time = true};
  }

  std::function<void(const aio::report &)> on_report;

private:
  std::mutex lock_;
  std::condition_variable came_;
  std::vector<aio::report> reports_;
};

//===- Tasks that nobody awaited ------------------------------------------===//

constexpr unsigned lost_begins = __LINE__ + 1;
aio::task<> lost() {
  co_return;
}
constexpr unsigned lost_ends = __LINE__ - 1;

TEST_F(DebugMode, ReportsATaskThatWasNeverAwaited) {
  aio::run(
      []() -> aio::task<> {
        static_cast<void>(lost());
        co_return;
      }(),
      debug());
  ASSERT_EQ(reports().size(), 1u);
  const aio::report made = reports()[0];
  EXPECT_EQ(made.rule, "coro-unawaited-task");
  EXPECT_TRUE(has(made.coroutine, "lost()")) << made.coroutine;
  EXPECT_TRUE(has(made.file, "debug.cpp")) << made.file;
  EXPECT_TRUE(lost_begins <= made.line && made.line <= lost_ends) << made.line;
  EXPECT_EQ(made.message, "was never awaited: nothing of it has run");
  EXPECT_TRUE(made.details.empty());
}

TEST_F(DebugMode, ReportsATaskThatDiesWithTheMainTask) {
  aio::run([](aio::task<>) -> aio::task<> { co_return; }(lost()), debug());
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_TRUE(has(reports()[0].coroutine, "lost()"));
}

TEST_F(DebugMode, ReportsATaskThatDiesOnAWorker) {
  aio::run(
      []() -> aio::task<> {
        co_await aio::resume_on_worker();
        static_cast<void>(lost());
      }(),
      debug());
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_TRUE(has(reports()[0].coroutine, "lost()"));
}

TEST_F(DebugMode, SaysNothingOfTasksThatWereAwaited) {
  aio::run(
      []() -> aio::task<> {
        co_await lost();
        auto moved = lost();
        auto other = std::move(moved);
        co_await std::move(other);
      }(),
      debug());
  EXPECT_TRUE(reports().empty());
}

TEST_F(DebugMode, SaysNothingOfTasksThatAnExceptionSweptAway) {
  EXPECT_THROW(aio::run(
                   []() -> aio::task<> {
                     auto task = lost();
                     throw std::runtime_error("no");
                     co_await std::move(task);
                   }(),
                   debug()),
               std::runtime_error);
  EXPECT_TRUE(reports().empty());
}

TEST_F(DebugMode, ReportsAHandleThatWasDropped) {
  unsigned line = 0;
  aio::run(
      [](unsigned &at) -> aio::task<> {
        {
          auto handle = aio::spawn([](unsigned &sleeps_at) -> aio::task<> {
            sleeps_at = line_here() + 1;
            co_await aio::sleep_for(1h);
          }(at));
          co_await aio::checkpoint();
        }
      }(line),
      virtual_debug());
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_EQ(reports()[0].rule, "coro-unawaited-task");
  EXPECT_EQ(reports()[0].line, line) << "where it waits";
  EXPECT_TRUE(has(reports()[0].message, "handle was dropped"));
}

TEST_F(DebugMode, IsOffUnlessItIsAskedFor) {
  aio::testing::run([]() -> aio::task<> {
    static_cast<void>(lost());
    co_return;
  }());
  static_cast<void>(lost());
  EXPECT_TRUE(reports().empty());
}

TEST(DebugModeInTheEnvironment, IsOnForTheWholeProgram) {
  testing::FLAGS_gtest_death_test_style = "threadsafe"; // a program of its own
  EXPECT_EXIT(
      {
        setenv("AIO_DEBUG", "1", 1);
        static_cast<void>(lost());
        std::exit(0);
      },
      testing::ExitedWithCode(0), "debug.cpp:[0-9]+: '.*lost.*' was never awaited");
  EXPECT_EXIT(
      {
        setenv("AIO_DEBUG", "0", 1);
        static_cast<void>(lost());
        std::fputs("nothing\n", stderr);
        std::exit(0);
      },
      testing::ExitedWithCode(0), "^nothing");
}

//===- Steps that hold the loop -------------------------------------------===//

/// What blocks a step until a report is there, and not for ever when none comes: then the test
/// fails.
class gate {
public:
  void open() {
    std::lock_guard held(lock_);
    open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock held(lock_);
    opened_.wait_for(held, 60s, [this] { return open_; });
  }

private:
  std::mutex lock_;
  std::condition_variable opened_;
  bool open_ = false;
};

/// Opens a gate at the first report that is as wanted, and keeps that one: on a busy machine any
/// step may be a slow one, and reported before the one that blocks, or after it.
class opener {
public:
  opener(gate &opens, std::function<bool(const aio::report &)> wants)
      : opens_(opens), wants_(std::move(wants)) {}
  void operator()(const aio::report &made) {
    if (found_ || !wants_(made))
      return;
    found_ = made;
    opens_.open();
  }
  /// When the run has ended.
  const std::optional<aio::report> &found() const { return found_; }

private:
  gate &opens_;
  std::function<bool(const aio::report &)> wants_;
  std::optional<aio::report> found_;
};

std::function<bool(const aio::report &)> shows(std::string name) {
  return [name = std::move(name)](const aio::report &made) {
    return std::any_of(made.details.begin(), made.details.end(),
                       [&](const std::string &line) { return has(line, name); });
  };
}

std::atomic<unsigned> blocks_at = 0;
std::atomic<int> kept = 0; // after a call, so that it is none in tail position

[[gnu::noinline]] void blocking_call(gate &at) {
  blocks_at = line_here() + 1;
  at.wait();
  kept = 1;
}

std::atomic<unsigned> calls_at = 0;

aio::task<> stalls(gate &at) {
  co_await aio::checkpoint();
  calls_at = line_here() + 1;
  blocking_call(at);
  kept = 2;
}

std::atomic<unsigned> awaits_at = 0;

aio::task<> awaits_one_that_stalls(gate &at) {
  awaits_at = line_here() + 1;
  co_await stalls(at);
}

TEST_F(DebugMode, ReportsAStepWhileItHoldsTheLoop) {
  gate blocked;
  opener opens(blocked, shows("blocking_call("));
  on_report = std::ref(opens);
  aio::run(awaits_one_that_stalls(blocked), debug(1ms));
  ASSERT_TRUE(opens.found());
  const aio::report &made = *opens.found();
  EXPECT_EQ(made.rule, "coro-blocking-call");
  EXPECT_TRUE(has(made.coroutine, "stalls(")) << made.coroutine;
  EXPECT_TRUE(has(made.file, "debug.cpp")) << made.file;
  EXPECT_EQ(made.line, calls_at) << "the line that the stack shows in it";
  EXPECT_TRUE(matches(made.message, "has held the loop for [0-9]+ ms, and still does"))
      << made.message;
}

TEST_F(DebugMode, ShowsTheStackOfTheBlockedThread) {
  gate blocked;
  opener opens(blocked, shows("blocking_call("));
  on_report = std::ref(opens);
  aio::run(awaits_one_that_stalls(blocked), debug(1ms));
  ASSERT_TRUE(opens.found());
  const aio::report &made = *opens.found();
  SCOPED_TRACE(made.text());
  const auto frame_of = [&](const std::string &name) {
    return std::find_if(made.details.begin(), made.details.end(),
                        [&](const std::string &line) { return has(line, name); });
  };
  std::size_t frames = 0;
  for (const std::string &line : made.details)
    if (line.starts_with("#")) {
      EXPECT_TRUE(matches(line, "#" + std::to_string(frames) + " .+( at .+:[0-9]+| in .+)"));
      ++frames;
    }
  // From what blocks to the coroutine, with lines, and nothing of the runtime around it.
  ASSERT_NE(frame_of("blocking_call("), made.details.end());
  EXPECT_TRUE(
      matches(*frame_of("blocking_call("),
              "#[0-9]+ .*blocking_call\\(.*gate.*\\) at .*/debug.cpp:" + std::to_string(blocks_at)))
      << blocks_at;
  ASSERT_NE(frame_of("stalls("), made.details.end());
  EXPECT_TRUE(matches(*frame_of("stalls("),
                      "#" + std::to_string(frames - 1) +
                          " .*stalls\\(.*gate.*\\) at .*/debug.cpp:" + std::to_string(calls_at)))
      << calls_at;
  EXPECT_EQ(made.text().find(".resume"), std::string::npos);
  EXPECT_EQ(made.text().find("Frame"), std::string::npos);
  EXPECT_EQ(made.text().find("scheduler::step"), std::string::npos);
  EXPECT_EQ(made.text().find("sampler"), std::string::npos);
  // And who awaits the coroutine.
  ASSERT_EQ(made.details.size(), frames + 1);
  EXPECT_TRUE(matches(made.details.back(), "awaited by '.*awaits_one_that_stalls.*' at "
                                           ".*debug.cpp:" +
                                               std::to_string(awaits_at)))
      << awaits_at;
}

aio::task<> calls_in_line(gate &at) {
  at.wait();
  kept = 3;
  co_return;
}

TEST_F(DebugMode, NamesWhoRunsAfterATransfer) {
  gate blocked;
  opener opens(blocked, shows("calls_in_line("));
  on_report = std::ref(opens);
  aio::run(
      [](gate &at) -> aio::task<> {
        co_await lost();
        co_await calls_in_line(at); // all of it is one step
        co_await lost();
      }(blocked),
      debug(1ms));
  ASSERT_TRUE(opens.found());
  EXPECT_TRUE(has(opens.found()->coroutine, "calls_in_line(")) << opens.found()->coroutine;

  gate again;
  std::atomic<unsigned> line = 0;
  opener opens_again(again,
                     [&](const aio::report &made) { return line != 0 && made.line == line; });
  on_report = std::ref(opens_again);
  aio::run(
      [](gate &at, std::atomic<unsigned> &blocks) -> aio::task<> {
        co_await lost();
        blocks = line_here() + 1;
        at.wait();
        kept = 4;
      }(again, line),
      debug(1ms));
  ASSERT_TRUE(opens_again.found()) << reports().back().text();
  const std::string coroutine = opens_again.found()->coroutine;
  EXPECT_FALSE(has(coroutine, "lost")) << coroutine;
  EXPECT_TRUE(has(coroutine, "NamesWhoRunsAfterATransfer")) << coroutine;
}

TEST_F(DebugMode, ReportsAStepAgainThatDoesNotEnd) {
  aio::run(
      [](DebugMode &test) -> aio::task<> {
        test.wait_for_reports(2);
        co_return;
      }(*this),
      debug(1ms));
  ASSERT_GE(reports().size(), 2u);
  EXPECT_EQ(reports()[0].coroutine, reports()[1].coroutine);
  const auto held = [](const aio::report &made) {
    std::smatch found;
    std::regex_search(made.message, found, std::regex("([0-9]+) ms"));
    return std::stoi(found[1]);
  };
  EXPECT_GE(held(reports()[1]), 10 * std::max(held(reports()[0]), 1));
}

TEST_F(DebugMode, IsFoundByAThreadOfItsOwn) {
  gate blocked;
  std::thread::id reported;
  on_report = [&](const aio::report &) {
    reported = std::this_thread::get_id();
    blocked.open();
  };
  aio::run(stalls(blocked), debug(1ms));
  EXPECT_NE(reported, std::thread::id());
  EXPECT_NE(reported, std::this_thread::get_id());
}

TEST_F(DebugMode, LeavesABlockedReadAlone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto reads = [](const aio::report &made) {
    return std::any_of(made.details.begin(), made.details.end(), [](const std::string &line) {
      return matches(line, "#[0-9]+ (__|___interceptor_)?read .*");
    });
  };
  bool found = false;
  on_report = [&, seen = 0](const aio::report &made) mutable {
    found |= reads(made);
    if ((found || ++seen == 6) && ends[1] != -1) { // then it fails, and does not hang
      EXPECT_EQ(write(ends[1], "x", 1), 1);
      close(std::exchange(ends[1], -1));
    }
  };
  aio::run(
      [](int fd) -> aio::task<> {
        char byte = 0;
        EXPECT_EQ(read(fd, &byte, 1), 1);
        EXPECT_EQ(byte, 'x');
        co_return;
      }(ends[0]),
      debug(1ms));
  close(ends[0]);
  EXPECT_TRUE(found) << reports().back().text();
}

TEST_F(DebugMode, WatchesEachLoopByItself) {
  gate first;
  gate second;
  on_report = [&](const aio::report &made) {
    (has(made.coroutine, "stalls(") ? first : second).open();
  };
  std::thread other([&] { aio::run(calls_in_line(second), debug(1ms)); });
  aio::run(stalls(first), debug(1ms));
  other.join();
  EXPECT_GE(reports().size(), 2u);
}

TEST_F(DebugMode, SaysNothingOfStepsThatAreShort) {
  aio::run(
      []() -> aio::task<> {
        for (int i = 0; i != 1000; ++i)
          co_await aio::checkpoint();
      }(),
      debug(24h));
  EXPECT_TRUE(reports().empty());
}

TEST_F(DebugMode, DoesNotWatchStepsWithAnAllowanceOfZero) {
  aio::run(
      []() -> aio::task<> {
        for (int i = 0; i != 1000; ++i)
          co_await aio::checkpoint();
        static_cast<void>(lost());
      }(),
      debug(0ms));
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_EQ(reports()[0].rule, "coro-unawaited-task") << "but the rest of debug mode is on";
}

TEST_F(DebugMode, LeavesTheProgramItsSIGURG) {
  struct sigaction own{};
  struct sigaction before{};
  own.sa_handler = [](int) { std::abort(); };
  ASSERT_EQ(sigaction(SIGURG, &own, &before), 0);
  gate blocked;
  on_report = [&](const aio::report &) { blocked.open(); };
  aio::run(stalls(blocked), debug(1ms));
  ASSERT_EQ(sigaction(SIGURG, &before, nullptr), 0);
  ASSERT_GE(reports().size(), 1u);
  EXPECT_EQ(reports()[0].rule, "coro-blocking-call");
  EXPECT_TRUE(reports()[0].coroutine.empty());
  EXPECT_EQ(reports()[0].details,
            std::vector<std::string>{"no stack: the program has another use for SIGURG"});
}

TEST_F(DebugMode, ReportsAThreadThatDoesNotAnswer) {
  gate blocked;
  on_report = [&](const aio::report &) { blocked.open(); };
  sigset_t urgent;
  sigemptyset(&urgent);
  sigaddset(&urgent, SIGURG);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &urgent, &before);
  aio::run(stalls(blocked), debug(1ms));
  pthread_sigmask(SIG_SETMASK, &before, nullptr); // and what was sent comes now
  ASSERT_GE(reports().size(), 1u);
  EXPECT_EQ(reports()[0].details,
            std::vector<std::string>{"no stack: the thread does not answer signals"});
}

//===- A run inside of a run ----------------------------------------------===//

aio::task<> runs_another() {
  EXPECT_THROW(aio::run(lost()), aio::nested_run);
  co_return;
}

TEST_F(DebugMode, ReportsANestedRun) {
  aio::run(runs_another(), debug());
  ASSERT_EQ(reports().size(), 1u) << "and not that the task was not awaited";
  EXPECT_EQ(reports()[0].rule, "coro-nested-loop");
  EXPECT_TRUE(has(reports()[0].coroutine, "runs_another()"));
  EXPECT_TRUE(has(reports()[0].file, "debug.cpp"));
  EXPECT_TRUE(has(reports()[0].message, "called aio::run while it ran on a loop"));
}

TEST_F(DebugMode, ReportsANestedRunOnAWorker) {
  unsigned line = 0;
  aio::run(
      [](unsigned &at) -> aio::task<> {
        at = line_here() + 1;
        co_await aio::resume_on_worker();
        EXPECT_THROW(aio::run(lost()), aio::nested_run);
      }(line),
      debug());
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_EQ(reports()[0].rule, "coro-nested-loop");
  EXPECT_EQ(reports()[0].line, line) << "its last co_await";
}

TEST_F(DebugMode, ReportsANestedRunInACallback) {
  aio::run(
      []() -> aio::task<> {
        aio::event ended;
        uv_timer_t timer;
        uv_timer_init(aio::native_loop(), &timer);
        timer.data = &ended;
        uv_timer_start(
            &timer,
            [](uv_timer_t *fired) {
              EXPECT_THROW(aio::run(lost()), aio::nested_run);
              uv_close(reinterpret_cast<uv_handle_t *>(fired),
                       [](uv_handle_t *closed) { static_cast<aio::event *>(closed->data)->set(); });
            },
            0, 0);
        co_await ended.wait();
      }(),
      debug());
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_EQ(reports()[0].rule, "coro-nested-loop");
  EXPECT_TRUE(reports()[0].coroutine.empty());
  EXPECT_TRUE(has(reports()[0].message, "a callback of the loop called aio::run"));
}

TEST_F(DebugMode, OffANestedRunThrowsAllTheSame) {
  aio::testing::run(runs_another());
  EXPECT_TRUE(reports().empty());
  try {
    aio::testing::run([]() -> aio::task<> {
      aio::run(lost());
      co_return;
    }());
    FAIL();
  } catch (const aio::nested_run &thrown) {
    EXPECT_TRUE(has(thrown.what(), "OffANestedRun")) << thrown.what();
  }
}

//===- Deadlock -----------------------------------------------------------===//

std::atomic<unsigned> waits_at = 0;
std::atomic<unsigned> holds_at = 0;

aio::task<> waits_for(aio::event &never) {
  waits_at = line_here() + 1;
  co_await never.wait();
}

aio::task<> awaits_one_that_waits(aio::event &never) {
  holds_at = line_here() + 1;
  co_await waits_for(never);
}

TEST_F(DebugMode, ReportsADeadlock) {
  std::string thrown;
  unsigned joins_at = 0;
  try {
    aio::run(
        [](unsigned &joins) -> aio::task<> {
          aio::event never;
          auto other = aio::spawn(awaits_one_that_waits(never));
          joins = line_here() + 1;
          co_await std::move(other);
        }(joins_at),
        virtual_debug());
    FAIL();
  } catch (const aio::deadlock &stuck) {
    thrown = stuck.what();
  }
  ASSERT_EQ(reports().size(), 1u);
  const aio::report made = reports()[0];
  SCOPED_TRACE(made.text());
  EXPECT_EQ(made.rule, "deadlock");
  EXPECT_FALSE(made.coroutine.empty());
  EXPECT_TRUE(has(made.file, "debug.cpp"));
  EXPECT_EQ(made.line, joins_at);
  EXPECT_TRUE(matches(made.message, "waits for join_handle \\('.*awaits_one_that_waits.*'\\), and "
                                    "nothing can wake it, nor 1 more that wait"))
      << made.message;
  ASSERT_EQ(made.details.size(), 2u);
  EXPECT_TRUE(matches(made.details[0],
                      "'.*' at .*debug.cpp:" + std::to_string(joins_at) + " waits for .*"));
  EXPECT_TRUE(matches(made.details[1],
                      "'.*waits_for.*' at .*debug.cpp:" + std::to_string(waits_at) +
                          " waits for event::wait, awaited by '.*awaits_one_that_waits.*' at "
                          ".*debug.cpp:" +
                          std::to_string(holds_at)));
  // Without debug mode the exception says the same.
  EXPECT_TRUE(has(thrown, "waits for event::wait")) << thrown;
  EXPECT_TRUE(has(thrown, "awaits_one_that_waits")) << thrown;
}

TEST_F(DebugMode, BlamesWhoHasNobodyBelowThatWaits) {
  EXPECT_THROW(aio::run(
                   []() -> aio::task<> {
                     aio::event never;
                     co_await aio::gather(lost(), waits_for(never));
                   }(),
                   virtual_debug()),
               aio::deadlock);
  ASSERT_EQ(reports().size(), 1u);
  EXPECT_TRUE(has(reports()[0].coroutine, "waits_for")) << reports()[0].coroutine;
  EXPECT_EQ(reports()[0].line, waits_at);
  EXPECT_EQ(reports()[0].details.size(), 2u);
}

TEST_F(DebugMode, OffADeadlockThrowsAllTheSame) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 aio::event never;
                 co_await never.wait();
               }()),
               aio::deadlock);
  EXPECT_TRUE(reports().empty());
}

//===- The tree of coroutines ---------------------------------------------===//

/// Without what compilers do not agree on: quoted names are reduced to what stands before their
/// last parameters, files to their name, lines left out.
std::string plain(const std::string &tree) {
  std::string out = std::regex_replace(tree, std::regex("'[^'\n]*?(\\w+)\\([^'\n]*'"), "$1");
  out = std::regex_replace(out, std::regex(" at [^\n]*debug.cpp:[0-9]+"), " at debug.cpp");
  return std::regex_replace(out, std::regex("'[^'\n]*'"), "lambda");
}

aio::task<> sleeps() {
  co_await aio::sleep_for(250ms);
}

aio::task<> awaits_sleep() {
  co_await sleeps();
}

aio::task<std::string> looks() {
  co_return aio::task_tree();
}

TEST(TaskTree, ShowsEachRootAndWhatItAwaits) {
  std::string tree;
  aio::testing::run([](std::string &seen) -> aio::task<> {
    auto other = aio::spawn(awaits_sleep());
    auto ready = aio::spawn(lost());
    co_await aio::checkpoint();
    co_await aio::checkpoint();
    auto unbegun = aio::spawn(sleeps());
    seen = co_await looks();
    co_await std::move(other);
    co_await std::move(ready);
    co_await std::move(unbegun);
  }(tree));
  const std::string main = tree.substr(0, tree.find('\n'));
  EXPECT_TRUE(matches(main, "'.+' at .*debug.cpp:[0-9]+")) << main;
  const std::string below = plain(tree.substr(tree.find('\n') + 1));
  EXPECT_EQ(below, "  looks at debug.cpp\n"
                   "    runs now\n"
                   "awaits_sleep at debug.cpp\n"
                   "  sleeps at debug.cpp\n"
                   "    waits for sleep_for (250 ms to go)\n"
                   "sleeps at debug.cpp\n"
                   "  is ready to run\n")
      << tree;
}

aio::task<> gathers() {
  co_await aio::gather(awaits_sleep(), sleeps());
}

aio::task<> groups() {
  co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
    group.spawn(sleeps());
    co_return;
  });
}

aio::task<> in_time() {
  co_await aio::with_timeout(1h, sleeps());
}

TEST(TaskTree, ShowsWhatRunsBesideACoroutineBelowIt) {
  std::string tree;
  const auto all = [](auto work, std::string &seen) -> aio::task<> {
    auto other = aio::spawn(work());
    for (int i = 0; i != 4; ++i)
      co_await aio::checkpoint();
    seen = aio::task_tree();
    seen = plain(seen.substr(seen.find("runs now\n") + 9));
    co_await std::move(other);
  };
  aio::testing::run(all(gathers, tree));
  EXPECT_EQ(tree, "gathers at debug.cpp\n"
                  "  waits for gather (2 of 2 still run)\n"
                  "  awaits_sleep at debug.cpp\n"
                  "    sleeps at debug.cpp\n"
                  "      waits for sleep_for (250 ms to go)\n"
                  "  sleeps at debug.cpp\n"
                  "    waits for sleep_for (250 ms to go)\n");
  aio::testing::run(all(groups, tree));
  EXPECT_TRUE(has(tree, "  sleeps at debug.cpp\n")) << tree;
  EXPECT_TRUE(tree.starts_with("groups at debug.cpp\n")) << tree;
  aio::testing::run(all(in_time, tree));
  EXPECT_EQ(tree, "in_time at debug.cpp\n"
                  "  sleeps at debug.cpp\n"
                  "    waits for sleep_for (250 ms to go)\n");
}

TEST(TaskTree, ShowsWhoIsOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    gate hold;
    auto other = aio::spawn([](gate &held) -> aio::task<> {
      co_await aio::resume_on_worker();
      held.wait();
    }(hold));
    auto call = aio::spawn(
        [](gate &held) -> aio::task<> { co_await aio::to_thread([&] { held.wait(); }); }(hold));
    co_await aio::checkpoint();
    co_await aio::checkpoint();
    const std::string tree = aio::task_tree();
    EXPECT_TRUE(has(tree, "waits for resume_on_worker")) << tree;
    EXPECT_TRUE(has(tree, "waits for to_thread")) << tree;
    hold.open();
    co_await std::move(other);
    co_await std::move(call);
  }());
}

aio::task<> falls(int deep) {
  if (deep == 0)
    co_await aio::sleep_for(1s);
  else
    co_await falls(deep - 1);
}

TEST(TaskTree, LeavesOutTheMiddleOfALongChain) {
  aio::testing::run([]() -> aio::task<> {
    auto other = aio::spawn(falls(999));
    co_await aio::checkpoint();
    std::string tree = aio::task_tree();
    tree = tree.substr(tree.find("runs now\n") + 9);
    EXPECT_EQ(std::count(tree.begin(), tree.end(), '\n'), 42) << tree;
    EXPECT_TRUE(has(tree, std::string(40, ' ') + "... 960 more\n" + std::string(42, ' ') + "'"))
        << tree;
    EXPECT_TRUE(has(tree, "waits for sleep_for")) << tree;
    co_await std::move(other);
  }());
}

TEST(TaskTree, IsTheSameEachTime) {
  aio::testing::run([]() -> aio::task<> {
    auto first = aio::spawn(gathers());
    auto second = aio::spawn(awaits_sleep());
    co_await aio::checkpoint();
    co_await aio::checkpoint();
    const std::string tree = aio::task_tree();
    EXPECT_EQ(tree, aio::task_tree());
    EXPECT_LT(tree.find("gathers"), tree.find("awaits_sleep"));
    co_await std::move(first);
    co_await std::move(second);
  }());
}

TEST(TaskTree, IsAskedForOnALoop) {
  EXPECT_THROW(aio::task_tree(), std::logic_error);
  EXPECT_THROW(aio::dump_tasks(), std::logic_error);
  aio::testing::run([]() -> aio::task<> {
    co_await aio::resume_on_worker();
    EXPECT_THROW(aio::task_tree(), std::logic_error);
  }());
}

TEST(DumpTasks, WritesTheTreeToStderr) {
  std::string tree;
  testing::internal::CaptureStderr();
  aio::testing::run([](std::string &seen) -> aio::task<> {
    seen = aio::task_tree();
    aio::dump_tasks();
    co_return;
  }(tree));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), tree);
}

aio::task<> asks_for_the_tree() {
  EXPECT_EQ(raise(SIGUSR1), 0);
  co_await aio::sleep_for(1ms); // the loop turns
}

TEST_F(DebugMode, WritesTheTreeOnSIGUSR1) {
  testing::internal::CaptureStderr();
  aio::run(asks_for_the_tree(), virtual_debug());
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(plain(written), "asks_for_the_tree at debug.cpp\n  waits for sleep_for (1 ms to go)\n");
  struct sigaction found{};
  ASSERT_EQ(sigaction(SIGUSR1, nullptr, &found), 0);
  EXPECT_EQ(found.sa_handler, SIG_DFL);
}

volatile sig_atomic_t own_signals = 0;

TEST_F(DebugMode, LeavesTheProgramItsSIGUSR1) {
  struct sigaction own{};
  struct sigaction before{};
  own.sa_handler = [](int) { own_signals = own_signals + 1; };
  own_signals = 0;
  ASSERT_EQ(sigaction(SIGUSR1, &own, &before), 0);
  testing::internal::CaptureStderr();
  aio::run(asks_for_the_tree(), virtual_debug());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(own_signals, 1);
  ASSERT_EQ(sigaction(SIGUSR1, &before, nullptr), 0);
}

//===- Where reports go ---------------------------------------------------===//

TEST(Report, HasAFormForStderr) {
  aio::report made;
  made.rule = "coro-blocking-call";
  made.message = "has held the loop";
  EXPECT_EQ(made.text(), "aio: has held the loop [coro-blocking-call]\n");
  made.coroutine = "task<> f()";
  made.file = "f.cpp";
  made.line = 7;
  made.details = {"#0 read in libc.so.6", "#1 f() at f.cpp:7"};
  EXPECT_EQ(made.text(), "aio: f.cpp:7: 'task<> f()' has held the loop [coro-blocking-call]\n"
                         "aio:   #0 read in libc.so.6\n"
                         "aio:   #1 f() at f.cpp:7\n");
}

TEST(ReportHandler, IsStderrUnlessOneIsSet) {
  testing::internal::CaptureStderr();
  aio::run(
      []() -> aio::task<> {
        static_cast<void>(lost());
        co_return;
      }(),
      {.debug = true, .handle_signals = false});
  EXPECT_TRUE(matches(testing::internal::GetCapturedStderr(),
                      "aio: .*debug.cpp:[0-9]+: '.*lost\\(\\)' was never awaited: nothing of it "
                      "has run \\[coro-unawaited-task\\]\n"));
}

TEST(ReportHandler, GivesTheOneBefore) {
  int first = 0;
  EXPECT_FALSE(aio::set_report_handler([&](const aio::report &) { ++first; }));
  const auto before = aio::set_report_handler([](const aio::report &) {});
  ASSERT_TRUE(before);
  before({});
  EXPECT_EQ(first, 1);
  EXPECT_TRUE(aio::set_report_handler(nullptr));
  EXPECT_FALSE(aio::set_report_handler(nullptr));
}

TEST_F(DebugMode, WritesWhatAHandlerCausesToStderr) {
  on_report = [](const aio::report &) { static_cast<void>(lost()); };
  testing::internal::CaptureStderr();
  aio::run(
      []() -> aio::task<> {
        static_cast<void>(lost());
        co_return;
      }(),
      debug());
  EXPECT_EQ(reports().size(), 1u);
  EXPECT_TRUE(has(testing::internal::GetCapturedStderr(), "was never awaited"));
}

TEST(ReportHandler, MaySetAnother) {
  int first = 0;
  int second = 0;
  aio::set_report_handler([&](const aio::report &) {
    ++first;
    aio::set_report_handler([&](const aio::report &) { ++second; });
  });
  aio::run(
      []() -> aio::task<> {
        static_cast<void>(lost());
        static_cast<void>(lost());
        co_return;
      }(),
      {.debug = true, .handle_signals = false});
  aio::set_report_handler(nullptr);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 1);
}

TEST(ReportHandler, IsNotCalledAnyMoreWhenItWasReplaced) {
  gate entered;
  gate blocked;
  bool alive = true;
  aio::set_report_handler([&](const aio::report &) {
    entered.open();
    for (int i = 0; i != 1000; ++i)
      std::this_thread::yield();
    EXPECT_TRUE(alive);
    blocked.open();
  });
  std::thread other([&] {
    aio::run(calls_in_line(blocked), {.debug = true, .slow_step = 1ms, .handle_signals = false});
  });
  entered.wait();
  aio::set_report_handler([](const aio::report &) {});
  alive = false;
  other.join();
  aio::set_report_handler(nullptr);
}

} // namespace
} // namespace debug_tests
