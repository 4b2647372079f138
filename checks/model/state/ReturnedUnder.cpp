//===- ReturnedUnder.cpp - What ends before the task that is returned --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/ReturnedUnder.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Scopes.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/state/Hazard.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

class ReturnFinder {
public:
  ReturnFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<ReturnedUnder> run() {
    walkEvaluated(
        writtenBody(F),
        [&](const Stmt &S) {
          if (const auto *Tries = dyn_cast<CXXTryStmt>(&S))
            Open.push_back(Tries);
          else if (isa<CXXCatchStmt>(S))
            Open.push_back(nullptr); // what it throws, its own `try` does not catch
          else if (const auto *Declares = dyn_cast<DeclStmt>(&S))
            for (const Decl *D : Declares->decls())
              if (const auto *V = dyn_cast<VarDecl>(D); V && isLock(*V))
                Guards.push_back(V);
          if (const auto *Return = dyn_cast<ReturnStmt>(&S))
            returned(*Return);
          return true;
        },
        [&](const Stmt &S) {
          if (isa<CXXTryStmt, CXXCatchStmt>(S))
            Open.pop_back();
        });
    return std::move(Found);
  }

private:
  bool isLock(const VarDecl &V) const {
    if (!V.hasLocalStorage() || V.getType()->isReferenceType())
      return false;
    const std::optional<Hazard> H = hazardOf(V.getType(), U);
    return H && H->Is == Hazard::Lock && !H->Optional && !H->Container;
  }

  void returned(const ReturnStmt &Return) {
    const Expr *Made = Return.getRetValue() ? bare(Return.getRetValue()) : nullptr;
    const auto *Called = dyn_cast_or_null<CallExpr>(Made);
    if (!Called || U.get<TaskTypes>().ofValue(*Called).Kind != TaskKind::Lazy)
      return;
    if (!Open.empty() && Open.back() && !makesOthers(*Called))
      Found.push_back(
          {Made, &Return, Open.back(), nullptr, isAll(*Open.back()->getTryBlock(), Return)});
    const Scopes &Where = U.get<Scopes>(F);
    for (const VarDecl *Guard : Guards)
      if (Where.contains(*Where.scopeOf(*Guard), Return) &&
          mentionsOf(*Guard, F, U).empty()) { // not unlocked, nor handed over
        Found.push_back({Made, &Return, nullptr, Guard, isUnderNothing(*Called, *Guard, Return)});
        return;
      }
  }

  /// Something else is made on the way, which may throw: that is what the `try` is for.
  bool makesOthers(const CallExpr &Called) const {
    bool Others = false;
    walkEvaluated(&Called, [&](const Stmt &S) {
      if (&S == &Called || Others)
        return !Others;
      if (isa<CXXDefaultArgExpr>(S))
        return false; // an allocator, say
      if (const auto *Inner = dyn_cast<CallExpr>(&S))
        Others = !isOtherName(*Inner) &&
                 !(Inner->getDirectCallee() &&
                   isNoexceptExceptionSpec(Inner->getDirectCallee()->getExceptionSpecType()));
      else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S))
        Others = isa<CXXTemporaryObjectExpr>(Made) || Made->isListInitialization();
      else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(&S))
        Others = Cast->getType()->isRecordType();
      return !Others;
    });
    return Others;
  }

  /// The block is there for nothing else.
  static bool isAll(const CompoundStmt &Block, const ReturnStmt &Return) {
    return Block.size() == 1 && Block.body_front() == &Return && callsOnly(*Return.getRetValue());
  }

  /// Nothing stands between the lock and the return, and making the task reads nothing.
  bool isUnderNothing(const CallExpr &Called, const VarDecl &Guard,
                      const ReturnStmt &Return) const {
    const auto [Block, Index] = U.get<Uses>(F).declaredIn(Guard);
    return Block && Index + 1 < Block->size() && *(Block->body_begin() + Index + 1) == &Return &&
           callsOnly(Called);
  }

  /// One call, whose arguments are locals and constants.
  static bool callsOnly(const Stmt &Root) {
    unsigned Calls = 0;
    bool Plain = true;
    walkEvaluated(&Root, [&](const Stmt &S) {
      Calls += isa<CallExpr>(S) && !isOtherName(cast<CallExpr>(S));
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
        if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
          Plain &= !V->hasGlobalStorage();
      if (const auto *Member = dyn_cast<MemberExpr>(&S))
        Plain &= !isa<FieldDecl>(Member->getMemberDecl());
      return Plain;
    });
    return Plain && Calls <= 1;
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::SmallVector<const CXXTryStmt *, 2> Open;
  llvm::SmallVector<const VarDecl *, 2> Guards;
  std::vector<ReturnedUnder> Found;
};

} // namespace

std::vector<ReturnedUnder> returnedUnder(const FunctionDecl &F, Unit &U) {
  if (isCoroutine(F) || !U.get<TaskTypes>().of(F.getReturnType()).Awaitable)
    return {};
  return ReturnFinder(F, U).run();
}

} // namespace corolint::model
