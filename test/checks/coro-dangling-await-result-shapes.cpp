// Awaiters of many libraries: where they have what they give, and who destroys that.
// RUN: %check %s

#include <atomic>
#include <coroutine>
#include <functional>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

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
  int lines;
};
void use(int);

struct promise_base {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() {}
};
struct awaits {
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
};

//===- The awaiter takes over the coroutine, and destroys it

template <class P> void end(std::coroutine_handle<P> of) noexcept { of.destroy(); }

template <class T> class taken {
public:
  struct promise_type : promise_base {
    taken get_return_object();
    void return_value(T given) { ::new (static_cast<void *>(std::addressof(value))) T(std::move(given)); }
    union {
      T value;
    };
    promise_type() {}
    ~promise_type() {}
  };
  ~taken() {
    if (handle) [[likely]]
      end(handle);
  }
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    explicit awaiter(std::coroutine_handle<promise_type> handle) : handle(handle) {}
    ~awaiter() {
      if (!handle)
        return;
      handle.destroy();
    }
    T &&await_resume() { return static_cast<T &&>(handle.promise().value); }
  };
  awaiter operator co_await() && { return awaiter(std::exchange(handle, nullptr)); }

private:
  std::coroutine_handle<promise_type> handle;
};
taken<page> take();

job moved_into_the_awaiter() {
  auto work = take();
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'work', which is gone at the end of this expression
  // NOTE: it is used here
  // NOTE: 'taken::awaiter::await_resume' returns a reference
  // NOTE: the destructor of 'taken::awaiter' destroys the frame
  // FIXED: const auto p = co_await std::move(work);
  const auto &p = co_await std::move(work);
  use(p.lines);
}

//===- The result is in the awaiter

template <class T> class placed {
public:
  struct promise_type : promise_base {
    placed get_return_object();
    void return_value(T given) { *to = std::move(given); }
    T *to;
  };
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    T result;
    T &&await_resume() noexcept { return std::move(result); }
  };
  awaiter operator co_await() && { return {{}, handle, {}}; }

private:
  std::coroutine_handle<promise_type> handle;
};
placed<page> place();

job in_the_awaiter() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the awaiter of 'place', a temporary that is gone at the end of this expression
  // NOTE: it is used here
  // NOTE: 'placed::awaiter::await_resume' returns a reference
  // FIXED: auto p = co_await place();
  auto &&p = co_await place();
  use(p.lines);
}

//===- An operation that has its result, and is awaited itself

struct receive : awaits {
  alignas(page) char bytes[sizeof(page)];
  page &await_resume() { return *std::launder(reinterpret_cast<page *>(bytes)); }
};
receive receive_one();

job in_the_operation() {
  // EXPECT: coro-dangling-await-result: 'p' refers into what 'receive_one' gives, a temporary that is gone at the end of this expression
  // NOTE: it is used here
  // NOTE: 'receive::await_resume' returns a reference
  // FIXED: auto p = co_await receive_one();
  auto &p = co_await receive_one();
  use(p.lines);
}

// It has a name, and lives on.
job in_an_operation_that_is_kept() {
  receive operation;
  auto &p = co_await operation;
  use(p.lines);
  receive another;
  auto &q = co_await std::move(another);
  use(q.lines);
}

//===- A variant, a guard of the frame in a member, await_transform, a wrapped awaiter

template <class P> class frame {
public:
  explicit frame(std::coroutine_handle<P> of) : of(of) {}
  frame(frame &&other) noexcept : of(std::exchange(other.of, {})) {}
  ~frame() { reset(); }
  void reset() {
    if (auto ends = std::exchange(of, {}))
      ends.destroy();
  }
  std::coroutine_handle<P> get() const { return of; }

private:
  std::coroutine_handle<P> of;
};

