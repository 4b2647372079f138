// RUN: %check %s --profile=pedantic

#include "Inputs/job.h"
#include <chrono>
#include <corolint/annotations.h>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace acme {
template <class... T> CORO_GATHERS job<std::tuple<T...>> all(job<T>... jobs);
job<> sleep(std::chrono::milliseconds time);

struct connection {
  job<std::string> ask(std::string what);
  int number = 0;
};
struct CORO_ASYNC_LOCK held {
  ~held();
};
struct mutex {
  job<held> lock();
};
} // namespace acme

using acme::job;

job<std::string> fetch(std::string where);
job<int> size_of(const std::string &where);
job<std::string> ask(acme::connection &peer, std::string what);
job<std::string> ask_shared(acme::connection *peer);
job<bool> connect(std::string where);
job<> send(std::string what);
void use(const std::string &a, const std::string &b);
std::string next_name();

job<> two() {
  const auto a = co_await fetch("a");
  // EXPECT: coro-sequential-await: this await begins when the one before it has ended, and needs nothing of it
  // NOTE: the one before it is here
  // NOTE: await them together: 'co_await acme::all(…)' takes as long as the longest
  const auto b = co_await fetch("b");
  use(a, b);
}

job<int> three(std::string where) {
  const int a = co_await size_of(where);
  // EXPECT: coro-sequential-await: this await begins
  // NOTE: the one before it is here
  // NOTE: and so does this one
  // NOTE: await them together
  const std::string b = co_await fetch(where);
  auto c = co_await fetch(where + "/c");
  use(b, c);
  co_return a;
}

job<std::vector<std::string>> each(std::vector<std::string> all) {
  std::vector<std::string> found;
  for (const auto &where : all)
    // EXPECT: coro-sequential-await: each await of this loop begins when the one before it has ended, and needs nothing of it
    // NOTE: await them together: 'co_await acme::all(…)' takes as long as the longest
    found.push_back(co_await fetch(where));
  co_return found;
}

job<int> sum(std::vector<std::string> all) {
  int sum = 0;
  for (auto where : all)
    // EXPECT: coro-sequential-await: each await of this loop
    // NOTE: await them together
    sum += co_await size_of(where);
  co_return sum;
}

//===- The second needs the first, or may.

job<> uses_the_result() {
  const auto a = co_await fetch("a");
  const auto b = co_await fetch(a);
  use(a, b);
}
job<> needs_it_to_go_well() {
  const bool connected = co_await connect("a");
  const auto b = co_await fetch("b");
  use(b, b);
  (void)connected;
}
job<> decides_between() {
  const auto a = co_await fetch("a");
  if (a.empty())
    co_return;
  const auto b = co_await fetch("b");
  use(a, b);
}
job<> has_an_effect() {
  co_await send("a");
  const auto b = co_await fetch("b");
  co_await send("c");
  use(b, b);
}
job<> one_connection(acme::connection peer, acme::connection *shared) {
  const auto a = co_await peer.ask("a");
  const auto b = co_await peer.ask("b");
  use(a, b);
  const auto c = co_await ask(peer, "c");
  const auto d = co_await ask(peer, "d");
  use(c, d);
  const auto e = co_await ask_shared(shared);
  const auto f = co_await ask_shared(shared);
  use(e, f);
}
job<> under_a_lock(acme::mutex &m) {
  const auto lock = co_await m.lock();
  const auto a = co_await fetch("a");
  const auto b = co_await fetch("b");
  use(a, b);
}
job<> in_order() {
  const auto a = co_await fetch(next_name());
  const auto b = co_await fetch(next_name());
  use(a, b);
}
job<std::string> stops(std::vector<std::string> all) {
  for (const auto &where : all) {
    const auto found = co_await fetch(where);
    if (!found.empty())
      co_return found;
  }
  co_return "";
}
job<std::string> hands_on(std::vector<std::string> all) {
  std::string last;
  for (const auto &where : all)
    last = co_await fetch(where + last);
  co_return last;
}
job<> one_after_the_other(std::vector<acme::connection> all) {
  std::vector<std::string> found;
  for (auto &each : all)
    found.push_back(co_await each.ask("it"));
}
job<> sleeps() {
  co_await acme::sleep(std::chrono::milliseconds(1));
  co_await acme::sleep(std::chrono::milliseconds(1));
}

// They are done at once, alone or together.
// EXPECT: coro-needless-coroutine: 'at_once' is a coroutine, and awaits nothing
// NOTE: make it a plain function
job<int> at_once(int n) { co_return n + 1; }
job<int> of_the_moment() {
  const int a = co_await at_once(1);
  const int b = co_await at_once(2);
  co_return a + b;
}

//===- A library that cannot run them at the same time.

task<int> of_another() {
  const int a = co_await size_of("a");
  const int b = co_await size_of("b");
  co_return a + b;
}
