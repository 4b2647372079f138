//===- OnlyWhenDone.cpp - Frames that are destroyed only when they are done ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/FrameLife.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint::model {
namespace {

/// A member that is called, also where only its name is known.
struct MemberCall {
  llvm::StringRef Name;
  const Expr *Object = nullptr; ///< null: `this`, or none
};

MemberCall memberCalled(const CallExpr &Call) {
  const Expr *Callee = Call.getCallee()->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MemberExpr>(Callee))
    return {simpleName(*M->getMemberDecl()), M->isImplicitAccess() ? nullptr : M->getBase()};
  if (const auto *D = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    if (const IdentifierInfo *Name = D->getMember().getAsIdentifierInfo())
      return {Name->getName(), D->isImplicitAccess() ? nullptr : D->getBase()};
  return {};
}

/// Looks for what destroys frames of one promise while they may not be done.
class EarlyDestruction {
public:
  EarlyDestruction(const CXXRecordDecl &Promise, Unit &U)
      : U(U), SM(U.context().getSourceManager()), Promise(&Promise) {
    if (const FunctionDecl *Final = memberFunction(Promise, U.context(), "final_suspend"))
      FinalAwaiter = resultClass(*Final);
  }

  void look(const FunctionDecl &F) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    // There the coroutine is done, whatever the handle says.
    AtEnd = Method && FinalAwaiter && familyOf(Method->getParent()) == familyOf(FinalAwaiter);
    Asked.clear();
    statement(writtenBody(F));
  }

  std::string Against; ///< the first, or nothing
  bool Guarded = false;

private:
  using Key = llvm::FoldingSetNodeID;

  Key keyOf(const Expr &E) const {
    Key Result;
    bare(&E)->Profile(Result, U.context(), /*Canonical=*/true);
    return Result;
  }

  /// The promise that is written in `coroutine_handle<P>`; null where it is erased or unknown.
  static const CXXRecordDecl *promiseIn(QualType Handle) {
    llvm::ArrayRef<TemplateArgument> Args;
    if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
            Handle.getNonReferenceType()->getAsCXXRecordDecl()))
      Args = Spec->getTemplateArgs().asArray();
    else if (const auto *Named = Handle.getNonReferenceType()->getAs<TemplateSpecializationType>())
      Args = Named->template_arguments();
    return !Args.empty() && Args[0].getKind() == TemplateArgument::Type
               ? classOf(Args[0].getAsType())
               : nullptr;
  }

  /// A handle that may lead to a frame of this promise.
  bool mayBeOurs(QualType T) const {
    if (T->isDependentType() && !classOf(T))
      return true;
    if (!isHandleType(T))
      return false;
    const CXXRecordDecl *Other = definitionOf(promiseIn(T)), *Own = definitionOf(Promise);
    if (!Other || !Own || Other->isDependentContext() || Own->isDependentContext())
      return !Other || !Own || familyOf(Other) == familyOf(Own) || Other->hasAnyDependentBases() ||
             Own->hasAnyDependentBases();
    return familyOf(Other) == familyOf(Own) || Own->isDerivedFrom(Other) ||
           Other->isDerivedFrom(Own);
  }

  void against(SourceLocation At, const llvm::Twine &What) {
    if (Against.empty())
      Against = (What + " (" + llvm::sys::path::filename(SM.getFilename(SM.getFileLoc(At))) + ":" +
                 llvm::Twine(SM.getExpansionLineNumber(At)) + ")")
                    .str();
  }

  /// The handles that \p Condition asks whether they are done, if it is \p Value.
  void addAsked(const Expr *Condition, bool Value, llvm::SmallVectorImpl<Key> &To) const {
    const Expr *E = bare(Condition);
    if (const auto *Not = dyn_cast<UnaryOperator>(E); Not && Not->getOpcode() == UO_LNot)
      return addAsked(Not->getSubExpr(), !Value, To);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E);
        Binary && Binary->getOpcode() == (Value ? BO_LAnd : BO_LOr)) {
      addAsked(Binary->getLHS(), Value, To);
      addAsked(Binary->getRHS(), Value, To);
      return;
    }
    const auto *Call = dyn_cast<CallExpr>(E);
    const MemberCall Member = Call ? memberCalled(*Call) : MemberCall();
    if (Value && Member.Name == "done" && Member.Object)
      To.push_back(keyOf(*Member.Object));
  }

  void forgetAfter(size_t Number) {
    if (Asked.size() > Number)
      Asked.truncate(Number);
  }

  static bool leaves(const Stmt *S) {
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
      return !Block->body_empty() && leaves(Block->body_back());
    return isa_and_nonnull<ReturnStmt, CXXThrowExpr>(S);
  }

  void statement(const Stmt *S) {
    if (!S)
      return;
    if (const auto *If = dyn_cast<IfStmt>(S); If && If->getCond()) {
      statement(If->getInit());
      statement(If->getCond());
      const size_t Before = Asked.size();
      addAsked(If->getCond(), true, Asked);
      statement(If->getThen());
      forgetAfter(Before);
      addAsked(If->getCond(), false, Asked);
      statement(If->getElse());
      // After `if (!h.done()) return;` it is done, until the block ends.
      if (!leaves(If->getThen()))
        forgetAfter(Before);
      return;
    }
    if (isa<CompoundStmt, ForStmt, WhileStmt, DoStmt, SwitchStmt, CXXTryStmt>(S)) {
      const size_t Before = Asked.size();
      for (const Stmt *Child : S->children())
        statement(Child);
      forgetAfter(Before);
      return;
    }
    if (isa<LambdaExpr>(S)) // it is a function of its own
      return;
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) // without the machinery
      return statement(writtenOperand(Await));
    if (const auto *Return = dyn_cast<CoreturnStmt>(S))
      return statement(Return->getOperand());
    // Another object may have that name from here on.
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp() && mayBeOurs(Binary->getLHS()->getType()))
      Asked.clear();
    if (const auto *Call = dyn_cast<CallExpr>(S))
      call(*Call);
    for (const Stmt *Child : S->children())
      statement(Child);
  }

  void call(const CallExpr &Call) {
    const MemberCall Member = memberCalled(Call);
    if (Member.Object && mayBeOurs(Member.Object->getType())) {
      if (Member.Name == "destroy") {
        if (AtEnd || llvm::is_contained(Asked, keyOf(*Member.Object)))
          Guarded = true;
        else
          against(Call.getExprLoc(), "'destroy' is called without a question whether it is done");
      } else if (Member.Name == "address" && isHandleType(Member.Object->getType())) {
        against(Call.getExprLoc(), "its address is given away");
      }
      return;
    }
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (Callee && isStandard(*Callee))
      return;
    const bool Gives = llvm::any_of(Call.arguments(), [&](const Expr *Arg) {
      return isHandleType(Arg->getType()) && mayBeOurs(Arg->getType());
    });
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    if (Gives && Callee && ((Method && Method->isVirtual()) || !bodyOf(*Callee)))
      against(Call.getExprLoc(),
              "its handle is given to " + namedAs(*Callee) + ", whose body is not seen");
    else if (Gives && !Callee && !Call.isTypeDependent())
      against(Call.getExprLoc(), "its handle is given to a function that is not known");
  }

  Unit &U;
  const SourceManager &SM;
  const CXXRecordDecl *Promise, *FinalAwaiter = nullptr;
  bool AtEnd = false;
  llvm::SmallVector<Key, 4> Asked; ///< the handles that are known to be done
};

