// Every name of asio.yaml, looked up on what Asio's own headers and Boost's declare. What the counterparts
// write is compiled by asio-counterparts.test, of the calls that have one alone: COUNTERPARTS.
// REQUIRES: asio, boost
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DASIO_HAS_CO_AWAIT \
// RUN:   -DASIO_HAS_STD_COROUTINE > %t.asio
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DBOOST > %t.boost
// RUN: corolint-knowledge-dump --missing=asio.yaml %t.asio %t.boost | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of asio.yaml are proven

#ifdef BOOST
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
namespace net = boost::asio;
using error_code = boost::system::error_code;
using system_error = boost::system::system_error;
#else
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/ssl.hpp>
namespace net = asio;
using asio::system_error;
using std::error_code;
#endif
#include <chrono>
#include <thread>
#include <unistd.h>

using tcp = net::ip::tcp;
using udp = net::ip::udp;
using icmp = net::ip::icmp;
using seq = net::generic::seq_packet_protocol;
using namespace std::chrono_literals;

#ifndef COUNTERPARTS
void sockets(tcp::socket &s, udp::socket &u, icmp::socket &r, seq::socket &q, tcp::acceptor &a,
             tcp::resolver &n, tcp::endpoint e, udp::endpoint f, net::mutable_buffer m,
             net::const_buffer c, net::socket_base::message_flags flags) {
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
  net::connect(s, n.resolve("host", "port"));
  net::read(s, m);
  net::write(s, c);
  std::string text;
  net::read_until(s, net::dynamic_buffer(text), '\n');
  tcp::iostream stream;
  stream.connect("host", "port");
  stream.rdbuf()->connect(e);
}

#endif

struct random_access {
  using executor_type = net::any_io_executor;
  executor_type get_executor();
  template <typename Buffers, typename Handler>
  auto async_read_some_at(std::uint64_t, const Buffers &, Handler &&handler) {
    return net::async_initiate<Handler, void(error_code, std::size_t)>([](auto &&) {}, handler);
  }
  template <typename Buffers, typename Handler>
  auto async_write_some_at(std::uint64_t, const Buffers &, Handler &&handler) {
    return net::async_initiate<Handler, void(error_code, std::size_t)>([](auto &&) {}, handler);
  }
  template <typename Buffers> std::size_t read_some_at(std::uint64_t, const Buffers &) { return 0; }
  template <typename Buffers>
  std::size_t read_some_at(std::uint64_t, const Buffers &, error_code &) {
    return 0;
  }
  template <typename Buffers> std::size_t write_some_at(std::uint64_t, const Buffers &) {
    return 0;
  }
  template <typename Buffers>
  std::size_t write_some_at(std::uint64_t, const Buffers &, error_code &) {
    return 0;
  }
};

#ifndef COUNTERPARTS
void others(net::posix::stream_descriptor &d, net::serial_port &p, net::readable_pipe &in,
            net::writable_pipe &out, net::steady_timer &t, net::ssl::stream<tcp::socket> &ssl,
            net::mutable_buffer m, net::const_buffer c, random_access &file) {
  d.wait(net::posix::stream_descriptor::wait_read);
  d.read_some(m);
  d.write_some(c);
  p.read_some(m);
  p.write_some(c);
  in.read_some(m);
  out.write_some(c);
  t.wait();
  ssl.handshake(net::ssl::stream_base::client);
  ssl.read_some(m);
  ssl.write_some(c);
  ssl.shutdown();
  net::read_at(file, 0, m);
  net::write_at(file, 0, c);
}

void loops(net::io_context &io) {
  io.run();
  io.run_one();
  io.run_for(1s);
  io.run_until(std::chrono::steady_clock::now());
  io.run_one_for(1s);
  io.run_one_until(std::chrono::steady_clock::now());
  io.poll();
  io.poll_one();
}

// What a handler is given to.
void handlers(tcp::socket &s, udp::socket &u, tcp::acceptor &a, tcp::resolver &n, tcp::endpoint e,
              udp::endpoint f, net::steady_timer &t, net::signal_set &signals,
              net::posix::stream_descriptor &d, net::serial_port &p,
              net::ssl::stream<tcp::socket> &ssl, net::mutable_buffer m, net::const_buffer c,
              std::string &text, random_access &file) {
  auto done = [](error_code) {};
  auto moved = [](error_code, std::size_t) {};
  t.async_wait(done);
  s.async_connect(e, done);
  s.async_wait(tcp::socket::wait_read, done);
  s.async_read_some(m, moved);
  s.async_write_some(c, moved);
  s.async_send(c, moved);
  s.async_receive(m, moved);
  u.async_send(c, moved);
  u.async_send_to(c, f, moved);
  u.async_receive(m, moved);
  u.async_receive_from(m, f, moved);
  a.async_accept(s, done);
  a.async_wait(tcp::acceptor::wait_read, done);
  signals.async_wait([](error_code, int) {});
  n.async_resolve("host", "port", [](error_code, tcp::resolver::results_type) {});
  d.async_wait(net::posix::stream_descriptor::wait_read, done);
  d.async_read_some(m, moved);
  d.async_write_some(c, moved);
  p.async_read_some(m, moved);
  p.async_write_some(c, moved);
  ssl.async_handshake(net::ssl::stream_base::client, done);
  ssl.async_shutdown(done);
  ssl.async_read_some(m, moved);
  ssl.async_write_some(c, moved);
  net::async_read(s, m, moved);
  net::async_read_until(s, net::dynamic_buffer(text), '\n', moved);
  net::async_read_at(file, 0, m, moved);
  net::async_write(s, c, moved);
  net::async_write_at(file, 0, c, moved);
  net::async_connect(s, n.resolve("host", "port"), [](error_code, tcp::endpoint) {});
}

