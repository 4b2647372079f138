//===- Unjoined.cpp - Scopes that are destroyed with work in them ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Unjoined.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/tasks/Passing.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Something that it calls ends the program.
bool endsProgram(const Stmt &Body) {
  bool Found = false;
  walkEvaluated(&Body, [&](const Stmt &S) {
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      if (const FunctionDecl *Callee = Call->getDirectCallee())
        Found |= Callee->isNoReturn() || Callee->getBuiltinID() == Builtin::BI__builtin_trap;
    return !Found;
  });
  return Found;
}

/// A member without parameters gives what can be awaited.
bool canBeWaitedFor(const CXXRecordDecl &C, Unit &U) {
  return llvm::any_of(C.methods(), [&](const CXXMethodDecl *M) {
    const CXXRecordDecl *Given = M->isInstance() && M->getMinRequiredArguments() == 0 &&
                                         !isa<CXXConstructorDecl, CXXDestructorDecl>(M)
                                     ? resultClass(*M)
                                     : nullptr;
    return Given && U.get<TaskTypes>().of(*Given).Awaitable;
  });
}

struct JoinReason {
  using Result = std::string;
  static Result make(const CXXRecordDecl &C, Unit &U) {
    for (const TypeEntry *Entry : U.knowledge().of(C))
      if (Entry->Is == TypeRole::JoinedScope)
        return Entry->Why.empty() || Entry->From.From == Origin::Annotation
                   ? "its destructor neither waits nor cancels"
                   : Entry->Why;
    if (U.get<TaskTypes>().of(C).Scope)
      return "";
    const CXXRecordDecl *Definition = definitionOf(&C);
    const CXXDestructorDecl *End = Definition ? Definition->getDestructor() : nullptr;
    const Stmt *Body = End && End->isUserProvided() ? bodyOf(*End) : nullptr;
    return Body && endsProgram(*Body) && canBeWaitedFor(*Definition, U)
               ? "its destructor ends the program if something runs in it"
               : "";
  }
};

/// What the function does with each of its scopes.
class ScopeFinder {
public:
  struct Local {
    std::string Why;
    llvm::MapVector<const Stmt *, const Expr *> Work; ///< by the name, what puts work in
    llvm::SmallPtrSet<const Stmt *, 4> Joins;         ///< names
    bool IsAsked = false;                             ///< whether something is in it
    bool Followed = true;
  };
  using Locals = llvm::MapVector<const VarDecl *, Local>;

  ScopeFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  Locals run() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            add(*V);
      return true;
    });
    const Cfg *Graph = Found.empty() ? nullptr : cfgOf(F, U);
    for (auto &[V, Each] : Found)
      for (const Mention &M : mentionsOf(*V, F, U))
        look(M, Each, Graph);
    Found.remove_if([&](const auto &Each) {
      return !Graph || !Each.second.Followed || Each.second.Work.empty();
    });
    return std::move(Found);
  }

private:
  void add(const VarDecl &V) {
    const CXXRecordDecl *C = V.hasLocalStorage() && !V.getType()->isDependentType()
                                 ? V.getType()->getAsCXXRecordDecl()
                                 : nullptr;
    if (!C)
      return;
    if (std::string Why = whyToJoin(*C, U); !Why.empty())
      Found[&V].Why = std::move(Why);
  }

  void look(const Mention &M, Local &Each, const Cfg *Graph) {
    const bool Here = Graph && Graph->pointOf(*M.Ref);
    const CXXMethodDecl *Called = M.Member ? M.Member->getMethodDecl() : nullptr;
    if (M.Dropped)
      return;
    if (Called && putsWorkIn(*M.Member, F, U)) {
      // In a closure: whoever calls that has it, too.
      if (Here && isForItself(*M.Member, F, U) && (isCoroutine(F) || runsCoroutine(*M.Member)))
        Each.Work[M.Ref] = M.Member;
      return;
    }
    if (Called && onlyAsksScope(*Called)) {
      Each.IsAsked |= !Called->getReturnType()->isVoidType();
      return;
    }
    if (isCapture(M))
      return; // what the closure does with it is looked at there
    // All else may wait, or have somebody wait.
    if (Here)
      Each.Joins.insert(M.Ref);
    else
      Each.Followed = false;
  }

  /// A plain function may drive by hand, and to its end, what is no coroutine: `just() | then(f)`
  /// is done when it was put in.
  bool runsCoroutine(const CXXMemberCallExpr &Work) const {
    bool Runs = false;
    for (const Expr *Arg : Work.arguments())
      walkEvaluated(Arg, [&](const Stmt &S) {
        const auto *Part = dyn_cast<Expr>(&S);
        const auto *Lambda = dyn_cast<LambdaExpr>(&S);
        Runs = Runs || (Part && U.get<TaskTypes>().of(Part->getType()).isTask()) ||
               (Lambda && isCoroutine(*Lambda->getCallOperator()));
        return !Runs;
      });
    return Runs;
  }

  bool isCapture(const Mention &M) {
    if (Captures.empty()) {
      Captures.insert(nullptr);
      walkEvaluated(writtenBody(F), [&](const Stmt &S) {
        if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
          for (const Expr *Init : Lambda->capture_inits())
            if (Init)
              Captures.insert(bare(Init));
        return true;
      });
    }
    return Captures.contains(M.Ref);
  }

  const FunctionDecl &F;
  Unit &U;
  Locals Found;
  llvm::SmallPtrSet<const Stmt *, 8> Captures;
};