template <class T> class owned {
public:
  struct promise_type : promise_base {
    owned get_return_object() { return owned(std::coroutine_handle<promise_type>::from_promise(*this)); }
    void return_value(T given) { value = std::move(given); }
    T &result() {
      if (auto *has = std::get_if<1>(&value))
        return *has;
      throw 1;
    }
    template <class A> decltype(auto) await_transform(A &&awaited) { return std::forward<A>(awaited); }
    std::variant<std::monostate, T> value;
  };
  auto operator co_await() const noexcept { return inner{{}, of.get()}; }
  struct inner : awaits {
    std::coroutine_handle<promise_type> of;
    T &await_resume() { return of.promise().result(); }
  };

private:
  explicit owned(std::coroutine_handle<promise_type> made) : of(made) {}
  frame<promise_type> of;
};
owned<page> own();

// The frame is destroyed by a member of the task.
owned<int> through_await_transform() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'own'
  // NOTE: it is used here
  // NOTE: 'owned::inner::await_resume' returns a reference
  // NOTE: the destructor of 'frame' destroys the frame
  // FIXED: const auto p = co_await own();
  const auto &p = co_await own();
  co_return p.lines;
}

struct traced {
  struct promise_type : promise_base {
    traced get_return_object();
    void return_void() {}
    template <class A> struct wrapper : awaits {
      A inner;
      decltype(auto) await_resume() { return inner.await_resume(); }
    };
    template <class A> auto await_transform(A &&awaited) {
      return wrapper<decltype(std::forward<A>(awaited).operator co_await())>{
          {}, std::forward<A>(awaited).operator co_await()};
    }
  };
};

// The promise has wrapped the awaiter.
traced through_a_wrapper() {
  // EXPECT: coro-dangling-await-result: 'p' refers into the frame of 'own'
  // NOTE: it is used here
  // NOTE: await_resume' returns a reference
  // NOTE: the destructor of 'frame' destroys the frame
  // FIXED: auto p = co_await own();
  auto &p = co_await own();
  use(p.lines);
}

//===- What cannot be copied

struct pinned {
  pinned(pinned &&) = delete;
  int number;
};
struct give_pinned : awaits {
  pinned value;
  pinned &await_resume() { return value; }
};
give_pinned pin();

job what_cannot_be_moved() {
  // EXPECT: coro-dangling-await-result: 'p' refers into what 'pin' gives
  // NOTE: it is used here
  // NOTE: 'give_pinned::await_resume' returns a reference
  // NOTE: keep the object in a local, and refer to that
  auto &p = co_await pin();
  use(p.number);
}

//===- What is right

// Others may own the coroutine: its destructor counts.
template <class T> class shared {
public:
  struct promise_type : promise_base {
    shared get_return_object();
    void return_value(T given) { value = std::move(given); }
    T value;
    std::atomic<int> owners;
  };
  ~shared() {
    if (handle && handle.promise().owners.fetch_sub(1) == 1)
      handle.destroy();
  }
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    T &await_resume() { return handle.promise().value; }
  };
  awaiter operator co_await() const { return {{}, handle}; }

private:
  std::coroutine_handle<promise_type> handle;
};
shared<page> share();

job of_several_owners() {
  auto &p = co_await share();
  use(p.lines);
}

// Nothing shows that the frame is destroyed here.
template <class T> class opaque {
public:
  struct promise_type : promise_base {
    opaque get_return_object();
    void return_value(T given);
    T value;
  };
  ~opaque();
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    T &await_resume() { return handle.promise().value; }
  };
  awaiter operator co_await() && { return {{}, handle}; }

private:
  std::coroutine_handle<promise_type> handle;
};
opaque<page> hide();

job of_an_unknown_owner() {
  auto &p = co_await hide();
  use(p.lines);
}

// Where the result lies is not seen.
struct elsewhere : awaits {
  page value;
  page &await_resume();
};
elsewhere look();

job where_nothing_is_seen() {
  auto &p = co_await look();
  use(p.lines);
}

