//===- Flow.cpp - What is alive, and in which state, at each suspension -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flow.h"
#include "../Host.h"
#include "Call.h"
#include "Cfg.h"
#include "Context.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "TaskType.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include <map>

using namespace clang;

namespace corolint::model {

namespace {

/// It is locked as long as it lives: it has no way to unlock it.
bool cannotUnlock(const CXXRecordDecl &C) {
  return llvm::none_of(C.methods(), [](const CXXMethodDecl *M) {
    std::string Name = simpleName(*M).lower();
    return llvm::StringRef(Name).contains("unlock") || Name == "release";
  });
}

/// What may be so at a place, as bits. No bit: the place is not reached.
using Bits = unsigned char;
constexpr Bits Free = 1, Held = 2, Unknown = 4;

struct Slot {
  Bits Now = 0;
  Bits Moved = 0;       ///< what it was before it was moved from
  SourceLocation Since; ///< where it became held
};
using State = llvm::SmallVector<Slot, 4>;

bool join(State &Into, const State &From) {
  bool Changed = false;
  for (auto [A, B] : llvm::zip(Into, From)) {
    Changed |= (A.Now | B.Now) != A.Now || (A.Moved | B.Moved) != A.Moved;
    A.Now |= B.Now;
    A.Moved |= B.Moved;
    if (A.Since.isInvalid())
      A.Since = B.Since;
  }
  return Changed;
}

/// An object in the expression: a variable, a member of `*this`, or a member of a variable.
struct Place {
  const ValueDecl *Base = nullptr, *Member = nullptr;
  bool operator<(const Place &Other) const {
    return std::pair(Base, Member) < std::pair(Other.Base, Other.Member);
  }
  explicit operator bool() const { return Base; }
  const ValueDecl *named() const { return Member ? Member : Base; }
};

Place placeIn(const Expr *E) {
  if (!E)
    return {};
  if (const ValueDecl *Object = objectIn(E))
    return {Object, nullptr};
  E = bare(E);
  while (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref)
      return {};
    E = bare(Unary->getSubExpr());
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    if (const ValueDecl *Base = objectIn(Member->getBase()))
      return {Base, Member->getMemberDecl()};
  return {};
}

class Flow {
public:
  Flow(const FunctionDecl &F, Unit &U) : F(F), U(U) {}
  std::vector<HeldAcross> run();

private:
  struct Object {
    HeldAcross Public;
    const VarDecl *Variable = nullptr;
  };

  /// Clang's graph has no edge to a handler: it begins with any state that its `try` went through.
  struct Try {
    const CXXTryStmt *Written;
    llvm::SmallVector<const CFGBlock *, 2> Handlers;
    llvm::SmallVector<unsigned, 2> Ends; ///< the objects that die on the way there
  };
  std::vector<Try> tries(const CFG &G) const;

  void collect();
  void add(const VarDecl &V);
  std::optional<unsigned> idOf(const Expr *E) const;

  void step(const CFGElement &E, State &S);
  void declare(const VarDecl &V, State &S);
  void call(const Call &Site, State &S);
  void callMethod(unsigned Id, const Call &Site, State &S);
  Bits initial(const Expr *Init, const Object &O, const State &S) const;
  void set(Slot &Of, Bits Now, SourceLocation At) {
    Of.Now = Now;
    Of.Since = At;
  }
  void refine(const CFGBlock &B, unsigned Successor, State &S) const;

  const FunctionDecl &F;
  Unit &U;
  std::vector<Object> Objects;
  std::map<Place, unsigned> Ids;
  mutable llvm::DenseMap<const Expr *, std::optional<unsigned>> Named; ///< see idOf
  llvm::DenseMap<const CXXBindTemporaryExpr *, unsigned> Temporaries;
  llvm::DenseMap<const VarDecl *, unsigned> Answers; ///< `bool locked = m.try_lock();`
};

void Flow::add(const VarDecl &V) {
  std::optional<Burden> What = burdenOf(V.getType(), U);
  if (!What)
    return;
  Object O;
  O.Public.What = *What;
  O.Public.Object = &V;
  O.Variable = &V;
  if (Ids.try_emplace(Place{&V, nullptr}, Objects.size()).second)
    Objects.push_back(std::move(O));
}

bool isLockCall(const Entry &E) {
  return E.What == Role::Locks || E.What == Role::TriesLock;
}

void Flow::collect() {
  for (const ParmVarDecl *P : F.parameters())
    add(*P);
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          add(*V);
    } else if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(&S)) {
      if (std::optional<Burden> What = burdenOf(Made->getType(), U);
          What && Temporaries.try_emplace(Made, Objects.size()).second) {
        Object O;
        O.Public.What = *What;
        Objects.push_back(std::move(O));
      }
    } else if (const auto *E = dyn_cast<CallExpr>(&S)) {
      std::optional<Call> Site = callOf(*E);
      if (!Site)
        return true;
      for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
        if (isLockCall(*Known))
          for (int Arg : Known->Args)
            if (Place P = placeIn(argument(*Site, Arg));
                P && Ids.try_emplace(P, Objects.size()).second) {
              Object O;
              O.Public.Object = P.named();
              O.Public.Raw = true;
              Objects.push_back(std::move(O));
            }
    }
    return true;
  });
}

