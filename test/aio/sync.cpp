//===- sync.cpp - Taking turns --------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/loop.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;

namespace sync_tests {
namespace {

constexpr std::uint64_t seeds = 200;

template <class F> void for_every_seed(F test) {
  for (std::uint64_t seed = 0; seed != seeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    aio::testing::run(test(), seed);
  }
}

/// Lets all others run until they wait.
aio::task<> settle() {
  co_await aio::sleep_for(1us);
}

/// Collects what debug mode reports, and puts the handler back.
class reports {
public:
  reports() {
    before_ = aio::set_report_handler([this](const aio::report &one) { collected.push_back(one); });
  }
  ~reports() { aio::set_report_handler(before_); }

  std::vector<aio::report> collected;

private:
  std::function<void(const aio::report &)> before_;
};

constexpr aio::run_options debugging{.debug = true, .handle_signals = false, .virtual_time = true};

static_assert(!std::is_copy_constructible_v<aio::scoped_lock>);
static_assert(std::is_nothrow_move_constructible_v<aio::scoped_lock>);
static_assert(std::is_nothrow_move_assignable_v<aio::scoped_lock>);
static_assert(!std::is_copy_constructible_v<aio::permit>);
static_assert(std::is_nothrow_move_constructible_v<aio::permit>);
static_assert(std::is_nothrow_move_assignable_v<aio::permit>);
static_assert(!std::is_move_constructible_v<aio::mutex>);
static_assert(!std::is_move_constructible_v<aio::semaphore>);
static_assert(!std::is_move_constructible_v<aio::event>);

//===- mutex --------------------------------------------------------------===//

TEST(Mutex, IsHeldByOneAtATime) {
  for_every_seed([]() -> aio::task<> {
    aio::mutex m;
    int inside = 0;
    int done = 0;
    const auto work = [](aio::mutex &mutex, int &in, int &ended) -> aio::task<> {
      for (int i = 0; i != 3; ++i) {
        auto guard = co_await mutex.lock();
        EXPECT_TRUE(guard.owns_lock());
        EXPECT_EQ(++in, 1);
        co_await aio::checkpoint();
        --in;
      }
      ++ended;
    };
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 5; ++i)
      all.push_back(aio::spawn(work(m, inside, done)));
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(done, 5);
    EXPECT_TRUE(m.try_lock());
  });
}

TEST(Mutex, IsLockedAtOnceWhenNobodyHoldsIt) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    bool other = false;
    auto beside = aio::spawn([](bool &ran) -> aio::task<> {
      ran = true;
      co_return;
    }(other));
    {
      auto guard = co_await m.lock();
      EXPECT_FALSE(other); // without a turn for the others
    }
    co_await beside;
  }());
}

TEST(Mutex, StartsToWaitWhenAwaited) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto asked = m.lock();
    auto first = m.try_lock();
    EXPECT_TRUE(first);
    first.unlock();
    auto guard = co_await std::move(asked);
    EXPECT_TRUE(guard);
  }());
}

TEST(Mutex, GoesToWhoHasWaitedLongest) {
  for_every_seed([]() -> aio::task<> {
    aio::mutex m;
    std::vector<int> came;
    std::vector<int> held;
    std::vector<aio::join_handle<void>> all;
    {
      auto guard = co_await m.lock();
      for (int i = 0; i != 6; ++i)
        all.push_back(aio::spawn([](aio::mutex &mutex, int me, std::vector<int> &in,
                                    std::vector<int> &out) -> aio::task<> {
          in.push_back(me);
          auto mine = co_await mutex.lock();
          out.push_back(me);
          co_await aio::checkpoint();
        }(m, i, came, held)));
      co_await settle();
      EXPECT_EQ(came.size(), 6u);
      EXPECT_TRUE(held.empty());
    }
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(held, came);
  });
}

TEST(Mutex, IsHandedOverSoThatNobodyOvertakes) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto guard = co_await m.lock();
    bool got = false;
    auto waiter = aio::spawn([](aio::mutex &mutex, bool &has) -> aio::task<> {
      auto mine = co_await mutex.lock();
      has = true;
    }(m, got));
    co_await settle();
    guard.unlock();
    EXPECT_FALSE(guard);
    EXPECT_FALSE(got);          // it is resumed in one of the next steps,
    EXPECT_FALSE(m.try_lock()); // and has the mutex already
    auto again = co_await m.lock();
    EXPECT_TRUE(got);
    co_await waiter;
  }());
}

