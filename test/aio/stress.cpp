//===- stress.cpp - Thousands of coroutines that are cancelled at random --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
//
// Random trees of everything that starts, waits, stops and fails, in an order that is drawn from a
// seed. However it goes, every coroutine that began has ended and was freed, everyone who waited
// was answered, and nothing that was handed over was lost.
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <exception>
#include <optional>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace stress_tests {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t seeds = 15;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t seeds = 15;
#else
constexpr std::uint64_t seeds = 150;
#endif
#else
constexpr std::uint64_t seeds = 150;
#endif

class failure : public std::runtime_error {
public:
  failure() : std::runtime_error("it failed") {}
};

/// What all coroutines of one run share.
struct world {
  explicit world(std::uint64_t seed) : random(seed) {}

  std::mt19937_64 random;
  int coroutines_left = 3000;
  int alive = 0; // objects in frames
  long begun = 0;
  long ended = 0;
  long answered = 0; // waits that were over, however they ended

  aio::mutex mutex;
  int in_mutex = 0;
  aio::semaphore semaphore{3};
  int in_semaphore = 0;
  aio::event event;
  aio::channel<int> channel{4};
  long sent = 0;
  long received = 0;

  int draw(int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); }
};

/// Lives in a coroutine's frame.
class in_frame {
public:
  explicit in_frame(world &of) noexcept : of_(&of) { ++of_->alive; }
  in_frame(const in_frame &other) noexcept : of_(other.of_) { ++of_->alive; }
  in_frame &operator=(const in_frame &) = delete;
  ~in_frame() { --of_->alive; }

private:
  world *of_;
};

class counts {
public:
  explicit counts(int &inside, int most) : inside_(inside) {
    ++inside_;
    EXPECT_LE(inside_, most);
  }
  counts(const counts &) = delete;
  counts &operator=(const counts &) = delete;
  ~counts() { --inside_; }

private:
  int &inside_;
};

aio::task<int> node(world &w, in_frame parameter, int depth);

aio::task<int> child(world &w, int depth) {
  return node(w, in_frame(w), depth + 1);
}

std::vector<aio::task<int>> children(world &w, int depth) {
  std::vector<aio::task<int>> made;
  for (int left = 1 + w.draw(4); left != 0; --left)
    made.push_back(child(w, depth));
  return made;
}

/// One whose end nobody will ask for: its failure is nobody's.
aio::task<> unasked(world &w, int depth) {
  try {
    co_await child(w, depth);
  } catch (const std::exception &) {
  }
}

/// Waits for the end of one whose result is not wanted any more.
aio::task<> is_over(aio::join_handle<int> &handle) {
  try {
    (void)co_await handle;
  } catch (const std::exception &) {
  }
}

aio::task<> sleeps(world &w) {
  co_await aio::sleep_for(std::chrono::milliseconds(w.draw(50)));
}

/// Uses what coroutines share.
aio::task<> shares(world &w) {
  switch (w.draw(6)) {
  case 0: {
    const auto lock = co_await w.mutex.lock();
    const counts alone(w.in_mutex, 1);
    co_await sleeps(w);
    break;
  }
  case 1: {
    const auto permit = co_await w.semaphore.acquire();
    const counts few(w.in_semaphore, 3);
    co_await sleeps(w);
    break;
  }
  case 2:
    co_await aio::with_timeout(30ms, w.event.wait());
    break;
  case 3:
    w.event.set();
    co_await aio::checkpoint();
    w.event.clear();
    break;
  case 4:
    co_await aio::with_timeout(30ms, [](world &to) -> aio::task<> {
      co_await to.channel.send(1);
      ++to.sent;
    }(w));
    break;
  default:
    co_await aio::with_timeout(30ms, [](world &to) -> aio::task<> {
      (void)co_await to.channel.receive();
      ++to.received;
    }(w));
    break;
  }
}

