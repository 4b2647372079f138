//===- aio/detail/scheduler.hpp - Who runs next, who waits, and who is told to stop -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// The core that every awaitable stands on. It knows nothing of libuv: a backend (the loop, or a
// test) waits for the outside world through the virtual functions of `scheduler`.
//
//   promise_base   one per coroutine: who awaits it, in which scope it runs
//   scope          what is cancelled together; scopes form a tree
//   operation      one suspension: what a coroutine waits for; it lives in that coroutine's frame
//   root           a scope with a coroutine of its own that nobody awaits: main, spawned, gathered
//   scheduler      the ready queue, the timers, and the door for other threads
//
// Everything here belongs to the loop's thread, unless it says otherwise.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_SCHEDULER_HPP
#define AIO_DETAIL_SCHEDULER_HPP

#include <atomic>
#include <chrono>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace aio::detail {

using clock = std::chrono::steady_clock;

class scheduler;
class scope;
class root;
class promise_base;

/// An element of a list that it can leave by itself, and an empty list.
class link {
public:
  link() noexcept = default;
  link(const link &) = delete;
  link &operator=(const link &) = delete;
  ~link() { unlink(); }

  bool linked() const noexcept { return next_ != this; }
  link *next() const noexcept { return next_; }

  void insert_before(link &other) noexcept {
    prev_ = other.prev_;
    next_ = &other;
    prev_->next_ = this;
    other.prev_ = this;
  }
  void unlink() noexcept {
    prev_->next_ = next_;
    next_->prev_ = prev_;
    prev_ = next_ = this;
  }

private:
  link *prev_ = this;
  link *next_ = this;
};

/// A coroutine that can be put into the ready queue.
class resumable {
public:
  std::coroutine_handle<> handle;
  /// Its promise; null if it is none of ours.
  promise_base *who = nullptr;

private:
  friend class scheduler;
  resumable *next_ready_ = nullptr;
};

/// What is known of a coroutine while it lives: the part of its promise that does not depend on its
/// type. As a resumable it is the one who awaits it, who goes on when it ends: null for a root.
class promise_base : public resumable {
public:
  /// Where it runs, and with whom it is cancelled; null until it is started.
  scope *in = nullptr;
  std::source_location made_at;
  /// The last `co_await` or `co_yield` that it came to.
  std::source_location awaiting_at;
  /// Whether it was started on a worker, and is to end there.
  bool started_on_worker = false;
  /// How often it heard of a cancellation that it knew of, for debug mode.
  std::uint8_t told_again = 0;

  bool started() const noexcept { return in != nullptr; }
  const promise_base *awaited_by() const noexcept { return who; }
};

/// The coroutine that runs on this thread, or null.
inline constinit thread_local promise_base *running = nullptr;

/// Something that another thread hands to the loop.
class remote {
public:
  /// Called once, on the loop's thread.
  virtual void arrived() noexcept = 0;

protected:
  ~remote() = default;

private:
  friend class scheduler;
  remote *next_remote_ = nullptr;
};

/// One suspension of one coroutine. Lives in the coroutine's frame for as long as it waits.
class operation : public resumable, private link {
public:
  operation &operator=(const operation &) = delete;

  /// What is waited for, for a person: "sleep_for", "mutex::lock".
  const char *what() const noexcept { return what_; }
  /// What else there is to say of it: a file's name, a peer. Only called for reports.
  virtual std::string detail() const { return {}; }

protected:
  /// \p external: what ends it comes from outside of this program's coroutines (a peer, a worker),
  /// so that waiting for it is no deadlock.
  explicit operation(const char *what, bool external = false) noexcept
      : what_(what), external_(external) {}
  /// One that has not begun can be handed on. (GCC 12 moves what await_transform returns a
  /// reference to.)
  operation(operation &&other) noexcept : what_(other.what_), external_(other.external_) {}
  ~operation() { withdraw(); }

  /// \p caller suspends here. Returns false where cancellation was asked for before: then it is
  /// over, as one that was cancelled, and the caller has its turn after the others. So a loop that
  /// swallows `cancelled` does not keep the thread for itself.
  /// \throws std::logic_error when it runs on a worker.
  bool begin(std::coroutine_handle<> resumed, promise_base &caller);
  /// The same, and also where cancellation was asked for before: for what must not be left early.
  void begin_regardless(std::coroutine_handle<> resumed, promise_base &caller);
  /// It did not suspend after all.
  void withdraw() noexcept;
  /// It is over: its coroutine is resumed in one of the next steps. Nothing may happen to the
  /// operation between this call and then.
  void complete() noexcept;
  /// For await_resume: throws `cancelled` if that is how it ended.
  void rethrow_cancelled() const {
    if (cancelled_) [[unlikely]]
      throw_cancelled();
  }
  bool ended_by_cancel() const noexcept { return cancelled_; }
  scheduler &loop() const noexcept;

