//===- Blocking.cpp - Does a call block, and by which chain -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Blocking.h"
#include "ast/Classes.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/calls/DirectlyBlocks.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Cfg.h"
#include "model/code/Walk.h"
#include "model/run/BlockingReasons.h"
#include "model/run/Context.h"
#include "model/run/Threads.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <map>

using namespace clang;

namespace corolint::model {
namespace {

/// Waiting inside a function that was given a task, or that is a task's own, is waiting for it.
bool waitsForTask(const FunctionDecl &F, Unit &U) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&F);
      Method && !Method->isStatic() && !isa<CXXConstructorDecl, CXXDestructorDecl>(Method) &&
      U.get<TaskTypes>().of(*Method->getParent()).isTask())
    return true;
  return llvm::any_of(F.parameters(), [&](const ParmVarDecl *P) {
    const TaskType &T = U.get<TaskTypes>().of(P->getType());
    if (P->getType()->isLValueReferenceType())
      return T.isTask();
    return T.isTask() || T.Kind == TaskKind::Awaiter || T.Kind == TaskKind::Handle;
  });
}

/// The chain runs a lambda that is written neither in \p F nor in a function of the chain: somebody
/// gave it to the coroutine, and knows better where that coroutine runs (an executor's bridge).
bool runsForeignLambda(const Cause &C, const FunctionDecl &F) {
  for (const Cause::Step &Step : C.Chain) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Step.Callee);
    if (!Method || !Method->getParent()->isLambda())
      continue;
    bool Own = Method->getParent()->getDeclContext()->isFileContext();
    for (const DeclContext *D = Method->getParent()->getDeclContext(); D && !Own;
         D = D->getParent())
      Own = D == &F || llvm::any_of(C.Chain, [&](const Cause::Step &Other) {
              return Other.Callee != Step.Callee && D == Other.Callee;
            });
    if (!Own)
      return true;
  }
  return false;
}

} // namespace

struct Blocking::Graph {
  /// How a function comes to block in one category: by which of its calls, and what comes next.
  struct Reach {
    bool Certain = true;
    unsigned Distance = 1;
    unsigned Site = 0;
    const Entry *Known = nullptr; ///< the call is known to block …
    unsigned Next = 0;            ///< … or leads to this function, which does
    std::pair<Category, int> NextKey{0, Always};
  };
  /// A category, and on what of the caller it hangs: the number of one of Hangs, or Always.
  using Key = std::pair<Category, int>;
  /// The parameter must fulfil none of the entry's `unless` that are about the argument.
  struct Hang {
    const Entry *Of;
    int Argument, Parameter;
    bool operator==(const Hang &) const = default;
  };
  std::vector<Hang> Hangs;

  int hangOn(const Hang &Wanted) {
    if (Wanted.Parameter == Always)
      return Always;
    auto Found = llvm::find(Hangs, Wanted);
    if (Found == Hangs.end())
      Found = Hangs.insert(Hangs.end(), Wanted);
    return static_cast<int>(Found - Hangs.begin());
  }

  struct Edge {
    unsigned Caller, Site;
    const FunctionDecl *Callee; ///< the one of several that a dynamic call may reach
  };
  struct Node {
    const FunctionDecl *F = nullptr;
    std::vector<Call> Sites;
    std::vector<Edge> Callers;
    std::vector<llvm::SmallVector<unsigned, 2>> Targets; ///< by site
    std::vector<Direct> Known;                           ///< by site
    /// By site: how many bodies it may run, and one more if the object comes from who knows where.
    std::vector<unsigned> Ways;
    std::map<Key, Reach> Blocks;
  };

  Unit &U;
  std::vector<Node> Nodes;
  llvm::DenseMap<const FunctionDecl *, unsigned> Ids;
  /// The async contexts of the unit.
  llvm::DenseMap<const FunctionDecl *, llvm::SmallVector<AsyncBody, 2>> Bodies;

  explicit Graph(Unit &U) : U(U) {}

