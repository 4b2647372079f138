//===- Cycles.h - The cycles of a graph, callees first --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_CYCLES_H
#define COROLINT_MODEL_CODE_CYCLES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <vector>

namespace corolint::model {

/// Calls \p Visit with each strongly connected component of the nodes, those that a component leads
/// to before it (Tarjan 1972, without recursion: a chain may be as long as the unit). \p Next gives
/// what a node leads to, among \p Nodes.
template <typename Node, typename NextOf, typename Visitor>
void forEachCycle(llvm::ArrayRef<Node> Nodes, NextOf Next, Visitor Visit) {
  using Edges = decltype(Next(Nodes.front()));
  struct Frame {
    Node Of;
    Edges To;
    size_t At = 0;
  };
  struct Mark {
    unsigned Number, Lowest;
    bool Open;
  };
  llvm::DenseMap<Node, Mark> Marks;
  std::vector<Node> Open;
  std::vector<Frame> Stack;
  auto Enter = [&](Node N) {
    const unsigned Number = Marks.size();
    Marks[N] = {Number, Number, true};
    Open.push_back(N);
    Stack.push_back({N, Next(N)});
  };
  for (Node Root : Nodes) {
    if (!Marks.contains(Root))
      Enter(Root);
    while (!Stack.empty()) {
      Frame &Top = Stack.back();
      if (Top.At != Top.To.size()) {
        Node To = Top.To[Top.At++];
        auto Found = Marks.find(To);
        if (Found == Marks.end())
          Enter(To);
        else if (Found->second.Open)
          Marks[Top.Of].Lowest = std::min(Marks[Top.Of].Lowest, Found->second.Number);
        continue;
      }
      const Node Done = Top.Of;
      const Mark Of = Marks[Done];
      Stack.pop_back();
      if (!Stack.empty()) {
        Mark &Above = Marks[Stack.back().Of];
        Above.Lowest = std::min(Above.Lowest, Of.Lowest);
      }
      if (Of.Lowest != Of.Number)
        continue;
      auto First = std::find(Open.rbegin(), Open.rend(), Done).base() - 1;
      llvm::SmallVector<Node, 4> Cycle(First, Open.end());
      Open.erase(First, Open.end());
      for (Node Each : Cycle)
        Marks[Each].Open = false;
      Visit(llvm::ArrayRef<Node>(Cycle));
    }
  }
}

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_CYCLES_H
