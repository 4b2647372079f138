// Every name of hiredis.yaml, looked up on what hiredis' headers declare.
// REQUIRES: hiredis
// RUN: corolint-knowledge-dump %s -- -std=c++20 > %t
// RUN: corolint-knowledge-dump --missing=hiredis.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of hiredis.yaml are proven

#include <hiredis/hiredis.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(redisConnect, redisConnectWithTimeout, redisConnectUnix, redisConnectUnixWithTimeout,
      redisReconnect, redisCommand, redisvCommand, redisCommandArgv, redisGetReply);
}
