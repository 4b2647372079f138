//===- Borrow.cpp - Iterators and references into shared containers ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Borrow.h"
#include "AwaitedLock.h"
#include "Call.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Flow.h"
#include "Knowledge.h"
#include "ObjectPath.h"
#include "Stale.h"
#include "TaskType.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

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

/// An object that the function made, and has for itself until it gives it away.
bool isOwnLocal(const ObjectPath &P) {
  if (P.From != ObjectPath::Variable || !P.Root->hasLocalStorage() ||
      P.Root->getType()->isReferenceType() || P.Root->getType()->isPointerType())
    return false;
  // Others may have what a smart pointer leads to that was given.
  const CXXRecordDecl *C = P.Root->getType()->getAsCXXRecordDecl();
  return C && C->hasDefinition() && (!isa<ParmVarDecl>(P.Root) || !isStandard(*C));
}

/// How deep callers are asked whose object it is.
constexpr unsigned MaxCallers = 4;

/// The object \p P of \p F, as F sees it, is of one frame: each call is awaited in place, and gives
/// a local of the caller, who does nothing else with it meanwhile.
bool isOfOneFrame(const FunctionDecl &F, const ObjectPath &P, Unit &U, unsigned Depth) {
  const auto *Param = dyn_cast_or_null<ParmVarDecl>(P.Root);
  if (Depth == 0 || (P.From != ObjectPath::This && !Param) || U.beside().isBegun(F))
    return false;
  const auto Calls = U.beside().callsOf(F);
  return !Calls.empty() && llvm::all_of(Calls, [&](const InnerCall *Each) {
    // A plain function ends before others run; what a lambda sees is its function's.
    if (!Each->Call || (!Each->Awaited && isCoroutine(F)))
      return false;
    const Expr *Given = nullptr;
    if (Param) {
      const unsigned Offset = isa<CXXOperatorCallExpr>(Each->Call) && isa<CXXMethodDecl>(F);
      if (Param->getFunctionScopeIndex() + Offset < Each->Call->getNumArgs())
        Given = Each->Call->getArg(Param->getFunctionScopeIndex() + Offset);
    } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Each->Call)) {
      Given = Member->getImplicitObjectArgument();
    }
    if (!Given)
      return false;
    // `worker().run()`
    if (isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(bare(Given)))
      return true;
    const ObjectPath Of = pathOf(*Given);
    return isOwnLocal(Of) || isOfOneFrame(*Each->By, Of, U, Depth - 1);
  });
}

std::string quotedName(const ValueDecl *D) {
  return D ? "'" + D->getNameAsString() + "'" : std::string("what it is taken from");
}

class BorrowFinder {
public:
  BorrowFinder(const FunctionDecl &F, Unit &U) : F(F), U(U), SM(U.context().getSourceManager()) {}

  std::vector<StaleBorrow> run() {
    Suspensions = suspending(U.suspensions(F));
    if (Suspensions.empty())
      return {};
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      look(S);
      return true;
    });
    if (Taken.empty() && Loops.empty() && Passed.empty())
      return {};
    std::vector<std::optional<StaleUse>> Uses = staleUses(Taken, F, Suspensions, U);
    for (auto [For, B] : Loops)
      loop(*For, B);
    for (auto [Each, B, Use] : llvm::zip(Taken, Borrows, Uses))
      if (!Use)
        U.leave(Each.By ? Each.By->getExprLoc() : Each.Variable->getLocation(), [&] {
          return quotedName(Each.Variable) + " is taken from " + quotedName(B.Of.named()) +
                 ", and not used after a suspension";
        });
      else if (!LoopVariables.contains(Each.Variable))
        add(*Each.Variable, Each.By ? Each.By->getExprLoc() : Each.Variable->getLocation(), B,
            *Use);
    for (const Given &Each : Passed)
      passed(Each);
    // In the order in which they are found in the source.
    llvm::sort(Found, [&](const StaleBorrow &A, const StaleBorrow &B) {
      return std::pair(A.Taken, A.Use) < std::pair(B.Taken, B.Use);
    });
    return std::move(Found);
  }

