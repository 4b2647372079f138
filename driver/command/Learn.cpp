//===- Learn.cpp - corolint learn ----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A slow step that aio reported was seen at run time and, perhaps, not by the rules: because
// nothing is known of the library that waited, or because its call is in another file than the
// coroutine, where no analysis of one unit looks. Of each, the function is found that would have to
// be known.
//
//===----------------------------------------------------------------------===//

#include "base/Shown.h"
#include "command/Commands.h"
#include "command/StallLog.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Settings.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace llvm;
using namespace corolint::model;

namespace corolint {
namespace {

/// What is known to block under this name, or under that of the function that the C library's own
/// (__nanosleep, __libc_recv) stands for.
const Entry *knownToBlock(StringRef Name, const Knowledge &Known) {
  StringRef Public = Name;
  if (Public.consume_front("__libc_") || Public.consume_front("__"))
    Public = Public.ltrim('_');
  for (StringRef Each : {Name, Public})
    for (const Entry *E : Known.functionsNamed(Each))
      if (E->What == Role::Blocks || E->What == Role::RunsLoop)
        return E;
  return nullptr;
}

/// A name from a log, within the quotes of YAML.
std::string quotable(StringRef Name) {
  std::string Result;
  for (char C : Name)
    Result += (C == '"' || C == '\\' ? "\\" : "") + std::string(1, C);
  return shown(Result);
}

struct Lesson {
  std::optional<Family> Waits;
  unsigned Milliseconds = 0;
  std::vector<std::string> Places;
};

class Lessons {
public:
  explicit Lessons(const Knowledge &Known) : Known(Known) {}

  void add(const Stall &S) {
    ArrayRef<Stall::Frame> Called(S.Stack);
    if (Called.size() < 2) {
      ++WithoutStack;
      return;
    }
    Called = Called.drop_back(); // the coroutine itself
    std::optional<Family> Waits;
    for (const Stall::Frame &F : Called)
      if (const Entry *E = knownToBlock(F.Function, Known); E && E->What == Role::Blocks) {
        Waits = E->Waits;
        break;
      }
    // What the program's own code called, if that is nobody's whom we know; else what the coroutine
    // called: the way from there is not seen, or it would not be reported here alone.
    const auto *Own = find_if(Called, [](const Stall::Frame &F) { return F.Own; });
    StringRef Name;
    if (Own != Called.begin() && !knownToBlock(std::prev(Own)->Function, Known))
      Name = std::prev(Own)->Function;
    if (Name.empty() && Own != Called.end())
      Name = Called.back().Function;
    if (Name.empty() || knownToBlock(Name, Known)) {
      ++KnownAlready;
      return;
    }
    Lesson &L = Found[Name.str()];
    if (!L.Waits)
      L.Waits = Waits;
    L.Milliseconds = std::max(L.Milliseconds, S.Milliseconds);
    if (!S.Place.empty() && !is_contained(L.Places, S.Place))
      L.Places.push_back(S.Place);
  }

  void print(StringRef Log) const {
    if (Found.empty())
      return;
    outs() << "# Learnt from " << shown(sys::path::filename(Log)) << ".\nblocking:\n";
    for (const auto &[Name, L] : Found) {
      if (!L.Places.empty())
        outs() << "  # in the coroutine at " << listed(L.Places) << "\n";
      outs() << "  - name: \"" << quotable(Name)
             << "\"\n    family: " << (L.Waits ? nameOf(*L.Waits) : "thread");
      if (!L.Waits)
        outs() << " # a guess: nothing is known of what it called";
      outs() << "\n    why: has held the event loop for " << L.Milliseconds << " ms\n";
    }
  }

  size_t found() const { return Found.size(); }
  unsigned WithoutStack = 0, KnownAlready = 0;

private:
  const Knowledge &Known;
  std::map<std::string, Lesson> Found;
};

} // namespace

int runLearn(StringRef Log, ArrayRef<std::string> Files) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = MemoryBuffer::getFileOrSTDIN(Log);
  if (!Buffer) {
    sayError() << "'" << shown(Log) << "' cannot be read: " << Buffer.getError().message() << "\n";
    return WrongUse;
  }
  Knowledge Known = Knowledge::shipped();
  if (!addUserKnowledge(Known, Files, canonicalPath("unit.cpp")))
    return WrongUse;
  std::vector<Stall> Stalls = readStallLog((*Buffer)->getBuffer());
  Lessons L(Known);
  for (const Stall &S : Stalls)
    L.add(S);
  L.print(Log == "-" ? "the standard input" : Log);
  say() << counted(Stalls.size(), "report") << " of slow steps: " << counted(L.found(), "function")
        << " to add, " << L.KnownAlready << " known already, " << L.WithoutStack
        << " without a stack\n";
  if (Stalls.empty())
    say() << "a report is a line of aio's debug mode that ends in [coro-blocking-call], and its "
             "stack; see docs/runtime/debug.md\n";
  return Stalls.empty() ? HasFindings : Clean;
}

} // namespace corolint