  /// Asked to stop; called once at most, and never after complete(). Ends the wait now, or sees to
  /// it that it ends soon; whoever has a list of waiters takes it out.
  virtual void on_cancel() noexcept { complete_cancelled(); }
  void complete_cancelled() noexcept {
    cancelled_ = true;
    complete();
  }

private:
  friend class scope;
  [[noreturn]] static void throw_cancelled();

  const char *what_;
  bool external_;
  bool cancelled_ = false;
};

/// The base of what is awaited and suspends: `Self::start()` tries, and says whether to wait for
/// complete().
template <class Self> class awaitable_operation : public operation {
public:
  using aio_awaitable = void;

  /// Never ready before: every `co_await` is a place where cancellation surfaces.
  bool await_ready() const noexcept { return false; }

  template <class Promise> bool await_suspend(std::coroutine_handle<Promise> caller) {
    static_assert(std::derived_from<Promise, promise_base>,
                  "aio's awaitables are awaited in an aio::task or an aio::async_generator");
    if (!begin(caller, caller.promise()) || static_cast<Self &>(*this).start())
      return true;
    withdraw();
    return false;
  }

protected:
  using operation::operation;
  awaitable_operation(awaitable_operation &&) noexcept = default;
  ~awaitable_operation() = default;
};

/// What is cancelled together.
class scope : private link {
public:
  scope(scheduler &loop, scope *parent, bool shielded = false) noexcept;
  scope(const scope &) = delete;
  scope &operator=(const scope &) = delete;
  virtual ~scope() = default;

  scheduler &loop() const noexcept { return *loop_; }
  scope *parent() const noexcept { return parent_; }
  bool on_worker() const noexcept { return on_worker_; }
  void set_on_worker(bool worker) noexcept { on_worker_ = worker; }

  /// May be asked on any thread.
  bool cancel_requested() const noexcept { return requested_.load(std::memory_order_relaxed); }

  /// Asks all that waits here and below to stop; what is shielded only if \p break_shields.
  void request_cancel(bool break_shields = false) noexcept;

  /// Whether its loop is gone: what has ended may be kept for longer.
  bool orphaned() const noexcept { return !loop_; }
  void orphan_children() noexcept;

  /// What runs here, if it is a root.
  virtual const root *as_root() const noexcept { return nullptr; }

  template <class F> void for_each_child(F f) const {
    for (link *l = children_.next(); l != &children_; l = l->next())
      f(static_cast<const scope &>(*l));
  }
  template <class F> void for_each_operation(F f) const {
    for (link *l = operations_.next(); l != &operations_; l = l->next())
      f(static_cast<const operation &>(*l));
  }

private:
  friend class operation;

  void ask_operations() noexcept;

  scheduler *loop_;
  scope *parent_;
  link children_;
  link operations_;
  std::atomic<bool> requested_{false};
  bool shielded_;
  bool on_worker_ = false;
};

/// A scope with a coroutine that nobody awaits: when it ends, `finished` is called.
class root : public scope, public resumable {
public:
  using scope::scope;

  /// Puts the coroutine into the ready queue. It must not have been started.
  void start(std::coroutine_handle<> coroutine, promise_base &promise) noexcept;
  /// The same, and gives the handle to transfer to instead of queueing it.
  std::coroutine_handle<> start_now(std::coroutine_handle<> coroutine,
                                    promise_base &promise) noexcept;

  /// The coroutine is at its end; called on the loop's thread. The root may be destroyed here.
  virtual void finished() noexcept = 0;

  const root *as_root() const noexcept final { return this; }
};

/// Something that happens at a time.
class timer {
public:
  virtual void fired() noexcept = 0;
  bool active() const noexcept { return index_ != idle; }

protected:
  timer() noexcept = default;
  timer(const timer &) noexcept {} // a copy is not active
  timer &operator=(const timer &) = delete;
  ~timer() = default;

private:
  friend class scheduler;
  static constexpr std::size_t idle = static_cast<std::size_t>(-1);
  std::size_t index_ = idle;
};

/// Watches every step; debug mode is one.
class observer {
public:
  virtual void step_begins(const promise_base *who) noexcept = 0;
  virtual void step_ends() noexcept = 0;
  /// Nothing can wake the loop, and \p top still has coroutines that wait.
  virtual void deadlocked(const scheduler &loop) = 0;

protected:
  ~observer() = default;
};

/// Runs coroutines one after the other on the thread that calls `drive`.
class scheduler {
public:
  scheduler() noexcept;
  scheduler(const scheduler &) = delete;
  scheduler &operator=(const scheduler &) = delete;
  virtual ~scheduler();

  /// The scheduler that runs on this thread, or null.
  static scheduler *current() noexcept;

  /// Its coroutine takes its turn after those that are ready already.
  void post(resumable &next) noexcept;
  /// Hands \p r to the loop. May be called on any thread.
  void post_remote(remote &r) noexcept;

  /// \p t fires when \p when has come, on the loop's thread; timers of the same time in the order
  /// in which they were added.
  void add(timer &t, clock::time_point when);
  void remove(timer &t) noexcept;

