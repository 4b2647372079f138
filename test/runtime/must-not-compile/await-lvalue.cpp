// A task is awaited once, as an rvalue; the compiler says how.
//
// RUN: not %clangxx -std=c++20 -I%include -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: not %gxx -std=c++20 -I%include -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: %clangxx -std=c++20 -I%include -fsyntax-only -DRIGHT %s
// RUN: %gxx -std=c++20 -I%include -fsyntax-only -DRIGHT %s
#include <aio/task.hpp>

#include <utility>

aio::task<int> number();

aio::task<> twice() {
  auto n = number();
#ifdef RIGHT
  co_await std::move(n);
#else
  // CHECK: a task is awaited once, as an rvalue: co_await std::move(task)
  co_await n;
#endif
}
