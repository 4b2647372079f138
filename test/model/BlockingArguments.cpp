// Whether a call blocks may hang on its arguments: timeouts, flags, descriptors, a question before.
//
// RUN: %corolint dump --blocking %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --blocking --system-bodies %s -- -std=c++20 | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include "../checks/Inputs/task.h"
#include <condition_variable>
#include <fcntl.h>
#include <fstream>
#include <future>
#include <iostream>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
bool condition();

//===- timeouts

constexpr int no_time = 0;
constexpr auto no_duration = std::chrono::milliseconds(0);
task<> timeouts(pollfd *fds, std::chrono::milliseconds given) {
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: timeouts: network: poll at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  poll(fds, 1, -1);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: timeouts: network: poll at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  poll(fds, 1, 10);
  poll(fds, 1, 0);
  poll(fds, 1, no_time);
  poll(fds, 1, 5 - 5);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: timeouts: sleep: std::this_thread::sleep_for at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::this_thread::sleep_for(1ms);
  std::this_thread::sleep_for(0ms);
  std::this_thread::sleep_for(std::chrono::seconds(0));
  std::this_thread::sleep_for(std::chrono::seconds{});
  std::this_thread::sleep_for(std::chrono::milliseconds::zero());
  std::this_thread::sleep_for(no_duration);
  // The coroutine's own parameter may be anything.
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: timeouts: sleep: std::this_thread::sleep_for at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::this_thread::sleep_for(given);
  sleep(0);
  co_return;
}