std::optional<unsigned> Flow::idOf(const Expr *E) const {
  // A block is visited more than once, and what its expressions name does not change.
  auto [Slot, New] = Named.try_emplace(E);
  if (New)
    if (Place P = placeIn(E))
      if (auto Found = Ids.find(P); Found != Ids.end())
        Slot->second = Found->second;
  return Slot->second;
}

bool isNull(const Expr *E, const ASTContext &Context) {
  return !E->isValueDependent() && E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                                            Expr::NPC_ValueDependentIsNotNull);
}

/// The name of an argument's class, without what is around it: "defer_lock_t".
llvm::StringRef tagOf(const Expr *E) {
  const CXXRecordDecl *C = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return C && C->getIdentifier() ? C->getName() : llvm::StringRef();
}

/// The expression that makes an object, also where its type stands before it.
const Expr *makerIn(const Expr *E) {
  E = bare(E);
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
    E = bare(Cast->getSubExpr());
  return E;
}

/// In which state the object is that \p Init makes.
Bits Flow::initial(const Expr *Init, const Object &O, const State &S) const {
  const Burden &What = O.Public.What;
  if (!Init)
    return What.Optional ? Free : Held;
  const Expr *E = makerIn(Init);
  llvm::ArrayRef<const Expr *> Args;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E)) {
    Args = llvm::ArrayRef(Made->getArgs(), Made->getNumArgs());
    if (Made->getConstructor()->isCopyOrMoveConstructor() && !Args.empty()) {
      std::optional<unsigned> From = idOf(Args.front());
      return From ? (S[*From].Moved ? S[*From].Moved : S[*From].Now) : initial(Args[0], O, S);
    }
  } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
    Args = List->inits();
  } else if (const auto *Written = dyn_cast<CallExpr>(E)) {
    if (Written->isCallToStdMove() && Written->getNumArgs() == 1)
      if (std::optional<unsigned> From = idOf(Written->getArg(0)))
        return S[*From].Moved ? S[*From].Moved : S[*From].Now;
    const FunctionDecl *Callee = Written->getDirectCallee();
    if (Callee && llvm::StringRef(simpleName(*Callee).lower()).contains("try"))
      return Free | Held;
    return Held;
  }
  if (What.Is == Burden::Hostile && !What.Optional)
    return Held;
  if (Args.empty()) // a class of one's own may lock what it is made around
    return What.Member ? Held : Free;
  for (const Expr *Arg : Args) {
    if (isa<CXXDefaultArgExpr>(Arg))
      continue;
    llvm::StringRef Tag = tagOf(Arg);
    if (Tag == "defer_lock_t" || Tag == "defer_lock_type" || Tag == "nullopt_t" ||
        Tag == "none_t" || isNull(Arg, U.context()))
      return Free;
    if (Tag == "try_to_lock_t" || Tag == "try_to_lock_type" || Tag == "duration" ||
        Tag == "time_point")
      return Free | Held;
  }
  return Held;
}

void Flow::declare(const VarDecl &V, State &S) {
  if (V.getInit() && V.getType()->isReferenceType())
    if (std::optional<unsigned> Id = idOf(V.getInit())) {
      S[*Id].Now = Unknown; // who has another name for it may do anything with it
      return;
    }
  if (const Expr *Init = V.getInit(); Init && V.getType()->isBooleanType())
    if (const auto *Asked = dyn_cast<CXXMemberCallExpr>(bare(Init)))
      if (std::optional<unsigned> Id = idOf(Asked->getImplicitObjectArgument()))
        Answers[&V] = *Id;
  if (auto Found = Ids.find(Place{&V, nullptr}); Found != Ids.end()) {
    const Object &O = Objects[Found->second];
    if (O.Public.Raw)
      return;
    set(S[Found->second], initial(V.getInit(), O, S), V.getLocation());
  }
}