private:
  /// An element that is given to a coroutine, which may use it after a suspension of its own.
  struct Given {
    const CallExpr *To;
    const FunctionDecl *Callee;
    const ParmVarDecl *As;
    const Expr *Arg;
    Borrow B;
  };

  void look(const Stmt &S) {
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Repeated.push_back(S.getSourceRange());
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && !V->isImplicit())
          declared(*V);
    } else if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
      if (std::optional<Borrow> B =
              For->getRangeInit() ? Known.rangeOf(For->getRangeInit()) : std::nullopt) {
        Loops.push_back({For, *B});
        if (const VarDecl *V = For->getLoopVariable(); V && V->getType()->isReferenceType())
          ByReference[V] = *B;
      }
    } else if (const VarDecl *V = assignedBy(S); V && V->hasLocalStorage()) {
      const Expr *Value = assignedValue(S);
      if (std::optional<Borrow> B = Value ? Known.assign(*V, *Value) : std::nullopt)
        take({V, cast<Expr>(&S)}, *B);
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      given(*Call);
    }
  }

  void take(const Taking &Each, const Borrow &B) {
    Taken.push_back(Each);
    Borrows.push_back(B);
  }

  void declared(const VarDecl &V) {
    if (auto Each = ByReference.find(&V); Each != ByReference.end()) {
      Borrow Element = Each->second; // of a loop that is left after a suspension
      Element.Kind = BorrowKind::Reference;
      take({&V}, Element);
      return;
    }
    if (std::optional<Borrow> B = V.getInit() ? Known.declare(V) : std::nullopt)
      take({&V}, *B);
    else if (V.getType()->isLValueReferenceType() || V.getType()->isPointerType())
      U.leave(V.getLocation(),
              [&] { return quotedName(&V) + " is not known to refer into a container"; });
  }

  void given(const CallExpr &To) {
    const FunctionDecl *Callee = definitionCalledBy(To);
    if (!Callee || !isCoroutine(*Callee) || Callee == &F || U.isSystem(Callee->getLocation()))
      return;
    const unsigned Offset = isa<CXXOperatorCallExpr>(To) && isa<CXXMethodDecl>(Callee);
    for (unsigned I = Offset; I < To.getNumArgs() && I - Offset < Callee->getNumParams(); ++I) {
      const ParmVarDecl *P = Callee->getParamDecl(I - Offset);
      const QualType T = P->getType();
      if (!T->isLValueReferenceType() && !T->isPointerType())
        continue;
      std::optional<Borrow> B = Known.borrowOf(To.getArg(I), T->isReferenceType());
      if (B && B->Shared && B->Kind == BorrowKind::Reference)
        Passed.push_back({&To, Callee, P, To.getArg(I), *B});
    }
  }

  void loop(const CXXForRangeStmt &For, const Borrow &B) {
    const Cfg *Graph = For.getInc() ? U.cfg(F) : nullptr;
    const CFGBlock *Increment = Graph ? Graph->blockOf(*For.getInc()) : nullptr;
    if (!Increment)
      return;
    // Who leaves the loop after a suspension does not go on with its iterator, nor who comes by its
    // begin again.
    const CFGBlock *Begin = For.getBeginStmt() ? Graph->blockOf(*For.getBeginStmt()) : nullptr;
    llvm::SmallVector<const CFGBlock *, 16> Work{Increment};
    llvm::SmallPtrSet<const CFGBlock *, 16> GoOn{Increment};
    while (!Work.empty())
      for (const CFGBlock *Previous : Work.pop_back_val()->preds())
        if (Previous && Previous != Begin && GoOn.insert(Previous).second)
          Work.push_back(Previous);
    StaleUse Use;
    walkEvaluated(For.getBody(), [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S);
          E && Suspensions.contains(E) && Use.Suspensions.size() < MaxSpanned)
        if (const CFGBlock *At = Graph->blockOf(*E); At && GoOn.contains(At))
          Use.Suspensions.push_back(E);
      return true;
    });
    if (Use.Suspensions.empty())
      return U.leave(For.getForLoc(), [&] {
        return "the loop over " + quotedName(B.Of.named()) + " does not go on after a suspension";
      });
    const size_t Before = Found.size();
    addAt(nullptr, B.At, B, Use, For.getForLoc(), F, &For);
    if (Found.size() != Before)
      LoopVariables.insert(For.getLoopVariable());
  }

  void add(const VarDecl &V, SourceLocation At, const Borrow &B, const StaleUse &Use) {
    const auto *Binding = dyn_cast<BindingDecl>(Use.Use->getDecl());
    addAt(Binding ? static_cast<const ValueDecl *>(Binding) : &V, At, B, Use,
          Use.Use->getLocation(), F);
  }

  /// The coroutine that is given an element uses it after a suspension.
  void passed(const Given &Each) {
    const llvm::SmallPtrSet<const Expr *, 8> Inner = suspending(U.suspensions(*Each.Callee));
    std::optional<StaleUse> Use = staleUses(Taking{Each.As}, *Each.Callee, Inner, U).front();
    if (!Use)
      return;
    Borrow B = Each.B;
    auto Seen = asSeenBy(B.Of, *Each.To, *Each.Callee);
    B.Of = Seen.empty() ? ObjectPath{ObjectPath::Somewhere, nullptr, {B.Of.Members}} : Seen.front();
    if (!B.Of.named())
      return;
    addAt(Each.As, Each.Arg->getExprLoc(), B, *Use, Use->Use->getLocation(), *Each.Callee);
  }

  /// \p In is where it is used: this coroutine, or the one that it is given to.
  void addAt(const ValueDecl *V, SourceLocation At, const Borrow &B, const StaleUse &Use,
             SourceLocation UsedAt, const FunctionDecl &In, const CXXForRangeStmt *Loop = nullptr) {
    StaleBorrow Result;
    Result.Variable = V;
    Result.Container = B.Of.named();
    Result.Kind = B.Kind;
    Result.Taken = At;
    Result.Use = UsedAt;
    Elements.clear();
    if (V)
      Elements.insert(V);
    else if (Loop)
      Elements.insert(Loop->getLoopVariable());
    if (const auto *Binding = dyn_cast_or_null<BindingDecl>(V))
      Elements.insert(Binding->getDecomposedDecl());
    for (const Expr *Each : Use.Suspensions)
      if (!isLockedByThreads(*Each, In))
        Result.Suspensions.push_back(Each);
    // Where it is used, and where it is taken: both may be asked about.
    auto Leave = [&](const std::string &Why) {
      for (SourceLocation Place : {At, UsedAt})
        U.leave(Place, [&] { return quotedName(B.Of.named()) + " " + Why; });
    };
    if (Result.Suspensions.empty())
      return Leave("is changed under a thread lock that is held meanwhile: a finding of "
                   "coro-lock-across-suspension");
    if (changedByAwaited(Result, B)) {
      Found.push_back(Result);
      return;
    }
    if (!B.Shared)
      return Leave("is known to this coroutine alone, and what it awaits does not change it");
    // Who is given an element uses it under the lock of who gives it.
    llvm::erase_if(Result.Suspensions, [&](const Expr *Each) {
      return locks().isHeld(At, &In == &F ? Each->getExprLoc() : At);
    });
    if (Result.Suspensions.empty())
      return Leave("cannot change meanwhile: an awaited lock is held");
    if (&In != &F && isCalledUnderLock(F, U))
      return Leave("cannot change meanwhile: every caller holds an awaited lock");
    judge(Result, B, In);
    if (IsAlone)
      return Leave("is changed by this very coroutine alone, which runs once for each object");
    if (isOfOneFrame(In, B.Of, U, MaxCallers))
      return Leave("is a local of the awaiting coroutine, and no other code has it");
    if (isCalledUnderLock(In, U))
      return Leave("cannot change meanwhile: every caller holds an awaited lock");
    Found.push_back(Result);
  }

  static Ends endsOf(Change Done, const Borrow &B) {
    return ends(Done, B.Owned ? Keeps::InNodes : B.Kept, isKeyed(*B.Class),
                B.Kind != BorrowKind::Iterator);
  }

  bool endedBy(const ContainerChange &Each, const Borrow &B) const {
    return endsOf(Each.Done, B) != Ends::No && hits(Each.Done, B);
  }

  /// What is taken out at one end is not what was taken from the other.
  static bool hits(Change Done, const Borrow &B) {
    return !((Done == Change::PopsFront && B.Which == Borrow::Last) ||
             (Done == Change::PopsBack && B.Which == Borrow::First));
  }

  /// The awaited call itself, what it calls, or a lambda that it is given changes this very
  /// container: nobody has to run beside.
  bool changedByAwaited(StaleBorrow &Of, const Borrow &B) {
    if (B.Of.From == ObjectPath::Somewhere)
      return false;
    const unsigned Kind = B.Owned * 256 + static_cast<unsigned>(B.Kept) * 32 +
                          (isKeyed(*B.Class) ? 16 : 0) + (B.Kind != BorrowKind::Iterator ? 8 : 0) +
                          B.Which;
    auto Wanted = [&](const ContainerChange &Each) { return endedBy(Each, B); };
    auto Comes = [&](const FunctionDecl &By, const ObjectPath &P, const Expr &Call) {
      const ContainerChange *Change = U.changes().by(By, P, Kind, Wanted);
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
  llvm::SmallVector<const FieldDecl *, 1> waysBack(const CallExpr &Call, const FunctionDecl &Callee,
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
  llvm::ArrayRef<const Expr *> callsAwaitedBy(const Expr &Suspension) {
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
      if (const Expr *Init = V->getInit() ? bare(V->getInit()) : nullptr;
          Init && isa<CallExpr>(Init) && definitionCalledBy(*cast<CallExpr>(Init)))
        Result.push_back(Init);
    return Result;
  }

  /// What speaks for a change meanwhile, by others than what is awaited. It is certain where
  ///
  /// - somebody is started beside this one, or called back, and comes to a change that ends what
  ///   was taken whichever element it is, and elements come and go: that goes on while the program
  ///   runs, and not only at its start;
  /// - somebody takes out single elements who comes to that while this one is suspended;
  /// - the coroutine takes its element out itself, after the suspension, and may run several times
  ///   at once: the second run has the same element.
  void judge(StaleBorrow &Of, const Borrow &B, const FunctionDecl &In) {
    IsAlone = false;
    std::vector<const ContainerChange *> All;
    for (const ContainerChange &Each : U.changes().of(*Of.Container))
      All.push_back(&Each);
    if (linksElements(*B.Class))
      if (const CXXRecordDecl *Element = elementOf(*B.Class))
        for (const ContainerChange &Each : U.changes().ofObjects(*Element))
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
      const Begins *Who = U.beside().whoComesTo(*Each->Where.In, In);
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
      Of.Beside = MovesBy;
      Of.Changed = &Moves->Where;
    } else if (GoesBy) {
      Of.Beside = GoesBy;
      Of.Changed = &Goes->Where;
    } else if (Own) {
      Of.Changed = &Own->Where;
      Of.ChangedByItself = true;
      Of.Certain = true;
    }
    if (Of.Beside) {
      Of.ChangedByItself = false;
      Of.Certain = true;
    }
    // One way alone leads here and to all changes: one actor for each object.
    llvm::ArrayRef<Begins> Ways = U.beside().waysTo(In);
    IsAlone = Of.Changed && !OthersMay && Ways.size() == 1 && Ways[0].How == Begins::Started &&
              !Ways[0].Often;
  }

  /// Who is started or called back comes when it likes, and so does who calls a plain function of
  /// the owner. A coroutine of the owner is awaited by somebody, who may be the one that waits for
  /// this one as well: it has to wait for the element itself, which leaves when it likes.
  bool takesMeanwhile(const Begins &Who, const ContainerChange &Each, const StaleBorrow &Of,
                      const FunctionDecl &In) {
    // A local of a coroutine that leaves when it ends: there is one for each that has come.
    if (Who.How != Begins::FromOutside || isa<CXXDestructorDecl>(Each.Where.In))
      return true;
    if (isOfOneInterface(*Who.Which, In))
      return false;
    const TaskKind Gives = U.types().of(Who.Which->getReturnType()).Kind;
    if (isCoroutine(*Who.Which) || Gives != TaskKind::None)
      return llvm::any_of(Of.Suspensions, [&](const Expr *At) { return waitsForElement(*At); });
    return Each.Done == Change::Erases && isa<CXXMethodDecl>(Who.Which);
  }

  /// Both are what one interface offers: who has that calls one after the other, as it asks for.
  static bool isOfOneInterface(const FunctionDecl &A, const FunctionDecl &B) {
    const auto *One = dyn_cast<CXXMethodDecl>(&A), *Other = dyn_cast<CXXMethodDecl>(&B);
    return One && Other && llvm::any_of(One->overridden_methods(), [&](const CXXMethodDecl *Mine) {
             return llvm::any_of(Other->overridden_methods(), [&](const CXXMethodDecl *Theirs) {
               return Mine->getParent()->getCanonicalDecl() ==
                      Theirs->getParent()->getCanonicalDecl();
             });
           });
  }

  /// `each.send(x)`, `it->second->stop()`, and of what is taken from these.
  bool isOfElement(const Expr &Object, unsigned Depth = 2) const {
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

  bool waitsForElement(const Expr &Suspension) {
    return llvm::any_of(callsAwaitedBy(Suspension), [&](const Expr *Each) {
      const auto *Called = dyn_cast<CXXMemberCallExpr>(Each);
      return Called && isOfElement(*Called->getImplicitObjectArgument());
    });
  }

  /// `auto &first = queue.front(); co_await …; queue.pop_front();`, of which several can run.
  bool isAnotherRun(const ContainerChange &Each, const StaleBorrow &Of, const Borrow &B,
                    const FunctionDecl &In) {
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
    if (llvm::any_of(Repeated, Holds) || hasFlag())
      return false;
    return llvm::none_of(U.beside().callsOf(F),
                         [](const InnerCall *Call) { return Call->Awaited; });
  }

  /// `busy = true;`: a second run sees it, and does not begin.
  bool hasFlag() {
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

  static const CXXRecordDecl *elementOf(const CXXRecordDecl &Container) {
    const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Container);
    if (!Special || Special->getTemplateArgs().size() == 0 ||
        Special->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return nullptr;
    return Special->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  }

  /// A lock of threads is held there. That is bad enough, and another rule's: who wants to change
  /// something under it waits.
  bool isLockedByThreads(const Expr &Suspension, const FunctionDecl &In) {
    auto [Slot, New] = LockedIn.try_emplace(&In);
    if (New)
      for (const HeldAcross &Held : U.heldAcross(In))
        if (Held.What.Is == Burden::Lock)
          Slot->second.insert(Held.At.begin(), Held.At.end());
    return Slot->second.contains(&Suspension);
  }

  const AwaitedLocks &locks() {
    if (!Locks)
      Locks.emplace(F, U);
    return *Locks;
  }

  const FunctionDecl &F;
  Unit &U;
  const SourceManager &SM;
  llvm::SmallPtrSet<const Expr *, 8> Suspensions;
  Origins Known{U};
  std::vector<Taking> Taken;
  std::vector<Borrow> Borrows; ///< of these
  std::vector<std::pair<const CXXForRangeStmt *, Borrow>> Loops;
  llvm::DenseMap<const VarDecl *, Borrow> ByReference;
  llvm::SmallPtrSet<const ValueDecl *, 4> LoopVariables; ///< of loops that are found
  llvm::SmallVector<SourceRange, 4> Repeated;
  std::vector<Given> Passed;
  llvm::DenseMap<const Expr *, llvm::SmallVector<const Expr *, 2>> AwaitedCalls;
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Expr *, 4>> LockedIn;
  std::optional<AwaitedLocks> Locks;
  bool IsAlone = false;
  std::optional<bool> Flagged;
  llvm::SmallPtrSet<const ValueDecl *, 2> Elements; ///< locals that name what is asked about
  std::vector<StaleBorrow> Found;
};

} // namespace

std::vector<StaleBorrow> staleBorrows(const FunctionDecl &F, Unit &U) {
  return BorrowFinder(F, U).run();
}

} // namespace corolint::model
