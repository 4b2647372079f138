// Every name of concurrencpp.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=concurrencpp.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of concurrencpp.yaml are proven

//--- use.cpp
#include <concurrencpp/results/resume_on.h>

void hop(concurrencpp::thread_pool_executor &pool, concurrencpp::executor_tag tag) {
  concurrencpp::resume_on(pool);
}

//--- concurrencpp/results/resume_on.h
#pragma once
namespace concurrencpp {
struct executor_tag {};
class thread_pool_executor {};
namespace details {
template <class executor_type> class resume_on_awaitable {};
} // namespace details
template <class executor_type> auto resume_on(executor_type &executor) {
  return details::resume_on_awaitable<executor_type>();
}
} // namespace concurrencpp