  std::optional<unsigned> idOf(const FunctionDecl &F) const {
    auto Found = Ids.find(definitionOf(F));
    return Found == Ids.end() ? std::nullopt : std::optional(Found->second);
  }

  static const FunctionDecl *definitionOf(const FunctionDecl &F) {
    const FunctionDecl *Definition = nullptr;
    return F.isDefined(Definition) && Definition->getBody() ? Definition : nullptr;
  }

  /// A body that the chain may go through: plain, and not the system's. Nor an awaiter's
  /// `await_resume`: also where it is called by hand, what is awaited is done by then.
  bool isInside(const FunctionDecl *Definition) const {
    return Definition && !isCoroutine(*Definition) && !U.isSystem(Definition->getLocation()) &&
           !isAwaitResume(*Definition);
  }

  bool isAwaitResume(const FunctionDecl &F) const {
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    return Method && Method->getIdentifier() && Method->getName() == "await_resume" &&
           isAwaiter(*Method->getParent(), U.context());
  }

  unsigned add(const FunctionDecl &Definition) {
    auto [Slot, New] = Ids.try_emplace(&Definition, Nodes.size());
    if (New) {
      Nodes.emplace_back();
      Nodes.back().F = &Definition;
    }
    return Slot->second;
  }

  /// The inside of a library that is described, for who is not a part of it: headers that are not
  /// the system's, as with FetchContent. What it does is what is described.
  bool isLibrarysOwn(const FunctionDecl &Definition, const FunctionDecl &From) const {
    const llvm::StringRef Library = U.knowledge().libraryOf(Definition);
    const SourceManager &SM = U.context().getSourceManager();
    return !Library.empty() && Library != U.knowledge().libraryOf(From) &&
           !SM.isInMainFile(SM.getExpansionLoc(Definition.getLocation()));
  }

  /// The bodies that a call in \p From may run and that a chain may go through.
  llvm::SmallVector<const FunctionDecl *, 2> bodiesOf(llvm::ArrayRef<const FunctionDecl *> Targets,
                                                      const FunctionDecl &From) {
    llvm::SmallVector<const FunctionDecl *, 2> Result;
    for (const FunctionDecl *Target : Targets)
      if (const FunctionDecl *Definition = definitionOf(*Target);
          isInside(Definition) && !isLibrarysOwn(*Definition, From))
        Result.push_back(Definition);
    return Result;
  }

