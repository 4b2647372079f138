// What is taken out of a shared container before a suspension, and used after it; who changes the
// container, where that shows.
//
// RUN: %corolint dump --borrows %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <list>
#include <map>
#include <vector>

task<> work();
void use(int);
std::vector<int> global;

struct owner {
  std::vector<int> grows;
  std::vector<int> stays;
  std::map<int, int> nodes;
  void add(int i) { grows.push_back(i); } // #add
  owner() { stays.resize(3); }

  // CHECK: Borrow.cpp:[[@LINE+1]]: owner::reference: r refers into grows, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]], changed Borrow.cpp:[[#]]
  task<> reference() {
    int &r = grows[0];
    co_await work();
    use(r);
  }
  // CHECK: Borrow.cpp:[[@LINE+1]]: owner::iterator: it is an iterator into stays, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]]
  task<> iterator() {
    auto it = stays.begin();
    co_await work();
    use(*it);
  }
  // CHECK: Borrow.cpp:[[@LINE+1]]: owner::in_nodes: it is an iterator into nodes, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]]
  task<> in_nodes() {
    auto it = nodes.find(1);
    co_await work();
    use(it->second);
  }
  // CHECK: Borrow.cpp:[[@LINE+1]]: owner::loop: the loop is an iterator into grows, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+2]], changed Borrow.cpp:[[#]]
  task<> loop() {
    for (int i : grows)
      co_await work(), use(i);
  }
  task<> again() {
    for (int i = 0; i != 3; ++i) {
      int &r = grows[i];
      use(r);
      co_await work();
    }
  }
};

// CHECK: Borrow.cpp:[[@LINE+1]]: of_a_global: r refers into global, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]]
task<> of_a_global() {
  int &r = global.front();
  co_await work();
  use(r);
}

// CHECK: Borrow.cpp:[[@LINE+1]]: of_a_parameter: it is an iterator into items, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]], changed Borrow.cpp:[[@LINE+5]]
task<> of_a_parameter(std::vector<int> &items) {
  auto it = items.begin();
  co_await work();
  use(*it);
  items.clear();
}

task<> of_a_local() {
  std::vector<int> own(3);
  int &r = own[0];
  co_await work();
  use(r);
}

// Who changes it is started beside: its task is given away.
void start(task<>);
task<> both(task<>, task<>);
struct shop {
  std::vector<int> goods;
  // CHECK: Borrow.cpp:[[@LINE+1]]: shop::count: the loop is an iterator into goods, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+2]], changed Borrow.cpp:[[@LINE+6]], by shop::sell
  task<> count() {
    for (int each : goods)
      co_await work(), use(each);
  }
  task<> sell() {
    goods.push_back(1);
    goods.pop_back();
    co_await work();
  }
  task<> open() { co_await both(count(), sell()); }
};
struct shelf {
  std::vector<int> goods;
  // All comes from one that is started, and waits.
  task<> count() {
    for (int each : goods)
      co_await work(), use(each);
  }
  void fill() { goods.push_back(1), goods.pop_back(); }
  task<> open() {
    co_await count();
    fill();
  }
  void run() { start(open()); }
};
// What is awaited comes to it, or another run of the same.
struct heap {
  std::vector<int> goods;
  // CHECK: Borrow.cpp:[[@LINE+1]]: heap::count: the loop is an iterator into goods, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+2]], changed Borrow.cpp:[[@LINE+5]], awaited heap::refill
  task<> count() {
    for (int each : goods)
      co_await refill(), use(each);
  }
  void fill() { goods.push_back(1); }
  task<> refill() {
    co_await work();
    fill();
  }
};
struct stack {
  std::vector<int> goods;
  // CHECK: Borrow.cpp:[[@LINE+1]]: stack::take: top refers into goods, taken Borrow.cpp:[[@LINE+2]], suspended [[@LINE+3]], used [[@LINE+4]], changed Borrow.cpp:[[@LINE+5]], by another run
  task<> take() {
    int &top = goods.back();
    co_await work();
    use(top);
    goods.pop_back();
  }
};
