//===- Shelves.cpp - The knowledge files of all origins -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Shelves.h"
#include "ast/Names.h"
#include "base/Embedded.h"
#include "knowledge/LibraryFiles.h"
#include "knowledge/Words.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {
namespace {

/// Read once per process: they are part of the binary and never change.
const std::shared_ptr<const Shelf> &shippedShelf() {
  static const std::shared_ptr<const Shelf> Shipped = [] {
    auto New = std::make_shared<Shelf>();
    for (const EmbeddedFile &File : embeddedKnowledge()) {
      std::optional<KnowledgeFile> Read =
          readKnowledgeFile(MemoryBufferRef(File.Text, File.Name), Origin::Shipped,
                            [](const SMDiagnostic &D) { D.print("corolint", errs()); });
      if (!Read)
        report_fatal_error("knowledge that this program was built with is malformed",
                           /*gen_crash_diag=*/false);
      New->add(std::move(*Read));
    }
    return New;
  }();
  return Shipped;
}

/// Every shipped name outside a namespace and a class is that of a C function. A program's own
/// `wait(task)` or `sync()` is none, and must not be taken for it. What a C header defines inline
/// is static: of C by where it stands, though its linkage says nothing.
bool mayBeOfALibrary(const FunctionDecl &F, StringRef Name) {
  return Name.contains("::") || F.isExternC() || F.isInExternCContext();
}

} // namespace

void Shelves::addShipped() {
  Shipped = shippedShelf();
}

void Shelves::add(KnowledgeFile File, Origin From) {
  (From == Origin::User ? User : Libraries).add(std::move(File));
}

void Shelves::setFolder(StringRef LibraryFile, std::string Folder) {
  Folders[LibraryFile] = std::move(Folder);
}

SmallVector<const Shelf *, 3> Shelves::strongestFirst() const {
  SmallVector<const Shelf *, 3> Result = {&User, &Libraries};
  if (Shipped)
    Result.push_back(Shipped.get());
  return Result;
}

/// The name with its outermost part that is an alias replaced; empty if there is none.
std::string Shelves::aliased(StringRef Name) const {
  for (size_t Colons = Name.find("::"); true; Colons = Name.find("::", Colons + 2)) {
    const StringRef Scope = Name.take_front(Colons);
    StringRef Rest = Name.drop_front(Scope.size());
    for (const Shelf *S : strongestFirst())
      if (const Alias *A = S->alias(Scope)) {
        // A constructor and a destructor have the name of the class.
        const StringRef Of = A->Of;
        const StringRef Old = Scope.substr(Scope.rfind(':') + 1);
        const StringRef New = Of.substr(Of.rfind(':') + 1);
        if (Rest == ("::" + Old).str())
          return (Of + "::" + New).str();
        if (Rest == ("::~" + Old).str())
          return (Of + "::~" + New).str();
        return (Of + Rest).str();
      }
    if (Rest.empty())
      return {};
  }
}

void Shelves::addAliased(SmallVectorImpl<std::string> &Names) const {
  // A chain ends, also where a user's file makes a circle.
  for (size_t I = 0; I != Names.size() && Names.size() < 64; ++I)
    if (std::string Other = aliased(Names[I]); !Other.empty() && !is_contained(Names, Other))
      Names.push_back(std::move(Other));
}

/// A library's file lies where anybody could put one who had a header included. It speaks for
/// what its headers declare, not for the C library, the standard's or the user's own names.
bool Shelves::maySpeak(const Source &From, const NamedDecl &About) const {
  if (From.From != Origin::Library)
    return true;
  auto Folder = Folders.find(From.File);
  return Folder != Folders.end() && isDeclaredBelow(About, Folder->second);
}

bool Shelves::isAnothers(StringRef Name) const {
  if (Name.starts_with("std::"))
    return true;
  SmallVector<const Entry *, 2> Known;
  if (Shipped && !Name.contains("::"))
    Shipped->find(Name, Known);
  return !Known.empty();
}

void Shelves::find(const FunctionDecl &F, const CXXRecordDecl *Object, ArrayRef<std::string> Names,
                   SmallVectorImpl<const Entry *> &Found) const {
  for (const Shelf *S : strongestFirst())
    for (const std::string &Name : Names)
      if (S == &Libraries ? !isAnothers(Name) : S != Shipped.get() || mayBeOfALibrary(F, Name))
        S->find(Name, Found);
  // A member that a library's class inherits is a library's under the name of that class.
  erase_if(Found, [&](const Entry *E) {
    return !maySpeak(E->From, F) && !(Object && maySpeak(E->From, *Object));
  });
}

void Shelves::find(const CXXRecordDecl &C, ArrayRef<std::string> Names,
                   SmallVectorImpl<const TypeEntry *> &Found) const {
  for (const Shelf *S : strongestFirst())
    for (const std::string &Name : Names)
      S->find(Name, Found);
  erase_if(Found, [&](const TypeEntry *T) { return !maySpeak(T->From, C); });
}

const AsyncCounterpart *Shelves::counterpart(const FunctionDecl &F, ArrayRef<std::string> Names,
                                             const CXXRecordDecl &Task,
                                             ArrayRef<std::string> TaskNames) const {
  for (const Shelf *S : strongestFirst())
    for (const std::string &In : TaskNames)
      for (const std::string &Name : Names)
        if (S != Shipped.get() || mayBeOfALibrary(F, Name))
          if (const AsyncCounterpart *T = S->counterpart(Name, In, F); T && maySpeak(T->From, Task))
            return T;
  return nullptr;
}

StringRef Shelves::libraryOf(const Decl &D) const {
  const NamespaceDecl *Outermost = outermostNamespace(D);
  if (!Outermost)
    return {};
  const StringRef Name = Outermost->getName();
  if (Shipped && Shipped->hasNamespace(Name))
    return Name;
  const auto *Named = dyn_cast<NamedDecl>(&D);
  const bool Described =
      Named && Libraries.hasNamespace(Name) &&
      any_of(Folders, [&](const auto &Each) { return isDeclaredBelow(*Named, Each.second); });
  return Described ? Name : StringRef();
}

} // namespace corolint::model
