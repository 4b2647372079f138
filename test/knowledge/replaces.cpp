// What a function that replaces another waits for, is what that one is known to wait for.
// RUN: corolint-knowledge-dump --lines %s -- -std=c++20 -w -I%include \
// RUN:   | %FileCheck %s --match-full-lines --implicit-check-not={{.*}}replaces.cpp{{.*}}
#include <corolint/annotations.h>

CORO_REPLACES("std::this_thread::sleep_for", "nanosleep") int sleep_for(int);
CORO_REPLACES("getaddrinfo") int resolve();
CORO_REPLACES("lib::unknown") int other();
struct CORO_REPLACES("usleep") sleeping {
  explicit sleeping(int);
};
template <typename T> struct timer {
  CORO_REPLACES("sleep") int wait(T);
};
int unannotated();

void ask(timer<int> &t) {
  // CHECK: [[@LINE+2]]: replaces.cpp:6: sleep_for: replaces std::this_thread::sleep_for of sleep
  // CHECK: [[@LINE+1]]: replaces.cpp:6: sleep_for: replaces nanosleep of sleep
  sleep_for(1);
  // CHECK: [[@LINE+1]]: replaces.cpp:7: resolve: replaces getaddrinfo of dns
  resolve();
  // CHECK: [[@LINE+1]]: replaces.cpp:8: other: replaces lib::unknown
  other();
  // CHECK: [[@LINE+1]]: replaces.cpp:9: sleeping::sleeping: replaces usleep of sleep
  sleeping s(1);
  // CHECK: [[@LINE+1]]: replaces.cpp:13: timer::wait: replaces sleep of sleep
  t.wait(1);
  unannotated();
}
