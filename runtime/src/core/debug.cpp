//===- debug.cpp - What debug mode has to say
//----------------------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/debug.hpp>

#include <aio/detail/report.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace aio {

namespace {

struct reporting {
  std::mutex lock;
  std::function<void(const report &)> handler;
};

reporting &reports() {
  static reporting one;
  return one;
}

} // namespace

std::string report::text() const {
  std::string result = "aio: ";
  if (!file.empty())
    result += file + ":" + std::to_string(line) + ": ";
  if (!coroutine.empty())
    result += "'" + coroutine + "' ";
  result += message + " [" + rule + "]\n";
  for (const std::string &more : details)
    result += "aio:   " + more + "\n";
  return result;
}

std::function<void(const report &)>
set_report_handler(std::function<void(const report &)> handler) {
  std::lock_guard held(reports().lock);
  return std::exchange(reports().handler, std::move(handler));
}

namespace detail {

void report_problem(const problem &p) noexcept {
  report made;
  made.rule = p.rule;
  made.message = p.message;
  made.details = p.details;
  if (p.coroutine) {
    made.coroutine = p.coroutine->made_at.function_name();
    made.file = p.coroutine->awaiting_at.file_name();
    made.line = p.coroutine->awaiting_at.line();
  }
  std::lock_guard held(reports().lock);
  if (reports().handler)
    reports().handler(made);
  else
    std::fputs(made.text().c_str(), stderr);
}

bool debug_in_environment() noexcept {
  static const bool set = [] {
    const char *const value = std::getenv("AIO_DEBUG");
    return value && *value && std::strcmp(value, "0") != 0;
  }();
  return set;
}

namespace {

/// One coroutine, where it stands, and who waits for it, up to the root.
void write_chain(std::string &out, const promise_base *leaf, int indent) {
  for (const promise_base *each = leaf; each; each = each->awaited_by()) {
    out += std::string(static_cast<std::size_t>(indent), ' ') + name_of(*each) + " at " +
           each->awaiting_at.file_name() + ":" + std::to_string(each->awaiting_at.line()) + "\n";
  }
}

void write_scope(std::string &out, const scope &of, int indent) {
  of.for_each_operation([&](const operation &waits) {
    out += std::string(static_cast<std::size_t>(indent), ' ') + "waits for " + waits.what();
    if (const std::string more = waits.detail(); !more.empty())
      out += " (" + more + ")";
    out += "\n";
    write_chain(out, waits.who, indent + 2);
  });
  of.for_each_child([&](const scope &below) { write_scope(out, below, indent); });
}

} // namespace

std::string tree_of(const scheduler &loop) {
  std::string out;
  write_scope(out, loop.top(), 0);
  loop.for_each_ready([&](const resumable &ready) {
    out += "ready to run\n";
    write_chain(out, ready.who, 2);
  });
  return out;
}

bool debug_enabled() noexcept {
  if (debug_in_environment())
    return true;
  const scheduler *const here = scheduler::current();
  return here && here->observed_by();
}

} // namespace detail

std::string task_tree() {
  return detail::tree_of(detail::require_scheduler("task_tree"));
}

void dump_tasks() {
  std::fputs(task_tree().c_str(), stderr);
}

} // namespace aio
