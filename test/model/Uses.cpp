// What becomes of values: which are dropped, and where a local is mentioned.
//
// RUN: %corolint dump --uses %s -- -std=c++20 -Wno-unused-value | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include <tuple>
#include <utility>
#include <vector>

struct value {
  void use() const;
  bool done() const;
};
value f(int = 0);
void take(value);
bool condition();

//===- dropped

void statements() {
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
  f();
  if (condition())
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(1)'
    f(1);
  else
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)'
    f(2);
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'f(1)'
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)'
  for (f(1); condition(); f(2))
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(3)'
    f(3);
  while (condition())
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
    f();
  do
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
    f();
  while (condition());
  // CHECK: Uses.cpp:[[@LINE+1]]: all is mentioned:
  std::vector<int> all;
  // CHECK: Uses.cpp:[[@LINE+1]]: each is mentioned:
  for (int each : std::vector<int>())
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
    f();
  switch (1) {
  case 0:
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(1)'
    f(1);
    [[fallthrough]];
  case 1:
  default:
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)'
    f(2);
  }
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
  label: f();
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
  [[likely]] f();
  try {
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(1)'
    f(1);
  } catch (...) {
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)'
    f(2);
  }
}

void expressions() {
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'f(1)'
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)'
  condition() ? f(1) : f(2);
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'f(2)'
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(1)'
  f(1), f(2);
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'take((f(1), f(2)))'
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(1)'
  take((f(1), f(2)));
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()'
  (f());
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()' by a cast
  (void)f();
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()' by a cast
  static_cast<void>(f());
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(0)' by a cast
  void(f(0));
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f()' by a cast
  std::ignore = f();
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'f(1)' by a cast
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f(2)' by a cast
  (void)(condition() ? f(1) : f(2));
}

value kept() {
  // CHECK: Uses.cpp:[[@LINE+1]]: v is mentioned:
  value v = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'take(f())'
  take(f());
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'f().use()'
  f().use();
  if (f().done())
    return f();
  // An operand of what is not evaluated.
  (void)sizeof(f());
  // CHECK: Uses.cpp:[[@LINE-1]]: drops 'sizeof(f())' by a cast
  if constexpr (sizeof(int) == 1)
    f();
  return f();
}

// The last value of a GNU statement expression is its value, where that is used.
#pragma clang diagnostic ignored "-Wgnu-statement-expression"
void statement_expressions() {
  // CHECK: Uses.cpp:[[@LINE+2]]: drops 'f(1)'
  // CHECK: Uses.cpp:[[@LINE+1]]: v is mentioned:
  value v = ({ f(1); f(2); });
}

//===- mentions

void mentions() {
  // CHECK: Uses.cpp:[[@LINE+1]]: never is mentioned:
  value never = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: handed_on is mentioned: [[@LINE+3]]
  value handed_on = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'take(std::move(handed_on))'
  take(std::move(handed_on));
  // CHECK: Uses.cpp:[[@LINE+1]]: asked is mentioned: [[@LINE+2]] .done [[@LINE+4]] .use
  value asked = f();
  if (asked.done())
    // CHECK: Uses.cpp:[[@LINE+1]]: drops 'asked.use()'
    asked.use();
  // CHECK: Uses.cpp:[[@LINE+1]]: dropped is mentioned: [[@LINE+3]] dropped
  value dropped = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'dropped' by a cast
  (void)dropped;
  // CHECK: Uses.cpp:[[@LINE+1]]: captured is mentioned: [[@LINE+3]] [[@LINE+3]] .use
  value captured = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: lambda is mentioned:
  auto lambda = [&captured] { captured.use(); };
  // CHECK: Uses.cpp:[[@LINE-1]]: drops 'captured.use()'
  // CHECK: Uses.cpp:[[@LINE+1]]: by_default is mentioned: [[@LINE+3]]{{.*}} .use
  value by_default = f();
  // CHECK: Uses.cpp:[[@LINE+1]]: other is mentioned:
  auto other = [=] { by_default.use(); };
  // CHECK: Uses.cpp:[[@LINE-1]]: drops 'by_default.use()'
  // CHECK: Uses.cpp:[[@LINE+1]]: counted is mentioned: [[@LINE+1]]
  int counted = sizeof(counted);
  // CHECK: Uses.cpp:[[@LINE+1]]: {{.*}}is mentioned: [[@LINE+3]]
  auto [first, second] = std::pair(f(), f());
  // CHECK: Uses.cpp:[[@LINE+1]]: drops 'take(first)'
  take(first);
}
