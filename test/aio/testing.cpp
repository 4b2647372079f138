//===- testing.cpp - Time that does not pass, and every order -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

using namespace std::chrono_literals;
using aio::testing::now;

namespace testing_tests {
namespace {

aio::task<> note(std::string &order, char name) {
  order += name;
  co_return;
}

aio::task<> note_after(std::string &order, char name, aio::clock::duration time) {
  co_await aio::sleep_for(time);
  order += name;
}

//===- The clock ----------------------------------------------------------===//

TEST(VirtualTime, JumpsToTheNextSleeper) {
  std::string order;
  aio::testing::run([](std::string &noted) -> aio::task<> {
    const auto begin = now();
    co_await aio::gather(note_after(noted, 'c', 365 * 24h), note_after(noted, 'a', 1ns),
                         note_after(noted, 'b', 1h));
    EXPECT_EQ(now() - begin, 365 * 24h);
  }(order));
  EXPECT_EQ(order, "abc");
}

TEST(VirtualTime, StandsStillWhileAnythingCanRun) {
  aio::testing::run([]() -> aio::task<> {
    bool awake = false;
    auto sleeper = aio::spawn([](bool &woken) -> aio::task<> {
      co_await aio::sleep_for(1ns);
      woken = true;
    }(awake));
    co_await aio::checkpoint();
    const auto begin = now();
    for (int i = 0; i != 1000; ++i)
      co_await aio::checkpoint();
    EXPECT_EQ(now(), begin);
    EXPECT_FALSE(awake);
    co_await std::move(sleeper);
    EXPECT_EQ(now() - begin, 1ns);
  }());
}

TEST(VirtualTime, IsTheSameForAllWhoWakeAtOneTime) {
  aio::testing::run([]() -> aio::task<> {
    const auto until = now() + 1h;
    const auto wake = [](aio::clock::time_point when) -> aio::task<> {
      co_await aio::sleep_until(when);
      EXPECT_EQ(now(), when);
      co_await aio::checkpoint();
      EXPECT_EQ(now(), when);
    };
    co_await aio::gather(wake(until), wake(until), wake(until));
  }());
}

TEST(VirtualTime, GoesOnInTheOrderInWhichTimersOfOneTimeWereAdded) {
  std::string order;
  aio::testing::run([](std::string &noted) -> aio::task<> {
    co_await aio::gather(note_after(noted, 'a', 5ms), note_after(noted, 'b', 5ms),
                         note_after(noted, 'c', 4ms), note_after(noted, 'd', 5ms));
  }(order));
  EXPECT_EQ(order, "cabd");
}

TEST(VirtualTime, WaitsForWorkers) {
  aio::testing::run([]() -> aio::task<> {
    std::atomic<bool> asleep = false;
    std::atomic<bool> ended = false;
    auto sleeper = aio::spawn([](std::atomic<bool> &sleeps, std::atomic<bool> &end) -> aio::task<> {
      sleeps = true;
      co_await aio::sleep_for(1ns);
      EXPECT_TRUE(end);
    }(asleep, ended));
    const auto begin = now();
    co_await aio::to_thread([&] {
      while (!asleep)
        std::this_thread::yield();
      for (int i = 0; i != 1000; ++i)
        std::this_thread::yield();
      ended = true;
    });
    EXPECT_EQ(now(), begin);
    co_await std::move(sleeper);
    EXPECT_EQ(now() - begin, 1ns);
  }());
}

TEST(VirtualTime, DoesNotHideADeadlock) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 aio::event never;
                 co_await aio::sleep_for(1h);
                 co_await never.wait();
               }()),
               aio::deadlock);
}

TEST(VirtualTime, IsAskedForOnALoop) {
  EXPECT_THROW(now(), std::logic_error);
}

TEST(TestingRun, GivesWhatTheTaskGivesAndThrows) {
  EXPECT_EQ(aio::testing::run([]() -> aio::task<int> { co_return 7; }()), 7);
  EXPECT_EQ(aio::testing::run([]() -> aio::task<int> { co_return 7; }(), 1), 7);
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 throw std::runtime_error("no");
                 co_return;
               }()),
               std::runtime_error);
}

