//===- aio/sync.hpp - Taking turns, and handing things over ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// A mutex, a semaphore, an event and a channel, for the coroutines of one loop. All are fair: what
// becomes free is handed to whoever has waited longest, before anybody else can take it. All are
// safe to cancel: what was handed over before the request counts, and is the waiter's to keep; a
// waiter that had nothing yet leaves the queue. What can be had at once is had without a turn for
// the others.
//
// Everything here is used on the loop's thread: in coroutines, and what does not wait (`unlock`,
// `release`, `set`, `close`, `try_*`) also in callbacks of native_loop(). Never on a worker or
// another thread; also a guard must not be destroyed there. Each object must outlive whoever waits
// for it, and the guards and permits that it gave.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_SYNC_HPP
#define AIO_SYNC_HPP

#include <aio/detail/channel.hpp>
#include <aio/detail/sync.hpp>

#include <corolint/annotations.h>

#include <concepts>
#include <cstddef>
#include <optional>
#include <source_location>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace aio {

/// Holds a mutex until it is destroyed, also across suspensions. May be empty.
class [[nodiscard("the mutex is unlocked when this is destroyed")]] CORO_ASYNC_LOCK scoped_lock {
public:
  scoped_lock() noexcept = default;
  scoped_lock(scoped_lock &&other) noexcept : mutex_(std::exchange(other.mutex_, nullptr)) {}
  scoped_lock &operator=(scoped_lock &&other) noexcept {
    scoped_lock(std::move(other)).swap(*this);
    return *this;
  }
  ~scoped_lock() { unlock(); }

  void swap(scoped_lock &other) noexcept { std::swap(mutex_, other.mutex_); }

  bool owns_lock() const noexcept { return mutex_; }
  explicit operator bool() const noexcept { return owns_lock(); }

  /// Gives the mutex to whoever has waited longest, who is resumed in one of the next steps. An
  /// empty guard: does nothing.
  ///
  /// Thread: on the loop, also in callbacks.
  void unlock() noexcept {
    if (mutex_)
      std::exchange(mutex_, nullptr)->unlock();
  }

private:
  friend class mutex;
  friend class detail::lock_operation;
  explicit scoped_lock(detail::mutex_core *held) noexcept : mutex_(held) {}

  detail::mutex_core *mutex_ = nullptr;
};

/// Is held by one at a time. It belongs to no coroutine: the guard may be handed on, and whoever
/// locks it a second time waits for ever.
///
/// In debug mode, one that is destroyed while it is held or waited for is reported ("held-lock").
/// That report, and the one of a deadlock, say who holds it and where they took it.
class mutex {
public:
  mutex() noexcept = default;
  mutex(const mutex &) = delete;
  mutex &operator=(const mutex &) = delete;
  ~mutex() = default;

  /// Waits until nobody holds it, and gives the guard: `auto guard = co_await m.lock();`. \p at is
  /// for reports.
  ///
  /// Starts: when it is awaited.
  /// Cancel: leaves the queue, with `cancelled`; what was handed over before is held.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error (operation_canceled) when the mutex was destroyed just after it was
  /// handed over.
  [[nodiscard("co_await it")]] CORO_REPLACES(
      "std::mutex::lock", "std::shared_mutex::lock",
      "pthread_mutex_lock") auto lock(std::source_location at =
                                          std::source_location::current()) noexcept {
    return detail::lock_operation(core_, at);
  }

  /// Gives the guard if nobody holds it, and else an empty one.
  ///
  /// Thread: on the loop, also in callbacks.
  scoped_lock try_lock(std::source_location at = std::source_location::current()) noexcept {
    return core_.try_lock(at) ? scoped_lock(&core_) : scoped_lock();
  }

private:
  detail::mutex_core core_;
};

