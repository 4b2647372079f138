// What aio offers to await is awaited in aio's coroutines: another's has no place for cancellation.
#include <aio/time.hpp>

#include <coroutine>

struct theirs {
  struct promise_type {
    theirs get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

// CHECK: aio's awaitables are awaited in an aio::task or an aio::async_generator
theirs waits() {
  co_await aio::sleep_for(std::chrono::seconds(1));
}
