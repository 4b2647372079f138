//===- time.cpp - Sleeping, and giving up ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace time_tests {
namespace {

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

aio::task<int> gives_after(aio::clock::duration time, int value) {
  co_await aio::sleep_for(time);
  co_return value;
}

TEST(SleepFor, WaitsForItsTime) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    co_await aio::sleep_for(1h);
    EXPECT_EQ(now() - begin, 1h);
    co_await aio::sleep_for(1ns);
    EXPECT_EQ(now() - begin, 1h + 1ns);
  }());
}

TEST(SleepFor, CountsFromWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto later = aio::sleep_for(1s);
    co_await aio::sleep_for(5s);
    co_await std::move(later);
    EXPECT_EQ(now() - begin, 6s);
  }());
}

TEST(SleepFor, LetsTheOthersRunOnceWhenTheTimeIsZeroOrLess) {
  for (const auto time : {0s, -1s, std::chrono::seconds::min()})
    aio::testing::run([](std::chrono::seconds none) -> aio::task<> {
      const auto begin = now();
      bool others = false;
      auto sets = [](bool &to) -> aio::task<> {
        to = true;
        co_return;
      };
      aio::spawn(sets(others)).detach();
      co_await aio::sleep_for(none);
      EXPECT_TRUE(others);
      EXPECT_EQ(now(), begin);
    }(time));
}

TEST(SleepFor, TakesTimesOfAnyLengthAndUnit) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    co_await aio::sleep_for(std::chrono::duration<double>(0.25));
    EXPECT_EQ(now() - begin, 250ms);
    co_await aio::sleep_for(std::chrono::duration<float, std::pico>(0.5F));
    EXPECT_EQ(now() - begin, 250ms + 1ns); // rounded up
    EXPECT_THROW(co_await aio::with_timeout(1s, aio::sleep_for(std::chrono::hours::max())),
                 aio::timed_out);
    EXPECT_THROW(co_await aio::with_timeout(1s, aio::sleep_for(aio::clock::duration::max())),
                 aio::timed_out);
  }());
}

TEST(SleepFor, EndsAtOnceWhenItIsCancelled) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto handle = aio::spawn(gives_after(1h, 1));
    co_await aio::sleep_for(1s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(now() - begin, 1s);
  }());
}

TEST(SleepFor, WakesInTheOrderOfTimes) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<int> order;
    auto notes = [](std::vector<int> &to, int which, int seconds) -> aio::task<> {
      co_await aio::sleep_for(std::chrono::seconds(seconds));
      to.push_back(which);
    };
    std::vector<aio::join_handle<void>> handles;
    std::vector<std::pair<int, int>> expected; // time, and who was first among those of one time
    std::mt19937 random(3);
    for (int i = 0; i != 500; ++i) {
      const int seconds = static_cast<int>(random() % 50);
      expected.emplace_back(seconds, i);
      handles.push_back(aio::spawn(notes(order, i, seconds)));
    }
    for (auto &each : handles)
      co_await each;
    std::sort(expected.begin(), expected.end());
    std::vector<int> whole;
    for (const auto &each : expected)
      whole.push_back(each.second);
    EXPECT_EQ(order, whole);
  }());
}

TEST(SleepFor, OthersKeepTheirTimesWhenSomeAreCancelled) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    std::vector<aio::join_handle<int>> handles;
    std::mt19937 random(5);
    for (int i = 0; i != 500; ++i)
      handles.push_back(aio::spawn(gives_after(std::chrono::seconds(10 + random() % 100), i)));
    co_await aio::sleep_for(1s);
    for (std::size_t i = 0; i < handles.size(); i += 2)
      handles[i].cancel();
    auto last = begin;
    for (std::size_t i = 0; i != handles.size(); ++i) {
      if (i % 2 == 0)
        EXPECT_THROW(co_await handles[i], aio::task_cancelled);
      else
        EXPECT_EQ(co_await handles[i], static_cast<int>(i));
      last = std::max(last, now());
    }
    EXPECT_GE(last - begin, 100s);
    EXPECT_LE(last - begin, 110s);
  }());
}

