//===- thread.cpp - What blocks, on other threads -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace thread_tests {
namespace {

std::thread::id here() {
  return std::this_thread::get_id();
}

/// Where the coroutine that asks runs.
bool on_worker() {
  return aio::detail::running->in->on_worker();
}

unsigned workers() {
  const char *const asked = std::getenv("UV_THREADPOOL_SIZE");
  return asked ? static_cast<unsigned>(std::atoi(asked)) : 4;
}

/// Keeps every worker busy until it is let go.
class full_pool {
public:
  full_pool() : full_pool(workers()) {}
  ~full_pool() {
    let_go();
    for (auto &each : busy_)
      std::move(each).detach();
  }

  /// Until all are busy.
  aio::task<> wait() {
    co_await aio::checkpoint();
    begun_->wait();
  }
  void let_go() {
    if (!std::exchange(gone_, true))
      end_->count_down();
  }

private:
  explicit full_pool(unsigned count)
      : begun_(std::make_shared<std::latch>(count)), end_(std::make_shared<std::latch>(1)) {
    for (unsigned i = 0; i != count; ++i)
      busy_.push_back(aio::spawn(aio::to_thread([begun = begun_, end = end_] {
        begun->count_down();
        end->wait();
      })));
  }

  std::shared_ptr<std::latch> begun_;
  std::shared_ptr<std::latch> end_;
  std::vector<aio::join_handle<void>> busy_;
  bool gone_ = false;
};

/// Counts what lives.
struct counted {
  explicit counted(int &alive) : alive_(&alive) { ++*alive_; }
  counted(const counted &other) : alive_(other.alive_) { ++*alive_; }
  counted &operator=(const counted &) = delete;
  ~counted() { --*alive_; }
  int *alive_;
};

//===- to_thread ----------------------------------------------------------===//

TEST(ToThread, RunsOnAnotherThreadAndResumesOnTheLoop) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    const auto ran = co_await aio::to_thread(here);
    EXPECT_NE(ran, loop);
    EXPECT_EQ(here(), loop);
    EXPECT_FALSE(on_worker());
  }());
}

TEST(ToThread, DoesNothingUntilItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    std::atomic<int> calls = 0;
    {
      auto never = aio::to_thread([&] { ++calls; });
      auto later = aio::to_thread([&] { return ++calls; });
      co_await aio::checkpoint();
      EXPECT_EQ(calls, 0);
      EXPECT_EQ(co_await std::move(later), 1);
      static_cast<void>(never);
    }
    EXPECT_EQ(calls, 1);
  }());
}

TEST(ToThread, GivesWhatTheFunctionReturns) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_EQ(co_await aio::to_thread([] { return std::string("text"); }), "text");
    const auto owned = co_await aio::to_thread([] { return std::make_unique<int>(7); });
    EXPECT_EQ(*owned, 7);
    int there = 1;
    int &same = co_await aio::to_thread([&]() -> int & { return there; });
    EXPECT_EQ(&same, &there);
    const int kept = co_await aio::to_thread([n = 5]() mutable -> int && { return std::move(n); });
    EXPECT_EQ(kept, 5);
    co_await aio::to_thread([] {});
  }());
}

TEST(ToThread, HandsItsArgumentsOver) {
  aio::testing::run([]() -> aio::task<> {
    std::string copied = "a";
    int referred = 0;
    const auto sum = co_await aio::to_thread(
        [](std::string a, std::unique_ptr<int> b, int &c) {
          c = 3;
          return a + std::to_string(*b);
        },
        copied, std::make_unique<int>(2), std::ref(referred));
    EXPECT_EQ(sum, "a2");
    EXPECT_EQ(copied, "a");
    EXPECT_EQ(referred, 3);

    const std::string text = "four";
    EXPECT_EQ(co_await aio::to_thread(&std::string::size, text), 4u);
  }());
}

TEST(ToThread, DestroysTheFunctionWhenItIsOver) {
  int alive = 0;
  aio::testing::run([](int &living) -> aio::task<> {
    counted held(living);
    auto read = [held] { return *held.alive_; }; // by name: see thread.md on GCC 12
    EXPECT_GE(co_await aio::to_thread(read), 3);
    EXPECT_EQ(living, 2);
#if defined(__clang__) // GCC 12 destroys the captures twice
    EXPECT_GE(co_await aio::to_thread([held] { return *held.alive_; }), 3);
    EXPECT_EQ(living, 2);
#endif
  }(alive));
  EXPECT_EQ(alive, 0);
}

