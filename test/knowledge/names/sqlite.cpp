// Every name of sqlite.yaml, looked up on what SQLite's headers declare.
// REQUIRES: sqlite
// RUN: corolint-knowledge-dump %s -- -std=c++20 > %t
// RUN: corolint-knowledge-dump --missing=sqlite.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of sqlite.yaml are proven

#include <sqlite3.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(sqlite3_open, sqlite3_open16, sqlite3_open_v2, sqlite3_close, sqlite3_close_v2,
      sqlite3_exec, sqlite3_get_table, sqlite3_step, sqlite3_prepare, sqlite3_prepare_v2,
      sqlite3_prepare_v3, sqlite3_prepare16, sqlite3_prepare16_v2, sqlite3_prepare16_v3,
      sqlite3_table_column_metadata, sqlite3_blob_open, sqlite3_blob_reopen, sqlite3_blob_read,
      sqlite3_blob_write, sqlite3_backup_step, sqlite3_backup_finish, sqlite3_wal_checkpoint,
      sqlite3_wal_checkpoint_v2, sqlite3_db_cacheflush, sqlite3_load_extension, sqlite3_sleep);
}
