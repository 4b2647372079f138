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
#include "model/code/ObjectPath.h"
#include "model/code/Place.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/lifetime/AwaitedReference.h"
#include "model/tasks/TaskFlow.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How deep expressions and the variables in them are followed.
constexpr unsigned MaxLoanDepth = 24;
/// So many objects are told apart.
constexpr size_t MaxLoans = 32;

void addTo(LoanList &Into, const LoanList &More) {
  for (const Loan &L : More)
    if (Into.size() < MaxLoans && llvm::none_of(Into, [&](const Loan &Has) {
          return Has.From == L.From && Has.At == L.At && Has.Variable == L.Variable;
        }))
      Into.push_back(L);
}

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

/// `std::move(x)`, `std::forward<T>(x)`, `std::as_const(x)`: another name of x.
bool isOtherName(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (!Callee || Called.getNumArgs() != 1)
    return false;
  switch (Callee->getBuiltinID()) {
  case Builtin::BImove:
  case Builtin::BIforward:
  case Builtin::BIas_const:
  case Builtin::BImove_if_noexcept:
    return true;
  default:
    return isStandard(*Callee) && Callee->getIdentifier() &&
           llvm::is_contained({"move", "forward", "as_const", "forward_like"}, Callee->getName());
  }
}

/// `std::ref(x)`, `std::addressof(x)`: by its value it refers to x.
bool refersToIt(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  return Callee && Called.getNumArgs() == 1 && isStandard(*Callee) && Callee->getIdentifier() &&
         llvm::is_contained({"ref", "cref", "addressof", "__addressof"}, Callee->getName());
}

/// `std::bind_front(f, &x)`, `std::make_tuple(&x)`: what its arguments refer to, it does.
bool isMadeOfArguments(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  return Callee && isStandard(*Callee) && Callee->getIdentifier() &&
         llvm::is_contained({"bind_front", "bind_back", "bind", "make_tuple", "make_pair",
                             "make_optional", "make_unique", "make_shared"},
                            Callee->getName());
}

bool isSharedOwner(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  return C && isStandard(*C) && C->getIdentifier() &&
         llvm::is_contained({"shared_ptr", "__shared_ptr", "__shared_ptr_access", "weak_ptr"},
                            C->getName());
}

bool isUniqueOwner(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  return C && isStandard(*C) && C->getIdentifier() && C->getName() == "unique_ptr";
}

/// A class of the C++ library that is made of its arguments: what they refer to, it does.
bool isMadeOfParts(const CXXRecordDecl &C) {
  return isStandard(C) && isa<ClassTemplateSpecializationDecl>(C) && C.getIdentifier() &&
         llvm::is_contained({"tuple", "pair", "optional", "variant", "vector", "array", "deque",
                             "list", "function", "move_only_function"},
                            C.getName());
}

/// One of two that a container is made of: a range, whose elements it copies.
bool isOfRange(const CXXConstructExpr &Made, const Expr &Arg) {
  const CXXRecordDecl *C = Arg.getType()->getAsCXXRecordDecl();
  return Made.getNumArgs() >= 2 && (Arg.getType()->isPointerType() || (C && isIterator(*C)));
}

bool isReference(const Expr &E) {
  return E.isGLValue();
}

} // namespace

bool Loan::isClosure() const {
  const auto *Called = llvm::dyn_cast_or_null<CXXMethodDecl>(For.Of);
  const auto *Self = llvm::dyn_cast_or_null<ParmVarDecl>(For.Holder);
  return By && Called && Called->getParent()->isLambda() && For.ByReference &&
         (!For.Holder || (Self && Self->isExplicitObjectParameter()));
}

bool isCallableWrapper(const CXXRecordDecl &C) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  return Spec && Spec->getTemplateArgs().size() != 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Spec->getTemplateArgs()[0].getAsType()->isFunctionType();
}

