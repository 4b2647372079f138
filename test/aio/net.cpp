//===- net.cpp - Sockets --------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/net.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace net_tests {
namespace {

/// Expects that \p ... throws a std::system_error that means \p error, and that says \p text.
#define EXPECT_FAILS(error, text, ...)                                                             \
  try {                                                                                            \
    __VA_ARGS__;                                                                                   \
    ADD_FAILURE() << "nothing was thrown";                                                         \
  } catch (const std::system_error &thrown) {                                                      \
    EXPECT_TRUE(thrown.code() == (error)) << thrown.what();                                        \
    EXPECT_NE(std::string(thrown.what()).find(text), std::string::npos) << thrown.what();          \
  }

struct connection {
  aio::tcp_stream client;
  aio::tcp_stream server;
};

aio::task<connection> connect_pair() {
  auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
  auto client = co_await aio::tcp_connect(listener.local_address());
  auto server = co_await listener.accept();
  co_return connection{std::move(client), std::move(server)};
}

/// Some bytes as text.
aio::task<std::string> read_some(aio::byte_stream &from, std::size_t at_most = 1000) {
  std::string result(at_most, '\0');
  const std::size_t count = co_await from.read(std::as_writable_bytes(std::span(result)));
  result.resize(count);
  co_return result;
}

aio::task<std::string> read_to_end(aio::byte_stream &from) {
  std::string all;
  for (;;) {
    const std::string more = co_await read_some(from, 65536);
    if (more.empty())
      co_return all;
    all += more;
  }
}

/// What is different everywhere, so that nothing can be out of order unseen.
std::string pattern(std::size_t size) {
  static const std::string longest = [] {
    std::string result(std::size_t{8} << 20, '\0');
    for (std::size_t i = 0; i != result.size(); ++i)
      result[i] = static_cast<char>((i * 2654435761U) >> 13);
    return result;
  }();
  return longest.substr(0, size);
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// A folder for Unix sockets.
class folder {
public:
  folder() {
    char name[] = "/tmp/aio-net-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string &name) const { return path_ + "/" + name; }

private:
  std::string path_;
};

//===- Reading ------------------------------------------------------------===//

TEST(Read, GivesWhatIsThereAndThenTheEnd) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("hello");
    EXPECT_EQ(co_await read_some(server), "hello");
    co_await client.write("more");
    co_await client.shutdown();
    EXPECT_EQ(co_await read_some(server, 3), "mor");
    EXPECT_EQ(co_await read_some(server), "e");
    EXPECT_EQ(co_await read_some(server), "");
    EXPECT_EQ(co_await read_some(server), "");
  }());
}

TEST(Read, OfNothingGivesNothingAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    EXPECT_EQ(co_await server.read(std::span<std::byte>()), 0U);
  }());
}

TEST(Read, StartsWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("x");
    std::byte buffer{};
    {
      auto unused = server.read(std::span(&buffer, 1));
      co_await aio::sleep_for(1s);
    }
    EXPECT_EQ(buffer, std::byte{});
    EXPECT_EQ(co_await read_some(server), "x");
  }());
}

TEST(Read, KeepsWhatArrivesWhileNobodyReads) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string all = pattern(50000);
    co_await client.write(all.substr(0, 10));
    EXPECT_EQ(co_await read_some(server), all.substr(0, 10));
    for (std::size_t at = 10; at < all.size(); at += 10000) {
      co_await client.write(std::string_view(all).substr(at, 10000));
      co_await aio::sleep_for(1s);
    }
    co_await client.shutdown();
    co_await aio::sleep_for(1s);
    EXPECT_EQ(co_await read_to_end(server), all.substr(10));
  }());
}

TEST(Read, DoesNotSuspendForWhatIsThereButForOneTimeIn64) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("x");
    co_await read_some(server);
    co_await client.write(pattern(6401));
    co_await aio::sleep_for(1s);
    co_await aio::sleep_for(1s);
    int turns = 0;
    auto other = aio::spawn([](int &counted) -> aio::task<> {
      for (;;) {
        co_await aio::checkpoint();
        ++counted;
      }
    }(turns));
    co_await aio::checkpoint();
    turns = 0;
    std::byte one{};
    for (int i = 0; i != 6400; ++i)
      co_await server.read(std::span(&one, 1));
    EXPECT_EQ(turns, 100);
    other.cancel();
  }());
}

TEST(Read, CancelledLosesNothing) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    for (int i = 0; i != 3; ++i)
      EXPECT_THROW(co_await aio::with_timeout(1s, read_some(server)), aio::timed_out);
    co_await client.write("kept");
    co_await aio::sleep_for(1s);
    EXPECT_EQ(co_await read_some(server), "kept");
  }());
}

aio::task<> collect(aio::byte_stream &from, std::string &into) {
  for (;;) {
    const std::string more = co_await read_some(from, 7);
    if (more.empty())
      co_return;
    into += more;
  }
}

TEST(Read, LosesNothingWhicheverOfCancelAndDataIsFirst) {
  for (std::uint64_t seed = 0; seed != 15; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          auto [client, server] = co_await connect_pair();
          const std::string all = pattern(300);
          std::string received;
          for (std::size_t at = 0; at != all.size(); at += 10) {
            auto reader = aio::spawn(collect(server, received));
            for (std::uint64_t turns = (drawn + at) % 4; turns != 0; --turns)
              co_await aio::checkpoint();
            co_await client.write(std::string_view(all).substr(at, 10));
            for (std::uint64_t turns = (drawn + at / 10) % 70; turns != 0; --turns)
              co_await aio::checkpoint();
            reader.cancel();
            EXPECT_THROW(co_await reader, aio::task_cancelled);
          }
          co_await client.shutdown();
          co_await collect(server, received);
          EXPECT_EQ(received, all);
        }(seed),
        seed);
}

