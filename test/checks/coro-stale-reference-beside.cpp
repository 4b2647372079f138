// RUN: %check %s

// Who runs while a coroutine is suspended, and takes elements out: whoever is started, called back,
// or can be called; and another run of the coroutine itself.

#include "Inputs/task.h"
#include <algorithm>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

task<> work();
struct device {
  int state = 0;
  task<> send(int);
  task<> close();
};
struct signals {
  void connect(const char *name, std::function<void(std::string)> handler);
};
/// It runs at once, and on while others do.
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
struct on_removal {
  virtual void removed(std::string path) = 0;
};

//===- bad

/// A handler of its own erases by a key.
class by_a_lambda {
public:
  by_a_lambda(signals &bus) {
    bus.connect("removed", [this](std::string path) { devices_.erase(path); });
  }
  task<> poll(std::string path) {
    auto &one = devices_[path];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'devices_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, the lambda may do this, which invalidates it
    // NOTE: the lambda does so: it is registered here as a callback
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->state = 1;
  }

private:
  std::map<std::string, std::unique_ptr<device>> devices_;
};

class by_a_method {
public:
  by_a_method(signals &bus) {
    bus.connect("removed", std::bind(&by_a_method::removed, this, std::placeholders::_1));
  }
  void removed(std::string path) { devices_.erase(path); }
  task<> poll(std::string path) {
    device *one = &devices_.at(path);
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'devices_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'by_a_method::removed' may do this, which invalidates it
    // NOTE: 'by_a_method::removed' does so: it is registered here as a callback
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->state = 1;
  }

private:
  std::map<std::string, device> devices_;
};

class by_an_override : on_removal {
public:
  void removed(std::string path) override { devices_.erase(path); }
  task<> poll(std::string path) {
    auto at = devices_.find(path);
    co_await work();
    // EXPECT: coro-stale-reference: 'at' is used after a suspension: it is an iterator into 'devices_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'by_an_override::removed' may do this, which invalidates it
    // NOTE: look it up again after the suspension, or copy what it refers to
    at->second.state = 1;
  }

private:
  std::map<std::string, device> devices_;
};

/// A coroutine that nobody waits for: kept in a member, in a local, made with the object.
class kept_in_a_member {
public:
  void start() { going_ = watch(); }
  task<> poll(std::string path) {
    auto &one = devices_[path];
    co_await work();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'devices_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'kept_in_a_member::watch' may do this, which invalidates it
    // NOTE: 'kept_in_a_member::watch' does so: it is started here, and runs meanwhile
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.state = 1;
  }

private:
  fiber watch() {
    for (;;) {
      co_await work();
      devices_.erase("gone");
    }
  }
  std::map<std::string, device> devices_;
  fiber going_;
};

class made_with_the_object {
public:
  made_with_the_object() : going_(run()) {}
  task<int> sum() {
    int all = 0;
    // EXPECT: coro-stale-reference: the loop over 'jobs_' goes on after a suspension: it uses an iterator into 'jobs_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'made_with_the_object::run' may do this, which invalidates it
    // NOTE: 'made_with_the_object::run' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy, or move the elements out first
    for (int each : jobs_) {
      co_await work();
      all += each;
    }
    co_return all;
  }

private:
  fiber run() {
    for (;;) {
      co_await work();
      jobs_.push_back(1);
      jobs_.erase(jobs_.begin());
    }
  }
  std::vector<int> jobs_;
  fiber going_;
};

class kept_in_a_local {
public:
  task<int> sum() {
    auto going = run();
    int all = 0;
    // EXPECT: coro-stale-reference: the loop over 'jobs_' goes on after a suspension: it uses an iterator into 'jobs_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'kept_in_a_local::run' may do this, which invalidates it
    // NOTE: 'kept_in_a_local::run' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy, or move the elements out first
    for (int each : jobs_) {
      co_await work();
      all += each;
    }
    co_await going;
    co_return all;
  }

private:
  fiber run() {
    co_await work();
    jobs_.push_back(1);
    jobs_.erase(jobs_.begin());
  }
  std::vector<int> jobs_;
};