TEST(Mutex, TryLockGivesAnEmptyGuardWhenItIsHeld) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto first = m.try_lock();
    EXPECT_TRUE(first.owns_lock());
    auto second = m.try_lock();
    EXPECT_FALSE(second.owns_lock());
    EXPECT_FALSE(second);
    second.unlock(); // does nothing
    EXPECT_FALSE(m.try_lock());
    first.unlock();
    EXPECT_TRUE(m.try_lock());
    co_return;
  }());
}

TEST(Mutex, ItsGuardCanBeHandedOn) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    aio::mutex other;
    aio::scoped_lock kept;
    EXPECT_FALSE(kept);
    {
      auto guard = co_await m.lock();
      kept = std::move(guard);
    }
    EXPECT_TRUE(kept);
    EXPECT_FALSE(m.try_lock());
    kept = co_await other.lock(); // gives up what it held
    EXPECT_TRUE(m.try_lock());
    EXPECT_FALSE(other.try_lock());
    {
      auto beside = aio::spawn([](aio::scoped_lock guard) -> aio::task<> {
        co_await aio::sleep_for(1s);
        EXPECT_TRUE(guard);
      }(std::move(kept)));
      EXPECT_FALSE(other.try_lock());
      co_await beside;
    }
    EXPECT_TRUE(other.try_lock());
  }());
}

TEST(Mutex, ACancelledWaiterLeavesTheQueue) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    std::vector<int> held;
    const auto work = [](aio::mutex &mutex, int me, std::vector<int> &out) -> aio::task<> {
      auto mine = co_await mutex.lock();
      out.push_back(me);
    };
    auto guard = co_await m.lock();
    auto first = aio::spawn(work(m, 1, held));
    auto second = aio::spawn(work(m, 2, held));
    auto third = aio::spawn(work(m, 3, held));
    co_await settle();
    second.cancel();
    EXPECT_THROW(co_await second, aio::task_cancelled);
    EXPECT_TRUE(held.empty());
    guard.unlock();
    co_await first;
    co_await third;
    EXPECT_EQ(held, (std::vector{1, 3}));
    EXPECT_TRUE(m.try_lock());
  }());
}

TEST(Mutex, WhatWasHandedOverBeforeTheCancelIsHeld) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    bool held = false;
    auto guard = co_await m.lock();
    auto waiter = aio::spawn([](aio::mutex &mutex, bool &has) -> aio::task<> {
      auto mine = co_await mutex.lock();
      has = true;
      EXPECT_TRUE(aio::cancel_requested());
      co_await aio::checkpoint();
      ADD_FAILURE() << "the request surfaces at the next co_await";
    }(m, held));
    co_await settle();
    guard.unlock();
    waiter.cancel();
    EXPECT_THROW(co_await waiter, aio::task_cancelled);
    EXPECT_TRUE(held);
    EXPECT_TRUE(m.try_lock());
  }());
}

TEST(Mutex, IsAPlaceToBeCancelledAlsoWhenItIsFree) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto work = aio::spawn([](aio::mutex &mutex) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      auto mine = co_await mutex.lock();
      ADD_FAILURE() << "it was cancelled";
    }(m));
    co_await settle();
    work.cancel();
    EXPECT_THROW(co_await work, aio::task_cancelled);
    EXPECT_TRUE(m.try_lock());
  }());
}

TEST(Mutex, CanBeWaitedForWithATimeout) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    {
      auto guard = co_await m.lock();
      EXPECT_THROW((void)co_await aio::with_timeout(1s, m.lock()), aio::timed_out);
    }
    auto guard = co_await aio::with_timeout(1s, m.lock());
    EXPECT_TRUE(guard);
    EXPECT_FALSE(m.try_lock());
  }());
}

TEST(Mutex, WhoLocksItTwiceWaitsForEverAndTheReportSaysWhoHoldsIt) {
  unsigned line = 0;
  try {
    aio::testing::run([](unsigned &taken) -> aio::task<> {
      aio::mutex m;
      taken = __LINE__ + 1;
      auto guard = co_await m.lock();
      auto again = co_await m.lock();
    }(line));
    ADD_FAILURE() << "no deadlock";
  } catch (const aio::deadlock &found) {
    const std::string said = found.what();
    EXPECT_NE(said.find("waits for mutex::lock ('"), std::string::npos) << said;
    EXPECT_NE(
        said.find("holds it, and took it at " + std::string(__FILE__) + ":" + std::to_string(line)),
        std::string::npos)
        << said;
  }
}

