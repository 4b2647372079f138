//===- aio/net.hpp - Sockets ----------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// TCP and Unix sockets, UDP, names, and the descriptors of other libraries. All that is here
// belongs to the loop that runs where it is made: it is used and destroyed on that loop's thread,
// and before `run` returns. To make or await one elsewhere is a std::logic_error. Destroying a
// socket closes it.
//
// On one object, one coroutine at a time waits in each direction: one reads while another writes,
// and a second reader gets a std::logic_error.
//
// Errors are std::system_error, and what() names the operation and the peer: "read from
// 127.0.0.1:80: Connection reset by peer". Where somebody waits on what another coroutine closes,
// the wait ends with the error operation_canceled: "read: the stream was closed".
//
// The values socket_address, datagram and readiness are in detail/net.hpp.
//
// The first stream of the program makes it ignore SIGPIPE, unless it handles that signal: a write
// to a peer that is gone is an error (broken_pipe). Programs that process.hpp starts have the
// signal's default back.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_NET_HPP
#define AIO_NET_HPP

#include <aio/detail/net.hpp>
#include <aio/detail/stream.hpp>
#include <aio/task.hpp>

#include <corolint/annotations.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aio {

//===- Streams of bytes ---------------------------------------------------===//

/// A connection of either kind, or a pipe to a program: bytes in order, in one direction or both.
/// It can be moved, also while somebody waits on it.
class byte_stream {
public:
  /// For aio's own: \p opened is a handle of libuv's that is open.
  explicit byte_stream(detail::stream_ptr opened) noexcept : stream_(std::move(opened)) {}

  /// Waits until some bytes are there, and gives how many of them it put into \p into, which must
  /// live until then. 0 is the end: the peer will send no more. (It is also what an empty \p into
  /// gives, at once.)
  ///
  /// Starts: when it is awaited. From the first read on, up to 64 KiB are read ahead and kept for
  /// the next one; when they are there, it does not suspend, but for one time in 64.
  /// Cancel: ends at once. Bytes that arrive later are there for the next read.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error when the connection is lost: "read from 127.0.0.1:80: Connection
  /// reset by peer", after the bytes that came before; std::logic_error if another coroutine reads.
  [[nodiscard("co_await it")]] auto read(std::span<std::byte> into) noexcept {
    return detail::read_operation(stream_.get(), into);
  }

  /// Waits until the kernel has taken all of \p bytes, which must live until then. When the peer
  /// reads slowly, or not at all, this waits: memory does not grow. That the kernel has taken them
  /// does not mean that the peer has.
  ///
  /// Starts: when it is awaited. What the kernel takes at once needs no suspension, but for one
  /// time in 64.
  /// Cancel: ends at once. How much was sent is unknown: an unknown number of the first bytes is on
  /// its way, and what is written next follows them. After that, most protocols are best closed.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error when the connection is lost: "write to 127.0.0.1:80: Broken pipe";
  /// std::logic_error if another coroutine writes.
  [[nodiscard("co_await it")]] auto write(std::span<const std::byte> bytes) noexcept {
    return detail::write_operation(stream_.get(), bytes);
  }
  [[nodiscard("co_await it")]] auto write(std::string_view text) noexcept {
    return write(std::as_bytes(std::span(text)));
  }

  /// Tells the peer that no more will be written; it reads the end after all that was. Reading goes
  /// on.
  ///
  /// Starts: when it is awaited. Suspends only to let the rest of a cancelled write go out first.
  /// Cancel: ends at once, and nothing was told.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error (not_connected) when the peer is gone; std::logic_error if another
  /// coroutine writes.
  [[nodiscard("co_await it")]] auto shutdown() noexcept {
    return detail::write_operation::last(stream_.get());
  }

  /// Closes it in both directions. What a finished write gave to the kernel is still sent, the rest
  /// of a cancelled one is not. TCP resets the connection when bytes have arrived that were never
  /// read, and the peer may lose what was sent last: to be sure, shutdown() and read to the end
  /// before. Can be repeated.
  ///
  /// Starts: at once.
  /// Cancel: whoever waits on it gets the error operation_canceled: "read: the stream was closed".
  /// Thread: on the loop.
  /// Throws: nothing.
  void close() noexcept;

protected:
  detail::stream &opened(const char *asked) const;

private:
  detail::stream_ptr stream_;
};

