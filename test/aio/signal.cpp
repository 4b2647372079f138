//===- signal.cpp - Signals -----------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/debug.hpp>
#include <aio/signal.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

using namespace std::chrono_literals;

namespace signal_tests {
namespace {

/// Lets the loop hear of what was raised: the clock is virtual.
auto the_loop_has_its_turn() {
  return aio::sleep_for(1ms);
}

bool does_its_default(int signal) {
  struct sigaction set;
  return ::sigaction(signal, nullptr, &set) == 0 && set.sa_handler == SIG_DFL;
}

TEST(WaitSignal, WaitsForIt) {
  aio::testing::run([]() -> aio::task<> {
    auto waits = aio::spawn(aio::wait_signal(SIGUSR2));
    co_await the_loop_has_its_turn();
    EXPECT_FALSE(waits.done());
    ::raise(SIGUSR2);
    co_await waits;
  }());
}

TEST(WaitSignal, DoesNothingUntilItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    auto later = aio::wait_signal(SIGUSR2);
    EXPECT_TRUE(does_its_default(SIGUSR2));
    auto waits = aio::spawn(std::move(later));
    co_await aio::checkpoint();
    EXPECT_FALSE(does_its_default(SIGUSR2));
    ::raise(SIGUSR2);
    co_await waits;
    EXPECT_TRUE(does_its_default(SIGUSR2));
  }());
}

TEST(WaitSignal, IsCancelledAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_THROW(co_await aio::with_timeout(1h, aio::wait_signal(SIGUSR2)), aio::timed_out);
    EXPECT_TRUE(does_its_default(SIGUSR2));
  }());
}

TEST(WaitSignal, IsNoDeadlock) {
  // Nothing else can happen in this program, and yet somebody may send it.
  aio::testing::run([]() -> aio::task<> {
    auto waits = aio::spawn(aio::wait_signal(SIGUSR2));
    co_await aio::checkpoint();
    ::raise(SIGUSR2);
    co_await waits;
  }());
}

TEST(SignalSet, GivesWhichOneCame) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set set{SIGHUP, SIGUSR2};
    ::raise(SIGUSR2);
    EXPECT_EQ(co_await set.next(), SIGUSR2);
    ::raise(SIGHUP);
    EXPECT_EQ(co_await set.next(), SIGHUP);
  }());
}

TEST(SignalSet, RemembersEachOnceInTheirOrder) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set set{SIGHUP, SIGUSR2, SIGHUP};
    ::raise(SIGUSR2);
    ::raise(SIGHUP);
    ::raise(SIGUSR2);
    co_await the_loop_has_its_turn();
    EXPECT_EQ(co_await set.next(), SIGUSR2);
    EXPECT_EQ(co_await set.next(), SIGHUP);
    EXPECT_THROW(co_await aio::with_timeout(1s, set.next()), aio::timed_out);
    ::raise(SIGUSR2);
    EXPECT_EQ(co_await set.next(), SIGUSR2);
  }());
}

TEST(SignalSet, ACancelledWaitLosesNoSignal) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set set{SIGUSR2};
    EXPECT_THROW(co_await aio::with_timeout(1s, set.next()), aio::timed_out);
    ::raise(SIGUSR2);
    co_await the_loop_has_its_turn();
    EXPECT_EQ(co_await set.next(), SIGUSR2);

    auto waits = aio::spawn(set.next());
    co_await aio::checkpoint();
    ::raise(SIGUSR2);
    waits.cancel();
    EXPECT_THROW(co_await waits, aio::task_cancelled);
    EXPECT_EQ(co_await set.next(), SIGUSR2);
  }());
}

TEST(SignalSet, OneCoroutineAtATimeWaits) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set set{SIGUSR2};
    auto waits = aio::spawn(set.next());
    co_await aio::checkpoint();
    EXPECT_THROW(co_await set.next(), std::logic_error);
    ::raise(SIGUSR2);
    EXPECT_EQ(co_await waits, SIGUSR2);
  }());
}

TEST(SignalSet, SeveralReceiveTheSame) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set one{SIGUSR2};
    aio::signal_set other{SIGUSR2};
    {
      aio::signal_set third{SIGUSR2};
    }
    ::raise(SIGUSR2);
    EXPECT_EQ(co_await one.next(), SIGUSR2);
    EXPECT_EQ(co_await other.next(), SIGUSR2);
  }());
}

