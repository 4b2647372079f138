// RUN: %check %s

#include "Inputs/task.h"
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <shared_mutex>
#include <vector>

task<> work();
task<int> load(int id = 0);
bool ready();
void touch();
std::mutex m, n;
std::shared_mutex shared;

/// A mutex that is awaited, which std's guards can take.
struct awaited_mutex {
  struct locking {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) noexcept {}
    void await_resume() const noexcept {}
  };
  locking lock();
  bool try_lock();
  void unlock();
} am;

/// Somebody's own lock of threads.
struct spinlock {
  void lock();
  void unlock();
} spin;

/// A promise of its own, that yields.
struct numbers {
  struct promise_type {
    numbers get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
};

//===- bad: guards

task<> guarded() {
  std::lock_guard<std::mutex> guard(m); // #guarded
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked at this suspension point: another coroutine of this loop that locks 'm' deadlocks the loop
  // NOTE@#guarded: it is locked here
  // NOTE: unlock it before, or take a mutex that is awaited
  co_await work();
}

task<> deduced() {
  std::lock_guard guard(m); // #deduced
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE@#deduced: it is locked here
  // NOTE@#deduced-again: and is still locked at this suspension
  // NOTE: unlock it before
  co_await work();
  touch();
  co_await work(); // #deduced-again
}

task<> written_out() {
  std::lock_guard<std::mutex> guard(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

using Guard = std::lock_guard<std::mutex>;
task<> by_another_name() {
  Guard guard{m};
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<int> in_an_initialiser() {
  std::lock_guard guard(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  int value = co_await load(1);
  co_return value;
}

task<> in_an_argument(std::vector<int> &into) {
  std::scoped_lock both(m, n);
  // EXPECT: coro-lock-across-suspension: 'both' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  into.push_back(co_await load());
}

task<> in_a_condition() {
  std::shared_lock guard(shared);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  if (co_await load())
    touch();
}

task<> in_an_init_statement() {
  if (std::lock_guard guard(m); ready()) { // #init
    // EXPECT: coro-lock-across-suspension: 'guard' is still locked
    // NOTE@#init: it is locked here
    // NOTE: unlock it before
    co_await work();
  }
}

task<> locked_again() {
  std::unique_lock guard(m);
  guard.unlock();
  co_await work();
  guard.lock(); // #again
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE@#again: it is locked here
  // NOTE: end its scope before
  co_await work();
}

task<> of_somebody_else() {
  std::lock_guard guard(spin);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

numbers yields() {
  std::lock_guard guard(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_yield 1;
}

task<> waits_and_keeps(std::condition_variable &changed) {
  std::unique_lock guard(m);
  changed.wait_for(guard, std::chrono::seconds(0));
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: end its scope before
  co_await work();
}

//===- bad: in other objects, and as parameters

struct accessor {
  std::lock_guard<std::mutex> locked{m};
  int &value;
};
task<> in_a_member(int &value) {
  accessor a{.value = value};
  // EXPECT: coro-lock-across-suspension: 'a' (by its member 'locked') is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

struct own_guard {
  std::lock_guard<std::mutex> held{m};
};
task<> in_a_member_of_its_own() {
  own_guard g;
  // EXPECT: coro-lock-across-suspension: 'g' (by its member 'held') is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> in_a_pointer() {
  auto guard = std::make_unique<std::lock_guard<std::mutex>>(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
  guard.reset();
  co_await work();
}

task<> in_an_optional() {
  std::optional<std::lock_guard<std::mutex>> guard;
  co_await work();
  guard.emplace(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> as_a_parameter(std::unique_lock<std::mutex> guard) { // #parameter
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE@#parameter: it is locked here
  // NOTE: unlock it before
  co_await work();
}

struct table {
  std::unique_lock<std::mutex> locked();
  int size;
};
task<> from_a_function(table &t) {
  auto guard = t.locked();
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<int> use(const std::unique_lock<std::mutex> &, int);
task<> as_a_temporary(table &t) {
  // EXPECT: coro-lock-across-suspension: a temporary 'std::unique_lock' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await use(t.locked(), 1);
}

//===- bad: mutexes themselves

task<> by_hand() {
  m.lock(); // #by-hand
  // EXPECT: coro-lock-across-suspension: 'm' is still locked
  // NOTE@#by-hand: it is locked here
  // NOTE: unlock it before
  co_await work();
  m.unlock();
  co_await work();
}

struct store {
  std::mutex mutex;
  pthread_mutex_t old = PTHREAD_MUTEX_INITIALIZER;
  task<> save() {
    mutex.lock();
    // EXPECT: coro-lock-across-suspension: 'mutex' is still locked
    // NOTE: it is locked here
    // NOTE: unlock it before
    co_await work();
    mutex.unlock();
  }
  task<> save_old() {
    pthread_mutex_lock(&old);
    // EXPECT: coro-lock-across-suspension: 'old' is still locked
    // NOTE: it is locked here
    // NOTE: unlock it before
    co_await work();
    pthread_mutex_unlock(&old);
  }
};

task<> tried() {
  if (m.try_lock()) {
    // EXPECT: coro-lock-across-suspension: 'm' is still locked
    // NOTE: it is locked here
    // NOTE: unlock it before
    co_await work();
    m.unlock();
  }
  co_await work();
}

task<> tried_with_a_guard() {
  std::unique_lock guard(m, std::try_to_lock);
  if (!guard.owns_lock()) {
    co_await work();
    co_return;
  }
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: end its scope before
  co_await work();
}

task<> both_at_once() {
  std::lock(m, n);
  std::lock_guard first(m, std::adopt_lock); // #adopted
  // EXPECT: coro-lock-across-suspension: '{{first|n}}' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
  n.unlock();
}

struct two_locks {
  std::shared_mutex low, high;
  void lock_low() {
    low.lock();
    high.lock();
  }
  void unlock_low() {
    high.unlock();
    low.unlock();
  }
};
/// One call, one finding, which names what the user named.
task<> by_other_names(two_locks &locks) {
  locks.lock_low(); // #lock-low
  // EXPECT: coro-lock-across-suspension: 'locks' is still locked
  // NOTE@#lock-low: it is locked here
  // NOTE@#lock-low-again: and is still locked at this suspension
  // NOTE: unlock it before
  co_await work();
  co_await work(); // #lock-low-again
  locks.unlock_low();
  co_await work();
}

class unlocking {
public:
  explicit unlocking(std::mutex &which) : which(which) { which.lock(); }
  ~unlocking() { which.unlock(); }

private:
  std::mutex &which;
};
task<> of_its_own() {
  unlocking guard(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> initialised_by_a_prvalue() {
  auto guard = std::unique_lock(m);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> captured_by_value() {
  auto keeps = [guard = std::unique_lock(m)] {};
  // EXPECT: coro-lock-across-suspension: 'keeps' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> in_a_structured_binding(table &t) {
  auto [guard, size] = std::pair(t.locked(), t.size);
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

template <class F> struct at_the_end {
  F f;
  ~at_the_end() { f(); }
};
task<> unlocked_at_the_end() {
  m.lock();
  at_the_end unlock{[] { m.unlock(); }};
  // EXPECT: coro-lock-across-suspension: 'm' is still locked
  // NOTE: it is locked here
  // NOTE: unlock it before
  co_await work();
}

task<> in_a_loop(std::vector<int> ids) {
  for (int id : ids) {
    std::lock_guard guard(m);
    // EXPECT: coro-lock-across-suspension: 'guard' is still locked
    // NOTE: it is locked here
    // NOTE: unlock it before
    co_await load(id);
  }
}

//===- bad, and a way out

task<> ends_too_late() {
  std::lock_guard guard(m);
  touch();
  // EXPECT: coro-lock-across-suspension: 'guard' is still locked
  // NOTE: it is locked here
  // NOTE: end its scope before, or take a mutex that is awaited
  co_await work();
}

//===- good

task<> prvalues_that_ended() {
  { auto guard = std::unique_lock(m); }
  { auto &&guard = std::unique_lock{m}; }
  { accessor a{.locked = std::lock_guard(m), .value = *new int}; }
  ready() ? (void)std::unique_lock(m).owns_lock() : touch();
  co_await work();
}

task<> unlocked_at_the_end_of_a_scope() {
  m.lock();
  {
    at_the_end unlock{[] { m.unlock(); }};
    touch();
  }
  co_await work();
}

task<> ended_by_other_names(two_locks &locks) {
  locks.lock_low();
  locks.unlock_low();
  { unlocking guard(m); }
  co_await work();
}

task<> unlocked() {
  std::unique_lock guard(m);
  guard.unlock();
  co_await work();
}

task<> deferred() {
  std::unique_lock guard(m, std::defer_lock);
  co_await work();
}

task<> unlocked_on_the_way() {
  std::unique_lock guard(m);
  if (ready()) {
    guard.unlock();
    co_await work();
    guard.lock();
  }
  touch();
}

task<> loops_around_it() {
  std::unique_lock guard(m);
  while (!ready()) {
    guard.unlock();
    co_await work();
    guard.lock();
  }
}

task<> of_an_awaited_mutex() {
  co_await am.lock();
  std::unique_lock<awaited_mutex> guard(am, std::adopt_lock);
  co_await work();
}

task<> ends_before() {
  {
    std::lock_guard guard(m);
    touch();
  }
  co_await work();
  std::lock_guard guard(m);
  co_return;
}

task<> takes_it(std::unique_lock<std::mutex> guard);
task<> moved_away() {
  std::unique_lock guard(m);
  auto other = std::move(guard);
  other.unlock();
  co_await work();
}

task<> given_by_value() {
  std::unique_lock guard(m);
  co_await takes_it(std::move(guard));
}

task<> wait_unlocked(std::unique_lock<std::mutex> &guard);
task<> given_by_reference() {
  std::unique_lock guard(m);
  co_await wait_unlocked(guard);
}

task<> captured() {
  std::unique_lock guard(m);
  auto end = [&] { guard.unlock(); };
  end();
  co_await work();
}

task<> awaits_what_is_ready() {
  std::lock_guard guard(m);
  co_await std::suspend_never();
}

task<> released_in_an_optional() {
  std::optional<std::lock_guard<std::mutex>> guard(std::in_place, m);
  touch();
  guard.reset();
  co_await work();
}

task<> answers(bool wants) {
  const bool locked = m.try_lock();
  if (!locked) {
    co_await work();
    co_return;
  }
  m.unlock();
  co_await work();
}

task<> until_it_is_locked() {
  while (!m.try_lock())
    co_await work();
  m.unlock();
}

task<> in_a_handler() {
  std::unique_lock guard(m);
  try {
    guard.unlock();
    co_await work();
    guard.lock();
  } catch (...) {
  }
}

void runs_later(task<> given);
void starts_others() {
  std::lock_guard guard(m);
  // Suspends itself, not the one that holds the lock.
  runs_later([]() -> task<> { co_await work(); }());
}
task<> starts_others_and_awaits_none() {
  std::lock_guard guard(m);
  runs_later([]() -> task<> { co_await work(); }());
  co_return;
}

/// It is locked once and for all: the lock is nobody's to give back before a suspension.
task<> for_ever() {
  static std::lock_guard guard(m);
  co_await work();
}

struct quiet_mutex {
  void lock();
  void unlock();
};
task<> handed_through(std::unique_lock<std::mutex> &&guard, std::unique_lock<std::mutex> &other) {
  co_await work();
}

task<> nothing_locked() {
  std::scoped_lock none;
  co_await work();
}

task<> locked_after() {
  co_await work();
  std::lock_guard guard(m);
  touch();
}

void plain() {
  std::lock_guard guard(m);
  touch();
}
