// What waits for a mutex of fibers is a fiber, whose thread does other work: no lock of threads,
// whichever guard holds it. Beside it a lock of threads is one.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <mutex>

namespace boost::fibers {
struct mutex {
  void lock();
  bool try_lock();
  void unlock();
};
struct recursive_timed_mutex : mutex {};
} // namespace boost::fibers
namespace folly::fibers {
struct TimedMutex {
  void lock();
  bool try_lock();
  void unlock();
};
} // namespace folly::fibers

task<> work();
boost::fibers::mutex fiber;
boost::fibers::recursive_timed_mutex again;
folly::fibers::TimedMutex timed;
std::mutex thread;

task<> guarded() {
  std::lock_guard guard(fiber);
  std::unique_lock<folly::fibers::TimedMutex> lock(timed);
  co_await work();
}

task<> both() {
  std::scoped_lock all(fiber, again);
  co_await work();
}

task<> raw() {
  fiber.lock();
  co_await work();
  fiber.unlock();
}

template <typename Mutex> struct store {
  Mutex mutex;
  task<> save() {
    std::lock_guard<Mutex> guard(mutex);
    co_await work();
  }
};
template struct store<boost::fibers::mutex>;

task<> beside() {
  std::scoped_lock all(fiber, thread);
  // EXPECT: coro-lock-across-suspension: 'all' is still locked
  // NOTE: it is locked here
  // NOTE: take a mutex that is awaited
  co_await work();
}
