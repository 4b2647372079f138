// Asio: the awaitable that says the same is written in place of a call that blocks; and what two more
// rules say of Asio's tasks and contexts, in the same unit, as its headers take most of the time.
//
// REQUIRES: asio
// RUN: %check %s -- -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE

#include <asio/awaitable.hpp>
#include <asio/bind_executor.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/read.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

using asio::ip::tcp;
using namespace std::chrono_literals;

//===- bad

asio::awaitable<void> sleeps() {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::steady_timer(co_await asio::this_coro::executor, 10ms).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(10ms);
  co_return;
}

asio::awaitable<void> reads(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-blocking-call: 'asio::basic_stream_socket::read_some' blocks the event loop
  // NOTE: instead
  // FIXED: std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  std::size_t n = socket.read_some(asio::buffer(data));
  // EXPECT: coro-blocking-call: 'asio::write' blocks the event loop
  // NOTE: instead
  // FIXED: co_await asio::async_write(socket, asio::buffer(data, n), asio::use_awaitable);
  asio::write(socket, asio::buffer(data, n));
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
}

asio::awaitable<void> resolves(tcp::resolver &resolver) {
  // EXPECT: coro-blocking-call: 'asio::ip::basic_resolver::resolve' blocks the event loop
  // NOTE: instead
  // FIXED: auto all = co_await resolver.async_resolve("example.org", "http", asio::use_awaitable);
  auto all = resolver.resolve("example.org", "http");
  co_return;
}

// The helper is no coroutine: there is nothing to write there.
std::size_t read_reply(tcp::socket &socket, char (&data)[8]) {
  return asio::read(socket, asio::buffer(data)); // #reply
}
asio::awaitable<void> reads_below(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-blocking-call: 'read_reply' blocks the event loop: it calls 'asio::read'
  // NOTE@#reply: 'read_reply' calls 'asio::read' here
  // NOTE@#reply: 'asio::read'
  read_reply(socket, data);
  co_return;
}

// Handlers run on the loop, though they are no coroutines.
struct session {
  tcp::socket socket;
  asio::steady_timer timer;
  char data[8];
  void start() {
    socket.async_read_some(asio::buffer(data), [](std::error_code, std::size_t) {
      // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
      // NOTE: the lambda runs on the thread of the event loop: it is given to 'asio::basic_stream_socket::async_read_some'
      // NOTE: instead
      std::this_thread::sleep_for(1s);
    });
    timer.async_wait(std::bind(&session::tick, this, std::placeholders::_1));
    asio::async_write(socket, asio::buffer(data),
                      asio::bind_executor(socket.get_executor(), [](std::error_code, std::size_t) {
                        // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
                        // NOTE: the lambda runs on the thread of the event loop: it is given to 'asio::async_write'
                        // NOTE: instead
                        std::this_thread::sleep_for(1s);
                      }));
  }
  void tick(std::error_code) {
    // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks the event loop
    // NOTE: 'session::tick' runs on the thread of the event loop: it is given to 'asio::basic_waitable_timer::async_wait'
    // NOTE: instead
    std::this_thread::sleep_for(1s);
  }
};

//===- good

asio::awaitable<void> on_a_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
void starts(asio::thread_pool &pool) {
  asio::co_spawn(pool, on_a_pool(), asio::detached);
}
// Asked not to wait.
asio::awaitable<std::size_t> non_blocking(tcp::socket &socket, char (&data)[8]) {
  socket.non_blocking(true);
  co_return socket.read_some(asio::buffer(data));
}

// A thread pool is where one may wait.
asio::awaitable<void> offloads(asio::thread_pool &pool) {
  asio::post(pool, [] { std::this_thread::sleep_for(1s); });
  co_return;
}

//===- the mode of what a stream stands on, set where it is made

// A stream over another, as asio::ssl::stream is; its own header takes seconds to parse.
namespace asio::ssl {
template <class Stream> class stream {
public:
  using next_layer_type = std::remove_reference_t<Stream>;
  template <class Arg> explicit stream(Arg &&below) : below(std::forward<Arg>(below)) {}
  next_layer_type &next_layer() { return below; }
  template <class Buffers> std::size_t read_some(const Buffers &to) { return below.read_some(to); }
  template <class Buffers, class Token> auto async_read_some(const Buffers &to, Token &&token) {
    return below.async_read_some(to, std::forward<Token>(token));
  }

private:
  Stream below;
};
} // namespace asio::ssl

