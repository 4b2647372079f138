//===- time.cpp - Sleeping, and giving up
//----------------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace {

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

TEST(SleepFor, WaitsForItsTime) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    co_await aio::sleep_for(1h);
    EXPECT_EQ(now() - begin, 1h);
  }());
}

TEST(WithTimeout, GivesUpWhenTheTimeIsOver) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    EXPECT_THROW(co_await aio::with_timeout(1s, aio::sleep_for(1h)), aio::timed_out);
    EXPECT_EQ(now() - begin, 1s);
  }());
}

} // namespace
