// Every name of seastar.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=seastar.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of seastar.yaml are proven

//--- use.cpp
#include <seastar/core/app-template.hh>
#include <seastar/core/chunked_fifo.hh>
#include <seastar/core/circular_buffer.hh>
#include <seastar/core/future.hh>
#include <seastar/core/memory.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/sstring.hh>
#include <seastar/core/thread.hh>
#include <seastar/coroutine/maybe_yield.hh>
#include <seastar/util/closeable.hh>
#include <seastar/util/critical_alloc_section.hh>
#include <seastar/util/tmp_file.hh>
#include <thread>

seastar::future<int> waits(seastar::future<int> f, seastar::app_template &app) {
  f.wait();
  f.get();
  app.run(0, nullptr, [] {});
  app.run_deprecated(0, nullptr, [] {});
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return f;
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
  seastar::coroutine::maybe_yield yield;
  seastar::memory::scoped_critical_alloc_section section;
  seastar::memory::scoped_large_allocation_warning_threshold threshold(1);
  seastar::memory::scoped_large_allocation_warning_disable disabled;
  seastar::memory::disable_abort_on_alloc_failure_temporarily temporarily;
}

//--- seastar/core/future.hh
#pragma once
namespace seastar {
template <typename T = void> class [[nodiscard]] future {
public:
  T get();
  void wait() noexcept;
  bool available() const noexcept;
  bool failed() const noexcept;
};
} // namespace seastar
//--- seastar/core/sleep.hh
#pragma once
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
namespace seastar {
template <typename ExceptionFactory = int, typename Clock = int> class semaphore_units {
public:
  ~semaphore_units() noexcept {}
};
} // namespace seastar
