//===- foreign.cpp - Awaiting what other libraries made -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <coroutine>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace foreign_tests {
namespace {

/// The coroutine may go on and end on the thread: it cannot be a member of what the coroutine
/// keeps.
class started_threads {
public:
  template <class F> void start(F f) {
    std::lock_guard held(lock_);
    all_.emplace_back(std::move(f));
  }
  void join() {
    std::unique_lock held(lock_);
    auto all = std::exchange(all_, {});
    held.unlock();
    for (std::thread &one : all)
      one.join();
  }

private:
  std::mutex lock_;
  std::vector<std::thread> all_;
};
started_threads threads;

class Foreign : public testing::Test {
protected:
  void TearDown() override { threads.join(); }
};

/// Resumes who awaits it on a thread of its own.
struct on_thread {
  int value = 0;

  on_thread(int v) : value(v) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    threads.start([waiting] { waiting.resume(); });
  }
  int await_resume() const noexcept { return value; }
};

/// Keeps who awaits it until it is told to go on.
struct gate {
  std::coroutine_handle<> waiting;

  struct pass {
    gate *at;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> w) noexcept { at->waiting = w; }
    void await_resume() const noexcept {}
  };
  pass operator co_await() noexcept { return {this}; }
  void open() { std::exchange(waiting, nullptr).resume(); }
};

/// With an operator that is no member.
struct number {
  int value;
};
struct number_awaiter {
  int value;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  int await_resume() const noexcept { return value; }
};
number_awaiter operator co_await(const number &n) noexcept {
  return {n.value};
}

struct suspends_or_not {
  bool suspends;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> waiting) const {
    if (suspends)
      waiting.resume(); // at once, before this function is over
    return suspends;
  }
  int await_resume() const noexcept { return suspends ? 1 : 2; }
};

struct throws_on_suspend {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const { throw std::runtime_error("no suspension"); }
  void await_resume() const noexcept {}
};

struct throws_on_resume {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const { throw std::runtime_error("no result"); }
};

/// The task of another library: lazy, and goes on with who awaits it by symmetric transfer.
template <class T> class other_task {
public:
  struct promise_type {
    std::coroutine_handle<> waiting;
    std::unique_ptr<T> value;
    std::exception_ptr error;

    other_task get_return_object() {
      return other_task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    struct last {
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> ended) const noexcept {
        return ended.promise().waiting;
      }
      void await_resume() const noexcept {}
    };
    last final_suspend() const noexcept { return {}; }
    void return_value(T given) { value = std::make_unique<T>(std::move(given)); }
    void unhandled_exception() { error = std::current_exception(); }
  };

  other_task(other_task &&other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  ~other_task() {
    if (coroutine_)
      coroutine_.destroy();
  }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> w) noexcept {
    coroutine_.promise().waiting = w;
    return coroutine_;
  }
  T &&await_resume() const {
    if (coroutine_.promise().error)
      std::rethrow_exception(coroutine_.promise().error);
    return std::move(*coroutine_.promise().value);
  }

private:
  explicit other_task(std::coroutine_handle<promise_type> made) noexcept : coroutine_(made) {}
  std::coroutine_handle<promise_type> coroutine_;
};

other_task<std::string> names(bool fails) {
  const int n = co_await on_thread(4);
  if (fails)
    throw std::runtime_error("no name");
  co_return "name " + std::to_string(n);
}

TEST_F(Foreign, GoesBackToTheLoopFromWhateverThreadResumes) {
  for (int i = 0; i != 20; ++i)
    aio::run([]() -> aio::task<> {
      const auto loop = std::this_thread::get_id();
      EXPECT_EQ(co_await on_thread(3), 3);
      EXPECT_EQ(std::this_thread::get_id(), loop);
      co_await aio::checkpoint();
    }());
}

TEST_F(Foreign, ManyAtOnce) {
  aio::run([]() -> aio::task<> {
    std::vector<aio::join_handle<int>> handles;
    for (int i = 0; i != 32; ++i)
      handles.push_back(aio::spawn(on_thread(i)));
    for (int i = 0; i != 32; ++i)
      EXPECT_EQ(co_await handles[static_cast<std::size_t>(i)], i);
  }());
}

TEST_F(Foreign, TakesEveryFormOfAwaitable) {
  aio::testing::run([]() -> aio::task<> {
    co_await std::suspend_never();
    EXPECT_EQ(co_await number{5}, 5);
    const number named{6};
    EXPECT_EQ(co_await named, 6);
    EXPECT_EQ(co_await suspends_or_not{false}, 2);
    EXPECT_EQ(co_await suspends_or_not{true}, 1);
    suspends_or_not lvalue{false};
    EXPECT_EQ(co_await lvalue, 2);
  }());
}

TEST_F(Foreign, TakesTheTaskOfAnotherLibrary) {
  aio::run([]() -> aio::task<> {
    const auto loop = std::this_thread::get_id();
    const std::string name = co_await names(false);
    EXPECT_EQ(name, "name 4");
    EXPECT_EQ(std::this_thread::get_id(), loop);
    EXPECT_THROW(co_await names(true), std::runtime_error);
    EXPECT_EQ(std::this_thread::get_id(), loop);
    auto both = co_await aio::gather(names(false), on_thread(1));
    EXPECT_EQ(std::get<0>(both), "name 4");
  }());
}

TEST_F(Foreign, ThrowsWhatItThrows) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_THROW(co_await throws_on_suspend(), std::runtime_error);
    EXPECT_THROW(co_await throws_on_resume(), std::runtime_error);
    co_await aio::sleep_for(1s); // nothing is left that would be waited for
  }());
}

TEST_F(Foreign, OthersRunMeanwhile) {
  aio::testing::run([]() -> aio::task<> {
    gate g;
    bool through = false;
    auto passes = [](gate &at, bool &to) -> aio::task<> {
      co_await at;
      to = true;
    };
    auto handle = aio::spawn(passes(g, through));
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(through);
    g.open();
    EXPECT_FALSE(through); // who opens goes on first
    co_await handle;
    EXPECT_TRUE(through);
  }());
}

TEST_F(Foreign, IsWaitedForWhenItIsCancelled) {
  aio::testing::run([]() -> aio::task<> {
    gate g;
    bool through = false;
    auto passes = [](gate &at, bool &to) -> aio::task<> {
      co_await at;
      to = true;
      co_await aio::checkpoint();
    };
    auto handle = aio::spawn(passes(g, through));
    co_await aio::checkpoint();
    handle.cancel();
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(handle.done());
    g.open();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_TRUE(through); // its result was not lost
  }());
}

TEST_F(Foreign, IsAPlaceToBeCancelledBefore) {
  aio::testing::run([]() -> aio::task<> {
    auto waits = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      co_await std::suspend_always();
    };
    auto handle = aio::spawn(waits());
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
  }());
}

TEST_F(Foreign, IsRefusedOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    bool refused = false;
    co_await aio::resume_on_worker();
    try {
      co_await std::suspend_always();
    } catch (const std::logic_error &) {
      refused = true;
    }
    co_await aio::resume_on_loop();
    EXPECT_TRUE(refused);
  }());
}

} // namespace
} // namespace foreign_tests
