// The families of calls that block, and the calls beside them that do not. The entries themselves
// are proven against the real headers in test/knowledge.
//
// RUN: %check %s
// RUN: %if libc++ %{ %check %s -- -stdlib=libc++ %}

#include "Inputs/task.h"
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <latch>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <semaphore>
#include <sstream>
#include <string>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
namespace fs = std::filesystem;

task<> sleeps(timespec time) {
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_for' blocks
  // NOTE: instead, await a timer of the loop
  std::this_thread::sleep_for(10ms);
  // EXPECT: coro-blocking-call: 'std::this_thread::sleep_until' blocks
  // NOTE: instead
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1s);
  // EXPECT: coro-blocking-call: 'sleep' blocks
  // NOTE: instead
  sleep(1);
  // EXPECT: coro-blocking-call: 'usleep' blocks
  // NOTE: instead
  usleep(1);
  // EXPECT: coro-blocking-call: 'nanosleep' blocks
  // NOTE: instead
  nanosleep(&time, nullptr);
  // Giving up one's turn is no wait.
  std::this_thread::yield();
  std::this_thread::sleep_for(0s);
  timespec zero{};
  nanosleep(&zero, nullptr);
  co_return;
}

task<> threads(std::thread t, std::jthread j, std::latch &l, std::barrier<> &b,
               std::counting_semaphore<> &s, std::atomic<int> &a) {
  // EXPECT: coro-blocking-call: 'std::thread::join' blocks
  // NOTE: instead
  t.join();
  // EXPECT: coro-blocking-call: 'std::jthread::join' blocks
  // NOTE: instead
  j.join();
  // EXPECT: coro-blocking-call: 'std::latch::wait' blocks
  // NOTE: instead
  l.wait();
  // EXPECT: coro-blocking-call: 'std::barrier::arrive_and_wait' blocks
  // NOTE: instead
  b.arrive_and_wait();
  // EXPECT: coro-blocking-call: 'std::counting_semaphore::acquire' blocks
  // NOTE: instead
  s.acquire();
  // EXPECT: coro-blocking-call: 'std::counting_semaphore::try_acquire_for' blocks
  // NOTE: instead
  s.try_acquire_for(1s);
  // EXPECT: coro-blocking-call: 'std::atomic::wait' blocks
  // NOTE: instead
  a.wait(0);
  // None of these waits.
  l.count_down();
  l.try_wait();
  s.release();
  s.try_acquire();
  a.notify_one();
  std::thread([] {}).detach();
  co_return;
}

task<> futures(std::future<int> f, std::future<int> g, std::shared_future<int> h,
               std::promise<int> p) {
  // EXPECT: coro-blocking-call: 'std::future::get' blocks
  // NOTE: instead
  f.get();
  // EXPECT: coro-blocking-call: 'std::future::wait' blocks
  // NOTE: instead
  g.wait();
  // EXPECT: coro-blocking-call: 'std::future::wait_for' blocks
  // NOTE: instead
  g.wait_for(1s);
  // EXPECT: coro-blocking-call: 'std::shared_future::get' blocks
  // NOTE: instead
  h.get();
  // EXPECT: coro-blocking-call: 'std::async' blocks the event loop: it waits for the call to end, because the future that it returns is dropped
  // NOTE: instead
  std::async([] {});
  p.set_value(1);
  h.valid();
  co_return;
}

task<> conditions(std::condition_variable &c, std::unique_lock<std::mutex> held) {
  // EXPECT: coro-blocking-call: 'std::condition_variable::wait' blocks
  // NOTE: instead
  c.wait(held);
  // EXPECT: coro-blocking-call: 'std::condition_variable::wait' blocks
  // NOTE: instead
  c.wait(held, [] { return true; });
  // EXPECT: coro-blocking-call: 'std::condition_variable::wait_for' blocks
  // NOTE: instead
  c.wait_for(held, 1s);
  c.wait_for(held, 0s);
  c.notify_all();
  co_return;
}

task<> processes(int status) {
  // EXPECT: coro-blocking-call: 'system' blocks
  // NOTE: instead
  std::system("ls");
  // EXPECT: coro-blocking-call: 'waitpid' blocks
  // NOTE: instead
  waitpid(-1, &status, 0);
  std::system(nullptr);
  waitpid(-1, &status, WNOHANG);
  if (fork() == 0)
    _exit(0);
  co_return;
}

task<> names(addrinfo *&all, sockaddr *a, char *text) {
  // EXPECT: coro-blocking-call: 'getaddrinfo' blocks
  // NOTE: instead
  getaddrinfo("example.org", "http", nullptr, &all);
  // EXPECT: coro-blocking-call: 'gethostbyname' blocks
  // NOTE: instead
  gethostbyname("example.org");
  getaddrinfo(nullptr, "http", nullptr, &all);
  getnameinfo(a, 1, text, 1, text, 1, NI_NUMERICHOST);
  freeaddrinfo(all);
  co_return;
}