bool isIterator(const CXXRecordDecl &C) {
  return lifetimes::isInStlNamespace(&C) && C.getIdentifier() && C.getName().contains("iterator");
}

bool isViewType(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return !T->isFunctionPointerType() && !T->isVoidPointerType();
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C || !C->hasDefinition())
    return false;
  if (lifetimes::isGslPointerType(T) || isIterator(*C))
    return true;
  if (isStandard(*C) && C->getIdentifier())
    return llvm::is_contained({"span", "reference_wrapper", "basic_string_view"}, C->getName());
  // A callable that it does not keep: two pointers, and nothing to destroy.
  return isCallableWrapper(*C) && C->hasTrivialDestructor() &&
         C->getASTContext().getTypeSizeInChars(C->getASTContext().getCanonicalTagType(C)) <=
             CharUnits::fromQuantity(2 * sizeof(void *));
}

LoanList Loans::ofReference(const Expr &E) {
  const Question Key(&E, true);
  if (auto Found = Known.find(Key); Found != Known.end())
    return Found->second;
  if (Depth == MaxLoanDepth)
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
  if (Depth == MaxLoanDepth)
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

LoanList Loans::ofVariable(const VarDecl &V) {
  if (auto Found = OfVariables.find(&V); Found != OfVariables.end())
    return Found->second;
  OfVariables[&V]; // one that is made of itself has none
  LoanList Result;
  if (V.getInit() && !isa<ParmVarDecl>(V))
    Result = V.getType()->isReferenceType() ? ofReference(*V.getInit()) : ofValue(*V.getInit());
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
  // `f(std::string("x"))` for `f(std::string_view)`: the string is what the view refers to.
  if (isViewType(As) && isa<CXXConstructExpr, ExplicitCastExpr>(E) && E.isPRValue() &&
      E.getType()->isRecordType() && !isViewType(E.getType()))
    return ofReference(E);
  if (const auto *Built = dyn_cast<CXXConstructExpr>(&E))
    return ofConstruction(*Built, As);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E))
    return isViewType(As) ? ofView(*Cast->getSubExpr()) : ofValue(*Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(&E))
    return ofList(*List);
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(&E)) // an array behind it
    return ofReference(*List->getSubExpr());
  if (As->isPointerType() && E.getType()->isArrayType())
    return isa<StringLiteral>(E) ? LoanList() : ofReference(E);
  // `f(name)` for `f(std::string_view)`: the conversion is not written.
  if (isViewType(As) && !isViewType(E.getType()) && !isa<CallExpr>(E) && !isa<CXXThisExpr>(E) &&
      !isa<UnaryOperator>(E))
    return ofView(E);
  if (isViewType(As) && isa<CallExpr>(E) && !isViewType(E.getType()) &&
      !E.getType()->isPointerType())
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

LoanList Loans::ofLambda(const LambdaExpr &Lambda) {
  LoanList Result;
  auto Init = Lambda.capture_init_begin();
  for (const LambdaCapture &C : Lambda.captures()) {
    const Expr *Value = *Init++;
    if (!Value || C.capturesVLAType())
      continue;
    const bool ByReference =
        C.capturesVariable() &&
        (C.getCaptureKind() == LCK_ByRef || C.getCapturedVar()->getType()->isReferenceType());
    // A copy of what a reference refers to is a copy.
    const bool IsCopyOfReference = C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
                                   C.getCapturedVar()->getType()->isReferenceType() &&
                                   !C.getCapturedVar()->isInitCapture();
    LoanList Held = ByReference && !IsCopyOfReference ? ofReference(*Value) : ofValue(*Value);
    for (Loan &L : Held)
      if (!L.Capturing)
        L.Capturing = &Lambda;
    addTo(Result, Held);
  }
  return Result;
}

