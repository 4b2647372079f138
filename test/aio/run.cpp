//===- run.cpp - The door from synchronous code ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/loop.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace run_tests {
namespace {

class unwelcome : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Waits for what never comes.
class never final : public aio::detail::awaitable_operation<never> {
public:
  never() noexcept : awaitable_operation("never") {}
  bool start() noexcept { return true; }
  void await_resume() const { rethrow_cancelled(); }
};

/// Notes that a coroutine has ended, however it did.
class notes_end {
public:
  explicit notes_end(bool &ended) noexcept : ended_(&ended) {}
  notes_end(notes_end &&other) noexcept : ended_(std::exchange(other.ended_, nullptr)) {}
  ~notes_end() {
    if (ended_)
      *ended_ = true;
  }

private:
  bool *ended_;
};

aio::task<> waits_for_ever(notes_end) {
  co_await never();
}

aio::task<int> gives(int value) {
  co_return value;
}

TEST(Run, GivesWhatMainGives) {
  EXPECT_EQ(aio::run(gives(3)), 3);
}

TEST(Run, ThrowsWhatMainThrows) {
  EXPECT_THROW(aio::run([]() -> aio::task<> {
                 throw unwelcome("x");
                 co_return;
               }()),
               unwelcome);
}

TEST(Run, StartsMainAtOnce) {
  const auto thread = std::this_thread::get_id();
  aio::run([](std::thread::id caller) -> aio::task<> {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    co_await aio::checkpoint();
    EXPECT_EQ(std::this_thread::get_id(), caller);
  }(thread));
}

TEST(Run, RunsAgain) {
  for (int i = 0; i != 3; ++i)
    EXPECT_EQ(aio::run(gives(i)), i);
}

// ThreadSanitizer does not see how libuv closes a descriptor, and takes the next of the same number
// for the same.
#if !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define AIO_TEST_UNDER_TSAN
#endif
#endif
#else
#define AIO_TEST_UNDER_TSAN
#endif

#ifndef AIO_TEST_UNDER_TSAN
TEST(Run, RunsOnSeveralThreadsAtOnce) {
  std::array<int, 4> given{};
  {
    std::vector<std::thread> threads;
    for (int i = 0; i != 4; ++i)
      threads.emplace_back([i, &given] {
        given[static_cast<std::size_t>(i)] = aio::testing::run([](int value) -> aio::task<int> {
          for (int n = 0; n != 100; ++n)
            co_await aio::sleep_for(1s);
          co_return value;
        }(i));
      });
    for (std::thread &each : threads)
      each.join();
  }
  EXPECT_EQ(given, (std::array{0, 1, 2, 3}));
}
#endif

TEST(Run, RefusesATaskThatHasNothingToRun) {
  auto first = gives(1);
  auto second = std::move(first);
  EXPECT_THROW(aio::run(std::move(first)), std::logic_error);
  EXPECT_EQ(aio::run(std::move(second)), 1);
}

//===- What is left when main has ended -----------------------------------===//

TEST(Run, CancelsTheOthersWhenMainHasEndedAndWaitsForThem) {
  bool cleaned = false;
  aio::testing::run([](bool &told) -> aio::task<> {
    auto cleans_up = [](bool &done) -> aio::task<> {
      try {
        co_await aio::sleep_for(24h);
      } catch (const aio::cancelled &) {
      }
      co_await aio::shield(aio::sleep_for(1h)); // to stop takes its time
      done = true;
    };
    aio::spawn(cleans_up(told)).detach();
    co_await aio::checkpoint();
  }(cleaned));
  EXPECT_TRUE(cleaned);
}

TEST(Run, CancelsWhatIsStartedAfterwards) {
  bool ended = false;
  aio::testing::run([](bool &told) -> aio::task<> {
    auto starts_more = [](bool &done) -> aio::task<> {
      try {
        co_await never();
      } catch (const aio::cancelled &) {
        aio::spawn(waits_for_ever(notes_end(done))).detach();
      }
    };
    aio::spawn(starts_more(told)).detach();
    co_await aio::checkpoint();
  }(ended));
  EXPECT_TRUE(ended);
}

TEST(Run, CancelsTheOthersAlsoWhenMainThrows) {
  bool ended = false;
  EXPECT_THROW(aio::testing::run([](bool &told) -> aio::task<> {
                 aio::spawn(waits_for_ever(notes_end(told))).detach();
                 co_await aio::checkpoint();
                 throw unwelcome("x");
               }(ended)),
               unwelcome);
  EXPECT_TRUE(ended);
}

TEST(Run, ThrowsWhatADetachedCoroutineThrew) {
  bool stopped = false;
  try {
    aio::testing::run([](bool &told) -> aio::task<> {
      auto fails = []() -> aio::task<> {
        co_await aio::sleep_for(1s);
        throw unwelcome("a detached one failed");
      };
      aio::spawn(fails()).detach();
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        told = true;
        throw;
      }
    }(stopped));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const unwelcome &error) {
    EXPECT_STREQ(error.what(), "a detached one failed");
  }
  EXPECT_TRUE(stopped); // it ended run, and did not wait for main
}

