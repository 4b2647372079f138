//===- destroyed.cpp - What goes while somebody waits for it --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// Every object that can be waited for, destroyed under its waiter: while that is suspended, and
// between the end of its wait and its turn. Nothing is used that is gone, which the address
// sanitizer would tell, and the waiter hears of it or can still be cancelled.
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

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace destroyed_tests {
namespace {

/// What a waiter came to.
enum class end { still_waits, given, told_closed, cancelled, task_cancelled, other };

/// Awaits \p work, and notes in \p to what came of it.
aio::task<> note(aio::task<> work, end &to) {
  try {
    co_await std::move(work);
    to = end::given;
  } catch (const aio::cancelled &) {
    to = end::cancelled;
    throw;
  } catch (const aio::task_cancelled &) {
    to = end::task_cancelled;
  } catch (const std::system_error &error) {
    to = error.code() == std::errc::operation_canceled ? end::told_closed : end::other;
  } catch (...) {
    to = end::other;
  }
}

/// Lets all go as far as they can.
aio::task<> settle() {
  for (int turns = 0; turns != 8; ++turns)
    co_await aio::checkpoint();
}

/// Has \p work wait for an object, and \p destroy destroy that. Gives what became of the waiter,
/// who is cancelled if it still waits.
aio::task<end> destroy_under(aio::task<> work, std::function<void()> destroy) {
  end came = end::still_waits;
  auto waiter = aio::spawn(note(std::move(work), came));
  co_await settle();
  EXPECT_EQ(came, end::still_waits) << "it does not wait: this tests nothing";
  destroy();
  co_await settle();
  if (came == end::still_waits) {
    waiter.cancel();
    EXPECT_THROW(co_await waiter, aio::task_cancelled);
    EXPECT_EQ(came, end::cancelled);
    co_return end::still_waits;
  }
  co_await waiter;
  co_return came;
}

/// The same, and \p serve ends the wait before: the object goes before the waiter has its turn.
aio::task<end> destroy_after(aio::task<> work, std::function<void()> serve,
                             std::function<void()> destroy) {
  return destroy_under(std::move(work), [serve, destroy] {
    serve();
    destroy();
  });
}

/// The same, and the waiter is cancelled before.
aio::task<end> destroy_cancelled(aio::task<> work, std::function<void()> destroy) {
  end came = end::still_waits;
  auto waiter = aio::spawn(note(std::move(work), came));
  co_await settle();
  waiter.cancel();
  destroy();
  EXPECT_THROW(co_await waiter, aio::task_cancelled);
  co_return came;
}

/// Cancels the waiter before it begins to wait: the object goes while `cancelled` is on its way.
aio::task<end> destroy_cancelled_early(aio::task<> work, std::function<void()> destroy) {
  end came = end::still_waits;
  auto late = [](aio::task<> what) -> aio::task<> {
    co_await aio::shield(aio::checkpoint());
    co_await std::move(what);
  };
  auto waiter = aio::spawn(note(late(std::move(work)), came));
  co_await aio::checkpoint();
  waiter.cancel();
  auto goes = [](std::function<void()> &now) -> aio::task<> {
    co_await aio::checkpoint();
    now();
  };
  auto destroyer = aio::spawn(goes(destroy));
  EXPECT_THROW(co_await waiter, aio::task_cancelled);
  co_await destroyer;
  co_return came;
}

//===- Locks and channels -------------------------------------------------===//

aio::task<> locks(aio::mutex &of) {
  auto mine = co_await of.lock();
}
aio::task<> acquires(aio::semaphore &of) {
  auto mine = co_await of.acquire();
}
aio::task<> waits(aio::event &of) {
  co_await of.wait();
}

/// Nobody may let go of what is gone.
template <class Guard> void forget(Guard &guard) {
  alignas(Guard) std::byte room[sizeof(Guard)];
  new (room) Guard(std::move(guard)); // never destroyed
}

TEST(Destroyed, AMutex) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::mutex> m(std::in_place);
    auto guard = co_await m->lock();
    // Nobody would ever unlock it.
    EXPECT_EQ(co_await destroy_under(locks(*m),
                                     [&] {
                                       forget(guard);
                                       m.reset();
                                     }),
              end::still_waits);
    m.emplace();
    guard = co_await m->lock();
    EXPECT_EQ(co_await destroy_after(
                  locks(*m), [&] { guard.unlock(); }, [&] { m.reset(); }),
              end::told_closed);
    m.emplace();
    guard = co_await m->lock();
    EXPECT_EQ(co_await destroy_cancelled(locks(*m),
                                         [&] {
                                           guard.unlock();
                                           m.reset();
                                         }),
              end::cancelled);
    m.emplace();
    EXPECT_EQ(co_await destroy_cancelled_early(locks(*m), [&] { m.reset(); }), end::cancelled);
  }());
}

