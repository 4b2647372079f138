// An annotation that names nothing is said to whoever wrote it, in the command and in the plugin.
// RUN: not %corolint %s -- -std=c++20 -I%include 2>&1 | %FileCheck %s --implicit-check-not=names
// RUN: not %clang-tidy --quiet -checks=-*,coro-nested-loop %s -- -std=c++20 -I%include 2>&1 | %FileCheck %s --implicit-check-not=names
#include <corolint/annotations.h>

template <typename T> struct task {};

// CHECK-DAG: annotation-faults.cpp:[[@LINE+1]]: CORO_REPLACES("") names no function; a name is written as in "std::this_thread::sleep_for"
CORO_REPLACES("") task<int> empty();
// CHECK-DAG: annotation-faults.cpp:[[@LINE+2]]: CORO_REPLACES("sleep_for()") names no function
// CHECK-DAG: annotation-faults.cpp:[[@LINE+1]]: CORO_REPLACES("std::") names no function
CORO_REPLACES("good", "sleep_for()", "std::") task<int> call();
// What it is made of is said once, however often it is instantiated, and however often declared.
// CHECK-DAG: annotation-faults.cpp:[[@LINE+2]]: CORO_REPLACES("std::future<int>::get") names no function
template <typename T>
CORO_REPLACES("std::future<int>::get") task<T> generic(T);
template <typename T> task<T> generic(T);
task<int> i = generic(1);
task<char> c = generic('c');
// CHECK-DAG: annotation-faults.cpp:[[@LINE+1]]: CORO_REPLACES("co await") names no function
template <typename T> struct CORO_REPLACES("co await") awaitable {
  // CHECK-DAG: annotation-faults.cpp:[[@LINE+1]]: CORO_REPLACES("1st") names no function
  CORO_REPLACES("1st") task<T> member();
};
awaitable<int> a;

CORO_REPLACES("::sleep", "a::b::~b", "a::b::operator()", "a::operator<<", "std::future::get")
task<int> fine();