// It is the server's, the pool's, the channel's: what the operation refers to lives on.
struct server {
  std::vector<page> pages;
  page first;
};
struct borrow : awaits {
  server &of;
  page *cached;
  page &await_resume() {
    if (cached)
      return *cached;
    return of.first;
  }
};
struct of_reference : awaits {
  server &of;
  page &await_resume() { return of.first; }
};
struct of_element : awaits {
  server *of;
  page &await_resume() { return of->pages.front(); }
};
borrow borrow_from(server &);
of_reference first_of(server &);
of_element element_of(server &);

job of_what_lives_on(server &s) {
  auto &p = co_await borrow_from(s);
  auto &q = co_await first_of(s);
  auto &r = co_await element_of(s);
  use(p.lines + q.lines + r.lines);
}

// On one of its ways it gives what lives on.
struct sometimes : awaits {
  page own;
  server *of;
  page &await_resume() { return of ? of->first : own; }
};
sometimes maybe();

job of_two_places() {
  auto &p = co_await maybe();
  use(p.lines);
}

// The promise has a pointer to what the coroutine was given.
template <class T> class pointing {
public:
  struct promise_type : promise_base {
    pointing get_return_object();
    void return_value(T *given) { value.emplace<1>(given); }
    T &result() { return *std::get<1>(value); }
    std::variant<std::monostate, T *> value;
  };
  ~pointing() { handle.destroy(); }
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    T &await_resume() { return handle.promise().result(); }
  };
  awaiter operator co_await() && { return {{}, handle}; }

private:
  std::coroutine_handle<promise_type> handle;
};
pointing<page> point();

job behind_its_pointer() {
  auto &p = co_await point();
  use(p.lines);
}

// The coroutine is given to who keeps it: nobody destroys it here.
template <class T> class kept {
public:
  struct promise_type : promise_base {
    kept get_return_object();
    void return_value(T given) { value = std::move(given); }
    T value;
  };
  ~kept() {
    if (handle)
      handle.destroy();
  }
  struct awaiter : awaits {
    std::coroutine_handle<promise_type> handle;
    T &await_resume() { return handle.promise().value; }
  };
  awaiter operator co_await() && { return {{}, std::exchange(handle, nullptr)}; }

private:
  std::coroutine_handle<promise_type> handle;
};
kept<page> keep();

job of_who_keeps_it() {
  auto &p = co_await keep();
  use(p.lines);
}

// What is stored is converted to a reference to something else.
template <class T> struct wrapping : awaits {
  std::optional<std::reference_wrapper<T>> found;
  T &await_resume() { return *found; }
};
wrapping<page> wrap();
struct wrapped_value : awaits {
  std::reference_wrapper<page> await_resume();
};
wrapped_value wrap_value();

job through_a_reference_wrapper() {
  auto &p = co_await wrap();
  page &q = co_await wrap_value();
  use(p.lines + q.lines);
}

// A tuple of references has none of what they refer to.
struct of_tuple : awaits {
  std::tuple<page &, int> both;
  page &await_resume() { return std::get<0>(both); }
};
of_tuple tie_page(server &);

job in_a_tuple(server &s) {
  auto &p = co_await tie_page(s);
  use(p.lines);
}

// The promise of who awaits: `this_coro`, a current executor.
struct current {
  struct promise_type : promise_base {
    current get_return_object();
    void return_void() {}
    struct itself : awaits {
      promise_type &promise;
      promise_type &await_resume() { return promise; }
    };
    itself await_transform(std::nullptr_t) { return {{}, *this}; }
    int number;
  };
};

current of_who_awaits() {
  auto &mine = co_await nullptr;
  use(mine.number);
}

// A virtual one may be another.
struct abstract : awaits {
  page value;
  virtual page &await_resume() { return value; }
};
abstract get_abstract();

job of_any_kind() {
  auto &p = co_await get_abstract();
  use(p.lines);
}
