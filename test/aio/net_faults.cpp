//===- net_faults.cpp - What goes wrong with sockets ----------------------===//
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

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

/// Under the sanitizers, which have memory of their own.
extern "C" [[gnu::weak]] std::size_t __sanitizer_get_current_allocated_bytes();

namespace net_faults_tests {
namespace {

#define EXPECT_FAILS(error, text, ...)                                                             \
  try {                                                                                            \
    __VA_ARGS__;                                                                                   \
    ADD_FAILURE() << "nothing was thrown";                                                         \
  } catch (const std::system_error &thrown) {                                                      \
    EXPECT_TRUE(thrown.code() == (error)) << thrown.what();                                        \
    EXPECT_NE(std::string(thrown.what()).find(text), std::string::npos) << thrown.what();          \
  }

std::size_t allocated_bytes() {
  if (__sanitizer_get_current_allocated_bytes)
    return __sanitizer_get_current_allocated_bytes();
  const struct mallinfo2 all = ::mallinfo2();
  return all.uordblks + all.hblkhd;
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

aio::task<std::string> read_some(aio::byte_stream &from, std::size_t at_most = 1000) {
  std::string result(at_most, '\0');
  const std::size_t count = co_await from.read(std::as_writable_bytes(std::span(result)));
  result.resize(count);
  co_return result;
}

aio::task<> write_all(aio::byte_stream &to, std::string_view text) {
  co_await to.write(text);
}

TEST(NetFaults, ResetInTheMiddleOfAWrite) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{8} << 20, 'x');
    auto writer = aio::spawn(write_all(client, much));
    co_await aio::sleep_for(1s);
    EXPECT_FALSE(writer.done());
    server.close(); // with bytes that were never read: a reset
    EXPECT_FAILS(std::errc::connection_reset, "write to " + client.peer_address().to_string(),
                 co_await writer);
    EXPECT_FAILS(std::errc::connection_reset, "write to 127.0.0.1:", co_await client.write("x"));
  }());
}

TEST(NetFaults, ResetWhileSomebodyReadsAndWrites) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{8} << 20, 'x');
    auto reader = aio::spawn(read_some(client));
    auto writer = aio::spawn(write_all(client, much));
    co_await aio::sleep_for(1s);
    const std::string peer = client.peer_address().to_string();
    server.close();
    EXPECT_FAILS(std::errc::connection_reset, "read from " + peer, co_await reader);
    EXPECT_FAILS(std::errc::connection_reset, "write to " + peer, co_await writer);
    EXPECT_FAILS(std::errc::connection_reset, "read from " + peer, co_await read_some(client));
  }());
}

TEST(NetFaults, AnErrorComesAfterWhatArrivedBefore) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await server.write("first");
    EXPECT_EQ(co_await read_some(client, 1), "f"); // from here on it reads ahead
    co_await aio::sleep_for(1s);
    co_await client.write("never read");
    co_await aio::sleep_for(1s);
    server.close();
    co_await aio::sleep_for(1s);
    EXPECT_EQ(co_await read_some(client), "irst");
    EXPECT_FAILS(std::errc::connection_reset, "read from 127.0.0.1:", co_await read_some(client));
  }());
}

TEST(NetFaults, AWriteToWhoIsGoneIsNoSignal) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    server.close();
    try {
      for (int i = 0; i != 100; ++i) {
        co_await client.write("x");
        co_await aio::sleep_for(1ms);
      }
      ADD_FAILURE();
    } catch (const std::system_error &thrown) {
      EXPECT_TRUE(thrown.code() == std::errc::broken_pipe ||
                  thrown.code() == std::errc::connection_reset)
          << thrown.what();
    }
  }());
  struct sigaction set{};
  EXPECT_EQ(::sigaction(SIGPIPE, nullptr, &set), 0);
  EXPECT_EQ(set.sa_handler, SIG_IGN);
}

