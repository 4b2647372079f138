// The shapes of callables, signals and tasks that libraries have: nothing is known of their names.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <functional>
#include <utility>

task<> work();
task<int> load(int id);

//===- Callables: of any qualified signature, by a pack of them, by a base.

template <class S> class unique_function;
template <class R, class... A> class unique_function<R(A...) noexcept> {
public:
  template <class F> unique_function(F &&) {}
  R operator()(A...) noexcept;
};
template <class R, class... A> class unique_function<R(A...) &&> {
public:
  template <class F> unique_function(F &&) {}
  R operator()(A...) &&;
};
template <class... S> class completion_handler {
public:
  template <class F> completion_handler(F &&) {}
};
template <class S> class function_base {
public:
  template <class F> function_base(F &&) {}
};
template <class S> class function : public function_base<S> {
public:
  using function_base<S>::function_base;
};

void callables() {
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'unique_function<void () noexcept>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  unique_function<void() noexcept> a = []() -> task<> { co_return; };
  // EXPECT: coro-discarding-callback: 'load' returns a task, and 'unique_function<void (int) &&>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  unique_function<void(int) &&> b(load);
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'completion_handler<void (int)>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  completion_handler<void(int)> c = [](int id) { return load(id); };
  // EXPECT: coro-discarding-callback: 'work' returns a task, and 'function<void ()>'
  // NOTE: 'task' is lazy
  // NOTE: give it
  function<void()> d = work;
  // These give the task on.
  unique_function<task<>() &&> e = work;
  completion_handler<task<int>(int)> f = load;
  function<task<>()> g = work;
}

//===- An operation that is made of what starts it: its signature is that of its completion.

template <class S, class Initiation> class deferred;
template <class... A, class Initiation> class deferred<void(A...), Initiation> {
public:
  template <class F> explicit deferred(F &&) {}
  template <class Token> auto operator()(Token &&token) { return token; }
};
void operations() { deferred<void(int), task<> (*)()> later(work); }

//===- A signal that takes any functor: it may look at what that returns.

struct button {
  template <class Slot> void clicked(Slot) {}
  template <class Receiver, class R> void clicked(Receiver *, R (Receiver::*)()) {}
};
struct window {
  task<> on_click();
};
void any_functor(button &b, window &w) {
  b.clicked([] { return work(); });
  b.clicked(&w, &window::on_click);
}

//===- A future that is opaque, and runs: its failure is lost.

namespace reactor {
struct state;
class future {
public:
  future(future &&) noexcept;
  ~future();
  template <class F> future then(F &&);

private:
  state *shared;
};
struct promise {
  future get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception();
  void return_void();
};
struct awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
awaiter operator co_await(future f);
future tick();
struct timer {
  void set_callback(unique_function<void() noexcept> f);
};
} // namespace reactor
template <class... A> struct std::coroutine_traits<reactor::future, A...> {
  using promise_type = reactor::promise;
};

void timers(reactor::timer &t) {
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'unique_function<void () noexcept>', which returns nothing, drops it: nobody learns when it is done or how it failed
  // NOTE: 'reactor::future' is declared here
  // NOTE: give it
  t.set_callback([]() -> reactor::future { co_await reactor::tick(); });
  // The cast says that nobody waits.
  t.set_callback([] { (void)reactor::tick(); });
}

//===- A sender has no coroutine, and a callable may be no callback at all.

struct sender {
  template <class R> struct operation {
    void start();
  };
  template <class R> operation<R> connect(R);
};
sender just();
template <class S> struct signature {};
void senders() {
  std::function<void()> f = just;
  signature<void()> none;
}
