// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <chrono>
#include <corolint/annotations.h>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

task<std::string> fetch(std::string url, std::stop_token stop = {});
task<> store(std::string page);
task<> store(std::string page, const std::stop_token &stop);
task<> log(std::string line);
bool some();

using time_point = std::chrono::steady_clock::time_point;
task<> ask(std::string what, time_point deadline = time_point::max());
task<> remind(std::string what, time_point at = time_point::max());

//===- bad

task<> default_argument(std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch', which could take it: 'std::stop_token' carries the request to stop
  // NOTE: this parameter takes it, and has its default
  // NOTE: pass it on, or pass one on purpose that says no
  auto page = co_await fetch("a");
  co_await log(page);
}

task<> overload(std::stop_token stop) {
  auto page = co_await fetch("a", stop);
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'store', which could take it
  // NOTE: this overload takes it
  // NOTE: pass it on
  co_await store(page);
}

task<> argument_of_another(std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch'
  // NOTE: this parameter takes it
  // NOTE: pass it on
  co_await store(co_await fetch("a"), stop);
}

task<> by_a_variable(std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch'
  // NOTE: this parameter takes it
  // NOTE: pass it on
  auto page = fetch("a");
  co_await store(co_await std::move(page), stop);
}

// It asks by hand, and what runs in between hears of nothing.
task<> loops(std::stop_token stop) {
  while (!stop.stop_requested()) {
    if (stop.stop_requested())
      co_return;
    // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch'
    // NOTE: this parameter takes it
    // NOTE: pass it on
    co_await fetch("a");
  }
}

task<> before_the_last_use(std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch'
  // NOTE: this parameter takes it
  // NOTE: pass it on
  auto page = co_await fetch("a");
  co_await store(page, std::move(stop));
}

auto captured(std::stop_token stop) {
  return [stop](auto) mutable { return stop.stop_requested(); };
}

task<> deadlines(time_point deadline) {
  // EXPECT: coro-context-not-forwarded: 'deadline' is not passed on to 'ask', which could take it: 'std::chrono::time_point' is a deadline to both, for all that its name says
  // NOTE: this parameter takes it
  // NOTE: pass it on
  co_await ask("a");
  while (std::chrono::steady_clock::now() < deadline)
    // EXPECT: coro-context-not-forwarded: 'deadline' is not passed on to 'ask'
    // NOTE: this parameter takes it
    // NOTE: pass it on
    co_await ask("b");
}

class CORO_CONTEXT("carries the deadline of the request") request_context {
public:
  bool is_over() const;
};
struct service {
  task<> run(request_context &context, int id);
  task<int> find(int id, request_context *context = nullptr);
  task<> write(int id, std::string text = "");
  task<> write(request_context &context, int id, std::string text = "");
  task<> wait(std::optional<std::stop_token> stop = std::nullopt);
  task<> waits(std::stop_token stop);
};
task<> service::run(request_context &context, int id) {
  // EXPECT: coro-context-not-forwarded: 'context' is not passed on to 'service::find', which could take it: 'request_context' carries the deadline of the request
  // NOTE: this parameter takes it
  // NOTE: pass it on
  co_await find(id);
  // EXPECT: coro-context-not-forwarded: 'context' is not passed on to 'service::write'
  // NOTE: this overload takes it
  // NOTE: pass it on
  co_await write(id);
}
task<> service::waits(std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'service::wait'
  // NOTE: this parameter takes it
  // NOTE: pass it on
  co_await wait();
}

template <class T> task<T> get(std::string key);
template <class T> task<T> get(std::string key, std::stop_token stop);
template <class T> task<T> in_a_template(T, std::stop_token stop) {
  // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'get'
  // NOTE: this overload takes it
  // NOTE: pass it on
  co_return co_await get<T>("a");
}
template task<int> in_a_template(int, std::stop_token);

void lambdas(std::stop_token stop) {
  auto work = [](std::stop_token stop) -> task<> {
    // EXPECT: coro-context-not-forwarded: 'stop' is not passed on to 'fetch'
    // NOTE: this parameter takes it
    // NOTE: pass it on
    co_await fetch("a");
  };
  sync_wait([](auto work, std::stop_token stop) -> task<int> {
    co_await work(stop);
    co_return 1;
  }(work, stop));
}

//===- good

// It is passed on, or another on purpose.
task<> passed(std::stop_token stop) {
  co_await store(co_await fetch("a", stop), stop);
  co_await fetch("b", std::stop_token());
  co_await log("c");
}

