//===- swallowed.cpp - Who goes on though they were told to stop ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// A loop that tries again whatever is thrown has every await of it cancelled at once. Each of them
// goes through the loop all the same, so that the others have their turn, and debug mode says who
// it is.
//
//===----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/file.hpp>
#include <aio/gather.hpp>
#include <aio/generator.hpp>
#include <aio/net.hpp>
#include <aio/process.hpp>
#include <aio/run.hpp>
#include <aio/signal.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <array>
#include <coroutine>
#include <csignal>
#include <functional>
#include <optional>
#include <source_location>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace swallowed_tests {
namespace {

/// Makes what is awaited in each round.
using attempt = std::function<aio::task<>()>;

/// Tries again, whatever is thrown, until \p over.
aio::task<> tries_again(attempt make, const bool &over, int &told) {
  while (!over) {
    try {
      co_await make();
    } catch (const aio::cancelled &) {
      ++told;
    } catch (...) {
    }
  }
}

/// Cancels who tries \p make again and again, and still has turns of its own.
aio::task<> expect_lets_others_run(const char *what, attempt make) {
  SCOPED_TRACE(what);
  bool over = false;
  int told = 0;
  auto stubborn = aio::spawn(tries_again(std::move(make), over, told));
  stubborn.cancel();
  for (int turn = 0; turn != 50; ++turn)
    co_await aio::checkpoint();
  EXPECT_GT(told, 3) << what << ": it was not cancelled again and again";
  over = true;
  co_await stubborn;
}

#define ATTEMPT(...)                                                                               \
  expect_lets_others_run(#__VA_ARGS__,                                                             \
                         [&]() -> aio::task<> { static_cast<void>(co_await __VA_ARGS__); })

TEST(Swallowed, TimeLetsTheOthersRun) {
  aio::testing::run([]() -> aio::task<> {
    co_await ATTEMPT(aio::sleep_for(1s));
    co_await ATTEMPT(aio::sleep_for(0s));
    co_await ATTEMPT(aio::sleep_until(aio::testing::now()));
    co_await ATTEMPT(aio::checkpoint());
    co_await ATTEMPT(aio::with_timeout(1s, aio::sleep_for(2s)));
    co_await ATTEMPT(aio::deadline(aio::testing::now(), aio::sleep_for(2s)));
    std::stop_source source;
    co_await ATTEMPT(aio::with_stop_token(source.get_token(), aio::sleep_for(2s)));
    source.request_stop();
    co_await ATTEMPT(aio::with_stop_token(source.get_token(), aio::sleep_for(2s)));
  }());
}

TEST(Swallowed, LocksLetTheOthersRun) {
  aio::testing::run([]() -> aio::task<> {
    aio::mutex free;
    aio::mutex taken;
    const auto guard = co_await taken.lock();
    co_await ATTEMPT(free.lock());
    co_await ATTEMPT(taken.lock());
    EXPECT_TRUE(free.try_lock());
    aio::semaphore some(1);
    aio::semaphore none(0);
    co_await ATTEMPT(some.acquire());
    co_await ATTEMPT(none.acquire());
    EXPECT_EQ(some.available(), 1u);
    aio::event set;
    aio::event unset;
    set.set();
    co_await ATTEMPT(set.wait());
    co_await ATTEMPT(unset.wait());
    aio::channel<int> room(1);
    aio::channel<int> full(0);
    aio::channel<int> closed(1);
    closed.close();
    co_await ATTEMPT(room.send(1));
    co_await ATTEMPT(full.send(1));
    co_await ATTEMPT(closed.send(1));
    co_await ATTEMPT(room.receive());
    co_await ATTEMPT(closed.receive());
    EXPECT_EQ(room.size(), 0u);
    EXPECT_TRUE(room.try_send(1));
    co_await ATTEMPT(room.receive());
    EXPECT_EQ(room.size(), 1u);
  }());
}

TEST(Swallowed, GroupsLetTheOthersRun) {
  aio::testing::run([]() -> aio::task<> {
    co_await ATTEMPT(aio::gather(aio::sleep_for(1s), aio::sleep_for(2s)));
    co_await ATTEMPT(aio::gather_settled(aio::sleep_for(1s), aio::sleep_for(2s)));
    co_await ATTEMPT(aio::race(aio::sleep_for(1s), aio::sleep_for(2s)));
    using many = std::vector<aio::task<>>;
    co_await ATTEMPT(aio::gather(many()));
    co_await ATTEMPT(aio::gather_settled(many()));
    co_await ATTEMPT(aio::race(many()));
    auto ended = aio::spawn(aio::checkpoint());
    auto runs = aio::spawn(aio::sleep_for(1h));
    co_await aio::sleep_for(1s);
    co_await ATTEMPT(ended);
    co_await ATTEMPT(runs);
    runs.cancel();
    EXPECT_THROW(co_await runs, aio::task_cancelled);
    co_await ended;
    aio::task_group empty;
    co_await ATTEMPT(empty.join());
    co_await ATTEMPT(aio::with_task_group([](aio::task_group &group) -> aio::task<> {
      group.spawn(aio::sleep_for(1s));
      co_return;
    }));
    co_await ATTEMPT(aio::with_task_group(
        [](aio::task_group &) -> aio::task<> { co_await aio::sleep_for(1s); }));
  }());
}

aio::async_generator<int> counts() {
  for (int i = 0;; ++i) {
    co_await aio::sleep_for(1s);
    co_yield i;
  }
}

struct foreign {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> who) const { who.resume(); }
  void await_resume() const noexcept {}
};

