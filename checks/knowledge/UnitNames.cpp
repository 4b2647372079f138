//===- UnitNames.cpp - The names by which users reach a declaration -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/UnitNames.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {

namespace {

/// The classes between \p Object and the class that declares \p Method, the nearest to the object
/// first; \p Object itself among them, the declaring class not.
void classesOnTheWay(const CXXRecordDecl &Object, const CXXRecordDecl &Declaring,
                     SmallVectorImpl<const CXXRecordDecl *> &Into) {
  const CXXRecordDecl *Target = Declaring.getCanonicalDecl();
  SmallPtrSet<const CXXRecordDecl *, 8> Visited;
  // Whether Target is reached from C; appends C in front of what lies below it.
  auto Walk = [&](auto &Self, const CXXRecordDecl &C) -> bool {
    if (C.getCanonicalDecl() == Target)
      return true;
    if (!C.hasDefinition() || !Visited.insert(C.getCanonicalDecl()).second)
      return false;
    size_t Slot = Into.size();
    Into.push_back(&C);
    bool Reached = false;
    for (const CXXBaseSpecifier &Base : C.getDefinition()->bases())
      if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl())
        Reached |= Self(Self, *B);
    if (!Reached)
      Into.truncate(Slot);
    return Reached;
  };
  Walk(Walk, Object);
}

} // namespace

//===----------------------------------------------------------------------===//
// Names that lead somewhere else
//===----------------------------------------------------------------------===//

namespace {

const CXXRecordDecl *classNamedBy(const NamedDecl &D) {
  if (const auto *C = dyn_cast<CXXRecordDecl>(&D))
    return C;
  if (const auto *T = dyn_cast<ClassTemplateDecl>(&D))
    return T->getTemplatedDecl();
  if (const auto *T = dyn_cast<TypedefNameDecl>(&D))
    return classOf(T->getUnderlyingType());
  if (const auto *T = dyn_cast<TypeAliasTemplateDecl>(&D))
    return classOf(T->getTemplatedDecl()->getUnderlyingType());
  return nullptr;
}

/// Calls \p Do with what \p C, or \p F, is noted by: itself, and the pattern that it was made from.
template <typename Callback> void forEachKey(const CXXRecordDecl &C, Callback Do) {
  Do(C.getCanonicalDecl());
  if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&C))
    Do(S->getSpecializedTemplate()->getTemplatedDecl()->getCanonicalDecl());
  else if (const CXXRecordDecl *Pattern = C.getInstantiatedFromMemberClass())
    Do(Pattern->getCanonicalDecl());
}
template <typename Callback> void forEachKey(const FunctionDecl &F, Callback Do) {
  Do(F.getCanonicalDecl());
  if (const FunctionTemplateDecl *T = F.getPrimaryTemplate())
    Do(T->getTemplatedDecl()->getCanonicalDecl());
}

} // namespace

void KnowledgeNames::lookUp(const DeclContext &In, StringRef Name, Found &Into, unsigned Depth) {
  // A name that the unit never wrote is not made for the question, but where a precompiled header
  // may have it.
  auto It = Context->Idents.find(Name);
  if (It == Context->Idents.end() && !Context->getExternalSource())
    return;
  IdentifierInfo &Identifier = Context->Idents.get(Name);
  // Functions that only their arguments find, friends of a class, hide nothing.
  bool Hides = false;
  for (NamedDecl *D : In.lookup(&Identifier)) {
    Into.push_back(D->getUnderlyingDecl());
    Hides |= D->getFriendObjectKind() != Decl::FOK_Undeclared;
  }
  // Libraries keep objects in a namespace beside, and name it in a using-directive, so that a
  // function that is found by its arguments may have the same name.
  if (!Hides && In.isFileContext() && !In.isTranslationUnit() && Depth < 4)
    for (const UsingDirectiveDecl *Directive : In.using_directives())
      lookUp(*Directive->getNominatedNamespace(), Name, Into, Depth + 1);
}

const Decl *KnowledgeNames::declarationNamed(StringRef Name) {
  if (Name.empty())
    return Context->getTranslationUnitDecl();
  if (auto It = Scopes.find(Name); It != Scopes.end())
    return It->second;
  const size_t Colons = Name.rfind("::");
  const bool Nested = Colons != StringRef::npos;
  const auto *Outer = dyn_cast_or_null<DeclContext>(
      declarationNamed(Nested ? Name.take_front(Colons) : StringRef()));
  const Decl *Answer = nullptr;
  if (Outer) {
    Found All;
    lookUp(*Outer, Nested ? Name.drop_front(Colons + 2) : Name, All, 0);
    for (const NamedDecl *D : All) {
      if (const CXXRecordDecl *C = classNamedBy(*D))
        Answer = C->hasDefinition() ? C->getDefinition() : C;
      else if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
        Answer = Alias->getNamespace();
      else if (!Answer)
        Answer = D;
    }
  }
  Scopes[Name] = Answer;
  return Answer;
}

