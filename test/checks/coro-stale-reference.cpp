// RUN: %check %s

#include "Inputs/task.h"
#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <ranges>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

task<> work();
task<int> number();
task<> send(int id, const std::string &text);
void touch(const std::string &text);
struct session;
bool is_open(const session &s);
std::vector<session> copy_of(const std::vector<session> &all);

struct session {
  std::string name;
  int state = 0;
  task<> close();
};

struct block {
  int size = 0;
};

/// A lock that suspends who waits for it.
struct awaited_mutex {
  struct [[nodiscard]] scoped_lock {
    ~scoped_lock();
  };
  task<scoped_lock> lock();
};

/// Something that one holds, of another name.
struct permits {
  struct [[nodiscard]] unit {
    unit(unit &&other);
    ~unit();
  };
  task<unit> acquire();
};

//===- bad

class server {
public:
  void add(session s) {
    sessions_.push_back(s);
    names_[s.state] = s.name;
    queue_.push_back(s.name);
    growing_.push_back(s.name);
    cleared_[s.state] = s;
    by_id_.emplace(s.state, s);
  }
  void remove(int id) {
    std::erase_if(sessions_, [&](const session &s) { return s.state == id; });
    names_.erase(id);
    by_id_.erase(id);
    queue_.pop_front();
    erased_.erase(id);
  }
  /// Before there is a coroutine, as a rule.
  void set_up(session s) { handlers_.push_back(s); }
  void close() { cleared_.clear(); }

  task<> an_iterator() {
    auto it = sessions_.begin(); // #taken
    co_await work();             // #suspended
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'sessions_', which changes while the coroutine is suspended
    // NOTE@#taken: it is taken here
    // NOTE@#suspended: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this, which invalidates it
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE@#taken: look it up again after the suspension, or copy what it refers to
    it->state = 1;
  }

  task<> spans_several() {
    session &s = sessions_.front();
    co_await work(); // #one
    co_await work(); // #other
    // EXPECT: coro-stale-reference: 's' is used after a suspension
    // NOTE: it is taken here
    // NOTE@#one: the coroutine is suspended here
    // NOTE@#other: and here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so
    // NOTE: look it up again
    s.state = 4;
  }

  task<> a_loop_that_goes_on_after_one() {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE@#goes-on: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so
    // NOTE: iterate over a copy
    for (session &s : sessions_) {
      if (s.state == 1) {
        co_await work();
        break;
      }
      co_await s.close(); // #goes-on
    }
  }

  task<> a_reference(int i) {
    session &s = sessions_[i];
    // EXPECT: coro-stale-reference: 's' is used after a suspension: it is a reference into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    co_await send(s.state, s.name), touch(s.name);
  }

  task<> a_pointer() {
    session *last = &sessions_.back();
    co_await work();
    // EXPECT: coro-stale-reference: 'last' is used after a suspension: it is a reference into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    last->state = 2;
  }

  task<> a_part() {
    auto &name = sessions_.front().name;
    co_await work();
    // EXPECT: coro-stale-reference: 'name' is used after a suspension: it is a reference into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(name);
  }

  task<> of_an_iterator() {
    auto it = sessions_.begin();
    auto &name = it->name;
    co_await work();
    // EXPECT: coro-stale-reference: 'name' is used after a suspension: it is a reference into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(name);
  }

  task<> a_loop() {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension: it uses an iterator into 'sessions_', which changes while the coroutine is suspended
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy, or move the elements out first
    for (session &s : sessions_)
      co_await s.close();
  }

  task<> a_loop_of_iterators() {
    for (auto it = queue_.begin();
         // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'queue_'
         // NOTE: it is taken here
         // NOTE: the coroutine is suspended here
         // NOTE: meanwhile, 'server::add' may do this
         // NOTE: 'clients' does so: it is started here, and runs meanwhile
         // NOTE: look it up again
         it != queue_.end(); ++it)
      co_await send(1, *it);
  }

  task<> in_a_table(int id) {
    auto it = names_.find(id);
    if (it == names_.end())
      co_return;
    co_await work();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'names_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(it->second);
  }

  task<> a_found_one() {
    auto it = std::find_if(sessions_.begin(), sessions_.end(), is_open);
    co_await work();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    it->state = 1;
    auto at = std::ranges::find_if(sessions_, is_open);
    co_await work();
    // EXPECT: coro-stale-reference: 'at' is used after a suspension: it is an iterator into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    at->state = 1;
    auto next = std::next(std::begin(sessions_));
    auto same = next;
    co_await work();
    // EXPECT: coro-stale-reference: 'same' is used after a suspension: it is an iterator into 'sessions_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    same->state = 1;
  }

