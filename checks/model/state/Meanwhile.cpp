//===- Meanwhile.cpp - Who changes a container meanwhile ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Meanwhile.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/Changes.h"
#include "model/state/Stale.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Is it the coroutine, or a lambda in it?
bool isWithin(const DeclContext *Inner, const FunctionDecl &F) {
  for (; Inner; Inner = Inner->getParent())
    if (Inner == &F)
      return true;
  return false;
}

Ends endsOf(Change Done, const Borrow &B) {
  return ends(Done, B.Owned ? Keeps::InNodes : B.Kept, isKeyed(*B.Class),
              B.Kind != BorrowKind::Iterator);
}

/// What is taken out at one end is not what was taken from the other.
bool hits(Change Done, const Borrow &B) {
  return !((Done == Change::PopsFront && B.Which == Borrow::Last) ||
           (Done == Change::PopsBack && B.Which == Borrow::First));
}

/// Both are what one interface offers: who has that calls one after the other, as it asks for.
bool isOfOneInterface(const FunctionDecl &A, const FunctionDecl &B) {
  const auto *One = dyn_cast<CXXMethodDecl>(&A), *Other = dyn_cast<CXXMethodDecl>(&B);
  return One && Other && llvm::any_of(One->overridden_methods(), [&](const CXXMethodDecl *Mine) {
           return llvm::any_of(Other->overridden_methods(), [&](const CXXMethodDecl *Theirs) {
             return Mine->getParent()->getCanonicalDecl() ==
                    Theirs->getParent()->getCanonicalDecl();
           });
         });
}

const CXXRecordDecl *elementOf(const CXXRecordDecl &Container) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Container);
  if (!Special || Special->getTemplateArgs().size() == 0 ||
      Special->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  return Special->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
}

bool endedBy(const ContainerChange &Each, const Borrow &B) {
  return endsOf(Each.Done, B) != Ends::No && hits(Each.Done, B);
}

} // namespace

void Meanwhile::isAbout(const ValueDecl *V) {
  Elements.clear();
  if (V)
    Elements.insert(V);
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(V))
    Elements.insert(Binding->getDecomposedDecl());
}

bool Meanwhile::changedByAwaited(StaleBorrow &Of, const Borrow &B) {
  if (B.Of.From == ObjectPath::Somewhere)
    return false;
  const unsigned Kind = B.Owned * 256 + static_cast<unsigned>(B.Kept) * 32 +
                        (isKeyed(*B.Class) ? 16 : 0) + (B.Kind != BorrowKind::Iterator ? 8 : 0) +
                        B.Which;
  auto Wanted = [&](const ContainerChange &Each) { return endedBy(Each, B); };
  auto Comes = [&](const FunctionDecl &By, const ObjectPath &P, const Expr &Call) {
    const ContainerChange *Change = U.get<Changes>().by(By, P, Kind, Wanted);
    if (!Change)
      return false;
    Of.Changed = &Change->Where;
    Of.Awaited = &Call;
    Of.AwaitedCallee = isa<CallExpr>(Call) ? &By : nullptr;
    Of.Certain = true;
    return true;
  };
  for (const Expr *Suspension : Of.Suspensions)
    for (const Expr *Each : callsAwaitedBy(*Suspension)) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(Each)) {
        if (Comes(*bodyOfLambda(*Lambda), B.Of, *Each))
          return true;
        continue;
      }
      const auto *Call = cast<CallExpr>(Each);
      const FunctionDecl *Callee = definitionCalledBy(*Call);
      if (!Callee)
        continue;
      for (const ObjectPath &P : asSeenBy(B.Of, *Call, *Callee))
        if (Comes(*Callee, P, *Call))
          return true;
      for (const FieldDecl *Owner : waysBack(*Call, *Callee, *Of.Container))
        if (Comes(*Callee, {ObjectPath::This, nullptr, {Owner, Of.Container}}, *Call))
          return true;
    }
  return false;
}

