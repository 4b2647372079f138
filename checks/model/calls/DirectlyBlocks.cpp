//===- DirectlyBlocks.cpp - Does one call block by itself -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/DirectlyBlocks.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/calls/Descriptor.h"
#include "model/code/Call.h"
#include "model/types/TaskType.h"

using namespace clang;

namespace corolint::model {
namespace {

Category categoryOf(const Entry &E) {
  return E.What == Role::RunsLoop ? LoopCategory : static_cast<Category>(E.Waits);
}

/// The mode of the descriptor decides.
Direct descriptorMode(Direct Result, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Expr *E = argument(Site, *Result.Known->Descriptor);
  if (!E)
    return {Direct::Harmless};
  Condition IsStdin;
  IsStdin.Is = Condition::Stdin;
  IsStdin.Arg = *Result.Known->Descriptor;
  if (!variableIn(E) && holds(IsStdin, Site, In, U).Answer == Holds::Yes) {
    Result.Waits = static_cast<Category>(Family::ConsoleInput);
    return Result;
  }
  const Mode Found = modeOf(*E, Site, In, U);
  if (Found.Is == Mode::NonBlocking)
    return {Direct::Harmless};
  Result.Certain = Found.Is == Mode::Blocking;
  if (Found.Waits)
    Result.Waits = static_cast<Category>(*Found.Waits);
  return Result;
}

} // namespace

Direct direct(const Call &Site, const FunctionDecl &In, Unit &U) {
  Direct Result;
  for (const Entry *Known : U.knowledge().of(*Site.Callee, Site.objectClass())) {
    const bool Blocks = Known->What == Role::Blocks || Known->What == Role::RunsLoop;
    const bool Harmless = Known->What == Role::NonBlocking || Known->What == Role::AllowInside;
    // Who says where its callable runs is believed, whatever the body does with it.
    if (Known->What == Role::Offloads && Result.Is == Direct::Nothing)
      Result.Is = Direct::Harmless;
    if (!Blocks && !Harmless)
      continue;
    // Whatever the arguments are, this function is known: its body says nothing more.
    if (Result.Is == Direct::Nothing)
      Result.Is = Direct::Harmless;
    // An awaitable of the same name does not wait where it is called.
    if (Blocks && Known->From.From != Origin::Annotation &&
        U.get<TaskTypes>().of(Site.Callee->getReturnType()).Awaitable)
      continue;
    int IfParameter = Always;
    int IfNot = 0;
    bool Speaks = llvm::all_of(Known->When, [&](const Condition &C) {
      return holds(C, Site, In, U).Answer == Holds::Yes;
    });
    for (const Condition &C : Known->Unless) {
      Holds H = holds(C, Site, In, U);
      Speaks &= H.Answer != Holds::Yes;
      if (H.Answer == Holds::AsParameter)
        std::tie(IfParameter, IfNot) = std::pair(static_cast<int>(H.Parameter), C.Arg);
    }
    if (!Speaks)
      continue;
    if (Harmless)
      return Result;
    Direct Found{Direct::Blocks, Known, categoryOf(*Known), true, IfParameter, IfNot};
    return Known->Descriptor ? descriptorMode(Found, Site, In, U) : Found;
  }
  return Result;
}

} // namespace corolint::model
