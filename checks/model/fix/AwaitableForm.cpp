//===- AwaitableForm.cpp - What a library offers instead of a call that blocks ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/AwaitableForm.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/fix/Takes.h"
#include "model/run/BlockingWitness.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

using Namespaces = llvm::SmallPtrSet<const NamespaceDecl *, 4>;

void addWithBases(const CXXRecordDecl &C, Namespaces &Into) {
  Into.insert(outermostNamespace(C));
  if (C.hasDefinition())
    for (const CXXBaseSpecifier &Base : C.getDefinition()->bases())
      if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl(); B && !isStandard(*B))
        addWithBases(*B, Into);
}

/// The libraries whose awaitables a coroutine lives with: of its task, of its promise, and of what
/// else it awaits. That an awaiter compiles in a coroutine does not say that its loop runs.
class Libraries {
public:
  using Result = Namespaces;
  static Result make(const FunctionDecl &F, Unit &U) {
    Namespaces Found;
    if (const CXXRecordDecl *Task = returnedClass(F))
      Found.insert(outermostNamespace(*Task));
    if (const CXXRecordDecl *Promise = promiseOf(F))
      addWithBases(*Promise, Found);
    for (const AwaitPoint &P : awaitPointsIn(F, U))
      if (const CXXRecordDecl *Awaited =
              P.Awaited->getType().getNonReferenceType()->getAsCXXRecordDecl())
        Found.insert(outermostNamespace(*Awaited));
    return Found;
  }
};

const FunctionDecl &patternOf(const FunctionDecl &F) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern(/*ForDefinition=*/false);
  return *(Pattern ? Pattern : &F)->getCanonicalDecl();
}

/// Inside its own definition it is no way out, nor in that of another overload.
bool isWrittenIn(const FunctionDecl &By, const FunctionDecl &In) {
  for (const DeclContext *D = &In; D; D = D->getParent())
    if (const auto *F = dyn_cast<FunctionDecl>(D);
        F && F->getDeclName() == By.getDeclName() &&
        F->getDeclContext()->getRedeclContext()->Equals(By.getDeclContext()->getRedeclContext()))
      return true;
  return false;
}

bool isAccessible(const FunctionDecl &By, const FunctionDecl &In) {
  if (By.isDeleted() || By.isUnavailable())
    return false;
  if (By.getAccess() == AS_public || By.getAccess() == AS_none)
    return true;
  const Decl *Class = familyOf(cast<CXXRecordDecl>(By.getDeclContext()));
  for (const DeclContext *D = &In; D; D = D->getParent())
    if (const auto *C = dyn_cast<CXXRecordDecl>(D); C && familyOf(C) == Class)
      return true;
  return false;
}

/// One function, as it could be called in place of another.
class Candidate {
public:
  Candidate(const Replacement &R, const FunctionDecl &In, Unit &U)
      : By(R.By), In(In), U(U), Promise(promiseOf(In)) {}

  /// What is awaited, or null where the coroutine may not await it.
  const CXXRecordDecl *awaited() const {
    if (!Promise || isWrittenIn(*By, In) || !isAccessible(*By, In))
      return nullptr;
    const CXXRecordDecl *C =
        isa<CXXConstructorDecl>(By) ? cast<CXXRecordDecl>(By->getDeclContext()) : resultClass(*By);
    if (!C || !U.get<TaskTypes>().mayAwait(*Promise, *C))
      return nullptr;
    return awaitTransform(*Promise, *C, U.context()) == Transform::Takes || isOf(*C) || isOf(*By)
               ? C
               : nullptr;
  }

  std::optional<FixItHint> fix(const Call &Site) {
    if (!Site.Written || isa<CXXConstructExpr>(Site.Written) || !mayCoAwaitAt(*Site.Written, In, U))
      return std::nullopt;
    bool OnObject = false;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(By);
        Method && Method->isImplicitObjectMemberFunction() && !isa<CXXConstructorDecl>(By)) {
      By = Site.Object ? asMemberOf(Site.objectClass()) : nullptr;
      OnObject = true;
    } else if (isa<CXXRecordDecl>(By->getDeclContext()) &&
               cast<CXXRecordDecl>(By->getDeclContext())->isDependentContext()) {
      By = nullptr; // whose arguments nobody wrote
    }
    if (!By || !isDeclaredBefore(Site.At) || !givesWhatIsUsed(Site))
      return std::nullopt;
    llvm::SmallVector<const Expr *, 4> Args;
    for (const Expr *Arg : Site.Args)
      if (isa<CXXDefaultArgExpr>(Arg))
        break;
      else
        Args.push_back(Arg);
    const Expr *First = OnObject ? nullptr : Site.Object;
    if (First && First->getType()->isPointerType())
      return std::nullopt;
    const Takes Taken = takes(*By, First, Args, *Site.Callee);
    if (Taken == Takes::No ||
        (Taken != Takes::Exactly && hasRival(Args.size() + (First != nullptr))))
      return std::nullopt;
    AsyncCounterpart Form;
    Form.Write = "co_await " +
                 (OnObject ? objectBefore(Site) + By->getNameAsString() : reachedAs()) + "(" +
                 (First ? Args.empty() ? "{object}" : "{object}, " : "") +
                 (Args.empty() ? "" : "{args}") + ")";
    return writeCounterpart(Site, Form, In, U);
  }

