//===- Making.cpp - How a task was made -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A class says what its coroutines are. A call may select another promise, by a tag among its
// arguments, and a function may have started the coroutine that its result stands for.
//
//===----------------------------------------------------------------------===//

#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

bool mentionsHandle(const Expr &E) {
  bool Found = false;
  walkEvaluated(&E, [&](const Stmt &S) {
    if (const auto *Part = dyn_cast<Expr>(&S))
      Found |= !Part->getType().isNull() && isHandleType(Part->getType());
    return !Found;
  });
  return Found;
}

/// The function gives a coroutine to somebody who resumes it, or resumes one itself.
bool startsWork(const FunctionDecl &F, llvm::SmallPtrSetImpl<const FunctionDecl *> &Seen) {
  const Stmt *Body = bodyOf(F);
  if (!Body || isa<CoroutineBodyStmt>(Body) || !Seen.insert(F.getCanonicalDecl()).second ||
      Seen.size() > 32)
    return false;
  const CXXRecordDecl *Result = classOf(F.getReturnType());
  bool Starts = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
      // What is captured to be resumed later.
      for (const Expr *Init : Lambda->capture_inits())
        Starts |= Init && mentionsHandle(*Init);
      return !Starts;
    }
    const auto *Call = dyn_cast<CallExpr>(&S);
    if (!Call)
      return !Starts;
    const FunctionDecl *Callee = Call->getDirectCallee();
    const Expr *Written = Call->getCallee()->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(Written); M && isHandleType(M->getBase()->getType())) {
      Starts |= llvm::is_contained({"resume", "operator()"}, M->getMemberDecl()->getNameAsString());
      return !Starts;
    }
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Written))
      Starts |= M->getMember().getAsString() == "resume";
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
      Starts |= Operator->getOperator() == OO_Call && isHandleType(Operator->getArg(0)->getType());
      return !Starts;
    }
    // `std::exchange(h, {})`, `std::move(h)`: nobody gets it.
    if (!Callee || isStandard(*Callee)) {
      const auto *Member = dyn_cast_or_null<CXXMethodDecl>(Callee);
      if (Callee && !Member)
        return !Starts;
    }
    for (const Expr *Arg : Call->arguments())
      if (isHandleType(Arg->getType()) && Callee &&
          !(classOf(Callee->getReturnType()) && Result &&
            familyOf(classOf(Callee->getReturnType())) == familyOf(Result)))
        Starts = true;
    if (Callee && !isStandard(*Callee))
      Starts |= startsWork(*Callee, Seen);
    return !Starts;
  });
  return Starts;
}

/// `coroutine_traits<C, …>` as it would be chosen for these parameters: the specialisation that
/// names the most of them, or null for the class's own `promise_type`.
const CXXRecordDecl *traitsFor(const CXXRecordDecl &C, llvm::ArrayRef<QualType> Parameters,
                               ASTContext &Context) {
  auto Fits = [&](QualType Wanted, QualType Given) {
    if (Wanted->isTemplateTypeParmType() || isa<PackExpansionType>(Wanted))
      return 0;
    if (Context.hasSameUnqualifiedType(Wanted.getNonReferenceType(), Given.getNonReferenceType()))
      return 1;
    const CXXRecordDecl *A = classOf(Wanted), *B = classOf(Given);
    return A && B && Wanted->isDependentType() && familyOf(A) == familyOf(B) ? 1 : -1;
  };
  const CXXRecordDecl *Best = nullptr;
  int Most = -1;
  for (const CXXRecordDecl *Spec : traitsOf(C, Context)) {
    auto Args = cast<ClassTemplateSpecializationDecl>(Spec)->getTemplateArgs().asArray();
    llvm::SmallVector<TemplateArgument, 8> Flat;
    for (const TemplateArgument &A : Args)
      if (A.getKind() == TemplateArgument::Pack)
        Flat.append(A.pack_begin(), A.pack_end());
      else
        Flat.push_back(A);
    int Score = 0;
    size_t I = 1;
    bool Open = false;
    for (; I < Flat.size() && Score >= 0; ++I) {
      if (Flat[I].isPackExpansion() || Flat[I].getKind() != TemplateArgument::Type) {
        Open = true;
        break;
      }
      if (I > Parameters.size()) {
        Score = -1;
        break;
      }
      const int Fit = Fits(Flat[I].getAsType(), Parameters[I - 1]);
      Score = Fit < 0 ? -1 : Score + Fit;
    }
    if (Score >= 0 && (Open || Flat.size() == Parameters.size() + 1) && Score > Most) {
      Best = Spec;
      Most = Score;
    }
  }
  return Best;
}

