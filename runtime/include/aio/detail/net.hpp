//===- aio/detail/net.hpp - Waiting for a descriptor ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// The awaitables of listeners, UDP sockets and descriptor_watch: each tries its system call, and
// waits for the descriptor while that would block.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_NET_HPP
#define AIO_DETAIL_NET_HPP

#include <aio/detail/scheduler.hpp>
#include <aio/detail/stream.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sockaddr;

namespace aio {

/// Where a socket is: an IPv4 or IPv6 address and a port, or the path of a Unix socket. A value.
class socket_address {
public:
  /// None: what an unnamed Unix socket has.
  socket_address() noexcept = default;

  /// An address in figures: "127.0.0.1", "::1", "fe80::1%eth0". A name is looked up by `resolve`.
  ///
  /// Throws: std::system_error (invalid_argument) for what is no address.
  socket_address(std::string_view host, std::uint16_t port);

  /// The address of a Unix socket. A path that begins with a null byte is a name in Linux's
  /// abstract namespace, which needs no file.
  ///
  /// Throws: std::system_error (filename_too_long) above 107 bytes.
  static socket_address of_path(std::string_view path);

  /// What another library or system call gave, at most 112 bytes.
  ///
  /// Throws: std::system_error (invalid_argument) for more.
  static socket_address from_native(const ::sockaddr *address, std::size_t size);

  /// "127.0.0.1:80", "[::1]:80", "/run/it.socket", "@name" for an abstract name, "unnamed".
  std::string to_string() const;

  /// The address without the port, the path; empty for none.
  std::string host() const;
  /// 0 where there is none.
  std::uint16_t port() const noexcept;

  /// For system calls. The size is 0 for none.
  const ::sockaddr *data() const noexcept {
    return reinterpret_cast<const ::sockaddr *>(bytes_.data());
  }
  std::size_t size() const noexcept { return size_; }
  /// AF_INET, AF_INET6, AF_UNIX, or AF_UNSPEC for none.
  int family() const noexcept;

  friend bool operator==(const socket_address &a, const socket_address &b) noexcept {
    return a.view() == b.view();
  }

private:
  std::string_view view() const noexcept {
    return {reinterpret_cast<const char *>(bytes_.data()), size_};
  }

  alignas(8) std::array<std::byte, 112> bytes_{};
  std::uint32_t size_ = 0;
};

/// What a descriptor can be ready for, or waited for: a set.
enum class readiness : unsigned { none = 0, read = 1, write = 2, both = 3 };

constexpr readiness operator|(readiness a, readiness b) noexcept {
  return static_cast<readiness>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr readiness operator&(readiness a, readiness b) noexcept {
  return static_cast<readiness>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}

/// A datagram that was received.
struct datagram {
  /// How many bytes of it are in the receiver's memory.
  std::size_t size = 0;
  /// Whether it was longer than that; the rest of it is gone.
  bool truncated = false;
  socket_address from;
};

namespace detail {

/// A descriptor that the loop watches, and who waits for it.
class descriptor;

/// Ends the watch, and closes the descriptor if it is aio's.
struct close_descriptor {
  void operator()(descriptor *closed) const noexcept;
};
using descriptor_ptr = std::unique_ptr<descriptor, close_descriptor>;

/// Where a socket is bound. \throws std::logic_error if there is none.
const socket_address &bound_at(const descriptor_ptr &socket);

/// Tries something, and again whenever the descriptor is ready, until it does not block.
class descriptor_operation : public awaitable_operation<descriptor_operation> {
public:
  bool start();

protected:
  descriptor_operation(const char *what, descriptor *on, readiness needed) noexcept
      : awaitable_operation(what, true), on_(on), needed_(needed) {}
  descriptor_operation(descriptor_operation &&) noexcept = default;
  ~descriptor_operation() {
    if (waits_)
      leave();
  }

  /// Returns false if it would block. Otherwise it is over, and status_ says how: an error of
  /// libuv's, or what is not negative.
  virtual bool attempt(readiness now) noexcept = 0;
  /// For await_resume. \throws what it ended with, if that is not its result.
  void check() const {
    if (ended_by_cancel() || status_ < 0) [[unlikely]]
      fail();
  }
  int fd() const noexcept;
  const descriptor &on() const noexcept { return *on_; }

  std::ptrdiff_t status_ = 0;

private:
  friend class descriptor;
  void leave() noexcept;
  [[noreturn]] void fail() const;
  [[noreturn]] void throw_closed() const;
  void on_cancel() noexcept override;
  /// "on 127.0.0.1:80", for errors, too.
  std::string detail() const override;

  descriptor *on_;
  readiness needed_;
  bool waits_ = false; // and holds a reference to the descriptor
};

/// Waits for a connection.
class accept_operation : public descriptor_operation {
protected:
  explicit accept_operation(descriptor *listener) noexcept
      : descriptor_operation("accept", listener, readiness::read) {}
  accept_operation(accept_operation &&) noexcept = default;
  ~accept_operation();
  stream_ptr take();

private:
  bool attempt(readiness) noexcept override;

  socket_address peer_;
  int accepted_ = -1;
};

template <class Stream> class accept_stream final : public accept_operation {
public:
  explicit accept_stream(descriptor *listener) noexcept : accept_operation(listener) {}
  Stream await_resume() { return Stream(take()); }
};

/// Waits for a datagram.
class datagram_receive_operation final : public descriptor_operation {
public:
  datagram_receive_operation(descriptor *socket, std::span<std::byte> into) noexcept
      : descriptor_operation("receive_from", socket, readiness::read), into_(into) {}
  datagram await_resume() const {
    check();
    return result_;
  }

private:
  bool attempt(readiness) noexcept override;

  std::span<std::byte> into_;
  datagram result_;
};

/// Waits until the kernel takes a datagram.
class datagram_send_operation final : public descriptor_operation {
public:
  datagram_send_operation(descriptor *socket, std::span<const std::byte> bytes,
                          const socket_address &to) noexcept
      : descriptor_operation("send_to", socket, readiness::write), bytes_(bytes), to_(to) {}
  datagram_send_operation(descriptor *socket, std::span<const std::byte> bytes) noexcept
      : descriptor_operation("send", socket, readiness::write), bytes_(bytes) {}
  void await_resume() const { check(); }

private:
  bool attempt(readiness) noexcept override;
  std::string detail() const override;

  std::span<const std::byte> bytes_;
  socket_address to_;
};

/// Waits until a descriptor is ready.
class ready_operation final : public descriptor_operation {
public:
  ready_operation(const char *what, descriptor *watched, readiness needed) noexcept
      : descriptor_operation(what, watched, needed) {}
  readiness await_resume() const {
    check();
    return static_cast<readiness>(status_);
  }

private:
  bool attempt(readiness now) noexcept override {
    status_ = static_cast<std::ptrdiff_t>(now);
    return now != readiness::none;
  }
};

} // namespace detail
} // namespace aio

#endif // AIO_DETAIL_NET_HPP
