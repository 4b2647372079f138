// RUN: %check %s

// What is awaited changes the container itself: nobody has to run beside.

#include "Inputs/task.h"
#include <algorithm>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

task<> work();
task<> both(task<> a, task<> b);
struct user {
  int age = 0;
  std::vector<int> marks;
};
void use(int);
void use(std::string_view);

//===- bad

class directory {
public:
  void first_writer_in_the_file() { ages_.clear(); }

  task<bool> ask(int who) {
    co_await work();
    ages_[who + 1] = who;
    co_return false;
  }
  task<> over_a_table() {
    // EXPECT: coro-stale-reference: the loop over 'ages_' goes on after a suspension: it uses an iterator into 'ages_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::ask' may do this, which invalidates it
    // NOTE: 'directory::ask' does so, and is awaited here
    // NOTE: iterate over a copy, or move the elements out first
    for (auto [who, age] : ages_)
      if (co_await ask(who))
        co_return;
  }

  void grow() { users_.push_back({}); }
  task<> later() {
    co_await work();
    grow();
  }
  task<> much_later() { co_await later(); }

  task<> by_what_it_calls() {
    user &one = users_.front();
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> kept_and_awaited() {
    auto going = much_later();
    user *one = &users_[0];
    co_await std::move(going);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->age = 1;
  }
  task<> together_with_another() {
    user &one = users_.front();
    co_await both(work(), much_later());
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> by_a_lambda() {
    auto it = users_.begin();
    co_await [this]() -> task<> {
      co_await work();
      users_.clear();
    }();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, the lambda may do this, which invalidates it
    // NOTE: the lambda does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->age = 1;
  }
  task<> by_another_name() {
    auto &all = users_;
    auto &one = all[0];
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> by_itself_from_elsewhere() {
    auto self = this;
    auto &one = self->users_[0];
    co_await self->much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }

  static task<> fill(std::vector<user> &all) {
    co_await work();
    all.push_back({});
  }
  task<> given_by_reference() {
    auto it = users_.begin();
    co_await fill(users_);
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::fill' may do this, which invalidates it
    // NOTE: 'directory::fill' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->age = 2;
  }
  task<> a_local_given_by_reference() {
    std::vector<user> own(2);
    auto &one = own[0];
    co_await fill(own);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'own', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::fill' may do this, which invalidates it
    // NOTE: 'directory::fill' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }

  task<> forget(int id) {
    co_await work();
    by_id_.erase(id);
  }
  task<> erased_by_key(int id) {
    auto &one = by_id_[id];
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> over_nodes() {
    // EXPECT: coro-stale-reference: the loop over 'by_id_' goes on after a suspension: it uses an iterator into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: iterate over a copy, or move the elements out first
    for (auto &[id, one] : by_id_)
      co_await forget(id);
  }
  task<> of_an_iterator(int id) {
    auto it = by_id_.find(id);
    if (it == by_id_.end())
      co_return;
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    auto &[key, one] = *it;
    use(one.age);
  }
  task<> a_binding(int id) {
    auto &[key, one] = *by_id_.find(id);
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    use(one.age);
  }
  task<> where_it_was_put(int id) {
    auto [it, is_new] = by_id_.try_emplace(id);
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->second.age = 2;
  }
  task<> the_first_of_a_pair(int id) {
    auto it = by_id_.emplace(id, user{}).first;
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->second.age = 2;
  }
  task<> an_inner_element(int id) {
    auto &mark = by_id_[id].marks[0];
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'mark' is used after a suspension: it is a reference into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    use(mark);
  }
  task<> what_a_view_keeps() {
    std::string_view name = name_;
    co_await rename();
    // EXPECT: coro-stale-reference: 'name' is used after a suspension: it is a view into 'name_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::rename' may do this, which invalidates it
    // NOTE: 'directory::rename' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    use(name);
  }
  task<> rename() {
    co_await work();
    name_ = "other";
  }

  struct cursor {
    std::vector<user>::iterator at;
    int count = 0;
  };
  task<> in_an_object() {
    cursor mine{users_.begin(), 0};
    co_await much_later();
    // EXPECT: coro-stale-reference: 'mine' is used after a suspension: it is an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    mine.at->age = 1;
  }
  task<> set_later() {
    std::vector<user>::iterator it;
    it = users_.begin();
    co_await much_later();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->age = 1;
  }
  task<> set_again_and_again() {
    auto it = users_.begin();
    co_await work();
    it = users_.begin();
    co_await much_later();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    it->age = 1;
  }
  task<> wrapped() {
    auto one = std::ref(users_.front());
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.get().age = 1;
  }

  std::vector<user> &users() { return users_; }
  user &nth(int i) { return users_.at(i); }
  user *look_up(int id) {
    auto it = by_id_.find(id);
    if (it == by_id_.end())
      return nullptr;
    return &it->second;
  }
  task<> through_an_accessor() {
    auto &one = users()[0];
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> over_an_accessor() {
    // EXPECT: coro-stale-reference: the loop over 'users_' goes on after a suspension: it uses an iterator into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: iterate over a copy, or move the elements out first
    for (user &one : users())
      co_await much_later();
  }
  task<> through_one_of_an_element() {
    auto &one = nth(0);
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> through_one_that_looks_it_up(int id) {
    user *one = look_up(id);
    co_await forget(id);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::forget' may do this, which invalidates it
    // NOTE: 'directory::forget' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->age = 1;
  }
  void remove_by_another_name(int id) { look_up_all().erase(id); }
  std::map<int, user> &look_up_all() { return by_id_; }
  task<> forget_by_another_name(int id) {
    co_await work();
    remove_by_another_name(id);
  }
  task<> changed_through_an_accessor(int id) {
    user *one = &by_id_.at(id);
    co_await forget_by_another_name(id);
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'by_id_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::remove_by_another_name' may do this, which invalidates it
    // NOTE: 'directory::forget_by_another_name' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one->age = 1;
  }

  task<> uses_what_it_is_given(user &one) {
    co_await much_later();
    // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
    // NOTE: 'directory::much_later' does so, and is awaited here
    // NOTE: look it up again after the suspension, or copy what it refers to
    one.age = 1;
  }
  task<> gives_an_element() { co_await uses_what_it_is_given(users_[0]); }

  task<> leaves_the_loop_and_uses_it() {
    for (user &one : users_)
      if (one.age == 0) {
        co_await much_later();
        // EXPECT: coro-stale-reference: 'one' is used after a suspension: it is a reference into 'users_', which changes while the coroutine is suspended
        // NOTE: it is taken here
        // NOTE: the coroutine is suspended here
        // NOTE: meanwhile, 'directory::grow' may do this, which invalidates it
        // NOTE: 'directory::much_later' does so, and is awaited here
        // NOTE: look it up again after the suspension, or copy what it refers to
        one.age = 1;
        break;
      }
  }

  //===- good

  task<> of_another_one(directory &other) {
    auto &one = users_[0];
    co_await other.much_later();
    one.age = 1;
  }
  task<> another_local() {
    std::vector<user> own(2), other(1);
    auto &one = own[0];
    co_await fill(other);
    one.age = 1;
  }
  task<> another_container() {
    auto &one = users_[0];
    co_await forget(1);
    one.age = 1;
  }
  task<> taken_after() {
    co_await much_later();
    auto &one = users_[0];
    one.age = 1;
  }
  task<> over_a_copy() {
    auto copy = users_;
    for (auto &one : copy) {
      co_await much_later();
      use(one.age);
    }
  }
  task<> looked_up_again(int id) {
    auto it = by_id_.find(id);
    co_await forget(id);
    it = by_id_.find(id);
    if (it != by_id_.end())
      use(it->second.age);
  }
  task<> a_copy_of_what_it_gives_away(int id) {
    int age = by_id_[id].age;
    co_await forget(id);
    use(age);
  }
  task<> in_nodes_that_get_more() {
    auto &one = more_[0];
    co_await adds();
    one.age = 1;
  }
  task<> adds() {
    co_await work();
    more_.try_emplace(3);
  }

private:
  std::unordered_map<int, int> ages_;
  std::vector<user> users_;
  std::map<int, user> by_id_;
  std::map<int, user> more_;
  std::string name_;
};
