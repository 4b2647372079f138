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
#include "model/code/Loops.h"
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

bool waitsWhenItDies(QualType T, Unit &U) {
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  const CXXDestructorDecl *Ends = C && C->hasDefinition() ? C->getDestructor() : nullptr;
  return Ends && llvm::any_of(U.knowledge().of(*Ends), [](const Entry *Known) {
           return Known->What == Role::Blocks && Known->When.empty();
         });
}

/// It only goes to another thread: `co_await pool.schedule()`.
bool isHop(const Expr &Operand, Unit &U) {
  const auto *Written = dyn_cast<CallExpr>(bare(&Operand));
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  return Site &&
         llvm::any_of(U.knowledge().of(*Site->Callee, Site->objectClass()), [](const Entry *Known) {
           return Known->What == Role::HopsToWorker || Known->What == Role::HopsToLoop ||
                  Known->What == Role::HopsToUnknown;
         });
}

const Expr *conditionOf(const Stmt &Loop) {
  if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    return While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(&Loop))
    return Do->getCond();
  const auto *For = dyn_cast<ForStmt>(&Loop);
  return For ? For->getCond() : nullptr;
}

/// What in a function may wait for work, whatever the work is: found in one walk, because every
/// start of work asks.
class JoinSites {
public:
  struct Site {
    const Stmt *At;
    enum Kind {
      Waits,      ///< for whatever there is
      OfAny,      ///< for what has to do with the work, or what it borrows
      OfHolder,   ///< for what has the work
      Asks,       ///< the condition of a loop: for what the work has borrowed
      MakesLocal, ///< a local that is awaited later is made of it: no join itself
    } Is;
    const Stmt *Block = nullptr;    ///< it is executed whenever this block comes to it; or null
    const VarDecl *Local = nullptr; ///< of MakesLocal
  };

  JoinSites(const FunctionDecl &F, Unit &U) : F(F), U(U) {
    walkEvaluated(
        writtenBody(F),
        [&](const Stmt &S) {
          if (isa<ReturnStmt, CoreturnStmt, BreakStmt, ContinueStmt, GotoStmt, IndirectGotoStmt>(S))
            Jumps.push_back(&S);
          Open.push_back(&S);
          see(S);
          return true;
        },
        [&](const Stmt &) { Open.pop_back(); });
  }

  llvm::ArrayRef<Site> all() const { return Sites; }
  /// Those that name it.
  llvm::ArrayRef<unsigned> naming(const ValueDecl &D) const {
    auto Found = ByName.find(&D);
    return Found == ByName.end() ? llvm::ArrayRef<unsigned>() : llvm::ArrayRef(Found->second);
  }
  /// Those that wait for whatever there is.
  llvm::ArrayRef<unsigned> waiting() const { return Always; }
  /// No `return`, `break` or the like is written between them.
  bool isStraight(const Stmt &A, const Stmt &B) const {
    const Scopes &Where = U.get<Scopes>(F);
    auto Next = llvm::partition_point(Jumps, [&](const Stmt *J) { return !Where.isAfter(A, *J); });
    return Next == Jumps.end() || !Where.isAfter(**Next, B);
  }

