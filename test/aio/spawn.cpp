//===- spawn.cpp - Starting a coroutine beside this one -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace spawn_tests {
namespace {

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

aio::task<int> gives_after(std::chrono::seconds time, int value) {
  co_await aio::sleep_for(time);
  co_return value;
}

aio::task<> fails_after(std::chrono::seconds time) {
  co_await aio::sleep_for(time);
  throw std::runtime_error("it failed");
}

/// Sleeps for a day, and says when it is told to stop.
aio::task<> sleeps(bool &stopped) {
  try {
    co_await aio::sleep_for(24h);
  } catch (const aio::cancelled &) {
    stopped = true;
    throw;
  }
}

/// What debug mode reports while it lives.
class reports {
public:
  reports()
      : before_(aio::set_report_handler([this](const aio::report &r) { all.push_back(r); })) {}
  ~reports() { aio::set_report_handler(std::move(before_)); }
  std::vector<aio::report> all;

private:
  std::function<void(const aio::report &)> before_;
};

TEST(Spawn, RunsBesideTheOneWhoStartedIt) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto one = aio::spawn(gives_after(1s, 1));
    auto two = aio::spawn(gives_after(1s, 2));
    EXPECT_EQ(co_await one, 1);
    EXPECT_EQ(co_await two, 2);
    EXPECT_EQ(now() - begin, 1s);
  }());
}

TEST(Spawn, StartsWhenTheCallerSuspendsAfterWhatIsReady) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<int> order;
    auto notes = [](std::vector<int> &to, int which) -> aio::task<> {
      to.push_back(which);
      co_return;
    };
    auto one = aio::spawn(notes(order, 1));
    auto two = aio::spawn(notes(order, 2));
    EXPECT_TRUE(order.empty());
    EXPECT_FALSE(one.done());
    co_await aio::checkpoint();
    EXPECT_EQ(order, (std::vector{1, 2}));
    EXPECT_TRUE(one.done());
    co_await one;
    co_await two;
  }());
}

TEST(Spawn, TakesAnythingThatCanBeAwaited) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto sleeping = aio::spawn(aio::sleep_for(3s));
    co_await sleeping;
    EXPECT_EQ(now() - begin, 3s);
    auto timed = aio::spawn(aio::with_timeout(1s, aio::sleep_for(1h)));
    EXPECT_THROW(co_await timed, aio::timed_out);
  }());
}

TEST(Spawn, GivesReferencesAndWhatCanOnlyBeMoved) {
  aio::testing::run([]() -> aio::task<> {
    int object = 0;
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    auto makes = []() -> aio::task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
    auto referring = aio::spawn(refers(object));
    auto making = aio::spawn(makes());
    EXPECT_EQ(&co_await referring, &object);
    EXPECT_EQ(*co_await making, 3);
  }());
}

TEST(Spawn, IsRefusedOutsideOfALoop) {
  EXPECT_THROW((void)aio::spawn(gives_after(1s, 1)), std::logic_error);
}

TEST(Spawn, IsRefusedOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    bool refused = false;
    co_await aio::resume_on_worker();
    try {
      aio::spawn(gives_after(1s, 1)).detach();
    } catch (const std::logic_error &) {
      refused = true;
    }
    co_await aio::resume_on_loop();
    EXPECT_TRUE(refused);
  }());
}

TEST(Spawn, RefusesATaskThatHasNothingToRun) {
  aio::testing::run([]() -> aio::task<> {
    auto first = gives_after(1s, 1);
    auto second = std::move(first);
    EXPECT_THROW((void)aio::spawn(std::move(first)), std::logic_error);
    co_await std::move(second);
  }());
}

//===- Awaiting the handle ------------------------------------------------===//

TEST(JoinHandle, ThrowsWhatTheCoroutineThrew) {
  aio::testing::run([]() -> aio::task<> {
    auto failing = aio::spawn(fails_after(1s));
    EXPECT_THROW(co_await failing, std::runtime_error);
    auto failed = aio::spawn(fails_after(1s));
    co_await aio::sleep_for(2s);
    EXPECT_TRUE(failed.done());
    EXPECT_THROW(co_await failed, std::runtime_error);
  }());
}

