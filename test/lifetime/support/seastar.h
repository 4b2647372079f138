// Names and shapes of Seastar: a future that hides its state, and calls that keep a callable or
// not.
#pragma once

#include "frames.h"
#include "opaque.h"

#include <chrono>
#include <type_traits>
#include <utility>
#include <vector>

namespace seastar {

template <class T = void> class future;

template <class T> struct futurized {
  using type = future<T>;
};
template <class T> struct futurized<future<T>> {
  using type = future<T>;
};
template <class F, class... A>
using future_of = typename futurized<std::decay_t<std::invoke_result_t<F, A...>>>::type;

template <class T> class [[nodiscard]] future {
public:
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  T get();
  template <class F> future_of<F> then(F &&f) {
    opaque::keep(&f);
    return opaque::made<future_of<F>>::value();
  }
  template <class F> future finally(F &&f) {
    opaque::keep(&f);
    return opaque::made<future>::value();
  }

private:
  struct state;
  state *state_;
};
template <class T> shape::waits<T> operator co_await(future<T>) noexcept;

future<> make_ready_future();
future<> sleep(std::chrono::milliseconds);
template <class A, class B> future<> when_all_succeed(A &&, B &&);
future<> when_all_succeed(std::vector<future<>>);

class gate {
public:
  class holder {
  public:
    holder(const holder &);
    ~holder();
  };
  holder hold();
  future<> close();
};
template <class F> future_of<F> with_gate(gate &, F &&f) {
  opaque::keep(&f);
  return opaque::made<future_of<F>>::value();
}
template <class F, class... A> future_of<F, A...> futurize_invoke(F &&f, A &&...) {
  opaque::keep(&f);
  return opaque::made<future_of<F, A...>>::value();
}
template <class T, class F> future<> do_with(T &&, F &&f) {
  opaque::keep(&f);
  return opaque::made<future<>>::value();
}
template <class F> future<> async(F &&f) {
  opaque::keep(&f);
  return opaque::made<future<>>::value();
}

namespace coroutine {

// Calls what it refers to, which the expression that awaits keeps.
template <class F> class lambda {
public:
  explicit lambda(F &&f) : f_(&f) {}
  template <class... A> auto operator()(A &&...a) const { return (*f_)(std::forward<A>(a)...); }

private:
  F *f_;
};

template <class R, class F> future<> parallel_for_each(R &&, F &&f) {
  opaque::keep(&f);
  return opaque::made<future<>>::value();
}

} // namespace coroutine
} // namespace seastar

template <class T, class... A> struct std::coroutine_traits<seastar::future<T>, A...> {
  using promise_type = shape::hidden_promise<seastar::future<T>, T>;
};