TEST(Read, ACancelledCoroutineReadsNoMore) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("x");
    co_await read_some(server);
    co_await client.write("y");
    co_await aio::sleep_for(1s);
    auto reader = aio::spawn([](aio::byte_stream &from) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      EXPECT_THROW(co_await read_some(from), aio::cancelled); // though there is something
    }(server));
    co_await aio::checkpoint();
    reader.cancel();
    co_await reader;
    EXPECT_EQ(co_await read_some(server), "y");
  }());
}

TEST(Read, ASecondReaderIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    auto reader = aio::spawn(read_some(server));
    co_await aio::checkpoint();
    try {
      co_await read_some(server);
      ADD_FAILURE();
    } catch (const std::logic_error &thrown) {
      EXPECT_EQ(thrown.what(), "read: another coroutine reads from " +
                                   server.peer_address().to_string() + ", and one at a time may");
    }
    co_await server.write("one writes meanwhile"); // in the other direction
    co_await client.write("x");
    EXPECT_EQ(co_await reader, "x");
  }());
}

//===- Writing ------------------------------------------------------------===//

TEST(Write, WritesAllHoweverSlowlyThePeerReads) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string all = pattern(std::size_t{8} << 20);
    auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
      co_await to.write(text);
      co_await to.shutdown();
    }(client, all));
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(writer.done());
    std::string received;
    while (received.size() < 1000000) {
      received += co_await read_some(server, 100000);
      co_await aio::sleep_for(1ms);
    }
    received += co_await read_to_end(server);
    EXPECT_TRUE(received == all);
    co_await writer;
  }());
}

TEST(Write, TakesBytesAndTextAndNothing) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::vector<std::byte> bytes(3, std::byte{'b'});
    const std::string text = "text";
    co_await client.write(bytes);
    co_await client.write("");
    co_await client.write(text);
    co_await client.write("literal");
    co_await client.shutdown();
    EXPECT_EQ(co_await read_to_end(server), "bbbtextliteral");
  }());
}

TEST(Write, LeavesTheOthersTheirTurn) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    int turns = 0;
    auto other = aio::spawn([](int &counted) -> aio::task<> {
      for (;;) {
        co_await aio::checkpoint();
        ++counted;
      }
    }(turns));
    co_await aio::checkpoint();
    turns = 0;
    for (int i = 0; i != 640; ++i)
      co_await client.write("x");
    EXPECT_EQ(turns, 10);
    other.cancel();
  }());
}

TEST(Write, ASecondWriterIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{8} << 20, 'x');
    auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
      co_await to.write(text);
    }(client, much));
    co_await aio::sleep_for(1s);
    EXPECT_THROW(co_await client.write("y"), std::logic_error);
    EXPECT_THROW(co_await client.shutdown(), std::logic_error);
    writer.cancel();
    EXPECT_THROW(co_await writer, aio::task_cancelled);
  }());
}

TEST(Write, CancelledLeavesAPrefixAndWhatIsWrittenNextFollows) {
  for (std::uint64_t seed = 0; seed != 6; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          auto [client, server] = co_await connect_pair();
          const std::string much = pattern(std::size_t{8} << 20);
          std::string received;
          try {
            // In the middle of a chunk, or with some read meanwhile.
            auto reader = aio::spawn(read_some(server, 1 + drawn * 100000));
            co_await aio::with_timeout(1s, client.write(much));
            ADD_FAILURE();
          } catch (const aio::timed_out &) {
          }
          auto rest = aio::spawn([](aio::byte_stream &to) -> aio::task<> {
            co_await to.write("|end|");
            co_await to.shutdown();
          }(client));
          received = co_await read_to_end(server);
          co_await rest;
          EXPECT_TRUE(received.ends_with("|end|"));
          received.resize(received.size() - 5);
          EXPECT_GT(received.size(), 0U);
          EXPECT_NE(much.find(received), std::string::npos); // the first read took its beginning
        }(seed),
        seed);
}

TEST(Write, CanBeCancelledWhileItWaitsForTheRestOfACancelledOne) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much = pattern(std::size_t{8} << 20);
    EXPECT_THROW(co_await aio::with_timeout(1s, client.write(much)), aio::timed_out);
    EXPECT_THROW(co_await aio::with_timeout(1s, client.write("lost")), aio::timed_out);
    EXPECT_THROW(co_await aio::with_timeout(1s, client.shutdown()), aio::timed_out);
    auto last =
        aio::spawn([](aio::byte_stream &to) -> aio::task<> { co_await to.shutdown(); }(client));
    const std::string received = co_await read_to_end(server);
    co_await last;
    EXPECT_TRUE(much.starts_with(received));
  }());
}

//===- The end ------------------------------------------------------------===//

TEST(Shutdown, EndsOneDirection) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("question");
    co_await client.shutdown();
    co_await client.shutdown(); // no harm
    EXPECT_EQ(co_await read_to_end(server), "question");
    co_await server.write("answer");
    co_await server.shutdown();
    EXPECT_EQ(co_await read_to_end(client), "answer");
    EXPECT_FAILS(std::errc::broken_pipe, "write to 127.0.0.1:", co_await client.write("x"));
  }());
}

