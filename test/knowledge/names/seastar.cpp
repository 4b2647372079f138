// Every name of seastar.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=seastar.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of seastar.yaml are proven

//--- use.cpp
#include <seastar/core/abort_source.hh>
#include <seastar/core/app-template.hh>
#include <seastar/core/chunked_fifo.hh>
#include <seastar/core/circular_buffer.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/do_with.hh>
#include <seastar/core/future.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/loop.hh>
#include <seastar/core/with_scheduling_group.hh>
#include <seastar/core/memory.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/sstring.hh>
#include <seastar/core/thread.hh>
#include <seastar/coroutine/maybe_yield.hh>
#include <seastar/util/closeable.hh>
#include <seastar/util/critical_alloc_section.hh>
#include <seastar/util/tmp_file.hh>
#include <seastar/core/abort_source.hh>
#include <seastar/core/file.hh>
#include <seastar/core/when_all.hh>
#include <seastar/coroutine/all.hh>
#include <seastar/coroutine/parallel_for_each.hh>
#include <seastar/util/later.hh>
#include <thread>

seastar::future<int> waits(seastar::future<int> f, seastar::app_template &app) {
  f.wait();
  f.get();
  app.run(0, nullptr, [] {});
  app.run_deprecated(0, nullptr, [] {});
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return f;
}

void callables(seastar::future<int> f, seastar::gate &g, seastar::semaphore_units<> &units) {
  auto call = [] { return seastar::future<int>(); };
  seastar::futurize_invoke(call);
  seastar::futurize_apply(call, 1);
  seastar::with_gate(g, call);
  seastar::try_with_gate(g, call);
  seastar::repeat(call);
  int range[2];
  seastar::parallel_for_each(range, call);
  seastar::parallel_for_each(range, range + 2, call);
  seastar::do_with(1, call);
  seastar::do_with(1, 2, call);
  f.then(call);
  f.then_unpack(call);
  f.then_wrapped(call);
  f.finally(call);
  f.handle_exception(call);
  f.handle_exception_type(call);
  seastar::do_until(call, call);
  seastar::do_for_each(range, call);
  seastar::do_for_each(range, range + 2, call);
  seastar::keep_doing(call);
  seastar::with_semaphore(units, 1, call);
  seastar::with_lock(g, call);
  seastar::with_scheduling_group(1, call);
  seastar::coroutine::lambda lambda(call);
}

struct service {};

void threads(service &s) {
  seastar::async([] {});
  seastar::thread t([] {});
  seastar::tmp_dir::do_with_thread([] {});
  seastar::deferred_close close(s);
  seastar::deferred_stop stop(s);
}

void containers(seastar::circular_buffer<int> ring, seastar::chunked_fifo<int> fifo,
                seastar::sstring s) {}

void locks(seastar::semaphore_units<> units) {}

void states() {
  seastar::abort_source aborts;
  seastar::coroutine::maybe_yield yield;
  seastar::memory::scoped_critical_alloc_section section;
  seastar::memory::scoped_large_allocation_warning_threshold threshold(1);
  seastar::memory::scoped_large_allocation_warning_disable disabled;
  seastar::memory::disable_abort_on_alloc_failure_temporarily temporarily;
}

void pauses() {
  seastar::sleep(1);
  seastar::sleep_abortable(1);
  seastar::yield();
  seastar::maybe_yield();
  seastar::check_for_io_immediately();
  seastar::coroutine::maybe_yield();
}

void together() {
  auto call = [] { return seastar::future<int>(); };
  int range[2];
  seastar::when_all(call, call);
  seastar::when_all_succeed(call, call);
  seastar::max_concurrent_for_each(range, 2, call);
  seastar::coroutine::all all(call, call);
  seastar::coroutine::parallel_for_each each(range, call);
}

void stops(seastar::abort_requested_exception, seastar::sleep_aborted, seastar::semaphore_aborted,
           seastar::named_semaphore_aborted, seastar::cancelled_error) {}