LoanList Loans::ofList(const InitListExpr &List) {
  LoanList Result;
  const CXXRecordDecl *C = List.getType()->getAsCXXRecordDecl();
  if (C && !C->isAggregate())
    return Result;
  auto Field = C ? C->field_begin() : RecordDecl::field_iterator();
  // Bases come first, and are no fields.
  const unsigned Bases = C ? C->getNumBases() : 0;
  for (unsigned I = 0; I != List.getNumInits(); ++I) {
    const Expr *Each = List.getInit(I);
    const bool IsField = C && I >= Bases && Field != C->field_end();
    addTo(Result,
          IsField && (*Field)->getType()->isReferenceType() ? ofReference(*Each) : ofValue(*Each));
    if (IsField)
      ++Field;
  }
  return Result;
}

LoanList Loans::ofConstruction(const CXXConstructExpr &Made, QualType As) {
  LoanList Result;
  if (Made.getNumArgs() == 0)
    return Result;
  const CXXConstructorDecl *By = Made.getConstructor();
  if (By->isCopyOrMoveConstructor())
    return ofValue(*Made.getArg(0));
  if (isViewType(As))
    return ofView(*Made.getArg(0));
  const CXXRecordDecl &C = *By->getParent();
  if (isMadeOfParts(C) || isCallableWrapper(C)) {
    for (const Expr *Arg : Made.arguments())
      if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(bare(Arg))) {
        const auto *Elements = dyn_cast<InitListExpr>(bare(List->getSubExpr()));
        addTo(Result, Elements ? ofList(*Elements) : LoanList());
      } else if (!isOfRange(Made, *Arg)) {
        addTo(Result, ofValue(*Arg));
      }
    return Result;
  }
  for (const Need &N : U.get<ResultNeeds>(*By)) {
    if (N.Arg < 0 || static_cast<unsigned>(N.Arg) >= Made.getNumArgs())
      continue;
    LoanList Lent = N.ByReference ? ofReference(*Made.getArg(N.Arg)) : ofValue(*Made.getArg(N.Arg));
    for (Loan &Each : Lent) {
      Each.By = &Made;
      Each.For = N;
      Each.For.Of = By;
      Each.For.Holder = By->getParamDecl(N.Arg);
    }
    addTo(Result, Lent);
  }
  return Result;
}

/// It was made here, and nobody was given a share of it.
bool Loans::isSoleOwner(const Expr &Shared) {
  const Expr &E = *bare(&Shared);
  if (const auto *Called = dyn_cast<CallExpr>(&E)) {
    const FunctionDecl *Callee = Called->getDirectCallee();
    if (Callee && isStandard(*Callee))
      return Callee->getIdentifier() &&
             llvm::is_contained({"make_shared", "allocate_shared"}, Callee->getName());
    const Expr *Given = returnedBy(definitionCalledBy(*Called));
    return Given && isa<CallExpr>(bare(Given)) && isSoleOwner(*Given);
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(&E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !V->isLocalVarDecl() || V->hasGlobalStorage() || V->getType()->isReferenceType() ||
      !V->getInit() || !isa<CallExpr>(bare(V->getInit())) || !isSoleOwner(*V->getInit()))
    return false;
  return llvm::all_of(mentionsOf(*V, F, U), [&](const Mention &M) {
    const TaskUse *Use = U.get<TaskFlows>(F).useAt(*M.Ref);
    return Use && Use->How == TaskUse::CalledOn;
  });
}

/// The callables that \p Given is, or has in it, and whose tasks need their own closure: lambdas,
/// and what was given by the caller, who knows what it is.
LoanList Loans::ofCallable(const Expr &Given) {
  const Expr &E = *bare(&Given);
  Loan L;
  L.At = &E;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&E)) {
    const FunctionDecl *Body = bodyOfLambda(*Lambda);
    LoanList Result;
    for (const Need &N : Body ? U.get<ResultNeeds>(*Body) : std::vector<Need>()) {
      if (N.Arg != Condition::Object || !N.ByReference)
        continue;
      if (!N.Callable) {
        L.For = N;
        return {L};
      }
      for (const Expr *Init : Lambda->capture_inits())
        if (Init)
          addTo(Result, ofCallable(*Init));
    }
    return Result;
  }
  if (const auto *Called = dyn_cast<CallExpr>(&E))
    return isOtherName(*Called) ? ofCallable(*Called->getArg(0)) : LoanList();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&E))
    return ofCallable(*Cast->getSubExpr());
  if (const auto *Built = dyn_cast<CXXConstructExpr>(&E)) {
    LoanList Result = Built->getNumArgs() == 1 ? ofCallable(*Built->getArg(0)) : LoanList();
    for (const Need &N : U.get<ResultNeeds>(*Built->getConstructor()))
      if (N.Callable) // it refers to the callable, which lives as long as the expression
        for (Loan &Each : Result)
          Each.Referred = true;
    return Result;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(&E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || V->hasGlobalStorage())
    return {};
  L.Variable = V;
  if (Ref->refersToEnclosingVariableOrCapture())
    L.From = Loan::Captured;
  else if (isa<ParmVarDecl>(V))
    L.From = V->getType()->isReferenceType() ? Loan::Borrowed : Loan::Parameter;
  else if (V->getInit()) {
    LoanList Result = ofCallable(*V->getInit());
    for (Loan &Each : Result)
      if (!V->getType()->isReferenceType() && Each.From == Loan::Temporary && !Each.Referred) {
        Each.From = Loan::Local; // which has it now
        Each.At = &E;
        Each.Variable = V;
      }
    return Result;
  } else
    return {};
  const CXXRecordDecl *C = V->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return C && (C->isLambda() || isCallableWrapper(*C)) ? LoanList{L} : LoanList();
}

