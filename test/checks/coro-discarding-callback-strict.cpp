// RUN: %check %s --profile=strict -- -pthread

#include "Inputs/task.h"
#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

task<> work();
task<int> load(int id);
detached fire(int id);
std::once_flag once;

// Templates that ignore what the callback returns.
void algorithms(std::vector<int> &ids) {
  // EXPECT: coro-discarding-callback: 'load' returns a task, and 'std::for_each' ignores it: it never runs
  // NOTE@Inputs/task.h: 'task' is lazy
  // NOTE: give it a function that hands the task to who runs it
  std::for_each(ids.begin(), ids.end(), load);
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'for_each' ignores it
  // NOTE: 'task' is lazy
  // NOTE: give it
  std::ranges::for_each(ids, [](int id) { return load(id); });
  // EXPECT: coro-discarding-callback: the lambda returns a task, and 'std::thread::thread' ignores it
  // NOTE: 'task' is lazy
  // NOTE: give it
  std::thread([]() -> task<> { co_return; }).join();
  // EXPECT: coro-discarding-callback: 'work' returns a task, and 'std::call_once' ignores it
  // NOTE: 'task' is lazy
  // NOTE: give it
  std::call_once(once, work);
}

// The results are kept, or there are none.
void results(std::vector<int> &ids) {
  std::vector<task<int>> all;
  std::transform(ids.begin(), ids.end(), std::back_inserter(all), load);
  std::for_each(ids.begin(), ids.end(), fire);
  std::for_each(ids.begin(), ids.end(), [](int id) { spawn(load(id)); });
}