/// On which scopes some path has put nothing in, or has waited.
struct CleanFlow {
  static constexpr Direction Runs = Direction::Forward;
  using State = OnSomePath;

  State initial() const { return {llvm::BitVector(Number, true)}; }
  State caught(unsigned, const State &S) const { return S; }
  void step(const CFGBlock &, unsigned, const CFGElement &E, State &S) const {
    std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
    if (!Element)
      return;
    if (auto Work = WorkAt.find(Element->getStmt()); Work != WorkAt.end())
      S.Bits.reset(Work->second);
    for (const auto *At : {&JoinAt, &MadeAt})
      if (auto Found = At->find(Element->getStmt()); Found != At->end())
        S.Bits.set(Found->second);
  }
  /// A loop that puts work in is gone through at least once, for all that is known.
  void refine(const CFGBlock &B, unsigned Successor, State &S) const {
    if (const Stmt *Loop = B.getTerminatorStmt(); Loop && Successor == 1)
      if (auto Found = Loops.find(Loop); Found != Loops.end())
        for (unsigned Each : Found->second)
          S.Bits.reset(Each);
  }

  unsigned Number = 0;
  llvm::DenseMap<const Stmt *, unsigned> WorkAt, JoinAt, MadeAt; ///< by the name, or declaration
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 1>> Loops;
};

class UnjoinedFinder {
public:
  UnjoinedFinder(ScopeFinder::Locals &Locals, const FunctionDecl &F, Unit &U)
      : Locals(Locals), F(F), U(U), Graph(*cfgOf(F, U)) {}

