// Every name of generic.yaml, looked up on a library that no other file knows: members or not, and
// whatever they take.
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=generic.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of generic.yaml are proven

namespace any_library {
struct awaiter {};

struct pool {
  awaiter schedule();
  awaiter schedule_on(int cpu);
  awaiter reschedule();
  awaiter resume_background();
};

struct strand {
  awaiter switch_to();
  awaiter hop_to();
};

awaiter reschedule_on(pool &p);
awaiter resume_on(pool &p);
template <typename Executor> awaiter transfer_to(Executor &e);
template <typename Executor> awaiter continue_on(Executor &e);

awaiter sleep_for(int time);
awaiter sleep_until(int time);
awaiter sleepFor(int time);
awaiter sleepUntil(int time);
awaiter async_sleep(int time);
awaiter co_sleep(int time);
awaiter yield_now();
awaiter yieldNow();
awaiter yield_for(int time);
awaiter yield_until(int time);
awaiter sleep(int time);
awaiter delay(int time);
awaiter yield();

struct clock {
  awaiter schedule_after(int time);
  awaiter schedule_at(int time);
  awaiter resume_after(int time);
};

struct work {};
void spawn(pool &p, work w);
void co_spawn(pool &p, work w);
void detach(work w, int priority = 0);
void spawn_detached(pool &p, work w);
void start_detached(pool &p, work w);
void fire_and_forget(pool &p, work w);
void spawnDetached(pool &p, work w);
void startDetached(pool &p, work w);
void fireAndForget(pool &p, work w);
struct handle {
  void detach();
};
} // namespace any_library

void hops(any_library::pool &p, any_library::strand &s) {
  p.schedule();
  p.schedule_on(0);
  p.reschedule();
  p.resume_background();
  s.switch_to();
  s.hop_to();
  any_library::reschedule_on(p);
  any_library::resume_on(p);
  any_library::transfer_to(p);
  any_library::continue_on(s);
}

void pauses(any_library::clock &c) {
  any_library::sleep_for(1);
  any_library::sleep_until(1);
  any_library::sleepFor(1);
  any_library::sleepUntil(1);
  any_library::async_sleep(1);
  any_library::co_sleep(1);
  any_library::yield_now();
  any_library::yieldNow();
  any_library::yield_for(1);
  any_library::yield_until(1);
  any_library::sleep(1);
  any_library::delay(1);
  any_library::yield();
  c.schedule_after(1);
  c.schedule_at(1);
  c.resume_after(1);
}

void sinks(any_library::pool &p, any_library::handle h) {
  h.detach();
  any_library::spawn(p, {});
  any_library::co_spawn(p, {});
  any_library::detach({});
  any_library::spawn_detached(p, {});
  any_library::start_detached(p, {});
  any_library::fire_and_forget(p, {});
  any_library::spawnDetached(p, {});
  any_library::startDetached(p, {});
  any_library::fireAndForget(p, {});
}
