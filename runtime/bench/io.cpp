//===- io.cpp - A TCP echo, beside Asio's and raw libuv's -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Three servers, one client: a thread that keeps one message of 64 bytes under way on each of its
// connections, with epoll and nothing else. What is measured is the time of the server's thread
// (its processor time, not the clock's: the client takes its own), per message.
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/net.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>

#include <asio.hpp>

#include <benchmark/benchmark.h>
#include <uv.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t message_size = 64;

/// So many that opening the connections is a small part.
int messages(int connections) {
  return 10'000 + 100 * connections;
}

void check(bool good, const char *what) {
  if (!good)
    throw std::system_error(errno, std::generic_category(), what);
}

//===- The client ---------------------------------------------------------===//

/// Connects to a server on this machine, exchanges the messages over the connections, whichever is
/// ready, and closes them all.
void talk(std::uint16_t port, int connections) {
  const int poll = epoll_create1(0);
  check(poll >= 0, "epoll_create1");
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::array<char, message_size> message{};
  std::vector<int> sockets;
  for (int i = 0; i != connections; ++i) {
    const int s = socket(AF_INET, SOCK_STREAM, 0);
    check(s >= 0, "socket");
    check(connect(s, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0, "connect");
    const int on = 1;
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event wanted{.events = EPOLLIN, .data = {.fd = s}};
    check(epoll_ctl(poll, EPOLL_CTL_ADD, s, &wanted) == 0, "epoll_ctl");
    sockets.push_back(s);
  }
  for (const int s : sockets)
    check(send(s, message.data(), message.size(), 0) == message_size, "send");
  std::array<epoll_event, 256> ready;
  for (int left = messages(connections); left > 0;) {
    const int count = epoll_wait(poll, ready.data(), ready.size(), -1);
    for (int i = 0; i < count; ++i) {
      const int s = ready[static_cast<std::size_t>(i)].data.fd;
      // Messages this small arrive whole on loopback.
      check(recv(s, message.data(), message.size(), 0) == message_size, "recv");
      --left;
      check(send(s, message.data(), message.size(), 0) == message_size, "send");
    }
  }
  for (const int s : sockets)
    close(s);
  close(poll);
}

/// Keeps this thread on one processor: where the scheduler puts the two of them decides otherwise
/// how much of the loopback's work each of them does.
void stay_on(int which) {
  static const cpu_set_t allowed = [] {
    cpu_set_t result;
    check(sched_getaffinity(0, sizeof result, &result) == 0, "sched_getaffinity");
    return result;
  }();
  which %= CPU_COUNT(&allowed);
  int processor = 0;
  while (!CPU_ISSET(processor, &allowed) || which-- > 0)
    ++processor;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  check(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
}

/// Processor time of this thread, in seconds.
double used() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Runs \p serve, which gives the port to its argument and returns when all connections are closed.
template <class F> void measure(benchmark::State &state, F serve) {
  const auto connections = static_cast<int>(state.range(0));
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  stay_on(0);
  for (auto _ : state) {
    std::thread client;
    const double before = used();
    serve(connections, [&](std::uint16_t port) {
      client = std::thread([=] {
        stay_on(1);
        talk(port, connections);
      });
    });
    state.SetIterationTime(used() - before);
    client.join();
  }
  state.SetItemsProcessed(state.iterations() * messages(connections));
}

//===- The servers --------------------------------------------------------===//

aio::task<> serve_aio(int connections, auto started) {
  auto listener = aio::tcp_listener::bind("127.0.0.1", 0);
  started(listener.port());
  std::vector<aio::join_handle<void>> running;
  for (int i = 0; i != connections; ++i)
    running.push_back(aio::spawn([](aio::tcp_stream peer) -> aio::task<> {
      std::array<std::byte, 4096> buffer;
      while (const std::size_t count = co_await peer.read(buffer))
        co_await peer.write(std::span(buffer).first(count));
    }(co_await listener.accept())));
  for (auto &each : running) {
    try {
      co_await each;
    } catch (const std::system_error &) { // the client is gone
    }
  }
}

void echo_aio(benchmark::State &state) {
  measure(state, [](int connections, auto started) { aio::run(serve_aio(connections, started)); });
}
BENCHMARK(echo_aio)->Name("TCP echo/aio")->Arg(1)->Arg(64)->Arg(1024)->UseManualTime();

asio::awaitable<void> echo_one(asio::ip::tcp::socket peer) {
  std::array<std::byte, 4096> buffer;
  try {
    for (;;) {
      const std::size_t count =
          co_await peer.async_read_some(asio::buffer(buffer), asio::use_awaitable);
      co_await asio::async_write(peer, asio::buffer(buffer, count), asio::use_awaitable);
    }
  } catch (const std::exception &) { // the client is gone
  }
}

void echo_asio(benchmark::State &state) {
  measure(state, [](int connections, auto started) {
    asio::io_context context(1);
    asio::ip::tcp::acceptor listener(context, {asio::ip::address_v4::loopback(), 0});
    listener.listen(connections);
    asio::co_spawn(
        context,
        [](auto &from, int count) -> asio::awaitable<void> {
          const auto executor = co_await asio::this_coro::executor;
          for (int i = 0; i != count; ++i)
            asio::co_spawn(executor, echo_one(co_await from.async_accept(asio::use_awaitable)),
                           asio::detached);
        }(listener, connections),
        asio::detached);
    started(listener.local_endpoint().port());
    context.run();
  });
}
BENCHMARK(echo_asio)->Name("TCP echo/asio")->Arg(1)->Arg(64)->Arg(1024)->UseManualTime();

// libuv at its cheapest: one buffer for each connection, and messages that are written at once,
// without a request. (One request for each connection would not do: with a thousand events in one
// poll, libuv reads again before it calls back for what was written.)
struct uv_peer {
  uv_tcp_t handle;
  std::array<char, 4096> buffer;

  static void close(uv_handle_t *handle) {
    uv_close(handle, [](uv_handle_t *closed) { delete static_cast<uv_peer *>(closed->data); });
  }
  static void allocate(uv_handle_t *handle, std::size_t, uv_buf_t *buffer) {
    auto &self = *static_cast<uv_peer *>(handle->data);
    *buffer = uv_buf_init(self.buffer.data(), static_cast<unsigned>(self.buffer.size()));
  }
  static void received(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    if (count == 0)
      return; // nothing to read yet
    const uv_buf_t answer =
        uv_buf_init(buffer->base, count < 0 ? 0u : static_cast<unsigned>(count));
    // Messages this small are taken whole, unless the client is gone.
    if (count < 0 || uv_try_write(stream, &answer, 1) != count)
      close(reinterpret_cast<uv_handle_t *>(stream));
  }
};

struct uv_server {
  uv_tcp_t listener;
  int left;

  static void connected(uv_stream_t *stream, int) {
    auto &self = *static_cast<uv_server *>(stream->data);
    auto *const peer = new uv_peer;
    uv_tcp_init(stream->loop, &peer->handle);
    peer->handle.data = peer;
    uv_accept(stream, reinterpret_cast<uv_stream_t *>(&peer->handle));
    uv_read_start(reinterpret_cast<uv_stream_t *>(&peer->handle), uv_peer::allocate,
                  uv_peer::received);
    if (--self.left == 0)
      uv_close(reinterpret_cast<uv_handle_t *>(stream), nullptr);
  }
};

void echo_uv(benchmark::State &state) {
  measure(state, [](int connections, auto started) {
    uv_loop_t loop;
    uv_loop_init(&loop);
    uv_server server{{}, connections};
    uv_tcp_init(&loop, &server.listener);
    server.listener.data = &server;
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", 0, &address);
    uv_tcp_bind(&server.listener, reinterpret_cast<sockaddr *>(&address), 0);
    uv_listen(reinterpret_cast<uv_stream_t *>(&server.listener), connections, uv_server::connected);
    int size = sizeof address;
    uv_tcp_getsockname(&server.listener, reinterpret_cast<sockaddr *>(&address), &size);
    started(ntohs(address.sin_port));
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  });
}
BENCHMARK(echo_uv)->Name("TCP echo/libuv")->Arg(1)->Arg(64)->Arg(1024)->UseManualTime();

} // namespace

BENCHMARK_MAIN();
