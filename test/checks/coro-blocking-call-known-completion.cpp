// What is known to be complete does not wait any more: it was asked, in every spelling of a
// condition, or awaited, or set before.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <string_view>
#include <string>
#include <chrono>
#include <future>
#include <netdb.h>
#include <vector>

using namespace std::chrono_literals;
constexpr auto ready = std::future_status::ready;
std::future<int> ask();
task<> yield_now();
read_operation when_ready(std::future<int> &);
read_operation when_all(std::future<int> &, std::future<int> &);
read_operation when_all(std::vector<std::future<int>> &);
bool condition();

bool is_ready(const std::future<int> &f) { return f.wait_for(0s) == ready; }
bool is_valid_and_ready(std::future<int> &f) {
  if (!f.valid())
    return false;
  return f.wait_for(0s) == ready;
}
template <class Future> bool is_done(Future &f) { return is_ready(f); }

//===- good: asked

task<int> in_compound_conditions(std::future<int> f, std::future<int> g) {
  if (f.valid() && f.wait_for(0s) == ready)
    co_return f.get();
  if (condition() && (f.valid() && !(f.wait_for(0s) != ready)))
    co_return f.get();
  if (!f.valid() || std::future_status::ready != f.wait_for(std::chrono::seconds(0)))
    co_return 0;
  int x = f.get();
  x += g.valid() && g.wait_for(0s) == ready ? g.get() : 0;
  co_return x;
}
task<int> as_an_operand(std::future<int> f, std::future<int> g) {
  const bool positive = f.wait_for(0s) == ready && f.get() > 0;
  const bool other = g.wait_for(0s) != ready || g.get() > 0;
  co_return positive + other;
}
task<int> in_a_loop(std::future<int> f, std::future<int> g) {
  while (f.valid() && f.wait_for(0s) != ready)
    co_await yield_now();
  int x = f.get();
  for (;;) {
    if (!g.valid() || g.wait_for(0s) == std::future_status::timeout) {
      co_await yield_now();
      continue;
    }
    x += g.get();
    break;
  }
  co_return x;
}
task<int> kept_answers(std::future<int> f, std::future<int> g) {
  const bool there = f.valid() && f.wait_for(0s) == ready;
  if (!there)
    co_return 0;
  if (auto status = g.wait_for(0s); status == ready)
    co_return g.get();
  co_return f.get();
}
task<int> through_helpers(std::future<int> f, std::future<int> g, std::future<int> h) {
  auto is_h_ready = [&h] { return h.wait_for(0s) == ready; };
  if (is_h_ready())
    co_return h.get();
  if (is_ready(f) && condition())
    co_return f.get();
  if (!is_valid_and_ready(g))
    co_return 0;
  while (!is_done(f))
    co_await yield_now();
  co_return f.get() + g.get();
}

struct job {
  std::future<int> result;
  bool done() const { return result.wait_for(0s) == ready; }
};
class service {
  std::future<int> f;
  std::vector<std::future<int>> all;
  bool is_f_ready() { return f.valid() && f.wait_for(0s) == ready; }
  task<int> members() {
    if (is_f_ready())
      co_return f.get();
    if (all[0].wait_for(0s) == ready)
      co_return all[0].get();
    for (size_t i = 0; i != all.size(); ++i)
      if (is_ready(all[i]))
        co_return all[i].get();
    co_return 0;
  }
};
task<int> parts(job j, job *p) {
  if (j.result.valid() && j.result.wait_for(0s) == ready)
    co_return j.result.get();
  if (p->done())
    co_return p->result.get();
  co_return 0;
}
task<int> elements(std::vector<std::future<int>> all) {
  int sum = 0;
  for (auto &f : all)
    while (!is_ready(f))
      co_await yield_now();
  for (auto &f : all)
    sum += f.get();
  co_return sum + all[0].get();
}

//===- good: awaited

task<int> awaited(std::future<int> f, std::future<int> g, std::vector<std::future<int>> all) {
  auto h = ask();
  co_await when_ready(h);
  co_await when_all(f, g);
  int x = f.get() + g.get() + h.get();
  co_await when_all(all);
  for (auto &each : all)
    x += each.get();
  co_return x;
}

//===- good: set before

task<int> set_before() {
  std::promise<int> p;
  p.set_value(1);
  int x = p.get_future().get();
  std::promise<int> q;
  auto f = q.get_future();
  q.set_exception(nullptr);
  std::packaged_task<int()> work([] { return 1; });
  auto g = work.get_future();
  work();
  x += std::async(std::launch::deferred, [] { return 1; }).get();
  co_return x + f.get() + g.get();
}
task<> numeric(const char *host, addrinfo hints, addrinfo *result) {
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo given{.ai_flags = AI_NUMERICHOST};
  getaddrinfo(host, nullptr, &given, &result);
  getaddrinfo(host, nullptr, &hints, &result);
  co_return;
}