TEST(Swallowed, GeneratorsAndAwaitablesOfOthersLetTheOthersRun) {
  aio::testing::run([]() -> aio::task<> {
    co_await ATTEMPT(counts().next());
    co_await ATTEMPT(foreign());
    // A body that goes on by itself.
    bool over = false;
    int told = 0;
    auto stubborn = [](const bool &end, int &count) -> aio::async_generator<int> {
      while (!end) {
        try {
          co_await aio::sleep_for(1s);
        } catch (const aio::cancelled &) {
          ++count;
        }
      }
    };
    auto takes = [](aio::async_generator<int> from) -> aio::task<> { co_await from.next(); };
    auto taker = aio::spawn(takes(stubborn(over, told)));
    taker.cancel();
    for (int turn = 0; turn != 20; ++turn)
      co_await aio::checkpoint();
    EXPECT_GT(told, 3);
    over = true;
    co_await taker;
  }());
}

TEST(Swallowed, ThreadsAndFilesLetTheOthersRun) {
  aio::run([]() -> aio::task<> {
    bool ran = false;
    co_await ATTEMPT(aio::to_thread([&ran] { ran = true; }));
    EXPECT_FALSE(ran);
    co_await ATTEMPT(aio::resume_on_worker());
    co_await ATTEMPT(aio::resume_on_loop());
    std::array<std::byte, 4> bytes{};
    auto zero = co_await aio::file::open("/dev/zero");
    auto null = co_await aio::file::open("/dev/null", aio::open_mode::write);
    co_await ATTEMPT(aio::file::open("/dev/null"));
    co_await ATTEMPT(zero.read(bytes));
    co_await ATTEMPT(zero.read_at(0, bytes));
    co_await ATTEMPT(zero.stat());
    co_await ATTEMPT(zero.size());
    co_await ATTEMPT(zero.sync());
    co_await ATTEMPT(null.write("text"));
    co_await ATTEMPT(null.truncate(0));
    co_await ATTEMPT(aio::read_file("/dev/null"));
    co_await ATTEMPT(aio::write_file("/dev/null", "text"));
    co_await ATTEMPT(aio::stat("/"));
    co_await ATTEMPT(aio::list_directory("/"));
    co_await ATTEMPT(aio::remove("/nowhere"));
    co_await ATTEMPT(aio::rename("/nowhere", "/there"));
    co_await ATTEMPT(aio::make_directory("/nowhere/there"));
  }());
}

