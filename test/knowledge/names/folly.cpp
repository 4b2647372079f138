// Every name of folly.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DOLDER > %t.older
// RUN: corolint-knowledge-dump --missing=folly.yaml %t.answers %t.older | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of folly.yaml are proven

//--- use.cpp
#include <folly/CancellationToken.h>
#include <folly/MicroLock.h>
#include <folly/SharedMutex.h>
#include <folly/containers.h>
#include <folly/synchronization/SmallLocks.h>
#include <folly/FileUtil.h>
#include <folly/Subprocess.h>
#include <folly/Synchronized.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/SharedLock.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Synchronized.h>
#include <folly/coro/Task.h>
#include <folly/coro/safe/NowTask.h>
#include <folly/coro/safe/SafeTask.h>
#include <folly/executors/Async.h>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <folly/executors/FunctionScheduler.h>
#include <folly/executors/IOThreadPoolExecutor.h>
#include <folly/executors/ManualExecutor.h>
#include <folly/executors/ThreadedExecutor.h>
#include <folly/executors/ThreadedRepeatingFunctionRunner.h>
#include <folly/executors/VirtualExecutor.h>
#include <folly/futures/Future.h>
#include <folly/io/async/EventBase.h>
#include <folly/io/async/ScopedEventBaseThread.h>
#include <folly/synchronization/Baton.h>
#include <folly/synchronization/DistributedMutex.h>
#include <folly/synchronization/Latch.h>
#include <folly/synchronization/LifoSem.h>
#include <folly/synchronization/Lock.h>
#include <folly/synchronization/Rcu.h>
#include <folly/synchronization/SaturatingSemaphore.h>
#include <folly/synchronization/ThrottledLifoSem.h>
#include <folly/fibers/BatchSemaphore.h>
#include <folly/fibers/Baton.h>
#include <folly/fibers/FiberManagerInternal.h>
#include <folly/fibers/TimedMutex.h>
#include <folly/fibers/WhenN.h>
#include <folly/container/IntrusiveList.h>
#include <folly/OperationCancelled.h>
#include <folly/coro/Collect.h>
#include <thread>

void starts() {
  folly::coro::co_withExecutor(1, folly::coro::Task<>());
  folly::coro::Task<>().scheduleOn(1);
  folly::coro::Task<>().scheduleOn(1).start();
  folly::coro::Task<>().scheduleOn(1).startInlineUnsafe();
  folly::coro::Task<>().semi();
  folly::coro::co_invoke([] { return folly::coro::Task<>(); });
}

void futures(folly::Future<int> f, folly::SemiFuture<int> s, folly::DrivableExecutor *e) {
  f.get();
  f.getTry();
  f.wait();
  f.getVia(e);
  f.getTryVia(e);
  f.waitVia(e);
  f.thenValue([](int) {});
  f.thenValueInline([](int) {});
  f.thenTry([](int) {});
  f.thenTryInline([](int) {});
  f.thenError([](int) {});
  f.thenError(1, [](int) {});
  f.ensure([] {});
  s.defer([](int) {});
  s.deferValue([](int) {});
  s.deferError([](int) {});
  s.deferError(1, [](int) {});
  s.deferEnsure([] {});
  s.get();
  s.getTry();
  s.wait();
  e->drive();
}

void waits(folly::Baton<> &b, folly::EventBase &e, folly::Subprocess &p) {
  b.wait();
  b.try_wait_for(1);
  b.try_wait_until(1);
  b.timed_wait(1);
  e.runInEventBaseThreadAndWait([] {});
  e.runImmediatelyOrRunInEventBaseThreadAndWait([] {});
  p.wait();
  p.waitAndGetRusage(nullptr);
  p.waitChecked();
  p.waitTimeout(1);
  p.waitOrTerminateOrKill(1, 1);
  p.communicate();
  p.communicateIOBuf();
}

void semaphores(folly::SaturatingSemaphore<> &s, folly::Latch &l, folly::LifoSem &f,
                folly::ThrottledLifoSem &t) {
  s.wait();
  s.try_wait_for(1);
  s.try_wait_until(1);
  l.wait();
  l.try_wait_for(1);
  l.try_wait_until(1);
  l.arrive_and_wait();
  f.wait();
  f.try_wait_for(1);
  f.try_wait_until(1);
  t.wait();
  t.try_wait_for(1);
  t.try_wait_until(1);
}

