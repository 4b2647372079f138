// Where a coroutine runs decides: who starts it, what it hops to, who calls its lambdas. What is not a
// coroutine, and runs on the loop all the same, must not block it either.
//
// RUN: %check %s --knowledge %S/Inputs/threads.yaml

#include "Inputs/task.h"
#include <functional>
#include <sys/socket.h>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace lib {
void spawn_on_pool(task<> work);
void spawn_on_pool(task<> (*work)());
void spawn_on_pool(std::function<task<>()> work, int);
void spawn_somewhere(task<> work);
task<> both(task<> a, task<> b);
// Calls what it is given, and its task is that one's.
task<> invoked(std::function<task<>()> work);
task<> to_pool();
task<> back();
task<> move_to(int executor);
void on_timer(int ms, std::function<void()> f);
struct object {};
struct window : object {};
// An object in a namespace beside, and a friend of the same name that it calls.
struct on_pool_fn {
  task<> operator()(object executor, task<> work) const;
};
namespace objects {
inline constexpr on_pool_fn on_pool{};
}
using namespace objects;
template <class T> struct other_task {
  friend other_task on_pool(object, other_task work) { return work; }
};
template struct other_task<int>;
void connect(object *receiver, std::function<void()> f);
std::function<void()> bind_strand(int strand, std::function<void()> f);
enum mode { SYNC, ASYNC };
void set_mode(int descriptor, mode m);
struct job : task<> {
  void start_on_pool();
};
job make_job();
struct socket {
  void non_blocking(bool);
  int receive();
};
} // namespace lib
void unknown(std::function<void()> f);
bool condition();

//===- who starts it

task<> on_pool() {
  sleep(1);
  co_return;
}
task<> below_pool() {
  sleep(1);
  co_return;
}
task<> starts_below() { co_await below_pool(); }
task<> somewhere() {
  sleep(1);
  co_return;
}
task<> one_of_both() {
  sleep(1);
  co_return;
}
task<> awaited_on_both() {
  // The loop is enough.
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead
  sleep(1);
  co_return;
}
task<> awaits_on_loop() { co_await awaited_on_both(); }
task<> by_name() {
  sleep(1);
  co_return;
}
task<> awaited_behind_a_hop() {
  sleep(1);
  co_return;
}
task<> hops_and_awaits() {
  co_await lib::to_pool();
  co_await awaited_behind_a_hop();
  co_await lib::back();
}
lib::job as_object();
void starts() {
  lib::spawn_on_pool(on_pool());
  lib::spawn_on_pool(starts_below());
  lib::spawn_somewhere(somewhere());
  lib::spawn_on_pool(lib::both(one_of_both(), awaited_on_both()));
  lib::spawn_on_pool(&by_name);
  lib::spawn_on_pool([]() -> task<> {
    sleep(1);
    co_return;
  }, 1);
  auto kept = on_pool();
  lib::spawn_on_pool(std::move(kept));
  lib::spawn_on_pool(lib::invoked([]() -> task<> {
    sleep(1);
    co_return;
  }));
  lib::spawn_somewhere(lib::invoked([]() -> task<> {
    sleep(1);
    co_return;
  }));
  lib::spawn_on_pool(lib::both(lib::invoked(by_name), on_pool()));
}
task<> on_pool_by_object() {
  sleep(1);
  co_return;
}
task<> starts_by_object() { co_await lib::on_pool(lib::object(), on_pool_by_object()); }
task<> invokes_on_the_loop() {
  co_await lib::invoked([]() -> task<> {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: instead
    sleep(1);
    co_return;
  });
}
task<> nobody_starts_it_here() {
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead
  sleep(1);
  co_return;
}

//===- hops

task<> moves_nobody_knows_where(int executor) {
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead
  sleep(1);
  co_await lib::move_to(executor);
  sleep(1);
  co_await lib::back();
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead
  sleep(1);
}
// A verb that libraries of which nobody knows use for it.
struct pool {
  task<> schedule();
};
task<> by_verb(pool &p) {
  co_await p.schedule();
  sleep(1);
}
task<> lambda_behind_a_hop() {
  auto nap = [] { sleep(1); };
  co_await lib::to_pool();
  nap();
  co_await lib::back();
  auto loud = [] {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: instead
    sleep(1);
  };
  loud();
}