// What stands around the call has it.
template <class A> task<> with_token(std::stop_token stop, A work);
template <class... A> task<> when_any(A... all);
task<> stopped(std::stop_token stop);
task<> wrapped(std::stop_token stop) {
  co_await with_token(stop, fetch("a"));
  co_await when_any(fetch("b"), stopped(stop));
  auto page = fetch("c");
  co_await with_token(stop, std::move(page));
}

// So has what the call is made on, or made of.
struct client {
  explicit client(std::stop_token stop = {});
  void use(std::stop_token stop);
  void cancel();
  task<> get(std::string url, std::stop_token stop = {});
};
struct request {
  std::string url;
  std::stop_token stop;
};
task<> send(request r, std::stop_token stop = {});
void attach(client &c, std::stop_token stop);
task<> made_with(std::stop_token stop, client &given, client &other, client &third) {
  client c(stop);
  co_await c.get("a");
  given.use(stop);
  co_await given.get("a");
  attach(other, stop);
  co_await other.get("a");
  std::stop_callback cancels(stop, [&] { third.cancel(); });
  co_await third.get("a");
  request r{"a", stop};
  co_await send(r);
  request later;
  later.stop = stop;
  co_await send(later);
}
struct connection {
  client http;
  task<> run(std::stop_token stop) {
    std::stop_callback cancels(stop, [this] { http.cancel(); });
    co_await http.get("a");
  }
};

// To clean up, a stop is no reason to stop.
task<> cleans_up(std::stop_token stop) {
  if (stop.stop_requested()) {
    co_await store("nothing");
    co_return;
  }
  try {
    co_await fetch("a", stop);
  } catch (const std::exception &) {
  }
  co_await store("what there is");
}
task<> after_the_loop(std::stop_token stop) {
  while (!stop.stop_requested())
    co_await fetch("a", stop);
  co_await store("what there is");
}
task<> after_a_break(std::stop_token stop) {
  for (;;) {
    co_await fetch("a", stop);
    if (stop.stop_requested() || some())
      break;
  }
  co_await store("what there is");
}
task<> too_late(time_point deadline) {
  if (std::chrono::steady_clock::now() >= deadline)
    co_await ask("forgive");
}
struct file {
  task<> close(std::stop_token stop = {});
  task<> rollback_all();
  task<> rollback_all(std::stop_token stop);
};
task<> by_its_name(file f, std::stop_token stop) {
  co_await f.rollback_all();
  co_await f.close();
}

// One of two: nobody knows which is meant.
std::stop_token both(std::stop_token a, std::stop_token b);
task<> of_two(std::stop_token stop, std::stop_token also) {
  co_await fetch("a");
}
task<> replaced(std::stop_token stop, std::stop_source own) {
  auto linked = both(stop, own.get_token());
  co_await fetch("a");
}
task<> assigned(std::stop_token stop) {
  stop = std::stop_token();
  co_await fetch("a");
}
task<> moved(std::stop_token stop) {
  co_await fetch("a", std::move(stop));
  co_await fetch("b");
}
task<> two_of_them(std::string what, std::stop_token soft = {}, std::stop_token hard = {});
task<> takes_two(std::stop_token stop) { co_await two_of_them("a"); }

// A point in time of another name is something else.
task<> another_name(time_point deadline, time_point at) {
  co_await ask("a", deadline);
  co_await remind("b", deadline);
  co_await ask("c", at);
}
task<> no_deadline(time_point now) { co_await remind("a"); }

// It has none, does not want it, or cannot have it.
task<> has_none() { co_await fetch("a"); }
task<> unnamed(std::stop_token) { co_await fetch("a"); }
task<> ignores([[maybe_unused]] std::stop_token stop) { co_await fetch("a"); }
struct unique_context;
class CORO_CONTEXT("is there once") unique_token {
public:
  unique_token(unique_token &&);
};
task<> takes_unique(int id);
task<> takes_unique(int id, unique_token t);
task<> has_unique(unique_token t) { co_await takes_unique(1); }

// The overload is made of the other.
task<> save(std::string page);
task<> save(std::string page, std::stop_token stop) {
  if (!stop.stop_requested())
    co_await save(page);
}

// It goes on when its caller has stopped.
task<> starts(std::stop_token stop) {
  spawn(store("a"));
  co_return;
}

// The default finds it by itself.
std::stop_token current();
task<> finds(std::string url, std::stop_token stop = current());
task<> travels(std::stop_token stop) { co_await finds("a"); }

// An overload that gives something else, or takes more.
task<int> count(std::string url);
int count(std::string url, std::stop_token stop);
task<> list(std::string url);
task<> list(std::string url, std::stop_token stop, int pages);
task<> others(std::stop_token stop) {
  co_await count("a");
  co_await list("a");
}

// No coroutine: it gives the task away.
task<std::string> plain(std::stop_token stop) { return fetch("a"); }
