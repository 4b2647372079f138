// A task cannot be copied: two would await one coroutine.
//
// RUN: not %clangxx -std=c++20 -I%include -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: not %gxx -std=c++20 -I%include -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: %clangxx -std=c++20 -I%include -fsyntax-only -DRIGHT %s
#include <aio/task.hpp>

#include <utility>

aio::task<int> number();

aio::task<int> copied() {
  auto n = number();
#ifdef RIGHT
  auto m = std::move(n);
#else
  // CHECK: copy.cpp:[[@LINE+1]]:{{.*}}error:{{.*(deleted|delete)}}
  auto m = n;
#endif
  co_return co_await std::move(m);
}