task<> console(std::string line, int n) {
  // EXPECT: coro-blocking-call: 'std::getline' blocks
  // NOTE: instead
  std::getline(std::cin, line);
  // EXPECT: coro-blocking-call: 'std::basic_istream::operator>>' blocks
  // NOTE: instead
  std::cin >> n;
  // EXPECT: coro-blocking-call: 'getchar' blocks
  // NOTE: instead
  getchar();
  // EXPECT: coro-blocking-call: 'read' blocks the event loop: it waits for input on the terminal
  // NOTE: instead
  read(STDIN_FILENO, &n, 1);
  std::istringstream(line) >> n;
  // Writing to the console is a family that is off.
  std::cout << line << n;
  std::printf("%d", n);
  co_return;
}

task<> network(const sockaddr *peer, void *data, pollfd *fds) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  // EXPECT: coro-blocking-call: 'connect' blocks
  // NOTE: instead
  connect(s, peer, 1);
  // EXPECT: coro-blocking-call: 'send' blocks
  // NOTE: instead
  send(s, data, 1, 0);
  // EXPECT: coro-blocking-call: 'recv' blocks
  // NOTE: instead
  recv(s, data, 1, 0);
  // EXPECT: coro-blocking-call: 'poll' blocks
  // NOTE: instead
  poll(fds, 1, 1000);
  recv(s, data, 1, MSG_DONTWAIT);
  poll(fds, 1, 0);
  int quick = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  connect(quick, peer, 1);
  bind(s, peer, 1);
  listen(s, 1);
  shutdown(s, SHUT_RDWR);
  close(s);
  co_return;
}

task<> ipc(int fd) {
  // EXPECT: coro-blocking-call: 'flock' blocks
  // NOTE: instead
  flock(fd, LOCK_EX);
  // EXPECT: coro-blocking-call: 'fcntl' blocks
  // NOTE: instead
  fcntl(fd, F_SETLKW, nullptr);
  flock(fd, LOCK_EX | LOCK_NB);
  flock(fd, LOCK_UN);
  fcntl(fd, F_SETLK, nullptr);
  co_return;
}

task<> files(std::string text, FILE *stream, void *data, std::ifstream &in, std::ofstream &written) {
  // EXPECT: coro-blocking-call: 'std::basic_ifstream::basic_ifstream' blocks
  // NOTE: instead
  std::ifstream opened("a");
  // EXPECT: coro-blocking-call: 'std::basic_ifstream::read' blocks
  // NOTE: instead
  in.read(text.data(), 1);
  // EXPECT: coro-blocking-call: 'std::getline' blocks
  // NOTE: instead
  std::getline(in, text);
  std::ofstream out;
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::open' blocks
  // NOTE: instead
  out.open("b");
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::operator<<' blocks
  // NOTE: instead
  written << "text" << std::endl;
  // EXPECT: coro-blocking-call: 'fopen' blocks
  // NOTE: instead
  std::fopen("c", "r");
  // EXPECT: coro-blocking-call: 'fread' blocks
  // NOTE: instead
  std::fread(data, 1, 1, stream);
  // EXPECT: coro-blocking-call: 'open' blocks
  // NOTE: instead
  int fd = open("d", O_RDONLY);
  // EXPECT: coro-blocking-call: 'read' blocks
  // NOTE: instead
  read(fd, data, 1);
  // EXPECT: coro-blocking-call: 'fsync' blocks
  // NOTE: instead
  fsync(fd);
  struct stat status;
  // EXPECT: coro-blocking-call: 'stat' blocks
  // NOTE: instead
  stat("e", &status);
  // EXPECT: coro-blocking-call: 'unlink' blocks
  // NOTE: instead
  unlink("f");
  // In memory alone.
  fstat(fd, &status);
  std::stringstream memory;
  memory << text;
  memory >> text;
  std::getline(memory, text);
  co_return;
}

task<> file_system(fs::path p, fs::path q) {
  // EXPECT: coro-blocking-call: 'std::filesystem::exists' blocks
  // NOTE: instead
  if (fs::exists(p))
    // EXPECT: coro-blocking-call: 'std::filesystem::remove' blocks
    // NOTE: instead
    fs::remove(p);
  // EXPECT: coro-blocking-call: 'std::filesystem::canonical' blocks
  // NOTE: instead
  p = fs::canonical(q);
  // EXPECT: coro-blocking-call: 'std::filesystem::directory_iterator::directory_iterator' blocks
  // NOTE: instead
  // EXPECT: coro-blocking-call: 'std::filesystem::directory_iterator::operator++' blocks
  // NOTE: instead
  for (const auto &each : fs::directory_iterator(p))
    (void)each;
  // Algebra.
  p = p / q.filename() / "a";
  p.replace_extension(".txt");
  p = p.lexically_normal().parent_path();
  (void)(p.empty() || p.is_absolute() || p.extension() == ".txt");
  // What was asked before is only looked at.
  // EXPECT: coro-blocking-call: 'std::filesystem::status' blocks
  // NOTE: instead
  fs::file_status known = fs::status(p);
  (void)(fs::exists(known) || fs::is_directory(known));
  co_return;
}

task<> locks(std::mutex &m) {
  // Off: a short lock costs less than a message about it.
  std::lock_guard held(m);
  co_return;
}