/// The promise that `promise_type` names hangs on more than the class that is returned.
bool hangsOnParameters(const CXXRecordDecl &Traits, ASTContext &Context) {
  for (const NamedDecl *D : Traits.lookup(&Context.Idents.get("promise_type")))
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
      if (const auto *Spec = Alias->getUnderlyingType()->getAs<TemplateSpecializationType>())
        return llvm::any_of(Spec->template_arguments(), [](const TemplateArgument &A) {
          return A.getKind() == TemplateArgument::Expression && A.isDependent();
        });
  return false;
}

llvm::SmallVector<QualType, 4> parametersOf(const FunctionDecl &F, bool Tags) {
  llvm::SmallVector<QualType, 4> Result;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F);
      Method && Method->isImplicitObjectMemberFunction())
    Result.push_back(Method->getFunctionObjectParameterReferenceType());
  for (const ParmVarDecl *P : F.parameters())
    if (Tags || !isTag(P->getType()))
      Result.push_back(P->getType());
  return Result;
}

/// A tag among the parameters selects another promise than the same coroutine without it has.
bool isSelectedByTag(const FunctionDecl &F, const CXXRecordDecl &C, Unit &U) {
  if (llvm::none_of(F.parameters(), [](const ParmVarDecl *P) { return isTag(P->getType()); }))
    return false;
  ASTContext &Context = U.context();
  const CXXRecordDecl *With = traitsFor(C, parametersOf(F, true), Context);
  const CXXRecordDecl *Without = traitsFor(C, parametersOf(F, false), Context);
  if (With != Without) {
    const CXXRecordDecl *Own = promiseMember(definitionOf(&C), Context);
    const CXXRecordDecl *A = With ? promiseMember(With, Context) : Own;
    const CXXRecordDecl *B = Without ? promiseMember(Without, Context) : Own;
    if (!A || !B || familyOf(A) != familyOf(B))
      return A && B;
    // An instantiation for these very parameters names the same promise as its pattern.
    if (!A->isDependentContext() && !B->isDependentContext())
      return A != B;
    return (With && hangsOnParameters(*With, Context)) ||
           (Without && hangsOnParameters(*Without, Context));
  }
  return With && hangsOnParameters(*With, Context);
}

class Maker {
public:
  Maker(const CXXRecordDecl &C, TaskType &T, Unit &U) : C(C), T(T), U(U) {}

  void made(const FunctionDecl &F, unsigned Depth) {
    const FunctionDecl *Definition = bodyOwner(F);
    if (isSelectedByTag(F, C, U)) {
      // Its coroutine owns itself: who wrote the tag has consented.
      T.MayDiscard = true;
      T.Cancels = false;
      return;
    }
    if (Definition && isa<CoroutineBodyStmt>(Definition->getBody()))
      return;
    llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
    if (Definition ? startsWork(*Definition, Seen) : changesHands(F)) {
      T.Kind = TaskKind::Handle;
      T.Cancels = false;
      return;
    }
    if (!Definition || Depth > 4)
      return;
    // It passes on what another one made.
    const FunctionDecl *Inner = nullptr;
    unsigned Returns = 0;
    walkEvaluated(Definition->getBody(), [&](const Stmt &S) {
      if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue()) {
        ++Returns;
        if (const auto *Call = dyn_cast<CallExpr>(bare(Return->getRetValue())))
          Inner = Call->getDirectCallee();
      }
      return true;
    });
    if (Returns == 1 && Inner && classOf(Inner->getReturnType()) &&
        familyOf(classOf(Inner->getReturnType())) == familyOf(&C))
      made(*Inner, Depth + 1);
  }

private:
  /// Without its body: it takes a task of another class with the same promise, and gives back what
  /// stands for it.
  bool changesHands(const FunctionDecl &F) const {
    auto IsOther = [&](const CXXRecordDecl *Given) {
      if (!Given || familyOf(Given) == familyOf(&C))
        return false;
      const CXXRecordDecl *Own = U.get<TaskTypes>().promiseOf(C),
                          *Other = U.get<TaskTypes>().promiseOf(*Given);
      return Own && Other && familyOf(Own) == familyOf(Other);
    };
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F);
        Method && Method->isImplicitObjectMemberFunction() && IsOther(Method->getParent()))
      return true;
    return llvm::any_of(F.parameters(),
                        [&](const ParmVarDecl *P) { return IsOther(classOf(P->getType())); });
  }

  const CXXRecordDecl &C;
  TaskType &T;
  Unit &U;
};

} // namespace

TaskType TaskTypes::ofValue(const Expr &E) {
  TaskType T = of(E.getType());
  const auto *Call = dyn_cast<CallExpr>(bare(&E));
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (F && T.Class && T.isTask())
    Maker(*T.Class, T, U).made(*F, 0);
  return T;
}

} // namespace corolint::model
