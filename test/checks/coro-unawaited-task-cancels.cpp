// Eager tasks that cancel their coroutine when they die: kept, each is a companion that lives as
// long as its scope; dropped, it ends at once. Read from the destructor, or said by knowledge.
//
// RUN: %check %s --knowledge %S/Inputs/types.yaml

#include "Inputs/task.h"
#include <atomic>
#include <coroutine>
#include <memory>

template <class Object> struct eager_promise {
  Object get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void();
  void unhandled_exception();
};
struct operation {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
task<> step();

//===- they cancel

struct owner : operation {
  using promise_type = eager_promise<owner>;
  std::coroutine_handle<promise_type> frame;
  ~owner() {
    if (frame)
      frame.destroy();
  }
};
struct shared_state {
  int references;
  virtual void cancel();
  void release() {
    if (!--references)
      cancel();
  }
};
struct counted : operation {
  using promise_type = eager_promise<counted>;
  shared_state *state;
  ~counted() {
    if (state)
      state->release();
  }
};
struct frame_owner {
  std::coroutine_handle<> frame;
  ~frame_owner() { frame.destroy(); }
};
struct by_member : operation {
  using promise_type = eager_promise<by_member>;
  frame_owner part;
};
struct by_shared_pointer : operation {
  using promise_type = eager_promise<by_shared_pointer>;
  std::shared_ptr<frame_owner> part;
};
struct destroyer {
  void operator()(void *address) const {
    std::coroutine_handle<>::from_address(address).destroy();
  }
};
struct by_deleter : operation {
  using promise_type = eager_promise<by_deleter>;
  std::unique_ptr<void, destroyer> part;
};
struct stop_source {
  bool request_stop();
};
struct stops : operation {
  using promise_type = eager_promise<stops>;
  stop_source source;
  ~stops() { source.request_stop(); }
};
template <class T> struct base_of : operation {
  std::coroutine_handle<> frame;
  ~base_of() { reset(); }
  void reset() {
    if (auto old = std::exchange(frame, nullptr))
      old.destroy();
  }
};
struct by_base : base_of<int> {
  using promise_type = eager_promise<by_base>;
};
struct said_to_cancel : operation {
  using promise_type = eager_promise<said_to_cancel>;
  ~said_to_cancel();
};
owner own();
counted count();
by_member member();
by_shared_pointer pointer();
by_deleter deleter();
stops stop();
by_base base();
said_to_cancel said();

task<> kept() {
  auto a = own();
  auto b = count();
  auto c = member();
  auto d = pointer();
  auto e = deleter();
  auto f = stop();
  auto g = base();
  auto h = said();
  co_await step();
}
void kept_in_a_plain_function() { auto a = own(); }

task<> dropped() {
  // EXPECT: coro-unawaited-task: 'own' is cancelled at once: its task is dropped, and cancels it when it dies
  // NOTE: 'owner' cancels its coroutine in its destructor
  // FIXED: co_await own();
  own();
  // EXPECT: coro-unawaited-task: 'count' is cancelled at once
  // NOTE: 'counted' cancels its coroutine in its destructor
  // FIXED: co_await count();
  count();
  // EXPECT: coro-unawaited-task: 'said' is cancelled at once
  // NOTE: 'said_to_cancel' cancels its coroutine in its destructor
  // FIXED: co_await said();
  said();
  co_await step();
}

//===- they do not

/// Destroys the frame of what is done, and lets the rest go on.
struct only_if_done : operation {
  using promise_type = eager_promise<only_if_done>;
  std::coroutine_handle<promise_type> frame;
  ~only_if_done() {
    if (frame && frame.done())
      frame.destroy();
  }
};
struct not_if_running : operation {
  using promise_type = eager_promise<not_if_running>;
  std::coroutine_handle<promise_type> frame;
  ~not_if_running() {
    if (!frame.done())
      return_to_loop();
    else
      frame.destroy();
  }
  void return_to_loop();
};
/// Of the two, the one that is last destroys the frame: the task, or the end of the coroutine.
struct last_of_two : operation {
  struct promise_type {
    std::atomic<int> references{2};
    last_of_two get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    struct final_awaiter {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<promise_type> h) noexcept {
        if (h.promise().references.fetch_sub(1) == 1)
          h.destroy();
      }
      void await_resume() noexcept {}
    };
    final_awaiter final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  std::coroutine_handle<promise_type> frame;
  ~last_of_two() {
    if (frame.promise().references.fetch_sub(1) == 1)
      frame.destroy();
  }
};
/// The same where the final awaiter is a template: it knows the promise by its members' names.
struct counted_end {
  bool await_ready() noexcept { return false; }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> h) noexcept {
    auto &promise = h.promise();
    promise.give_back();
  }
  void await_resume() noexcept {}
};
struct last_of_some : operation {
  struct promise_type {
    std::atomic<unsigned> references{1};
    last_of_some get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    counted_end final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
    void give_back() {
      if (--references == 0)
        end();
    }
    void end() { std::coroutine_handle<promise_type>::from_promise(*this).destroy(); }
  };
  std::coroutine_handle<promise_type> frame;
  ~last_of_some() {
    if (frame)
      frame.promise().give_back();
  }
};
struct asks_whether_cancelled : operation {
  using promise_type = eager_promise<asks_whether_cancelled>;
  bool is_cancelled() const;
  ~asks_whether_cancelled() { (void)is_cancelled(); }
};
only_if_done done();
not_if_running running();
last_of_two last();
last_of_some some();
asks_whether_cancelled asks();
task<> kept_and_forgotten() {
  // EXPECT: coro-unawaited-task: the task of 'done' is kept in 'a', and no path awaits it: nobody learns when it is done or how it failed
  // NOTE: 'only_if_done' is declared here
  auto a = done();
  // EXPECT: coro-unawaited-task: the task of 'running' is kept in 'b'
  // NOTE: 'not_if_running' is declared here
  auto b = running();
  // EXPECT: coro-unawaited-task: the task of 'last' is kept in 'c'
  // NOTE: 'last_of_two' is declared here
  auto c = last();
  // EXPECT: coro-unawaited-task: the task of 'some' is kept in 'e'
  // NOTE: 'last_of_some' is declared here
  auto e = some();
  // EXPECT: coro-unawaited-task: the task of 'asks' is kept in 'd'
  // NOTE: 'asks_whether_cancelled' is declared here
  auto d = asks();
  co_await step();
}

// Where nothing can be awaited, keeping it is how it runs.
void companion_in_a_plain_function() { auto a = done(); }
