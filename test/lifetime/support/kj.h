// Names and shapes of KJ: a promise that hides its state.
#pragma once

#include "frames.h"

namespace kj {

class WaitScope;

template <class T> class Promise {
public:
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  ~Promise() noexcept(false);
  T wait(WaitScope &);
  template <class... A> [[nodiscard]] Promise attach(A &&...);

private:
  struct node;
  node *node_;
};
template <class T> shape::waits<T> operator co_await(Promise<T> &);
template <class T> shape::waits<T> operator co_await(Promise<T> &&);

class Timer {
public:
  Promise<void> afterDelay(int);
};

class TaskSet {
public:
  void add(Promise<void> &&);
};

} // namespace kj

template <class T, class... A> struct std::coroutine_traits<kj::Promise<T>, A...> {
  using promise_type = shape::hidden_promise<kj::Promise<T>, T>;
};