TEST(Close, TellsWhoeverWaits) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{8} << 20, 'x');
    auto reader = aio::spawn(read_some(client));
    auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
      co_await to.write(text);
    }(client, much));
    co_await aio::sleep_for(1s);
    client.close();
    client.close();
    EXPECT_FAILS(std::errc::operation_canceled, "read: the stream was closed", co_await reader);
    EXPECT_FAILS(std::errc::operation_canceled, "write: the stream was closed", co_await writer);
    EXPECT_FAILS(std::errc::operation_canceled, "read: the stream was closed",
                 co_await read_some(client));
    EXPECT_FAILS(std::errc::operation_canceled, "write: the stream was closed",
                 co_await client.write("x"));
    EXPECT_FAILS(std::errc::operation_canceled, "shutdown: the stream was closed",
                 co_await client.shutdown());
  }());
}

TEST(Close, SendsWhatAFinishedWriteGave) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("all of it");
    client.close();
    EXPECT_EQ(co_await read_to_end(server), "all of it");
  }());
}

TEST(Close, ByDestructionWhileOthersWait) {
  for (std::uint64_t seed = 0; seed != 5; ++seed)
    aio::testing::run(
        []() -> aio::task<> {
          const std::string much(std::size_t{8} << 20, 'x');
          auto pair = std::make_unique<connection>(co_await connect_pair());
          auto reader = aio::spawn(read_some(pair->client));
          auto writer =
              aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
                co_await to.write(text);
              }(pair->client, much));
          co_await aio::sleep_for(1s);
          pair.reset();
          EXPECT_FAILS(std::errc::operation_canceled, "read: the stream was closed",
                       co_await reader);
          EXPECT_FAILS(std::errc::operation_canceled, "write: the stream was closed",
                       co_await writer);
        }(),
        seed);
}

TEST(Close, InTheSameTurnAsDataOrACancel) {
  for (std::uint64_t seed = 0; seed != 20; ++seed)
    aio::testing::run(
        [](bool cancel) -> aio::task<> {
          auto [client, server] = co_await connect_pair();
          auto reader = aio::spawn(read_some(client));
          co_await aio::checkpoint();
          co_await server.write("x");
          if (cancel)
            reader.cancel();
          client.close();
          try {
            EXPECT_EQ(co_await reader, "x");
          } catch (const aio::task_cancelled &) {
            EXPECT_TRUE(cancel);
          } catch (const std::system_error &thrown) {
            EXPECT_TRUE(thrown.code() == std::errc::operation_canceled);
          }
        }(seed % 2 == 0),
        seed);
}

TEST(Close, WithAChunkInFlightDropsIt) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::tcp_stream> peer;
    {
      auto [client, server] = co_await connect_pair();
      const std::string much(std::size_t{8} << 20, 'x');
      EXPECT_THROW(co_await aio::with_timeout(1s, client.write(much)), aio::timed_out);
      peer = std::move(server);
    }
    const std::string received = co_await read_to_end(*peer);
    EXPECT_LT(received.size(), std::size_t{8} << 20);
  }());
}

TEST(Close, LeavesNoDescriptorOpen) {
  const std::size_t before = open_descriptors();
  aio::testing::run([]() -> aio::task<> {
    for (int i = 0; i != 10; ++i) {
      auto [client, server] = co_await connect_pair();
      co_await client.write("x");
    }
  }());
  EXPECT_EQ(open_descriptors(), before);
}

//===- Streams as objects -------------------------------------------------===//

TEST(Stream, CanBeMovedWhileSomebodyWaits) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    auto reader = aio::spawn(read_some(client));
    co_await aio::checkpoint();
    aio::tcp_stream elsewhere = std::move(client);
    co_await server.write("x");
    EXPECT_EQ(co_await reader, "x");
    co_await elsewhere.write("y");
    EXPECT_EQ(co_await read_some(server), "y");
  }());
}

TEST(Stream, ThatWasMovedFromIsNone) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const aio::tcp_stream elsewhere = std::move(client);
    // NOLINTBEGIN(bugprone-use-after-move)
    EXPECT_THROW(co_await read_some(client), std::logic_error);
    EXPECT_THROW(co_await client.write("x"), std::logic_error);
    EXPECT_THROW(co_await client.shutdown(), std::logic_error);
    EXPECT_THROW(client.local_address(), std::logic_error);
    EXPECT_THROW(client.peer_address(), std::logic_error);
    client.close();
    // NOLINTEND(bugprone-use-after-move)
  }());
}

TEST(Stream, KnowsItsAddresses) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    EXPECT_EQ(client.local_address(), server.peer_address());
    EXPECT_EQ(client.peer_address(), server.local_address());
    EXPECT_EQ(client.peer_address().host(), "127.0.0.1");
    const auto peer = client.peer_address();
    client.close();
    EXPECT_EQ(client.peer_address(), peer);
    EXPECT_FAILS(std::errc::bad_file_descriptor,
                 "local_address of 127.0.0.1:", client.local_address());
  }());
}

TEST(Stream, SetsNoDelay) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    client.set_no_delay(false);
    client.set_no_delay(true);
    client.close();
    EXPECT_FAILS(std::errc::bad_file_descriptor,
                 "set_no_delay of 127.0.0.1:", client.set_no_delay(true));
  }());
}

