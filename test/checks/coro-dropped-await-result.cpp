// RUN: %check %s -- -Wno-unused-value -Wno-unused-result

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>

bool condition();
void touch();
task<> work();

//===- bad: a lock

// One statement of a block, and the only lock of the function: it is kept until the end of the block.
task<> unlocks_at_the_semicolon(async_mutex &m) {
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that 'co_await' returns here is dropped, and unlocks at once: what follows runs unlocked
  // NOTE@Inputs/task.h: the destructor of 'async_mutex::lock' calls 'async_mutex::unlock'
  // FIXED: auto guard = co_await m.scoped_lock();
  co_await m.scoped_lock();
  touch();
}

// The name is taken: another one.
task<> the_name_is_taken(async_mutex &m, int guard) {
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // FIXED: auto lock = co_await m.scoped_lock();
  co_await m.scoped_lock();
  touch();
  while (guard--)
    co_await work();
}

// Nothing comes after it that could be protected, or no declaration may stand here: advice.
task<> nothing_to_declare(async_mutex &m, int n) {
  if (condition())
    // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
    // NOTE: the destructor of
    // NOTE: keep it as long as it is needed: 'auto guard = co_await …;'
    co_await m.scoped_lock();
  touch();
}
task<> a_label_follows(async_mutex &m, int n) {
  switch (n) {
  case 1:
    touch();
    // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
    // NOTE: the destructor of
    // NOTE: keep it
    co_await m.scoped_lock();
    touch();
    break;
  case 2:
    touch();
  }
}
task<> at_the_end_of_a_block(async_mutex &m) {
  {
    touch();
    // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
    // NOTE: the destructor of
    // NOTE: keep it
    co_await m.scoped_lock();
  }
  touch();
}
task<> in_a_loop(async_mutex &m) {
  for (;;) {
    touch();
    // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
    // NOTE: the destructor of
    // NOTE: keep it
    co_await m.scoped_lock();
  }
}

// Two of them may be the same mutex: whoever keeps both waits for himself.
task<> in_every_form(async_mutex &m, async_mutex &n, int i) {
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  condition() ? co_await m.scoped_lock()
              // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
              // NOTE: the destructor of
              // NOTE: keep it
              : co_await n.scoped_lock();
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  co_await m.scoped_lock(), touch();
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  for (; i < 3; co_await m.scoped_lock())
    touch();
}

// The cast silences the compiler, and keeps nothing locked. As it was meant somehow: no fix.
task<> cast_to_void(async_mutex &m) {
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  (void)co_await m.scoped_lock();
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  std::ignore = co_await m.scoped_lock();
  touch();
}

// Through a task, an optional, and several at once.
task<async_mutex::lock> lock_later(async_mutex &m);
task<std::optional<async_mutex::lock>> try_for(async_mutex &m);
task<std::tuple<async_mutex::lock, async_mutex::lock>> both(async_mutex &m, async_mutex &n);
task<> through_tasks(async_mutex &m, async_mutex &n) {
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  co_await lock_later(m);
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  co_await try_for(m);
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  co_await both(m, n);
  touch();
}

// A guard of the C++ library around a mutex that is awaited.
struct standard_mutex {
  task<std::unique_lock<standard_mutex>> co_scoped_lock();
  task<> co_lock();
  bool try_lock();
  void lock();
  void unlock();
};
task<> standard_guard(standard_mutex &m) {
  // EXPECT: coro-dropped-await-result: the 'std::unique_lock' that 'co_await' returns here is dropped, and unlocks at once
  // NOTE: 'std::unique_lock' is declared here
  // FIXED: auto guard = co_await m.co_scoped_lock();
  co_await m.co_scoped_lock();
  touch();
}

