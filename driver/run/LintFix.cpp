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

#include "output/Paths.h"
#include "output/Say.h"
#include "run/Fixes.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace corolint {

/// Where --fix may change anything: below the current folder, and below the PATHs. A path that only
/// a link makes look as if it were here is neither; a database can name any file.
static std::vector<std::string> fixableFolders(ArrayRef<std::string> Paths) {
  const std::string Here = canonicalPath(".");
  std::vector<std::string> Result = {Here};
  SmallString<256> AsWritten;
  sys::fs::current_path(AsWritten);
  for (StringRef Path : Paths) {
    SmallString<256> Absolute(Path);
    sys::fs::make_absolute(Absolute);
    sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
    StringRef Name = StringRef(Absolute).rtrim('/');
    bool IsLink = false;
    sys::fs::is_symlink_file(Name, IsLink);
    if (!IsLink && !isAtOrBelow(Name, AsWritten) && !isAtOrBelow(Name, Here))
      Result.push_back(canonicalPath(Path));
  }
  return Result;
}

/// Fixes are put in place file by file. Who was killed in between left the rest beside the files.
void Lint::lookForLeftovers() const {
  std::set<std::string> Folders;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Folders.insert(sys::path::parent_path(File).str());
  const std::vector<std::string> Roots = fixableFolders(Asked.Paths);
  for (StringRef Folder : Folders) {
    if (none_of(Roots, [&](StringRef Root) { return isAtOrBelow(Folder, Root); }))
      continue;
    for (StringRef Path : leftovers(Folder)) {
      const bool Removed = Asked.Fix && !sys::fs::remove(Path);
      sayWarning() << "'" << shownPath(Path) << "' was left by a --fix that was ended "
                   << "in the middle: other files may have been fixed, and '"
                   << shownPath(Path.rsplit(".corolint-").first) << "' was not; "
                   << (Removed ? "it was removed" : "the next --fix removes it") << "\n";
    }
  }
}

/// What a note proposes, of a finding that has no certain fix: --unsafe-fixes.
static void takeProposals(std::vector<Finding> &Findings) {
  for (Finding &F : Findings)
    for (const Note &Each : F.Notes)
      if (F.Edits.empty())
        F.Edits = Each.Edits;
}

