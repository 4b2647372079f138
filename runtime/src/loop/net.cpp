//===- net.cpp - Streams, and who makes them ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/net.hpp>

#include <aio/cancel.hpp>

#include "descriptor.hpp"
#include "stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace aio {

//===- Streams ------------------------------------------------------------===//

namespace {

socket_address local_address_of(const detail::stream &of) {
  sockaddr_storage found;
  socklen_t size = sizeof found;
  if (::getsockname(of.fd(), reinterpret_cast<sockaddr *>(&found), &size) != 0)
    detail::throw_uv(-errno, "local_address of " + of.name());
  return socket_address::from_native(reinterpret_cast<sockaddr *>(&found), size);
}

} // namespace

void byte_stream::close() noexcept {
  if (stream_)
    stream_->close();
}

detail::stream &byte_stream::opened(const char *asked) const {
  if (!stream_)
    throw std::logic_error(std::string(asked) + ": there is no stream; it was moved from");
  return *stream_;
}

socket_address tcp_stream::local_address() const {
  return local_address_of(opened("local_address"));
}

const socket_address &tcp_stream::peer_address() const {
  return opened("peer_address").peer;
}

void tcp_stream::set_no_delay(bool on) {
  const detail::stream &of = opened("set_no_delay");
  const int value = on;
  if (::setsockopt(of.fd(), IPPROTO_TCP, TCP_NODELAY, &value, sizeof value) != 0)
    detail::throw_uv(-errno, "set_no_delay of " + of.name());
}

socket_address unix_stream::local_address() const {
  return local_address_of(opened("local_address"));
}

const socket_address &unix_stream::peer_address() const {
  return opened("peer_address").peer;
}

//===- Lines and pieces ---------------------------------------------------===//

namespace {

constexpr std::size_t read_at_once = std::size_t{16} * 1024;

} // namespace

struct buffered_reader::buffer {
  std::span<const std::byte> there() const noexcept {
    return std::span(bytes).subspan(begin, end - begin);
  }
  task<bool> read_more(std::size_t room);
  task<std::optional<std::size_t>> find(std::string delimiter, const char *what);
  std::string take(std::size_t size, std::size_t skipped);

  byte_stream &from;
  std::size_t limit;
  std::vector<std::byte> bytes = {};
  std::size_t begin = 0;
  std::size_t end = 0;
  bool reading = false;
};

buffered_reader::buffered_reader(byte_stream &from, std::size_t limit)
    : buffer_(std::make_shared<buffer>(buffer{from, limit})) {}

task<bool> buffered_reader::buffer::read_more(std::size_t room) {
  if (reading)
    throw std::logic_error("another coroutine reads through this buffered_reader, and one at a "
                           "time may");
  if (begin == end)
    begin = end = 0;
  if (bytes.size() - end < room) {
    std::copy(there().begin(), there().end(), bytes.begin());
    end -= std::exchange(begin, 0);
    if (bytes.size() - end < room)
      bytes.resize(std::max(end + room, 2 * bytes.size()));
  }
  struct busy {
    bool &reading;
    explicit busy(bool &of) noexcept : reading(of) { reading = true; }
    ~busy() { reading = false; }
  } while_it_waits(reading);
  const std::size_t count = co_await from.read(std::span(bytes).subspan(end));
  end += count;
  co_return count != 0;
}

std::string buffered_reader::buffer::take(std::size_t size, std::size_t skipped) {
  std::string taken(reinterpret_cast<const char *>(there().data()), size);
  begin += size + skipped;
  return taken;
}

/// How many bytes come before \p delimiter; nothing if the stream ends without it.
task<std::optional<std::size_t>> buffered_reader::buffer::find(std::string delimiter,
                                                               const char *what) {
  if (cancel_requested()) // what does not have to wait is a place to be cancelled all the same
    co_await checkpoint();
  std::size_t searched = 0; // nowhere in here does it begin
  for (;;) {
    const std::string_view text(reinterpret_cast<const char *>(there().data()), there().size());
    const std::size_t found = text.find(delimiter, searched);
    if (found <= limit)
      co_return found;
    if (found != text.npos || text.size() >= limit + delimiter.size())
      throw std::system_error(std::make_error_code(std::errc::message_size),
                              std::string(what) + ": no end within " + std::to_string(limit) +
                                  " bytes");
    searched = text.size() - std::min(text.size(), delimiter.size() - 1);
    const bool more = co_await read_more(read_at_once);
    if (!more)
      co_return std::nullopt;
  }
}

