// Every name of sdbusplus.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=sdbusplus.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of sdbusplus.yaml are proven

//--- use.cpp
#include <sdbusplus/async/context.hpp>
#include <sdbusplus/async/mutex.hpp>
#include <sdbusplus/async/timer.hpp>
#include <sdbusplus/bus.hpp>
#include <sdbusplus/event.hpp>

void plain(sdbusplus::bus_t &bus, sdbusplus::message_t &message, sdbusplus::event::event &event) {
  bus.call(message);
  bus.call_noreply(message);
  bus.call_noreply_noerror(message);
  bus.wait();
  bus.process();
  bus.process_discard();
  message.call();
  event.run_one();
  bus.process_loop();
}

void tasks(sdbusplus::async::context &context, sdbusplus::async::mutex &mutex) {
  context.spawn(1);
  context.run();
  sdbusplus::async::lock_guard guard(mutex);
}

void pauses(sdbusplus::async::context &context) { sdbusplus::async::sleep_for(context, 1); }

//--- sdbusplus/message.hpp
#pragma once
namespace sdbusplus {
namespace message {
class message {
public:
  int call(int timeout = 0);
};
} // namespace message
using message_t = message::message;
} // namespace sdbusplus
//--- sdbusplus/bus.hpp
#pragma once
#include <sdbusplus/message.hpp>
namespace sdbusplus {
struct bus_t {
  int wait(int timeout = -1);
  int process();
  int process_discard();
  [[noreturn]] void process_loop();
  int call(message_t &m, int timeout = 0);
  void call_noreply(message_t &m, int timeout = 0);
  void call_noreply_noerror(message_t &m, int timeout = 0);
};
} // namespace sdbusplus
//--- sdbusplus/event.hpp
#pragma once
namespace sdbusplus {
namespace event {
class event {
public:
  void run_one(int timeout = -1);
};
} // namespace event
} // namespace sdbusplus
//--- sdbusplus/async/context.hpp
#pragma once
namespace sdbusplus::async {
class context {
public:
  void run();
  template <typename Snd> void spawn(Snd &&sender);
};
} // namespace sdbusplus::async
//--- sdbusplus/async/mutex.hpp
#pragma once
namespace sdbusplus::async {
class mutex {};
class lock_guard {
public:
  explicit lock_guard(mutex &m);
  ~lock_guard();
};
} // namespace sdbusplus::async
//--- sdbusplus/async/timer.hpp
#pragma once
#include <sdbusplus/async/context.hpp>
namespace sdbusplus::async {
template <typename Duration> auto sleep_for(context &ctx, Duration time) { return 1; }
} // namespace sdbusplus::async
