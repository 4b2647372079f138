//===- Pauses.cpp - Awaiting nothing but time ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Pauses.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Nothing in its name says so: a function that is told a time, and nothing else, has nothing else
/// to wait for. A member function has its object.
bool isToldTimeOnly(const CallExpr &Called, const AwaitPoint &P) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Called.getCalleeDecl());
  if (Method && !Method->isStatic())
    return false;
  unsigned Times = 0;
  for (const Expr *Each : Called.arguments()) {
    if (isa<CXXDefaultArgExpr>(Each))
      continue;
    if (!isTime(Each->getType()) && !isTime(bare(Each)->getType()))
      return false;
    ++Times;
  }
  return Times == 1 && P.At->getType()->isVoidType();
}

bool isHop(Role R) {
  return R == Role::HopsToLoop || R == Role::HopsToWorker || R == Role::HopsToUnknown;
}

} // namespace

bool isTime(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  return C && C->getIdentifier() && isStandard(*C) &&
         (C->getName() == "duration" || C->getName() == "time_point");
}

const CallExpr *pauseAt(const AwaitPoint &P, const FunctionDecl &F, Unit &U) {
  const auto *Called = isa<CoawaitExpr>(P.At) ? dyn_cast<CallExpr>(bare(P.Awaited)) : nullptr;
  std::optional<Call> Site = Called ? callOf(*Called) : std::nullopt;
  if (!Site || !Site->Callee)
    return nullptr;
  if (U.knowledge().replacesFamily(*Site->Callee, Family::Sleep))
    return Called;
  for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
    if ((Known->What == Role::Pauses || (isHop(Known->What) && P.At->getType()->isVoidType())) &&
        speaks(*Known, *Site, F, U))
      return Called;
  return isToldTimeOnly(*Called, P) ? Called : nullptr;
}

} // namespace corolint::model
