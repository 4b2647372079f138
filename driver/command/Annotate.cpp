//===- Annotate.cpp - corolint annotate ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "base/Shown.h"
#include "command/Commands.h"
#include "output/Diff.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "run/Proposals.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>

using namespace llvm;

namespace corolint {
namespace {

/// Every unit is parsed with the patch. What it does not compile with is left out: mostly a
/// function that the model did not see returns the type.
void leaveOutWhatFails(Proposals &Found, Lint &Run) {
  for (StringRef Blamed : {"clang::coro_return_type", ""}) {
    const auto New = Found.contents();
    if (New.empty() || interruptedBy())
      return;
    for (const Failure &F : Run.failuresWith(New)) {
      const std::string Error = F.Errors.empty() ? F.Why : F.Errors.front().Text;
      Found.giveUp(
          [&](const Proposal &P) {
            return (Blamed.empty() || P.Attribute == Blamed) && Run.reads(F.File, P.At.Path);
          },
          "with it '" + shownPath(F.File) + "' does not compile: " + Error);
    }
  }
  // Whatever is left was tried only if nothing failed.
  if (const auto New = Found.contents(); !New.empty() && !Run.failuresWith(New).empty())
    Found.giveUp([](const Proposal &) { return true; }, "not every unit compiles with it");
}

std::string placeOf(const Proposal &P) {
  return shownPath(P.At.Path) + ":" + std::to_string(P.At.Line) + ": '" + shown(P.Class) + "'";
}

/// Each file's reasons, which patch and git skip, and its diff.
void printPatch(const Proposals &Found) {
  for (const auto &[File, New] : Found.contents()) {
    std::set<std::pair<unsigned, std::string>> Wrappers;
    for (const Proposal &P : Found.all()) {
      if (!P.Holds)
        continue;
      if (P.At.Path == File)
        outs() << placeOf(P) << " [[" << P.Attribute << "]]: " << shown(P.Why) << "\n";
      for (const Edit &E : drop_begin(P.Edits))
        if (E.Path == File)
          Wrappers.emplace(E.Line, P.Class);
    }
    for (const auto &[Line, Class] : Wrappers)
      outs() << shownPath(File) << ":" << Line << ": [[clang::coro_wrapper]]: it returns '"
             << shown(Class) << "', and is no coroutine\n";
    if (auto Before = MemoryBuffer::getFile(File))
      printDiff(relativePath(File), (*Before)->getBuffer(), New, outs());
  }
}

void writeProposals(json::OStream &J, StringRef Key, const Proposals &Found, bool Holds) {
  J.attributeArray(Key, [&] {
    for (const Proposal &P : Found.all())
      if (P.Holds == Holds)
        J.object([&] {
          J.attribute("attribute", P.Attribute);
          J.attribute("class", utf8(P.Class));
          J.attribute("file", utf8(relativePath(P.At.Path)));
          J.attribute("line", P.At.Line);
          J.attribute("column", P.At.Column);
          J.attribute("why", utf8(P.Why));
          if (Holds)
            J.attributeArray("wrappers", [&] {
              for (const Edit &E : drop_begin(P.Edits))
                J.object([&] {
                  J.attribute("file", utf8(relativePath(E.Path)));
                  J.attribute("line", E.Line);
                  J.attribute("column", E.Column);
                });
            });
        });
  });
}

void printDocument(const Proposals &Found, const Report &R) {
  json::OStream J(outs(), /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", 1);
    writeProposals(J, "proposals", Found, /*Holds=*/true);
    writeProposals(J, "left", Found, /*Holds=*/false);
    J.attributeArray("failures", [&] {
      for (const Failure &F : R.Failures)
        J.object([&] {
          J.attribute("file", utf8(relativePath(F.File)));
          J.attribute("reason", utf8(F.Why));
        });
    });
  });
  outs() << "\n";
}

void sayWhatIsLeft(const Proposals &Found) {
  for (const Proposal &P : Found.all())
    if (!P.Holds)
      errs() << placeOf(P) << " is not given [[" << P.Attribute << "]]: " << shown(P.Why) << "\n";
  const size_t Number = count_if(Found.all(), [](const Proposal &P) { return P.Holds; });
  if (Number == 0)
    say() << "no attribute to propose\n";
  else
    say() << counted(Number, "attribute") << " proposed; nothing was changed: the patch is for "
          << "'patch -p1', or 'git apply' in the root of a repository\n";
}

} // namespace

int runAnnotate(const CheckRequest &Asked, Format As) {
  watchForInterrupts();
  std::unique_ptr<Scratch> Files = Scratch::make();
  if (!Files)
    return NotAnalysed;
  Lint Run(Asked, *Files);
  std::optional<Report> R = Run.run();
  if (!R)
    return interruptedBy() ? 128 + interruptedBy() : Run.exitCode();
  Proposals Found(*R, Asked);
  leaveOutWhatFails(Found, Run);
  if (int Signal = interruptedBy()) {
    say() << "interrupted; nothing is proposed\n";
    return 128 + Signal;
  }
  if (As == Format::Json)
    printDocument(Found, *R);
  else
    printPatch(Found);
  outs().flush();
  for (const Failure &F : R->Failures)
    printFailure(F, errs(), wantsColours(errs()));
  if (!Asked.Quiet)
    sayWhatIsLeft(Found);
  return R->Failures.empty() ? Clean : NotAnalysed;
}

} // namespace corolint