/// Another coroutine takes out the one that leaves.
class topic {
public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: the loop over 'subscribers_' goes on after a suspension: it uses an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'topic::forget' may do this, which invalidates it
    // NOTE: 'topic::leave' does so, and others can call it at any time
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : subscribers_)
      co_await each.send(value);
  }
  task<> publish_by_iterator(int value) {
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'topic::forget' may do this, which invalidates it
    // NOTE: 'topic::leave' does so, and others can call it at any time
    // NOTE: look it up again after the suspension, or copy what it refers to
    for (auto it = subscribers_.begin(); it != subscribers_.end(); ++it)
      co_await it->send(value);
  }
  task<> leave(std::list<device>::iterator at) {
    co_await at->close();
    forget(at);
  }

private:
  void forget(std::list<device>::iterator at) { subscribers_.erase(at); }
  std::list<device> subscribers_;
};

class by_a_function_of_its_own {
public:
  void remove(int id) {
    std::erase_if(all_, [id](device &one) { return one.state == id; });
  }
  task<> close_all() {
    // EXPECT: coro-stale-reference: the loop over 'all_' goes on after a suspension: it uses an iterator into 'all_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'by_a_function_of_its_own::remove' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : all_)
      co_await each.close();
  }

private:
  std::vector<device> all_;
};

/// Two runs have the same element, and take out two.
class chores {
public:
  fiber run_one() {
    if (!list_.empty()) {
      auto &first = list_.front();
      co_await work();
      // EXPECT: coro-stale-reference: 'first' is used after a suspension: it is a reference into 'list_', which can change while the coroutine is suspended
      // NOTE: it is taken here
      // NOTE: the coroutine is suspended here
      // NOTE: meanwhile, another run of 'chores::run_one' may do this, which invalidates it
      // NOTE: look it up again after the suspension, or copy what it refers to
      first.state = 1;
      list_.pop_front();
    }
  }

private:
  std::list<device> list_;
};

//===- good

/// An algorithm calls what it is given on the spot, which is before the suspension.
class swept_first {
public:
  task<> poll(std::string path) {
    std::ranges::for_each(gone_, [this](const std::string &each) { devices_.erase(each); });
    auto &one = devices_[path];
    co_await work();
    one.state = 1;
  }
  task<> poll_all(std::string path) {
    std::for_each(gone_.begin(), gone_.end(), [this](auto &each) { devices_.erase(each); });
    auto &one = devices_[path];
    co_await work();
    one.state = 1;
  }

private:
  std::vector<std::string> gone_;
  std::map<std::string, device> devices_;
};

class chores_in_turn {
public:
  fiber run_all() {
    while (!list_.empty()) {
      auto &first = list_.front();
      co_await work();
      first.state = 1;
      list_.pop_front();
    }
  }
  void add() { list_.emplace_back(); }

private:
  std::list<device> list_;
};
class chores_with_a_flag {
public:
  fiber run_one() {
    if (busy_)
      co_return;
    busy_ = true;
    auto &first = list_.front();
    co_await work();
    first.state = 1;
    list_.pop_front();
    busy_ = false;
  }
  void add() { list_.emplace_back(); }

private:
  std::list<device> list_;
  bool busy_ = false;
};

/// All of it comes from one that waits.
class one_after_the_other {
public:
  task<> run() {
    for (;;) {
      co_await look();
      co_await clean_up();
    }
  }

private:
  task<> look() {
    for (auto &each : all_)
      co_await each.send(1);
  }
  task<> clean_up() {
    co_await work();
    all_.erase(all_.begin());
  }
  std::vector<device> all_;
};
void start(one_after_the_other &one) { spawn(one.run()); }

/// At the end, when nobody looks any more.
class ends {
public:
  task<> send(int value) {
    for (auto &each : all_)
      co_await each.send(value);
  }
  void add() { all_.emplace_back(); }
  task<> stop() {
    while (!all_.empty()) {
      co_await all_.front().close();
      all_.pop_front();
    }
  }
  ~ends() { all_.erase(all_.begin()); }

private:
  std::list<device> all_;
};

class filled_at_the_start {
public:
  filled_at_the_start() { all_.resize(3); }
  void add(device one) { all_.push_back(one); }
  task<> send(int value) {
    for (auto &each : all_)
      co_await each.send(value);
  }

private:
  std::vector<device> all_;
};
