// The annotations in C++: no warning in any dialect, and each arrives where it is written.
//
// RUN: %clangxx -std=c++11 -DNO_GENERIC -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clangxx -std=c++17 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clangxx -std=c++20 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clangxx -std=c++23 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %if gxx %{ %gxx -std=c++17 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if gxx %{ %gxx -std=c++20 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if gxx %{ %gxx -std=c++23 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
//
// RUN: %clangxx -std=c++17 -fsyntax-only -I%include -Xclang -ast-dump %s | %FileCheck %s
// RUN: %clangxx -std=c++20 -fsyntax-only -I%include -Xclang -ast-dump %s | %FileCheck %s
// RUN: %clangxx -std=c++23 -fsyntax-only -I%include -Xclang -ast-dump %s | %FileCheck %s
//
// An older Clang takes them as well.
// RUN: %if clang-19 %{ clang++-19 -std=c++20 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if clang-14 %{ clang++-14 -std=c++20 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}

#include <corolint/annotations.h>

struct CORO_TASK pending {
  // CHECK-LABEL: CXXRecordDecl {{.*}} struct pending definition
  // CHECK: AnnotateAttr {{.*}} "corolint::task"
  int id;
};

// CHECK-LABEL: FunctionDecl {{.*}} load
// CHECK: AnnotateAttr {{.*}} "corolint::blocking"
// CHECK: StringLiteral {{.*}} "use 'async_load'"
CORO_BLOCKING("use 'async_load'") int load(const char *path);

// CHECK-LABEL: FunctionDecl {{.*}} cached
// CHECK: AnnotateAttr {{.*}} "corolint::nonblocking"
CORO_NONBLOCKING inline int cached() { return 1; }

// CHECK-LABEL: FunctionTemplateDecl {{.*}} sync_wait
// CHECK: FunctionDecl {{.*}} sync_wait 'T (T)'
// CHECK: AnnotateAttr {{.*}} "corolint::starts-loop"
// CHECK: FunctionDecl {{.*}} sync_wait 'int (int)'
// CHECK: AnnotateAttr {{.*}} "corolint::starts-loop"
template <class T> CORO_STARTS_LOOP T sync_wait(T task) { return task; }
template int sync_wait<int>(int);

// CHECK-LABEL: FunctionDecl {{.*}} on_signal
// CHECK: AnnotateAttr {{.*}} "corolint::loop-thread"
extern "C" CORO_LOOP_THREAD void on_signal(int);

// CHECK-LABEL: FunctionTemplateDecl {{.*}} to_thread
// CHECK: ParmVarDecl {{.*}} f 'F &&'
// CHECK-NEXT: AnnotateAttr {{.*}} "corolint::offloads"
template <class F> pending to_thread(CORO_OFFLOADS F &&f);

// CHECK-LABEL: FunctionDecl {{.*}} spawn
// CHECK: ParmVarDecl {{.*}} t 'pending'
// CHECK-NEXT: AnnotateAttr {{.*}} "corolint::consumes-task"
// CHECK: ParmVarDecl {{.*}} borrowed 'const int &'
// CHECK-NEXT: AnnotateAttr {{.*}} "corolint::stores"
void spawn(CORO_CONSUMES_TASK pending t, CORO_STORES const int &borrowed);

// CHECK-LABEL: CXXRecordDecl {{.*}} struct worker_hop definition
// CHECK: AnnotateAttr {{.*}} "corolint::resumes-on-worker"
struct CORO_RESUMES_ON_WORKER worker_hop {};
// CHECK-LABEL: FunctionDecl {{.*}} to_worker
// CHECK: AnnotateAttr {{.*}} "corolint::resumes-on-worker"
CORO_RESUMES_ON_WORKER pending to_worker();
// CHECK-LABEL: CXXRecordDecl {{.*}} class loop_hop definition
// CHECK: AnnotateAttr {{.*}} "corolint::resumes-on-loop"
class CORO_RESUMES_ON_LOOP loop_hop {};
// CHECK-LABEL: FunctionDecl {{.*}} to_loop
// CHECK: AnnotateAttr {{.*}} "corolint::resumes-on-loop"
CORO_RESUMES_ON_LOOP pending to_loop();

// CHECK-LABEL: CXXRecordDecl {{.*}} class log_line definition
// CHECK: AnnotateAttr {{.*}} "corolint::may-discard"
class CORO_MAY_DISCARD log_line {};
// CHECK-LABEL: FunctionDecl {{.*}} async_load
// CHECK: AnnotateAttr {{.*}} "corolint::replaces"
// CHECK: StringLiteral {{.*}} "load"
// CHECK: StringLiteral {{.*}} "cached"
CORO_REPLACES("load", "cached") pending async_load(const char *path);
// CHECK-LABEL: CXXRecordDecl {{.*}} struct async_cached definition
// CHECK: AnnotateAttr {{.*}} "corolint::replaces"
struct CORO_REPLACES("cached") async_cached {};
// CHECK-LABEL: FunctionDecl {{.*}} log
// CHECK: AnnotateAttr {{.*}} "corolint::may-discard"
CORO_MAY_DISCARD pending log();

