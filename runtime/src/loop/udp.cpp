//===- udp.cpp - Datagrams ------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/net.hpp>

#include "descriptor.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace aio {

udp_socket::udp_socket(detail::descriptor_ptr socket) noexcept : socket_(std::move(socket)) {}

udp_socket udp_socket::bind(std::string_view host, std::uint16_t port) {
  return bind(socket_address(host, port));
}

udp_socket udp_socket::bind(const socket_address &address) {
  detail::scheduler &loop = detail::require_loop("udp_socket::bind");
  const std::string doing = "bind " + address.to_string();
  const int fd = ::socket(address.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    detail::throw_uv(-errno, doing);
  if (::bind(fd, address.data(), static_cast<socklen_t>(address.size())) != 0) {
    const int error = -errno;
    ::close(fd);
    detail::throw_uv(error, doing);
  }
  return udp_socket(detail::descriptor::bound(loop, fd));
}

void udp_socket::connect(const socket_address &peer) {
  if (!socket_)
    throw std::logic_error("connect: there is no socket; it was moved from");
  sockaddr none{};
  none.sa_family = AF_UNSPEC;
  const bool end = peer.size() == 0;
  if (::connect(socket_->fd(), end ? &none : peer.data(),
                end ? sizeof none : static_cast<socklen_t>(peer.size())) != 0)
    detail::throw_uv(-errno, "connect " + socket_->name() + " to " + peer.to_string());
}

const socket_address &udp_socket::local_address() const {
  return detail::bound_at(socket_);
}

void udp_socket::close() noexcept {
  if (socket_)
    socket_->close();
}

namespace detail {

bool datagram_receive_operation::attempt(readiness) noexcept {
  sockaddr_storage from;
  iovec memory{into_.data(), into_.size()};
  msghdr message{};
  message.msg_name = &from;
  message.msg_namelen = sizeof from;
  message.msg_iov = &memory;
  message.msg_iovlen = 1;
  ssize_t size;
  do
    size = ::recvmsg(fd(), &message, 0);
  while (size < 0 && errno == EINTR);
  if (size < 0 && errno == EAGAIN)
    return false;
  if (size < 0) {
    status_ = -errno;
    return true;
  }
  result_.size = static_cast<std::size_t>(size);
  result_.truncated = (message.msg_flags & MSG_TRUNC) != 0;
  result_.from =
      socket_address::from_native(reinterpret_cast<sockaddr *>(&from), message.msg_namelen);
  return true;
}

bool datagram_send_operation::attempt(readiness) noexcept {
  ssize_t size;
  do
    size = ::sendto(fd(), bytes_.data(), bytes_.size(), MSG_NOSIGNAL,
                    to_.size() != 0 ? to_.data() : nullptr, static_cast<socklen_t>(to_.size()));
  while (size < 0 && errno == EINTR);
  if (size < 0 && errno == EAGAIN)
    return false;
  if (size < 0)
    status_ = -errno;
  return true;
}

std::string datagram_send_operation::detail() const {
  return to_.size() != 0 ? to_.to_string() : "on " + on().name();
}

} // namespace detail
} // namespace aio
