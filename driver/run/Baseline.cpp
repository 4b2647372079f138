//===- Baseline.cpp - Findings that are known and accepted --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Baseline.h"
#include "base/Shown.h"
#include "knowledge/UserFile.h"
#include "output/Fingerprint.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <limits>

using namespace llvm;

namespace corolint {

Baseline::Identity Baseline::of(const Finding &F) {
  return {F.Rule, F.Function, withoutBlanks(F.What.At.Source)};
}

std::optional<Baseline> Baseline::read(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer) {
    sayError() << "the baseline '" << shownPath(Path)
               << "' cannot be read: " << Buffer.getError().message()
               << "; 'corolint baseline' writes one\n";
    return std::nullopt;
  }
  auto Refused = [&](const Twine &Why) -> std::optional<Baseline> {
    sayError() << "the baseline '" << shownPath(Path) << "' cannot be used: " << shown(Why.str())
               << "; with it removed, 'corolint baseline' writes it anew\n";
    return std::nullopt;
  };
  if (model::jsonNestsTooDeep((*Buffer)->getBuffer()))
    return Refused("it nests too deep");
  auto Document = json::parse((*Buffer)->getBuffer());
  if (!Document)
    return Refused(toString(Document.takeError()));
  json::Path::Root Root("baseline");
  Baseline Result(Path.str());
  if (!Result.take(*Document, Root))
    return Refused(toString(Root.getError()));
  return std::move(Result);
}

bool Baseline::take(const json::Value &V, json::Path P) {
  json::ObjectMapper O(V, P);
  int Version = 0;
  if (!O || !O.map("version", Version))
    return false;
  if (Version != 1) {
    P.field("version").report("only version 1 is known here");
    return false;
  }
  const json::Array *All = V.getAsObject()->getArray("findings");
  if (!All) {
    P.field("findings").report("expected array");
    return false;
  }
  const std::string Folder = sys::path::parent_path(Path).str();
  const json::Path OfAll = P.field("findings"); // a path points at the one that it goes on from
  for (const auto &[Index, Each] : enumerate(*All)) {
    json::ObjectMapper Fields(Each, OfAll.index(Index));
    Entry E;
    std::string Rule, Function, File;
    int64_t Count = 0;
    if (!Fields || !Fields.map("rule", Rule) || !Fields.map("function", Function) ||
        !Fields.map("file", File) || !Fields.map("line", E.Line) || !Fields.map("count", Count))
      return false;
    if (Count < 1 || Count > std::numeric_limits<int>::max()) {
      OfAll.index(Index).report("'count' is a number from 1 on");
      return false;
    }
    E.Count = Count;
    E.File = canonicalPath(File, Folder);
    Entries[{Rule, Function, withoutBlanks(E.Line)}].push_back(std::move(E));
  }
  return true;
}

bool Baseline::mayBeGone(const Entry &E, StringRef Rule, Seen WasSeen) {
  return WasSeen(E.File, Rule) || !sys::fs::exists(E.File);
}

/// Which findings are known; takes their entries from \p Left.
std::vector<bool> Baseline::claim(EntryMap &Left, ArrayRef<Finding> Findings, Seen WasSeen) {
  std::vector<bool> IsKnown(Findings.size());
  // Those that did not move have the first claim.
  for (const bool InOtherFiles : {false, true})
    for (auto [I, F] : enumerate(Findings)) {
      auto Found = Left.find(of(F));
      if (IsKnown[I] || F.Fixed || Found == Left.end())
        continue;
      for (Entry &E : Found->second)
        if (E.Count && (InOtherFiles ? mayBeGone(E, F.Rule, WasSeen) : E.File == F.What.At.Path)) {
          --E.Count;
          IsKnown[I] = true;
          break;
        }
    }
  return IsKnown;
}

void Baseline::hide(std::vector<Finding> &Findings, std::vector<Finding> &Hidden,
                    Seen WasSeen) const {
  EntryMap Left = Entries;
  const std::vector<bool> IsKnown = claim(Left, Findings, WasSeen);
  std::vector<Finding> Shown;
  for (auto [I, F] : enumerate(Findings))
    (IsKnown[I] ? Hidden : Shown).push_back(std::move(F));
  Findings = std::move(Shown);
}

Baseline::Update Baseline::update(ArrayRef<Finding> Findings, Seen WasSeen, bool AddsNew) {
  Update Result;
  EntryMap Left = std::move(Entries);
  Entries.clear();
  const std::vector<bool> IsKnown = claim(Left, Findings, WasSeen);
  for (auto [I, F] : enumerate(Findings)) {
    if (!IsKnown[I] && !AddsNew)
      continue;
    Result.Added += !IsKnown[I];
    add(F);
  }
  for (auto &[Of, All] : Left)
    for (Entry &E : All)
      if (mayBeGone(E, std::get<0>(Of), WasSeen))
        Result.Gone += E.Count;
      else if (E.Count)
        Entries[Of].push_back(std::move(E));
  return Result;
}

void Baseline::add(const Finding &F) {
  std::vector<Entry> &All = Entries[of(F)];
  auto Same = find_if(All, [&](const Entry &E) { return E.File == F.What.At.Path; });
  if (Same == All.end())
    Same = All.insert(All.end(), {F.What.At.Path, StringRef(F.What.At.Source).trim().str(), 0});
  ++Same->Count;
}

size_t Baseline::size() const {
  size_t Result = 0;
  for (const auto &Each : Entries)
    for (const Entry &E : Each.second)
      Result += E.Count;
  return Result;
}

/// Within a repository as its other clones know it too.
static std::string nameFrom(StringRef Folder, StringRef File) {
  const std::string Repository = repositoryOf(File);
  std::string Up;
  for (; !Folder.empty() && (Up.empty() || isAtOrBelow(Folder, Repository));
       Folder = sys::path::parent_path(Folder)) {
    if (isAtOrBelow(File, Folder))
      return Up + File.drop_front(Folder.rtrim('/').size() + 1).str();
    if (Repository.empty())
      break;
    Up += "../";
  }
  return File.str();
}

bool Baseline::write() const {
  // A line for each, by file: what two branches add meets in a merge as rarely as can be.
  const std::string Folder = sys::path::parent_path(Path).str();
  std::map<std::tuple<std::string, std::string, std::string, std::string>, unsigned> Lines;
  for (const auto &[Of, All] : Entries)
    for (const Entry &E : All) {
      Lines[{nameFrom(Folder, E.File), std::get<0>(Of), std::get<1>(Of), E.Line}] += E.Count;
    }
  Error Wrong = writeToOutput(Path, [&](raw_ostream &Out) {
    Out << "{\n  \"version\": 1,\n  \"findings\": [";
    StringRef Separator = "\n";
    for (const auto &[Of, Count] : Lines) {
      Out << Separator << "    ";
      Separator = ",\n";
      json::OStream J(Out);
      J.object([&, &Of = Of, Count = Count] {
        J.attribute("file", utf8(std::get<0>(Of)));
        J.attribute("rule", std::get<1>(Of));
        J.attribute("function", utf8(std::get<2>(Of)));
        J.attribute("line", utf8(std::get<3>(Of)));
        J.attribute("count", Count);
      });
    }
    Out << (Lines.empty() ? "]\n}\n" : "\n  ]\n}\n");
    return Error::success();
  });
  if (!Wrong)
    return true;
  sayError() << "the baseline '" << shownPath(Path)
             << "' could not be written: " << toString(std::move(Wrong)) << "\n";
  return false;
}

} // namespace corolint