/// `for (auto &each : clients_) co_await each.close();`, where each has a reference to the owner
/// of `clients_`: the members by which the element comes back to it.
llvm::SmallVector<const FieldDecl *, 1> Meanwhile::waysBack(const CallExpr &Call,
                                                            const FunctionDecl &Callee,
                                                            const ValueDecl &Container) const {
  llvm::SmallVector<const FieldDecl *, 1> Result;
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  const auto *Owner =
      isa<FieldDecl>(Container) ? dyn_cast<CXXRecordDecl>(Container.getDeclContext()) : nullptr;
  if (!Called || !Method || !Owner || !isOfElement(*Called->getImplicitObjectArgument()))
    return Result;
  for (const FieldDecl *Field : Method->getParent()->fields()) {
    const QualType T = leadsTo(Field->getType());
    if (T.isNull())
      continue;
    if (const CXXRecordDecl *C = T->getAsCXXRecordDecl();
        C && (C->getCanonicalDecl() == Owner->getCanonicalDecl() ||
              (C->hasDefinition() && C->isDerivedFrom(Owner))))
      Result.push_back(Field);
  }
  return Result;
}

/// The calls and lambdas whose end a suspension waits for: those in its operand, and those that
/// made the locals which it names.
llvm::ArrayRef<const Expr *> Meanwhile::callsAwaitedBy(const Expr &Suspension) {
  auto [Slot, New] = AwaitedCalls.try_emplace(&Suspension);
  if (!New)
    return Slot->second;
  llvm::SmallVector<const Expr *, 2> &Result = Slot->second;
  auto Collect = [&](const Stmt *Root) {
    walkEvaluated(Root, [&](const Stmt &S) {
      if (isa<CoroutineSuspendExpr>(S) && &S != &Suspension)
        return false; // it has ended before
      if (const auto *Each = dyn_cast<Expr>(&S); Each && isa<CallExpr, LambdaExpr>(Each))
        Result.push_back(Each);
      return true;
    });
  };
  Collect(&Suspension);
  llvm::SmallVector<const VarDecl *, 2> Named;
  walkEvaluated(&Suspension, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()); V && V->isLocalVarDecl())
        Named.push_back(V);
    return true;
  });
  for (const VarDecl *V : Named)
    for (const Expr *Made : U.get<TaskFlows>(F).valuesOf(*V))
      if (isa<CallExpr>(Made) && definitionCalledBy(*cast<CallExpr>(Made)))
        Result.push_back(Made);
  return Result;
}

Meanwhile::Who Meanwhile::judge(StaleBorrow &Of, const Borrow &B, const FunctionDecl &In) {
  std::vector<const ContainerChange *> All;
  for (const ContainerChange &Each : U.get<Changes>().of(*Of.Container))
    All.push_back(&Each);
  if (linksElements(*B.Class))
    if (const CXXRecordDecl *Element = elementOf(*B.Class))
      for (const ContainerChange &Each : U.get<Changes>().ofObjects(*Element))
        All.push_back(&Each);
  bool Come = false, Go = false, OthersMay = false;
  Ends Most = Ends::No;
  const Begins *GoesBy = nullptr, *MovesBy = nullptr;
  const ContainerChange *Goes = nullptr, *Moves = nullptr, *Own = nullptr;
  for (const ContainerChange *Each : All) {
    const Ends Ended = endsOf(Each->Done, B);
    const bool ByItself = isWithin(Each->Where.In, F) || isWithin(Each->Where.In, In);
    const bool TakesOut = Each->Done == Change::Erases || Each->Done == Change::PopsFront ||
                          Each->Done == Change::PopsBack;
    Come |= !ByItself && Each->Done == Change::Adds;
    Go |= !ByItself && TakesOut;
    if (Ended == Ends::No)
      continue;
    if (!Of.Changed || std::pair(!ByItself, Ended) > std::pair(!Of.ChangedByItself, Most)) {
      Of.Changed = &Each->Where;
      Of.ChangedByItself = ByItself;
      Most = Ended;
    }
    if (ByItself && TakesOut && !Own && isAnotherRun(*Each, Of, B, In))
      Own = Each;
    if (ByItself)
      continue;
    const Begins *Who = U.get<Concurrency>().whoComesTo(*Each->Where.In, In);
    OthersMay |= Who != nullptr;
    if (!Who || B.Kind == BorrowKind::View)
      continue;
    if (!GoesBy && TakesOut && hits(Each->Done, B) && takesMeanwhile(*Who, *Each, Of, In)) {
      GoesBy = Who;
      Goes = Each;
    }
    if (!MovesBy && Ended == Ends::Certainly && Who->How != Begins::FromOutside) {
      MovesBy = Who;
      Moves = Each;
    }
  }
  if (MovesBy && Come && Go) {
    Of.Concurrent = MovesBy;
    Of.Changed = &Moves->Where;
  } else if (GoesBy) {
    Of.Concurrent = GoesBy;
    Of.Changed = &Goes->Where;
  } else if (Own) {
    Of.Changed = &Own->Where;
    Of.ChangedByItself = true;
    Of.Certain = true;
  }
  if (Of.Concurrent) {
    Of.ChangedByItself = false;
    Of.Certain = true;
  }
  // One way alone leads here and to all changes: one actor for each object.
  llvm::ArrayRef<Begins> Ways = U.get<Concurrency>().waysTo(In);
  return Of.Changed && !OthersMay && Ways.size() == 1 && Ways[0].How == Begins::Started &&
                 !Ways[0].Often
             ? ItselfAlone
             : Others;
}