TEST(Run, ThrowsTheFirstErrorOfDetachedCoroutines) {
  try {
    aio::testing::run([]() -> aio::task<> {
      auto fails = [](std::chrono::seconds after, const char *what) -> aio::task<> {
        co_await aio::shield(aio::sleep_for(after));
        throw unwelcome(what);
      };
      aio::spawn(fails(2s, "second")).detach();
      aio::spawn(fails(1s, "first")).detach();
      co_await never();
    }());
    ADD_FAILURE() << "nothing was thrown";
  } catch (const unwelcome &error) {
    EXPECT_STREQ(error.what(), "first");
  }
}

TEST(Run, ThrowsWhatADetachedCoroutineThrewWhenMainHadEnded) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 auto fails = []() -> aio::task<> {
                   try {
                     co_await never();
                   } catch (const aio::cancelled &) {
                     throw unwelcome("while it stopped");
                   }
                 };
                 aio::spawn(fails()).detach();
                 co_await aio::checkpoint();
               }()),
               unwelcome);
}

//===- Nested loops -------------------------------------------------------===//

std::string nests() {
  try {
    aio::run(gives(1));
  } catch (const aio::nested_run &refused) {
    return refused.what();
  }
  return "it ran";
}

aio::task<std::string> calls_run_inside() {
  co_return nests();
}

TEST(Run, RefusesToNestAndNamesWhoRuns) {
  const std::string refused = aio::run(calls_run_inside());
  EXPECT_NE(refused.find("calls_run_inside"), std::string::npos) << refused;
  EXPECT_NE(refused.find("co_await the task instead"), std::string::npos) << refused;
}

TEST(Run, GoesOnAfterANestedRunWasRefused) {
  EXPECT_EQ(aio::testing::run([]() -> aio::task<int> {
              EXPECT_THROW(aio::run(gives(1)), aio::nested_run);
              EXPECT_THROW(aio::testing::run(gives(1)), aio::nested_run);
              co_await aio::sleep_for(1s);
              co_return 5;
            }()),
            5);
}

TEST(Run, RefusesToNestOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::resume_on_worker();
    const std::string refused = nests();
    co_await aio::resume_on_loop();
    EXPECT_NE(refused, "it ran");
  }());
}

TEST(Run, BlamesNobodyForTheTaskThatWasRefused) {
  std::vector<std::string> rules;
  auto before = aio::set_report_handler([&](const aio::report &r) { rules.push_back(r.rule); });
  aio::run(calls_run_inside(), {.debug = true});
  aio::set_report_handler(std::move(before));
  EXPECT_EQ(rules, std::vector<std::string>{"coro-nested-loop"});
}

//===- Deadlock -----------------------------------------------------------===//

TEST(Run, ThrowsDeadlockWhenNothingCanWakeAnybody) {
  bool main_ended = false;
  bool other_ended = false;
  try {
    aio::run([](bool &main_told, bool &other_told) -> aio::task<> {
      const notes_end noted(main_told);
      auto other = aio::spawn(waits_for_ever(notes_end(other_told)));
      co_await never();
      co_await other;
    }(main_ended, other_ended));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const aio::deadlock &found) {
    const std::string what = found.what();
    EXPECT_NE(what.find("never"), std::string::npos) << what;
    EXPECT_NE(what.find("waits_for_ever"), std::string::npos) << what;
  }
  EXPECT_TRUE(main_ended);
  EXPECT_TRUE(other_ended);
}

TEST(Run, ThrowsDeadlockAlsoWhenMainHadEnded) {
  bool ended = false;
  EXPECT_THROW(aio::run([](bool &told) -> aio::task<> {
                 auto shielded = [](bool &done) -> aio::task<> {
                   co_await aio::shield(waits_for_ever(notes_end(done)));
                 };
                 aio::spawn(shielded(told)).detach();
                 co_await aio::checkpoint();
               }(ended)),
               aio::deadlock);
  EXPECT_TRUE(ended);
}

