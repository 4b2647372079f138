// Streams: the standard ones, those that no disk is behind, and one finding for each that is opened.
//
// RUN: %check %s

#include "Inputs/task.h"
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

//===- good

#define SAY(x) fprintf(stderr, "%s\n", x)
#define LOG_TO stderr
#define WARN(...) SAY(__VA_ARGS__), fflush(stderr)
task<> standard_streams() {
  SAY("a");
  WARN("b");
  std::fputs("c", LOG_TO);
  FILE *out = stdout;
  fprintf(out, "d");
  co_return;
}

constexpr const char *status = "/proc/self/status";
task<> made_by_the_kernel(int pid, char *data) {
  std::ifstream f{"/proc/self/statm"};
  std::string line;
  std::getline(f, line);
  int n;
  f >> n;
  std::ifstream g(std::string("/proc/") + std::to_string(pid) + "/stat");
  std::ifstream h;
  h.open(status);
  std::getline(h, line);
  int fd = open("/sys/class/net/lo/mtu", O_RDONLY);
  read(fd, data, 1);
  FILE *info = fopen("/proc/meminfo", "r");
  fgets(data, 1, info);
  fclose(info);
  std::ofstream null("/dev/null");
  struct stat s;
  stat("/proc/self", &s);
  const std::filesystem::path device = "/sys/class/gpio";
  if (std::filesystem::exists(device) && std::filesystem::exists("/proc/self/fd"))
    std::filesystem::is_directory(device / "gpio1");
  co_return;
}
task<> in_memory(char *data, size_t size) {
  FILE *stream = open_memstream(&data, &size);
  fprintf(stream, "text");
  fflush(stream);
  fclose(stream);
  FILE *other = fmemopen(data, size, "r");
  fgets(data, 1, other);
  co_return;
}
// It stays in the buffer.
task<> short_output(std::ofstream &log) {
  log << "a" << 1;
  log.put('c');
  co_return;
}

//===- bad

// One cause, one finding.
task<> opened_and_written(const std::string &path) {
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::basic_ofstream' blocks the event loop
  // NOTE: instead
  std::ofstream out(path);
  out << "a" << 1 << std::endl;
  out.write("b", 1);
  out.close();
  // EXPECT: coro-blocking-call: 'fopen' blocks the event loop
  // NOTE: instead
  FILE *file = fopen(path.c_str(), "w");
  fprintf(file, "x");
  fclose(file);
  co_return;
}
task<> given(std::ofstream &out, std::ifstream &in, FILE *file) {
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::operator<<' blocks the event loop
  // NOTE: instead
  out << "a" << 1 << std::endl;
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::operator<<' blocks the event loop
  // NOTE: instead
  out << std::flush;
  // EXPECT: coro-blocking-call: 'std::basic_ofstream::close' blocks the event loop
  // NOTE: instead
  out.close();
  std::string line;
  // EXPECT: coro-blocking-call: 'std::getline' blocks the event loop
  // NOTE: instead
  std::getline(in, line);
  // EXPECT: coro-blocking-call: 'fprintf' blocks the event loop
  // NOTE: instead
  fprintf(file, "stderr stdout");
  co_return;
}
task<> elsewhere_below(const std::string &name) {
  // EXPECT: coro-blocking-call: 'std::basic_ifstream::basic_ifstream' blocks the event loop
  // NOTE: instead
  std::ifstream f("/procedures/" + name);
  co_return;
}

// A helper is one finding in a coroutine.
void save(int x) { std::filesystem::create_directory(std::to_string(x)); } // #save
task<> many_times() {
  // EXPECT: coro-blocking-call: 'save' blocks the event loop: it calls 'std::filesystem::create_directory'
  // NOTE@#save: 'save' calls 'std::filesystem::create_directory' here
  // NOTE@#save: 'std::filesystem::create_directory'
  // NOTE@#second: 'save' is called here as well
  save(1);
  save(2); // #second
  co_return;
}
