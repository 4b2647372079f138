//===- generator.cpp - One item after the other ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/generator.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;

namespace generator_tests {
namespace {

using numbers = aio::async_generator<int>;

static_assert(!std::is_copy_constructible_v<numbers>);
static_assert(!std::is_copy_assignable_v<numbers>);
static_assert(std::is_nothrow_move_constructible_v<numbers>);
static_assert(std::is_nothrow_move_assignable_v<numbers>);
static_assert(std::is_same_v<aio::async_generator<const int &>::value_type, int>);

template <class T> using item_of = decltype(std::declval<T &>().next().await_resume());
static_assert(std::is_same_v<item_of<numbers>, int *>);
static_assert(std::is_same_v<item_of<aio::async_generator<int &>>, int *>);
static_assert(std::is_same_v<item_of<aio::async_generator<const int &>>, const int *>);

numbers count(int from, int to) {
  for (int i = from; i != to; ++i)
    co_yield i;
}

numbers count_slowly(int from, int to) {
  for (int i = from; i != to; ++i) {
    co_await aio::sleep_for(1s);
    co_yield i;
  }
}

aio::task<std::vector<int>> all_of(numbers items) {
  std::vector<int> result;
  while (auto *item = co_await items.next())
    result.push_back(*item);
  co_return result;
}

/// Says when it is destroyed.
struct flagged {
  explicit flagged(bool &f) noexcept : flag(&f) {}
  flagged(const flagged &) = delete;
  flagged &operator=(const flagged &) = delete;
  ~flagged() { *flag = true; }
  bool *flag;
};

//===- Items --------------------------------------------------------------===//

TEST(Generator, GivesOneItemAfterTheOther) {
  aio::testing::run([]() -> aio::task<> {
    const auto five = co_await all_of(count(0, 5));
    EXPECT_EQ(five, (std::vector{0, 1, 2, 3, 4}));
    const auto none = co_await all_of(count(0, 0));
    EXPECT_TRUE(none.empty());
  }());
}

TEST(Generator, ItsBodyAwaits) {
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    aio::testing::run(
        []() -> aio::task<> {
          const auto begin = aio::detail::scheduler::current()->now();
          auto beside = aio::spawn(all_of(count_slowly(0, 5)));
          const auto here = co_await all_of(count_slowly(10, 13));
          EXPECT_EQ(here, (std::vector{10, 11, 12}));
          const auto there = co_await beside;
          EXPECT_EQ(there, (std::vector{0, 1, 2, 3, 4}));
          EXPECT_EQ(aio::detail::scheduler::current()->now() - begin, 5s);
        }(),
        seed);
  }
}

TEST(Generator, AwaitsTasksLocksAndGenerators) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto sums = [](aio::mutex &mutex, numbers items) -> numbers {
      int sum = 0;
      while (auto *item = co_await items.next()) {
        auto guard = co_await mutex.lock();
        const auto add = [](int a, int b) -> aio::task<int> {
          co_await aio::checkpoint();
          co_return a + b;
        };
        sum = co_await add(sum, *item);
        co_yield sum;
      }
    };
    const auto added = co_await all_of(sums(m, count_slowly(1, 5)));
    EXPECT_EQ(added, (std::vector{1, 3, 6, 10}));
    EXPECT_TRUE(m.try_lock());
  }());
}

TEST(Generator, RunsUpToTheNextYieldAndNotOtherwise) {
  aio::testing::run([]() -> aio::task<> {
    int at = 0;
    auto steps = [](int &now) -> numbers {
      now = 1;
      co_yield 10;
      now = 2;
      co_yield 20;
      now = 3;
    }(at);
    co_await aio::sleep_for(1s);
    EXPECT_EQ(at, 0);
    auto next = steps.next();
    EXPECT_EQ(at, 0);
    EXPECT_EQ(*co_await std::move(next), 10);
    EXPECT_EQ(at, 1);
    co_await aio::sleep_for(1s);
    EXPECT_EQ(at, 1);
    EXPECT_EQ(*co_await steps.next(), 20);
    EXPECT_EQ(at, 2);
    EXPECT_EQ(co_await steps.next(), nullptr);
    EXPECT_EQ(at, 3);
    EXPECT_EQ(co_await steps.next(), nullptr); // and each time after that
    EXPECT_EQ(co_await steps.next(), nullptr);
  }());
}

