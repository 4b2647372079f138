// Every name of kj.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=kj.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of kj.yaml are proven

//--- use.cpp
#include <kj/async-io.h>
#include <kj/async.h>
#include <kj/filesystem.h>
#include <kj/mutex.h>
#include <kj/thread.h>
#include <kj/timer.h>

void waits(kj::Promise<int> p, kj::WaitScope &scope, kj::EventLoop &loop, kj::TaskSet &tasks) {
  p.wait(scope);
  p.poll(scope);
  scope.poll();
  loop.run();
  tasks.add(kj::Promise<void>());
  p.then([](int) { return 1; });
  p.catch_([](int) { return 1; });
  p.attach(1);
  p.eagerlyEvaluate(nullptr);
  p.detach([](int) {});
  kj::evalNow([] { return kj::Promise<int>(); });
  kj::evalLater([] { return kj::Promise<int>(); });
  kj::evalLast([] { return kj::Promise<int>(); });
}

void threads(kj::Executor &e, kj::FiberPool &fibers, kj::AsyncIoProvider &io) {
  e.executeSync([] {});
  kj::Thread thread([] {});
  kj::startFiber(1, [](kj::WaitScope &) {});
  fibers.startFiber([](kj::WaitScope &) {});
  io.newPipeThread([] {});
}

void mutexes(kj::MutexGuarded<int> &m) {
  kj::Locked<int> lock = m.lockExclusive();
  m.lockShared();
  m.when([](int) { return true; }, [](int &) {});
}

void files(kj::File &f) {
  f.sync();
  f.datasync();
  f.readAllText();
  f.readAllBytes();
}

void pauses(kj::Timer &timer) {
  timer.afterDelay(1);
  timer.atTime(1);
  kj::yield();
  kj::yieldUntilQueueEmpty();
  kj::yieldUntilWouldSleep();
  kj::joinPromises(1);
  kj::joinPromisesFailFast(1);
}

//--- kj/async.h
#pragma once
namespace kj {
class WaitScope {
public:
  unsigned poll(unsigned max_turns = 1);
};
template <typename T> class [[nodiscard]] Promise {
public:
  T wait(WaitScope &scope);
  bool poll(WaitScope &scope);
  template <typename Func> Promise then(Func &&func);
  template <typename ErrorFunc> Promise catch_(ErrorFunc &&errorHandler);
  template <typename... Attachments> Promise attach(Attachments &&...attachments);
  Promise eagerlyEvaluate(decltype(nullptr));
  template <typename ErrorFunc> void detach(ErrorFunc &&errorHandler);
};
template <typename Func> Promise<int> evalNow(Func &&func);
template <typename Func> Promise<int> evalLater(Func &&func);
template <typename Func> Promise<int> evalLast(Func &&func);
class EventLoop {
public:
  void run(unsigned max_turns = 1);
};
class TaskSet {
public:
  void add(Promise<void> &&promise);
};
class Executor {
public:
  template <typename Func> int executeSync(Func &&func) const { return 0; }
};
class FiberPool {
public:
  template <typename Func> Promise<int> startFiber(Func &&func) const { return {}; }
};
template <typename Func> Promise<int> startFiber(unsigned long stack_size, Func &&func) {
  return {};
}
} // namespace kj
namespace kj {
Promise<void> yield();
Promise<void> yieldUntilQueueEmpty();
Promise<void> yieldUntilWouldSleep();
template <typename T> Promise<T> joinPromises(T &&promises, int location = 0);
template <typename T> Promise<T> joinPromisesFailFast(T &&promises, int location = 0);
} // namespace kj
//--- kj/async-io.h
#pragma once
namespace kj {
class AsyncIoProvider {
public:
  virtual int newPipeThread(void (*start)()) = 0;
};
} // namespace kj
//--- kj/thread.h
#pragma once
namespace kj {
class Thread {
public:
  explicit Thread(void (*func)());
  ~Thread() noexcept(false);
};
} // namespace kj
//--- kj/mutex.h
#pragma once
namespace kj {
template <typename T> class Locked {};
template <typename T> class MutexGuarded {
public:
  Locked<T> lockExclusive() const;
  Locked<const T> lockShared() const;
  template <typename Cond, typename Func> auto when(Cond &&cond, Func &&callback) const {}
};
} // namespace kj
//--- kj/filesystem.h
#pragma once
namespace kj {
class FsNode {
public:
  virtual void sync() const = 0;
  virtual void datasync() const = 0;
};
class ReadableFile : public FsNode {
public:
  int readAllText() const;
  int readAllBytes() const;
};
class File : public ReadableFile {};
} // namespace kj
//--- kj/timer.h
#pragma once
#include <kj/async.h>
namespace kj {
class Timer {
public:
  virtual Promise<void> atTime(int time) = 0;
  virtual Promise<void> afterDelay(int delay) = 0;
};
} // namespace kj
