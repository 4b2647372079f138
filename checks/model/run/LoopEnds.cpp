//===- LoopEnds.cpp - What ends a loop --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/LoopEnds.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// It is there to be changed by others: an atomic, a stop token, what is volatile.
bool isMadeForOthers(QualType T) {
  T = T.getNonReferenceType();
  if (T.isVolatileQualified() || T->isAtomicType())
    return true;
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C || !C->getIdentifier() || !isStandard(*C))
    return false;
  const llvm::StringRef Name = C->getName();
  return Name.starts_with("atomic") || Name.starts_with("__atomic") || Name == "stop_token" ||
         Name == "stop_source";
}

/// `now()` of a clock gives a point of time.
bool isNow(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  const CXXRecordDecl *Given = F.getReturnType()->getAsCXXRecordDecl();
  return Method && Method->isStatic() && Method->getNumParams() == 0 && Given &&
         Given->getIdentifier() && Given->getName() == "time_point" && isStandard(*Given);
}

/// It only is not const because what it gives is not: there is the same for a const object.
bool hasConstTwin(const CXXMethodDecl &M) {
  return llvm::any_of(M.getParent()->lookup(M.getDeclName()), [&](const NamedDecl *D) {
    const auto *Other = dyn_cast<CXXMethodDecl>(D);
    return Other && Other->isConst() && Other->getNumParams() == M.getNumParams();
  });
}

/// Reads a condition: it is known if all of it is constant, state that the loop does not change, or
/// a clock.
class ConditionReader {
public:
  ConditionReader(const Loop &L, const FunctionDecl &F, Unit &U) : L(L), F(F), U(U) {}

  bool read(const Expr *E, unsigned Depth = 0);
  llvm::ArrayRef<const ValueDecl *> states() const { return States; }
  bool time() const { return Time; }
  bool isForOthers() const { return ForOthers; }

private:
  bool readVariable(const VarDecl &V, const DeclRefExpr *Ref);
  bool readPointee(const Expr *Pointer, QualType T, unsigned Depth);
  bool readCall(const CallExpr &E, unsigned Depth);
  /// An accessor of one line: what it returns is read as its caller would.
  bool readAccessor(const CallExpr &E, unsigned Depth);
  bool addState(const ValueDecl &D, QualType T) {
    ForOthers |= isMadeForOthers(T);
    if (!llvm::is_contained(States, &D))
      States.push_back(&D);
    return true;
  }

  static constexpr unsigned MaxDepth = 4; // of accessors

  const Loop &L;
  const FunctionDecl &F;
  Unit &U;
  llvm::SmallVector<const ValueDecl *, 2> States;
  bool Time = false, ForOthers = false;
};

bool ConditionReader::read(const Expr *E, unsigned Depth) {
  E = bare(E);
  if (!E->isValueDependent() && E->isCXX11ConstantExpr(U.context()))
    return true;
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_Deref)
    return readPointee(Unary->getSubExpr(), E->getType(), Depth);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return read(Element->getIdx(), Depth) && readPointee(Element->getBase(), E->getType(), Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return !Unary->isIncrementDecrementOp() && read(Unary->getSubExpr(), Depth);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return !Binary->isAssignmentOp() && !Binary->isCommaOp() && read(Binary->getLHS(), Depth) &&
           read(Binary->getRHS(), Depth);
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    const auto Written = Rewritten->getDecomposedForm(); // `a < b` by `operator<=>`
    return read(Written.LHS, Depth) && read(Written.RHS, Depth);
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      return readVariable(*V, Ref);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    // The way to it has to stay the same: what it is a member of is no state of its own.
    const size_t Before = States.size();
    const bool IsThis = isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
    if (!IsThis && !read(Member->getBase(), Depth))
      return false;
    States.truncate(Before);
    if (const auto *V = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return readVariable(*V, nullptr);
    return isa<FieldDecl>(Member->getMemberDecl()) &&
           (Member->getMemberDecl()->getType().isConstQualified() ||
            addState(*Member->getMemberDecl(), Member->getType()));
  }
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
    return llvm::all_of(Made->arguments(), [&](const Expr *Each) { return read(Each, Depth); });
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return read(Cast->getSubExpr(), Depth);
  if (const auto *Called = dyn_cast<CallExpr>(E))
    return readCall(*Called, Depth);
  return isa<CXXThisExpr, CXXDefaultArgExpr>(E);
}

bool ConditionReader::readVariable(const VarDecl &V, const DeclRefExpr *Ref) {
  if (V.getType().isConstQualified() && !V.getType().isVolatileQualified())
    return true;
  const bool Captured = Ref && Ref->refersToEnclosingVariableOrCapture();
  if (!V.hasLocalStorage() || V.getType()->isReferenceType() || Captured ||
      isMadeForOthers(V.getType()) || isCapturedByReference(V, F, U))
    return addState(V, V.getType());
  return !changesIn(*L.Written, V, F, U);
}

