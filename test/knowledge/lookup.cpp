// The name under which a declaration is looked up, and what answers for what.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump --unshipped --lines --reasons --user=%t/counterparts.yaml %t/counterparts.cpp -- \
// RUN:   -std=c++20 -w | %FileCheck %t/counterparts.cpp --implicit-check-not=': counterparts.yaml'
// RUN: corolint-knowledge-dump --lines %t/namesakes.cpp -- -std=c++20 -w \
// RUN:   | %FileCheck %t/namesakes.cpp --implicit-check-not=posix.yaml
// RUN: corolint-knowledge-dump --unshipped --lines --user=%t/names.yaml %t/use.cpp -- -std=c++20 -w \
// RUN:   | %FileCheck %t/use.cpp --match-full-lines --implicit-check-not={{.*}}names.yaml{{.*}}

// RUN: corolint-knowledge-dump --unshipped --lines --user=%t/reach.yaml %t/reach.cpp -- -std=c++20 -w \
// RUN:   | %FileCheck %t/reach.cpp --match-full-lines --implicit-check-not={{.*}}reach.yaml{{.*}}

//--- reach.yaml
calls:
  - name: "lib::run"
  - name: "lib::hidden"
  - name: "lib::on"
  - name: "lib::late"
  - name: "lib::made"
  - name: "lib::timer::wait"
  - name: "lib::timer::~timer"
  - name: "lib::mutex::lock"
  - name: "lib::ints::get"
  - name: "lib::used"
  - name: "short_name::deep"
  - name: "lib::old::stop"
  - name: "lib::kept"
  - name: "lib::pool::socket::read"
types:
  - {name: "lib::mutex", is: mutex}
aliases:
  - {name: "elsewhere::store", of: "lib::old"}
//--- reach.cpp
namespace lib {
namespace detail {
// An object that is called, in every way that libraries make one.
struct run_fn {
  template <typename T> int operator()(T) const { return 0; }
};
struct on_fn {
  void operator()(int) const;
};
template <typename T> struct made_fn {
  void operator()(T) const;
};
// With state it is one of many of its class.
struct kept_fn {
  int state;
  void operator()() const;
};
} // namespace detail
inline constexpr detail::run_fn run{};
namespace cpo {
inline constexpr detail::on_fn on{};
}
using namespace cpo;
inline namespace v2 {
inline constexpr auto late = [](int) {};
template <typename T> inline constexpr detail::made_fn<T> made{};
} // namespace v2
extern const detail::kept_fn kept;
extern const detail::kept_fn other;
static constexpr const detail::run_fn &run_again = run;

struct task {
  friend void hidden(task) {}
};

// Names of classes.
template <typename Clock> struct basic_timer {
  ~basic_timer();
  void wait();
};
using timer = basic_timer<int>;
template <bool Priority, typename Tag> struct mutex_impl {
  void lock();
};
template <typename Tag> using mutex_of = mutex_impl<true, Tag>;
using mutex = mutex_of<int>;
template <typename T> struct box {
  void get();
};
using ints = box<int>;
struct pool {
  typedef box<char> socket;
};
template <> struct box<char> {
  void read();
};
namespace deep_down {
void used(int);
void deep();
} // namespace deep_down
using deep_down::used;
} // namespace lib
namespace short_name = lib::deep_down;
namespace elsewhere {
struct store {
  void stop();
};
} // namespace elsewhere

void objects(lib::task t) {
  // CHECK: [[@LINE+1]]: reach.yaml:2: lib::run: calls
  lib::run(1);
  // CHECK: [[@LINE+1]]: reach.yaml:2: lib::run: calls
  lib::run_again(1);
  // CHECK: [[@LINE+1]]: reach.yaml:3: lib::hidden: calls
  hidden(t);
  // CHECK: [[@LINE+1]]: reach.yaml:4: lib::on: calls
  lib::on(1);
  // CHECK: [[@LINE+1]]: reach.yaml:5: lib::late: calls
  lib::late(1);
  // CHECK: [[@LINE+1]]: reach.yaml:6: lib::made: calls
  lib::made<int>(1);
  lib::kept();
  lib::other();
}
// CHECK: [[@LINE+1]]: reach.yaml:17: lib::mutex: type mutex
void classes(lib::mutex &m, lib::mutex_impl<false, int> &f, lib::box<long> &b, lib::ints &i) {
  // CHECK: [[@LINE+1]]: reach.yaml:8: lib::timer::~timer: calls
  lib::basic_timer<int> made;
  // CHECK: [[@LINE+1]]: reach.yaml:7: lib::timer::wait: calls
  made.wait();
  // CHECK: [[@LINE+1]]: reach.yaml:9: lib::mutex::lock: calls
  m.lock();
  f.lock();
  // CHECK: [[@LINE+1]]: reach.yaml:10: lib::ints::get: calls
  i.get();
  b.get();
  // CHECK: [[@LINE+1]]: reach.yaml:15: lib::pool::socket::read: calls
  lib::box<char>().read();
}
void others(elsewhere::store s) {
  // CHECK: [[@LINE+1]]: reach.yaml:11: lib::used: calls
  lib::deep_down::used(1);
  // CHECK: [[@LINE+1]]: reach.yaml:12: short_name::deep: calls
  lib::deep_down::deep();
  // CHECK: [[@LINE+1]]: reach.yaml:13: lib::old::stop: calls
  s.stop();
}
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

//--- counterparts.yaml
counterparts:
  - {of: "a::socket::read", in: "a::task", write: "none", parameters: 0}
  - {of: "a::socket::read", in: "a::task", write: "some", without: ["a::error"]}
  - {of: "a::socket::read", in: "b::task", write: "other"}
//--- counterparts.cpp
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
  // CHECK: [[@LINE+1]]: counterparts.yaml:2: a::socket::read: counterpart in a::task of {0}; none
  s.read();
  // CHECK: [[@LINE+1]]: counterparts.yaml:3: a::socket::read: counterpart in a::task; some
  s.read(1);
  s.read(1, e);
}
b::task use(a::socket s) {
  // CHECK: [[@LINE+1]]: counterparts.yaml:4: a::socket::read: counterpart in b::task; other
  s.read();
}
int elsewhere(a::socket s) { s.read(); }
