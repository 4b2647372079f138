//===- Container.cpp - Containers, and what ends what was taken from them ---===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/Container.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

#include "base/Compat.h"

using namespace clang;

namespace corolint::model {
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

bool isKeyed(const CXXRecordDecl &Container) {
  return Container.hasDefinition() &&
         Container.hasMemberName(&Container.getASTContext().Idents.get("key_type"));
}

Change changeBy(llvm::StringRef Method) {
  return StringSwitch<Change>(Method)
      .Cases({"push_back", "emplace_back", "push_front", "emplace_front", "insert", "emplace"},
             Change::Adds)
      .Cases({"emplace_hint", "resize", "reserve", "append", "try_emplace", "insert_or_assign"},
             Change::Adds)
      .Cases({"insert_range", "append_range", "rehash", "prepend", "shrink_to_fit"}, Change::Adds)
      .Cases({"pop_back", "pop_back_val", "takeLast", "removeLast"}, Change::PopsBack)
      .Cases({"pop_front", "takeFirst", "removeFirst"}, Change::PopsFront)
      .Cases({"erase", "extract", "remove", "remove_if", "truncate"}, Change::Erases)
      .Cases({"removeAll", "removeAt", "removeOne", "removeIf", "takeAt"}, Change::Erases)
      .Cases({"erase_and_dispose", "pop_front_and_dispose", "remove_and_dispose_if"},
             Change::Erases)
      .Cases({"clear", "assign", "swap", "clear_and_dispose"}, Change::Replaces)
      .Default(Change::None);
}

Ends ends(Change Done, Keeps How, bool IsKeyed, bool IsReference) {
  const bool Moves = How == Keeps::InABlock || (How != Keeps::InNodes && !IsReference);
  switch (Done) {
  case Change::None:
    return Ends::No;
  case Change::Adds:
    return Moves ? Ends::Certainly : Ends::No;
  case Change::PopsFront:
  case Change::PopsBack:
    return Ends::Perhaps;
  case Change::Erases:
    return How == Keeps::InBlocks || (How == Keeps::InABlock && !IsKeyed) ? Ends::Certainly
                                                                          : Ends::Perhaps;
  case Change::Replaces:
    return Moves ? Ends::Certainly : Ends::Perhaps;
  }
  llvm_unreachable("all changes are named");
}

bool linksElements(const CXXRecordDecl &Container) {
  if (!Container.hasDefinition())
    return false;
  const ASTContext &Context = Container.getASTContext();
  bool Links = false;
  for (const char *Name : {"push_back", "push_front", "insert"})
    for (const CXXRecordDecl *C = &Container; C;) {
      for (const NamedDecl *Each : C->lookup(&Context.Idents.get(Name)))
        if (const auto *M = dyn_cast<CXXMethodDecl>(Each->getUnderlyingDecl())) {
          if (M->getNumParams() == 0)
            continue;
          const QualType T = M->getParamDecl(M->getNumParams() - 1)->getType();
          if (!T->isLValueReferenceType() || T.getNonReferenceType().isConstQualified())
            return false;
          Links = true;
        }
      C = C->getNumBases() != 0 && !Links ? C->bases_begin()->getType()->getAsCXXRecordDecl()
                                          : nullptr;
      if (C && !C->hasDefinition())
        C = nullptr;
    }
  return Links;
}

} // namespace corolint::model
