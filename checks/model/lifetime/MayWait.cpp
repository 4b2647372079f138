//===- MayWait.cpp - Functions that may wait -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/MayWait.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

struct MayWait {
  struct Result {
    bool May = false;
    bool operator==(const Result &) const = default;
  };
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U);
};

MayWait::Result MayWait::make(const FunctionDecl &F, Unit &U) {
  if (isKnownToWait(F, nullptr, U))
    return {true};
  const FunctionDecl *Definition = nullptr;
  if (U.isSystem(F.getLocation()))
    return {false}; // it is described
  if (!U.knowledge().libraryOf(F).empty())
    return {true}; // what is not described of a library is not known
  if (!F.isDefined(Definition) || !Definition->getBody())
    return {!F.isImplicit() && !F.isDefaulted()};
  if (isCoroutine(*Definition))
    return {false};
  Result Found;
  walkEvaluated(Definition->getBody(), [&](const Stmt &S) {
    const auto *Written = dyn_cast<CallExpr>(&S);
    if (const FunctionDecl *Callee = Written ? Written->getDirectCallee() : nullptr) {
      const auto *Member = dyn_cast<CXXMemberCallExpr>(Written);
      Found.May = Found.May ||
                  isKnownToWait(*Callee, Member ? Member->getRecordDecl() : nullptr, U) ||
                  U.get<MayWait>(*Callee).May;
    }
    return !Found.May;
  });
  return Found;
}

} // namespace

bool isKnownToWait(const FunctionDecl &F, const CXXRecordDecl *Object, Unit &U) {
  return llvm::any_of(U.knowledge().of(F, Object), [](const Entry *Known) {
    // Who sleeps, or waits for a disk, waits for no work.
    return Known->What == Role::RunsLoop ||
           (Known->What == Role::Blocks && Known->Waits == Family::Thread);
  });
}

bool mayWait(const FunctionDecl &F, Unit &U) {
  return U.get<MayWait>(F).May;
}

} // namespace corolint::model
