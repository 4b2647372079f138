// A task cannot be copied: two would await one coroutine.
#include <aio/task.hpp>

#include <utility>

aio::task<int> number();

aio::task<int> copied() {
  auto n = number();
#ifdef RIGHT
  auto m = std::move(n);
#else
  // CHECK: copy.cpp:[[@LINE+1]]:{{.*}}error:{{.*(deleted|delete)}}
  auto m = n;
#endif
  co_return co_await std::move(m);
}
