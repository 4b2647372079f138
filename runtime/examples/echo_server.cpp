//===- echo_server.cpp - Sends back what it gets, and ends in good order --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   echo_server [PORT]
//
// Listens on this machine, at a free port if none is given, and says which. On SIGINT or SIGTERM it
// accepts no more, and gives the connections that there are five seconds to come to their end.
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/net.hpp>
#include <aio/run.hpp>
#include <aio/signal.hpp>
#include <aio/task_group.hpp>
#include <aio/time.hpp>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <system_error>

using namespace std::chrono_literals;

aio::task<> echo(aio::tcp_stream peer) {
  try {
    std::array<std::byte, 4096> buffer;
    while (const std::size_t count = co_await peer.read(buffer))
      co_await peer.write(std::span(buffer).first(count)); // a slow peer slows down only this
  } catch (const std::system_error &error) {
    std::fprintf(stderr, "%s\n", error.what()); // the others do not care
  }
}

aio::task<> accept_all(aio::tcp_listener &listener, aio::task_group &connections) {
  for (;;)
    connections.spawn(echo(co_await listener.accept()));
}

aio::task<> serve(std::uint16_t port) {
  aio::signal_set stop{SIGINT, SIGTERM};
  auto listener = aio::tcp_listener::bind("127.0.0.1", port);
  std::printf("listening on port %d\n", listener.port());
  std::fflush(stdout);

  co_await aio::with_task_group([&](aio::task_group &connections) -> aio::task<> {
    co_await aio::race(accept_all(listener, connections), stop.next());
    listener.close();
    std::printf("stopping, with %zu connections\n", connections.size());
    std::fflush(stdout);
    try {
      co_await aio::with_timeout(5s, connections.join());
      std::puts("all have ended");
    } catch (const aio::timed_out &) {
      std::puts("some had to be ended");
    }
  });
}

int main(int argc, char **argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 0;
  try {
    aio::run(serve(static_cast<std::uint16_t>(port)));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
