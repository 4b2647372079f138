// Every name of abseil.yaml, looked up on declarations of the library's shape, written after its
// headers; VERSIONED is the inline namespace of its releases.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DVERSIONED > %t.versioned
// RUN: diff %t.answers %t.versioned
// RUN: corolint-knowledge-dump --missing=abseil.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of abseil.yaml are proven

//--- use.cpp
#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/container/inlined_vector.h>
#include <absl/container/node_hash_map.h>
#include <absl/container/node_hash_set.h>
#include <absl/synchronization/barrier.h>
#include <absl/synchronization/blocking_counter.h>
#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <absl/time/clock.h>

void waits(absl::Duration d, absl::Time t, absl::Notification &n, absl::BlockingCounter &b,
           absl::Barrier &all) {
  absl::SleepFor(d);
  n.WaitForNotification();
  n.WaitForNotificationWithTimeout(d);
  n.WaitForNotificationWithDeadline(t);
  b.Wait();
  all.Block();
}

void containers(absl::flat_hash_map<int, int> fm, absl::flat_hash_set<int> fs,
                absl::btree_map<int, int> bm, absl::btree_set<int> bs,
                absl::InlinedVector<int, 2> iv, absl::node_hash_map<int, int> nm,
                absl::node_hash_set<int> ns) {}

void mutexes(absl::Duration d, absl::Time t, absl::Mutex &m, absl::CondVar &v, absl::Condition &c) {
  m.Await(c);
  m.AwaitWithTimeout(c, d);
  m.AwaitWithDeadline(c, t);
  m.LockWhen(c);
  m.LockWhenWithTimeout(c, d);
  m.LockWhenWithDeadline(c, t);
  m.ReaderLockWhen(c);
  m.ReaderLockWhenWithTimeout(c, d);
  m.ReaderLockWhenWithDeadline(c, t);
  m.WriterLockWhen(c);
  m.WriterLockWhenWithTimeout(c, d);
  m.WriterLockWhenWithDeadline(c, t);
  v.Wait(&m);
  v.WaitWithTimeout(&m, d);
  v.WaitWithDeadline(&m, t);
  m.lock();
  m.Lock();
  m.lock_shared();
  m.ReaderLock();
  m.WriterLock();
  m.try_lock();
  m.TryLock();
  m.try_lock_shared();
  m.ReaderTryLock();
  m.WriterTryLock();
  m.unlock();
  m.Unlock();
  m.unlock_shared();
  m.ReaderUnlock();
  m.WriterUnlock();
  absl::MutexLock one(&m);
  absl::MutexLock two(&m, c);
  absl::ReaderMutexLock three(&m);
  absl::WriterMutexLock four(&m);
  absl::ReleasableMutexLock five(&m);
  absl::MutexLockMaybe six(&m);
}

//--- absl/base/config.h
#pragma once
#ifdef VERSIONED
#define ABSL_NAMESPACE_BEGIN inline namespace lts_20250127 {
#define ABSL_NAMESPACE_END }
#else
#define ABSL_NAMESPACE_BEGIN
#define ABSL_NAMESPACE_END
#endif
//--- absl/container/btree_map.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K, class V> class btree_map {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/btree_set.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K> class btree_set {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/flat_hash_map.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K, class V> class flat_hash_map {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/flat_hash_set.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K> class flat_hash_set {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/inlined_vector.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class T, unsigned long N> class InlinedVector {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/node_hash_map.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K, class V> class node_hash_map {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/container/node_hash_set.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
template <class K> class node_hash_set {};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/time/clock.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
class Duration {};
class Time {};
void SleepFor(absl::Duration duration);
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/synchronization/notification.h
#pragma once
#include <absl/time/clock.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
class Notification {
public:
  bool HasBeenNotified() const;
  void WaitForNotification() const;
  bool WaitForNotificationWithTimeout(absl::Duration timeout) const;
  bool WaitForNotificationWithDeadline(absl::Time deadline) const;
};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/synchronization/blocking_counter.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
class BlockingCounter {
public:
  void Wait();
};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/synchronization/barrier.h
#pragma once
#include <absl/base/config.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
class Barrier {
public:
  bool Block();
};
ABSL_NAMESPACE_END
} // namespace absl
//--- absl/synchronization/mutex.h
#pragma once
#include <absl/time/clock.h>
namespace absl {
ABSL_NAMESPACE_BEGIN
class Condition {};
class Mutex {
public:
  void lock();
  void Lock();
  void lock_shared();
  void ReaderLock();
  void WriterLock();
  bool try_lock();
  bool TryLock();
  bool try_lock_shared();
  bool ReaderTryLock();
  bool WriterTryLock();
  void unlock();
  void Unlock();
  void unlock_shared();
  void ReaderUnlock();
  void WriterUnlock();
  void Await(const Condition &c);
  bool AwaitWithTimeout(const Condition &c, absl::Duration timeout);
  bool AwaitWithDeadline(const Condition &c, absl::Time deadline);
  void LockWhen(const Condition &c);
  bool LockWhenWithTimeout(const Condition &c, absl::Duration timeout);
  bool LockWhenWithDeadline(const Condition &c, absl::Time deadline);
  void ReaderLockWhen(const Condition &c);
  bool ReaderLockWhenWithTimeout(const Condition &c, absl::Duration timeout);
  bool ReaderLockWhenWithDeadline(const Condition &c, absl::Time deadline);
  void WriterLockWhen(const Condition &c);
  bool WriterLockWhenWithTimeout(const Condition &c, absl::Duration timeout);
  bool WriterLockWhenWithDeadline(const Condition &c, absl::Time deadline);
};
class CondVar {
public:
  void Wait(Mutex *m);
  bool WaitWithTimeout(Mutex *m, absl::Duration timeout);
  bool WaitWithDeadline(Mutex *m, absl::Time deadline);
};
struct MutexLock {
  explicit MutexLock(Mutex *m);
  MutexLock(Mutex *m, const Condition &c);
};
struct ReaderMutexLock {
  explicit ReaderMutexLock(Mutex *m);
};
struct WriterMutexLock {
  explicit WriterMutexLock(Mutex *m);
};
struct ReleasableMutexLock {
  explicit ReleasableMutexLock(Mutex *m);
  void Release();
};
struct MutexLockMaybe {
  explicit MutexLockMaybe(Mutex *m);
};
ABSL_NAMESPACE_END
} // namespace absl