TEST(Generator, ManyItemsNeedNoStack) {
#if !defined(__clang__) && !defined(__OPTIMIZE__)
  GTEST_SKIP() << "GCC makes no tail calls of symmetric transfers without optimization";
#endif
  aio::testing::run([]() -> aio::task<> {
    auto items = count(0, 200'000);
    std::int64_t sum = 0;
    while (auto *item = co_await items.next())
      sum += *item;
    EXPECT_EQ(sum, 199'999LL * 100'000);
  }());
}

//===- What an item is ----------------------------------------------------===//

TEST(Generator, WhoTakesAnItemMayMoveFromIt) {
  aio::testing::run([]() -> aio::task<> {
    auto owned = []() -> aio::async_generator<std::unique_ptr<int>> {
      for (int i = 0; i != 3; ++i)
        co_yield std::make_unique<int>(i);
      auto last = std::make_unique<int>(3);
      co_yield std::move(last);
      EXPECT_EQ(last, nullptr);
    }();
    std::vector<std::unique_ptr<int>> kept;
    while (auto *item = co_await owned.next())
      kept.push_back(std::move(*item));
    EXPECT_EQ(kept.size(), 4u);
    for (int i = 0; i != 4; ++i)
      EXPECT_EQ(*kept[static_cast<std::size_t>(i)], i);
  }());
}

TEST(Generator, CopiesAnLvalueThatItYields) {
  aio::testing::run([]() -> aio::task<> {
    auto lines = []() -> aio::async_generator<std::string> {
      std::string line = "a line that is too long to be kept in the string itself";
      const std::string constant = "constant";
      co_yield line;
      EXPECT_EQ(line, "a line that is too long to be kept in the string itself");
      co_yield constant;
      EXPECT_EQ(constant, "constant");
      co_yield "a literal";
      co_yield {};
    }();
    std::vector<std::string> kept;
    while (auto *line = co_await lines.next())
      kept.push_back(std::move(*line));
    EXPECT_EQ(kept,
              (std::vector<std::string>{"a line that is too long to be kept in the string itself",
                                        "constant", "a literal", ""}));
  }());
}

TEST(Generator, OfReferencesGivesTheBodysOwnObject) {
  aio::testing::run([]() -> aio::task<> {
    auto counters = []() -> aio::async_generator<int &> {
      int counter = 1;
      while (counter < 100)
        co_yield counter;
      EXPECT_EQ(counter, 128);
    }();
    int items = 0;
    const int *where = nullptr;
    while (auto *item = co_await counters.next()) {
      EXPECT_TRUE(!where || item == where);
      where = item;
      *item *= 2;
      ++items;
    }
    EXPECT_EQ(items, 7);
  }());
}

TEST(Generator, OfConstReferencesGivesWhatWasYieldedWithoutACopy) {
  aio::testing::run([]() -> aio::task<> {
    const std::string *yielded = nullptr;
    auto lines = [](const std::string *&at) -> aio::async_generator<const std::string &> {
      std::string line = "a local object";
      at = &line;
      co_yield line;
      at = nullptr;
      co_yield std::string("an object that lives as long as it is looked at");
      co_yield "what becomes one";
    }(yielded);
    EXPECT_EQ(co_await lines.next(), yielded);
    EXPECT_EQ(*co_await lines.next(), "an object that lives as long as it is looked at");
    EXPECT_EQ(*co_await lines.next(), "what becomes one");
    EXPECT_EQ(co_await lines.next(), nullptr);
  }());
}

TEST(Generator, AnItemLivesUntilTheNextOne) {
  aio::testing::run([]() -> aio::task<> {
    auto items = []() -> aio::async_generator<std::shared_ptr<int>> {
      const auto shared = std::make_shared<int>(1);
      co_yield shared;
      EXPECT_EQ(shared.use_count(), 1); // the copy is gone
      co_yield std::shared_ptr<int>(shared);
      EXPECT_EQ(shared.use_count(), 1);
    }();
    auto *item = co_await items.next();
    co_await aio::sleep_for(1s);
    EXPECT_EQ(item->use_count(), 2);
    item = co_await items.next();
    co_await aio::sleep_for(1s);
    EXPECT_EQ(item->use_count(), 2);
    EXPECT_EQ(co_await items.next(), nullptr);
  }());
}

//===- Ends ---------------------------------------------------------------===//

TEST(Generator, ThrowsWhatItsBodyThrowsAndEnds) {
  aio::testing::run([]() -> aio::task<> {
    bool destroyed = false;
    auto items = [](bool &gone) -> numbers {
      flagged local(gone);
      co_yield 1;
      co_await aio::checkpoint();
      throw std::domain_error("from the body");
    }(destroyed);
    EXPECT_EQ(*co_await items.next(), 1);
    try {
      (void)co_await items.next();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::domain_error &thrown) {
      EXPECT_STREQ(thrown.what(), "from the body");
    }
    EXPECT_TRUE(destroyed);
    EXPECT_EQ(co_await items.next(), nullptr);
  }());
}

TEST(Generator, MayThrowBeforeItsFirstItem) {
  aio::testing::run([]() -> aio::task<> {
    auto items = []() -> numbers {
      throw std::domain_error("at once");
      co_yield 1;
    }();
    EXPECT_THROW((void)co_await items.next(), std::domain_error);
    EXPECT_EQ(co_await items.next(), nullptr);
  }());
}

TEST(Generator, DestroyedEarlyDestroysItsBodyAtItsYield) {
  aio::testing::run([]() -> aio::task<> {
    bool destroyed = false;
    bool went_on = false;
    {
      auto items = [](bool &gone, bool &after) -> aio::async_generator<std::string> {
        flagged local(gone);
        const std::string line = "a line that is too long to be kept in the string itself";
        try {
          co_yield line;
          after = true;
        } catch (...) {
          after = true;
        }
        after = true;
      }(destroyed, went_on);
      EXPECT_TRUE(co_await items.next());
      EXPECT_FALSE(destroyed);
    }
    EXPECT_TRUE(destroyed);
    EXPECT_FALSE(went_on);
  }());
}

TEST(Generator, WhatItHoldsAcrossAYieldIsGivenUp) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    {
      auto items = [](aio::mutex &mutex) -> numbers {
        auto guard = co_await mutex.lock();
        co_yield 1;
      }(m);
      EXPECT_TRUE(co_await items.next());
      EXPECT_FALSE(m.try_lock());
    }
    EXPECT_TRUE(m.try_lock());
  }());
}