/// Who is started or called back comes when it likes, and so does who calls a plain function of
/// the owner. A coroutine of the owner is awaited by somebody, who may be the one that waits for
/// this one as well: it has to wait for the element itself, which leaves when it likes.
bool Meanwhile::takesMeanwhile(const Begins &Who, const ContainerChange &Each,
                               const StaleBorrow &Of, const FunctionDecl &In) {
  // A local of a coroutine that leaves when it ends: there is one for each that has come.
  if (Who.How != Begins::FromOutside || isa<CXXDestructorDecl>(Each.Where.In))
    return true;
  if (isOfOneInterface(*Who.Which, In))
    return false;
  const TaskKind Gives = U.get<TaskTypes>().of(Who.Which->getReturnType()).Kind;
  if (isCoroutine(*Who.Which) || Gives != TaskKind::None)
    return llvm::any_of(Of.Suspensions, [&](const Expr *At) { return waitsForElement(*At); });
  return Each.Done == Change::Erases && isa<CXXMethodDecl>(Who.Which);
}

/// `each.send(x)`, `it->second->stop()`, and of what is taken from these.
bool Meanwhile::isOfElement(const Expr &Object, unsigned Depth) const {
  bool Found = false;
  walkEvaluated(&Object, [&](const Stmt &S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    if (!Ref)
      return !Found;
    const ValueDecl *Named = Ref->getDecl();
    if (const auto *Binding = dyn_cast<BindingDecl>(Named))
      Found |= Elements.contains(Binding->getDecomposedDecl());
    Found |= Elements.contains(Named);
    const auto *V = dyn_cast<VarDecl>(Named);
    if (!Found && V && V->isLocalVarDecl() && V->getInit() && Depth != 0)
      Found = isOfElement(*V->getInit(), Depth - 1);
    return !Found;
  });
  return Found;
}

bool Meanwhile::waitsForElement(const Expr &Suspension) {
  return llvm::any_of(callsAwaitedBy(Suspension), [&](const Expr *Each) {
    const auto *Called = dyn_cast<CXXMemberCallExpr>(Each);
    return Called && isOfElement(*Called->getImplicitObjectArgument());
  });
}

/// `auto &first = queue.front(); co_await …; queue.pop_front();`, of which several can run.
bool Meanwhile::isAnotherRun(const ContainerChange &Each, const StaleBorrow &Of, const Borrow &B,
                             const FunctionDecl &In) {
  const SourceManager &SM = U.context().getSourceManager();
  const bool IsThat = (Each.Done == Change::PopsFront && B.Which == Borrow::First) ||
                      (Each.Done == Change::PopsBack && B.Which == Borrow::Last);
  if (!IsThat || &In != &F || Each.Where.In != &F ||
      SM.isBeforeInTranslationUnit(Each.Where.At, Of.Suspensions.front()->getExprLoc()))
    return false;
  // One that goes on until there is no more is one, as a rule.
  auto Holds = [&](SourceRange Loop) {
    return SM.isBeforeInTranslationUnit(Loop.getBegin(), Of.Taken) &&
           SM.isBeforeInTranslationUnit(Of.Taken, Loop.getEnd());
  };
  if (llvm::any_of(Loops, Holds) || hasFlag())
    return false;
  return llvm::none_of(U.get<Concurrency>().callsOf(F),
                       [](const InnerCall *Call) { return Call->Awaited; });
}

/// `busy = true;`: a second run sees it, and does not begin.
bool Meanwhile::hasFlag() {
  if (!Flagged) {
    Flagged = false;
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      const auto *Assign = dyn_cast<BinaryOperator>(&S);
      *Flagged |= Assign && Assign->getOpcode() == BO_Assign &&
                  isa<CXXBoolLiteralExpr>(Assign->getRHS()->IgnoreParenImpCasts());
      return !*Flagged;
    });
  }
  return *Flagged;
}

} // namespace corolint::model
