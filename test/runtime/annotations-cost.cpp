// Annotated code is compiled to what it would be without annotations.
//
// RUN: %clangxx -std=c++20 -O2 -I%include -S -o %t.with.s %s
// RUN: %clangxx -std=c++20 -O2 -I%include -DCOROLINT_NO_ANNOTATIONS -S -o %t.without.s %s
// RUN: diff %t.with.s %t.without.s

#include <corolint/annotations.h>

int get(int);

template <class F>
CORO_BLOCKING("use another") static int run(CORO_OFFLOADS F f, CORO_STORES int n) {
  return f(n) + n;
}

struct CORO_TASK counter {
  CORO_MAY_DISCARD int next(CORO_STORES int n) { return n * step; }
  int step;
};

CORO_NONBLOCKING int use(CORO_STORES int n, CORO_CONSUMES_TASK counter *c) {
  CORO_ALLOW_BLOCKING("a declaration") int got = get(n);
  CORO_ALLOW_BLOCKING("a call") get(got);
  return got + c->next(n) + run([&](int x) CORO_NONBLOCKING { return x * n; }, got);
}
