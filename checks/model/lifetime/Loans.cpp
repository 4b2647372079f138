//===- Loans.cpp - What a value needs to live on ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Loans.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Place.h"
#include "model/code/Walk.h"
#include "model/lifetime/AwaitedReference.h"
#include "model/lifetime/Views.h"
#include "model/tasks/TaskFlow.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How deep expressions and the variables in them are followed.
constexpr unsigned MaxLoanDepth = 24;
/// So many objects are told apart.
constexpr size_t MaxLoans = 32;

/// The temporary that a reference is bound to here, or null. \p At: where; of a default argument,
/// the call.
const MaterializeTemporaryExpr *materialized(const Expr *E, const Expr *&At) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E)) {
      At = At ? At : bare(Made->getSubExpr());
      return Made;
    }
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E); Cast && Cast->isGLValue())
      E = Cast->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
      At = Default;
      E = Default->getExpr();
    } else
      return nullptr;
  }
}

bool isReference(const Expr &E) {
  return E.isGLValue();
}

} // namespace

void addTo(LoanList &Into, const LoanList &More) {
  for (const Loan &L : More)
    if (Into.size() < MaxLoans && llvm::none_of(Into, [&](const Loan &Has) {
          return Has.From == L.From && Has.At == L.At && Has.Variable == L.Variable;
        }))
      Into.push_back(L);
}

bool Loan::isClosure() const {
  const auto *Called = llvm::dyn_cast_or_null<CXXMethodDecl>(For.Of);
  const auto *Self = llvm::dyn_cast_or_null<ParmVarDecl>(For.Holder);
  return By && Called && Called->getParent()->isLambda() && For.ByReference &&
         (!For.Holder || (Self && Self->isExplicitObjectParameter()));
}

/// What it is depends on a template that nobody instantiated.
static bool isOpen(const Expr &E) {
  return E.getType().isNull() || E.isTypeDependent();
}

LoanList Loans::ofReference(const Expr &E) {
  const Question Key(&E, true);
  if (auto Found = Known.find(Key); Found != Known.end())
    return Found->second;
  if (Depth == MaxLoanDepth || isOpen(E))
    return {};
  ++Depth;
  LoanList Result = referenceTo(E);
  --Depth;
  return Known[Key] = Result;
}

LoanList Loans::ofValue(const Expr &E) {
  const Question Key(&E, false);
  if (auto Found = Known.find(Key); Found != Known.end())
    return Found->second;
  if (Depth == MaxLoanDepth || isOpen(E))
    return {};
  ++Depth;
  LoanList Result = valueOf(E);
  --Depth;
  return Known[Key] = Result;
}

LoanList Loans::referenceTo(const Expr &Whole) {
  const Expr *At = nullptr;
  if (const MaterializeTemporaryExpr *Made = materialized(&Whole, At)) {
    Loan L;
    L.At = At;
    if (const auto *Extending = dyn_cast_or_null<VarDecl>(Made->getExtendingDecl())) {
      L.From = Loan::Local;
      L.Variable = Extending;
      return Extending->hasGlobalStorage() ? LoanList() : LoanList{L};
    }
    return {L};
  }
  // `operator T &()`, as a std::reference_wrapper has: what that leads to.
  if (const CallExpr *Converted = conversionIn(&Whole); Converted && Converted->isGLValue())
    return ofCall(*Converted);
  const Expr &E = *bare(&Whole);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
    return referenceTo(*Ref);
  if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
    if (!isa<FieldDecl>(Member->getMemberDecl()) ||
        Member->getMemberDecl()->getType()->isReferenceType())
      return {};
    return Member->isArrow() ? ofValue(*Member->getBase()) : ofReference(*Member->getBase());
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
    if (Unary->getOpcode() == UO_Deref)
      return ofValue(*Unary->getSubExpr());
    return Unary->isGLValue() ? ofReference(*Unary->getSubExpr()) : LoanList();
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&E)) {
    const Expr &Base = *Element->getBase();
    return bare(&Base)->getType()->isArrayType() ? ofReference(Base) : ofValue(Base);
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&E)) {
    LoanList Result = ofReference(*Choice->getTrueExpr());
    addTo(Result, ofReference(*Choice->getFalseExpr()));
    return Result;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E); Binary && Binary->isGLValue())
    return ofReference(Binary->isCommaOp() ? *Binary->getRHS() : *Binary->getLHS());
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E); Cast && isReference(E))
    return ofReference(*Cast->getSubExpr());
  if (const auto *Called = dyn_cast<CallExpr>(&E); Called && isReference(E))
    return isOtherName(*Called) ? ofReference(*Called->getArg(0)) : ofCall(*Called);
  if (isReference(E)) {
    // What it refers to is gone like a temporary, or is not known.
    const auto *Await = dyn_cast<CoawaitExpr>(&E);
    if (!Await || !endingReference(*Await, U))
      return {};
  }
  if (E.getType()->isVoidType())
    return {};
  Loan L;
  L.At = &E;
  return {L};
}