// What its destructor does is elsewhere: its name says it, and that it can only be moved.
class write_guard {
public:
  write_guard(write_guard &&) noexcept;
  ~write_guard();
};
struct rw_mutex {
  task<write_guard> write();
};
task<> declared_elsewhere(rw_mutex &m) {
  // EXPECT: coro-dropped-await-result: the 'write_guard' that 'co_await' returns here is dropped, and ends at once: what follows runs without it
  // NOTE: 'write_guard' is declared here
  // FIXED: auto guard = co_await m.write();
  co_await m.write();
  touch();
}

// Its author says it.
struct CORO_ASYNC_LOCK permission {
  permission(permission &&) noexcept;
  ~permission();
};
task<permission> allowed();
// Around a guard, and there for it.
struct locked_value {
  async_mutex::lock held;
  int *value;
};
task<locked_value> borrow();
task<> by_other_means() {
  // EXPECT: coro-dropped-await-result: the 'permission' that 'co_await' returns here is dropped, and given back at once: what follows runs without it
  // NOTE: 'permission' is declared here
  // NOTE: keep it
  co_await allowed();
  // EXPECT: coro-dropped-await-result: the 'async_mutex::lock' that
  // NOTE: the destructor of
  // NOTE: keep it
  co_await borrow();
  touch();
}

//===- bad: units of a semaphore

class async_semaphore {
public:
  class [[nodiscard]] units {
  public:
    units(units &&other) noexcept : from(std::exchange(other.from, nullptr)) {}
    ~units() { return_all(); }
    void return_all() {
      if (from)
        from->signal(1);
    }

  private:
    async_semaphore *from;
  };
  void signal(int n) { free += n; }
  task<units> get_units(int n);
  task<> wait(int n);

private:
  int free = 0;
};

task<> gives_back_at_the_semicolon(async_semaphore &s) {
  // EXPECT: coro-dropped-await-result: the 'async_semaphore::units' that 'co_await' returns here is dropped, and given back at once: what follows runs without it
  // NOTE: the destructor of 'async_semaphore::units' calls 'async_semaphore::signal'
  // FIXED: auto guard = co_await s.get_units(1);
  co_await s.get_units(1);
  touch();
}

//===- bad: a value that must be kept

struct [[nodiscard("it says what went wrong")]] outcome {
  int code;
};
enum class [[nodiscard]] status { ok, failed };
task<outcome> store();
task<status> flush();
template <class T> struct [[nodiscard]] result {
  T value;
};
template <class T> task<result<T>> fetch(T);

task<> drops_what_went_wrong() {
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'outcome' is [[nodiscard]]: it says what went wrong
  // NOTE: 'outcome' is declared here
  // NOTE: look at it; '(void)co_await …' says that it is not needed
  co_await store();
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'status' is [[nodiscard]]
  // NOTE: 'status' is declared here
  // NOTE: look at it
  co_await flush();
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'result' is [[nodiscard]]
  // NOTE: 'result' is declared here
  // NOTE: look at it
  co_await fetch(1);
}

// The awaiter says it, of a type that others may drop.
struct written {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  [[nodiscard("fewer bytes may have been written")]] int await_resume();
};
written write_some();
task<> the_awaiter_says_it() {
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'written::await_resume' is [[nodiscard]]: fewer bytes may have been written
  // NOTE: 'written::await_resume' is declared here
  // NOTE: look at it
  co_await write_some();
}

// One place, one finding.
template <class T> task<> in_a_template(T) {
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'outcome' is [[nodiscard]]
  // NOTE: 'outcome' is declared here
  // NOTE: look at it
  co_await store();
}
template task<> in_a_template(int);
template task<> in_a_template(long);

//===- good

// Kept, or looked at.
task<int> kept(async_mutex &m, async_semaphore &s) {
  auto guard = co_await m.scoped_lock();
  const auto &units = co_await s.get_units(1);
  if (auto inner = co_await m.scoped_lock(); condition())
    touch();
  co_return (co_await store()).code;
}

// These give nothing.
task<> void_results(standard_mutex &m, async_semaphore &s) {
  co_await m.co_lock();
  co_await s.wait(1);
}

