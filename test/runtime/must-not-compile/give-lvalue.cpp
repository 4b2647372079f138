// A task is given away as an rvalue: whoever takes it over has it alone.
//
// RUN: not %clangxx -std=c++20 -I%include -fsyntax-only -DWRONG=1 %s 2>&1 | FileCheck %s
// RUN: not %clangxx -std=c++20 -I%include -fsyntax-only -DWRONG=2 %s 2>&1 | FileCheck %s
// RUN: not %clangxx -std=c++20 -I%include -fsyntax-only -DWRONG=3 %s 2>&1 | FileCheck %s
// RUN: not %gxx -std=c++20 -I%include -fsyntax-only -DWRONG=1 %s 2>&1 | FileCheck %s
// RUN: %clangxx -std=c++20 -I%include -fsyntax-only -DWRONG=0 %s
// CHECK: a task is given away as an rvalue: std::move(task)
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/time.hpp>

#include <utility>

aio::task<int> number();

aio::task<> gives() {
  auto n = number();
#if WRONG == 1
  co_await aio::spawn(n);
#elif WRONG == 2
  co_await aio::gather(n, number());
#elif WRONG == 3
  co_await aio::with_timeout(std::chrono::seconds(1), n);
#else
  co_await aio::gather(std::move(n), number());
#endif
}