TEST(Destroyed, ASemaphore) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::semaphore> s(std::in_place, 0u);
    EXPECT_EQ(co_await destroy_under(acquires(*s), [&] { s.reset(); }), end::still_waits);
    s.emplace(0u);
    EXPECT_EQ(co_await destroy_after(
                  acquires(*s), [&] { s->release(); }, [&] { s.reset(); }),
              end::told_closed);
    s.emplace(0u);
    EXPECT_EQ(co_await destroy_cancelled(acquires(*s), [&] { s.reset(); }), end::cancelled);
    s.emplace(0u);
    EXPECT_EQ(co_await destroy_cancelled_early(acquires(*s), [&] { s.reset(); }), end::cancelled);
    // One of two that were served has had its turn, and gives its permit back to what is there.
    s.emplace(0u);
    auto first = aio::spawn(acquires(*s));
    auto second = aio::spawn(acquires(*s));
    co_await settle();
    s->release();
    co_await first;
    co_await second;
  }());
}

TEST(Destroyed, AnEvent) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::event> e(std::in_place);
    EXPECT_EQ(co_await destroy_under(waits(*e), [&] { e.reset(); }), end::still_waits);
    e.emplace();
    EXPECT_EQ(co_await destroy_after(waits(*e), [&] { e->set(); }, [&] { e.reset(); }), end::given);
    e.emplace();
    EXPECT_EQ(co_await destroy_cancelled(waits(*e), [&] { e.reset(); }), end::cancelled);
    e.emplace();
    EXPECT_EQ(co_await destroy_cancelled_early(waits(*e), [&] { e.reset(); }), end::cancelled);
  }());
}

TEST(Destroyed, AChannel) {
  aio::testing::run([]() -> aio::task<> {
    using texts = aio::channel<std::string>;
    auto sends = [](texts &to) -> aio::task<> { co_await to.send("one"); };
    auto receives = [](texts &from) -> aio::task<> {
      const auto item = co_await from.receive();
      if (item && *item != "one")
        throw std::logic_error("another");
    };
    std::optional<texts> c(std::in_place, 0u);
    EXPECT_EQ(co_await destroy_under(sends(*c), [&] { c.reset(); }), end::other);
    c.emplace(0u);
    EXPECT_EQ(co_await destroy_under(receives(*c), [&] { c.reset(); }), end::given);
    c.emplace(0u);
    EXPECT_EQ(co_await destroy_after(
                  sends(*c), [&] { EXPECT_TRUE(c->try_receive()); }, [&] { c.reset(); }),
              end::given);
    c.emplace(0u);
    EXPECT_EQ(co_await destroy_after(
                  receives(*c), [&] { EXPECT_TRUE(c->try_send("one")); }, [&] { c.reset(); }),
              end::given);
    c.emplace(0u);
    EXPECT_EQ(co_await destroy_cancelled(sends(*c), [&] { c.reset(); }), end::cancelled);
    c.emplace(0u);
    EXPECT_EQ(co_await destroy_cancelled_early(receives(*c), [&] { c.reset(); }), end::cancelled);
  }());
}

//===- Coroutines ---------------------------------------------------------===//

