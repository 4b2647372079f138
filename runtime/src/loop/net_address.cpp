//===- net_address.cpp - Where a socket is --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/detail/net.hpp>

#include <aio/loop.hpp>

#include <uv.h>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace aio {

namespace {

constexpr std::size_t path_at = offsetof(sockaddr_un, sun_path);

template <class Native> Native native(const socket_address &from) noexcept {
  Native result;
  std::memcpy(&result, from.data(), sizeof result);
  return result;
}

} // namespace

socket_address::socket_address(std::string_view host, std::uint16_t port) {
  const std::string text(host);
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (host.find('\0') == host.npos) {
    if (uv_ip4_addr(text.c_str(), port, &v4) == 0) {
      *this = from_native(reinterpret_cast<const sockaddr *>(&v4), sizeof v4);
      return;
    }
    if (uv_ip6_addr(text.c_str(), port, &v6) == 0) {
      *this = from_native(reinterpret_cast<const sockaddr *>(&v6), sizeof v6);
      return;
    }
  }
  detail::throw_uv(UV_EINVAL, "'" + text +
                                  "' is no address in figures; resolve gives those of a "
                                  "name");
}

socket_address socket_address::of_path(std::string_view path) {
  sockaddr_un made{};
  made.sun_family = AF_UNIX;
  const bool is_abstract = path.starts_with('\0');
  if (path.size() >= sizeof made.sun_path)
    detail::throw_uv(UV_ENAMETOOLONG, "the Unix socket " + std::string(path));
  if (path.empty() || (!is_abstract && path.find('\0') != path.npos))
    detail::throw_uv(UV_EINVAL, "the Unix socket '" + std::string(path) + "'");
  std::memcpy(made.sun_path, path.data(), path.size());
  // A path has a null byte at its end; all of an abstract name counts.
  return from_native(reinterpret_cast<const sockaddr *>(&made),
                     path_at + path.size() + (is_abstract ? 0 : 1));
}

socket_address socket_address::from_native(const sockaddr *address, std::size_t size) {
  socket_address result;
  if (size > result.bytes_.size())
    detail::throw_uv(UV_EINVAL, "a socket address of " + std::to_string(size) + " bytes");
  if (size > sizeof(sa_family_t)) { // the family alone: an unnamed Unix socket
    std::memcpy(result.bytes_.data(), address, size);
    result.size_ = static_cast<std::uint32_t>(size);
  }
  return result;
}

int socket_address::family() const noexcept {
  return size_ != 0 ? data()->sa_family : AF_UNSPEC;
}

std::uint16_t socket_address::port() const noexcept {
  switch (family()) {
  case AF_INET:
    return ntohs(native<sockaddr_in>(*this).sin_port);
  case AF_INET6:
    return ntohs(native<sockaddr_in6>(*this).sin6_port);
  default:
    return 0;
  }
}

std::string socket_address::host() const {
  switch (family()) {
  case AF_INET: {
    char text[INET_ADDRSTRLEN];
    const auto from = native<sockaddr_in>(*this);
    uv_ip4_name(&from, text, sizeof text);
    return text;
  }
  case AF_INET6: {
    char text[INET6_ADDRSTRLEN];
    const auto from = native<sockaddr_in6>(*this);
    uv_ip6_name(&from, text, sizeof text);
    char device[IF_NAMESIZE];
    if (from.sin6_scope_id != 0 && if_indextoname(from.sin6_scope_id, device))
      return std::string(text) + "%" + device;
    return text;
  }
  case AF_UNIX: {
    const std::string_view path = view().substr(path_at);
    return std::string(path.starts_with('\0') ? path : path.substr(0, path.find('\0')));
  }
  default:
    return {};
  }
}

std::string socket_address::to_string() const {
  switch (family()) {
  case AF_INET:
    return host() + ":" + std::to_string(port());
  case AF_INET6:
    return "[" + host() + "]:" + std::to_string(port());
  case AF_UNIX: {
    std::string path = host();
    if (path.starts_with('\0'))
      path[0] = '@';
    return path;
  }
  default:
    return "unnamed";
  }
}

} // namespace aio
