//===- Knowledge.cpp - What is known about names -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Knowledge.h"
#include "ast/Names.h"
#include "base/Embedded.h"
#include "knowledge/Annotations.h"
#include "knowledge/KnowledgeFile.h"
#include "knowledge/LibraryFiles.h"
#include "knowledge/UnitNames.h"
#include "knowledge/UserFile.h"
#include "knowledge/Words.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <deque>

using namespace clang;
using namespace llvm;

namespace corolint::model {

//===----------------------------------------------------------------------===//
// The files, and an index over them
//===----------------------------------------------------------------------===//

namespace {

/// An entry and when it speaks among others of the same origin: the smaller first.
template <typename T> struct Ranked {
  const T *What;
  unsigned File;     ///< counts up; a later file speaks before an earlier one
  unsigned Position; ///< in its file

  bool operator<(const Ranked &Other) const {
    return std::tuple(Other.File, Position) < std::tuple(File, Other.Position);
  }
};

/// All files of one origin.
struct Shelf {
  std::deque<KnowledgeFile> Files;
  StringMap<SmallVector<Ranked<Entry>, 1>> Exact;
  std::vector<Ranked<Entry>> Globs;
  StringMap<SmallVector<Ranked<Entry>, 1>> Last; ///< of `*::name`, by the name alone
  StringMap<SmallVector<Ranked<TypeEntry>, 1>> Types;
  StringMap<SmallVector<Ranked<Twin>, 1>> Twins;
  StringMap<const Alias *> Aliases;
  StringSet<> Namespaces; ///< the outermost of each name
  /// What is in each of them, to be looked up in a unit that has it.
  struct Written {
    std::vector<StringRef> Functions, Types;
  };
  StringMap<Written> ByNamespace;

  void add(KnowledgeFile New) {
    unsigned Number = Files.size();
    const KnowledgeFile &File = Files.emplace_back(std::move(New));
    unsigned Position = 0;
    auto NoteNamespace = [&](StringRef Name) {
      if (auto [Outermost, Rest] = Name.split("::"); !Rest.empty() && Outermost != "*")
        Namespaces.insert(Outermost);
    };
    auto NoteWritten = [&](StringRef Name, std::vector<StringRef> Written::*Where) {
      if (StringRef Outermost = Name.split("::").first; Outermost != "*")
        (ByNamespace[Outermost].*Where).push_back(Name);
    };
    for (const Entry &E : File.Functions) {
      NoteNamespace(E.Name);
      NoteWritten(E.Name, &Written::Functions);
      for (const std::vector<Condition> *All : {&E.When, &E.Unless}) // no copies: names are kept
        for (const Condition &C : *All)
          if (is_contained({Condition::Type, Condition::Derives, Condition::MadeWith}, C.Is))
            NoteWritten(C.Text, &Written::Types);
      if (StringRef Name = E.Name; Name.consume_front("*::"))
        Last[Name].push_back({&E, Number, Position++});
      else if (StringRef(E.Name).ends_with('*') && !StringRef(E.Name).ends_with("operator*"))
        Globs.push_back({&E, Number, Position++});
      else
        Exact[E.Name].push_back({&E, Number, Position++});
    }
    for (const TypeEntry &T : File.Types) {
      NoteNamespace(T.Name);
      NoteWritten(T.Name, &Written::Types);
      Types[T.Name].push_back({&T, Number, Position++});
    }
    for (const Twin &T : File.Twins) {
      NoteWritten(T.Of, &Written::Functions);
      NoteWritten(T.In, &Written::Types);
      Twins[T.Of].push_back({&T, Number, Position++});
    }
    for (const Alias &A : File.Aliases)
      Aliases[A.Name] = &A;
  }