TEST(Mutex, TheReportSaysWhoItWasHandedTo) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto guard = co_await m.lock();
    unsigned line = __LINE__ + 2;
    auto second = aio::spawn([](aio::mutex &mutex) -> aio::task<> {
      auto mine = co_await mutex.lock();
      co_await aio::sleep_for(1s);
    }(m));
    auto third =
        aio::spawn([](aio::mutex &mutex) -> aio::task<> { auto mine = co_await mutex.lock(); }(m));
    co_await settle();
    guard.unlock();
    EXPECT_NE(
        aio::task_tree().find("took it at " + std::string(__FILE__) + ":" + std::to_string(line)),
        std::string::npos)
        << aio::task_tree();
    co_await second;
    co_await third;
  }());
}

aio::task<> destroy_a_held_mutex(aio::scoped_lock &kept, unsigned &line) {
  aio::mutex m;
  line = __LINE__ + 1;
  kept = co_await m.lock();
  co_await aio::checkpoint();
}

/// A guard must not outlive its mutex: forgets what it holds.
void forget(aio::scoped_lock &guard) {
  alignas(aio::scoped_lock) std::byte room[sizeof(aio::scoped_lock)];
  new (room) aio::scoped_lock(std::move(guard)); // never destroyed
}

TEST(Mutex, DebugModeReportsOneThatIsDestroyedWhileHeld) {
  reports said;
  unsigned line = 0;
  aio::run(
      [](unsigned &taken) -> aio::task<> {
        aio::scoped_lock kept;
        co_await destroy_a_held_mutex(kept, taken);
        forget(kept);
      }(line),
      debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  const aio::report &one = said.collected.front();
  EXPECT_EQ(one.rule, "held-lock");
  EXPECT_NE(one.coroutine.find("destroy_a_held_mutex"), std::string::npos) << one.text();
  EXPECT_EQ(one.file, __FILE__);
  EXPECT_EQ(one.message, "destroyed a mutex that is still in use");
  ASSERT_EQ(one.details.size(), 1u);
  EXPECT_NE(one.details[0].find("destroy_a_held_mutex"), std::string::npos) << one.details[0];
  EXPECT_NE(one.details[0].find("holds it, and took it at " + std::string(__FILE__) + ":" +
                                std::to_string(line)),
            std::string::npos)
      << one.details[0];
}

TEST(Mutex, DebugModeReportsWhoWaitsForOneThatIsDestroyed) {
  reports said;
  aio::run(
      []() -> aio::task<> {
        std::optional<aio::mutex> m(std::in_place);
        auto guard = co_await m->lock();
        auto waiter = aio::spawn(
            [](aio::mutex &mutex) -> aio::task<> { auto mine = co_await mutex.lock(); }(*m));
        co_await settle();
        forget(guard);
        m.reset();
        EXPECT_NE(aio::task_tree().find("it was destroyed"), std::string::npos);
        waiter.cancel(); // who was left behind can still be cancelled
        EXPECT_THROW(co_await waiter, aio::task_cancelled);
      }(),
      debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  EXPECT_EQ(said.collected[0].rule, "held-lock");
  ASSERT_EQ(said.collected[0].details.size(), 2u);
  EXPECT_NE(said.collected[0].details[1].find(" waits for it at " + std::string(__FILE__)),
            std::string::npos)
      << said.collected[0].text();
}

TEST(Mutex, NothingIsReportedOfOneThatIsFree) {
  reports said;
  aio::run(
      []() -> aio::task<> {
        aio::mutex m;
        {
          auto guard = co_await m.lock();
        }
        aio::semaphore s(1);
        {
          auto permit = co_await s.acquire();
        }
        aio::event e;
        e.set();
        co_await e.wait();
      }(),
      debugging);
  EXPECT_TRUE(said.collected.empty());
}

TEST(Mutex, IsNotAwaitedOnAWorker) {
  // The scope says where its coroutine runs.
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    auto &here = *aio::detail::running->in;
    here.set_on_worker(true);
    EXPECT_THROW((void)co_await m.lock(), std::logic_error);
    here.set_on_worker(false);
    EXPECT_TRUE(m.try_lock());
  }());
}

//===- semaphore ----------------------------------------------------------===//