/// One of a semaphore's permits, until it is destroyed, also across suspensions. May be empty.
class [[nodiscard("the permit goes back when this is destroyed")]] CORO_ASYNC_LOCK permit {
public:
  permit() noexcept = default;
  permit(permit &&other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
  permit &operator=(permit &&other) noexcept {
    permit(std::move(other)).swap(*this);
    return *this;
  }
  ~permit() { release(); }

  void swap(permit &other) noexcept { std::swap(semaphore_, other.semaphore_); }

  explicit operator bool() const noexcept { return semaphore_; }

  /// Gives the permit to whoever has waited longest, or back to the semaphore. An empty one: does
  /// nothing.
  ///
  /// Thread: on the loop, also in callbacks.
  void release() noexcept {
    if (semaphore_)
      std::exchange(semaphore_, nullptr)->release(1);
  }

private:
  friend class semaphore;
  friend class detail::acquire_operation;
  explicit permit(detail::semaphore_core *from) noexcept : semaphore_(from) {}

  detail::semaphore_core *semaphore_ = nullptr;
};

/// Lets so many in at a time as it has permits.
///
/// In debug mode, one that is destroyed while it is waited for is reported ("held-lock").
class semaphore {
public:
  explicit semaphore(std::size_t permits) noexcept : core_(permits) {}
  semaphore(const semaphore &) = delete;
  semaphore &operator=(const semaphore &) = delete;
  ~semaphore() = default;

  /// Waits for a permit, and gives it: `auto permit = co_await s.acquire();`.
  ///
  /// Starts: when it is awaited.
  /// Cancel: leaves the queue, with `cancelled`; what was handed over before is held.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error (operation_canceled) when the semaphore was destroyed just after it
  /// was handed over.
  [[nodiscard("co_await it")]] CORO_REPLACES("std::counting_semaphore::acquire",
                                             "sem_wait") auto acquire() noexcept {
    return detail::acquire_operation(core_);
  }

  /// Gives a permit if one is available, and else an empty one.
  ///
  /// Thread: on the loop, also in callbacks.
  permit try_acquire() noexcept { return core_.try_acquire() ? permit(&core_) : permit(); }

  /// Adds \p permits to those that there are; those who wait get theirs first, in the order in
  /// which they came.
  ///
  /// Thread: on the loop, also in callbacks.
  void release(std::size_t permits = 1) noexcept { core_.release(permits); }

  /// How many permits can be had at once: none while anybody waits.
  std::size_t available() const noexcept { return core_.available(); }

private:
  detail::semaphore_core core_;
};

/// Is set or not, and lets coroutines wait until it is.
///
/// In debug mode, one that is destroyed while it is waited for is reported ("held-lock").
class event {
public:
  event() noexcept = default;
  event(const event &) = delete;
  event &operator=(const event &) = delete;
  ~event() = default;

  /// Wakes all who wait, in the order in which they came, and lets pass who comes later.
  ///
  /// Thread: on the loop, also in callbacks.
  void set() noexcept { core_.set(); }

  /// Who comes from now on waits. Those who were woken go on all the same.
  ///
  /// Thread: on the loop, also in callbacks.
  void clear() noexcept { core_.clear(); }

  bool is_set() const noexcept { return core_.is_set(); }