bool Loans::isCapturedByValue(const VarDecl &V) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  llvm::DenseMap<const ValueDecl *, FieldDecl *> Fields;
  FieldDecl *This = nullptr;
  Method->getParent()->getCaptureFields(Fields, This);
  auto Found = Fields.find(&V);
  return Found != Fields.end() && !Found->second->getType()->isReferenceType();
}

LoanList Loans::referenceTo(const DeclRefExpr &Ref) {
  const auto *V = dyn_cast<VarDecl>(Ref.getDecl());
  if (const auto *Binding = dyn_cast<BindingDecl>(Ref.getDecl()))
    V = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  if (!V || V->hasGlobalStorage())
    return {};
  Loan L;
  L.At = &Ref;
  L.Variable = V;
  if (Ref.refersToEnclosingVariableOrCapture()) {
    L.From = Loan::Captured;
    return isCapturedByValue(*V) ? LoanList{L} : LoanList();
  }
  if (V->getType()->isReferenceType()) {
    if (isa<ParmVarDecl>(V))
      L.From = Loan::Borrowed;
    else if (extendedTemporary(*V))
      L.From = Loan::Local;
    else if (const Expr *Range = rangeOf(*V))
      return isViewType(Range->getType()) ? ofValue(*Range) : ofReference(*Range);
    else
      return V->getInit() ? ofReference(*V->getInit()) : LoanList();
  } else {
    L.From = isa<ParmVarDecl>(V) ? Loan::Parameter : Loan::Local;
  }
  return {L};
}

/// What a range-based `for` goes over, of the variable that has each element; or null.
const Expr *Loans::rangeOf(const VarDecl &Element) {
  if (!Ranges) {
    Ranges.emplace();
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *For = dyn_cast<CXXForRangeStmt>(&S); For && For->getRangeInit())
        Ranges->try_emplace(For->getLoopVariable(), For->getRangeInit());
      return true;
    });
  }
  return Ranges->lookup(&Element);
}

LoanList Loans::valueNamed(const DeclRefExpr &Ref) {
  const auto *V = dyn_cast<VarDecl>(Ref.getDecl());
  if (!V || V->hasGlobalStorage() || Ref.refersToEnclosingVariableOrCapture())
    return {};
  if (isa<ParmVarDecl>(V)) {
    Loan L;
    L.From = Loan::Borrowed;
    L.At = &Ref;
    L.Variable = V;
    L.Inside = true;
    return {L};
  }
  return ofVariable(*V);
}

LoanList Loans::ofName(const VarDecl &V) {
  if (!V.getType()->isReferenceType())
    return ofVariable(V);
  return V.getInit() && !isa<ParmVarDecl>(V) ? ofReference(*V.getInit()) : LoanList();
}