/// One random thing that a coroutine does.
aio::task<int> step(world &w, int depth) {
  const bool leaf = depth >= 7 || w.coroutines_left <= 0;
  switch (w.draw(leaf ? 5 : 18)) {
  case 0:
    co_await sleeps(w);
    co_return 0;
  case 1:
    co_await aio::checkpoint();
    co_return 0;
  case 2:
  case 3:
    co_await shares(w);
    co_return 0;
  case 4:
    if (w.draw(10) == 0)
      throw failure();
    co_return 0;
  case 5:
    co_return co_await child(w, depth);
  case 6: {
    auto [a, b, c] = co_await aio::gather(child(w, depth), child(w, depth), sleeps(w));
    co_return a + b;
  }
  case 7: {
    int sum = 0;
    for (const int each : co_await aio::gather(children(w, depth)))
      sum += each;
    co_return sum;
  }
  case 8: {
    int sum = 0;
    for (const auto &each : co_await aio::gather_settled(children(w, depth)))
      sum += each ? each.value() : 1;
    co_return sum;
  }
  case 9:
    co_return (co_await aio::race(children(w, depth))).value;
  case 10: {
    auto first = co_await aio::race(child(w, depth), sleeps(w));
    co_return static_cast<int>(first.index);
  }
  case 11:
  case 12:
    co_return co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<int> {
      const in_frame local(w);
      for (int left = w.draw(4); left != 0; --left)
        group.spawn(child(w, depth));
      if (w.draw(4) == 0)
        group.cancel();
      if (w.draw(3) == 0)
        co_await group.join();
      else if (w.draw(3) == 0)
        group.spawn([](world &of, aio::task_group &in, int at) -> aio::task<> {
          co_await aio::checkpoint();
          in.spawn(child(of, at));
        }(w, group, depth));
      co_return co_await child(w, depth);
    });
  case 13:
    co_return co_await aio::with_timeout(std::chrono::milliseconds(w.draw(100)), child(w, depth));
  case 14:
    co_return co_await aio::shield(child(w, depth));
  case 15: {
    auto handle = aio::spawn(child(w, depth));
    try {
      if (w.draw(2) == 0)
        co_await sleeps(w);
      if (w.draw(3) == 0)
        handle.cancel();
      co_return co_await handle;
    } catch (const aio::cancelled &) {
    }
    handle.cancel();
    co_await aio::shield(is_over(handle)); // else run throws what it throws
    throw aio::cancelled();
  }
  case 16:
    if (auto handle = aio::spawn(unasked(w, depth)); w.draw(2) == 0)
      std::move(handle).detach();
    co_return 0;
  default: {
    std::stop_source source;
    auto stops = [](std::stop_source s, world &of) -> aio::task<> {
      co_await sleeps(of);
      s.request_stop();
    };
    auto stopping = aio::spawn(stops(source, w));
    const int given = co_await aio::with_stop_token(source.get_token(), child(w, depth));
    stopping.cancel();
    co_return given;
  }
  }
}

aio::task<int> node(world &w, in_frame, int depth) {
  const in_frame local(w);
  struct ending {
    world &of;
    ~ending() { ++of.ended; }
  } const noted{w};
  ++w.begun;
  --w.coroutines_left;
  int sum = 1;
  for (int left = 1 + w.draw(3); left != 0; --left) {
    const int kind = w.draw(4);
    if (kind == 0) { // deals with what goes wrong
      std::exception_ptr stopped;
      try {
        sum += co_await step(w, depth);
      } catch (const aio::cancelled &) {
        stopped = std::current_exception();
      } catch (const std::exception &) {
      }
      ++w.answered;
      if (stopped) {
        co_await aio::shield(sleeps(w)); // cleans up
        std::rethrow_exception(stopped);
      }
    } else {
      sum += co_await step(w, depth);
      ++w.answered;
    }
  }
  co_return sum;
}