bool KnowledgeNames::meansTheSame(StringRef Name, StringRef Of) {
  const Decl *One = declarationNamed(Name), *Other = declarationNamed(Of);
  if (!One || !Other)
    return false;
  bool Same = One->getCanonicalDecl() == Other->getCanonicalDecl();
  if (const auto *C = dyn_cast<CXXRecordDecl>(One))
    forEachKey(*C, [&](const Decl *Key) { Same |= Key == Other->getCanonicalDecl(); });
  return Same;
}

void KnowledgeNames::note(DenseMap<const Decl *, NameList> &In, const Decl &D, StringRef Name) {
  NameList &All = In[D.getCanonicalDecl()];
  if (!is_contained(All, Name))
    All.push_back(Name.str());
}

void KnowledgeNames::noteClass(const CXXRecordDecl &C, StringRef Name) {
  if (plainName(C) != Name)
    note(Classes, C, Name);
}

void KnowledgeNames::addType(StringRef Name) {
  if (const auto *C = dyn_cast_or_null<CXXRecordDecl>(declarationNamed(Name)))
    noteClass(*C, Name);
}

void KnowledgeNames::addFunction(StringRef Name) {
  const size_t Colons = Name.rfind("::");
  if (Colons == StringRef::npos)
    return; // a C function has one name
  const StringRef Scope = Name.take_front(Colons), Last = Name.drop_front(Colons + 2);
  const Decl *In = declarationNamed(Scope);
  if (const auto *C = dyn_cast_or_null<CXXRecordDecl>(In))
    return noteClass(*C, Scope);
  const auto *Space = dyn_cast_or_null<NamespaceDecl>(In);
  if (!Space)
    return;
  Found All;
  lookUp(*Space, Last, All, 0);
  for (const NamedDecl *D : All) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    if (const auto *T = dyn_cast<VarTemplateDecl>(D))
      D = T->getTemplatedDecl();
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (plainName(*F) != Name)
        note(Functions, *F, Name);
    } else if (const auto *V = dyn_cast<VarDecl>(D)) {
      // An object that holds nothing is a function by another word; one with state is of a class
      // that others have objects of as well.
      const CXXRecordDecl *C = classOf(V->getType());
      if (C && C->hasDefinition() && C->getDefinition()->isEmpty())
        note(Objects, *C, Name);
    }
  }
}

SmallVector<std::string, 2> KnowledgeNames::of(const CXXRecordDecl &C) const {
  SmallVector<std::string, 2> All = {plainName(C)};
  forEachKey(C, [&](const Decl *Key) {
    if (auto It = Classes.find(Key); It != Classes.end())
      All.append(It->second.begin(), It->second.end());
  });
  return All;
}

SmallVector<std::string, 2> KnowledgeNames::of(const FunctionDecl &F,
                                               const CXXRecordDecl *Object) const {
  SmallVector<std::string, 2> All;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F)) {
    const bool Destroys = isa<CXXDestructorDecl>(Method);
    const bool OfClass = Destroys || isa<CXXConstructorDecl>(Method);
    SmallVector<const CXXRecordDecl *, 4> Way;
    if (Object && !OfClass)
      classesOnTheWay(*Object, *Method->getParent(), Way);
    Way.push_back(Method->getParent());
    for (const CXXRecordDecl *C : Way)
      for (const std::string &Class : of(*C)) {
        std::string Name = Class + "::";
        raw_string_ostream OS(Name);
        if (OfClass)
          OS << (Destroys ? "~" : "") << StringRef(Class).substr(StringRef(Class).rfind(':') + 1);
        else
          printOwnName(OS, *Method);
        if (!is_contained(All, Name))
          All.push_back(std::move(Name));
      }
    if (Method->getOverloadedOperator() == OO_Call)
      forEachKey(*Method->getParent(), [&](const Decl *Key) {
        if (auto It = Objects.find(Key); It != Objects.end())
          All.append(It->second.begin(), It->second.end());
      });
    // A lambda's, or that of a class inside of a function: its own name is as good as any.
    return All;
  }
  All.push_back(plainName(F));
  forEachKey(F, [&](const Decl *Key) {
    if (auto It = Functions.find(Key); It != Functions.end())
      All.append(It->second.begin(), It->second.end());
  });
  return All;
}

} // namespace corolint::model