TEST(ToThread, ThrowsWhatTheFunctionThrows) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    try {
      co_await aio::to_thread([]() -> int { throw std::out_of_range("too far"); });
      ADD_FAILURE();
    } catch (const std::out_of_range &error) {
      EXPECT_STREQ(error.what(), "too far");
    }
    EXPECT_EQ(here(), loop);
    EXPECT_THROW(co_await aio::to_thread([] { throw 1; }), int);
  }());
}

TEST(ToThread, TheLoopGoesOn) {
  aio::testing::run([]() -> aio::task<> {
    std::latch go(1);
    auto waits = aio::spawn(aio::to_thread([&] { go.wait(); }));
    co_await aio::checkpoint(); // it waits on its worker for what this thread does next
    go.count_down();
    co_await waits;
  }());
}

TEST(ToThread, TimeThatIsVirtualWaitsForIt) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_EQ(co_await aio::with_timeout(1ms, aio::to_thread([] {
                                           std::thread([] { std::this_thread::yield(); }).join();
                                           return 1;
                                         })),
              1);
  }());
}

TEST(ToThread, ManyAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<aio::join_handle<int>> running;
    for (int i = 0; i != 500; ++i)
      running.push_back(aio::spawn(aio::to_thread([i] { return i; })));
    for (int i = 0; i != 500; ++i)
      EXPECT_EQ(co_await running[static_cast<std::size_t>(i)], i);
  }());
}

TEST(ToThread, WhatHasNotBegunNeverBegins) {
  aio::testing::run([]() -> aio::task<> {
    full_pool pool;
    co_await pool.wait();
    std::atomic<bool> ran = false;
    auto queued = aio::spawn(aio::to_thread([&] { ran = true; }));
    co_await aio::checkpoint();
    queued.cancel();
    EXPECT_THROW(co_await queued, aio::task_cancelled); // though every worker is still busy
    pool.let_go();
    co_await aio::to_thread([] {}); // behind it in the queue, had it stayed there
    EXPECT_FALSE(ran);
  }());
}

TEST(ToThread, WhatRunsIsWaitedForAndItsResultGiven) {
  aio::testing::run([]() -> aio::task<> {
    std::latch begun(1), go(1);
    bool ended = false;
    auto work = [](std::latch &b, std::latch &g, bool &e) -> aio::task<int> {
      const int given = co_await aio::to_thread([&] {
        b.count_down();
        g.wait();
        return 42;
      });
      e = true;
      EXPECT_TRUE(aio::cancel_requested());
      EXPECT_THROW(co_await aio::checkpoint(), aio::cancelled);
      co_return given;
    };
    auto running = aio::spawn(work(begun, go, ended));
    co_await aio::checkpoint();
    begun.wait();
    running.cancel();
    co_await aio::checkpoint();
    EXPECT_FALSE(ended);
    go.count_down();
    EXPECT_EQ(co_await running, 42);
  }());
}

TEST(ToThread, WhatRunsIsAskedToStopThroughItsToken) {
  aio::testing::run([]() -> aio::task<> {
    std::latch begun(1);
    auto running = aio::spawn(aio::to_thread(
        [&](std::stop_token stop, int plus) {
          begun.count_down();
          std::mutex lock;
          std::condition_variable_any changed;
          std::unique_lock held(lock);
          changed.wait(held, stop, [] { return false; });
          return (stop.stop_requested() ? 1 : 0) + plus;
        },
        10));
    co_await aio::checkpoint();
    begun.wait();
    running.cancel();
    EXPECT_EQ(co_await running, 11);
  }());
}

TEST(ToThread, ATokenThatNobodyStopsIsNotStopped) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_FALSE(
        co_await aio::to_thread([](std::stop_token stop) { return stop.stop_requested(); }));
  }());
}

