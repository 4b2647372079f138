//===- udp.cpp - Datagrams ------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/net.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

using namespace std::chrono_literals;

namespace udp_tests {
namespace {

#define EXPECT_FAILS(error, text, ...)                                                             \
  try {                                                                                            \
    __VA_ARGS__;                                                                                   \
    ADD_FAILURE() << "nothing was thrown";                                                         \
  } catch (const std::system_error &thrown) {                                                      \
    EXPECT_TRUE(thrown.code() == (error)) << thrown.what();                                        \
    EXPECT_NE(std::string(thrown.what()).find(text), std::string::npos) << thrown.what();          \
  }

aio::udp_socket at_loopback() {
  return aio::udp_socket::bind("127.0.0.1", 0);
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

struct received {
  std::string text;
  aio::datagram how;
};

aio::task<received> receive(aio::udp_socket &on, std::size_t at_most = 100) {
  std::string text(at_most, '\0');
  const aio::datagram how = co_await on.receive_from(std::as_writable_bytes(std::span(text)));
  text.resize(how.size);
  co_return received{std::move(text), how};
}

TEST(UdpSocket, ReceivesWhatIsSentAndFromWhom) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto b = at_loopback();
    EXPECT_NE(a.port(), 0);
    auto receiver = aio::spawn(receive(b));
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(receiver.done());
    co_await a.send_to(bytes_of("hello"), b.local_address());
    const received got = co_await receiver;
    EXPECT_EQ(got.text, "hello");
    EXPECT_EQ(got.how.from, a.local_address());
    EXPECT_FALSE(got.how.truncated);
    co_await b.send_to(bytes_of(""), got.how.from);
    const received empty = co_await receive(a);
    EXPECT_EQ(empty.text, "");
    EXPECT_EQ(empty.how.from, b.local_address());
  }());
}

TEST(UdpSocket, SaysWhatWasTruncated) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto b = at_loopback();
    co_await a.send_to(bytes_of("0123456789"), b.local_address());
    co_await a.send_to(bytes_of("next"), b.local_address());
    const received got = co_await receive(b, 4);
    EXPECT_EQ(got.text, "0123");
    EXPECT_TRUE(got.how.truncated);
    const received next = co_await receive(b, 4);
    EXPECT_EQ(next.text, "next");
    EXPECT_FALSE(next.how.truncated);
  }());
}

TEST(UdpSocket, WhatArrivesBeforeWaitsInTheKernel) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto b = at_loopback();
    for (int i = 0; i != 100; ++i)
      co_await a.send_to(bytes_of(std::to_string(i)), b.local_address());
    co_await aio::sleep_for(1s);
    for (int i = 0; i != 100; ++i) {
      const received got = co_await receive(b);
      EXPECT_EQ(got.text, std::to_string(i));
    }
  }());
}

TEST(UdpSocket, PingPong) {
  for (std::uint64_t seed = 0; seed != 3; ++seed)
    aio::testing::run(
        []() -> aio::task<> {
          auto a = at_loopback();
          auto b = at_loopback();
          auto echo = aio::spawn([](aio::udp_socket &on) -> aio::task<> {
            for (int i = 0; i != 1000; ++i) {
              const received got = co_await receive(on);
              co_await on.send_to(bytes_of(got.text), got.how.from);
            }
          }(b));
          for (int i = 0; i != 1000; ++i) {
            co_await a.send_to(bytes_of(std::to_string(i)), b.local_address());
            const received got = co_await receive(a);
            EXPECT_EQ(got.text, std::to_string(i));
          }
          co_await echo;
        }(),
        seed);
}

TEST(UdpSocket, LeavesTheOthersTheirTurn) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
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
      co_await a.send_to(bytes_of("x"), a.local_address());
    EXPECT_EQ(turns, 10);
    other.cancel();
  }());
}

