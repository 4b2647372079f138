// A reference or view of what co_await gives, which is gone at the end of the expression.
// RUN: %check %s

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The result stays in the coroutine's frame, and awaiting gives a reference to it; a kept task may be
// awaited as an lvalue.
template <class T> class task {
public:
  struct promise_type {
    task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() { error = std::current_exception(); }
    void return_value(T given) { value.emplace(std::move(given)); }
    T &result() & {
      if (error)
        std::rethrow_exception(error);
      return *value;
    }
    T &&result() && {
      if (error)
        std::rethrow_exception(error);
      return std::move(*value);
    }
    std::optional<T> value;
    std::exception_ptr error;
  };

  task(task &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  ~task() { // #destroys
    if (handle)
      handle.destroy();
  }

  struct base {
    std::coroutine_handle<promise_type> handle;
    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept { return handle; }
  };
  auto operator co_await() const & noexcept {
    struct awaiter : base {
      decltype(auto) await_resume() { return this->handle.promise().result(); }
    };
    return awaiter{{handle}};
  }
  auto operator co_await() const && noexcept {
    struct awaiter : base {
      decltype(auto) await_resume() { return std::move(this->handle.promise()).result(); } // #resume
    };
    return awaiter{{handle}};
  }

private:
  explicit task(std::coroutine_handle<promise_type> made) : handle(made) {}
  std::coroutine_handle<promise_type> handle;
};

// What it gives lies elsewhere.
template <class T> class task<T &> {
public:
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() {}
    void return_value(T &given) { value = std::addressof(given); }
    T *value = nullptr;
  };
  ~task() {
    if (handle)
      handle.destroy();
  }
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  T &await_resume() { return *handle.promise().value; }

private:
  std::coroutine_handle<promise_type> handle;
};

// The coroutine of the functions below.
struct job {
  struct promise_type {
    job get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() {}
    void return_void() {}
  };
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  void await_resume() noexcept {}
};

struct page {
  std::string title;
  std::vector<int> lines;
  const std::string &name() const { return title; }
  const std::vector<int> &all() const { return lines; }
};
task<page> fetch();
task<page &> find();
task<std::string> read();
task<std::unique_ptr<page>> make();
task<std::vector<int>> numbers();
task<std::string_view> literal();
void use(int);
void use(std::string_view);
void use(const page &);
bool ask();

job kept_by_reference() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'fetch', which is gone at the end of this expression
  // NOTE: it is used here
  // NOTE@#resume: 'task::operator co_await::awaiter::await_resume' returns a reference
  // NOTE@#destroys: the destructor of 'task' destroys the frame
  // FIXED: const auto p = co_await fetch();
  const auto &p = co_await fetch();
  use(p);
}

job kept_by_forwarding_reference() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'fetch', which is gone at the end of this expression
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: auto p = co_await fetch();
  auto&&p = co_await fetch();
  use(p);
}

job by_its_class() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: page const p = co_await fetch();
  page const &p = co_await fetch();
  use(p);
}

job what_can_only_be_moved() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'make'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: auto p = co_await make();
  auto &&p = co_await make();
  use(*p);
}

job a_structured_binding() {
  // EXPECT: coro-dangling-await-result: the structured binding refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: auto [title, lines] = co_await fetch();
  auto &&[title, lines] = co_await fetch();
  use(title);
}

job in_a_condition() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: if (const auto p = co_await fetch(); p.lines.empty())
  if (const auto &p = co_await fetch(); p.lines.empty())
    use(1);
}

job a_member() {
  // EXPECT: coro-dangling-await-result: 'title' refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep the object in a local, and refer to that: 'auto value = co_await …;'
  const auto &title = (co_await fetch()).title;
  use(title);
}

job what_a_member_gives() {
  // EXPECT: coro-dangling-await-result: 'title' refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep the object in a local
  const auto &title = (co_await fetch()).name();
  use(title);
}

job a_view() {
  // EXPECT: coro-dangling-await-result: 'text' refers into the frame of 'read'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep the object in a local
  std::string_view text = co_await read();
  use(text);
}

job a_view_that_is_assigned() {
  std::string_view text;
  if (ask()) {
    // EXPECT: coro-dangling-await-result: 'text' refers into the frame of 'read'
    // NOTE: it is used here
    // NOTE: returns a reference
    // NOTE: destroys the frame
    // NOTE: keep the object in a local
    text = co_await read();
  }
  use(text);
}

job an_iterator() {
  // EXPECT: coro-dangling-await-result: 'at' refers into the frame of 'numbers'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep the object in a local
  auto at = (co_await numbers()).begin();
  use(*at);
}

job a_loop() {
  // EXPECT: coro-dangling-await-result: the loop runs over what lies in the frame of 'numbers', which is gone before the loop begins
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep it in a local of its own type first: 'auto items = co_await …;'
  for (int each : co_await numbers())
    use(each);
}

job a_loop_over_a_part() {
  // EXPECT: coro-dangling-await-result: the loop runs over what lies in the frame of 'fetch'
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // NOTE: keep it in a local of its own type first
  for (int each : (co_await fetch()).all())
    use(each);
}

job in_a_lambda_that_is_called() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'fetch'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: const auto p = co_await fetch();
  const auto &p = co_await fetch();
  auto show = [&] { use(p); };
  show();
}

template <class T> job in_a_template(task<T> (*make)()) {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'make'
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: const auto p = co_await make();
  const auto &p = co_await make();
  use(p);
}
template job in_a_template<page>(task<page> (*)());

job a_call_of_a_lambda() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of
  // NOTE: it is used here
  // NOTE: returns a reference
  // NOTE: destroys the frame
  // FIXED: const auto p = co_await [](int n) -> task<page> { co_return page{"a", {n}}; }(1);
  const auto &p = co_await [](int n) -> task<page> { co_return page{"a", {n}}; }(1);
  use(p);
}

//===- What is right

// A copy, or moved out of the frame.
job by_value() {
  auto p = co_await fetch();
  const page q = co_await fetch();
  use(p);
  use(q);
}

// The task lives on, and its frame with it.
job of_a_kept_task() {
  auto work = fetch();
  const auto &p = co_await work;
  use(p);
}

// Moving a task as an argument of co_await does not destroy it: this awaiter does not take it over.
job of_a_task_that_is_cast() {
  auto work = fetch();
  const auto &p = co_await std::move(work);
  use(p);
}

// It is used in the same expression.
job in_place() {
  use((co_await fetch()).name());
  use(co_await read());
  const int first = (co_await fetch()).all()[0];
  use(first);
}

// What the user declared as a reference lies elsewhere.
job declared_as_a_reference() {
  const auto &p = co_await find();
  auto &title = (co_await find()).title;
  use(p);
  use(title);
  for (int each : (co_await find()).all())
    use(each);
}

// The view is copied: what it refers to is not in the frame.
job a_view_that_is_given() {
  std::string_view text = co_await literal();
  use(text);
}

// Nobody looks at it.
job not_used() {
  const auto &p = co_await fetch();
  (void)p;
  [[maybe_unused]] const auto &q = co_await fetch();
}

// It refers to something else when it is used.
job given_another_value() {
  std::string_view text = co_await read();
  text = "other";
  use(text);
}

// What is pointed to is not in the frame.
job behind_a_pointer() {
  auto &p = *(co_await make()).release();
  use(p);
}