aio::task<> ping_pong(aio::byte_stream &with, int rounds, bool first) {
  std::string ball = "0";
  for (int i = 0; i != rounds; ++i) {
    if (first) {
      co_await with.write(ball + "\n");
      ball = co_await read_some(with);
      ball.pop_back();
    } else {
      ball = co_await read_some(with);
      ball = std::to_string(std::stoi(ball) + 1);
      co_await with.write(ball + "\n");
    }
  }
  EXPECT_EQ(ball, std::to_string(rounds));
}

TEST(Stream, PingPong) {
  for (std::uint64_t seed = 0; seed != 3; ++seed)
    aio::testing::run(
        []() -> aio::task<> {
          auto [client, server] = co_await connect_pair();
          auto other = aio::spawn(ping_pong(server, 3000, false));
          co_await ping_pong(client, 3000, true);
          co_await other;
        }(),
        seed);
}

aio::task<> echo(aio::tcp_stream with) {
  std::vector<std::byte> buffer(1000);
  for (;;) {
    const std::size_t count = co_await with.read(buffer);
    if (count == 0)
      co_return;
    co_await with.write(std::span(buffer).first(count));
  }
}

aio::task<> echo_server(aio::tcp_listener &listener, std::size_t connections) {
  std::vector<aio::join_handle<void>> all;
  while (all.size() != connections) {
    auto accepted = co_await listener.accept();
    all.push_back(aio::spawn(echo(std::move(accepted))));
  }
  for (auto &each : all)
    co_await each;
}

aio::task<> echo_client(std::uint16_t port, std::size_t number) {
  auto stream = co_await aio::tcp_connect("127.0.0.1", port);
  const std::string all = pattern(number * 100);
  auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
    co_await to.write(text);
    co_await to.shutdown();
  }(stream, all));
  const std::string echoed = co_await read_to_end(stream);
  EXPECT_TRUE(echoed == all);
  co_await writer;
}

TEST(Stream, TwoHundredConnectionsAtOnce) {
  aio::testing::run(
      []() -> aio::task<> {
        auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
        auto server = aio::spawn(echo_server(listener, 200));
        std::vector<aio::join_handle<void>> clients;
        for (std::size_t i = 0; i != 200; ++i)
          clients.push_back(aio::spawn(echo_client(listener.port(), i)));
        for (auto &each : clients)
          co_await each;
        co_await server;
      }(),
      7);
}

TEST(VirtualTime, DoesNotOvertakeWhatIsOnItsWay) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    auto other = aio::spawn(echo(std::move(server)));
    for (int i = 0; i != 300; ++i) {
      co_await client.write("x");
      const std::string back = co_await aio::with_timeout(1ns, read_some(client));
      EXPECT_EQ(back, "x");
    }
    co_await client.shutdown();
    co_await other;
  }());
}

//===- Lines and pieces ---------------------------------------------------===//

TEST(BufferedReader, GivesLines) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader lines(server);
    co_await client.write("one\ntwo\r\n\nfo");
    EXPECT_EQ(co_await lines.read_line(), "one");
    EXPECT_EQ(co_await lines.read_line(), "two");
    EXPECT_EQ(co_await lines.read_line(), "");
    auto fourth = aio::spawn(lines.read_line());
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(fourth.done());
    co_await client.write("ur\r");
    co_await client.write("\nlast");
    EXPECT_EQ(co_await fourth, "four");
    co_await client.shutdown();
    EXPECT_EQ(co_await lines.read_line(), "last");
    EXPECT_EQ(co_await lines.read_line(), std::nullopt);
    EXPECT_EQ(co_await lines.read_line(), std::nullopt);
  }());
}

TEST(BufferedReader, RefusesLinesAboveItsLimit) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader lines(server, 10);
    co_await client.write("0123456789\n0123456789a\nx");
    EXPECT_EQ(co_await lines.read_line(), "0123456789");
    EXPECT_FAILS(std::errc::message_size, "read_line: no end within 10 bytes",
                 co_await lines.read_line());
    std::string there(100, '\0');
    const std::size_t size = co_await lines.read(std::as_writable_bytes(std::span(there)));
    EXPECT_EQ(there.substr(0, size), "0123456789a\nx");
    co_await client.write("01234567890"); // and no end yet
    EXPECT_FAILS(std::errc::message_size, "read_until: no end within 10 bytes",
                 co_await lines.read_until("\n"));
  }());
}

TEST(BufferedReader, GivesPieces) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader pieces(server);
    const std::string all = pattern(200000);
    auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
      co_await to.write("head\r\n\r\n");
      co_await to.write(text);
      co_await to.write("tail");
      co_await to.shutdown();
    }(client, all));
    EXPECT_EQ(co_await pieces.read_until("\r\n\r\n"), "head");
    std::string body(all.size(), '\0');
    co_await pieces.read_exactly(std::as_writable_bytes(std::span(body)));
    EXPECT_TRUE(body == all);
    EXPECT_THROW(co_await pieces.read_exactly(std::as_writable_bytes(std::span(body))),
                 aio::end_of_stream);
    EXPECT_THROW(co_await pieces.read_until("x"), aio::end_of_stream);
    EXPECT_THROW(co_await pieces.read_until(""), std::invalid_argument);
    std::string rest(100, '\0');
    const std::size_t size = co_await pieces.read(std::as_writable_bytes(std::span(rest)));
    EXPECT_EQ(rest.substr(0, size), "tail");
    EXPECT_EQ(co_await pieces.read(std::as_writable_bytes(std::span(rest))), 0U);
    co_await writer;
  }());
}