TEST(Destroyed, AJoinHandle) {
  aio::testing::run([]() -> aio::task<> {
    auto joins = [](aio::join_handle<void> &of) -> aio::task<> { co_await of; };
    std::optional<aio::join_handle<void>> h(aio::spawn(aio::sleep_for(24h)));
    EXPECT_EQ(co_await destroy_under(joins(*h), [&] { h.reset(); }), end::task_cancelled);
    aio::event go;
    h.emplace(aio::spawn(waits(go)));
    go.set();
    co_await settle();
    co_await *h;
    go.clear();
    h.emplace(aio::spawn(waits(go)));
    EXPECT_EQ(co_await destroy_cancelled(joins(*h), [&] { h.reset(); }), end::cancelled);
    h.emplace(aio::spawn(waits(go)));
    EXPECT_EQ(co_await destroy_under(joins(*h),
                                     [&] {
                                       std::move(*h).detach();
                                       h.reset();
                                       go.set();
                                     }),
              end::given);
  }());
}

TEST(Destroyed, ATaskThatSomebodyAwaits) {
  aio::testing::run([]() -> aio::task<> {
    aio::event go;
    auto gives = [](aio::event &of, std::string text) -> aio::task<std::string> {
      co_await of.wait();
      co_return text + "!";
    };
    auto awaits = [](aio::task<std::string> &of) -> aio::task<> {
      const std::string given = co_await std::move(of);
      EXPECT_EQ(given, "a text that is too long to be short!");
    };
    const char *const text = "a text that is too long to be short";
    std::optional<aio::task<std::string>> t(gives(go, text));
    EXPECT_EQ(co_await destroy_under(awaits(*t),
                                     [&] {
                                       t.reset();
                                       go.set();
                                     }),
              end::given);
    go.clear();
    t.emplace(gives(go, text));
    EXPECT_EQ(
        co_await destroy_after(awaits(*t), [&] { go.set(); }, [&] { t.reset(); }), end::given);
    go.clear();
    t.emplace(gives(go, text));
    EXPECT_EQ(co_await destroy_cancelled(awaits(*t), [&] { t.reset(); }), end::cancelled);
    t.emplace(gives(go, text));
    EXPECT_EQ(co_await destroy_under(awaits(*t),
                                     [&] {
                                       *t = gives(go, "other");
                                       go.set();
                                     }),
              end::given);
    co_await std::move(*t);
  }());
}

TEST(Destroyed, AGenerator) {
  aio::testing::run([]() -> aio::task<> {
    using texts = aio::async_generator<std::string>;
    std::string log;
    auto gives = [](aio::event &of, std::string &to) -> texts {
      struct notes {
        std::string &log;
        ~notes() { log += "gone "; }
      } at_the_end{to};
      co_await of.wait();
      to += "went-on ";
      co_yield "an item that is too long to be short";
      to += "never ";
    };
    auto takes = [](texts &from) -> aio::task<> { co_await from.next(); };
    aio::event go;
    std::optional<texts> g(gives(go, log));
    EXPECT_EQ(co_await destroy_under(takes(*g),
                                     [&] {
                                       g.reset();
                                       go.set();
                                     }),
              end::told_closed);
    EXPECT_EQ(std::exchange(log, ""), "went-on gone ");
    go.clear();
    g.emplace(gives(go, log));
    EXPECT_EQ(
        co_await destroy_after(takes(*g), [&] { go.set(); }, [&] { g.reset(); }), end::told_closed);
    EXPECT_EQ(std::exchange(log, ""), "went-on gone ");
    go.clear();
    g.emplace(gives(go, log));
    EXPECT_EQ(co_await destroy_cancelled(takes(*g), [&] { g.reset(); }), end::cancelled);
    EXPECT_EQ(std::exchange(log, ""), "gone ");
    auto throws = [](aio::event &of) -> texts {
      co_await of.wait();
      co_yield "one";
      throw std::runtime_error("this one");
    };
    auto first = [](aio::event &of) -> texts {
      co_await of.wait();
      throw std::runtime_error("before an item");
      co_yield "none";
    };
    g.emplace(first(go));
    EXPECT_EQ(co_await destroy_under(takes(*g),
                                     [&] {
                                       g.reset();
                                       go.set();
                                     }),
              end::other);
    go.clear();
    g.emplace(throws(go));
    EXPECT_EQ(co_await destroy_under(takes(*g),
                                     [&] {
                                       *g = gives(go, log);
                                       go.set();
                                     }),
              end::told_closed);
    EXPECT_TRUE(co_await g->next()); // the new one
    g.reset();
    EXPECT_EQ(std::exchange(log, ""), "went-on gone ");
    // By its own body.
    std::optional<texts> own;
    auto ends_itself = [](std::optional<texts> &me) -> texts {
      me.reset();
      co_await aio::checkpoint();
      co_yield "one";
    };
    own.emplace(ends_itself(own));
    EXPECT_THROW(co_await own->next(), std::system_error);
  }());
}

