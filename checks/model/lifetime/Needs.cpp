//===- Needs.cpp - What a call's result refers to -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/lifetime/Loans.h"
#include "model/lifetime/Views.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include <utility>

using namespace clang;

namespace corolint::model {
namespace {

/// A coroutine of this type does not run until it is resumed.
bool startsSuspended(const FunctionDecl &F, Unit &U) {
  const TaskKind Kind = U.get<TaskTypes>().of(F.getReturnType()).Kind;
  if (Kind != TaskKind::None)
    return Kind == TaskKind::Lazy || Kind == TaskKind::Generator;
  const CXXRecordDecl *Promise = promiseOf(F);
  const FunctionDecl *Initial =
      Promise ? memberFunction(*Promise, U.context(), "initial_suspend") : nullptr;
  const CXXRecordDecl *Awaiter = Initial ? resultClass(*Initial) : nullptr;
  return Awaiter && readiness(*Awaiter, U.context()) == Ready::Never;
}

/// What a coroutine keeps of an argument, in the parameter \p P; \p Add is given each way.
template <typename Adder> void forEachWay(const ParmVarDecl &P, Adder Add) {
  const QualType T = P.getType();
  if (T.getNonReferenceType()->isFunctionType())
    return;
  if (T->isReferenceType())
    Add(/*ByReference=*/true);
  const QualType Value = T.getNonReferenceType();
  if (isViewType(Value) || Value->isRecordType())
    Add(/*ByReference=*/false);
}

/// Whether the coroutine was suspended before.
struct SuspendedFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    bool Was = false;
    bool join(const State &Other) { return std::exchange(Was, Was || Other.Was) != Was; }
  };

  State initial() const { return {}; }
  State caught(unsigned, const State &S) const { return S; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>())
      S.Was |= isa<Expr>(Element->getStmt()) && Suspends.contains(cast<Expr>(Element->getStmt()));
  }

  const SuspensionSet &Suspends;
};

/// What a coroutine uses after it was suspended, of what it was called with: where first.
class LateUses {
public:
  LateUses(const FunctionDecl &F, Unit &U)
      : F(F), U(U), Lent(F, U),
        IsLambda(isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F).getParent()->isLambda()) {
    if (startsSuspended(F, U))
      walkEvaluated(writtenBody(F), [&](const Stmt &S) {
        see(S);
        return true;
      });
    else
      findAfterSuspension();
  }

  const Stmt *of(const ParmVarDecl &P) const { return Parameters.lookup(&P); }
  const Stmt *ofObject() const { return Object; }

private:
  void findAfterSuspension() {
    const SuspensionSet &Suspends = suspensionSetOf(F, U);
    const Cfg *Graph = Suspends.empty() ? nullptr : cfgOf(F, U);
    if (!Graph)
      return;
    SuspendedFlow Problem{Suspends};
    Dataflow<SuspendedFlow> Flow(*Graph, Problem);
    Flow.solve();
    Flow.forEachElement(
        [&](const CFGBlock &, unsigned, const CFGElement &E, const SuspendedFlow::State &S) {
          std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
          if (!Element || !S.Was)
            return;
          see(*Element->getStmt());
          // What is awaited has it while the coroutine is suspended.
          if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(Element->getStmt());
              Await && Suspends.contains(Await))
            for (const Loan &L : Lent.ofValue(*writtenOperand(Await)))
              use(L, *Await);
        });
  }

  void see(const Stmt &S) {
    if (isa<CXXThisExpr>(S) && !Object)
      Object = &S;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      for (const Expr *Init : Lambda->capture_inits())
        if (const auto *Ref = Init ? dyn_cast<DeclRefExpr>(bare(Init)) : nullptr)
          seeName(*Ref);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      seeName(*Ref);
  }

  void seeName(const DeclRefExpr &Ref) {
    const auto *V = dyn_cast<VarDecl>(Ref.getDecl());
    if (!V)
      return;
    if (Ref.refersToEnclosingVariableOrCapture()) {
      if (!Object && IsLambda)
        Object = &Ref;
    } else if (const auto *P = dyn_cast<ParmVarDecl>(V)) {
      Parameters.try_emplace(P, &Ref);
    } else if (V->isLocalVarDecl() && isOtherName(*V)) {
      for (const Loan &L : Lent.ofName(*V)) // another name
        use(L, Ref);
    }
  }

  static bool isOtherName(const VarDecl &V) {
    const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
    return V.getType()->isReferenceType() || isViewType(V.getType()) || (C && C->isLambda());
  }

  void use(const Loan &L, const Stmt &At) {
    if (L.From == Loan::Borrowed)
      Parameters.try_emplace(cast<ParmVarDecl>(L.Variable), &At);
    else if ((L.From == Loan::Receiver || L.From == Loan::Captured) && !Object)
      Object = &At;
  }

  const FunctionDecl &F;
  Unit &U;
  Loans Lent;
  const bool IsLambda;
  llvm::DenseMap<const ParmVarDecl *, const Stmt *> Parameters;
  const Stmt *Object = nullptr;
};