/// What a failure leaves suspended is not at the end that the compiler knows of.
bool mayThrowOn(const CXXRecordDecl &Promise, ASTContext &Context) {
  const FunctionDecl *F = memberFunction(Promise, Context, "unhandled_exception");
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  if (!Body)
    return true;
  bool Throws = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    const auto *Call = dyn_cast<CallExpr>(&S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Throws |= isa<CXXThrowExpr>(S) || (Callee && simpleName(*Callee) == "rethrow_exception");
    return !Throws;
  });
  return Throws;
}

/// An awaiter that gets the handle of the coroutine, and of which nobody sees what it does with it.
const CXXRecordDecl *unseenAwaiter(const FunctionDecl &Coroutine, Unit &U) {
  const CXXRecordDecl *Found = nullptr;
  walkEvaluated(writtenBody(Coroutine), [&](const Stmt &S) {
    const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S);
    if (!Await || Found)
      return !Found;
    const CXXRecordDecl *C = classOf(Await->getCommonExpr()->getType());
    const FunctionDecl *Suspend = C ? memberFunction(*C, U.context(), "await_suspend") : nullptr;
    if (C && !(isStandard(*C) && readiness(*C, U.context()) != Ready::Sometimes) &&
        (!Suspend || !bodyOf(*Suspend) || U.isSystem(Suspend->getLocation()) ||
         (!U.knowledge().libraryOf(*C).empty() &&
          U.knowledge().libraryOf(*C) != U.knowledge().libraryOf(Coroutine))))
      Found = C;
    return !Found;
  });
  return Found;
}

} // namespace

Proof isDestroyedOnlyWhenDone(const CXXRecordDecl &Task, const CXXRecordDecl &Promise,
                              llvm::ArrayRef<const FunctionDecl *> Coroutines, Unit &U) {
  ASTContext &Context = U.context();
  const FunctionDecl *Final = memberFunction(Promise, Context, "final_suspend");
  const CXXRecordDecl *End = Final ? resultClass(*Final) : nullptr;
  if (!End)
    return {false, "it is not known whether 'final_suspend' suspends"};
  if (mayThrowOn(Promise, Context))
    return {false, "'unhandled_exception' may throw, which leaves the frame to be destroyed"};
  const bool EndsItself = readiness(*End, Context) == Ready::Always;
  EarlyDestruction Early(Promise, U);
  for (const FunctionDecl *F : U.functions())
    if (Early.Against.empty())
      Early.look(*F);
  if (!Early.Against.empty())
    return {false, Early.Against};
  for (const FunctionDecl *F : Coroutines)
    if (const CXXRecordDecl *Awaiter = unseenAwaiter(*F, U))
      return {false, namedAs(*F) + " gives its handle to " + namedAs(*Awaiter) +
                         ", whose 'await_suspend' is not seen"};
  if (EndsItself)
    return {true,
            "'final_suspend' does not suspend, so that a frame ends by itself, and nothing in "
            "the unit destroys one"};
  if (!Early.Guarded)
    return {false, "nothing in the unit destroys a frame"};
  return {true, "whatever destroys a frame asks whether it is done, or does it at the end"};
}

} // namespace corolint::model
