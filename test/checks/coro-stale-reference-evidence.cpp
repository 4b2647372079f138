// RUN: %check %s

// What speaks for a change meanwhile, and what does not: derived from what real code has.

#include "Inputs/task.h"
#include <array>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

task<> work();
struct channel {
  int state = 0;
  task<> send(int);
  task<> close();
};
struct fiber {
  struct promise_type {
    fiber get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
  fiber();
  fiber(fiber &&);
  fiber &operator=(fiber &&);
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
template <class C, class F> task<> for_each(C &all, F each);
template <class F> task<int> subscribe(F handler);
struct bus {
  void on_removed(void (*handler)(void *, int), void *context);
};

//===- bad

/// The element that is awaited comes back to its owner, and leaves.
struct room;
class guest {
public:
  explicit guest(room &in) : in_(in) {}
  task<> leave();

private:
  room &in_;
};
struct room {
  std::list<std::shared_ptr<guest>> guests;
  void remove(guest *one) {
    guests.remove_if([&](auto &each) { return each.get() == one; });
  }
  task<> close() {
    // EXPECT: coro-stale-reference: the loop over 'guests' goes on after a suspension: it uses an iterator into 'guests', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'room::remove' may do this, which invalidates it
    // NOTE: 'guest::leave' does so, and is awaited here
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : guests)
      co_await each->leave();
  }
};
task<> guest::leave() {
  co_await work();
  in_.remove(this);
}

/// Likewise by a pointer that is locked first.
struct hall;
class visitor {
public:
  explicit visitor(std::weak_ptr<hall> in) : in_(in) {}
  task<> leave();

private:
  std::weak_ptr<hall> in_;
};
struct hall {
  std::map<int, visitor> visitors;
  task<> close(int id) {
    auto at = visitors.find(id);
    co_await at->second.leave();
    // EXPECT: coro-stale-reference: 'at' is used after a suspension: it is an iterator into 'visitors', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'visitor::leave' may do this, which invalidates it
    // NOTE: 'visitor::leave' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    visitors.erase(at);
  }
};
task<> visitor::leave() {
  co_await work();
  if (auto in = in_.lock())
    in->visitors.erase(0);
}

/// A handler in the manner of C gets its object back by a cast.
class by_a_cast {
public:
  explicit by_a_cast(bus &from) { from.on_removed(&by_a_cast::removed, this); }
  static void removed(void *context, int id) {
    static_cast<by_a_cast *>(context)->all_.erase(id);
  }
  task<> use(int id) {
    auto &one = all_[id];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'by_a_cast::removed' may do this, which invalidates it
    // NOTE: 'by_a_cast::removed' does so: it is registered here as a callback
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }

private:
  std::map<int, channel> all_;
};

/// A container that is an element ends with it.
class in_groups {
public:
  task<> send(std::string to, int value) {
    // EXPECT: coro-stale-reference: the loop over 'groups_' goes on after a suspension: it uses a reference into 'groups_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'in_groups::remove' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : groups_[to])
      co_await each.send(value);
  }
  void remove(std::string name) { groups_.erase(name); }

private:
  std::map<std::string, std::list<channel>> groups_;
};

/// What an element owns ends with it, though it stays where it is.
class owned {
public:
  task<> by_pointer(int id) {
    channel *one = all_.at(id).get();
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'owned::remove' may do this, which invalidates it
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->state = 1;
  }
  task<> by_reference(int id) {
    channel &one = *all_[id];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'owned::remove' may do this, which invalidates it
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }
  void remove(int id) { all_.erase(id); }

private:
  std::map<int, std::unique_ptr<channel>> all_;
};

/// A static local that a function gives back.
std::map<int, channel> &registry() {
  static std::map<int, channel> only;
  return only;
}
task<> send_all() {
  // EXPECT: coro-stale-reference: the loop over 'only' goes on after a suspension: it uses an iterator into 'only', which changes while the coroutine is suspended
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'clean_up' may do this, which invalidates it
  // NOTE: 'clean_up' does so: it is started here, and runs meanwhile
  // NOTE: iterate over a copy, or move the elements out first
  for (auto &[id, each] : registry())
    co_await each.send(id);
}
task<> clean_up() {
  co_await work();
  registry().erase(1);
}
void start() {
  spawn(send_all());
  spawn(clean_up());
}

/// Eager ones that are kept: made with braces, in a container of this coroutine.
class made_with_braces {
public:
  made_with_braces() : going_{run()} {}
  task<> use(int id) {
    auto &one = all_[id];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'made_with_braces::run' may do this, which invalidates it
    // NOTE: 'made_with_braces::run' does so: it is started here, and runs meanwhile
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }

private:
  fiber run() {
    co_await work();
    all_.erase(1);
  }
  std::map<int, channel> all_;
  fiber going_;
};
class kept_in_a_container {
public:
  task<> use(int id) {
    auto &one = all_[id];
    std::vector<fiber> going;
    going.emplace_back(run());
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'kept_in_a_container::run' may do this, which invalidates it
    // NOTE: 'kept_in_a_container::run' does so: it is started here, and runs meanwhile
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }

private:
  fiber run() {
    co_await work();
    all_.erase(1);
  }
  std::map<int, channel> all_;
};

/// A registration that is awaited: the handler is called afterwards, too.
class registered {
public:
  task<> start() {
    token_ = co_await subscribe([this](int id) { all_.erase(id); });
  }
  task<> use(int id) {
    auto &one = all_[id];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, the lambda may do this, which invalidates it
    // NOTE: the lambda does so: it is registered here as a callback
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }

private:
  std::map<int, channel> all_;
  int token_ = 0;
};

//===- good

/// What moves does not end what an element owns.
class owned_grows {
public:
  explicit owned_grows(bus &) {}
  task<> use() {
    channel &one = *all_[0];
    co_await work();
    one.state = 1;
  }
  task<> add() {
    co_await work();
    all_.push_back(std::make_unique<channel>());
  }
  void start() {
    spawn(add());
    spawn(use());
  }

private:
  std::vector<std::unique_ptr<channel>> all_;
};

/// Whoever applies what was agreed on calls one coroutine after the other.
class state_machine {
public:
  task<> apply(int id) {
    co_await work();
    all_.erase(id);
  }
  task<> snapshot() {
    for (auto &[id, each] : all_) {
      each.state = id;
      co_await work();
    }
  }

private:
  std::map<int, channel> all_;
};

/// One interface: whoever has it writes, and closes at the end.
struct writer {
  virtual task<> write(int id, int value) = 0;
  virtual task<> close(int id) = 0;
  virtual void forget(int id) = 0;
};
class connection : public writer {
public:
  task<> write(int id, int value) override {
    auto &one = all_[id];
    co_await one.send(value);
    one.state = value;
  }
  task<> close(int id) override {
    co_await all_[id].close();
    all_.erase(id);
  }
  void forget(int id) override { all_.erase(id); }

private:
  std::map<int, channel> all_;
};

/// What is awaited waits for the lambda, so it is no other way: all of it has the lock.
struct mutex {
  struct units {
    units(units &&);
    ~units();
  };
  task<units> get_units();
};
class under_a_lock {
public:
  task<> clean() {
    auto held = co_await mutex_.get_units();
    co_await for_each(ids_, [this](int id) { all_.erase(id); });
  }
  task<> update() {
    auto held = co_await mutex_.get_units();
    co_await for_each(ids_, [this](int id) { return change(id); });
  }
  task<> step() {
    auto held = co_await mutex_.get_units();
    co_await change(1);
  }
  void start(bus &) {
    spawn(clean());
    spawn(update());
    spawn(step());
  }

private:
  task<> change(int id) { co_await set(all_[id]); }
  task<> set(channel &one) {
    co_await work();
    one.state = 1;
  }
  std::vector<int> ids_;
  std::map<int, channel> all_;
  mutex mutex_;
};