/// No descriptor can be opened while it lives.
class no_descriptors {
public:
  no_descriptors() {
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &before_), 0);
    const int next = ::dup(0);
    ::close(next);
    rlimit limit = before_;
    limit.rlim_cur = static_cast<rlim_t>(next);
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  }
  ~no_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
  rlimit before_{};
};

TEST(NetFaults, AcceptAtTheDescriptorLimit) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const std::string at = listener.local_address().to_string();
    auto client = co_await aio::tcp_connect(listener.local_address());
    co_await client.write("still here");
    {
      const no_descriptors left;
      EXPECT_FAILS(std::errc::too_many_files_open, "accept on " + at, co_await listener.accept());
      EXPECT_FAILS(std::errc::too_many_files_open, "accept on " + at, co_await listener.accept());
      EXPECT_FAILS(std::errc::too_many_files_open, "connect to " + at,
                   co_await aio::tcp_connect(listener.local_address()));
      EXPECT_FAILS(std::errc::too_many_files_open, "listen on 127.0.0.1:0",
                   aio::tcp_listener::bind("127.0.0.1", 0));
      EXPECT_FAILS(std::errc::too_many_files_open, "bind 127.0.0.1:0",
                   aio::udp_socket::bind("127.0.0.1", 0));
      EXPECT_FAILS(std::errc::too_many_files_open, "connect to @x",
                   co_await aio::unix_connect(std::string("\0x", 2)));
    }
    auto server = co_await listener.accept();
    EXPECT_EQ(co_await read_some(server), "still here");
  }());
}

TEST(NetFaults, AcceptThatWaitsWhenTheLimitIsReached) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    auto acceptor = aio::spawn([](aio::tcp_listener &from) -> aio::task<> {
      auto accepted = co_await from.accept();
    }(listener));
    co_await aio::checkpoint();
    auto client = aio::spawn(aio::tcp_connect(listener.local_address()));
    co_await aio::checkpoint(); // both have begun; nobody has looked at the sockets since
    std::optional<no_descriptors> left;
    left.emplace();
    EXPECT_FAILS(std::errc::too_many_files_open, "accept on 127.0.0.1:", co_await acceptor);
    co_await aio::sleep_for(1h); // it does not turn in vain
    left.reset();
    auto connected = co_await client;
    auto server = co_await listener.accept();
    EXPECT_EQ(server.peer_address(), connected.local_address());
  }());
}

TEST(NetFaults, APeerThatNeverReads) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{16} << 20, 'x');
    const std::size_t before = allocated_bytes();
    auto writer = aio::spawn(write_all(client, much));
    for (int i = 0; i != 5; ++i)
      co_await aio::sleep_for(1h);
    EXPECT_FALSE(writer.done());
    EXPECT_LT(allocated_bytes(), before + 100000); // one chunk
    writer.cancel();
    EXPECT_THROW(co_await writer, aio::task_cancelled);
  }());
}

TEST(NetFaults, APeerThatNeverStopsWriting) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("x");
    EXPECT_EQ(co_await read_some(server), "x"); // from here on it reads ahead
    const std::string much(std::size_t{16} << 20, 'x');
    const std::size_t before = allocated_bytes();
    auto writer = aio::spawn(write_all(client, much));
    for (int i = 0; i != 5; ++i)
      co_await aio::sleep_for(1h);
    EXPECT_FALSE(writer.done());
    EXPECT_LT(allocated_bytes(), before + 200000); // a chunk and what is read ahead
    std::size_t received = 0;
    while (received != much.size()) {
      const std::string more = co_await read_some(server, 1000000);
      received += more.size();
    }
    co_await writer;
    EXPECT_LT(allocated_bytes(), before + 50000); // and what was in use is given back
  }());
}