TEST(Destroyed, ATaskGroupThatWasJoinedByAnother) {
  aio::testing::run([]() -> aio::task<> {
    auto joins = [](aio::task_group &of) -> aio::task<> { co_await of.join(); };
    aio::event go;
    // The last of its tasks ends, and whoever owns it does not wait for who joins.
    auto last = [](aio::event &of, std::optional<aio::task_group> &to, bool fails) -> aio::task<> {
      co_await of.wait();
      // After the group has heard of the end, and before the joiner has.
      aio::spawn([](std::optional<aio::task_group> &goes) -> aio::task<> {
        goes.reset();
        co_return;
      }(to))
          .detach();
      if (fails)
        throw std::runtime_error("it failed");
    };
    for (const bool fails : {false, true}) {
      std::optional<aio::task_group> g(std::in_place);
      go.clear();
      g->spawn(last(go, g, fails));
      EXPECT_EQ(co_await destroy_under(joins(*g), [&] { go.set(); }),
                fails ? end::other : end::given);
      EXPECT_FALSE(g);
    }
    // Cancelled before it begins, of an empty one.
    std::optional<aio::task_group> g(std::in_place);
    EXPECT_EQ(co_await destroy_cancelled_early(joins(*g), [&] { g.reset(); }), end::cancelled);
  }());
}

//===- What the system has ------------------------------------------------===//

TEST(Destroyed, ASignalSet) {
  aio::run([]() -> aio::task<> {
    auto receives = [](aio::signal_set &from) -> aio::task<> {
      EXPECT_EQ(co_await from.next(), SIGUSR2);
    };
    aio::signal_set keeps{SIGUSR2}; // so that the signal does not end the program
    std::optional<aio::signal_set> s;
    s.emplace(std::initializer_list<int>{SIGUSR2});
    EXPECT_EQ(co_await destroy_under(receives(*s), [&] { s.reset(); }), end::told_closed);
    s.emplace(std::initializer_list<int>{SIGUSR2, SIGHUP});
    EXPECT_EQ(co_await destroy_cancelled(receives(*s), [&] { s.reset(); }), end::cancelled);
    s.emplace(std::initializer_list<int>{SIGUSR2});
    EXPECT_EQ(co_await destroy_cancelled_early(receives(*s), [&] { s.reset(); }), end::cancelled);
    // Who received it destroys the other set before that has its turn.
    s.emplace(std::initializer_list<int>{SIGUSR2});
    auto both = [](aio::signal_set &first, std::optional<aio::signal_set> &other) -> aio::task<> {
      co_await first.next();
      other.reset();
    };
    auto destroys = aio::spawn(both(keeps, s));
    co_await aio::checkpoint();
    auto other = aio::spawn(receives(*s));
    co_await aio::checkpoint();
    std::raise(SIGUSR2);
    co_await destroys;
    co_await other;
  }());
}

struct connection {
  std::optional<aio::tcp_stream> client;
  std::optional<aio::tcp_stream> server;
};

