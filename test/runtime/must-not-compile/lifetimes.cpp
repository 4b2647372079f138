// With AIO_CHECK_LIFETIMES, Clang warns where a task outlives a temporary that it refers to.
//
// RUN: %clangxx -std=c++20 -I%include -Wall -fsyntax-only -DAIO_CHECK_LIFETIMES %s 2>&1 \
// RUN:   | FileCheck --implicit-check-not=warning: %s
// RUN: %clangxx -std=c++20 -I%include -Wall -Werror -fsyntax-only %s
#include <aio/task.hpp>

#include <string>
#include <utility>

aio::task<std::size_t> length(const std::string &text) { co_return text.size(); }

aio::task<std::size_t> dangles() {
  // CHECK: lifetimes.cpp:[[@LINE+1]]:{{.*}}warning:{{.*}}temporary
  auto n = length(std::string("a temporary"));
  co_return co_await std::move(n);
}

aio::task<std::size_t> lasts() {
  co_return co_await length(std::string("a temporary"));
}