TEST(Semaphore, LetsSoManyInAsItHasPermits) {
  for_every_seed([]() -> aio::task<> {
    aio::semaphore s(3);
    int inside = 0;
    int most = 0;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 10; ++i)
      all.push_back(aio::spawn([](aio::semaphore &of, int &in, int &max) -> aio::task<> {
        auto permit = co_await of.acquire();
        EXPECT_TRUE(permit);
        max = std::max(max, ++in);
        co_await aio::sleep_for(1s);
        --in;
      }(s, inside, most)));
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(most, 3);
    EXPECT_EQ(s.available(), 3u);
  });
}

TEST(Semaphore, CountsWhatIsAvailable) {
  aio::testing::run([]() -> aio::task<> {
    aio::semaphore s(2);
    EXPECT_EQ(s.available(), 2u);
    auto first = co_await s.acquire();
    EXPECT_EQ(s.available(), 1u);
    auto second = s.try_acquire();
    EXPECT_TRUE(second);
    EXPECT_EQ(s.available(), 0u);
    auto third = s.try_acquire();
    EXPECT_FALSE(third);
    third.release(); // does nothing
    EXPECT_EQ(s.available(), 0u);
    first.release();
    EXPECT_FALSE(first);
    EXPECT_EQ(s.available(), 1u);
    first.release(); // once is enough
    EXPECT_EQ(s.available(), 1u);
    s.release(0);
    EXPECT_EQ(s.available(), 1u);
    s.release(5);
    EXPECT_EQ(s.available(), 6u);
  }());
}

TEST(Semaphore, ItsPermitCanBeHandedOn) {
  aio::testing::run([]() -> aio::task<> {
    aio::semaphore s(2);
    aio::permit kept;
    {
      auto permit = co_await s.acquire();
      kept = std::move(permit);
      EXPECT_FALSE(permit);
    }
    EXPECT_EQ(s.available(), 1u);
    kept = co_await s.acquire(); // gives back what it held
    EXPECT_EQ(s.available(), 1u);
    auto last = std::move(kept);
    EXPECT_EQ(s.available(), 1u);
    last.release();
    EXPECT_EQ(s.available(), 2u);
  }());
}

TEST(Semaphore, PermitsGoToThoseWhoHaveWaitedLongest) {
  for_every_seed([]() -> aio::task<> {
    aio::semaphore s(0);
    std::vector<int> came;
    std::vector<int> got;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 5; ++i)
      all.push_back(aio::spawn([](aio::semaphore &of, int me, std::vector<int> &in,
                                  std::vector<int> &out) -> aio::task<> {
        in.push_back(me);
        auto permit = co_await of.acquire();
        out.push_back(me);
        co_await aio::sleep_for(1h);
      }(s, i, came, got)));
    co_await settle();
    EXPECT_TRUE(got.empty());
    s.release();
    co_await settle();
    EXPECT_EQ(got, std::vector(came.begin(), came.begin() + 1));
    s.release(2); // those two are resumed in whatever order
    EXPECT_FALSE(s.try_acquire());
    EXPECT_EQ(s.available(), 0u);
    co_await settle();
    EXPECT_EQ(got.size(), 3u);
    EXPECT_TRUE(std::is_permutation(got.begin(), got.end(), came.begin(), came.begin() + 3));
    s.release(5); // those who wait get theirs first
    EXPECT_EQ(s.available(), 3u);
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(got.size(), 5u);
    EXPECT_EQ(s.available(), 8u);
  });
}

TEST(Semaphore, ACancelledWaiterLeavesTheQueue) {
  aio::testing::run([]() -> aio::task<> {
    aio::semaphore s(0);
    int got = 0;
    const auto work = [](aio::semaphore &of, int &in) -> aio::task<> {
      auto permit = co_await of.acquire();
      ++in;
    };
    auto first = aio::spawn(work(s, got));
    auto second = aio::spawn(work(s, got));
    co_await settle();
    first.cancel();
    EXPECT_THROW(co_await first, aio::task_cancelled);
    s.release();
    co_await second;
    EXPECT_EQ(got, 1);
    EXPECT_EQ(s.available(), 1u);
  }());
}

TEST(Semaphore, WhatWasHandedOverBeforeTheCancelIsHeld) {
  aio::testing::run([]() -> aio::task<> {
    aio::semaphore s(0);
    bool got = false;
    auto waiter = aio::spawn([](aio::semaphore &of, bool &has) -> aio::task<> {
      auto permit = co_await of.acquire();
      has = true;
    }(s, got));
    co_await settle();
    s.release();
    waiter.cancel();
    EXPECT_EQ(s.available(), 0u);
    co_await waiter;
    EXPECT_TRUE(got);
    EXPECT_EQ(s.available(), 1u);
  }());
}

