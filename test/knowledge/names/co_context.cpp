// Every name of co_context.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=co_context.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of co_context.yaml are proven

//--- use.cpp
#include <chrono>
#include <co_context/co/when_all.hpp>
#include <co_context/io_context.hpp>
#include <co_context/lazy_io.hpp>
#include <co_context/net/inet_address.hpp>
#include <thread>

void threads(co_context::io_context &context, co_context::task<void> task) {
  context.co_spawn(static_cast<co_context::task<void> &&>(task));
  co_context::co_spawn(static_cast<co_context::task<void> &&>(task));
  co_context::resume_on(context);
  context.join();
}

void addresses(co_context::inet_address &to) {
  co_context::inet_address::resolve("host", 80, to);
  co_context::inet_address::resolve_all("host", 80);
}

co_context::task<void> pauses() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  co_context::timeout(std::chrono::seconds(1));
  co_context::timeout_at(std::chrono::steady_clock::now());
  co_context::yield();
  co_context::all(co_context::task<void>(), co_context::task<void>());
  return {};
}

//--- co_context/io_context.hpp
#pragma once
namespace co_context {
template <class T> class task {};
class io_context {
public:
  void co_spawn(task<void> &&entrance) noexcept;
  void join() {}
};
void co_spawn(task<void> &&entrance) noexcept;
} // namespace co_context
//--- co_context/lazy_io.hpp
#pragma once
#include <co_context/io_context.hpp>
namespace co_context {
inline namespace lazy {
class lazy_resume_on {};
inline lazy_resume_on resume_on(io_context &context) noexcept { return {}; }
} // namespace lazy
} // namespace co_context
namespace co_context {
inline namespace lazy {
class lazy_timeout {};
class lazy_yield {};
template <class Duration> inline lazy_timeout timeout(Duration duration) noexcept { return {}; }
template <class TimePoint> inline lazy_timeout timeout_at(TimePoint time_point) noexcept { return {}; }
inline lazy_yield yield() noexcept { return {}; }
} // namespace lazy
} // namespace co_context
//--- co_context/net/inet_address.hpp
#pragma once
namespace co_context {
class inet_address {
public:
  static bool resolve(const char *host, unsigned short port, inet_address &out);
  static int resolve_all(const char *host, unsigned short port);
};
} // namespace co_context
//--- co_context/co/when_all.hpp
#pragma once
#include <co_context/io_context.hpp>
namespace co_context {
template <class... Tasks> task<int> all(Tasks... node);
} // namespace co_context
