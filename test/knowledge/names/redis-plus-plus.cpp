// Every name of redis-plus-plus.yaml, looked up on declarations of the library's shape, written
// after its headers: three commands stand for all of them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=redis-plus-plus.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of redis-plus-plus.yaml are proven

//--- use.cpp
#include <sw/redis++/co_redis++.h>
#include <sw/redis++/patterns/redlock.h>
#include <sw/redis++/redis++.h>

void one(sw::redis::Redis &other) {
  sw::redis::Redis r("tcp://127.0.0.1");
  r = static_cast<sw::redis::Redis &&>(other);
  r.set("x", "y");
  r.get("x");
  r.command("x", 1);
  r.subscriber().consume();
  r.pipeline().exec();
  r.transaction().exec();
}

void cluster(sw::redis::RedisCluster &other) {
  sw::redis::RedisCluster r("tcp://127.0.0.1");
  r = static_cast<sw::redis::RedisCluster &&>(other);
  r.set("x", "y");
  r.get("x");
  r.redis("x");
  r.subscriber();
  r.pipeline("x");
  r.transaction("x");
}

void locks(sw::redis::RedMutexTx &m, sw::redis::RedLockMutexVessel &v) {
  m.try_lock("x", 1);
  m.extend_lock("x", 1);
  m.unlock("x");
  v.lock("x", "y", 1);
  v.extend_lock(1, 1);
  v.unlock(1);
  sw::redis::RedLock<sw::redis::RedMutexTx> l(m, 0);
  l.try_lock(1);
  l.extend_lock(1);
  l.unlock();
}

void awaited(sw::redis::CoRedis &r, sw::redis::CoRedisCluster &c) {
  r.get("x");
  c.get("x");
}

//--- sw/redis++/redis++.h
#pragma once
namespace sw {
namespace redis {
using StringView = const char *;
class PipelineImpl {};
class TransactionImpl {};
template <typename Impl> class QueuedRedis {
public:
  int exec();
};
using Pipeline = QueuedRedis<PipelineImpl>;
using Transaction = QueuedRedis<TransactionImpl>;
class Subscriber {
public:
  void consume();
};
class Redis {
public:
  explicit Redis(const char *uri);
  Redis(const Redis &) = delete;
  Redis &operator=(const Redis &) = delete;
  Redis(Redis &&) = default;
  Redis &operator=(Redis &&) = default;
  Pipeline pipeline(bool fresh = true);
  Transaction transaction(bool piped = false, bool fresh = true);
  Subscriber subscriber();
  template <typename Command, typename... Args> int command(Command command, Args &&...args);
  bool set(const StringView &key, const StringView &value);
  int get(const StringView &key);
};
class ShardsPool {
public:
  ~ShardsPool();
};
class RedisCluster {
  ShardsPool pool;

public:
  explicit RedisCluster(const char *uri);
  RedisCluster(const RedisCluster &) = delete;
  RedisCluster &operator=(const RedisCluster &) = delete;
  RedisCluster(RedisCluster &&) = default;
  RedisCluster &operator=(RedisCluster &&) = default;
  Redis redis(const StringView &tag, bool fresh = true);
  Pipeline pipeline(const StringView &tag, bool fresh = true);
  Transaction transaction(const StringView &tag, bool piped = false, bool fresh = true);
  Subscriber subscriber();
  bool set(const StringView &key, const StringView &value);
  int get(const StringView &key);
};
} // namespace redis
} // namespace sw
//--- sw/redis++/patterns/redlock.h
#pragma once
namespace sw {
namespace redis {
class RedMutexTx {
public:
  int try_lock(const char *value, int ttl);
  int extend_lock(const char *value, int ttl);
  void unlock(const char *value);
};
template <typename RedisInstance> class RedLock {
public:
  RedLock(RedisInstance &mutex, int);
  ~RedLock() {}
  bool try_lock(int ttl);
  bool extend_lock(int ttl);
  void unlock();
};
class RedLockMutexVessel {
public:
  int lock(const char *resource, const char *value, int ttl);
  int extend_lock(int info, int ttl);
  void unlock(int info);
};
} // namespace redis
} // namespace sw
//--- sw/redis++/co_redis++.h
#pragma once
namespace sw {
namespace redis {
class CoRedis {
public:
  template <typename Result> class Awaiter {};
  Awaiter<int> get(const char *key);
};
class CoRedisCluster {
public:
  template <typename Result> class Awaiter {};
  Awaiter<int> get(const char *key);
};
} // namespace redis
} // namespace sw