// Nothing follows that could be protected: it may have waited for who held it (strict).
struct closing {
  async_mutex m;
  bool open = true;
  task<> close() {
    open = false;
    (void)co_await m.scoped_lock();
  }
  task<> close_early(bool now) {
    if (now) {
      co_await m.scoped_lock();
      co_return;
    }
    try {
      co_await work();
      co_await m.scoped_lock();
    } catch (...) {
    }
  }
};

// Given back by name: whoever waits until others are done says so.
struct named_lock {
  named_lock(named_lock &&) noexcept;
  ~named_lock() { unlock(); }
  void unlock();
};
task<named_lock> lock_by_name();
task<> waits_for_the_others() { (co_await lock_by_name()).unlock(); }

// Nobody said that the int must be kept: the function's [[nodiscard]] is about its task.
[[nodiscard]] task<int> count();
task<> drops_a_number() { co_await count(); }

// The cast says that it is not needed.
task<> values_are_cast() {
  (void)co_await store();
  static_cast<void>(co_await flush());
  std::ignore = co_await write_some();
}

// Somebody says that it may be dropped.
CORO_MAY_DISCARD task<outcome> log_line();
struct CORO_MAY_DISCARD notice {
  int code;
};
struct [[nodiscard]] CORO_MAY_DISCARD hint {
  int code;
};
task<hint> advise();
task<> said_to_be_discardable() {
  co_await log_line();
  co_await advise();
}

// What gives another task is coro-unawaited-task's.
task<task<>> gives_a_task();
task<> another_rule() {
  // EXPECT: coro-unawaited-task: what 'co_await' returns here is another task
  // NOTE: 'task' is lazy
  // FIXED: co_await co_await gives_a_task();
  co_await gives_a_task();
}

// A hop that offers the way back.
struct hop_back {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
task<hop_back> enter();
task<> stays_there() { co_await enter(); }

// A pointer that counts its references releases one of them; a connection goes back to its pool; a
// file is closed: none of them is held for what follows.
struct object {
  void release();
};
struct counted {
  counted(counted &&) noexcept;
  ~counted() { to->release(); }
  object *to;
};
struct connection {
  connection(connection &&) noexcept;
  ~connection() { close(); }
  void close();
};
// Can be copied: it is not the only one that holds it.
struct shared_lock_view {
  shared_lock_view(const shared_lock_view &);
  ~shared_lock_view();
};
// Locks for itself what it does at its end.
struct registered {
  registered(registered &&) noexcept;
  ~registered() {
    m->lock();
    touch();
    m->unlock();
  }
  std::mutex *m;
};
struct block {
  block(block &&) noexcept;
  ~block();
};
task<counted> load_object();
task<connection> warm_up();
task<shared_lock_view> look_at_lock();
task<registered> sign_in();
task<block> next_block();
task<> no_guards() {
  co_await load_object();
  co_await warm_up();
  co_await look_at_lock();
  co_await sign_in();
  co_await next_block();
}

// The lock's own code: what it drops here has nothing to unlock.
class manual_lock {
public:
  manual_lock(manual_lock &&) noexcept;
  ~manual_lock() {
    if (owns)
      unlock();
  }
  void unlock();
  task<> lock() {
    co_await enqueue(/*owning=*/false);
    owns = true;
  }

private:
  task<manual_lock> enqueue(bool owning);
  bool owns = false;
};

// It lives on where this refers to.
struct kept_lock {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  async_mutex::lock &await_resume();
};
task<> by_reference(kept_lock &kept) {
  co_await kept;
  touch();
}

task<> unevaluated(async_mutex &m) {
  if constexpr (sizeof(int) == 1)
    co_await m.scoped_lock();
  co_return;
}

task<> suppressed(async_mutex &m) {
  co_await m.scoped_lock(); // NOLINT(coro-dropped-await-result)
  touch();
}

template <class T> task<> never_instantiated(T &m) {
  // What this gives is only known for a certain T.
  co_await m.scoped_lock();
  touch();
}
