// Every name of tbb.yaml, looked up on declarations of the library's shape, written after its
// headers; OLDER is where its classes were before 2022.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DOLDER > %t.older
// RUN: corolint-knowledge-dump --missing=tbb.yaml %t.answers %t.older | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of tbb.yaml are proven

//--- use.cpp
#include <tbb/concurrent_queue.h>
#include <tbb/flow_graph.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

void work();

void proof(tbb::task_group &g, tbb::isolated_task_group &i, tbb::flow::graph &f,
           tbb::concurrent_bounded_queue<int> &q, tbb::task_arena &a, int &to) {
  g.run(work);
  g.wait();
  g.run_and_wait(work);
  i.wait();
  i.run_and_wait(work);
  f.wait_for_all();
  q.pop(to);
  a.enqueue(work);
  a.execute(work);
  tbb::this_task_arena::enqueue(work);
  tbb::this_task_arena::isolate(work);
}

//--- tbb/where.h
#pragma once
#ifdef OLDER
#define WHERE d1
#else
#define WHERE d2
#endif
//--- tbb/task_group.h
#pragma once
#include <tbb/where.h>
namespace tbb {
namespace detail {
namespace WHERE {
class task_group_base {
public:
  int wait();
};
class task_group : public task_group_base {
public:
  template <typename F> void run(F &&f);
  template <typename F> int run_and_wait(const F &f);
};
class isolated_task_group : public task_group {
public:
  template <typename F> int run_and_wait(const F &f);
  int wait();
};
} // namespace WHERE
} // namespace detail
inline namespace v1 {
using detail::WHERE::isolated_task_group;
using detail::WHERE::task_group;
} // namespace v1
} // namespace tbb
//--- tbb/flow_graph.h
#pragma once
#include <tbb/where.h>
namespace tbb {
namespace detail {
namespace WHERE {
class graph_proxy {};
class graph : public graph_proxy {
public:
  void wait_for_all();
};
} // namespace WHERE
} // namespace detail
namespace flow {
inline namespace v1 {
using detail::WHERE::graph;
} // namespace v1
} // namespace flow
} // namespace tbb
//--- tbb/concurrent_queue.h
#pragma once
namespace tbb {
namespace detail {
namespace d2 {
template <typename T> class concurrent_bounded_queue {
public:
  void pop(T &result);
};
} // namespace d2
} // namespace detail
inline namespace v1 {
using detail::d2::concurrent_bounded_queue;
} // namespace v1
} // namespace tbb
//--- tbb/task_arena.h
#pragma once
namespace tbb {
namespace detail {
namespace d1 {
class task_arena_base {};
class task_arena : public task_arena_base {
public:
  template <typename F> void enqueue(F &&f);
  template <typename F> auto execute(F &&f) -> decltype(f());
};
template <typename F> inline void enqueue(F &&f);
template <typename F> inline auto isolate(F &&f) -> decltype(f());
} // namespace d1
} // namespace detail
inline namespace v1 {
using detail::d1::task_arena;
namespace this_task_arena {
using detail::d1::enqueue;
using detail::d1::isolate;
} // namespace this_task_arena
} // namespace v1
} // namespace tbb