void loops(folly::EventBase &e, folly::ManualExecutor &m, folly::TimedDrivableExecutor &t) {
  e.loop();
  e.loopOnce();
  e.loopForever();
  e.loopPoll();
  e.loopWithSuspension();
  m.run();
  m.step();
  m.drain();
  m.drive();
  m.makeProgress();
  m.wait();
  m.waitFor(1);
  t.drive();
  t.try_drive();
  t.try_drive_for(1);
  t.try_drive_until(1);
  t.run();
  t.drain();
}

void executors(folly::CPUThreadPoolExecutor &c, folly::ThreadedExecutor &t) {
  c.add([] {});
  c.folly::ThreadPoolExecutor::join();
  c.folly::ThreadPoolExecutor::stop();
  t.add([] {});
  c.addWithPriority([] {}, 1);
  folly::async([] {});
  folly::via(1, [] {});
}

void threads(folly::FunctionScheduler &s, folly::ThreadedRepeatingFunctionRunner &r) {
  s.addFunction([] {}, 1);
  s.addFunctionOnce([] {});
  s.cancelFunctionAndWait("name");
  s.cancelAllFunctionsAndWait();
  s.shutdown();
  r.add("name", [] {});
  r.stop();
}

void destructors() {
  folly::CPUThreadPoolExecutor cpu;
  folly::IOThreadPoolExecutor io;
  folly::ThreadedExecutor threaded;
  folly::VirtualExecutor part;
  folly::ScopedEventBaseThread loop;
  folly::FunctionScheduler scheduler;
  folly::ThreadedRepeatingFunctionRunner runner;
}

void types(folly::coro::now_task<> n, folly::coro::now_task_with_executor<> w,
           folly::coro::safe_task<0> s, folly::coro::safe_task_with_executor<0> e,
           folly::coro::SharedLock<int> l, folly::coro::UpgradeLock<int> u,
           folly::coro::Synchronized<int>::ReadLockedPtr p) {}

void fibers(folly::fibers::Semaphore &s, folly::fibers::BatchSemaphore &bs, folly::fibers::Baton &b,
            folly::fibers::TimedMutex &m, folly::fibers::TimedRWMutex<int> &rw,
            folly::fibers::FiberManager &manager) {
  s.wait();
  bs.wait(1);
  b.wait();
  b.try_wait_for(1);
  b.try_wait_until(1);
  b.timed_wait(1);
  m.lock();
  m.try_lock_for(1);
  m.try_lock_until(1);
  rw.lock();
  rw.lock_shared();
  rw.try_lock_for(1);
  rw.try_lock_until(1);
  rw.try_lock_shared_for(1);
  rw.try_lock_shared_until(1);
  folly::fibers::await(1);
  folly::fibers::await_async(1);
  folly::fibers::collectN(1);
  folly::fibers::collectAll(1);
  folly::fibers::collectAny(1);
  manager.loopUntilNoReady();
  manager.loopUntilNoReadyImpl();
}

void with(folly::Synchronized<int> &s, int &i) {
  s.lock();
  s.rlock();
  s.ulock();
  s.contextualLock();
  s.contextualRLock();
  s.withLock([] {});
  s.withWLock([] {});
  s.withRLock([] {});
  s.withULock([] {});
  s.withLockPtr([] {});
  s.withWLockPtr([] {});
  s.withRLockPtr([] {});
  s.withULockPtr([] {});
  s.swap(i);
  s.exchange(1);
  s.copy();
  s.copyInto(i);
  folly::synchronized([] {}, s);
}

void locks(folly::Synchronized<int> &s, folly::DistributedMutex &m) {
  folly::Synchronized<int>::LockedPtr locked = s.wlock();
  folly::upgrade_lock<int> upgrade;
  folly::hybrid_lock<int> hybrid;
  folly::shared_lock_guard<int> shared;
  folly::hybrid_lock_guard<int> guard;
#ifdef OLDER
  folly::rcu_reader reader;
#endif
}

void containers(folly::fbvector<int> v, folly::small_vector<int> sv, folly::fbstring s,
                folly::sorted_vector_map<int, int> sm, folly::sorted_vector_set<int> ss,
                folly::F14ValueMap<int, int> vm, folly::F14ValueSet<int> vs,
                folly::F14VectorMap<int, int> om, folly::F14VectorSet<int> os,
                folly::F14FastMap<int, int> fm, folly::F14FastSet<int> fs,
                folly::F14NodeMap<int, int> nm, folly::F14NodeSet<int> ns,
                folly::EvictingCacheMap<int, int> cm, folly::heap_vector_map<int, int> hm,
                folly::heap_vector_set<int> hs, folly::small_heap_vector_map<int, int> shm) {}

