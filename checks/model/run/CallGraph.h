//===- CallGraph.h - The calls below the async contexts of a unit ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_RUN_CALLGRAPH_H
#define COROLINT_MODEL_RUN_CALLGRAPH_H

#include "model/calls/DirectlyBlocks.h"
#include "model/code/Call.h"
#include "model/run/Context.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <deque>
#include <optional>
#include <vector>

namespace corolint::model {

class Unit;

/// Who calls whom, from the async contexts down, and what is known of each call by itself. The
/// bodies of functions in system headers, and of libraries that are described, are not looked into.
class CallGraph {
public:
  explicit CallGraph(Unit &U);

  struct Edge {
    unsigned Caller, Site;
  };
  struct Node {
    const clang::FunctionDecl *F = nullptr;
    std::vector<Call> Sites;
    std::vector<Edge> Callers;
    std::vector<llvm::SmallVector<unsigned, 2>> Targets; ///< by site
    std::vector<Direct> Known;                           ///< by site
    /// By site: how many bodies it may run, and one more if the object comes from who knows where.
    std::vector<unsigned> Ways;
  };
  /// By their ids.
  const std::deque<Node> &nodes() const { return Nodes; }
  std::optional<unsigned> idOf(const clang::FunctionDecl &F) const;

  using AsyncContexts =
      llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<AsyncBody, 2>>;
  const AsyncContexts &asyncContexts() const { return Contexts; }

  /// The definition with a body, or null.
  static const clang::FunctionDecl *definitionOf(const clang::FunctionDecl &F);

  /// The call can be executed, and not only on the way to an abort.
  bool isLive(const Node &N, const Call &Site) const;

private:
  unsigned add(const clang::FunctionDecl &Definition);
  void explore(unsigned Id);
  llvm::SmallVector<const clang::FunctionDecl *, 2>
  bodiesOf(llvm::ArrayRef<const clang::FunctionDecl *> Targets,
           const clang::FunctionDecl &From) const;
  bool isInside(const clang::FunctionDecl *Definition) const;
  bool isLibrarysOwn(const clang::FunctionDecl &Definition, const clang::FunctionDecl &From) const;

  Unit &U;
  std::deque<Node> Nodes; // a reference to one stays good when another comes
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> Ids;
  AsyncContexts Contexts;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_RUN_CALLGRAPH_H