// CHECK-LABEL: ClassTemplateDecl {{.*}} task_group
// CHECK: CXXRecordDecl {{.*}} class task_group definition
// CHECK: AnnotateAttr {{.*}} "corolint::scope"
template <class T> class CORO_SCOPE task_group {};
// CHECK-LABEL: CXXRecordDecl {{.*}} class async_guard definition
// CHECK: AnnotateAttr {{.*}} "corolint::async-lock"
class CORO_ASYNC_LOCK async_guard final {};
// CHECK-LABEL: CXXRecordDecl {{.*}} class pinned_task definition
// CHECK: AnnotateAttr {{.*}} "corolint::pinned"
class CORO_PINNED pinned_task {};
// CHECK-LABEL: CXXRecordDecl {{.*}} class gil_guard definition
// CHECK: AnnotateAttr {{.*}} "corolint::no-suspend"
// CHECK: StringLiteral {{.*}} "it holds the interpreter lock"
class CORO_NO_SUSPEND("it holds the interpreter lock") gil_guard : log_line {};
// CHECK-LABEL: CXXRecordDecl {{.*}} class transaction definition
// CHECK: AnnotateAttr {{.*}} "corolint::no-yield"
// CHECK: StringLiteral {{.*}} "it is undone"
class CORO_NO_YIELD("it is undone") transaction {};
// CHECK-LABEL: CXXRecordDecl {{.*}} class request_context definition
// CHECK: AnnotateAttr {{.*}} "corolint::context"
// CHECK: StringLiteral {{.*}} "it carries the deadline"
class CORO_CONTEXT("it carries the deadline") request_context {};

// CHECK-LABEL: CXXRecordDecl {{.*}} struct client definition
struct client {
  // CHECK: CXXConstructorDecl {{.*}} client 'void (int)'
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "constructor"
  CORO_BLOCKING("constructor") explicit client(int);
  // CHECK: CXXConstructorDecl {{.*}} client 'void (char)'
  // CHECK: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "once"
  CORO_ALLOW_BLOCKING("once") explicit client(char);
  // CHECK: CXXDestructorDecl {{.*}} ~client
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "destructor"
  CORO_BLOCKING("destructor") virtual ~client();
  // CHECK: CXXMethodDecl {{.*}} open 'client *()' static
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "static"
  CORO_BLOCKING("static") static client *open();
  // CHECK: CXXMethodDecl {{.*}} send 'int (int) const noexcept' virtual
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "virtual"
  CORO_BLOCKING("virtual") virtual int send(int) const noexcept = 0;
  // CHECK: CXXMethodDecl {{.*}} operator() 'int (int)'
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "operator"
  CORO_BLOCKING("operator") int operator()(int);
  // CHECK: CXXConversionDecl {{.*}} operator int
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "conversion"
  CORO_BLOCKING("conversion") explicit operator int();
  // CHECK: FunctionDecl {{.*}} connect
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "friend"
  CORO_BLOCKING("friend") friend int connect(client &) { return 0; }
};

// After other specifiers and attributes as well.
// CHECK-LABEL: FunctionDecl {{.*}} mixed
// CHECK: AnnotateAttr {{.*}} "corolint::blocking"
// CHECK: AnnotateAttr {{.*}} "corolint::may-discard"
[[noreturn]] CORO_BLOCKING("mixed") CORO_MAY_DISCARD void mixed();

// CHECK-LABEL: FunctionDecl {{.*}} statements
void statements(int n) {
  // CHECK: AttributedStmt
  // CHECK-NEXT: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "a call"
  CORO_ALLOW_BLOCKING("a call") load("a");
  // CHECK: VarDecl {{.*}} v 'int'
  // CHECK: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "a declaration"
  CORO_ALLOW_BLOCKING("a declaration") auto v = load("b");
  // CHECK: VarDecl {{.*}} w 'const int'
  // CHECK: StringLiteral {{.*}} "a const declaration"
  CORO_ALLOW_BLOCKING("a const declaration") const auto w = load("b");
  // CHECK: AttributedStmt
  // CHECK-NEXT: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "a block"
  // CHECK: CompoundStmt
  CORO_ALLOW_BLOCKING("a block") {
    n += v + w;
    load("c");
  }
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a branch"
  // CHECK: IfStmt
  CORO_ALLOW_BLOCKING("a branch") if (n) load("d");
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a loop"
  // CHECK: WhileStmt
  CORO_ALLOW_BLOCKING("a loop")
  while (n--)
    load("e");
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "an assignment"
  CORO_ALLOW_BLOCKING("an assignment") n = load("f");

  // CHECK: LambdaExpr
  // CHECK: CXXMethodDecl {{.*}} operator() '{{.*}} const
  // CHECK: AnnotateAttr {{.*}} "corolint::blocking"
  // CHECK: StringLiteral {{.*}} "a lambda"
  auto lambda = [](int x) CORO_BLOCKING("a lambda") { return x; };
  // CHECK: LambdaExpr
  // CHECK: CXXMethodDecl {{.*}} operator() '{{.*}} const
  // CHECK: AnnotateAttr {{.*}} "corolint::nonblocking"
  auto returning = [](int x) CORO_NONBLOCKING -> int { return x; };
  lambda(returning(n));
#ifndef NO_GENERIC
  // CHECK: LambdaExpr
  // CHECK: ParmVarDecl {{.*}} f 'auto'
  // CHECK-NEXT: AnnotateAttr {{.*}} "corolint::offloads"
  auto generic = [](CORO_OFFLOADS auto f) { f(); };
  generic([] {});
#endif

  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a return"
  // CHECK: ReturnStmt
  CORO_ALLOW_BLOCKING("a return") return;
}
