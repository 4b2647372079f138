//===- LintChanges.cpp - corolint check --diff and --new-from -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What is new is found by analysing the units that read a changed file once more, with the files as
// they were. That is right wherever the change is: a header that makes a function block breaks its
// callers in files that nobody touched.
//

#include "Registry.h"
#include "output/Fingerprint.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/SourceNames.h"
#include "run/Includers.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

bool Lint::readChanges() {
  Changed = Changes::since(Asked.Since, [this](std::string Name) { return Files.path(Name); });
  return Changed.has_value();
}

/// A unit whose result is known need not be preprocessed to learn what it reads: of a change, those
/// that it does not concern, which are most.
std::vector<char> Lint::readersAmong(ArrayRef<Unit> Of, const StringSet<> &Included,
                                     ArrayRef<std::string> Gone) {
  std::vector<char> Reads(Of.size());
  if (Included.empty() && Gone.empty())
    return Reads;
  StringSet<> Names; // most files have another one, and need not be asked where they are
  for (const auto &Each : Included)
    Names.insert(sys::path::filename(Each.getKey()));
  for (StringRef File : Gone)
    Names.insert(sys::path::filename(File));
  std::vector<Unit> Completed = Of.vec(), Unknown;
  if (!complete(Completed))
    return Reads;
  std::vector<size_t> Where;
  // What a run over everything found, or an earlier one of this kind: both read the same.
  Settings Plain = Asked.With;
  Plain.ListFunctions = false;
  for (auto [I, U] : enumerate(Completed)) {
    auto OnInput = [&, I = I](StringRef Input) {
      if (!Names.contains(sys::path::filename(Input)))
        return;
      const std::string File = canonicalPath(Input);
      Reads[I] |= Included.contains(File) || is_contained(Gone, File);
    };
    if (!Workers.known(U, Plain, OnInput) && !Workers.known(U, Asked.With, OnInput)) {
      Unknown.push_back(U);
      Where.push_back(I);
    }
  }
  for (auto [I, Is] : zip_equal(Where, readersOf(Included, Gone, Unknown, Asked.Jobs)))
    Reads[I] = Is;
  return Reads;
}

/// Of a whole database, the units that a change may concern.
void Lint::keepChanged(std::vector<Unit> &Of) {
  StringSet<> Mains, Included;
  for (const Unit &U : Of)
    Mains.insert(U.File);
  for (StringRef File : Changed->files())
    if (mayBeIncluded(File) && !Mains.contains(File))
      Included.insert(File);
  std::vector<std::string> Gone;
  copy_if(Changed->gone(), std::back_inserter(Gone), mayBeIncluded);
  const std::vector<char> Reads = readersAmong(Of, Included, Gone);
  size_t Index = 0;
  erase_if(Of, [&](Unit &U) {
    const bool IsConcerned = Reads[Index++] || Changed->has(U.File);
    if (!IsConcerned)
      Others.push_back(std::move(U));
    return !IsConcerned;
  });
  if (Of.empty() && !Asked.Quiet)
    say() << "no unit of the compile database reads what changed since " << Changed->revision()
          << "\n";
}

bool Lint::isConcerned(const UnitResult &R) const {
  return R.Is == UnitResult::Analysed &&
         any_of(R.Files, [&](StringRef File) { return Changed->has(File); });
}

/// The units that read a changed file, as they were. Of one that was not there, or that did not
/// compile, everything is new.
std::vector<UnitResult> Lint::before(ArrayRef<size_t> Which, const Settings &With) {
  std::vector<Unit> Selected;
  for (size_t I : Which)
    Selected.push_back(Units[I]);
  return Workers.run(Selected, With, {Changed->before(), /*TriesFix=*/false});
}

static std::string knownBy(const Finding &F, StringRef File) {
  return identityOf(F) + "\n" + File.str();
}

namespace {

/// Findings of a revision, each as often as it is there.
class Known {
public:
  /// \p Results see the same header's finding once each.
  void add(ArrayRef<UnitResult> Results, const Changes &Since) {
    for (const UnitResult &R : Results)
      for (const Finding &F : R.Findings) {
        const Place &At = F.What.At;
        if (Seen.insert({At.Path, At.Line, At.Column, F.Rule, F.What.Text}).second)
          ++Times[knownBy(F, Since.oldName(At.Path))];
      }
  }
  bool take(const Finding &F, const Changes &Since) {
    unsigned &Left = Times[knownBy(F, Since.oldName(F.What.At.Path))];
    return Left && Left--;
  }

private:
  std::set<std::tuple<std::string, unsigned, unsigned, std::string, std::string>> Seen;
  std::map<std::string, unsigned> Times;
};

} // namespace

