//===- Needless.cpp - Coroutines that need not be one --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Needless.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/FunctionUses.h"
#include "model/code/Macros.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "model/types/Throws.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

class NeedlessFinder {
public:
  NeedlessFinder(const FunctionDecl &F, Unit &U) : F(F), U(U), Context(U.context()) {}

  Needless run() {
    Needless Result;
    const CXXRecordDecl *Promise = promiseOf(F), *Task = returnedClass(F);
    if (!Promise || !Task || maySuspend(writtenBody(F)))
      return Result;
    Result.Against = whyNeeded(*Promise, *Task);
    if (!Result.Against.empty())
      return Result;
    Result.Task = Task;
    Result.Catches = U.get<TaskTypes>().of(*Task).Kind == TaskKind::Eager &&
                     unhandledIn(*Promise, U) == Unhandled::Unknown;
    Result.IsValue = isMadeOfItsResult(*Task);
    return Result;
  }

private:
  /// There is a suspension in it, also in a branch that this configuration discards.
  bool maySuspend(const Stmt *Root) const {
    llvm::SmallVector<const Stmt *> Left = {Root};
    while (!Left.empty()) {
      const Stmt *S = Left.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      if (isa<DependentCoawaitExpr, CoyieldExpr>(S))
        return true;
      if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
        if (!isIdle(*Await))
          return true;
        Left.push_back(Await->getOperand());
      } else if (const auto *Returns = dyn_cast<CoreturnStmt>(S)) {
        Left.push_back(Returns->getOperand());
      } else {
        Left.append(S->child_begin(), S->child_end());
      }
    }
    return false;
  }

  /// It is always ready, and asks the promise for nothing.
  bool isIdle(const CoawaitExpr &Await) const {
    const Expr *Common = Await.getCommonExpr();
    const CXXRecordDecl *Awaiter = Common ? Common->getType()->getAsCXXRecordDecl() : nullptr;
    if (!Awaiter || !U.get<TaskTypes>().alwaysReady(*Awaiter))
      return false;
    const CXXRecordDecl *Promise = promiseOf(F);
    return isStandard(*Awaiter) || !Promise ||
           !memberFunction(*Promise, Context, "await_transform");
  }

  std::string whyNeeded(const CXXRecordDecl &Promise, const CXXRecordDecl &Task) const {
    if (const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
        Pattern && maySuspend(writtenBody(*Pattern)))
      return "another instantiation of it may suspend";
    for (std::string Why : {whyTaskNeeds(Promise, Task), whyFormIsGiven()})
      if (!Why.empty())
        return Why;
    if (isStub())
      return "it does nothing yet";
    if (mayBeWrittenOtherwise())
      return "it suspends in another configuration";
    if (hasOverload(Task))
      return "an overload of it returns such a task, too";
    return whyUsesNeed();
  }

  std::string whyTaskNeeds(const CXXRecordDecl &Promise, const CXXRecordDecl &Task) const {
    const TaskType &T = U.get<TaskTypes>().of(Task);
    if (!T.isTask())
      return "it returns no task that is lazy or eager";
    if (T.Kind == TaskKind::Eager && !startsAtOnce(Promise))
      return "its coroutine may be started elsewhere";
    if (memberFunction(Promise, Context, "yield_value"))
      return "its coroutine may yield";
    if (isPromiseMadeOfArguments())
      return "its promise is made of its arguments";
    if (llvm::any_of(F.parameters(), [](const ParmVarDecl *P) { return isTag(P->getType()); }))
      return "a parameter of it may say how its coroutine runs";
    return "";
  }

  bool isPromiseMadeOfArguments() const {
    const Expr *Init = cast<CoroutineBodyStmt>(F.getBody())->getPromiseDecl()->getInit();
    if (const auto *Full = dyn_cast_or_null<FullExpr>(Init))
      Init = Full->getSubExpr();
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
    return Made && Made->getNumArgs() > 0;
  }

  bool startsAtOnce(const CXXRecordDecl &Promise) const {
    TemplateArguments Args;
    const FunctionDecl *Initial = memberFunction(Promise, Context, "initial_suspend", &Args);
    const CXXRecordDecl *Start = Initial ? resultClass(*Initial, Args) : nullptr;
    return Start && readiness(*Start, Context) == Ready::Always;
  }

  /// Somebody else says what it looks like.
  std::string whyFormIsGiven() const {
    if (F.getLocation().isMacroID())
      return "a macro writes it";
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    if (Method && Method->getParent()->isLambda())
      return "a lambda is mostly written for somebody who takes coroutines";
    if (F.isOverloadedOperator() || F.isMain())
      return "its name has a meaning of its own";
    if (F.getTemplateSpecializationKind() == TSK_ExplicitSpecialization)
      return "its template says what it returns";
    if (!Method)
      return "";
    if (Method->isVirtual())
      return "another override may suspend";
    if (hidesMember(*Method->getParent()))
      return "a base of its class has a member of that name, or is not known";
    if (U.get<FunctionUses>().isGivenToTemplate(*Method->getParent()))
      return "its class is an argument of a template, which may await it";
    return "";
  }

  bool hidesMember(const CXXRecordDecl &C, unsigned Depth = 0) const {
    const CXXRecordDecl *Definition = definitionOf(&C);
    return Definition && Depth < 16 &&
           llvm::any_of(
               Definition->bases(),
               [&](const CXXBaseSpecifier &Each) {
                 const CXXRecordDecl *Base = definitionOf(classOf(Each.getType()));
                 return !Base || !Base->lookup(F.getDeclName()).empty() ||
                        hidesMember(*Base, Depth + 1);
               });
  }

  /// It is to be written, or is there to do nothing.
  bool isStub() const {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(writtenBody(F));
    if (!Body)
      return false;
    for (const Stmt *S : Body->body()) {
      if (endsAtOnce(*S))
        return true;
      if (!isa<NullStmt, CoreturnStmt>(S) && !isIgnored(*S))
        return false;
      if (const auto *Returns = dyn_cast<CoreturnStmt>(S);
          Returns && Returns->getOperand() && !isDefault(*Returns->getOperand()))
        return false;
    }
    return true;
  }

  static bool endsAtOnce(const Stmt &S) {
    const auto *E = dyn_cast<Expr>(&S);
    const auto *Call = E ? dyn_cast<CallExpr>(bare(E)) : nullptr;
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    return (E && isa<CXXThrowExpr>(bare(E))) || (Callee && Callee->isNoReturn());
  }

  /// `(void)parameter;`
  static bool isIgnored(const Stmt &S) {
    const auto *Cast = dyn_cast<ExplicitCastExpr>(&S);
    return Cast && Cast->getType()->isVoidType() && isa<DeclRefExpr>(bare(Cast->getSubExpr()));
  }

  /// `{}`, `nullptr`, `result()`
  static bool isDefault(const Expr &E) {
    const Expr *Value = bare(&E);
    if (const auto *List = dyn_cast<InitListExpr>(Value))
      return List->getNumInits() == 0;
    if (const auto *Made = dyn_cast<CXXConstructExpr>(Value))
      return Made->getNumArgs() == 0 || llvm::all_of(Made->arguments(), [](const Expr *Arg) {
               return isa<CXXDefaultArgExpr>(Arg);
             });
    return isa<CXXNullPtrLiteralExpr, CXXScalarValueInitExpr, ImplicitValueInitExpr>(Value);
  }

  /// What the preprocessor leaves out here awaits something.
  bool mayBeWrittenOtherwise() const {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(writtenBody(F));
    return !Body || U.get<Macros>().mayHave(*Body, {"co_await", "co_yield"});
  }

  bool hasOverload(const CXXRecordDecl &Task) const {
    const FunctionDecl &Own = patternOf(F);
    for (const NamedDecl *D : Own.getDeclContext()->getRedeclContext()->lookup(F.getDeclName())) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
      const auto *Other = Template ? Template->getTemplatedDecl() : dyn_cast<FunctionDecl>(D);
      const CXXRecordDecl *Returned = Other ? classOf(Other->getReturnType()) : nullptr;
      if (Returned && &patternOf(*Other) != &Own && familyOf(Returned) == familyOf(&Task))
        return true;
    }
    return false;
  }

  std::string whyUsesNeed() const {
    if (U.isNamedInBroken(F))
      return "code with an error names it";
    const auto Uses = U.get<FunctionUses>().of(F);
    const SourceManager &SM = Context.getSourceManager();
    if (Uses.empty() && !SM.isInMainFile(SM.getExpansionLoc(F.getLocation())))
      return "it is in a header, and nothing here calls it";
    for (const FunctionUse &Use : Uses)
      switch (Use.How) {
      case FunctionUse::Awaited:
        break;
      case FunctionUse::Called:
        return "its task is used without being awaited at once";
      case FunctionUse::Named:
        return "it is passed on as a value";
      case FunctionUse::Required:
        return "a template names it, and may await it";
      }
    return "";
  }

  /// A constructor takes what awaiting it gives.
  bool isMadeOfItsResult(const CXXRecordDecl &Task) const {
    const QualType Result = U.get<TaskTypes>().resultOf(Task);
    const CXXRecordDecl *Definition = Task.getDefinition();
    return Definition && !Result.isNull() && !Result->isVoidType() &&
           llvm::any_of(Definition->ctors(), [&](const CXXConstructorDecl *Each) {
             return !Each->isDeleted() && Each->getAccess() == AS_public &&
                    Each->getNumParams() > 0 && Each->getMinRequiredArguments() <= 1 &&
                    Context.hasSameUnqualifiedType(
                        Each->getParamDecl(0)->getType().getNonReferenceType(),
                        Result.getNonReferenceType());
           });
  }

  const FunctionDecl &F;
  Unit &U;
  ASTContext &Context;
};

} // namespace

Needless needless(const FunctionDecl &F, Unit &U) {
  return NeedlessFinder(F, U).run();
}

} // namespace corolint::model