  void find(StringRef Name, SmallVectorImpl<const Entry *> &Into) const {
    SmallVector<Ranked<Entry>, 8> Found;
    if (auto It = Exact.find(Name); It != Exact.end())
      Found.append(It->second.begin(), It->second.end());
    for (const Ranked<Entry> &G : Globs)
      if (Name.starts_with(StringRef(G.What->Name).drop_back()))
        Found.push_back(G);
    if (size_t Colons = Name.rfind("::"); Colons != StringRef::npos)
      if (auto It = Last.find(Name.substr(Colons + 2)); It != Last.end())
        Found.append(It->second.begin(), It->second.end());
    append(Found, Into);
  }

  void find(StringRef Name, SmallVectorImpl<const TypeEntry *> &Into) const {
    if (auto It = Types.find(Name); It != Types.end()) {
      SmallVector<Ranked<TypeEntry>, 4> Found(It->second.begin(), It->second.end());
      append(Found, Into);
    }
  }

  const Twin *twin(StringRef Of, StringRef In, const FunctionDecl &F) const {
    auto It = Twins.find(Of);
    if (It == Twins.end())
      return nullptr;
    SmallVector<Ranked<Twin>, 4> Found(It->second.begin(), It->second.end());
    llvm::sort(Found);
    for (const Ranked<Twin> &T : Found)
      if (T.What->In == In && fits(*T.What, F))
        return T.What;
    return nullptr;
  }

private:
  /// Overloads of one name can be different enough to need another twin, or to have none.
  static bool fits(const Twin &T, const FunctionDecl &F) {
    if (T.Parameters && *T.Parameters != F.getNumParams())
      return false;
    return none_of(F.parameters(), [&](const ParmVarDecl *P) {
      const CXXRecordDecl *Class = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
      return Class && is_contained(T.Without, plainName(*Class));
    });
  }

  template <typename T>
  static void append(SmallVectorImpl<Ranked<T>> &Found, SmallVectorImpl<const T *> &Into) {
    llvm::sort(Found);
    for (const Ranked<T> &R : Found)
      if (!is_contained(Into, R.What))
        Into.push_back(R.What);
  }
};

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

//===----------------------------------------------------------------------===//
// Knowledge
//===----------------------------------------------------------------------===//

struct Knowledge::Impl {
  std::shared_ptr<const Shelf> Shipped; ///< may be null
  Shelf User;
  Shelf Libraries;                ///< what came with headers
  StringMap<std::string> Folders; ///< of each file of a library: where the headers are

  const ASTContext *Unit = nullptr;
  std::optional<KnowledgeNames> Names; ///< of the unit
  std::deque<Entry> UnitEntries;
  std::deque<TypeEntry> UnitTypes;
  using FunctionKey = std::pair<const FunctionDecl *, const CXXRecordDecl *>;
  DenseMap<FunctionKey, std::vector<const Entry *>> Functions;
  DenseMap<const CXXRecordDecl *, std::vector<const TypeEntry *>> Types;

  /// From the strongest to the weakest.
  SmallVector<const Shelf *, 3> shelves() const {
    SmallVector<const Shelf *, 3> Result = {&User, &Libraries};
    if (Shipped)
      Result.push_back(Shipped.get());
    return Result;
  }

  /// A library's file lies where anybody could put one who had a header included. It speaks for
  /// what its headers declare, not for the C library, the standard's or the user's own names.
  bool maySpeak(const Source &From, const NamedDecl &About) const {
    if (From.From != Origin::Library)
      return true;
    auto Folder = Folders.find(From.File);
    return Folder != Folders.end() && isDeclaredBelow(About, Folder->second);
  }
  bool isAnothers(StringRef Name) const {
    if (Name.starts_with("std::"))
      return true;
    SmallVector<const Entry *, 2> Known;
    if (Shipped && !Name.contains("::"))
      Shipped->find(Name, Known);
    return !Known.empty();
  }

