//===- Proposals.cpp - Attributes of the types of a project -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Proposals.h"
#include "output/Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>
#include <tuple>

using namespace llvm;

namespace corolint {

static bool isSameClass(const Proposal &A, const Proposal &B) {
  return std::tie(A.At.Path, A.At.Line, A.At.Column) == std::tie(B.At.Path, B.At.Line, B.At.Column);
}

Proposals::Proposals(const Report &R, const CheckRequest &Asked) {
  for (const UnitResult &Unit : R.Answers)
    for (const Proposal &P : Unit.Proposals)
      add(P);
  llvm::stable_sort(All, [](const Proposal &A, const Proposal &B) {
    return std::tie(A.At.Path, A.At.Line, A.At.Column) <
           std::tie(B.At.Path, B.At.Line, B.At.Column);
  });
  leaveOutElsewhere(Asked);
  // What is not read may destroy a frame as well.
  const bool IsAllRead = (Asked.Flags || Asked.Paths.empty()) && R.Failures.empty();
  if (!IsAllRead)
    giveUp([](const Proposal &P) { return StringRef(P.Attribute).ends_with("when_complete"); },
           R.Failures.empty()
               ? "it holds in the units that were read; only a run without a PATH reads all of them"
               : "it holds in the units that were read, and some could not be");
  leaveOutUnneeded();
}

void Proposals::add(const Proposal &P) {
  auto Has = find_if(All, [&](const Proposal &Each) {
    return isSameClass(Each, P) && Each.Attribute == P.Attribute;
  });
  if (Has == All.end()) {
    All.push_back(P);
    return;
  }
  if (!P.Holds && Has->Holds)
    *Has = P;
  for (const Edit &E : P.Edits)
    if (Has->Holds && none_of(Has->Edits, [&](const Edit &Each) {
          return Each.Path == E.Path && Each.Offset == E.Offset;
        }))
      Has->Edits.push_back(E);
}

/// A patch is for what is below the current folder, and not for what others wrote.
void Proposals::leaveOutElsewhere(const CheckRequest &Asked) {
  const std::string Here = canonicalPath(".");
  std::vector<std::string> Named;
  for (StringRef Path : Asked.Paths)
    if (std::string Canonical = canonicalPath(Path); !isAtOrBelow(Here, Canonical))
      Named.push_back(std::move(Canonical));
  auto IsNamed = [&](const std::string &File) {
    return any_of(Named, [&](StringRef Path) { return isAtOrBelow(File, Path); });
  };
  erase_if(All, [&](const Proposal &P) {
    return !isAtOrBelow(P.At.Path, Here) || (!P.Library.empty() && !IsNamed(P.At.Path));
  });
  giveUp(
      [&](const Proposal &P) {
        return any_of(P.Edits, [&](const Edit &E) { return !isAtOrBelow(E.Path, Here); });
      },
      "a function outside of the current folder returns it, and is no coroutine");
}

void Proposals::giveUp(function_ref<bool(const Proposal &)> Which, StringRef Why) {
  for (Proposal &P : All)
    if (P.Holds && Which(P)) {
      P.Holds = false;
      P.Why = Why.str();
    }
  leaveOutUnneeded();
}

void Proposals::leaveOutUnneeded() {
  for (Proposal &P : All)
    if (P.Holds && !P.Needs.empty() && none_of(All, [&](const Proposal &Each) {
          return Each.Holds && Each.Attribute == P.Needs && isSameClass(Each, P);
        })) {
      P.Holds = false;
      P.Why = "it needs [[" + P.Needs + "]]";
    }
}

std::map<std::string, std::string> Proposals::contents() const {
  std::map<std::string, std::map<unsigned, std::string>> Inserted;
  std::map<std::pair<std::string, unsigned>, std::vector<std::string>> Names;
  for (const Proposal &P : All)
    if (P.Holds) {
      const Edit &Own = P.Edits.front();
      Names[{Own.Path, Own.Offset}].push_back(Own.Text);
      for (const Edit &E : drop_begin(P.Edits))
        Inserted[E.Path][E.Offset] = E.Text;
    }
  for (const auto &[Where, All] : Names)
    Inserted[Where.first][Where.second] = " [[" + join(All, ", ") + "]]";

  std::map<std::string, std::string> Result;
  for (const auto &[File, Edits] : Inserted) {
    auto Buffer = MemoryBuffer::getFile(File);
    if (!Buffer)
      continue;
    std::string Text = (*Buffer)->getBuffer().str();
    for (const auto &[Offset, Added] : reverse(Edits))
      if (Offset <= Text.size())
        Text.insert(Offset, Added);
    Result[File] = std::move(Text);
  }
  return Result;
}

} // namespace corolint
