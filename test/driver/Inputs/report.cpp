#include "task.hpp"
#include <chrono>
#include <thread>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(1s); }
void load() { nap(); }

mini::task<> first() {
  load();
  co_return;
}

mini::task<int> answer() { co_return 42; }

mini::task<int> twice() {
  int once = mini::run(answer());
  co_return 2 * once;
}

mini::task<> second() {
  load();
  co_return;
}