//===- callbacks of the loop

void helper() { sleep(1); }
void tick() {
  // EXPECT: coro-blocking-call: 'helper' blocks the event loop: it calls 'sleep'
  // NOTE: 'tick' runs on the thread of the event loop: it is given to 'lib::on_timer', which calls it there
  // NOTE: 'helper' calls 'sleep' here
  // NOTE: instead
  helper();
}
struct session {
  void on_read() {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: 'session::on_read' runs on the thread of the event loop: it is given to 'lib::on_timer', which calls it there
    // NOTE: instead
    sleep(1);
  }
  void start() {
    lib::on_timer(1, std::bind(&session::on_read, this));
  }
};
void sets_callbacks(lib::window *w, lib::object *o) {
  lib::on_timer(1, tick);
  lib::on_timer(1, [] {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: the lambda runs on the thread of the event loop: it is given to 'lib::on_timer', which calls it there
    // NOTE: instead
    sleep(1);
    std::thread([] { sleep(1); }).detach();
  });
  lib::on_timer(1, lib::bind_strand(3, [] {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: the lambda runs on the thread of the event loop: it is given to 'lib::on_timer', which calls it there
    // NOTE: instead
    sleep(1);
  }));
  lib::connect(w, [] {
    // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
    // NOTE: the lambda runs on the thread of the event loop: it is given to 'lib::connect', which calls it there
    // NOTE: instead
    sleep(1);
  });
  lib::connect(o, [] { sleep(1); });
  unknown([] { sleep(1); });
}
task<> gives_away() {
  unknown([] { sleep(1); });
  co_return;
}

//===- guarded calls

void make_async(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  flags |= O_NONBLOCK;
  fcntl(descriptor, F_SETFL, flags);
}
task<> modes(int given) {
  char data[8];
  int a = socket(AF_INET, SOCK_STREAM, 0);
  fcntl(a, F_SETFL, fcntl(a, F_GETFL) | O_NONBLOCK);
  recv(a, data, 1, 0);
  int b = socket(AF_INET, SOCK_STREAM, 0);
  make_async(b);
  recv(b, data, 1, 0);
  int c = socket(AF_INET, SOCK_STREAM, 0);
  lib::set_mode(c, lib::ASYNC);
  recv(c, data, 1, 0);
  int d = socket(AF_INET, SOCK_STREAM, 0);
  // EXPECT: coro-blocking-call: 'recv' blocks the event loop
  // NOTE: instead
  recv(d, data, 1, 0);
  recv(given, data, 1, MSG_DONTWAIT);
  co_return;
}
task<> by_method(lib::socket &s, lib::socket &blocking) {
  s.non_blocking(true);
  s.receive();
  blocking.non_blocking(false);
  // EXPECT: coro-blocking-call: 'lib::socket::receive' blocks the event loop
  // NOTE: 'lib::socket::receive' is known from
  blocking.receive();
  co_return;
}
struct client {
  lib::socket socket_;
  lib::socket other_;
  void open() { socket_.non_blocking(true); }
  task<int> read() {
    // EXPECT: coro-blocking-call: 'lib::socket::receive' blocks the event loop
    // NOTE: 'lib::socket::receive' is known from
    int n = other_.receive();
    co_return n + socket_.receive();
  }
};

//===- kept in a container, and started from there

namespace lib {
task<> all(std::vector<task<>> tasks);
}
task<> kept_for_pool() {
  sleep(1);
  co_return;
}
task<> kept_for_loop() {
  // EXPECT: coro-blocking-call: 'sleep' blocks the event loop
  // NOTE: instead
  sleep(1);
  co_return;
}
void keeps_for_pool() {
  std::vector<task<>> tasks;
  tasks.push_back(kept_for_pool());
  lib::spawn_on_pool(lib::all(std::move(tasks)));
}
task<> keeps_for_loop() {
  std::vector<task<>> tasks;
  tasks.push_back(kept_for_loop());
  co_await lib::all(std::move(tasks));
}