task<std::size_t> buffered_reader::read(std::shared_ptr<buffer> of, std::span<std::byte> into) {
  if (of->there().empty())
    co_return co_await of->from.read(into);
  if (cancel_requested())
    co_await checkpoint();
  const std::size_t count = std::min(into.size(), of->there().size());
  std::memcpy(into.data(), of->there().data(), count);
  of->begin += count;
  co_return count;
}

task<> buffered_reader::read_exactly(std::shared_ptr<buffer> of, std::span<std::byte> into) {
  if (cancel_requested())
    co_await checkpoint();
  while (of->there().size() < into.size()) {
    const bool more = co_await of->read_more(into.size() - of->there().size());
    if (!more)
      throw end_of_stream("read_exactly: the stream ended after " +
                          std::to_string(of->there().size()) + " of " +
                          std::to_string(into.size()) + " bytes");
  }
  std::copy_n(of->there().begin(), into.size(), into.begin());
  of->begin += into.size();
}

task<std::optional<std::string>> buffered_reader::read_line(std::shared_ptr<buffer> of) {
  const std::optional<std::size_t> size = co_await of->find("\n", "read_line");
  if (size) {
    std::string line = of->take(*size, 1);
    if (line.ends_with('\r'))
      line.pop_back();
    co_return line;
  }
  if (of->there().empty())
    co_return std::nullopt;
  co_return of->take(of->there().size(), 0);
}

task<std::string> buffered_reader::read_until(std::shared_ptr<buffer> of, std::string delimiter) {
  if (delimiter.empty())
    throw std::invalid_argument("read_until: an empty delimiter");
  const std::size_t skipped = delimiter.size();
  const std::optional<std::size_t> size = co_await of->find(std::move(delimiter), "read_until");
  if (!size)
    throw end_of_stream("read_until: the stream ended without the delimiter, after " +
                        std::to_string(of->there().size()) + " bytes");
  co_return of->take(*size, skipped);
}

task<std::size_t> buffered_reader::read(std::span<std::byte> into) {
  return read(buffer_, into);
}

task<> buffered_reader::read_exactly(std::span<std::byte> into) {
  return read_exactly(buffer_, into);
}

task<std::optional<std::string>> buffered_reader::read_line() {
  return read_line(buffer_);
}

task<std::string> buffered_reader::read_until(std::string delimiter) {
  return read_until(buffer_, std::move(delimiter));
}

//===- Connecting ---------------------------------------------------------===//

namespace {

/// Gives null and sets \p error, one of libuv's, if nobody is there.
task<detail::stream_ptr> try_to_connect(const socket_address &address, int &error) {
  detail::scheduler &loop = detail::require_running("tcp_connect").in->loop();
  auto made = detail::stream::make_tcp(loop, address.to_string());
  made->peer = address;
  error = co_await detail::connect_operation(*made, address);
  if (error != 0)
    co_return nullptr;
  uv_tcp_nodelay(made->tcp(), 1);
  co_return made;
}

} // namespace

task<tcp_stream> tcp_connect(socket_address address) {
  int error = 0;
  auto made = co_await try_to_connect(address, error);
  if (!made)
    detail::throw_uv(error, "connect to " + address.to_string());
  co_return tcp_stream(std::move(made));
}

task<tcp_stream> tcp_connect(std::string host, std::uint16_t port) {
  const auto addresses = co_await resolve(host, std::to_string(port));
  int error = 0;
  for (const socket_address &each : addresses) {
    auto made = co_await try_to_connect(each, error);
    if (made)
      co_return tcp_stream(std::move(made));
  }
  const socket_address &last = addresses.back();
  const std::string tried = last.to_string();
  if (last.host() == host)
    detail::throw_uv(error, "connect to " + tried);
  detail::throw_uv(error, "connect to " + host + ":" + std::to_string(port) + " (" + tried + ")");
}

