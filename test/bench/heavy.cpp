// A heavy unit: all of Asio, and a server that lints clean.
#include <asio.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

namespace {

using asio::awaitable;
using asio::co_spawn;
using asio::detached;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<void> serve(tcp::socket peer) {
  std::array<char, 4096> buffer;
  for (;;) {
    const std::size_t n = co_await peer.async_read_some(asio::buffer(buffer), use_awaitable);
    co_await asio::async_write(peer, asio::buffer(buffer.data(), n), use_awaitable);
  }
}

awaitable<void> report(std::string name) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (int second = 0; second < 10; ++second) {
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(use_awaitable);
    name += '.';
  }
}

awaitable<void> listen(unsigned short port) {
  auto executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor(executor, {tcp::v4(), port});
  for (;;)
    co_spawn(executor, serve(co_await acceptor.async_accept(use_awaitable)), detached);
}

} // namespace

int main() {
  asio::io_context context;
  co_spawn(context, listen(7000), detached);
  co_spawn(context, report("up"), detached);
  context.run();
}
