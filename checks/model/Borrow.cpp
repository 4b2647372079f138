//===- Borrow.cpp - Iterators and references into shared containers ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Borrow.h"
#include "Call.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "Shared.h"
#include "Stale.h"
#include "TaskType.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How a container keeps its elements.
enum class Keeps {
  Nothing,
  InABlock, ///< growing moves them: vector
  InBlocks, ///< growing invalidates iterators, and moves nothing: deque
  InTable,  ///< likewise, by rehashing: unordered_map
  InNodes,  ///< only erasing an element ends what refers to it: map, list
};

Keeps keeps(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *Known : U.knowledge().of(C))
    switch (Known->Is) {
    case TypeRole::BlockContainer:
      return Keeps::InABlock;
    case TypeRole::BlocksContainer:
      return Keeps::InBlocks;
    case TypeRole::TableContainer:
      return Keeps::InTable;
    case TypeRole::NodeContainer:
      return Keeps::InNodes;
    default:
      break;
    }
  return Keeps::Nothing;
}

enum class Change { None, Adds, Removes };

Change changeBy(llvm::StringRef Method) {
  return llvm::StringSwitch<Change>(Method)
      .Cases({"push_back", "emplace_back", "push_front", "emplace_front", "insert", "emplace"},
             Change::Adds)
      .Cases({"emplace_hint", "resize", "reserve", "append", "try_emplace", "insert_or_assign"},
             Change::Adds)
      .Cases({"insert_range", "append_range", "rehash", "prepend"}, Change::Adds)
      .Cases({"erase", "clear", "pop_back", "pop_front", "extract", "assign"}, Change::Removes)
      .Cases({"swap", "shrink_to_fit", "remove", "remove_if", "removeAll", "takeFirst"},
             Change::Removes)
      .Default(Change::None);
}

bool invalidates(Change Done, Keeps K, bool IsReference) {
  switch (Done) {
  case Change::None:
    return false;
  case Change::Removes:
    return true;
  case Change::Adds:
    return K == Keeps::InABlock || (!IsReference && K != Keeps::InNodes);
  }
  llvm_unreachable("all changes are named");
}

/// What is borrowed by an expression: from which container, and how.
struct Borrow {
  const Expr *From = nullptr; ///< the container
  Keeps Kept = Keeps::Nothing;
  bool IsReference = false;
};

const CXXRecordDecl *classOfObject(const Expr &E) {
  return E.IgnoreParenImpCasts()->getType().getNonReferenceType()->getAsCXXRecordDecl();
}

std::optional<Borrow> from(const Expr &Container, bool IsReference, Unit &U) {
  const CXXRecordDecl *C = classOfObject(Container);
  Keeps Kept = C ? keeps(*C, U) : Keeps::Nothing;
  if (Kept == Keeps::Nothing || !isShared(Container))
    return std::nullopt;
  return Borrow{Container.IgnoreParenImpCasts(), Kept, IsReference};
}

/// `c.begin()`, `c.find(k)`, `c[i]`, `c.at(i).member`, `&c.back()`, or a part of what a known
/// borrow refers to: `it->second`.
std::optional<Borrow> borrowOf(const Expr *E, bool ByReference,
                               const llvm::DenseMap<const VarDecl *, Borrow> &Known, Unit &U) {
  E = bare(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_AddrOf)
    return borrowOf(Unary->getSubExpr(), /*ByReference=*/true, Known, U);
  if (const auto *Member = dyn_cast<MemberExpr>(E); Member && ByReference) {
    if (!Member->isArrow())
      return borrowOf(Member->getBase(), true, Known, U);
    const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(bare(Member->getBase()));
    const VarDecl *It =
        Arrow && Arrow->getOperator() == OO_Arrow ? variableIn(Arrow->getArg(0)) : nullptr;
    if (auto Found = Known.find(It); Found != Known.end() && !Found->second.IsReference) {
      Borrow Result = Found->second;
      Result.IsReference = true;
      return Result;
    }
    return std::nullopt;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Operator->getOperator() == OO_Subscript && ByReference)
      return from(*Operator->getArg(0), true, U);
    if (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1 && ByReference)
      if (auto Found = Known.find(variableIn(Operator->getArg(0)));
          Found != Known.end() && !Found->second.IsReference) {
        Borrow Result = Found->second;
        Result.IsReference = true;
        return Result;
      }
    return std::nullopt;
  }
  const auto *Called = dyn_cast<CXXMemberCallExpr>(E);
  if (!Called || !Called->getMethodDecl() || !Called->getMethodDecl()->getIdentifier())
    return std::nullopt;
  const llvm::StringRef Name = Called->getMethodDecl()->getName();
  const bool IsIterator = llvm::StringSwitch<bool>(Name)
                              .Cases({"begin", "end", "cbegin", "cend", "rbegin", "rend"}, true)
                              .Cases({"find", "lower_bound", "upper_bound"}, true)
                              .Default(false);
  const bool IsElement = llvm::StringSwitch<bool>(Name)
                             .Cases({"at", "front", "back", "emplace_back"}, ByReference)
                             .Case("data", true)
                             .Default(false);
  if (!IsIterator && !IsElement)
    return std::nullopt;
  // A string's find gives a position.
  if (IsIterator && !Called->getType()->isRecordType() && !Called->getType()->isPointerType())
    return std::nullopt;
  return from(*Called->getImplicitObjectArgument(), IsElement, U);
}