//--- seastar/core/future.hh
#pragma once
namespace seastar {
template <typename T = void> class [[nodiscard]] future {
public:
  T get();
  void wait() noexcept;
  bool available() const noexcept;
  bool failed() const noexcept;
  template <typename Func> future then(Func &&func) noexcept;
  template <typename Func> future then_unpack(Func &&func) noexcept;
  template <typename Func> future then_wrapped(Func &&func) noexcept;
  template <typename Func> future finally(Func &&func) noexcept;
  template <typename Func> future handle_exception(Func &&func) noexcept;
  template <typename Func> future handle_exception_type(Func &&func) noexcept;
};
template <typename Func, typename... Args> future<> futurize_invoke(Func &&func, Args &&...args) noexcept;
template <typename Func, typename Tuple> future<> futurize_apply(Func &&func, Tuple &&args) noexcept;
} // namespace seastar
//--- seastar/core/coroutine.hh
#pragma once
namespace seastar::coroutine {
template <typename Func> class lambda {
public:
  explicit lambda(Func &&func) {}
  explicit lambda(Func &func) {}
};
} // namespace seastar::coroutine
//--- seastar/core/do_with.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
template <typename T, typename F> future<> do_with(T &&rvalue, F &&f) noexcept;
template <typename T1, typename T2, typename T3, typename... More>
future<> do_with(T1 &&rv1, T2 &&rv2, T3 &&rv3, More &&...more) noexcept;
class shared_mutex;
template <typename Lock, typename Func> auto with_lock(Lock &lock, Func &&func) { return future<>(); }
} // namespace seastar
//--- seastar/core/gate.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
class gate {};
template <typename Func> auto with_gate(gate &g, Func &&func) { return future<>(); }
template <typename Func> auto try_with_gate(gate &g, Func &&func) noexcept { return future<>(); }
} // namespace seastar
//--- seastar/core/loop.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
template <typename AsyncAction> future<> repeat(AsyncAction &&action) noexcept;
template <typename AsyncAction, typename StopCondition>
future<> do_until(StopCondition stop_cond, AsyncAction action) noexcept;
template <typename AsyncAction> future<> keep_doing(AsyncAction action) noexcept;
template <typename Container, typename AsyncAction> future<> do_for_each(Container &c, AsyncAction action) noexcept;
template <typename Iterator, typename AsyncAction>
future<> do_for_each(Iterator begin, Iterator end, AsyncAction action) noexcept;
template <typename Range, typename Func> future<> parallel_for_each(Range &&range, Func &&func) noexcept;
template <typename Iterator, typename Func>
future<> parallel_for_each(Iterator begin, Iterator end, Func &&func) noexcept;
} // namespace seastar
namespace seastar {
template <typename Range, typename Func>
future<> max_concurrent_for_each(Range &&range, unsigned max_concurrent, Func &&func) noexcept;
} // namespace seastar
//--- seastar/core/with_scheduling_group.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
template <typename Func, typename... Args>
auto with_scheduling_group(int sg, Func func, Args &&...args) noexcept {
  return future<>();
}
} // namespace seastar
//--- seastar/core/sleep.hh
#pragma once
#include <seastar/core/abort_source.hh>
#include <seastar/core/future.hh>
namespace seastar {
template <typename Duration> future<> sleep(Duration dur);
template <typename Duration> future<> sleep_abortable(Duration dur);
class sleep_aborted : public abort_requested_exception {};
} // namespace seastar
//--- seastar/core/app-template.hh
#pragma once
namespace seastar {
class app_template {
public:
  int run(int ac, char **av, void (*func)()) noexcept;
  int run_deprecated(int ac, char **av, void (*func)()) noexcept;
};
} // namespace seastar
//--- seastar/core/thread.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
class thread {
public:
  template <typename Func> thread(Func func) {}
  ~thread();
  future<> join();
};
template <typename Func, typename... Args> future<int> async(Func &&func, Args &&...args) noexcept {
  return {};
}
} // namespace seastar
//--- seastar/util/tmp_file.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
class tmp_dir {
public:
  template <typename Func> static future<> do_with_thread(Func &&func) noexcept { return {}; }
};
} // namespace seastar
//--- seastar/util/closeable.hh
#pragma once
namespace seastar {
template <typename Object> class [[nodiscard]] deferred_close {
public:
  deferred_close(Object &obj) noexcept {}
  ~deferred_close() {}
};
template <typename Object> class [[nodiscard]] deferred_stop {
public:
  deferred_stop(Object &obj) noexcept {}
  ~deferred_stop() {}
};
} // namespace seastar
//--- seastar/core/abort_source.hh
#pragma once
#include <exception>
namespace seastar {
class abort_requested_exception : public std::exception {};
class abort_source {
public:
  bool abort_requested() const noexcept;
};
} // namespace seastar
//--- seastar/util/critical_alloc_section.hh
#pragma once
namespace seastar {
namespace memory {
class scoped_critical_alloc_section {};
} // namespace memory
} // namespace seastar
//--- seastar/core/memory.hh
#pragma once
namespace seastar {
namespace memory {
class scoped_large_allocation_warning_threshold {
public:
  explicit scoped_large_allocation_warning_threshold(unsigned long threshold);
};
class scoped_large_allocation_warning_disable {};
class disable_abort_on_alloc_failure_temporarily {};
} // namespace memory
} // namespace seastar
//--- seastar/coroutine/maybe_yield.hh
#pragma once
namespace seastar {
namespace coroutine {
class maybe_yield {};
} // namespace coroutine
} // namespace seastar
//--- seastar/core/chunked_fifo.hh
#pragma once
namespace seastar {
template <typename T, unsigned long items_per_chunk = 128> class chunked_fifo {};
} // namespace seastar
//--- seastar/core/circular_buffer.hh
#pragma once
namespace seastar {
template <typename T> class circular_buffer {};
} // namespace seastar
//--- seastar/core/sstring.hh
#pragma once
namespace seastar {
template <typename char_type, typename Size, Size max_size> class basic_sstring {};
using sstring = basic_sstring<char, unsigned, 15>;
} // namespace seastar
//--- seastar/core/semaphore.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
template <typename Semaphore, typename Func>
future<> with_semaphore(Semaphore &sem, unsigned long units, Func &&func) noexcept;
template <typename ExceptionFactory = int, typename Clock = int> class semaphore_units {
public:
  ~semaphore_units() noexcept {}
};
} // namespace seastar
#include <seastar/core/abort_source.hh>
namespace seastar {
class semaphore_aborted : public abort_requested_exception {};
class named_semaphore_aborted : public semaphore_aborted {};
} // namespace seastar
//--- seastar/core/file.hh
#pragma once
#include <exception>
namespace seastar {
class cancelled_error : public std::exception {};
} // namespace seastar
//--- seastar/util/later.hh
#pragma once
#include <seastar/core/future.hh>
namespace seastar {
future<> yield() noexcept;
inline future<> maybe_yield() noexcept { return yield(); }
future<> check_for_io_immediately() noexcept;
} // namespace seastar
//--- seastar/core/when_all.hh
#pragma once
namespace seastar {
template <typename... FutOrFuncs> inline auto when_all(FutOrFuncs &&...futures) noexcept { return 1; }
template <typename... FutOrFuncs> inline auto when_all_succeed(FutOrFuncs &&...futures) noexcept { return 1; }
} // namespace seastar
//--- seastar/coroutine/all.hh
#pragma once
namespace seastar::coroutine {
template <typename... Futures> class [[nodiscard]] all {
public:
  template <typename... Func> explicit all(Func &&...funcs) {}
};
template <typename... Funcs> explicit all(Funcs &&...) -> all<Funcs...>;
} // namespace seastar::coroutine
//--- seastar/coroutine/parallel_for_each.hh
#pragma once
namespace seastar::coroutine {
template <typename Func> class [[nodiscard]] parallel_for_each final {
public:
  template <typename Range, typename F> explicit parallel_for_each(Range &&range, F &&func) noexcept {}
};
template <typename Range, typename Func> parallel_for_each(Range &&range, Func &&func) -> parallel_for_each<Func>;
} // namespace seastar::coroutine
