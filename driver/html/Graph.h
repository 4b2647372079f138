//===- Graph.h - Chains as drawings ----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_GRAPH_H
#define COROLINT_DRIVER_HTML_GRAPH_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// A box of a drawing, which leads to a place of the page.
struct Box {
  std::string Number; ///< "1", "2", …; empty: the finding itself
  std::string Text, Where, Code;
  std::string Target; ///< the id that it leads to
};

/// One chain: a box below the other.
void drawChain(const std::vector<Box> &Boxes, llvm::StringRef Name, llvm::raw_ostream &Out);

/// Several chains that meet, from left to right.
struct Graph {
  std::vector<Box> Boxes;
  std::vector<std::pair<size_t, size_t>> Arrows;
};
void drawGraph(const Graph &G, llvm::StringRef Name, llvm::raw_ostream &Out);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_GRAPH_H
