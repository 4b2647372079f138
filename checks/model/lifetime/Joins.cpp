//===- Joins.cpp - Who waits for work that was started ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Joins.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Paths.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/lifetime/MayWait.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace corolint::model {
namespace {

using Names = llvm::SmallPtrSet<const ValueDecl *, 8>;

/// Calls \p Visit with the variables and members that are named at or below \p S, and with those
/// that a closure named there has captured, until it returns false.
bool forEachName(const Stmt &S, llvm::function_ref<bool(const ValueDecl &)> Visit) {
  bool On = true;
  walkEvaluated(&S, [&](const Stmt &Part) {
    if (const auto *Member = dyn_cast<MemberExpr>(&Part); Member && On)
      On = Visit(*Member->getMemberDecl());
    const auto *Ref = dyn_cast<DeclRefExpr>(&Part);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V || !On)
      return On;
    On = Visit(*V);
    const auto *Lambda =
        V->isLocalVarDecl() && V->getInit() ? dyn_cast<LambdaExpr>(bare(V->getInit())) : nullptr;
    if (Lambda)
      for (const LambdaCapture &C : Lambda->captures())
        if (On && C.capturesVariable())
          On = Visit(*C.getCapturedVar());
    return On;
  });
  return On;
}

void addNames(const Stmt *S, Names &Into) {
  forEachName(*S, [&](const ValueDecl &D) {
    Into.insert(&D);
    return true;
  });
}

bool mentionsAny(const Stmt &S, const Names &Wanted) {
  return !forEachName(S, [&](const ValueDecl &D) { return !Wanted.contains(&D); });
}

bool waitsWhenItDies(QualType T, Unit &U) {
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  const CXXDestructorDecl *Ends = C && C->hasDefinition() ? C->getDestructor() : nullptr;
  return Ends && llvm::any_of(U.knowledge().of(*Ends), [](const Entry *Known) {
           return Known->What == Role::Blocks && Known->When.empty();
         });
}

class JoinFinder {
public:
  JoinFinder(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U)
      : Work(Work), V(V), F(F), U(U), Flows(U.get<TaskFlows>(F)), Where(U.get<Scopes>(F)),
        Scope(V ? *Where.scopeOf(*V) : *writtenBody(F)) {}

  Joined run() {
    findNames();
    if (endsBefore())
      return Joined::Always;
    walkEvaluated(&Scope, [&](const Stmt &S) {
      if (&S == Work.By)
        return false;
      if (isJoin(S)) {
        Joins.insert(&S);
        // A loop that joins is taken to be entered.
        for (const Stmt *Loop = Where.loopAround(S, Scope);
             Loop && !Where.contains(*Loop, *Work.By); Loop = nullptr)
          addHead(*Loop);
      } else if (const Expr *Asked = conditionOf(S);
                 Asked && !Where.contains(S, *Work.By) && mentionsAny(*Asked, Borrowed)) {
        addHead(S); // until the work has said so
      }
      return true;
    });
    if (!canEndUnjoined())
      return Joined::Always;
    return llvm::any_of(Joins, [&](const Stmt *S) { return Where.isAfter(*Work.By, *S); })
               ? Joined::OnSomePaths
               : Joined::Never;
  }

private:
  static const Expr *conditionOf(const Stmt &Loop) {
    if (const auto *While = dyn_cast<WhileStmt>(&Loop))
      return While->getCond();
    if (const auto *Do = dyn_cast<DoStmt>(&Loop))
      return Do->getCond();
    const auto *For = dyn_cast<ForStmt>(&Loop);
    return For ? For->getCond() : nullptr;
  }

  /// What is executed whenever the loop is come to.
  void addHead(const Stmt &Loop) {
    if (const auto *For = dyn_cast<CXXForRangeStmt>(&Loop))
      Joins.insert(For->getRangeStmt());
    else if (const Expr *Asked = conditionOf(Loop))
      for (const Expr *E : {Asked, bare(Asked), Asked->IgnoreParenImpCasts()})
        Joins.insert(E);
  }

  /// A path leads from the start to the end of the local's life, and joins nothing.
  bool canEndUnjoined() const {
    return anyPath(cfgOf(F, U), *Work.By, [&](const Stmt *S, bool &) {
      if (!S)
        return Step::Found;
      if (Joins.contains(S))
        return Step::Stop;
      const auto *Declares = dyn_cast<DeclStmt>(S);
      const bool Again = V && Declares && llvm::is_contained(Declares->decls(), V);
      return Again || (V && Where.isOutside(Scope, *S)) ? Step::Found : Step::On;
    });
  }

