// The body of a function in a system header is never looked into: what it does is knowledge, or
// nobody knows.
//
// RUN: %corolint dump --blocking %s -- -std=c++20 -I%S/Inputs | %FileCheck %s --check-prefixes=ALL,USER --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --blocking %s -- -std=c++20 -isystem %S/Inputs | %FileCheck %s --check-prefixes=ALL,LIB --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --blocking --system-bodies %s -- -std=c++20 -isystem %S/Inputs | %FileCheck %s --check-prefixes=ALL,LIB --match-full-lines --implicit-check-not={{.}}

#include <waits.h>

task<> calls(library_class &c) {
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_waits at BlockingSystem.cpp:[[@LINE+1]] > sleep at waits.h:{{.*}} [shipped posix.yaml]
  library_waits();
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_template_waits at BlockingSystem.cpp:[[@LINE+1]] > sleep at waits.h:{{.*}} [shipped posix.yaml]
  library_template_waits(1);
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_class::library_class at BlockingSystem.cpp:[[@LINE+1]] > sleep at waits.h:{{.*}} [shipped posix.yaml]
  library_class made;
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_class::wait at BlockingSystem.cpp:[[@LINE+1]] > sleep at waits.h:{{.*}} [shipped posix.yaml]
  c.wait();
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_class::run at BlockingSystem.cpp:[[@LINE+1]] > sleep at waits.h:{{.*}} [shipped posix.yaml]
  c.run();
  // Whether a system's template calls what it is given, and where, nobody knows but knowledge.
  // LIB: BlockingSystem.cpp:[[@LINE+2]]: calls: sleep?: sleep at BlockingSystem.cpp:[[@LINE+2]] [shipped posix.yaml]
  // USER: BlockingSystem.cpp:[[@LINE+1]]: calls: sleep: library_calls at BlockingSystem.cpp:[[@LINE+1]] > lambda at waits.h:{{.*}} > sleep at BlockingSystem.cpp:[[@LINE+1]] [shipped posix.yaml]
  library_calls([] { sleep(1); });
  co_await library_coroutine();
}

// A declaration of the system's that is known blocks all the same.
void helper() { sleep(1); }
task<> known() {
  // ALL: BlockingSystem.cpp:[[@LINE+1]]: known: sleep: sleep at BlockingSystem.cpp:[[@LINE+1]] [shipped posix.yaml]
  sleep(1);
  // ALL: BlockingSystem.cpp:[[@LINE+1]]: known: sleep: helper at BlockingSystem.cpp:[[@LINE+1]] > sleep at BlockingSystem.cpp:{{.*}} [shipped posix.yaml]
  helper();
  co_return;
}