TEST(SleepFor, WaitsInRealTimeToo) {
  const auto begin = std::chrono::steady_clock::now();
  aio::run([]() -> aio::task<> { co_await aio::sleep_for(2ms); }());
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 2ms); // never before its time
}

TEST(SleepUntil, WaitsUntilThen) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    co_await aio::sleep_until(begin + 3s);
    EXPECT_EQ(now() - begin, 3s);
    bool others = false;
    auto sets = [](bool &to) -> aio::task<> {
      to = true;
      co_return;
    };
    aio::spawn(sets(others)).detach();
    co_await aio::sleep_until(begin); // over: lets the others run once
    EXPECT_TRUE(others);
    EXPECT_EQ(now() - begin, 3s);
    co_await aio::sleep_until(aio::clock::time_point::min());
    EXPECT_THROW(co_await aio::with_timeout(1s, aio::sleep_until(aio::clock::time_point::max())),
                 aio::timed_out);
  }());
}

//===- with_timeout and deadline ------------------------------------------===//

TEST(WithTimeout, GivesWhatTheWorkGives) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    EXPECT_EQ(co_await aio::with_timeout(5s, gives_after(1s, 3)), 3);
    EXPECT_EQ(now() - begin, 1s);
    int object = 0;
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    EXPECT_EQ(&co_await aio::with_timeout(5s, refers(object)), &object);
    auto makes = []() -> aio::task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
    EXPECT_EQ(*co_await aio::with_timeout(5s, makes()), 3);
  }());
}

TEST(WithTimeout, GivesUpWhenTheTimeIsOver) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    EXPECT_THROW(co_await aio::with_timeout(1s, aio::sleep_for(1h)), aio::timed_out);
    EXPECT_EQ(now() - begin, 1s);
  }());
}

TEST(WithTimeout, ThrowsWhatTheWorkThrows) {
  aio::testing::run([]() -> aio::task<> {
    auto fails = []() -> aio::task<> {
      co_await aio::sleep_for(1s);
      throw std::invalid_argument("x");
    };
    EXPECT_THROW(co_await aio::with_timeout(2s, fails()), std::invalid_argument);
  }());
}

TEST(WithTimeout, StartsWorkAndTimeWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    bool begun = false;
    auto work = [](bool &to) -> aio::task<> {
      to = true;
      co_await aio::sleep_for(1h);
    };
    auto timed = aio::with_timeout(1s, work(begun));
    co_await aio::sleep_for(5s);
    EXPECT_FALSE(begun);
    const auto begin = now();
    EXPECT_THROW(co_await std::move(timed), aio::timed_out);
    EXPECT_TRUE(begun);
    EXPECT_EQ(now() - begin, 1s);
  }());
}

TEST(WithTimeout, LetsTheWorkBeginWhenTheTimeIsOverAlready) {
  aio::testing::run([]() -> aio::task<> {
    auto ready = []() -> aio::task<int> { co_return 4; };
    EXPECT_EQ(co_await aio::with_timeout(0s, ready()), 4);
    EXPECT_EQ(co_await aio::with_timeout(-1h, ready()), 4);
    EXPECT_THROW(co_await aio::with_timeout(0s, gives_after(1s, 1)), aio::timed_out);
  }());
}

TEST(WithTimeout, GivesWhatCameInSpiteOfIt) {
  aio::testing::run([]() -> aio::task<> {
    auto stubborn = []() -> aio::task<int> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      co_return 5;
    };
    EXPECT_EQ(co_await aio::with_timeout(1s, stubborn()), 5);
    auto fails = []() -> aio::task<int> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      throw std::invalid_argument("while it stopped");
    };
    EXPECT_THROW(co_await aio::with_timeout(1s, fails()), std::invalid_argument);
  }());
}

