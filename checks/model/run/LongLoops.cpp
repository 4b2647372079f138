//===- LongLoops.cpp - Loops that hold a thread for long --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/LongLoops.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Loops.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/run/LoopEnds.h"
#include "model/tasks/Yields.h"
#include "model/types/Container.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// A function does more than to compute: it calls what nobody sees, or works through memory, whose
/// size its caller had to come by.
struct DoesMore {
  struct Result {
    bool Is = false;
    bool operator==(const Result &) const = default;
  };
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U);
};

bool doesMore(const Stmt &Root, Unit &U) {
  bool More = false;
  walkEvaluated(&Root, [&](const Stmt &S) {
    if (More)
      return false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(&S))
      More = Unary->getOpcode() == UO_Deref;
    else if (isa<ArraySubscriptExpr, CXXNewExpr, CXXDeleteExpr, LambdaExpr, CXXThrowExpr,
                 CoroutineSuspendExpr, CXXForRangeStmt>(S))
      More = true;
    else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Called->getDirectCallee();
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      if (!Callee)
        More = true;
      else if (isStandard(*Callee) || Callee->getBuiltinID())
        More = (Method && keeps(*Method->getParent(), U) != Keeps::Nothing) ||
               !U.knowledge().of(*Callee).empty();
      else if (const FunctionDecl *Definition = definitionCalledBy(*Called))
        More = isCoroutine(*Definition) || U.get<DoesMore>(*Definition).Is;
      else
        More = !Callee->isConstexpr();
    }
    return !More;
  });
  return More;
}

DoesMore::Result DoesMore::make(const FunctionDecl &F, Unit &U) {
  return {!F.getBody() || doesMore(*F.getBody(), U)};
}

/// A parameter that is a number, and has the value that the caller gave.
const ParmVarDecl *numberIn(const Expr *E, const FunctionDecl &F, Unit &U) {
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(E));
  const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  return P && P->getDeclContext() == &F && P->getType()->isIntegerType() &&
                 !changesIn(*writtenBody(F), *P, F, U)
             ? P
             : nullptr;
}

bool isEmpty(const Stmt &Body) {
  const auto *Block = dyn_cast<CompoundStmt>(&Body);
  return Block ? Block->body_empty() : isa<NullStmt>(Body);
}

/// The loops of one function by themselves, in the order of the source; those of which the one
/// around them says as much are left out.
struct OwnLongLoops {
  using Result = std::vector<LongLoop>;
  static Result make(const FunctionDecl &F, Unit &U);
};

class LoopJudge {
public:
  LoopJudge(const FunctionDecl &F, Unit &U) : F(F), U(U), Loops(loopsIn(F, U)) {
    Yields.resize(Loops.size());
    Awaits.resize(Loops.size());
    Rounds.resize(Loops.size());
    if (!Loops.empty())
      findAwaits();
    // From the inside out.
    for (size_t I = Loops.size(); I-- != 0;) {
      const Loop &L = Loops[I];
      if (L.Around == Loop::None)
        continue;
      Yields[L.Around] = Yields[L.Around] || Yields[I];
      Awaits[L.Around] = Awaits[L.Around] || Awaits[I];
    }
  }

  std::vector<LongLoop> judge() {
    std::vector<std::optional<LongLoop>> Found(Loops.size());
    for (size_t I = Loops.size(); I-- != 0;)
      if (!Yields[I])
        Found[I] = judgeOne(I);
    std::vector<LongLoop> Result;
    std::vector<bool> Said(Loops.size());
    for (size_t I = 0; I != Loops.size(); ++I) {
      const size_t Around = Loops[I].Around;
      Said[I] = Around != Loop::None && Said[Around];
      if (Found[I] && !Said[I]) {
        Result.push_back(*Found[I]);
        Said[I] = true;
      }
    }
    return Result;
  }

private:
  void findAwaits() {
    llvm::DenseMap<const Stmt *, size_t> Numbers;
    for (size_t I = 0; I != Loops.size(); ++I)
      Numbers[Loops[I].Written] = I;
    std::vector<size_t> Open;
    walkEvaluated(
        writtenBody(F),
        [&](const Stmt &S) {
          if (auto Found = Numbers.find(&S); Found != Numbers.end())
            Open.push_back(Found->second);
          const AwaitPoint *P = Open.empty() ? nullptr : awaitPointAt(S, F, U);
          if (P && mayYield(*P, U))
            Yields[Open.back()] = true;
          else if (P)
            Awaits[Open.back()] = true;
          return true;
        },
        [&](const Stmt &S) {
          if (!Open.empty() && Loops[Open.back()].Written == &S)
            Open.pop_back();
        });
  }

