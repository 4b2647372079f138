//===- cancel.cpp - Asking a coroutine to stop ----------------------------===//
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

#include <exception>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace cancel_tests {
namespace {

static_assert(!std::is_base_of_v<std::exception, aio::cancelled>);

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

/// Waits for what never comes.
class never final : public aio::detail::awaitable_operation<never> {
public:
  never() noexcept : awaitable_operation("never") {}
  bool start() noexcept { return true; }
  void await_resume() const { rethrow_cancelled(); }
};

/// An operation that can be ended from outside, and notes what it is told.
class held final : public aio::detail::awaitable_operation<held> {
public:
  explicit held(held *&to, int &asked) noexcept
      : awaitable_operation("held"), to_(&to), asked_(&asked) {}
  held(held &&) noexcept = default;
  bool start() noexcept {
    *to_ = this;
    return true;
  }
  void end() noexcept { complete(); }
  void await_resume() const { rethrow_cancelled(); }

private:
  void on_cancel() noexcept override { ++*asked_; } // it cannot be stopped at once

  held **to_;
  int *asked_;
};

/// Runs \p work beside the caller, cancels it as soon as it waits, and gives whether it ended by
/// that.
aio::task<bool> is_cancelled(aio::task<> work) {
  auto handle = aio::spawn(std::move(work));
  co_await aio::sleep_for(1s);
  handle.cancel();
  try {
    co_await handle;
  } catch (const aio::task_cancelled &) {
    co_return true;
  }
  co_return false;
}

aio::task<int> gives_after(std::chrono::seconds time, int value) {
  co_await aio::sleep_for(time);
  co_return value;
}

TEST(Cancel, SurfacesWhereTheCoroutineWaits) {
  aio::testing::run([]() -> aio::task<> {
    bool surfaced = false;
    auto waits = [](bool &told) -> aio::task<> {
      try {
        co_await never();
      } catch (const aio::cancelled &) {
        told = true;
        throw;
      }
    };
    EXPECT_TRUE(co_await is_cancelled(waits(surfaced)));
    EXPECT_TRUE(surfaced);
  }());
}

TEST(Cancel, IsThrownAtEveryLaterAwait) {
  aio::testing::run([]() -> aio::task<> {
    int times = 0;
    auto stubborn = [](int &told) -> aio::task<> {
      for (int i = 0; i != 5; ++i) {
        try {
          co_await aio::sleep_for(1h);
        } catch (const aio::cancelled &) {
          ++told;
        }
      }
      try {
        co_await aio::checkpoint();
      } catch (const aio::cancelled &) {
        ++told;
      }
    };
    EXPECT_FALSE(co_await is_cancelled(stubborn(times)));
    EXPECT_EQ(times, 6);
  }());
}

TEST(Cancel, IsNotSwallowedByAHandlerForErrors) {
  aio::testing::run([]() -> aio::task<> {
    auto handles_errors = []() -> aio::task<> {
      try {
        co_await never();
      } catch (const std::exception &) {
      }
    };
    EXPECT_TRUE(co_await is_cancelled(handles_errors()));
  }());
}

TEST(Cancel, ReachesTheTasksThatAreAwaited) {
  aio::testing::run([]() -> aio::task<> {
    std::string order;
    auto inner = [](std::string &to) -> aio::task<> {
      try {
        co_await never();
      } catch (...) {
        to += "inner ";
        throw;
      }
    };
    auto outer = [&inner](std::string &to) -> aio::task<> {
      try {
        co_await inner(to);
      } catch (...) {
        to += "outer";
        throw;
      }
    };
    EXPECT_TRUE(co_await is_cancelled(outer(order)));
    EXPECT_EQ(order, "inner outer");
  }());
}

TEST(Cancel, ACoroutineThatWasCancelledCanStillAwaitTasks) {
  // Only what waits is a place to be cancelled; a task begins, and goes as far as it can.
  aio::testing::run([]() -> aio::task<> {
    int value = 0;
    auto gives = []() -> aio::task<int> { co_return 3; };
    auto cleans_up = [&gives](int &to) -> aio::task<> {
      try {
        co_await never();
      } catch (const aio::cancelled &) {
      }
      to = co_await gives();
    };
    EXPECT_FALSE(co_await is_cancelled(cleans_up(value)));
    EXPECT_EQ(value, 3);
  }());
}

TEST(Cancel, WhatHadCompletedKeepsItsResult) {
  aio::testing::run([]() -> aio::task<> {
    held *waiting = nullptr;
    int asked = 0;
    bool went_on = false;
    auto waits = [&](bool &to) -> aio::task<> {
      co_await held(waiting, asked);
      to = true;
    };
    auto handle = aio::spawn(waits(went_on));
    co_await aio::checkpoint();
    waiting->end(); // completed, and not resumed yet
    handle.cancel();
    co_await handle;
    EXPECT_TRUE(went_on);
    EXPECT_EQ(asked, 0);
  }());
}

TEST(Cancel, AsksAnOperationOnce) {
  aio::testing::run([]() -> aio::task<> {
    held *waiting = nullptr;
    int asked = 0;
    auto waits = [&]() -> aio::task<> { co_await held(waiting, asked); };
    auto handle = aio::spawn(waits());
    co_await aio::checkpoint();
    handle.cancel();
    handle.cancel();
    EXPECT_EQ(asked, 1);
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(handle.done()); // it takes its time
    waiting->end();
    co_await handle; // it had its result in spite of the request
  }());
}

TEST(CancelRequested, SaysSo) {
  EXPECT_FALSE(aio::cancel_requested());
  aio::testing::run([]() -> aio::task<> {
    std::vector<bool> answers;
    auto asks = [](std::vector<bool> &to) -> aio::task<> {
      to.push_back(aio::cancel_requested());
      try {
        co_await never();
      } catch (const aio::cancelled &) {
        to.push_back(aio::cancel_requested());
      }
    };
    EXPECT_FALSE(co_await is_cancelled(asks(answers)));
    EXPECT_EQ(answers, (std::vector{false, true}));
    EXPECT_FALSE(aio::cancel_requested());
  }());
}

TEST(CancelRequested, SaysSoOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    auto computes = []() -> aio::task<> {
      co_await aio::resume_on_worker();
      while (!aio::cancel_requested())
        std::this_thread::yield();
    };
    auto handle = aio::spawn(computes());
    co_await aio::checkpoint();
    handle.cancel();
    try {
      co_await handle;
    } catch (const aio::task_cancelled &) { // before it was on its way
    }
  }());
}

