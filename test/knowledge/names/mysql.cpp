// Every name of mysql.yaml, looked up on declarations of the libraries' shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=mysql.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of mysql.yaml are proven

//--- use.cpp
#include <mysql.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(mysql_real_connect, mariadb_reconnect, mysql_query, mysql_real_query, mysql_read_query_result,
      mysql_store_result, mysql_fetch_row, mysql_free_result, mysql_next_result, mysql_commit,
      mysql_rollback, mysql_autocommit, mysql_ping, mysql_select_db, mysql_change_user,
      mysql_reset_connection, mysql_set_character_set, mysql_set_server_option, mysql_stat,
      mysql_kill, mysql_refresh, mysql_shutdown, mysql_dump_debug_info, mysql_list_dbs,
      mysql_list_tables, mysql_list_fields, mysql_list_processes, mysql_stmt_prepare,
      mysql_stmt_execute, mysql_stmt_store_result, mysql_stmt_reset, mysql_stmt_next_result,
      mariadb_stmt_execute_direct);
}

//--- mysql.h
#pragma once
typedef struct st_mysql MYSQL;
typedef struct st_mysql_res MYSQL_RES;
typedef char **MYSQL_ROW;
extern "C" {
MYSQL_RES *mysql_use_result(MYSQL *mysql);
MYSQL_ROW mysql_fetch_row(MYSQL_RES *result);
void mysql_free_result(MYSQL_RES *result);
void mysql_real_connect(...), mariadb_reconnect(...), mysql_query(...), mysql_real_query(...),
    mysql_read_query_result(...), mysql_store_result(...), mysql_next_result(...),
    mysql_commit(...), mysql_rollback(...), mysql_autocommit(...), mysql_ping(...),
    mysql_select_db(...), mysql_change_user(...), mysql_reset_connection(...),
    mysql_set_character_set(...), mysql_set_server_option(...), mysql_stat(...), mysql_kill(...),
    mysql_refresh(...), mysql_shutdown(...), mysql_dump_debug_info(...), mysql_list_dbs(...),
    mysql_list_tables(...), mysql_list_fields(...), mysql_list_processes(...),
    mysql_stmt_prepare(...), mysql_stmt_execute(...), mysql_stmt_store_result(...),
    mysql_stmt_reset(...), mysql_stmt_next_result(...), mariadb_stmt_execute_direct(...);
}
