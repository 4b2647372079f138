//===- Container.cpp - Containers, and what ends what was taken from them ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Container.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "Shared.h"
#include "Unit.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace corolint::model {
namespace {

enum class Change { None, Adds, Removes };

Change changeBy(llvm::StringRef Method) {
  return llvm::StringSwitch<Change>(Method)
      .Cases({"push_back", "emplace_back", "push_front", "emplace_front", "insert", "emplace"},
             Change::Adds)
      .Cases({"emplace_hint", "resize", "reserve", "append", "try_emplace", "insert_or_assign"},
             Change::Adds)
      .Cases({"insert_range", "append_range", "rehash", "prepend"}, Change::Adds)
      .Cases({"erase", "clear", "pop_back", "pop_front", "extract", "assign"}, Change::Removes)
      .Cases({"swap", "shrink_to_fit", "remove", "remove_if", "removeAll", "takeFirst"},
             Change::Removes)
      .Default(Change::None);
}

} // namespace

Keeps keeps(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *Known : U.knowledge().of(C))
    switch (Known->Is) {
    case TypeRole::BlockContainer:
      return Keeps::InABlock;
    case TypeRole::BlocksContainer:
      return Keeps::InBlocks;
    case TypeRole::TableContainer:
      return Keeps::InTable;
    case TypeRole::NodeContainer:
      return Keeps::InNodes;
    default:
      break;
    }
  return Keeps::Nothing;
}

const CXXRecordDecl *classOfObject(const Expr &E) {
  return E.IgnoreParenImpCasts()->getType().getNonReferenceType()->getAsCXXRecordDecl();
}

const ValueDecl *namedBy(const Expr &Container) {
  const Expr *E = Container.IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl();
  return nullptr;
}

bool ends(const ContainerChange &Done, Keeps How, bool IsReference) {
  return Done.Removes || How == Keeps::InABlock || (!IsReference && How != Keeps::InNodes);
}

llvm::DenseMap<const ValueDecl *, std::vector<ContainerChange>> findContainerChanges(Unit &U) {
  llvm::DenseMap<const ValueDecl *, std::vector<ContainerChange>> Result;
  for (const FunctionDecl *F : U.functions()) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(F))
      continue;
    walkEvaluated(writtenBody(*F), [&](const Stmt &S) {
      const Expr *Object = nullptr;
      Change Done = Change::None;
      if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S)) {
        const CXXMethodDecl *M = Called->getMethodDecl();
        Object = Called->getImplicitObjectArgument();
        if (M && M->getIdentifier() && !M->isConst())
          Done = changeBy(M->getName());
      } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
        Object = Operator->getArg(0);
        if (Operator->getOperator() == OO_Equal)
          Done = Change::Removes;
        else if (Operator->getOperator() == OO_PlusEqual)
          Done = Change::Adds;
        else if (const CXXRecordDecl *C =
                     Operator->getOperator() == OO_Subscript ? classOfObject(*Object) : nullptr;
                 C && keeps(*C, U) == Keeps::InTable) // it inserts what is not there
          Done = Change::Adds;
      } else if (const auto *Given = dyn_cast<CallExpr>(&S);
                 Given && Given->getDirectCallee() && Given->getNumArgs() != 0 &&
                 Given->getDirectCallee()->isInStdNamespace() &&
                 Given->getDirectCallee()->getIdentifier()) {
        if (llvm::is_contained({"erase", "erase_if", "exchange"},
                               Given->getDirectCallee()->getName())) {
          Object = Given->getArg(0);
          Done = Change::Removes;
        }
      }
      if (Done == Change::None || !Object)
        return true;
      const CXXRecordDecl *C = classOfObject(*Object);
      const ValueDecl *Named = C && keeps(*C, U) != Keeps::Nothing ? namedBy(*Object) : nullptr;
      if (Named && isShared(*Object))
        Result[Named].push_back({{S.getBeginLoc(), F}, Done == Change::Removes});
      return true;
    });
  }
  return Result;
}

} // namespace corolint::model