aio::task<connection> connected() {
  auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
  connection result;
  result.client = co_await aio::tcp_connect(listener.local_address());
  result.server = co_await listener.accept();
  co_return result;
}

aio::task<> reads(aio::byte_stream &from) {
  std::array<std::byte, 8> bytes;
  co_await from.read(bytes);
}

aio::task<> writes_much(aio::byte_stream &to) {
  const std::string much(std::size_t{16} << 20, 'x');
  co_await to.write(much);
}

TEST(Destroyed, AStream) {
  aio::run([]() -> aio::task<> {
    auto c = co_await connected();
    EXPECT_EQ(co_await destroy_under(reads(*c.client), [&] { c.client.reset(); }),
              end::told_closed);
    EXPECT_EQ(co_await destroy_cancelled(reads(*c.server), [&] { c.server.reset(); }),
              end::cancelled);
    c = co_await connected();
    EXPECT_EQ(co_await destroy_under(writes_much(*c.client), [&] { c.client.reset(); }),
              end::told_closed);
    c = co_await connected();
    EXPECT_EQ(co_await destroy_cancelled(writes_much(*c.client), [&] { c.client.reset(); }),
              end::cancelled);
    c = co_await connected();
    EXPECT_EQ(co_await destroy_cancelled_early(reads(*c.client), [&] { c.client.reset(); }),
              end::cancelled);
    // Bytes come, and the stream goes before the reader has its turn.
    c = co_await connected();
    auto first = [](connection &of) -> aio::task<> {
      std::array<std::byte, 1> one;
      EXPECT_EQ(co_await of.server->read(one), 1u);
    };
    auto reader = aio::spawn(first(c));
    co_await settle();
    co_await c.client->write(std::string_view("x"));
    while (!reader.done()) {
      c.client.reset();
      co_await aio::checkpoint();
    }
    co_await reader;
  }());
}

// An operation that is over at once suspends all the same now and then, and the object may go
// meanwhile: of so many in a row, each in its own place.
constexpr int rounds = 200;

TEST(Destroyed, AStreamThatHadTheResultAtOnce) {
  aio::run([]() -> aio::task<> {
    auto goes = [](std::optional<aio::tcp_stream> &of) -> aio::task<> {
      of.reset();
      co_return;
    };
    auto writes = [](aio::byte_stream &to) -> aio::task<> {
      co_await to.write(std::string_view("x"));
    };
    auto fails = [](aio::byte_stream &to) -> aio::task<> {
      try {
        for (;;)
          co_await to.write(std::string_view("x"));
      } catch (const std::system_error &) {
      }
    };
    for (int round = 0; round != rounds; ++round) {
      auto c = co_await connected();
      co_await aio::gather(writes(*c.server), goes(c.server));
      co_await fails(*c.client); // until it hears that there is nobody
      auto failing = aio::spawn(writes(*c.client));
      auto destroyer = aio::spawn(goes(c.client));
      EXPECT_THROW(co_await failing, std::system_error);
      co_await destroyer;
    }
  }());
}

TEST(Destroyed, AListener) {
  aio::run([]() -> aio::task<> {
    auto accepts = [](aio::tcp_listener &at) -> aio::task<> { co_await at.accept(); };
    std::optional<aio::tcp_listener> l(aio::tcp_listener::bind("127.0.0.1", 0));
    EXPECT_EQ(co_await destroy_under(accepts(*l), [&] { l.reset(); }), end::told_closed);
    l = aio::tcp_listener::bind("127.0.0.1", 0);
    EXPECT_EQ(co_await destroy_cancelled(accepts(*l), [&] { l.reset(); }), end::cancelled);
    l = aio::tcp_listener::bind("127.0.0.1", 0);
    EXPECT_EQ(co_await destroy_cancelled_early(accepts(*l), [&] { l.reset(); }), end::cancelled);
    const std::string path =
        (std::filesystem::temp_directory_path() / ("aio-" + std::to_string(::getpid()))).string();
    std::optional<aio::unix_listener> u(aio::unix_listener::bind(path));
    auto accepts_unix = [](aio::unix_listener &at) -> aio::task<> { co_await at.accept(); };
    EXPECT_EQ(co_await destroy_under(accepts_unix(*u), [&] { u.reset(); }), end::told_closed);
    // With a connection that is there already.
    for (int round = 0; round != rounds; ++round) {
      l = aio::tcp_listener::bind("127.0.0.1", 0);
      auto client = co_await aio::tcp_connect(l->local_address());
      auto accepter = aio::spawn(accepts(*l));
      auto goes = [](std::optional<aio::tcp_listener> &of) -> aio::task<> {
        of.reset();
        co_return;
      };
      auto destroyer = aio::spawn(goes(l));
      co_await accepter;
      co_await destroyer;
    }
  }());
}

