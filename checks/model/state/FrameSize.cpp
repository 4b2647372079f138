//===- FrameSize.cpp - What fills the frame of a coroutine ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/FrameSize.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Walks a body, and knows which objects are alive at each suspension.
class FrameWalk {
public:
  FrameWalk(const FunctionDecl &F, Unit &U)
      : Context(U.context()), Suspends(suspensionSetOf(F, U)), Body(writtenBody(F)) {}

  /// \p Wanted: the suspension whose objects are to be kept; null: find the one with the most.
  void run(const Expr *Wanted = nullptr) {
    Keep = Wanted;
    walkEvaluated(Body, [&](const Stmt &S) { return enter(S); }, [&](const Stmt &S) { leave(S); });
  }

  uint64_t Most = 0;  ///< bytes that are alive at one suspension
  uint64_t Apart = 0; ///< bytes of all that are alive at some
  const Expr *At = nullptr;
  std::vector<FramePart> Parts; ///< those that were to be kept

private:
  struct Object {
    FramePart Part;
    unsigned Since; ///< how many suspensions there were before
  };

  static bool opensScope(const Stmt &S) {
    return isa<CompoundStmt, IfStmt, SwitchStmt, ForStmt, CXXForRangeStmt, WhileStmt, DoStmt,
               CXXCatchStmt>(S);
  }

  bool enter(const Stmt &S) {
    if (opensScope(S))
      Scopes.push_back(Locals.size());
    if (isa<Expr>(S))
      ++Depth;
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
          isPlacedBy(V->getInit());
    } else if (const auto *List = dyn_cast<InitListExpr>(&S)) {
      for (const Expr *Each : List->inits())
        isPlacedBy(Each);
    } else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&S)) {
      isPlacedBy(Temporary->getSubExpr());
    } else if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&S)) {
      // The awaiter is made of the operand, by the machinery.
      walkEvaluated(
          Suspend->getCommonExpr(), [&](const Stmt &Part) { return enter(Part); },
          [&](const Stmt &Part) { leave(Part); });
      suspended(*Suspend);
      return false;
    }
    return true;
  }

  void leave(const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          add(Locals, {FramePart::Local, V, V->getType(), sizeOf(V->getType()), V->getLocation()});
    } else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&S)) {
      add(Temporary->getStorageDuration() == SD_Automatic ? Locals : Temporaries,
          temporary(*Temporary));
    } else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(&S)) {
      if (!Placed.contains(Bound))
        add(Temporaries, temporary(*Bound));
    }
    if (isa<Expr>(S) && --Depth == 0)
      end(Temporaries, 0);
    if (opensScope(S))
      end(Locals, Scopes.pop_back_val());
  }

  /// What an expression makes is made in the place of another object.
  void isPlacedBy(const Expr *E) {
    for (;;) {
      E = E->IgnoreParens();
      if (const auto *Full = dyn_cast<FullExpr>(E))
        E = Full->getSubExpr();
      else if (const auto *Cast = dyn_cast<CastExpr>(E))
        E = Cast->getSubExpr();
      else
        break;
    }
    if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      Placed.insert(Bound);
  }

  FramePart temporary(const Expr &E) const {
    return {FramePart::Temporary, nullptr, E.getType().getUnqualifiedType(), sizeOf(E.getType()),
            E.getExprLoc()};
  }

  void suspended(const CoroutineSuspendExpr &E) {
    if (!Suspends.contains(&E))
      return;
    ++Count;
    if (Alive >= Most && !Keep) {
      Most = Alive;
      At = &E;
    }
    if (Keep == &E && Parts.empty())
      for (const auto *All : {&Locals, &Temporaries})
        for (const Object &Each : *All)
          Parts.push_back(Each.Part);
  }

  void add(std::vector<Object> &To, FramePart Part) {
    Alive += Part.Bytes;
    To.push_back({Part, Count});
  }

  void end(std::vector<Object> &Of, size_t Left) {
    for (; Of.size() > Left; Of.pop_back()) {
      Alive -= Of.back().Part.Bytes;
      if (Of.back().Since != Count)
        Apart += Of.back().Part.Bytes;
    }
  }

public:
  /// Of a reference, that of a pointer.
  uint64_t sizeOf(QualType T) const {
    if (T->isReferenceType())
      return Context.getTypeSizeInChars(Context.VoidPtrTy).getQuantity();
    if (T->isDependentType() || T->isIncompleteType() || T->isUndeducedType() ||
        T->isVariablyModifiedType())
      return 0;
    return Context.getTypeSizeInChars(T).getQuantity();
  }

private:
  ASTContext &Context;
  const SuspensionSet &Suspends;
  const Stmt *Body;
  const Expr *Keep = nullptr;
  std::vector<Object> Locals, Temporaries;
  llvm::SmallVector<size_t, 16> Scopes;
  llvm::SmallPtrSet<const CXXBindTemporaryExpr *, 16> Placed;
  uint64_t Alive = 0;
  unsigned Count = 0, Depth = 0;
};

struct FrameSizes {
  using Result = FrameSize;
  static Result make(const FunctionDecl &F, Unit &U) {
    Result Size;
    const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(F.getBody());
    if (!Coroutine || F.isDependentContext() || !Coroutine->getPromiseDecl())
      return Size;
    FrameWalk Walk(F, U);
    Walk.run();
    if (Walk.At) {
      FrameWalk Again(F, U);
      Again.run(Walk.At);
      Size.Parts = std::move(Again.Parts);
    }
    const uint64_t Fixed = addFixed(F, *Coroutine->getPromiseDecl(), Walk, Size, U);
    Size.At = Walk.At;
    Size.Bytes = Fixed + Walk.Most;
    Size.Apart = Fixed + Walk.Apart;
    llvm::stable_sort(Size.Parts,
                      [](const FramePart &A, const FramePart &B) { return A.Bytes > B.Bytes; });
    return Size;
  }

  /// What is there from the beginning to the end: where to go on, the promise, the parameters.
  static uint64_t addFixed(const FunctionDecl &F, const VarDecl &Promise, const FrameWalk &Walk,
                           FrameSize &Size, Unit &U) {
    const uint64_t Pointer = Walk.sizeOf(U.context().VoidPtrTy);
    uint64_t Bytes = 3 * Pointer; // two functions, and the number of the suspension
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    if (Method && Method->isImplicitObjectMemberFunction())
      Bytes += Pointer;
    auto Add = [&](FramePart::Kind Is, const VarDecl &V, SourceLocation At) {
      const uint64_t Of = Walk.sizeOf(V.getType());
      Size.Parts.push_back({Is, &V, V.getType(), Of, At});
      Bytes += Of;
    };
    Add(FramePart::Promise, Promise, F.getLocation());
    for (const ParmVarDecl *P : F.parameters())
      Add(FramePart::Parameter, *P, P->getLocation());
    return Bytes;
  }
};

} // namespace

const FrameSize &frameSizeOf(const FunctionDecl &F, Unit &U) {
  return U.get<FrameSizes>(F);
}

} // namespace corolint::model