TEST(ToThread, IsNotEvenQueuedWhereCancellationWasAskedForBefore) {
  aio::testing::run([]() -> aio::task<> {
    bool ran = false;
    auto cancelled = aio::spawn([](bool &r) -> aio::task<> {
      EXPECT_THROW(co_await aio::sleep_for(1h), aio::cancelled);
      EXPECT_THROW(co_await aio::to_thread([&] { r = true; }), aio::cancelled);
      co_await aio::checkpoint();
    }(ran));
    co_await aio::checkpoint();
    cancelled.cancel();
    EXPECT_THROW(co_await cancelled, aio::task_cancelled);
    EXPECT_FALSE(ran);
  }());
}

TEST(ToThread, ItsFunctionIsNoCoroutineOfOurs) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_FALSE(co_await aio::to_thread([] { return aio::cancel_requested(); }));
    EXPECT_EQ(co_await aio::to_thread([] { return aio::detail::running; }), nullptr);
    // It may have a loop of its own.
    EXPECT_EQ(co_await aio::to_thread(
                  [] { return aio::testing::run([]() -> aio::task<int> { co_return 3; }()); }),
              3);
  }());
}

TEST(ToThread, WaitsInTheTreeOfTasks) {
  aio::testing::run([]() -> aio::task<> {
    full_pool pool;
    co_await pool.wait();
    EXPECT_NE(aio::task_tree().find("waits for to_thread"), std::string::npos);
    pool.let_go();
  }());
}

//===- Hops ---------------------------------------------------------------===//

TEST(ResumeOnWorker, MovesTheCoroutineThereAndBack) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    auto *const self = aio::detail::running;
    for (int i = 0; i != 100; ++i) {
      co_await aio::resume_on_worker();
      EXPECT_NE(here(), loop);
      EXPECT_TRUE(on_worker());
      EXPECT_EQ(aio::detail::running, self);
      co_await aio::resume_on_loop();
      EXPECT_EQ(here(), loop);
      EXPECT_FALSE(on_worker());
      EXPECT_EQ(aio::detail::running, self);
    }
  }());
}

TEST(ResumeOnWorker, GoesOnAtOnceOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::resume_on_worker();
    const auto worker = here();
    co_await aio::resume_on_worker();
    EXPECT_EQ(here(), worker);
    EXPECT_TRUE(on_worker());
  }());
}

TEST(ResumeOnLoop, GoesOnAtOnceOnTheLoop) {
  aio::testing::run([]() -> aio::task<> {
    bool other_ran = false;
    auto other = aio::spawn([](bool &ran) -> aio::task<> {
      ran = true;
      co_return;
    }(other_ran));
    co_await aio::resume_on_loop();
    EXPECT_FALSE(other_ran);
    co_await other;
  }());
}

aio::task<int> ends_on_worker(int value) {
  co_await aio::resume_on_worker();
  EXPECT_TRUE(on_worker());
  co_return value;
}

aio::task<int> ends_on_loop(int value) {
  co_await aio::resume_on_loop();
  EXPECT_FALSE(on_worker());
  co_return value;
}

TEST(Hops, ATaskThatEndsOnAWorkerResumesItsCallerOnTheLoop) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    auto *const self = aio::detail::running;
    for (int i = 0; i != 100; ++i) {
      EXPECT_EQ(co_await ends_on_worker(i), i);
      EXPECT_EQ(here(), loop);
      EXPECT_FALSE(on_worker());
      EXPECT_EQ(aio::detail::running, self);
    }
  }());
}

TEST(Hops, ATaskThatThrowsOnAWorkerThrowsOnTheLoop) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    EXPECT_THROW(
        co_await []() -> aio::task<> {
          co_await aio::resume_on_worker();
          throw std::runtime_error("there");
        }(),
        std::runtime_error);
    EXPECT_EQ(here(), loop);
    EXPECT_FALSE(on_worker());
  }());
}

TEST(Hops, ATaskThatIsAwaitedOnAWorkerRunsThere) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::resume_on_worker();
    const auto worker = here();
    auto *const self = aio::detail::running;
    const auto ran = co_await []() -> aio::task<std::thread::id> { co_return here(); }();
    EXPECT_EQ(ran, worker);
    EXPECT_EQ(here(), worker);
    EXPECT_EQ(aio::detail::running, self);
    EXPECT_THROW(
        co_await []() -> aio::task<> {
          throw std::runtime_error("there");
          co_return;
        }(),
        std::runtime_error);
    EXPECT_EQ(here(), worker);
  }());
}