TEST(BufferedReader, FindsADelimiterThatComesInParts) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader pieces(server);
    auto piece = aio::spawn(pieces.read_until("abab"));
    for (const char c : std::string("xabaabab!")) {
      co_await client.write(std::string_view(&c, 1));
      co_await aio::sleep_for(1s);
    }
    EXPECT_EQ(co_await piece, "xaba");
  }());
}

TEST(BufferedReader, CancelledGoesOnWhereItWas) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader lines(server);
    std::byte six[6];
    co_await client.write("abc");
    EXPECT_THROW(co_await aio::with_timeout(1s, lines.read_line()), aio::timed_out);
    EXPECT_THROW(co_await aio::with_timeout(1s, lines.read_until("z")), aio::timed_out);
    EXPECT_THROW(co_await aio::with_timeout(1s, lines.read_exactly(six)), aio::timed_out);
    co_await client.write("def\n");
    EXPECT_EQ(co_await lines.read_line(), "abcdef");
  }());
}

TEST(BufferedReader, ASecondReaderIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader lines(server);
    auto first = aio::spawn(lines.read_line());
    co_await aio::checkpoint();
    EXPECT_THROW(co_await lines.read_line(), std::logic_error);
    co_await client.write("x\n");
    EXPECT_EQ(co_await first, "x");
  }());
}

TEST(BufferedReader, ACancelledCoroutineReadsNoMore) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    aio::buffered_reader lines(server);
    co_await client.write("a\nb\n");
    EXPECT_EQ(co_await lines.read_line(), "a");
    auto reader = aio::spawn([](aio::buffered_reader &from) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      std::byte one[1];
      EXPECT_THROW(co_await from.read_line(), aio::cancelled);
      EXPECT_THROW(co_await from.read(one), aio::cancelled);
      EXPECT_THROW(co_await from.read_exactly(one), aio::cancelled);
    }(lines));
    co_await aio::checkpoint();
    reader.cancel();
    co_await reader;
    EXPECT_EQ(co_await lines.read_line(), "b");
  }());
}

//===- Addresses and names ------------------------------------------------===//

TEST(SocketAddress, IsWrittenAndRead) {
  EXPECT_EQ(aio::socket_address("127.0.0.1", 80).to_string(), "127.0.0.1:80");
  EXPECT_EQ(aio::socket_address("::1", 80).to_string(), "[::1]:80");
  EXPECT_EQ(aio::socket_address("::1", 80).host(), "::1");
  EXPECT_EQ(aio::socket_address("::1", 80).port(), 80);
  EXPECT_EQ(aio::socket_address("::1", 80).family(), AF_INET6);
  EXPECT_EQ(aio::socket_address::of_path("/run/x").to_string(), "/run/x");
  EXPECT_EQ(aio::socket_address::of_path("/run/x").host(), "/run/x");
  EXPECT_EQ(aio::socket_address::of_path("/run/x").port(), 0);
  const std::string hidden("\0name", 5);
  EXPECT_EQ(aio::socket_address::of_path(hidden).to_string(), "@name");
  EXPECT_EQ(aio::socket_address::of_path(hidden).host(), hidden);
  EXPECT_EQ(aio::socket_address().to_string(), "unnamed");
  EXPECT_EQ(aio::socket_address().host(), "");
  EXPECT_EQ(aio::socket_address().size(), 0U);
  EXPECT_EQ(aio::socket_address().family(), AF_UNSPEC);
}

TEST(SocketAddress, IsAValue) {
  const aio::socket_address a("127.0.0.1", 80);
  EXPECT_EQ(a, aio::socket_address("127.0.0.1", 80));
  EXPECT_NE(a, aio::socket_address("127.0.0.1", 81));
  EXPECT_NE(a, aio::socket_address());
  EXPECT_EQ(aio::socket_address::from_native(a.data(), a.size()), a);
}

TEST(SocketAddress, RefusesWhatIsNone) {
  EXPECT_FAILS(std::errc::invalid_argument, "'localhost' is no address in figures",
               aio::socket_address("localhost", 80));
  EXPECT_FAILS(std::errc::invalid_argument, "",
               aio::socket_address(std::string_view("127.0.0.1\0x", 11), 80));
  EXPECT_FAILS(std::errc::invalid_argument, "", aio::socket_address::of_path(""));
  EXPECT_FAILS(std::errc::invalid_argument, "",
               aio::socket_address::of_path(std::string_view("a\0b", 3)));
  const aio::socket_address a("127.0.0.1", 80);
  EXPECT_FAILS(std::errc::invalid_argument, "113 bytes",
               aio::socket_address::from_native(a.data(), 113));
}

TEST(Resolve, KnowsWhatIsWrittenInFigures) {
  aio::testing::run([]() -> aio::task<> {
    const auto four = co_await aio::resolve("127.0.0.1", "80");
    EXPECT_EQ(four.size(), 1U);
    EXPECT_EQ(four.at(0).to_string(), "127.0.0.1:80");
    const auto six = co_await aio::resolve("::1");
    EXPECT_EQ(six.at(0).to_string(), "[::1]:0");
  }());
}

TEST(Resolve, AsksTheSystem) {
  aio::testing::run([]() -> aio::task<> {
    const auto named = co_await aio::resolve("localhost", "80");
    EXPECT_FALSE(named.empty());
    for (const auto &each : named)
      EXPECT_EQ(each.port(), 80);
    const auto here = co_await aio::resolve("", "81");
    EXPECT_EQ(here.at(0).port(), 81);
  }());
}

