//===- OnEveryPath.cpp - What is passed on every path to a place -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/OnEveryPath.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint::model {

OnEveryPath::OnEveryPath(const Cfg &Graph, std::vector<Cfg::Point> Given)
    : Graph(Graph), Points(std::move(Given)) {
  std::vector<std::pair<unsigned, unsigned>> Numbers(Points.size());
  for (size_t I = 0; I != Points.size(); ++I)
    if (Points[I] && Graph.dominanceOf(*Points[I].Block, Numbers[I]))
      Order.push_back(I);
  llvm::sort(Order, [&](size_t A, size_t B) {
    return std::tuple(Numbers[A].first, Points[A].Index, A) <
           std::tuple(Numbers[B].first, Points[B].Index, B);
  });
  Before.assign(Order.size(), None);

  // Open: the last point of each block around, and where the block's bracket ends.
  std::vector<std::pair<size_t, unsigned>> Open;
  auto CloseUpTo = [&](unsigned Number) {
    while (!Open.empty() && Open.back().second < Number) {
      const unsigned End = Open.back().second;
      Open.pop_back();
      Brackets.push_back({End + 1, Open.empty() ? None : Open.back().first});
    }
  };
  for (size_t I = 0; I != Order.size();) {
    const auto [In, Out] = Numbers[Order[I]];
    CloseUpTo(In);
    size_t Last = I;
    Before[I] = Open.empty() ? None : Open.back().first;
    while (Last + 1 != Order.size() && Points[Order[Last + 1]].Block == Points[Order[I]].Block) {
      ++Last;
      Before[Last] = Last - 1;
    }
    Open.push_back({Last, Out});
    Brackets.push_back({In, Last});
    I = Last + 1;
  }
  CloseUpTo(~0u);
}

size_t OnEveryPath::lastBefore(Cfg::Point At) const {
  std::pair<unsigned, unsigned> Number;
  if (!Graph.dominanceOf(*At.Block, Number))
    return Order.size() - 1; // None of none
  auto Bracket = llvm::upper_bound(Brackets, Number.first,
                                   [](unsigned N, const auto &B) { return N < B.first; });
  if (Bracket == Brackets.begin())
    return None;
  const size_t Last = std::prev(Bracket)->second;
  if (Last == None || Points[Order[Last]].Block != At.Block)
    return Last;
  // In its own block only what is before it.
  auto First = std::partition_point(Order.begin(), Order.begin() + Last + 1, [&](size_t I) {
    return Points[I].Block != At.Block || Points[I].Index < At.Index;
  });
  const size_t I = First - Order.begin();
  return I != 0 && Points[Order[I - 1]].Block == At.Block ? I - 1 : I > Last ? Last : Before[I];
}

void OnEveryPath::forEachBefore(Cfg::Point At, llvm::function_ref<bool(size_t)> Visit) const {
  if (!At)
    return;
  std::pair<unsigned, unsigned> Number;
  const bool All = !Graph.dominanceOf(*At.Block, Number);
  for (size_t I = lastBefore(At); I != None && Visit(Order[I]);)
    I = All ? I - 1 : Before[I]; // None is what is before the first
}

} // namespace corolint::model
