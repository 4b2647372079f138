//===- slow_step_report.cpp - What is said of a slow step -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include "slow_step_report.hpp"

#include "sampler.hpp"

#include <aio/detail/report.hpp>

#include <algorithm>
#include <cstddef>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace aio::detail {

namespace {

/// Where in \p text the bracket opens that its last character closes.
std::size_t opening(std::string_view text, char open) {
  std::size_t at = text.size() - 1;
  for (int nested = 0; at != 0; --at) {
    if (text[at] == text.back())
      ++nested;
    else if (text[at] == open && --nested == 0)
      break;
  }
  return at;
}

/// The name alone of a function, as a compiler or the demangler spells it: without what it is a
/// member of, its parameters and its template's arguments.
std::string_view bare_name(std::string_view function) {
  if (function.find("operator()") != function.npos || function.find("lambda") != function.npos)
    return "operator()";
  function = function.substr(0, function.find(" ["));
  if (const auto end = function.rfind(')'); end != function.npos) {
    function = function.substr(0, end + 1);
    function = function.substr(0, opening(function, '('));
  }
  if (function.ends_with('>'))
    function = function.substr(0, opening(function, '<'));
  return function.substr(function.find_last_of(": ") + 1);
}

std::string_view name_of_file(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// Whether \p frame is the body of the coroutine that was made at \p made.
bool is_body(const stack_frame &frame, const std::source_location &made) {
  if (frame.file.empty() ? !frame.coroutine
                         : name_of_file(frame.file) != name_of_file(made.file_name()))
    return false;
  return bare_name(frame.function) == bare_name(made.function_name());
}

std::string held_for(std::chrono::milliseconds time) {
  return "has held the loop for " + std::to_string(time.count()) + " ms, and still does";
}

} // namespace

report report_of(const sample &taken, std::chrono::milliseconds held) {
  report made;
  made.rule = "coro-blocking-call";
  made.message = held_for(held);
  std::vector<stack_frame> stack = name_stack(taken.stack);
  if (taken.chain_size == 0) {
    made.message = "a step " + made.message;
  } else {
    const auto &[made_at, awaiting_at] = taken.chain[0];
    made.coroutine = made_at.function_name();
    made.file = awaiting_at.file_name();
    made.line = awaiting_at.line();
    auto body = std::find_if(stack.begin(), stack.end(), [&](const stack_frame &frame) {
      return frame.coroutine && is_body(frame, made_at);
    });
    if (body == stack.end()) // inlined, its name may not tell
      body = std::find_if(stack.begin(), stack.end(),
                          [&](const stack_frame &frame) { return is_body(frame, made_at); });
    if (body != stack.end()) {
      if (body->line != 0) {
        made.file = made_at.file_name();
        made.line = body->line;
      }
      stack.erase(body + 1, stack.end()); // those that have handed over to it
    }
  }
  for (std::size_t i = 0; i != stack.size(); ++i)
    made.details.push_back("#" + std::to_string(i) + " " + stack[i].text());
  for (std::size_t i = 1; i < taken.chain_size; ++i)
    made.details.push_back("awaited by '" + std::string(taken.chain[i].made_at.function_name()) +
                           "' at " + place_of(taken.chain[i].awaiting_at));
  return made;
}

report report_without_stack(std::chrono::milliseconds held, const char *why) {
  report made;
  made.rule = "coro-blocking-call";
  made.message = "a step " + held_for(held);
  made.details.push_back(std::string("no stack: ") + why);
  return made;
}

} // namespace aio::detail
