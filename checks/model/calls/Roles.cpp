//===- Roles.cpp - What a call does with what it is given ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Roles.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/code/Call.h"
#include "model/types/TaskType.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
bool speaks(const Entry &Known, const Call &Site, const FunctionDecl &In, Unit &U) {
  auto Applies = [&](const Condition &C) { return holds(C, Site, In, U).Answer == Holds::Yes; };
  return llvm::all_of(Known.When, Applies) && llvm::none_of(Known.Unless, Applies);
}

namespace {

/// The constructor to which a function of the C++ library passes its arguments on:
/// `threads.emplace_back(f)`, `std::make_unique<std::thread>(f)`. Any one of its class.
const CXXConstructorDecl *constructorBehind(const Call &Site, Unit &U) {
  const IdentifierInfo *Name = Site.Callee->getIdentifier();
  if (!Name)
    return nullptr;
  QualType Made;
  if (Site.Object && Name->getName().starts_with("emplace"))
    Made = U.get<TaskTypes>().elementOfContainer(Site.Object->getType());
  else if (Site.Callee->isInStdNamespace() &&
           llvm::is_contained({"make_unique", "make_shared"}, Name->getName()))
    if (const TemplateArgumentList *Args = Site.Callee->getTemplateSpecializationArgs();
        Args && Args->get(0).getKind() == TemplateArgument::Type)
      Made = Args->get(0).getAsType();
  const CXXRecordDecl *C = Made.isNull() ? nullptr : Made->getAsCXXRecordDecl();
  return C && C->hasDefinition() && C->ctor_begin() != C->ctor_end() ? *C->ctor_begin() : nullptr;
}

} // namespace

const Entry *roleOf(const Call &Site, int Arg, Role R, const FunctionDecl &In, Unit &U) {
  auto Find = [&](const auto &Entries) -> const Entry * {
    for (const Entry *E : Entries)
      if (E->What == R && (E->Args.empty() || llvm::is_contained(E->Args, Arg)) &&
          speaks(*E, Site, In, U))
        return E;
    return nullptr;
  };
  if (const Entry *E = Find(U.knowledge().of(*Site.Callee, Site.objectClass())))
    return E;
  const CXXConstructorDecl *Behind = constructorBehind(Site, U);
  return Behind ? Find(U.knowledge().of(*Behind)) : nullptr;
}

bool givesRole(const Call &Site, int Arg, Role R, const FunctionDecl &In, Unit &U) {
  return roleOf(Site, Arg, R, In, U);
}

} // namespace corolint::model
