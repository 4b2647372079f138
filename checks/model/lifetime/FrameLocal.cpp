//===- FrameLocal.cpp - Frames that end with the expression ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/FrameLife.h"
#include "model/lifetime/FrameOwner.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Follows the handle of a coroutine that is awaited through the functions that `co_await` calls.
class Keeping {
public:
  Keeping(const CXXRecordDecl &Promise, Unit &U) : U(U), Promise(Promise) {}

  /// Nobody but the caller, and who is returned to, gets the handle of the function's object. An
  /// \p Operator gives it to what it makes.
  bool keeps(const FunctionDecl &F, bool Operator, unsigned Depth = 0) {
    const FunctionDecl *Owner = bodyOwner(F);
    if (!Owner || Depth > 3)
      return no("the body of " + namedAs(F) + " is not seen");
    bool Keeps = true;
    walkEvaluated(Owner->getBody(), [&](const Stmt &S) {
      if (!Keeps)
        return false;
      if (isa<LambdaExpr, CXXNewExpr>(S))
        Keeps = no(namedAs(F) + " makes what is not followed");
      else if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
        Keeps = !Binary->isAssignmentOp() || !mentionsOwn(*Binary->getRHS()) ||
                no(namedAs(F) + " stores its handle");
      else if (const auto *Call = dyn_cast<CallExpr>(&S))
        Keeps = call(*Call, F, Depth);
      else if (const auto *E = dyn_cast<Expr>(&S);
               E && !Operator && isa<CXXConstructExpr, InitListExpr>(E))
        Keeps = isHandleType(E->getType()) || !mentionsOwn(*E) ||
                no(namedAs(F) + " gives its handle to what it makes");
      return Keeps;
    });
    return Keeps;
  }

  std::string Against;
  bool TakesOver = false; ///< the task's handle is taken out of it

private:
  bool no(const llvm::Twine &Why) {
    if (Against.empty())
      Against = Why.str();
    return false;
  }

  /// A member or local that is a handle: not a parameter, which is the handle of who awaits.
  static bool isOwnHandle(const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      return isa<FieldDecl>(Member->getMemberDecl()) && isHandleType(Member->getType());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      return isa<VarDecl>(Ref->getDecl()) && !isa<ParmVarDecl>(Ref->getDecl()) &&
             isHandleType(Ref->getType());
    return isa<CXXThisExpr>(S) && !cast<CXXThisExpr>(S).isImplicit();
  }
  static bool mentionsOwn(const Expr &E) {
    bool Found = false;
    walkEvaluated(&E, [&](const Stmt &S) { return !(Found |= isOwnHandle(S)); });
    return Found;
  }

  static llvm::StringRef nameCalled(const CallExpr &Call) {
    if (const FunctionDecl *Callee = Call.getDirectCallee())
      return simpleName(*Callee);
    const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
    DeclarationName Name;
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
      Name = Member->getMember();
    else if (const auto *Overloads = dyn_cast<OverloadExpr>(Callee))
      Name = Overloads->getName();
    const IdentifierInfo *Identifier = Name.getAsIdentifierInfo();
    return Identifier ? Identifier->getName() : llvm::StringRef();
  }

  /// What a call does with handles is known, or seen.
  bool call(const CallExpr &Call, const FunctionDecl &In, unsigned Depth) {
    const llvm::StringRef Name = nameCalled(Call);
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      if (isHandleType(Operator->getArg(0)->getType()))
        return !Operator->isAssignmentOp() || !mentionsOwn(*Operator->getArg(1)) ||
               no(namedAs(In) + " stores its handle");
    if (llvm::is_contained({"promise", "done", "resume", "move", "forward", "noop_coroutine"},
                           Name))
      return true;
    if (llvm::is_contained({"destroy", "address", "from_address", "from_promise"}, Name))
      return no(namedAs(In) + " calls '" + Name + "'");
    const bool GivesHandle =
        llvm::any_of(Call.arguments(), [](const Expr *Arg) { return mentionsOwn(*Arg); });
    if (Name == "exchange" && GivesHandle)
      return TakesOver = true;
    if (GivesHandle)
      return no(namedAs(In) + " gives its handle away");
    if (Callee && (isStandard(*Callee) || isa<CXXConversionDecl>(Callee)))
      return true;
    if (!Callee && !Name.empty())
      Callee = memberFunction(Promise, U.context(), Name);
    return Callee ? keeps(*Callee, /*Operator=*/false, Depth + 1)
                  : no(namedAs(In) + " calls a function that is not known");
  }

