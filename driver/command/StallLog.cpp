//===- StallLog.cpp - aio's reports of slow steps, read from a log -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/StallLog.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace corolint {
namespace {

/// The index behind the bracket that closes the one at \p At, or the end of the text.
size_t behindBracket(StringRef Text, size_t At) {
  const char Open = Text[At], Close = Open == '(' ? ')' : Open == '<' ? '>' : '}';
  unsigned Depth = 0;
  for (size_t I = At; I != Text.size(); ++I) {
    // Not what closes nothing: `operator->`, and a comparison in a template argument's parentheses.
    if (Open == '<' && Text[I] == '(' && I != At) {
      I = behindBracket(Text, I) - 1;
      continue;
    }
    if (Text[I] == Open)
      ++Depth;
    else if (Text[I] == Close && !(Close == '>' && I && Text[I - 1] == '-') && --Depth == 0)
      return I + 1;
  }
  return Text.size();
}

/// The end of an operator's name that begins at \p At: of its symbol, or of the type that a
/// conversion leads to.
size_t behindOperator(StringRef Text, size_t At) {
  size_t I = At + StringRef("operator").size();
  if (Text.substr(I).starts_with("()") || Text.substr(I).starts_with("[]"))
    return I + 2;
  if (I != Text.size() && Text[I] == ' ')
    return std::min(Text.find('(', I), Text.size());
  while (I != Text.size() && StringRef("+-*/%^&|~!=<>,").contains(Text[I]))
    ++I;
  return I;
}

bool isIdentifierAt(StringRef Text, size_t I) {
  return I < Text.size() && (isAlnum(Text[I]) || Text[I] == '_');
}

} // namespace

std::string plainNameOf(StringRef Text) {
  if (Text.starts_with("0x"))
    return "";
  std::vector<std::string> Parts;
  std::string Part;
  auto End = [&] {
    // Inline namespaces of the standard libraries, which names leave out.
    if (!Part.empty() && Part != "__cxx11" && Part != "__1" && Part != "_V2")
      Parts.push_back(Part);
    Part.clear();
  };
  for (size_t I = 0; I < Text.size();) {
    StringRef Rest = Text.substr(I);
    if (Rest.starts_with("::")) {
      End();
      I += 2;
    } else if (Rest.starts_with("(anonymous namespace)")) {
      I += StringRef("(anonymous namespace)").size();
    } else if (Part.empty() && Rest.starts_with("operator") && !isIdentifierAt(Text, I + 8)) {
      size_t Behind = behindOperator(Text, I);
      Part = Text.slice(I, Behind).str();
      I = Behind;
    } else if (Rest.starts_with("{")) {
      if (Rest.starts_with("{lambda") || Rest.starts_with("{unnamed"))
        return "";
      I = behindBracket(Text, I);
    } else if (Rest.starts_with("'lambda")) {
      return "";
    } else if (Rest.starts_with("<")) {
      I = behindBracket(Text, I);
    } else if (Rest.starts_with("[")) { // [abi:cxx11], [clone .resume]
      size_t Close = Text.find(']', I);
      I = Close == StringRef::npos ? Text.size() : Close + 1;
    } else if (Rest.starts_with("(")) {
      size_t Behind = behindBracket(Text, I);
      if (Part == "decltype") {
        Part.clear();
        I = Behind;
        continue;
      }
      // Parameters: the end, but of a function whose local class has the member that is meant.
      StringRef After = Text.substr(Behind);
      After.consume_front(" const");
      if (!After.starts_with("::"))
        break;
      I = Text.size() - After.size();
    } else if (Rest.starts_with(" ")) {
      // What came was the type that it returns.
      StringRef After = Rest.ltrim();
      if (!After.empty() && !After.starts_with("[")) {
        Parts.clear();
        Part.clear();
      }
      I = Text.size() - After.size();
    } else if (Rest.front() == '*' || Rest.front() == '&') {
      ++I;
    } else if (Rest.front() == ':') { // by itself: that is in no name of C++
      return "";
    } else if (Rest.front() == '@') { // a version: sleep@@GLIBC_2.2.5
      break;
    } else {
      Part += Rest.front();
      ++I;
    }
  }
  End();
  return join(Parts, "::");
}

namespace {

constexpr StringLiteral Rule = " [coro-blocking-call]";
constexpr StringLiteral Holds = "has held the loop for ";

/// The text behind "aio: ", or behind "aio:   " of a detail; nothing if the line has no such thing.
bool takeLine(StringRef Line, StringRef &Text, bool &Detail) {
  size_t At = Line.find("aio: ");
  if (At == StringRef::npos || (At && isIdentifierAt(Line, At - 1)))
    return false;
  Text = Line.substr(At + 5).rtrim("\r");
  Detail = Text.consume_front("  ");
  return true;
}

/// `[ file:line: ] [ 'coroutine' ] has held the loop for N ms, and still does [rule]`
bool takeHead(StringRef Text, Stall &Into) {
  size_t At = Text.rfind(Holds);
  if (!Text.consume_back(Rule) || At == StringRef::npos ||
      Text.substr(At + Holds.size()).consumeInteger(10, Into.Milliseconds))
    return false;
  StringRef Before = Text.take_front(At).rtrim();
  if (Before.consume_back("a step"))
    Before = Before.rtrim();
  if (size_t Quote = Before.find('\'');
      Quote != StringRef::npos && Before.ends_with("'") && Quote + 1 < Before.size()) {
    Into.Coroutine = Before.slice(Quote + 1, Before.size() - 1).str();
    Before = Before.take_front(Quote).rtrim();
  }
  Before.consume_back(":");
  Into.Place = Before.str();
  return true;
}

/// `#N function at file:line`, or `#N function in module`
bool takeFrame(StringRef Text, Stall &Into) {
  unsigned Number;
  if (!Text.consume_front("#") || Text.consumeInteger(10, Number) || !Text.consume_front(" "))
    return false;
  size_t In = Text.rfind(" in "), At = Text.rfind(" at ");
  bool Own = At != StringRef::npos && (In == StringRef::npos || At > In);
  StringRef Function = Own ? Text.take_front(At) : Text.take_front(std::min(In, Text.size()));
  Into.Stack.push_back({plainNameOf(Function), Own});
  return true;
}

} // namespace

std::vector<Stall> readStallLog(StringRef Text) {
  std::vector<Stall> Result;
  bool Inside = false;
  unsigned Number = 0;
  for (StringRef Line : split(Text, '\n')) {
    ++Number;
    StringRef Said;
    bool Detail = false;
    if (!takeLine(Line, Said, Detail))
      continue;
    if (Detail) {
      if (Inside)
        takeFrame(Said, Result.back());
      continue;
    }
    Stall New;
    Inside = takeHead(Said, New);
    if (Inside) {
      New.Line = Number;
      Result.push_back(std::move(New));
    }
  }
  return Result;
}

} // namespace corolint
