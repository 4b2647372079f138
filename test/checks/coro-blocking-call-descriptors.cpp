// A descriptor that is made here without non-blocking waits, whatever it is compared with or kept
// in; one that is made non-blocking, or is known to be ready, does not.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <array>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

read_operation readable(int fd);
read_operation with_timeout(read_operation, int);
void elsewhere(int fd);
struct service {
  int fd;
};

//===- bad

task<> compared(service &s, char *data) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || fd == -1)
    co_return;
  s.fd = fd;
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, nullptr, 0);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  // EXPECT: coro-blocking-call: 'read' blocks the event loop
  // NOTE: instead
  read(fd, data, 1);
  close(fd);
}
task<> assigned_later(char *data) {
  int fd = -1;
  if ((fd = eventfd(0, EFD_CLOEXEC)) < 0)
    co_return;
  // EXPECT: coro-blocking-call: 'read' blocks the event loop
  // NOTE: instead
  read(fd, data, 8);
}
task<> pairs(char *data) {
  int p[2];
  if (pipe(p) != 0)
    co_return;
  // EXPECT: coro-blocking-call: 'read' blocks the event loop
  // NOTE: instead
  read(p[0], data, 1);
  std::array<int, 2> q;
  socketpair(AF_UNIX, SOCK_STREAM, 0, &q[0]);
  int s[2];
  socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s);
  // EXPECT: coro-blocking-call: 'write' blocks the event loop
  // NOTE: instead
  write(s[1], data, 1);
}
// The mode is not asked for.
task<> always(int fd) {
  // EXPECT: coro-blocking-call: 'fsync' blocks the event loop
  // NOTE: instead
  fsync(fd);
  // EXPECT: coro-blocking-call: 'fdatasync' blocks the event loop
  // NOTE: instead
  fdatasync(fd);
  co_return;
}

//===- good

task<> made_non_blocking(char *data) {
  int p[2];
  pipe2(p, O_NONBLOCK | O_CLOEXEC);
  read(p[0], data, 1);
  int s[2];
  socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, s);
  read(s[0], data, 1);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  if (timer >= 0)
    read(timer, data, 8);
  int event = eventfd(0, EFD_NONBLOCK | EFD_SEMAPHORE);
  write(event, data, 8);
  int accepted = accept4(timer, nullptr, nullptr, SOCK_NONBLOCK);
  recv(accepted, data, 1, 0);
  co_return;
}
task<> made_so_later(char *data) {
  int p[2];
  pipe(p);
  fcntl(p[0], F_SETFL, O_NONBLOCK);
  read(p[0], data, 1);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  ioctl(fd, FIONBIO, &on);
  read(fd, data, 1);
  int other = socket(AF_INET, SOCK_STREAM, 0);
  int flags = fcntl(other, F_GETFL);
  flags |= O_NONBLOCK;
  fcntl(other, F_SETFL, flags);
  read(other, data, 1);
  co_return;
}
// Ready: somebody has waited for it.
task<> awaited(int given, char *data) {
  co_await readable(given);
  read(given, data, 1);
  int fd = eventfd(0, 0);
  co_await with_timeout(readable(fd), 1);
  read(fd, data, 8);
}
// Who knows what they do with it.
task<> seen_by_others(int flags, char *data) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  elsewhere(fd);
  read(fd, data, 1);
  int other = socket(AF_INET, SOCK_STREAM, 0);
  fcntl(other, F_SETFL, flags);
  read(other, data, 1);
  co_return;
}