  /// Waits until it is set.
  ///
  /// Starts: when it is awaited.
  /// Cancel: leaves the queue, with `cancelled`; who was woken before goes on.
  /// Thread: resumed on the loop.
  /// Throws: nothing else.
  [[nodiscard("co_await it")]] CORO_REPLACES("std::condition_variable::wait",
                                             "std::condition_variable_any::wait",
                                             "pthread_cond_wait", "std::latch::wait",
                                             "std::atomic::wait",
                                             "std::atomic_flag::wait") auto wait() noexcept {
    return detail::event_operation(core_);
  }

private:
  detail::event_core core_;
};

/// Thrown by `send` on a channel that is closed.
class channel_closed : public std::runtime_error {
public:
  channel_closed() : std::runtime_error("the channel is closed") {}
};

/// Hands items from senders to receivers, in the order in which they were sent. Senders wait while
/// it is full, so that nobody runs ahead of who receives. Any number of coroutines may be at either
/// end; each item goes to one of them. Items need only be movable; what moving one throws is thrown
/// to who sends or receives it.
///
/// A channel that is destroyed is closed before: nobody waits for ever for it.
template <class T> class channel {
  static_assert(std::is_object_v<T> && std::move_constructible<T>,
                "the items of a channel are moved through it");

public:
  using value_type = T;

  /// Room for \p capacity items, allocated here and never again. With none, every sender waits for
  /// a receiver that takes its item.
  ///
  /// Throws: std::bad_alloc.
  explicit channel(std::size_t capacity) : core_(capacity) {}
  channel(const channel &) = delete;
  channel &operator=(const channel &) = delete;
  ~channel() = default;

  /// Hands \p item over, waiting while the channel is full; with a capacity of 0, until somebody
  /// receives it.
  ///
  /// Starts: when it is awaited; the item is in the operation before.
  /// Cancel: leaves the queue, with `cancelled`: the item is unsent, and destroyed with the
  /// operation. Once the channel or a receiver has it, it is sent, and `send` returns.
  /// Thread: resumed on the loop.
  /// Throws: `channel_closed` when the channel is closed, before or while it waits: the item is
  /// unsent, and destroyed with the operation.
  template <class U = T>
    requires std::constructible_from<T, U>
  [[nodiscard("co_await it")]] auto send(CORO_CONSUMES_TASK U &&item) {
    return detail::send_operation<T>(core_, std::forward<U>(item));
  }

  /// Waits for an item, and gives it; nothing when the channel is closed and no item is left:
  /// `while (auto item = co_await c.receive())`.
  ///
  /// Starts: when it is awaited.
  /// Cancel: leaves the queue, with `cancelled`; an item that was handed over before is given.
  /// Thread: resumed on the loop.
  /// Throws: nothing else.
  [[nodiscard("co_await it")]] auto receive() noexcept {
    return detail::receive_operation<T>(core_);
  }

  /// Sends \p item if nobody has to wait for it. Gives false, and leaves \p item as it is, when the
  /// channel is full or closed; with a capacity of 0, when nobody waits to receive.
  ///
  /// Thread: on the loop, also in callbacks.
  template <class U = T>
    requires std::constructible_from<T, U>
  [[nodiscard("it may be full")]] bool try_send(CORO_CONSUMES_TASK U &&item) {
    return core_.try_send(std::forward<U>(item));
  }

  /// Gives an item if there is one that nobody has to wait for.
  ///
  /// Thread: on the loop, also in callbacks.
  [[nodiscard("it takes the item")]] std::optional<T> try_receive() {
    std::optional<T> item;
    core_.try_receive(item);
    return item;
  }

  /// Nothing is sent any more: those who wait to send get `channel_closed`, those who wait to
  /// receive get nothing. What was sent before can be received. Does nothing the second time.
  ///
  /// Thread: on the loop, also in callbacks.
  void close() noexcept { core_.close(); }

  bool closed() const noexcept { return core_.closed(); }

  /// How many items were sent and not yet received; those of senders that wait do not count.
  std::size_t size() const noexcept { return core_.size(); }

  std::size_t capacity() const noexcept { return core_.capacity(); }

private:
  detail::channel_core<T> core_;
};

namespace detail {

inline scoped_lock lock_operation::await_resume() const {
  rethrow_cancelled();
  if (!mutex_) [[unlikely]]
    throw_destroyed(what());
  mutex_->picked_up();
  return scoped_lock(mutex_);
}

inline permit acquire_operation::await_resume() {
  rethrow_cancelled();
  if (!semaphore_) [[unlikely]]
    throw_destroyed(what());
  queued::unlink();
  return permit(semaphore_);
}

} // namespace detail
} // namespace aio

#endif // AIO_SYNC_HPP