  /// What has to do with the work besides what it borrows: the scope or executor that has it, the
  /// local that stands for it.
  void findNames() {
    Borrowed.insert(Work.Borrows.begin(), Work.Borrows.end());
    std::optional<Call> Site;
    if (const auto *Called = dyn_cast<CallExpr>(Work.By))
      Site = callOf(*Called);
    if (Site && Site->Object)
      addNames(Site->Object, Holders);
    if (Site) {
      for (const Expr *Arg : Site->Args)
        if (const auto *Lambda = dyn_cast<LambdaExpr>(bare(Arg)))
          addOwners(*Lambda);
        else if (!makesValue(*bare(Arg)))
          addNames(Arg, Holders);
    }
    for (const TaskUse &Use : Flows.usesOf(*Work.By))
      if (Use.In)
        Holders.insert(Use.In);
    for (const ValueDecl *Each : Work.Borrows)
      Holders.erase(Each);
    // `auto closed = gate.close();`, which is awaited later.
    walkEvaluated(&Scope, [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S); Declares && Where.isAfter(*Work.By, S))
        for (const Decl *D : Declares->decls())
          if (const auto *Local = dyn_cast<VarDecl>(D);
              Local && Local->getInit() && U.get<TaskTypes>().of(Local->getType()).Awaitable &&
              (mentionsAny(*Local->getInit(), Borrowed) || mentionsAny(*Local->getInit(), Holders)))
            Holders.insert(Local);
      return true;
    });
  }

  /// What a closure was given to keep: the hold of a gate, the share of a channel.
  void addOwners(const LambdaExpr &Lambda) {
    // What is said when the work is done: a latch, a flag.
    for (const LambdaCapture &C : Lambda.captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        Borrowed.insert(C.getCapturedVar());
    for (const Expr *Init : Lambda.capture_inits())
      if (Init && Init->getType()->isRecordType())
        addNames(Init, Holders);
  }

  /// What keeps the work is a local that dies before.
  bool endsBefore() const {
    for (const ValueDecl *Each : Holders)
      if (const auto *Holder = dyn_cast<VarDecl>(Each);
          Holder && Holder->isLocalVarDecl() && !Holder->getType()->isReferenceType() &&
          Holder->getType()->isRecordType() && isOwner(Holder->getType()) &&
          isDeclaredAfter(*Holder))
        return true;
    return false;
  }

  /// It has the work itself: a handle of it can be copied.
  bool isOwner(QualType T) const {
    if (waitsWhenItDies(T, U))
      return true;
    // A handle lets go.
    if (const TaskType &Of = U.get<TaskTypes>().of(T); Of.Awaitable)
      return Of.Kind == TaskKind::Lazy || Of.Cancels;
    const CXXRecordDecl *C = T->getAsCXXRecordDecl();
    if (!C || !C->hasDefinition() || C->hasTrivialDestructor() || isDescribed(*C->getDestructor()))
      return false;
    const bool IsCopied =
        C->needsImplicitCopyConstructor() && !C->defaultedCopyConstructorIsDeleted();
    return !IsCopied && llvm::none_of(C->ctors(), [](const CXXConstructorDecl *Each) {
      return Each->isCopyConstructor() && !Each->isDeleted();
    });
  }

  /// Its end is known to wait under a condition, as that of a future is: else it does not.
  bool isDescribed(const CXXDestructorDecl &Ends) const {
    return llvm::any_of(U.knowledge().of(Ends),
                        [](const Entry *Known) { return Known->What == Role::Blocks; });
  }

  bool isDeclaredAfter(const VarDecl &Holder) const {
    const Stmt &Of = *Where.scopeOf(Holder);
    if (&Of == &Scope)
      return !V || isa<ParmVarDecl>(V) || V->getLocation() < Holder.getLocation();
    return Where.contains(Scope, Of);
  }

  bool isJoin(const Stmt &S) const {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
      return !isHop(*writtenOperand(Await)) && (mentionsAny(*writtenOperand(Await), Holders) ||
                                                mentionsAny(*writtenOperand(Await), Borrowed));
    if (const auto *Declares = dyn_cast<DeclStmt>(&S))
      return llvm::any_of(Declares->decls(), [&](const Decl *D) {
        const auto *Local = dyn_cast<VarDecl>(D);
        return Local && Local != V && waitsWhenItDies(Local->getType(), U);
      });
    const auto *Written = dyn_cast<CallExpr>(&S);
    std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
    if (!Site)
      return false;
    if (isKnownToWait(*Site->Callee, Site->objectClass(), U))
      return true;
    const bool IsStart = llvm::any_of(Site->Args, [](const Expr *Arg) {
      return isa<LambdaExpr>(bare(Arg)) || makesValue(*bare(Arg));
    });
    if (IsStart || U.isSystem(Site->Callee->getLocation()))
      return !IsStart && Site->Object && mentionsAny(*Site->Object, Holders) && !isConst(*Site);
    // Who cannot await waits by calling something.
    const bool IsOfLibrary = !U.knowledge().libraryOf(*Site->Callee).empty();
    if (!isCoroutine(F) && mayWait(*Site->Callee, U))
      return !IsOfLibrary || mentionsAny(*Written, Holders) || mentionsAny(*Written, Borrowed);
    return mentionsAny(*Written, Holders) && !isConst(*Site);
  }

  /// It only goes to another thread: `co_await pool.schedule()`.
  bool isHop(const Expr &Operand) const {
    const auto *Written = dyn_cast<CallExpr>(bare(&Operand));
    std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
    return Site && llvm::any_of(U.knowledge().of(*Site->Callee, Site->objectClass()),
                                [](const Entry *Known) {
                                  return Known->What == Role::HopsToWorker ||
                                         Known->What == Role::HopsToLoop ||
                                         Known->What == Role::HopsToUnknown;
                                });
  }

  static bool isConst(const Call &Site) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    return Method && Method->isConst();
  }

  const StartedWork &Work;
  const VarDecl *V;
  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  const Scopes &Where;
  const Stmt &Scope;
  Names Borrowed, Holders;
  llvm::SmallPtrSet<const Stmt *, 4> Joins;
};

} // namespace

Joined joinOf(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U) {
  return JoinFinder(Work, V, F, U).run();
}

} // namespace corolint::model