TEST(Hops, ATaskThatWasAwaitedOnAWorkerAndEndsOnTheLoopResumesItsCallerOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    co_await aio::resume_on_worker();
    auto *const self = aio::detail::running;
    for (int i = 0; i != 100; ++i) {
      EXPECT_EQ(co_await ends_on_loop(i), i);
      EXPECT_NE(here(), loop);
      EXPECT_TRUE(on_worker());
      EXPECT_EQ(aio::detail::running, self);
    }
    EXPECT_THROW(
        co_await []() -> aio::task<> {
          co_await aio::resume_on_loop();
          throw std::runtime_error("here");
        }(),
        std::runtime_error);
    EXPECT_TRUE(on_worker());
    co_await aio::resume_on_loop();
    EXPECT_EQ(here(), loop);
  }());
}

aio::task<int> nested(int depth) {
  const bool began_on_worker = on_worker();
  if (depth % 2)
    co_await aio::resume_on_worker();
  else
    co_await aio::resume_on_loop();
  if (depth == 0)
    co_return 0;
  const int below = co_await nested(depth - 1);
  EXPECT_EQ(on_worker(), depth % 2 == 1);
  if (began_on_worker)
    co_await aio::resume_on_worker();
  co_return below + 1;
}

TEST(Hops, Nested) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_EQ(co_await nested(50), 50);
    EXPECT_FALSE(on_worker());
    EXPECT_EQ(co_await nested(51), 51);
    EXPECT_FALSE(on_worker());
  }());
}

TEST(Hops, TheMainTaskMayEndOnAWorker) {
  for (int i = 0; i != 50; ++i) {
    EXPECT_EQ(aio::testing::run(ends_on_worker(i)), i);
    EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                   co_await aio::resume_on_worker();
                   throw std::runtime_error("there");
                 }()),
                 std::runtime_error);
  }
}

TEST(Hops, SpawnedTasksMayEndOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    std::vector<aio::join_handle<int>> running;
    for (int i = 0; i != 200; ++i)
      running.push_back(aio::spawn(ends_on_worker(i)));
    for (int i = 0; i != 200; ++i)
      EXPECT_EQ(co_await running[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(here(), loop);
    auto fails = aio::spawn([]() -> aio::task<> {
      co_await aio::resume_on_worker();
      throw std::runtime_error("there");
    }());
    EXPECT_THROW(co_await fails, std::runtime_error);
  }());
}

TEST(Hops, ADetachedTaskThatFailsOnAWorkerEndsTheRun) {
  EXPECT_THROW(aio::testing::run([]() -> aio::task<> {
                 aio::spawn([]() -> aio::task<> {
                   co_await aio::resume_on_worker();
                   throw std::out_of_range("there");
                 }())
                     .detach();
                 co_await aio::sleep_for(1h);
               }()),
               std::out_of_range);
}

TEST(Hops, InAScopeOfTheirOwn) {
  aio::testing::run([]() -> aio::task<> {
    const auto loop = here();
    EXPECT_EQ(co_await aio::with_timeout(1h, ends_on_worker(1)), 1);
    EXPECT_EQ(here(), loop);
    EXPECT_EQ(co_await aio::shield(ends_on_worker(2)), 2);
    EXPECT_FALSE(on_worker());
    std::stop_source source;
    EXPECT_EQ(co_await aio::with_stop_token(source.get_token(), ends_on_worker(3)), 3);
    EXPECT_EQ(here(), loop);
  }());
}

TEST(ResumeOnWorker, CancelledWhileItWaitsForAWorker) {
  aio::testing::run([]() -> aio::task<> {
    full_pool pool;
    co_await pool.wait();
    bool arrived = false;
    auto hops = aio::spawn([](bool &a) -> aio::task<> {
      const auto loop = here();
      try {
        co_await aio::resume_on_worker();
        a = true;
      } catch (const aio::cancelled &) {
        EXPECT_EQ(here(), loop);
        EXPECT_FALSE(on_worker());
        throw;
      }
    }(arrived));
    co_await aio::checkpoint();
    hops.cancel();
    EXPECT_THROW(co_await hops, aio::task_cancelled); // though every worker is still busy
    EXPECT_FALSE(arrived);
  }());
}

