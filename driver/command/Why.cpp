//===- Why.cpp - corolint why --------------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/Commands.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/calls/Conditions.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Settings.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace corolint::model;

namespace corolint {
namespace {

void printConditions(StringRef Word, ArrayRef<Condition> Conditions, StringRef Between) {
  if (Conditions.empty())
    return;
  std::vector<std::string> Texts;
  for (const Condition &C : Conditions)
    Texts.push_back(describe(C));
  outs() << "  " << Word << " " << join(Texts, Between) << "\n";
}

void print(const Entry &E) {
  outs() << E.Name << ": " << nameOf(E.What);
  if (E.What == Role::Blocks)
    outs() << " (family " << nameOf(E.Waits) << ")";
  outs() << "\n";
  if (!E.Why.empty())
    outs() << "  it " << E.Why << "\n";
  if (!E.Instead.empty())
    outs() << "  instead: " << E.Instead << "\n";
  printConditions("only if", E.When, " and ");
  printConditions("not if", E.Unless, " or ");
  if (E.Callable != CallableIs::Kept)
    outs() << (E.Callable == CallableIs::Dropped
                   ? "  a callable is gone before the task of its call is done\n"
                   : "  its result refers to the callable, which must live as long\n");
  if (E.Descriptor)
    outs() << "  depends on " << argumentName(*E.Descriptor)
           << ": whether that descriptor is in blocking mode\n";
  if (!E.Args.empty()) {
    std::vector<std::string> Names;
    for (int Arg : E.Args)
      Names.push_back(argumentName(Arg));
    outs() << "  of " << join(Names, ", ") << "\n";
  }
  if (!E.Header.empty())
    outs() << "  declared in <" << E.Header << ">\n";
  outs() << "  says " << E.From.str() << "\n";
}

void print(const TypeEntry &T) {
  outs() << T.Name << ": " << nameOf(T.Is) << "\n";
  if (!T.Why.empty())
    outs() << "  " << T.Why << "\n";
  outs() << "  says " << T.From.str() << "\n";
}

// Of a class that many know, all members are a page; of a namespace they would be a book.
constexpr size_t MostMembers = 60;

void printMembers(ArrayRef<const Entry *> Members) {
  outs() << "known in it, each with `corolint why NAME`:\n";
  size_t Shown = 0;
  std::string Before;
  for (const Entry *E : Members) {
    std::string Line = "  " + E->Name + ": " + nameOf(E->What).str();
    if (Line == Before)
      continue;
    if (Shown++ == MostMembers) {
      outs() << "  … and more\n";
      return;
    }
    outs() << Line << "\n";
    Before = std::move(Line);
  }
}

} // namespace

int runWhy(StringRef Name, ArrayRef<std::string> Files) {
  Knowledge Known = Knowledge::shipped();
  if (!addUserKnowledge(Known, Files, canonicalPath("unit.cpp")))
    return WrongUse;
  Name.consume_front("::");
  Name.consume_back("()");
  std::vector<const Entry *> Functions = Known.functionsNamed(Name);
  std::vector<const TypeEntry *> Types = Known.typesNamed(Name);
  std::vector<const Entry *> Members = Known.membersOf(Name);
  const bool Found = !Functions.empty() || !Types.empty() || !Members.empty();
  if (std::string Other = Known.aliasedName(Name); Found && !Other.empty())
    outs() << Name << " is " << Other << "\n";
  for (const Entry *E : Functions)
    print(*E);
  for (const TypeEntry *T : Types)
    print(*T);
  if (!Members.empty())
    printMembers(Members);
  if (Found)
    return 0;
  outs() << "nothing is known of '" << Name << "'\n";
  if (std::vector<std::string> Near = Known.namesLike(Name); !Near.empty())
    outs() << "  known names like it: " << listed(Near) << "\n";
  outs() << "  annotations in your own code (corolint/annotations.h) are read where it is used\n";
  return 1;
}

} // namespace corolint
