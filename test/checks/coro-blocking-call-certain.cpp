// The same code as coro-blocking-call-strict.cpp: by default only what is certain is reported.
//
// RUN: %check %s

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
  void fill() override { load(); }
};
task<> some_overrides(source &s) {
  s.fill();
  co_return;
}

//===- nobody knows the mode of the descriptor

struct connection {
  int fd;
};
task<> unknown_mode(int given, connection &c, void *data) {
  recv(given, data, 1, 0);
  send(c.fd, data, 1, 0);
  read(given, data, 1);
  recv(given, data, 1, MSG_DONTWAIT);
  co_return;
}
void receive(int fd, void *data) {
  recv(fd, data, 1, 0);
}
task<> unknown_mode_below(int given, void *data) {
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
