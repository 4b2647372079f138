// What blocks, by which way, and what does not. Each family's own calls are in
// coro-blocking-call-families.cpp.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <algorithm>
#include <corolint/annotations.h>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
CORO_BLOCKING("use 'co_await async_load(path)'") std::string load(std::string path = "");
task<> save();
template <class F> task<> to_thread(CORO_OFFLOADS F f) {
  std::thread([f] { f(); }).detach();
  return save();
}
bool condition();

//===- bad: directly

task<> directly() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop: it suspends the whole thread until then
  // NOTE: instead, await a timer of the loop (std.yaml:
  std::this_thread::sleep_for(1ms);
  co_return;
}

task<> annotated() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop: it is annotated as blocking
  // NOTE: instead, use 'co_await async_load(path)' (annotated at
  auto text = load();
  co_await async_read(text.size());
}

// It runs on its caller's thread until its first suspension.
started<> in_an_eager_coroutine() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load();
  co_return;
}
detached in_fire_and_forget() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load();
  co_return;
}

struct service {
  std::string kept;
  task<> member() {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    kept = load();
    co_return;
  }
};

CORO_LOOP_THREAD void on_readable(int) {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: 'on_readable' runs on the thread of the event loop: it is annotated so
  // NOTE: instead
  load();
}

// Where it stands in an expression makes no difference.
task<int> in_every_place(int n) {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  if (load().empty())
    co_return 0;
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  while (condition() && load().size() > 1)
    co_await save();
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  for (char c : load())
    n += c;
  try {
    co_await save();
  } catch (...) {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    load();
  }
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  co_await async_read(load().size());
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  co_return load().size() + n;
}

// In an argument that the caller does not write.
void with_default(std::string text = load());
task<> default_argument() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  with_default();
  co_return;
}

//===- bad: through plain functions

std::string read_all() {
  return load(); // #read_all
}
std::string configuration() {
  return read_all(); // #configuration
}
task<> through_one() {
  // EXPECT: coro-blocking-call: 'read_all' blocks the event loop: it calls 'load'
  // NOTE@#read_all: 'read_all' calls 'load' here
  // NOTE@#read_all: 'load' is annotated as blocking; instead, use 'co_await async_load(path)' (annotated at
  auto text = read_all();
  co_return;
}
task<> through_two() {
  // EXPECT: coro-blocking-call: 'configuration' blocks the event loop: it leads to 'load'
  // NOTE@#configuration: 'configuration' calls 'read_all' here
  // NOTE@#read_all: 'read_all' calls 'load' here
  // NOTE@#read_all: 'load' is annotated as blocking
  auto text = configuration();
  co_return;
}

struct cache {
  std::string text;
  cache() : text(load()) {} // #cache
  ~cache() { load(); } // #end_of_cache
  void refill() { text = load(); } // #refill
  std::string operator[](int) { return load(); } // #index
};
void uses_cache() {
  cache local; // #local
}
task<> through_a_class(cache &c) {
  // EXPECT: coro-blocking-call: 'cache::refill' blocks the event loop: it calls 'load'
  // NOTE@#refill: 'cache::refill' calls 'load' here
  // NOTE@#refill: 'load' is annotated
  c.refill();
  // EXPECT: coro-blocking-call: 'cache::operator[]' blocks the event loop: it calls 'load'
  // NOTE@#index: 'cache::operator[]' calls 'load' here
  // NOTE@#index: 'load' is annotated
  auto text = c[1];
  // EXPECT: coro-blocking-call: 'cache::cache' blocks the event loop: it calls 'load'
  // NOTE@#cache: 'cache::cache' calls 'load' here
  // NOTE@#cache: 'load' is annotated
  // EXPECT: coro-blocking-destructor: 'made' blocks the event loop at the end of its scope: its destructor calls 'load'
  // NOTE@#end_of_cache: 'cache::~cache' calls 'load' here
  // NOTE@#end_of_cache: 'load' is annotated
  auto made = std::unique_ptr<cache>(new cache);
  // EXPECT: coro-blocking-call: 'uses_cache' blocks the event loop: it leads to 'load'
  // NOTE@#local: 'uses_cache' calls 'cache::cache' here
  // NOTE@#cache: 'cache::cache' calls 'load' here
  // NOTE@#cache: 'load' is annotated
  uses_cache();
  co_return;
}

