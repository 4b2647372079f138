//===- waits.cpp - What comes between the last look and the wait ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// The loop looks whether there is something to do, and then has libuv sleep until there is. What
// comes in between must not be slept through. libuv is called through functions of this file, which
// let it come exactly then.
//
//===----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/file.hpp>
#include <aio/gather.hpp>
#include <aio/loop.hpp>
#include <aio/net.hpp>
#include <aio/process.hpp>
#include <aio/run.hpp>
#include <aio/signal.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <uv.h>

#include <dlfcn.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace {

/// Done by the loop's thread on its way to sleep, when it has looked for the last time.
thread_local std::function<void()> before_sleep;
/// How long the thread loses its processor there.
thread_local std::chrono::milliseconds lost{};

void on_the_way() {
  if (lost != 0ms)
    std::this_thread::sleep_for(lost);
  if (const auto now = std::exchange(before_sleep, nullptr))
    now();
}

} // namespace

extern "C" int uv_run(uv_loop_t *loop, uv_run_mode mode) {
  static const auto next = reinterpret_cast<decltype(&uv_run)>(::dlsym(RTLD_NEXT, "uv_run"));
  if (mode == UV_RUN_ONCE)
    on_the_way();
  return next(loop, mode);
}

namespace waits_tests {
namespace {

/// Ends the program when a test sleeps for ever. Much longer than the slowest machine needs.
class Waits : public testing::Test {
protected:
  Waits()
      : watchdog_([this] {
          std::unique_lock held(lock_);
          if (!over_.wait_for(held, 10min, [this] { return is_over_; })) {
            std::fputs("the loop sleeps for ever\n", stderr);
            std::abort();
          }
        }) {}
  ~Waits() override {
    {
      std::lock_guard held(lock_);
      is_over_ = true;
    }
    over_.notify_one();
    watchdog_.join();
    before_sleep = nullptr;
    lost = 0ms;
  }

private:
  std::mutex lock_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread watchdog_;
};

/// Awaits \p work, and has \p happens come when the loop goes to sleep for it.
template <class T>
aio::task<T> while_going_to_sleep(std::function<void()> happens, aio::task<T> work) {
  before_sleep = std::move(happens);
  co_return co_await std::move(work);
}

void expect_came() {
  EXPECT_FALSE(before_sleep) << "the loop did not sleep: this tests nothing";
}

template <class F> void on_another_thread(F f) {
  std::thread(std::move(f)).join();
}

void write_to(int fd, std::string_view text) {
  EXPECT_EQ(::write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
}

struct pipe_ends {
  pipe_ends() { EXPECT_EQ(::pipe(ends), 0); }
  pipe_ends(const pipe_ends &) = delete;
  pipe_ends &operator=(const pipe_ends &) = delete;
  ~pipe_ends() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  int ends[2];
};

/// A socket of this thread's own, which blocks.
class plain_socket {
public:
  explicit plain_socket(int kind = SOCK_STREAM) : fd_(::socket(AF_INET, kind, 0)) {}
  plain_socket(const plain_socket &) = delete;
  plain_socket &operator=(const plain_socket &) = delete;
  ~plain_socket() { ::close(fd_); }
  void connect(const aio::socket_address &to) const {
    EXPECT_EQ(::connect(fd_, to.data(), static_cast<socklen_t>(to.size())), 0);
  }
  int fd() const { return fd_; }

private:
  int fd_;
};

//===- Time ---------------------------------------------------------------===//

TEST_F(Waits, AnAlarmThatIsDueWhenTheLoopGoesToSleep) {
  aio::run([]() -> aio::task<> {
    lost = 3ms;
    for (int round = 0; round != 20; ++round)
      co_await aio::sleep_for(1ms);
    lost = 0ms;
  }());
}

TEST_F(Waits, SeveralAlarmsThatAreDueTogether) {
  aio::run([]() -> aio::task<> {
    lost = 5ms;
    auto sleeps = [](std::chrono::milliseconds time) -> aio::task<> {
      for (int round = 0; round != 5; ++round)
        co_await aio::sleep_for(time);
    };
    co_await aio::gather(sleeps(1ms), sleeps(2ms), sleeps(3ms), sleeps(7ms));
    lost = 0ms;
  }());
}

TEST_F(Waits, ATimeoutThatIsDueWhenTheLoopGoesToSleep) {
  aio::run([]() -> aio::task<> {
    lost = 3ms;
    aio::event never;
    auto waits = [](aio::event &of) -> aio::task<> { co_await of.wait(); };
    EXPECT_THROW(co_await aio::with_timeout(1ms, waits(never)), aio::timed_out);
    EXPECT_THROW(co_await aio::deadline(aio::clock::now() + 1ms, waits(never)), aio::timed_out);
    lost = 0ms;
  }());
}

TEST_F(Waits, WhoComputesBetweenTwoSleepsIsNotLate) {
  // libuv reckons with the time at which it last woke, unless it is told.
  aio::run([]() -> aio::task<> {
    auto sleeper = aio::spawn([]() -> aio::task<aio::clock::duration> {
      const auto until = aio::clock::now() + 40ms;
      co_await aio::sleep_until(until);
      co_return aio::clock::now() - until;
    }());
    co_await aio::checkpoint();
    co_await aio::sleep_for(1ms);
    std::this_thread::sleep_for(60ms);
    EXPECT_LT(co_await sleeper, 10s);
  }());
}

/// Handles that nobody closed, and the loops that they are on.
std::vector<uv_timer_t *> &lost_loops() {
  static auto &all = *new std::vector<uv_timer_t *>;
  return all;
}

/// A handle of the program's own, on native_loop(). It is closed, and awaited, before it goes.
template <class Handle> struct own_handle {
  explicit own_handle(int (*init)(uv_loop_t *, Handle *)) {
    init(aio::native_loop(), &uv);
    uv.data = this;
  }
  aio::task<> close() {
    happened.clear();
    uv_close(reinterpret_cast<uv_handle_t *>(&uv),
             [](uv_handle_t *closed) { static_cast<own_handle *>(closed->data)->happened.set(); });
    co_await happened.wait();
  }
  static void happens(Handle *handle) { static_cast<own_handle *>(handle->data)->happened.set(); }

  Handle uv;
  aio::event happened;
};

TEST_F(Waits, ATimerOfTheProgramsOwnThatIsDueWhenTheLoopGoesToSleep) {
  aio::run([]() -> aio::task<> {
    lost = 3ms;
    own_handle<uv_timer_t> timer(uv_timer_init);
    for (int round = 0; round != 10; ++round) {
      timer.happened.clear();
      uv_timer_start(&timer.uv, own_handle<uv_timer_t>::happens, 1, 0);
      co_await timer.happened.wait();
    }
    lost = 0ms;
    co_await timer.close();
  }());
}

TEST_F(Waits, ATimerOfTheProgramsOwnBesideASleepThatIsLonger) {
  aio::run([]() -> aio::task<> {
    lost = 3ms;
    own_handle<uv_timer_t> timer(uv_timer_init);
    uv_timer_start(&timer.uv, own_handle<uv_timer_t>::happens, 1, 0);
    auto waits = [](aio::event &of) -> aio::task<int> {
      co_await of.wait();
      co_return 1;
    };
    auto sleeps = []() -> aio::task<int> {
      co_await aio::sleep_for(24h);
      co_return 2;
    };
    const auto first = co_await aio::race(waits(timer.happened), sleeps());
    EXPECT_EQ(first.index, 0u);
    lost = 0ms;
    co_await timer.close();
  }());
}

TEST_F(Waits, ATimerThatCancels) {
  aio::run([]() -> aio::task<> {
    lost = 3ms;
    auto handle = aio::spawn(aio::sleep_for(24h));
    uv_timer_t timer;
    uv_timer_init(aio::native_loop(), &timer);
    timer.data = &handle;
    uv_timer_start(
        &timer, [](uv_timer_t *of) { static_cast<decltype(handle) *>(of->data)->cancel(); }, 1, 0);
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    lost = 0ms;
    aio::event closed;
    timer.data = &closed;
    uv_close(reinterpret_cast<uv_handle_t *>(&timer),
             [](uv_handle_t *of) { static_cast<aio::event *>(of->data)->set(); });
    co_await closed.wait();
  }());
}

TEST_F(Waits, ATimerThatIsTheLastThingToWaitForLeavesADeadlock) {
  // It is due on the way to sleep, and wakes nobody: then nothing can.
  uv_timer_t timer;
  EXPECT_THROW(aio::run([](uv_timer_t &own) -> aio::task<> {
                 lost = 3ms;
                 uv_timer_init(aio::native_loop(), &own);
                 uv_timer_start(&own, [](uv_timer_t *) {}, 1, 0);
                 struct close {
                   uv_timer_t &of;
                   ~close() { uv_close(reinterpret_cast<uv_handle_t *>(&of), nullptr); }
                 } at_the_end{own};
                 aio::event never;
                 co_await never.wait();
               }(timer)),
               aio::deadlock);
}

TEST_F(Waits, AHandleThatRunsBeforeTheLoopSleeps) {
  aio::run([]() -> aio::task<> {
    own_handle<uv_prepare_t> prepare(uv_prepare_init);
    uv_prepare_start(&prepare.uv, own_handle<uv_prepare_t>::happens);
    co_await prepare.happened.wait();
    // Beside one that was started later, and each started anew.
    own_handle<uv_prepare_t> other(uv_prepare_init);
    for (int round = 0; round != 3; ++round) {
      prepare.happened.clear();
      other.happened.clear();
      uv_prepare_stop(&other.uv);
      uv_prepare_start(&other.uv, own_handle<uv_prepare_t>::happens);
      co_await other.happened.wait();
      co_await prepare.happened.wait();
      uv_prepare_stop(&prepare.uv);
      uv_prepare_start(&prepare.uv, own_handle<uv_prepare_t>::happens);
    }
    co_await other.close();
    co_await prepare.close();
    own_handle<uv_idle_t> idle(uv_idle_init);
    uv_idle_start(&idle.uv, [](uv_idle_t *of) {
      own_handle<uv_idle_t>::happens(of);
      uv_idle_stop(of);
    });
    co_await idle.happened.wait();
    co_await idle.close();
    own_handle<uv_check_t> check(uv_check_init);
    uv_check_start(&check.uv, own_handle<uv_check_t>::happens);
    before_sleep = [] {}; // it runs after a sleep, which something else has to end
    co_await aio::gather(aio::sleep_for(1ms), check.happened.wait());
    co_await check.close();
  }());
}

TEST_F(Waits, AHandleThatIsLeftOpenAtTheEnd) {
  // Nothing waits for it, active or not.
  for (const bool active : {false, true}) {
    auto *const timer = new uv_timer_t; // the loop is lost, and refers to it
    testing::internal::CaptureStderr();
    aio::run([](uv_timer_t *left, bool starts) -> aio::task<> {
      uv_timer_init(aio::native_loop(), left);
      if (starts)
        uv_timer_start(left, [](uv_timer_t *) {}, 3'600'000, 0);
      co_return;
    }(timer, active));
    EXPECT_NE(testing::internal::GetCapturedStderr().find("is still open at the end of aio::run"),
              std::string::npos);
    lost_loops().push_back(timer);
  }
}

TEST_F(Waits, WhatStopsTheLoopItself) {
  aio::run([]() -> aio::task<> {
    uv_stop(aio::native_loop());
    co_await aio::sleep_for(1ms);
    auto *const loop = aio::native_loop();
    co_await while_going_to_sleep([loop] { uv_stop(loop); },
                                  []() -> aio::task<> { co_await aio::sleep_for(1ms); }());
    expect_came();
  }());
}

//===- Other threads ------------------------------------------------------===//

TEST_F(Waits, AnAsyncHandleOfTheProgramsOwn) {
  aio::run([]() -> aio::task<> {
    uv_async_t async;
    aio::event happened;
    uv_async_init(aio::native_loop(), &async,
                  [](uv_async_t *of) { static_cast<aio::event *>(of->data)->set(); });
    async.data = &happened;
    auto waits = [](aio::event &of) -> aio::task<> { co_await of.wait(); };
    co_await while_going_to_sleep(
        [&async] { on_another_thread([&async] { uv_async_send(&async); }); }, waits(happened));
    expect_came();
    happened.clear();
    uv_close(reinterpret_cast<uv_handle_t *>(&async),
             [](uv_handle_t *of) { static_cast<aio::event *>(of->data)->set(); });
    co_await happened.wait();
  }());
}

TEST_F(Waits, AStopThatAnotherThreadRequests) {
  for (const bool virtually : {false, true})
    aio::run(
        []() -> aio::task<> {
          std::stop_source source;
          aio::event never;
          auto waits = [](aio::event &of) -> aio::task<> { co_await of.wait(); };
          auto stops = [&source] { on_another_thread([&source] { source.request_stop(); }); };
          bool told = false;
          before_sleep = stops;
          try {
            co_await aio::with_stop_token(source.get_token(), waits(never));
          } catch (const aio::cancelled &) {
            told = true;
          }
          EXPECT_TRUE(told);
          expect_came();
        }(),
        {.virtual_time = virtually});
}

TEST_F(Waits, AWorkerThatEndsMeanwhile) {
  for (const bool virtually : {false, true})
    aio::run(
        []() -> aio::task<> {
          std::atomic<bool> go = false;
          std::atomic<bool> gone = false;
          auto works = [](std::atomic<bool> &may, std::atomic<bool> &did) -> aio::task<int> {
            co_return co_await aio::to_thread([&] {
              may.wait(false);
              did = true;
              did.notify_one();
              return 5;
            });
          };
          const int given = co_await while_going_to_sleep<int>(
              [&] {
                go = true;
                go.notify_one();
                gone.wait(false);
                std::this_thread::sleep_for(2ms); // most likely it is over by now
              },
              works(go, gone));
          EXPECT_EQ(given, 5);
          expect_came();
        }(),
        {.virtual_time = virtually});
}

TEST_F(Waits, ACoroutineThatComesBackMeanwhile) {
  for (const bool virtually : {false, true})
    aio::run(
        []() -> aio::task<> {
          std::atomic<bool> go = false;
          std::atomic<bool> gone = false;
          auto hops = [](std::atomic<bool> &may, std::atomic<bool> &did,
                         bool comes_back) -> aio::task<> {
            co_await aio::resume_on_worker();
            may.wait(false);
            did = true;
            did.notify_one();
            if (comes_back)
              co_await aio::resume_on_loop();
          };
          for (const bool comes_back : {true, false}) {
            go = gone = false;
            co_await while_going_to_sleep<void>(
                [&] {
                  go = true;
                  go.notify_one();
                  gone.wait(false);
                  std::this_thread::sleep_for(2ms);
                },
                hops(go, gone, comes_back));
            expect_came();
          }
        }(),
        {.virtual_time = virtually});
}

TEST_F(Waits, AnAwaitableThatAnotherThreadResumes) {
  struct foreign {
    std::function<void()> &resume;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) {
      resume = [who] { on_another_thread([who] { who.resume(); }); };
    }
    void await_resume() const noexcept {}
  };
  aio::run([]() -> aio::task<> {
    std::function<void()> resume;
    before_sleep = [&resume] { resume(); };
    co_await foreign{resume};
    expect_came();
  }());
}

TEST_F(Waits, AnswersAboutNamesAndFiles) {
  for (const bool virtually : {false, true})
    aio::run(
        []() -> aio::task<> {
          lost = 5ms; // most likely the answer is there by then
          co_await aio::resolve("localhost");
          co_await aio::stat("/");
          auto opens = []() -> aio::task<> {
            aio::file null = co_await aio::file::open("/dev/null");
            std::array<std::byte, 4> bytes;
            EXPECT_EQ(co_await null.read(bytes), 0u);
          };
          co_await opens();
          lost = 0ms;
        }(),
        {.virtual_time = virtually});
}

//===- The system ---------------------------------------------------------===//

TEST_F(Waits, ASignal) {
  aio::run([]() -> aio::task<> {
    aio::signal_set signals{SIGUSR2};
    EXPECT_EQ(co_await while_going_to_sleep<int>([] { std::raise(SIGUSR2); }, signals.next()),
              SIGUSR2);
    expect_came();
    EXPECT_EQ(co_await while_going_to_sleep<int>(
                  [] { on_another_thread([] { ::kill(::getpid(), SIGUSR2); }); }, signals.next()),
              SIGUSR2);
    expect_came();
  }());
}

TEST_F(Waits, ASignalThatEndsMain) {
  EXPECT_THROW(aio::run([]() -> aio::task<> {
                 before_sleep = [] { std::raise(SIGTERM); };
                 co_await aio::sleep_for(24h);
               }()),
               aio::interrupted);
  expect_came();
}

TEST_F(Waits, TheEndOfAProgram) {
  for (const bool virtually : {false, true})
    aio::run(
        []() -> aio::task<> {
          auto program = aio::process::start({"sleep", "1000"});
          const auto status = co_await while_going_to_sleep<aio::exit_status>(
              [&program] {
                program.kill(SIGKILL);
                std::this_thread::sleep_for(5ms);
              },
              program.wait());
          EXPECT_EQ(status.signal, SIGKILL);
          expect_came();
        }(),
        {.virtual_time = virtually});
}

TEST_F(Waits, WhatAProgramWrites) {
  aio::run([]() -> aio::task<> {
    aio::process_options options;
    options.input = options.output = aio::stdio::pipe;
    auto program = aio::process::start({"cat"}, std::move(options));
    lost = 2ms;
    co_await program.input().write(std::string_view("x"));
    std::array<std::byte, 8> bytes;
    EXPECT_EQ(co_await program.output().read(bytes), 1u);
    program.input().close();
    EXPECT_EQ(co_await program.output().read(bytes), 0u);
    co_await program.wait();
    lost = 0ms;
  }());
}

//===- The network --------------------------------------------------------===//

TEST_F(Waits, AConnection) {
  aio::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const plain_socket client;
    auto accepts = [](aio::tcp_listener &at) -> aio::task<aio::tcp_stream> {
      co_return co_await at.accept();
    };
    auto server = co_await while_going_to_sleep<aio::tcp_stream>(
        [&] { client.connect(listener.local_address()); }, accepts(listener));
    expect_came();

    auto reads = [](aio::tcp_stream &from) -> aio::task<std::size_t> {
      std::array<std::byte, 8> bytes;
      co_return co_await from.read(bytes);
    };
    EXPECT_EQ(co_await while_going_to_sleep<std::size_t>([&] { write_to(client.fd(), "abc"); },
                                                         reads(server)),
              3u);
    expect_came();
    EXPECT_EQ(co_await while_going_to_sleep<std::size_t>([&] { ::shutdown(client.fd(), SHUT_WR); },
                                                         reads(server)),
              0u);
    expect_came();
  }());
}

