// The range of a loop lives as long as the loop from C++23 on (P2718).
// RUN: %check %s -- -std=c++23

#include "Inputs/task.h"
#include <vector>

struct page {
  const std::vector<int> &all() const;
};
task<page> fetch();
void show(int item);

task<> a_part_of_a_temporary() {
  for (int item : (co_await fetch()).all())
    show(item);
}
