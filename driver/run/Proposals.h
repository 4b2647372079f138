//===- Proposals.h - Attributes of the types of a project -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_PROPOSALS_H
#define COROLINT_DRIVER_RUN_PROPOSALS_H

#include "output/Finding.h"
#include "output/Output.h"
#include "run/CheckRequest.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>

namespace corolint {

/// What the units of a run say of the attributes of their types, put together: an attribute holds
/// if it does in every unit that has the type.
class Proposals {
public:
  Proposals(const Report &R, const CheckRequest &Asked);

  const std::vector<Proposal> &all() const { return All; }
  /// The contents that files would have.
  std::map<std::string, std::string> contents() const;

  /// Gives up what holds and is one of \p Which.
  void giveUp(llvm::function_ref<bool(const Proposal &)> Which, llvm::StringRef Why);

private:
  void add(const Proposal &P);
  void leaveOutElsewhere(const CheckRequest &Asked);
  void leaveOutUnneeded();

  std::vector<Proposal> All;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_PROPOSALS_H
