//===- Dangling.cpp - Tasks that outlive what they borrow ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Dangling.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Paths.h"
#include "model/code/Scopes.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/lifetime/Joins.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Container.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// The object of the task is in the frame of the function, and ends with it or before.
bool endsHere(const Loan &L) {
  return L.From == Loan::Temporary || L.From == Loan::Local || L.From == Loan::Parameter;
}

/// Nothing of it is ever read: a tag, a closure without captures, a function object.
bool isNeverRead(QualType T) {
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  return C && C->hasDefinition() && C->isEmpty() &&
         (C->isLambda() || isStandard(*C) ||
          llvm::all_of(C->methods(), [](const CXXMethodDecl *M) { return M->isImplicit(); }));
}

class DanglingFinder {
public:
  DanglingFinder(const FunctionDecl &F, Unit &U)
      : F(F), U(U), Flows(U.get<TaskFlows>(F)), Lent(F, U) {}

  DanglingTasks::Result run() {
    for (const TaskFlow &Flow : Flows.tasks())
      if (const auto *Called = dyn_cast<CallExpr>(Flow.Made))
        ofTask(*Called, Flow.Kind);
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
        ofCallable(*Lambda);
      else if (const auto *Built = dyn_cast<CXXConstructExpr>(&S);
               Built && !Built->getConstructor()->isCopyOrMoveConstructor() &&
               Built->getNumArgs() != 0)
        if (const TaskKind Kind = U.get<TaskTypes>().of(Built->getType()).Kind;
            Kind == TaskKind::Awaiter)
          ofTask(*Built, Kind);
      return true;
    });
    return {std::move(Borrowers), std::move(Found), std::move(LeftAlone)};
  }

