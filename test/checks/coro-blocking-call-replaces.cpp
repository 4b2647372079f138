// A library that nobody has described says itself, with CORO_REPLACES, what to await instead.
//
// RUN: %check %s

#include <chrono>
#include <corolint/annotations.h>
#include <coroutine>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <netdb.h>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

namespace net {

template <typename T> struct task;
template <typename T> struct promise {
  task<T> get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_value(T);
  void unhandled_exception() {}
};
template <> struct promise<void> {
  task<void> get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};
template <typename T> struct [[nodiscard]] task {
  using promise_type = promise<T>;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

// By the type of the time that it takes.
CORO_REPLACES("std::this_thread::sleep_for") task<void> sleep_for(std::chrono::milliseconds time);
CORO_REPLACES("sleep") task<void> sleep_seconds(std::chrono::duration<double> time);
// An awaitable class.
struct CORO_REPLACES("usleep") sleep_awaiter {
  explicit sleep_awaiter(unsigned microseconds);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
// A template, whose result its body says.
template <typename Clock, typename Duration>
CORO_REPLACES("std::this_thread::sleep_until") auto sleep_until(
    const std::chrono::time_point<Clock, Duration> &when) {
  return task<void>();
}

// Several replace one: the one that fits is taken.
CORO_REPLACES("net::load") task<std::string> load_later(std::filesystem::path path, int tries);
CORO_REPLACES("net::load") task<std::string> load_at_once(std::filesystem::path path);
CORO_BLOCKING("") std::string load(const char *path);
CORO_BLOCKING("") std::string load(std::string_view path, int tries);
CORO_BLOCKING("") std::string load(const std::wstring &path);

// What is given is of another type.
CORO_REPLACES("net::count") task<long> count_later(const std::string &of);
CORO_BLOCKING("") int count(std::string of);

// An overload could be meant.
CORO_REPLACES("net::find") task<void> find_later(std::string what);
task<void> find_later(std::filesystem::path where);
CORO_BLOCKING("") void find(const char *what);
CORO_BLOCKING("") void find(std::string what);

// What is generic takes what is as generic.
template <typename T> CORO_REPLACES("net::send") task<void> send_later(T &&what);
template <typename T> CORO_BLOCKING("") void send(const T &what);
CORO_BLOCKING("") void send(const char *what);
template <typename T>
  requires(sizeof(T) == 1)
CORO_REPLACES("net::put") task<void> put_later(const T &what);
template <typename T> CORO_BLOCKING("") void put(const T &what);

CORO_REPLACES("std::future::get") task<int> value_of(std::future<int> &of);
CORO_REPLACES("std::shared_future::get") task<int> value_of_shared(std::shared_future<int> of);
CORO_REPLACES("std::thread::join") task<void> ended(std::thread of);
CORO_REPLACES("getaddrinfo") task<int> resolve(std::string host);

class socket {
public:
  socket();
  CORO_BLOCKING("") std::size_t read(char *into, std::size_t size);
  CORO_REPLACES("net::socket::read") task<std::size_t> async_read(char *into, std::size_t size);
  CORO_BLOCKING("") void wait();
  CORO_BLOCKING("") void close(int why = 0);
  CORO_REPLACES("net::socket::close") task<void> async_close(int why = 0);
  CORO_BLOCKING("") void flush();
  task<void> works(char *into) {
    // EXPECT: coro-blocking-call: 'net::socket::read' blocks the event loop
    // NOTE: instead, await 'net::socket::async_read' (annotated at {{.*}})
    // FIXED: co_await async_read(into, 8);
    read(into, 8);
    // EXPECT: coro-blocking-call: 'net::socket::wait' blocks the event loop
    // NOTE: instead, await 'net::socket::async_wait' (annotated at {{.*}})
    // FIXED: co_await this->async_wait();
    this->wait();
    co_return;
  }

private:
  // Nobody else may.
  CORO_REPLACES("net::socket::wait") task<void> async_wait();
  CORO_REPLACES("net::socket::flush") task<void> async_flush();
};
template <typename Next> class stream {
public:
  CORO_BLOCKING("") int get(Next &from);
  CORO_REPLACES("net::stream::get") task<int> async_get(Next &from);
};
struct secure_socket : socket {};

} // namespace net

//===- bad

net::task<void> sleeps(std::chrono::steady_clock::time_point when) {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  // FIXED: co_await net::sleep_for(10ms);
  std::this_thread::sleep_for(10ms);
  // A second is so many milliseconds; a microsecond is none.
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  // FIXED: co_await net::sleep_for(std::chrono::seconds(1) + 1ms);
  std::this_thread::sleep_for(std::chrono::seconds(1) + 1ms);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  std::this_thread::sleep_for(10us);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  std::this_thread::sleep_for(0.5s);
  // A number is no duration.
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead, await 'net::sleep_seconds' (annotated at {{.*}})
  sleep(3);
  // EXPECT: coro-blocking-call: 'usleep' blocks the event loop
  // NOTE: instead, await 'net::sleep_awaiter' (annotated at {{.*}})
  // FIXED: co_await net::sleep_awaiter(30);
  usleep(30);
  // Its result is an error, and the awaitable has none.
  // EXPECT: coro-blocking-call: 'usleep' blocks the event loop
  // NOTE: instead, await 'net::sleep_awaiter' (annotated at {{.*}})
  int error = usleep(30);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_until' blocks the event loop
  // NOTE: instead, await 'net::sleep_until' (annotated at {{.*}})
  // FIXED: co_await net::sleep_until(when + 1ms);
  std::this_thread::sleep_until(when + 1ms);
  co_return;
}

net::task<std::string> loads(const std::wstring &wide) {
  // EXPECT: coro-blocking-call: 'net::load' blocks the event loop
  // NOTE: instead, await 'net::load_at_once' (annotated at {{.*}})
  // FIXED: std::string text = co_await net::load_at_once("a");
  std::string text = net::load("a");
  // EXPECT: coro-blocking-call: 'net::load' blocks the event loop
  // NOTE: instead, await 'net::load_later' (annotated at {{.*}})
  // FIXED: text = co_await net::load_later(text, 3);
  text = net::load(text, 3);
  // EXPECT: coro-blocking-call: 'net::load' blocks the event loop
  // NOTE: instead, await 'net::load_at_once' (annotated at {{.*}})
  // FIXED: auto size = (co_await net::load_at_once("b")).size();
  auto size = net::load("b").size();
  // EXPECT: coro-blocking-call: 'net::load' blocks the event loop
  // NOTE: instead, await 'net::load_later' (annotated at {{.*}})
  text += net::load(wide);
  // EXPECT: coro-blocking-call: 'net::count' blocks the event loop
  // NOTE: instead, await 'net::count_later' (annotated at {{.*}})
  int n = net::count(text);
  // EXPECT: coro-blocking-call: 'net::count' blocks the event loop
  // NOTE: instead, await 'net::count_later' (annotated at {{.*}})
  // FIXED: co_await net::count_later("text");
  net::count("text");
  // EXPECT: coro-blocking-call: 'net::find' blocks the event loop
  // NOTE: instead, await 'net::find_later' (annotated at {{.*}})
  net::find("text");
  // EXPECT: coro-blocking-call: 'net::find' blocks the event loop
  // NOTE: instead, await 'net::find_later' (annotated at {{.*}})
  // FIXED: co_await net::find_later(text);
  net::find(text);
  // EXPECT: coro-blocking-call: 'net::send' blocks the event loop
  // NOTE: instead, await 'net::send_later' (annotated at {{.*}})
  // FIXED: co_await net::send_later(n + size);
  net::send(n + size);
  // EXPECT: coro-blocking-call: 'net::send' blocks the event loop
  // NOTE: instead, await 'net::send_later' (annotated at {{.*}})
  net::send("text");
  // EXPECT: coro-blocking-call: 'net::put' blocks the event loop
  // NOTE: instead, await 'net::put_later' (annotated at {{.*}})
  net::put(n);
  co_return text;
}

// The object of a member function comes first.
net::task<int> waits(std::future<int> &one, std::unique_ptr<std::future<int>> other,
                     std::shared_future<int> shared, std::thread &thread) {
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead, await 'net::value_of' (annotated at {{.*}})
  // FIXED: int n = co_await net::value_of(one);
  int n = one.get();
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead, await 'net::value_of' (annotated at {{.*}})
  n += other->get(); // a pointer is not what it points to
  // EXPECT: coro-blocking-call: 'std::shared_future::get' blocks the event loop
  // NOTE: instead, await 'net::value_of_shared' (annotated at {{.*}})
  n += shared.get(); // it gives a reference
  // It cannot be copied, and is not to be moved.
  // EXPECT: coro-blocking-call: 'std::thread::join' blocks the event loop
  // NOTE: instead, await 'net::ended' (annotated at {{.*}})
  thread.join();
  co_return n;
}

net::task<void> reads(net::socket &plain, net::secure_socket *secure, net::stream<int> s) {
  char into[8];
  // EXPECT: coro-blocking-call: 'net::socket::read' blocks the event loop
  // NOTE: instead, await 'net::socket::async_read' (annotated at {{.*}})
  // FIXED: auto n = co_await plain.async_read(into, sizeof into);
  auto n = plain.read(into, sizeof into);
  // EXPECT: coro-blocking-call: 'net::socket::read' blocks the event loop
  // NOTE: instead, await 'net::socket::async_read' (annotated at {{.*}})
  // FIXED: co_await secure->async_read(into, n);
  secure->read(into, n);
  // EXPECT: coro-blocking-call: 'net::socket::close' blocks the event loop
  // NOTE: instead, await 'net::socket::async_close' (annotated at {{.*}})
  // FIXED: co_await secure->async_close();
  secure->close();
  // Private.
  // EXPECT: coro-blocking-call: 'net::socket::flush' blocks the event loop
  // NOTE: 'net::socket::flush' is annotated at {{.*}}
  plain.flush();
  int from = 1;
  // EXPECT: coro-blocking-call: 'net::stream::get' blocks the event loop
  // NOTE: instead, await 'net::stream::async_get' (annotated at {{.*}})
  // FIXED: from = co_await s.async_get(from);
  from = s.get(from);
  co_return;
}

net::task<int> resolves(const char *host) {
  addrinfo *found = nullptr;
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead, await 'net::resolve' (annotated at {{.*}})
  co_return getaddrinfo(host, nullptr, nullptr, &found);
}

// A name that something nearer has.
namespace app {
namespace net {}
::net::task<void> sleeps() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  // FIXED: co_await ::net::sleep_for(1s);
  std::this_thread::sleep_for(1s);
  co_return;
}
} // namespace app

// In a handler nothing can be awaited.
net::task<void> handles() {
  try {
    co_await net::sleep_for(1s);
  } catch (...) {
    // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
    // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
    std::this_thread::sleep_for(1s);
  }
}

// The helper is no coroutine.
void pause_a_bit() { std::this_thread::sleep_for(1s); }
net::task<void> calls_a_helper() {
  // EXPECT: coro-blocking-call: 'pause_a_bit' blocks the event loop: it calls 'std::this_thread::sleep_for'
  // NOTE: 'pause_a_bit' calls 'std::this_thread::sleep_for' here
  // NOTE: 'std::this_thread::sleep_for' suspends the whole thread until then; instead, await 'net::sleep_for' (annotated at {{.*}})
  pause_a_bit();
  co_return;
}

//===- What is not for this coroutine

namespace other {
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
// It would compile, and nobody knows whether a loop of that library runs here.
task sleeps() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await a timer of the loop (std.yaml:{{[0-9]+}} (shipped))
  std::this_thread::sleep_for(1s);
  co_return;
}
// Here one does.
task mixes() {
  co_await net::sleep_for(1s);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  // FIXED: co_await net::sleep_for(1s);
  std::this_thread::sleep_for(1s);
}

// Its promise takes only what is its own.
struct strict_task {
  struct promise_type {
    strict_task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    task await_transform(task);
    net::task<int> await_transform(net::task<int>);
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
CORO_REPLACES("other::poll") int no_awaitable();
CORO_REPLACES("other::poll") net::sleep_awaiter not_taken();
CORO_BLOCKING("") void poll();
strict_task polls() {
  // EXPECT: coro-blocking-call: 'other::poll' blocks the event loop
  // NOTE: 'other::poll' is annotated at {{.*}}
  poll();
  co_return;
}
} // namespace other

// A coroutine of one's own, for a library whose awaitables anybody awaits.
struct own_task : net::task<void> {
  struct promise_type : net::promise<void> {
    own_task get_return_object();
  };
};
own_task sleeps_in_its_own() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await 'net::sleep_for' (annotated at {{.*}})
  // FIXED: co_await net::sleep_for(2s);
  std::this_thread::sleep_for(2s);
  co_return;
}

// The awaitable form is not its own way out.
namespace net {
task<void> sleep_for(std::chrono::milliseconds time) {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead, await a timer of the loop
  std::this_thread::sleep_for(time);
  co_return;
}
} // namespace net

// It comes later.
namespace net {
CORO_BLOCKING("") void late();
task<void> before() {
  // EXPECT: coro-blocking-call: 'net::late' blocks the event loop
  // NOTE: instead, await 'net::async_late' (annotated at {{.*}})
  late();
  co_return;
}
CORO_REPLACES("net::late") task<void> async_late();
task<void> after() {
  // EXPECT: coro-blocking-call: 'net::late' blocks the event loop
  // NOTE: instead, await 'net::async_late' (annotated at {{.*}})
  // FIXED: co_await net::async_late();
  late();
  co_return;
}
} // namespace net

// No coroutine: there is nothing to await.
CORO_LOOP_THREAD void on_timer() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: 'on_timer' runs on the thread of the event loop: it is annotated so
  // NOTE: instead, await a timer of the loop
  std::this_thread::sleep_for(1s);
}
