// Every name of concurrencpp.yaml, looked up on declarations of its shape: Debian does not package
// it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=concurrencpp.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of concurrencpp.yaml are proven

//--- use.cpp
#include <concurrencpp/executors/executor_all.h>
#include <concurrencpp/results/lazy_result.h>
#include <concurrencpp/results/result.h>
#include <concurrencpp/results/resume_on.h>
#include <concurrencpp/results/shared_result.h>
#include <concurrencpp/results/when_result.h>
#include <concurrencpp/runtime/runtime.h>
#include <concurrencpp/threads/async_lock.h>
#include <concurrencpp/timers/timer_queue.h>
#include <memory>

void hop(concurrencpp::thread_pool_executor &pool, concurrencpp::executor_tag tag,
         concurrencpp::scoped_async_lock lock) {
  concurrencpp::resume_on(pool);
}

void given(concurrencpp::executor &e) { concurrencpp::executor &one = e; }

void starts(concurrencpp::lazy_result<int> &lazy) { lazy.run(); }

void waits(concurrencpp::result<int> &r, concurrencpp::shared_result<int> &s) {
  r.get();
  r.wait();
  r.wait_for(1);
  r.wait_until(1);
  s.get();
  s.wait();
  s.wait_for(1);
  s.wait_until(1);
}

void loops(concurrencpp::manual_executor &e) {
  e.loop_once();
  e.loop_once_for(1);
  e.loop_once_until(1);
  e.loop(1);
  e.loop_for(1, 1);
  e.loop_until(1, 1);
  e.wait_for_task();
  e.wait_for_task_for(1);
  e.wait_for_task_until(1);
  e.wait_for_tasks(1);
  e.wait_for_tasks_for(1, 1);
  e.wait_for_tasks_until(1, 1);
}

void executors(std::shared_ptr<concurrencpp::thread_pool_executor> pool,
               std::shared_ptr<concurrencpp::thread_executor> threads,
               std::shared_ptr<concurrencpp::worker_thread_executor> worker) {
  pool->post([] {});
  pool->submit([] {});
  pool->shutdown();
  threads->post([] {});
  threads->submit([] {});
  threads->shutdown();
  worker->post([] {});
  worker->submit([] {});
  worker->shutdown();
}

void lives(concurrencpp::timer_queue &queue) {
  queue.shutdown();
  concurrencpp::runtime runtime;
}

void together(concurrencpp::timer_queue &queue,
              std::shared_ptr<concurrencpp::thread_pool_executor> pool,
              concurrencpp::result<int> r) {
  queue.make_delay_object(1, pool);
  concurrencpp::when_all(pool, r, r);
}

//--- concurrencpp/executors/executor_all.h
#pragma once
#include <concurrencpp/executors/manual_executor.h>
namespace concurrencpp {
class thread_pool_executor final : public derivable_executor<thread_pool_executor> {
public:
  void shutdown() override;
};
class thread_executor final : public derivable_executor<thread_executor> {
public:
  void shutdown() override;
};
class worker_thread_executor final : public derivable_executor<worker_thread_executor> {
public:
  void shutdown() override;
};
} // namespace concurrencpp
//--- concurrencpp/executors/derivable_executor.h
#pragma once
namespace concurrencpp {
class executor {
public:
  virtual void shutdown() = 0;
};
template <class concrete_executor_type> class derivable_executor : public executor {
public:
  template <class callable_type, class... argument_types>
  void post(callable_type &&callable, argument_types &&...arguments) {}
  template <class callable_type, class... argument_types>
  auto submit(callable_type &&callable, argument_types &&...arguments) {
    return 0;
  }
};
} // namespace concurrencpp
//--- concurrencpp/executors/manual_executor.h
#pragma once
#include <concurrencpp/executors/derivable_executor.h>
namespace concurrencpp {
class manual_executor final : public derivable_executor<manual_executor> {
public:
  void shutdown() override;
  bool loop_once();
  bool loop_once_for(int time);
  template <class point> bool loop_once_until(point time);
  unsigned long loop(unsigned long count);
  unsigned long loop_for(unsigned long count, int time);
  template <class point> unsigned long loop_until(unsigned long count, point time);
  void wait_for_task();
  bool wait_for_task_for(int time);
  template <class point> bool wait_for_task_until(point time);
  void wait_for_tasks(unsigned long count);
  unsigned long wait_for_tasks_for(unsigned long count, int time);
  template <class point> unsigned long wait_for_tasks_until(unsigned long count, point time);
};
} // namespace concurrencpp
//--- concurrencpp/results/lazy_result.h
#pragma once
namespace concurrencpp {
template <class type> class result;
template <class type> class lazy_result {
public:
  result<type> run();
};
} // namespace concurrencpp
//--- concurrencpp/results/result.h
#pragma once
namespace concurrencpp {
template <class type> class result {
public:
  void wait() const;
  template <class duration> int wait_for(duration time) const;
  template <class point> int wait_until(point time) const;
  type get();
  int status() const;
};
} // namespace concurrencpp
//--- concurrencpp/results/shared_result.h
#pragma once
namespace concurrencpp {
template <class type> class shared_result {
public:
  void wait();
  template <class duration> int wait_for(duration time);
  template <class point> int wait_until(point time);
  type &get();
  int status() const;
};
} // namespace concurrencpp
//--- concurrencpp/results/resume_on.h
#pragma once
namespace concurrencpp {
struct executor_tag {};
namespace details {
template <class executor_type> class resume_on_awaitable {};
} // namespace details
template <class executor_type> auto resume_on(executor_type &executor) {
  return details::resume_on_awaitable<executor_type>();
}
} // namespace concurrencpp
//--- concurrencpp/threads/async_lock.h
#pragma once
namespace concurrencpp {
class scoped_async_lock {
public:
  ~scoped_async_lock() noexcept;
};
} // namespace concurrencpp
//--- concurrencpp/timers/timer_queue.h
#pragma once
#include <memory>
namespace concurrencpp {
class timer_queue {
public:
  template <class Executor> int make_delay_object(int due_time, std::shared_ptr<Executor> executor);
  ~timer_queue() noexcept;
  void shutdown();
};
} // namespace concurrencpp
//--- concurrencpp/runtime/runtime.h
#pragma once
namespace concurrencpp {
class runtime {
public:
  ~runtime() noexcept;
};
} // namespace concurrencpp
//--- concurrencpp/results/when_result.h
#pragma once
#include <memory>
namespace concurrencpp {
template <class Executor, class... Results>
int when_all(std::shared_ptr<Executor> resume_executor, Results &&...results);
} // namespace concurrencpp
