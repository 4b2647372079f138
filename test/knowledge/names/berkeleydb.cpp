// Every name of berkeleydb.yaml, looked up on what Berkeley DB's headers declare.
// REQUIRES: berkeleydb
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=berkeleydb.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of berkeleydb.yaml are proven

#include <db_cxx.h>

struct proof0 : DbEnv {
  using DbEnv::open;
  using DbEnv::close;
  using DbEnv::remove;
  using DbEnv::failchk;
  using DbEnv::lsn_reset;
  using DbEnv::fileid_reset;
  using DbEnv::backup;
  using DbEnv::dbbackup;
  using DbEnv::dbremove;
  using DbEnv::dbrename;
  using DbEnv::txn_checkpoint;
  using DbEnv::log_flush;
  using DbEnv::memp_sync;
  using DbEnv::memp_trickle;
  using DbEnv::log_put;
  using DbEnv::log_archive;
  using DbEnv::txn_recover;
  using DbEnv::lock_get;
  using DbEnv::lock_vec;
  using DbEnv::mutex_lock;
  using DbEnv::cdsgroup_begin;
  using DbEnv::rep_elect;
  using DbEnv::rep_sync;
  using DbEnv::repmgr_start;
};
struct proof1 : Db {
  using Db::open;
  using Db::close;
  using Db::remove;
  using Db::rename;
  using Db::truncate;
  using Db::compact;
  using Db::sync;
  using Db::upgrade;
  using Db::verify;
  using Db::get;
  using Db::pget;
  using Db::exists;
  using Db::key_range;
  using Db::stat;
  using Db::put;
  using Db::del;
  using Db::associate;
};
struct proof2 : Dbc {
  using Dbc::get;
  using Dbc::pget;
  using Dbc::count;
  using Dbc::cmp;
  using Dbc::put;
  using Dbc::del;
};
void ends(DbTxn &t) {
  t.commit(0);
  t.prepare(nullptr);
  t.abort();
}
struct proof4 : DbLogc {
  using DbLogc::get;
};
struct proof5 : DbSequence {
  using DbSequence::open;
  using DbSequence::get;
  using DbSequence::remove;
};
