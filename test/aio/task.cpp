//===- task.cpp - A coroutine that somebody awaits ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/spawn.hpp>
#include <aio/task.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace task_tests {
namespace {

static_assert(!std::is_copy_constructible_v<aio::task<int>>);
static_assert(!std::is_copy_assignable_v<aio::task<int>>);
static_assert(std::is_nothrow_move_constructible_v<aio::task<int>>);
static_assert(std::is_nothrow_move_assignable_v<aio::task<int>>);
static_assert(!std::is_default_constructible_v<aio::task<int>>);
static_assert(std::is_same_v<aio::task<>::value_type, void>);

/// Counts those that live.
class counted {
public:
  counted() noexcept { ++alive; }
  counted(const counted &) noexcept { ++alive; }
  counted &operator=(const counted &) = default;
  ~counted() { --alive; }

  static inline int alive = 0;
};

aio::task<int> gives(int value) {
  co_return value;
}

aio::task<> sets(bool &begun) {
  begun = true;
  co_return;
}

aio::task<int> throws(const char *what) {
  throw std::runtime_error(what);
  co_return 0;
}

TEST(Task, GivesItsValue) {
  EXPECT_EQ(aio::testing::run([]() -> aio::task<int> {
              const int one = co_await gives(1);
              const int two = co_await gives(2);
              co_return one + two;
            }()),
            3);
}

TEST(Task, GivesAReference) {
  int object = 1;
  int &given = aio::testing::run([](int &to) -> aio::task<int &> {
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    int &got = co_await refers(to);
    got = 7;
    co_return got;
  }(object));
  EXPECT_EQ(&given, &object);
  EXPECT_EQ(object, 7);
}

TEST(Task, GivesAConstReference) {
  const std::string object = "whole";
  const std::string &given = aio::testing::run(
      [](const std::string &to) -> aio::task<const std::string &> { co_return to; }(object));
  EXPECT_EQ(&given, &object);
}

TEST(Task, GivesWhatCanOnlyBeMoved) {
  auto given = aio::testing::run([]() -> aio::task<std::unique_ptr<int>> {
    auto makes = []() -> aio::task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    co_return co_await makes();
  }());
  EXPECT_EQ(*given, 5);
}

TEST(Task, GivesWhatHasNoDefault) {
  struct number {
    explicit number(int n) : value(n) {}
    int value;
  };
  const number given = aio::testing::run([]() -> aio::task<number> { co_return number(4); }());
  EXPECT_EQ(given.value, 4);
}

TEST(Task, GivesWhatBracesMake) {
  const auto given =
      aio::testing::run([]() -> aio::task<std::pair<int, std::string>> { co_return {1, "one"}; }());
  EXPECT_EQ(given, std::pair(1, std::string("one")));
}

TEST(Task, BeginsWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    bool begun = false;
    auto later = sets(begun);
    co_await aio::checkpoint();
    EXPECT_FALSE(begun);
    co_await std::move(later);
    EXPECT_TRUE(begun);
  }());
}

TEST(Task, NeverRunsWhenItIsNeverAwaited) {
  aio::testing::run([]() -> aio::task<> {
    bool begun = false;
    {
      auto dropped = sets(begun);
    }
    co_await aio::checkpoint();
    EXPECT_FALSE(begun);
  }());
}

TEST(Task, BeginsOnTheSameStep) {
  // Awaiting a task is no turn for others: only what waits is.
  aio::testing::run([]() -> aio::task<> {
    bool others = false;
    aio::spawn(sets(others)).detach();
    co_await gives(1);
    EXPECT_FALSE(others);
    co_await aio::checkpoint();
    EXPECT_TRUE(others);
  }());
}

TEST(Task, ThrowsWhereItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    auto later = throws("the disk is full");
    try {
      co_await std::move(later);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error &error) {
      EXPECT_STREQ(error.what(), "the disk is full");
    }
  }());
}

TEST(Task, ThrowsThroughWhoDoesNotCatch) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> { co_await throws("x"); }()),
               std::runtime_error);
}

TEST(Task, ThrowsWhatADestructorThrewAfterTheResult) {
  struct throws_late {
    ~throws_late() noexcept(false) { throw std::runtime_error("late"); }
  };
  aio::testing::run([]() -> aio::task<> {
    auto works = []() -> aio::task<std::shared_ptr<counted>> {
      throws_late local;
      co_return std::make_shared<counted>();
    };
    EXPECT_THROW(co_await works(), std::runtime_error);
    EXPECT_EQ(counted::alive, 0);
  }());
}

TEST(Task, IsCancelledWithWhoAwaitsIt) {
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    auto sleeps = [](bool &told) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        told = true;
        throw;
      }
    };
    auto outer = [&](bool &told) -> aio::task<> { co_await sleeps(told); };
    auto handle = aio::spawn(outer(stopped));
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_TRUE(stopped);
  }());
}

