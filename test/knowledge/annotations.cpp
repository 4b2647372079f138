// Each annotation, on a declaration, a definition, a template or an override, and Clang's own words
// for the same.
// RUN: corolint-knowledge-dump --unshipped --lines --reasons %s -- -std=c++20 -w -I%include \
// RUN:   | %FileCheck %s --match-full-lines --implicit-check-not='{{.*}}annotations.cpp{{.*}}'
#include <corolint/annotations.h>

CORO_BLOCKING("use 'co_await async_load()'") int load();
CORO_NONBLOCKING int cached();
CORO_STARTS_LOOP void run();
CORO_LOOP_THREAD void callback();
CORO_RESUMES_ON_WORKER int to_worker();
CORO_RESUMES_ON_LOOP int to_loop();
CORO_MAY_DISCARD int log();
CORO_ALLOW_BLOCKING("64 bytes, once") void once();
CORO_REPLACES("load", "::lib::file::read") CORO_REPLACES("other") int async_load();
void offload(int first, CORO_OFFLOADS void (*f)());
void store(CORO_STORES void (*f)(), int, CORO_STORES void *data);
void consume(CORO_CONSUMES_TASK int task);
CORO_PAUSES int sleep_a_while();
CORO_GATHERS int all();

void functions() {
  // CHECK: [[@LINE+1]]: annotations.cpp:7: load: blocks thread; it is annotated as blocking; instead, use 'co_await async_load()' [annotated at {{.*}}annotations.cpp:7]
  load();
  // CHECK: [[@LINE+1]]: annotations.cpp:8: cached: nonblocking; it is annotated as non-blocking [annotated at {{.*}}annotations.cpp:8]
  cached();
  // CHECK: [[@LINE+1]]: annotations.cpp:9: run: runs-loop; it is annotated as running an event loop [annotated at {{.*}}annotations.cpp:9]
  run();
  // CHECK: [[@LINE+1]]: annotations.cpp:10: callback: loop-thread; {{.*}}
  callback();
  // CHECK: [[@LINE+1]]: annotations.cpp:11: to_worker: hops-to-worker; {{.*}}
  to_worker();
  // CHECK: [[@LINE+1]]: annotations.cpp:12: to_loop: hops-to-loop; {{.*}}
  to_loop();
  // CHECK: [[@LINE+1]]: annotations.cpp:13: log: discardable; {{.*}}
  log();
  // CHECK: [[@LINE+1]]: annotations.cpp:14: once: allow-inside; it 64 bytes, once [annotated at {{.*}}annotations.cpp:14]
  once();
  // CHECK: [[@LINE+3]]: annotations.cpp:15: async_load: replaces load; it is annotated as the awaitable form of 'load' [annotated at {{.*}}annotations.cpp:15]
  // CHECK: [[@LINE+2]]: annotations.cpp:15: async_load: replaces lib::file::read; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:15: async_load: replaces other; {{.*}}
  async_load();
  // CHECK: [[@LINE+1]]: annotations.cpp:16: offload: offloads {1}; {{.*}}
  offload(1, nullptr);
  // CHECK: [[@LINE+1]]: annotations.cpp:17: store: stores {0} {2}; {{.*}}
  store(nullptr, 1, nullptr);
  // CHECK: [[@LINE+1]]: annotations.cpp:18: consume: consumes {0}; {{.*}}
  consume(1);
  // CHECK: [[@LINE+1]]: annotations.cpp:19: sleep_a_while: pauses; {{.*}}
  sleep_a_while();
  // CHECK: [[@LINE+1]]: annotations.cpp:20: all: gathers; {{.*}}
  all();
}

struct CORO_TASK pending {};
struct CORO_MAY_DISCARD droppable {};
struct CORO_SCOPE group {};
struct CORO_ASYNC_LOCK guard {};
struct CORO_CANCELLATION stopped {};
struct CORO_PINNED stays {};
struct CORO_NO_SUSPEND("it holds the interpreter lock") gil {};
struct CORO_NO_YIELD("is undone") undone {};
struct CORO_CONTEXT("carries the deadline") deadline {};
struct CORO_RESUMES_ON_WORKER worker_hop {};
struct CORO_RESUMES_ON_LOOP loop_hop {};
template <typename T> struct CORO_TASK CORO_MAY_DISCARD templated {};
template <> struct templated<char> {};
struct derived : pending {};
struct CORO_REPLACES("lib::file::file") opening {
  explicit opening(int);
};