private:
  const FunctionDecl *By;
  const FunctionDecl &In;
  Unit &U;
  const CXXRecordDecl *Promise;

  bool isOf(const NamedDecl &D) const {
    return U.get<Libraries>(In).contains(outermostNamespace(D));
  }

  /// The member of the class of an object, or of one of its bases, that the candidate is.
  const FunctionDecl *asMemberOf(const CXXRecordDecl *Class) const {
    const FunctionDecl *Found = nullptr;
    auto Look = [&](const CXXRecordDecl *C) {
      for (const NamedDecl *D : C->lookup(By->getDeclName()))
        if (const auto *F = D->getAsFunction(); F && &patternOf(*F) == &patternOf(*By))
          Found = F;
      return !Found;
    };
    if (Class && Class->hasDefinition() && Look(Class->getDefinition()))
      Class->getDefinition()->forallBases([&](const CXXRecordDecl *Base) {
        return Base->hasDefinition() && Look(Base->getDefinition());
      });
    return Found;
  }

  static std::string objectBefore(const Call &Site) {
    const auto *This = dyn_cast<CXXThisExpr>(Site.Object->IgnoreImplicit());
    return This && This->isImplicit() ? "" : "{object}.";
  }

  /// In a class all members are known, elsewhere what was declared.
  bool isDeclaredBefore(SourceLocation At) const {
    const SourceManager &SM = U.context().getSourceManager();
    return isa<CXXRecordDecl>(By->getDeclContext()) ||
           llvm::any_of(By->redecls(), [&](const FunctionDecl *F) {
             return SM.isBeforeInTranslationUnit(F->getLocation(), SM.getExpansionLoc(At));
           });
  }

  bool givesWhatIsUsed(const Call &Site) const {
    if (Site.Dropped)
      return true;
    const CXXRecordDecl *C =
        isa<CXXConstructorDecl>(By) ? cast<CXXRecordDecl>(By->getDeclContext()) : resultClass(*By);
    const QualType Given = C ? U.get<TaskTypes>().resultOf(*C) : QualType();
    return !Given.isNull() && U.context().hasSameType(Given, Site.Callee->getReturnType());
  }

  /// Another overload that could be meant: which one is chosen is not asked here.
  bool hasRival(unsigned Count) const {
    return llvm::any_of(By->getDeclContext()->getRedeclContext()->lookup(By->getDeclName()),
                        [&](const NamedDecl *D) {
                          const FunctionDecl *F = D->getUnderlyingDecl()->getAsFunction();
                          return F && &patternOf(*F) != &patternOf(*By) && takesCount(*F, Count);
                        });
  }

  /// Its name at the place, from the outside of all where a nearer scope has the first part of it.
  std::string reachedAs() const {
    const NamedDecl &Named = isa<CXXConstructorDecl>(By) ? cast<NamedDecl>(*By->getDeclContext())
                                                         : static_cast<const NamedDecl &>(*By);
    const std::string Name = plainName(Named);
    const IdentifierInfo &First = U.context().Idents.get(llvm::StringRef(Name).split("::").first);
    for (const DeclContext *D = In.getDeclContext(); D && !D->isTranslationUnit();
         D = D->getParent())
      if (isa<NamespaceDecl, CXXRecordDecl>(D) && !D->lookup(&First).empty())
        return "::" + Name;
    return Name;
  }
};

std::string named(const FunctionDecl &By) {
  return isa<CXXConstructorDecl>(By) ? namedAs(cast<NamedDecl>(*By.getDeclContext())) : namedAs(By);
}

} // namespace

std::optional<AwaitableForm> awaitableForm(const BlockingWitness &C, const FunctionDecl &In,
                                           Unit &U) {
  const bool Direct = C.Chain.size() == 1;
  const llvm::SmallVector<Replacement, 2> All =
      U.knowledge().replacementsOf(*C.Chain.back().Callee, Direct ? C.Site.objectClass() : nullptr);
  std::optional<AwaitableForm> Best;
  for (const Replacement &Each : All) {
    Candidate Tried(Each, In, U);
    if (!Tried.awaited())
      continue;
    std::optional<FixItHint> Fix = Direct ? Tried.fix(C.Site) : std::nullopt;
    if (!Best || Fix)
      Best = AwaitableForm{Each, named(*Each.By), Fix};
    if (Fix)
      break;
  }
  return Best;
}

} // namespace corolint::model