TEST(JoinHandle, ThrowsTaskCancelledWhenItWasCancelled) {
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    auto handle = aio::spawn(sleeps(stopped));
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_FALSE(handle.done()); // it ends in its own time
    try {
      co_await handle;
      ADD_FAILURE() << "nothing was thrown";
    } catch (const aio::task_cancelled &error) {
      EXPECT_NE(std::string(error.what()).find("sleeps"), std::string::npos) << error.what();
    }
    EXPECT_TRUE(stopped);
  }());
}

TEST(JoinHandle, CancelsACoroutineThatHasNotBegun) {
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    auto handle = aio::spawn(sleeps(stopped));
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_TRUE(stopped); // it ran up to where it waits
  }());
}

TEST(JoinHandle, GivesTheResultOfWhatWasCancelledTooLate) {
  aio::testing::run([]() -> aio::task<> {
    auto stubborn = []() -> aio::task<int> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      co_return 5;
    };
    auto handle = aio::spawn(stubborn());
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_EQ(co_await handle, 5);
    auto done = aio::spawn(gives_after(0s, 6));
    co_await aio::sleep_for(1s);
    done.cancel();
    EXPECT_EQ(co_await done, 6);
  }());
}

TEST(JoinHandle, IsAwaitedOnce) {
  aio::testing::run([]() -> aio::task<> {
    auto handle = aio::spawn(gives_after(1s, 1));
    EXPECT_EQ(co_await handle, 1);
    EXPECT_THROW(co_await handle, std::logic_error);
    EXPECT_THROW(co_await std::move(handle), std::logic_error);
  }());
}

TEST(JoinHandle, IsAwaitedByOneAtATime) {
  aio::testing::run([]() -> aio::task<> {
    auto handle = aio::spawn(gives_after(1s, 1));
    auto joins = [](aio::join_handle<int> &joined) -> aio::task<int> { co_return co_await joined; };
    auto first = aio::spawn(joins(handle));
    co_await aio::checkpoint();
    EXPECT_THROW(co_await handle, std::logic_error);
    EXPECT_EQ(co_await first, 1);
  }());
}

TEST(JoinHandle, HasNothingToAwaitWhenItWasMovedFromOrDetached) {
  aio::testing::run([]() -> aio::task<> {
    auto first = aio::spawn(gives_after(1s, 1));
    auto second = std::move(first);
    EXPECT_TRUE(first.done()); // NOLINT(bugprone-use-after-move)
    first.cancel();            // nothing
    EXPECT_THROW(co_await first, std::logic_error);
    EXPECT_EQ(co_await second, 1);

    auto third = aio::spawn(gives_after(1s, 1));
    std::move(third).detach();
    EXPECT_TRUE(third.done()); // NOLINT(bugprone-use-after-move)
    EXPECT_THROW(co_await third, std::logic_error);
    std::move(third).detach(); // nothing
  }());
}

TEST(JoinHandle, StaysGoodWhenWhoAwaitsItIsCancelled) {
  aio::testing::run([]() -> aio::task<> {
    auto handle = aio::spawn(gives_after(10s, 1));
    EXPECT_THROW(co_await aio::with_timeout(1s, handle), aio::timed_out);
    EXPECT_FALSE(handle.done());
    EXPECT_EQ(co_await handle, 1);
  }());
}

TEST(JoinHandle, OutlivesItsWaiterInEitherOrder) {
  // The handle goes while somebody waits for it.
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    std::optional handle = aio::spawn(sleeps(stopped));
    auto joins = [](aio::join_handle<void> &joined) -> aio::task<> { co_await joined; };
    auto waiting = aio::spawn(joins(*handle));
    co_await aio::checkpoint();
    handle.reset();
    EXPECT_THROW(co_await waiting, aio::task_cancelled);
    EXPECT_TRUE(stopped);
  }());
}

TEST(JoinHandle, MayOutliveTheLoop) {
  auto handle = aio::testing::run([]() -> aio::task<aio::join_handle<std::string>> {
    auto gives = []() -> aio::task<std::string> {
      co_await aio::sleep_for(1s);
      co_return std::string(100, 'x');
    };
    auto made = aio::spawn(gives());
    co_await aio::sleep_for(2s);
    co_return std::move(made);
  }());
  EXPECT_TRUE(handle.done());
}

TEST(JoinHandle, MayOutliveTheLoopWithAnErrorThatNobodyWasTold) {
  auto handle = aio::testing::run([]() -> aio::task<aio::join_handle<void>> {
    auto made = aio::spawn(fails_after(1s));
    co_await aio::sleep_for(2s);
    co_return std::move(made);
  }());
  EXPECT_TRUE(handle.done());
}