  /// A virtual call on an object that a function has made which the unit does not define: it may be
  /// of a class that nobody sees.
  bool isFromElsewhere(const Call &Site) const {
    const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
    if (!Method || !Method->isVirtual() || !Site.Object || Method->hasAttr<FinalAttr>() ||
        Method->getParent()->isEffectivelyFinal())
      return false;
    const Expr *E = bare(Site.Object);
    for (unsigned Depth = 0; Depth != 6; ++Depth) {
      if (const VarDecl *V = variableIn(E); V && V->getInit() && !isa<ParmVarDecl>(V)) {
        E = bare(V->getInit());
      } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
                 Operator && Operator->getNumArgs() == 1) {
        E = bare(Operator->getArg(0)); // *p, p->
      } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
        E = bare(Unary->getSubExpr());
      } else if (const auto *Made = dyn_cast<CXXConstructExpr>(E);
                 Made && Made->getNumArgs() == 1) {
        E = bare(Made->getArg(0));
      } else if (const auto *Get = dyn_cast<CXXMemberCallExpr>(E);
                 Get && Get->getMethodDecl() && U.isSystem(Get->getMethodDecl()->getLocation())) {
        E = bare(Get->getImplicitObjectArgument()); // p.get()
      } else {
        break;
      }
    }
    if (const auto *Await = dyn_cast<CoawaitExpr>(E))
      E = bare(Await->getOperand());
    const auto *Maker = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Maker ? Maker->getDirectCallee() : nullptr;
    return Callee && !Callee->isDefined() && !U.isSystem(Callee->getLocation());
  }

  void explore() {
    for (const FunctionDecl *F : U.functions())
      if (llvm::SmallVector<AsyncBody, 2> Found = asyncBodies(*F, U); !Found.empty()) {
        for (const AsyncBody &B : Found)
          add(*B.Body);
        Bodies[F] = std::move(Found);
      }
    for (unsigned Id = 0; Id != Nodes.size(); ++Id) {
      const FunctionDecl &F = *Nodes[Id].F;
      std::vector<Call> Sites = callsIn(F, U);
      // A callable that a known function calls on the spot is one more call, in the same place.
      for (size_t I = 0, E = Sites.size(); I != E; ++I)
        for (auto [Callable, Arg] : Sites[I].callables(U))
          if (givesRole(Sites[I], Arg, Role::CallsInPlace, F, U)) {
            Call Implied;
            Implied.Written = Sites[I].Written;
            Implied.At = Sites[I].At;
            Implied.Callee = Callable;
            Sites.push_back(std::move(Implied));
          }
      std::vector<llvm::SmallVector<unsigned, 2>> Targets(Sites.size());
      std::vector<Direct> Known(Sites.size());
      std::vector<unsigned> Ways(Sites.size());
      for (size_t I = 0; I != Sites.size(); ++I) {
        Known[I] = direct(Sites[I], F, U);
        if (Known[I].Is != Direct::Nothing)
          continue;
        const auto All = Sites[I].targets(U);
        Ways[I] = All.size() + isFromElsewhere(Sites[I]);
        for (const FunctionDecl *Body : bodiesOf(All, F)) {
          unsigned Target = add(*Body);
          Targets[I].push_back(Target);
          Nodes[Target].Callers.push_back({Id, static_cast<unsigned>(I), Body});
        }
      }
      Node &N = Nodes[Id];
      N.Sites = std::move(Sites);
      N.Targets = std::move(Targets);
      N.Known = std::move(Known);
      N.Ways = std::move(Ways);
    }
  }

  bool isLive(const Node &N, const Call &Site) {
    const Cfg *Graph = cfgOf(*N.F, U);
    const Expr *Evaluated = Site.Around ? Site.Around : Site.Written;
    if (!Graph || !Evaluated)
      return true;
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(N.F);
        Constructor && !Graph->blockOf(*Evaluated))
      return true; // a member's initialiser
    return Graph->isLive(*Evaluated);
  }

  struct Item {
    unsigned Node;
    Key K;
  };
  std::deque<Item> Queue;

  void reach(unsigned Id, Key K, Reach R) {
    Node &N = Nodes[Id];
    // A wait inside what was given a task is a wait for the task.
    if (K.first == static_cast<Category>(Family::Thread) && waitsForTask(*N.F, U))
      K.first = LoopCategory;
    if (N.Blocks.count({K.first, Always}) || !N.Blocks.try_emplace(K, R).second)
      return;
    Queue.push_back({Id, K});
  }

  void seed(bool Certain) {
    for (unsigned Id = 0; Id != Nodes.size(); ++Id)
      for (unsigned I = 0; I != Nodes[Id].Sites.size(); ++I) {
        const Direct &D = Nodes[Id].Known[I];
        if (D.Is == Direct::Blocks && D.Certain == Certain && isLive(Nodes[Id], Nodes[Id].Sites[I]))
          reach(Id, {D.Waits, hangOn({D.Known, D.IfNot, D.IfParameter})}, {Certain, 1, I, D.Known});
      }
  }

  bool blocks(unsigned Id, Category C) const {
    auto Found = Nodes[Id].Blocks.lower_bound({C, Always});
    return Found != Nodes[Id].Blocks.end() && Found->first.first == C;
  }

  /// Spreads what is queued to the callers, nearest first.
  void spread(bool Certain) {
    for (; !Queue.empty(); Queue.pop_front()) {
      auto [Id, K] = Queue.front();
      const unsigned Distance = Nodes[Id].Blocks.at(K).Distance;
      for (const Edge &E : Nodes[Id].Callers) {
        Node &Caller = Nodes[E.Caller];
        const Call &Site = Caller.Sites[E.Site];
        bool All = llvm::all_of(Caller.Targets[E.Site],
                                [&](unsigned Target) { return blocks(Target, K.first); }) &&
                   Caller.Targets[E.Site].size() == Caller.Ways[E.Site];
        if (Certain && !All)
          continue;
        std::optional<int> Parameter = hangsOn(Site, K.second, *Caller.F);
        if (!Parameter || !isLive(Caller, Site))
          continue;
        reach(E.Caller, {K.first, *Parameter},
              {Certain && Nodes[Id].Blocks.at(K).Certain, Distance + 1, E.Site, nullptr, Id, K});
      }
    }
  }

  /// On what of the caller a call hangs that hangs on \p Hang of its own; nothing if the argument
  /// fulfils the condition (is zero, was asked whether it is ready), so that it does not block.
  std::optional<int> hangsOn(const Call &Site, int Id, const FunctionDecl &Caller) {
    if (Id == Always)
      return Always;
    Hang Next = Hangs[Id];
    const int Argument = std::exchange(Next.Parameter, Always);
    for (Condition C : Next.Of->Unless) {
      if (C.Arg != Next.Argument)
        continue;
      C.Arg = Argument;
      Holds Answer = holds(C, Site, Caller, U);
      if (Answer.Answer == Holds::Yes)
        return std::nullopt;
      if (Answer.Answer == Holds::AsParameter)
        Next.Parameter = static_cast<int>(Answer.Parameter);
    }
    return hangOn(Next);
  }

  void solve() {
    explore();
    seed(/*Certain=*/true);
    spread(/*Certain=*/true);
    // Then what hangs on a mode or an override, where nothing certain was found.
    for (unsigned Id = 0; Id != Nodes.size(); ++Id)
      for (const auto &[K, R] : Nodes[Id].Blocks)
        Queue.push_back({Id, K});
    seed(/*Certain=*/false);
    spread(/*Certain=*/false);
  }

  void follow(unsigned Id, Key K, Cause &Into) const {
    // A chain gets shorter with each step, so this ends.
    for (;;) {
      const Reach &R = Nodes[Id].Blocks.at(K);
      const Call &Site = Nodes[Id].Sites[R.Site];
      Into.Chain.push_back({Site.At, R.Known ? Site.Callee : Nodes[R.Next].F});
      if (R.Known) {
        Into.Known = R.Known;
        return;
      }
      Id = R.Next;
      K = R.NextKey;
    }
  }

  /// Says why the rule does not hear of the call: for who asks about its line.
  void explain(const Node &N, unsigned I, const Wanted &W) {
    const Call &Site = N.Sites[I];
    Wanted Any = W;
    Any.Loops = Any.Uncertain = true;
    Any.Families.assign(allFamilies().begin(), allFamilies().end());
    const std::optional<Cause> Other = causeOf(N, I, Any);
    if (Other && Other->Loop != W.Families.empty())
      return; // another rule's
    if (Other)
      return U.leave(Site.At, [&] {
        const std::string Family = nameOf(Other->Waits).str();
        return namedAs(*Site.Callee) + " blocks, but " +
               (W.ScopeEnds ? "what the family '" + Family +
                                  "' does at the end of a scope is reported "
                                  "where it is used"
                            : "the family '" + Family + "' is off: the option '" +
                                  optionNameOf(Other->Waits) + "'");
      });
    if (W.Families.empty() || (W.ScopeEnds && N.Known[I].Is == Direct::Nothing))
      return;
    U.leave(Site.At, [&] { return whyHarmless(Site, *N.F, !N.Targets[I].empty(), U); });
  }

  /// The same of a function that is no part of an async context.
  void explainOutside(const FunctionDecl &F, const Wanted &W) {
    for (const auto &[Of, Parts] : Bodies)
      if (llvm::any_of(Parts, [&](const AsyncBody &B) { return B.Body == &F; }))
        return; // it is looked at with what it is called in
    const std::optional<unsigned> Id = idOf(F);
    const std::vector<Call> &Sites = Id ? Nodes[*Id].Sites : callsIn(F, U);
    for (unsigned I = 0; I != Sites.size(); ++I) {
      const Call &Site = Sites[I];
      if ((Site.Destroyed != nullptr) != W.ScopeEnds || !U.decisions()->covers(Site.At))
        continue;
      const Direct D = direct(Site, F, U);
      if (Id ? causeOf(Nodes[*Id], I, W).has_value()
             : D.Is == Direct::Blocks && (D.Waits == LoopCategory ? W.Loops : !W.Loops))
        U.leave(Site.At, [&] { return whyNotAsync(F, U); });
      else if (W.Loops || W.ScopeEnds || D.Is == Direct::Blocks)
        continue;
      else if (Id || D.Is == Direct::Harmless)
        U.leave(Site.At,
                [&] { return whyHarmless(Site, F, Id && !Nodes[*Id].Targets[I].empty(), U); });
      else if (Site.Callee->getIdentifier()) // nobody has looked into it
        U.leave(Site.At, [&] { return whyNotAsync(F, U); });
    }
  }

  /// The strongest cause of one call of the node that the rule wants to hear of.
  std::optional<Cause> causeOf(const Node &N, unsigned I, const Wanted &W) {
    struct Candidate {
      Category C;
      bool Certain;
      unsigned Distance;
      const Entry *Known;
      unsigned Node;
      Key K;
    };
    llvm::SmallVector<Candidate, 4> Found;
    const Call &Site = N.Sites[I];
    const Direct &D = N.Known[I];
    if (D.Is == Direct::Blocks)
      Found.push_back({D.Waits, D.Certain, 1, D.Known, 0, {}});
    for (unsigned Target : N.Targets[I])
      for (const auto &[K, R] : Nodes[Target].Blocks) {
        if (!hangsOn(Site, K.second, *N.F))
          continue;
        bool All =
            llvm::all_of(N.Targets[I], [&, C = K.first](unsigned T) { return blocks(T, C); }) &&
            N.Targets[I].size() == N.Ways[I];
        Found.push_back({K.first, R.Certain && All, R.Distance + 1, nullptr, Target, K});
      }
    auto Stronger = [](const Candidate &A, const Candidate &B) {
      return std::tuple(!A.Certain, A.Distance, A.C != LoopCategory, A.C) <
             std::tuple(!B.Certain, B.Distance, B.C != LoopCategory, B.C);
    };
    llvm::sort(Found, Stronger);
    // One cause, one finding: a call that turns a loop is not also a blocking call.
    const bool TurnsLoop =
        llvm::any_of(Found, [](const Candidate &C) { return C.C == LoopCategory && C.Certain; });
    for (const Candidate &C : Found) {
      bool Wants = C.C == LoopCategory
                       ? W.Loops
                       : !TurnsLoop && llvm::is_contained(W.Families, static_cast<Family>(C.C));
      if (!Wants || (!C.Certain && !W.Uncertain))
        continue;
      Cause Result;
      Result.Loop = C.C == LoopCategory;
      Result.Waits = Result.Loop ? Family::Thread : static_cast<Family>(C.C);
      Result.Certain = C.Certain;
      Result.Site = Site;
      Result.Chain.push_back({Site.At, C.Known ? Site.Callee : Nodes[C.Node].F});
      Result.Known = C.Known;
      if (!C.Known)
        follow(C.Node, C.K, Result);
      return Result;
    }
    return std::nullopt;
  }
};