task<> through_a_temporary() {
  // EXPECT: coro-blocking-call: 'cache::cache' blocks the event loop: it calls 'load'
  // NOTE: 'cache::cache' calls 'load' here
  // NOTE: 'load' is annotated
  cache();
  co_return;
}

template <class F> void call(F f) {
  f(); // #call
}
task<> through_lambdas(std::vector<int> v) {
  [] {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    load();
  }();
  auto reread = [&](auto path) {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    return load(path);
  };
  reread("a");
  std::for_each(v.begin(), v.end(), [](int) {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    load();
  });
  std::ranges::sort(v, [](int a, int b) {
    // EXPECT: coro-blocking-call: 'load' blocks the event loop
    // NOTE: instead
    return a < b || load().empty();
  });
  // EXPECT: coro-blocking-call: 'call' blocks the event loop: it leads to 'load'
  // NOTE@#call: 'call' calls the lambda here
  // NOTE@#given: the lambda calls 'load' here
  // NOTE@#given: 'load' is annotated
  call([] { load(); }); // #given
  co_return;
}

struct reader {
  virtual ~reader() = default;
  virtual std::string read() = 0;
};
struct file_reader final : reader {
  std::string read() override { return load(); } // #file_reader
};
task<> through_the_only_override(reader &r) {
  // EXPECT: coro-blocking-call: 'file_reader::read' blocks the event loop: it calls 'load'
  // NOTE@#file_reader: 'file_reader::read' calls 'load' here
  // NOTE@#file_reader: 'load' is annotated
  r.read();
  co_return;
}

void even(int n);
void odd(int n) {
  if (n)
    even(n - 1);
  else
    load(); // #odd
}
void even(int n) {
  if (n)
    odd(n - 1); // #even
}
task<> through_recursion() {
  // EXPECT: coro-blocking-call: 'even' blocks the event loop: it leads to 'load'
  // NOTE@#even: 'even' calls 'odd' here
  // NOTE@#odd: 'odd' calls 'load' here
  // NOTE@#odd: 'load' is annotated
  even(5);
  co_return;
}

// One place, one finding, however often it is instantiated.
template <class T> task<T> in_a_template(T t) {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load();
  co_return t;
}
template task<int> in_a_template(int);
template task<long> in_a_template(long);

#define LOAD() load("macro")
task<> in_a_macro() {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  LOAD();
  co_return;
}

// A timeout bounds it and does not excuse it.
void ask(pollfd *fds, int timeout = 0) {
  poll(fds, 1, timeout); // #ask
}
task<> with_timeout(pollfd *fds) {
  // EXPECT: coro-blocking-call: 'ask' blocks the event loop: it calls 'poll'
  // NOTE@#ask: 'ask' calls 'poll' here
  // NOTE@#ask: 'poll' waits until a descriptor is ready
  ask(fds, 10);
  // Zero, handed down.
  ask(fds);
  ask(fds, 0);
  co_return;
}

//===- good

// A plain function may be one that a worker calls.
std::string plain() { return load(); }
int main() { return load().size() + configuration().size(); }

// It runs where its values are taken.
generator<int> values() {
  load();
  co_yield 1;
}

task<> offloaded() {
  co_await to_thread([] { load(); });
  auto work = [] { return configuration(); };
  co_await to_thread(work);
  std::thread([] { load(); }).detach();
  // The call runs elsewhere; its end is waited for here.
  // EXPECT: coro-blocking-destructor: 'later' blocks the event loop at the end of its scope
  // NOTE: instead
  auto later = std::async(std::launch::async, [] { return load(); });
  co_await async_read(later.valid());
}

CORO_RESUMES_ON_WORKER std::suspend_always to_worker();
CORO_RESUMES_ON_LOOP std::suspend_always to_loop();
task<> after_a_hop() {
  co_await to_worker();
  load();
  [] { load(); }();
  co_await to_loop();
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load();
}
task<> after_a_hop_on_one_path() {
  if (condition())
    co_await to_worker();
  // Perhaps on a worker: silent.
  load();
}

