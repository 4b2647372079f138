// RUN: %check %s --profile=strict

#include "Inputs/task.h"
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

task<> work();
void touch(std::string_view text);
std::string_view trimmed(std::string_view text [[clang::lifetimebound]]);

class connection {
public:
  void rename(std::string to) { name_ = to; }
  void add(int row) { rows_.push_back(row), names_.emplace_back("x"); }

  task<> a_view() {
    std::string_view name = name_; // #view
    co_await work();               // #suspended
    // EXPECT: coro-stale-reference: 'name' is used after a suspension: it is a view into 'name_', which changes while the coroutine is suspended
    // NOTE@#view: it is taken here
    // NOTE@#suspended: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::rename' may do this, which invalidates it
    // NOTE@#view: look it up again after the suspension, or copy what it refers to
    touch(name);
  }

  task<> a_part_of_a_view() {
    auto head = std::string_view(name_).substr(0, 2);
    co_await work();
    // EXPECT: coro-stale-reference: 'head' is used after a suspension: it is a view into 'name_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::rename' may do this
    // NOTE: look it up again
    touch(head);
  }

  task<> of_a_view() {
    std::string_view name = name_;
    std::string_view rest = trimmed(name);
    co_await work();
    // EXPECT: coro-stale-reference: 'rest' is used after a suspension: it is a view into 'name_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::rename' may do this
    // NOTE: look it up again
    touch(rest);
  }

  task<> of_an_element() {
    std::string_view first = names_[0];
    co_await work();
    // EXPECT: coro-stale-reference: 'first' is used after a suspension: it is a view into 'names_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::add' may do this
    // NOTE: look it up again
    touch(first);
  }

  task<int> a_span() {
    std::span<const int> all{rows_};
    std::span<int> some(rows_.data(), 2);
    co_await work();
    // EXPECT: coro-stale-reference: 'all' is used after a suspension: it is a view into 'rows_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::add' may do this
    // NOTE: look it up again
    const int first = all[0];
    // EXPECT: coro-stale-reference: 'some' is used after a suspension: it is a view into 'rows_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'connection::add' may do this
    // NOTE: look it up again
    co_return first + some[0];
  }

  task<> in_nodes(int id) {
    auto it = by_id_.find(id);
    co_await work();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'by_id_', which can change while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: look it up again
    touch(it->second);
  }

  task<> that_it_changes_itself() {
    auto &first = queue_.front();
    co_await work();
    // EXPECT: coro-stale-reference: 'first' is used after a suspension: it is a reference into 'queue_', which can change while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, another run of 'connection::that_it_changes_itself' may do this, which invalidates it
    // NOTE: look it up again
    touch(first);
    queue_.pop_front();
  }

  //===- good

  task<> taken_after() {
    co_await work();
    std::string_view name = name_;
    touch(name);
  }

  task<> of_a_copy() {
    std::string copy = name_;
    std::string_view name = copy;
    co_await work();
    touch(name);
  }

  task<> of_a_literal() {
    std::string_view name = "name";
    co_await work();
    touch(name);
  }

  task<> set_again() {
    std::string_view name = name_;
    touch(name);
    co_await work();
    name = "other";
    touch(name);
  }

  task<> given(std::string_view name) { // what its caller does is not this rule's
    co_await work();
    touch(name);
  }

private:
  std::string name_;
  std::vector<int> rows_;
  std::vector<std::string> names_;
  std::map<int, std::string> by_id_;
  std::deque<std::string> queue_;
};
