//===- LostTask.cpp - What is lost with a task that nobody awaits ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LostTask.h"
#include "Check.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/Changes.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::checks {

using model::TaskKind;
using model::TaskType;

namespace {

/// One of the words of a name is "lock", and says what it does or is: `scoped_lock`, `LockGuard`,
/// `co_lock_shared`; not `block`, `unlock`, nor `test_scoped_lock_destructor`.
bool saysLock(llvm::StringRef Name) {
  const bool HasPrefix =
      Name.starts_with("co_") || Name.starts_with("async_") || Name.starts_with("scoped_");
  for (size_t At = 0; (At = Name.find_insensitive("lock", At)) != llvm::StringRef::npos; At += 4) {
    const bool Begins =
        At == 0 || Name[At - 1] == '_' || (llvm::isUpper(Name[At]) && !llvm::isUpper(Name[At - 1]));
    const size_t End = At + 4;
    const bool Ends = End == Name.size() || !llvm::isLower(Name[End]);
    if (Begins && Ends && (At == 0 || End == Name.size() || HasPrefix))
      return true;
  }
  return false;
}

/// What the call does, whether its result is awaited or not.
enum class Effect { None, Some, Unknown };

/// The body does nothing but make what it returns.
Effect effectOf(const FunctionDecl *F, unsigned Depth = 0) {
  const Stmt *Body = F ? model::bodyOf(*F) : nullptr;
  if (!Body || Depth > 3)
    return Effect::Unknown;
  Effect Result = Effect::None;
  auto Add = [&](Effect Of) {
    if (Of == Effect::Some || (Of == Effect::Unknown && Result == Effect::None))
      Result = Of;
  };
  model::walkEvaluated(Body, [&](const Stmt &S) {
    if (const auto *Made = dyn_cast<CXXConstructExpr>(&S)) {
      const CXXConstructorDecl *By = Made->getConstructor();
      if (!By->isTrivial() && !By->isImplicit() && !By->isDefaulted() && !model::isStandard(*By) &&
          model::bodyOf(*By))
        Add(effectOf(By, Depth + 1));
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
      if (Operator->isAssignmentOp())
        Add(Effect::Some);
    } else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Called->getDirectCallee();
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      const bool Changes = Method && Method->isInstance() && !Method->isConst();
      const bool Passes = Called->isCallToStdMove() ||
                          (Callee && model::isStandard(*Callee) && !Changes) ||
                          (Method && Method->isConst());
      // What cannot be seen and gives nothing, or changes its object, is called for what it does.
      if (!Passes)
        Add(Callee && model::bodyOf(*Callee)                        ? effectOf(Callee, Depth + 1)
            : Changes || !Callee || Called->getType()->isVoidType() ? Effect::Some
                                                                    : Effect::Unknown);
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      if (Binary->isAssignmentOp())
        Add(Effect::Some);
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
      if (Unary->isIncrementDecrementOp())
        Add(Effect::Some);
    }
    return true;
  });
  return Result;
}
Effect effectOf(const Expr &E) {
  if (isa<CallExpr>(E))
    return effectOf(maker(E));
  const auto *Made = dyn_cast<CXXConstructExpr>(&E);
  return Made && model::bodyOf(*Made->getConstructor()) ? effectOf(Made->getConstructor())
                                                        : Effect::None;
}

} // namespace

const FunctionDecl *maker(const Expr &E) {
  const auto *Call = dyn_cast<CallExpr>(&E);
  return Call ? Call->getDirectCallee() : nullptr;
}

std::string nameOfMaker(const Expr &E) {
  if (const FunctionDecl *F = maker(E)) {
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(&E);
        Call && Call->getOperator() == OO_Call && Call->getNumArgs() > 0)
      if (const VarDecl *V = model::variableIn(Call->getArg(0)))
        return "'" + V->getNameAsString() + "'";
    return quoted(*F);
  }
  if (const auto *Call = dyn_cast<CallExpr>(&E)) // through a pointer
    if (const auto *Through = dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl()))
      return "'" + Through->getNameAsString() + "'";
  return "'" + E.getType().getNonReferenceType().getUnqualifiedType().getAsString() + "'";
}

bool wouldLock(const Expr &E, const TaskType &T, model::Unit &U) {
  if (const FunctionDecl *F = maker(E); F && saysLock(model::simpleName(*F)))
    return true;
  const QualType Result = T.Class ? U.get<model::TaskTypes>().resultOf(*T.Class) : QualType();
  const CXXRecordDecl *Guard = Result.isNull() ? nullptr : Result->getAsCXXRecordDecl();
  return Guard && Guard->getIdentifier() &&
         (saysLock(Guard->getName()) || Guard->getName().contains_insensitive("guard"));
}

std::string lostWith(const Expr &E, bool Locks, model::Unit &U) {
  if (Locks)
    return nameOfMaker(E) + " locks nothing";
  const FunctionDecl *F = maker(E);
  const bool Hops = F && llvm::any_of(U.knowledge().of(*F), [](const model::Entry *Known) {
                      return Known->What == model::Role::HopsToWorker ||
                             Known->What == model::Role::HopsToLoop ||
                             Known->What == model::Role::HopsToUnknown;
                    });
  switch (Hops ? Effect::None : effectOf(E)) {
  case Effect::None:
    return nameOfMaker(E) + " has no effect";
  case Effect::Some:
    return "nobody waits for what " + nameOfMaker(E) + " starts";
  case Effect::Unknown:
    return nameOfMaker(E) + " is not waited for"; // it may have begun something
  }
  llvm_unreachable("all answers are handled");
}

bool mayDiscard(const Expr &E, const TaskType &T, model::Unit &U) {
  if (T.MayDiscard)
    return true;
  const FunctionDecl *F = maker(E);
  return F && llvm::any_of(U.knowledge().of(*F), [](const model::Entry *Known) {
           return Known->What == model::Role::MayDiscard || Known->What == model::Role::Detaches;
         });
}

bool saysNoDiscard(const Expr &E, const TaskType &T) {
  const FunctionDecl *F = maker(E);
  return T.NoDiscard || (F && F->hasAttr<WarnUnusedResultAttr>());
}

bool isMadeHere(const Expr &E, const TaskType &T) {
  if (!E.isPRValue())
    return false;
  if (isa<CallExpr, CoawaitExpr>(E))
    return true;
  return T.Kind == TaskKind::Awaiter &&
         isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr, CXXConstructExpr>(E);
}

bool isHandedBack(const Expr &E, const TaskType &T) {
  const auto *Await = dyn_cast<CoawaitExpr>(&E);
  const auto *Operand =
      Await ? dyn_cast<CXXMemberCallExpr>(model::bare(Await->getOperand())) : nullptr;
  return Operand && Operand->getRecordDecl() &&
         model::plainName(*Operand->getRecordDecl()) == model::plainName(*T.Class);
}

bool isWayBack(const Expr &E, const TaskType &T, model::Unit &U) {
  if (!isa<CoawaitExpr>(E) || (T.Kind != TaskKind::Awaiter && T.Kind != TaskKind::Handle) ||
      T.NoDiscard)
    return false;
  const FunctionDecl *Resume =
      T.Class ? model::memberFunction(*T.Class, U.context(), "await_resume") : nullptr;
  return !Resume || !Resume->hasAttr<WarnUnusedResultAttr>();
}

} // namespace corolint::checks