void Flow::callMethod(unsigned Id, const Call &Site, State &S) {
  const Object &O = Objects[Id];
  const auto *Method = cast<CXXMethodDecl>(Site.Callee);
  Slot &Of = S[Id];
  if (Method->isOverloadedOperator()) {
    if (Method->getOverloadedOperator() == OO_Equal && Site.Args.size() == 1) {
      set(Of, initial(Site.Args.front(), O, S), Site.At);
      Of.Moved = 0;
    }
    return;
  }
  const bool GivesNothing = llvm::all_of(Site.Args, llvm::IsaPred<CXXDefaultArgExpr>);
  const llvm::StringRef Written = simpleName(*Method);
  const std::string Lower = Written.lower();
  const llvm::StringRef Name = Lower;
  if (Name == "swap" || Written == "release")
    Of.Now = Unknown; // what it held stays locked, or goes elsewhere
  else if (Name.contains("unlock"))
    set(Of, Name.contains("unlock_and_lock") ? Unknown : Free, Site.At);
  else if (Written == "Release" || (Name == "reset" && GivesNothing))
    set(Of, Free, Site.At);
  else if (Name == "reset" || Name == "emplace")
    set(Of, Name == "reset" && isNull(Site.Args.front(), U.context()) ? Free : Held, Site.At);
  else if (Name.contains("lock") && Name.contains("try"))
    set(Of, Free | Held, Site.At);
  else if (Name == "relock" || Name == "lock" || Name.starts_with("lock_"))
    set(Of, Held, Site.At);
  else if (O.Public.What.Member && !Method->isConst())
    Of.Now = Unknown; // it may unlock its member
}

/// A condition variable locks again before it returns; everybody else may do anything.
bool leavesLocked(const FunctionDecl &Callee) {
  if (Callee.isInStdNamespace() && simpleName(Callee) != "swap")
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return Method && Method->getParent()->getIdentifier() &&
         Method->getParent()->getName().starts_with("condition_variable");
}

void Flow::call(const Call &Site, State &S) {
  llvm::SmallDenseSet<int, 4> Spoken;
  for (const Entry *Known : U.knowledge().of(*Site.Callee, Site.objectClass())) {
    const bool Unlocks = Known->What == Role::Unlocks;
    if ((!Unlocks && !isLockCall(*Known)) || !speaks(*Known, Site, F, U))
      continue;
    for (int Arg : Known->Args)
      if (std::optional<unsigned> Id = idOf(argument(Site, Arg))) {
        Spoken.insert(Arg);
        set(S[*Id], Unlocks ? Free : Known->What == Role::Locks ? Held : Free | Held, Site.At);
      }
  }
  if (Site.Object && !Spoken.contains(Condition::Object))
    if (std::optional<unsigned> Id = idOf(Site.Object);
        Id && !Objects[*Id].Public.Raw && isa<CXXMethodDecl>(Site.Callee))
      callMethod(*Id, Site, S);

  if (const auto *Written = dyn_cast_or_null<CallExpr>(Site.Written);
      Written && Written->isCallToStdMove() && Written->getNumArgs() == 1) {
    if (std::optional<unsigned> Id = idOf(Written->getArg(0))) {
      S[*Id].Moved = S[*Id].Now;
      S[*Id].Now = Free;
    }
    return;
  }
  for (auto [Index, Arg] : llvm::enumerate(Site.Args)) {
    // What a parameter is made of belongs to the function, a coroutine's frame moves it away.
    if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Arg->IgnoreParens()))
      if (auto Found = Temporaries.find(Made); Found != Temporaries.end())
        S[Found->second].Now = Unknown;
    std::optional<unsigned> Id = idOf(Arg);
    if (!Id || Spoken.contains(static_cast<int>(Index)))
      continue;
    const Object &O = Objects[*Id];
    if (O.Public.Raw) {
      // `std::lock_guard g(m, std::adopt_lock)`: the guard unlocks it, not the coroutine.
      if (isa<CXXConstructorDecl>(Site.Callee) &&
          llvm::any_of(Site.Args, [](const Expr *E) { return tagOf(E) == "adopt_lock_t"; }))
        S[*Id].Now = Free;
      continue;
    }
    QualType Taken = Index < Site.Callee->getNumParams()
                         ? Site.Callee->getParamDecl(Index)->getType()
                         : Arg->getType();
    const bool MayChange = (Taken->isLValueReferenceType() || Taken->isPointerType()) &&
                           !Taken->getPointeeType().isConstQualified();
    if (MayChange && !leavesLocked(*Site.Callee))
      S[*Id].Now = Unknown;
  }
}