/// A TCP connection. Small writes are sent at once (TCP_NODELAY), unless set_no_delay(false).
class tcp_stream : public byte_stream {
public:
  using byte_stream::byte_stream;

  /// Throws: std::system_error when it was closed.
  socket_address local_address() const;
  /// Who is at the other end, also when they have gone. Throws: nothing, but for a std::logic_error
  /// on a stream that was moved from.
  const socket_address &peer_address() const;
  /// Throws: std::system_error when it was closed.
  void set_no_delay(bool on);
};

/// A connection through a Unix socket.
class unix_stream : public byte_stream {
public:
  using byte_stream::byte_stream;

  /// Throws: std::system_error when it was closed.
  socket_address local_address() const;
  /// The path that was connected to; none for one that was accepted, as clients seldom have a name.
  /// Throws: nothing, but for a std::logic_error on a stream that was moved from.
  const socket_address &peer_address() const;
};

/// The stream ended before what was to be read from it.
class end_of_stream : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Reads lines, and pieces of a known size, from a stream, which must outlive it. It reads ahead:
/// once there is one, read through it alone.
///
/// Starts: each when it is awaited.
/// Cancel: ends at once, and what was read so far stays: the same call again goes on from there.
/// Thread: resumed on the loop.
/// Throws: what byte_stream::read throws. An error loses nothing of what was there before it.
class buffered_reader {
public:
  /// \p limit: how long a line may be.
  explicit buffered_reader(CORO_STORES byte_stream &from,
                           std::size_t limit = std::size_t{64} * 1024);
  buffered_reader(const buffered_reader &) = delete;
  buffered_reader &operator=(const buffered_reader &) = delete;

  /// Some bytes, as byte_stream::read; those first that are there.
  task<std::size_t> read(std::span<std::byte> into);

  /// Fills \p into. Throws: `end_of_stream` if there are fewer; `read` gives them.
  task<> read_exactly(std::span<std::byte> into);

  /// A line without its end, "\n" or "\r\n"; the last one may lack it. Nothing at the end of the
  /// stream. Throws: std::system_error (message_size) if it is longer than the limit.
  task<std::optional<std::string>> read_line();

  /// All up to \p delimiter, and without it; that is read, too. Throws: `end_of_stream` if it does
  /// not come; `read` gives what did. std::system_error (message_size) above the limit;
  /// std::invalid_argument if \p delimiter is empty.
  task<std::string> read_until(std::string delimiter);

private:
  struct buffer;
  static task<std::size_t> read(std::shared_ptr<buffer> of, std::span<std::byte> into);
  static task<> read_exactly(std::shared_ptr<buffer> of, std::span<std::byte> into);
  static task<std::optional<std::string>> read_line(std::shared_ptr<buffer> of);
  static task<std::string> read_until(std::shared_ptr<buffer> of, std::string delimiter);

  std::shared_ptr<buffer> buffer_; // what is read into stays as long as somebody waits for it
};

//===- Names --------------------------------------------------------------===//

/// The addresses of \p host, a name or an address in figures, with \p service, a name or a port:
/// at least one, in the order in which they are to be tried. An empty host is this machine.
///
/// Starts: when it is awaited, on a worker; figures need none.
/// Cancel: ends at once. A worker that looks the name up goes on until it has an answer, and `run`
/// does not return before.
/// Thread: resumed on the loop.
/// Throws: std::system_error (host_unreachable) when there is no such name: "resolve
/// nowhere.invalid: unknown node or service".
CORO_REPLACES("getaddrinfo", "gethostbyname", "gethostbyname2", "gethostbyname_r")
task<std::vector<socket_address>> resolve(std::string host, std::string service = "0");

//===- Connections --------------------------------------------------------===//