const ValueDecl *namedBy(const Expr &Container) {
  const Expr *E = Container.IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl();
  return nullptr;
}

/// The first change of the container in the unit that invalidates what is borrowed.
const Invalidation *findChange(const ValueDecl &Object, Keeps K, bool IsReference, Unit &U) {
  for (const ContainerChange &Each : U.containerChanges(Object))
    if (invalidates(Each.Removes ? Change::Removes : Change::Adds, K, IsReference))
      return &Each.Where;
  return nullptr;
}

/// `co_await local.f();` is all that this unit does with the coroutine \p F: whoever has the object
/// does nothing else with it until \p F has ended.
bool isAwaitedOnLocalsOnly(const FunctionDecl &F, Unit &U) {
  bool IsCalled = false, IsElsewhere = false;
  for (const FunctionDecl *Caller : U.functions()) {
    llvm::SmallPtrSet<const Expr *, 8> Awaited;
    for (const SuspensionPoint &Point : U.suspensions(*Caller))
      Awaited.insert(bare(Point.Awaited));
    walkEvaluated(writtenBody(*Caller), [&](const Stmt &S) {
      const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
      if (!Called) {
        const auto *Ref = dyn_cast<DeclRefExpr>(&S);
        IsElsewhere |= Ref && Ref->getDecl()->getCanonicalDecl() == F.getCanonicalDecl(); // `&C::f`
        return true;
      }
      const CXXMethodDecl *Callee = Called->getMethodDecl();
      if (!Callee || Callee->getCanonicalDecl() != F.getCanonicalDecl())
        return true;
      const VarDecl *Object = variableIn(Called->getImplicitObjectArgument());
      IsCalled = true;
      IsElsewhere |= !Awaited.contains(Called) || !Object || !Object->hasLocalStorage() ||
                     !Object->getType()->isRecordType() || Object->getDeclContext() != Caller;
      return true;
    });
  }
  return IsCalled && !IsElsewhere;
}

class Finder {
public:
  Finder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<StaleBorrow> run() {
    Suspensions = suspending(U.suspensions(F));
    if (Suspensions.empty())
      return {};
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && !V->isImplicit())
            declare(*V);
      } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
        loop(*For);
      }
      return true;
    });
    return std::move(Found);
  }