task<unix_stream> unix_connect(std::string path) {
  co_await checkpoint();
  const auto address = socket_address::of_path(path);
  const std::string doing = "connect to " + address.to_string();
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    detail::throw_uv(-errno, doing);
  int error = 0;
  if (::connect(fd, address.data(), static_cast<socklen_t>(address.size())) != 0)
    error = -errno;
  detail::stream_ptr made;
  if (error == 0) {
    made = detail::stream::make_pipe(detail::running->in->loop(), address.to_string());
    made->peer = address;
    error = uv_pipe_open(made->pipe(), fd);
    made->loop().touched();
  }
  if (error != 0) {
    ::close(fd);
    detail::throw_uv(error, doing);
  }
  co_return unix_stream(std::move(made));
}

//===- Listening ----------------------------------------------------------===//

namespace {

/// A socket that listens at \p at.
detail::descriptor_ptr listen(const socket_address &at, int backlog) {
  detail::scheduler &loop = detail::require_loop("listen");
  const std::string doing = "listen on " + at.to_string();
  const int fd = ::socket(at.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    detail::throw_uv(-errno, doing);
  const int on = 1;
  const bool is_path = at.family() == AF_UNIX;
  if ((!is_path && ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) ||
      ::bind(fd, at.data(), static_cast<socklen_t>(at.size())) != 0 || ::listen(fd, backlog) != 0) {
    const int error = -errno;
    ::close(fd);
    detail::throw_uv(error, doing);
  }
  return detail::descriptor::bound(loop, fd);
}

} // namespace

tcp_listener::tcp_listener(detail::descriptor_ptr listening) noexcept
    : listening_(std::move(listening)) {}

tcp_listener tcp_listener::bind(std::string_view host, std::uint16_t port, int backlog) {
  return bind(socket_address(host, port), backlog);
}

tcp_listener tcp_listener::bind(const socket_address &address, int backlog) {
  return tcp_listener(listen(address, backlog));
}

const socket_address &tcp_listener::local_address() const {
  return detail::bound_at(listening_);
}

void tcp_listener::close() noexcept {
  if (listening_)
    listening_->close();
}

unix_listener::unix_listener(detail::descriptor_ptr listening) noexcept
    : listening_(std::move(listening)) {}

unix_listener unix_listener::bind(std::string_view path, int backlog) {
  auto listening = listen(socket_address::of_path(path), backlog);
  struct stat made;
  if (!path.starts_with('\0') && ::stat(std::string(path).c_str(), &made) == 0)
    listening->file = {made.st_dev, made.st_ino};
  return unix_listener(std::move(listening));
}

const socket_address &unix_listener::local_address() const {
  return detail::bound_at(listening_);
}

void unix_listener::close() noexcept {
  if (listening_)
    listening_->close();
}

namespace detail {

bool accept_operation::attempt(readiness) noexcept {
  for (;;) {
    sockaddr_storage peer;
    socklen_t size = sizeof peer;
    accepted_ =
        ::accept4(fd(), reinterpret_cast<sockaddr *>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted_ >= 0) {
      peer_ = socket_address::from_native(reinterpret_cast<sockaddr *>(&peer), size);
      return true;
    }
    switch (errno) {
    case EAGAIN:
      return false;
    case EINTR:
    // Errors of the one connection, which is gone: not of this socket.
    case ECONNABORTED:
    case EPROTO:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case ENOPROTOOPT:
      continue;
    default:
      status_ = -errno;
      return true;
    }
  }
}

stream_ptr accept_operation::take() {
  check();
  const bool is_path = on().local.family() == AF_UNIX;
  auto made = is_path ? stream::make_pipe(on().loop(), on().name())
                      : stream::make_tcp(on().loop(), peer_.to_string());
  made->peer = peer_;
  const int status =
      is_path ? uv_pipe_open(made->pipe(), accepted_) : uv_tcp_open(made->tcp(), accepted_);
  if (status < 0)
    throw_uv(status, "accept on " + on().name());
  accepted_ = -1;
  if (!is_path)
    uv_tcp_nodelay(made->tcp(), 1);
  return made;
}

accept_operation::~accept_operation() {
  if (accepted_ >= 0)
    ::close(accepted_);
}

} // namespace detail

//===- Descriptors of other libraries -------------------------------------===//

descriptor_watch::descriptor_watch(int fd)
    : watched_(detail::descriptor::share(detail::require_loop("descriptor_watch"), fd)) {}

task<> readable(int fd) {
  descriptor_watch watch(fd);
  co_await watch.readable();
}

task<> writable(int fd) {
  descriptor_watch watch(fd);
  co_await watch.writable();
}

} // namespace aio