void mutexes(folly::SharedMutex &s, folly::MicroLock &m, folly::MicroSpinLock &ms,
             folly::PicoSpinLock<int> &p, folly::RWSpinLock &rw) {
  s.lock();
  s.lock_shared();
  s.lock_upgrade();
  s.try_lock();
  s.try_lock_shared();
  s.try_lock_upgrade();
  s.try_lock_for(1);
  s.try_lock_until(1);
  s.try_lock_shared_for(1);
  s.try_lock_shared_until(1);
  s.try_lock_upgrade_for(1);
  s.try_lock_upgrade_until(1);
  s.unlock();
  s.unlock_shared();
  s.unlock_upgrade();
  m.lock();
  m.try_lock();
  m.unlock();
  ms.lock();
  ms.try_lock();
  ms.unlock();
  p.lock();
  p.try_lock();
  p.unlock();
  rw.lock();
  rw.lock_shared();
  rw.lock_upgrade();
  rw.try_lock();
  rw.try_lock_shared();
  rw.try_lock_upgrade();
  rw.unlock();
  rw.unlock_shared();
  rw.unlock_upgrade();
}

void files(int fd, void *p, const iovec *v, iovec *w) {
  int s;
  folly::readFile("x", s);
  folly::writeFile(s, "x");
  folly::writeFileAtomic("x", "y");
  folly::writeFileAtomicNoThrow("x", "y");
  folly::openNoInt("x", 0);
  folly::truncateNoInt("x", 0);
  folly::fsyncNoInt(fd);
  folly::fdatasyncNoInt(fd);
  folly::flockNoInt(fd, 0);
  folly::readNoInt(fd, p, 1);
  folly::preadNoInt(fd, p, 1, 0);
  folly::readvNoInt(fd, v, 1);
  folly::preadvNoInt(fd, v, 1, 0);
  folly::writeNoInt(fd, p, 1);
  folly::pwriteNoInt(fd, p, 1, 0);
  folly::writevNoInt(fd, v, 1);
  folly::pwritevNoInt(fd, v, 1, 0);
  folly::readFull(fd, p, 1);
  folly::preadFull(fd, p, 1, 0);
  folly::readvFull(fd, w, 1);
  folly::preadvFull(fd, w, 1, 0);
  folly::writeFull(fd, p, 1);
  folly::pwriteFull(fd, p, 1, 0);
  folly::writevFull(fd, w, 1);
  folly::pwritevFull(fd, w, 1, 0);
}

folly::CancellationToken token;

folly::coro::Task<int> tasks(folly::coro::AsyncScope &a, folly::coro::CancellableAsyncScope &c,
                             folly::coro::TaskWithExecutor<int> t) {
  a.add(1);
  a.addWithSourceLoc(1);
  c.add(1);
  c.addWithSourceLoc(1);
  c.co_schedule(folly::coro::Task<int>());
  folly::coro::blockingWait(1);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return {};
}

void sleeps() {
  folly::coro::sleep(1);
  folly::coro::sleepReturnEarlyOnCancel(1);
  folly::futures::sleep(1);
}

void together(folly::SemiFuture<int> s, folly::OperationCancelled stopped) {
  folly::coro::collectAll(1, 2);
  folly::coro::collectAllRange(1);
  folly::coro::collectAllTry(1, 2);
  folly::coro::collectAllTryRange(1);
  folly::coro::collectAllWindowed(1, 2);
  folly::coro::collectAllTryWindowed(1, 2);
  folly::collectAll(s, s);
  folly::collectAllUnsafe(s, s);
  folly::collect(s, s);
}

