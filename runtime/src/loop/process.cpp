//===- process.cpp - Other programs ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/process.hpp>

#include <aio/gather.hpp>
#include <aio/loop.hpp>

#include "signal_handle.hpp"
#include "stream.hpp"

#include <uv.h>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <system_error>

namespace aio {

//===- How it ended -------------------------------------------------------===//

std::string exit_status::text() const {
  if (signal == 0)
    return "exited with code " + std::to_string(code);
  return "was killed by " + detail::name_of_signal(signal);
}

void exit_status::check() const {
  if (!success())
    throw process_failed(*this);
}

process_failed::process_failed(exit_status status)
    : std::runtime_error("'" + status.program + "' " + status.text()),
      status_(std::make_shared<const exit_status>(std::move(status))) {}

//===- The child ----------------------------------------------------------===//

/// Lives until libuv has closed its handle and nobody refers to it any more.
struct process::child {
  child(detail::uv_scheduler &on, std::string name) : loop(on) { status.program = std::move(name); }

  void has_ended(std::int64_t code, int signal) noexcept;
  void close() noexcept {
    uv_close(reinterpret_cast<uv_handle_t *>(&uv), [](uv_handle_t *closed) {
      const auto last = std::move(static_cast<child *>(closed->data)->self);
    });
  }

  detail::uv_scheduler &loop;
  uv_process_t uv{};
  exit_status status;
  bool ended = false;
  /// Its process is gone, and the loop counts its end as work.
  bool abandoned = false;
  std::vector<exit_operation *> waiting;
  /// libuv's reference.
  std::shared_ptr<child> self;
};

class process::exit_operation final : public detail::awaitable_operation<exit_operation> {
public:
  explicit exit_operation(child &awaited) noexcept
      : awaitable_operation("process::wait", true), child_(awaited) {}
  exit_operation(exit_operation &&) noexcept = default;
  ~exit_operation() { leave(); }

  bool start() {
    child_.waiting.push_back(this);
    return true;
  }
  void await_resume() const { rethrow_cancelled(); }
  void ended() noexcept { complete(); }

private:
  void leave() noexcept { std::erase(child_.waiting, this); }
  void on_cancel() noexcept override {
    leave();
    complete_cancelled();
  }
  std::string detail() const override {
    return "'" + child_.status.program + "', pid " + std::to_string(child_.uv.pid);
  }

