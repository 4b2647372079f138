// Every name of odbc.yaml, looked up on declarations of unixODBC's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=odbc.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of odbc.yaml are proven

//--- use.cpp
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(SQLConnect, SQLDisconnect, SQLPrepare, SQLExecute, SQLExecDirect, SQLParamData, SQLFetch,
      SQLFetchScroll, SQLEndTran, SQLTransact, SQLTables, SQLColumns, SQLStatistics,
      SQLSpecialColumns, SQLGetTypeInfo);
  use(SQLDriverConnect, SQLBrowseConnect, SQLExtendedFetch, SQLMoreResults, SQLBulkOperations,
      SQLSetPos, SQLPrimaryKeys, SQLForeignKeys, SQLProcedures, SQLProcedureColumns,
      SQLTablePrivileges, SQLColumnPrivileges);
  use(SQLConnectW, SQLDriverConnectW, SQLBrowseConnectW, SQLPrepareW, SQLExecDirectW, SQLTablesW,
      SQLColumnsW, SQLStatisticsW, SQLSpecialColumnsW, SQLPrimaryKeysW, SQLForeignKeysW,
      SQLProceduresW, SQLProcedureColumnsW, SQLTablePrivilegesW, SQLColumnPrivilegesW);
}

//--- sql.h
#pragma once
extern "C" {
void SQLConnect(...), SQLDisconnect(...), SQLPrepare(...), SQLExecute(...), SQLExecDirect(...),
    SQLParamData(...), SQLFetch(...), SQLFetchScroll(...), SQLEndTran(...), SQLTransact(...),
    SQLTables(...), SQLColumns(...), SQLStatistics(...), SQLSpecialColumns(...),
    SQLGetTypeInfo(...);
}
//--- sqlext.h
#pragma once
extern "C" {
void SQLDriverConnect(...), SQLBrowseConnect(...), SQLExtendedFetch(...), SQLMoreResults(...),
    SQLBulkOperations(...), SQLSetPos(...), SQLPrimaryKeys(...), SQLForeignKeys(...),
    SQLProcedures(...), SQLProcedureColumns(...), SQLTablePrivileges(...), SQLColumnPrivileges(...);
}
//--- sqlucode.h
#pragma once
extern "C" {
void SQLConnectW(...), SQLDriverConnectW(...), SQLBrowseConnectW(...), SQLPrepareW(...),
    SQLExecDirectW(...), SQLTablesW(...), SQLColumnsW(...), SQLStatisticsW(...),
    SQLSpecialColumnsW(...), SQLPrimaryKeysW(...), SQLForeignKeysW(...), SQLProceduresW(...),
    SQLProcedureColumnsW(...), SQLTablePrivilegesW(...), SQLColumnPrivilegesW(...);
}
