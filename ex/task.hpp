// What the examples stand on: a task, an event loop with timers, and a way to a worker thread. A
// real program takes these from its coroutine library. corolint knows none of these names: it reads
// what the types do, and one annotation, that of `run`.

#ifndef EXAMPLE_TASK_HPP
#define EXAMPLE_TASK_HPP

#include <corolint/annotations.h>

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace mini {

/// Resumes coroutines, one after the other, on the thread that runs it.
class event_loop {
public:
  using clock = std::chrono::steady_clock;

  /// The loop that runs on this thread, or null.
  static event_loop *&current() {
    static thread_local event_loop *running = nullptr;
    return running;
  }

  /// Resumes `next` when the time has come. May be called on any thread.
  void post(std::coroutine_handle<> next, clock::time_point when = {}) {
    std::lock_guard held(lock);
    waiting.emplace(when, next);
    changed.notify_one();
  }

  void run_until_done(std::coroutine_handle<> first) {
    auto *outer = std::exchange(current(), this);
    for (post(first); !first.done();)
      take().resume();
    current() = outer;
  }

private:
  std::coroutine_handle<> take() {
    std::unique_lock held(lock);
    while (waiting.empty() || waiting.begin()->first > clock::now()) {
      if (waiting.empty())
        changed.wait(held);
      else
        changed.wait_until(held, clock::time_point(waiting.begin()->first));
    }
    return waiting.extract(waiting.begin()).mapped();
  }

  std::mutex lock;
  std::condition_variable changed;
  std::multimap<clock::time_point, std::coroutine_handle<>> waiting;
};

template <class T> struct result {
  std::optional<T> value;
  void return_value(T given) { value = std::move(given); }
  T take() { return *std::move(value); }
};

template <> struct result<void> {
  void return_void() {}
  void take() {}
};

/// A coroutine that starts when it is awaited, and then resumes who awaits it.
template <class T = void> class [[nodiscard]] task {
public:
  struct promise_type : result<T> {
    std::coroutine_handle<> waiter = std::noop_coroutine();
    std::exception_ptr error;

    task get_return_object() { return task(handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct resume_waiter {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(handle done) noexcept {
          return done.promise().waiter;
        }
        void await_resume() noexcept {}
      };
      return resume_waiter{};
    }
    void unhandled_exception() { error = std::current_exception(); }
  };

  task(task &&other) noexcept : coroutine(std::exchange(other.coroutine, nullptr)) {}
  ~task() {
    if (coroutine)
      coroutine.destroy();
  }

  auto operator co_await() && noexcept {
    struct awaiter {
      handle coroutine;
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept {
        coroutine.promise().waiter = waiter;
        return coroutine;
      }
      T await_resume() { return take(coroutine); }
    };
    return awaiter{coroutine};
  }

private:
  template <class U> friend U run(task<U> work);
  using handle = std::coroutine_handle<promise_type>;
  explicit task(handle made) : coroutine(made) {}

  static T take(handle done) {
    if (done.promise().error)
      std::rethrow_exception(done.promise().error);
    return done.promise().take();
  }

  handle coroutine;
};

/// Runs a loop on this thread until the task is done. For `main` and for threads: what is on a loop
/// already awaits the task instead.
template <class T> CORO_STARTS_LOOP T run(task<T> work) {
  event_loop loop;
  loop.run_until_done(work.coroutine);
  return task<T>::take(work.coroutine);
}

/// Starts a task that nobody waits for. An exception ends the program.
inline void spawn(task<> work) {
  struct detached {
    struct promise_type {
      detached get_return_object() { return {}; }
      std::suspend_never initial_suspend() noexcept { return {}; }
      std::suspend_never final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() { std::terminate(); }
    };
  };
  [](task<> work) -> detached { co_await std::move(work); }(std::move(work));
}

/// Lets the loop do other things for so long.
inline auto sleep_for(event_loop::clock::duration time) {
  struct awaiter {
    event_loop::clock::duration time;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
      event_loop::current()->post(waiter, event_loop::clock::now() + time);
    }
    void await_resume() noexcept {}
  };
  return awaiter{time};
}

/// Calls `work` on a thread of its own, where it may block, and gives what it returns.
template <class F> auto to_thread(F work) {
  using R = std::invoke_result_t<F &>;
  struct awaiter {
    std::packaged_task<R()> work;
    std::future<R> returned = work.get_future();
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
      std::thread([this, waiter, loop = event_loop::current()] {
        work();
        loop->post(waiter);
      }).detach();
    }
    R await_resume() { return returned.get(); }
  };
  return awaiter{std::packaged_task<R()>(std::move(work))};
}

} // namespace mini

#endif // EXAMPLE_TASK_HPP