void pause_for(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }
void pause_by_reference(const std::chrono::milliseconds &time) {
  std::this_thread::sleep_for(time);
}
void ask(pollfd *fds, int timeout = 0) { poll(fds, 1, timeout); }
void ask_longer(pollfd *fds, int timeout) { ask(fds, timeout); }
void ask_doubled(pollfd *fds, int timeout) { poll(fds, 1, timeout * 2); }
task<> handed_down(pollfd *fds) {
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: handed_down: sleep: pause_for at BlockingArguments.cpp:[[@LINE+1]] > std::this_thread::sleep_for at BlockingArguments.cpp:{{.*}} [shipped std.yaml]
  pause_for(5ms);
  pause_for(0ms);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: handed_down: sleep: pause_by_reference at BlockingArguments.cpp:[[@LINE+1]] > std::this_thread::sleep_for at BlockingArguments.cpp:{{.*}} [shipped std.yaml]
  pause_by_reference(5ms);
  pause_by_reference(0ms);
  ask(fds);
  ask(fds, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: handed_down: network: ask at BlockingArguments.cpp:[[@LINE+1]] > poll at BlockingArguments.cpp:{{.*}} [shipped posix.yaml]
  ask(fds, 5);
  ask_longer(fds, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: handed_down: network: ask_longer at BlockingArguments.cpp:[[@LINE+1]] > ask at BlockingArguments.cpp:{{.*}} > poll at BlockingArguments.cpp:{{.*}} [shipped posix.yaml]
  ask_longer(fds, -1);
  // Computed from it: nobody knows that it is zero.
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: handed_down: network: ask_doubled at BlockingArguments.cpp:[[@LINE+1]] > poll at BlockingArguments.cpp:{{.*}} [shipped posix.yaml]
  ask_doubled(fds, 0);
  co_return;
}

//===- flags

task<> flags(int fd, void *data, int status) {
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: flags: network?: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(fd, data, 1, 0);
  recv(fd, data, 1, MSG_DONTWAIT);
  recv(fd, data, 1, MSG_PEEK | MSG_DONTWAIT);
  const int kept = MSG_DONTWAIT;
  recv(fd, data, 1, kept);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: flags: process: waitpid at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  waitpid(1, &status, 0);
  waitpid(1, &status, WNOHANG);
  co_return;
}

//===- descriptors

int connected();
void made_nonblocking(int fd);
void receive(int fd, void *data) { recv(fd, data, 1, 0); }
struct connection {
  int fd;
  void receive(void *data) { recv(fd, data, 1, 0); }
};
task<> descriptors(int given, void *data, connection &c) {
  // Somebody else made it: strict.
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: descriptors: network?: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(given, data, 1, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: descriptors: network?: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(c.fd, data, 1, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: descriptors: network?: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(connected(), data, 1, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: descriptors: network?: receive at BlockingArguments.cpp:[[@LINE+1]] > recv at BlockingArguments.cpp:{{.*}} [shipped posix.yaml]
  receive(given, data);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: descriptors: network?: connection::receive at BlockingArguments.cpp:[[@LINE+1]] > recv at BlockingArguments.cpp:{{.*}} [shipped posix.yaml]
  c.receive(data);
  co_return;
}
task<> made_here(void *data, const sockaddr *address) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: network: connect at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  connect(s, address, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: network: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(s, data, 1, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: network: read at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  read(s, data, 1);
  close(s);
  int n = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  recv(n, data, 1, 0);
  // Whoever gets it may have changed its mode.
  int m = socket(AF_INET, SOCK_STREAM, 0);
  made_nonblocking(m);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: network?: recv at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  recv(m, data, 1, 0);
  int f = socket(AF_INET, SOCK_STREAM, 0);
  fcntl(f, F_SETFL, O_NONBLOCK);
  recv(f, data, 1, 0);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: file: open at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  int file = open("/etc/hosts", O_RDONLY);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: file: read at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  read(file, data, 1);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: console-input: read at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  read(STDIN_FILENO, data, 1);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: made_here: console-input: read at BlockingArguments.cpp:[[@LINE+1]] [shipped posix.yaml]
  read(0, data, 1);
  co_return;
}

//===- a question before

task<> guarded(std::future<int> f, std::future<int> g, std::shared_future<int> h) {
  if (f.wait_for(0s) == std::future_status::ready)
    f.get();
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: guarded: thread: std::future::get at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  g.get();
  while (h.wait_for(0s) != std::future_status::ready)
    co_await async_sleep(1ms);
  h.get();
}
void assert_equal(std::future_status is, std::future_status wanted);
task<> asserted(std::future<int> f) {
  assert_equal(f.wait_for(0s), std::future_status::ready);
  f.get();
  co_await async_sleep(1ms);
}

task<> guarded_another(std::future<int> f, std::future<int> g) {
  if (f.wait_for(0s) == std::future_status::ready)
    // CHECK: BlockingArguments.cpp:[[@LINE+1]]: guarded_another: thread: std::future::get at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
    g.get();
  co_return;
}
task<> guarded_on_one_path(std::future<int> f) {
  if (condition())
    if (f.wait_for(0s) != std::future_status::ready)
      co_return;
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: guarded_on_one_path: thread: std::future::get at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  f.get();
}
int take_if_ready(std::future<int> &f) {
  return f.wait_for(0s) == std::future_status::ready ? f.get() : 0;
}
int take(std::future<int> &f) { return f.get(); }
task<> guarded_above(std::future<int> f, std::future<int> g) {
  if (f.wait_for(0s) == std::future_status::ready)
    take(f);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: guarded_above: thread: take at BlockingArguments.cpp:[[@LINE+1]] > std::future::get at BlockingArguments.cpp:[[@LINE-4]] [shipped std.yaml]
  take(g);
  co_return;
}
task<> guarded_below(std::future<int> f) {
  take_if_ready(f);
  co_return;
}

//===- overloads that wait and others that do not

task<> streams(std::ifstream file, std::istream &any, std::string line) {
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: streams: file: std::getline at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::getline(file, line);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: streams: console-input: std::getline at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::getline(std::cin, line);
  // What it stands for is unknown.
  std::getline(any, line);
  std::ifstream not_yet_open;
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: streams: file: std::basic_ifstream::basic_ifstream at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::ifstream opened("/etc/hosts");
  std::ifstream taken = std::move(opened);
  co_return;
}
task<> locks(std::mutex &m, std::condition_variable &c) {
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: locks: lock: std::unique_lock::unique_lock at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::unique_lock held(m);
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: locks: thread: std::condition_variable::wait at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  c.wait(held);
  std::unique_lock later(m, std::defer_lock);
  std::unique_lock tried(m, std::try_to_lock);
  m.try_lock();
  co_return;
}
task<> futures() {
  auto kept = std::async(std::launch::async, [] { return 1; });
  // CHECK: BlockingArguments.cpp:[[@LINE+1]]: futures: thread: std::async at BlockingArguments.cpp:[[@LINE+1]] [shipped std.yaml]
  std::async(std::launch::async, [] { return 1; });
  std::async(std::launch::deferred, [] { return 1; });
  co_return;
}
