// Every name of duckdb.yaml, looked up on declarations of the library's shape: Debian does not
// package it. Each name was looked for in its headers; parameters are left out here.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=duckdb.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of duckdb.yaml are proven

//--- use.cpp
#include <duckdb.h>
#include <duckdb.hpp>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(duckdb_open, duckdb_open_ext, duckdb_get_or_create_from_cache, duckdb_close, duckdb_query,
      duckdb_query_arrow, duckdb_execute_prepared, duckdb_execute_prepared_streaming,
      duckdb_execute_prepared_arrow, duckdb_execute_pending, duckdb_pending_execute_task,
      duckdb_execute_tasks, duckdb_execute_n_tasks_state, duckdb_execute_tasks_state,
      duckdb_prepare, duckdb_prepare_extracted_statement, duckdb_stream_fetch_chunk,
      duckdb_appender_flush, duckdb_appender_close, duckdb_appender_destroy);
}
struct proof0 : duckdb::Connection {
  using duckdb::Connection::Query;
  using duckdb::Connection::SendQuery;
  using duckdb::Connection::Commit;
  using duckdb::Connection::Rollback;
  using duckdb::Connection::Append;
  using duckdb::Connection::Prepare;
  using duckdb::Connection::TableInfo;
};
struct proof1 : duckdb::PreparedStatement {
  using duckdb::PreparedStatement::Execute;
};
struct proof2 : duckdb::PendingQueryResult {
  using duckdb::PendingQueryResult::Execute;
  using duckdb::PendingQueryResult::ExecuteTask;
  using duckdb::PendingQueryResult::WaitForTask;
};
struct proof3 : duckdb::QueryResult {
  using duckdb::QueryResult::Fetch;
  using duckdb::QueryResult::FetchRaw;
  using duckdb::QueryResult::TryFetch;
};
struct proof4 : duckdb::Relation {
  using duckdb::Relation::Execute;
  using duckdb::Relation::ExecuteOrThrow;
  using duckdb::Relation::Query;
  using duckdb::Relation::Explain;
  using duckdb::Relation::Print;
  using duckdb::Relation::Head;
  using duckdb::Relation::Insert;
  using duckdb::Relation::Create;
  using duckdb::Relation::CreateView;
  using duckdb::Relation::WriteCSV;
  using duckdb::Relation::WriteParquet;
  using duckdb::Relation::Update;
  using duckdb::Relation::Delete;
};
struct proof5 : duckdb::BaseAppender {
  using duckdb::BaseAppender::Flush;
  using duckdb::BaseAppender::Close;
  using duckdb::BaseAppender::AddColumn;
  using duckdb::BaseAppender::ClearColumns;
};
void in_memory(duckdb::MaterializedQueryResult &all) {
  all.Fetch();
  all.FetchRaw();
}
struct proof6 : duckdb::StreamQueryResult {
  using duckdb::StreamQueryResult::WaitForTask;
  using duckdb::StreamQueryResult::ExecuteTask;
  using duckdb::StreamQueryResult::Materialize;
};
void makes(duckdb::Appender &a, duckdb::QueryAppender &b) { duckdb::DuckDB db; }
//--- duckdb.h
#pragma once
extern "C" {
int duckdb_open(void *);
int duckdb_open_ext(void *);
int duckdb_get_or_create_from_cache(void *, const char *);
int duckdb_close(void *);
int duckdb_query(void *);
int duckdb_query_arrow(void *);
int duckdb_execute_prepared(void *);
int duckdb_execute_prepared_streaming(void *);
int duckdb_execute_prepared_arrow(void *);
int duckdb_execute_pending(void *);
int duckdb_pending_execute_task(void *);
int duckdb_execute_tasks(void *);
int duckdb_execute_n_tasks_state(void *);
int duckdb_execute_tasks_state(void *);
int duckdb_prepare(void *);
int duckdb_prepare_extracted_statement(void *);
int duckdb_stream_fetch_chunk(void *);
int duckdb_appender_flush(void *);
int duckdb_appender_close(void *);
int duckdb_appender_destroy(void *);
}
//--- duckdb.hpp
#pragma once
namespace duckdb {
class DuckDB {
public:
  explicit DuckDB(const char *path = nullptr);
};
class Connection {
public:
  void Query();
  void SendQuery();
  void Commit();
  void Rollback();
  void Append();
  void Prepare();
  void TableInfo();
};
class PreparedStatement {
public:
  void Execute();
};
class PendingQueryResult {
public:
  void Execute();
  void ExecuteTask();
  void WaitForTask();
};
class QueryResult {
public:
  void Fetch();
  void FetchRaw();
  void TryFetch();
};
class Relation {
public:
  void Execute();
  void ExecuteOrThrow();
  void Query();
  void Explain();
  void Print();
  void Head();
  void Insert();
  void Create();
  void CreateView();
  void WriteCSV();
  void WriteParquet();
  void Update();
  void Delete();
};
class BaseAppender {
public:
  void Flush();
  void Close();
  void AddColumn();
  void ClearColumns();
};
class MaterializedQueryResult : public QueryResult {};
class StreamQueryResult : public QueryResult {
public:
  void WaitForTask();
  void ExecuteTask();
  void Materialize();
};
class Appender : public BaseAppender {
public:
  ~Appender();
};
class QueryAppender : public BaseAppender {
public:
  ~QueryAppender();
};
} // namespace duckdb