/// Connects to \p host, a name or an address: each of its addresses in turn, until one answers.
///
/// Starts: when it is awaited.
/// Cancel: ends at once, and nothing stays open.
/// Thread: resumed on the loop.
/// Throws: std::system_error for the last address that was tried: "connect to localhost:80
/// (127.0.0.1:80): Connection refused"; what `resolve` throws.
CORO_REPLACES("connect") task<tcp_stream> tcp_connect(std::string host, std::uint16_t port);

/// Connects to \p address alone.
///
/// Starts, Cancel, Thread, Throws: as for a name: "connect to 127.0.0.1:80: Connection refused".
task<tcp_stream> tcp_connect(socket_address address);

/// Connects to the socket at \p path.
///
/// Starts: when it is awaited.
/// Cancel: it does not wait, and is cancelled only before.
/// Thread: resumed on the loop.
/// Throws: std::system_error: "connect to /run/it.socket: No such file or directory";
/// filename_too_long above 107 bytes; resource_unavailable_try_again when as many wait to be
/// accepted as the listener allows.
task<unix_stream> unix_connect(std::string path);

/// Accepts TCP connections.
class tcp_listener {
public:
  /// Listens at \p host, an address in figures, or "0.0.0.0" or "::" for all of this machine, and
  /// \p port, or one that is free if it is 0. Up to \p backlog connections wait to be accepted.
  ///
  /// Thread: on a loop.
  /// Throws: std::system_error: "listen on 127.0.0.1:80: Address already in use"; std::logic_error
  /// where no loop runs.
  static tcp_listener bind(std::string_view host, std::uint16_t port, int backlog = 4096);
  static tcp_listener bind(const socket_address &address, int backlog = 4096);

  /// Waits for a connection.
  ///
  /// Starts: when it is awaited. The kernel accepts from `bind` on, and this takes what waits there
  /// without a suspension, but for one time in 64.
  /// Cancel: ends at once. A connection that comes later is there for the next one.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error: "accept on 127.0.0.1:80: Too many open files", and the connection
  /// still waits: try again when something was closed. std::logic_error if another coroutine
  /// accepts.
  [[nodiscard("co_await it")]] CORO_REPLACES("accept", "accept4") auto accept() noexcept {
    return detail::accept_stream<tcp_stream>(listening_.get());
  }

  /// Where it listens. Throws: std::logic_error if it was moved from.
  const socket_address &local_address() const;
  std::uint16_t port() const { return local_address().port(); }

  /// Stops listening. Connections that nobody has accepted are reset. Can be repeated.
  ///
  /// Cancel: whoever waits gets the error operation_canceled.
  void close() noexcept;

private:
  explicit tcp_listener(detail::descriptor_ptr listening) noexcept;

  detail::descriptor_ptr listening_;
};

/// Accepts connections through a Unix socket.
class unix_listener {
public:
  /// Makes a socket at \p path, where nothing may be yet. It is removed when the listener is
  /// closed, unless it was replaced. Up to \p backlog connections wait to be accepted.
  ///
  /// Thread: on a loop.
  /// Throws: std::system_error: "listen on /run/it.socket: Address already in use";
  /// filename_too_long above 107 bytes; std::logic_error where no loop runs.
  static unix_listener bind(std::string_view path, int backlog = 4096);

  /// Waits for a connection.
  ///
  /// Starts, Cancel, Thread, Throws: as tcp_listener::accept.
  [[nodiscard("co_await it")]] auto accept() noexcept {
    return detail::accept_stream<unix_stream>(listening_.get());
  }

  /// Where it listens. Throws: std::logic_error if it was moved from.
  const socket_address &local_address() const;

  /// Stops listening, as tcp_listener::close.
  void close() noexcept;

private:
  explicit unix_listener(detail::descriptor_ptr listening) noexcept;

  detail::descriptor_ptr listening_;
};

//===- UDP ----------------------------------------------------------------===//

/// Sends and receives datagrams.
class udp_socket {
public:
  /// At \p host, an address in figures, and \p port, or one that is free if it is 0.
  ///
  /// Thread: on a loop.
  /// Throws: std::system_error: "bind 127.0.0.1:80: Address already in use"; std::logic_error where
  /// no loop runs.
  static udp_socket bind(std::string_view host, std::uint16_t port);
  static udp_socket bind(const socket_address &address);