class NeedsFinder {
public:
  NeedsFinder(const FunctionDecl &F, Unit &U) : F(F), U(U), Method(dyn_cast<CXXMethodDecl>(&F)) {}

  std::vector<Need> run() {
    addSaid();
    addCalled();
    if (const FunctionDecl *Coroutine = coroutineOf(&F))
      addOfCoroutine(*Coroutine);
    else if (const FunctionDecl *Body = visibleBody())
      addOfPlain(*Body);
    else
      addAssumed();
    return std::move(Found);
  }

private:
  /// `owner->x`, `*owner`, `owner.get()`: what it owns ends with it.
  static bool isPointee(const CXXMethodDecl &Method) {
    const CXXRecordDecl &C = *Method.getParent();
    if (!isStandard(C) || !C.getIdentifier() ||
        !llvm::is_contained({"unique_ptr", "shared_ptr", "__shared_ptr", "__shared_ptr_access"},
                            C.getName()))
      return false;
    const OverloadedOperatorKind Kind = Method.getOverloadedOperator();
    return Kind == OO_Star || Kind == OO_Arrow ||
           (Method.getIdentifier() && Method.getName() == "get");
  }

  void add(Need N) {
    if (!llvm::is_contained(Found, N))
      Found.push_back(N);
  }

  bool isOurs(const FunctionDecl &Any) const {
    return !U.isSystem(Any.getLocation()) && U.knowledge().libraryOf(Any).empty();
  }

  const FunctionDecl *visibleBody() const {
    const FunctionDecl *Definition = nullptr;
    if (!F.isDefined(Definition) || !Definition->getBody() || !isOurs(*Definition))
      return nullptr;
    return Method && Method->isVirtual() ? nullptr : Definition;
  }

  /// What Clang's attributes and its knowledge of the C++ library say.
  void addSaid() {
    if (Method && !Method->isStatic() && !isa<CXXConstructorDecl>(Method)) {
      if (lifetimes::shouldTrackImplicitObjectArg(Method))
        add({Condition::Object, !isViewType(tagType(*Method->getParent()))});
      else if (lifetimes::implicitObjectParamIsLifetimeBound(&F) &&
               !lifetimes::isNormalAssignmentOperator(&F))
        add({Condition::Object, true});
    } else if (!Method && lifetimes::shouldTrackFirstArgument(&F)) {
      add({0, F.getNumParams() != 0 && F.getParamDecl(0)->getType()->isReferenceType()});
    }
    if (Method && Method->isInstance() && isPointee(*Method))
      add({Condition::Object, true});
    if (Method && isIterator(*Method->getParent()) &&
        llvm::is_contained({OO_Star, OO_Arrow, OO_Subscript, OO_Plus, OO_PlusPlus},
                           F.getOverloadedOperator()))
      add({Condition::Object, false});
    // What is bound in a callable of the C++ library may be all that the task refers to.
    if (Method && F.getOverloadedOperator() == OO_Call && isStandard(*Method->getParent()) &&
        !isCallableWrapper(*Method->getParent()) && isAwaitable(F.getReturnType()))
      for (bool ByReference : {true, false})
        add({Condition::Object, ByReference, &F, nullptr, nullptr, false});
    // What a callable of any kind has in it is called by its call operator.
    if (Method && F.getOverloadedOperator() == OO_Call && isCallableWrapper(*Method->getParent()) &&
        isAwaitable(F.getReturnType()))
      add({Condition::Object, true, &F, nullptr, nullptr, false, true, false});
    // The awaiter of a task is no owner of it, unless it takes it.
    if (Method && F.getOverloadedOperator() == OO_Coawait &&
        Method->getRefQualifier() != RQ_RValue &&
        U.get<TaskTypes>().of(*Method->getParent()).Kind == TaskKind::Lazy)
      add({Condition::Object, true, &F, nullptr, nullptr, false, false, false});
    const FunctionDecl *Merged = lifetimes::getDeclWithMergedLifetimeBoundAttrs(&F);
    const CXXRecordDecl *Result = returnedClass(F);
    const bool BindsAll = Result && Result->hasAttr<CoroLifetimeBoundAttr>() &&
                          Result->hasAttr<CoroReturnTypeAttr>() &&
                          !F.hasAttr<CoroDisableLifetimeBoundAttr>();
    for (auto [I, P] : llvm::enumerate(Merged->parameters()))
      if (P->hasAttr<LifetimeBoundAttr>())
        add({static_cast<int>(I), P->getType()->isReferenceType()});
      else if (BindsAll)
        forEachWay(*P, [&](bool ByReference) {
          add({static_cast<int>(I), ByReference, &F, P, nullptr, false});
        });
    if (BindsAll && Method && Method->isImplicitObjectMemberFunction())
      add({Condition::Object, true, &F, nullptr, nullptr, false});
  }