TEST(TestingRun, LeavesSignalsAlone) {
  const auto handlers = [] { // a shell's background job ignores SIGINT
    std::vector<sighandler_t> result;
    for (const int signal : {SIGINT, SIGTERM}) {
      struct sigaction found{};
      EXPECT_EQ(sigaction(signal, nullptr, &found), 0);
      result.push_back(found.sa_handler);
    }
    return result;
  };
  const auto before = handlers();
  aio::testing::run([&]() -> aio::task<> {
    EXPECT_EQ(handlers(), before);
    co_return;
  }());
}

//===- The order ----------------------------------------------------------===//

/// Who ran first of four, at their beginning and after a sleep.
std::string order_of(std::uint64_t seed) {
  std::string order;
  aio::testing::run(
      [](std::string &noted) -> aio::task<> {
        co_await aio::gather(note(noted, 'a'), note(noted, 'b'), note(noted, 'c'),
                             note(noted, 'd'));
        co_await aio::gather(note_after(noted, 'A', 1h), note_after(noted, 'B', 1h),
                             note_after(noted, 'C', 1h));
      }(order),
      seed);
  return order;
}

TEST(SeededOrder, IsTheSameForTheSameSeed) {
  for (std::uint64_t seed = 0; seed != 20; ++seed)
    EXPECT_EQ(order_of(seed), order_of(seed)) << seed;
}

TEST(SeededOrder, ComesToEveryOrder) {
  std::set<std::string> begun;
  std::set<std::string> woken;
  for (std::uint64_t seed = 0; seed != 400; ++seed) {
    const std::string order = order_of(seed);
    ASSERT_EQ(order.size(), 7u);
    begun.insert(order.substr(0, 4));
    woken.insert(order.substr(4));
  }
  EXPECT_EQ(begun.size(), 24u);
  EXPECT_EQ(woken.size(), 6u) << "also of those that wake at one time";
}

TEST(SeededOrder, KeepsTheOrderOfTimes) {
  aio::testing::for_each_seed(50, []() -> aio::task<> {
    std::string order;
    co_await aio::gather(note_after(order, 'c', 3s), note_after(order, 'a', 1s),
                         note_after(order, 'b', 2s));
    EXPECT_EQ(order, "abc");
  });
}

TEST(SeededOrder, WithoutASeedFirstComeFirstServed) {
  std::string order;
  aio::testing::run([](std::string &noted) -> aio::task<> {
    co_await aio::gather(note(noted, 'a'), note(noted, 'b'), note(noted, 'c'));
  }(order));
  EXPECT_EQ(order, "abc");
}

//===- for_each_seed ------------------------------------------------------===//

TEST(ForEachSeed, RunsEachWithItsSeed) {
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> orders;
  aio::testing::for_each_seed(10, [&](std::uint64_t seed) -> aio::task<> {
    seeds.push_back(seed);
    std::string order;
    co_await aio::gather(note(order, 'a'), note(order, 'b'), note(order, 'c'), note(order, 'd'));
    co_await aio::gather(note_after(order, 'A', 1h), note_after(order, 'B', 1h),
                         note_after(order, 'C', 1h));
    orders.push_back(order);
  });
  EXPECT_EQ(seeds, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  ASSERT_EQ(orders.size(), 10u);
  for (std::uint64_t seed = 0; seed != 10; ++seed)
    EXPECT_EQ(orders[seed], order_of(seed));
}

TEST(ForEachSeed, SaysTheSeedThatFailed) {
  int runs = 0;
  try {
    aio::testing::for_each_seed(10, [&]() -> aio::task<int> {
      if (++runs == 4)
        throw std::out_of_range("too far");
      co_return runs;
    });
    FAIL();
  } catch (const aio::testing::seed_failed &failed) {
    EXPECT_EQ(failed.seed(), 3u);
    EXPECT_STREQ(failed.what(), "with seed 3: too far");
    EXPECT_THROW(std::rethrow_if_nested(failed), std::out_of_range);
  }
  EXPECT_EQ(runs, 4);
}

TEST(ForEachSeed, SaysItAlsoOfWhatIsNoException) {
  try {
    aio::testing::for_each_seed(1, []() -> aio::task<> {
      throw aio::cancelled();
      co_return;
    });
    FAIL();
  } catch (const aio::testing::seed_failed &failed) {
    EXPECT_STREQ(failed.what(), "with seed 0: no std::exception");
    EXPECT_THROW(std::rethrow_if_nested(failed), aio::cancelled);
  }
}

} // namespace
} // namespace testing_tests
