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
#include "Flow.h"
#include "Knowledge.h"
#include "Shared.h"
#include "Stale.h"
#include "TaskType.h"
#include "Unit.h"
#include "Uses.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What is borrowed by an expression: from which container, and how.
struct Borrow {
  const Expr *From = nullptr; ///< the container
  Keeps Kept = Keeps::Nothing;
  BorrowKind Kind = BorrowKind::Iterator;
};

std::optional<Borrow> as(BorrowKind Kind, std::optional<Borrow> Any) {
  if (Any)
    Any->Kind = Kind;
  return Any;
}

std::optional<Borrow> from(const Expr &Container, BorrowKind Kind, Unit &U) {
  const CXXRecordDecl *C = classOfObject(Container);
  Keeps Kept = C ? keeps(*C, U) : Keeps::Nothing;
  if (Kept == Keeps::Nothing || !isShared(Container))
    return std::nullopt;
  return Borrow{Container.IgnoreParenImpCasts(), Kept, Kind};
}

/// `std::begin(c)`, `std::data(c)`, and what says so by [[clang::lifetimebound]]: the argument that
/// the result refers to, or null.
const Expr *boundArgument(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (!Callee || isa<CXXMethodDecl>(Callee) || Called.getNumArgs() == 0)
    return nullptr;
  if (lifetimes::shouldTrackFirstArgument(Callee) || Callee->getBuiltinID() == Builtin::BIas_const)
    return Called.getArg(0);
  const FunctionDecl *Merged = lifetimes::getDeclWithMergedLifetimeBoundAttrs(Callee);
  for (unsigned I = 0, E = std::min(Called.getNumArgs(), Merged->getNumParams()); I != E; ++I)
    if (Merged->getParamDecl(I)->hasAttr<LifetimeBoundAttr>())
      return Called.getArg(I);
  return nullptr;
}

/// One of its iterators, by the names that every container gives their types.
bool isIteratorOf(QualType T, const CXXRecordDecl &Container) {
  const ASTContext &Context = Container.getASTContext();
  for (const char *Name : {"iterator", "const_iterator"})
    for (const NamedDecl *Each : Container.lookup(&Context.Idents.get(Name)))
      if (const auto *Typedef = dyn_cast<TypedefNameDecl>(Each);
          Typedef && Context.hasSameUnqualifiedType(Typedef->getUnderlyingType(), T))
        return true;
  return false;
}

/// A range that looks at another, as `std::views::filter` makes it: it keeps nothing itself.
bool isRangeView(const CXXRecordDecl &C) {
  if (!C.hasDefinition())
    return false;
  return llvm::any_of(C.bases(), [](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    const NamespaceDecl *Library = B ? outermostNamespace(*B) : nullptr;
    return Library && Library->isStdNamespace() && B->getIdentifier() &&
           B->getName() == "view_interface";
  });
}

/// What the locals of one coroutine were taken from.
class Origins {
public:
  explicit Origins(Unit &U) : U(U) {}

  /// What a local is made of, and keeps.
  std::optional<Borrow> declare(const VarDecl &V) {
    std::optional<Borrow> B = borrowOf(V.getInit(), V.getType()->isReferenceType());
    if (!B && lifetimes::isGslPointerType(V.getType()))
      B = viewOf(V.getInit());
    if (B)
      Known[&V] = *B;
    else if (const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl(); C && isRangeView(*C))
      if (std::optional<Borrow> Range = rangeOf(V.getInit()))
        Ranges[&V] = *Range;
    return B;
  }

  /// The container that a range-based `for` goes over, by itself or through views of it.
  std::optional<Borrow> rangeOf(const Expr *E) const {
    E = bare(E);
    const CXXRecordDecl *C = classOfObject(*E);
    if (!C)
      return std::nullopt;
    if (keeps(*C, U) != Keeps::Nothing)
      return from(*E, BorrowKind::Iterator, U);
    if (lifetimes::isGslPointerType(U.context().getCanonicalTagType(C)))
      return as(BorrowKind::Iterator, viewOf(E));
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      const OverloadedOperatorKind Kind = Operator->getOperator();
      if (Kind == OO_Pipe) // `c | std::views::filter(f)`
        return rangeOf(Operator->getArg(0));
      // `std::views::reverse(c)`: a call of an object
      return Kind == OO_Call && isRangeView(*C) && Operator->getNumArgs() > 1
                 ? rangeOf(Operator->getArg(1))
                 : std::nullopt;
    }
    if (!isRangeView(*C))
      return std::nullopt;
    if (const auto *Built = dyn_cast<CXXConstructExpr>(E))
      return Built->getNumArgs() != 0 ? rangeOf(Built->getArg(0)) : std::nullopt;
    auto Found = Ranges.find(variableIn(E));
    return Found != Ranges.end() ? std::optional(Found->second) : std::nullopt;
  }

