// What is right but arguable: strict reports it, and says "may".
//
// RUN: %check %s --profile=strict
// RUN: %check %s --knowledge %S/Inputs/strict.yaml

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <sys/socket.h>
#include <unistd.h>

CORO_BLOCKING("use 'async_load'") void load();

//===- only some of the overrides block

struct source {
  virtual ~source() = default;
  virtual void fill() {}
};
struct file_source : source {
  void fill() override { load(); } // #fill
};
task<> some_overrides(source &s) {
  // EXPECT: coro-blocking-call: 'file_source::fill' may block the event loop: it calls 'load'
  // NOTE@#fill: 'file_source::fill' calls 'load' here
  // NOTE@#fill: 'load' is annotated as blocking
  s.fill();
  co_return;
}

//===- nobody knows the mode of the descriptor

struct connection {
  int fd;
};
task<> unknown_mode(int given, connection &c, void *data) {
  // EXPECT: coro-blocking-call: 'recv' may block the event loop: it waits until the peer sends
  // NOTE: instead, await readiness on the loop
  recv(given, data, 1, 0);
  // EXPECT: coro-blocking-call: 'send' may block the event loop
  // NOTE: instead
  send(c.fd, data, 1, 0);
  // EXPECT: coro-blocking-call: 'read' may block the event loop
  // NOTE: instead
  read(given, data, 1);
  recv(given, data, 1, MSG_DONTWAIT);
  co_return;
}
void receive(int fd, void *data) {
  recv(fd, data, 1, 0); // #receive
}
task<> unknown_mode_below(int given, void *data) {
  // EXPECT: coro-blocking-call: 'receive' may block the event loop: it calls 'recv'
  // NOTE@#receive: 'receive' calls 'recv' here
  // NOTE@#receive: 'recv' waits until the peer sends
  receive(given, data);
  co_return;
}

//===- what is certain stays certain

task<> certain(file_source &s) {
  // EXPECT: coro-blocking-call: 'load' blocks the event loop
  // NOTE: instead
  load();
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  // EXPECT: coro-blocking-call: 'recv' blocks the event loop
  // NOTE: instead
  recv(fd, nullptr, 0, 0);
  int quick = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  recv(quick, nullptr, 0, 0);
  co_return;
}