  /// Whether the end of \p V is reached from a block at all, answered once.
  llvm::DenseMap<std::pair<const VarDecl *, const CFGBlock *>, bool> Ends;

private:
  void see(const Stmt &S) {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S)) {
      if (!isHop(*writtenOperand(Await), U))
        add(S, Site::OfAny, *writtenOperand(Await));
    } else if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Local = dyn_cast<VarDecl>(D)) {
          if (waitsWhenItDies(Local->getType(), U))
            add(S, Site::Waits, S);
          else if (Local->getInit() && standsForWork(Local->getType()))
            add(S, Site::MakesLocal, *Local->getInit(), Local);
        }
    } else if (const auto *Written = dyn_cast<CallExpr>(&S)) {
      seeCall(*Written);
    } else if (const Expr *Asked = conditionOf(S)) {
      add(S, Site::Asks, *Asked);
    }
  }

  bool standsForWork(QualType T) const {
    const TaskType &Of = U.get<TaskTypes>().of(T);
    return Of.Awaitable || Of.Kind == TaskKind::Handle;
  }

  void seeCall(const CallExpr &Written) {
    std::optional<Call> Of = callOf(Written);
    if (!Of)
      return;
    if (isKnownToWait(*Of->Callee, Of->objectClass(), U))
      return add(Written, Site::Waits, Written);
    const bool IsStart = llvm::any_of(Of->Args, [](const Expr *Arg) {
      const auto *Inner = dyn_cast<CallExpr>(bare(Arg));
      return isa<LambdaExpr>(bare(Arg)) ||
             (makesValue(*bare(Arg)) && !(Inner && isOtherName(*Inner))); // `std::move(x)`
    });
    const auto *Method = dyn_cast<CXXMethodDecl>(Of->Callee);
    const bool IsConst = Method && Method->isConst();
    if (IsStart || U.isSystem(Of->Callee->getLocation())) {
      if (!IsStart && Of->Object && !IsConst)
        add(Written, Site::OfHolder, *Of->Object);
      return;
    }
    // Who cannot await waits by calling something.
    if (!isCoroutine(F) && mayWait(*Of->Callee, U))
      add(Written, U.knowledge().libraryOf(*Of->Callee).empty() ? Site::Waits : Site::OfAny,
          Written);
    else if (!IsConst)
      add(Written, Site::OfHolder, Written);
  }

  void add(const Stmt &At, Site::Kind Is, const Stmt &Names, const VarDecl *Local = nullptr) {
    const unsigned Number = Sites.size();
    Sites.push_back({&At, Is, blockOf(), Local});
    if (Is == Site::Waits)
      return Always.push_back(Number);
    forEachName(Names, [&](const ValueDecl &D) {
      llvm::SmallVector<unsigned, 2> &Of = ByName[&D];
      if (Of.empty() || Of.back() != Number)
        Of.push_back(Number);
      return true;
    });
  }

  /// The block that comes by what is open whenever it is gone through.
  const Stmt *blockOf() const {
    for (const Stmt *S : llvm::reverse(Open)) {
      if (isa<CompoundStmt>(S))
        return S;
      if (S != Open.back() &&
          isa<IfStmt, ForStmt, CXXForRangeStmt, WhileStmt, DoStmt, SwitchStmt, CXXTryStmt,
              CXXCatchStmt, AbstractConditionalOperator, LabelStmt, SwitchCase>(S))
        return nullptr;
      if (const auto *Binary = dyn_cast<BinaryOperator>(S); Binary && Binary->isLogicalOp())
        return nullptr;
    }
    return nullptr;
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::SmallVector<const Stmt *, 16> Open;
  std::vector<Site> Sites;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<unsigned, 2>> ByName;
  std::vector<unsigned> Always;
  std::vector<const Stmt *> Jumps; ///< in the order of the walk
};

class JoinFinder {
public:
  JoinFinder(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U)
      : Work(Work), V(V), F(F), U(U), Flows(U.get<TaskFlows>(F)), Where(U.get<Scopes>(F)),
        Sites(U.get<JoinSites>(F)), Scope(V ? *Where.scopeOf(*V) : *writtenBody(F)) {}

  Joined run() {
    findNames();
    if (endsBefore())
      return Joined::Always;
    for (unsigned Each : Sites.waiting())
      if (addJoin(Sites.all()[Each]))
        return Joined::Always;
    for (const auto *Set : {&Holders, &Borrowed, &OtherEnds})
      for (const ValueDecl *Name : *Set)
        for (unsigned Each : Sites.naming(*Name))
          if (isJoin(Sites.all()[Each], /*OfHolder=*/Set != &Borrowed) &&
              addJoin(Sites.all()[Each]))
            return Joined::Always;
    if (!canEndUnjoined())
      return Joined::Always;
    return llvm::any_of(Joins, [&](const Stmt *S) { return Where.isAfter(*Work.By, *S); })
               ? Joined::OnSomePaths
               : Joined::Never;
  }

private:
  bool isJoin(const JoinSites::Site &Each, bool OfHolder) const {
    switch (Each.Is) {
    case JoinSites::Site::Waits:
    case JoinSites::Site::OfAny:
      return true;
    case JoinSites::Site::OfHolder:
      return OfHolder;
    case JoinSites::Site::Asks: // until the work has said so
      return !OfHolder && !Where.contains(*Each.At, *Work.By);
    case JoinSites::Site::MakesLocal:
      return false;
    }
    llvm_unreachable("all kinds are handled");
  }