TEST(Destroyed, AUdpSocket) {
  aio::run([]() -> aio::task<> {
    auto receives = [](aio::udp_socket &from) -> aio::task<> {
      std::array<std::byte, 8> bytes;
      co_await from.receive_from(bytes);
    };
    std::optional<aio::udp_socket> s(aio::udp_socket::bind("127.0.0.1", 0));
    EXPECT_EQ(co_await destroy_under(receives(*s), [&] { s.reset(); }), end::told_closed);
    s = aio::udp_socket::bind("127.0.0.1", 0);
    EXPECT_EQ(co_await destroy_cancelled(receives(*s), [&] { s.reset(); }), end::cancelled);
    s = aio::udp_socket::bind("127.0.0.1", 0);
    EXPECT_EQ(co_await destroy_cancelled_early(receives(*s), [&] { s.reset(); }), end::cancelled);
    for (int round = 0; round != rounds; ++round) {
      s = aio::udp_socket::bind("127.0.0.1", 0);
      auto sends = [](aio::udp_socket &by) -> aio::task<> {
        const std::array<std::byte, 1> bytes{};
        co_await by.send_to(bytes, by.local_address());
      };
      co_await sends(*s);
      auto receiver = aio::spawn(receives(*s));
      auto goes = [](std::optional<aio::udp_socket> &of) -> aio::task<> {
        of.reset();
        co_return;
      };
      auto destroyer = aio::spawn(goes(s));
      co_await receiver;
      co_await destroyer;
    }
  }());
}

TEST(Destroyed, ADescriptorWatch) {
  aio::run([]() -> aio::task<> {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    auto watches = [](aio::descriptor_watch &of) -> aio::task<> { co_await of.readable(); };
    std::optional<aio::descriptor_watch> w(std::in_place, ends[0]);
    EXPECT_EQ(co_await destroy_under(watches(*w), [&] { w.reset(); }), end::told_closed);
    w.emplace(ends[0]);
    EXPECT_EQ(co_await destroy_cancelled(watches(*w), [&] { w.reset(); }), end::cancelled);
    w.emplace(ends[0]);
    EXPECT_EQ(co_await destroy_cancelled_early(watches(*w), [&] { w.reset(); }), end::cancelled);
    ::close(ends[0]);
    ::close(ends[1]);
  }());
}

TEST(Destroyed, AProcess) {
  aio::run([]() -> aio::task<> {
    auto start = [] {
      aio::process_options options;
      options.input = options.output = aio::stdio::pipe;
      return aio::process::start({"cat"}, std::move(options));
    };
    auto ends = [](aio::process &of) -> aio::task<> {
      const auto status = co_await of.wait();
      EXPECT_EQ(status.signal, SIGKILL);
    };
    std::optional<aio::process> p(start());
    end came = end::still_waits;
    auto waiter = aio::spawn(note(ends(*p), came));
    co_await settle();
    p.reset();
    co_await waiter; // it is killed
    EXPECT_EQ(came, end::given);
    p = start();
    EXPECT_EQ(co_await destroy_cancelled(ends(*p), [&] { p.reset(); }), end::cancelled);
    p = start();
    EXPECT_EQ(co_await destroy_under(reads(p->output()), [&] { p.reset(); }), end::told_closed);
    p = start();
    EXPECT_EQ(co_await destroy_cancelled_early(ends(*p), [&] { p->kill(); }), end::cancelled);
  }());
}

