// Every name of tmc.yaml, looked up on declarations of the library's shape: Debian does not package
// it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=tmc.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of tmc.yaml are proven

//--- use.cpp
#include <future>
#include <tmc/asio/ex_asio.hpp>
#include <tmc/aw_resume_on.hpp>
#include <tmc/aw_yield.hpp>
#include <tmc/channel.hpp>
#include <tmc/ex_cpu.hpp>
#include <tmc/ex_cpu_st.hpp>
#include <tmc/ex_manual_st.hpp>
#include <tmc/mutex.hpp>
#include <tmc/rw_lock.hpp>
#include <tmc/semaphore.hpp>
#include <tmc/spawn.hpp>
#include <tmc/spawn_many.hpp>
#include <tmc/spawn_tuple.hpp>
#include <tmc/sync.hpp>

void detached() {
  tmc::spawn(1).detach();
  tmc::spawn_many<2>(nullptr).detach();
  tmc::spawn_tuple(1, 2).detach();
}

tmc::task<int> work();

void executors(tmc::ex_cpu &cpu, tmc::ex_cpu_st &one, tmc::ex_asio &asio, tmc::ex_manual_st &hand) {
  cpu.teardown();
  one.teardown();
  asio.teardown();
  hand.run_one();
  hand.run_all();
  hand.run_n(1);
}

void waits(tmc::ex_cpu &cpu) {
  tmc::async_main(work());
  tmc::post(cpu, work());
  std::future<int> done = tmc::post_waitable(cpu, work());
  done.get();
  done.wait();
  done.wait_for(std::chrono::seconds(1));
  done.wait_until(std::chrono::steady_clock::now());
}

void drains(tmc::chan_tok<int> &channel) {
  channel.drain();
  channel.drain_wait();
}

void types(tmc::mutex_scope m, tmc::rw_lock_read_scope r, tmc::rw_lock_write_scope w,
           tmc::semaphore_scope s) {
  tmc::ex_cpu cpu;
  tmc::ex_cpu_st one;
  tmc::ex_asio asio;
  tmc::resume_on(cpu);
  tmc::enter(cpu);
  tmc::aw_ex_scope_exit<tmc::ex_cpu> scope;
}

void pauses() {
  tmc::yield();
  tmc::yield_if_requested();
  tmc::reschedule();
  tmc::spawn_func_many<2>(nullptr);
}

//--- tmc/task.hpp
#pragma once
namespace tmc {
template <typename Result> struct task {};
} // namespace tmc
//--- tmc/spawn.hpp
#pragma once
namespace tmc {
template <typename Awaitable> class aw_spawn {
public:
  void detach();
};
template <typename Awaitable> aw_spawn<Awaitable> spawn(Awaitable &&aw);
} // namespace tmc
//--- tmc/spawn_many.hpp
#pragma once
namespace tmc {
template <unsigned Count> class aw_spawn_many {
public:
  void detach();
};
template <unsigned Count> aw_spawn_many<Count> spawn_many(int *begin);
} // namespace tmc
namespace tmc {
template <unsigned Count> aw_spawn_many<Count> spawn_func_many(int *functors);
} // namespace tmc
//--- tmc/spawn_tuple.hpp
#pragma once
namespace tmc {
template <typename... Awaitable> class aw_spawn_tuple {
public:
  void detach();
};
template <typename... Awaitable> aw_spawn_tuple<Awaitable...> spawn_tuple(Awaitable &&...aw);
} // namespace tmc
//--- tmc/sync.hpp
#pragma once
#include <future>
#include <tmc/task.hpp>
namespace tmc {
template <typename E, typename TaskOrFunc> void post(E &&executor, TaskOrFunc &&work) noexcept;
template <typename E, typename Result>
[[nodiscard]] std::future<Result> post_waitable(E &&executor, task<Result> &&task);
} // namespace tmc
//--- tmc/ex_cpu.hpp
#pragma once
#include <tmc/task.hpp>
namespace tmc {
class ex_cpu {
public:
  void teardown();
  ~ex_cpu();
};
int async_main(tmc::task<int> &&client_main_task);
} // namespace tmc
//--- tmc/ex_cpu_st.hpp
#pragma once
namespace tmc {
class ex_cpu_st {
public:
  void teardown();
  ~ex_cpu_st();
};
} // namespace tmc
//--- tmc/ex_manual_st.hpp
#pragma once
namespace tmc {
class ex_manual_st {
public:
  bool run_one();
  unsigned long run_all();
  unsigned long run_n(unsigned long max_count);
};
} // namespace tmc
//--- tmc/asio/ex_asio.hpp
#pragma once
namespace tmc {
class ex_asio {
public:
  void teardown();
  ~ex_asio();
};
} // namespace tmc
//--- tmc/aw_resume_on.hpp
#pragma once
namespace tmc {
class aw_resume_on {};
template <typename Exec> inline aw_resume_on resume_on(Exec &&executor) {
  return {};
}
template <typename E> class aw_ex_scope_exit {};
template <typename E> class aw_ex_scope_enter {};
template <typename E> inline aw_ex_scope_enter<E> enter(E &executor) {
  return {};
}
} // namespace tmc
//--- tmc/mutex.hpp
#pragma once
namespace tmc {
class mutex_scope {};
} // namespace tmc
//--- tmc/rw_lock.hpp
#pragma once
namespace tmc {
class rw_lock_read_scope {};
class rw_lock_write_scope {};
} // namespace tmc
//--- tmc/semaphore.hpp
#pragma once
namespace tmc {
class semaphore_scope {};
} // namespace tmc
//--- tmc/channel.hpp
#pragma once
#include <tmc/task.hpp>
namespace tmc {
struct chan_default_config {};
template <typename T, typename Config = chan_default_config> class chan_tok {
public:
  task<void> drain() noexcept;
  void drain_wait() noexcept;
};
} // namespace tmc
//--- tmc/aw_yield.hpp
#pragma once
namespace tmc {
class aw_yield {};
class aw_yield_if_requested {};
class aw_reschedule {};
constexpr aw_yield yield() { return {}; }
constexpr aw_yield_if_requested yield_if_requested() { return {}; }
constexpr aw_reschedule reschedule() { return {}; }
} // namespace tmc
