// `[x](this auto)`: the closure is a parameter, and the frame has it.
// RUN: %check %s -- -std=c++23

#include "Inputs/task.h"
#include <memory>
#include <string>

task<> work();
void use(int);
void use(const std::string &);

//===- With an edit

task<> kept(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto t = [n](this auto) -> task<> {
  auto t = [n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

task<> without_parentheses(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto t = [n](this auto) -> task<> {
  auto t = [n] -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

task<> without_parentheses_noexcept(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto t = [n](this auto) noexcept -> task<> {
  auto t = [n] noexcept -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

task<> with_parameters(int n, std::string text) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto t = [=](this auto, int more, auto... rest) noexcept -> task<> {
  auto t = [=](int more, auto... rest) noexcept -> task<> {
    co_await work();
    use(n + more + int(sizeof...(rest)));
    use(text);
  }(1, 2, 3);
  co_await std::move(t);
}

task<> with_template_parameters(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto t = [n]<class T>(this auto, T more) -> task<> {
  auto t = [n]<class T>(T more) -> task<> {
    co_await work();
    use(n + more);
  }(1);
  co_await std::move(t);
}

task<> of_a_local(int n) {
  // EXPECT: coro-dangling-capture: the captures of 'later' are gone when its task goes on, which is returned
  // NOTE: the lambda uses a capture here, after it was suspended
  // FIXED: auto later = [n](this auto) -> task<> {
  auto later = [n]() -> task<> {
    co_await work();
    use(n);
  };
  return later();
}

//===- Without

// It changes what it has, and that would be the copy's.
task<> is_mutable(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [n]() mutable -> task<> {
    co_await work();
    use(++n);
  }();
  co_await std::move(t);
}

// A closure that cannot be copied, when it is no temporary.
task<> is_moved(std::unique_ptr<int> p) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [p = std::move(p)]() -> task<> {
    co_await work();
    use(*p);
  }();
  co_await std::move(t);
}

// A reference refers to what it did.
task<> by_reference(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = [&n]() -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

#define LATER                                                                                      \
  [n]() -> task<> {                                                                                \
    co_await work();                                                                               \
    use(n);                                                                                        \
  }
task<> by_macro(int n) {
  // EXPECT: coro-dangling-capture: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  // NOTE: here it is awaited
  // NOTE: the lambda uses a capture here, after it was suspended
  // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
  auto t = LATER();
  co_await std::move(t);
}

// It refers to the closure as what it is called on does.
task<> takes_a_reference(int n) {
  task<> t = work();
  {
    // EXPECT: coro-dangling-capture: the captures of 'later' are gone when its task goes on, which is awaited
    // NOTE: here it is awaited
    // NOTE: the lambda uses '' here, after it was suspended
    // NOTE: pass what it captures as parameters, which its frame keeps, or await it where it is made
    auto later = [n](this auto &) -> task<> {
      co_await work();
      use(n);
    };
    t = later();
  }
  co_await std::move(t);
}

//===- Right

task<> already(int n) {
  auto t = [n](this auto) -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}

task<> already_named(int n) {
  auto t = [n](this auto self) -> task<> {
    co_await work();
    use(n);
  }();
  co_await std::move(t);
}