  Unit &U;
  const CXXRecordDecl &Promise;
};

/// It takes rvalues.
bool isForPrvalues(const FunctionDecl &Operator) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Operator);
  if (Method && Method->isInstance())
    return Method->getRefQualifier() != RQ_LValue;
  return Operator.getNumParams() == 1 &&
         !Operator.getParamDecl(0)->getType()->isLValueReferenceType();
}

/// `co_await` of a prvalue keeps the frame to itself: its operator, and its awaiter's functions.
bool isAwaitedInPlace(const CXXRecordDecl &Task, const CXXRecordDecl &Promise, Keeping &Keeps,
                      Unit &U) {
  ASTContext &Context = U.context();
  llvm::SmallVector<const CXXRecordDecl *, 2> Awaiters;
  if (isAwaiter(Task, Context))
    Awaiters.push_back(&Task);
  for (const FunctionDecl *Operator : coAwaitOperators(Task, Context))
    if (isForPrvalues(*Operator)) {
      const CXXRecordDecl *Awaiter = resultClass(*Operator);
      if (!Awaiter || !isAwaiter(*Awaiter, Context) || !Keeps.keeps(*Operator, true))
        return false;
      if (Keeps.TakesOver && !frameOwner(*Awaiter, U))
        return false;
      Awaiters.push_back(Awaiter);
    }
  for (const CXXRecordDecl *Awaiter : Awaiters)
    for (const char *Name : {"await_ready", "await_suspend", "await_resume"})
      for (const FunctionDecl *F : membersNamed(*Awaiter, Context, Name))
        if (!Keeps.keeps(*F, false))
          return false;
  return !Awaiters.empty();
}

} // namespace

Proof isFrameLocal(const CXXRecordDecl &Task, const CXXRecordDecl &Promise, Unit &U) {
  ASTContext &Context = U.context();
  if (U.get<TaskTypes>().of(Task).Kind != TaskKind::Lazy)
    return {false, "it is not lazy"};
  if (isCopyable(Task))
    return {false, "it can be copied: another may own the frame as well"};
  if (!frameOwner(Task, U))
    return {false, "its destructor is not known to destroy the frame in every case"};
  if (awaitTransform(Promise, Task, Context) != Transform::None)
    return {false, "'await_transform' of its promise takes it, and may hand it on"};
  // LLVM frees such a frame twice, where it was elided (llvm/llvm-project#188230).
  const FunctionDecl *Final = memberFunction(Promise, Context, "final_suspend");
  const CXXRecordDecl *End = Final ? resultClass(*Final) : nullptr;
  if (!End || readiness(*End, Context) != Ready::Never)
    return {false, "'final_suspend' is not known to suspend"};
  Keeping Keeps(Promise, U);
  for (const FunctionDecl *F : membersNamed(*End, Context, "await_suspend"))
    if (const Stmt *Body = bodyOf(*F); Body && !isStandard(*End)) {
      bool Destroys = false;
      walkEvaluated(Body, [&](const Stmt &S) {
        if (const auto *Member = dyn_cast<MemberExpr>(&S))
          Destroys |= simpleName(*Member->getMemberDecl()) == "destroy";
        if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(&S))
          Destroys |= Member->getMember().getAsString() == "destroy";
        return !Destroys;
      });
      if (Destroys)
        return {false, "its coroutine may destroy itself at its end"};
    }
  if (!isAwaitedInPlace(Task, Promise, Keeps, U))
    return {false, Keeps.Against.empty() ? "what 'co_await' does with its frame is not seen"
                                         : Keeps.Against};
  return {true, "it is lazy, its destructor destroys the frame, and 'co_await' of it lets nobody "
                "else have that"};
}

} // namespace corolint::model
