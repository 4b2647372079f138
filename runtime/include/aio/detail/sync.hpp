//===- aio/detail/sync.hpp - Who holds what, and who waits for it ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Whoever waits is an operation in its coroutine's frame, in a list without a length: nothing is
// allocated. What becomes free is handed to the first in the list before anybody else can see it,
// and an operation that was completed is not cancelled any more. So nobody overtakes, and nothing
// that was handed over is lost. What goes before it was picked up says so to who picks it up.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_SYNC_HPP
#define AIO_DETAIL_SYNC_HPP

#include <aio/detail/scheduler.hpp>

#include <cstddef>
#include <source_location>
#include <string>

namespace aio {

class scoped_lock;
class permit;

namespace detail {

/// A place in a queue.
class queued : public link {
protected:
  queued() noexcept = default;
  queued(queued &&) noexcept {} // before it has begun
  ~queued() = default;
};

/// The base of what waits until another coroutine, or a callback, does something.
template <class Self> class queued_operation : public awaitable_operation<Self>, public queued {
protected:
  using awaitable_operation<Self>::awaitable_operation;
  queued_operation(queued_operation &&) noexcept = default;
  ~queued_operation() = default;

private:
  void on_cancel() noexcept final {
    queued::unlink();
    this->complete_cancelled();
  }
};

/// Operations in the order in which they came. When it is destroyed, they stay behind and can still
/// be cancelled.
template <class Op> class wait_queue {
public:
  bool empty() const noexcept { return !head_.linked(); }
  void push(queued &last) noexcept { last.insert_before(head_); }
  Op &front() const noexcept { return of(head_.next()); }
  Op &pop() noexcept {
    Op &first = front();
    static_cast<queued &>(first).unlink();
    return first;
  }

  template <class F> void for_each(F f) const {
    for (link *l = head_.next(); l != &head_; l = l->next())
      f(of(l));
  }

private:
  static Op &of(link *l) noexcept { return static_cast<Op &>(static_cast<queued &>(*l)); }

  link head_;
};

/// \throws std::system_error (operation_canceled) for what was destroyed after it was handed over.
[[noreturn]] void throw_destroyed(const char *what);

//===- mutex --------------------------------------------------------------===//

class mutex_core;

class lock_operation final : public queued_operation<lock_operation> {
public:
  lock_operation(mutex_core &asked, std::source_location at) noexcept
      : queued_operation("mutex::lock"), mutex_(&asked), at_(at) {}
  bool start() noexcept;
  scoped_lock await_resume() const;

private:
  friend class mutex_core;
  std::string detail() const override;

  mutex_core *mutex_; // null when it was destroyed
  std::source_location at_;
};

class mutex_core {
public:
  mutex_core() noexcept = default;
  mutex_core(const mutex_core &) = delete;
  mutex_core &operator=(const mutex_core &) = delete;
  ~mutex_core() {
    if (locked_ || !waiting_.empty()) [[unlikely]]
      destroyed_in_use();
  }

  bool try_lock(std::source_location at) noexcept {
    if (locked_)
      return false;
    locked_ = true;
    at_ = at;
    return true;
  }
  void unlock() noexcept {
    if (waiting_.empty()) {
      locked_ = false;
      return;
    }
    lock_operation &next = waiting_.pop();
    at_ = next.at_;
    handed_to_ = &next;
    next.complete();
  }
  void picked_up() noexcept { handed_to_ = nullptr; }

private:
  friend class lock_operation;
  void destroyed_in_use() noexcept;
  /// Who holds it, for a person.
  std::string holder() const;

  wait_queue<lock_operation> waiting_;
  lock_operation *handed_to_ = nullptr; // it has not had its turn
  std::source_location at_;             // where it was asked for by who holds it
  bool locked_ = false;
};

inline bool lock_operation::start() noexcept {
  if (mutex_->try_lock(at_))
    return false;
  mutex_->waiting_.push(*this);
  return true;
}

//===- semaphore ----------------------------------------------------------===//

class semaphore_core;

class acquire_operation final : public queued_operation<acquire_operation> {
public:
  explicit acquire_operation(semaphore_core &asked) noexcept
      : queued_operation("semaphore::acquire"), semaphore_(&asked) {}
  bool start() noexcept;
  permit await_resume();

private:
  friend class semaphore_core;

  semaphore_core *semaphore_; // null when it was destroyed
};

class semaphore_core {
public:
  explicit semaphore_core(std::size_t permits) noexcept : available_(permits) {}
  semaphore_core(const semaphore_core &) = delete;
  semaphore_core &operator=(const semaphore_core &) = delete;
  ~semaphore_core() {
    if (!waiting_.empty() || !handed_to_.empty()) [[unlikely]]
      destroyed_in_use();
  }

  std::size_t available() const noexcept { return available_; }
  bool try_acquire() noexcept {
    if (available_ == 0)
      return false;
    --available_;
    return true;
  }
  void release(std::size_t permits) noexcept {
    for (; permits != 0 && !waiting_.empty(); --permits) {
      acquire_operation &next = waiting_.pop();
      handed_to_.push(next);
      next.complete();
    }
    available_ += permits;
  }

private:
  friend class acquire_operation;
  void destroyed_in_use() noexcept;

  wait_queue<acquire_operation> waiting_;   // empty unless none is available
  wait_queue<acquire_operation> handed_to_; // they have not had their turn
  std::size_t available_;
};

inline bool acquire_operation::start() noexcept {
  if (semaphore_->try_acquire())
    return false;
  semaphore_->waiting_.push(*this);
  return true;
}

//===- event --------------------------------------------------------------===//

class event_core;

class event_operation final : public queued_operation<event_operation> {
public:
  explicit event_operation(event_core &awaited) noexcept
      : queued_operation("event::wait"), event_(&awaited) {}
  bool start() noexcept;
  void await_resume() const { rethrow_cancelled(); }

private:
  friend class event_core;

  event_core *event_;
};

class event_core {
public:
  event_core() noexcept = default;
  event_core(const event_core &) = delete;
  event_core &operator=(const event_core &) = delete;
  ~event_core() {
    if (!waiting_.empty()) [[unlikely]]
      destroyed_in_use();
  }

  bool is_set() const noexcept { return set_; }
  void set() noexcept {
    set_ = true;
    while (!waiting_.empty())
      waiting_.pop().complete();
  }
  void clear() noexcept { set_ = false; }

private:
  friend class event_operation;
  void destroyed_in_use() noexcept;

  wait_queue<event_operation> waiting_; // empty while it is set
  bool set_ = false;
};

inline bool event_operation::start() noexcept {
  if (event_->set_)
    return false;
  event_->waiting_.push(*this);
  return true;
}

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_SYNC_HPP
