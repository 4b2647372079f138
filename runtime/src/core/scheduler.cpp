//===- scheduler.cpp - Who runs next, who waits, and who is told to stop --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/detail/scheduler.hpp>

#include <aio/cancel.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace aio::detail {

namespace {

thread_local scheduler *driving = nullptr;

// What waits for the outside world is looked at every so many steps, as in Go and tokio: often
// enough for a busy loop to answer, seldom enough not to pay a system call for each step.
constexpr int steps_between_polls = 61;

} // namespace

//===- operation ----------------------------------------------------------===//

bool operation::begin(std::coroutine_handle<> resumed, promise_base &caller) {
  begin_regardless(resumed, caller);
  if (!caller.in->cancel_requested()) [[likely]]
    return true;
  told_again(caller);
  complete_cancelled();
  return false;
}

void operation::begin_regardless(std::coroutine_handle<> resumed, promise_base &caller) {
  scope &in = *caller.in;
  if (in.on_worker()) [[unlikely]]
    throw std::logic_error(std::string(what_) + " was awaited on a worker by " + name_of(caller) +
                           ": co_await aio::resume_on_loop() before");
  handle = resumed;
  who = &caller;
  insert_before(in.operations_);
  if (external_)
    in.loop().hold_external();
}

void operation::withdraw() noexcept {
  if (!linked())
    return;
  unlink();
  if (external_)
    loop().release_external();
}

void operation::complete() noexcept {
  withdraw();
  loop().post(*this);
}

void operation::throw_cancelled() {
  throw cancelled();
}

//===- scope --------------------------------------------------------------===//

scope::scope(scheduler &loop, scope *parent, bool shielded) noexcept
    : loop_(&loop), parent_(parent), shielded_(shielded) {
  if (!parent)
    return;
  insert_before(parent->children_);
  on_worker_ = parent->on_worker_;
  if (!shielded && parent->cancel_requested())
    requested_.store(true, std::memory_order_relaxed);
}

void scope::ask_operations() noexcept {
  if (requested_.exchange(true, std::memory_order_relaxed))
    return;
  // An operation that ends leaves the list, one that takes its time stays in it: each is asked
  // once.
  link waiting;
  while (operations_.linked()) {
    link *const first = operations_.next();
    first->unlink();
    first->insert_before(waiting);
  }
  while (waiting.linked()) {
    auto &asked = static_cast<operation &>(*waiting.next());
    asked.link::unlink();
    asked.insert_before(operations_);
    asked.on_cancel();
  }
}

void scope::orphan_children() noexcept {
  for (link *child = children_.next(); child != &children_; child = child->next())
    static_cast<scope &>(*child).loop_ = nullptr;
}

void scope::request_cancel(bool break_shields) noexcept {
  // Without recursion: how deep scopes are nested is up to the program.
  ask_operations();
  scope *above = this;
  link *next = children_.next();
  for (;;) {
    if (next == &above->children_) { // all of them were asked
      if (above == this)
        return;
      next = above->next();
      above = above->parent_;
      continue;
    }
    auto &below = static_cast<scope &>(*next);
    if (below.shielded_ && !break_shields) {
      next = below.next();
      continue;
    }
    below.ask_operations();
    above = &below;
    next = below.children_.next();
  }
}

//===- root ---------------------------------------------------------------===//

std::coroutine_handle<> root::start_now(std::coroutine_handle<> coroutine,
                                        promise_base &promise) noexcept {
  promise.in = this;
  promise.started_on_worker = false;
  handle = coroutine;
  who = &promise;
  return coroutine;
}

void root::start(std::coroutine_handle<> coroutine, promise_base &promise) noexcept {
  start_now(coroutine, promise);
  loop().post(*this);
}

//===- scheduler: steps ---------------------------------------------------===//

struct scheduler::generator {
  std::mt19937_64 draw;
};

scheduler::scheduler() noexcept : top_(*this, nullptr) {}
scheduler::~scheduler() {
  receive_remotes(); // what arrives after the end of all coroutines still has to be freed
  top_.orphan_children();
}

scheduler *scheduler::current() noexcept {
  return driving;
}

void scheduler::post(resumable &next) noexcept {
  next.next_ready_ = nullptr;
  *ready_end_ = &next;
  ready_end_ = &next.next_ready_;
}

void scheduler::use_random_order(std::uint64_t seed) {
  random_ = std::make_unique<generator>(std::mt19937_64(seed));
}

resumable &scheduler::take_ready() noexcept {
  if (random_) {
    for (; ready_; ready_ = ready_->next_ready_)
      shuffled_.push_back(ready_);
    ready_end_ = &ready_;
    const auto drawn =
        std::uniform_int_distribution<std::size_t>(0, shuffled_.size() - 1)(random_->draw);
    std::swap(shuffled_[drawn], shuffled_.back());
    resumable &next = *shuffled_.back();
    shuffled_.pop_back();
    return next;
  }
  resumable &next = *ready_;
  ready_ = next.next_ready_;
  if (!ready_)
    ready_end_ = &ready_;
  return next;
}

void scheduler::step(resumable &next) noexcept {
  running = next.who;
  const auto handle = next.handle; // `next` lives in what is resumed
  if (observer_) [[unlikely]] {
    observer_->step_begins(running);
    handle.resume();
    observer_->step_ends();
  } else {
    handle.resume();
  }
  running = nullptr;
}

