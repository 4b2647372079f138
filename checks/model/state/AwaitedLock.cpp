//===- AwaitedLock.cpp - Locks that suspend who waits for them --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/AwaitedLock.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/Shared.h"
#include "model/types/Coroutine.h"
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

/// `co_await mutex.lock();`: the mutex, or nowhere.
ObjectPath lockedBy(const Expr &Awaited) {
  const auto *Called = dyn_cast<CXXMemberCallExpr>(bare(&Awaited));
  const CXXMethodDecl *M = Called ? Called->getMethodDecl() : nullptr;
  if (!M || !M->getIdentifier())
    return {};
  const llvm::StringRef Name = M->getName();
  const bool Locks = Name == "acquire" || Name == "wait" || Name.contains("lock");
  return Locks ? pathOf(*Called->getImplicitObjectArgument()) : ObjectPath();
}

bool unlocks(llvm::StringRef Method) {
  return Method.contains("unlock") || Method == "release" || Method == "signal";
}

} // namespace

AwaitedLocks::AwaitedLocks(const FunctionDecl &F, Unit &U) : SM(U.context().getSourceManager()) {
  for (const ParmVarDecl *P : F.parameters()) {
    const CXXRecordDecl *C = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
    if (C && C->hasDefinition() && !P->getType()->isPointerType() &&
        (U.get<TaskTypes>().of(P->getType()).AsyncLock || (isNamedAsLock(*C) && isToken(*C))))
      Always = true;
  }
  const SourceLocation End = F.getBody() ? F.getBody()->getEndLoc() : SourceLocation();
  llvm::SmallVector<std::pair<ObjectPath, SourceRange>, 2> Locked;
  for (const AwaitPoint &Point : suspensionsIn(F, U))
    if (Point.At->getType()->isVoidType())
      if (ObjectPath Mutex = lockedBy(*Point.Awaited); Mutex.named())
        Locked.push_back({std::move(Mutex), {Point.At->getEndLoc(), {}}});
  llvm::DenseMap<const Decl *, SourceLocation> Ends; // of the block that a local is declared in
  llvm::DenseMap<const VarDecl *, SourceRange> Tokens;
  llvm::SmallPtrSet<const Expr *, 8> GivenBack;
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(&S)) {
      for (const Stmt *Each : Block->body())
        if (const auto *Declares = dyn_cast<DeclStmt>(Each))
          for (const Decl *D : Declares->decls())
            Ends[D] = Block->getEndLoc();
    } else if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls()) {
        const auto *V = dyn_cast<VarDecl>(D);
        const CXXRecordDecl *C = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
        if (!C || !C->hasDefinition())
          continue;
        auto Known = Ends.find(V);
        const SourceRange Range(V->getLocation(), Known == Ends.end() ? End : Known->second);
        const bool IsAwaited = V->getInit() && isa<CoawaitExpr>(bare(V->getInit()));
        if (U.get<TaskTypes>().of(V->getType()).AsyncLock || (IsAwaited && isNamedAsLock(*C)))
          Held.push_back(Range);
        else if (IsAwaited && isToken(*C))
          Tokens[V] = Range;
      }
    } else if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S)) {
      const Expr *Object = Called->getImplicitObjectArgument();
      if (givesBack(*Called))
        GivenBack.insert(Object->IgnoreParenImpCasts());
      const CXXMethodDecl *M = Called->getMethodDecl();
      if (!Locked.empty() && M && M->getIdentifier() && unlocks(M->getName())) {
        const ObjectPath Mutex = pathOf(*Object);
        for (auto &[Of, Range] : Locked)
          if (Of == Mutex)
            Range.setEnd(S.getEndLoc());
      }
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S); Ref && !GivenBack.contains(Ref)) {
      Tokens.erase(dyn_cast<VarDecl>(Ref->getDecl()));
    }
    return true;
  });
  for (const auto &[Of, Range] : Locked)
    if (Range.getEnd().isValid())
      Held.push_back(Range);
  for (const auto &[V, Range] : Tokens)
    Held.push_back(Range);
}

bool AwaitedLocks::isHeld(SourceLocation From, SourceLocation To) const {
  return Always || llvm::any_of(Held, [&](SourceRange Each) {
           return SM.isBeforeInTranslationUnit(Each.getBegin(), From) &&
                  SM.isBeforeInTranslationUnit(To, Each.getEnd());
         });
}

static bool isCalledUnderLock(const FunctionDecl &F, Unit &U, unsigned Depth) {
  const auto Calls = U.get<Beside>().callsOf(F);
  return Depth != 0 && !Calls.empty() && !U.get<Beside>().isBegun(F) &&
         llvm::all_of(Calls, [&](const InnerCall *Each) {
           return Each->Call && (AwaitedLocks(*Each->By, U).isHeld(Each->Call->getBeginLoc()) ||
                                 isCalledUnderLock(*Each->By, U, Depth - 1));
         });
}

bool isCalledUnderLock(const FunctionDecl &F, Unit &U) {
  return isCalledUnderLock(F, U, /*Depth=*/3);
}

} // namespace corolint::model
