// The shapes in which libraries give locks and results: nothing is known of their names.
//
// RUN: %check %s -- -Wno-unused-value -Wno-unused-result

#include <coroutine>
#include <exception>
#include <functional>
#include <mutex>
#include <utility>

void touch();

//===- An opaque future, whose coroutines are made by coroutine_traits; units from a free function.

namespace reactor {
struct state;
template <class T> class future {
public:
  future(future &&) noexcept;
  ~future();

private:
  state *shared;
};
template <class T> struct promise {
  future<T> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception();
  void return_value(T);
};
template <> struct promise<void> {
  future<void> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception();
  void return_void();
};
template <class T> struct awaiter {
  future<T> waited;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
template <class T> awaiter<T> operator co_await(future<T> f);

template <class Clock> class units {
public:
  units(units &&) noexcept;
  ~units() noexcept { return_all(); }
  void return_all() noexcept;
};
struct semaphore {};
template <class Clock = int> future<units<Clock>> get_units(semaphore &s, int n);
} // namespace reactor
template <class T, class... A> struct std::coroutine_traits<reactor::future<T>, A...> {
  using promise_type = reactor::promise<T>;
};

reactor::future<void> opaque(reactor::semaphore &s) {
  // EXPECT: coro-dropped-await-result: the 'reactor::units' that 'co_await' returns here is dropped, and given back at once
  // NOTE: the destructor of 'reactor::units' calls 'reactor::units::return_all'
  // FIXED: auto guard = co_await reactor::get_units(s, 1);
  co_await reactor::get_units(s, 1);
  touch();
}

//===- A promise that transforms all that is awaited; the guard is one of the C++ library.

namespace fiber {
template <class T> struct result_of {
  void return_value(T);
};
template <> struct result_of<void> {
  void return_void();
};
template <class T> struct through {
  T inner;
  bool await_ready();
  std::coroutine_handle<> await_suspend(std::coroutine_handle<>);
  auto await_resume() { return inner.await_resume(); }
};
template <class T = void> class task {
public:
  struct promise_type : result_of<T> {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    template <class A> through<A> await_transform(A &&);
  };
  task(task &&) noexcept;
  ~task();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();

private:
  std::coroutine_handle<promise_type> frame;
};
struct mutex {
  task<std::unique_lock<mutex>> co_scoped_lock();
  task<> co_lock();
  bool try_lock();
  void lock();
  void unlock();
};
struct [[nodiscard]] attempt {
  bool failed;
};
task<attempt> try_send();
} // namespace fiber

fiber::task<> transformed(fiber::mutex &m) {
  // EXPECT: coro-dropped-await-result: the 'std::unique_lock' that 'co_await' returns here is dropped, and unlocks at once
  // NOTE: 'std::unique_lock' is declared here
  // FIXED: auto guard = co_await m.co_scoped_lock();
  co_await m.co_scoped_lock();
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'fiber::attempt' is [[nodiscard]]
  // NOTE: 'fiber::attempt' is declared here
  // NOTE: look at it
  co_await fiber::try_send();
  // Gives nothing, and is unlocked by hand.
  co_await m.co_lock();
  touch();
  m.unlock();
}

//===- A mutex that is awaited itself, and a scope that says that it must be kept.

namespace crew {
class [[nodiscard("it unlocks when it is destroyed")]] scope {
public:
  scope(scope &&) noexcept;
  ~scope();
};
struct lock_scope {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  [[nodiscard]] scope await_resume();
};
struct mutex {
  std::suspend_always operator co_await();
  lock_scope scoped();
  void unlock();
};
} // namespace crew

fiber::task<> scopes(crew::mutex &m) {
  // Its destructor is elsewhere, and its name says nothing: that it is [[nodiscard]] does.
  // EXPECT: coro-dropped-await-result: what 'co_await' returns here is dropped, and 'crew::scope' is [[nodiscard]]: it unlocks when it is destroyed
  // NOTE: 'crew::scope' is declared here
  // NOTE: look at it
  co_await m.scoped();
  touch();
}

//===- Results that say how it went, and that nobody has to look at; and what throws instead.

namespace io {
struct error {
  int code;
};
struct read {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
fiber::task<error> flush();
read some(int fd);
} // namespace io

fiber::task<> nobody_asks(int fd) {
  co_await io::flush();
  co_await io::some(fd);
}