/// A header that nobody touched is new to a unit that is, or that did not include it before. What
/// others who read it found there is old.
std::vector<UnitResult> Lint::beforeInOtherReaders() {
  std::set<std::string> Files;
  for (const Finding &F : Candidates)
    if (!OldFindings.count(placeOf(F)) && !Changed->has(F.What.At.Path))
      Files.insert(F.What.At.Path);
  std::vector<Unit> Readers = Others;
  erase_if(Readers, [&](const Unit &U) { return !U.Unusable.empty() || Changed->isNew(U.File); });
  if (Files.empty() || Readers.empty() || interruptedBy() || !complete(Readers))
    return {};
  std::set<size_t> Which;
  for (std::optional<size_t> Reader :
       includersOf(std::vector<std::string>(Files.begin(), Files.end()), Readers, Asked.Jobs))
    if (Reader)
      Which.insert(*Reader);
  std::vector<Unit> Selected;
  for (size_t I : Which)
    Selected.push_back(Readers[I]);
  return Workers.run(Selected, Asked.With, {Changed->before(), /*TriesFix=*/false});
}

/// Which findings were there before, and what has become a coroutine since.
void Lint::compareWithBefore() {
  std::vector<size_t> Concerned;
  for (auto [I, R] : enumerate(Results))
    if (isConcerned(R) && !Changed->isNew(Units[I].File))
      Concerned.push_back(I);
  std::vector<UnitResult> Old = before(Concerned, Asked.With);
  if (interruptedBy())
    return;
  Known Before;
  Before.add(Old, *Changed);
  std::set<std::string> OldCoroutines, OldPlain, Broken;
  for (auto [I, R] : zip_equal(Concerned, Old)) {
    if (R.Is != UnitResult::Analysed)
      Broken.insert(shownPath(Units[I].File));
    for (StringRef Name : R.FunctionNames)
      (Name.front() == '+' ? OldCoroutines : OldPlain).insert(Name.drop_front().str());
  }
  if (!Broken.empty() && !Asked.Quiet)
    say() << "as of " << Changed->revision() << " these could not be analysed, so all of their "
          << "findings count as new: "
          << listed(std::vector<std::string>(Broken.begin(), Broken.end())) << "\n";

  // The units that read nothing that changed find what they found.
  std::set<std::string> Unchanged;
  for (const UnitResult &R : Results)
    if (R.Is == UnitResult::Analysed && !isConcerned(R))
      for (const Finding &F : R.Findings)
        Unchanged.insert(knownBy(F, F.What.At.Path));
  Candidates.clear();
  mergeInto(Candidates);
  auto takeOld = [&] {
    for (const Finding &F : Candidates)
      if (!OldFindings.count(placeOf(F)) &&
          (Unchanged.count(knownBy(F, F.What.At.Path)) || Before.take(F, *Changed)))
        OldFindings.insert(placeOf(F));
  };
  takeOld();
  Before.add(beforeInOtherReaders(), *Changed);
  takeOld();

  std::set<std::string> Became;
  for (const UnitResult &R : Results)
    for (StringRef Name : R.FunctionNames)
      if (Name.front() == '+' && OldPlain.count(Name.drop_front().str()) &&
          !OldCoroutines.count(Name.drop_front().str()))
        Became.insert(Name.drop_front().str());
  if (!Became.empty())
    lookCloserAt(Became);
}

