// The name under which a declaration is looked up, and what answers for what.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump --unshipped --lines --reasons --user=%t/twins.yaml %t/twins.cpp -- \
// RUN:   -std=c++20 -w | %FileCheck %t/twins.cpp --implicit-check-not=': twins.yaml'
// RUN: corolint-knowledge-dump --lines %t/namesakes.cpp -- -std=c++20 -w \
// RUN:   | %FileCheck %t/namesakes.cpp --implicit-check-not=posix.yaml
// RUN: corolint-knowledge-dump --unshipped --lines --user=%t/names.yaml %t/use.cpp -- -std=c++20 -w \
// RUN:   | %FileCheck %t/use.cpp --match-full-lines --implicit-check-not={{.*}}names.yaml{{.*}}

//--- names.yaml
calls:
  - name: "a::function"
  - name: "a::inside"
  - name: "hidden"
  - name: "c_function"
  - name: "a::Class::Class"
  - name: "a::Class::~Class"
  - name: "a::Class::member"
  - name: "a::Class::operator()"
  - name: "a::Class::operator<<"
  - name: "a::Class::operator bool"
  - name: "a::Class::operator a::Other"
  - name: "a::operator+"
  - name: "a::operator\"\"_x"
  - name: "a::Outer::Inner::method"
  - name: "a::friendly"
  - name: "local"
  - name: "a::Base::overridden"
  - name: "a::Base::own"
  - name: "a::Derived::own"
  - name: "a::Derived::inherited"
  - name: "a::Derived::virtually"
  - name: "a::Root::deep"
  - name: "glob::*"
  - name: "glob::one"
  - name: "partly::with*"
  - name: "special"
  - name: "a::Inheriting::Inheriting"
  - name: "typedefed::method"
types:
  - {name: "a::Class", is: lazy}
  - {name: "a::Derived", is: handle}
//--- use.cpp
namespace a {
inline namespace v1 {
template <typename T> void function(T);
} // namespace v1
namespace {
void inside() {}
} // namespace
struct Other {};
template <typename T> struct Class {
  Class(int);
  ~Class();
  template <typename U> void member(U);
  void operator()(int);
  Class &operator<<(int);
  operator bool();
  operator Other();
};
Other operator+(Other, Other);
Other operator""_x(unsigned long long);
struct Outer {
  template <typename T> struct Inner { static void method(); };
};
struct Friend {
  friend void friendly(Friend) {}
};
} // namespace a
namespace {
void hidden() {}
} // namespace
extern "C" {
namespace ignored_by_the_linker {
extern "C++" void outside();
}
void c_function();
}

void names() {
  // CHECK: [[@LINE+1]]: names.yaml:2: a::function: calls
  a::function(1);
  // CHECK: [[@LINE+1]]: names.yaml:3: a::inside: calls
  a::inside();
  // CHECK: [[@LINE+1]]: names.yaml:4: hidden: calls
  hidden();
  // CHECK: [[@LINE+1]]: names.yaml:5: c_function: calls
  c_function();
  // CHECK: [[@LINE+3]]: names.yaml:31: a::Class: type lazy
  // CHECK: [[@LINE+2]]: names.yaml:7: a::Class::~Class: calls
  // CHECK: [[@LINE+1]]: names.yaml:6: a::Class::Class: calls
  a::Class<char> object(1);
  // CHECK: [[@LINE+1]]: names.yaml:8: a::Class::member: calls
  object.member(1);
  // CHECK: [[@LINE+1]]: names.yaml:9: a::Class::operator(): calls
  object(1);
  // CHECK: [[@LINE+1]]: names.yaml:10: a::Class::operator<<: calls
  object << 1;
  // CHECK: [[@LINE+1]]: names.yaml:11: a::Class::operator bool: calls
  if (object) {
  }
  // CHECK: [[@LINE+1]]: names.yaml:12: a::Class::operator a::Other: calls
  a::Other other = object;
  // CHECK: [[@LINE+1]]: names.yaml:13: a::operator+: calls
  other + other;
  using a::operator""_x;
  // CHECK: [[@LINE+1]]: names.yaml:14: a::operator""_x: calls
  1_x;
  // CHECK: [[@LINE+1]]: names.yaml:15: a::Outer::Inner::method: calls
  a::Outer::Inner<int>::method();
  // CHECK: [[@LINE+1]]: names.yaml:16: a::friendly: calls
  friendly(a::Friend());
  // A declaration inside a function means the function outside.
  void local();
  // CHECK: [[@LINE+1]]: names.yaml:17: local: calls
  local();
}

