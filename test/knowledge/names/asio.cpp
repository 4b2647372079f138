// Every name of asio.yaml, looked up on what Asio's own headers and Boost's declare; and each twin,
// written out and compiled.
// REQUIRES: asio, boost
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DASIO_HAS_CO_AWAIT \
// RUN:   -DASIO_HAS_STD_COROUTINE > %t.asio
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DBOOST > %t.boost
// RUN: corolint-knowledge-dump --missing=asio.yaml %t.asio %t.boost | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of asio.yaml are proven

#ifdef BOOST
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#define NET boost::asio
#define ERROR_CODE boost::system::error_code
#else
#include <asio.hpp>
#include <asio/ssl.hpp>
#define NET asio
#define ERROR_CODE std::error_code
#endif
#include <chrono>
#include <thread>
#include <unistd.h>

using tcp = NET::ip::tcp;
using udp = NET::ip::udp;
using icmp = NET::ip::icmp;
using seq = NET::generic::seq_packet_protocol;
using namespace std::chrono_literals;

void sockets(tcp::socket &s, udp::socket &u, icmp::socket &r, seq::socket &q, tcp::acceptor &a,
             tcp::resolver &n, tcp::endpoint e, udp::endpoint f, NET::mutable_buffer m,
             NET::const_buffer c, NET::socket_base::message_flags flags) {
  s.connect(e);
  s.read_some(m);
  s.receive(m);
  s.write_some(c);
  s.send(c);
  s.wait(tcp::socket::wait_read);
  q.connect(seq::endpoint());
  q.receive(m, flags);
  q.send(c, 0);
  u.receive(m);
  u.receive_from(m, f);
  icmp::endpoint i;
  r.receive(m);
  r.receive_from(m, i);
  a.accept();
  a.wait(tcp::acceptor::wait_read);
  n.resolve("host", "port");
  NET::connect(s, n.resolve("host", "port"));
  NET::read(s, m);
  NET::write(s, c);
  std::string text;
  NET::read_until(s, NET::dynamic_buffer(text), '\n');
  tcp::iostream stream;
  stream.connect("host", "port");
  stream.rdbuf()->connect(e);
}

struct random_access {
  using executor_type = NET::any_io_executor;
  template <typename Buffers> std::size_t read_some_at(std::uint64_t, const Buffers &) { return 0; }
  template <typename Buffers>
  std::size_t read_some_at(std::uint64_t, const Buffers &, ERROR_CODE &) {
    return 0;
  }
  template <typename Buffers> std::size_t write_some_at(std::uint64_t, const Buffers &) {
    return 0;
  }
  template <typename Buffers>
  std::size_t write_some_at(std::uint64_t, const Buffers &, ERROR_CODE &) {
    return 0;
  }
};

void others(NET::posix::stream_descriptor &d, NET::serial_port &p, NET::readable_pipe &in,
            NET::writable_pipe &out, NET::steady_timer &t, NET::ssl::stream<tcp::socket> &ssl,
            NET::mutable_buffer m, NET::const_buffer c, random_access &file) {
  d.wait(NET::posix::stream_descriptor::wait_read);
  d.read_some(m);
  d.write_some(c);
  p.read_some(m);
  p.write_some(c);
  in.read_some(m);
  out.write_some(c);
  t.wait();
  ssl.handshake(NET::ssl::stream_base::client);
  ssl.read_some(m);
  ssl.write_some(c);
  ssl.shutdown();
  NET::read_at(file, 0, m);
  NET::write_at(file, 0, c);
}

void loops(NET::io_context &io) {
  io.run();
  io.run_one();
  io.run_for(1s);
  io.run_until(std::chrono::steady_clock::now());
  io.run_one_for(1s);
  io.run_one_until(std::chrono::steady_clock::now());
  io.poll();
  io.poll_one();
}

NET::awaitable<int> task();

void pools(NET::thread_pool &pool, NET::system_context &system, NET::io_context &io) {
  NET::post(pool, [] {});
  NET::dispatch(pool, [] {});
  NET::defer(pool, [] {});
  NET::co_spawn(io, task(), NET::detached);
  std::future<int> f = NET::co_spawn(io, task(), NET::use_future);
  f.wait();
  f.wait_for(1s);
  f.wait_until(std::chrono::steady_clock::now());
  f.get();
  pool.wait();
  pool.join();
  system.join();
}

// The calls that have a twin, and the twins as they are written.
NET::awaitable<void> blocking(tcp::socket &s, udp::socket &u, seq::socket &q, tcp::acceptor &a,
                              tcp::resolver &n, tcp::endpoint e, udp::endpoint f,
                              NET::posix::stream_descriptor &d, NET::serial_port &p,
                              NET::steady_timer &t, NET::ssl::stream<tcp::socket> &ssl,
                              NET::mutable_buffer m, NET::const_buffer c, std::string &text,
                              random_access &file) {
  std::this_thread::sleep_for(1s);
  sleep(1);
  usleep(1);
  s.connect(e);
  s.read_some(m);
  s.write_some(c);
  s.send(c);
  s.receive(m);
  s.wait(tcp::socket::wait_read);
  q.connect(seq::endpoint());
  a.accept();
  a.wait(tcp::acceptor::wait_read);
  u.receive(m);
  u.receive_from(m, f);
  n.resolve("host", "port");
  t.wait();
  ssl.handshake(NET::ssl::stream_base::client);
  ssl.shutdown();
  ssl.read_some(m);
  ssl.write_some(c);
  p.read_some(m);
  p.write_some(c);
  d.read_some(m);
  d.write_some(c);
  NET::connect(s, n.resolve("host", "port"));
  NET::read(s, m);
  NET::read_at(file, 0, m);
  NET::read_until(s, NET::dynamic_buffer(text), '\n');
  NET::write(s, c);
  NET::write_at(file, 0, c);
  co_return;
}

