// Every name of boost-mysql.yaml, looked up on declarations of the library's shape: Debian 12's
// Boost is older than it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=boost-mysql.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of boost-mysql.yaml are proven

//--- use.cpp
#include <boost/asio/use_awaitable.hpp>
#include <boost/mysql/any_connection.hpp>
#include <boost/mysql/connection.hpp>
#include <boost/mysql/error_with_diagnostics.hpp>

boost::asio::awaitable<void> any(boost::mysql::any_connection &c, int &result) {
  c.connect(1);
  c.execute("x", result);
  c.start_execution("x", result);
  c.prepare_statement("x");
  c.close_statement(1);
  c.read_some_rows(result);
  c.read_resultset_head(result);
  c.set_character_set(1);
  c.ping();
  c.reset_connection();
  c.close();
  c.run_pipeline(1, result);
  return {};
}

void typed(boost::mysql::connection<int> &c, int &result) {
  c.connect(1, 2);
  c.handshake(1);
  c.execute("x", result);
  c.start_execution("x", result);
  c.prepare_statement("x");
  c.close_statement(1);
  c.read_some_rows(result);
  c.read_resultset_head(result);
  c.ping();
  c.reset_connection();
  c.quit();
  c.close();
}

void stops(boost::mysql::error_with_diagnostics stopped) {}

//--- boost/asio/use_awaitable.hpp
#pragma once
namespace boost {
namespace asio {
template <typename T> class awaitable {};
} // namespace asio
} // namespace boost
//--- boost/mysql/any_connection.hpp
#pragma once
namespace boost {
namespace mysql {
class any_connection {
public:
  void connect(const int &params);
  template <class Request, class Results> void execute(Request &&req, Results &result);
  template <class Request, class State> void start_execution(Request &&req, State &st);
  int prepare_statement(const char *stmt);
  void close_statement(const int &stmt);
  int read_some_rows(int &st);
  template <class State> void read_resultset_head(State &st);
  void set_character_set(const int &charset);
  void ping();
  void reset_connection();
  void close();
  void run_pipeline(const int &req, int &res);
};
} // namespace mysql
} // namespace boost
//--- boost/mysql/connection.hpp
#pragma once
namespace boost {
namespace mysql {
template <class Stream> class connection {
public:
  template <class Endpoint> void connect(const Endpoint &endpoint, const int &params);
  void handshake(const int &params);
  template <class Request, class Results> void execute(Request &&req, Results &result);
  template <class Request, class State> void start_execution(Request &&req, State &st);
  int prepare_statement(const char *stmt);
  void close_statement(const int &stmt);
  int read_some_rows(int &st);
  template <class State> void read_resultset_head(State &st);
  void ping();
  void reset_connection();
  void quit();
  void close();
};
} // namespace mysql
} // namespace boost
//--- boost/mysql/error_with_diagnostics.hpp
#pragma once
namespace boost {
namespace mysql {
class error_with_diagnostics {};
} // namespace mysql
} // namespace boost
