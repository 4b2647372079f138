//===- core.cpp - What coroutines cost, beside Asio's and raw libuv's -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Each benchmark is there for aio and for what a user would take instead, under the same name:
// `await_ready/aio`, `await_ready/asio`. bench.py divides them.
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <asio.hpp>
#include <asio/experimental/channel.hpp>

#include <benchmark/benchmark.h>
#include <uv.h>

#include <chrono>
#include <random>
#include <vector>

namespace {

constexpr int rounds = 1000;

/// Runs a coroutine of Asio on a loop of its own.
template <class F> void run_asio(F coroutine) {
  asio::io_context context(1);
  asio::co_spawn(context, coroutine(), asio::detached);
  context.run();
}

//===- Awaiting a task that is ready --------------------------------------===//

// Not in sight of the optimizer: what is measured is a call, and not that Clang can leave it out.
[[gnu::noinline]] aio::task<int> one_aio(int n) {
  co_return n + 1;
}
[[gnu::noinline]] asio::awaitable<int> one_asio(int n) {
  co_return n + 1;
}

void await_ready_aio(benchmark::State &state) {
  aio::run([](benchmark::State &s) -> aio::task<> {
    int sum = 0;
    while (s.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await one_aio(i);
    benchmark::DoNotOptimize(sum);
  }(state));
}
BENCHMARK(await_ready_aio)->Name("await a ready task/aio");

void await_ready_asio(benchmark::State &state) {
  run_asio([&state]() -> asio::awaitable<void> {
    int sum = 0;
    while (state.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await one_asio(i);
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(await_ready_asio)->Name("await a ready task/asio");

//===- Awaiting a task that suspends --------------------------------------===//

[[gnu::noinline]] aio::task<int> later_aio(int n) {
  co_await aio::checkpoint();
  co_return n + 1;
}
[[gnu::noinline]] asio::awaitable<int> later_asio(int n) {
  co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
  co_return n + 1;
}

void await_suspended_aio(benchmark::State &state) {
  aio::run([](benchmark::State &s) -> aio::task<> {
    int sum = 0;
    while (s.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await later_aio(i);
    benchmark::DoNotOptimize(sum);
  }(state));
}
BENCHMARK(await_suspended_aio)->Name("await a suspended task/aio");

void await_suspended_asio(benchmark::State &state) {
  run_asio([&state]() -> asio::awaitable<void> {
    int sum = 0;
    while (state.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await later_asio(i);
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(await_suspended_asio)->Name("await a suspended task/asio");

//===- Spawning and joining -----------------------------------------------===//

void spawn_aio(benchmark::State &state) {
  aio::run([](benchmark::State &s) -> aio::task<> {
    int sum = 0;
    while (s.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await aio::spawn(one_aio(i));
    benchmark::DoNotOptimize(sum);
  }(state));
}
BENCHMARK(spawn_aio)->Name("spawn and join/aio");

void spawn_asio(benchmark::State &state) {
  run_asio([&state]() -> asio::awaitable<void> {
    const auto executor = co_await asio::this_coro::executor;
    int sum = 0;
    while (state.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await asio::co_spawn(executor, one_asio(i), asio::use_awaitable);
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(spawn_asio)->Name("spawn and join/asio");

//===- Handing over through a channel -------------------------------------===//

constexpr std::size_t room = 16;

void channel_aio(benchmark::State &state) {
  aio::run([](benchmark::State &s) -> aio::task<> {
    aio::channel<int> channel(room);
    auto producing = aio::spawn([](aio::channel<int> &to) -> aio::task<> {
      try {
        for (int i = 0;; ++i)
          co_await to.send(i);
      } catch (const aio::channel_closed &) {
      }
    }(channel));
    int sum = 0;
    while (s.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += *co_await channel.receive();
    benchmark::DoNotOptimize(sum);
    channel.close();
    co_await producing;
  }(state));
}
BENCHMARK(channel_aio)->Name("hand over through a channel/aio");

void channel_asio(benchmark::State &state) {
  run_asio([&state]() -> asio::awaitable<void> {
    const auto executor = co_await asio::this_coro::executor;
    using channel_type = asio::experimental::channel<void(asio::error_code, int)>;
    channel_type channel(executor, room);
    asio::co_spawn(
        executor,
        [&channel]() -> asio::awaitable<void> {
          try {
            for (int i = 0;; ++i)
              co_await channel.async_send(asio::error_code(), i, asio::use_awaitable);
          } catch (const std::exception &) { // closed
          }
        },
        asio::detached);
    int sum = 0;
    while (state.KeepRunningBatch(rounds))
      for (int i = 0; i != rounds; ++i)
        sum += co_await channel.async_receive(asio::use_awaitable);
    benchmark::DoNotOptimize(sum);
    channel.close();
    co_await asio::post(executor, asio::use_awaitable);
    co_await asio::post(executor, asio::use_awaitable);
  });
}
BENCHMARK(channel_asio)->Name("hand over through a channel/asio");

//===- 100 000 timers -----------------------------------------------------===//
// All within a moment that is shorter than it takes to start them: what is measured is not waiting.

constexpr int timers = 100'000;

std::vector<std::chrono::microseconds> times() {
  std::vector<std::chrono::microseconds> result;
  std::mt19937 random(1);
  for (int i = 0; i != timers; ++i)
    result.emplace_back(std::uniform_int_distribution(1, 10'000)(random));
  return result;
}

void timers_aio(benchmark::State &state) {
  const auto all = times();
  for (auto _ : state)
    aio::run([](const auto &each) -> aio::task<> {
      for (const auto time : each)
        aio::spawn([](auto t) -> aio::task<> { co_await aio::sleep_for(t); }(time)).detach();
      co_await aio::sleep_for(std::chrono::milliseconds(11));
    }(all));
}
BENCHMARK(timers_aio)->Name("100 000 timers/aio")->Unit(benchmark::kMillisecond);

void timers_asio(benchmark::State &state) {
  const auto all = times();
  for (auto _ : state) {
    asio::io_context context(1);
    for (const auto time : all)
      asio::co_spawn(
          context,
          [](asio::io_context &on, auto t) -> asio::awaitable<void> {
            asio::steady_timer timer(on, t);
            co_await timer.async_wait(asio::use_awaitable);
          }(context, time),
          asio::detached);
    context.run();
  }
}
BENCHMARK(timers_asio)->Name("100 000 timers/asio")->Unit(benchmark::kMillisecond);

void timers_uv(benchmark::State &state) {
  const auto all = times();
  for (auto _ : state) {
    uv_loop_t loop;
    uv_loop_init(&loop);
    std::vector<uv_timer_t> handles(all.size());
    for (std::size_t i = 0; i != all.size(); ++i) {
      uv_timer_init(&loop, &handles[i]);
      uv_timer_start(
          &handles[i], [](uv_timer_t *t) { uv_close(reinterpret_cast<uv_handle_t *>(t), nullptr); },
          static_cast<std::uint64_t>((all[i].count() + 999) / 1000), 0);
    }
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  }
}
BENCHMARK(timers_uv)->Name("100 000 timers/libuv")->Unit(benchmark::kMillisecond);

//===- To a worker and back -----------------------------------------------===//

void to_thread_aio(benchmark::State &state) {
  aio::run([](benchmark::State &s) -> aio::task<> {
    int sum = 0;
    for (auto _ : s)
      sum += co_await aio::to_thread([] { return 1; });
    benchmark::DoNotOptimize(sum);
  }(state));
}
BENCHMARK(to_thread_aio)->Name("to a thread and back/aio")->UseRealTime();

void to_thread_asio(benchmark::State &state) {
  asio::thread_pool pool(4);
  run_asio([&]() -> asio::awaitable<void> {
    int sum = 0;
    for (auto _ : state)
      sum += co_await asio::co_spawn(
          pool, []() -> asio::awaitable<int> { co_return 1; }, asio::use_awaitable);
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(to_thread_asio)->Name("to a thread and back/asio")->UseRealTime();

void to_thread_uv(benchmark::State &state) {
  struct round_trips {
    uv_work_t request;
    benchmark::State &state;
    int sum = 0;
    static void begin(round_trips &self) {
      uv_queue_work(
          self.request.loop, &self.request,
          [](uv_work_t *r) { ++static_cast<round_trips *>(r->data)->sum; },
          [](uv_work_t *r, int) {
            if (auto &again = *static_cast<round_trips *>(r->data); again.state.KeepRunning())
              begin(again);
          });
    }
  };
  uv_loop_t loop;
  uv_loop_init(&loop);
  round_trips trips{{}, state};
  trips.request.data = &trips;
  trips.request.loop = &loop;
  if (state.KeepRunning())
    round_trips::begin(trips);
  uv_run(&loop, UV_RUN_DEFAULT);
  benchmark::DoNotOptimize(trips.sum);
  uv_loop_close(&loop);
}
BENCHMARK(to_thread_uv)->Name("to a thread and back/libuv")->UseRealTime();

} // namespace

BENCHMARK_MAIN();