task<> waits_for_no_time(std::mutex &m, int fd, void *data) {
  std::this_thread::sleep_for(0s);
  poll(nullptr, 0, 0);
  recv(fd, data, 1, MSG_DONTWAIT);
  waitpid(-1, nullptr, WNOHANG);
  if (m.try_lock())
    m.unlock();
  co_return;
}

task<> ready_before(std::future<int> f) {
  if (f.wait_for(0s) == std::future_status::ready)
    co_await async_read(f.get());
}

// Short locks are none of this rule's, unless somebody asks.
task<> short_lock(std::mutex &m, int &n) {
  std::lock_guard held(m);
  ++n;
  co_return;
}

// The runtime's own: these run before the loop goes on, and know what they do.
struct operation {
  std::mutex m;
  bool await_ready() { return load().empty(); }
  void await_suspend(std::coroutine_handle<>) { load(); }
  void await_resume() { load(); }
};
struct promise_members {
  struct promise_type {
    promise_members get_return_object() {
      load();
      return {};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() { load(); }
    void unhandled_exception() { load(); }
  };
};
promise_members uses_its_promise() { co_return; }
task<> awaits_it(operation &o) { co_await o; }

[[noreturn]] void die(std::string why);
[[noreturn]] void give_up() {
  load();
  std::terminate();
}
#define CHECK(x) ((x) ? void() : die(load()))
task<> on_the_way_to_an_abort() {
  if (condition())
    give_up();
  if (condition()) {
    load();
    std::abort();
  }
  CHECK(condition());
  co_return;
}

task<> unevaluated() {
  using text = decltype(load());
  static_assert(sizeof(load()) > 0);
  if constexpr (sizeof(int) == 1)
    load();
  (void)text();
  co_return;
}

// Nobody knows who calls these, or what.
void keep(std::function<void()> f);
task<> unknown_callers(std::function<std::string()> f, std::string (*p)()) {
  keep([] { load(); });
  f();
  p();
  co_return;
}

// Another coroutine's finding is its own.
task<> awaits_others(service &s) {
  co_await directly();
  co_await s.member();
}

// A body in another unit: nobody knows.
void elsewhere();
task<> calls_elsewhere() {
  elsewhere();
  co_return;
}

// Somebody accepts it, and says why.
CORO_NONBLOCKING std::string cached() { return load(); }
CORO_ALLOW_BLOCKING("before the first connection") void start_up() { load(); }
task<> accepted() {
  cached();
  start_up();
  CORO_ALLOW_BLOCKING("64 bytes, once") auto key = load();
  CORO_ALLOW_BLOCKING("nobody is connected yet") {
    load();
    key = configuration();
  }
  co_return;
}

task<> suppressed() {
  load(); // NOLINT(coro-blocking-call)
  load(); // NOLINT
  load(); // NOLINT(coro-*): once
  // NOLINTNEXTLINE(coro-blocking-call)
  load();
  // NOLINTBEGIN(coro-blocking-call)
  load();
  configuration();
  // NOLINTEND(coro-blocking-call)
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load(); // NOLINT(coro-nested-loop)
  co_return;
}

// Waiting for a task is coro-nested-loop's; the end of a scope is coro-blocking-destructor's.
task<int> other_number();
task<> causes_of_other_rules() {
  // EXPECT: coro-blocking-destructor: 'worker' blocks the event loop at the end of its scope
  // NOTE: instead
  std::jthread worker([] {});
  // EXPECT: coro-blocking-destructor: 'later' blocks the event loop at the end of its scope
  // NOTE: instead
  std::future<std::string> later = std::async(std::launch::async, [] { return load(); });
  co_return;
}

// Names alone say nothing.
struct bird {
  void sleep(int);
  void join();
  std::string get();
};
task<> sleep(int);
task<> same_names(bird b) {
  b.sleep(1);
  b.join();
  b.get();
  co_await sleep(1);
}
