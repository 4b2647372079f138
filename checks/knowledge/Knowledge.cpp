//===- Knowledge.cpp - What is known about names -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Knowledge.h"
#include "ast/Names.h"
#include "knowledge/Annotations.h"
#include "knowledge/KnowledgeFile.h"
#include "knowledge/LibraryFiles.h"
#include "knowledge/Shelves.h"
#include "knowledge/UnitNames.h"
#include "knowledge/UnitReplacements.h"
#include "knowledge/UserFile.h"
#include "knowledge/Words.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include <deque>

using namespace clang;
using namespace llvm;

namespace corolint::model {

/// The answers about the declarations of one unit.
struct Knowledge::UnitAnswers {
  const Shelves &Files;

  const ASTContext *Unit = nullptr;
  std::optional<KnowledgeNames> Names;          ///< of the unit
  std::optional<UnitReplacements> Replacements; ///< made when somebody asks
  std::deque<Entry> UnitEntries;
  std::deque<TypeEntry> UnitTypes;
  using FunctionKey = std::pair<const FunctionDecl *, const CXXRecordDecl *>;
  DenseMap<FunctionKey, std::vector<const Entry *>> Functions;
  DenseMap<const CXXRecordDecl *, std::vector<const TypeEntry *>> Types;

  explicit UnitAnswers(const Shelves &Files) : Files(Files) {}

  void forget() {
    Functions.clear();
    Types.clear();
    UnitEntries.clear();
    UnitTypes.clear();
    Unit = nullptr;
    Names.reset();
    Replacements.reset();
  }
  void enter(const ASTContext &Context) {
    if (Unit == &Context)
      return;
    forget();
    Unit = &Context;
    Names.emplace(Context);
    for (const Shelf *S : Files.strongestFirst())
      for (const auto &[Outermost, In] : S->writtenByNamespace()) {
        if (!Names->declarationNamed(Outermost))
          continue;
        for (StringRef Name : In.Functions)
          Names->addFunction(Name);
        for (StringRef Name : In.Types)
          Names->addType(Name);
      }
  }

  SmallVector<std::string, 2> namesOf(const FunctionDecl &F, const CXXRecordDecl *Object) const {
    SmallVector<std::string, 2> All = Names->of(F, Object);
    Files.addAliased(All);
    return All;
  }
  SmallVector<std::string, 2> namesOf(const CXXRecordDecl &C) const {
    SmallVector<std::string, 2> All = Names->of(C);
    Files.addAliased(All);
    return All;
  }

  std::vector<const Entry *> ask(const FunctionDecl &F, const CXXRecordDecl *Object,
                                 unsigned Depth);
  std::vector<const TypeEntry *> ask(const CXXRecordDecl &C);
};

std::vector<const Entry *>
Knowledge::UnitAnswers::ask(const FunctionDecl &F, const CXXRecordDecl *Object, unsigned Depth) {
  SmallVector<Entry, 2> Marked;
  readAnnotations(F, Marked);
  SmallVector<const Entry *, 4> Found;
  for (Entry &E : Marked) {
    E.Name = plainName(F);
    Found.push_back(&UnitEntries.emplace_back(std::move(E)));
  }
  if (F.getDeclName())
    Files.find(F, Object, namesOf(F, Object), Found);

  // What it overrides, or the constructor that it inherits, answers where it has nothing to say of
  // what it does.
  const bool Silent = all_of(Found, [](const Entry *E) { return E->What == Role::Replaces; });
  if (Silent && Depth < 32) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
      for (const CXXMethodDecl *Overridden : Method->overridden_methods())
        for (const Entry *E : ask(*Overridden, nullptr, Depth + 1))
          if (!is_contained(Found, E))
            Found.push_back(E);
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
      if (const CXXConstructorDecl *Inherited =
              Constructor->getInheritedConstructor().getConstructor())
        append_range(Found, ask(*Inherited, nullptr, Depth + 1));
  }
  return {Found.begin(), Found.end()};
}

std::vector<const TypeEntry *> Knowledge::UnitAnswers::ask(const CXXRecordDecl &C) {
  SmallVector<TypeEntry, 2> Marked;
  readAnnotations(C, Marked);
  SmallVector<const TypeEntry *, 4> Found;
  for (TypeEntry &T : Marked) {
    T.Name = plainName(C);
    Found.push_back(&UnitTypes.emplace_back(std::move(T)));
  }
  Files.find(C, namesOf(C), Found);
  return {Found.begin(), Found.end()};
}

Knowledge::Knowledge()
    : Files(std::make_unique<Shelves>()), Answers(std::make_unique<UnitAnswers>(*Files)) {}
Knowledge::~Knowledge() = default;
Knowledge::Knowledge(Knowledge &&) = default;
Knowledge &Knowledge::operator=(Knowledge &&) = default;

Knowledge Knowledge::shipped() {
  Knowledge K;
  K.Files->addShipped();
  return K;
}

StringRef Knowledge::libraryOf(const Decl &D) const {
  return Files->libraryOf(D);
}