/// What became a coroutine, and who calls it: what used to be safe there is looked at with the
/// profile strict, which also reports what may be right.
void Lint::lookCloserAt(const std::set<std::string> &Became) {
  std::map<std::string, std::string> Because; // a function, and the coroutine that it is or calls
  for (const std::string &Name : Became)
    Because[Name] = Name;
  std::vector<size_t> Which, WhichOld;
  for (auto [I, R] : enumerate(Results)) {
    bool Has = any_of(R.FunctionNames,
                      [&](StringRef Name) { return Became.count(Name.drop_front().str()) != 0; });
    for (StringRef Each : R.Callers) {
      auto [Callee, Caller] = Each.split('\t');
      if (Became.count(Callee.str())) {
        Because.try_emplace(Caller.str(), Callee.str());
        Has = true;
      }
    }
    if (Has && R.Is == UnitResult::Analysed) {
      Which.push_back(I);
      if (!Changed->isNew(Units[I].File))
        WhichOld.push_back(I);
    }
  }
  Settings Strict = Asked.With;
  if (Strict.Profile.empty() || Strict.Profile == "default")
    Strict.Profile = "strict";
  std::vector<Unit> Selected;
  for (size_t I : Which)
    Selected.push_back(Units[I]);
  std::vector<UnitResult> Now = Workers.run(Selected, Strict);
  Known Before;
  Before.add(before(WhichOld, Strict), *Changed);
  for (auto [I, R] : zip_equal(Which, Now))
    for (Finding &F : R.Findings) {
      auto Reason = Because.find(F.Function);
      const Rule *Of = findRule(F.Rule);
      if (Reason == Because.end() || !Of ||
          (Of->About != Topic::Lifetime && Of->About != Topic::Suspension &&
           Of->About != Topic::Awaiting))
        continue;
      Note Why;
      Why.Text = "'" + Reason->second + "' became a coroutine since " + Changed->revision().str() +
                 ": what is safe in a plain function need not be in one";
      Why.Kind = "related";
      F.Notes.push_back(std::move(Why));
      if (!Before.take(F, *Changed))
        Closer.push_back(std::move(F));
    }
}

void Lint::addCloser(std::vector<Finding> &To) const {
  for (const Finding &F : Closer) {
    auto Same = find_if(To, [&](const Finding &Other) { return isSame(Other, F); });
    if (Same == To.end())
      To.push_back(F);
    else
      Same->Notes = F.Notes;
  }
  llvm::sort(To, isBefore);
}

/// The findings that a change made, or, for --diff, that stand on a line that changed.
void Lint::keepNew(std::vector<Finding> &Of) {
  if (WereOld) { // with fixes, lines are others than git knows
    erase_if(Of, [&](const Finding &F) {
      std::vector<bool> &Left = (*WereOld)[knownBy(F, F.What.At.Path)];
      const bool IsOld = !Left.empty() && Left.back();
      if (!Left.empty())
        Left.pop_back();
      return IsOld;
    });
    return;
  }
  auto IsOld = [&](const Finding &F) {
    return OldFindings.count(placeOf(F)) &&
           (Asked.OnlyNew || !Changed->hasLine(F.What.At.Path, F.What.At.Line));
  };
  copy_if(Of, std::back_inserter(Older), IsOld);
  erase_if(Of, IsOld);
}

/// Which of the findings that fixes leave are not shown: the order of those that look alike stays.
void Lint::rememberOld(ArrayRef<Finding> Shown) {
  std::vector<std::pair<const Finding *, bool>> All;
  for (const Finding &F : Shown)
    if (!F.Fixed)
      All.emplace_back(&F, false);
  for (const Finding &F : Older)
    All.emplace_back(&F, true);
  // What is found by default is found again, where it is now.
  erase_if(Closer, [&](const Finding &F) {
    return F.Tier == "default" ||
           any_of(Shown, [&](const Finding &Other) { return Other.Fixed && isSame(F, Other); });
  });
  // The last of them is the first to be asked about.
  llvm::sort(All, [](auto A, auto B) { return isBefore(*B.first, *A.first); });
  WereOld.emplace();
  for (auto [F, IsOld] : All)
    (*WereOld)[knownBy(*F, F->What.At.Path)].push_back(IsOld);
}

/// Changed headers that no unit reads.
void Lint::listUnreadChanges() {
  StringSet<> Read;
  for (const UnitResult &R : Results)
    for (StringRef File : R.Files)
      Read.insert(File);
  for (StringRef File : Changed->files())
    if ((isSourceName(File) || isHeaderName(File)) && !Read.contains(File) && !isLeftOut(File) &&
        none_of(Units, [&](const Unit &U) { return U.File == File; }) &&
        (Chosen.isEverything() || Chosen.covers(File)))
      Unreached.push_back(File.str());
}

} // namespace corolint
