// RUN: %check %s

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <exception>
#include <vector>

//===- An annotation says that it has to be joined.

class CORO_JOINED_SCOPE group {
public:
  group();
  group(const group &) = delete;
  ~group();
  void spawn(CORO_CONSUMES_TASK task<> work);
  task<int> spawn_future(task<int> work);
  void cancel();
  int size() const;
  task<> join();
};

task<> work(int = 0);
task<int> number();
task<> when_all(task<> a, task<> b);
void sync_wait(task<> t);
task<> helper(group &g);
bool some();
void use(int);

task<> never_joined() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  g.spawn(work());
  co_await work();
}

task<> never_joined_on_a_path(bool more) {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  if (more)
    g.spawn(work());
  co_return;
}

// To ask it to stop is not to wait until it has.
task<> cancelled() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  for (int i = 0; i < 3; ++i)
    g.spawn(work(i));
  g.cancel();
  use(g.size());
  co_return;
}

task<> left_early() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: a path leaves before it
  // NOTE: work is put into it here
  // NOTE: it is destroyed here, and was not joined
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  // 'group' has to be joined: is annotated as joined-scope
  group g;
  g.spawn(work());
  if (some())
    co_return;
  co_await g.join();
}

task<> left_early_after_a_loop(std::vector<int> all) {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: a path leaves before it
  // NOTE: work is put into it here
  // NOTE: it is destroyed here, and was not joined
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  // 'group' has to be joined: is annotated as joined-scope
  group g;
  for (int each : all)
    g.spawn(work(each));
  if (!some()) {
    g.cancel();
    co_return;
  }
  co_await g.join();
}

// Its work puts more in.
task<> from_its_work() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  // EXPECT: coro-dangling-capture: the captures of 'more' are gone when its task goes on
  // NOTE: here the task is given to 'group::spawn', which runs it later
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto more = [&g]() -> task<> {
    g.spawn(work());
    co_return;
  };
  g.spawn(more());
}

void in_a_plain_function() {
  // EXPECT: coro-unjoined-scope: 'g' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'group' has to be joined: its destructor neither waits nor cancels
  group g;
  g.spawn(work());
}

task<> joined() {
  group g;
  g.spawn(work());
  co_await g.join();
}

task<> joined_beside_others() {
  group g;
  g.spawn(work());
  co_await when_all(work(), g.join());
  group h;
  h.spawn(work());
  auto all = h.join();
  co_await std::move(all);
}

void joined_by_a_loop() {
  group g;
  g.spawn(work());
  sync_wait(g.join());
}

// A helper that it is given may join it.
task<> joined_by_a_helper() {
  group g;
  g.spawn(work());
  co_await helper(g);
}

task<> joined_by_a_closure() {
  group g;
  auto end = [&]() -> task<> { co_await g.join(); };
  g.spawn(work());
  co_await end();
}

task<> joined_on_each_path() {
  group g;
  g.spawn(work());
  if (some()) {
    g.cancel();
    co_await g.join();
    co_return;
  }
  co_await g.join();
}

task<> joined_in_a_handler() {
  group g;
  g.spawn(work());
  try {
    co_await work();
  } catch (...) {
  }
  co_await g.join();
}

// Nothing is in it.
task<> never_given_work() {
  group g;
  use(g.size());
  co_return;
}
task<> left_before_work_is_put_in() {
  group g;
  if (some())
    co_return;
  g.spawn(work());
  co_await g.join();
}

// One condition may be the other's.
task<> by_conditions(bool parallel) {
  group g;
  if (parallel)
    g.spawn(work());
  else
    co_await work();
  if (parallel)
    co_await g.join();
}
task<> by_its_size() {
  group g;
  g.spawn(work());
  if (g.size() == 0)
    co_return;
  co_await g.join();
}

// What it gives stands for the work.
task<> awaited_itself() {
  group g;
  use(co_await g.spawn_future(number()));
}

// Somebody else's.
task<> of_others(group &g) {
  g.spawn(work());
  co_return;
}
struct server {
  task<> serve() {
    all.spawn(work());
    co_return;
  }
  group all;
};

//===- Its destructor ends the program: as it is written.

struct nursery {
  nursery() = default;
  nursery(const nursery &) = delete;
  ~nursery() {
    if (left != 0)
      std::terminate();
  }
  void start(task<> &&work) { left += work.done() ? 0 : 1; }
  task<> wait() { co_return; }
  int left = 0;
};

task<> unjoined_nursery() {
  // EXPECT: coro-unjoined-scope: 'n' is destroyed while work may run in it: nothing here waits for
  // NOTE: work is put into it here
  // NOTE: 'nursery' has to be joined: its destructor ends the program if something runs in it
  // program if something runs in it
  nursery n;
  n.start(work());
  co_return;
}
task<> joined_nursery() {
  nursery n;
  n.start(work());
  co_await n.wait();
}

//===- What waits or cancels by itself.

class CORO_SCOPE joins {
public:
  ~joins();
  void spawn(CORO_CONSUMES_TASK task<> work);
  task<> join();
};
struct waits {
  ~waits() {
    while (left != 0)
      use(left);
  }
  void start(task<> &&work);
  task<> wait();
  int left = 0;
};
// Its work owns what it needs.
struct owns {
  ~owns() = default;
  void start(task<> &&work);
  task<> wait();
};
task<> by_themselves() {
  joins a;
  a.spawn(work());
  waits b;
  b.start(work());
  owns c;
  c.start(work());
  co_return;
}
