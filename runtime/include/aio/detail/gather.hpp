//===- aio/detail/gather.hpp - Several tasks, and one who waits for them --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_GATHER_HPP
#define AIO_DETAIL_GATHER_HPP

#include <aio/detail/as_task.hpp>
#include <aio/task.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace aio {

template <class T> class outcome;
template <class T> struct race_result;

namespace detail {

/// When the children of a gather are told to stop.
enum class gather_until { first_failure, all_ended, first_ended };

/// Waits for children that run beside each other, in a scope of their own below the one who awaits.
/// What it does without their types.
class gather_operation : public awaitable_operation<gather_operation> {
public:
  bool start();

  scope &children() noexcept { return *together_; }
  /// A child has ended.
  void child_ended(std::size_t index, promise_base &child,
                   const std::exception_ptr *failure) noexcept;

protected:
  gather_operation(const char *what, gather_until until, std::size_t count) noexcept
      : awaitable_operation(what), until_(until), count_(count) {}
  gather_operation(gather_operation &&other) noexcept // before it has begun
      : awaitable_operation(std::move(other)), until_(other.until_), count_(other.count_) {}
  ~gather_operation() = default;

  virtual void start_children() noexcept = 0;

  /// \throws what gather throws instead of giving results.
  void rethrow_failure() const;
  /// \throws cancelled if who awaits was asked to stop, and a child has stopped for it.
  void rethrow_stopped() const;
  /// The first that has ended.
  /// \throws cancelled if there is none, as who awaits was asked to stop.
  std::size_t winner() const;

private:
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

  std::string detail() const final;
  void on_cancel() noexcept final {} // the children were asked too: they are below