private:
  void ofTask(const Expr &Made, TaskKind Kind) {
    LoanList Needed;
    for (const Loan &L : Lent.ofValue(Made))
      if (L.By == &Made)
        Needed.push_back(L);
    if (Needed.empty())
      return;
    const bool RunsOn = Kind == TaskKind::Eager || Kind == TaskKind::Detached;
    Borrower Task{&Made, std::move(Needed), endsOf(Made, F, U)};
    for (TaskEnd &End : Task.Ends) {
      if (End.How == TaskEnd::Dropped && RunsOn)
        End = {TaskEnd::Detached, End.At ? End.At : &Made, End.In};
      judge(Made, Task.Needs, End);
    }
    Borrowers.push_back(std::move(Task));
  }

  /// A lambda that makes a task is given away, uncalled.
  void ofCallable(const LambdaExpr &Lambda) {
    const FunctionDecl *Body = bodyOfLambda(Lambda);
    if (!Body || U.get<TaskTypes>().of(Body->getReturnType()).Kind == TaskKind::None)
      return;
    LoanList Needed;
    for (const Loan &L : Lent.ofValue(Lambda))
      Needed.push_back(L);
    if (Needed.empty())
      return;
    Borrower Task{&Lambda, std::move(Needed), endsOfCallable(Lambda, F, U)};
    for (const TaskEnd &End : Task.Ends)
      if (End.How == TaskEnd::Detached || End.How == TaskEnd::Scoped)
        judge(Lambda, Task.Needs, End);
    Borrowers.push_back(std::move(Task));
  }

  void judge(const Expr &Made, const LoanList &Needed, const TaskEnd &End) {
    for (const Loan &L : Needed)
      if (isNeverRead(L.At->getType()))
        continue;
      else if (std::optional<bool> Certain = dangles(Made, L, Needed, End))
        add(Made, L, End, *Certain);
      else if (U.decisions()) // somebody asks why
        LeftAlone.push_back({kindOf(L, End), &Made, L, End, {}, true});
  }

  /// One for each task, by the kind that comes first; the rest is said with it.
  void add(const Expr &Made, const Loan &L, const TaskEnd &End, bool Certain) {
    const Dangling::Kind Kind = kindOf(L, End);
    auto [At, IsNew] = FoundOf.try_emplace(&Made, Found.size());
    if (IsNew) {
      Found.push_back({Kind, &Made, L, End, {}, Certain});
      return;
    }
    Dangling *Has = &Found[At->second];
    if (Kind < Has->Is || (Certain && !Has->Certain)) {
      *Has = {Kind, &Made, L, End, {}, Certain};
      return;
    }
    auto IsSame = [&](const Loan &Each) {
      return Each.At == L.At || (Each.Variable && Each.Variable == L.Variable);
    };
    // A closure that is gone says enough.
    if (Has->Is != Dangling::OfClosure && Kind == Has->Is && !IsSame(Has->Lent) &&
        llvm::none_of(Has->Others, IsSame))
      Has->Others.push_back(L);
  }

  static Dangling::Kind kindOf(const Loan &L, const TaskEnd &End) {
    if (L.isClosure() || (L.From == Loan::Temporary && isa<LambdaExpr>(L.At)))
      return Dangling::OfClosure;
    switch (End.How) {
    case TaskEnd::Returned:
      return Dangling::OfReturned;
    case TaskEnd::Detached:
    case TaskEnd::Scoped:
    case TaskEnd::Stored:
    case TaskEnd::Contained:
      return Dangling::OfSpawned;
    default:
      return Dangling::OfParameter;
    }
  }

  /// Whether the object is gone before the task is done with, and whether that is sure.
  std::optional<bool> dangles(const Expr &Made, const Loan &L, const LoanList &Needed,
                              const TaskEnd &End) {
    if (L.From == Loan::Receiver)
      return isThisLeftBehind(Made, Needed, End) ? std::optional(false) : std::nullopt;
    if (L.For.Dead)
      return endsHere(L) && End.How != TaskEnd::Dropped ? std::optional(true) : std::nullopt;
    if (!endsHere(L) || (L.For.Callable && L.From == Loan::Parameter))
      return std::nullopt;
    if (L.Variable && ((L.Owned && isMovedFrom(*L.Variable)) || isMovedAway(*L.Variable, Made)))
      return std::nullopt; // it lives where its owner went
    if (L.Variable && End.How == TaskEnd::Scoped && isScopeItself(*L.Variable, *End.At))
      return std::nullopt; // whether it is joined is asked of it, not of its work
    if (L.For.Assumed && !L.For.Holder && L.From != Loan::Temporary)
      return std::nullopt;
    switch (End.How) {
    case TaskEnd::InPlace:
    case TaskEnd::Dropped:
    case TaskEnd::Unknown:
      return std::nullopt;
    case TaskEnd::Returned:
      return true;
    case TaskEnd::Later:
      return L.From == Loan::Temporary || isUsedAfterEnd(Made, *L.Variable, End)
                 ? std::optional(true)
                 : std::nullopt;
    case TaskEnd::Contained:
      return isLeftInContainer(L, End) ? std::optional(true) : std::nullopt;
    case TaskEnd::Stored:
    case TaskEnd::Detached:
    case TaskEnd::Scoped:
      if (L.From == Loan::Temporary)
        return true;
      if (joinOf({End.At, borrowedBy(Needed)}, L.Variable, F, U) == Joined::Always)
        return std::nullopt;
      return !isDoneAtOnce(Made, L, End);
    }
    llvm_unreachable("all ends are handled");
  }

  static bool isScopeItself(const VarDecl &V, const Expr &Started) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Started);
    return Member && variableIn(Member->getImplicitObjectArgument()) == &V;
  }

  /// Who never suspends is done when it has begun; without an executor in sight, that may be at
  /// once.
  bool isDoneAtOnce(const Expr &Made, const Loan &L, const TaskEnd &End) {
    const auto *Starts = dyn_cast<CallExpr>(End.At);
    if (End.How != TaskEnd::Detached || !Starts || isa<CXXMemberCallExpr>(Starts) ||
        Starts->getNumArgs() != 1)
      return false;
    const auto *Lambda = dyn_cast<LambdaExpr>(&Made);
    const FunctionDecl *Runs = coroutineOf(Lambda ? bodyOfLambda(*Lambda) : L.For.Of);
    return Runs && suspensionsIn(*Runs, U).empty();
  }

  /// A path leads from the making of the task by the end of \p V to the use of the local that has
  /// the task, and it is not used, set or done with before.
  bool isUsedAfterEnd(const Expr &Made, const VarDecl &V, const TaskEnd &End) {
    const Scopes &Where = U.get<Scopes>(F);
    const Stmt &Lives = *Where.scopeOf(V);
    if (End.In && Where.contains(Lives, *Where.scopeOf(*End.In)))
      return false; // what has the task ends no later
    llvm::SmallPtrSet<const Stmt *, 4> Others;
    if (End.In) {
      for (const TaskUse &Use : Flows.usesOf(*End.In))
        if (Use.At != End.At)
          Others.insert(Use.At);
      for (const Expr *Value : Flows.valuesOf(*End.In))
        if (bare(Value) != bare(&Made))
          Others.insert(Value);
    }
    return anyPath(cfgOf(F, U), Made, [&](const Stmt *S, bool &Gone) {
      if (!S || (!Gone && S == End.At) || Others.contains(S))
        return Step::Stop;
      const auto *Declares = dyn_cast<DeclStmt>(S);
      Gone |=
          Where.isOutside(Lives, *S) || (Declares && llvm::is_contained(Declares->decls(), &V) &&
                                         !Where.contains(*Declares, Made));
      return Gone && S == End.At ? Step::Found : Step::On;
    });
  }

  static llvm::SmallVector<const ValueDecl *, 4> borrowedBy(const LoanList &Needed) {
    llvm::SmallVector<const ValueDecl *, 4> Borrowed;
    for (const Loan &Each : Needed)
      if (Each.Variable)
        Borrowed.push_back(Each.Variable);
    return Borrowed;
  }

  bool isMovedFrom(const VarDecl &Owner) {
    return llvm::any_of(Flows.usesOf(Owner), [](const TaskUse &Use) {
      return Use.How != TaskUse::CalledOn && Use.How != TaskUse::Dropped;
    });
  }

  /// `task.attach(std::move(v))`: somebody else keeps what it owned.
  bool isMovedAway(const VarDecl &V, const Expr &Made) {
    if (!Moved) {
      Moved.emplace();
      walkEvaluated(writtenBody(F), [&](const Stmt &S) {
        const auto *Called = dyn_cast<CallExpr>(&S);
        if (Called && Called->isXValue() && Called->getNumArgs() == 1)
          if (const VarDecl *Source = variableIn(Called->getArg(0)))
            (*Moved)[Source].push_back(Called);
        return true;
      });
    }
    const Scopes &Where = U.get<Scopes>(F);
    auto Found = Moved->find(&V);
    return Found != Moved->end() && llvm::any_of(Found->second, [&](const Expr *Moves) {
             return Where.isAfter(Made, *Moves);
           });
  }

  using Statements = llvm::SmallPtrSet<const Stmt *, 4>;

  /// Where somebody does more with a container than fill it and ask for its size.
  const Statements &looksAt(const VarDecl &Container) {
    auto [Found, IsNew] = Looks.try_emplace(&Container);
    if (IsNew)
      for (const Mention &M : mentionsOf(Container, F, U)) {
        const llvm::StringRef Called =
            M.Member && M.Member->getMethodDecl() ? simpleName(*M.Member->getMethodDecl()) : "";
        if (changeBy(Called) != Change::Adds &&
            !llvm::is_contained({"size", "empty", "capacity", "reserve", "max_size", "has_value",
                                 "operator bool", "reset", "clear"},
                                Called))
          Found->second.insert(M.Ref);
      }
    return Found->second;
  }

  /// A path leads from the putting of the task into a container by the end of the object to where
  /// somebody looks at the container, and nobody does before.
  bool isLeftInContainer(const Loan &L, const TaskEnd &End) {
    const Scopes &Where = U.get<Scopes>(F);
    const Stmt *Lives = L.Variable ? Where.scopeOf(*L.Variable) : nullptr;
    if (isa<DecompositionDecl>(End.In))
      return !Lives; // its parts are named, not it
    if (Lives && Where.contains(*Lives, *Where.scopeOf(*End.In)))
      return false; // the container ends no later
    const Statements &Looks = looksAt(*End.In);
    const bool WasGone = !Lives;
    // Mostly it is looked at further on.
    if (WasGone && llvm::any_of(Looks, [&](const Stmt *S) { return Where.isAfter(*End.At, *S); }))
      return true;
    return anyPath(
        cfgOf(F, U), *End.At,
        [&](const Stmt *S, bool &Gone) {
          if (!S)
            return Step::Stop;
          const auto *Declares = dyn_cast<DeclStmt>(S);
          if (Lives)
            Gone |= Where.isOutside(*Lives, *S) ||
                    (Declares && llvm::is_contained(Declares->decls(), L.Variable));
          if (!Looks.contains(S) || Where.contains(*End.At, *S))
            return Step::On;
          return Gone ? Step::Found : Step::Stop;
        },
        WasGone);
  }

  /// `this` in work that runs on: nothing that the work has keeps the object alive.
  bool isThisLeftBehind(const Expr &Made, const LoanList &Needed, const TaskEnd &End) {
    if (End.How != TaskEnd::Detached && End.How != TaskEnd::Scoped)
      return false;
    const auto *Started = dyn_cast<CallExpr>(End.At);
    std::optional<Call> Site = Started ? callOf(*Started) : std::nullopt;
    if (!Site || keepsAlive(Made))
      return false;
    // A scope that is a member ends with the object.
    const ValueDecl *Owner = Site->Object ? objectIn(Site->Object) : nullptr;
    if (isa_and_nonnull<FieldDecl>(Owner))
      return false;
    return joinOf({End.At, borrowedBy(Needed)}, nullptr, F, U) == Joined::Never;
  }

  static bool isOwner(QualType T) {
    const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
    return C && C->getIdentifier() && C->getName().ends_with("ptr") &&
           !(isStandard(*C) && C->getName() == "weak_ptr");
  }

  /// Something that is a part of the work is a smart pointer: it may own the object.
  static bool keepsAlive(const Expr &Made) {
    bool Keeps = false;
    walkEvaluated(&Made, [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S); E && !E->getType().isNull())
        Keeps |= isOwner(E->getType());
      if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
        for (const LambdaCapture &C : Lambda->captures())
          Keeps |= C.capturesVariable() && isOwner(C.getCapturedVar()->getType());
      return !Keeps;
    });
    return Keeps;
  }

  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  Loans Lent;
  std::vector<Borrower> Borrowers;
  std::vector<Dangling> Found, LeftAlone;
  llvm::DenseMap<const Expr *, size_t> FoundOf; ///< by the task, its place in Found
  llvm::DenseMap<const VarDecl *, Statements> Looks;
  std::optional<llvm::DenseMap<const VarDecl *, llvm::SmallVector<const Expr *, 1>>> Moved;
};

} // namespace

DanglingTasks::Result DanglingTasks::make(const FunctionDecl &F, Unit &U) {
  return DanglingFinder(F, U).run();
}

} // namespace corolint::model
