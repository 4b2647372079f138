//===- Cfg.h - Clang's control flow graph, with the questions we ask --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_CFG_H
#define COROLINT_MODEL_CODE_CFG_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/Analyses/Dominators.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace corolint::model {

class Unit;

/// The control flow of one function. Not in Clang's graph: initial and final suspension, the
/// `await_ready` branch and the path of `unhandled_exception`.
class Cfg {
public:
  /// Null where Clang cannot build a graph.
  static std::unique_ptr<Cfg> build(const clang::FunctionDecl &F, clang::ASTContext &Context);

  const clang::CFG &graph() const { return *Graph; }

  /// A place in the graph: an element of a block.
  struct Point {
    const clang::CFGBlock *Block = nullptr;
    int Index = -1; ///< -1 is before the first; a terminator is after the last
    explicit operator bool() const { return Block; }
  };

  /// Where \p S is evaluated; nowhere if Clang dropped it as unreachable.
  Point pointOf(const clang::Stmt &S) const;
  const clang::CFGBlock *blockOf(const clang::Stmt &S) const { return pointOf(S).Block; }

  /// Where a local is destroyed: the ends of its scope that can be reached.
  llvm::ArrayRef<Point> endsOf(const clang::VarDecl &V) const;

  /// \p A is passed on every path to \p B, before it.
  bool dominates(Point A, Point B) const;

  /// Where \p B stands in the tree of dominators: \p Numbers gets an interval, which holds those
  /// of the blocks that \p B dominates. False of a block that no path from the entry leads to.
  bool dominanceOf(const clang::CFGBlock &B, std::pair<unsigned, unsigned> &Numbers) const;

  /// Can be executed, and not only on the way to an abort: there is a path from the entry to it,
  /// and from it one that no `[[noreturn]]` call ends. What throws is no abort, nor is a coroutine
  /// that is never resumed.
  bool isLive(const clang::Stmt &S) const;

  /// There is a path from the entry to it.
  bool isReachable(const clang::Stmt &S) const;

  /// \p Guard is evaluated on every path to \p S, in a block before it: a branch may hang on it.
  bool dominates(const clang::Stmt &Guard, const clang::Stmt &S) const;

  /// \p First is evaluated on every path to \p S, before it.
  bool precedes(const clang::Stmt &First, const clang::Stmt &S) const;

  /// A `try` and its handlers.
  struct Try {
    const clang::CXXTryStmt *Written;
    llvm::SmallVector<const clang::CFGBlock *, 2> Handlers;
  };
  llvm::ArrayRef<Try> tries() const { return Tries; }
  /// Those that catch what \p S throws, as indices of tries().
  llvm::ArrayRef<unsigned> triesAround(const clang::Stmt &S) const {
    auto Found = Around.find(&S);
    return Found == Around.end() ? llvm::ArrayRef<unsigned>() : llvm::ArrayRef(Found->second);
  }

private:
  Cfg() = default;
  void findPoints();
  void findReachable();
  void findAborts(const clang::FunctionDecl &F);
  void findEnds();
  void findTries();

  clang::CFGDomTree &dominators() const;

  std::unique_ptr<clang::CFG> Graph;
  llvm::DenseMap<const clang::Stmt *, Point> Points;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<Point, 1>> Ends;
  std::vector<Try> Tries;
  llvm::DenseMap<const clang::Stmt *, llvm::SmallVector<unsigned, 1>> Around;
  llvm::BitVector Reachable;
  llvm::BitVector Aborts; ///< every path from the block ends in an abort
  mutable std::unique_ptr<clang::CFGDomTree> Dominators;
};

/// That of a definition, or null where Clang cannot build it (dependent code). Made once.
const Cfg *cfgOf(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_CFG_H