NET::awaitable<void> awaited(tcp::socket &s, udp::socket &u, seq::socket &q, tcp::acceptor &a,
                             tcp::resolver &n, tcp::endpoint e, udp::endpoint f,
                             NET::posix::stream_descriptor &d, NET::serial_port &p,
                             NET::steady_timer &t, NET::ssl::stream<tcp::socket> &ssl,
                             NET::mutable_buffer m, NET::const_buffer c, std::string &text) {
  using NET::use_awaitable;
  co_await NET::steady_timer(co_await NET::this_coro::executor, 1s).async_wait(use_awaitable);
  co_await NET::steady_timer(co_await NET::this_coro::executor, std::chrono::seconds(1))
      .async_wait(use_awaitable);
  co_await NET::steady_timer(co_await NET::this_coro::executor, std::chrono::microseconds(1))
      .async_wait(use_awaitable);
  co_await s.async_connect(e, use_awaitable);
  co_await s.async_read_some(m, use_awaitable);
  co_await s.async_write_some(c, use_awaitable);
  co_await s.async_send(c, use_awaitable);
  co_await s.async_receive(m, use_awaitable);
  co_await s.async_wait(tcp::socket::wait_read, use_awaitable);
  co_await q.async_connect(seq::endpoint(), use_awaitable);
  co_await a.async_accept(use_awaitable);
  co_await a.async_wait(tcp::acceptor::wait_read, use_awaitable);
  co_await u.async_receive(m, use_awaitable);
  co_await u.async_receive_from(m, f, use_awaitable);
  co_await n.async_resolve("host", "port", use_awaitable);
  co_await t.async_wait(use_awaitable);
  co_await ssl.async_handshake(NET::ssl::stream_base::client, use_awaitable);
  co_await ssl.async_shutdown(use_awaitable);
  co_await ssl.async_read_some(m, use_awaitable);
  co_await ssl.async_write_some(c, use_awaitable);
  co_await p.async_read_some(m, use_awaitable);
  co_await p.async_write_some(c, use_awaitable);
  co_await d.async_read_some(m, use_awaitable);
  co_await d.async_write_some(c, use_awaitable);
  co_await NET::async_connect(s, co_await n.async_resolve("host", "port", use_awaitable),
                              use_awaitable);
  co_await NET::async_read(s, m, use_awaitable);
  co_await NET::async_read_until(s, NET::dynamic_buffer(text), '\n', use_awaitable);
  co_await NET::async_write(s, c, use_awaitable);
}

#ifdef BOOST

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

void timers(boost::asio::deadline_timer &t) {
  t.wait();
}

NET::awaitable<void> beasts(beast::tcp_stream &s, beast::ssl_stream<beast::tcp_stream> &ssl,
                            websocket::stream<beast::tcp_stream> &w, tcp::endpoint e,
                            NET::mutable_buffer m, NET::const_buffer c, beast::flat_buffer &b,
                            http::request<http::string_body> &request) {
  s.connect(e);
  s.read_some(m);
  s.write_some(c);
  ssl.handshake(NET::ssl::stream_base::client);
  ssl.read_some(m);
  ssl.write_some(c);
  ssl.shutdown();
  w.handshake("host", "/");
  w.accept();
  w.read(b);
  w.read_some(b, 1);
  w.write(c);
  w.write_some(true, c);
  w.ping({});
  w.pong({});
  w.close({});
  http::request_parser<http::string_body> parser;
  http::request_serializer<http::string_body> serializer(request);
  http::read(s, b, request);
  http::read_some(s, b, parser);
  http::read_header(s, b, parser);
  http::write(s, request);
  http::write_some(s, serializer);
  http::write_header(s, serializer);
  co_return;
}

NET::awaitable<void> awaitedBeasts(beast::tcp_stream &s, websocket::stream<beast::tcp_stream> &w,
                                   tcp::endpoint e, NET::mutable_buffer m, NET::const_buffer c,
                                   beast::flat_buffer &b,
                                   http::request<http::string_body> &request) {
  using NET::use_awaitable;
  http::request_parser<http::string_body> parser;
  http::request_serializer<http::string_body> serializer(request);
  co_await s.async_connect(e, use_awaitable);
  co_await s.async_read_some(m, use_awaitable);
  co_await s.async_write_some(c, use_awaitable);
  co_await w.async_handshake("host", "/", use_awaitable);
  co_await w.async_read(b, use_awaitable);
  co_await w.async_write(c, use_awaitable);
  co_await w.async_close({}, use_awaitable);
  co_await http::async_read(s, b, request, use_awaitable);
  co_await http::async_read_some(s, b, parser, use_awaitable);
  co_await http::async_read_header(s, b, parser, use_awaitable);
  co_await http::async_write(s, request, use_awaitable);
  co_await http::async_write_some(s, serializer, use_awaitable);
  co_await http::async_write_header(s, serializer, use_awaitable);
}

#endif
