// RUN: %check %s --profile=pedantic --option coro-frame-size.Limit=4000

#include "Inputs/task.h"
#include <array>
#include <string>
#include <vector>

task<> work();
task<> takes(std::array<char, 3000> values);
void use(const void *);
bool some();

struct large {
  large();
  ~large();
  char bytes[5000];
};
task<> takes(const large &values);
task<> keeps(large values);
struct large_operation {
  char bytes[4500];
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct ready_operation : large_operation {
  bool await_ready() { return true; }
};

//===- bad

// EXPECT: coro-frame-size: the frame of 'local' has about {{50..}} bytes, more than 4000
// NOTE: 5000 bytes are 'buffer', a 'char[5000]'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope of what is large before the coroutine is suspended, or keep it on the heap
task<> local() {
  char buffer[5000];
  use(buffer);
  co_await work();
  use(buffer);
}

// The largest first.
// EXPECT: coro-frame-size: the frame of 'several' has about {{60..}} bytes, more than 4000
// NOTE: 3000 bytes are 'b', a 'char[3000]'
// NOTE: 2000 bytes are 'c', a 'std::array<char, 2000>'
// NOTE: 1000 bytes are 'a', a 'char[1000]'
// NOTE: they are kept while the coroutine is suspended here
// NOTE: end the scope of what is large
task<> several() {
  char a[1000];
  char b[3000];
  std::array<char, 2000> c;
  use(a);
  use(b);
  use(&c);
  co_await work();
}

// EXPECT: coro-frame-size: the frame of 'parameter' has about {{50..}} bytes
// NOTE: 5000 bytes are the parameter 'values', a 'large'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
task<> parameter(large values) { co_await work(); }

// A parameter is there though nothing suspends.
// EXPECT: coro-frame-size: the frame of 'never_suspended' has about {{50..}} bytes
// NOTE: 5000 bytes are the parameter 'values', a 'large'
// NOTE: end the scope
task<> never_suspended(large values) {
  use(&values);
  co_return;
}
auto *handler = &never_suspended;

// EXPECT: coro-frame-size: the frame of 'temporary' has about {{50..}} bytes
// NOTE: 5000 bytes are a temporary, a 'large'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
task<> temporary() { co_await takes(large()); }

// It is destroyed at the end of the full-expression.
// EXPECT: coro-frame-size: the frame of 'argument' has about {{50..}} bytes
// NOTE: 5000 bytes are a temporary, a 'large'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
task<> argument() { co_await keeps(large()); }

// EXPECT: coro-frame-size: the frame of 'awaiter' has about {{45..}} bytes
// NOTE: 4500 bytes are a temporary, a 'large_operation'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
task<> awaiter() { co_await large_operation{}; }

// It lives as long as the reference.
// EXPECT: coro-frame-size: the frame of 'extended' has about {{50..}} bytes
// NOTE: 5000 bytes are a temporary, a 'large'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
task<> extended() {
  const large &values = large();
  co_await work();
  use(&values);
}

// EXPECT: coro-frame-size: the frame of 'yields' has about {{50..}} bytes
// NOTE: 5000 bytes are 'buffer', a 'char[5000]'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
generator<int> yields() {
  char buffer[5000];
  use(buffer);
  co_yield 1;
}

// The one with the most counts; without optimisation, both have a place.
// EXPECT: coro-frame-size: the frame of 'one_after_the_other' has about {{50..}} bytes
// NOTE: 5000 bytes are 'b', a 'char[5000]'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: without optimisation, objects that never live at the same time do not share their place: about {{80..}} bytes
// NOTE: end the scope
task<> one_after_the_other() {
  {
    char a[3000];
    use(a);
    co_await work();
  }
  char b[5000];
  use(b);
  co_await work();
}

// Each instantiation has a size of its own.
// EXPECT: coro-frame-size: the frame of 'sized' has about {{50..}} bytes
// NOTE: 5000 bytes are 'buffer', a 'char[5000]'
// NOTE: it is kept while the coroutine is suspended here
// NOTE: end the scope
template <int N> task<> sized() {
  char buffer[N];
  use(buffer);
  co_await work();
}
task<> uses_sized() {
  co_await sized<10>();
  co_await sized<5000>();
}

//===- good

// It is no more when the coroutine is suspended.
task<> before() {
  {
    char buffer[5000];
    use(buffer);
  }
  co_await work();
}
task<> after() {
  co_await work();
  char buffer[5000];
  use(buffer);
}
task<> in_a_branch() {
  if (some()) {
    char buffer[5000];
    use(buffer);
  } else {
    co_await work();
  }
  for (int i = 0; i != 3; ++i) {
    char buffer[5000];
    use(buffer);
  }
  co_await work();
}
task<> another_expression() {
  use(large().bytes);
  co_await work();
}

// These never live at the same time.
task<> in_turn() {
  {
    char a[3000];
    use(a);
    co_await work();
  }
  {
    char b[3000];
    use(b);
    co_await work();
  }
  co_await takes(std::array<char, 3000>());
}

// It is on the heap, in the static storage, or elsewhere.
task<> elsewhere(const large &given) {
  std::vector<char> heap(5000);
  static char everywhere[5000];
  use(&given);
  use(everywhere);
  co_await work();
  use(heap.data());
}

// Not suspended there.
task<> ready() {
  co_await ready_operation{};
  co_await work();
}

// What it calls has a frame of its own.
task<> nested() { co_await local(); }

void plain() {
  char buffer[5000];
  use(buffer);
}