  /// Constant here, and not elsewhere.
  task<> in_a_const_method() const {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (const session &s : sessions_)
      co_await send(s.state, s.name);
  }

  task<> loops_over_views() {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (session &s : sessions_ | std::views::filter(is_open))
      co_await s.close();
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (session &s : std::views::reverse(sessions_))
      co_await s.close();
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (session &s : std::span(sessions_).subspan(1))
      co_await s.close();
    auto open = sessions_ | std::views::filter(is_open);
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so
    // NOTE: iterate over a copy
    for (session &s : open)
      co_await s.close();
  }

  task<> over_nodes() {
    // EXPECT: coro-stale-reference: the loop over 'by_id_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::remove' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (auto &[id, s] : by_id_)
      co_await s.close();
  }

  task<> that_is_erased_by_key(int id) {
    auto it = erased_.find(id);
    co_await work();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'erased_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::remove' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(it->second);
  }

  task<> in_nodes(int id) {
    auto it = by_id_.find(id);
    co_await work();
    // EXPECT: coro-stale-reference: 'it' is used after a suspension: it is an iterator into 'by_id_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::remove' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(it->second.name);
  }

  task<> the_first_of_a_queue() {
    std::string &first = queue_.front();
    co_await work();
    // EXPECT: coro-stale-reference: 'first' is used after a suspension: it is a reference into 'queue_'
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::remove' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    touch(first);
  }

  //===- good

  /// When this is here again, it is this that goes on.
  task<> that_it_changes_itself() {
    while (!own_queue_.empty()) {
      std::string &first = own_queue_.front();
      co_await send(1, first);
      touch(first);
      own_queue_.pop_front();
    }
  }

  task<> a_view() { // strict
    std::span<session> all(sessions_);
    co_await work();
    all[0].state = 1;
  }

  task<> over_what_was_made_of_it() {
    for (session s : copy_of(sessions_))
      co_await s.close();
    for (int i : std::views::iota(0, 3))
      co_await send(i, "");
  }

  task<> looked_up_again(int id) {
    auto it = names_.find(id);
    co_await work();
    it = names_.find(id);
    if (it != names_.end())
      touch(it->second);
  }

  task<> copied() {
    std::string name = sessions_.front().name;
    co_await work();
    touch(name);
  }

  task<> used_before() {
    session &s = sessions_.front();
    touch(s.name);
    co_await work();
  }

  task<> that_only_grows() { // strict
    for (session &s : handlers_)
      co_await s.close();
  }

  task<> cleared() { // strict
    for (auto &[id, s] : cleared_)
      co_await s.close();
  }

  task<> a_reference_in_a_deque() {
    std::string &first = growing_.front(); // growing moves nothing
    co_await work();
    touch(first);
  }

  task<> under_nothing() {
    block header; // no lock, for all its name
    session &s = sessions_[header.size];
    co_await work();
    // EXPECT: coro-stale-reference: 's' is used after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'server::add' may do this
    // NOTE: 'clients' does so: it is started here, and runs meanwhile
    // NOTE: look it up again
    s.state = 3;
  }

  task<> a_local_one(int n) {
    std::vector<session> own;
    own.emplace_back();
    for (session &s : own)
      co_await s.close();
    auto it = own.begin();
    co_await work();
    it->state = n;
  }

  task<> a_copy_of_it() {
    auto sessions = sessions_;
    for (session &s : sessions)
      co_await s.close();
  }

  task<> leaves_the_loop() {
    for (session &s : sessions_)
      if (s.state == 0) {
        co_await s.close();
        break;
      }
  }

  task<> leaves_the_loop_and_begins_anew() {
    while (!sessions_.empty())
      for (session &s : sessions_)
        if (s.state == 0) {
          co_await s.close();
          break;
        }
  }

  task<> that_never_grows() {
    for (session &s : fixed_)
      co_await s.close();
  }

  task<> what_it_points_to() {
    session &s = *owned_.front();
    co_await work();
    s.state = 1;
    owned_.clear();
  }

  task<> under_a_lock_of_threads() {
    std::lock_guard guard(threads_);
    for (session &s : sessions_)
      // EXPECT: coro-lock-across-suspension: 'guard' is still locked
      // NOTE: it is locked here
      // NOTE: {{.*}}
      co_await s.close();
  }

  task<> under_a_token() {
    auto token = co_await permits_.acquire();
    for (session &s : sessions_)
      co_await s.close();
  }