TEST(Run, EndsAllAfterADeadlockAlsoWhatWaitsAgain) {
  bool main_ended = false;
  bool other_ended = false;
  EXPECT_THROW(aio::run([](bool &main_told, bool &other_told) -> aio::task<> {
                 auto stubborn = [](notes_end) -> aio::task<> {
                   try {
                     co_await never();
                   } catch (const aio::cancelled &) {
                   }
                   co_await aio::shield(never());
                 };
                 const notes_end noted(main_told);
                 aio::spawn(stubborn(notes_end(other_told))).detach();
                 co_await never();
               }(main_ended, other_ended)),
               aio::deadlock);
  EXPECT_TRUE(main_ended);
  EXPECT_TRUE(other_ended);
}

TEST(RunDeathTest, EndsTheProgramWhenSomebodyWaitsAgainForEver) {
  EXPECT_DEATH(aio::run([]() -> aio::task<> {
                 for (;;) {
                   try {
                     co_await aio::shield(never());
                   } catch (const aio::cancelled &) {
                   }
                 }
               }()),
               "wait again whenever they are told to stop");
}

TEST(Run, IsNoDeadlockWhileSomebodySleeps) {
  aio::testing::run([]() -> aio::task<> {
    auto wakes = []() -> aio::task<> { co_await aio::sleep_for(1s); };
    auto handle = aio::spawn(wakes());
    co_await handle;
  }());
}

//===- Signals ------------------------------------------------------------===//

aio::task<> sends(int signal) {
  kill(getpid(), signal);
  co_await aio::sleep_for(24h);
}

TEST(Run, ThrowsInterruptedWhenASignalEndsMain) {
  for (const int signal : {SIGINT, SIGTERM}) {
    try {
      aio::run(sends(signal));
      ADD_FAILURE() << "nothing was thrown";
    } catch (const aio::interrupted &error) {
      EXPECT_EQ(error.signal(), signal);
      EXPECT_STREQ(error.what(), signal == SIGINT ? "ended by SIGINT" : "ended by SIGTERM");
    }
  }
}

TEST(Run, LetsMainCleanUpWhenASignalComes) {
  bool cleaned = false;
  EXPECT_THROW(aio::run([](bool &done) -> aio::task<> {
                 try {
                   co_await sends(SIGINT);
                 } catch (const aio::cancelled &) {
                   done = true;
                   throw;
                 }
               }(cleaned)),
               aio::interrupted);
  EXPECT_TRUE(cleaned);
}

TEST(Run, GivesWhatMainGivesWhenItEndsInSpiteOfASignal) {
  EXPECT_EQ(aio::run([]() -> aio::task<int> {
              try {
                co_await sends(SIGTERM);
              } catch (const aio::cancelled &) {
              }
              co_return 3;
            }()),
            3);
}

TEST(Run, LeavesSignalsAsTheyWereBefore) {
  aio::run(gives(1));
  struct sigaction now{};
  sigaction(SIGINT, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST(RunDeathTest, EndsTheProgramAtTheSecondSignal) {
  EXPECT_EXIT(aio::run([]() -> aio::task<> {
                try {
                  co_await sends(SIGINT);
                } catch (const aio::cancelled &) {
                }
                co_await aio::shield(sends(SIGINT)); // clean-up that takes for ever
              }()),
              testing::KilledBySignal(SIGINT), "");
}

TEST(RunDeathTest, LeavesSignalsAloneWhenItIsToldTo) {
  EXPECT_EXIT(aio::run(sends(SIGTERM), {.handle_signals = false}), testing::KilledBySignal(SIGTERM),
              "");
}

//===- When there is no loop to be had ------------------------------------===//

TEST(Run, ThrowsWhenThereIsNoDescriptorForALoop) {
  aio::run(gives(1)); // libuv ends the program when its first loop of all gets no descriptor
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  rlimit few = usual;
  few.rlim_cur = 1024;
  setrlimit(RLIMIT_NOFILE, &few);
  std::vector<int> taken;
  for (int more; (more = dup(STDOUT_FILENO)) >= 0;)
    taken.push_back(more);
  int refused = 0;
  bool ran = false;
  while (!ran && !taken.empty()) {
    try {
      ran = aio::run(gives(1)) == 1;
    } catch (const std::system_error &error) {
      EXPECT_EQ(error.code(), std::errc::too_many_files_open) << error.what();
      ++refused;
    }
    // More than one: libuv loses one when it gets no further.
    for (int i = 0; i != 3 && !taken.empty(); ++i) {
      close(taken.back());
      taken.pop_back();
    }
  }
  for (const int each : taken)
    close(each);
  setrlimit(RLIMIT_NOFILE, &usual);
  EXPECT_TRUE(ran);
  EXPECT_GT(refused, 0);
}

} // namespace
} // namespace run_tests
