//===- scheduler.cpp - The core on a backend of the test's own ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
//
// Nothing here knows of libuv: ../runtime/core-alone.cpp is built without it.
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/detail/runner.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/task_group.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace scheduler_tests {
namespace {

/// Waits on a condition variable.
class plain_scheduler final : public aio::detail::scheduler {
public:
  int waits = 0;

private:
  void wait(std::optional<aio::clock::time_point> until) override {
    ++waits;
    std::unique_lock held(lock_);
    const auto is_woken = [this] { return woken_; };
    if (until)
      changed_.wait_until(held, *until, is_woken);
    else
      changed_.wait(held, is_woken);
    woken_ = false;
  }
  void wake() noexcept override {
    std::lock_guard held(lock_);
    woken_ = true;
    changed_.notify_one();
  }

  std::mutex lock_;
  std::condition_variable changed_;
  bool woken_ = false;
};

template <class T> T run_on(aio::detail::scheduler &loop, aio::task<T> main) {
  aio::detail::main_root<T> root(loop, std::move(main));
  root.begin();
  if (!loop.drive(root.done))
    throw std::runtime_error("nothing can wake it");
  loop.top().request_cancel();
  if (!loop.drive(loop.none_spawned()))
    throw std::runtime_error("nothing can wake the others");
  return root.take();
}

class never final : public aio::detail::awaitable_operation<never> {
public:
  never() noexcept : awaitable_operation("never") {}
  bool start() noexcept { return true; }
  void await_resume() const { rethrow_cancelled(); }
};

/// Ended by another thread.
class from_thread final : public aio::detail::awaitable_operation<from_thread>,
                          private aio::detail::remote {
public:
  from_thread() noexcept : awaitable_operation("from_thread", true) {}
  from_thread(from_thread &&) noexcept : from_thread() {}
  ~from_thread() {
    if (thread_.joinable())
      thread_.join();
  }
  bool start() {
    thread_ = std::thread([this] { loop().post_remote(*this); });
    return true;
  }
  void await_resume() const {}

private:
  void arrived() noexcept override { complete(); }
  void on_cancel() noexcept override {}

  std::thread thread_;
};

TEST(Scheduler, RunsTasksOnAnyBackend) {
  plain_scheduler loop;
  EXPECT_EQ(run_on(loop,
                   []() -> aio::task<int> {
                     co_await aio::sleep_for(1ms);
                     auto handle = aio::spawn(aio::sleep_for(1ms));
                     co_await aio::gather(aio::sleep_for(2ms), aio::checkpoint());
                     co_await handle;
                     EXPECT_THROW(co_await aio::with_timeout(1ms, never()), aio::timed_out);
                     co_return 3;
                   }()),
            3);
  EXPECT_GT(loop.waits, 0);
}

TEST(Scheduler, IsWokenByOtherThreads) {
  plain_scheduler loop;
  run_on(loop, []() -> aio::task<> {
    for (int i = 0; i != 50; ++i)
      co_await from_thread();
    co_await aio::gather(from_thread(), from_thread(), from_thread());
  }());
}

TEST(Scheduler, SaysWhenNothingCanWakeIt) {
  plain_scheduler loop;
  bool stopped = false;
  auto waits = [](bool &told) -> aio::task<> {
    try {
      co_await never();
    } catch (const aio::cancelled &) {
      told = true;
      throw;
    }
  };
  aio::detail::main_root<void> root(loop, waits(stopped));
  root.begin();
  EXPECT_FALSE(loop.drive(root.done));
  EXPECT_FALSE(root.done);
  loop.top().request_cancel(true);
  EXPECT_TRUE(loop.drive(root.done));
  EXPECT_TRUE(stopped);
  EXPECT_TRUE(root.stopped());
}

TEST(Scheduler, HasNoWorkersByItself) {
  plain_scheduler loop;
  aio::detail::resumable none;
  EXPECT_THROW(loop.post_to_worker(none), std::logic_error);
}

TEST(Scheduler, IsCurrentWhereItRuns) {
  plain_scheduler loop;
  EXPECT_EQ(aio::detail::scheduler::current(), nullptr);
  run_on(loop, [](aio::detail::scheduler *expected) -> aio::task<> {
    EXPECT_EQ(aio::detail::scheduler::current(), expected);
    co_return;
  }(&loop));
  EXPECT_EQ(aio::detail::scheduler::current(), nullptr);
}

TEST(Scheduler, JumpsInVirtualTime) {
  plain_scheduler loop;
  loop.use_virtual_time();
  const auto begin = std::chrono::steady_clock::now();
  run_on(loop, [](aio::detail::scheduler &on) -> aio::task<> {
    const auto virtual_begin = on.now();
    co_await aio::sleep_for(1000h);
    EXPECT_EQ(on.now() - virtual_begin, 1000h);
  }(loop));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1h);
}

/// The order in which four coroutines take their turns.
std::string order_with(std::optional<std::uint64_t> seed) {
  plain_scheduler loop;
  loop.use_virtual_time();
  if (seed)
    loop.use_random_order(*seed);
  return run_on(loop, []() -> aio::task<std::string> {
    std::string order;
    auto notes = [](std::string &to, char which) -> aio::task<> {
      for (int i = 0; i != 3; ++i) {
        to += which;
        co_await aio::checkpoint();
      }
    };
    co_await aio::gather(notes(order, 'a'), notes(order, 'b'), notes(order, 'c'),
                         notes(order, 'd'));
    co_return order;
  }());
}

TEST(Scheduler, IsFairWithoutASeed) {
  EXPECT_EQ(order_with(std::nullopt), "abcdabcdabcd");
}

TEST(Scheduler, DrawsTheSameOrderForTheSameSeed) {
  std::set<std::string> orders;
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    orders.insert(order_with(seed));
    EXPECT_EQ(order_with(seed), order_with(seed));
  }
  EXPECT_GT(orders.size(), 10u);
}