  bool isAwaitable(QualType T) { return U.get<TaskTypes>().of(T).Awaitable; }

  /// It calls what it is given, and gives back the task of that: at once, or when its object is
  /// done, which keeps the callable no longer.
  void addCalled() {
    const bool IsObject = isa<CXXConstructorDecl>(F);
    if (!IsObject && (!isAwaitable(F.getReturnType()) || F.isOverloadedOperator()))
      return;
    auto IsCallable = [](const ParmVarDecl &P) {
      const CXXRecordDecl *C = P.getType().getNonReferenceType()->getAsCXXRecordDecl();
      return C && C->isLambda();
    };
    if (addKnownCalls())
      return;
    if (Method && Method->isInstance() && isContinued())
      for (auto [I, P] : llvm::enumerate(F.parameters()))
        if (IsCallable(*P))
          add({static_cast<int>(I), true, nullptr, nullptr, nullptr, false, true, true});
  }

  bool addKnownCalls() {
    bool Any = false;
    for (const Entry *Known : U.knowledge().of(F)) {
      const bool InPlace = Known->What == Role::CallsInPlace;
      if (!InPlace && Known->What != Role::Wraps)
        continue;
      Any = true;
      for (auto [I, P] : llvm::enumerate(F.parameters())) {
        const int Arg = static_cast<int>(I);
        if (!Known->Args.empty() && !llvm::is_contained(Known->Args, Arg))
          continue;
        if (InPlace || Known->Callable != CallableIs::Kept)
          add({Arg, true, nullptr, nullptr, nullptr, false, true,
               Known->Callable == CallableIs::Dropped});
        else
          add({Arg, false, &F, P});
      }
    }
    return Any;
  }

  /// `future.then(f)`: a member of what stands for a result, that gives another one.
  bool isContinued() {
    const CXXRecordDecl &C = *Method->getParent();
    const CXXRecordDecl *Result = returnedClass(F);
    const TaskType &T = U.get<TaskTypes>().of(C);
    // What runs by itself has the continuation called when it is done. A lazy one may keep it.
    return Result && familyOf(Result) == familyOf(&C) && T.Kind == TaskKind::Eager &&
           !visibleCallOf();
  }

  /// The body shows what becomes of a callable that it is given.
  bool visibleCallOf() {
    const FunctionDecl *Body = visibleBody();
    if (!Body)
      return false;
    const TaskFlows &Flows = U.get<TaskFlows>(*Body);
    for (const ParmVarDecl *P : Body->parameters())
      for (const TaskUse &Use : Flows.usesOf(*P))
        if (Use.How != TaskUse::Passed || Flows.passingOf(Use) != Passing::Unknown)
          return true;
    return false;
  }

