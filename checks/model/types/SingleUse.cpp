//===- SingleUse.cpp - Tasks that can be awaited only once -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/SingleUse.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace corolint::model {

namespace {

bool isForRvalues(const FunctionDecl &F) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F); Method && Method->isInstance())
    return Method->getRefQualifier() == RQ_RValue;
  return F.getNumParams() == 1 && !F.getParamDecl(0)->getType()->isLValueReferenceType();
}

/// The operator that is called for a value of this kind, or null.
const FunctionDecl *operatorFor(const CXXRecordDecl &C, bool Rvalue, ASTContext &Context) {
  const FunctionDecl *Best = nullptr;
  for (const FunctionDecl *Each : coAwaitOperators(C, Context))
    if (isForRvalues(*Each) == Rvalue || (Rvalue && !Best))
      Best = Each;
  return Best;
}

bool isCalled(const CallExpr &Call, llvm::StringRef Name) {
  if (const FunctionDecl *Callee = Call.getDirectCallee())
    return simpleName(*Callee) == Name;
  const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    return Member->getMember().isIdentifier() &&
           Member->getMember().getAsIdentifierInfo()->getName() == Name;
  if (const auto *Named = dyn_cast<OverloadExpr>(Callee))
    return Named->getName().isIdentifier() &&
           Named->getName().getAsIdentifierInfo()->getName() == Name;
  return false;
}

bool callsNamed(const Stmt *Body, llvm::StringRef Name) {
  bool Found = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    const auto *Call = dyn_cast<CallExpr>(&S);
    Found |= Call && isCalled(*Call, Name);
    return !Found;
  });
  return Found;
}

/// Whether a coroutine has ended is asked in the function, or in what it calls.
bool asksDone(const FunctionDecl *F, unsigned Depth = 0) {
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  if (!Body || Depth > 2)
    return false;
  bool Found = callsNamed(Body, "done");
  walkEvaluated(Body, [&](const Stmt &S) {
    if (const auto *Call = dyn_cast<CallExpr>(&S); Call && !Found)
      Found = asksDone(Call->getDirectCallee(), Depth + 1);
    return !Found;
  });
  return Found;
}

/// A move of it leaves something behind that is not what it was.
bool isMovedOutOf(QualType T) {
  const CXXRecordDecl *C = definitionOf(classOf(T));
  return C && !C->hasTrivialCopyConstructor() && !isHandleType(T);
}

/// `*this`, a member of it, or the parameter.
bool isPartOf(const Expr *E, const FunctionDecl &Operator) {
  E = bare(E);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isPartOf(Member->getBase(), Operator);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_Deref)
    return isa<CXXThisExpr>(bare(Unary->getSubExpr()));
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Operator.getNumParams() == 1 && Ref->getDecl() == Operator.getParamDecl(0);
  return isa<CXXThisExpr, CXXDependentScopeMemberExpr>(E);
}

/// The operator takes the coroutine out of the task: `std::exchange(h_, {})`, `std::move(*this)`.
bool empties(const FunctionDecl &Operator) {
  const FunctionDecl *Written = bodyOwner(Operator);
  bool Found = false;
  if (Written)
    walkEvaluated(Written->getBody(), [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      if (!Call || Call->getNumArgs() == 0 || !isPartOf(Call->getArg(0), *Written))
        return !Found;
      Found |= (Call->getNumArgs() == 2 && isCalled(*Call, "exchange")) ||
               (Call->getNumArgs() == 1 && Call->isXValue() && isMovedOutOf(Call->getType()));
      return !Found;
    });
  return Found;
}

/// Somewhere on the way to what it returns, a value of that type is moved.
bool movesResult(const FunctionDecl *F, QualType Result, unsigned Depth = 0) {
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  if (!Body || Depth > 3)
    return false;
  bool Found = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    const auto *Call = dyn_cast<CallExpr>(&S);
    if (!Call || Found)
      return !Found;
    const bool IsResult = Call->getType().getCanonicalType().getUnqualifiedType() ==
                          Result.getCanonicalType().getUnqualifiedType();
    Found = IsResult && (Call->isCallToStdMove() ||
                         (Call->getDirectCallee() && !isStandard(*Call->getDirectCallee()) &&
                          movesResult(Call->getDirectCallee(), Result, Depth + 1)));
    return !Found;
  });
  return Found;
}

/// It lets the coroutine that awaits go on at once, on some path.
bool mayGoOn(const FunctionDecl &Suspend) {
  if (Suspend.getReturnType()->isBooleanType())
    return true;
  const FunctionDecl *Written = bodyOwner(Suspend);
  unsigned Returns = 0;
  bool Back = false;
  if (Written && Written->getNumParams() > 0)
    walkEvaluated(Written->getBody(), [&](const Stmt &S) {
      if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue()) {
        ++Returns;
        const auto *Ref = dyn_cast<DeclRefExpr>(bare(Return->getRetValue()));
        Back |= Ref && Ref->getDecl() == Written->getParamDecl(0);
      }
      return true;
    });
  return Back && Returns > 1;
}

