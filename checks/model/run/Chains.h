//===- Chains.h - By which calls a function comes to block ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_CHAINS_H
#define COROLINT_MODEL_RUN_CHAINS_H

#include "model/run/BlockingWitness.h"
#include "model/run/CallGraph.h"
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace corolint::model {

/// The chains of calls in a unit at whose end something is known to block. They are found backwards
/// from there, so that each is a shortest one and recursion needs no care.
class Chains {
public:
  explicit Chains(Unit &U);

  const CallGraph &calls() const { return Calls; }

  /// The strongest cause of one call of the node that the rule wants to hear of.
  std::optional<BlockingWitness> causeOf(const CallGraph::Node &N, unsigned Site, const Wanted &W);

private:
  /// A category, and on what of the caller it hangs: the number of one of Hangs, or Always.
  using Key = std::pair<Category, int>;
  /// How a function comes to block in one category: by which of its calls, and what comes next.
  struct Reach {
    bool Certain = true;
    unsigned Distance = 1;
    unsigned Site = 0;
    const Entry *Known = nullptr; ///< the call is known to block …
    unsigned Next = 0;            ///< … or leads to this function, which does
    Key NextKey{0, Always};
  };
  /// The parameter must fulfil none of the entry's `unless` that are about the argument.
  struct Hang {
    const Entry *Of;
    int Argument, Parameter;
    bool operator==(const Hang &) const = default;
  };
  /// How one call may come to block.
  struct Candidate {
    Category C;
    bool Certain;
    unsigned Distance;
    const Entry *Known;
    unsigned Node;
    Key K;
  };

  int hangOn(const Hang &Wanted);
  std::optional<int> hangsOn(const Call &Site, int Id, const clang::FunctionDecl &Caller);
  void seed(bool Certain);
  void spread(bool Certain);
  void reach(unsigned Id, Key K, Reach R);
  bool blocks(unsigned Id, Category C) const;
  bool allBlock(const CallGraph::Node &N, unsigned Site, Category C) const;
  llvm::SmallVector<Candidate, 4> candidates(const CallGraph::Node &N, unsigned Site);
  void follow(unsigned Id, Key K, BlockingWitness &Into) const;

  Unit &U;
  CallGraph Calls;
  std::vector<Hang> Hangs;
  std::vector<std::map<Key, Reach>> Blocks; ///< by node
  struct Item {
    unsigned Node;
    Key K;
  };
  std::deque<Item> Queue; ///< whose callers are next
};

/// Waiting inside a function that was given a task, or that is a task's own, is waiting for it.
bool waitsForTask(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_CHAINS_H