void Lint::fix() {
  if (Asked.UnsafeFixes)
    takeProposals(Findings);
  StringSet<> Own;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Own.insert(File);
  const std::vector<std::string> Roots = fixableFolders(Asked.Paths);
  std::vector<Finding> Before = Findings;
  class Fixes Fixes;
  for (Finding &F : Before)
    Fixes.add(F, [&](StringRef File) -> std::string {
      if (!Chosen.covers(File) || !Own.contains(File))
        return "is not among the files that were named";
      if (none_of(Roots, [&](StringRef Root) { return isAtOrBelow(File, Root); }))
        return "is neither below the current folder nor below a path that was given";
      return "";
    });

  Rechecked Again;
  while (!Fixes.empty()) {
    Contents New = recheck(Fixes, Again);
    if (interruptedBy())
      return;
    if (Asked.ShowFixes) {
      for (auto &[File, After] : New)
        if (auto Buffer = MemoryBuffer::getFile(File))
          Preview.emplace_back(File, (*Buffer)->getBuffer().str(), std::move(After));
      return;
    }
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

/// What the files would hold with the fixes that are tried. A file that cannot be written anew
/// gives up its fixes.
Lint::Contents Lint::contentsWith(class Fixes &Fixes,
                                  std::vector<std::pair<std::string, std::string>> &Replaced) {
  OptionsProvider Options(Asked.With, vfs::getRealFileSystem());
  while (true) {
    Contents New;
    Replaced.clear();
    std::string Culprit, Why;
    for (const std::string &File : Fixes.files()) {
      auto Content = Fixes.contentOf(
          File, Asked.NolintReason ? std::string("none") // wrapped, it means nothing
                                   : Options.getOptions(File).FormatStyle.value_or("none"));
      std::string Copy = Files.path("fixed-" + Twine(Replaced.size()));
      std::error_code EC;
      raw_fd_ostream Out(Copy, EC);
      if (!Content || EC) {
        Culprit = File;
        Why = Content ? EC.message() : toString(Content.takeError());
        break;
      }
      Out << *Content;
      New[File] = std::move(*Content);
      Replaced.emplace_back(File, Copy);
    }
    if (Culprit.empty())
      return New;
    Fixes.drop(Culprit, Why);
  }
}

/// True when every unit that reads a file of these parses with them; \p Given is what each gives,
/// or \p Errors what one of them says.
bool Lint::parsesWith(class Fixes &Fixes, const StringSet<> &Changed, Rechecked &Given,
                      std::vector<Message> &Errors) {
  std::vector<std::pair<std::string, std::string>> Replaced;
  contentsWith(Fixes, Replaced);
  std::vector<size_t> Affected;
  std::vector<Unit> Selected;
  for (size_t I = 0; I < Results.size(); ++I)
    if (Results[I].Is == UnitResult::Analysed &&
        any_of(Results[I].Files, [&](StringRef File) { return Changed.contains(File); })) {
      Affected.push_back(I);
      Selected.push_back(Units[I]);
    }
  bool Parses = true;
  for (auto [Index, R] :
       zip_equal(Affected, Workers.run(Selected, Asked.With, {Replaced, /*TriesFix=*/true}))) {
    if (R.Is != UnitResult::Analysed && Parses) {
      Parses = false;
      Errors = R.Errors;
      if (Errors.empty())
        Errors.push_back({R.Failure, {}});
    }
    Given[Index] = std::move(R);
  }
  return Parses;
}

/// The contents that parse in every unit that was analysed, and what these units give with them. A
/// fix with which they do not is found by halves, and left out.
Lint::Contents Lint::recheck(class Fixes &Fixes, Rechecked &Again) {
  std::vector<size_t> Good;
  std::vector<std::vector<size_t>> Left = {Fixes.wanted()};
  std::map<std::string, std::vector<std::pair<std::string, std::vector<Message>>>> LeftOut;
  std::map<std::string, size_t> Of; // how many fixes a file had
  for (size_t Number : Left.front())
    for (const std::string &File : Fixes.filesOf(Number))
      ++Of[File];
  while (!Left.empty()) {
    std::vector<size_t> Part = std::move(Left.back());
    Left.pop_back();
    std::vector<size_t> Tried = Good;
    append_range(Tried, Part);
    StringSet<> Changed;
    for (size_t Number : Part)
      for (const std::string &File : Fixes.filesOf(Number))
        Changed.insert(File);
    Rechecked Given;
    std::vector<Message> Errors;
    Fixes.tryOnly(Tried);
    bool Parses = parsesWith(Fixes, Changed, Given, Errors);
    if (interruptedBy())
      return {};
    if (Parses) {
      Good = std::move(Tried);
      for (auto &[Index, R] : Given)
        Again[Index] = std::move(R);
    } else if (Part.size() > 1) {
      size_t Half = Part.size() / 2;
      Left.emplace_back(Part.begin() + Half, Part.end());
      Left.emplace_back(Part.begin(), Part.begin() + Half);
    } else {
      std::string File = Fixes.filesOf(Part.front()).front();
      LeftOut[File].emplace_back(Fixes.placeOf(Part.front()), Errors);
      Fixes.leaveOut(Part.front(), "with the fix '" + shownPath(File) + "' no longer parses");
    }
  }
  for (auto &[File, All] : LeftOut) {
    std::vector<std::string> Places;
    for (auto &[Place, Errors] : All)
      Places.push_back(Place);
    fail(File,
         (Of[File] == 1
              ? std::string("its fix")
              : std::to_string(All.size()) + " of its " + counted(Of[File], "fix", "fixes")) +
             (All.size() == 1 ? " was left out, as with it it no longer parses: "
                              : " were left out, as with each of them it no longer parses: ") +
             listed(Places),
         std::move(All.front().second));
  }
  Fixes.tryOnly(Good);
  std::vector<std::pair<std::string, std::string>> Replaced;
  return contentsWith(Fixes, Replaced);
}

/// Shows what is left as the code is now, and what was fixed as it was.
void Lint::takeOver(std::vector<Finding> Before, Rechecked Again) {
  for (auto &[Index, R] : Again)
    Results[Index] = std::move(R);
  if (Changed)
    rememberOld(Before);
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
    for (Note &Each : F.Notes)
      if (StringRef(Each.Text).starts_with("not fixed: ") ||
          StringRef(Each.Text).starts_with("not suppressed: ")) {
        Each.At.Line = Same->What.At.Line;
        Each.At.Column = Same->What.At.Column;
        Same->Notes.push_back(std::move(Each));
      }
  }
  llvm::sort(Findings, [](const Finding &A, const Finding &B) {
    return isBefore(A, B) || (isSame(A, B) && A.Fixed > B.Fixed);
  });
}

} // namespace corolint