  clock::time_point now() const { return virtual_now_ ? *virtual_now_ : clock::now(); }

  /// Runs until \p done. Returns false when nothing could ever make it so.
  bool drive(const bool &done);

  /// Every scope is below this one.
  scope &top() noexcept { return top_; }
  const scope &top() const noexcept { return top_; }

  /// Counts what comes from outside: while there is any, waiting is no deadlock.
  void hold_external() noexcept { ++external_; }
  void release_external() noexcept { --external_; }

  /// A coroutine that nobody waits for ended with \p error: everything is cancelled, and whoever
  /// drives the scheduler finds it in `failure`.
  void fail(std::exception_ptr error) noexcept;
  const std::exception_ptr &failure() const noexcept { return failure_; }

  /// Counts the coroutines that run by themselves, besides main.
  void add_spawned() noexcept { none_spawned_ = ++spawned_ == 0; }
  void remove_spawned() noexcept { none_spawned_ = --spawned_ == 0; }
  const bool &none_spawned() const noexcept { return none_spawned_; }

  observer *observed_by() const noexcept { return observer_; }
  void set_observer(observer *o) noexcept { observer_ = o; }
  /// From now on, time stands still while anything can run, and jumps to the next timer.
  void use_virtual_time() { virtual_now_ = clock::now(); }
  bool uses_virtual_time() const noexcept { return virtual_now_.has_value(); }
  /// From now on, who is next is drawn among those that are ready.
  void use_random_order(std::uint64_t seed);

  /// Those that are ready, for reports.
  template <class F> void for_each_ready(F f) const {
    for (const resumable *r = ready_; r; r = r->next_ready_)
      f(*r);
    for (const resumable *r : shuffled_)
      f(*r);
  }

  /// Hands \p work to a worker thread, which resumes it there. A scheduler that has none throws.
  virtual void post_to_worker(resumable &work);

protected:
  bool ready() const noexcept { return ready_ || !shuffled_.empty(); }
  /// Whether all wait for what cannot come.
  bool hopeless() const noexcept { return timers_.empty() && external_ == 0 && !alive(); }

  /// Waits for the outside world: until \p until, for ever if it is null, not at all if it is past.
  /// What happened was posted when it returns. May return early. `wake` ends the wait.
  virtual void wait(std::optional<clock::time_point> until) = 0;
  /// Ends `wait`. Called on any thread.
  virtual void wake() noexcept = 0;
  /// Whether the outside world can still make something happen of which `external` does not know.
  virtual bool alive() const noexcept { return false; }
  /// Whether something outside is under way that ends by itself, and soon: virtual time waits for
  /// it.
  virtual bool busy() const noexcept { return false; }
  /// Virtual time is about to jump. Returns true if it was worth while to wait for a moment of real
  /// time, and what happened was posted.
  virtual bool settle() { return false; }

private:
  friend class scope;
  struct generator; // <random> is a sixth of what every user of a task would compile

  struct timed {
    clock::time_point when;
    std::uint64_t order;
    timer *what;
    bool operator<(const timed &other) const noexcept {
      return when != other.when ? when < other.when : order < other.order;
    }
  };

  resumable &take_ready() noexcept;
  void step(resumable &next) noexcept;
  bool wait_for_something();
  /// Returns whether there were any.
  bool receive_remotes() noexcept;
  void fire_timers(clock::time_point now) noexcept;
  void place(std::size_t index, const timed &t) noexcept;
  void sift_up(std::size_t index, timed moving) noexcept;
  void sift_down(std::size_t index, timed moving) noexcept;

  resumable *ready_ = nullptr;
  resumable **ready_end_ = &ready_;
  std::vector<resumable *> shuffled_;
  std::vector<timed> timers_;
  std::uint64_t timers_added_ = 0;
  std::size_t external_ = 0;
  std::size_t spawned_ = 0;
  bool none_spawned_ = true;
  // A mutex, and not a list without locks: whoever posts has let go of the loop when it can be
  // seen.
  std::mutex remotes_lock_;
  remote *remotes_ = nullptr;
  remote **remotes_end_ = &remotes_;
  std::atomic<bool> has_remotes_{false};
  observer *observer_ = nullptr;
  std::exception_ptr failure_;
  std::optional<clock::time_point> virtual_now_;
  std::unique_ptr<generator> random_;
  scope top_;
};

inline scheduler &operation::loop() const noexcept {
  return who->in->loop();
}

/// \p caller awaits, though it was told to stop before. Debug mode counts how often.
void told_again(promise_base &caller) noexcept;

/// The scheduler that runs here. \p asked is who wants to know: "spawn".
/// \throws std::logic_error outside of a loop.
scheduler &require_scheduler(const char *asked);

/// The coroutine that runs here, which must be on a loop and not on a worker.
/// \throws std::logic_error otherwise.
promise_base &require_running(const char *asked);

/// What a coroutine is called, from where it was made.
std::string name_of(const promise_base &coroutine);

} // namespace aio::detail

#endif // AIO_DETAIL_SCHEDULER_HPP
