//===- AwaitedLock.cpp - Locks that suspend who waits for them --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/AwaitedLock.h"
#include "ast/Classes.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/LockFlow.h"
#include "model/state/Shared.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isNamedAsLock(const CXXRecordDecl &C) {
  const std::string Name = C.getIdentifier() ? C.getName().lower() : "";
  return llvm::StringRef(Name).ends_with("lock") || llvm::StringRef(Name).ends_with("guard");
}

/// It is a lock if it is awaited and nothing is done with it but to give it back:
/// `auto units = co_await semaphore.get_units(1);`.
bool isToken(const CXXRecordDecl &C) {
  return !C.hasTrivialDestructor() && !isCopyable(C);
}

bool givesBack(const CXXMemberCallExpr &Called) {
  const CXXMethodDecl *M = Called.getMethodDecl();
  return M && M->getIdentifier() &&
         llvm::is_contained({"unlock", "release", "reset", "return_all"}, M->getName());
}

/// The locals of a function that are guards of awaited locks.
class AwaitedGuards {
public:
  AwaitedGuards(const FunctionDecl &F, Unit &U) {
    llvm::SmallPtrSet<const Expr *, 8> GivenBack;
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            declared(*V, U);
      } else if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&S);
                 Assign && Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2 &&
                 isa<CoawaitExpr>(bare(Assign->getArg(1)))) {
        if (const VarDecl *V = variableIn(Assign->getArg(0)))
          if (const CXXRecordDecl *C = V->getType()->getAsCXXRecordDecl(); C && isNamedAsLock(*C))
            Classes.insert(C);
      } else if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S)) {
        if (givesBack(*Called))
          GivenBack.insert(Called->getImplicitObjectArgument()->IgnoreParenImpCasts());
      } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S); Ref && !GivenBack.contains(Ref)) {
        Tokens.erase(dyn_cast<VarDecl>(Ref->getDecl()));
      }
      return true;
    });
  }

  /// Every local of a class of which one is: it may be given the lock later.
  bool contain(const VarDecl &V) const {
    return Tokens.contains(&V) || Classes.contains(V.getType()->getAsCXXRecordDecl());
  }

private:
  void declared(const VarDecl &V, Unit &U) {
    const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
    if (!C || !C->hasDefinition())
      return;
    const bool IsAwaited = V.getInit() && isa<CoawaitExpr>(bare(V.getInit()));
    if (U.get<TaskTypes>().of(V.getType()).AsyncLock || (IsAwaited && isNamedAsLock(*C)))
      Classes.insert(C);
    else if (IsAwaited && isToken(*C))
      Tokens.insert(&V);
  }

  llvm::SmallPtrSet<const CXXRecordDecl *, 2> Classes;
  llvm::SmallPtrSet<const VarDecl *, 2> Tokens;
};

} // namespace

AwaitedLocks::AwaitedLocks(const FunctionDecl &F, Unit &U) : SM(&U.context().getSourceManager()) {
  for (const ParmVarDecl *P : F.parameters()) {
    const CXXRecordDecl *C = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
    if (C && C->hasDefinition() && !P->getType()->isPointerType() &&
        (U.get<TaskTypes>().of(P->getType()).AsyncLock || (isNamedAsLock(*C) && isToken(*C))))
      Always = true;
  }
  if (Always || !isCoroutine(F))
    return;
  const AwaitedGuards Guards(F, U);
  LockFlow Flow(F, U, LockFlow::Awaited, [&](const VarDecl &V) { return Guards.contain(V); });
  if (!Flow.collect() || !Flow.solve())
    return;
  Flow.forEachStatement([&](const Stmt &S, const LockFlow::State &Here) {
    HeldLocks Now;
    for (const auto &[Id, Of] : Here)
      if (Of.Now == Lock::Held)
        Now.push_back({Id, Of.Since});
    record(S, Now);
  });
  llvm::sort(Held, [&](const auto &A, const auto &B) {
    return SM->isBeforeInTranslationUnit(A.first, B.first);
  });
}

void AwaitedLocks::record(const Stmt &S, const HeldLocks &Now) {
  if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declares->decls())
      Held.push_back({D->getLocation(), Now});
  } else if (const auto *E = dyn_cast<Expr>(&S)) {
    Held.push_back({E->getExprLoc(), Now});
    if (E->getBeginLoc() != E->getExprLoc())
      Held.push_back({E->getBeginLoc(), Now});
  }
}

/// What is held at a place on every path; of one where nothing is evaluated, at the last before it.
AwaitedLocks::HeldLocks AwaitedLocks::at(SourceLocation At) const {
  auto After = llvm::partition_point(
      Held, [&](const auto &Each) { return !SM->isBeforeInTranslationUnit(At, Each.first); });
  if (After == Held.begin())
    return {};
  auto Last = std::prev(After);
  HeldLocks Result = Last->second;
  for (auto Each = Last; Each->first == Last->first; --Each) {
    llvm::erase_if(Result,
                   [&](const auto &Lock) { return !llvm::is_contained(Each->second, Lock); });
    if (Each == Held.begin())
      break;
  }
  return Result;
}

bool AwaitedLocks::isHeld(SourceLocation From, SourceLocation To) const {
  if (Always)
    return true;
  if (Held.empty())
    return false;
  const HeldLocks Before = at(From), After = at(To);
  return llvm::any_of(Before, [&](const auto &Lock) { return llvm::is_contained(After, Lock); });
}

static bool isCalledUnderLock(const FunctionDecl &F, Unit &U, unsigned Depth) {
  const auto Calls = U.get<Concurrency>().callsOf(F);
  return Depth != 0 && !Calls.empty() && !U.get<Concurrency>().isBegun(F) &&
         llvm::all_of(Calls, [&](const InnerCall *Each) {
           return Each->Call && (U.get<AwaitedLocks>(*Each->By).isHeld(Each->Call->getBeginLoc()) ||
                                 isCalledUnderLock(*Each->By, U, Depth - 1));
         });
}

bool isCalledUnderLock(const FunctionDecl &F, Unit &U) {
  return isCalledUnderLock(F, U, /*Depth=*/3);
}

} // namespace corolint::model
