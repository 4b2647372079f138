//===- aio/process.hpp - Other programs -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//
//
// A program that was started belongs to the loop that runs where it was started: its `process` is
// used and destroyed on that loop's thread, and before `run` returns.
//
// A program that goes away while it is written to is an error, broken_pipe: as net.hpp says, from
// the first pipe on our own program ignores SIGPIPE, unless it handles that signal. What is started
// has the defaults of all signals.
//
//===----------------------------------------------------------------------------------------===//

#ifndef AIO_PROCESS_HPP
#define AIO_PROCESS_HPP

#include <aio/net.hpp>
#include <aio/task.hpp>

#include <corolint/annotations.h>

#include <concepts>
#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace aio {

/// How a program has ended.
struct exit_status {
  /// As it was started.
  std::string program;
  /// What it has exited with; 0 if a signal killed it.
  int code = 0;
  /// Which signal has killed it, or 0.
  int signal = 0;

  bool success() const noexcept { return code == 0 && signal == 0; }

  /// "exited with code 1", "was killed by signal 9 (Killed)".
  std::string text() const;

  /// Throws: `process_failed` unless it is a success.
  void check() const;
};

/// A program has ended, and not with success: "'sort' was killed by signal 9 (Killed)".
class process_failed : public std::runtime_error {
public:
  explicit process_failed(exit_status status);
  const exit_status &status() const noexcept { return *status_; }

private:
  std::shared_ptr<const exit_status> status_; // copying an exception must not throw
};

/// Where one of a program's three streams leads.
enum class stdio {
  /// Where ours leads.
  inherit,
  /// To a pipe, whose other end is ours.
  pipe,
  /// Nowhere: /dev/null.
  null,
};

struct process_options {
  stdio input = stdio::inherit;
  stdio output = stdio::inherit;
  stdio error = stdio::inherit;
  /// Where it runs; here if it is empty.
  std::filesystem::path directory = {};
  /// All that is in its environment; none: what is in ours.
  std::optional<std::map<std::string, std::string>> environment = std::nullopt;
};

/// Our end of a pipe to a program. It is ended by `close()`: half of a pipe cannot be shut down.
class program_pipe : public byte_stream {
public:
  using byte_stream::byte_stream;
  void shutdown() = delete;
};

/// A program and what it is given: `{"sort", "-r"}`, or a vector. (A parameter that is a vector
/// would do, if GCC 12 could await a call that has a list in it.)
class command_line {
public:
  command_line(std::vector<std::string> words) noexcept : words_(std::move(words)) {}
  template <std::convertible_to<std::string>... W>
    requires(sizeof...(W) != 0)
  command_line(W &&...words) {
    words_.reserve(sizeof...(W));
    (words_.emplace_back(std::forward<W>(words)), ...);
  }

  std::vector<std::string> words() && noexcept { return std::move(words_); }

private:
  std::vector<std::string> words_;
};

/// A program that was started. It can be moved, also while somebody waits for it.
///
/// One that is destroyed while the program runs kills it (SIGKILL), and nobody has to wait for it:
/// it leaves no zombie, and `run` does not return before it is gone.
class process {
public:
  /// Starts the program that \p arguments begins with. Without a slash in its name it is looked
  /// for in the PATH of its environment.
  ///
  /// Starts: at once, and holds the loop until the system has started it: some milliseconds at
  /// most, if its file is at hand.
  /// Thread: on a loop.
  /// Throws: std::system_error: "spawn 'nosuch': No such file or directory", also when it is the
  /// directory that is not there: "spawn 'ls' in '/nosuch': No such file or directory";
  /// std::invalid_argument without arguments; std::logic_error where no loop runs.
  static process start(command_line arguments, process_options options = {});

  process(process &&other) noexcept = default;
  process &operator=(process &&other) noexcept {
    process(std::move(other)).swap(*this);
    return *this;
  }
  ~process();
  void swap(process &other) noexcept {
    child_.swap(other.child_);
    input_.swap(other.input_);
    output_.swap(other.output_);
    error_.swap(other.error_);
  }

  /// What the system calls it. Once it has ended, another may be called so.
  int pid() const;

  /// Our end of its input, to write to; of its output and its errors, to read. Close the input when
  /// nothing more comes: many programs wait for that. Errors name it: "write to stdin of 'sort':
  /// Broken pipe".
  ///
  /// Throws: std::logic_error unless the options have made it a pipe.
  program_pipe &input();
  program_pipe &output();
  program_pipe &error();

  /// Waits for its end. Can be awaited again, and by several.
  ///
  /// Starts: when it is awaited. When the program has ended before, does not suspend.
  /// Cancel: ends at once. The program runs on.
  /// Thread: resumed on the loop.
  /// Throws: nothing else; a program that fails is no error: see exit_status::check.
  CORO_REPLACES("waitpid", "wait", "wait4", "waitid") task<exit_status> wait();

  /// Sends it \p signal. Nothing happens when it has ended.
  ///
  /// Thread: on the loop.
  /// Throws: std::system_error: "kill 'sort': Invalid argument".
  void kill(int signal = SIGTERM);

private:
  struct child;
  class exit_operation;
  explicit process(std::shared_ptr<child> started) noexcept;
  child &started() const;
  static task<exit_status> wait_for(std::shared_ptr<child> awaited);

  std::shared_ptr<child> child_;
  std::optional<program_pipe> input_;
  std::optional<program_pipe> output_;
  std::optional<program_pipe> error_;
};

/// How a program ended, and all that it wrote.
struct program_result {
  exit_status status;
  std::string output;
  std::string error;
};

/// Runs the program that \p arguments begins with, gives it \p input and then the end, reads
/// all that it writes, and waits for its end. All of that goes on at once: however much there is on
/// either side, neither waits for the other for good. It may leave input unread.
///
/// Starts: when it is awaited.
/// Cancel: kills the program.
/// Thread: resumed on the loop.
/// Throws: as process::start. A program that fails is no error: see exit_status::check.
CORO_REPLACES("system", "pclose")
task<program_result> run_program(command_line arguments, std::string input = {});

} // namespace aio

#endif // AIO_PROCESS_HPP
