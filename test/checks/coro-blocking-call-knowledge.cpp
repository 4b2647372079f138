// What a project says of its own library in .corolint.yaml: what blocks, what does not, which family
// is off, and how to write the same as an awaitable.
//
// RUN: %check %s --knowledge %S/Inputs/library.yaml

#include "Inputs/task.h"
#include <cstdlib>
#include <mutex>
#include <string>
#include <unistd.h>

namespace lib {
std::string load(std::string path, int flags = 0);
task<std::string> async_load(std::string path);
void background(void (*work)());
void run_all();
int quick(int);
struct client {
  int send(std::string text, int priority = 0);
  task<int> async_send(std::string text, int priority = 0);
};
} // namespace lib
task<> save();

task<> written_as_awaitable(lib::client &c, lib::client *p) {
  // EXPECT: coro-blocking-call: 'lib::load' blocks the event loop: it reads the file
  // NOTE: instead, co_await lib::async_load(path) (.corolint.yaml:
  // FIXED: auto text = co_await lib::async_load("a" + std::string("b"));
  auto text = lib::load("a" + std::string("b"));
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks the event loop: it waits until the server has taken it
  // NOTE: 'lib::client::send' is known from .corolint.yaml:
  // FIXED: int n = co_await c.async_send(text, 1);
  int n = c.send(text, 1);
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from .corolint.yaml:
  // FIXED: n += co_await p->async_send(text);
  n += p->send(text);
  co_await async_read(n);
}

task<std::size_t> as_part_of_an_expression() {
  // EXPECT: coro-blocking-call: 'lib::load' blocks
  // NOTE: instead
  // FIXED: co_return (co_await lib::async_load("a")).size();
  co_return lib::load("a").size();
}

struct connection : lib::client {
  task<int> by_itself() {
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from .corolint.yaml:
    // FIXED: co_return co_await this->async_send("a");
    co_return this->send("a");
  }
  task<int> by_its_implicit_self() {
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from .corolint.yaml:
    // FIXED: co_return co_await this->async_send("a");
    co_return send("a");
  }
};

//===- no fix where it is not certain

// Nobody but this coroutine could be meant: it would await itself.
task<std::string> lib::async_load(std::string path) {
  // EXPECT: coro-blocking-call: 'lib::load' blocks
  // NOTE: instead
  co_return lib::load(path);
}

task<> in_a_handler() {
  try {
    co_await save();
  } catch (...) {
    // EXPECT: coro-blocking-call: 'lib::load' blocks
    // NOTE: instead
    lib::load("a");
  }
}

task<> under_a_lock(std::mutex &m) {
  std::lock_guard held(m);
  // EXPECT: coro-blocking-call: 'lib::load' blocks
  // NOTE: instead
  lib::load("a");
  co_return;
}

task<> in_a_plain_lambda() {
  auto text = [] {
    // EXPECT: coro-blocking-call: 'lib::load' blocks
    // NOTE: instead
    return lib::load("a");
  }();
  co_return;
}

#define LOAD(path) lib::load(path)
task<> in_a_macro() {
  // EXPECT: coro-blocking-call: 'lib::load' blocks
  // NOTE: instead
  LOAD("a");
  co_return;
}

// The counterpart is one of another type of task.
started<> another_task_type() {
  // EXPECT: coro-blocking-call: 'lib::load' blocks
  // NOTE: instead
  lib::load("a");
  co_return;
}

//===- the project knows better than what is shipped

task<> said_to_be_quick() {
  usleep(100);
  lib::quick(1);
  // EXPECT: coro-blocking-call: 'lib::quick' blocks the event loop: it reads a register
  // NOTE: 'lib::quick' is known from .corolint.yaml:
  lib::quick(0);
  // A family that is off.
  std::system("true");
  lib::background([] { lib::load("a"); });
  co_return;
}

task<> loops() {
  co_await save();
  // EXPECT: coro-nested-loop: 'lib::run_all' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: it runs everything that waits
  // NOTE: 'lib::run_all' is known from .corolint.yaml:
  lib::run_all();
}
