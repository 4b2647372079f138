//===- LockEffects.cpp - What a call does to locks --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/state/LockFlow.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isCallOperatorOfLambda(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->isLambda() && Method->getOverloadedOperator() == OO_Call;
}

/// It belongs to the function: its caller never sees it.
bool isOwn(const LockFlow::Object &O, const FunctionDecl &F) {
  const VarDecl *V = O.At.variable();
  if (!O.At)
    return true;
  if (!V || !V->hasLocalStorage())
    return false;
  if (const auto *P = dyn_cast<ParmVarDecl>(V))
    // A guard that is given by value; but what a smart pointer leads to is the caller's.
    return P->getDeclContext() != &F ||
           (!O.Public.Raw && O.At.Path.size() == 1 && P->getType()->isRecordType());
  return V->getDeclContext() == &F || V->isInitCapture() || !isCallOperatorOfLambda(F);
}

/// The place of a function in the words of the one that calls it.
Place translated(const Place &P, const Call &Site, const FunctionDecl &Callee) {
  Place Result;
  llvm::ArrayRef<const ValueDecl *> Members = P.Path;
  const bool IsLambda = isCallOperatorOfLambda(Callee);
  if (P.This) {
    if (IsLambda)
      return P;
    Result = Site.Object ? placeIn(Site.Object) : Place();
  } else {
    const VarDecl *V = P.variable();
    if (!V)
      return {};
    Members = Members.drop_front();
    const auto *Parameter = dyn_cast<ParmVarDecl>(V);
    if (Parameter && Parameter->getFunctionScopeIndex() < Callee.getNumParams() &&
        Callee.getParamDecl(Parameter->getFunctionScopeIndex()) == Parameter) {
      const Expr *Given = argument(Site, static_cast<int>(Parameter->getFunctionScopeIndex()));
      Result = Given ? placeIn(Given) : Place();
    } else if (V->hasGlobalStorage() || IsLambda) {
      return P;
    }
  }
  if (Result)
    Result.Path.append(Members.begin(), Members.end());
  return Result;
}

const FunctionDecl *visibleBody(const FunctionDecl &F, Unit &U) {
  const FunctionDecl *Defined = nullptr;
  if (!F.hasBody(Defined) || Defined->isDependentContext() || isCoroutine(*Defined) ||
      U.isSystem(Defined->getLocation()) || !U.knowledge().libraryOf(*Defined).empty())
    return nullptr;
  return Defined;
}

bool speaksOfLocks(const FunctionDecl &F, const CXXRecordDecl *Object, Unit &U) {
  return llvm::any_of(U.knowledge().of(F, Object), [](const Entry *Known) {
    return Known->What == Role::Locks || Known->What == Role::TriesLock ||
           Known->What == Role::Unlocks;
  });
}

bool hasLoop(const Stmt *Body) {
  bool Found = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    Found |= isa<WhileStmt>(S) || isa<ForStmt>(S) || isa<DoStmt>(S);
    return !Found;
  });
  return Found;
}

/// `lock_low` for `unlock_low`, or null.
const CXXMethodDecl *methodNamed(const CXXRecordDecl &C, llvm::StringRef Name) {
  for (const CXXMethodDecl *M : C.methods())
    if (simpleName(*M).lower() == Name)
      return M;
  return nullptr;
}

/// A lock by its shape: `lock…()` waits in a loop of its own, and there is an `unlock…()` of the
/// same name. Where the bodies are elsewhere, and the class has a mutex of threads, it may be one.
LockBits lockedByName(const CXXMethodDecl &M, Unit &U) {
  const CXXRecordDecl &C = *M.getParent();
  if (M.isStatic() || M.isOverloadedOperator() || U.isSystem(M.getLocation()) ||
      !U.knowledge().libraryOf(M).empty())
    return Lock::Same;
  const std::string Lower = simpleName(M).lower();
  llvm::StringRef Name = Lower;
  const bool Unlocks = Name.consume_front("un");
  const bool Tries = !Unlocks && Name.consume_front("try_") && M.getReturnType()->isBooleanType();
  if (!Name.consume_front("lock") || (!Tries && !M.getReturnType()->isVoidType()))
    return Lock::Same;
  const CXXMethodDecl *Locks = methodNamed(C, ("lock" + Name).str());
  if (!Locks || !Locks->getReturnType()->isVoidType() || !methodNamed(C, ("unlock" + Name).str()))
    return Lock::Same;
  const FunctionDecl *Body = nullptr;
  const bool IsSeen = Locks->hasBody(Body);
  if (IsSeen ? !hasLoop(writtenBody(*Body))
             : llvm::none_of(C.fields(), [&](const FieldDecl *Field) {
                 const CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
                 return Class && isMutexOfThreads(*Class, U);
               }))
    return Lock::Same;
  if (Unlocks)
    return Lock::Released;
  return Tries || !IsSeen ? Lock::Same | Lock::Held : Lock::Held;
}

} // namespace

