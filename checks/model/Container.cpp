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

Change changeBy(llvm::StringRef Method) {
  return llvm::StringSwitch<Change>(Method)
      .Cases({"push_back", "emplace_back", "push_front", "emplace_front", "insert", "emplace"},
             Change::Adds)
      .Cases({"emplace_hint", "resize", "reserve", "append", "try_emplace", "insert_or_assign"},
             Change::Adds)
      .Cases({"insert_range", "append_range", "rehash", "prepend", "shrink_to_fit"}, Change::Adds)
      .Cases({"pop_back", "pop_front", "pop_back_val", "swap"}, Change::Pops)
      .Cases({"takeFirst", "takeLast", "removeFirst", "removeLast"}, Change::Pops)
      .Cases({"erase", "extract", "remove", "remove_if", "truncate"}, Change::Erases)
      .Cases({"removeAll", "removeAt", "removeOne", "removeIf", "takeAt"}, Change::Erases)
      .Cases({"clear", "assign"}, Change::Replaces)
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

bool isKeyed(const CXXRecordDecl &Container) {
  return Container.hasDefinition() &&
         Container.hasMemberName(&Container.getASTContext().Idents.get("key_type"));
}

Ends ends(Change Done, Keeps How, bool IsKeyed, bool IsReference) {
  const bool Moves = How == Keeps::InABlock || (How != Keeps::InNodes && !IsReference);
  switch (Done) {
  case Change::None:
    return Ends::No;
  case Change::Adds:
    return Moves ? Ends::Certainly : Ends::No;
  case Change::Pops:
    return Ends::Perhaps;
  case Change::Erases:
    return How == Keeps::InBlocks || (How == Keeps::InABlock && !IsKeyed) ? Ends::Certainly
                                                                          : Ends::Perhaps;
  case Change::Replaces:
    return Moves ? Ends::Certainly : Ends::Perhaps;
  }
  llvm_unreachable("all changes are named");
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
          Done = Change::Replaces;
        else if (Operator->getOperator() == OO_PlusEqual)
          Done = Change::Adds;
        else if (const CXXRecordDecl *C =
                     Operator->getOperator() == OO_Subscript ? classOfObject(*Object) : nullptr;
                 C && isKeyed(*C)) // it inserts what is not there
          Done = Change::Adds;
      } else if (const auto *Given = dyn_cast<CallExpr>(&S);
                 Given && Given->getDirectCallee() && Given->getNumArgs() != 0 &&
                 Given->getDirectCallee()->isInStdNamespace() &&
                 Given->getDirectCallee()->getIdentifier()) {
        const llvm::StringRef Name = Given->getDirectCallee()->getName();
        Object = Given->getArg(0);
        if (Name == "erase" || Name == "erase_if")
          Done = Change::Erases;
        else if (Name == "exchange")
          Done = Change::Replaces;
      }
      if (Done == Change::None || !Object)
        return true;
      const CXXRecordDecl *C = classOfObject(*Object);
      const ValueDecl *Named = C && keeps(*C, U) != Keeps::Nothing ? namedBy(*Object) : nullptr;
      if (Named && isShared(*Object))
        Result[Named].push_back({{S.getBeginLoc(), F}, Done});
      return true;
    });
  }
  return Result;
}

} // namespace corolint::model
