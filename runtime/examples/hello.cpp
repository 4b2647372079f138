//===- hello.cpp - The smallest program -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <aio/run.hpp>
#include <aio/time.hpp>

#include <cstdio>

using namespace std::chrono_literals;

aio::task<> hello() {
  std::puts("Hello …");
  co_await aio::sleep_for(100ms);
  std::puts("… world!");
}

int main() {
  aio::run(hello());
}
