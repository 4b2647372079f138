// Every name of cobalt.yaml, looked up on declarations of the library's shape: Debian 12's Boost is
// older than it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=cobalt.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of cobalt.yaml are proven

//--- use.cpp
#include <boost/asio/steady_timer.hpp>
#include <boost/cobalt/gather.hpp>
#include <boost/cobalt/io/file.hpp>
#include <boost/cobalt/io/sleep.hpp>
#include <boost/cobalt/io/steady_timer.hpp>
#include <boost/cobalt/io/system_timer.hpp>
#include <boost/cobalt/join.hpp>
#include <boost/cobalt/main.hpp>
#include <boost/cobalt/op.hpp>
#include <boost/cobalt/run.hpp>
#include <boost/cobalt/spawn.hpp>
#include <boost/cobalt/this_coro.hpp>
#include <boost/cobalt/thread.hpp>
#include <boost/cobalt/wait_group.hpp>
#include <thread>

boost::cobalt::task<int> work();
void kept(boost::cobalt::task<int> task, boost::cobalt::promise<int> promise);

void runs(boost::cobalt::thread t, boost::cobalt::wait_group &group, boost::cobalt::io::file &f) {
  t.join();
  boost::cobalt::run(work());
  boost::cobalt::spawn(1, work(), 2);
  group.push_back({});
  f.open("x", 0);
  f.sync_all();
  f.sync_data();
}

boost::cobalt::promise<int> promise() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return {};
}
boost::cobalt::task<int> task() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return {};
}
boost::cobalt::main co_main(int, char **) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return {};
}

void together(boost::cobalt::io::steady_timer &steady, boost::cobalt::io::system_timer &system) {
  boost::cobalt::io::sleep(1);
  steady.wait();
  system.wait();
  boost::cobalt::join(work(), work());
  boost::cobalt::gather(work(), work());
}

//--- boost/asio/steady_timer.hpp
#pragma once
//--- boost/cobalt/op.hpp
#pragma once
//--- boost/cobalt/this_coro.hpp
#pragma once
//--- boost/cobalt/promise.hpp
#pragma once
namespace boost::cobalt {
template <typename Return> struct promise {};
} // namespace boost::cobalt
//--- boost/cobalt/task.hpp
#pragma once
namespace boost::cobalt {
template <typename Return> struct task {};
} // namespace boost::cobalt
//--- boost/cobalt/main.hpp
#pragma once
namespace boost::cobalt {
class main {};
} // namespace boost::cobalt
//--- boost/cobalt/run.hpp
#pragma once
#include <boost/cobalt/task.hpp>
namespace boost::cobalt {
template <typename T> T run(task<T> t);
} // namespace boost::cobalt
//--- boost/cobalt/spawn.hpp
#pragma once
#include <boost/cobalt/task.hpp>
namespace boost::cobalt {
template <typename Executor, typename T, typename CompletionToken>
auto spawn(Executor executor, task<T> &&t, CompletionToken &&token) {}
} // namespace boost::cobalt
//--- boost/cobalt/thread.hpp
#pragma once
namespace boost::cobalt {
struct thread {
  ~thread();
  void join();
};
} // namespace boost::cobalt
//--- boost/cobalt/wait_group.hpp
#pragma once
#include <boost/cobalt/promise.hpp>
namespace boost::cobalt {
struct wait_group {
  void push_back(promise<void> p);
};
} // namespace boost::cobalt
//--- boost/cobalt/io/file.hpp
#pragma once
namespace boost::cobalt::io {
struct file {
  int open(const char *path, int open_flags);
  int sync_all();
  int sync_data();
};
} // namespace boost::cobalt::io
//--- boost/cobalt/join.hpp
#pragma once
namespace boost::cobalt {
template <typename... Promise> auto join(Promise &&...p) { return 1; }
} // namespace boost::cobalt
//--- boost/cobalt/gather.hpp
#pragma once
namespace boost::cobalt {
template <typename... Promise> auto gather(Promise &&...p) { return 1; }
} // namespace boost::cobalt
//--- boost/cobalt/io/sleep.hpp
#pragma once
namespace boost::cobalt::io {
template <typename Duration> [[nodiscard]] inline auto sleep(const Duration &d) { return 1; }
} // namespace boost::cobalt::io
//--- boost/cobalt/io/steady_timer.hpp
#pragma once
namespace boost::cobalt::io {
struct steady_timer {
  [[nodiscard]] int wait();
};
} // namespace boost::cobalt::io
//--- boost/cobalt/io/system_timer.hpp
#pragma once
namespace boost::cobalt::io {
struct system_timer final {
  [[nodiscard]] int wait();
};
} // namespace boost::cobalt::io