TEST(Scheduler, LooksOutsideWhileItIsBusy) {
  // A coroutine that is always ready does not keep what comes from outside from being heard.
  plain_scheduler loop;
  run_on(loop, []() -> aio::task<> {
    bool done = false;
    auto outside = [](bool &to) -> aio::task<> {
      co_await from_thread();
      co_await aio::sleep_for(1ms);
      to = true;
    };
    auto handle = aio::spawn(outside(done));
    while (!done)
      co_await aio::checkpoint();
    co_await handle;
  }());
}

class noting_timer final : public aio::detail::timer {
public:
  noting_timer(std::vector<int> &to, int which) : to_(&to), which_(which) {}
  void fired() noexcept override { to_->push_back(which_); }

private:
  std::vector<int> *to_;
  int which_;
};

TEST(Scheduler, KeepsTimersInOrderWhateverIsRemoved) {
  for (unsigned seed = 0; seed != 20; ++seed) {
    plain_scheduler loop;
    loop.use_virtual_time();
    std::mt19937 random(seed);
    std::vector<int> fired;
    std::vector<noting_timer> timers;
    std::vector<std::pair<int, int>> expected;
    timers.reserve(300);
    for (int i = 0; i != 300; ++i)
      timers.emplace_back(fired, i);
    for (int i = 0; i != 300; ++i) {
      const int when = static_cast<int>(random() % 40);
      loop.add(timers[static_cast<std::size_t>(i)], loop.now() + std::chrono::seconds(when));
      EXPECT_TRUE(timers[static_cast<std::size_t>(i)].active());
      if (random() % 3 != 0)
        expected.emplace_back(when, i);
      else
        expected.emplace_back(-1, i);
    }
    for (const auto &[when, which] : expected)
      if (when < 0) {
        loop.remove(timers[static_cast<std::size_t>(which)]);
        loop.remove(timers[static_cast<std::size_t>(which)]); // nothing
        EXPECT_FALSE(timers[static_cast<std::size_t>(which)].active());
      }
    run_on(loop, []() -> aio::task<> { co_await aio::sleep_for(100s); }());
    std::sort(expected.begin(), expected.end());
    std::vector<int> order;
    for (const auto &[when, which] : expected)
      if (when >= 0)
        order.push_back(which);
    EXPECT_EQ(fired, order);
  }
}

class counting_observer final : public aio::detail::observer {
public:
  int begun = 0;
  int ended = 0;
  void step_begins(const aio::detail::promise_base *) noexcept override { ++begun; }
  void step_ends() noexcept override { ++ended; }
  void deadlocked(const aio::detail::scheduler &) override {}
};

TEST(Scheduler, TellsItsObserverOfEachStep) {
  plain_scheduler loop;
  counting_observer seen;
  loop.set_observer(&seen);
  run_on(loop, []() -> aio::task<> {
    for (int i = 0; i != 10; ++i)
      co_await aio::checkpoint();
  }());
  loop.set_observer(nullptr);
  EXPECT_EQ(seen.begun, 11);
  EXPECT_EQ(seen.ended, 11);
}

TEST(Scheduler, RequireRunningSaysWhatIsMissing) {
  EXPECT_THROW(aio::detail::require_running("spawn"), std::logic_error);
  EXPECT_THROW(aio::detail::require_scheduler("task_tree"), std::logic_error);
}

} // namespace
} // namespace scheduler_tests
