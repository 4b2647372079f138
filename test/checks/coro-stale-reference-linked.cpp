// RUN: %check %s

// Containers that link objects of others: whoever destroys an object takes it out.

#include "Inputs/task.h"
#include <list>
#include <memory>
#include <vector>

namespace boost::intrusive { // as far as it is needed here
struct hook {
  ~hook();
  void unlink();
};
template <typename T> struct list {
  using value_type = T;
  struct iterator {
    T &operator*() const;
    T *operator->() const;
    iterator &operator++();
    bool operator!=(const iterator &) const;
  };
  iterator begin();
  iterator end();
  void push_back(T &one);
  iterator erase(iterator at);
  static iterator iterator_to(T &one);
};
} // namespace boost::intrusive
namespace bi = boost::intrusive;

task<> work();

//===- bad

/// It is taken out when its scope ends.
class of_locals {
  struct subscriber : bi::hook {
    task<> send(int);
  };

public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: the loop over 'subscribers_' goes on after a suspension: it uses an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'of_locals::subscribe' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : subscribers_)
      co_await each.send(value);
  }
  task<> subscribe() {
    subscriber mine;
    subscribers_.push_back(mine);
    co_await work();
  }

private:
  bi::list<subscriber> subscribers_;
};

class of_those_that_link_themselves {
  struct subscriber : bi::hook {
    explicit subscriber(of_those_that_link_themselves &to) { to.subscribers_.push_back(*this); }
    task<> send(int);
  };

public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: the loop over 'subscribers_' goes on after a suspension: it uses an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'of_those_that_link_themselves::subscribe' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : all())
      co_await each.send(value);
  }
  task<> subscribe() {
    subscriber mine(*this);
    co_await work();
  }

private:
  bi::list<subscriber> &all() { return subscribers_; }
  bi::list<subscriber> subscribers_;
};

/// Somebody else owns them.
class owned_elsewhere {
  struct subscriber {
    bi::hook link;
    task<> send(int);
  };

public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'owned_elsewhere::leave' may do this, which invalidates it
    // NOTE: look it up again after the suspension, or copy what it refers to
    for (auto it = subscribers_.begin(); it != subscribers_.end(); ++it)
      co_await it->send(value);
  }
  task<> leave(int which) {
    co_await work();
    owned_.erase(owned_.begin() + which);
  }

private:
  bi::list<subscriber> subscribers_;
  std::vector<std::unique_ptr<subscriber>> owned_;
};

class unlinked {
  struct subscriber {
    bi::hook link;
    task<> send(int);
  };

public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: the loop over 'subscribers_' goes on after a suspension: it uses an iterator into 'subscribers_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'unlinked::leave' may do this, which invalidates it
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : subscribers_)
      co_await each.send(value);
  }
  task<> leave(subscriber &one) {
    co_await work();
    one.link.unlink();
  }

private:
  bi::list<subscriber> subscribers_;
};

/// The same by hand: what is entered is taken out by a destructor.
class entered {
public:
  task<> publish(int value) {
    // EXPECT: coro-stale-reference: the loop over 'entries_' goes on after a suspension: it uses an iterator into 'entries_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'entered::entry::~entry' may do this, which invalidates it
    // NOTE: 'entered::subscribe' does so, and others can call it at any time
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &each : entries_) {
      co_await work();
      each = value;
    }
  }
  task<> subscribe() {
    entry mine{*this, entries_.insert(entries_.end(), 0)};
    co_await work();
  }

private:
  struct entry {
    entered &of;
    std::list<int>::iterator at;
    ~entry() { of.entries_.erase(at); }
  };
  std::list<int> entries_;
};

//===- good

class that_stay {
  struct subscriber {
    bi::hook link;
    task<> send(int);
  };

public:
  void add(subscriber &one) { subscribers_.push_back(one); }
  task<> publish(int value) {
    for (auto &each : subscribers_)
      co_await each.send(value);
  }

private:
  bi::list<subscriber> subscribers_;
};
