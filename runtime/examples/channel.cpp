//===- channel.cpp - A producer and a consumer, and back-pressure ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/sync.hpp>
#include <aio/time.hpp>

#include <cstdio>
#include <string>

using namespace std::chrono_literals;

aio::task<> produce(aio::channel<std::string> &orders) {
  for (const char *drink : {"tea", "coffee", "cocoa", "water", "juice"}) {
    co_await orders.send(drink); // waits while two orders wait
    std::printf("ordered %s\n", drink);
  }
  orders.close();
}

aio::task<> consume(aio::channel<std::string> &orders) {
  while (const auto drink = co_await orders.receive()) {
    co_await aio::sleep_for(20ms); // it takes a while
    std::printf("served %s\n", drink->c_str());
  }
}

aio::task<> bar() {
  aio::channel<std::string> orders(2);
  co_await aio::gather(produce(orders), consume(orders));
}

int main() {
  aio::run(bar());
}