  /// From now on, `send` goes to \p peer, and only what comes from there is received. None ends
  /// that.
  ///
  /// Thread: on the loop.
  /// Throws: std::system_error.
  void connect(const socket_address &peer);

  /// Hands one datagram to the kernel.
  ///
  /// Starts: when it is awaited. Suspends when the kernel has no room, and one time in 64.
  /// Cancel: ends at once, and nothing was sent.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error: "send_to 127.0.0.1:80: Message too long" for what is no datagram's
  /// size; connection_refused on a connected socket when an earlier one found nobody;
  /// std::logic_error if another coroutine sends.
  [[nodiscard("co_await it")]] auto send_to(std::span<const std::byte> bytes,
                                            const socket_address &to) noexcept {
    return detail::datagram_send_operation(socket_.get(), bytes, to);
  }
  [[nodiscard("co_await it")]] auto send(std::span<const std::byte> bytes) noexcept {
    return detail::datagram_send_operation(socket_.get(), bytes);
  }

  /// Waits for a datagram, and puts it into \p into.
  ///
  /// Starts: when it is awaited. What arrives before waits in the kernel, which drops what it has
  /// no room for. Cancel: ends at once. A datagram that comes later is there for the next one.
  /// Thread: resumed on the loop.
  /// Throws: std::system_error: connection_refused on a connected socket when what was sent found
  /// nobody; std::logic_error if another coroutine receives.
  [[nodiscard("co_await it")]] auto receive_from(std::span<std::byte> into) noexcept {
    return detail::datagram_receive_operation(socket_.get(), into);
  }

  /// Where it is bound. Throws: std::logic_error if it was moved from.
  const socket_address &local_address() const;
  std::uint16_t port() const { return local_address().port(); }

  /// Can be repeated. Whoever waits gets the error operation_canceled.
  void close() noexcept;

private:
  explicit udp_socket(detail::descriptor_ptr socket) noexcept;

  detail::descriptor_ptr socket_;
};

//===- Descriptors of other libraries -------------------------------------===//

/// Watches a descriptor that another library owns: a socket, a pipe, an eventfd; not a file. The
/// descriptor must stay open for as long. It is made non-blocking. Several may watch one
/// descriptor, and one coroutine at a time waits for it in each direction.
class descriptor_watch {
public:
  /// Thread: on a loop.
  /// Throws: std::system_error for what cannot be watched: "watch descriptor 5: Operation not
  /// permitted"; std::logic_error where no loop runs.
  explicit descriptor_watch(int fd);

  /// Waits until a read, or a write, or at least one of those in \p needed, would not block, and
  /// gives which. An error on the descriptor counts as both: the call that was to be made tells it.
  ///
  /// Starts: when it is awaited; always suspends.
  /// Cancel: ends at once.
  /// Thread: resumed on the loop. By then, somebody else may have read what was there.
  /// Throws: std::logic_error if another coroutine waits for the same, or if \p needed is none.
  [[nodiscard("co_await it")]] auto ready(readiness needed) noexcept {
    return detail::ready_operation("ready", watched_.get(), needed);
  }
  [[nodiscard("co_await it")]] auto readable() noexcept {
    return detail::ready_operation("readable", watched_.get(), readiness::read);
  }
  [[nodiscard("co_await it")]] auto writable() noexcept {
    return detail::ready_operation("writable", watched_.get(), readiness::write);
  }

private:
  detail::descriptor_ptr watched_;
};

/// Waits once until a read from \p fd would not block. For more than once, a descriptor_watch is
/// cheaper.
///
/// Starts, Cancel, Thread, Throws: as descriptor_watch.
CORO_REPLACES("poll", "ppoll", "select", "pselect") task<> readable(int fd);

/// Waits once until a write to \p fd would not block.
///
/// Starts, Cancel, Thread, Throws: as descriptor_watch.
task<> writable(int fd);

} // namespace aio

#endif // AIO_NET_HPP