TEST(Task, IsAwaitedOnce) {
  aio::testing::run([]() -> aio::task<> {
    auto once = gives(1);
    EXPECT_TRUE(once.valid());
    EXPECT_EQ(co_await std::move(once), 1);
    EXPECT_FALSE(once.valid());
    EXPECT_THROW(co_await std::move(once), std::logic_error);
  }());
}

TEST(Task, HasNothingToAwaitWhenItWasMovedFrom) {
  aio::testing::run([]() -> aio::task<> {
    auto first = gives(1);
    auto second = std::move(first);
    EXPECT_FALSE(first.valid()); // NOLINT(bugprone-use-after-move)
    EXPECT_TRUE(second.valid());
    EXPECT_THROW(co_await std::move(first), std::logic_error);
    EXPECT_EQ(co_await std::move(second), 1);
  }());
}

TEST(Task, DestroysWhatItHadWhenItIsAssignedTo) {
  auto holds = [](counted) -> aio::task<> { co_return; };
  auto first = holds(counted());
  auto second = holds(counted());
  EXPECT_EQ(counted::alive, 2);
  first = std::move(second);
  EXPECT_EQ(counted::alive, 1);
  EXPECT_TRUE(first.valid());
  first.swap(second);
  EXPECT_TRUE(second.valid());
  EXPECT_FALSE(first.valid());
}

TEST(Task, FreesItsFrameWithItself) {
  aio::testing::run([]() -> aio::task<> {
    auto holds = [](counted) -> aio::task<int> {
      counted local;
      co_await aio::checkpoint();
      co_return counted::alive;
    };
    EXPECT_GE(co_await holds(counted()), 2);
    EXPECT_EQ(counted::alive, 0);
    {
      auto never = holds(counted());
      EXPECT_EQ(counted::alive, 1);
    }
    EXPECT_EQ(counted::alive, 0);
  }());
}

TEST(Task, DestroysItsResultWhenNobodyTakesIt) {
  aio::testing::run([]() -> aio::task<> {
    auto makes = []() -> aio::task<counted> { co_return counted(); };
    auto handle = aio::spawn(makes());
    co_await aio::checkpoint();
    EXPECT_EQ(counted::alive, 1);
    std::move(handle).detach();
  }());
  EXPECT_EQ(counted::alive, 0);
}

TEST(Task, ResumesOnTheThreadThatAwaitsIt) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    auto hops = [](std::thread::id from) -> aio::task<int> {
      EXPECT_EQ(std::this_thread::get_id(), from); // it starts where it is awaited
      co_await aio::resume_on_worker();
      EXPECT_NE(std::this_thread::get_id(), from);
      co_return 3;
    };
    EXPECT_EQ(co_await hops(loop), 3);
    EXPECT_EQ(std::this_thread::get_id(), loop);

    auto back = []() -> aio::task<> { co_await aio::resume_on_loop(); };
    co_await aio::resume_on_worker();
    const bool on_loop = std::this_thread::get_id() == loop;
    co_await back();
    const bool on_loop_after = std::this_thread::get_id() == loop;
    co_await aio::resume_on_loop();
    EXPECT_FALSE(on_loop);
    EXPECT_FALSE(on_loop_after);
  }());
}

// GCC transfers without growing the stack only from -O2 on, which the preprocessor does not tell.
#ifdef __clang__
constexpr int many = 1'000'000;
#else
constexpr int many = 2'000;
#endif

TEST(Task, AwaitsAsOftenAsYouLikeInALoop) {
  const long sum = aio::testing::run([]() -> aio::task<long> {
    long all = 0;
    for (int i = 0; i != many; ++i)
      all += co_await gives(1);
    co_return all;
  }());
  EXPECT_EQ(sum, many);
}

aio::task<int> deep(int levels) {
  if (levels == 0)
    co_return 0;
  const int below = co_await deep(levels - 1);
  co_return below + 1;
}

TEST(Task, AwaitsAsDeepAsYouLike) {
  EXPECT_EQ(aio::testing::run(deep(many / 10)), many / 10);
}

aio::task<int> deep_and_waiting(int levels) {
  if (levels == 0)
    co_await aio::sleep_for(1h);
  else
    co_return 1 + co_await deep_and_waiting(levels - 1);
  co_return 0;
}

TEST(Task, WaitsAsDeepAsYouLike) {
  EXPECT_EQ(aio::testing::run(deep_and_waiting(many / 10)), many / 10);
}

TEST(Task, IsCancelledAsDeepAsYouLike) {
  aio::testing::run([]() -> aio::task<> {
    auto handle = aio::spawn(deep_and_waiting(many / 100));
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
  }());
}

} // namespace
} // namespace task_tests