TEST(Semaphore, DebugModeReportsOneThatIsDestroyedWhileWaitedFor) {
  reports said;
  aio::run(
      []() -> aio::task<> {
        std::optional<aio::semaphore> s(std::in_place, 0u);
        const auto work = [](aio::semaphore &of) -> aio::task<> {
          auto permit = co_await of.acquire();
        };
        auto first = aio::spawn(work(*s));
        auto second = aio::spawn(work(*s));
        co_await settle();
        s.reset();
        first.cancel();
        second.cancel();
        EXPECT_THROW(co_await first, aio::task_cancelled);
        EXPECT_THROW(co_await second, aio::task_cancelled);
      }(),
      debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  EXPECT_EQ(said.collected[0].rule, "held-lock");
  EXPECT_EQ(said.collected[0].message, "destroyed a semaphore that is still in use");
  EXPECT_EQ(said.collected[0].details.size(), 2u);
}

//===- event --------------------------------------------------------------===//

TEST(Event, LetsCoroutinesWaitUntilItIsSet) {
  for_every_seed([]() -> aio::task<> {
    aio::event e;
    int woken = 0;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 4; ++i)
      all.push_back(aio::spawn([](aio::event &of, int &count) -> aio::task<> {
        co_await of.wait();
        ++count;
      }(e, woken)));
    co_await settle();
    EXPECT_EQ(woken, 0);
    EXPECT_FALSE(e.is_set());
    e.set();
    EXPECT_TRUE(e.is_set());
    EXPECT_EQ(woken, 0);
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(woken, 4);
    co_await e.wait(); // who comes later passes
  });
}

TEST(Event, WakesInTheOrderInWhichTheyCame) {
  aio::testing::run([]() -> aio::task<> {
    aio::event e;
    std::vector<int> woken;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 4; ++i)
      all.push_back(aio::spawn([](aio::event &of, int me, std::vector<int> &out) -> aio::task<> {
        co_await of.wait();
        out.push_back(me);
      }(e, i, woken)));
    co_await settle();
    e.set();
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(woken, (std::vector{0, 1, 2, 3}));
  }());
}

TEST(Event, ThoseWhoWereWokenGoOnThoughItWasCleared) {
  aio::testing::run([]() -> aio::task<> {
    aio::event e;
    bool woken = false;
    auto waiter = aio::spawn([](aio::event &of, bool &was) -> aio::task<> {
      co_await of.wait();
      was = true;
    }(e, woken));
    co_await settle();
    e.set();
    e.clear();
    EXPECT_FALSE(e.is_set());
    co_await waiter;
    EXPECT_TRUE(woken);
    EXPECT_THROW(co_await aio::with_timeout(1s, e.wait()), aio::timed_out); // it waits again
    e.set();
    e.set(); // does nothing more
    co_await e.wait();
  }());
}

TEST(Event, ACancelledWaiterLeavesTheQueue) {
  aio::testing::run([]() -> aio::task<> {
    aio::event e;
    const auto work = [](aio::event &of) -> aio::task<> { co_await of.wait(); };
    auto first = aio::spawn(work(e));
    auto second = aio::spawn(work(e));
    co_await settle();
    first.cancel();
    EXPECT_THROW(co_await first, aio::task_cancelled);
    EXPECT_FALSE(second.done());
    e.set();
    second.cancel(); // it was woken before
    co_await second;
  }());
}

