// Every name of libmdbx.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=libmdbx.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libmdbx.yaml are proven

//--- use.cpp
#include <mdbx.h>
#include <mdbx.h++>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(mdbx_env_open, mdbx_env_openW, mdbx_env_open_for_recovery, mdbx_env_close,
      mdbx_env_close_ex, mdbx_env_delete, mdbx_env_turn_for_recovery, mdbx_preopen_snapinfo,
      mdbx_env_copy, mdbx_env_copyW, mdbx_env_copy2fd, mdbx_txn_copy2pathname, mdbx_txn_copy2fd,
      mdbx_env_defrag, mdbx_env_chk, mdbx_env_warmup, mdbx_env_set_geometry, mdbx_env_sync,
      mdbx_env_sync_ex, mdbx_env_sync_poll, mdbx_txn_begin, mdbx_txn_begin_ex, mdbx_txn_lock,
      mdbx_txn_commit, mdbx_txn_commit_ex, mdbx_txn_commit_embark_read, mdbx_txn_checkpoint,
      mdbx_dbi_open, mdbx_dbi_open2, mdbx_dbi_open_ex, mdbx_dbi_open_ex2, mdbx_drop,
      mdbx_dbi_rename, mdbx_dbi_rename2, mdbx_enumerate_tables, mdbx_get, mdbx_get_ex,
      mdbx_get_equal_or_great, mdbx_cache_get, mdbx_cursor_get, mdbx_cursor_get_batch,
      mdbx_cursor_scan, mdbx_cursor_scan_from, mdbx_cursor_scroll, mdbx_cursor_distance,
      mdbx_cursor_distribute, mdbx_cursor_count, mdbx_cursor_count_ex, mdbx_estimate_distance,
      mdbx_estimate_move, mdbx_estimate_range, mdbx_put, mdbx_del, mdbx_replace, mdbx_replace_ex,
      mdbx_cursor_put, mdbx_cursor_del, mdbx_cursor_delete_range, mdbx_cursor_bunch_delete,
      mdbx_reader_check);
}
struct proof0 : mdbx::env {
  using mdbx::env::copy;
  using mdbx::env::set_geometry;
  using mdbx::env::sync_to_disk;
  using mdbx::env::start_write;
};
struct proof1 : mdbx::txn {
  using mdbx::txn::open_map;
  using mdbx::txn::open_map_accede;
  using mdbx::txn::create_map;
  using mdbx::txn::drop_map;
  using mdbx::txn::clear_map;
  using mdbx::txn::rename_map;
  using mdbx::txn::get;
  using mdbx::txn::get_equal_or_great;
  using mdbx::txn::estimate;
  using mdbx::txn::estimate_from_first;
  using mdbx::txn::estimate_to_last;
  using mdbx::txn::put;
  using mdbx::txn::insert;
  using mdbx::txn::try_insert;
  using mdbx::txn::insert_reserve;
  using mdbx::txn::try_insert_reserve;
  using mdbx::txn::upsert;
  using mdbx::txn::upsert_reserve;
  using mdbx::txn::update;
  using mdbx::txn::try_update;
  using mdbx::txn::update_reserve;
  using mdbx::txn::try_update_reserve;
  using mdbx::txn::erase;
  using mdbx::txn::replace;
  using mdbx::txn::append;
  using mdbx::txn::put_multiple_samelength;
};
struct proof2 : mdbx::txn_managed {
  using mdbx::txn_managed::commit;
  using mdbx::txn_managed::commit_embark_read;
};
struct proof3 : mdbx::cursor {
  using mdbx::cursor::move;
  using mdbx::cursor::to_first;
  using mdbx::cursor::to_last;
  using mdbx::cursor::to_next;
  using mdbx::cursor::to_previous;
  using mdbx::cursor::to_current_first_multi;
  using mdbx::cursor::to_current_last_multi;
  using mdbx::cursor::to_current_next_multi;
  using mdbx::cursor::to_current_prev_multi;
  using mdbx::cursor::to_next_first_multi;
  using mdbx::cursor::to_previous_last_multi;
  using mdbx::cursor::seek;
  using mdbx::cursor::find;
  using mdbx::cursor::lower_bound;
  using mdbx::cursor::upper_bound;
  using mdbx::cursor::find_multivalue;
  using mdbx::cursor::lower_bound_multivalue;
  using mdbx::cursor::upper_bound_multivalue;
  using mdbx::cursor::get_multiple_samelength;
  using mdbx::cursor::next_multiple_samelength;
  using mdbx::cursor::count_multivalue;
  using mdbx::cursor::scroll;
  using mdbx::cursor::current;
  using mdbx::cursor::put;
  using mdbx::cursor::insert;
  using mdbx::cursor::try_insert;
  using mdbx::cursor::insert_reserve;
  using mdbx::cursor::try_insert_reserve;
  using mdbx::cursor::upsert;
  using mdbx::cursor::upsert_reserve;
  using mdbx::cursor::update;
  using mdbx::cursor::try_update;
  using mdbx::cursor::update_reserve;
  using mdbx::cursor::try_update_reserve;
  using mdbx::cursor::erase;
};
struct proof4 : mdbx::env_managed {
  using mdbx::env_managed::close;
};
void makes() { mdbx::env_managed env("path", 1); }
//--- mdbx.h
#pragma once
struct MDBX_env;
struct MDBX_txn;
extern "C" {
int mdbx_env_open(MDBX_env *);
int mdbx_env_openW(MDBX_env *);
int mdbx_env_open_for_recovery(MDBX_env *);
int mdbx_env_close(MDBX_env *);
int mdbx_env_close_ex(MDBX_env *);
int mdbx_env_delete(MDBX_env *);
int mdbx_env_turn_for_recovery(MDBX_env *);
int mdbx_preopen_snapinfo(MDBX_env *);
int mdbx_env_copy(MDBX_env *);
int mdbx_env_copyW(MDBX_env *);
int mdbx_env_copy2fd(MDBX_env *);
int mdbx_txn_copy2pathname(MDBX_env *);
int mdbx_txn_copy2fd(MDBX_env *);
int mdbx_env_defrag(MDBX_env *);
int mdbx_env_chk(MDBX_env *);
int mdbx_env_warmup(MDBX_env *);
int mdbx_env_set_geometry(MDBX_env *);
int mdbx_env_sync(MDBX_env *);
int mdbx_env_sync_ex(MDBX_env *);
int mdbx_env_sync_poll(MDBX_env *);
int mdbx_txn_begin(MDBX_env *, MDBX_txn *, int, MDBX_txn **);
int mdbx_txn_begin_ex(MDBX_env *, MDBX_txn *, int, MDBX_txn **);
int mdbx_txn_lock(MDBX_env *, bool);
int mdbx_txn_commit(MDBX_env *);
int mdbx_txn_commit_ex(MDBX_env *);
int mdbx_txn_commit_embark_read(MDBX_env *);
int mdbx_txn_checkpoint(MDBX_env *);
int mdbx_dbi_open(MDBX_env *);
int mdbx_dbi_open2(MDBX_env *);
int mdbx_dbi_open_ex(MDBX_env *);
int mdbx_dbi_open_ex2(MDBX_env *);
int mdbx_drop(MDBX_env *);
int mdbx_dbi_rename(MDBX_env *);
int mdbx_dbi_rename2(MDBX_env *);
int mdbx_enumerate_tables(MDBX_env *);
int mdbx_get(MDBX_env *);
int mdbx_get_ex(MDBX_env *);
int mdbx_get_equal_or_great(MDBX_env *);
int mdbx_cache_get(MDBX_env *);
int mdbx_cursor_get(MDBX_env *);
int mdbx_cursor_get_batch(MDBX_env *);
int mdbx_cursor_scan(MDBX_env *);
int mdbx_cursor_scan_from(MDBX_env *);
int mdbx_cursor_scroll(MDBX_env *);
int mdbx_cursor_distance(MDBX_env *);
int mdbx_cursor_distribute(MDBX_env *);
int mdbx_cursor_count(MDBX_env *);
int mdbx_cursor_count_ex(MDBX_env *);
int mdbx_estimate_distance(MDBX_env *);
int mdbx_estimate_move(MDBX_env *);
int mdbx_estimate_range(MDBX_env *);
int mdbx_put(MDBX_env *);
int mdbx_del(MDBX_env *);
int mdbx_replace(MDBX_env *);
int mdbx_replace_ex(MDBX_env *);
int mdbx_cursor_put(MDBX_env *);
int mdbx_cursor_del(MDBX_env *);
int mdbx_cursor_delete_range(MDBX_env *);
int mdbx_cursor_bunch_delete(MDBX_env *);
int mdbx_reader_check(MDBX_env *);
}
//--- mdbx.h++
#pragma once
namespace mdbx {
class txn_managed;
class txn {
public:
  void open_map();
  void open_map_accede();
  void create_map();
  void drop_map();
  void clear_map();
  void rename_map();
  void get();
  void get_equal_or_great();
  void estimate();
  void estimate_from_first();
  void estimate_to_last();
  void put();
  void insert();
  void try_insert();
  void insert_reserve();
  void try_insert_reserve();
  void upsert();
  void upsert_reserve();
  void update();
  void try_update();
  void update_reserve();
  void try_update_reserve();
  void erase();
  void replace();
  void append();
  void put_multiple_samelength();
};
class cursor {
public:
  void move();
  void to_first();
  void to_last();
  void to_next();
  void to_previous();
  void to_current_first_multi();
  void to_current_last_multi();
  void to_current_next_multi();
  void to_current_prev_multi();
  void to_next_first_multi();
  void to_previous_last_multi();
  void seek();
  void find();
  void lower_bound();
  void upper_bound();
  void find_multivalue();
  void lower_bound_multivalue();
  void upper_bound_multivalue();
  void get_multiple_samelength();
  void next_multiple_samelength();
  void count_multivalue();
  void scroll();
  void current();
  void put();
  void insert();
  void try_insert();
  void insert_reserve();
  void try_insert_reserve();
  void upsert();
  void upsert_reserve();
  void update();
  void try_update();
  void update_reserve();
  void try_update_reserve();
  void erase();
};
class env {
public:
  void copy();
  void set_geometry(int);
  bool sync_to_disk(bool force = true, bool nonblock = false);
  txn_managed start_write(txn &parent);
  txn_managed start_write(bool dont_wait = false);
};
class env_managed : public env {
public:
  env_managed() noexcept;
  env_managed(const char *pathname, int parameters, bool accede = true);
  void close(bool dont_sync = false);
  virtual ~env_managed() noexcept;
};
class txn_managed : public txn {
public:
  void commit();
  void commit_embark_read();
};
} // namespace mdbx