  std::optional<LongLoop> judgeOne(size_t I) {
    const Loop &L = Loops[I];
    LongLoop Result;
    Result.Written = L.Written;
    Result.Awaits = Awaits[I];
    if (std::optional<Counting> Counts = countingOf(L, F, U)) {
      if (!L.Exits.empty())
        return std::nullopt; // it looks for something
      Result.Count = Counts->rounds().value_or(0);
      Result.State = numberIn(Counts->Bound, F, U);
      if (Result.Count != 0) {
        Result.By = LongLoop::Rounds;
        Result.Count = llvm::SaturatingMultiply(Result.Count, std::max<uint64_t>(Rounds[I], 1));
        if (L.Around != Loop::None)
          Rounds[L.Around] = std::max(Rounds[L.Around], Result.Count);
        return Result;
      }
      if (!Result.State || doesMore(L.body(), U))
        return std::nullopt;
      Result.By = LongLoop::Number;
      return Result;
    }
    const LoopEnds Ends = whatEnds(L, F, U);
    Result.State = Ends.State;
    switch (Ends.By) {
    case LoopEnds::Unknown:
      return std::nullopt;
    case LoopEnds::Never:
      if (isEmpty(L.body()))
        return std::nullopt; // `for (;;) {}` says that nobody comes here
      Result.By = LongLoop::Never;
      break;
    case LoopEnds::Time:
      Result.By = LongLoop::Time;
      break;
    case LoopEnds::Others:
      if (Awaits[I] && !Ends.IsForOthers)
        return std::nullopt; // what is awaited may change it
      Result.By = Ends.AlsoTime ? LongLoop::Time : LongLoop::Others;
      break;
    }
    return Result;
  }

  const FunctionDecl &F;
  Unit &U;
  llvm::ArrayRef<Loop> Loops;
  std::vector<bool> Yields, Awaits;
  std::vector<uint64_t> Rounds; ///< of the loops in it, for each of its own
};

OwnLongLoops::Result OwnLongLoops::make(const FunctionDecl &F, Unit &U) {
  return LoopJudge(F, U).judge();
}

/// The longest loops that a call of a plain function leads to: of those that are counted, and of
/// the others.
struct LongestLoops {
  struct Result {
    std::optional<LongLoop> Counted, Other;
    bool operator==(const Result &) const = default;
  };
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U);
};

/// The same, as it is with the arguments of this call; nothing if they are no numbers that say so.
std::optional<LongLoop> calledWith(const CallExpr &Called, const FunctionDecl &Callee, LongLoop L,
                                   const FunctionDecl &F, Unit &U) {
  L.Chain.insert(L.Chain.begin(), {&Called, &Callee});
  if (L.By != LongLoop::Number)
    return L;
  const unsigned Index = cast<ParmVarDecl>(L.State)->getFunctionScopeIndex();
  const bool IsOperator = isa<CXXOperatorCallExpr>(Called) && isa<CXXMethodDecl>(Callee);
  if (Index + IsOperator >= Called.getNumArgs())
    return std::nullopt;
  const Expr *Given = Called.getArg(Index + IsOperator);
  Expr::EvalResult Value;
  if (!Given->isValueDependent() && Given->EvaluateAsInt(Value, U.context())) {
    L.By = LongLoop::Rounds;
    L.Count = Value.Val.getInt().isNegative() ? 0 : Value.Val.getInt().getLimitedValue();
    return L;
  }
  L.State = numberIn(Given, F, U);
  return L.State ? std::optional(L) : std::nullopt;
}

/// Its body is looked into: it is the user's, and runs where its caller does.
bool isFollowed(const FunctionDecl &Callee, const FunctionDecl &From, Unit &U) {
  const llvm::StringRef Library = U.knowledge().libraryOf(Callee);
  return !isCoroutine(Callee) && !U.isSystem(Callee.getLocation()) &&
         U.knowledge().of(Callee).empty() &&
         (Library.empty() || Library == U.knowledge().libraryOf(From));
}

void forEachCalled(const FunctionDecl &F, Unit &U,
                   llvm::function_ref<void(const LongLoop &)> Visit) {
  constexpr size_t LongestChain = 8; // nobody reads on
  const Cfg *Graph = cfgOf(F, U);
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Called = dyn_cast<CallExpr>(&S);
    const FunctionDecl *Callee = Called ? definitionCalledBy(*Called) : nullptr;
    if (!Callee || !isFollowed(*Callee, F, U))
      return true;
    const LongestLoops::Result &Inner = U.get<LongestLoops>(*Callee);
    for (const std::optional<LongLoop> &Each : {Inner.Other, Inner.Counted})
      if (Each && Each->Chain.size() < LongestChain && (!Graph || Graph->isLive(S)))
        if (std::optional<LongLoop> Here = calledWith(*Called, *Callee, *Each, F, U))
          Visit(*Here);
    return true;
  });
}

LongestLoops::Result LongestLoops::make(const FunctionDecl &F, Unit &U) {
  Result Longest;
  auto Consider = [&](const LongLoop &L) {
    if (L.By == LongLoop::Rounds) {
      if (!Longest.Counted || L.Count > Longest.Counted->Count)
        Longest.Counted = L;
    } else if (!Longest.Other || L.By < Longest.Other->By) {
      Longest.Other = L;
    }
  };
  const Cfg *Graph = cfgOf(F, U);
  for (const LongLoop &Each : U.get<OwnLongLoops>(F))
    if (!Graph || Graph->isLive(*Each.Written))
      Consider(Each);
  forEachCalled(F, U, Consider);
  return Longest;
}

} // namespace

std::vector<LongLoop> longLoopsIn(const FunctionDecl &F, uint64_t Least, Unit &U) {
  std::vector<LongLoop> Result;
  auto Add = [&](const LongLoop &L) {
    if (L.By != LongLoop::Rounds || L.Count >= Least)
      Result.push_back(L);
  };
  for (const LongLoop &Each : U.get<OwnLongLoops>(F))
    Add(Each);
  forEachCalled(F, U, Add);
  return Result;
}

} // namespace corolint::model