  task<> under_a_lock() {
    auto lock = co_await mutex_.lock();
    for (session &s : sessions_)
      co_await s.close();
  }

private:
  std::vector<session> sessions_;
  std::vector<session> fixed_;
  std::vector<std::unique_ptr<session>> owned_;
  std::unordered_map<int, std::string> names_;
  std::vector<session> handlers_;
  std::map<int, session> by_id_;
  std::unordered_map<int, std::string> erased_;
  std::deque<std::string> queue_;
  std::deque<std::string> own_queue_;
  std::deque<std::string> growing_;
  std::map<int, session> cleared_;
  awaited_mutex mutex_;
  permits permits_;
  std::mutex threads_;
};

/// Who changes it while its coroutines are suspended.
task<> clients(server &of) {
  of.add({});
  of.remove(1);
  co_return;
}
void serve(server &one) { spawn(clients(one)); }

/// What starts its work by itself, as a queue does, may do one after the other.
class queued {
public:
  task<> look() {
    for (session &s : sessions_)
      co_await s.close();
  }
  task<> change() {
    co_await work();
    sessions_.push_back({});
    sessions_.pop_back();
  }
  template <typename Work> void submit(Work work);
  void begin() {
    submit([this] { return look(); });
    submit([this] { return change(); });
  }

private:
  std::vector<session> sessions_;
};

/// It waits for the one, and then does the other.
class in_turn {
public:
  task<> look() {
    for (session &s : sessions_)
      co_await s.close();
  }
  task<> run() {
    co_await look();
    sessions_.push_back({});
    sessions_.pop_back();
  }
  void begin() { spawn(run()); }

private:
  std::vector<session> sessions_;
};

/// Of several that do so, another one does it meanwhile.
class at_once {
public:
  task<> look() {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'at_once::run' may do this
    // NOTE: 'at_once::run' does so: it is started here, and runs meanwhile
    // NOTE: iterate over a copy
    for (session &s : sessions_)
      co_await s.close();
  }
  task<> run() {
    co_await look();
    sessions_.push_back({});
    sessions_.pop_back();
  }
  void begin() {
    for (int i = 0; i != 3; ++i)
      spawn(run());
  }

private:
  std::vector<session> sessions_;
};

struct shared_state {
  std::vector<session> sessions;
};
void arrive(std::shared_ptr<shared_state> state, session s) { state->sessions.push_back(s); }
void leave(std::shared_ptr<shared_state> state) { state->sessions.pop_back(); }

task<> through_a_smart_pointer(std::shared_ptr<shared_state> state) {
  // EXPECT: coro-stale-reference: the loop over 'sessions' goes on after a suspension
  // NOTE: it is taken here
  // NOTE: the coroutine is suspended here
  // NOTE: meanwhile, 'arrive' may do this
  // NOTE: 'visitors' does so
  // NOTE: iterate over a copy
  for (session &s : state->sessions)
    co_await s.close();
}

task<> visitors(std::shared_ptr<shared_state> state) {
  arrive(state, {});
  co_await work();
  leave(state);
}
void receive(std::shared_ptr<shared_state> state) { spawn(visitors(state)); }

task<> that_nobody_else_has() {
  auto state = std::make_shared<shared_state>();
  for (session &s : state->sessions)
    co_await s.close();
}

task<> that_one_has(std::unique_ptr<shared_state> state) {
  for (session &s : state->sessions)
    co_await s.close();
}

/// Only a coroutine that waits until the loop has ended has the object.
class steps {
public:
  void add(session s) { sessions_.push_back(s); }
  void remove() { sessions_.pop_back(); }
  task<> run() {
    for (session &s : sessions_)
      s.state = co_await number();
  }

private:
  std::vector<session> sessions_;
};
task<> in_steps() {
  steps mine;
  mine.add({});
  co_await mine.run();
  mine.add({});
}

/// One that does something else with it meanwhile.
class rounds {
public:
  void add(session s) { sessions_.push_back(s); }
  void remove() { sessions_.pop_back(); }
  task<> run() {
    // EXPECT: coro-stale-reference: the loop over 'sessions_' goes on after a suspension
    // NOTE: it is taken here
    // NOTE: the coroutine is suspended here
    // NOTE: meanwhile, 'rounds::add' may do this
    // NOTE: 'arrives' does so
    // NOTE: iterate over a copy
    for (session &s : sessions_)
      s.state = co_await number();
  }

private:
  std::vector<session> sessions_;
};
task<> beside(task<> a, task<> b);
task<> arrives(rounds &at) {
  at.add({});
  co_return;
}
task<> in_rounds() {
  rounds mine;
  mine.add({});
  co_await beside(mine.run(), arrives(mine));
}