namespace a {
struct Root {
  void deep();
  void inherited();
};
struct Base : virtual Root {
  virtual void overridden();
  virtual void own();
  virtual void virtually();
  Base(int);
};
struct Derived : Base {
  using Base::Base;
  void overridden() override;
  void own() override;
};
struct Inheriting : Derived {
  Inheriting();
};
} // namespace a

// CHECK: [[@LINE+1]]: names.yaml:32: a::Derived: type handle
void inheritance(a::Derived &d, a::Inheriting &i, a::Base &b, a::Root &r) {
  // What it overrides answers where the override has nothing of its own …
  // CHECK: [[@LINE+1]]: names.yaml:18: a::Base::overridden: calls
  d.overridden();
  // … and not where it has.
  // CHECK: [[@LINE+1]]: names.yaml:20: a::Derived::own: calls
  d.own();
  // An inherited member is known under the names of the classes from the object's down, and only
  // through them.
  r.inherited();
  b.inherited();
  // CHECK: [[@LINE+1]]: names.yaml:21: a::Derived::inherited: calls
  i.inherited();
  // CHECK: [[@LINE+1]]: names.yaml:22: a::Derived::virtually: calls
  d.virtually();
  // CHECK: [[@LINE+1]]: names.yaml:23: a::Root::deep: calls
  i.deep();
  // CHECK: [[@LINE+1]]: names.yaml:28: a::Inheriting::Inheriting: calls
  a::Inheriting made;
}

namespace glob {
void one();
void two();
} // namespace glob
namespace partly {
void with_this();
void without();
void with();
void other();
} // namespace partly
template <typename T> void special(T) {}
template <> void special(int) {}
typedef struct {
  void method() {}
} typedefed;

void more(typedefed t) {
  // In the order written, whether it is a name or a beginning.
  // CHECK: [[@LINE+2]]: names.yaml:24: glob::*: calls
  // CHECK: [[@LINE+1]]: names.yaml:25: glob::one: calls
  glob::one();
  // CHECK: [[@LINE+1]]: names.yaml:24: glob::*: calls
  glob::two();
  // CHECK: [[@LINE+1]]: names.yaml:26: partly::with*: calls
  partly::with_this();
  partly::other();
  // CHECK: [[@LINE+1]]: names.yaml:27: special: calls
  special(1);
  // CHECK: [[@LINE+1]]: names.yaml:29: typedefed::method: calls
  t.method();
}

//--- namesakes.cpp
// A C++ function of the name of one of the C library is another function.
struct task {};
void wait(task);
int send(task, int);
struct poller {
  int poll(int);
};
namespace mine {
void sync();
}
#include <unistd.h>

void use(poller p) {
  wait(task());
  send(task(), 1);
  p.poll(1);
  mine::sync();
  // CHECK: [[@LINE+1]]: posix.yaml:{{[0-9]+}}: pause: blocks ipc
  pause();
}

//--- twins.yaml
twins:
  - {of: "a::socket::read", in: "a::task", write: "none", parameters: 0}
  - {of: "a::socket::read", in: "a::task", write: "some", without: ["a::error"]}
  - {of: "a::socket::read", in: "b::task", write: "other"}
//--- twins.cpp
namespace a {
struct error {};
template <typename T> struct task {};
struct base {
  void read();
  void read(int);
  void read(int, error &);
};
struct socket : base {};
} // namespace a
namespace b {
struct task {};
} // namespace b

// The first that fits the overload, in coroutines that return that type.
a::task<int> use(a::socket s, a::error e) {
  // CHECK: [[@LINE+1]]: twins.yaml:2: a::socket::read: twin in a::task of {0}; none
  s.read();
  // CHECK: [[@LINE+1]]: twins.yaml:3: a::socket::read: twin in a::task; some
  s.read(1);
  s.read(1, e);
}
b::task use(a::socket s) {
  // CHECK: [[@LINE+1]]: twins.yaml:4: a::socket::read: twin in b::task; other
  s.read();
}
int elsewhere(a::socket s) { s.read(); }
