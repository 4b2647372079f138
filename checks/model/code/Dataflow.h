//===- Dataflow.h - One solver for what holds at each place ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What holds at a place is what holds on the paths to it, joined (Kildall 1973). A problem says
// what one element of the control flow graph changes:
//
//   struct Problem {
//     static constexpr Direction Runs = Direction::Forward;
//     struct State {                     // copied; the more it has, the less is known
//       bool join(const State &Other);   // true if that added something
//       size_t size() const;             // optional: what a copy costs
//     };
//     State initial();                   // at the entry; backward: at the end of each block
//     void step(const CFGBlock &B, unsigned Index, const CFGElement &E, State &S);
//     void refine(const CFGBlock &B, unsigned Successor, State &S);  // optional: a branch tells
//     State caught(unsigned Try, const State &S);                    // optional: a handler sees
//   };
//
// Clang's graph has no edges for exceptions: a handler begins with any state that its `try` went
// through. The work list is Clang's; blocks come in the order of their numbers, which Clang gives
// from the end, so that a block is visited after those that lead to it, but for loops.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_DATAFLOW_H
#define COROLINT_MODEL_CODE_DATAFLOW_H

#include "model/code/Cfg.h"
#include "clang/Analysis/FlowSensitive/DataflowWorklist.h"
#include "llvm/ADT/BitVector.h"
#include <optional>
#include <vector>

namespace corolint::model {

enum class Direction { Forward, Backward };

/// A state for problems on several objects: the numbers of those that something is so of on some
/// path.
struct OnSomePath {
  llvm::BitVector Bits;
  bool join(const OnSomePath &Other) {
    const unsigned Before = Bits.count();
    Bits |= Other.Bits;
    return Bits.count() != Before;
  }
  size_t size() const { return Bits.size() / 64; }
};

template <typename Problem> class Dataflow {
public:
  using State = typename Problem::State;
  static constexpr bool IsForward = Problem::Runs == Direction::Forward;

  Dataflow(const Cfg &Of, Problem &P) : Of(Of), P(P), States(Of.graph().getNumBlockIDs()) {}

  /// False if it costs more: states that are led from block to block.
  bool solve(size_t Budget = ~size_t(0)) {
    const clang::CFG &Graph = Of.graph();
    Worklist Work(Graph, {});
    if constexpr (IsForward) {
      lead(Graph.getEntry(), P.initial(), Work);
    } else {
      for (const clang::CFGBlock *B : Graph)
        lead(*B, P.initial(), Work);
    }
    while (const clang::CFGBlock *B = Work.dequeue()) {
      State Here = *States[B->getBlockID()];
      pass(
          *B, Here,
          [&](unsigned Index, const clang::CFGElement &E) {
            if constexpr (requires { P.caught(0u, Here); })
              leadToHandlers(E, Here, Work);
          },
          [](unsigned, const clang::CFGElement &) {});
      if (Spent += B->size() / 8 + cost(Here); Spent > Budget)
        return false;
      leadOn(*B, Here, Work);
    }
    return true;
  }

  /// What holds at the begin of a block (backward: at its end); null where nothing leads.
  const State *at(const clang::CFGBlock &B) const {
    const std::optional<State> &Found = States[B.getBlockID()];
    return Found ? &*Found : nullptr;
  }

  /// Calls \p Visit(Block, Index, Element, State) for each element that is reached, after what it
  /// does is done to the state; a block after those that lead to it, but for loops.
  template <typename Visitor> void forEachElement(Visitor Visit) {
    std::vector<const clang::CFGBlock *> Blocks(Of.graph().begin(), Of.graph().end());
    llvm::sort(Blocks, [](auto *A, auto *B) { return ByNumber()(B, A); });
    for (const clang::CFGBlock *B : Blocks)
      if (const State *At = at(*B)) {
        State Here = *At;
        pass(
            *B, Here, [](unsigned, const clang::CFGElement &) {},
            [&](unsigned Index, const clang::CFGElement &E) { Visit(*B, Index, E, Here); });
      }
  }

private:
  struct ByNumber {
    bool operator()(const clang::CFGBlock *A, const clang::CFGBlock *B) const {
      return IsForward ? A->getBlockID() < B->getBlockID() : A->getBlockID() > B->getBlockID();
    }
  };
  using Worklist = clang::DataflowWorklistBase<ByNumber, 20>;

  static size_t cost(const State &S) {
    if constexpr (requires { S.size(); })
      return S.size();
    else
      return 0;
  }

  template <typename Visitor, typename Then>
  void pass(const clang::CFGBlock &B, State &Here, Visitor Before, Then After) {
    for (unsigned I = 0; I != B.size(); ++I) {
      const unsigned Index = IsForward ? I : B.size() - 1 - I;
      Before(Index, B[Index]);
      P.step(B, Index, B[Index], Here);
      After(Index, B[Index]);
    }
  }

  void lead(const clang::CFGBlock &To, State S, Worklist &Work) {
    std::optional<State> &There = States[To.getBlockID()];
    Spent += 1 + cost(S);
    if (There ? There->join(S) : (There = std::move(S), true))
      Work.enqueueBlock(&To);
  }

  void leadOn(const clang::CFGBlock &B, const State &Here, Worklist &Work) {
    if constexpr (IsForward) {
      unsigned Successor = 0;
      for (const clang::CFGBlock *Next : B.succs()) {
        // A call that does not return leads nowhere, whatever the graph says.
        if (Next && !(B.hasNoReturnElement() && Next == &Of.graph().getExit())) {
          State There = Here;
          if constexpr (requires { P.refine(B, Successor, There); })
            P.refine(B, Successor, There);
          lead(*Next, std::move(There), Work);
        }
        ++Successor;
      }
    } else {
      for (const clang::CFGBlock *Previous : B.preds())
        if (Previous)
          lead(*Previous, Here, Work);
    }
  }

  void leadToHandlers(const clang::CFGElement &E, const State &Here, Worklist &Work) {
    std::optional<clang::CFGStmt> Element = E.getAs<clang::CFGStmt>();
    if (!Element)
      return;
    for (unsigned Try : Of.triesAround(*Element->getStmt()))
      for (const clang::CFGBlock *Handler : Of.tries()[Try].Handlers)
        lead(*Handler, P.caught(Try, Here), Work);
  }

  const Cfg &Of;
  Problem &P;
  std::vector<std::optional<State>> States; ///< by block
  size_t Spent = 0;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_DATAFLOW_H
