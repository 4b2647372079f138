// What somebody says of a class wins over what its definition shows, an annotation over YAML.
//
// RUN: split-file %s %t
// RUN: cd %t && %corolint dump --types said.cpp -- -std=c++20 -I%include | %FileCheck said.cpp --match-full-lines --implicit-check-not={{.}}

//--- .corolint.yaml
types:
  - {name: "said::hidden_lazy", is: lazy}
  - {name: "said::hidden_eager", is: eager}
  - {name: "said::hidden_handle", is: handle}
  - {name: "said::hidden_awaiter", is: awaiter}
  - {name: "said::hidden_detached", is: detached}
  - {name: "said::hidden_generator", is: generator}
  - {name: "said::no_task", is: not-a-task, why: it is a fake}
  - {name: "said::dropped", is: may-discard, why: it is a log line}
  - {name: "said::hidden_of", is: lazy}
  - {name: "said::contradicted", is: eager}
  - {name: "said::group", is: scope, why: it joins}
  - {name: "said::guard", is: async-lock, why: its mutex suspends}

//--- lazy.h
#include <coroutine>

namespace said {
struct lazy {
  struct promise_type {
    lazy get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
} // namespace said

//--- said.cpp
#include "lazy.h"
#include <corolint/annotations.h>

namespace said {

class hidden_lazy;
// CHECK: said.cpp:[[@LINE+1]]: f1: lazy, awaitable; .corolint.yaml:2
hidden_lazy f1();
class hidden_eager {};
// CHECK: said.cpp:[[@LINE+1]]: f2: eager, awaitable; .corolint.yaml:3
hidden_eager f2();
class hidden_handle {};
// CHECK: said.cpp:[[@LINE+1]]: f3: handle, awaitable; .corolint.yaml:4
hidden_handle f3();
class hidden_awaiter {};
// CHECK: said.cpp:[[@LINE+1]]: f4: awaiter, awaitable; .corolint.yaml:5
hidden_awaiter f4();
class hidden_detached;
// CHECK: said.cpp:[[@LINE+1]]: f5: detached; .corolint.yaml:6
hidden_detached f5();
class hidden_generator;
// CHECK: said.cpp:[[@LINE+1]]: f6: generator; .corolint.yaml:7
hidden_generator f6();
struct no_task : lazy {};
// CHECK: said.cpp:[[@LINE+1]]: f7: none, awaitable; .corolint.yaml:8
no_task f7();
// It stays what it is: only dropping it is fine.
struct dropped : lazy {};
// CHECK: said.cpp:[[@LINE+1]]: f8: lazy, awaitable, may discard; 'initial_suspend' of 'said::lazy::promise_type' suspends
dropped f8();
// A name without arguments speaks for all specialisations.
template <class T> class hidden_of;
// CHECK: said.cpp:[[@LINE+1]]: f9: lazy, awaitable; .corolint.yaml:10
hidden_of<int> f9();
// CHECK: said.cpp:[[@LINE+1]]: f10: lazy, awaitable; .corolint.yaml:10
template <class T> hidden_of<T> f10();
class group {};
// CHECK: said.cpp:[[@LINE+1]]: f11: none, scope
group f11();
struct guard {};
// CHECK: said.cpp:[[@LINE+1]]: f12: none, async lock
guard f12();

class CORO_TASK annotated_task {};
// CHECK: said.cpp:[[@LINE+1]]: g1: lazy, awaitable; annotated at {{.*}}said.cpp:[[@LINE-1]]
annotated_task g1();
class CORO_TASK contradicted {};
// CHECK: said.cpp:[[@LINE+1]]: g2: lazy, awaitable; annotated at {{.*}}said.cpp:[[@LINE-1]]
contradicted g2();
struct CORO_MAY_DISCARD annotated_dropped : lazy {};
// CHECK: said.cpp:[[@LINE+1]]: g3: lazy, awaitable, may discard; 'initial_suspend' of 'said::lazy::promise_type' suspends
annotated_dropped g3();
class CORO_SCOPE annotated_scope {};
// CHECK: said.cpp:[[@LINE+1]]: g4: none, scope
annotated_scope g4();
class CORO_ASYNC_LOCK annotated_lock {};
// CHECK: said.cpp:[[@LINE+1]]: g5: none, async lock
annotated_lock g5();
template <class T> class CORO_TASK annotated_of;
// CHECK: said.cpp:[[@LINE+1]]: g6: lazy, awaitable; annotated at {{.*}}said.cpp:[[@LINE-1]]
annotated_of<int> g6();
// CHECK: said.cpp:[[@LINE+1]]: g7: lazy, awaitable; annotated at {{.*}}said.cpp:[[@LINE-3]]
template <class T> annotated_of<T> g7();
// What is said of a base does not count.
class derived : public annotated_task {};
// CHECK: said.cpp:[[@LINE+1]]: g8: none
derived g8();
// A forward declaration may say it.
class CORO_TASK later;
// CHECK: said.cpp:[[@LINE+1]]: g9: lazy, awaitable; annotated at {{.*}}said.cpp:[[@LINE-1]]
later g9();
class later {};

} // namespace said