TEST(Resolve, CanBeCancelled) {
  for (std::uint64_t seed = 0; seed != 10; ++seed)
    aio::testing::run(
        []() -> aio::task<> {
          std::vector<aio::join_handle<std::vector<aio::socket_address>>> all;
          for (int i = 0; i != 20; ++i)
            all.push_back(aio::spawn(aio::resolve("localhost", "80")));
          co_await aio::checkpoint();
          for (auto &each : all)
            each.cancel();
          for (auto &each : all) {
            try {
              co_await each;
            } catch (const aio::task_cancelled &) {
            }
          }
        }(),
        seed);
}

//===- Connecting ---------------------------------------------------------===//

TEST(TcpConnect, TakesANameOrAnAddress) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto by_name = co_await aio::tcp_connect("localhost", listener.port());
    auto by_figures = co_await aio::tcp_connect("127.0.0.1", listener.port());
    auto by_address = co_await aio::tcp_connect(listener.local_address());
    for (auto *client : {&by_name, &by_figures, &by_address}) {
      auto server = co_await listener.accept();
      EXPECT_EQ(server.peer_address(), client->local_address());
    }
  }());
}

TEST(TcpConnect, ToIPv6) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::tcp_listener> listener;
    try {
      listener = aio::tcp_listener::bind("::1", 0);
    } catch (const std::system_error &) {
      co_return; // this machine has none
    }
    auto client = co_await aio::tcp_connect("::1", listener->port());
    auto server = co_await listener->accept();
    EXPECT_TRUE(server.peer_address().to_string().starts_with("[::1]:"));
  }());
}

/// Where connections are not answered: the list of those that wait is full.
struct full_listener {
  aio::tcp_listener listener = aio::tcp_listener::bind("127.0.0.1", 0, 0);
  std::vector<aio::tcp_stream> waiting;

  aio::task<> fill() {
    for (;;) {
      try {
        waiting.push_back(
            co_await aio::with_timeout(100ms, aio::tcp_connect(listener.local_address())));
      } catch (const aio::timed_out &) {
        co_return;
      }
    }
  }
};

TEST(TcpConnect, CancelledLeavesNothingOpen) {
  aio::testing::run([]() -> aio::task<> {
    full_listener nobody;
    co_await nobody.fill();
    co_await aio::sleep_for(1ms);
    const std::size_t before = open_descriptors();
    auto client = aio::spawn(aio::tcp_connect(nobody.listener.local_address()));
    co_await aio::sleep_for(1ms);
    EXPECT_FALSE(client.done());
    EXPECT_EQ(open_descriptors(), before + 1);
    client.cancel();
    EXPECT_THROW(co_await client, aio::task_cancelled);
    EXPECT_EQ(open_descriptors(), before);
  }());
}

TEST(TcpConnect, CancelledAtAnyMoment) {
  for (std::uint64_t seed = 0; seed != 20; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
          auto client = aio::spawn(aio::tcp_connect("127.0.0.1", listener.port()));
          for (std::uint64_t turns = drawn; turns != 0; --turns)
            co_await aio::checkpoint();
          client.cancel();
          try {
            co_await client;
          } catch (const aio::task_cancelled &) {
          }
        }(seed),
        seed);
}

//===- Listening ----------------------------------------------------------===//

TEST(Listener, AcceptsInTheOrderOfConnections) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    EXPECT_NE(listener.port(), 0);
    EXPECT_EQ(listener.local_address().port(), listener.port());
    auto first = co_await aio::tcp_connect(listener.local_address());
    auto second = co_await aio::tcp_connect(listener.local_address());
    auto a = co_await listener.accept();
    auto b = co_await listener.accept();
    EXPECT_EQ(a.peer_address(), first.local_address());
    EXPECT_EQ(b.peer_address(), second.local_address());
  }());
}

TEST(Listener, CancelledAcceptLosesNoConnection) {
  for (std::uint64_t seed = 0; seed != 10; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
          EXPECT_THROW(co_await aio::with_timeout(1s, listener.accept()), aio::timed_out);
          std::optional<aio::tcp_stream> accepted;
          auto acceptor = aio::spawn(
              [](aio::tcp_listener &from, std::optional<aio::tcp_stream> &into) -> aio::task<> {
                into.emplace(co_await from.accept());
              }(listener, accepted));
          for (std::uint64_t turns = drawn % 4; turns != 0; --turns)
            co_await aio::checkpoint();
          auto client = co_await aio::tcp_connect(listener.local_address());
          for (std::uint64_t turns = drawn % 7; turns != 0; --turns)
            co_await aio::checkpoint();
          acceptor.cancel();
          try {
            co_await acceptor;
          } catch (const aio::task_cancelled &) {
            EXPECT_FALSE(accepted);
          }
          if (!accepted)
            accepted.emplace(co_await listener.accept());
          EXPECT_EQ(accepted->peer_address(), client.local_address());
        }(seed),
        seed);
}

TEST(Listener, ASecondAcceptorIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto acceptor = aio::spawn([](aio::tcp_listener &from) -> aio::task<> {
      auto accepted = co_await from.accept();
    }(listener));
    co_await aio::checkpoint();
    EXPECT_THROW(co_await listener.accept(), std::logic_error);
    auto client = co_await aio::tcp_connect(listener.local_address());
    co_await acceptor;
  }());
}