  child &child_;
};

void process::child::has_ended(std::int64_t code, int signal) noexcept {
  status.code = signal == 0 ? static_cast<int>(code) : 0;
  status.signal = signal;
  ended = true;
  for (exit_operation *const each : std::exchange(waiting, {}))
    each->ended();
  if (abandoned)
    loop.end_work();
  close();
}

//===- Starting -----------------------------------------------------------===//

namespace {

class owned_descriptor {
public:
  owned_descriptor() noexcept = default;
  explicit owned_descriptor(int opened) noexcept : descriptor_(opened) {}
  owned_descriptor(owned_descriptor &&other) noexcept : descriptor_(other.release()) {}
  owned_descriptor &operator=(owned_descriptor &&other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~owned_descriptor() {
    if (descriptor_ >= 0)
      ::close(descriptor_);
  }
  int get() const noexcept { return descriptor_; }
  int release() noexcept { return std::exchange(descriptor_, -1); }

private:
  int descriptor_ = -1;
};

/// One of the three streams, until the program is started.
struct prepared_stream {
  owned_descriptor theirs;
  std::optional<program_pipe> ours;
  uv_stdio_container_t container{};
};

/// A pipe, and not the pair of sockets that libuv would make: a program may open /dev/stdin or
/// /dev/stderr, which cannot be done with a socket.
void make_pipe(prepared_stream &stream, std::size_t number, detail::uv_scheduler &loop,
               const std::string &program) {
  const auto check = [&](int status) {
    if (status < 0)
      detail::throw_uv(status, "spawn '" + program + "'");
  };
  std::array<uv_file, 2> ends{};
  check(uv_pipe(ends.data(), 0, 0));
  owned_descriptor read(ends[0]);
  owned_descriptor write(ends[1]);
  constexpr std::array names{"stdin", "stdout", "stderr"};
  detail::stream_ptr opened =
      detail::stream::make_pipe(loop, std::string(names[number]) + " of '" + program + "'");
  owned_descriptor &ours = number == 0 ? write : read;
  check(uv_pipe_open(opened->pipe(), ours.get()));
  ours.release();
  stream.ours.emplace(std::move(opened));
  stream.theirs = std::move(number == 0 ? read : write);
  stream.container.flags = UV_INHERIT_FD;
  stream.container.data.fd = stream.theirs.get();
}

void prepare(prepared_stream &stream, std::size_t number, stdio kind, detail::uv_scheduler &loop,
             const std::string &program) {
  switch (kind) {
  case stdio::inherit:
    stream.container.flags = UV_INHERIT_FD;
    stream.container.data.fd = static_cast<int>(number);
    break;
  case stdio::pipe:
    make_pipe(stream, number, loop, program);
    break;
  case stdio::null:
    stream.container.flags = UV_IGNORE; // which is /dev/null for these three
    break;
  }
}

/// As C wants them: pointers, and a null.
std::vector<char *> pointers_to(std::vector<std::string> &strings) {
  std::vector<char *> result;
  result.reserve(strings.size() + 1);
  for (std::string &each : strings)
    result.push_back(each.data());
  result.push_back(nullptr);
  return result;
}

} // namespace

process process::start(command_line command, process_options options) {
  std::vector<std::string> arguments = std::move(command).words();
  auto &loop = detail::uv_scheduler::of(detail::require_running("process::start").in->loop());
  if (arguments.empty())
    throw std::invalid_argument("process::start: there is no program to start");
  const std::string program = arguments.front();

  std::array<prepared_stream, 3> streams;
  std::array<uv_stdio_container_t, 3> containers;
  const std::array kinds{options.input, options.output, options.error};
  for (std::size_t i = 0; i != streams.size(); ++i) {
    prepare(streams[i], i, kinds[i], loop, program);
    containers[i] = streams[i].container;
  }

  std::vector<std::string> variables;
  if (options.environment)
    for (const auto &[name, value] : *options.environment)
      variables.push_back(name + "=" + value);
  std::vector<char *> argument_pointers = pointers_to(arguments);
  std::vector<char *> variable_pointers = pointers_to(variables);
  const std::string directory = options.directory.string();

  uv_process_options_t spawned{};
  spawned.file = program.c_str();
  spawned.args = argument_pointers.data();
  spawned.env = options.environment ? variable_pointers.data() : nullptr;
  spawned.cwd = directory.empty() ? nullptr : directory.c_str();
  spawned.stdio = containers.data();
  spawned.stdio_count = static_cast<int>(containers.size());
  spawned.exit_cb = [](uv_process_t *of, std::int64_t code, int signal) {
    static_cast<child *>(of->data)->has_ended(code, signal);
  };
  auto made = std::make_shared<child>(loop, program);
  made->uv.data = made.get();
  const int status = uv_spawn(loop.native(), &made->uv, &spawned);
  made->self = made; // the handle has to be closed, also that of what was not started
  if (status < 0) {
    made->close();
    detail::throw_uv(status, "spawn '" + program + "'" +
                                 (directory.empty() ? "" : " in '" + directory + "'"));
  }
  uv_unref(reinterpret_cast<uv_handle_t *>(&made->uv));
  process result(std::move(made));
  result.input_ = std::move(streams[0].ours);
  result.output_ = std::move(streams[1].ours);
  result.error_ = std::move(streams[2].ours);
  return result;
}

//===- A program that was started -----------------------------------------===//

process::process(std::shared_ptr<child> started) noexcept : child_(std::move(started)) {}

process::~process() {
  if (!child_ || child_->ended)
    return;
  if (detail::scheduler::current() == &child_->loop) {
    uv_process_kill(&child_->uv, SIGKILL);
    child_->abandoned = true;
    child_->loop.begin_work();
    return;
  }
  // The loop is gone, though it should not be.
  ::kill(child_->uv.pid, SIGKILL);
  ::waitpid(child_->uv.pid, nullptr, 0);
}

process::child &process::started() const {
  if (!child_)
    throw std::logic_error("there is no program: the process was moved from");
  return *child_;
}

int process::pid() const {
  return started().uv.pid;
}

namespace {

program_pipe &require_pipe(std::optional<program_pipe> &pipe, const std::string &program,
                           const char *asked) {
  if (!pipe)
    throw std::logic_error("'" + program + "' was started without {." + asked +
                           " = aio::stdio::pipe}");
  return *pipe;
}

} // namespace

program_pipe &process::input() {
  return require_pipe(input_, started().status.program, "input");
}

program_pipe &process::output() {
  return require_pipe(output_, started().status.program, "output");
}

program_pipe &process::error() {
  return require_pipe(error_, started().status.program, "error");
}

task<exit_status> process::wait() {
  started();
  return wait_for(child_);
}

task<exit_status> process::wait_for(std::shared_ptr<child> awaited) {
  if (!awaited->ended)
    co_await exit_operation(*awaited);
  co_return awaited->status;
}

void process::kill(int signal) {
  child &killed = started();
  if (killed.ended)
    return;
  const int status = uv_process_kill(&killed.uv, signal);
  if (status < 0 && status != UV_ESRCH)
    detail::throw_uv(status, "kill '" + killed.status.program + "'");
}

//===- run_program --------------------------------------------------------===//

namespace {

task<> feed(program_pipe &into, const std::string &text) {
  try {
    co_await into.write(text);
  } catch (const std::system_error &error) {
    if (error.code() != std::errc::broken_pipe) // it does not want all of it
      throw;
  }
  into.close();
}

task<std::string> read_all(program_pipe &from) {
  std::string result;
  std::vector<std::byte> buffer(std::size_t{16} * 1024);
  while (const std::size_t count = co_await from.read(buffer))
    result.append(reinterpret_cast<const char *>(buffer.data()), count);
  co_return result;
}

} // namespace

task<program_result> run_program(command_line arguments, std::string input) {
  process_options options;
  options.input = options.output = options.error = stdio::pipe;
  process running = process::start(std::move(arguments), std::move(options));
  auto read = co_await gather(read_all(running.output()), read_all(running.error()),
                              feed(running.input(), input));
  program_result result;
  result.output = std::move(std::get<0>(read));
  result.error = std::move(std::get<1>(read));
  result.status = co_await running.wait();
  co_return result;
}

} // namespace aio