// An address is no name: nobody is asked for it.
std::string configured_host();
constexpr std::string_view loopback = "127.0.0.1";
const std::string any = "::";
task<> addresses(addrinfo *result) {
  getaddrinfo("192.168.0.255", "80", nullptr, &result);
  getaddrinfo("fe80::1%eth0", "80", nullptr, &result);
  getaddrinfo(loopback.data(), "80", nullptr, &result);
  getaddrinfo(any.c_str(), "80", nullptr, &result);
  std::string local = "10.0.0.1";
  getaddrinfo(local.c_str(), "80", nullptr, &result);
  gethostbyname("127.0.0.1");
  co_return;
}

// So it is through a helper, whatever way the text takes there.
inline int look_up(std::string_view host, addrinfo **result) {
  return getaddrinfo(host.data(), "80", nullptr, result);
}
inline int look_up_text(const std::string &host, addrinfo **result) {
  return getaddrinfo(host.c_str(), "80", nullptr, result);
}
inline int look_up_copy(std::string_view host, addrinfo **result) {
  return getaddrinfo(std::string(host).c_str(), "80", nullptr, result);
}
inline int look_up_another(std::string host, addrinfo **result) {
  host = configured_host();
  return getaddrinfo(host.c_str(), "80", nullptr, result);
}
task<> addresses_given_on(addrinfo *result) {
  look_up("192.168.0.1", &result);
  look_up(loopback, &result);
  look_up_text("::1", &result);
  look_up_copy("127.0.0.1", &result);
  co_return;
}

//===- bad

task<> names_given_on(std::string_view host, addrinfo *result) {
  // EXPECT: coro-blocking-call: 'look_up' blocks the event loop: it calls 'getaddrinfo'
  // NOTE: 'look_up' calls 'getaddrinfo' here
  // NOTE: 'getaddrinfo' asks
  look_up(host, &result);
  // EXPECT: coro-blocking-call: 'look_up_text' blocks the event loop: it calls 'getaddrinfo'
  // NOTE: 'look_up_text' calls 'getaddrinfo' here
  // NOTE: 'getaddrinfo' asks
  look_up_text("localhost", &result);
  // EXPECT: coro-blocking-call: 'look_up_another' blocks the event loop: it calls 'getaddrinfo'
  // NOTE: 'look_up_another' calls 'getaddrinfo' here
  // NOTE: 'getaddrinfo' asks
  look_up_another("127.0.0.1", &result);
  co_return;
}

std::string configured = "127.0.0.1";
task<> host_names(std::string given, addrinfo *result) {
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo("localhost", "80", nullptr, &result);
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo("1.2.3.example", "80", nullptr, &result);
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo("1.2.3.256", "80", nullptr, &result);
  // Hexadecimal letters and a colon are no address yet.
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo("cafe:80", "80", nullptr, &result);
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo("1.2.3.", "80", nullptr, &result);
  // Others may set it.
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo(configured.c_str(), "80", nullptr, &result);
  std::string host = "127.0.0.1";
  host = given;
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks the event loop
  // NOTE: instead
  getaddrinfo(host.c_str(), "80", nullptr, &result);
  co_return;
}

task<int> not_ready(std::future<int> f, std::future<int> g) {
  if (f.wait_for(0s) != ready)
    // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
    // NOTE: instead
    co_return f.get();
  if (!is_ready(g))
    // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
    // NOTE: instead
    co_return g.get();
  co_return 0;
}
task<int> another_one(std::future<int> f, std::future<int> g) {
  if (f.valid() && f.wait_for(0s) == ready)
    // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
    // NOTE: instead
    co_return g.get();
  if (condition() || is_ready(f))
    // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
    // NOTE: instead
    co_return f.get();
  co_await when_ready(f);
  f = ask();
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead
  co_return f.get();
}
task<int> assigned_and_set(bool again) {
  std::promise<int> p, q;
  std::future<int> f;
  f = p.get_future();
  p.set_value(1);
  int x = f.get();
  std::future<int> g;
  g = p.get_future();
  if (again)
    g = q.get_future();
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead
  co_return x + g.get();
}
task<int> set_too_late() {
  std::promise<int> p;
  auto f = p.get_future();
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead
  int x = f.get();
  p.set_value(1);
  auto g = std::async(std::launch::async | std::launch::deferred, [] { return 1; });
  // EXPECT: coro-blocking-call: 'std::future::get' blocks the event loop
  // NOTE: instead
  co_return x + g.get();
}
