// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

struct connection {};
using row = int;

class CORO_NO_YIELD("keeps its transaction open, and undoes it unless it is committed") transaction {
public:
  explicit transaction(connection &c);
  transaction(transaction &&) noexcept;
  ~transaction();
  std::vector<row> exec(const char *sql);
  void commit();
  int id() const;
};

class CORO_JOINED_SCOPE task_group {
public:
  ~task_group();
  void spawn(CORO_CONSUMES_TASK task<> work);
  task<int> spawn_future(task<int> work);
  void cancel();
  int size() const;
  task<> join();
};

template <class T> class async_generator {
public:
  struct promise_type {
    async_generator get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct handover {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<>) noexcept {}
      void await_resume() noexcept {}
    };
    handover final_suspend() noexcept { return {}; }
    handover yield_value(T next) { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

task<> work(int = 0);
task<int> number();
void insert(transaction &into, row r);
bool some();

//===- bad

generator<row> reads(connection &c) {
  transaction tx(c); // #made
  for (row r : tx.exec("select"))
    // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'tx' open: 'transaction' keeps its transaction open, and undoes it unless it is committed
    // NOTE@#made: it is made here (annotated at coro-hostile-object-across-suspension-yield.cpp:{{[0-9]+}})
    // NOTE: end it before, or take it from the consumer, who ends it
    co_yield r;
  tx.commit();
}

async_generator<row> moves(connection &c) {
  transaction first(c);
  transaction tx = std::move(first);
  co_await work();
  // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'tx' open
  // NOTE: it is made here
  // NOTE: and is still open at this one
  // NOTE: end it before, or take it from the consumer, who ends it
  co_yield tx.id();
  co_yield 2;
}

// A part of somebody's own class, and one that is made later.
struct session {
  explicit session(connection &c) : tx(c) {}
  transaction tx;
};
generator<row> in_a_member(connection &c) {
  session s(c);
  // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 's' open: 'transaction' keeps
  // NOTE: it is made here
  // NOTE: end it before
  co_yield 1;
}
generator<row> in_an_optional(connection &c) {
  std::optional<transaction> tx;
  co_yield 1;
  tx.emplace(c);
  // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'tx' open
  // NOTE: it is made here
  // NOTE: end it before
  co_yield 2;
  tx.reset();
  co_yield 3;
}

std::unique_ptr<transaction> begin(connection &c);
generator<row> by_a_pointer(connection &c) {
  auto tx = begin(c);
  for (row r : tx->exec("select"))
    // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'tx' open
    // NOTE: it is made here
    // NOTE: end it before
    co_yield r;
  tx->commit();
}

async_generator<int> prefetches() {
  task_group g;
  co_yield 0;
  g.spawn(work()); // #work
  // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'g' open: 'task_group' is destroyed with work in it then: its destructor neither waits nor cancels
  // NOTE@#work: work is put into it here
  // NOTE: join it before, or take the scope from the consumer, who joins it
  co_yield 1;
  co_await g.join();
}

// To ask it to stop is not to wait until it has.
async_generator<int> cancels() {
  task_group g;
  g.spawn(work());
  g.cancel();
  // EXPECT: coro-hostile-object-across-suspension: the consumer may never resume this generator, which has 'g' open
  // NOTE: work is put into it here
  // NOTE: join it before
  co_yield g.size();
  co_await g.join();
}

//===- good

// That is what scopes are for.
async_generator<int> awaits(connection &c) {
  {
    transaction tx(c);
    task_group g;
    g.spawn(work());
    co_await g.join();
    co_await work();
    tx.commit();
  }
  co_yield 1;
}

// It was committed before, and its work was waited for.
async_generator<row> ended(connection &c) {
  transaction tx(c);
  task_group g;
  g.spawn(work());
  auto all = tx.exec("select");
  tx.commit();
  co_await g.join();
  for (row r : all)
    co_yield r;
}

// Nothing is in it, or nobody knows.
async_generator<int> empty() {
  task_group g;
  co_yield g.size();
  co_yield co_await g.spawn_future(number());
}

std::unique_ptr<transaction> begin(connection &c);
generator<row> ended_through_a_pointer(connection &c) {
  auto tx = begin(c);
  auto all = tx->exec("select");
  tx->commit();
  for (row r : all)
    co_yield r;
}

// The consumer's own.
generator<row> of_the_consumer(transaction &tx) {
  for (row r : tx.exec("select"))
    co_yield r;
}

// Whoever was given it may have ended it.
generator<row> given_away(connection &c) {
  transaction tx(c);
  insert(tx, 1);
  co_yield 1;
}
void hand_over(transaction tx);
generator<row> moved_away(connection &c) {
  transaction tx(c);
  hand_over(std::move(tx));
  co_yield 1;
}
async_generator<int> joined_by_a_closure() {
  task_group g;
  g.spawn(work());
  auto finish = [&]() -> task<> { co_await g.join(); };
  co_await finish();
  co_yield 1;
}
generator<row> on_one_path_only(connection &c) {
  std::optional<transaction> tx;
  if (!some())
    tx.reset();
  co_yield 1;
}

// A task that ends by a yield has no consumer.
struct failure {};
class fallible {
public:
  struct promise_type {
    struct last {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<>) noexcept {}
      void await_resume() noexcept {}
    };
    fallible get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    last final_suspend() noexcept { return {}; }
    last yield_value(failure) { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
fallible fails(connection &c) {
  transaction tx(c);
  co_await work();
  if (some())
    co_yield failure();
  tx.commit();
}
