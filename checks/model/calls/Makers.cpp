//===- Makers.cpp - What an object was made of ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Makers.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Constants.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What was put into it: what it was initialised with, and what it or its parts are assigned or are
/// given later.
llvm::SmallVector<const Expr *, 4> valuesIn(const Call &Site, const FunctionDecl &In, Unit &U) {
  llvm::SmallVector<const Expr *, 4> Result;
  const Objects &Known = U.get<Objects>(In);
  const ObjectName Of = objectNameOf(Site, Condition::Object);
  // Of a part as well: what the whole was made of.
  if (Site.Destroyed && Site.Destroyed->getInit())
    Result.push_back(Site.Destroyed->getInit());
  llvm::append_range(Result, Known.valuesOf(Of));
  if (Site.Destroyed && llvm::StringRef(Site.Part).contains('['))
    llvm::append_range(Result, Known.partsOf(objectNameOf(*Site.Destroyed)));
  return Result;
}

bool isOneMadeBy(const Expr *E, const Condition &C, Unit &U, unsigned Depth) {
  E = E ? bare(E) : nullptr;
  if (!E || Depth == 6)
    return false;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return llvm::any_of(List->inits(),
                        [&](const Expr *Each) { return isOneMadeBy(Each, C, U, Depth + 1); });
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    return isOneMadeBy(List->getSubExpr(), C, U, Depth + 1);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return llvm::any_of(Construct->arguments(),
                        [&](const Expr *Each) { return isOneMadeBy(Each, C, U, Depth + 1); });
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E))
    return isOneMadeBy(Conditional->getTrueExpr(), C, U, Depth + 1) ||
           isOneMadeBy(Conditional->getFalseExpr(), C, U, Depth + 1);
  if (const VarDecl *V = variableIn(E); V && V->getInit() && !isa<ParmVarDecl>(V))
    return isOneMadeBy(V->getInit(), C, U, Depth + 1);
  const auto *Maker = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Maker ? Maker->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (U.knowledge().isNamed(*Callee, C.Text))
    return C.With.empty() || llvm::any_of(Maker->arguments(), [&](const Expr *Arg) {
             const auto *Ref = dyn_cast<DeclRefExpr>(bare(Arg));
             return Ref && Ref->getDecl()->getIdentifier() && Ref->getDecl()->getName() == C.With;
           });
  // `std::async(f).share()`
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Maker);
  return Member && Member->getNumArgs() == 0 &&
         isOneMadeBy(Member->getImplicitObjectArgument(), C, U, Depth + 1);
}

} // namespace

const CallExpr *makerOf(const Expr *E) {
  if (!E)
    return nullptr;
  E = bare(E);
  if (const VarDecl *V = variableIn(E); V && V->getInit())
    E = bare(V->getInit());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1)
    E = bare(Construct->getArg(0));
  return dyn_cast<CallExpr>(E);
}

bool isMadeBy(const Expr *E, const Condition &C, const FunctionDecl &In, Unit &U) {
  const llvm::ArrayRef<const Expr *> Later = U.get<Objects>(In).valuesOf(objectNameOf(E));
  return (!Later.empty() || isOneMadeBy(E, C, U, 0)) &&
         llvm::all_of(Later, [&](const Expr *Value) { return isOneMadeBy(Value, C, U, 0); });
}

bool holdsWhatIsMadeBy(const Call &Site, const Condition &C, const FunctionDecl &In, Unit &U) {
  return llvm::any_of(valuesIn(Site, In, U),
                      [&](const Expr *Value) { return isOneMadeBy(Value, C, U, 0); });
}

bool isFresh(const Expr *E, const FunctionDecl &In, Unit &U) {
  const CallExpr *Maker = makerOf(E);
  if (!Maker || !Maker->isPRValue())
    return false;
  const ObjectName Of = objectNameOf(E);
  return Of.empty() || !U.get<Objects>(In).isAssigned(Of);
}

bool isEmpty(const Call &Site, const FunctionDecl &In, Unit &U) {
  const VarDecl *V = Site.Destroyed;
  if (!V || !Site.Part.empty())
    return false;
  const Expr *Init = V->getInit() ? bare(V->getInit()) : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  const auto *List = dyn_cast_or_null<InitListExpr>(Init);
  if (!(Made ? Made->getNumArgs() == 0 : List && List->getNumInits() == 0))
    return false;
  return !U.get<Objects>(In).isAssigned(objectNameOf(*V)) &&
         U.get<Objects>(In).usesOf(objectNameOf(*V)).empty();
}

bool isMadeWithZero(const Call &Site, Unit &U) {
  const Expr *Init = Site.Part.empty() && Site.Destroyed && Site.Destroyed->getInit()
                         ? bare(Site.Destroyed->getInit())
                         : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  bool Found = false;
  for (const Expr *Arg : Made ? Made->arguments() : CXXConstructExpr::const_arg_range({}, {})) {
    if (!Arg->getType()->isIntegerType() || isa<CXXDefaultArgExpr>(Arg))
      continue;
    if (!isZero(Arg, U.context()))
      return false;
    Found = true;
  }
  return Found;
}

} // namespace corolint::model
