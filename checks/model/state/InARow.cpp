//===- InARow.cpp - Awaits that could overlap ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/InARow.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/calls/Pauses.h"
#include "model/code/Call.h"
#include "model/code/Loops.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/lifetime/Views.h"
#include "model/state/AwaitedGuard.h"
#include "model/state/AwaitedLock.h"
#include "model/state/Held.h"
#include "model/tasks/Yields.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

using Names = llvm::SmallPtrSet<const ValueDecl *, 8>;

/// `co_await f(…)`, whose result is kept in what is declared or changed beside it.
struct KeptAwait {
  const CoawaitExpr *At = nullptr;
  const CallExpr *Made = nullptr;
  Names Uses;  ///< what the call mentions
  Names Gives; ///< what holds the result
};

/// What it refers to cannot be changed through it: `data()` gives a pointer to what is const.
bool isConstView(const CXXRecordDecl &C) {
  const auto &Context = C.getASTContext();
  const auto Found = C.lookup(&Context.Idents.get("data"));
  return !Found.empty() && llvm::all_of(Found, [](const NamedDecl *D) {
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    const QualType Given = Method ? Method->getReturnType() : QualType();
    return !Given.isNull() && Given->isPointerType() && Given->getPointeeType().isConstQualified();
  });
}

/// A copy shares nothing with what it was made of: it leads to no other object, has no callable
/// that may, and so have its parts.
bool isValueType(QualType T, unsigned Depth = 0) {
  constexpr unsigned MaxDepth = 4;
  if (T->isPointerType())
    return T->getPointeeType().isConstQualified() && T->getPointeeType()->isCharType();
  if (T->isReferenceType() || Depth == MaxDepth)
    return false;
  const CXXRecordDecl *C = definitionOf(T->getAsCXXRecordDecl());
  if (!C)
    return !T->isRecordType();
  if (!leadsTo(T).isNull() || isCallableWrapper(*C))
    return false;
  if (isViewType(T))
    return isConstView(*C);
  if (!isStandard(*C))
    return C->getNumBases() == 0 && llvm::all_of(C->fields(), [&](const FieldDecl *Each) {
             return isValueType(Each->getType(), Depth + 1);
           });
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(C);
  return !Special || llvm::none_of(Special->getTemplateArgs().asArray(), [](const auto &Each) {
    return Each.getKind() == TemplateArgument::Type && Each.getAsType()->isPointerType();
  });
}

/// Nothing that the callee does to it is seen elsewhere.
bool isGivenByValue(const Expr &Given, const ParmVarDecl *As) {
  const QualType T = As ? As->getType() : Given.getType();
  if (!T->isReferenceType())
    return isValueType(T);
  // A text or a vector is no connection. What may change it is.
  return T->getPointeeType().isConstQualified() && isValueType(T->getPointeeType());
}

/// It says that something went well, which is what comes next needs: an `optional`, an error.
bool saysHowItWent(QualType T) {
  if (T->isBooleanType() || T->isEnumeralType())
    return true;
  const CXXRecordDecl *C = definitionOf(T->getAsCXXRecordDecl());
  return C && llvm::any_of(C->getVisibleConversionFunctions(), [](const NamedDecl *D) {
           const auto *Conversion = dyn_cast<CXXConversionDecl>(D->getUnderlyingDecl());
           return Conversion && Conversion->getConversionType()->isBooleanType();
         });
}

class RowFinder {
public:
  RowFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<AwaitsInARow> find() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Block = dyn_cast<CompoundStmt>(&S))
        readBlock(*Block);
      return true;
    });
    for (const Loop &L : loopsIn(F, U))
      if (L.isOverRange() && L.Exits.empty())
        readLoop(*cast<CXXForRangeStmt>(L.Written));
    return std::move(Result);
  }