// GCC awaits without growing the stack only from -O2 on.
#ifdef __clang__
constexpr int deep = 20'000;
#else
constexpr int deep = 500;
#endif

TEST(Cancel, DoesNotHangOnHowDeepScopesAreNested) {
  aio::testing::run([]() -> aio::task<> {
    struct nest {
      static aio::task<> of(int levels) {
        if (levels == 0)
          co_await never();
        else
          co_await aio::with_timeout(24h, of(levels - 1));
      }
    };
    EXPECT_TRUE(co_await is_cancelled(nest::of(deep)));
  }());
}

//===- checkpoint ---------------------------------------------------------===//

TEST(Checkpoint, LetsTheOthersHaveTheirTurn) {
  aio::testing::run([]() -> aio::task<> {
    std::string order;
    auto notes = [](std::string &to, char which) -> aio::task<> {
      for (int i = 0; i != 3; ++i) {
        to += which;
        co_await aio::checkpoint();
      }
    };
    auto a = aio::spawn(notes(order, 'a'));
    auto b = aio::spawn(notes(order, 'b'));
    co_await a;
    co_await b;
    EXPECT_EQ(order, "ababab");
  }());
}

TEST(Checkpoint, IsAPlaceToBeCancelled) {
  aio::testing::run([]() -> aio::task<> {
    auto computes = []() -> aio::task<> {
      for (;;)
        co_await aio::checkpoint();
    };
    auto handle = aio::spawn(computes());
    for (int i = 0; i != 10; ++i)
      co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
  }());
}

//===- shield -------------------------------------------------------------===//

TEST(Shield, DoesNotHearOfCancellation) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int value = 0;
    bool after = false;
    auto works = [](int &to, bool &went_on) -> aio::task<> {
      to = co_await aio::shield(gives_after(5s, 7)); // its result is given
      co_await aio::checkpoint();                    // and this throws
      went_on = true;
    };
    EXPECT_TRUE(co_await is_cancelled(works(value, after)));
    EXPECT_EQ(value, 7);
    EXPECT_FALSE(after);
    EXPECT_EQ(now() - begin, 5s);
  }());
}

TEST(Shield, StartsAlsoWhereCancellationWasAskedForBefore) {
  aio::testing::run([]() -> aio::task<> {
    bool cleaned = false;
    auto works = [](bool &to) -> aio::task<> {
      std::exception_ptr stopped;
      try {
        co_await never();
      } catch (...) {
        stopped = std::current_exception();
      }
      co_await aio::shield(aio::sleep_for(1s));
      to = true;
      std::rethrow_exception(stopped);
    };
    EXPECT_TRUE(co_await is_cancelled(works(cleaned)));
    EXPECT_TRUE(cleaned);
  }());
}