void types() {
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: pending: type lazy; it is annotated as task [annotated at {{.*}}]
  pending a;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: droppable: type may-discard; it is annotated as may-discard [annotated at {{.*}}]
  droppable b;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: group: type scope; it is annotated as scope [annotated at {{.*}}]
  group c;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: guard: type async-lock; it is annotated as async-lock [annotated at {{.*}}]
  guard d;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: stopped: type cancellation; it is annotated as cancellation [annotated at {{.*}}]
  stopped j2;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: stays: type pinned; it is annotated as pinned [annotated at {{.*}}]
  stays s;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: gil: type no-suspend; it it holds the interpreter lock [annotated at {{.*}}]
  gil e;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: undone: type no-yield; it is undone [annotated at {{.*}}]
  undone u;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: deadline: type context; it carries the deadline [annotated at {{.*}}]
  deadline v;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: worker_hop: type hops-to-worker; {{.*}}
  worker_hop f;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: loop_hop: type hops-to-loop; {{.*}}
  loop_hop g;
  // CHECK: [[@LINE+2]]: annotations.cpp:[[#]]: templated: type lazy; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: templated: type may-discard; {{.*}}
  templated<int> h;
  // A specialisation answers for its template.
  // CHECK: [[@LINE+2]]: annotations.cpp:[[#]]: templated: type lazy; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: templated: type may-discard; {{.*}}
  templated<char> i;
  // A class stands for its constructors.
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: opening::opening: replaces lib::file::file; {{.*}}
  opening o(1);
  // What a base is, a derived class need not be.
  derived j;
}

// An annotation on any declaration counts, before it or after it.
void late();
void early();
CORO_NONBLOCKING void late();
CORO_NONBLOCKING void early();
void early();
void late_parameter(void *p);
void late_parameter(CORO_STORES void *p);

template <typename T> CORO_BLOCKING("x") void generic(CORO_OFFLOADS T f);
template <> void generic(char);
template <typename T> struct holder {
  CORO_BLOCKING("y") void member();
  template <typename U> CORO_NONBLOCKING void nested(U);
  CORO_STARTS_LOOP ~holder();
};

struct base {
  CORO_BLOCKING("z") virtual void wait();
  CORO_BLOCKING("z") virtual void poll();
  CORO_BLOCKING("z") virtual void read();
};
struct implementation : base {
  void wait() override;
  CORO_NONBLOCKING void poll() override;
  // What it replaces says nothing of what it does: that the base knows.
  CORO_REPLACES("x") void read() override;
};

void declarations(implementation &i) {
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: late: nonblocking; {{.*}}
  late();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: early: nonblocking; {{.*}}
  early();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: late_parameter: stores {0}; {{.*}}
  late_parameter(nullptr);
  // CHECK: [[@LINE+2]]: annotations.cpp:[[#]]: generic: blocks thread; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: generic: offloads {0}; {{.*}}
  generic(1);
  // CHECK: [[@LINE+2]]: annotations.cpp:[[#]]: generic: blocks thread; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: generic: offloads {0}; {{.*}}
  generic('x');
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: holder::~holder: runs-loop; {{.*}}
  holder<int> h;
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: holder::member: blocks thread; {{.*}}
  h.member();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: holder::nested: nonblocking; {{.*}}
  h.nested(1);
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: base::wait: blocks thread; {{.*}}
  i.wait();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: implementation::poll: nonblocking; {{.*}}
  i.poll();
  // CHECK: [[@LINE+2]]: annotations.cpp:[[#]]: implementation::read: replaces x; {{.*}}
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: base::read: blocks thread; {{.*}}
  i.read();
}

void blocks() [[clang::blocking]];
void realtime() [[clang::nonblocking]];
void realtime_unless() [[clang::nonblocking(false)]];
void allocates_nothing() [[clang::nonallocating]];
CORO_BLOCKING("w") void ours_wins() [[clang::nonblocking]];

void effects() {
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: blocks: blocks thread; it is declared {{..}}clang::blocking{{..}} [annotated at {{.*}}]
  blocks();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: realtime: nonblocking; it is declared {{..}}clang::nonblocking{{..}} [annotated at {{.*}}]
  realtime();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: realtime_unless: blocks thread; {{.*}}
  realtime_unless();
  allocates_nothing();
  // CHECK: [[@LINE+1]]: annotations.cpp:[[#]]: ours_wins: blocks thread; it is annotated as blocking; instead, w {{.*}}
  ours_wins();
}