void Flow::step(const CFGElement &E, State &S) {
  if (std::optional<CFGAutomaticObjDtor> End = E.getAs<CFGAutomaticObjDtor>()) {
    if (auto Found = Ids.find(Place{End->getVarDecl(), nullptr}); Found != Ids.end())
      S[Found->second].Now = Free;
    return;
  }
  if (std::optional<CFGTemporaryDtor> End = E.getAs<CFGTemporaryDtor>()) {
    if (auto Found = Temporaries.find(End->getBindTemporaryExpr()); Found != Temporaries.end())
      S[Found->second].Now = Free;
    return;
  }
  std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
  if (!Element)
    return;
  const Stmt *Evaluated = Element->getStmt();
  if (const auto *Declares = dyn_cast<DeclStmt>(Evaluated)) {
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
        declare(*V, S);
  } else if (const auto *Made = dyn_cast<CXXBindTemporaryExpr>(Evaluated)) {
    if (auto Found = Temporaries.find(Made); Found != Temporaries.end())
      set(S[Found->second], initial(Made->getSubExpr(), Objects[Found->second], S),
          Made->getBeginLoc());
  } else if (const auto *Written = dyn_cast<CallExpr>(Evaluated)) {
    if (std::optional<Call> Site = callOf(*Written))
      call(*Site, S);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Evaluated)) {
    call(callOf(*Construct), S);
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(Evaluated)) {
    for (const LambdaCapture &C : Lambda->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        if (auto Found = Ids.find(Place{C.getCapturedVar(), nullptr}); Found != Ids.end())
          S[Found->second].Now = Unknown;
  }
}

/// What a branch tells of the object that it asks: `if (m.try_lock())`, `while (!g.owns_lock())`.
void Flow::refine(const CFGBlock &B, unsigned Successor, State &S) const {
  const Stmt *Terminator = B.getTerminatorStmt();
  const auto *Asked = llvm::dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  if (!Terminator || !Asked || B.succ_size() != 2 || isa<SwitchStmt>(Terminator))
    return;
  bool IsTrue = Successor == 0;
  std::optional<unsigned> Id;
  for (const Expr *E = Asked; E;) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E)) {
      E = Full->getSubExpr();
    } else if (const auto *Not = dyn_cast<UnaryOperator>(E); Not && Not->getOpcode() == UO_LNot) {
      IsTrue = !IsTrue;
      E = Not->getSubExpr();
    } else if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E)) {
      const CXXMethodDecl *M = Method->getMethodDecl();
      if (!M)
        return;
      std::string Name = simpleName(*M).lower();
      if (isa<CXXConversionDecl>(M) || Name == "owns_lock" || Name == "islocked" ||
          Name == "has_value" || llvm::StringRef(Name).contains("try") ||
          llvm::any_of(U.knowledge().of(*M, Method->getRecordDecl()),
                       [](const Entry *Known) { return Known->What == Role::TriesLock; }))
        Id = idOf(Method->getImplicitObjectArgument());
      break;
    } else if (const auto *Written = dyn_cast<CallExpr>(E)) {
      if (std::optional<Call> Site = callOf(*Written))
        for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
          if (Known->What == Role::TriesLock && Known->Args.size() == 1)
            Id = idOf(argument(*Site, Known->Args.front()));
      break;
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (auto Found = Answers.find(V); Found != Answers.end())
        Id = Found->second;
      break;
    }
  }
  if (Id && (S[*Id].Now & Unknown) == 0)
    if (const Bits There = S[*Id].Now & (IsTrue ? Held : Free))
      S[*Id].Now = There;
}

std::vector<Flow::Try> Flow::tries(const CFG &G) const {
  std::vector<Try> Result;
  for (const CFGBlock *B : G.try_blocks()) {
    const auto *Written = llvm::dyn_cast_or_null<CXXTryStmt>(B->getTerminatorStmt());
    if (!Written)
      continue;
    Try Each{Written, {}, {}};
    for (const CFGBlock *Handler : B->succs())
      if (Handler && Handler != &G.getExit())
        Each.Handlers.push_back(Handler);
    walkEvaluated(Written->getTryBlock(), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            if (auto Found = Ids.find(Place{V, nullptr}); Found != Ids.end())
              Each.Ends.push_back(Found->second);
      return true;
    });
    for (const auto &[Made, Id] : Temporaries)
      Each.Ends.push_back(Id);
    Result.push_back(std::move(Each));
  }
  return Result;
}