TEST(Listener, CloseTellsWhoeverWaits) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const std::string at = listener.local_address().to_string();
    auto acceptor = aio::spawn([](aio::tcp_listener &from) -> aio::task<> {
      auto accepted = co_await from.accept();
    }(listener));
    co_await aio::checkpoint();
    listener.close();
    listener.close();
    EXPECT_FAILS(std::errc::operation_canceled, "accept: " + at + " was closed", co_await acceptor);
    EXPECT_FAILS(std::errc::operation_canceled, "accept: " + at + " was closed",
                 co_await listener.accept());
    EXPECT_EQ(listener.local_address().to_string(), at);
    EXPECT_FAILS(std::errc::connection_refused, "connect to " + at,
                 co_await aio::tcp_connect(listener.local_address()));
  }());
}

TEST(Listener, CloseResetsWhatNobodyAccepted) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto client = co_await aio::tcp_connect(listener.local_address());
    listener.close();
    EXPECT_FAILS(std::errc::connection_reset, "read from 127.0.0.1:", co_await read_some(client));
  }());
}

TEST(Listener, ThatWasMovedFromIsNone) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const auto elsewhere = std::move(listener);
    // NOLINTBEGIN(bugprone-use-after-move)
    EXPECT_THROW(co_await listener.accept(), std::logic_error);
    EXPECT_THROW(listener.local_address(), std::logic_error);
    EXPECT_THROW(listener.port(), std::logic_error);
    listener.close();
    // NOLINTEND(bugprone-use-after-move)
  }());
}

TEST(Listener, NeedsALoop) {
  EXPECT_THROW(aio::tcp_listener::bind("127.0.0.1", 0), std::logic_error);
  EXPECT_THROW(aio::unix_listener::bind("/tmp/none"), std::logic_error);
  EXPECT_THROW(aio::udp_socket::bind("127.0.0.1", 0), std::logic_error);
  EXPECT_THROW(aio::descriptor_watch(0), std::logic_error);
}

TEST(Listener, NeedsTheLoopsThread) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await aio::resume_on_worker();
    EXPECT_THROW(aio::tcp_listener::bind("127.0.0.1", 0), std::logic_error);
    EXPECT_THROW(aio::udp_socket::bind("127.0.0.1", 0), std::logic_error);
    EXPECT_THROW(aio::descriptor_watch(0), std::logic_error);
    EXPECT_THROW(co_await read_some(client), std::logic_error);
    EXPECT_THROW(co_await client.write("x"), std::logic_error);
    EXPECT_THROW(co_await aio::tcp_connect("127.0.0.1", 1), std::logic_error);
    co_await aio::resume_on_loop();
  }());
}

//===- Unix sockets -------------------------------------------------------===//

TEST(UnixSocket, Connects) {
  const folder at;
  aio::testing::run([](const std::string path) -> aio::task<> {
    auto listener = aio::unix_listener::bind(path);
    EXPECT_EQ(listener.local_address().to_string(), path);
    auto client = co_await aio::unix_connect(path);
    auto server = co_await listener.accept();
    EXPECT_EQ(client.peer_address().host(), path);
    EXPECT_EQ(server.local_address().host(), path);
    EXPECT_EQ(server.peer_address().to_string(), "unnamed");
    EXPECT_EQ(client.local_address().to_string(), "unnamed");
    co_await client.write("hello");
    co_await client.shutdown();
    EXPECT_EQ(co_await read_to_end(server), "hello");
    client.close();
    co_await aio::sleep_for(1ms);
    EXPECT_FAILS(std::errc::broken_pipe, "write to " + path, co_await server.write("x"));
  }(at / "socket"));
}

TEST(UnixSocket, HasAbstractNames) {
  aio::testing::run([]() -> aio::task<> {
    const std::string name = std::string("\0aio-net-", 9) + std::to_string(::getpid());
    auto listener = aio::unix_listener::bind(name);
    auto client = co_await aio::unix_connect(name);
    auto server = co_await listener.accept();
    co_await server.write("hello");
    EXPECT_EQ(co_await read_some(client), "hello");
  }());
}

TEST(UnixSocket, RemovesItsFileAndNoOther) {
  const folder at;
  const std::string path = at / "socket";
  aio::testing::run([](const std::string &name) -> aio::task<> {
    {
      auto listener = aio::unix_listener::bind(name);
      EXPECT_TRUE(std::filesystem::exists(name));
    }
    EXPECT_FALSE(std::filesystem::exists(name));
    auto listener = aio::unix_listener::bind(name);
    std::filesystem::remove(name);
    std::ofstream(name) << "somebody else's";
    listener.close();
    EXPECT_TRUE(std::filesystem::exists(name));
    EXPECT_FAILS(std::errc::address_in_use, "listen on " + name, aio::unix_listener::bind(name));
    co_return;
  }(path));
}

TEST(UnixSocket, CancelledOnlyBeforeItConnects) {
  const folder at;
  aio::testing::run([](const std::string &path) -> aio::task<> {
    auto listener = aio::unix_listener::bind(path);
    auto client = aio::spawn(aio::unix_connect(path));
    client.cancel();
    EXPECT_THROW(co_await client, aio::task_cancelled);
    EXPECT_THROW(co_await aio::with_timeout(1s, listener.accept()), aio::timed_out);
    listener.close();
    EXPECT_FAILS(std::errc::operation_canceled, "was closed", co_await listener.accept());
  }(at / "socket"));
}

//===- Descriptors --------------------------------------------------------===//

/// Two ends of a pipe.
struct pipe_ends {
  pipe_ends() { EXPECT_EQ(::pipe(ends), 0); }
  ~pipe_ends() {
    close_read();
    close_write();
  }
  void close_read() { close(ends[0]); }
  void close_write() { close(ends[1]); }
  int ends[2];

private:
  static void close(int &end) {
    if (end >= 0)
      ::close(std::exchange(end, -1));
  }
};