TEST(Destroyed, AFile) {
  aio::run([]() -> aio::task<> {
    // All workers are busy: what is asked of a file waits.
    std::atomic<bool> go = false;
    auto busy = [](std::atomic<bool> &until) -> aio::task<> {
      co_await aio::to_thread([&until] { until.wait(false); });
    };
    auto occupy = [&] {
      std::vector<aio::join_handle<void>> all;
      for (int worker = 0; worker != 128; ++worker)
        all.push_back(aio::spawn(busy(go)));
      return all;
    };
    auto release = [&] {
      go = true;
      go.notify_all();
    };
    using use = std::function<aio::task<>(aio::file &)>;
    std::vector<use> uses;
    uses.push_back([](aio::file &of) -> aio::task<> {
      std::array<std::byte, 4> bytes;
      EXPECT_EQ(co_await of.read(bytes), 4u);
    });
    uses.push_back([](aio::file &of) -> aio::task<> { co_await of.write_at(0, "text"); });
    uses.push_back([](aio::file &of) -> aio::task<> { co_await of.stat(); });
    uses.push_back([](aio::file &of) -> aio::task<> { EXPECT_EQ(co_await of.size(), 0u); });
    uses.push_back([](aio::file &of) -> aio::task<> { co_await of.sync(); });
    uses.push_back([](aio::file &of) -> aio::task<> { co_await of.close(); });
    for (std::size_t which = 0; which != uses.size(); ++which) {
      std::optional<aio::file> f(
          co_await aio::file::open(which == 4 ? "/" : "/dev/zero",
                                   which == 1 ? aio::open_mode::write : aio::open_mode::read));
      go = false;
      auto workers = occupy();
      end came = end::still_waits;
      auto user = aio::spawn(note(uses[which](*f), came));
      co_await settle();
      EXPECT_EQ(came, end::still_waits);
      f.reset();
      EXPECT_NE(aio::task_tree().find(which == 4 ? "(/)" : "(/dev/zero)"), std::string::npos);
      release();
      co_await user;
      EXPECT_EQ(came, end::given) << which;
      for (auto &worker : workers)
        co_await worker;
      // Cancelled, too.
      if (which == 5)
        break;
      f = co_await aio::file::open(which == 4 ? "/" : "/dev/zero",
                                   which == 1 ? aio::open_mode::write : aio::open_mode::read);
      go = false;
      workers = occupy();
      came = end::still_waits;
      auto stopped = aio::spawn(note(uses[which](*f), came));
      co_await settle();
      stopped.cancel();
      f.reset();
      EXPECT_THROW(co_await stopped, aio::task_cancelled);
      EXPECT_EQ(came, end::cancelled);
      release();
      for (auto &worker : workers)
        co_await worker;
    }
  }());
}

TEST(Destroyed, ABufferedReader) {
  aio::run([]() -> aio::task<> {
    auto c = co_await connected();
    std::optional<aio::buffered_reader> reader(std::in_place, *c.server);
    auto takes = [](aio::buffered_reader &from) -> aio::task<> {
      EXPECT_EQ(co_await from.read_line(), "a line");
    };
    end came = end::still_waits;
    auto taker = aio::spawn(note(takes(*reader), came));
    co_await settle();
    reader.reset();
    co_await c.client->write(std::string_view("a line\n")); // goes to who waits for it
    co_await taker;
    EXPECT_EQ(came, end::given);
    reader.emplace(*c.server);
    EXPECT_EQ(co_await destroy_cancelled(takes(*reader), [&] { reader.reset(); }), end::cancelled);
    // With its stream.
    reader.emplace(*c.server);
    EXPECT_EQ(co_await destroy_under(takes(*reader), [&] { c.server.reset(); }), end::told_closed);
    reader.reset();
  }());
}

} // namespace
} // namespace destroyed_tests