bool Knowledge::add(MemoryBufferRef Yaml, Origin From, Reporter Report) {
  std::optional<KnowledgeFile> Read = readKnowledgeFile(Yaml, From, Report);
  if (!Read)
    return false;
  if (Read->Profile) {
    Profile = Read->Profile;
    ProfileFrom = Read->ProfileFrom;
  }
  for (const auto &[Name, On] : Read->Families) {
    Families[Name] = On;
    FamiliesFrom[Name] = Read->FamiliesFrom[Name];
  }
  std::move(Read->Ignored.begin(), Read->Ignored.end(), std::back_inserter(Ignored));
  Files->add(std::move(*Read), From);
  Answers->forget();
  return true;
}

bool Knowledge::addUserFiles(StringRef File, Reporter Report) {
  SmallString<256> Path(File);
  auto Refused = [&](StringRef Which, StringRef Why) {
    Report(SMDiagnostic(Which, SourceMgr::DK_Error, Why));
    return false;
  };
  if (std::error_code Error = sys::fs::make_absolute(Path))
    return Refused(File, "cannot be read: " + Error.message());
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  if (!sys::fs::is_directory(Path))
    sys::path::remove_filename(Path);

  SmallVector<std::string, 16> Folders;
  for (StringRef Folder = Path; !Folder.empty(); Folder = sys::path::parent_path(Folder))
    Folders.push_back(Folder.str());
  bool Fine = true;
  for (const std::string &Folder : reverse(Folders)) {
    SmallString<256> Candidate(Folder);
    sys::path::append(Candidate, ".corolint.yaml");
    UserFile File = readUserFile(Candidate);
    if (File.Text)
      Fine &= add(File.Text->getMemBufferRef(), Origin::User, Report);
    else if (!File.Fault.empty())
      Fine = Refused(Candidate, File.Fault);
  }
  return Fine;
}

bool Knowledge::addLibraryFile(StringRef Path, Reporter Report) {
  UserFile File = readUserFile(Path);
  if (File.Text) {
    Files->setFolder(Path, folderOfLibraryFile(Path));
    return add(File.Text->getMemBufferRef(), Origin::Library, Report);
  }
  if (!File.Fault.empty())
    Report(SMDiagnostic(Path, SourceMgr::DK_Error, File.Fault));
  return File.Fault.empty();
}

void Knowledge::forgetUnit() {
  Answers->forget();
}

ArrayRef<const Entry *> Knowledge::of(const FunctionDecl &F, const CXXRecordDecl *Object) {
  Answers->enter(F.getASTContext());
  UnitAnswers::FunctionKey Key(F.getCanonicalDecl(), Object ? Object->getCanonicalDecl() : nullptr);
  if (auto It = Answers->Functions.find(Key); It != Answers->Functions.end())
    return It->second;
  std::vector<const Entry *> Answer = Answers->ask(F, Object, 0);
  // A vector's buffer stays where it is when the map grows, so the answer may be kept.
  return Answers->Functions[Key] = std::move(Answer);
}

ArrayRef<const TypeEntry *> Knowledge::of(const CXXRecordDecl &C) {
  Answers->enter(C.getASTContext());
  const CXXRecordDecl *Key = C.getCanonicalDecl();
  if (auto It = Answers->Types.find(Key); It != Answers->Types.end())
    return It->second;
  return Answers->Types[Key] = Answers->ask(C);
}

const AsyncCounterpart *Knowledge::counterpart(const FunctionDecl &F, const CXXRecordDecl *Object,
                                               const CXXRecordDecl &Task) {
  Answers->enter(F.getASTContext());
  return Files->counterpart(F, Answers->namesOf(F, Object), Task, Answers->namesOf(Task));
}

SmallVector<Replacement, 2> Knowledge::replacementsOf(const FunctionDecl &F,
                                                      const CXXRecordDecl *Object) {
  Answers->enter(F.getASTContext());
  if (!Answers->Replacements) {
    Answers->Replacements.emplace(F.getASTContext());
    for (const auto &Each : Answers->Replacements->byName())
      Answers->Names->addFunction(Each.getKey());
  }
  SmallVector<Replacement, 2> Found;
  for (const std::string &Name : Answers->namesOf(F, Object))
    if (auto It = Answers->Replacements->byName().find(Name);
        It != Answers->Replacements->byName().end())
      for (const Replacement &Each : It->second)
        if (none_of(Found, [&](const Replacement &Other) { return Other.By == Each.By; }))
          Found.push_back(Each);
  return Found;
}

bool Knowledge::replacesFamily(const FunctionDecl &F, Family Waits) {
  return any_of(of(F), [&](const Entry *Known) {
    return Known->What == Role::Replaces && any_of(functionsNamed(Known->Of), [&](const Entry *E) {
             return E->What == Role::Blocks && E->Waits == Waits;
           });
  });
}

bool Knowledge::isNamed(const FunctionDecl &F, StringRef Name) {
  Answers->enter(F.getASTContext());
  return is_contained(Answers->namesOf(F, nullptr), Name);
}

bool Knowledge::isNamed(const CXXRecordDecl &C, StringRef Name) {
  Answers->enter(C.getASTContext());
  return is_contained(Answers->namesOf(C), Name);
}

} // namespace corolint::model
