// The shapes of libraries: frames that are counted, promises by traits, results that are shared, values
// that a proxy runs. Nothing here is a library's code.
//
// RUN: %corolint dump --types %s -- -std=c++20 | %FileCheck %s

#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <variant>
namespace counted_frames {
template <class T> struct task;
struct pb {
  std::atomic<int> refs{1};
  std::coroutine_handle<> c;
  void derefCoroutine() {
    if (--refs == 0)
      destroyCoroutine();
  }
  void destroyCoroutine() {
    refs = 0;
    c.destroy();
  }
  std::suspend_never initial_suspend() noexcept { return {}; }
  struct fin {
    bool await_ready() noexcept { return false; }
    template <class P> void await_suspend(std::coroutine_handle<P> h) noexcept {
      h.promise().derefCoroutine();
    }
    void await_resume() noexcept {}
  };
  fin final_suspend() noexcept { return {}; }
  void unhandled_exception();
};
template <class T> struct promise : pb {
  task<T> get_return_object();
  void return_value(T);
};
template <class T> struct task {
  using promise_type = promise<T>;
  std::coroutine_handle<promise<T>> h;
  ~task() {
    if (!h)
      return;
    h.promise().derefCoroutine();
  }
  struct aw {
    std::coroutine_handle<promise<T>> h;
    bool await_ready() { return !h || h.done(); }
    void await_suspend(std::coroutine_handle<> a) { add(a); }
    void add(std::coroutine_handle<>);
    T await_resume();
  };
  aw operator co_await() const;
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: counted: eager, awaitable; 'initial_suspend' of 'counted_frames::promise' does not suspend
task<int> counted();
} // namespace counted_frames
namespace lazy_tasks {
template <class T> struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_value(T);
    std::coroutine_handle<> c;
  };
  std::coroutine_handle<promise_type> h;
  ~task() {
    if (h)
      h.destroy();
  }
  struct aw {
    std::coroutine_handle<promise_type> h;
    bool await_ready() { return !h || h.done(); }
    auto await_suspend(std::coroutine_handle<> a) noexcept {
      h.promise().c = a;
      return h;
    }
    T await_resume();
  };
  auto operator co_await() && { return aw{h}; }
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: started_by_await: lazy, awaitable; 'initial_suspend' of 'lazy_tasks::task::promise_type' suspends
task<int> started_by_await();
} // namespace lazy_tasks
namespace attached_promises {
template <class T> struct promise {
  struct promise_type {
    promise get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_value(T);
  };
  void cancel(int = 0);
  bool attached_;
  ~promise() {
    if (attached_)
      cancel();
  }
  struct recv {};
  bool await_ready();
  bool await_suspend(std::coroutine_handle<>);
  T await_resume();
  std::coroutine_handle<promise_type> h;
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: attached: eager, awaitable, cancels; 'initial_suspend' of 'attached_promises::promise::promise_type' does not suspend
promise<int> attached();
} // namespace attached_promises
namespace continuations {
struct executor {
  void post(std::coroutine_handle<> &&);
};
template <class T> struct task;
template <class T> struct tp {
  std::suspend_always initial_suspend() const noexcept { return {}; }
  std::suspend_always final_suspend() const noexcept { return {}; }
  task<T> get_return_object() noexcept;
  [[noreturn]] void unhandled_exception();
  void return_value(T);
  void *cont;
};
template <class T> struct task {
  using promise_type = tp<T>;
  std::coroutine_handle<tp<T>> h;
  bool await_ready() const noexcept { return h.done(); }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> o) noexcept {
    h.promise().cont = o.address();
    return h;
  }
  T await_resume();
};
template <class T> struct aw_spawn {
  task<T> w;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: spawned: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
template <class T> aw_spawn<T> spawned(task<T> &&);
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: continued: lazy, awaitable; 'initial_suspend' of 'continuations::tp' suspends
task<int> continued();
} // namespace continuations
namespace hidden_nodes {
template <class T> struct Promise {
  struct Node;
  std::unique_ptr<Node> n;
  ~Promise();
};
struct aw {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
template <class T> aw operator co_await(Promise<T> &);
template <class T> aw operator co_await(Promise<T> &&);
template <class T> struct Coroutine {
  Promise<T> get_return_object();
  std::suspend_never initial_suspend() { return {}; }
  aw final_suspend() noexcept;
  void unhandled_exception();
  void return_value(T);
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: by_traits_and_operator: eager, awaitable; 'initial_suspend' of 'hidden_nodes::Coroutine' does not suspend
Promise<int> by_traits_and_operator();
} // namespace hidden_nodes
template <class T, class... A> struct std::coroutine_traits<hidden_nodes::Promise<T>, A...> {
  using promise_type = hidden_nodes::Coroutine<T>;
};
namespace results {
struct null_result {};
template <class T> struct result {
  std::unique_ptr<int> s;
  ~result() noexcept = default;
  struct aw {
    bool await_ready();
    bool await_suspend(std::coroutine_handle<>);
    T await_resume();
  };
  aw operator co_await();
};
struct executor_tag {};
template <class T> struct rp {
  result<T> get_return_object();
  std::suspend_never initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void return_value(T);
  void unhandled_exception();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: shared_result: eager, awaitable; 'initial_suspend' of 'results::rp' does not suspend
result<int> shared_result();
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: with_an_executor: eager, awaitable; 'initial_suspend' of 'results::rp' does not suspend
result<int> with_an_executor(executor_tag, int);
} // namespace results
template <class T, class... A> struct std::coroutine_traits<results::result<T>, A...> {
  using promise_type = results::rp<T>;
};
template <class T, class... A>
struct std::coroutine_traits<results::result<T>, results::executor_tag, A...> {
  using promise_type = results::rp<T>;
};
namespace actions {
struct IAsyncAction {
  void *p;
  ~IAsyncAction();
  void Cancel();
};
struct aw {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
aw operator co_await(IAsyncAction const &);
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: action: eager, awaitable; 'initial_suspend' of 'std::coroutine_traits::promise_type' does not suspend
IAsyncAction action();
} // namespace actions
template <class... A> struct std::coroutine_traits<actions::IAsyncAction, A...> {
  struct promise_type {
    actions::IAsyncAction get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    actions::aw final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
namespace states {
struct status {
  std::error_code *x;
};
struct result_void {
  bool ok;
  struct promise_type {
    result_void get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<promise_type>);
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: how_it_went: none, awaitable; it is a value: awaiting it hands out what is there, or ends the coroutine
result_void how_it_went();
} // namespace states
namespace proxies {
struct maybe {
  std::optional<int> v;
  struct promise_type;
  struct proxy {
    std::coroutine_handle<promise_type> h;
    operator maybe();
  };
  struct promise_type {
    std::optional<int> v;
    proxy get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(int);
    void unhandled_exception();
  };
  bool await_ready() { return v.has_value(); }
  void await_suspend(std::coroutine_handle<promise_type> h) { h.promise().v = std::nullopt; }
  int await_resume() { return *v; }
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: run_by_its_proxy: none, awaitable; it is a value: awaiting it hands out what is there, or ends the coroutine
maybe run_by_its_proxy();
} // namespace proxies
namespace operations {
struct sleep {
  int ms;
  bool await_ready() const { return ms == 0; }
  void await_suspend(std::coroutine_handle<> h) {
    if (ms < 0)
      throw 1;
    register_(h.address());
  }
  void register_(void *);
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: kept_or_thrown: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
sleep kept_or_thrown();
struct sw {
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h);
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: switches: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
sw switches();
struct yieldop {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) { queue(h); }
  static void queue(std::coroutine_handle<>);
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: queued: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
yieldop queued();
struct intrusive {
  intrusive *next;
  std::coroutine_handle<> h_;
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> h) {
    h_ = h;
    return true;
  }
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: linked: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
intrusive linked();
// A member without a name: of an anonymous union, and of a closure.
struct keeps_in_a_union {
  union {
    int state;
    void *address;
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    address = h.address();
    [copy = h, this] { state = copy ? 1 : 0; }();
  }
  void await_resume() {}
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: in_a_union: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
keeps_in_a_union in_a_union();
struct ends_in_a_union {
  struct promise_type {
    union {
      void *waiting;
      int count;
    };
    ends_in_a_union get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  union {
    std::coroutine_handle<promise_type> frame;
  };
  ends_in_a_union(ends_in_a_union &&);
  ~ends_in_a_union() { frame.destroy(); }
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
// CHECK: TaskTypeShapes.cpp:[[@LINE+1]]: ends: eager, {{.*}}
ends_in_a_union ends();
} // namespace operations