private:
  void readBlock(const CompoundStmt &Block) {
    llvm::SmallVector<KeptAwait, 4> Row;
    auto End = [&] {
      if (Row.size() > 1) {
        AwaitsInARow Found;
        for (const KeptAwait &Each : Row)
          Found.At.push_back(Each.At);
        if (!isUnderLock(*Row.back().At))
          Result.push_back(std::move(Found));
      }
      Row.clear();
    };
    for (const Stmt *S : Block.body()) {
      std::optional<KeptAwait> Each = declaredBy(*S);
      if (!Each || !isIndependent(Row, *Each))
        End();
      if (Each)
        Row.push_back(std::move(*Each));
    }
    End();
  }

  /// `const auto a = co_await f(…);`
  std::optional<KeptAwait> declaredBy(const Stmt &S) {
    const auto *Declares = dyn_cast<DeclStmt>(&S);
    const auto *V = Declares && Declares->isSingleDecl()
                        ? dyn_cast<VarDecl>(Declares->getSingleDecl())
                        : nullptr;
    const auto *Await = V && V->getInit() ? dyn_cast<CoawaitExpr>(bare(V->getInit())) : nullptr;
    // A reference may be to what the next one changes.
    std::optional<KeptAwait> Kept =
        Await && !V->getType()->isReferenceType() && V->hasLocalStorage() ? kept(*Await)
                                                                          : std::nullopt;
    if (!Kept)
      return std::nullopt;
    Kept->Gives.insert(V);
    if (const auto *Parts = dyn_cast<DecompositionDecl>(V))
      for (const BindingDecl *Part : Parts->bindings())
        Kept->Gives.insert(Part);
    return Kept;
  }

  /// One whose order with others nobody can see.
  std::optional<KeptAwait> kept(const CoawaitExpr &Await) {
    const AwaitPoint *P = awaitPointAt(Await, F, U);
    const auto *Made = P && mayYield(*P, U) ? dyn_cast<CallExpr>(bare(P->Awaited)) : nullptr;
    const FunctionDecl *Callee = Made ? Made->getDirectCallee() : nullptr;
    const QualType Given = Await.getType();
    if (!Callee || Given->isVoidType() || Given->isReferenceType() || saysHowItWent(Given) ||
        pauseAt(*P, F, U) || awaitedGuardIn(Await, U))
      return std::nullopt;
    const TaskType T = U.get<TaskTypes>().ofValue(*Made);
    if (T.Kind != TaskKind::Lazy)
      return std::nullopt;
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (Method && !Method->isStatic())
      return std::nullopt; // what it does to its object is seen by whoever has that
    KeptAwait Result{&Await, Made, {}, {}};
    for (unsigned I = 0; I != Made->getNumArgs(); ++I) {
      const Expr &Arg = *Made->getArg(I);
      if (!isGivenByValue(Arg, I < Callee->getNumParams() ? Callee->getParamDecl(I) : nullptr) ||
          !readArgument(Arg, Result))
        return std::nullopt;
    }
    return Result;
  }

  /// Nothing in it does something itself.
  bool readArgument(const Expr &Arg, KeptAwait &Into) {
    bool Plain = true;
    walkEvaluated(&Arg, [&](const Stmt &S) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
        Into.Uses.insert(Ref->getDecl());
      else if (const auto *Member = dyn_cast<MemberExpr>(&S))
        Into.Uses.insert(Member->getMemberDecl());
      const auto *Called = dyn_cast<CallExpr>(&S);
      const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      const auto *Unary = dyn_cast<UnaryOperator>(&S);
      const auto *Binary = dyn_cast<BinaryOperator>(&S);
      Plain = Plain && !isa<CoroutineSuspendExpr, LambdaExpr>(S) &&
              !(Unary && Unary->isIncrementDecrementOp()) &&
              !(Binary && Binary->isAssignmentOp()) &&
              (!Called || (Callee && (isStandard(*Callee) || (Method && Method->isConst()))));
      return Plain;
    });
    return Plain;
  }

  static bool isIndependent(llvm::ArrayRef<KeptAwait> Row, const KeptAwait &Next) {
    return llvm::none_of(Row, [&](const KeptAwait &Before) {
      return llvm::any_of(Next.Uses, [&](const ValueDecl *D) { return Before.Gives.contains(D); });
    });
  }

  bool isUnderLock(const Expr &At) {
    return U.get<AwaitedLocks>(F).isHeld(At.getExprLoc()) ||
           llvm::any_of(heldAcross(F, U),
                        [&](const HeldAcross &Each) { return llvm::is_contained(Each.At, &At); });
  }

  /// `for (auto &x : all) results.push_back(co_await f(x));`
  void readLoop(const CXXForRangeStmt &For) {
    const CoawaitExpr *Only = nullptr;
    bool Other = false;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
        Other |= Only != nullptr;
        Only = Await;
      }
      Other |= isa<ContinueStmt, CXXTryStmt, CoyieldExpr, IfStmt, SwitchStmt, ForStmt, WhileStmt,
                   DoStmt, CXXForRangeStmt>(S);
      return !Other;
    });
    std::optional<KeptAwait> Kept =
        Only && !Other && isCollected(*For.getBody(), *Only) ? kept(*Only) : std::nullopt;
    if (!Kept || isUnderLock(*Only))
      return;
    bool Element = false;
    for (const ValueDecl *D : Kept->Uses) {
      const auto *V = dyn_cast<VarDecl>(D);
      Element |= V == For.getLoopVariable();
      // What the rounds hand on to each other.
      if (V && V != For.getLoopVariable() && changesIn(*For.getBody(), *V, F, U))
        return;
    }
    if (Element)
      Result.push_back({{Only}, &For});
  }

  /// Its result is all that is done with it: it goes into a container, a sum, or a variable.
  static bool isCollected(const Stmt &Body, const CoawaitExpr &Await) {
    bool Collected = false;
    walkEvaluated(&Body, [&](const Stmt &S) {
      if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
        Collected |= Binary->isCompoundAssignmentOp() && bare(Binary->getRHS()) == &Await;
      else if (const auto *Called = dyn_cast<CallExpr>(&S))
        Collected |= Called->getDirectCallee() && isStandard(*Called->getDirectCallee()) &&
                     llvm::any_of(Called->arguments(),
                                  [&](const Expr *Each) { return bare(Each) == &Await; });
      return !Collected;
    });
    return Collected;
  }

  const FunctionDecl &F;
  Unit &U;
  std::vector<AwaitsInARow> Result;
};

} // namespace

std::vector<AwaitsInARow> awaitsInARow(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F) || suspensionsIn(F, U).empty())
    return {};
  return RowFinder(F, U).find();
}

} // namespace corolint::model
