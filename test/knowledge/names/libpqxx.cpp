// Every name of libpqxx.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=libpqxx.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libpqxx.yaml are proven

//--- use.cpp
#include <pqxx/pqxx>

void callback(int);

void connections() {
  pqxx::connection c("dbname=x");
  c.prepare("x", "select 1");
  c.unprepare("x");
  c.get_var("x");
  c.get_var_as<int>("x");
  c.set_session_var("x", 1);
  c.get_variable("x");
  c.set_variable("x", "y");
  c.set_client_encoding("UTF8");
  c.listen("x", callback);
  c.await_notification();
  c.cancel_query();
}

void transactions(pqxx::connection &c) {
  pqxx::work w(c);
  pqxx::robusttransaction<> r(c);
  pqxx::subtransaction s(w);
  w.exec("x");
  w.exec0("x");
  w.exec1("x");
  w.exec_n(1, "x");
  w.exec_params("x", 1);
  w.exec_params0("x", 1);
  w.exec_params1("x", 1);
  w.exec_params_n(1, "x", 1);
  w.exec_prepared("x", 1);
  w.exec_prepared0("x", 1);
  w.exec_prepared1("x", 1);
  w.exec_prepared_n(1, "x", 1);
  w.query<int>("x");
  w.query_n<int>(1, "x");
  w.query01<int>("x");
  w.query1<int>("x");
  w.query_value<int>("x");
  w.for_query("x", callback);
  w.stream<int>("x");
  w.for_stream("x", callback);
  w.for_each("x", callback);
  w.notify("x");
  w.get_variable("x");
  w.set_variable("x", "y");
  w.commit();
  w.abort();
  pqxx::perform(callback);
}

void streams(pqxx::work &w, pqxx::stream_from &from, pqxx::stream_to &to, pqxx::pipeline &p,
             pqxx::icursorstream &i, pqxx::stateless_cursor<0, 0> &c) {
  pqxx::stream_from::query(w, "x");
  pqxx::stream_from::table(w, {"x"});
  pqxx::stream_from::raw_table(w, "x");
  int row;
  from >> row;
  from.complete();
  pqxx::stream_to::table(w, {"x"});
  pqxx::stream_to::raw_table(w, "x");
  to.complete();
  p.complete();
  p.flush();
  p.retrieve();
  pqxx::result rows;
  i.get(rows);
  i >> rows;
  i.ignore();
  c.retrieve(0, 1);
}

void blobs(pqxx::work &w, pqxx::blob &b, pqxx::bytes &bytes) {
  pqxx::blob::create(w);
  pqxx::blob::remove(w, 1);
  pqxx::blob::open_r(w, 1);
  pqxx::blob::open_w(w, 1);
  pqxx::blob::open_rw(w, 1);
  pqxx::blob::from_buf(w, bytes);
  pqxx::blob::to_buf(w, 1, bytes, 1);
  pqxx::blob::append_from_buf(w, bytes, 1);
  pqxx::blob::append_to_buf(w, 1, 0, bytes, 1);
  pqxx::blob::from_file(w, "x");
  pqxx::blob::to_file(w, 1, "x");
  b.read(bytes, 1);
  b.write(bytes);
  b.resize(1);
  b.tell();
  b.seek_abs();
  b.seek_rel();
  b.seek_end();
}