LoanList Loans::ofCall(const CallExpr &Called) {
  if (refersToIt(Called))
    return ofReference(*Called.getArg(0));
  if (isMadeOfArguments(Called)) {
    LoanList Result;
    for (const Expr *Arg : Called.arguments())
      addTo(Result, ofValue(*Arg));
    return Result;
  }
  std::optional<Call> Site = callOf(Called);
  if (!Site)
    return {};
  const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee);
  const bool IsExplicit = Method && Method->isExplicitObjectMemberFunction();
  LoanList Result;
  for (const Need &N : U.get<ResultNeeds>(*Site->Callee)) {
    const bool OfObject = N.Arg == Condition::Object || (IsExplicit && N.Arg == 0);
    const bool IsShifted = IsExplicit && Site->Object; // by the operator's notation
    const size_t Arg = IsShifted ? N.Arg - 1 : N.Arg;
    const Expr *Given = OfObject && Site->Object  ? Site->Object
                        : Arg < Site->Args.size() ? Site->Args[Arg]
                                                  : nullptr;
    if (!Given)
      continue;
    if (N.Callable) {
      for (Loan &L : ofCallable(*Given)) {
        L.By = &Called;
        Need For = L.For.Of ? L.For : N;
        For.Callable =
            L.From == Loan::Borrowed || L.From == Loan::Parameter || L.From == Loan::Captured;
        For.Dead = N.Dead && !L.Referred;
        For.Of = For.Of ? For.Of : Site->Callee;
        For.ByReference = true;
        For.Holder = nullptr;
        L.For = For;
        addTo(Result, {L});
      }
      continue;
    }
    const bool IsPointer = OfObject && !IsExplicit && Given->getType()->isPointerType();
    LoanList Lent = N.ByReference && !IsPointer ? ofReference(*Given) : ofValue(*Given);
    if (OfObject && isSharedOwner(Given->getType()) && !isSoleOwner(*Given))
      continue;
    for (Loan &L : Lent) {
      L.Owned |= OfObject && isUniqueOwner(Given->getType());
      if (N.Of) {
        L.By = &Called;
        L.For = N;
      }
    }
    addTo(Result, Lent);
  }
  return Result;
}

} // namespace corolint::model