  /// True if it is come to whenever the work was started, and before the local ends.
  bool addJoin(const JoinSites::Site &Each) {
    const Stmt &S = *Each.At;
    if (Where.contains(*Work.By, S) || !Where.contains(Scope, S))
      return false;
    if (const auto *Declares = dyn_cast<DeclStmt>(&S);
        Declares && V && llvm::is_contained(Declares->decls(), V))
      return false; // that is the local itself
    if (Each.Is == JoinSites::Site::Asks) {
      addHead(S);
      return false;
    }
    if (Each.Block && Where.isAfter(*Work.By, S) && Where.contains(*Each.Block, *Work.By) &&
        Sites.isStraight(*Work.By, S))
      return true;
    Joins.insert(&S);
    // A loop that joins is taken to be entered: that of an assertion's macro, too, and the one
    // around.
    const Stmt *Inner = Where.loopAround(S, Scope);
    const Loop *Around = Inner ? loopAt(*Inner, F, U) : nullptr;
    while (Around && Where.contains(Scope, *Around->Written) &&
           !Where.contains(*Around->Written, *Work.By)) {
      addHead(*Around->Written);
      Around = Around->Around == Loop::None ? nullptr : &loopsIn(F, U)[Around->Around];
    }
    return false;
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
  bool canEndUnjoined() {
    const Cfg *Graph = cfgOf(F, U);
    auto Walk = [&] {
      return anyPath(Graph, *Work.By, [&](const Stmt *S, bool &) {
        if (!S)
          return Step::Found;
        if (Joins.contains(S))
          return Step::Stop;
        const auto *Declares = dyn_cast<DeclStmt>(S);
        const bool Again = V && Declares && llvm::is_contained(Declares->decls(), V);
        return Again || (V && Where.isOutside(Scope, *S)) ? Step::Found : Step::On;
      });
    };
    const CFGBlock *From = Graph && Joins.empty() ? Graph->blockOf(*Work.By) : nullptr;
    if (!From)
      return Walk();
    auto [Known, IsNew] = Sites.Ends.try_emplace({V, From}, false);
    if (IsNew)
      Known->second = Walk();
    return Known->second;
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
    if (Site)
      for (const Expr *Arg : Site->Args)
        addHolder(*bare(Arg));
    for (const ValueDecl *Each : Work.Borrows) {
      const auto *V = dyn_cast<VarDecl>(Each);
      const Expr *Init = V && V->isLocalVarDecl() ? V->getInit() : nullptr;
      if (const auto *Lambda = Init ? dyn_cast<LambdaExpr>(bare(Init)) : nullptr)
        addOtherEnds(*Lambda);
    }
    for (const TaskUse &Use : Flows.usesOf(*Work.By))
      if (Use.In)
        Holders.insert(Use.In);
    for (const ValueDecl *Each : Work.Borrows)
      Holders.erase(Each);
    // `auto closed = gate.close();`, which is awaited later.
    llvm::SmallVector<const VarDecl *, 2> Made;
    for (const auto *Set : {&Holders, &Borrowed})
      for (const ValueDecl *Name : *Set)
        for (unsigned Each : Sites.naming(*Name))
          if (const JoinSites::Site &At = Sites.all()[Each]; At.Is == JoinSites::Site::MakesLocal &&
                                                             Where.isAfter(*Work.By, *At.At) &&
                                                             Where.contains(Scope, *At.At))
            Made.push_back(At.Local);
    Holders.insert(Made.begin(), Made.end());
  }

  /// An argument that is no work: where the work runs, `context.get_executor()`, or
  /// `thread.loop()`.
  void addHolder(const Expr &Arg) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Arg);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&Arg))
      addOwners(*Lambda);
    else if (!makesValue(Arg) || Arg.isGLValue())
      addNames(&Arg, Holders);
    else if (Member && U.get<TaskTypes>().ofValue(Arg).Kind == TaskKind::None)
      addNames(Member->getImplicitObjectArgument(), Holders);
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

  /// What was made of what the closure that is called has now: `f = p.get_future()`, and then
  /// `[p = std::move(p)]`.
  void addOtherEnds(const LambdaExpr &Lambda) {
    Names Kept;
    for (auto [Capture, Init] : llvm::zip(Lambda.captures(), Lambda.capture_inits()))
      if (Init && Init->getType()->isRecordType() && Capture.getCaptureKind() != LCK_ByRef)
        addNames(Init, Kept);
    for (const ValueDecl *Name : Kept)
      for (unsigned Each : Sites.naming(*Name))
        if (Sites.all()[Each].Is == JoinSites::Site::MakesLocal)
          OtherEnds.insert(Sites.all()[Each].Local);
  }

  /// What keeps the work is a local that dies before.
  bool endsBefore() const {
    for (const ValueDecl *Each : Holders)
      if (const auto *Holder = dyn_cast<VarDecl>(Each);
          Holder && Holder->isLocalVarDecl() && !Holder->getType()->isReferenceType() &&
          isOwner(U.context().getBaseElementType(Holder->getType())) && isDeclaredAfter(*Holder))
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

  const StartedWork &Work;
  const VarDecl *V;
  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  const Scopes &Where;
  JoinSites &Sites;
  const Stmt &Scope;
  Names Borrowed, Holders, OtherEnds;
  llvm::SmallPtrSet<const Stmt *, 4> Joins;
};

} // namespace

Joined joinOf(const StartedWork &Work, const VarDecl *V, const FunctionDecl &F, Unit &U) {
  return JoinFinder(Work, V, F, U).run();
}

} // namespace corolint::model
