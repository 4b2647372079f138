// A task is given away as an rvalue: whoever takes it over has it alone.
// CHECK-COUNT-3: error: {{.*}}a task is given away as an rvalue: std::move(task)
// GCC: error: {{.*}}a task is given away as an rvalue: std::move(task)
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/time.hpp>

#include <utility>

// Of one type each: what is asserted of a type is said once.
aio::task<int> number();
aio::task<char> letter();
aio::task<long> count();

aio::task<> gives() {
  auto n = number();
#ifdef RIGHT
  co_await aio::gather(std::move(n), number());
#else
  auto l = letter();
  auto c = count();
  co_await aio::spawn(l);
  co_await aio::gather(n, number());
  co_await aio::with_timeout(std::chrono::seconds(1), c);
#endif
}
