//===- Shelf.cpp - The knowledge files of one origin, by name -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Shelf.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {
namespace {

/// Overloads of one name can be different enough to need another counterpart, or to have none.
bool fits(const AsyncCounterpart &T, const FunctionDecl &F) {
  if (T.Parameters && *T.Parameters != F.getNumParams())
    return false;
  return none_of(F.parameters(), [&](const ParmVarDecl *P) {
    const CXXRecordDecl *Class = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return Class && is_contained(T.Without, plainName(*Class));
  });
}

} // namespace

void Shelf::noteNamespace(StringRef Name) {
  if (auto [Outermost, Rest] = Name.split("::"); !Rest.empty() && Outermost != "*")
    Namespaces.insert(Outermost);
}

void Shelf::noteWritten(StringRef Name, std::vector<StringRef> Written::*Where) {
  if (StringRef Outermost = Name.split("::").first; Outermost != "*")
    (ByNamespace[Outermost].*Where).push_back(Name);
}

void Shelf::index(const Entry &E, unsigned File, unsigned Position) {
  if (StringRef Name = E.Name; Name.consume_front("*::"))
    Last[Name].push_back({&E, File, Position});
  else if (StringRef(E.Name).ends_with('*') && !StringRef(E.Name).ends_with("operator*"))
    Globs.push_back({&E, File, Position});
  else
    Exact[E.Name].push_back({&E, File, Position});
}

void Shelf::add(KnowledgeFile New) {
  unsigned Number = Files.size();
  const KnowledgeFile &File = Files.emplace_back(std::move(New));
  unsigned Position = 0;
  for (const Entry &E : File.Functions) {
    noteNamespace(E.Name);
    noteWritten(E.Name, &Written::Functions);
    for (const std::vector<Condition> *All : {&E.When, &E.Unless}) // no copies: names are kept
      for (const Condition &C : *All)
        if (is_contained({Condition::Type, Condition::Derives, Condition::MadeWith}, C.Is))
          noteWritten(C.Text, &Written::Types);
    index(E, Number, Position++);
  }
  for (const TypeEntry &T : File.Types) {
    noteNamespace(T.Name);
    noteWritten(T.Name, &Written::Types);
    Types[T.Name].push_back({&T, Number, Position++});
  }
  for (const AsyncCounterpart &T : File.Counterparts) {
    noteWritten(T.Of, &Written::Functions);
    noteWritten(T.In, &Written::Types);
    Counterparts[T.Of].push_back({&T, Number, Position++});
  }
  for (const Alias &A : File.Aliases)
    Aliases[A.Name] = &A;
}

template <typename T>
void Shelf::append(SmallVectorImpl<Ranked<T>> &Found, SmallVectorImpl<const T *> &Into) {
  llvm::sort(Found);
  for (const Ranked<T> &R : Found)
    if (!is_contained(Into, R.What))
      Into.push_back(R.What);
}

void Shelf::find(StringRef Name, SmallVectorImpl<const Entry *> &Into) const {
  SmallVector<Ranked<Entry>, 8> Found;
  if (auto It = Exact.find(Name); It != Exact.end())
    Found.append(It->second.begin(), It->second.end());
  for (const Ranked<Entry> &G : Globs)
    if (Name.starts_with(StringRef(G.What->Name).drop_back()))
      Found.push_back(G);
  // The standard library is no unknown one, and what blocks its thread is not awaited.
  if (size_t Colons = Name.rfind("::"); Colons != StringRef::npos && !Name.starts_with("std::"))
    if (auto It = Last.find(Name.substr(Colons + 2)); It != Last.end()) {
      const bool Blocks =
          any_of(Found, [](const Ranked<Entry> &R) { return R.What->What == Role::Blocks; });
      copy_if(It->second, std::back_inserter(Found),
              [&](const Ranked<Entry> &R) { return !Blocks || R.What->What != Role::Pauses; });
    }
  append(Found, Into);
}

void Shelf::find(StringRef Name, SmallVectorImpl<const TypeEntry *> &Into) const {
  if (auto It = Types.find(Name); It != Types.end()) {
    SmallVector<Ranked<TypeEntry>, 4> Found(It->second.begin(), It->second.end());
    append(Found, Into);
  }
}

const AsyncCounterpart *Shelf::counterpart(StringRef Of, StringRef In,
                                           const FunctionDecl &F) const {
  auto It = Counterparts.find(Of);
  if (It == Counterparts.end())
    return nullptr;
  SmallVector<Ranked<AsyncCounterpart>, 4> Found(It->second.begin(), It->second.end());
  llvm::sort(Found);
  for (const Ranked<AsyncCounterpart> &T : Found)
    if (T.What->In == In && fits(*T.What, F))
      return T.What;
  return nullptr;
}

} // namespace corolint::model
