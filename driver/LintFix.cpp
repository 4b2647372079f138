//===- LintFix.cpp - corolint check --fix --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What --fix would write is parsed before it is written, so that no moment sees a broken file in
// the project.
//
//===----------------------------------------------------------------------===//

#include "Fixes.h"
#include "Interrupt.h"
#include "Lint.h"
#include "Paths.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace corolint {

void Lint::fix() {
  StringSet<> Own;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Own.insert(File);
  std::vector<Finding> Before = Findings;
  class Fixes Fixes;
  for (Finding &F : Before)
    Fixes.add(F, [&](StringRef File) { return Chosen.covers(File) && Own.contains(File); });

  Rechecked Again;
  while (!Fixes.empty()) {
    Contents New = recheck(Fixes, Again);
    if (interruptedBy())
      return;
    std::string Culprit;
    Error Wrong = Fixes.write(New, Culprit);
    if (!Wrong) {
      FixedFiles = New.size();
      break;
    }
    std::string Why = "its fixes could not be written: " + toString(std::move(Wrong));
    fail(Culprit, Why);
    Fixes.drop(Culprit, Why);
    Again.clear();
  }
  Fixes.settle();
  takeOver(std::move(Before), std::move(Again));
}

/// The contents that parse in every unit that was analysed, and what these units give with them.
Lint::Contents Lint::recheck(class Fixes &Fixes, Rechecked &Again) {
  OptionsProvider Options(Asked.With, vfs::getRealFileSystem());
  while (true) {
    Contents New;
    std::vector<std::pair<std::string, std::string>> Replaced;
    bool Complete = true;
    for (const std::string &File : Fixes.files()) {
      auto Content = Fixes.contentOf(File, Options.getOptions(File).FormatStyle.value_or("none"));
      std::string Copy = Files.path("fixed-" + Twine(Replaced.size()));
      std::error_code EC;
      raw_fd_ostream Out(Copy, EC);
      if (!Content || EC) {
        Fixes.drop(File, Content ? EC.message() : toString(Content.takeError()));
        Complete = false;
        break;
      }
      Out << *Content;
      New[File] = *Content;
      Replaced.emplace_back(File, Copy);
    }
    if (!Complete)
      continue;

    std::vector<size_t> Affected;
    std::vector<Unit> Selected;
    for (size_t I = 0; I < Results.size(); ++I)
      if (Results[I].Is == UnitResult::Analysed &&
          any_of(Results[I].Files, [&](const std::string &File) { return New.count(File); })) {
        Affected.push_back(I);
        Selected.push_back(Units[I]);
      }
    std::vector<UnitResult> Given = Workers.run(Selected, Asked.With, Replaced);
    if (interruptedBy())
      return {};

    // A file is to blame where the errors are; else all that changed in the unit.
    StringMap<std::vector<Message>> Blamed;
    for (auto [Index, R] : zip_equal(Affected, Given)) {
      if (R.Is == UnitResult::Analysed)
        continue;
      std::vector<std::string> Culprits;
      for (const Message &M : R.Errors)
        if (New.count(M.At.Path))
          Culprits.push_back(M.At.Path);
      if (Culprits.empty())
        copy_if(Results[Index].Files, std::back_inserter(Culprits),
                [&](const std::string &File) { return New.count(File); });
      for (const std::string &File : Culprits)
        Blamed.try_emplace(File, R.Errors);
    }
    if (Blamed.empty()) {
      Again.clear();
      for (auto [Index, R] : zip_equal(Affected, Given))
        Again[Index] = std::move(R);
      return New;
    }
    for (auto &Entry : Blamed) {
      fail(Entry.first(), "its fixes were rolled back, as with them it no longer parses",
           std::move(Entry.second));
      Fixes.drop(Entry.first(),
                 "with the fixes '" + shownPath(Entry.first()) + "' no longer parses");
    }
  }
}

/// Shows what is left as the code is now, and what was fixed as it was.
void Lint::takeOver(std::vector<Finding> Before, Rechecked Again) {
  for (auto &[Index, R] : Again)
    Results[Index] = std::move(R);
  mergeFindings();
  for (Finding &F : Before) {
    if (F.Fixed) {
      Findings.push_back(std::move(F));
      continue;
    }
    // Why it was not fixed is known of the old finding; the new one may have moved a little.
    Finding *Same = nullptr;
    auto Distance = [&](const Finding &Now) {
      return std::abs(int(Now.What.At.Line) - int(F.What.At.Line));
    };
    for (Finding &Now : Findings)
      if (!Now.Fixed && Now.Rule == F.Rule && Now.What.Text == F.What.Text &&
          Now.What.At.Path == F.What.At.Path && (!Same || Distance(Now) < Distance(*Same)))
        Same = &Now;
    if (!Same)
      continue;
    for (Message &Note : F.Notes)
      if (StringRef(Note.Text).starts_with("not fixed: ")) {
        Note.At.Line = Same->What.At.Line;
        Note.At.Column = Same->What.At.Column;
        Same->Notes.push_back(std::move(Note));
      }
  }
  llvm::sort(Findings, [](const Finding &A, const Finding &B) {
    return isBefore(A, B) || (isSame(A, B) && A.Fixed > B.Fixed);
  });
}

} // namespace corolint