Blocking::Blocking(Unit &U) : U(U) {}
Blocking::~Blocking() = default;

Blocking::Graph &Blocking::graph() {
  if (!Calls) {
    Calls = std::make_unique<Graph>(U);
    Calls->solve();
  }
  return *Calls;
}

std::vector<Cause> Blocking::in(const FunctionDecl &F, const Wanted &W) {
  std::vector<Cause> Result;
  const auto Async = graph().Bodies.find(&F);
  if (Async == Calls->Bodies.end()) {
    if (U.decisions())
      Calls->explainOutside(F, W);
    return Result;
  }
  const llvm::ArrayRef<AsyncBody> Bodies = Async->second;
  const Hops &Threads = U.get<Hops>(F);
  // A lambda that never suspends, in a plain function, may be the one who runs the loop:
  // `sync_wait(when_all(work(), [&]() -> task<> { io.run(); co_return; }()))`.
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  const auto *Around = Method && Method->getParent()->isLambda()
                           ? dyn_cast_or_null<FunctionDecl>(Method->getParent()->getDeclContext())
                           : nullptr;
  llvm::DenseSet<const FunctionDecl *> Separate;
  for (const AsyncBody &B : Bodies)
    Separate.insert(B.Body);
  const bool MayRunTheLoop =
      Around && isCoroutine(F) && !isCoroutine(*Around) && suspensionsIn(F, U).empty();
  for (const AsyncBody &B : Bodies) {
    std::optional<unsigned> Id = Calls->idOf(*B.Body);
    if (!Id)
      continue;
    const auto &N = Calls->Nodes[*Id];
    for (unsigned I = 0; I != N.Sites.size(); ++I) {
      const Call &Site = N.Sites[I];
      if ((Site.Destroyed != nullptr) != W.ScopeEnds)
        continue;
      // A lambda that is called on the spot is a body of its own here.
      if (const FunctionDecl *Called = Graph::definitionOf(*Site.Callee);
          Called && Called != B.Body && Separate.contains(Called))
        continue;
      std::optional<Cause> Found = Calls->causeOf(N, I, W);
      if (!Found && U.decisions())
        Calls->explain(N, I, W);
      if (!Found)
        continue;
      if (!Calls->isLive(N, Site)) {
        U.leave(Site.At, [&] {
          return namedAs(*Site.Callee) +
                 " is called only in unreachable code, or on the way to an abort";
        });
        continue;
      }
      if (runsForeignLambda(*Found, F)) {
        U.leave(Site.At, [&] {
          return namedAs(*Site.Callee) +
                 " runs a callable that the coroutine was given: the caller knows "
                 "where the coroutine runs";
        });
        if (!W.Uncertain)
          continue;
        Found->Certain = false;
      }
      if (Found->Loop && MayRunTheLoop && llvm::none_of(Found->Chain, [&](const Cause::Step &Step) {
            return waitsForTask(*Step.Callee, U);
          })) {
        U.leave(Site.At, [&] {
          return namedAs(F) +
                 " never suspends, in a function that is no coroutine: it may be the one "
                 "that drives the loop";
        });
        if (!W.Uncertain)
          continue;
        Found->Certain = false;
      }
      // On the way to an abort: where the lambda is called.
      const Cfg *Whole = B.CalledAt ? cfgOf(F, U) : nullptr;
      if (Whole && !Whole->isLive(*B.CalledAt)) {
        U.leave(Site.At, [] { return "it runs only on the way to an abort"; });
        continue;
      }
      const Expr *Evaluated = B.CalledAt ? B.CalledAt : Site.Around ? Site.Around : Site.Written;
      const Where Runs = B.GivenAway ? Where::Unknown : Threads.at(Evaluated, U);
      if (Runs != Where::Loop)
        U.leave(Site.At, [&] {
          return whyElsewhere(Evaluated, Runs, F, B.GivenAway ? B.Body : nullptr, U);
        });
      if (Runs == Where::Worker || (Runs == Where::Unknown && !W.Uncertain))
        continue;
      Found->Certain &= Runs == Where::Loop;
      Result.push_back(std::move(*Found));
    }
  }
  return Result;
}

std::optional<Cause> Blocking::of(const FunctionDecl &F, const Wanted &W) {
  std::optional<unsigned> Id = graph().idOf(F);
  if (!Id)
    return std::nullopt;
  for (unsigned I = 0; I != Calls->Nodes[*Id].Sites.size(); ++I)
    if (std::optional<Cause> Found = Calls->causeOf(Calls->Nodes[*Id], I, W))
      return Found;
  return std::nullopt;
}

} // namespace corolint::model