//--- pqxx/pqxx
#pragma once
#include <initializer_list>
namespace pqxx {
using view = const char *;
using oid = unsigned;
class bytes {};
class result {};
class row {};
class transaction_base;
class dbtransaction;

class connection {
public:
  connection();
  connection(connection &&other);
  explicit connection(view options);
  void prepare(view name, view definition) &;
  void unprepare(view name);
  view get_var(view name);
  template <typename T> T get_var_as(view name);
  template <typename T> void set_session_var(view name, const T &value) &;
  view get_variable(view name);
  void set_variable(view name, view value) &;
  void set_client_encoding(view encoding) &;
  template <typename F> void listen(view channel, F handler);
  int await_notification();
  int await_notification(long seconds, long microseconds = 0);
  void cancel_query();
};

class transaction_base {
public:
  virtual ~transaction_base() = 0;
  void commit();
  void abort();
  result exec(view query);
  result exec0(view query);
  row exec1(view query);
  result exec_n(int rows, view query);
  template <typename... Args> result exec_params(view query, Args &&...args);
  template <typename... Args> result exec_params0(view query, Args &&...args);
  template <typename... Args> row exec_params1(view query, Args &&...args);
  template <typename... Args> result exec_params_n(int rows, view query, Args &&...args);
  template <typename... Args> result exec_prepared(view statement, Args &&...args);
  template <typename... Args> result exec_prepared0(view statement, Args &&...args);
  template <typename... Args> row exec_prepared1(view statement, Args &&...args);
  template <typename... Args> result exec_prepared_n(int rows, view statement, Args &&...args);
  template <typename... T> int query(view query);
  template <typename... T> int query_n(int rows, view query);
  template <typename... T> int query01(view query);
  template <typename... T> int query1(view query);
  template <typename T> T query_value(view query);
  template <typename F> void for_query(view query, F &&f);
  template <typename... T> int stream(view query) &;
  template <typename F> int for_stream(view query, F &&f);
  template <typename F> int for_each(view query, F &&f);
  void notify(view channel);
  view get_variable(view name);
  void set_variable(view name, view value);
};

class dbtransaction : public transaction_base {};
class transaction_focus {};
namespace internal {
class basic_transaction : public dbtransaction {};
class basic_robusttransaction : public dbtransaction {};
} // namespace internal
template <int Isolation = 0, int Policy = 0>
class transaction final : public internal::basic_transaction {
public:
  explicit transaction(connection &c);
  ~transaction() noexcept override;
};
using work = transaction<>;
template <int Isolation = 0>
class robusttransaction final : public internal::basic_robusttransaction {
public:
  explicit robusttransaction(connection &c);
  ~robusttransaction() noexcept override;
};
class subtransaction final : public transaction_focus, public dbtransaction {
public:
  explicit subtransaction(dbtransaction &parent);
  ~subtransaction() noexcept override;
};
template <typename F> inline auto perform(F &&f, int attempts = 3) -> int;

class stream_from final : transaction_focus {
public:
  static stream_from query(transaction_base &t, view query);
  static stream_from table(transaction_base &t, std::initializer_list<view> path);
  static stream_from raw_table(transaction_base &t, view path);
  template <typename Row> stream_from &operator>>(Row &row);
  void complete();
};
class stream_to final : transaction_focus {
public:
  static stream_to table(transaction_base &t, std::initializer_list<view> path);
  static stream_to raw_table(transaction_base &t, view path);
  void complete();
};
class pipeline final : public transaction_focus {
public:
  void complete();
  void flush();
  result retrieve();
};
template <int Update, int Ownership> class stateless_cursor final {
public:
  result retrieve(int begin, int end);
};
class icursorstream final {
public:
  icursorstream &get(result &r);
  icursorstream &operator>>(result &r);
  icursorstream &ignore(long n = 1) &;
};
class blob final {
public:
  static oid create(dbtransaction &t, oid id = 0);
  static void remove(dbtransaction &t, oid id);
  static blob open_r(dbtransaction &t, oid id);
  static blob open_w(dbtransaction &t, oid id);
  static blob open_rw(dbtransaction &t, oid id);
  static oid from_buf(dbtransaction &t, const bytes &data, oid id = 0);
  static void to_buf(dbtransaction &t, oid id, bytes &to, unsigned long limit);
  static void append_from_buf(dbtransaction &t, const bytes &data, oid id);
  static unsigned long append_to_buf(dbtransaction &t, oid id, long offset, bytes &to,
                                     unsigned long limit);
  static oid from_file(dbtransaction &t, view path);
  static void to_file(dbtransaction &t, oid id, view path);
  unsigned long read(bytes &to, unsigned long size);
  template <typename Data> void write(const Data &data);
  void resize(long size);
  long tell() const;
  long seek_abs(long offset = 0);
  long seek_rel(long offset = 0);
  long seek_end(long offset = 0);
};
} // namespace pqxx