TEST(ResumeOnWorker, ThrowsAtOnceWhereCancellationWasAskedForBefore) {
  aio::testing::run([]() -> aio::task<> {
    auto hops = aio::spawn([]() -> aio::task<> {
      const auto loop = here();
      EXPECT_THROW(co_await aio::sleep_for(1h), aio::cancelled);
      EXPECT_THROW(co_await aio::resume_on_worker(), aio::cancelled);
      EXPECT_EQ(here(), loop);
      EXPECT_FALSE(on_worker());
      EXPECT_THROW(co_await aio::resume_on_loop(), aio::cancelled);
      co_await aio::checkpoint();
    }());
    co_await aio::checkpoint();
    hops.cancel();
    EXPECT_THROW(co_await hops, aio::task_cancelled);
  }());
}

TEST(ResumeOnLoop, CancelledOnAWorkerGoesBackAllTheSameAndThrowsThere) {
  aio::testing::run([]() -> aio::task<> {
    std::latch there(1), go(1);
    auto hops = aio::spawn([](std::latch &t, std::latch &g) -> aio::task<int> {
      const auto loop = here();
      co_await aio::resume_on_worker();
      EXPECT_FALSE(aio::cancel_requested());
      t.count_down();
      g.wait();
      EXPECT_TRUE(aio::cancel_requested());
      // A task is no place to be cancelled, and a worker's hop to a worker is one.
      EXPECT_EQ(co_await []() -> aio::task<int> { co_return 1; }(), 1);
      EXPECT_THROW(co_await aio::resume_on_worker(), aio::cancelled);
      EXPECT_TRUE(on_worker());
      bool thrown = false;
      try {
        co_await aio::resume_on_loop();
      } catch (const aio::cancelled &) {
        EXPECT_EQ(here(), loop);
        EXPECT_FALSE(on_worker());
        thrown = true;
      }
      EXPECT_TRUE(thrown);
      co_return 7;
    }(there, go));
    co_await aio::checkpoint();
    there.wait();
    hops.cancel();
    go.count_down();
    EXPECT_EQ(co_await hops, 7);
  }());
}

TEST(ResumeOnWorker, CancelledTasksMayEndOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    std::latch there(1), go(1);
    auto hops = aio::spawn([](std::latch &t, std::latch &g) -> aio::task<> {
      co_await aio::resume_on_worker();
      t.count_down();
      g.wait();
      co_await aio::resume_on_worker(); // throws
      ADD_FAILURE();
    }(there, go));
    co_await aio::checkpoint();
    there.wait();
    hops.cancel();
    go.count_down();
    EXPECT_THROW(co_await hops, aio::task_cancelled);
  }());
}

TEST(Hops, ATimeoutThatComesWhileTheTaskIsOnAWorker) {
  aio::run([]() -> aio::task<> { // a real clock: a virtual one waits for the worker
    // On a busy machine the first may come before there is a worker.
    bool there = false;
    for (auto time = 1ms; !there; time *= 2) {
      aio::task<> works = [](bool &arrived) -> aio::task<> {
        co_await aio::resume_on_worker();
        arrived = true;
        while (!aio::cancel_requested())
          std::this_thread::yield();
        co_await aio::resume_on_loop();
      }(there);
      EXPECT_THROW(co_await aio::with_timeout(time, std::move(works)), aio::timed_out);
      EXPECT_FALSE(on_worker());
    }
  }());
}

template <class A> aio::task<std::string> message_on_worker(A awaited) {
  co_await aio::resume_on_worker();
  try {
    co_await std::move(awaited);
  } catch (const std::logic_error &error) {
    co_return error.what();
  }
  co_return "";
}

