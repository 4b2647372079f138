// Every name of drogon.yaml, looked up on declarations of the library's shape: Debian does not
// package a version with coroutines, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=drogon.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of drogon.yaml are proven

//--- use.cpp
#include <drogon/HttpAppFramework.h>
#include <drogon/HttpClient.h>
#include <drogon/nosql/RedisClient.h>
#include <drogon/orm/DbClient.h>
#include <drogon/orm/Mapper.h>
#include <drogon/utils/coroutine.h>
#include <trantor/net/EventLoop.h>
#include <trantor/net/EventLoopThread.h>
#include <trantor/net/EventLoopThreadPool.h>
#include <trantor/utils/ConcurrentTaskQueue.h>
#include <trantor/utils/SerialTaskQueue.h>

drogon::Task<int> work();

void waits(drogon::HttpClient &http, drogon::orm::DbClient &db, drogon::nosql::RedisClient &redis,
           drogon::HttpAppFramework &app, trantor::EventLoop &loop) {
  http.sendRequest(1);
  db.execSqlSync("x");
  db.newTransaction();
  redis.execCommandSync(1, "x");
  redis.newTransaction();
  drogon::sync_wait(work());
  drogon::async_run(work());
  drogon::async_func(work());
  drogon::switchThreadCoro(&loop);
  app.run();
  loop.loop();
}

void maps(drogon::orm::Mapper<int> &mapper, int row) {
  mapper.findByPrimaryKey(1);
  mapper.findOne(1);
  mapper.findBy(1);
  mapper.findAll();
  mapper.count();
  mapper.insert(row);
  mapper.update(row);
  mapper.deleteOne(row);
  mapper.deleteBy(1);
  mapper.deleteByPrimaryKey(1);
}

void threads(trantor::EventLoopThreadPool &loops, trantor::SerialTaskQueue &serial,
             trantor::TaskQueue &any) {
  trantor::EventLoopThread thread;
  thread.wait();
  loops.wait();
  trantor::ConcurrentTaskQueue queue;
  queue.runTaskInQueue([] {});
  queue.stop();
  serial.runTaskInQueue([] {});
  serial.waitAllTasksFinished();
  any.runTaskInQueue([] {});
  any.syncTaskInQueue([] {});
}

void together(trantor::EventLoop &loop) {
  drogon::sleepCoro(&loop, 1.0);
  drogon::when_all(work(), work());
}

//--- trantor/net/EventLoop.h
#pragma once
namespace trantor {
class EventLoop {
public:
  void loop();
};
} // namespace trantor
//--- trantor/net/EventLoopThread.h
#pragma once
namespace trantor {
class EventLoopThread {
public:
  ~EventLoopThread();
  void wait();
};
} // namespace trantor
//--- trantor/net/EventLoopThreadPool.h
#pragma once
namespace trantor {
class EventLoopThreadPool {
public:
  void wait();
};
} // namespace trantor
//--- trantor/utils/TaskQueue.h
#pragma once
namespace trantor {
class TaskQueue {
public:
  virtual void runTaskInQueue(void (*task)()) = 0;
  void syncTaskInQueue(void (*task)());
};
} // namespace trantor
//--- trantor/utils/ConcurrentTaskQueue.h
#pragma once
#include <trantor/utils/TaskQueue.h>
namespace trantor {
class ConcurrentTaskQueue : public TaskQueue {
public:
  virtual void runTaskInQueue(void (*task)());
  void stop();
  ~ConcurrentTaskQueue();
};
} // namespace trantor
//--- trantor/utils/SerialTaskQueue.h
#pragma once
#include <trantor/utils/TaskQueue.h>
namespace trantor {
class SerialTaskQueue : public TaskQueue {
public:
  virtual void runTaskInQueue(void (*task)());
  void waitAllTasksFinished();
};
} // namespace trantor
//--- drogon/HttpAppFramework.h
#pragma once
namespace drogon {
class HttpAppFramework {
public:
  virtual void run() = 0;
};
} // namespace drogon
//--- drogon/HttpClient.h
#pragma once
namespace drogon {
class HttpClient {
public:
  virtual void sendRequest(int request, void (*callback)(), double timeout = 0) = 0;
  int sendRequest(int request, double timeout = 0);
};
} // namespace drogon
//--- drogon/orm/DbClient.h
#pragma once
namespace drogon {
namespace orm {
class DbClient {
public:
  template <typename... Arguments> int execSqlSync(const char *sql, Arguments &&...args);
  virtual int newTransaction(void (*commit)() = nullptr, int type = 0) = 0;
};
} // namespace orm
} // namespace drogon
//--- drogon/orm/Mapper.h
#pragma once
namespace drogon {
namespace orm {
template <typename T> class Mapper {
public:
  T findByPrimaryKey(int key);
  T findOne(int criteria);
  int findBy(int criteria);
  int findAll();
  unsigned long count(int criteria = 0);
  void insert(T &row);
  unsigned long update(const T &row);
  unsigned long deleteOne(const T &row);
  unsigned long deleteBy(int criteria);
  unsigned long deleteByPrimaryKey(int key);
};
} // namespace orm
} // namespace drogon
//--- drogon/nosql/RedisClient.h
#pragma once
namespace drogon {
namespace nosql {
class RedisClient {
public:
  template <typename F, typename... Args>
  int execCommandSync(F &&process, const char *command, Args &&...args);
  virtual int newTransaction() = 0;
};
} // namespace nosql
} // namespace drogon
//--- drogon/utils/coroutine.h
#pragma once
#include <trantor/net/EventLoop.h>
namespace drogon {
template <typename T> struct Task {};
template <typename Await> auto sync_wait(Await &&await) {}
template <typename Coro> void async_run(Coro &&coro) {}
template <typename Coro> int async_func(Coro &&coro) {
  return 0;
}
namespace internal {
struct SwitchThreadAwaiter {};
} // namespace internal
inline internal::SwitchThreadAwaiter switchThreadCoro(trantor::EventLoop *loop) noexcept {
  return {};
}
} // namespace drogon
namespace drogon {
inline int sleepCoro(trantor::EventLoop *loop, double delay) noexcept { return 0; }
template <typename... Tasks> int when_all(Tasks... tasks) { return 0; }
} // namespace drogon
