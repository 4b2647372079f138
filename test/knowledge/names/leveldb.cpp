// Every name of leveldb.yaml, looked up on what LevelDB's headers declare.
// REQUIRES: leveldb
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=leveldb.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of leveldb.yaml are proven

#include <leveldb/c.h>
#include <leveldb/db.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(leveldb_open, leveldb_close, leveldb_destroy_db, leveldb_repair_db, leveldb_put,
      leveldb_delete, leveldb_write, leveldb_get, leveldb_compact_range, leveldb_iter_seek,
      leveldb_iter_seek_to_first, leveldb_iter_seek_to_last, leveldb_iter_next,
      leveldb_iter_prev);
}
using leveldb::DestroyDB;
using leveldb::RepairDB;
void ends(leveldb::DB &db) {}
struct proof0 : leveldb::DB {
  using leveldb::DB::Open;
  using leveldb::DB::Put;
  using leveldb::DB::Delete;
  using leveldb::DB::Write;
  using leveldb::DB::Get;
  using leveldb::DB::CompactRange;
};
struct proof1 : leveldb::Iterator {
  using leveldb::Iterator::Seek;
  using leveldb::Iterator::SeekToFirst;
  using leveldb::Iterator::SeekToLast;
  using leveldb::Iterator::Next;
  using leveldb::Iterator::Prev;
};