TEST(Hops, EverythingElseOnAWorkerIsAnErrorThatSaysTheWayOut) {
  aio::testing::run([]() -> aio::task<> {
    const auto says = [](const std::string &message, const char *what) {
      EXPECT_NE(message.find(what), std::string::npos) << message;
      EXPECT_NE(message.find("on a worker by '"), std::string::npos) << message;
      EXPECT_NE(message.find("co_await aio::resume_on_loop() before"), std::string::npos)
          << message;
    };
    const auto nothing = []() -> aio::task<> { co_return; };
    says(co_await message_on_worker(aio::sleep_for(1h)), "sleep_for was awaited");
    says(co_await message_on_worker(aio::checkpoint()), "checkpoint was awaited");
    says(co_await message_on_worker(aio::to_thread([] {})), "to_thread was awaited");
    says(co_await message_on_worker(aio::with_timeout(1h, nothing())), "with_timeout");
    says(co_await message_on_worker(aio::shield(nothing())), "shield");
    says(co_await message_on_worker(aio::with_stop_token({}, nothing())), "with_stop_token");

    std::string spawned;
    co_await [](std::string &message) -> aio::task<> {
      co_await aio::resume_on_worker();
      try {
        aio::spawn([]() -> aio::task<> { co_return; }()).detach();
      } catch (const std::logic_error &error) {
        message = error.what();
      }
    }(spawned);
    says(spawned, "spawn was called");
  }());
}

TEST(Hops, RunOnAWorkerIsANestedRun) {
  aio::testing::run([]() -> aio::task<> {
    co_await aio::resume_on_worker();
    EXPECT_THROW(aio::run([]() -> aio::task<> { co_return; }()), aio::nested_run);
  }());
}

TEST(Hops, TheTreeOfTasksTellsWhoIsOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    std::latch there(workers()), go(1);
    std::vector<aio::join_handle<void>> running;
    for (unsigned i = 0; i != workers() + 1; ++i)
      running.push_back(aio::spawn([](std::latch &t, std::latch &g) -> aio::task<> {
        co_await aio::resume_on_worker();
        if (!t.try_wait())
          t.count_down();
        g.wait();
      }(there, go)));
    co_await aio::checkpoint();
    there.wait();
    const std::string tree = aio::task_tree();
    EXPECT_NE(tree.find("resume_on_worker (runs there)"), std::string::npos) << tree;
    EXPECT_NE(tree.find("resume_on_worker (all workers are busy)"), std::string::npos) << tree;
    EXPECT_NE(tree.find("thread.cpp:"), std::string::npos) << tree;
    go.count_down();
    for (auto &each : running)
      co_await each;
  }());
}

//===- All together -------------------------------------------------------===//

aio::task<int> wanders(unsigned seed, int depth) {
  int sum = 1;
  for (int i = 0; i != 3; ++i) {
    seed = seed * 1664525u + 1013904223u;
    switch ((seed >> 16) % 5) {
    case 0:
      co_await aio::resume_on_worker();
      break;
    case 1:
      co_await aio::resume_on_loop();
      break;
    case 2:
      if (!on_worker())
        sum += co_await aio::to_thread([] { return 1; });
      break;
    case 3:
      if (!on_worker())
        co_await aio::sleep_for(1ms);
      break;
    default:
      if (depth != 0) {
        const bool worker = on_worker();
        sum += co_await wanders(seed, depth - 1);
        EXPECT_EQ(on_worker(), worker);
      }
    }
  }
  co_return sum;
}

TEST(Hops, ManyWanderAndSomeAreCancelled) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    aio::testing::run(
        [](unsigned first) -> aio::task<> {
          std::vector<aio::join_handle<int>> running;
          for (unsigned i = 0; i != 300; ++i)
            running.push_back(aio::spawn(wanders(first * 1000 + i, 4)));
          for (unsigned i = 0; i != 20; ++i)
            co_await aio::checkpoint();
          for (std::size_t i = 0; i < running.size(); i += 3)
            running[i].cancel();
          for (std::size_t i = 0; i != running.size(); ++i) {
            try {
              EXPECT_GE(co_await running[i], 1);
            } catch (const aio::task_cancelled &) {
              EXPECT_EQ(i % 3, 0u);
            }
            EXPECT_FALSE(on_worker());
          }
        }(static_cast<unsigned>(seed)),
        seed);
  }
}

} // namespace
} // namespace thread_tests
