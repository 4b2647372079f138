// Every name of sqlitecpp.yaml, looked up on what SQLiteCpp's headers declare.
// REQUIRES: sqlitecpp
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump %s -- -std=c++20 -DNEWER > %t.newer
// RUN: corolint-knowledge-dump --missing=sqlitecpp.yaml %t %t.newer | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of sqlitecpp.yaml are proven

#ifdef NEWER
// What came after the version of Debian 12.
namespace SQLite {
struct Transaction {
  void rollback();
};
struct Savepoint {
  void rollbackTo();
};
} // namespace SQLite
void newer(SQLite::Transaction t, SQLite::Savepoint s) {
  t.rollback();
  s.rollbackTo();
}
#else
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Savepoint.h>
#include <SQLiteCpp/ExecuteMany.h>

struct proof0 : SQLite::Database {
  using SQLite::Database::exec;
  using SQLite::Database::tryExec;
  using SQLite::Database::execAndGet;
  using SQLite::Database::tableExists;
  using SQLite::Database::backup;
  using SQLite::Database::loadExtension;
  using SQLite::Database::isUnencrypted;
  using SQLite::Database::getHeaderInfo;
  using SQLite::Database::key;
  using SQLite::Database::rekey;
};
struct proof1 : SQLite::Statement {
  using SQLite::Statement::executeStep;
  using SQLite::Statement::tryExecuteStep;
  using SQLite::Statement::exec;
};
struct proof2 : SQLite::Transaction {
  using SQLite::Transaction::commit;
};
struct proof3 : SQLite::Savepoint {
  using SQLite::Savepoint::release;
  using SQLite::Savepoint::rollback;
};
struct proof4 : SQLite::Backup {
  using SQLite::Backup::executeStep;
};
void makes() {
  SQLite::Database db("name");
  SQLite::Statement statement(db, "sql");
  SQLite::Transaction transaction(db);
  SQLite::Savepoint savepoint(db, "name");
  SQLite::execute_many(db, "sql", 1);
}
#endif