TEST_F(Waits, RoomForAWriteThatWaits) {
  aio::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const plain_socket client;
    client.connect(listener.local_address());
    auto server = co_await listener.accept();
    constexpr std::size_t size = std::size_t{32} << 20;
    auto writes = [](aio::tcp_stream &to) -> aio::task<> {
      const std::string much(size, 'x');
      co_await to.write(much);
      co_await to.shutdown();
    };
    std::size_t received = 0;
    std::thread reader;
    co_await while_going_to_sleep<void>(
        [&] {
          reader = std::thread([&] {
            std::vector<char> bytes(1 << 16);
            while (const auto count = ::read(client.fd(), bytes.data(), bytes.size())) {
              if (count < 0)
                break;
              received += static_cast<std::size_t>(count);
            }
          });
          std::this_thread::sleep_for(2ms);
        },
        writes(server));
    expect_came();
    reader.join();
    EXPECT_EQ(received, size);
  }());
}

TEST_F(Waits, AConnectThatIsAnsweredOrRefused) {
  aio::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const aio::socket_address at = listener.local_address();
    lost = 2ms;
    auto client = co_await aio::tcp_connect(at);
    auto server = co_await listener.accept();
    listener.close();
    EXPECT_THROW(co_await aio::tcp_connect(at), std::system_error);
    lost = 0ms;
  }());
}