private:
  /// `c.begin()`, `c.find(k)`, `c[i]`, `c.at(i).member`, `&c.back()`, or a part of what a known
  /// borrow refers to: `it->second`.
  std::optional<Borrow> borrowOf(const Expr *E, bool ByReference) const {
    E = bare(E);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_AddrOf)
      return borrowOf(Unary->getSubExpr(), /*ByReference=*/true);
    if (const auto *Member = dyn_cast<MemberExpr>(E); Member && ByReference) {
      if (!Member->isArrow())
        return borrowOf(Member->getBase(), true);
      const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(bare(Member->getBase()));
      return Arrow && Arrow->getOperator() == OO_Arrow ? elementAt(*Arrow->getArg(0))
                                                       : std::nullopt;
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Operator->getOperator() == OO_Subscript && ByReference)
        return from(*Operator->getArg(0), BorrowKind::Reference, U);
      if (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1 && ByReference)
        return elementAt(*Operator->getArg(0));
      // `std::ranges::find(c, x)`: a call of an object
      return Operator->getOperator() == OO_Call && Operator->getNumArgs() > 1
                 ? foundIn(*Operator->getArg(1), *Operator)
                 : std::nullopt;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) { // `auto next = it;`
      auto Found = Known.find(dyn_cast<VarDecl>(Ref->getDecl()));
      return !ByReference && Found != Known.end() && !Found->first->getType()->isReferenceType()
                 ? std::optional(Found->second)
                 : std::nullopt;
    }
    if (const auto *Called = dyn_cast<CXXMemberCallExpr>(E))
      return ofMember(*Called, ByReference);
    if (const auto *Called = dyn_cast<CallExpr>(E); Called && Called->getNumArgs() != 0) {
      if (std::optional<Borrow> B = foundIn(*Called->getArg(0), *Called))
        return B;
      // `std::next(it)`, `std::find_if(c.begin(), c.end(), f)`
      if (!ByReference &&
          U.context().hasSameUnqualifiedType(Called->getType(), Called->getArg(0)->getType()) &&
          lifetimes::isGslPointerType(Called->getType()))
        return borrowOf(Called->getArg(0), false);
    }
    return std::nullopt;
  }

  std::optional<Borrow> ofMember(const CXXMemberCallExpr &Called, bool ByReference) const {
    if (!Called.getMethodDecl() || !Called.getMethodDecl()->getIdentifier())
      return std::nullopt;
    const llvm::StringRef Name = Called.getMethodDecl()->getName();
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
    if (IsIterator && !Called.getType()->isRecordType() && !Called.getType()->isPointerType())
      return std::nullopt;
    return from(*Called.getImplicitObjectArgument(),
                IsElement ? BorrowKind::Reference : BorrowKind::Iterator, U);
  }

  /// `find_if(c, f)`: an iterator of the container that is given.
  std::optional<Borrow> foundIn(const Expr &Container, const CallExpr &Called) const {
    const CXXRecordDecl *C = classOfObject(Container);
    return C && keeps(*C, U) != Keeps::Nothing && isIteratorOf(Called.getType(), *C)
               ? from(Container, BorrowKind::Iterator, U)
               : std::nullopt;
  }

  /// What an iterator refers to.
  std::optional<Borrow> elementAt(const Expr &Iterator) const {
    auto Found = Known.find(variableIn(&Iterator));
    return Found != Known.end() && Found->second.Kind == BorrowKind::Iterator
               ? as(BorrowKind::Reference, Found->second)
               : std::nullopt;
  }

  /// A view by value: made of a container, of a part of one, or of another view.
  std::optional<Borrow> viewOf(const Expr *E) const {
    E = bare(E);
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      return viewOf(Cast->getSubExpr());
    if (const auto *List = dyn_cast<InitListExpr>(E))
      return List->getNumInits() != 0 ? viewOf(List->getInit(0)) : std::nullopt;
    if (const auto *Built = dyn_cast<CXXConstructExpr>(E))
      return Built->getNumArgs() != 0 ? viewOf(Built->getArg(0)) : std::nullopt;
    if (std::optional<Borrow> B = borrowOf(E, /*ByReference=*/false))
      return as(BorrowKind::View, B);
    if (const CXXRecordDecl *C = classOfObject(*E); C && keeps(*C, U) != Keeps::Nothing)
      return as(BorrowKind::View, namedBy(*E) ? from(*E, BorrowKind::View, U) : borrowOf(E, true));
    if (const auto *Called = dyn_cast<CXXMemberCallExpr>(E)) {
      // `view.substr(1)`, or a member of the container that gives a view
      const CXXMethodDecl *Callee = Called->getMethodDecl();
      const Expr *Object = Called->getImplicitObjectArgument();
      const bool Follows = Callee && (lifetimes::isGslPointerType(Object->getType()) ||
                                      isa<CXXConversionDecl>(Callee) ||
                                      lifetimes::implicitObjectParamIsLifetimeBound(Callee) ||
                                      lifetimes::shouldTrackImplicitObjectArg(Callee));
      return Follows && lifetimes::isGslPointerType(Called->getType()) ? viewOf(Object)
                                                                       : std::nullopt;
    }
    const auto *Called = dyn_cast<CallExpr>(E);
    const Expr *Bound = Called ? boundArgument(*Called) : nullptr;
    return Bound ? viewOf(Bound) : std::nullopt;
  }

  Unit &U;
  llvm::DenseMap<const VarDecl *, Borrow> Known;
  llvm::DenseMap<const VarDecl *, Borrow> Ranges; ///< views that take their iterators later
};