TEST(NetFaults, ConnectRefused) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<aio::tcp_listener> listener = aio::tcp_listener::bind("127.0.0.1", 0);
    const auto nobody = listener->local_address();
    const std::string port = std::to_string(nobody.port());
    listener.reset();
    EXPECT_FAILS(std::errc::connection_refused, "connect to 127.0.0.1:" + port + ": ",
                 co_await aio::tcp_connect(nobody));
    EXPECT_FAILS(std::errc::connection_refused, "connect to 127.0.0.1:" + port + ": ",
                 co_await aio::tcp_connect("127.0.0.1", nobody.port()));
    EXPECT_FAILS(std::errc::connection_refused, "connect to localhost:" + port + " (",
                 co_await aio::tcp_connect("localhost", nobody.port()));
  }());
}

TEST(NetFaults, HostUnknown) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_FAILS(std::errc::host_unreachable, "resolve nowhere.invalid: unknown node or service",
                 co_await aio::resolve("nowhere.invalid", "80"));
    EXPECT_FAILS(std::errc::host_unreachable, "resolve nowhere.invalid",
                 co_await aio::tcp_connect("nowhere.invalid", 80));
  }());
}

TEST(NetFaults, PathTooLong) {
  aio::testing::run([]() -> aio::task<> {
    const std::string path = "/tmp/" + std::string(103, 'x');
    EXPECT_FAILS(std::errc::filename_too_long, path, aio::unix_listener::bind(path));
    EXPECT_FAILS(std::errc::filename_too_long, path, co_await aio::unix_connect(path));
    const std::string longest = path.substr(0, 107);
    auto listener = aio::unix_listener::bind(longest);
    auto client = co_await aio::unix_connect(longest);
    EXPECT_EQ(client.peer_address().host(), longest);
  }());
}

TEST(NetFaults, UnixSocketThatIsNotThereOrFull) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_FAILS(std::errc::no_such_file_or_directory, "connect to /nowhere/socket",
                 co_await aio::unix_connect("/nowhere/socket"));
    const std::string name = std::string("\0aio-full-", 10) + std::to_string(::getpid());
    auto listener = aio::unix_listener::bind(name, 0);
    std::vector<aio::unix_stream> waiting;
    try {
      for (int i = 0; i != 100; ++i)
        waiting.push_back(co_await aio::unix_connect(name));
      ADD_FAILURE();
    } catch (const std::system_error &thrown) {
      EXPECT_TRUE(thrown.code() == std::errc::resource_unavailable_try_again) << thrown.what();
    }
  }());
}

TEST(NetFaults, AddressInUse) {
  aio::testing::run([]() -> aio::task<> {
    auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
    EXPECT_FAILS(std::errc::address_in_use,
                 "listen on " + listener.local_address().to_string() + ": ",
                 aio::tcp_listener::bind("127.0.0.1", listener.port()));
    co_return;
  }());
}

TEST(NetFaults, ShutdownThenReadOfTheRest) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    const std::string much(std::size_t{8} << 20, 'y');
    auto writer = aio::spawn([](aio::byte_stream &to, const std::string &text) -> aio::task<> {
      co_await to.write(text);
      co_await to.shutdown();
    }(server, much));
    co_await client.shutdown();
    EXPECT_EQ(co_await read_some(server), "");
    std::size_t received = 0;
    for (;;) {
      const std::string more = co_await read_some(client, 100000);
      if (more.empty())
        break;
      received += more.size();
    }
    EXPECT_EQ(received, much.size());
    co_await writer;
  }());
}

TEST(NetFaults, ShutdownOfWhatIsGone) {
  aio::testing::run([]() -> aio::task<> {
    auto [client, server] = co_await connect_pair();
    co_await client.write("never read");
    co_await aio::sleep_for(1ms);
    server.close();
    co_await aio::sleep_for(1ms);
    EXPECT_FAILS(std::errc::not_connected, "shutdown of 127.0.0.1:", co_await client.shutdown());
  }());
}

} // namespace
} // namespace net_faults_tests
