// The caret stands below what is meant, whatever is before it: tabs, letters of several bytes, wide
// ones, and what is no text at all.
// RUN: rm -rf %t && mkdir -p %t && cp %s %t/a.cpp && printf '/* \351 */ task latin() { step(); co_return; }\r\n' >>%t/a.cpp
// RUN: cd %t && (%corolint a.cpp -- -std=c++20 -I %S/Inputs/project/include; echo "exit $?") >out 2>&1
// RUN: FileCheck %s --input-file=out --strict-whitespace --match-full-lines
#include "task.h"

task shown() {
	step();
  /* äöü */ step();
  /* 漢字 */ step();
  co_return;
}

//      CHECK:    9 |         step();
// CHECK-NEXT:      |         ^
// CHECK-NEXT:      |         co_await

//      CHECK:   10 |   /* äöü */ step();
// CHECK-NEXT:      |             ^
// CHECK-NEXT:      |             co_await

//      CHECK:   11 |   /* 漢字 */ step();
// CHECK-NEXT:      |              ^
// CHECK-NEXT:      |              co_await

//      CHECK:   29 | /* ? */ task latin() { step(); co_return; }
// CHECK-NEXT:      |                        ^