struct over_a_member {
  explicit over_a_member(asio::io_context &io) : socket(io), tls(socket) { socket.non_blocking(true); }
  asio::awaitable<void> reads(char (&data)[8]) {
    tls.read_some(asio::buffer(data));
    co_return;
  }
  tcp::socket socket;
  asio::ssl::stream<tcp::socket &> tls;
};
struct over_its_own {
  explicit over_its_own(asio::io_context &io) : tls(io) { tls.next_layer().non_blocking(true); }
  asio::awaitable<void> reads(char (&data)[8]) {
    tls.read_some(asio::buffer(data));
    co_return;
  }
  asio::ssl::stream<tcp::socket> tls;
};
struct has_a_socket {
  explicit has_a_socket(asio::io_context &io) : socket(io) { socket.non_blocking(true); }
  tcp::socket socket;
};
struct over_a_base : has_a_socket {
  explicit over_a_base(asio::io_context &io) : has_a_socket(io), tls(socket) {}
  asio::awaitable<void> reads(char (&data)[8]) {
    tls.read_some(asio::buffer(data));
    co_return;
  }
  asio::ssl::stream<tcp::socket &> tls;
};
struct blocks {
  explicit blocks(asio::io_context &io) : socket(io), tls(socket) { socket.non_blocking(false); }
  asio::awaitable<void> reads(char (&data)[8]) {
    // EXPECT: coro-blocking-call: 'asio::ssl::stream::read_some' blocks the event loop
    // NOTE: instead
    // FIXED: co_await tls.async_read_some(asio::buffer(data), asio::use_awaitable);
    tls.read_some(asio::buffer(data));
    co_return;
  }
  tcp::socket socket;
  asio::ssl::stream<tcp::socket &> tls;
};

//===- coro-nested-loop: a context that is run, or a task that is waited for, inside a coroutine

asio::awaitable<int> number();

// Completion tokens that adapt another, as Asio has them since 1.30; older ones fail to compile with
// use_future.
namespace asio {
template <class Token> struct as_tuple_t {
  Token token;
};
template <class Token> as_tuple_t<Token> as_tuple(Token token) { return {token}; }
template <class Token> struct cancel_after_t {
  Token token;
};
template <class Token> cancel_after_t<Token> cancel_after(int, Token token) { return {token}; }
template <class Context, class Task, template <class> class Adapter>
std::future<int> co_spawn(Context &, Task, Adapter<use_future_t<>>);
template <class Context, class Task>
std::future<int> co_spawn(Context &, Task, cancel_after_t<as_tuple_t<use_future_t<>>>);
} // namespace asio

asio::awaitable<void> nests(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'asio::io_context::run' waits synchronously inside a coroutine
  // NOTE: instead
  io.run();
  // EXPECT: coro-nested-loop: 'asio::io_context::poll_one' waits synchronously inside a coroutine
  // NOTE: instead
  io.poll_one();
}

asio::awaitable<void> waits_for_a_task(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), asio::use_future).get();
  auto later = asio::co_spawn(io, number(), asio::use_future);
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  later.get();
}

asio::awaitable<void> waits_through_adapters(asio::io_context &io) {
  co_await number();
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), asio::as_tuple(asio::use_future)).get();
  const auto token = asio::as_tuple(asio::use_future);
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  asio::co_spawn(io, number(), token).get();
  auto later = asio::co_spawn(io, number(), asio::cancel_after(1, asio::as_tuple(asio::use_future)));
  // EXPECT: coro-nested-loop: 'std::future::get' waits synchronously inside a coroutine
  // NOTE: instead
  later.get();
}

// Before the loop, and after it.
int main() {
  asio::io_context io;
  asio::co_spawn(io, number(), asio::detached);
  io.run();
  return asio::co_spawn(io, number(), asio::use_future).get();
}

//===- coro-unawaited-task: an awaitable is lazy; who spawns it has consented by name

asio::awaitable<void> serve(tcp::socket socket);

asio::awaitable<void> drops(tcp::socket socket) {
  // EXPECT: coro-unawaited-task: 'number' never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await number();
  number();
  // EXPECT: coro-unawaited-task: 'serve' never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await serve(std::move(socket));
  serve(std::move(socket));
  co_return;
}

asio::awaitable<void> drops_an_operation(tcp::socket &socket, char (&data)[8]) {
  // EXPECT: coro-unawaited-task: {{.*}} never runs: its task is not awaited
  // NOTE: 'asio::awaitable' is lazy
  // FIXED: co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_return;
}

asio::awaitable<void> listener(tcp::acceptor acceptor) {
  auto executor = co_await asio::this_coro::executor;
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    // Named consent: nobody waits for it.
    asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> handed_on(asio::io_context &io) {
  // Somebody takes the result.
  asio::co_spawn(io, number(), [](std::exception_ptr, int) {});
  int n = co_await asio::co_spawn(io, number(), asio::use_awaitable);
  (void)n;
}