//--- folly/futures/Future.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
namespace folly {
template <typename T> class SemiFuture {
public:
  T get();
  T getTry();
  SemiFuture &wait();
  template <typename F> SemiFuture defer(F &&func);
  template <typename F> SemiFuture deferValue(F &&func);
  template <typename F> SemiFuture deferError(F &&func);
  template <typename Tag, typename F> SemiFuture deferError(Tag, F &&func);
  template <typename F> SemiFuture deferEnsure(F &&func);
};
template <typename T> class Future {
public:
  T get();
  T getTry();
  Future &wait();
  template <typename F> Future thenValue(F &&func);
  template <typename F> Future thenValueInline(F &&func);
  template <typename F> Future thenTry(F &&func);
  template <typename F> Future thenTryInline(F &&func);
  template <typename F> Future thenError(F &&func);
  template <typename Tag, typename F> Future thenError(Tag, F &&func);
  template <typename F> Future ensure(F &&func);
  T getVia(DrivableExecutor *e);
  T getTryVia(DrivableExecutor *e);
  Future &waitVia(DrivableExecutor *e);
};
template <class Func> auto via(int executor, Func &&func) -> int {
  return 0;
}
} // namespace folly
namespace folly {
template <typename... Fs> SemiFuture<int> collectAll(Fs &&...fs);
template <typename... Fs> SemiFuture<int> collectAllUnsafe(Fs &&...fs);
template <typename... Fs> SemiFuture<int> collect(Fs &&...fs);
namespace futures {
SemiFuture<int> sleep(int duration, void *timekeeper = nullptr);
} // namespace futures
} // namespace folly
//--- folly/synchronization/Baton.h
#pragma once
namespace folly {
template <bool MayBlock = true> class Baton {
public:
  void wait() noexcept;
  template <typename Duration> bool try_wait_for(Duration timeout) noexcept;
  template <typename Time> bool try_wait_until(Time deadline) noexcept;
  template <typename Time> bool timed_wait(Time deadline) noexcept;
};
} // namespace folly
//--- folly/Synchronized.h
#pragma once
namespace folly {
template <class SynchronizedType, class LockPolicy> class LockedPtr {};
template <class Subclass> class SynchronizedBase {
public:
  using LockedPtr = folly::LockedPtr<Subclass, int>;
  LockedPtr lock() { return {}; }
  LockedPtr wlock() { return {}; }
  LockedPtr rlock() { return {}; }
  LockedPtr ulock() { return {}; }
  template <class Function> auto withLock(Function &&) {}
  template <class Function> auto withWLock(Function &&) {}
  template <class Function> auto withRLock(Function &&) {}
  template <class Function> auto withULock(Function &&) {}
  template <class Function> auto withLockPtr(Function &&) {}
  template <class Function> auto withWLockPtr(Function &&) {}
  template <class Function> auto withRLockPtr(Function &&) {}
  template <class Function> auto withULockPtr(Function &&) {}
};
template <class T, class Mutex = int>
struct Synchronized : public SynchronizedBase<Synchronized<T, Mutex>> {
  using LockedPtr = folly::LockedPtr<Synchronized, int>;
  LockedPtr contextualLock() { return {}; }
  LockedPtr contextualRLock() { return {}; }
  void swap(T &);
  T exchange(T &&);
  T copy() const;
  void copyInto(T &) const;
};
template <class Function, class... Lockers> decltype(auto) synchronized(Function &&, Lockers &&...) {
  return 0;
}
} // namespace folly
//--- folly/synchronization/Lock.h
#pragma once
namespace folly {
template <typename Mutex> class upgrade_lock {};
template <typename Mutex> class hybrid_lock {};
template <typename Mutex> class shared_lock_guard {};
template <typename Mutex> class hybrid_lock_guard {};
} // namespace folly
//--- folly/synchronization/DistributedMutex.h
#pragma once
namespace folly {
namespace detail {
namespace distributed_mutex {
template <bool TimePublishing = true> class DistributedMutex {
public:
  class DistributedMutexStateProxy {};
  DistributedMutexStateProxy lock();
  void unlock(DistributedMutexStateProxy const &);
};
} // namespace distributed_mutex
} // namespace detail
using DistributedMutex = detail::distributed_mutex::DistributedMutex<>;
} // namespace folly
//--- folly/synchronization/Rcu.h
#pragma once
#ifdef OLDER
namespace folly {
class rcu_reader_domain {
public:
  rcu_reader_domain() noexcept;
  ~rcu_reader_domain() noexcept;
};
using rcu_reader = rcu_reader_domain;
} // namespace folly
#endif
//--- folly/synchronization/SaturatingSemaphore.h
#pragma once
namespace folly {
template <bool MayBlock = true> class SaturatingSemaphore {
public:
  void wait() noexcept;
  template <typename Duration> bool try_wait_for(Duration timeout) noexcept;
  template <typename Time> bool try_wait_until(Time deadline) noexcept;
};
} // namespace folly
//--- folly/synchronization/Latch.h
#pragma once
namespace folly {
class Latch {
public:
  void wait() noexcept;
  template <typename Duration> bool try_wait_for(Duration timeout) noexcept;
  template <typename Time> bool try_wait_until(Time deadline) noexcept;
  void arrive_and_wait(long n = 1) noexcept;
};
} // namespace folly
//--- folly/synchronization/LifoSem.h
#pragma once
namespace folly {
namespace detail {
template <typename Handoff> struct LifoSemBase {
  void wait();
  template <typename Duration> bool try_wait_for(Duration timeout);
  template <typename Time> bool try_wait_until(Time deadline);
};
} // namespace detail
template <typename BatonType = int> struct LifoSemImpl : public detail::LifoSemBase<BatonType> {};
using LifoSem = LifoSemImpl<>;
} // namespace folly
//--- folly/synchronization/ThrottledLifoSem.h
#pragma once
namespace folly {
class ThrottledLifoSem {
public:
  void wait();
  template <typename Duration> bool try_wait_for(Duration timeout);
  template <typename Time> bool try_wait_until(Time deadline);
};
} // namespace folly
//--- folly/io/async/ScopedEventBaseThread.h
#pragma once
namespace folly {
class ScopedEventBaseThread {
public:
  ~ScopedEventBaseThread();
};
} // namespace folly
//--- folly/io/async/EventBase.h
#pragma once
namespace folly {
class EventBase {
public:
  bool loop();
  bool loopOnce(int flags = 0);
  bool loopPoll();
  int loopWithSuspension();
  void loopForever();
  void runInEventBaseThreadAndWait(void (*fn)()) noexcept;
  void runImmediatelyOrRunInEventBaseThreadAndWait(void (*fn)()) noexcept;
};
} // namespace folly
//--- folly/executors/DrivableExecutor.h
#pragma once
namespace folly {
class Executor {
public:
  virtual void add(void (*f)()) = 0;
};
class DrivableExecutor : public virtual Executor {
public:
  virtual void drive() = 0;
};
} // namespace folly
//--- folly/executors/TimedDrivableExecutor.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
namespace folly {
class TimedDrivableExecutor : public DrivableExecutor {
public:
  void drive() noexcept override;
  bool try_drive() noexcept;
  bool try_drive_for(int timeout);
  bool try_drive_until(int deadline);
  unsigned long run() noexcept;
  unsigned long drain() noexcept;
};
} // namespace folly
//--- folly/executors/ManualExecutor.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
#include <folly/executors/TimedDrivableExecutor.h>
namespace folly {
class ManualExecutor : public DrivableExecutor {
public:
  unsigned long run();
  unsigned long step();
  unsigned long drain();
  void wait();
  void makeProgress();
  void drive() override;
  template <typename F> void waitFor(const F &f);
};
} // namespace folly
//--- folly/executors/ThreadPoolExecutor.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
namespace folly {
class ThreadPoolExecutor : public Executor {
public:
  virtual void stop();
  virtual void join();
};
} // namespace folly
//--- folly/executors/CPUThreadPoolExecutor.h
#pragma once
#include <folly/executors/ThreadPoolExecutor.h>
namespace folly {
class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  ~CPUThreadPoolExecutor();
  void add(void (*f)()) override;
  void addWithPriority(void (*f)(), signed char priority);
};
} // namespace folly
//--- folly/executors/IOThreadPoolExecutor.h
#pragma once
#include <folly/executors/ThreadPoolExecutor.h>
namespace folly {
class IOThreadPoolExecutorBase : public ThreadPoolExecutor {};
class IOThreadPoolExecutor : public IOThreadPoolExecutorBase {
public:
  ~IOThreadPoolExecutor();
  void add(void (*f)()) override;
};
} // namespace folly
//--- folly/executors/VirtualExecutor.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
namespace folly {
class VirtualExecutor : public virtual Executor {
public:
  ~VirtualExecutor();
  void add(void (*f)()) override;
};
} // namespace folly
//--- folly/executors/FunctionScheduler.h
#pragma once
namespace folly {
class FunctionScheduler {
public:
  ~FunctionScheduler();
  void addFunction(void (*cb)(), int interval);
  void addFunctionOnce(void (*cb)());
  bool cancelFunctionAndWait(const char *name);
  void cancelAllFunctionsAndWait();
  bool shutdown();
};
} // namespace folly
//--- folly/executors/ThreadedRepeatingFunctionRunner.h
#pragma once
namespace folly {
class ThreadedRepeatingFunctionRunner final {
public:
  ~ThreadedRepeatingFunctionRunner();
  void add(const char *name, void (*f)());
  void stop();
};
} // namespace folly
//--- folly/executors/ThreadedExecutor.h
#pragma once
#include <folly/executors/DrivableExecutor.h>
namespace folly {
class ThreadedExecutor : public virtual Executor {
public:
  ~ThreadedExecutor();
  void add(void (*f)()) override;
};
} // namespace folly
//--- folly/executors/Async.h
#pragma once
namespace folly {
template <class F> auto async(F &&fn) -> int {
  return 0;
}
} // namespace folly
//--- folly/Subprocess.h
#pragma once
namespace folly {
class Subprocess {
public:
  int wait();
  int waitAndGetRusage(void *usage);
  void waitChecked();
  int waitTimeout(int timeout);
  int waitOrTerminateOrKill(int wait, int terminate);
  int communicate();
  int communicateIOBuf();
};
} // namespace folly
//--- folly/FileUtil.h
#pragma once
#include <sys/types.h>
#include <sys/uio.h>
namespace folly {
template <class Container> bool readFile(const char *name, Container &out);
template <class Container> bool writeFile(const Container &data, const char *name);
void writeFileAtomic(const char *path, const char *data);
int writeFileAtomicNoThrow(const char *path, const char *data);
int openNoInt(const char *name, int flags);
int truncateNoInt(const char *path, off_t length);
int fsyncNoInt(int fd);
int fdatasyncNoInt(int fd);
int flockNoInt(int fd, int operation);
ssize_t readNoInt(int fd, void *to, size_t count);
ssize_t preadNoInt(int fd, void *to, size_t count, off_t offset);
ssize_t readvNoInt(int fd, const iovec *to, int count);
ssize_t preadvNoInt(int fd, const iovec *to, int count, off_t offset);
ssize_t writeNoInt(int fd, const void *from, size_t count);
ssize_t pwriteNoInt(int fd, const void *from, size_t count, off_t offset);
ssize_t writevNoInt(int fd, const iovec *from, int count);
ssize_t pwritevNoInt(int fd, const iovec *from, int count, off_t offset);
ssize_t readFull(int fd, void *to, size_t count);
ssize_t preadFull(int fd, void *to, size_t count, off_t offset);
ssize_t readvFull(int fd, iovec *to, int count);
ssize_t preadvFull(int fd, iovec *to, int count, off_t offset);
ssize_t writeFull(int fd, const void *from, size_t count);
ssize_t pwriteFull(int fd, const void *from, size_t count, off_t offset);
ssize_t writevFull(int fd, iovec *from, int count);
ssize_t pwritevFull(int fd, iovec *from, int count, off_t offset);
} // namespace folly
//--- folly/coro/Task.h
#pragma once
namespace folly::coro {
template <typename T = void> class TaskWithExecutor;
template <typename T = void> class Task {
public:
  TaskWithExecutor<T> scheduleOn(int executor) &&;
  int semi() &&;
  // Has the name of the object beside, and hides it from nobody.
  friend int co_withExecutor(int executor, Task task) { return 0; }
};
namespace detail {
namespace adl {
struct WithExecutorFunction {
  template <typename Awaitable> int operator()(int executor, Awaitable awaitable) const {
    return 0;
  }
};
} // namespace adl
} // namespace detail
namespace folly_cpo__ {
inline constexpr detail::adl::WithExecutorFunction co_withExecutor{};
}
using namespace folly_cpo__;
template <typename T> class TaskWithExecutor {
public:
  int start() &&;
  int startInlineUnsafe() &&;
};
} // namespace folly::coro
//--- folly/coro/Invoke.h
#pragma once
namespace folly::coro {
struct co_invoke_fn {
  template <typename F, typename... A> auto operator()(F &&f, A &&...a) const { return f(a...); }
};
inline constexpr co_invoke_fn co_invoke{};
} // namespace folly::coro
//--- folly/coro/safe/NowTask.h
#pragma once
namespace folly::coro {
template <typename T = void> class now_task {};
template <typename T = void> class now_task_with_executor {};
} // namespace folly::coro
//--- folly/coro/safe/SafeTask.h
#pragma once
namespace folly::coro {
template <int Safety, typename T = void> class safe_task {};
template <int Safety, typename T = void> class safe_task_with_executor {};
} // namespace folly::coro
//--- folly/coro/SharedLock.h
#pragma once
namespace folly::coro {
template <typename Mutex> class SharedLock {};
template <typename Mutex> class UpgradeLock {};
} // namespace folly::coro
//--- folly/coro/Synchronized.h
#pragma once
namespace folly::coro {
template <typename Inner> class Synchronized {
  template <typename ValueType, typename LockType> class GenericLockedPtr {};

public:
  using ReadLockedPtr = GenericLockedPtr<const Inner, int>;
};
} // namespace folly::coro
//--- folly/coro/Sleep.h
#pragma once
#include <folly/coro/Task.h>
namespace folly::coro {
Task<void> sleep(int duration);
Task<void> sleepReturnEarlyOnCancel(int duration);
} // namespace folly::coro
//--- folly/CancellationToken.h
#pragma once
namespace folly {
class CancellationToken {
public:
  bool isCancellationRequested() const noexcept;
};
} // namespace folly
//--- folly/coro/AsyncScope.h
#pragma once
#include <folly/coro/Task.h>
namespace folly::coro {
class AsyncScope {
public:
  template <typename Awaitable> void add(Awaitable &&awaitable);
  template <typename Awaitable> void addWithSourceLoc(Awaitable &&awaitable);
};
class CancellableAsyncScope {
public:
  template <typename Awaitable> void add(Awaitable &&awaitable);
  template <typename Awaitable> void addWithSourceLoc(Awaitable &&awaitable);
  template <typename T> Task<void> co_schedule(Task<T> &&task);
};
} // namespace folly::coro
//--- folly/coro/BlockingWait.h
#pragma once
namespace folly::coro {
#ifdef OLDER
template <typename Awaitable> auto blockingWait(Awaitable &&awaitable) -> int;
#else
struct blocking_wait_fn {
  template <typename Awaitable> auto operator()(Awaitable &&awaitable) const -> int;
};
inline constexpr blocking_wait_fn blocking_wait{};
static constexpr const blocking_wait_fn &blockingWait = blocking_wait;
#endif
} // namespace folly::coro
//--- folly/SharedMutex.h
#pragma once
namespace folly {
template <bool ReaderPriority, typename Tag = void> class SharedMutexImpl {
public:
  void lock();
  bool try_lock();
  template <typename Duration> bool try_lock_for(const Duration &);
  template <typename Time> bool try_lock_until(const Time &);
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  template <typename Duration> bool try_lock_shared_for(const Duration &);
  template <typename Time> bool try_lock_shared_until(const Time &);
  void unlock_shared();
  void lock_upgrade();
  bool try_lock_upgrade();
  template <typename Duration> bool try_lock_upgrade_for(const Duration &);
  template <typename Time> bool try_lock_upgrade_until(const Time &);
  void unlock_upgrade();
};
using SharedMutexReadPriority = SharedMutexImpl<true>;
using SharedMutexWritePriority = SharedMutexImpl<false>;
using SharedMutex = SharedMutexWritePriority;
} // namespace folly
//--- folly/MicroLock.h
#pragma once
namespace folly {
class MicroLockCore {
public:
  void unlock() noexcept;
};
template <unsigned MaxSpins = 1000, unsigned MaxYields = 0>
class MicroLockBase : public MicroLockCore {
public:
  void lock() noexcept;
  bool try_lock() noexcept;
};
typedef MicroLockBase<> MicroLock;
} // namespace folly
//--- folly/synchronization/SmallLocks.h
#pragma once
namespace folly {
struct MicroSpinLock {
  bool try_lock() noexcept;
  void lock() noexcept;
  void unlock() noexcept;
};
template <class IntType, int Bit = sizeof(IntType) * 8 - 1> struct PicoSpinLock {
  bool try_lock() const;
  void lock() const;
  void unlock() const;
};
class RWSpinLock {
public:
  void lock();
  bool try_lock();
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  void unlock_shared();
  void lock_upgrade();
  bool try_lock_upgrade();
  void unlock_upgrade();
};
} // namespace folly
//--- folly/containers.h
#pragma once
// In folly each has a header of its own.
namespace folly {
template <class T> class fbvector {};
template <class T> class small_vector {};
template <typename E> class basic_fbstring {};
typedef basic_fbstring<char> fbstring;
template <class K, class V> class sorted_vector_map {};
template <class T> class sorted_vector_set {};
template <class K, class V> class F14ValueMap {};
template <class K> class F14ValueSet {};
template <class K, class V> class F14VectorMap {};
template <class K> class F14VectorSet {};
template <class K, class V> class F14FastMap {};
template <class K> class F14FastSet {};
template <class K, class V> class F14NodeMap {};
template <class K> class F14NodeSet {};
template <class K, class V> class EvictingCacheMap {};
template <class K, class V> class heap_vector_map {};
template <class T> class heap_vector_set {};
template <class K, class V> class small_heap_vector_map {};
} // namespace folly
//--- folly/fibers/BatchSemaphore.h
#pragma once
namespace folly::fibers {
class Semaphore {
public:
  void wait();
};
class BatchSemaphore {
public:
  void wait(long tokens);
};
} // namespace folly::fibers
//--- folly/fibers/Baton.h
#pragma once
namespace folly::fibers {
class Baton {
public:
  void wait();
  template <typename Duration> bool try_wait_for(const Duration &);
  template <typename Time> bool try_wait_until(const Time &);
  template <typename Duration> bool timed_wait(const Duration &);
};
} // namespace folly::fibers
//--- folly/fibers/TimedMutex.h
#pragma once
namespace folly::fibers {
class TimedMutex {
public:
  void lock();
  template <typename Duration> bool try_lock_for(const Duration &);
  template <typename Time> bool try_lock_until(const Time &);
};
template <bool ReaderPriority, typename BatonType> class TimedRWMutexImpl {
public:
  void lock();
  void lock_shared();
  template <typename Duration> bool try_lock_for(const Duration &);
  template <typename Time> bool try_lock_until(const Time &);
  template <typename Duration> bool try_lock_shared_for(const Duration &);
  template <typename Time> bool try_lock_shared_until(const Time &);
};
template <typename BatonType> using TimedRWMutexReadPriority = TimedRWMutexImpl<true, BatonType>;
template <typename BatonType> using TimedRWMutexWritePriority = TimedRWMutexImpl<false, BatonType>;
template <typename BatonType> using TimedRWMutex = TimedRWMutexReadPriority<BatonType>;
} // namespace folly::fibers
//--- folly/fibers/FiberManagerInternal.h
#pragma once
namespace folly::fibers {
class FiberManager {
public:
  void loopUntilNoReady();
  void loopUntilNoReadyImpl();
};
template <typename F> int await_async(F &&func);
template <typename F> int await(F &&func);
} // namespace folly::fibers
//--- folly/fibers/WhenN.h
#pragma once
namespace folly::fibers {
template <class Iterator> int collectN(Iterator);
template <class Iterator> int collectAll(Iterator);
template <class Iterator> int collectAny(Iterator);
} // namespace folly::fibers
//--- folly/container/IntrusiveList.h
#pragma once
namespace boost::intrusive {
template <class T, class... Options> class list {};
} // namespace boost::intrusive
namespace folly {
template <typename T, int> using IntrusiveList = boost::intrusive::list<T, int>;
template <typename T, int> using SafeIntrusiveList = boost::intrusive::list<T, char>;
template <typename T, int> using CountedIntrusiveList = boost::intrusive::list<T, long>;
} // namespace folly
//--- folly/coro/Collect.h
#pragma once
namespace folly::coro {
template <typename... Awaitables> auto collectAll(Awaitables... awaitables) -> Task<>;
template <typename... Awaitables> auto collectAllTry(Awaitables... awaitables) -> Task<>;
template <typename Range> auto collectAllRange(Range awaitables) -> Task<>;
template <typename Range> auto collectAllTryRange(Range awaitables) -> Task<>;
template <typename Range> auto collectAllWindowed(Range awaitables, unsigned max) -> Task<>;
template <typename Range> auto collectAllTryWindowed(Range awaitables, unsigned max) -> Task<>;
} // namespace folly::coro
//--- folly/OperationCancelled.h
#pragma once
#include <exception>
namespace folly {
struct OperationCancelled final : public std::exception {};
} // namespace folly
