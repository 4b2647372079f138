// The annotations in C: no warning in any dialect, and each arrives where it is written.
//
// RUN: %clang -std=c99 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clang -std=c11 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clang -std=c17 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %clang -std=c23 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s
// RUN: %if gxx %{ %gcc -std=c99 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if gxx %{ %gcc -std=c11 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if gxx %{ %gcc -std=c17 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if gxx %{ %gcc -std=c2x -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
//
// RUN: %clang -std=c11 -fsyntax-only -I%include -Xclang -ast-dump %s | %FileCheck %s
// RUN: %clang -std=c23 -fsyntax-only -I%include -Xclang -ast-dump %s | %FileCheck %s
//
// Switched off, nothing is left of them; nor when code is optimized and nobody reads them.
// RUN: %clang -std=c11 -fsyntax-only -I%include -DCOROLINT_NO_ANNOTATIONS -Xclang -ast-dump %s | %FileCheck --check-prefix=OFF %s
// RUN: %clang -std=c11 -fsyntax-only -I%include -O2 -Xclang -ast-dump %s | %FileCheck --check-prefix=OFF %s
// RUN: %clang -std=c11 -fsyntax-only -I%include -O2 -D__clang_analyzer__ -Xclang -ast-dump %s | %FileCheck %s
// OFF-NOT: AnnotateAttr
// OFF: FunctionDecl {{.*}} main
// OFF-NOT: AnnotateAttr
//
// An older Clang takes them as well.
// RUN: %if clang-19 %{ clang-19 -std=c11 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}
// RUN: %if clang-14 %{ clang-14 -std=c11 -fsyntax-only -I%include -Wall -Wextra -Werror -pedantic %s %}

#include <corolint/annotations.h>

// CHECK-LABEL: FunctionDecl {{.*}} read_all 'int (int)'
// CHECK: AnnotateAttr {{.*}} "corolint::blocking"
// CHECK-NEXT: ConstantExpr
// CHECK-NEXT: value: LValue
// CHECK: StringLiteral {{.*}} "use uv_fs_read"
CORO_BLOCKING("use uv_fs_read") int read_all(int fd);

// CHECK-LABEL: FunctionDecl {{.*}} cached
// CHECK: AnnotateAttr {{.*}} "corolint::nonblocking"
CORO_NONBLOCKING static int cached(void) { return 1; }

// CHECK-LABEL: FunctionDecl {{.*}} run
// CHECK: AnnotateAttr {{.*}} "corolint::starts-loop"
extern CORO_STARTS_LOOP int run(void);

// CHECK-LABEL: FunctionDecl {{.*}} on_timer
// CHECK: AnnotateAttr {{.*}} "corolint::loop-thread"
CORO_LOOP_THREAD void on_timer(void *timer);

// CHECK-LABEL: FunctionDecl {{.*}} queue_work
// CHECK: ParmVarDecl {{.*}} work
// CHECK-NEXT: AnnotateAttr {{.*}} "corolint::offloads"
// CHECK: ParmVarDecl {{.*}} after
// CHECK-NEXT: AnnotateAttr {{.*}} "corolint::stores"
void queue_work(CORO_OFFLOADS void (*work)(void *), CORO_STORES void (*after)(void *));

// CHECK-LABEL: FunctionDecl {{.*}} read_later
// CHECK: AnnotateAttr {{.*}} "corolint::replaces"
// CHECK: StringLiteral {{.*}} "read_all"
CORO_REPLACES("read_all") void *read_later(int fd);

// CHECK-LABEL: RecordDecl {{.*}} struct reply
// CHECK: AnnotateAttr {{.*}} "corolint::task"
struct CORO_TASK reply {
  int id;
};

// CHECK-LABEL: FunctionDecl {{.*}} boot
// CHECK: AnnotateAttr {{.*}} "corolint::allow-blocking"
// CHECK: StringLiteral {{.*}} "before the loop"
CORO_ALLOW_BLOCKING("before the loop") int boot(void);

// CHECK-LABEL: FunctionDecl {{.*}} main
int main(void) {
  // CHECK: AttributedStmt
  // CHECK-NEXT: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "a call"
  CORO_ALLOW_BLOCKING("a call") read_all(0);
  // CHECK: VarDecl {{.*}} n 'int'
  // CHECK: AnnotateAttr {{.*}} "corolint::allow-blocking"
  // CHECK: StringLiteral {{.*}} "a declaration"
  CORO_ALLOW_BLOCKING("a declaration") int n = read_all(0);
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a branch"
  CORO_ALLOW_BLOCKING("a branch") if (n) read_all(1);
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a block"
  // CHECK: CompoundStmt
  CORO_ALLOW_BLOCKING("a block") { read_all(n); }
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "an arm"
  if (n)
    CORO_ALLOW_BLOCKING("an arm") read_all(2);
  n++;
  // CHECK: AttributedStmt
  // CHECK: StringLiteral {{.*}} "a return"
  CORO_ALLOW_BLOCKING("a return") return read_all(0) + cached();
}