TEST(Shield, HidesWhatIsBelowIt) {
  aio::testing::run([]() -> aio::task<> {
    bool asked = true;
    auto inner = [](bool &to) -> aio::task<> {
      co_await aio::with_timeout(1h, gives_after(3s, 1));
      to = aio::cancel_requested();
    };
    auto works = [&inner](bool &to) -> aio::task<> { co_await aio::shield(inner(to)); };
    co_await is_cancelled(works(asked));
    EXPECT_FALSE(asked);
  }());
}

TEST(Shield, ThrowsWhatTheWorkThrows) {
  aio::testing::run([]() -> aio::task<> {
    auto fails = []() -> aio::task<> {
      co_await aio::checkpoint();
      throw std::runtime_error("x");
    };
    EXPECT_THROW(co_await aio::shield(fails()), std::runtime_error);
  }());
}

TEST(Shield, LetsATimeoutInsideOfItGiveUp) {
  aio::testing::run([]() -> aio::task<> {
    bool gave_up = false;
    auto inner = [](bool &to) -> aio::task<> {
      try {
        co_await aio::with_timeout(5s, never());
      } catch (const aio::timed_out &) {
        to = true;
      }
    };
    auto works = [&inner](bool &to) -> aio::task<> { co_await aio::shield(inner(to)); };
    co_await is_cancelled(works(gave_up));
    EXPECT_TRUE(gave_up);
  }());
}

//===- stop_token ---------------------------------------------------------===//

TEST(WithStopToken, GivesWhatTheWorkGives) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    EXPECT_EQ(co_await aio::with_stop_token(source.get_token(), gives_after(1s, 3)), 3);
    EXPECT_EQ(co_await aio::with_stop_token(std::stop_token(), gives_after(1s, 4)), 4);
  }());
}

TEST(WithStopToken, CancelsTheWork) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    auto stops = [](std::stop_source s) -> aio::task<> {
      co_await aio::sleep_for(1s);
      s.request_stop();
    };
    aio::spawn(stops(source)).detach();
    EXPECT_THROW(co_await aio::with_stop_token(source.get_token(), gives_after(1h, 3)),
                 aio::cancelled);
    // The caller was not cancelled.
    EXPECT_FALSE(aio::cancel_requested());
    co_await aio::sleep_for(1s);
  }());
}

TEST(WithStopToken, CancelsAtOnceWhenAStopWasRequestedBefore) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    source.request_stop();
    bool begun = false;
    auto works = [](bool &to) -> aio::task<> {
      to = true;
      co_await never();
    };
    EXPECT_THROW(co_await aio::with_stop_token(source.get_token(), works(begun)), aio::cancelled);
    EXPECT_TRUE(begun);
  }());
}

TEST(WithStopToken, HearsOfAStopOnAnotherThread) {
  // In real time: nothing but the other thread can end this wait, and that is no deadlock.
  aio::run([]() -> aio::task<> {
    std::stop_source source;
    std::thread other([source]() mutable { source.request_stop(); });
    EXPECT_THROW(co_await aio::with_stop_token(source.get_token(), never()), aio::cancelled);
    other.join();
  }());
}

TEST(WithStopToken, HearsOfAStopThatComesAsTheWorkEnds) {
  for (int i = 0; i != 200; ++i) {
    aio::testing::run([]() -> aio::task<> {
      std::stop_source source;
      std::thread other([source]() mutable { source.request_stop(); });
      auto ready = []() -> aio::task<int> {
        co_await aio::checkpoint();
        co_return 3;
      };
      try {
        EXPECT_EQ(co_await aio::with_stop_token(source.get_token(), ready()), 3);
      } catch (const aio::cancelled &) {
      }
      other.join();
    }());
  }
}

TEST(WithStopToken, IsCancelledWithWhoAwaitsIt) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    auto waits = [](std::stop_token token) -> aio::task<> {
      co_await aio::with_stop_token(token, never());
    };
    EXPECT_TRUE(co_await is_cancelled(waits(source.get_token())));
  }());
}

TEST(Cancel, ScopesAreRefusedOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<std::string> refused;
    co_await aio::resume_on_worker();
    try {
      co_await aio::shield(gives_after(1s, 1));
    } catch (const std::logic_error &error) {
      refused.emplace_back(error.what());
    }
    try {
      co_await aio::with_stop_token(std::stop_token(), gives_after(1s, 1));
    } catch (const std::logic_error &error) {
      refused.emplace_back(error.what());
    }
    try {
      co_await aio::checkpoint();
    } catch (const std::logic_error &error) {
      refused.emplace_back(error.what());
    }
    co_await aio::resume_on_loop();
    EXPECT_EQ(refused.size(), 3u);
    for (const std::string &each : refused)
      EXPECT_NE(each.find("on a worker"), std::string::npos) << each;
  }());
}

} // namespace
} // namespace cancel_tests
