// Every name of libpq.yaml, looked up on what libpq's headers declare.
// REQUIRES: libpq
// RUN: corolint-knowledge-dump %s -- -std=c++20 -I/usr/include/postgresql > %t
// RUN: corolint-knowledge-dump --missing=libpq.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libpq.yaml are proven

#include <libpq-fe.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(PQconnectdb, PQconnectdbParams, PQsetdbLogin, PQreset, PQping, PQpingParams, PQexec,
      PQexecParams, PQprepare, PQexecPrepared, PQdescribePrepared, PQdescribePortal, PQfn,
      PQgetCopyData, PQgetline, PQendcopy, PQcancel, PQrequestCancel, lo_open, lo_close, lo_read,
      lo_write, lo_lseek, lo_lseek64, lo_creat, lo_create, lo_tell, lo_tell64, lo_truncate,
      lo_truncate64, lo_unlink, lo_import, lo_import_with_oid, lo_export);
}