TEST(UdpSocket, CancelledReceiveLosesNothing) {
  for (std::uint64_t seed = 0; seed != 20; ++seed)
    aio::testing::run(
        [](std::uint64_t drawn) -> aio::task<> {
          auto a = at_loopback();
          auto b = at_loopback();
          std::optional<received> got;
          auto receiver =
              aio::spawn([](aio::udp_socket &on, std::optional<received> &into) -> aio::task<> {
                into.emplace(co_await receive(on));
              }(b, got));
          for (std::uint64_t turns = drawn % 3; turns != 0; --turns)
            co_await aio::checkpoint();
          co_await a.send_to(bytes_of("x"), b.local_address());
          for (std::uint64_t turns = drawn * 7; turns != 0; --turns)
            co_await aio::checkpoint();
          receiver.cancel();
          try {
            co_await receiver;
          } catch (const aio::task_cancelled &) {
            EXPECT_FALSE(got);
          }
          if (!got)
            got.emplace(co_await receive(b));
          EXPECT_EQ(got->text, "x");
        }(seed),
        seed);
}

TEST(UdpSocket, ConnectedTalksToOnePeer) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto b = at_loopback();
    auto stranger = at_loopback();
    a.connect(b.local_address());
    co_await a.send(bytes_of("to b"));
    EXPECT_EQ((co_await receive(b)).text, "to b");
    co_await stranger.send_to(bytes_of("from nobody"), a.local_address());
    co_await b.send_to(bytes_of("from b"), a.local_address());
    EXPECT_EQ((co_await receive(a)).text, "from b");
    a.connect({});
    const auto again = a.local_address();
    co_await stranger.send_to(bytes_of("from somebody"), again);
  }());
}

TEST(UdpSocket, SendNeedsAPeer) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    EXPECT_FAILS(std::errc::destination_address_required,
                 "send on 127.0.0.1:", co_await a.send(bytes_of("x")));
  }());
}

TEST(UdpSocket, ConnectedHearsThatNobodyIsThere) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto gone = at_loopback();
    a.connect(gone.local_address());
    gone.close();
    auto receiver = aio::spawn(receive(a));
    co_await aio::checkpoint();
    co_await a.send(bytes_of("x"));
    EXPECT_FAILS(std::errc::connection_refused, "receive_from on 127.0.0.1:", co_await receiver);
    co_await a.send(bytes_of("x"));
    co_await aio::sleep_for(1ms);
    EXPECT_FAILS(std::errc::connection_refused,
                 "send on 127.0.0.1:", co_await a.send(bytes_of("x")));
  }());
}

TEST(UdpSocket, RefusesWhatIsNoDatagram) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    EXPECT_FAILS(std::errc::message_size, "send_to " + a.local_address().to_string(),
                 co_await a.send_to(bytes_of(std::string(100000, 'x')), a.local_address()));
  }());
}

TEST(UdpSocket, ASecondReceiverIsAnError) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto receiver = aio::spawn(receive(a));
    co_await aio::checkpoint();
    EXPECT_THROW(co_await receive(a), std::logic_error);
    co_await a.send_to(bytes_of("x"), a.local_address());
    EXPECT_EQ((co_await receiver).text, "x");
  }());
}

TEST(UdpSocket, CloseTellsWhoeverWaits) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    auto receiver = aio::spawn(receive(a));
    co_await aio::checkpoint();
    a.close();
    a.close();
    EXPECT_FAILS(std::errc::operation_canceled, "receive_from: 127.0.0.1:", co_await receiver);
    EXPECT_FAILS(std::errc::operation_canceled,
                 "send_to: 127.0.0.1:", co_await a.send_to(bytes_of("x"), a.local_address()));
    auto receiving = std::make_unique<aio::udp_socket>(at_loopback());
    auto another = aio::spawn(receive(*receiving));
    co_await aio::checkpoint();
    receiving.reset();
    EXPECT_FAILS(std::errc::operation_canceled, "receive_from: 127.0.0.1:", co_await another);
  }());
}

TEST(UdpSocket, AddressInUse) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    EXPECT_FAILS(std::errc::address_in_use, "bind " + a.local_address().to_string(),
                 aio::udp_socket::bind("127.0.0.1", a.port()));
    co_return;
  }());
}

TEST(UdpSocket, ThatWasMovedFromIsNone) {
  aio::testing::run([]() -> aio::task<> {
    auto a = at_loopback();
    const auto elsewhere = std::move(a);
    // NOLINTBEGIN(bugprone-use-after-move)
    EXPECT_THROW(co_await receive(a), std::logic_error);
    EXPECT_THROW(a.local_address(), std::logic_error);
    EXPECT_THROW(a.connect({}), std::logic_error);
    a.close();
    // NOLINTEND(bugprone-use-after-move)
  }());
}

} // namespace
} // namespace udp_tests
