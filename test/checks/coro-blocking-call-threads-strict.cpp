// What nobody can tell where it runs is reported under strict, as what it may do.
//
// RUN: %check %s --profile=strict --knowledge %S/Inputs/threads.yaml

#include "Inputs/task.h"
#include <functional>
#include <unistd.h>

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
