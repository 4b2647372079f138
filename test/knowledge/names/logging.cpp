// Every name of logging.yaml, looked up in the headers that Debian packages.
// REQUIRES: spdlog
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DFMT_CONSTEVAL= > %t.answers
// RUN: corolint-knowledge-dump --missing=logging.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of logging.yaml are proven

#include <fmt/core.h>
#include <spdlog/spdlog.h>

void say(int n) {
  spdlog::info("n is {}", n);
  fmt::print("n is {}", n);
}