  std::vector<UnjoinedScope> run() {
    prepare();
    Dataflow<CleanFlow> Solved(Graph, Flow);
    Solved.solve();
    std::vector<UnjoinedScope> Result;
    for (auto &[V, Of] : Locals) {
      UnjoinedScope Each{UnjoinedScope::Never, V, Of.Work.front().second, nullptr, Of.Why};
      if (Of.Joins.empty()) {
        Result.push_back(Each);
        continue;
      }
      const unsigned Index = Numbers[V];
      if (const Stmt *Leaves = Of.IsAsked ? nullptr : leavesUnjoined(Solved, Index)) {
        Each.How = UnjoinedScope::OnAPath;
        Each.Leaves = Leaves;
        Result.push_back(Each);
      } else if (const Stmt *Throws = mayThrow(Solved, Index)) {
        Each.How = UnjoinedScope::Throws;
        Each.Leaves = Throws;
        Result.push_back(Each);
      } else {
        U.leave(V->getLocation(), [V = V] {
          return "'" + V->getNameAsString() +
                 "' is joined, or given to somebody who may join it, on each path that puts work "
                 "in";
        });
      }
    }
    return Result;
  }

private:
  void prepare() {
    Flow.Number = Locals.size();
    llvm::DenseMap<const Stmt *, unsigned> Calls;
    for (auto [I, Each] : llvm::enumerate(Locals)) {
      Numbers[Each.first] = I;
      for (auto &[Name, Call] : Each.second.Work) {
        Flow.WorkAt[Name] = I;
        Calls[Call] = I;
      }
      for (const Stmt *Name : Each.second.Joins)
        Flow.JoinAt[Name] = I;
    }
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (auto Found = Numbers.find(dyn_cast<VarDecl>(D)); Found != Numbers.end())
            Flow.MadeAt[&S] = Found->second;
      } else if (const Stmt *Body = repeatedBy(S)) {
        addLoop(S, *Body, Calls);
      }
      return true;
    });
  }

  /// What stands in its body under no condition.
  void addLoop(const Stmt &Loop, const Stmt &Body,
               const llvm::DenseMap<const Stmt *, unsigned> &Calls) {
    llvm::SmallPtrSet<const Stmt *, 8> Parts;
    if (const auto *Block = dyn_cast<CompoundStmt>(&Body))
      Parts.insert(Block->body_begin(), Block->body_end());
    else
      Parts.insert(&Body);
    for (const Stmt *Part : Parts)
      if (const auto *E = dyn_cast_or_null<Expr>(Part))
        if (auto Found = Calls.find(bare(E)); Found != Calls.end())
          Flow.Loops[&Loop].push_back(Found->second);
  }

  /// A return before which every path has put work in and has not waited.
  const Stmt *leavesUnjoined(Dataflow<CleanFlow> &Solved, unsigned Index) const {
    const Stmt *Found = nullptr;
    Solved.forEachElement(
        [&](const CFGBlock &, unsigned, const CFGElement &E, const CleanFlow::State &S) {
          std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
          if (!Found && Element && isa<ReturnStmt, CoreturnStmt>(Element->getStmt()) &&
              !S.Bits.test(Index))
            Found = Element->getStmt();
        });
    return Found;
  }

  /// A `co_await` between the work and the join that nothing catches.
  const Stmt *mayThrow(Dataflow<CleanFlow> &Solved, unsigned Index) const {
    const Stmt *Found = nullptr;
    Solved.forEachElement(
        [&](const CFGBlock &, unsigned, const CFGElement &E, const CleanFlow::State &S) {
          std::optional<CFGStmt> Element = E.getAs<CFGStmt>();
          const auto *Await = Element ? dyn_cast<CoawaitExpr>(Element->getStmt()) : nullptr;
          if (Found || !Await || S.Bits.test(Index) || !Graph.triesAround(*Await).empty() ||
              !mayThrow(*Await))
            return;
          Found = Await;
        });
    return Found;
  }

  static bool mayThrow(const CoawaitExpr &Await) {
    const auto *Resume = dyn_cast_or_null<CallExpr>(
        Await.getResumeExpr() ? Await.getResumeExpr()->IgnoreImplicit() : nullptr);
    const FunctionDecl *Callee = Resume ? Resume->getDirectCallee() : nullptr;
    const auto *Type = Callee ? Callee->getType()->getAs<FunctionProtoType>() : nullptr;
    return Type && !Type->isNothrow();
  }

  ScopeFinder::Locals &Locals;
  const FunctionDecl &F;
  Unit &U;
  const Cfg &Graph;
  CleanFlow Flow;
  llvm::DenseMap<const VarDecl *, unsigned> Numbers;
};

} // namespace

bool putsWorkIn(const CXXMemberCallExpr &Member, const FunctionDecl &F, Unit &U) {
  std::optional<Call> Site = callOf(Member);
  if (!Site)
    return false;
  for (auto [I, Arg] : llvm::enumerate(Site->Args)) {
    switch (passingOf(*Site, static_cast<int>(I), F, U)) {
    case Passing::Consumes:
    case Passing::Stores:
    case Passing::Detaches:
    case Passing::Offloads:
    case Passing::Elsewhere:
      return true;
    default:
      break;
    }
    const TaskType &T = U.get<TaskTypes>().of(Arg->getType());
    if (T.isTask() || T.Kind == TaskKind::Handle || T.Kind == TaskKind::Awaiter)
      return true;
  }
  return false;
}

bool isForItself(const CXXMemberCallExpr &Member, const FunctionDecl &F, Unit &U) {
  const QualType T = Member.getType();
  return T->isVoidType() || T->isBooleanType() || U.get<Uses>(F).isDropped(Member);
}

bool onlyAsksScope(const CXXMethodDecl &M) {
  const QualType T = M.getReturnType();
  if (!T->isVoidType())
    return T->isArithmeticType() || T->isEnumeralType();
  const std::string Name = simpleName(M).lower();
  return llvm::StringRef(Name).contains("cancel") || llvm::StringRef(Name).contains("stop");
}

std::string whyToJoin(const CXXRecordDecl &C, Unit &U) {
  return U.get<JoinReason>(C);
}

std::vector<UnjoinedScope> unjoinedScopes(const FunctionDecl &F, Unit &U) {
  ScopeFinder::Locals Locals = ScopeFinder(F, U).run();
  return Locals.empty() ? std::vector<UnjoinedScope>() : UnjoinedFinder(Locals, F, U).run();
}

} // namespace corolint::model
