//===- KnowledgeByName.cpp - What is known of a name, without a unit ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For `corolint why NAME` and the tests: no declaration is at hand, so all that is said under the
// name is the answer.
//
//===----------------------------------------------------------------------===//

#include "knowledge/Knowledge.h"
#include "knowledge/KnowledgeFile.h"
#include "knowledge/Shelves.h"
#include "knowledge/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace corolint::model {
namespace {

/// The name, and what it stands for.
SmallVector<std::string, 2> withAliased(StringRef Name, const Shelves &Files) {
  SmallVector<std::string, 2> Names = {Name.str()};
  Files.addAliased(Names);
  return Names;
}

template <typename T> std::vector<const T *> allNamed(StringRef Name, const Shelves &Files) {
  const SmallVector<std::string, 2> Names = withAliased(Name, Files);
  SmallVector<const T *, 4> Found;
  for (const Shelf *S : Files.strongestFirst())
    for (const std::string &Each : Names)
      S->find(Each, Found);
  return {Found.begin(), Found.end()};
}

/// What all files have in one of their lists.
template <typename T>
std::vector<const T *> allIn(std::vector<T> KnowledgeFile::*List, const Shelves &Files) {
  std::vector<const T *> Result;
  for (const Shelf *S : Files.strongestFirst())
    for (const KnowledgeFile &File : S->files())
      for (const T &Each : File.*List)
        Result.push_back(&Each);
  return Result;
}

} // namespace

std::vector<const Entry *> Knowledge::functionsNamed(StringRef Name) const {
  return allNamed<Entry>(Name, *Files);
}

std::vector<const TypeEntry *> Knowledge::typesNamed(StringRef Name) const {
  return allNamed<TypeEntry>(Name, *Files);
}

std::string Knowledge::aliasedName(StringRef Name) const {
  const SmallVector<std::string, 2> Names = withAliased(Name, *Files);
  return Names.size() > 1 ? Names.back() : std::string();
}

std::vector<const Entry *> Knowledge::membersOf(StringRef Name) const {
  const SmallVector<std::string, 2> Names = withAliased(Name, *Files);
  std::vector<const Entry *> Found;
  for (const Entry *E : allFunctions())
    if (any_of(Names,
               [&](StringRef In) { return StringRef(E->Name).starts_with((In + "::").str()); }))
      Found.push_back(E);
  return Found;
}

std::vector<std::string> Knowledge::namesLike(StringRef Name) const {
  StringRef Last = Name.substr(Name.rfind("::") == StringRef::npos ? 0 : Name.rfind("::") + 2);
  // Of names that are as near, those of the same namespace first, or of std.
  StringRef Outermost = Name.contains("::") ? Name.split("::").first : "std";
  std::vector<std::tuple<unsigned, bool, std::string>> Near;
  StringSet<> Seen;
  auto Consider = [&](StringRef Known) {
    if (Known == Name || Known.starts_with("*::") || !Seen.insert(Known).second)
      return;
    size_t Colons = Known.rfind("::");
    StringRef KnownLast = Known.substr(Colons == StringRef::npos ? 0 : Colons + 2);
    // Who asks for 'sleep_for' means 'std::this_thread::sleep_for', whatever stands before it.
    unsigned Limit = std::max<size_t>(1, Last.size() / 4);
    unsigned D = std::min(Known.edit_distance(Name, true, Limit + 1),
                          1 + KnownLast.edit_distance(Last, true, Limit + 1));
    if (D <= Limit + 1)
      Near.emplace_back(D, Known.split("::").first != Outermost, Known.str());
  };
  for (const Entry *E : allFunctions())
    Consider(E->Name);
  for (const TypeEntry *T : allTypes())
    Consider(T->Name);
  for (const Alias *A : allAliases())
    Consider(A->Name);
  llvm::sort(Near);
  std::vector<std::string> Result;
  for (auto &[Distance, Elsewhere, Known] : Near)
    if (Result.size() < 5)
      Result.push_back(Known);
  return Result;
}

std::vector<const Entry *> Knowledge::allFunctions() const {
  return allIn(&KnowledgeFile::Functions, *Files);
}

std::vector<const TypeEntry *> Knowledge::allTypes() const {
  return allIn(&KnowledgeFile::Types, *Files);
}

std::vector<const AsyncCounterpart *> Knowledge::allCounterparts() const {
  return allIn(&KnowledgeFile::Counterparts, *Files);
}

std::vector<const Alias *> Knowledge::allAliases() const {
  return allIn(&KnowledgeFile::Aliases, *Files);
}

} // namespace corolint::model
