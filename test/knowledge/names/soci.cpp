// Every name of soci.yaml, looked up on what SOCI's headers declare.
// REQUIRES: soci
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=soci.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of soci.yaml are proven

#include <soci/soci.h>

struct proof0 : soci::session {
  using soci::session::open;
  using soci::session::close;
  using soci::session::reconnect;
  using soci::session::begin;
  using soci::session::commit;
  using soci::session::rollback;
  using soci::session::get_next_sequence_value;
  using soci::session::get_last_insert_id;
  using soci::session::drop_table;
  using soci::session::truncate_table;
};
struct proof1 : soci::statement {
  using soci::statement::prepare;
  using soci::statement::execute;
  using soci::statement::fetch;
  using soci::statement::describe;
};
struct proof2 : soci::transaction {
  using soci::transaction::commit;
  using soci::transaction::rollback;
};
struct proof3 : soci::connection_pool {
  using soci::connection_pool::lease;
  using soci::connection_pool::try_lease;
};

void makes(soci::connection_pool &pool) {
  soci::session sql("backend", "connection");
  soci::session leased(pool);
  soci::transaction transaction(sql);
  sql << "select 1";
  sql.once << "select 1";
}