namespace {

struct LockEffects {
  using Result = std::vector<LockEffect>;
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U);
};

LockEffects::Result LockEffects::make(const FunctionDecl &F, Unit &U) {
  std::vector<LockEffect> Result;
  if (const FunctionDecl *Body = visibleBody(F, U)) {
    LockFlow Flow(*Body, U, LockFlow::ForCaller);
    if (Flow.collect() && Flow.solve())
      if (const LockFlow::State *End = Flow.atExit())
        for (const auto &[Id, Of] : *End)
          if (const LockFlow::Object &O = Flow.objects()[Id];
              Of.Now != Lock::Same && Of.Now != 0 && !isOwn(O, *Body))
            Result.push_back({O.At, Of.Now});
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F); Method && Result.empty())
    if (LockBits Named = lockedByName(*Method, U); Named != Lock::Same)
      Result.push_back({Place{true, {}}, Named});
  return Result;
}

} // namespace

llvm::ArrayRef<LockEffect> lockEffectsOf(const FunctionDecl &F, Unit &U) {
  return U.get<LockEffects>(*F.getCanonicalDecl());
}

std::vector<LockEffect> effectsOf(const Call &Site, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  // What a guard does is told by its own state.
  if (isa<CXXDestructorDecl>(Site.Callee))
    return {};
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Site.Callee))
    if (hazardOf(*Constructor->getParent(), U))
      return {};
  const FunctionDecl *Callee = Site.Callee;
  if (Method && Method->isVirtual()) {
    llvm::SmallVector<const FunctionDecl *, 2> Targets = Site.targets(U);
    if (Targets.size() != 1)
      return {};
    Callee = Targets.front();
  }
  const llvm::ArrayRef<LockEffect> Own = lockEffectsOf(*Callee, U);
  if (Own.empty() || speaksOfLocks(*Site.Callee, Site.objectClass(), U))
    return {};
  const FunctionDecl *Body = nullptr;
  Callee->hasBody(Body);
  std::vector<LockEffect> Result;
  for (const LockEffect &Each : Own)
    if (Place P = translated(Each.Of, Site, Body ? *Body : *Callee))
      Result.push_back({std::move(P), Each.Leaves});
  return Result;
}

std::vector<LockEffect> effectsOn(const VarDecl &Made, const Call &By, Unit &U) {
  std::vector<LockEffect> Result;
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(By.Callee);
  if (!Constructor || hazardOf(*Constructor->getParent(), U))
    return Result;
  for (const LockEffect &Each : lockEffectsOf(*Constructor, U))
    if (Each.Of.This) {
      Place P = placeOf(Made);
      P.Path.append(Each.Of.Path.begin(), Each.Of.Path.end());
      Result.push_back({std::move(P), Each.Leaves});
    }
  return Result;
}

bool unlocksAtItsEnd(const CXXRecordDecl &C, Unit &U) {
  const CXXDestructorDecl *D = C.hasDefinition() ? C.getDestructor() : nullptr;
  return D && D->isUserProvided() && llvm::any_of(lockEffectsOf(*D, U), [](const LockEffect &Each) {
           return Each.Leaves & Lock::Released;
         });
}

bool locksWhenMade(const CXXRecordDecl &C, Unit &U) {
  return llvm::any_of(C.ctors(), [&](const CXXConstructorDecl *Each) {
    const FunctionDecl *Body = nullptr;
    if (Each->isCopyOrMoveConstructor() || Each->isDeleted())
      return false;
    return !Each->hasBody(Body)
               ? !Each->isImplicit()
               : llvm::any_of(lockEffectsOf(*Body, U),
                              [](const LockEffect &Effect) { return Effect.Leaves & Lock::Held; });
  });
}

} // namespace corolint::model