aio::task<> everything(world &w) {
  std::vector<aio::join_handle<int>> handles;
  for (int i = 0; i != 20; ++i)
    handles.push_back(aio::spawn(child(w, 0)));
  auto kills = [](world &of, std::vector<aio::join_handle<int>> &all) -> aio::task<> {
    for (;;) {
      co_await sleeps(of);
      all[static_cast<std::size_t>(of.draw(static_cast<int>(all.size())))].cancel();
      if (of.draw(40) == 0)
        for (auto &each : all)
          each.cancel();
    }
  };
  auto killer = aio::spawn(kills(w, handles));
  for (auto &each : handles) {
    try {
      co_await each;
    } catch (const failure &) {
    } catch (const aio::timed_out &) {
    } catch (const aio::task_cancelled &) {
    }
  }
  killer.cancel();
  try {
    co_await killer;
  } catch (const aio::task_cancelled &) {
  }
}

void check(const world &w) {
  EXPECT_EQ(w.alive, 0);
  EXPECT_EQ(w.begun, w.ended);
  EXPECT_EQ(w.in_mutex, 0);
  EXPECT_EQ(w.in_semaphore, 0);
}

/// What is free again when all have ended.
aio::task<> is_free(world &w) {
  const auto lock = co_await w.mutex.lock();
  for (int i = 0; i != 3; ++i) {
    auto permit = co_await w.semaphore.acquire();
    EXPECT_TRUE(permit);
  }
  while (w.channel.try_receive())
    ++w.received;
  EXPECT_EQ(w.sent, w.received);
}

TEST(Stress, EverythingEndsAndIsFreed) {
  long coroutines = 0;
  for (std::uint64_t seed = 0; seed != seeds; ++seed) {
    SCOPED_TRACE(seed);
    world w(seed);
    aio::testing::run(everything(w), seed);
    check(w);
    coroutines += w.begun;
    aio::testing::run(is_free(w));
    if (HasFailure())
      break;
  }
  EXPECT_GT(coroutines, static_cast<long>(seeds) * 500);
}

TEST(Stress, EverythingEndsInTheUsualOrderToo) {
  for (std::uint64_t seed = 1000; seed != 1000 + seeds / 5; ++seed) {
    SCOPED_TRACE(seed);
    world w(seed);
    aio::testing::run(everything(w));
    check(w);
    aio::testing::run(is_free(w));
    if (HasFailure())
      break;
  }
}

TEST(Stress, EverythingEndsWhenMainIsStopped) {
  // Main ends while all run: what is left is cancelled.
  for (std::uint64_t seed = 2000; seed != 2000 + seeds; ++seed) {
    SCOPED_TRACE(seed);
    world w(seed);
    try {
      aio::testing::run(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                          group.spawn(everything(w));
                          co_await aio::sleep_for(std::chrono::milliseconds(w.draw(200)));
                          throw failure();
                        }),
                        seed);
    } catch (const std::exception &) { // this one, or that of a handle that was dropped
    }
    check(w);
    aio::testing::run(is_free(w));
    if (HasFailure())
      break;
  }
}

TEST(Stress, WorkersAndCancellation) {
  for (std::uint64_t seed = 0; seed != 10; ++seed) {
    int alive = 0;
    aio::testing::run(
        [](int &living, std::uint64_t from) -> aio::task<> {
          std::mt19937_64 random(from);
          auto hops = [](int &count, unsigned times) -> aio::task<int> {
            struct noted {
              int &of;
              explicit noted(int &n) : of(n) { ++of; }
              ~noted() { --of; }
            };
            const noted local(count);
            for (unsigned i = 0; i != times; ++i) {
              co_await aio::resume_on_worker();
              co_await aio::resume_on_loop();
              co_await aio::to_thread([] { return 1; });
            }
            co_return 1;
          };
          std::vector<aio::join_handle<int>> handles;
          for (int i = 0; i != 50; ++i)
            handles.push_back(aio::spawn(hops(living, 1 + random() % 4)));
          for (auto &each : handles) {
            if (random() % 3 == 0)
              each.cancel();
            co_await aio::checkpoint();
          }
          for (auto &each : handles) {
            try {
              EXPECT_EQ(co_await each, 1);
            } catch (const aio::task_cancelled &) {
            }
          }
        }(alive, seed),
        seed);
    EXPECT_EQ(alive, 0);
  }
}

} // namespace
} // namespace stress_tests