std::vector<HeldAcross> Flow::run() {
  collect();
  const Cfg *Graph = Objects.empty() ? nullptr : U.cfg(F);
  if (!Graph)
    return {};
  llvm::SmallDenseMap<const Stmt *, unsigned, 16> Suspensions;
  const llvm::ArrayRef<SuspensionPoint> Points = U.suspensions(F);
  for (auto [Index, P] : llvm::enumerate(Points))
    if (!P.Ready)
      Suspensions[P.At] = Index;
  if (Suspensions.empty())
    return {};

  const CFG &G = Graph->graph();
  if (G.getNumBlockIDs() > FlowBudget / Objects.size()) {
    const SourceManager &SM = U.context().getSourceManager();
    const PresumedLoc At = SM.getPresumedLoc(SM.getExpansionLoc(F.getLocation()));
    unitStats().Unfollowed.push_back((llvm::Twine(At.isValid() ? At.getFilename() : "?") + ":" +
                                      llvm::Twine(At.isValid() ? At.getLine() : 0) + ": " +
                                      F.getQualifiedNameAsString())
                                         .str());
    return {};
  }
  std::vector<State> AtEntry(G.getNumBlockIDs(), State(Objects.size()));
  State &First = AtEntry[G.getEntry().getBlockID()];
  for (auto [O, Of] : llvm::zip(Objects, First)) {
    Of.Now = Free;
    if (O.Variable && isa<ParmVarDecl>(O.Variable))
      set(Of, Held, O.Variable->getLocation());
  }
  const std::vector<Try> Tries = tries(G);
  llvm::DenseMap<const Stmt *, llvm::SmallVector<const Try *, 1>> Throws;
  for (const Try &Each : Tries)
    walkEvaluated(Each.Written->getTryBlock(), [&](const Stmt &S) {
      Throws[&S].push_back(&Each);
      return true;
    });

  llvm::SmallVector<const CFGBlock *, 16> Work{&G.getEntry()};
  llvm::SmallPtrSet<const CFGBlock *, 32> Reached{&G.getEntry()};
  auto Lead = [&](const CFGBlock &To, const State &S) {
    if (bool New = Reached.insert(&To).second; join(AtEntry[To.getBlockID()], S) || New)
      Work.push_back(&To);
  };
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    State Here = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B) {
      std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
      auto Leaves = Element ? Throws.find(Element->getStmt()) : Throws.end();
      if (Leaves != Throws.end())
        for (const Try *Each : Leaves->second) {
          State There = Here;
          for (unsigned Id : Each->Ends)
            There[Id].Now = Free;
          for (const CFGBlock *Handler : Each->Handlers)
            Lead(*Handler, There);
        }
      step(E, Here);
    }
    unsigned Successor = 0;
    for (const CFGBlock *Next : B->succs()) {
      if (Next) {
        State There = Here;
        refine(*B, Successor, There);
        Lead(*Next, There);
      }
      ++Successor;
    }
  }

  // Each lock is one finding, wherever it is held.
  struct Found {
    llvm::SmallVector<unsigned, 2> At;
    bool Certain = true;
  };
  std::map<std::pair<unsigned, SourceLocation>, Found> Result;
  for (const CFGBlock *B : G) {
    if (!Reached.contains(B))
      continue;
    State Here = AtEntry[B->getBlockID()];
    for (const CFGElement &E : *B) {
      step(E, Here);
      std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
      auto Point = Element ? Suspensions.find(Element->getStmt()) : Suspensions.end();
      if (Point == Suspensions.end())
        continue;
      for (auto [Id, Of] : llvm::enumerate(Here)) {
        if (!(Of.Now & Held) || (Of.Now & Unknown))
          continue;
        const Burden &What = Objects[Id].Public.What;
        Found &Into = Result[{static_cast<unsigned>(Id), Of.Since}];
        Into.At.push_back(Point->second);
        // A member that can be unlocked may be, by whoever is its owner.
        Into.Certain &= Of.Now == Held &&
                        !(What.Member && What.Is == Burden::Lock && !cannotUnlock(*What.Class));
      }
    }
  }

  std::multimap<unsigned, HeldAcross> Sorted; // by the first suspension
  for (auto &[Key, Each] : Result) {
    HeldAcross Held = Objects[Key.first].Public;
    Held.Since = Key.second;
    Held.Certain = Each.Certain;
    llvm::sort(Each.At);
    for (unsigned Index : Each.At)
      Held.At.push_back(Points[Index].At);
    Sorted.emplace(Each.At.front(), std::move(Held));
  }
  std::vector<HeldAcross> Answer;
  for (auto &Each : Sorted)
    Answer.push_back(std::move(Each.second));
  return Answer;
}

} // namespace

std::vector<HeldAcross> heldAcross(const FunctionDecl &F, Unit &U) {
  return Flow(F, U).run();
}

} // namespace corolint::model