TEST(Generator, OneThatIsDestroyedUnstartedIsNotReported) {
  std::vector<aio::report> reports;
  const auto before =
      aio::set_report_handler([&](const aio::report &one) { reports.push_back(one); });
  aio::run(
      []() -> aio::task<> {
        const auto parameter = std::make_shared<int>(1);
        {
          auto items = [](std::shared_ptr<int> given) -> numbers { co_yield *given; }(parameter);
          EXPECT_EQ(parameter.use_count(), 2);
          (void)items;
        }
        EXPECT_EQ(parameter.use_count(), 1);
        co_return;
      }(),
      {.debug = true, .handle_signals = false});
  aio::set_report_handler(before);
  EXPECT_TRUE(reports.empty());
}

TEST(Generator, CanBeMoved) {
  aio::testing::run([]() -> aio::task<> {
    bool destroyed = false;
    auto first = [](bool &gone) -> numbers {
      flagged local(gone);
      co_yield 1;
      co_yield 2;
    }(destroyed);
    EXPECT_EQ(*co_await first.next(), 1);
    auto second = std::move(first);
    EXPECT_EQ(*co_await second.next(), 2);
    EXPECT_THROW((void)co_await first.next(), std::logic_error);
    second = count(5, 6);
    EXPECT_TRUE(destroyed);
    EXPECT_EQ(*co_await second.next(), 5);
    second.swap(first);
    EXPECT_EQ(co_await first.next(), nullptr);
    EXPECT_THROW((void)co_await second.next(), std::logic_error);
  }());
}