TEST(Event, DebugModeReportsOneThatIsDestroyedWhileWaitedFor) {
  reports said;
  aio::run(
      []() -> aio::task<> {
        std::optional<aio::event> e(std::in_place);
        auto waiter = aio::spawn([](aio::event &of) -> aio::task<> { co_await of.wait(); }(*e));
        co_await settle();
        e.reset();
        waiter.cancel();
        EXPECT_THROW(co_await waiter, aio::task_cancelled);
      }(),
      debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  EXPECT_EQ(said.collected[0].rule, "held-lock");
  EXPECT_EQ(said.collected[0].message, "destroyed an event that is still in use");
}

//===- From callbacks -----------------------------------------------------===//

/// Calls `f` on the loop, outside of every coroutine.
template <class F> class callback final : private aio::detail::timer {
public:
  callback(std::chrono::milliseconds after, F f)
      : loop_(*aio::detail::scheduler::current()), f_(std::move(f)) {
    loop_.add(*this, loop_.now() + after);
  }
  callback(const callback &) = delete;
  callback &operator=(const callback &) = delete;
  ~callback() { loop_.remove(*this); }

private:
  void fired() noexcept override {
    EXPECT_EQ(aio::detail::running, nullptr);
    f_();
  }

  aio::detail::scheduler &loop_;
  F f_;
};

TEST(Sync, CallbacksMayDoWhatDoesNotWait) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex m;
    aio::semaphore s(0);
    aio::event e;
    auto held = m.try_lock();
    aio::scoped_lock theirs;
    aio::permit taken;
    callback sets(1ms, [&] { e.set(); });
    callback unlocks(2ms, [&] { held.unlock(); });
    callback releases(3ms, [&] { s.release(2); });
    callback takes(4ms, [&] {
      taken = s.try_acquire();
      theirs = m.try_lock();
    });
    callback gives(5ms, [&] {
      taken.release();
      theirs.unlock();
      e.clear();
    });
    co_await e.wait();
    {
      auto guard = co_await m.lock();
      auto permit = co_await s.acquire();
      EXPECT_EQ(s.available(), 1u);
    }
    co_await aio::sleep_for(10ms);
    EXPECT_FALSE(e.is_set());
    EXPECT_FALSE(taken);
    EXPECT_FALSE(theirs);
    EXPECT_EQ(s.available(), 2u);
    EXPECT_TRUE(m.try_lock());
  }());
}

//===- All at once --------------------------------------------------------===//

struct crowd {
  explicit crowd(std::uint64_t seed) : random(seed) {}

  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); }

  std::mt19937_64 random;
  aio::mutex mutex;
  aio::semaphore semaphore{3};
  aio::event event;
  int holders = 0;
  int inside = 0;
  int finished = 0; // by themselves
  int stopped = 0;  // by a cancel
};

aio::task<> one_of_them(crowd &c) {
  struct counted {
    explicit counted(int &of) : count(++of) {}
    counted(const counted &) = delete;
    counted &operator=(const counted &) = delete;
    ~counted() { --count; }
    int &count;
  };
  try {
    for (int round = 0; round != 5; ++round) {
      switch (c.below(3)) {
      case 0: {
        auto guard = co_await c.mutex.lock();
        EXPECT_TRUE(guard);
        counted in(c.holders);
        EXPECT_EQ(c.holders, 1);
        for (int turns = c.below(3); turns != 0; --turns)
          co_await aio::checkpoint();
        break;
      }
      case 1: {
        auto permit = co_await c.semaphore.acquire();
        EXPECT_TRUE(permit);
        counted in(c.inside);
        EXPECT_LE(c.inside, 3);
        for (int turns = c.below(3); turns != 0; --turns)
          co_await aio::checkpoint();
        break;
      }
      default:
        co_await c.event.wait();
      }
    }
    ++c.finished;
  } catch (const aio::cancelled &) {
    ++c.stopped;
    throw;
  }
}

TEST(Sync, EveryWaiterIsAnsweredAndNothingIsLost) {
  for (std::uint64_t seed = 0; seed != seeds && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    aio::testing::run(
        [](std::uint64_t with) -> aio::task<> {
          constexpr int many = 25;
          crowd c(with);
          std::vector<aio::join_handle<void>> all;
          for (int i = 0; i != many; ++i)
            all.push_back(aio::spawn(one_of_them(c)));
          for (int i = 0; i != 60; ++i) {
            if (c.below(2) == 0)
              all[static_cast<std::size_t>(c.below(many))].cancel();
            if (c.below(2) == 0)
              c.event.set();
            if (c.below(2) == 0)
              c.event.clear();
            co_await aio::checkpoint();
          }
          c.event.set();
          int cancelled = 0;
          for (auto &each : all) {
            try {
              co_await each;
            } catch (const aio::task_cancelled &) {
              ++cancelled;
            }
          }
          EXPECT_EQ(c.finished + c.stopped, many);
          EXPECT_EQ(cancelled, c.stopped);
          EXPECT_GT(c.stopped, 0);
          EXPECT_EQ(c.holders, 0);
          EXPECT_EQ(c.inside, 0);
          EXPECT_EQ(c.semaphore.available(), 3u);
          EXPECT_TRUE(c.mutex.try_lock());
        }(seed),
        seed);
  }
}

} // namespace
} // namespace sync_tests