/// Is it the coroutine, or a lambda in it?
bool isWithin(const DeclContext *Inner, const FunctionDecl &F) {
  for (; Inner; Inner = Inner->getParent())
    if (Inner == &F)
      return true;
  return false;
}

/// The first of those started that comes to \p Changer while \p F is suspended, or null.
const StartedBeside *whoRuns(const FunctionDecl &Changer, const FunctionDecl &F, Unit &U) {
  for (const StartedBeside &Each : U.startedBeside())
    // What waits for F itself does the change before or after, unless there are several.
    if (Each.Reaches.contains(&Changer) && (Each.Often || !Each.Reaches.contains(&F)))
      return &Each;
  return nullptr;
}

/// The change of the container in the unit that says most: one that ends the borrow for certain,
/// and is made by somebody else. What the coroutine itself does comes after the use as a rule; only
/// another run of it is a danger.
void findChange(StaleBorrow &Of, const Borrow &B, const FunctionDecl &F, Unit &U) {
  const CXXRecordDecl *C = classOfObject(*B.From);
  const bool IsReference = B.Kind != BorrowKind::Iterator;
  bool Come = false, Go = false;
  Ends Most = Ends::No;
  llvm::SmallVector<const Invalidation *, 4> Certain;
  for (const ContainerChange &Each : U.containerChanges(*Of.Container.Object)) {
    const Ends Ended = ends(Each.Done, B.Kept, C && isKeyed(*C), IsReference);
    const bool ByItself = isWithin(Each.Where.In, F);
    Come |= !ByItself && Each.Done == Change::Adds;
    Go |= !ByItself && (Each.Done == Change::Erases || Each.Done == Change::Pops);
    if (Ended == Ends::Certainly && !ByItself)
      Certain.push_back(&Each.Where);
    if (Ended == Ends::No ||
        (Of.Changed && std::pair(!ByItself, Ended) <= std::pair(!Of.ChangedByItself, Most)))
      continue;
    Of.Changed = &Each.Where;
    Of.ChangedByItself = ByItself;
    Most = Ended;
  }
  if (!Come || !Go)
    return;
  // It is asked of the whole unit: only where there is much to say for a finding.
  for (const Invalidation *Each : Certain)
    if ((Of.Beside = whoRuns(*Each->In, F, U))) {
      Of.Changed = Each;
      return;
    }
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
    std::optional<Borrow> B = Taken.declare(V);
    if (B && !IsProtected)
      follow(V, *B);
  }

  void follow(const VarDecl &V, const Borrow &B) {
    const ValueDecl *Object = namedBy(*B.From);
    if (Object)
      if (std::optional<StaleUse> Stale = staleUse(V, F, Suspensions, U))
        add(&V, B, *Object, Stale->Suspensions, Stale->Use->getLocation());
  }

  void loop(const CXXForRangeStmt &For) {
    if (IsProtected || !For.getRangeInit())
      return;
    std::optional<Borrow> B = Taken.rangeOf(For.getRangeInit());
    const ValueDecl *Object = B ? namedBy(*B->From) : nullptr;
    if (!Object)
      return;
    const Cfg *Graph = For.getInc() ? U.cfg(F) : nullptr;
    const CFGBlock *Increment = Graph ? Graph->blockOf(*For.getInc()) : nullptr;
    if (!Increment)
      return;
    const CFGBlock *Begin = For.getBeginStmt() ? Graph->blockOf(*For.getBeginStmt()) : nullptr;
    llvm::SmallVector<const Expr *, 2> Suspended;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      // Who leaves the loop after a suspension does not go on with its iterator.
      if (const auto *E = dyn_cast<Expr>(&S); E && Suspensions.contains(E))
        if (const CFGBlock *At = Graph->blockOf(*E); At && reaches(*At, *Increment, Begin))
          Suspended.push_back(E);
      return true;
    });
    add(nullptr, *B, *Object, Suspended, For.getForLoc());
  }

  /// … on a way that does not come by \p Except.
  static bool reaches(const CFGBlock &From, const CFGBlock &To, const CFGBlock *Except) {
    llvm::SmallVector<const CFGBlock *, 16> Work{&From};
    llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
    while (!Work.empty()) {
      const CFGBlock *B = Work.pop_back_val();
      if (B == &To)
        return true;
      for (const CFGBlock *Next : B->succs())
        if (Next && Next != Except && Seen.insert(Next).second)
          Work.push_back(Next);
    }
    return false;
  }

  void add(const VarDecl *V, const Borrow &B, const ValueDecl &Object,
           llvm::SmallVector<const Expr *, 2> Suspended, SourceLocation Use) {
    llvm::erase_if(Suspended, [&](const Expr *Each) { return isLocked(*Each); });
    if (Suspended.empty())
      return;
    StaleBorrow Result;
    Result.Variable = V;
    Result.Container.Object = &Object;
    Result.Kind = B.Kind;
    Result.Taken = V ? V->getLocation() : B.From->getExprLoc();
    Result.Suspensions = std::move(Suspended);
    Result.Use = Use;
    findChange(Result, B, F, U);
    // It is asked of the whole unit: only where somebody changes the container at all.
    Result.Container.OfOneFrame = Result.Changed && isOfOneFrame(*B.From);
    Found.push_back(Result);
  }

  /// A lock of threads is held there. That is bad enough, and another rule's: who wants to change
  /// something under it waits.
  bool isLocked(const Expr &Suspension) {
    return llvm::any_of(U.heldAcross(F), [&](const HeldAcross &Held) {
      return Held.What.Is == Burden::Lock && llvm::is_contained(Held.At, &Suspension);
    });
  }

  bool isOfOneFrame(const Expr &Container) {
    const auto *Member = dyn_cast<MemberExpr>(&Container);
    return Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()) &&
           isAwaitedOnLocalsOnly(F, U);
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::SmallPtrSet<const Expr *, 8> Suspensions;
  Origins Taken{U};
  bool IsProtected = false;
  std::vector<StaleBorrow> Found;
};

} // namespace