  void addOfCoroutine(const FunctionDecl &Coroutine) {
    const LateUses Late(Coroutine, U);
    for (auto [I, P] : llvm::enumerate(Coroutine.parameters()))
      if (const Stmt *Used = Late.of(*P))
        forEachWay(*P, [&](bool ByReference) {
          add({static_cast<int>(I), ByReference, &Coroutine, P, Used, false});
        });
    const auto *Member = dyn_cast<CXXMethodDecl>(&Coroutine);
    if (!Member || Member->isStatic() || !Late.ofObject())
      return;
    if (!Member->isImplicitObjectMemberFunction()) { // `this auto`
      const ParmVarDecl *Self = Coroutine.getParamDecl(0);
      return forEachWay(*Self, [&](bool ByReference) {
        add({0, ByReference, &Coroutine, Self, Late.ofObject(), false});
      });
    }
    add({Condition::Object, true, &Coroutine, nullptr, Late.ofObject(), false});
    if (Member->getParent()->isLambda())
      add({Condition::Object, false, &Coroutine, nullptr, Late.ofObject(), false});
  }

  void addOfPlain(const FunctionDecl &Body) {
    Loans Lent(Body, U);
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Body)) {
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->isAnyMemberInitializer() && Init->isWritten())
          pass(Init->getAnyMember()->getType()->isReferenceType()
                   ? Lent.ofReference(*Init->getInit())
                   : Lent.ofValue(*Init->getInit()),
               Body);
      return;
    }
    const QualType Result = Body.getReturnType();
    if (!Result->isReferenceType() && !Result->isPointerType() && !Result->isRecordType())
      return;
    walkEvaluated(Body.getBody(), [&](const Stmt &S) {
      if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue())
        pass(Result->isReferenceType() ? Lent.ofReference(*Return->getRetValue())
                                       : Lent.ofValue(*Return->getRetValue()),
             Body);
      return true;
    });
  }

  /// What the function is given it passes on.
  void pass(const LoanList &Lent, const FunctionDecl &Body) {
    for (const Loan &L : Lent) {
      Need N = L.For;
      switch (L.From) {
      case Loan::Borrowed: {
        const auto *P = cast<ParmVarDecl>(L.Variable);
        if (P->getDeclContext() != &Body)
          continue;
        N.Arg = static_cast<int>(P->getFunctionScopeIndex());
        N.ByReference = !L.Inside;
        break;
      }
      case Loan::Receiver:
      case Loan::Captured:
        N.Arg = Condition::Object;
        N.ByReference = true;
        break;
      case Loan::Parameter: {
        // A callable that the caller gave dies here, and its task goes on.
        const auto *P = cast<ParmVarDecl>(L.Variable);
        const CXXRecordDecl *C = P->getType()->getAsCXXRecordDecl();
        if (!(N.Callable || (L.isClosure() && C && C->isLambda())) || P->getDeclContext() != &Body)
          continue;
        N.Arg = static_cast<int>(P->getFunctionScopeIndex());
        N.ByReference = N.Callable = N.Dead = true;
        break;
      }
      case Loan::Temporary:
      case Loan::Local:
        continue; // that dies here
      }
      add(N);
    }
  }

  /// Whoever returns the type of a lazy coroutine is one, as a rule; unless it is said that what it
  /// gives needs none of its arguments.
  void addAssumed() {
    if (F.hasAttr<CoroDisableLifetimeBoundAttr>())
      return;
    const TaskType &T = U.get<TaskTypes>().of(F.getReturnType());
    if (T.Kind != TaskKind::Lazy || !T.Class || !U.get<TaskTypes>().promiseOf(*T.Class) ||
        F.getReturnType()->isReferenceType() || !isOurs(F) || F.isOverloadedOperator())
      return;
    for (auto [I, P] : llvm::enumerate(F.parameters()))
      forEachWay(*P, [&](bool ByReference) {
        add({static_cast<int>(I), ByReference, &F, P, nullptr, true});
      });
    if (Method && Method->isImplicitObjectMemberFunction())
      add({Condition::Object, true, &F, nullptr, nullptr, true});
  }

  const FunctionDecl &F;
  Unit &U;
  const CXXMethodDecl *Method;
  std::vector<Need> Found;
};

} // namespace

std::vector<Need> ResultNeeds::make(const FunctionDecl &F, Unit &U) {
  return NeedsFinder(F, U).run();
}

} // namespace corolint::model