TEST(SignalSet, AfterTheLastTheSignalDoesItsDefault) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::signal_set> one;
    one.emplace(std::initializer_list<int>{SIGUSR2});
    std::optional<aio::signal_set> other;
    other.emplace(std::initializer_list<int>{SIGUSR2});
    one.reset();
    EXPECT_FALSE(does_its_default(SIGUSR2));
    other.reset();
    EXPECT_TRUE(does_its_default(SIGUSR2));
    co_return;
  }());
}

TEST(SignalSet, WhatCannotBeReceivedIsAnError) {
  EXPECT_THROW(aio::signal_set{SIGUSR2}, std::logic_error);
  aio::testing::run([]() -> aio::task<> {
    try {
      aio::signal_set set{SIGUSR2, SIGKILL};
      ADD_FAILURE();
    } catch (const std::system_error &error) {
      EXPECT_EQ(error.code().value(), EINVAL);
      EXPECT_STREQ(error.what(), "wait for signal 9 (Killed): Invalid argument");
    }
    EXPECT_TRUE(does_its_default(SIGUSR2));
    EXPECT_THROW(aio::signal_set({}), std::invalid_argument);
    EXPECT_THROW(co_await aio::wait_signal(SIGSTOP), std::system_error);
  }());
}

TEST(SignalSet, IsSeenInTheTreeOfTasks) {
  aio::testing::run([]() -> aio::task<> {
    aio::signal_set set{SIGHUP, SIGUSR2};
    auto waits = aio::spawn(set.next());
    co_await aio::checkpoint();
    const std::string tree = aio::task_tree();
    EXPECT_NE(tree.find("signal 1 (Hangup), signal 12 (User defined signal 2)"), std::string::npos)
        << tree;
    waits.cancel();
    EXPECT_THROW(co_await waits, aio::task_cancelled);
  }());
}

//===- With run -----------------------------------------------------------===//

TEST(SignalSet, TakesItsSignalsOverFromRun) {
  aio::run([]() -> aio::task<> {
    aio::signal_set set{SIGTERM, SIGINT};
    ::raise(SIGTERM);
    EXPECT_EQ(co_await set.next(), SIGTERM);
    ::raise(SIGINT);
    EXPECT_EQ(co_await set.next(), SIGINT);
    ::raise(SIGTERM); // the second one, and still not our end
    EXPECT_EQ(co_await set.next(), SIGTERM);
    EXPECT_FALSE(aio::cancel_requested());
    co_await aio::checkpoint();
  }());
}

TEST(SignalSet, GivesThemBackToRun) {
  bool taken = false;
  bool cancelled = false;
  try {
    aio::run([](bool &t, bool &c) -> aio::task<> {
      {
        aio::signal_set set{SIGTERM};
        ::raise(SIGTERM);
        t = co_await set.next() == SIGTERM;
      }
      ::raise(SIGTERM);
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        c = true;
        throw;
      }
    }(taken, cancelled));
    ADD_FAILURE();
  } catch (const aio::interrupted &error) {
    EXPECT_EQ(error.signal(), SIGTERM);
  }
  EXPECT_TRUE(taken);
  EXPECT_TRUE(cancelled);
}

TEST(SignalSet, TakesOverNoOthers) {
  EXPECT_THROW(aio::run([]() -> aio::task<> {
                 aio::signal_set set{SIGINT};
                 ::raise(SIGTERM);
                 co_await set.next();
               }()),
               aio::interrupted);
}

TEST(WaitSignal, TakesItOverFromRunWhileItWaits) {
  EXPECT_THROW(aio::run([]() -> aio::task<> {
                 auto waits = aio::spawn(aio::wait_signal(SIGTERM));
                 co_await aio::checkpoint();
                 ::raise(SIGTERM);
                 co_await waits;
                 EXPECT_FALSE(aio::cancel_requested());
                 ::raise(SIGTERM);
                 co_await aio::sleep_for(1h);
               }()),
               aio::interrupted);
}

} // namespace
} // namespace signal_tests
