// The temporaries of a loop's range live as long as the loop from C++23 on (P2718); no others do.
// RUN: %check %s -- -std=c++23

#include "Inputs/task.h"
#include <string>
#include <string_view>
#include <vector>

struct receive {
  std::vector<int> items;
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  std::vector<int> &await_resume() { return items; }
};
receive receive_all();
void show(int item);

task<> a_loop() {
  for (int item : co_await receive_all())
    show(item);
}

task<> a_reference() {
  // EXPECT: coro-dangling-await-result: 'items' refers into what 'receive_all' gives, a temporary that is gone at the end of this expression
  // NOTE: it is used here
  // NOTE: 'receive::await_resume' returns a reference
  // FIXED: auto items = co_await receive_all();
  auto &items = co_await receive_all();
  for (int item : items)
    show(item);
}
