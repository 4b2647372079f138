// What the lifetime rules propose, in many spellings: what the edits make of it compiles.
//
// RUN: %python %support/proposals.py %corolint %clangxx %s -- -std=c++20 -I%S/../checks | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "Inputs/task.h"
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

task<> work();

//===- By value

void sink(int);
template <class T> T pick(int);
struct pod {
  int a;
};
struct copied {
  copied();
  copied(const copied &);
  ~copied();
  int n;
};
struct only_moved {
  only_moved();
  only_moved(only_moved &&);
  only_moved(const only_moved &) = delete;
  int n;
};
struct base {
  virtual ~base();
  int n;
};
using alias_t = std::string;
using view_alias = std::string_view;
#define REF(T) const T &
task<int> a1(const std::string &s);
task<int> a1(const std::string &s) {
  co_await work();
  co_return int(s.size());
}
task<int> a2(std::string const &s) {
  co_await work();
  co_return int(s.size());
}
task<int> a3(const alias_t &s = "x") {
  co_await work();
  co_return int(s.size());
}
task<int> a4(int n, [[maybe_unused]] const std::vector<int> &s, int m) {
  co_await work();
  co_return int(s.size());
}
task<int> a5(const struct pod &s) {
  co_await work();
  co_return int(s.a);
}
task<int> a6(const unsigned long &s) {
  co_await work();
  co_return int(s);
}
task<int> a7(const auto &s) {
  co_await work();
  co_return int(s.size());
}
template <class T> task<int> a8(const T &s) {
  co_await work();
  co_return int(s.size());
}
template <class T> task<int> a9(const std::vector<T> &s);
template <class T> task<int> a9(const std::vector<T> &s) {
  co_await work();
  co_return int(s.size());
}
task<int> b1(const int (&s)[3]) {
  co_await work();
  co_return s[0];
}
task<int> b2(const only_moved &s) {
  co_await work();
  co_return s.n;
}
task<int> b3(const base &s) {
  co_await work();
  co_return s.n;
}
task<int> b4(const std::unique_ptr<int> &s) {
  co_await work();
  co_return *s;
}
task<int> b5(const std::vector<std::unique_ptr<int>> &s) {
  co_await work();
  co_return s.size();
}
task<int> b6(REF(std::string) s) {
  co_await work();
  co_return s.size();
}
task<int> b7(std::string &&s) {
  co_await work();
  co_return s.size();
}
task<int> b8(std::string_view s) {
  co_await work();
  co_return s.size();
}
task<int> b9(const std::string_view s) {
  co_await work();
  co_return s.size();
}
task<int> c1(view_alias s) {
  co_await work();
  co_return s.size();
}
task<int> c2(std::wstring_view s) {
  co_await work();
  co_return s.size();
}
task<int> c3(std::string_view s) {
  co_await work();
  s.remove_prefix(1);
  co_return s.size();
}
task<std::string_view> c4(std::string_view s) {
  co_await work();
  co_return s;
}
task<int> c5(const copied &s) {
  co_await work();
  co_return s.n;
}
task<int> c6(std::string &s) {
  co_await work();
  co_return s.size();
}
task<int> c7(const std::string *s) {
  co_await work();
  co_return s->size();
}
template <class T> task<int> c8(T &&s) {
  co_await work();
  co_return s.size();
}
struct host {
  task<int> d1(const std::string &s) const;
  static task<int> d2(const std::string &);
  virtual task<int> d3(const std::string &s);
  template <class T> task<int> d4(const T &s);
};
task<int> host::d1(const std::string &s) const {
  co_await work();
  co_return s.size();
}
task<int> host::d2(const std::string &s) {
  co_await work();
  co_return s.size();
}
task<int> host::d3(const std::string &s) {
  co_await work();
  co_return s.size();
}
template <class T> task<int> host::d4(const T &s) {
  co_await work();
  co_return s.size();
}
task<> all(host h) {
  {
    // CHECK: [[#]]: task<int> a1(std::string s);
    // CHECK: [[#]]: task<int> a1(std::string s) {
    auto t = a1("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a2(std::string s) {
    auto t = a2("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a3(alias_t s = "x") {
    auto t = a3();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a4(int n, {{.*}} std::vector<int> s, int m) {
    auto t = a4(1, {1}, 2);
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a5(struct pod s) {
    auto t = a5({1});
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a6(unsigned long s) {
    auto t = a6(1);
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> a7(auto s) {
    auto t = a7(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: template <class T> task<int> a8(T s) {
    auto t = a8(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: template <class T> task<int> a9(std::vector<T> s);
    // CHECK: [[#]]: template <class T> task<int> a9(std::vector<T> s) {
    auto t = a9(std::vector<int>{1});
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b1({1, 2, 3});
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b2(only_moved());
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b3(base());
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b4(std::make_unique<int>(1));
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b5(std::vector<std::unique_ptr<int>>());
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = b6("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> b7(std::string s) {
    auto t = b7("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> b8(std::string s) {
    auto t = b8(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> b9(std::string s) {
    auto t = b9(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> c1(std::string s) {
    auto t = c1(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> c2(std::wstring s) {
    auto t = c2(std::wstring(L"x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = c3(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = c4(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> c5(copied s) {
    auto t = c5(copied());
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = c8(std::string("x"));
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: task<int> d1(std::string s) const;
    // CHECK: [[#]]: task<int> host::d1(std::string s) const {
    auto t = h.d1("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: static task<int> d2(std::string);
    // CHECK: [[#]]: task<int> host::d2(std::string s) {
    auto t = h.d2("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = h.d3("x");
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: template <class T> task<int> d4(T s);
    // CHECK: [[#]]: template <class T> task<int> host::d4(T s) {
    auto t = h.d4(std::string("x"));
    co_await std::move(t);
  }
  {
    auto l = [](const std::string &s) -> task<int> {
      co_await work();
      co_return s.size();
    };
    // CHECK: [[#]]: auto l = [](std::string s) -> task<int> {
    auto t = l("x");
    co_await std::move(t);
  }
  {
    auto l = [](int, std::string_view s) -> task<int> {
      co_await work();
      co_return s.size();
    };
    // CHECK: [[#]]: auto l = [](int, std::string s) -> task<int> {
    auto t = l(1, std::string("x"));
    co_await std::move(t);
  }
}

//===- Awaited

task<int> length(const std::string &s) {
  co_await work();
  co_return int(s.size());
}
task<> lengthv(const std::string &s) {
  co_await work();
  (void)s;
}
std::mutex m;
task<int> r1() {
  std::string s;
  // CHECK: [[#]]: co_return co_await length(s);
  return length(s);
}
task<int> r2(bool b) {
  std::string s;
  if (b)
    // CHECK: [[#]]: co_return co_await length("x");
    // CHECK: [[#]]: co_return co_await length(s);
    return length("x");
  // CHECK: [[#]]: co_return co_await length("x");
  // CHECK: [[#]]: co_return co_await length(s);
  return length(s);
}
task<int> r3(bool b) {
  std::string s;
  if (b) {
    auto t = length("x");
    // CHECK: [[@LINE+1]]: no edit
    return t;
  }
  // CHECK: [[@LINE+1]]: no edit
  return length(s);
}
auto r4() {
  std::string s;
  // CHECK: [[@LINE+1]]: no edit
  return length(s);
}
task<> r5() {
  std::string s;
  // CHECK: [[#]]: co_return co_await lengthv(s);
  return lengthv(s);
}
task<int> r6() {
  try {
    // CHECK: [[#]]: co_return co_await length("x");
    // CHECK: [[#]]: co_return co_await length("x");
    return length("x");
  } catch (...) {
  }
  throw 1;
}
task<int> r7() {
  try {
    // CHECK: [[@LINE+2]]: no edit
    // CHECK: [[@LINE+1]]: no edit
    return length("x");
  } catch (...) {
    // CHECK: [[@LINE+1]]: no edit
    return length("y");
  }
}
task<int> r8() {
  std::lock_guard g(m);
  // CHECK: [[@LINE+2]]: no edit
  // CHECK: [[@LINE+1]]: no edit
  return length("z");
}
task<int> r9() {
  auto l = []() -> task<int> {
    std::string s;
    // CHECK: [[#]]: co_return co_await length(s);
    return length(s);
  };
  return l();
}
#define RET return
task<int> s1() {
  std::string s;
  // CHECK: [[@LINE+1]]: no edit
  RET length(s);
}
template <class T> task<int> s2(T v) {
  // CHECK: [[#]]: co_return co_await length(v);
  return length(v);
}
task<int> s3() {
  return s2(std::string("x"));
}
task<std::vector<task<int>>> vec();
std::vector<task<int>> s4() {
  std::string s;
  std::vector<task<int>> v;
  v.push_back(length(s));
  // CHECK: [[@LINE+1]]: no edit
  return v;
}
struct h {
  task<int> s5() {
    std::string s = n;
    // CHECK: [[#]]: co_return co_await length(s);
    return length(s);
  }
  std::string n;
};

//===- As parameters

void use(int);
void use(const std::string &);
void use(const int *);
#define L                                                                                          \
  [n]() -> task<> {                                                                                \
    co_await work();                                                                               \
    use(n);                                                                                        \
  }
struct holder {
  int m;
  task<> q1() {
    // CHECK: [[@LINE+1]]: no edit
    auto t = [this]() -> task<> {
      co_await work();
      use(m);
    }();
    co_await std::move(t);
  }
};
template <class T> task<> tm(T n) {
  {
    // CHECK: [[#]]: auto t = [](auto n) -> task<> {
    // CHECK: [[#]]: }(n);
    auto t = [n]() -> task<> {
      co_await work();
      use(n);
    }();
    co_await std::move(t);
  }
}
task<> captures(int n, std::string s, std::unique_ptr<int> p) {
  int a[3] = {1, 2, 3};
  {
    // CHECK: [[#]]: auto t = [](auto n) -> task<> {
    // CHECK: [[#]]: }(n);
    auto t = [n]() -> task<> {
      co_await work();
      use(n);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n, auto s, int k) -> task<> {
    // CHECK: [[#]]: }(n, s, 1);
    auto t = [n, s](int k) -> task<> {
      co_await work();
      use(n);
      use(s);
      use(k);
    }(1);
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n, int k = 2) -> task<> {
    // CHECK: [[#]]: }(n);
    auto t = [n](int k = 2) -> task<> {
      co_await work();
      use(n);
      use(k);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n, auto k) -> task<> {
    // CHECK: [[#]]: }(n, 1);
    auto t = [n](auto k) -> task<> {
      co_await work();
      use(n);
      use(k);
    }(1);
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = []<class T>(auto n, T k) -> task<> {
    // CHECK: [[#]]: }(n, 1);
    auto t = [n]<class T>(T k) -> task<> {
      co_await work();
      use(n);
      use(k);
    }(1);
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n) mutable -> task<> {
    // CHECK: [[#]]: }(n);
    auto t = [n]() mutable -> task<> {
      co_await work();
      use(++n);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n) noexcept -> task<> {
    // CHECK: [[#]]: }(n);
    auto t = [n]() noexcept -> task<> {
      co_await work();
      use(n);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto n, auto s) -> task<> {
    // CHECK: [[#]]: }(n, s);
    auto t = [=]() -> task<> {
      co_await work();
      use(n);
      use(s);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto &n, auto &s) -> task<> {
    // CHECK: [[#]]: }(n, s);
    auto t = [&]() -> task<> {
      co_await work();
      use(n);
      use(s);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto &n, auto s) -> task<> {
    // CHECK: [[#]]: }(n, s);
    auto t = [&n, s]() -> task<> {
      co_await work();
      use(n);
      use(s);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = [a]() -> task<> {
      co_await work();
      use(a);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto k) -> task<> {
    // CHECK: [[#]]: }(n + 1);
    auto t = [k = n + 1]() -> task<> {
      co_await work();
      use(k);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = [k{n}]() -> task<> {
      co_await work();
      use(k);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = [](auto p) -> task<> {
    // CHECK: [[#]]: }(std::move(p));
    auto t = [p = std::move(p)]() -> task<> {
      co_await work();
      use(*p);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = [&r = n]() -> task<> {
      co_await work();
      use(r);
    }();
    co_await std::move(t);
  }
  {
    // CHECK: [[@LINE+1]]: no edit
    auto t = L();
    co_await std::move(t);
  }
  {
    // CHECK: [[#]]: auto t = ([](auto n) -> task<> {
    // CHECK: [[#]]: })(n);
    auto t = ([n]() -> task<> {
      co_await work();
      use(n);
    })();
    co_await std::move(t);
  }
  {
    auto l = [n]() -> task<> {
      co_await work();
      use(n);
    };
    spawn(l());
  }
  {
    spawn([n]() -> task<> {
      co_await work();
      use(n);
    }());
  }
  co_await tm(3);
}