TEST(WithTimeout, LosesNothingThatComesAtTheSameTime) {
  aio::testing::run([]() -> aio::task<> {
    // The timeout's timer is the older one of the two, and so the first.
    EXPECT_THROW(co_await aio::with_timeout(1s, gives_after(1s, 3)), aio::timed_out);
    // Here the other one is; what it woke has not run when the time is over, and is still there.
    auto handle = aio::spawn(gives_after(1s, 3));
    co_await aio::checkpoint();
    EXPECT_THROW(co_await aio::with_timeout(1s, handle), aio::timed_out);
    EXPECT_EQ(co_await handle, 3);
  }());
}

TEST(WithTimeout, WaitsForTheEndOfTheWork) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto cleans_up = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      co_await aio::shield(aio::sleep_for(5s));
      co_await aio::checkpoint();
    };
    EXPECT_THROW(co_await aio::with_timeout(1s, cleans_up()), aio::timed_out);
    EXPECT_EQ(now() - begin, 6s);
  }());
}

TEST(WithTimeout, IsCancelledWithWhoAwaitsIt) {
  aio::testing::run([]() -> aio::task<> {
    auto waits = []() -> aio::task<> { co_await aio::with_timeout(1h, aio::sleep_for(2h)); };
    auto handle = aio::spawn(waits());
    co_await aio::sleep_for(1s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
  }());
}

TEST(WithTimeout, TheOuterOneGivesUpWhenBothTimesAreOver) {
  aio::testing::run([]() -> aio::task<> {
    bool inner = false;
    auto waits = [](bool &to) -> aio::task<> {
      try {
        co_await aio::with_timeout(1s, aio::sleep_for(1h));
      } catch (const aio::timed_out &) {
        to = true;
      }
      co_await aio::sleep_for(1h);
    };
    EXPECT_THROW(co_await aio::with_timeout(2s, waits(inner)), aio::timed_out);
    EXPECT_TRUE(inner);
    inner = false;
    EXPECT_THROW(co_await aio::with_timeout(1s, waits(inner)), aio::timed_out);
    EXPECT_FALSE(inner); // it is to stop, and nothing else
  }());
}

TEST(WithTimeout, LeavesNoTimerBehind) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    for (int i = 0; i != 100; ++i)
      co_await aio::with_timeout(24h, gives_after(1s, 1));
    co_await aio::sleep_for(1h);
    EXPECT_EQ(now() - begin, 1h + 100s);
  }());
}

TEST(WithTimeout, IsRefusedOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    bool refused = false;
    co_await aio::resume_on_worker();
    try {
      co_await aio::with_timeout(1s, gives_after(1s, 1));
    } catch (const std::logic_error &error) {
      refused = std::string(error.what()).find("with_timeout") != std::string::npos;
    }
    co_await aio::resume_on_loop();
    EXPECT_TRUE(refused);
  }());
}

TEST(WithTimeout, IsAwaitedOnce) {
  aio::testing::run([]() -> aio::task<> {
    auto timed = aio::with_timeout(1s, gives_after(0s, 1));
    EXPECT_EQ(co_await timed, 1);
    EXPECT_THROW(co_await timed, std::logic_error);
  }());
}

TEST(Deadline, GivesUpThen) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    EXPECT_THROW(co_await aio::deadline(begin + 2s, aio::sleep_for(1h)), aio::timed_out);
    EXPECT_EQ(now() - begin, 2s);
    EXPECT_EQ(co_await aio::deadline(begin + 1h, gives_after(1s, 3)), 3);
    EXPECT_THROW(co_await aio::deadline(begin, gives_after(1s, 3)), aio::timed_out); // it is over
  }());
}

TEST(Deadline, HoldsForSeveralCallsTogether) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    const auto until = begin + 3s;
    co_await aio::deadline(until, gives_after(2s, 1));
    EXPECT_THROW(co_await aio::deadline(until, gives_after(2s, 1)), aio::timed_out);
    EXPECT_EQ(now() - begin, 3s);
  }());
}

} // namespace
} // namespace time_tests
