// Every name of yalantinglibs.yaml, looked up on declarations of its shape: Debian does not package
// it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=yalantinglibs.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of yalantinglibs.yaml are proven

//--- use.cpp
#include <ylt/coro_http/coro_http_client.hpp>
#include <ylt/coro_http/coro_http_server.hpp>
#include <ylt/coro_io/coro_file.hpp>
#include <ylt/coro_io/coro_io.hpp>
#include <ylt/coro_io/io_context_pool.hpp>
#include <ylt/coro_rpc/coro_rpc_server.hpp>

void pools(coro_io::io_context_pool pool, coro_io::multithread_context_pool many) {
  pool.run();
  pool.stop();
  many.stop();
  coro_io::post([] {});
  coro_io::dispatch(1);
}

void files() {
  coro_io::coro_file seq("x", 1);
  coro_io::random_coro_file random("x", 1);
  seq.open("x", 1);
  random.open("x", 1);
  seq.file_size();
  random.file_size();
}

void servers(coro_rpc::coro_rpc_server rpc, cinatra::coro_http_server http) {
  rpc.start();
  rpc.stop();
  http.sync_start();
  http.stop();
}

void client(coro_http::coro_http_client &client) {
  client.get("x");
  client.post("x", "y", 1);
  client.download("x", "y", "z");
}

void pauses(coro_io::period_timer &period, coro_io::high_resolution_timer &high) {
  coro_io::sleep_for(1);
  period.async_await();
  high.async_await();
}

//--- ylt/coro_io/io_context_pool.hpp
#pragma once
namespace coro_io {
class io_context_pool {
public:
  ~io_context_pool();
  void run();
  void stop(bool force = false);
};
class multithread_context_pool {
public:
  ~multithread_context_pool();
  void stop();
};
} // namespace coro_io
//--- ylt/coro_io/coro_io.hpp
#pragma once
namespace coro_io {
template <typename Func> inline int post(Func func, void *e = nullptr) {
  return 0;
}
template <typename Executor> inline int dispatch(Executor executor) {
  return 0;
}
} // namespace coro_io
namespace coro_io {
class period_timer {
public:
  int async_await() noexcept;
};
class high_resolution_timer {
public:
  int async_await() noexcept;
};
template <typename Duration> inline int sleep_for(Duration d) { return 0; }
} // namespace coro_io
//--- ylt/coro_io/coro_file.hpp
#pragma once
namespace coro_io {
enum class execution_type { none, native_async, thread_pool };
template <execution_type execute_type = execution_type::native_async> class basic_seq_coro_file {
public:
  basic_seq_coro_file(const char *filepath, int open_flags, int executor = 0);
  bool open(const char *filepath, int open_flags);
  unsigned long file_size() const;
};
template <execution_type execute_type = execution_type::native_async> class basic_random_coro_file {
public:
  basic_random_coro_file(const char *filepath, int open_flags, int executor = 0);
  bool open(const char *filepath, int open_flags);
  unsigned long file_size() const;
};
using coro_file = basic_seq_coro_file<>;
using random_coro_file = basic_random_coro_file<>;
} // namespace coro_io
//--- ylt/coro_rpc/coro_rpc_server.hpp
#pragma once
namespace coro_rpc {
template <typename server_config> class coro_rpc_server_base {
public:
  ~coro_rpc_server_base() {}
  [[nodiscard]] int start() noexcept;
  void stop();
};
using coro_rpc_server = coro_rpc_server_base<int>;
} // namespace coro_rpc
//--- ylt/coro_http/coro_http_server.hpp
#pragma once
namespace cinatra {
class coro_http_server {
public:
  ~coro_http_server();
  int sync_start() noexcept;
  void stop();
};
} // namespace cinatra
namespace coro_http = cinatra;
//--- ylt/coro_http/coro_http_client.hpp
#pragma once
namespace cinatra {
class coro_http_client {
public:
  int get(const char *uri);
  int post(const char *uri, const char *content, int content_type);
  int download(const char *uri, const char *filename, const char *range = "");
};
} // namespace cinatra
namespace coro_http = cinatra;
