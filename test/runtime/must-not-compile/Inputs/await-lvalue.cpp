// A task is awaited once, as an rvalue; the compiler says how.
#include <aio/task.hpp>

#include <utility>

aio::task<int> number();

aio::task<> twice() {
  auto n = number();
#ifdef RIGHT
  co_await std::move(n);
#else
  // CHECK: a task is awaited once, as an rvalue: co_await std::move(task)
  co_await n;
#endif
}
