// The task library of the tests. Nothing here is annotated and nothing knows its names: what the
// types are follows from their promises and awaiters alone.

#ifndef TEST_TASK_H
#define TEST_TASK_H

#include <chrono>
#include <coroutine>
#include <exception>
#include <optional>
#include <semaphore>
#include <utility>

template <class T> struct promise_result {
  std::optional<T> value;
  void return_value(T result) { value.emplace(std::move(result)); }
  T take() { return std::move(*value); }
};
template <> struct promise_result<void> {
  void return_void() {}
  void take() {}
};

/// Lazy: nothing runs until it is awaited.
template <class T = void> class task {
public:
  struct promise_type : promise_result<T> {
    std::coroutine_handle<> next = std::noop_coroutine();

    task get_return_object() {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct final_awaiter {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        return h.promise().next;
      }
      void await_resume() noexcept {}
    };
    final_awaiter final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };

  task(task &&other) noexcept : frame(std::exchange(other.frame, nullptr)) {}
  task &operator=(task &&other) noexcept {
    std::swap(frame, other.frame);
    return *this;
  }
  ~task() {
    if (frame)
      frame.destroy();
  }

  bool done() const { return frame.done(); }

  struct awaiter {
    std::coroutine_handle<promise_type> frame;
    bool await_ready() { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> next) {
      frame.promise().next = next;
      return frame;
    }
    T await_resume() { return frame.promise().take(); }
  };
  awaiter operator co_await() && { return {frame}; }

private:
  explicit task(std::coroutine_handle<promise_type> h) : frame(h) {}
  std::coroutine_handle<promise_type> frame;
};

/// Eager: it runs on without anybody.
template <class T = void> class started {
public:
  struct promise_type : promise_result<T> {
    started get_return_object() {
      return started(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };

  started(started &&other) noexcept : frame(std::exchange(other.frame, nullptr)) {}

  bool done() const { return frame.done(); }
  bool await_ready() { return frame.done(); }
  void await_suspend(std::coroutine_handle<>) {}
  T await_resume() { return frame.promise().take(); }

private:
  explicit started(std::coroutine_handle<promise_type> h) : frame(h) {}
  std::coroutine_handle<promise_type> frame;
};

/// Nobody can await it, and it destroys itself.
struct detached {
  struct promise_type {
    detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

template <class T> class generator {
public:
  struct promise_type {
    T value{};
    generator get_return_object() {
      return generator(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T next) {
      value = std::move(next);
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  bool next() {
    frame.resume();
    return !frame.done();
  }
  T &value() { return frame.promise().value; }

private:
  explicit generator(std::coroutine_handle<promise_type> h) : frame(h) {}
  std::coroutine_handle<promise_type> frame;
};

/// Operations that start when they are awaited.
struct sleep_operation {
  std::chrono::milliseconds time;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) const {}
  void await_resume() const {}
};
inline sleep_operation async_sleep(std::chrono::milliseconds time) { return {time}; }

struct read_operation {
  int from;
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) const {}
  int await_resume() const { return from; }
};
inline read_operation async_read(int from) { return {from}; }

/// A mutex that suspends the coroutine.
class async_mutex {
public:
  class lock {
  public:
    explicit lock(async_mutex *m) : owner(m) {}
    lock(lock &&other) noexcept : owner(std::exchange(other.owner, nullptr)) {}
    ~lock() {
      if (owner)
        owner->unlock();
    }

  private:
    async_mutex *owner;
  };
  struct lock_operation {
    async_mutex *owner;
    bool await_ready() { return !std::exchange(owner->held, true); }
    void await_suspend(std::coroutine_handle<>) {}
    lock await_resume() { return lock(owner); }
  };
  lock_operation scoped_lock() { return {this}; }
  void unlock() { held = false; }

private:
  bool held = false;
};

/// Runs a task to its end on the thread that calls.
template <class T> T sync_wait(task<T> work) {
  struct waiter {
    struct promise_type {
      std::binary_semaphore *done;
      promise_type(task<T> &, T *, std::binary_semaphore &d) : done(&d) {}
      waiter get_return_object() { return {}; }
      std::suspend_never initial_suspend() noexcept { return {}; }
      std::suspend_never final_suspend() noexcept { return {}; }
      void return_void() { done->release(); }
      void unhandled_exception() { std::terminate(); }
    };
  };
  std::binary_semaphore done(0);
  T result{};
  [](task<T> &inner, T *to, std::binary_semaphore &) -> waiter {
    *to = co_await std::move(inner);
  }(work, &result, done);
  done.acquire();
  return result;
}

/// Takes over the duty to run it.
void spawn(task<void> work);
void spawn(task<int> work);

#endif
