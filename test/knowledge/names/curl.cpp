// Every name of curl.yaml, looked up on what curl's headers declare.
// REQUIRES: curl
// RUN: corolint-knowledge-dump %s -- -std=c++20 > %t
// RUN: corolint-knowledge-dump --missing=curl.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of curl.yaml are proven

#include <curl/curl.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(curl_easy_perform, curl_multi_wait, curl_multi_poll);
}