//===- Dropping and detaching the handle ----------------------------------===//

TEST(JoinHandle, CancelsWhenItIsDropped) {
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    {
      auto handle = aio::spawn(sleeps(stopped));
      co_await aio::checkpoint();
    }
    co_await aio::checkpoint();
    EXPECT_TRUE(stopped);
  }());
}

TEST(JoinHandle, CancelsWhenAnotherIsAssigned) {
  aio::testing::run([]() -> aio::task<> {
    bool first_stopped = false;
    bool second_stopped = false;
    auto handle = aio::spawn(sleeps(first_stopped));
    co_await aio::checkpoint();
    handle = aio::spawn(sleeps(second_stopped));
    co_await aio::checkpoint();
    EXPECT_TRUE(first_stopped);
    EXPECT_FALSE(second_stopped);
    std::move(handle).detach();
  }());
}

TEST(JoinHandle, IsReportedInDebugModeWhenItIsDropped) {
  reports seen;
  aio::run(
      []() -> aio::task<> {
        bool stopped = false;
        {
          auto handle = aio::spawn(sleeps(stopped));
          co_await aio::checkpoint();
        }
        co_await aio::checkpoint();
        EXPECT_TRUE(stopped);
      }(),
      {.debug = true});
  EXPECT_EQ(seen.all.size(), 1u);
  if (!seen.all.empty()) {
    EXPECT_EQ(seen.all[0].rule, "coro-unawaited-task");
    EXPECT_NE(seen.all[0].coroutine.find("sleeps"), std::string::npos);
    EXPECT_NE(seen.all[0].message.find("handle was dropped"), std::string::npos);
  }
}

TEST(JoinHandle, IsNotReportedWhenAnExceptionSweptItAway) {
  reports seen;
  EXPECT_THROW(aio::run(
                   []() -> aio::task<> {
                     bool stopped = false;
                     auto handle = aio::spawn(sleeps(stopped));
                     co_await aio::checkpoint();
                     co_await fails_after(0s);
                     co_await handle;
                   }(),
                   {.debug = true}),
               std::runtime_error);
  EXPECT_TRUE(seen.all.empty());
}

TEST(JoinHandle, ThrowsAnErrorThatNobodyWillAskForAtRun) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 {
                   auto handle = aio::spawn(fails_after(1s));
                   co_await aio::sleep_for(2s);
                 }
                 co_await aio::sleep_for(1h);
               }()),
               std::runtime_error);
}

TEST(JoinHandle, LetsTheCoroutineRunWhenItIsDetached) {
  aio::testing::run([]() -> aio::task<> {
    int value = 0;
    auto sets = [](int &to) -> aio::task<> {
      co_await aio::sleep_for(1s);
      to = 7;
    };
    aio::spawn(sets(value)).detach();
    co_await aio::sleep_for(2s);
    EXPECT_EQ(value, 7);
  }());
}

TEST(JoinHandle, CancelledIsNoErrorOfADetachedCoroutine) {
  aio::testing::run([]() -> aio::task<> {
    auto gives_up = []() -> aio::task<> {
      throw aio::cancelled();
      co_return;
    };
    aio::spawn(gives_up()).detach();
    co_await aio::sleep_for(1s);
  }());
}

TEST(JoinHandle, IsNotCancelledWithWhoStartedIt) {
  aio::testing::run([]() -> aio::task<> {
    bool stopped = false;
    std::optional<aio::join_handle<void>> child;
    auto starts = [](bool &told, std::optional<aio::join_handle<void>> &to) -> aio::task<> {
      to = aio::spawn(sleeps(told));
      co_await aio::sleep_for(1h);
    };
    auto parent = aio::spawn(starts(stopped, child));
    co_await aio::sleep_for(1s);
    parent.cancel();
    EXPECT_THROW(co_await parent, aio::task_cancelled);
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(stopped);
    child->cancel();
    EXPECT_THROW(co_await *child, aio::task_cancelled);
  }());
}

TEST(JoinHandle, CoroutineMayEndOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    auto ends_there = []() -> aio::task<std::thread::id> {
      co_await aio::resume_on_worker();
      co_return std::this_thread::get_id();
    };
    const auto here = std::this_thread::get_id();
    auto handle = aio::spawn(ends_there());
    EXPECT_NE(co_await handle, here);
    EXPECT_EQ(std::this_thread::get_id(), here);
  }());
}

} // namespace
} // namespace spawn_tests
