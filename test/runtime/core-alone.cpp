// The core of aio, and all that needs no outside world, work on any loop: here on a plain one, linked without
// libuv.
//
// RUN: %clangxx -std=c++20 -Wall -Wextra -Werror -I%include %s %build/runtime/libaio-core.a -pthread -o %t
// RUN: %t | %FileCheck %s
// RUN: ldd %t | not grep libuv

#include <aio/detail/runner.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/time.hpp>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>

using namespace std::chrono_literals;

class plain_scheduler final : public aio::detail::scheduler {
  void wait(std::optional<aio::clock::time_point> until) override {
    std::unique_lock held(lock_);
    if (until)
      changed_.wait_until(held, *until, [this] { return woken_; });
    else
      changed_.wait(held, [this] { return woken_; });
    woken_ = false;
  }
  void wake() noexcept override {
    std::lock_guard held(lock_);
    woken_ = true;
    changed_.notify_one();
  }

  std::mutex lock_;
  std::condition_variable changed_;
  bool woken_ = false;
};

aio::task<int> after(std::chrono::hours time, int value) {
  co_await aio::sleep_for(time);
  co_return value;
}

aio::task<int> uses_it_all() {
  auto [one, two] = co_await aio::gather(after(2h, 1), after(1h, 2));
  auto three = aio::spawn(after(1h, 3));
  aio::channel<int> numbers(1);
  const int sum = co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<int> {
    group.spawn(numbers.send(4));
    co_return (co_await numbers.receive()).value_or(0);
  });
  try {
    co_await aio::with_timeout(1h, after(2h, 0));
  } catch (const aio::timed_out &late) {
    std::puts(late.what());
  }
  co_return one + two + co_await three + sum;
}

int main() {
  plain_scheduler loop;
  loop.use_virtual_time();
  aio::detail::main_root<int> root(loop, uses_it_all());
  root.begin();
  // CHECK: the time was up
  // CHECK: sum 10
  // CHECK: all have ended
  if (loop.drive(root.done))
    std::printf("sum %d\n", root.take());
  if (loop.drive(loop.none_spawned()))
    std::puts("all have ended");
}