/// What `*p`, `p->` or `v[i]` leads to is state, also where p is none.
bool ConditionReader::readPointee(const Expr *Pointer, QualType T, unsigned Depth) {
  const size_t Before = States.size();
  if (!read(Pointer, Depth))
    return false;
  const ValueDecl *Named = objectIn(Pointer);
  return States.size() != Before || !Named || addState(*Named, T);
}

bool ConditionReader::readAccessor(const CallExpr &E, unsigned Depth) {
  const FunctionDecl *Definition = definitionCalledBy(E);
  const Expr *Returned = returnedBy(Definition);
  if (!Returned || Depth == MaxDepth || isCoroutine(*Definition))
    return false;
  // Its parameters are what it is given.
  const bool HasMember = isa<CXXMemberCallExpr>(E);
  for (const Expr *Each : E.arguments())
    if (!read(Each, Depth))
      return false;
  if (HasMember) {
    const size_t Before = States.size();
    const Expr *Object = cast<CXXMemberCallExpr>(E).getImplicitObjectArgument();
    if (!isa<CXXThisExpr>(Object->IgnoreParenImpCasts()) && !read(Object, Depth))
      return false;
    States.truncate(Before); // what it returns says more
  }
  return read(Returned, Depth + 1);
}

/// It asks, and changes nothing: `now()` of a clock, a const member of the C++ library.
bool ConditionReader::readCall(const CallExpr &E, unsigned Depth) {
  const FunctionDecl *Callee = E.getDirectCallee();
  if (!Callee)
    return false;
  if (isNow(*Callee))
    return Time = true;
  if (!isStandard(*Callee))
    return readAccessor(E, Depth);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&E);
  const CXXRecordDecl *Object = Member ? Member->getRecordDecl() : nullptr;
  if (llvm::any_of(U.knowledge().of(*Callee, Object),
                   [](const Entry *Known) { return Known->What == Role::Blocks; }))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && !Method->isStatic() && !Method->isConst() && !hasConstTwin(*Method))
    return false;
  if (Member && !read(Member->getImplicitObjectArgument(), Depth))
    return false;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E);
      Operator && (Operator->getOperator() == OO_Star || Operator->getOperator() == OO_Arrow ||
                   Operator->getOperator() == OO_Subscript)) {
    if (Operator->getNumArgs() == 2 && !read(Operator->getArg(1), Depth))
      return false;
    return readPointee(Operator->getArg(0), E.getType(), Depth);
  }
  return llvm::all_of(E.arguments(), [&](const Expr *Each) { return read(Each, Depth); });
}

/// What the loop does besides asking.
struct LoopWork {
  bool Calls = false; ///< something that may change whatever can be reached
  llvm::SmallPtrSet<const ValueDecl *, 8> Named;
};

LoopWork workOf(const Loop &L, llvm::function_ref<bool(const Stmt &)> Ignored) {
  LoopWork Result;
  auto IsAsked = [&](const Stmt &S) {
    return &S == L.Condition ||
           llvm::any_of(L.Exits, [&](const LoopExit &Each) { return Each.If == &S; });
  };
  walkEvaluated(L.Written, [&](const Stmt &S) {
    if (IsAsked(S) || isa<CoawaitExpr>(S) || (Ignored && Ignored(S)))
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Result.Named.insert(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(&S))
      Result.Named.insert(Member->getMemberDecl());
    else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Called->getDirectCallee();
      Result.Calls |= !Callee || (!Callee->getBuiltinID() && !isStandard(*Callee)) ||
                      (Called->getNumArgs() != 0 && !Callee->getBuiltinID());
    }
    return true;
  });
  return Result;
}

} // namespace

LoopEnds whatEnds(const Loop &L, const FunctionDecl &F, Unit &U,
                  llvm::function_ref<bool(const Stmt &)> Ignored) {
  LoopEnds Result;
  if (L.isOverRange())
    return Result;
  if (!L.Condition && L.Exits.empty()) {
    Result.By = LoopEnds::Never;
    return Result;
  }
  ConditionReader Read(L, F, U);
  if (L.Condition && !Read.read(L.Condition))
    return Result;
  for (const LoopExit &Each : L.Exits)
    if (!Each.If || !Read.read(Each.If))
      return Result;
  if (Read.states().empty()) {
    Result.By = Read.time() ? LoopEnds::Time : LoopEnds::Unknown;
    return Result;
  }
  const LoopWork Work = workOf(L, Ignored);
  if ((Work.Calls && !Read.isForOthers()) ||
      llvm::any_of(Read.states(), [&](const ValueDecl *D) { return Work.Named.contains(D); }))
    return Result;
  Result = {LoopEnds::Others, Read.states().front(), Read.isForOthers(), Read.time()};
  return Result;
}

} // namespace corolint::model
