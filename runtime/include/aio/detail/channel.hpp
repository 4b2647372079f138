//===- aio/detail/channel.hpp - A ring of items, and who waits at its ends --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_CHANNEL_HPP
#define AIO_DETAIL_CHANNEL_HPP

#include <aio/detail/sync.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace aio::detail {

template <class T> class channel_core;

/// A `channel_closed`.
std::exception_ptr closed_channel() noexcept;
/// Why a sender waits, for a person.
std::string full_channel(std::size_t capacity);

template <class T> class send_operation final : public queued_operation<send_operation<T>> {
public:
  template <class U>
  send_operation(channel_core<T> &to, U &&item)
      : queued_operation<send_operation>("channel::send"), channel_(&to),
        item_(std::forward<U>(item)) {}
  send_operation(send_operation &&) = default;
  ~send_operation() = default;

  bool start() { return channel_->start(*this); }
  void await_resume() const {
    this->rethrow_cancelled();
    if (failure_) [[unlikely]]
      std::rethrow_exception(failure_);
  }

private:
  friend class channel_core<T>;
  std::string detail() const override { return full_channel(channel_->capacity()); }

  channel_core<T> *channel_;
  T item_;
  std::exception_ptr failure_;
};

template <class T> class receive_operation final : public queued_operation<receive_operation<T>> {
public:
  explicit receive_operation(channel_core<T> &from) noexcept
      : queued_operation<receive_operation>("channel::receive"), channel_(&from) {}
  receive_operation(receive_operation &&) = default;
  ~receive_operation() = default;

  bool start() { return channel_->start(*this); }
  std::optional<T> await_resume() {
    this->rethrow_cancelled();
    return std::move(item_);
  }

private:
  friend class channel_core<T>;

  channel_core<T> *channel_;
  std::optional<T> item_;
};

/// Senders wait only while the ring is full, receivers only while it is empty and no sender waits;
/// nobody waits at what is closed.
template <class T> class channel_core {
public:
  explicit channel_core(std::size_t capacity)
      : capacity_(capacity), items_(capacity ? std::allocator<T>().allocate(capacity) : nullptr) {}
  channel_core(const channel_core &) = delete;
  channel_core &operator=(const channel_core &) = delete;
  ~channel_core() {
    close();
    while (size_ != 0)
      drop_first();
    if (items_)
      std::allocator<T>().deallocate(items_, capacity_);
  }

  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool closed() const noexcept { return closed_; }

  /// Leaves \p item alone if there is no room.
  template <class U> bool try_send(U &&item) { return !closed_ && put(std::forward<U>(item)); }
  void try_receive(std::optional<T> &item) { take(item); }

  void close() noexcept {
    closed_ = true;
    while (!receivers_.empty())
      receivers_.pop().complete();
    while (!senders_.empty()) {
      send_operation<T> &refused = senders_.pop();
      refused.failure_ = closed_channel();
      refused.complete();
    }
  }

  bool start(send_operation<T> &sends) {
    if (closed_) [[unlikely]] {
      sends.failure_ = closed_channel();
      return false;
    }
    if (put(std::move(sends.item_)))
      return false;
    senders_.push(sends);
    return true;
  }
  bool start(receive_operation<T> &receives) {
    if (take(receives.item_) || closed_)
      return false;
    receivers_.push(receives);
    return true;
  }

private:
  // What moving an item throws is thrown to who sends or receives it: until an item was moved,
  // nothing else has changed.

  template <class U> bool put(U &&item) {
    if (!receivers_.empty()) {
      receivers_.front().item_.emplace(std::forward<U>(item));
      receivers_.pop().complete();
      return true;
    }
    if (size_ == capacity_)
      return false;
    push(std::forward<U>(item));
    return true;
  }

  bool take(std::optional<T> &item) {
    if (size_ != 0) {
      item.emplace(std::move(items_[first_]));
      drop_first();
      refill();
      return true;
    }
    if (senders_.empty())
      return false;
    item.emplace(std::move(senders_.front().item_));
    senders_.pop().complete();
    return true;
  }

  /// There is room, and the first who waits to send takes it.
  void refill() noexcept {
    while (!senders_.empty() && size_ != capacity_) {
      send_operation<T> &sends = senders_.pop();
      try {
        push(std::move(sends.item_));
      } catch (...) {
        sends.failure_ = std::current_exception();
      }
      sends.complete();
    }
  }

  template <class U> void push(U &&item) {
    const std::size_t left = capacity_ - first_; // up to the end of the ring's memory
    std::construct_at(items_ + (size_ < left ? first_ + size_ : size_ - left),
                      std::forward<U>(item));
    ++size_;
  }

  void drop_first() noexcept {
    std::destroy_at(items_ + first_);
    if (++first_ == capacity_)
      first_ = 0;
    --size_;
  }

  wait_queue<send_operation<T>> senders_;
  wait_queue<receive_operation<T>> receivers_;
  std::size_t capacity_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
  T *items_;
  bool closed_ = false;
};

} // namespace aio::detail

#endif // AIO_DETAIL_CHANNEL_HPP