  gather_until until_;
  std::size_t count_;
  std::size_t left_ = 0;
  std::size_t winner_ = nobody;
  // What the first child has thrown that failed, or else the first that was cancelled.
  const std::exception_ptr *failure_ = nullptr;
  const promise_base *stopped_ = nullptr;
  std::optional<scope> together_;
};

/// What \p child has thrown, for who awaits it: `task_cancelled` for `cancelled`, which would mean
/// that they are to stop.
std::exception_ptr error_of(const promise_base &child, const std::exception_ptr &thrown);

/// What is kept of a result.
template <class T> struct kept {
  using type = T;
};
template <> struct kept<void> {
  using type = std::monostate;
};
template <class T> using kept_t = typename kept<T>::type;

/// A task that runs beside others.
template <class T> class gathered {
public:
  explicit gathered(task<T> work) : work_(std::move(work)) {
    if (!work_.valid())
      throw_awaited_nothing();
  }
  gathered(gathered &&other) noexcept : work_(std::move(other.work_)) {} // before it has begun

  void start(gather_operation &all, std::size_t index) noexcept {
    runs_.emplace(all, index, task_access::handle(work_));
  }
  /// Its error, or null. It has ended.
  std::exception_ptr error() const {
    const auto &child = task_access::handle(work_).promise();
    const std::exception_ptr *const thrown = child.outcome.failure();
    return thrown ? error_of(child, *thrown) : nullptr;
  }
  /// Its result, if it has no error.
  kept_t<T> take() {
    if constexpr (std::is_void_v<T>)
      return {};
    else
      return task_access::handle(work_).promise().outcome.take();
  }

private:
  class runs_beside final : public root {
  public:
    runs_beside(gather_operation &all, std::size_t index,
                std::coroutine_handle<task_promise<T>> work) noexcept
        : root(all.children().loop(), &all.children()), all_(all), index_(index), work_(work) {
      root::start(work, work.promise());
    }

  private:
    void finished() noexcept override {
      all_.child_ended(index_, work_.promise(), work_.promise().outcome.failure());
    }

    gather_operation &all_;
    std::size_t index_;
    std::coroutine_handle<task_promise<T>> work_;
  };

  task<T> work_;
  std::optional<runs_beside> runs_;
};

/// Several tasks of any types.
template <class... T> class gather_few : public gather_operation {
protected:
  gather_few(const char *what, gather_until until, task<T>... works)
      : gather_operation(what, until, sizeof...(T)), children_(gathered<T>(std::move(works))...) {}
  gather_few(gather_few &&) noexcept = default;
  ~gather_few() = default;

  std::tuple<gathered<T>...> children_;

private:
  void start_children() noexcept final {
    [this]<std::size_t... I>(std::index_sequence<I...>) {
      (std::get<I>(children_).start(*this, I), ...);
    }(std::index_sequence_for<T...>());
  }
};

/// Any number of tasks of one type.
template <class T> class gather_many : public gather_operation {
protected:
  gather_many(const char *what, gather_until until, std::vector<gathered<T>> works) noexcept
      : gather_operation(what, until, works.size()), children_(std::move(works)) {}
  gather_many(gather_many &&) noexcept = default;
  ~gather_many() = default;

  std::vector<gathered<T>> children_;

private:
  void start_children() noexcept final {
    for (std::size_t i = 0; i != children_.size(); ++i)
      children_[i].start(*this, i);
  }
};

template <class... T> class gather_few_values final : public gather_few<T...> {
public:
  explicit gather_few_values(task<T>... works)
      : gather_few<T...>("gather", gather_until::first_failure, std::move(works)...) {}
  std::tuple<kept_t<T>...> await_resume() {
    this->rethrow_failure();
    return std::apply([](auto &...child) { return std::tuple<kept_t<T>...>(child.take()...); },
                      this->children_);
  }
};

template <class T> class gather_many_values final : public gather_many<T> {
public:
  explicit gather_many_values(std::vector<gathered<T>> works) noexcept
      : gather_many<T>("gather", gather_until::first_failure, std::move(works)) {}
  auto await_resume() {
    this->rethrow_failure();
    if constexpr (!std::is_void_v<T>) {
      using element = std::conditional_t<std::is_reference_v<T>,
                                         std::reference_wrapper<std::remove_reference_t<T>>, T>;
      std::vector<element> values;
      values.reserve(this->children_.size());
      for (gathered<T> &child : this->children_)
        values.push_back(child.take());
      return values;
    }
  }
};

template <class... T> class gather_few_outcomes final : public gather_few<T...> {
public:
  explicit gather_few_outcomes(task<T>... works)
      : gather_few<T...>("gather_settled", gather_until::all_ended, std::move(works)...) {}
  std::tuple<outcome<T>...> await_resume() {
    this->rethrow_stopped();
    return std::apply(
        [](auto &...child) { return std::tuple<outcome<T>...>(outcome<T>(child)...); },
        this->children_);
  }
};

template <class T> class gather_many_outcomes final : public gather_many<T> {
public:
  explicit gather_many_outcomes(std::vector<gathered<T>> works) noexcept
      : gather_many<T>("gather_settled", gather_until::all_ended, std::move(works)) {}
  std::vector<outcome<T>> await_resume() {
    this->rethrow_stopped();
    std::vector<outcome<T>> outcomes;
    outcomes.reserve(this->children_.size());
    for (gathered<T> &child : this->children_)
      outcomes.push_back(outcome<T>(child));
    return outcomes;
  }
};

template <class First, class... T> struct race_of {
  static constexpr bool one_type = (std::is_same_v<First, T> && ...);
  using value = std::conditional_t<one_type, First, std::variant<kept_t<First>, kept_t<T>...>>;
};

template <class... T> class race_few final : public gather_few<T...> {
  using value = typename race_of<T...>::value;

public:
  explicit race_few(task<T>... works)
      : gather_few<T...>("race", gather_until::first_ended, std::move(works)...) {}
  race_result<value> await_resume() { return taken<0>(this->winner()); }

private:
  template <std::size_t I> race_result<value> taken(std::size_t first) {
    if constexpr (I + 1 != sizeof...(T))
      if (first != I)
        return taken<I + 1>(first);
    auto &child = std::get<I>(this->children_);
    if (const std::exception_ptr error = child.error())
      std::rethrow_exception(error);
    if constexpr (!race_of<T...>::one_type)
      return {I, value(std::in_place_index<I>, child.take())};
    else if constexpr (std::is_void_v<value>)
      return {I};
    else
      return {I, child.take()};
  }
};

template <class T> class race_many final : public gather_many<T> {
public:
  explicit race_many(std::vector<gathered<T>> works)
      : gather_many<T>("race", gather_until::first_ended, std::move(works)) {}
  race_result<T> await_resume() {
    const std::size_t first = this->winner();
    gathered<T> &child = this->children_[first];
    if (const std::exception_ptr error = child.error())
      std::rethrow_exception(error);
    if constexpr (std::is_void_v<T>)
      return {first};
    else
      return {first, child.take()};
  }
};

/// What an element of an \p R is given as: what is in a range that was given away is given away.
template <class R>
using element_of =
    std::conditional_t<std::is_lvalue_reference_v<std::ranges::range_reference_t<R>> &&
                           !std::is_lvalue_reference_v<R> && !std::ranges::borrowed_range<R>,
                       std::remove_reference_t<std::ranges::range_reference_t<R>>,
                       std::ranges::range_reference_t<R>>;

template <std::ranges::input_range R> auto gathered_from(R &&works) {
  using element = element_of<R>;
  std::vector<gathered<task_result<element>>> made;
  if constexpr (std::ranges::sized_range<R>)
    made.reserve(static_cast<std::size_t>(std::ranges::size(works)));
  for (auto &&each : works)
    made.emplace_back(as_task(static_cast<element &&>(each)));
  return made;
}

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_GATHER_HPP