private:
  /// A lock that is awaited, taken before: it protects what is looked at under it.
  void declare(const VarDecl &V) {
    IsProtected |= isAwaitedLock(V, U);
    if (!V.getInit())
      return;
    const bool ByReference = V.getType()->isReferenceType();
    std::optional<Borrow> B = borrowOf(V.getInit(), ByReference, Known, U);
    if (!B)
      return;
    Known[&V] = *B;
    if (!IsProtected)
      follow(V, *B);
  }

  void follow(const VarDecl &V, const Borrow &B) {
    const ValueDecl *Object = namedBy(*B.From);
    if (Object)
      if (std::optional<StaleUse> Stale = staleUse(V, F, Suspensions, U))
        add(&V, B, *Object, Stale->Suspension, Stale->Use->getLocation());
  }

  void loop(const CXXForRangeStmt &For) {
    if (IsProtected || !For.getRangeInit())
      return;
    std::optional<Borrow> B = from(*For.getRangeInit(), /*IsReference=*/false, U);
    const ValueDecl *Object = B ? namedBy(*B->From) : nullptr;
    if (!Object)
      return;
    const Expr *Suspended = nullptr;
    bool GoesOn = false;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S); E && Suspensions.contains(E) && !Suspended)
        Suspended = E;
      return true;
    });
    // Who leaves the loop after a suspension does not go on with its iterator.
    if (const Cfg *Graph = Suspended ? U.cfg(F) : nullptr)
      if (const CFGBlock *At = Graph->blockOf(*Suspended))
        if (const CFGBlock *Increment = For.getInc() ? Graph->blockOf(*For.getInc()) : nullptr)
          GoesOn = reaches(*At, *Increment);
    if (GoesOn)
      add(nullptr, *B, *Object, Suspended, For.getForLoc());
  }

  static bool reaches(const CFGBlock &From, const CFGBlock &To) {
    llvm::SmallVector<const CFGBlock *, 16> Work{&From};
    llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
    while (!Work.empty()) {
      const CFGBlock *B = Work.pop_back_val();
      if (B == &To)
        return true;
      for (const CFGBlock *Next : B->succs())
        if (Next && Seen.insert(Next).second)
          Work.push_back(Next);
    }
    return false;
  }

  void add(const VarDecl *V, const Borrow &B, const ValueDecl &Object, const Expr *Suspended,
           SourceLocation Use) {
    StaleBorrow Result;
    Result.Variable = V;
    Result.Container = {&Object, false, B.Kept != Keeps::InNodes};
    Result.IsReference = B.IsReference;
    Result.Taken = V ? V->getLocation() : B.From->getExprLoc();
    Result.Suspension = Suspended;
    Result.Use = Use;
    Result.Changed = findChange(Object, B.Kept, B.IsReference, U);
    // It is asked of the whole unit: only where somebody changes the container at all.
    Result.Container.OfOneFrame = Result.Changed && isOfOneFrame(*B.From);
    Found.push_back(Result);
  }

  bool isOfOneFrame(const Expr &Container) {
    const auto *Member = dyn_cast<MemberExpr>(&Container);
    return Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()) &&
           isAwaitedOnLocalsOnly(F, U);
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::SmallPtrSet<const Expr *, 8> Suspensions;
  llvm::DenseMap<const VarDecl *, Borrow> Known;
  bool IsProtected = false;
  std::vector<StaleBorrow> Found;
};

} // namespace

bool isAwaitedLock(const VarDecl &V, Unit &U) {
  if (U.types().of(V.getType()).AsyncLock)
    return true;
  const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
  if (!V.getInit() || !isa<CoawaitExpr>(bare(V.getInit())) || !C || !C->getIdentifier())
    return false;
  const std::string Name = C->getName().lower();
  return llvm::StringRef(Name).ends_with("lock") || llvm::StringRef(Name).ends_with("guard");
}

std::vector<StaleBorrow> staleBorrows(const FunctionDecl &F, Unit &U) {
  return Finder(F, U).run();
}

llvm::DenseMap<const ValueDecl *, std::vector<ContainerChange>> findContainerChanges(Unit &U) {
  llvm::DenseMap<const ValueDecl *, std::vector<ContainerChange>> Result;
  for (const FunctionDecl *F : U.functions()) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
      continue;
    walkEvaluated(writtenBody(*F), [&](const Stmt &S) {
      const Expr *Object = nullptr;
      Change Done = Change::None;
      if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S)) {
        const CXXMethodDecl *M = Called->getMethodDecl();
        Object = Called->getImplicitObjectArgument();
        if (M && M->getIdentifier() && !M->isConst())
          Done = changeBy(M->getName());
      } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
        Object = Operator->getArg(0);
        if (Operator->getOperator() == OO_Equal)
          Done = Change::Removes;
        else if (Operator->getOperator() == OO_PlusEqual)
          Done = Change::Adds;
        else if (const CXXRecordDecl *C =
                     Operator->getOperator() == OO_Subscript ? classOfObject(*Object) : nullptr;
                 C && keeps(*C, U) == Keeps::InTable) // it inserts what is not there
          Done = Change::Adds;
      } else if (const auto *Given = dyn_cast<CallExpr>(&S);
                 Given && Given->getDirectCallee() && Given->getNumArgs() != 0 &&
                 Given->getDirectCallee()->isInStdNamespace() &&
                 Given->getDirectCallee()->getIdentifier()) {
        if (llvm::is_contained({"erase", "erase_if", "exchange"},
                               Given->getDirectCallee()->getName())) {
          Object = Given->getArg(0);
          Done = Change::Removes;
        }
      }
      if (Done == Change::None || !Object)
        return true;
      const CXXRecordDecl *C = classOfObject(*Object);
      const ValueDecl *Named = C && keeps(*C, U) != Keeps::Nothing ? namedBy(*Object) : nullptr;
      if (Named && isShared(*Object))
        Result[Named].push_back({{S.getBeginLoc(), F}, Done == Change::Removes});
      return true;
    });
  }
  return Result;
}

} // namespace corolint::model