TEST(Swallowed, TheSystemLetsTheOthersRun) {
  aio::run([]() -> aio::task<> {
    co_await ATTEMPT(aio::resolve("127.0.0.1"));
    co_await ATTEMPT(aio::resolve("localhost"));
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto waiting = co_await aio::tcp_connect(listener.local_address());
    co_await ATTEMPT(listener.accept());
    co_await ATTEMPT(aio::tcp_connect(listener.local_address()));
    co_await ATTEMPT(aio::tcp_connect("localhost", listener.port()));
    co_await ATTEMPT(aio::unix_connect("/nowhere"));
    auto server = co_await listener.accept();
    co_await ATTEMPT(server.write(std::string_view("x")));
    std::array<std::byte, 4> bytes;
    co_await ATTEMPT(server.read(bytes));
    co_await ATTEMPT(server.shutdown());
    co_await waiting.write(std::string_view("a line\nand more"));
    aio::buffered_reader reader(server);
    EXPECT_EQ(co_await reader.read_line(), "a line");
    co_await ATTEMPT(reader.read(bytes)); // what is there already
    co_await ATTEMPT(reader.read_exactly(bytes));
    co_await ATTEMPT(reader.read_until(" "));
    co_await ATTEMPT(reader.read_line());
    EXPECT_EQ(co_await reader.read_until(" "), "and");
    server.close();
    co_await ATTEMPT(server.read(bytes));
    auto socket = aio::udp_socket::bind("127.0.0.1", 0);
    co_await ATTEMPT(socket.receive_from(bytes));
    co_await ATTEMPT(socket.send_to(bytes, socket.local_address()));
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    co_await ATTEMPT(aio::writable(ends[1]));
    co_await ATTEMPT(aio::readable(ends[0]));
    ::close(ends[0]);
    ::close(ends[1]);
    aio::signal_set signals{SIGUSR2};
    co_await ATTEMPT(signals.next());
    std::raise(SIGUSR2);
    co_await ATTEMPT(signals.next());
    EXPECT_EQ(co_await signals.next(), SIGUSR2);
    co_await ATTEMPT(aio::wait_signal(SIGUSR2));
    auto program = aio::process::start({"sleep", "1000"});
    co_await ATTEMPT(program.wait());
    program.kill();
    co_await program.wait();
  }());
}

TEST(Swallowed, WhatIsCancelledAtOnceHasNotHappened) {
  aio::testing::run([]() -> aio::task<> {
    aio::channel<int> c(2);
    auto sends = [](aio::channel<int> &to) -> aio::task<> { co_await to.send(1); };
    auto sender = aio::spawn(sends(c));
    sender.cancel();
    EXPECT_THROW(co_await sender, aio::task_cancelled);
    EXPECT_EQ(c.size(), 0u);
    // The children of a gather have not begun.
    bool began = false;
    auto child = [](bool &to) -> aio::task<> {
      to = true;
      co_return;
    };
    auto gathers = [&child](bool &to) -> aio::task<> {
      co_await aio::gather(child(to), child(to));
    };
    auto gatherer = aio::spawn(gathers(began));
    gatherer.cancel();
    EXPECT_THROW(co_await gatherer, aio::task_cancelled);
    EXPECT_FALSE(began);
  }());
}

//===- What debug mode says -----------------------------------------------===//

class reports {
public:
  reports() {
    before_ = aio::set_report_handler([this](const aio::report &one) { collected.push_back(one); });
  }
  ~reports() { aio::set_report_handler(before_); }

  std::vector<aio::report> collected;

private:
  std::function<void(const aio::report &)> before_;
};

constexpr aio::run_options debugging{.debug = true, .handle_signals = false, .virtual_time = true};

aio::task<> sleeps_again(int rounds, unsigned &line) {
  for (int round = 0; round != rounds; ++round) {
    try {
      line = std::source_location::current().line() + 1;
      co_await aio::sleep_for(1s);
    } catch (...) {
    }
  }
}

aio::task<> cancel_first(aio::task<> work) {
  auto handle = aio::spawn(std::move(work));
  handle.cancel();
  try {
    co_await handle;
  } catch (const aio::task_cancelled &) {
  }
}