TEST(Generator, ItsNextIsAwaitedByOneAtATime) {
  aio::testing::run([]() -> aio::task<> {
    auto items = count_slowly(0, 2);
    auto other = aio::spawn([](numbers &of) -> aio::task<int> {
      auto *item = co_await of.next();
      co_return *item;
    }(items));
    co_await aio::sleep_for(1ms);
    try {
      (void)co_await items.next();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::logic_error &thrown) {
      EXPECT_NE(std::string(thrown.what()).find("count_slowly"), std::string::npos)
          << thrown.what();
    }
    EXPECT_EQ(co_await other, 0);
    EXPECT_EQ(*co_await items.next(), 1);
  }());
}

//===- Cancelling ---------------------------------------------------------===//

TEST(Generator, IsCancelledWithWhoAwaitsItsNext) {
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    aio::testing::run(
        []() -> aio::task<> {
          bool destroyed = false;
          bool heard = false;
          auto consumer = aio::spawn([](bool &gone, bool &told) -> aio::task<> {
            auto items = [](bool &flag, bool &said) -> numbers {
              flagged local(flag);
              co_yield 1;
              try {
                co_await aio::sleep_for(1h);
              } catch (const aio::cancelled &) {
                said = true;
                throw;
              }
            }(gone, told);
            EXPECT_TRUE(co_await items.next());
            (void)co_await items.next();
            ADD_FAILURE() << "it was cancelled";
          }(destroyed, heard));
          co_await aio::sleep_for(1s);
          consumer.cancel();
          EXPECT_THROW(co_await consumer, aio::task_cancelled);
          EXPECT_TRUE(destroyed);
          EXPECT_TRUE(heard);
        }(),
        seed);
  }
}

TEST(Generator, ATimeoutOfItsNextEndsIt) {
  aio::testing::run([]() -> aio::task<> {
    auto items = count_slowly(0, 3);
    EXPECT_EQ(*co_await aio::with_timeout(2s, items.next()), 0);
    EXPECT_THROW((void)co_await aio::with_timeout(500ms, items.next()), aio::timed_out);
    EXPECT_EQ(co_await items.next(), nullptr);
  }());
}

TEST(Generator, ABodyThatCatchesCancelledMayYieldOn) {
  aio::testing::run([]() -> aio::task<> {
    auto items = []() -> numbers {
      for (int i = 0;; ++i) {
        bool stopped = false;
        try {
          co_await aio::sleep_for(1h);
        } catch (const aio::cancelled &) {
          stopped = true;
        }
        co_yield stopped ? -i : i;
      }
    }();
    EXPECT_EQ(*co_await items.next(), 0);
    // Each next() belongs to another scope, and the body with it.
    EXPECT_EQ(*co_await aio::with_timeout(1s, items.next()), -1);
    EXPECT_EQ(*co_await items.next(), 2);
    EXPECT_EQ(*co_await aio::with_timeout(1s, items.next()), -3);
    EXPECT_EQ(*co_await items.next(), 4);
  }());
}

TEST(Generator, CanBeTakenFromInOneScopeAfterTheOther) {
  aio::testing::run([]() -> aio::task<> {
    auto items = count_slowly(0, 3);
    const auto one = [](numbers &of) -> aio::task<int> {
      auto *item = co_await of.next();
      co_return *item;
    };
    {
      auto first = aio::spawn(one(items));
      EXPECT_EQ(co_await first, 0);
    }
    {
      auto second = aio::spawn(one(items)); // the first one's scope is gone
      EXPECT_EQ(co_await second, 1);
    }
    EXPECT_EQ(*co_await items.next(), 2);
    EXPECT_EQ(co_await items.next(), nullptr);
  }());
}

