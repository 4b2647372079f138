// What nobody can tell where it runs is reported under strict, as what it may do.
//
// RUN: %check %s --profile=strict --knowledge %S/Inputs/threads.yaml

#include "Inputs/task.h"
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <unistd.h>
#include <vector>

namespace lib {
task<> to_pool();
task<> move_to(int executor);
void spawn_somewhere(task<> work);
} // namespace lib
void unknown(std::function<void()> f);
bool condition();

task<> moves(int executor) {
  co_await lib::move_to(executor);
  // EXPECT: coro-blocking-call: 'sleep' may block the event loop
  // NOTE: instead
  sleep(1);
}
task<> one_branch() {
  if (condition())
    co_await lib::to_pool();
  // EXPECT: coro-blocking-call: 'sleep' may block the event loop
  // NOTE: instead
  sleep(1);
}
task<> on_pool() {
  co_await lib::to_pool();
  sleep(1);
}
task<> somewhere() {
  // EXPECT: coro-blocking-call: 'sleep' may block the event loop
  // NOTE: instead
  sleep(1);
  co_return;
}
void starts() { lib::spawn_somewhere(somewhere()); }
task<> gives_away() {
  unknown([] {
    // EXPECT: coro-blocking-call: 'sleep' may block the event loop
    // NOTE: instead
    sleep(1);
  });
  co_return;
}
// The arguments reach the constructor of a thread, whoever makes that.
task<> makes_threads() {
  std::vector<std::thread> several;
  several.emplace_back([] { sleep(1); });
  std::optional<std::thread> one;
  one.emplace([] { sleep(1); });
  auto owned = std::make_unique<std::thread>([] { sleep(1); });
  auto shared = std::make_shared<std::jthread>([] { sleep(1); });
  std::vector<std::function<void()>> callbacks;
  // EXPECT: coro-blocking-call: 'sleep' may block the event loop
  // NOTE: instead
  callbacks.emplace_back([] { sleep(1); });
  owned->detach();
  one->detach();
  for (std::thread &t : several)
    t.detach();
  co_return;
}