void wrappers(net::io_context &io, net::cancellation_slot slot) {
  net::bind_executor(io, [] {});
  net::bind_cancellation_slot(slot, [] {});
  net::bind_allocator(std::allocator<void>(), [] {});
}

net::awaitable<int> task();

void pools(net::thread_pool &pool, net::system_context &system, net::io_context &io) {
  net::post(io, [] {});
  net::dispatch(io, [] {});
  net::defer(io, [] {});
  net::post(pool, [] {});
  net::dispatch(pool, [] {});
  net::defer(pool, [] {});
  net::co_spawn(io, task(), net::detached);
  std::future<int> f = net::co_spawn(io, task(), net::use_future);
  f.wait();
  f.wait_for(1s);
  f.wait_until(std::chrono::steady_clock::now());
  f.get();
  pool.wait();
  pool.join();
  system.join();
  net::thread_pool own(2);
}

#if !defined(BOOST) && ASIO_VERSION < 102400
namespace asio::experimental {
template <typename> class ranged_parallel_group {
public:
  template <typename Condition, typename Token> auto async_wait(Condition condition, Token &&token) {}
};
} // namespace asio::experimental
#endif

net::awaitable<void> together(net::steady_timer &t, system_error stopped) {
  using namespace net::experimental::awaitable_operators;
  auto wait = [&](auto token) { return t.async_wait(token); };
  auto done = [](auto...) {};
  co_await (task() && task());
  net::experimental::make_parallel_group(wait, wait).async_wait(net::experimental::wait_for_all(), done);
  using ranged = net::experimental::ranged_parallel_group<std::vector<decltype(wait)>>;
  ranged *range = nullptr;
  range->async_wait(net::experimental::wait_for_all(), done);
}
#endif

// The calls that have a counterpart.
net::awaitable<void> blocking(tcp::socket &s, udp::socket &u, seq::socket &q, tcp::acceptor &a,
                              tcp::resolver &n, tcp::endpoint e, udp::endpoint f,
                              net::posix::stream_descriptor &d, net::serial_port &p,
                              net::steady_timer &t, net::ssl::stream<tcp::socket> &ssl,
                              net::mutable_buffer m, net::const_buffer c, std::string &text,
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
  a.accept(s);
  a.wait(tcp::acceptor::wait_read);
  u.receive(m);
  u.receive_from(m, f);
  n.resolve("host", "port");
  t.wait();
  ssl.handshake(net::ssl::stream_base::client);
  ssl.shutdown();
  ssl.read_some(m);
  ssl.write_some(c);
  p.read_some(m);
  p.write_some(c);
  d.read_some(m);
  d.write_some(c);
  net::connect(s, co_await n.async_resolve("host", "port", net::use_awaitable));
  net::read(s, m);
  net::read_at(file, 0, m);
  net::read_until(s, net::dynamic_buffer(text), '\n');
  net::write(s, c);
  net::write_at(file, 0, c);
  co_return;
}

#ifdef BOOST

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

#ifndef COUNTERPARTS
void timers(boost::asio::deadline_timer &t) {
  t.wait();
  t.async_wait([](error_code) {});
}

void files(beast::file_posix &p, beast::file_stdio &s, char *data, error_code &e) {
  p.open("x", beast::file_mode::read, e);
  p.read(data, 1, e);
  p.write(data, 1, e);
  s.open("x", beast::file_mode::read, e);
  s.read(data, 1, e);
  s.write(data, 1, e);
}

#endif

net::awaitable<void> beasts(beast::tcp_stream &s, beast::ssl_stream<beast::tcp_stream> &ssl,
                            websocket::stream<beast::tcp_stream> &w, tcp::endpoint e,
                            net::mutable_buffer m, net::const_buffer c, beast::flat_buffer &b,
                            http::request<http::string_body> &request) {
  s.connect(e);
  s.read_some(m);
  s.write_some(c);
  ssl.handshake(net::ssl::stream_base::client);
  ssl.read_some(m);
  ssl.write_some(c);
  ssl.shutdown();
  w.handshake("host", "/");
  w.accept();
  w.accept(request);
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

#ifndef COUNTERPARTS
void handlers(beast::tcp_stream &s, websocket::stream<beast::tcp_stream> &w, tcp::endpoint e,
              net::mutable_buffer m, net::const_buffer c, beast::flat_buffer &b,
              http::request<http::string_body> &request,
              http::request_parser<http::string_body> &parser,
              http::request_serializer<http::string_body> &serializer) {
  auto done = [](error_code) {};
  auto moved = [](error_code, std::size_t) {};
  s.async_connect(e, done);
  s.async_read_some(m, moved);
  s.async_write_some(c, moved);
  http::async_read(s, b, request, moved);
  http::async_read_header(s, b, parser, moved);
  http::async_read_some(s, b, parser, moved);
  http::async_write(s, request, moved);
  http::async_write_header(s, serializer, moved);
  http::async_write_some(s, serializer, moved);
  w.async_handshake("host", "/", done);
  w.async_accept(done);
  w.async_close({}, done);
  w.async_read(b, moved);
  w.async_read_some(b, 1, moved);
  w.async_write(c, moved);
  w.async_write_some(true, c, moved);
  beast::bind_handler(moved, error_code(), 1);
  beast::bind_front_handler(moved, error_code());
}
#endif

#endif