TEST(Swallowed, DebugModeNamesWhoGoesOn) {
  reports said;
  unsigned line = 0;
  aio::run(cancel_first(sleeps_again(10, line)), debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  const aio::report &one = said.collected.front();
  EXPECT_EQ(one.rule, "coro-swallowed-cancellation");
  EXPECT_NE(one.coroutine.find("sleeps_again"), std::string::npos) << one.text();
  EXPECT_EQ(one.file, __FILE__);
  EXPECT_EQ(one.line, line);
  EXPECT_NE(one.message.find("was told to stop, and has awaited 10 times since"), std::string::npos)
      << one.text();
}

TEST(Swallowed, DebugModeNamesEachOnce) {
  reports said;
  unsigned line = 0;
  aio::run(
      [](unsigned &at) -> aio::task<> {
        co_await cancel_first(sleeps_again(2000, at));
        co_await cancel_first(sleeps_again(2000, at));
        co_await cancel_first(sleeps_again(9, at));
      }(line),
      debugging);
  EXPECT_EQ(said.collected.size(), 2u);
}

TEST(Swallowed, DebugModeNamesWhoAwaitsANewCoroutineEachTime) {
  // The coroutines that it awaits let it pass, as they should.
  reports said;
  struct program {
    static aio::task<> read() { co_await aio::sleep_for(1s); }
    static aio::task<> fetch() { co_await read(); }
    static aio::task<> retries() {
      for (int round = 0; round != 100; ++round) {
        try {
          co_await aio::with_timeout(1h, fetch());
        } catch (...) {
        }
      }
    }
    static aio::task<> outer() { co_await retries(); }
  };
  aio::run(cancel_first(program::outer()), debugging);
  ASSERT_EQ(said.collected.size(), 1u);
  EXPECT_NE(said.collected[0].coroutine.find("retries"), std::string::npos)
      << said.collected[0].text();
}

TEST(Swallowed, DebugModeNamesWhoHopsGathersAndJoinsInVain) {
  reports said;
  aio::run(
      []() -> aio::task<> {
        auto hops = []() -> aio::task<> {
          for (int round = 0; round != 20; ++round) {
            try {
              if (round % 2)
                co_await aio::resume_on_loop();
              else
                co_await aio::resume_on_worker();
            } catch (const aio::cancelled &) {
            }
          }
        };
        auto joins = []() -> aio::task<> {
          aio::task_group group;
          for (int round = 0; round != 20; ++round) {
            try {
              co_await group.join();
            } catch (const aio::cancelled &) {
            }
          }
        };
        auto gathers = []() -> aio::task<> {
          for (int round = 0; round != 20; ++round) {
            try {
              co_await aio::gather(aio::sleep_for(1s), aio::sleep_for(1s));
            } catch (const aio::cancelled &) {
            }
          }
        };
        co_await cancel_first(hops());
        co_await cancel_first(joins());
        co_await cancel_first(gathers());
      }(),
      debugging);
  std::size_t swallowed = 0;
  for (const aio::report &one : said.collected)
    swallowed += one.rule == "coro-swallowed-cancellation";
  EXPECT_EQ(swallowed, 3u);
}

TEST(Swallowed, NothingIsSaidOfCleanUpAtEveryLevel) {
  reports said;
  struct cleans_up {
    static aio::task<> at(int depth) {
      std::exception_ptr stopped;
      try {
        if (depth == 0)
          co_await aio::sleep_for(1h);
        else
          co_await at(depth - 1);
      } catch (...) {
        stopped = std::current_exception();
      }
      try {
        co_await aio::sleep_for(1s); // without a shield
      } catch (...) {
      }
      co_await aio::shield(aio::sleep_for(1s));
      if (stopped)
        std::rethrow_exception(stopped);
    }
  };
  aio::run(
      []() -> aio::task<> {
        auto handle = aio::spawn(cleans_up::at(40));
        co_await aio::sleep_for(1s);
        handle.cancel();
        EXPECT_THROW(co_await handle, aio::task_cancelled);
      }(),
      debugging);
  EXPECT_TRUE(said.collected.empty()) << said.collected[0].text();
}

TEST(Swallowed, NothingIsSaidOfWhoTriesAgainAfterATimeout) {
  // It was not told to stop; what it awaited was, and cleans up.
  reports said;
  struct program {
    static aio::task<> fetch() {
      try {
        co_await aio::sleep_for(1h);
      } catch (...) {
      }
      co_await aio::checkpoint();
    }
    static aio::task<> retries() {
      for (int round = 0; round != 100; ++round) {
        try {
          co_await aio::with_timeout(1s, fetch());
        } catch (const aio::timed_out &) {
        }
      }
    }
  };
  aio::run(program::retries(), debugging);
  EXPECT_TRUE(said.collected.empty()) << said.collected[0].text();
}

TEST(Swallowed, NothingIsSaidWithoutDebugMode) {
  if (std::getenv("AIO_DEBUG"))
    GTEST_SKIP();
  reports said;
  unsigned line = 0;
  aio::testing::run(cancel_first(sleeps_again(100, line)));
  EXPECT_TRUE(said.collected.empty());
}

} // namespace
} // namespace swallowed_tests
