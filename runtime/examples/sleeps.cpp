//===- sleeps.cpp - Ten thousand sleeps at the same time ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/time.hpp>

#include <cstdio>
#include <numeric>
#include <vector>

using namespace std::chrono_literals;

aio::task<int> nap(int number) {
  co_await aio::sleep_for(1ms * (number % 100));
  co_return number;
}

aio::task<> sleep_a_lot() {
  const auto begin = aio::clock::now();
  std::vector<aio::task<int>> naps;
  for (int i = 0; i != 10'000; ++i)
    naps.push_back(nap(i));
  // All sleep at the same time, on one thread; their results come in the order of the tasks.
  const std::vector<int> numbers = co_await aio::gather(std::move(naps));
  const bool together = aio::clock::now() - begin < 100s; // one after the other: eight minutes
  std::printf("%zu naps, sum of their numbers %d, %s\n", numbers.size(),
              std::accumulate(numbers.begin(), numbers.end(), 0),
              together ? "all at the same time" : "one after the other");
}

int main() {
  aio::run(sleep_a_lot());
}
