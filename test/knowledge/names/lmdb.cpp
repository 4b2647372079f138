// Every name of lmdb.yaml, looked up on what LMDB's headers declare.
// REQUIRES: lmdb
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=lmdb.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of lmdb.yaml are proven

#include <lmdb.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(mdb_env_open, mdb_env_close, mdb_env_copy, mdb_env_copy2, mdb_env_copyfd, mdb_env_copyfd2,
      mdb_env_sync, mdb_txn_begin, mdb_txn_commit, mdb_dbi_open, mdb_drop, mdb_get,
      mdb_cursor_get, mdb_cursor_count, mdb_put, mdb_del, mdb_cursor_put, mdb_cursor_del,
      mdb_reader_check);
}