TEST(Generator, NextItselfIsNoPlaceToBeCancelled) {
  aio::testing::run([]() -> aio::task<> {
    auto consumer = aio::spawn([]() -> aio::task<> {
      auto items = count(0, 3);
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      for (int i = 0; i != 3; ++i)
        EXPECT_EQ(*co_await items.next(), i);
      EXPECT_EQ(co_await items.next(), nullptr);
      auto slow = count_slowly(0, 3); // but the body's co_await is one
      EXPECT_THROW((void)co_await slow.next(), aio::cancelled);
    }());
    co_await aio::sleep_for(1s);
    consumer.cancel();
    co_await consumer;
  }());
}

//===- Threads ------------------------------------------------------------===//

TEST(Generator, AHopOfItsBodyLastsUntilItsNextYield) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    auto items = [](std::thread::id home) -> numbers {
      for (int i = 0; i != 20; ++i) {
        EXPECT_EQ(std::this_thread::get_id(), home);
        co_await aio::resume_on_worker();
        EXPECT_NE(std::this_thread::get_id(), home);
        co_yield i;
      }
      co_await aio::resume_on_worker();
    }(loop);
    for (int i = 0; i != 20; ++i) {
      auto *item = co_await items.next();
      EXPECT_EQ(std::this_thread::get_id(), loop);
      EXPECT_EQ(*item, i);
    }
    EXPECT_EQ(co_await items.next(), nullptr);
    EXPECT_EQ(std::this_thread::get_id(), loop);
  }());
}

TEST(Generator, AnErrorOnAWorkerIsThrownOnTheLoop) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    auto items = []() -> numbers {
      co_await aio::resume_on_worker();
      throw std::domain_error("on a worker");
      co_yield 1;
    }();
    EXPECT_THROW((void)co_await items.next(), std::domain_error);
    EXPECT_EQ(std::this_thread::get_id(), loop);
  }());
}

TEST(Generator, GoesOnOnTheThreadOfWhoAwaitsItsNext) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    auto items = [](std::thread::id home) -> numbers {
      EXPECT_NE(std::this_thread::get_id(), home);
      co_yield 1;
      EXPECT_EQ(std::this_thread::get_id(), home);
      co_await aio::sleep_for(1ms);
      co_yield 2;
      EXPECT_NE(std::this_thread::get_id(), home);
      co_await aio::resume_on_loop();
      EXPECT_EQ(std::this_thread::get_id(), home);
      co_yield 3;
    }(loop);
    co_await aio::resume_on_worker();
    EXPECT_EQ(*co_await items.next(), 1);
    EXPECT_NE(std::this_thread::get_id(), loop);
    co_await aio::resume_on_loop();
    EXPECT_EQ(*co_await items.next(), 2);
    EXPECT_EQ(std::this_thread::get_id(), loop);
    co_await aio::resume_on_worker();
    EXPECT_EQ(*co_await items.next(), 3);
    EXPECT_NE(std::this_thread::get_id(), loop);
    co_await aio::resume_on_loop();
  }());
}

//===- Reports ------------------------------------------------------------===//

TEST(Generator, IsInTheTreeOfCoroutines) {
  aio::testing::run([]() -> aio::task<> {
    auto consumer = aio::spawn(all_of(count_slowly(0, 2)));
    co_await aio::sleep_for(1ms);
    const std::string tree = aio::task_tree();
    EXPECT_NE(tree.find("count_slowly"), std::string::npos) << tree;
    EXPECT_NE(tree.find("all_of"), std::string::npos) << tree;
    co_await consumer;
  }());
}

} // namespace
} // namespace generator_tests