TEST(DescriptorWatch, WaitsUntilItIsReadable) {
  aio::testing::run([]() -> aio::task<> {
    pipe_ends pipe;
    aio::descriptor_watch watch(pipe.ends[0]);
    for (int i = 0; i != 3; ++i) {
      EXPECT_THROW(co_await aio::with_timeout(1s, watch.readable()), aio::timed_out);
      EXPECT_EQ(::write(pipe.ends[1], "x", 1), 1);
      EXPECT_EQ(co_await watch.readable(), aio::readiness::read);
      EXPECT_EQ(co_await watch.readable(), aio::readiness::read); // still
      char c;
      EXPECT_EQ(::read(pipe.ends[0], &c, 1), 1);
    }
    char more;
    EXPECT_EQ(::read(pipe.ends[0], &more, 1), -1);
    EXPECT_EQ(errno, EAGAIN); // it was made non-blocking
  }());
}

TEST(DescriptorWatch, WaitsForBoth) {
  aio::testing::run([]() -> aio::task<> {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    {
      aio::descriptor_watch watch(ends[0]);
      EXPECT_EQ(co_await watch.ready(aio::readiness::both), aio::readiness::write);
      EXPECT_EQ(::write(ends[1], "x", 1), 1);
      EXPECT_EQ(co_await watch.ready(aio::readiness::both), aio::readiness::both);
      EXPECT_EQ(co_await watch.ready(aio::readiness::read), aio::readiness::read);
      EXPECT_EQ(co_await watch.writable(), aio::readiness::write);
      EXPECT_THROW(co_await watch.ready(aio::readiness::none), std::logic_error);
    }
    ::close(ends[0]);
    ::close(ends[1]);
  }());
}

aio::task<> wait_readable(aio::descriptor_watch &watch) {
  co_await watch.readable();
}

TEST(DescriptorWatch, OneWaitsInEachDirection) {
  aio::testing::run([]() -> aio::task<> {
    const int events = ::eventfd(0, EFD_NONBLOCK);
    {
      aio::descriptor_watch watch(events);
      aio::descriptor_watch another(events);
      auto reader = aio::spawn(wait_readable(watch));
      co_await aio::checkpoint();
      EXPECT_THROW(co_await another.readable(), std::logic_error);
      EXPECT_THROW(co_await another.ready(aio::readiness::both), std::logic_error);
      EXPECT_THROW(co_await aio::readable(events), std::logic_error);
      co_await another.writable();
      co_await aio::writable(events);
      EXPECT_FALSE(reader.done());
      const std::uint64_t one = 1;
      EXPECT_EQ(::write(events, &one, sizeof one), 8);
      co_await reader;
      co_await aio::readable(events);
    }
    ::close(events);
  }());
}

TEST(DescriptorWatch, AnErrorCountsAsReady) {
  aio::testing::run([]() -> aio::task<> {
    pipe_ends pipe;
    {
      aio::descriptor_watch watch(pipe.ends[0]);
      auto reader = aio::spawn(wait_readable(watch));
      co_await aio::checkpoint();
      pipe.close_write();
      co_await reader; // the end
    }
    pipe_ends other;
    aio::descriptor_watch watch(other.ends[1]);
    other.close_read();
    EXPECT_NE(co_await watch.ready(aio::readiness::both) & aio::readiness::write,
              aio::readiness::none);
    EXPECT_EQ(co_await watch.writable(), aio::readiness::write); // again
  }());
}

TEST(DescriptorWatch, DestroyedWhileSomebodyWaits) {
  aio::testing::run([]() -> aio::task<> {
    pipe_ends pipe;
    auto watch = std::make_unique<aio::descriptor_watch>(pipe.ends[0]);
    auto reader = aio::spawn(wait_readable(*watch));
    co_await aio::checkpoint();
    watch.reset();
    EXPECT_FAILS(std::errc::operation_canceled, "readable: descriptor ", co_await reader);
    watch = std::make_unique<aio::descriptor_watch>(pipe.ends[0]); // a new one
    EXPECT_EQ(::write(pipe.ends[1], "x", 1), 1);
    co_await watch->readable();
  }());
}

TEST(DescriptorWatch, RefusesFiles) {
  aio::testing::run([]() -> aio::task<> {
    std::FILE *const file = std::tmpfile();
    EXPECT_FAILS(std::errc::operation_not_permitted, "watch descriptor ",
                 aio::descriptor_watch{::fileno(file)});
    EXPECT_FAILS(std::errc::bad_file_descriptor, "watch descriptor 9999",
                 co_await aio::readable(9999));
    std::fclose(file);
  }());
}

TEST(DescriptorWatch, CancelledAtAnyMoment) {
  for (std::uint64_t seed = 0; seed != 10; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          pipe_ends pipe;
          auto reader = aio::spawn(aio::readable(pipe.ends[0]));
          for (std::uint64_t turns = drawn % 3; turns != 0; --turns)
            co_await aio::checkpoint();
          EXPECT_EQ(::write(pipe.ends[1], "x", 1), 1);
          for (std::uint64_t turns = drawn % 5; turns != 0; --turns)
            co_await aio::checkpoint();
          reader.cancel();
          try {
            co_await reader;
          } catch (const aio::task_cancelled &) {
          }
          co_await aio::readable(pipe.ends[0]);
        }(seed),
        seed);
}

} // namespace
} // namespace net_tests