LoanList Loans::ofVariable(const VarDecl &V) {
  if (auto Found = OfVariables.find(&V); Found != OfVariables.end())
    return Found->second;
  OfVariables[&V]; // one that is made of itself has none
  LoanList Result;
  if (V.getInit() && !isa<ParmVarDecl>(V))
    Result = ofValue(*V.getInit());
  for (const Expr *Value : U.get<TaskFlows>(F).valuesOf(V))
    addTo(Result, ofValue(*Value));
  return OfVariables[&V] = Result;
}

LoanList Loans::ofView(const Expr &Given) {
  const Expr &E = *bare(&Given);
  if (isa<StringLiteral, CXXNullPtrLiteralExpr, GNUNullExpr>(E) ||
      E.getType()->isIntegralType(U.context()))
    return {};
  return isViewType(E.getType()) || E.getType()->isPointerType() || E.getType()->isFunctionType()
             ? ofValue(E)
             : ofReference(Given);
}

LoanList Loans::valueOf(const Expr &Whole) {
  const QualType As = Whole.getType().getNonReferenceType();
  const Expr &E = *bare(&Whole);
  if (!As->isPointerType() && !As->isRecordType() && !As->isArrayType())
    return {};
  if (const auto *Choice = dyn_cast<ConditionalOperator>(&E)) {
    LoanList Result = ofValue(*Choice->getTrueExpr());
    addTo(Result, ofValue(*Choice->getFalseExpr()));
    return Result;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E)) {
    if (Binary->isCommaOp() || Binary->isAssignmentOp())
      return ofValue(*Binary->getRHS());
    return As->isPointerType() && Binary->isAdditiveOp()
               ? ofValue(Binary->getLHS()->getType()->isPointerType() ? *Binary->getLHS()
                                                                      : *Binary->getRHS())
               : LoanList();
  }
  // `f(std::string(x))` for `f(std::string_view)`: a view of what is made there.
  const bool IsOfOther = isViewType(As) && !isViewType(E.getType());
  if (const auto *Built = dyn_cast<CXXConstructExpr>(&E); Built && !IsOfOther)
    return ofConstruction(*Built, As);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E); Cast && !IsOfOther)
    return isViewType(As) ? ofView(*Cast->getSubExpr()) : ofValue(*Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(&E))
    return ofList(*List);
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(&E)) {
    const CXXRecordDecl *C = As->getAsCXXRecordDecl();
    if (C && isStandard(*C) && C->getIdentifier() && C->getName() == "initializer_list")
      return ofReference(*List->getSubExpr()); // an array is behind it
    const auto *Elements = dyn_cast<InitListExpr>(bare(List->getSubExpr()));
    return Elements && C && isMadeOfParts(*C) ? ofList(*Elements) : LoanList();
  }
  if (As->isPointerType() && E.getType()->isArrayType())
    return isa<StringLiteral>(E) ? LoanList() : ofReference(E);
  // `f(name)` for `f(std::string_view)`: the conversion is not written.
  if (IsOfOther && !isa<CallExpr>(E) && !isa<CXXThisExpr>(E) && !isa<UnaryOperator>(E))
    return ofView(E);
  if (IsOfOther && isa<CallExpr>(E) && !E.getType()->isPointerType())
    return ofView(E);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&E))
    return ofLambda(*Lambda);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
    return valueNamed(*Ref);
  if (isa<CXXThisExpr>(E)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    Loan L;
    L.From = Loan::Receiver;
    L.At = &E;
    return Method && !Method->getParent()->isLambda() ? LoanList{L} : LoanList();
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
    return Unary->getOpcode() == UO_AddrOf ? ofReference(*Unary->getSubExpr()) : LoanList();
  if (const auto *Called = dyn_cast<CallExpr>(&E)) {
    if (isOtherName(*Called))
      return ofValue(*Called->getArg(0));
    // Of a reference that is given back, the object's own value: that is not known.
    return E.isGLValue() ? LoanList() : ofCall(*Called);
  }
  return {};
}

} // namespace corolint::model