TEST_F(Waits, ADatagram) {
  aio::run([]() -> aio::task<> {
    auto socket = aio::udp_socket::bind("127.0.0.1", 0);
    const plain_socket other(SOCK_DGRAM);
    other.connect(socket.local_address());
    auto receives = [](aio::udp_socket &from) -> aio::task<std::size_t> {
      std::array<std::byte, 8> bytes;
      const auto got = co_await from.receive_from(bytes);
      co_return got.size;
    };
    EXPECT_EQ(co_await while_going_to_sleep<std::size_t>([&] { write_to(other.fd(), "ab"); },
                                                         receives(socket)),
              2u);
    expect_came();
  }());
}

TEST_F(Waits, ADescriptorOfAnotherLibrary) {
  aio::run([]() -> aio::task<> {
    const pipe_ends pipe;
    co_await while_going_to_sleep<void>([&] { write_to(pipe.ends[1], "x"); },
                                        aio::readable(pipe.ends[0]));
    expect_came();
  }());
}

//===- Virtual time -------------------------------------------------------===//

TEST_F(Waits, AJumpOfVirtualTimeThatGivesTheNetworkAMoment) {
  // The moment is over before libuv sleeps.
  aio::testing::run([]() -> aio::task<> {
    lost = 30ms;
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto client = co_await aio::tcp_connect(listener.local_address());
    auto server = co_await listener.accept();
    co_await client.write(std::string_view("x"));
    co_await aio::sleep_for(1h);
    std::array<std::byte, 8> bytes;
    EXPECT_EQ(co_await server.read(bytes), 1u);
    auto reads = [](aio::tcp_stream &from) -> aio::task<> {
      std::array<std::byte, 8> into;
      co_await from.read(into);
    };
    EXPECT_THROW(co_await aio::with_timeout(1h, reads(server)), aio::timed_out);
    lost = 0ms;
  }());
}

} // namespace
} // namespace waits_tests
