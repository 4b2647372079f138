// Every name of coke.yaml, looked up on declarations of the library's shape: Debian does not package
// it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=coke.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of coke.yaml are proven

//--- use.cpp
#include <coke/go.h>

void threads(coke::ExecQueue *queue, coke::Executor *executor) {
  coke::switch_go_thread();
  coke::switch_go_thread("compute");
  coke::switch_go_thread(queue, executor);
}

//--- coke/go.h
#pragma once
namespace coke {
class ExecQueue;
class Executor;
template <typename T> class GoAwaiter {};
inline auto switch_go_thread(ExecQueue *, Executor *) { return GoAwaiter<void>(); }
inline auto switch_go_thread(const char *) { return GoAwaiter<void>(); }
inline auto switch_go_thread() { return GoAwaiter<void>(); }
} // namespace coke
