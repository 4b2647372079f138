//===- OnEveryPath.h - What is passed on every path to a place -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_ONEVERYPATH_H
#define COROLINT_MODEL_CODE_ONEVERYPATH_H

#include "model/code/Cfg.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <vector>

namespace corolint::model {

/// Points of one function, by dominance: those that are passed on every path to another, the latest
/// first, without a look at the rest.
///
/// A block's dominators nest like brackets in the numbers of a walk over the tree of dominators.
/// The innermost bracket around a point is found by bisection, and each knows the one around it.
class OnEveryPath {
public:
  /// \p Points are told apart by their index; those that are nowhere are left out.
  OnEveryPath(const Cfg &Graph, std::vector<Cfg::Point> Points);

  /// Calls \p Visit with the indices of the points that are passed before \p At on every path to
  /// it, the latest first, until it returns false. What no path from the entry leads to, as the
  /// handler of an exception, is taken to have passed all.
  void forEachBefore(Cfg::Point At, llvm::function_ref<bool(size_t)> Visit) const;

private:
  static constexpr size_t None = ~size_t(0);

  /// The last of the points that are before \p At, as an index into Order, or None.
  size_t lastBefore(Cfg::Point At) const;

  const Cfg &Graph;
  std::vector<Cfg::Point> Points;
  std::vector<size_t> Order;  ///< indices of points, by block and place in it
  std::vector<size_t> Before; ///< for each in Order the one that is passed before it, or None
  /// From this number on, up to the next: the last in Order of the innermost block around it.
  std::vector<std::pair<unsigned, size_t>> Brackets;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_ONEVERYPATH_H