  void forget() {
    Functions.clear();
    Types.clear();
    UnitEntries.clear();
    UnitTypes.clear();
    Unit = nullptr;
    Names.reset();
  }
  void enter(const ASTContext &Context) {
    if (Unit == &Context)
      return;
    forget();
    Unit = &Context;
    Names.emplace(Context);
    for (const Shelf *S : shelves())
      for (const auto &[Outermost, In] : S->ByNamespace) {
        if (!Names->declarationNamed(Outermost))
          continue;
        for (StringRef Name : In.Functions)
          Names->addFunction(Name);
        for (StringRef Name : In.Types)
          Names->addType(Name);
      }
  }

  /// The name with its outermost part that is an alias replaced; empty if there is none.
  std::string aliased(StringRef Name) const {
    for (size_t Colons = Name.find("::"); true; Colons = Name.find("::", Colons + 2)) {
      const StringRef Scope = Name.take_front(Colons);
      StringRef Rest = Name.drop_front(Scope.size());
      for (const Shelf *S : shelves())
        if (auto It = S->Aliases.find(Scope); It != S->Aliases.end()) {
          // A constructor and a destructor have the name of the class.
          const StringRef Of = It->second->Of;
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
  /// Adds what the names stand for. A chain ends, also where a user's file makes a circle.
  void addAliased(SmallVectorImpl<std::string> &All) const {
    for (size_t I = 0; I != All.size() && All.size() < 64; ++I)
      if (std::string Other = aliased(All[I]); !Other.empty() && !is_contained(All, Other))
        All.push_back(std::move(Other));
  }
  SmallVector<std::string, 2> namesOf(const FunctionDecl &F, const CXXRecordDecl *Object) const {
    SmallVector<std::string, 2> All = Names->of(F, Object);
    addAliased(All);
    return All;
  }
  SmallVector<std::string, 2> namesOf(const CXXRecordDecl &C) const {
    SmallVector<std::string, 2> All = Names->of(C);
    addAliased(All);
    return All;
  }

  std::vector<const Entry *> ask(const FunctionDecl &F, const CXXRecordDecl *Object,
                                 unsigned Depth);
};

std::vector<const Entry *> Knowledge::Impl::ask(const FunctionDecl &F, const CXXRecordDecl *Object,
                                                unsigned Depth) {
  SmallVector<Entry, 2> Marked;
  readAnnotations(F, Marked);
  SmallVector<const Entry *, 4> Found;
  SmallVector<std::string, 2> Names;
  if (F.getDeclName())
    Names = namesOf(F, Object);
  for (Entry &E : Marked) {
    E.Name = plainName(F);
    Found.push_back(&UnitEntries.emplace_back(std::move(E)));
  }
  for (const Shelf *S : shelves())
    for (const std::string &Name : Names)
      if (S == &Libraries ? !isAnothers(Name) : S != Shipped.get() || mayBeOfALibrary(F, Name))
        S->find(Name, Found);
  // A member that a library's class inherits is a library's under the name of that class.
  erase_if(Found, [&](const Entry *E) {
    return !maySpeak(E->From, F) && !(Object && maySpeak(E->From, *Object));
  });

  // What it overrides, or the constructor that it inherits, answers where it has nothing to say.
  if (Found.empty() && Depth < 32) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
      for (const CXXMethodDecl *Overridden : Method->overridden_methods())
        for (const Entry *E : ask(*Overridden, nullptr, Depth + 1))
          if (!is_contained(Found, E))
            Found.push_back(E);
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
      if (const CXXConstructorDecl *Inherited =
              Constructor->getInheritedConstructor().getConstructor())
        return ask(*Inherited, nullptr, Depth + 1);
  }
  return {Found.begin(), Found.end()};
}

Knowledge::Knowledge() : Self(std::make_unique<Impl>()) {}
Knowledge::~Knowledge() = default;
Knowledge::Knowledge(Knowledge &&) = default;
Knowledge &Knowledge::operator=(Knowledge &&) = default;

Knowledge Knowledge::shipped() {
  Knowledge K;
  K.Self->Shipped = shippedShelf();
  return K;
}

StringRef Knowledge::libraryOf(const Decl &D) const {
  const NamespaceDecl *Outermost = outermostNamespace(D);
  if (!Outermost)
    return {};
  const StringRef Name = Outermost->getName();
  const bool Described =
      (Self->Shipped && Self->Shipped->Namespaces.contains(Name)) ||
      (Self->Libraries.Namespaces.contains(Name) && any_of(Self->Folders, [&](const auto &Each) {
         const auto *Named = dyn_cast<NamedDecl>(&D);
         return Named && isDeclaredBelow(*Named, Each.second);
       }));
  return Described ? Name : StringRef();
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
  (From == Origin::User ? Self->User : Self->Libraries).add(std::move(*Read));
  Self->forget();
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
    Self->Folders[Path] = folderOfLibraryFile(Path);
    return add(File.Text->getMemBufferRef(), Origin::Library, Report);
  }
  if (!File.Fault.empty())
    Report(SMDiagnostic(Path, SourceMgr::DK_Error, File.Fault));
  return File.Fault.empty();
}

void Knowledge::forgetUnit() {
  Self->forget();
}

ArrayRef<const Entry *> Knowledge::of(const FunctionDecl &F, const CXXRecordDecl *Object) {
  Self->enter(F.getASTContext());
  Impl::FunctionKey Key(F.getCanonicalDecl(), Object ? Object->getCanonicalDecl() : nullptr);
  if (auto It = Self->Functions.find(Key); It != Self->Functions.end())
    return It->second;
  std::vector<const Entry *> Answer = Self->ask(F, Object, 0);
  // A vector's buffer stays where it is when the map grows, so the answer may be kept.
  return Self->Functions[Key] = std::move(Answer);
}

ArrayRef<const TypeEntry *> Knowledge::of(const CXXRecordDecl &C) {
  Self->enter(C.getASTContext());
  if (auto It = Self->Types.find(C.getCanonicalDecl()); It != Self->Types.end())
    return It->second;
  SmallVector<TypeEntry, 2> Marked;
  readAnnotations(C, Marked);
  SmallVector<const TypeEntry *, 4> Found;
  for (TypeEntry &T : Marked) {
    T.Name = plainName(C);
    Found.push_back(&Self->UnitTypes.emplace_back(std::move(T)));
  }
  const SmallVector<std::string, 2> Names = Self->namesOf(C);
  for (const Shelf *S : Self->shelves())
    for (const std::string &Name : Names)
      S->find(Name, Found);
  erase_if(Found, [&](const TypeEntry *T) { return !Self->maySpeak(T->From, C); });
  return Self->Types[C.getCanonicalDecl()] = {Found.begin(), Found.end()};
}

const Twin *Knowledge::twin(const FunctionDecl &F, const CXXRecordDecl *Object,
                            const CXXRecordDecl &Task) {
  Self->enter(F.getASTContext());
  const SmallVector<std::string, 2> In = Self->namesOf(Task);
  const SmallVector<std::string, 2> Names = Self->namesOf(F, Object);
  for (const Shelf *S : Self->shelves())
    for (const std::string &Class : In)
      for (const std::string &Name : Names)
        if (S != Self->Shipped.get() || mayBeOfALibrary(F, Name))
          if (const Twin *T = S->twin(Name, Class, F); T && Self->maySpeak(T->From, Task))
            return T;
  return nullptr;
}

bool Knowledge::isNamed(const FunctionDecl &F, StringRef Name) {
  Self->enter(F.getASTContext());
  return is_contained(Self->namesOf(F, nullptr), Name);
}

bool Knowledge::isNamed(const CXXRecordDecl &C, StringRef Name) {
  Self->enter(C.getASTContext());
  return is_contained(Self->namesOf(C), Name);
}

std::vector<const Entry *> Knowledge::functionsNamed(StringRef Name) const {
  SmallVector<std::string, 2> Names = {Name.str()};
  Self->addAliased(Names);
  SmallVector<const Entry *, 4> Found;
  for (const Shelf *S : Self->shelves())
    for (const std::string &Each : Names)
      S->find(Each, Found);
  return {Found.begin(), Found.end()};
}

std::vector<const TypeEntry *> Knowledge::typesNamed(StringRef Name) const {
  SmallVector<std::string, 2> Names = {Name.str()};
  Self->addAliased(Names);
  SmallVector<const TypeEntry *, 4> Found;
  for (const Shelf *S : Self->shelves())
    for (const std::string &Each : Names)
      S->find(Each, Found);
  return {Found.begin(), Found.end()};
}

std::string Knowledge::aliasedName(StringRef Name) const {
  SmallVector<std::string, 2> Names = {Name.str()};
  Self->addAliased(Names);
  return Names.size() > 1 ? Names.back() : std::string();
}

std::vector<const Entry *> Knowledge::membersOf(StringRef Name) const {
  SmallVector<std::string, 2> Names = {Name.str()};
  Self->addAliased(Names);
  std::vector<const Entry *> Found;
  for (const Entry *E : allFunctions())
    if (any_of(Names,
               [&](StringRef In) { return StringRef(E->Name).starts_with((In + "::").str()); }))
      Found.push_back(E);
  return Found;
}

std::vector<std::string> Knowledge::namesLike(StringRef Name) const {
  StringRef Last = Name.substr(Name.rfind("::") == StringRef::npos ? 0 : Name.rfind("::") + 2);
  std::vector<std::pair<unsigned, std::string>> Near;
  StringSet<> Seen;
  auto Consider = [&](StringRef Known) {
    if (Known == Name || !Seen.insert(Known).second)
      return;
    size_t Colons = Known.rfind("::");
    StringRef KnownLast = Known.substr(Colons == StringRef::npos ? 0 : Colons + 2);
    // Who asks for 'sleep_for' means 'std::this_thread::sleep_for', whatever stands before it.
    unsigned Limit = std::max<size_t>(1, Last.size() / 4);
    unsigned D = std::min(Known.edit_distance(Name, true, Limit + 1),
                          1 + KnownLast.edit_distance(Last, true, Limit + 1));
    if (D <= Limit + 1)
      Near.emplace_back(D, Known.str());
  };
  for (const Entry *E : allFunctions())
    Consider(E->Name);
  for (const TypeEntry *T : allTypes())
    Consider(T->Name);
  for (const Alias *A : allAliases())
    Consider(A->Name);
  llvm::sort(Near);
  std::vector<std::string> Result;
  for (auto &[Distance, Known] : Near)
    if (Result.size() < 5)
      Result.push_back(Known);
  return Result;
}

std::vector<const Entry *> Knowledge::allFunctions() const {
  std::vector<const Entry *> Result;
  for (const Shelf *S : Self->shelves())
    for (const KnowledgeFile &File : S->Files)
      for (const Entry &E : File.Functions)
        Result.push_back(&E);
  return Result;
}

std::vector<const TypeEntry *> Knowledge::allTypes() const {
  std::vector<const TypeEntry *> Result;
  for (const Shelf *S : Self->shelves())
    for (const KnowledgeFile &File : S->Files)
      for (const TypeEntry &T : File.Types)
        Result.push_back(&T);
  return Result;
}

std::vector<const Alias *> Knowledge::allAliases() const {
  std::vector<const Alias *> Result;
  for (const Shelf *S : Self->shelves())
    for (const KnowledgeFile &File : S->Files)
      for (const Alias &A : File.Aliases)
        Result.push_back(&A);
  return Result;
}

std::vector<const Twin *> Knowledge::allTwins() const {
  std::vector<const Twin *> Result;
  for (const Shelf *S : Self->shelves())
    for (const KnowledgeFile &File : S->Files)
      for (const Twin &T : File.Twins)
        Result.push_back(&T);
  return Result;
}

} // namespace corolint::model