/// Nothing is done with it but to give it back.
static bool isOnlyHeld(const VarDecl &V, Unit &U) {
  const auto *F = dyn_cast<FunctionDecl>(V.getDeclContext());
  return F && llvm::all_of(mentionsOf(V, *F, U), [](const Mention &Each) {
           const CXXMethodDecl *M = Each.Member ? Each.Member->getMethodDecl() : nullptr;
           return M && M->getIdentifier() &&
                  llvm::is_contained({"unlock", "release", "reset", "return_all"}, M->getName());
         });
}

bool isAwaitedLock(const VarDecl &V, Unit &U) {
  if (U.types().of(V.getType()).AsyncLock)
    return true;
  const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl();
  if (!V.getInit() || !isa<CoawaitExpr>(bare(V.getInit())) || !C || !C->hasDefinition())
    return false;
  const std::string Name = C->getIdentifier() ? C->getName().lower() : "";
  if (llvm::StringRef(Name).ends_with("lock") || llvm::StringRef(Name).ends_with("guard"))
    return true;
  // `auto units = co_await semaphore.get_units(1);`
  return !C->hasTrivialDestructor() && !isCopyable(*C) && isOnlyHeld(V, U);
}

std::vector<StaleBorrow> staleBorrows(const FunctionDecl &F, Unit &U) {
  return Finder(F, U).run();
}

} // namespace corolint::model