bool scheduler::drive(const bool &done) {
  scheduler *const outer = std::exchange(driving, this);
  struct restore {
    scheduler *outer;
    ~restore() { driving = outer; }
  } restored{outer};
  while (!done) {
    for (int left = steps_between_polls; left != 0 && ready(); --left) {
      step(take_ready());
      if (done)
        return true;
    }
    if (!wait_for_something())
      return false;
  }
  return true;
}

bool scheduler::wait_for_something() {
  const bool arrived = receive_remotes();
  const auto past = clock::time_point::min();
  if (ready()) {
    wait(past);
    receive_remotes();
    if (!timers_.empty() && !virtual_now_)
      fire_timers(now());
    return true;
  }
  if (arrived) // and may have been the end of what is driven
    return true;
  if (hopeless())
    return false;
  if (!virtual_now_) {
    wait(timers_.empty() ? std::nullopt : std::optional(timers_.front().when));
    receive_remotes();
    if (!timers_.empty())
      fire_timers(now());
    return true;
  }
  // Time that is not real: it waits for whatever comes to an end by itself, and jumps over the
  // rest.
  wait(past);
  if (receive_remotes() || ready())
    return true;
  if (busy()) {
    wait(std::nullopt);
    receive_remotes();
    return true;
  }
  if (timers_.empty()) {
    if (hopeless()) // it has just ended
      return false;
    wait(std::nullopt);
    receive_remotes();
    return true;
  }
  if (settle()) {
    receive_remotes();
    return true;
  }
  virtual_now_ = std::max(*virtual_now_, timers_.front().when);
  fire_timers(*virtual_now_);
  return true;
}

void scheduler::fail(std::exception_ptr error) noexcept {
  if (!failure_)
    failure_ = std::move(error);
  top_.request_cancel();
}

void scheduler::post_to_worker(resumable &) {
  throw std::logic_error("this scheduler has no workers");
}

//===- scheduler: other threads -------------------------------------------===//

void scheduler::post_remote(remote &r) noexcept {
  std::lock_guard held(remotes_lock_);
  r.next_remote_ = nullptr;
  *remotes_end_ = &r;
  remotes_end_ = &r.next_remote_;
  if (!has_remotes_.exchange(true, std::memory_order_relaxed))
    wake();
}

bool scheduler::receive_remotes() noexcept {
  if (!has_remotes_.load(std::memory_order_relaxed))
    return false;
  remote *first;
  {
    std::lock_guard held(remotes_lock_);
    first = std::exchange(remotes_, nullptr);
    remotes_end_ = &remotes_;
    has_remotes_.store(false, std::memory_order_relaxed);
  }
  while (first)
    std::exchange(first, first->next_remote_)->arrived();
  return true;
}

//===- scheduler: timers --------------------------------------------------===//
// A heap of four children per node: fewer levels than two, and the children share a cache line or
// two.

void scheduler::add(timer &t, clock::time_point when) {
  timers_.emplace_back();
  sift_up(timers_.size() - 1, {when, timers_added_++, &t});
}

void scheduler::remove(timer &t) noexcept {
  if (!t.active())
    return;
  const std::size_t hole = t.index_;
  t.index_ = timer::idle;
  const timed last = timers_.back();
  timers_.pop_back();
  if (hole == timers_.size())
    return;
  if (hole != 0 && last < timers_[(hole - 1) / 4])
    sift_up(hole, last);
  else
    sift_down(hole, last);
}

void scheduler::fire_timers(clock::time_point now) noexcept {
  while (!timers_.empty() && timers_.front().when <= now) {
    timer &due = *timers_.front().what;
    remove(due);
    due.fired();
  }
}

void scheduler::place(std::size_t index, const timed &t) noexcept {
  timers_[index] = t;
  t.what->index_ = index;
}

void scheduler::sift_up(std::size_t index, timed moving) noexcept {
  while (index != 0) {
    const std::size_t parent = (index - 1) / 4;
    if (!(moving < timers_[parent]))
      break;
    place(index, timers_[parent]);
    index = parent;
  }
  place(index, moving);
}

void scheduler::sift_down(std::size_t index, timed moving) noexcept {
  for (;;) {
    const std::size_t first = index * 4 + 1;
    if (first >= timers_.size())
      break;
    const std::size_t end = std::min(first + 4, timers_.size());
    std::size_t least = first;
    for (std::size_t child = first + 1; child < end; ++child)
      if (timers_[child] < timers_[least])
        least = child;
    if (!(timers_[least] < moving))
      break;
    place(index, timers_[least]);
    index = least;
  }
  place(index, moving);
}

//===- Who asks -----------------------------------------------------------===//

scheduler &require_scheduler(const char *asked) {
  if (running)
    return running->in->loop();
  if (driving)
    return *driving;
  throw std::logic_error(std::string(asked) + " is called in a coroutine that runs under aio::run");
}

promise_base &require_running(const char *asked) {
  require_scheduler(asked);
  if (!running)
    throw std::logic_error(std::string(asked) + " is called in a coroutine");
  if (running->in->on_worker())
    throw std::logic_error(std::string(asked) + " was called on a worker by " + name_of(*running) +
                           ": co_await aio::resume_on_loop() before");
  return *running;
}

std::string name_of(const promise_base &coroutine) {
  return std::string("'") + coroutine.made_at.function_name() + "'";
}

} // namespace aio::detail