/// The `await_transform` that is called for it, or null.
const FunctionDecl *transformOf(const CoawaitExpr &Await) {
  const Expr *E = Await.getCommonExpr();
  for (unsigned Depth = 0; E && Depth != 8; ++Depth) {
    E = E->IgnoreImplicit()->IgnoreParens();
    if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E)) {
      E = Opaque->getSourceExpr();
    } else if (const auto *Call = dyn_cast<CallExpr>(E); Call && Call->getDirectCallee()) {
      if (simpleName(*Call->getDirectCallee()) == "await_transform")
        return Call->getDirectCallee();
      const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
      E = Operator && Operator->getOperator() == OO_Coawait ? Operator->getArg(0) : nullptr;
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

/// What its awaiter does says what a second one comes to.
AwaitAgain byAwaiter(const CXXRecordDecl &Awaiter, const CoawaitExpr &Await, const TaskType &T,
                     bool ForRvalues, ASTContext &Context) {
  const FunctionDecl *IsReady = memberFunction(Awaiter, Context, "await_ready");
  const FunctionDecl *Suspend = memberFunction(Awaiter, Context, "await_suspend");
  const FunctionDecl *Resume = memberFunction(Awaiter, Context, "await_resume");
  if (asksDone(IsReady) || asksDone(Suspend)) {
    // A reference to the result moves nothing by itself.
    const QualType Result = Await.getType();
    const bool Moves = Await.isPRValue() && isMovedOutOf(Result) && movesResult(Resume, Result);
    return Moves ? AwaitAgain::NoResult : AwaitAgain::Fine;
  }
  if (ForRvalues)
    return AwaitAgain::Empty;
  if (T.Kind == TaskKind::Lazy && Suspend && readiness(Awaiter, Context) == Ready::Never &&
      !mayGoOn(*Suspend))
    return AwaitAgain::Resumes;
  return AwaitAgain::Unknown;
}

} // namespace

AwaitAgain awaitAgain(const CoawaitExpr &Await, const TaskType &T, Unit &U) {
  ASTContext &Context = U.context();
  if (!T.Class || !T.isTask() || isCopyable(*T.Class))
    return AwaitAgain::Unknown;
  // What yields is awaited again and again, for the next value.
  const CXXRecordDecl *Promise = U.get<TaskTypes>().promiseOf(*T.Class);
  if (Promise && memberFunction(*Promise, Context, "yield_value"))
    return AwaitAgain::Unknown;
  const bool Rvalue = !bare(Await.getOperand())->isLValue();
  const FunctionDecl *Operator = operatorFor(*T.Class, Rvalue, Context);
  const FunctionDecl *Transform = transformOf(Await);
  const bool ByItself = isAwaiter(*T.Class, Context);
  bool ForRvalues = Rvalue && Operator && !ByItself &&
                    llvm::all_of(coAwaitOperators(*T.Class, Context),
                                 [](const FunctionDecl *Each) { return isForRvalues(*Each); });
  for (const FunctionDecl *Taker : {Transform, Operator})
    if (Taker && Taker->getNumParams() > 0) {
      const QualType Taken = Taker->getParamDecl(0)->getType();
      const CXXRecordDecl *Class = classOf(Taken.getNonReferenceType());
      if (!Class || familyOf(Class) != familyOf(T.Class))
        continue;
      if (!Taken->isReferenceType())
        return AwaitAgain::Empty;
      ForRvalues |= !Operator && !ByItself && Taken->isRValueReferenceType();
    }
  if (Operator && empties(*Operator))
    return AwaitAgain::Empty;
  const CXXRecordDecl *Awaiter = ByItself ? T.Class : Operator ? resultClass(*Operator) : nullptr;
  if (!Awaiter)
    Awaiter = classOf(Await.getCommonExpr()->getType().getNonReferenceType());
  if (!Awaiter)
    return ForRvalues ? AwaitAgain::Empty : AwaitAgain::Unknown;
  return byAwaiter(*Awaiter, Await, T, ForRvalues, Context);
}

bool usesUpItsObject(const CXXMethodDecl &M) {
  const CXXRecordDecl *Given = classOf(M.getReturnType().getNonReferenceType());
  const bool GivesItself =
      M.getReturnType()->isReferenceType() && Given && familyOf(Given) == familyOf(M.getParent());
  if (M.getRefQualifier() == RQ_RValue)
    return !GivesItself;
  const Stmt *Body = M.isConst() || GivesItself ? nullptr : bodyOf(M);
  bool Moves = false;
  if (Body)
    walkEvaluated(Body, [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      if (Call && Call->getNumArgs() == 1 && isCalled(*Call, "move"))
        if (const auto *Deref = dyn_cast<UnaryOperator>(bare(Call->getArg(0))))
          Moves |= Deref->getOpcode() == UO_Deref && isa<CXXThisExpr>(bare(Deref->getSubExpr()));
      return !Moves;
    });
  return Moves;
}

bool beginResumes(const CXXRecordDecl &Generator, Unit &U) {
  if (isStandard(Generator))
    return true; // [coro.generator.members]: only in its initial suspension
  const FunctionDecl *Begin = memberFunction(Generator, U.context(), "begin");
  const Stmt *Body = Begin ? bodyOf(*Begin) : nullptr;
  bool Asked = false, Resumes = false;
  if (Body)
    walkEvaluated(Body, [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      if (!Call || Resumes)
        return true;
      const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
      Asked |= asksDone(Call->getDirectCallee()) || isCalled(*Call, "done");
      Resumes |=
          !Asked && (isCalled(*Call, "resume") || (Operator && Operator->getOperator() == OO_Call &&
                                                   isHandleType(Operator->getArg(0)->getType())));
      return true;
    });
  return Resumes;
}

} // namespace corolint::model
