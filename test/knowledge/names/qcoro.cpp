// Every name of qcoro.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=qcoro.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of qcoro.yaml are proven

//--- use.cpp
#include <qcorolazytask.h>
#include <qcoroqmltask.h>
#include <qcorotask.h>
#include <qcorothread.h>
#include <qcorotimer.h>
#include <thread>

QCoro::Task<int> work() {
  QCoro::waitFor(work());
  QCoro::moveToThread(nullptr);
  QCoro::connect(work(), static_cast<int *>(nullptr), [] {});
  QCoro::QmlTask{work()};
  std::this_thread::sleep_for(std::chrono::seconds(1));
  QThread::sleep(1);
  QThread::msleep(1);
  return {};
}
QCoro::LazyTask<int> lazy() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  return {};
}

QCoro::Task<int> pauses() {
  QCoro::sleepFor(std::chrono::seconds(1));
  QCoro::sleepUntil(std::chrono::steady_clock::now());
  return {};
}

//--- QtCore/qthread.h
#pragma once
class QThread {
public:
  static void sleep(unsigned long seconds);
  static void msleep(unsigned long milliseconds);
};

//--- qcorotask.h
#pragma once
#include <QtCore/qthread.h>
namespace QCoro {
namespace detail {
template <typename T, template <typename> class TaskImpl> class TaskBase {};
} // namespace detail
template <typename T> class Task final : public detail::TaskBase<T, Task> {};
template <typename T> inline T waitFor(QCoro::Task<T> &&task);
template <typename T, typename QObjectSubclass, typename Callback>
void connect(QCoro::Task<T> &&task, QObjectSubclass *context, Callback func) {}
} // namespace QCoro
//--- qcorolazytask.h
#pragma once
#include <qcorotask.h>
namespace QCoro {
template <typename T> class LazyTask final : public detail::TaskBase<T, LazyTask> {};
} // namespace QCoro
//--- qcoroqmltask.h
#pragma once
#include <qcorotask.h>
namespace QCoro {
struct QmlTask {
  template <typename T> QmlTask(QCoro::Task<T> &&task);
  ~QmlTask();
};
} // namespace QCoro
//--- qcorothread.h
#pragma once
#include <qcorotask.h>
namespace QCoro {
class ThreadContext {};
ThreadContext moveToThread(QThread *thread);
} // namespace QCoro
//--- qcorotimer.h
#pragma once
#include <qcorotask.h>
namespace QCoro {
template <typename Duration> QCoro::Task<int> sleepFor(const Duration &timeout);
template <typename TimePoint> QCoro::Task<int> sleepUntil(const TimePoint &when);
} // namespace QCoro
