//===- Offers.cpp - What the library of a task has for it -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Offers.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/UnitNames.h"
#include "model/Unit.h"
#include "model/types/Protocol.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Every entry about what a library offers, and what its names lead to in this unit.
struct Offered {
  explicit Offered(Unit &U) : Names(U.context()) {
    for (const Entry *Each : U.knowledge().allFunctions())
      if (Each->What == Role::Pauses || Each->What == Role::Gathers || Each->What == Role::Offloads)
        Functions.push_back(Each);
    for (const TypeEntry *Each : U.knowledge().allTypes())
      if (Each->Is == TypeRole::Cancellation)
        Cancellations.push_back(Each);
  }
  KnowledgeNames Names;
  std::vector<const Entry *> Functions;
  std::vector<const TypeEntry *> Cancellations;
};

class OffersIn {
public:
  OffersIn(const NamespaceDecl &In, Unit &U) : In(In), U(U) {}

  Offers find() {
    for (const NamespaceDecl *Part : In.redecls())
      for (const Decl *D : Part->decls())
        addAnnotated(*D);
    auto &All = U.get<Offered>();
    for (const Entry *Each : All.Functions)
      if (isIn(Each->Name))
        addFunction(Each->What, Each->Name,
                    llvm::dyn_cast_or_null<FunctionDecl>(All.Names.declarationNamed(Each->Name)));
    for (const TypeEntry *Each : All.Cancellations)
      if (isIn(Each->Name))
        Result.Cancellations.push_back(
            {Each->Name,
             llvm::dyn_cast_or_null<CXXRecordDecl>(All.Names.declarationNamed(Each->Name)),
             Each->Why});
    return std::move(Result);
  }

private:
  bool isIn(llvm::StringRef Name) const {
    return Name.consume_front(In.getName()) && Name.starts_with("::");
  }

  /// Only what has an attribute is asked about: a namespace may be large.
  void addAnnotated(const Decl &D) {
    const auto *F = dyn_cast<FunctionDecl>(&D);
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(&D))
      F = Template->getTemplatedDecl();
    if (F && (F->hasAttrs() ||
              llvm::any_of(F->parameters(), [](const ParmVarDecl *P) { return P->hasAttrs(); }))) {
      if (U.knowledge().replacesFamily(*F, Family::Sleep))
        addFunction(Role::Pauses, plainName(*F), F);
      for (const Entry *Each : U.knowledge().of(*F))
        if (Each->From.From == Origin::Annotation)
          addFunction(Each->What, plainName(*F), F);
    } else if (const auto *C = dyn_cast<CXXRecordDecl>(&D); C && C->hasAttrs()) {
      for (const TypeEntry *Each : U.knowledge().of(*C))
        if (Each->Is == TypeRole::Cancellation && Each->From.From == Origin::Annotation)
          Result.Cancellations.push_back({plainName(*C), C, ""});
    }
  }

  void addFunction(Role What, const std::string &Name, const FunctionDecl *F) {
    auto SetFirst = [&](std::string &Slot) {
      if (Slot.empty())
        Slot = Name;
    };
    if (What == Role::Gathers)
      SetFirst(Result.Gather);
    else if (What == Role::Offloads && F)
      SetFirst(Result.Offload);
    else if (What == Role::Pauses && F)
      SetFirst(F->getMinRequiredArguments() == 0 ? Result.Yield : Result.Sleep);
  }

  const NamespaceDecl &In;
  Unit &U;
  Offers Result;
};

struct OffersOfLibrary {
  using Result = Offers;
  static Result make(const NamespaceDecl &In, Unit &U) { return OffersIn(In, U).find(); }
};

} // namespace

const Offers *offersTo(const FunctionDecl &Coroutine, Unit &U) {
  const CXXRecordDecl *Task = returnedClass(Coroutine);
  const NamespaceDecl *In = Task ? outermostNamespace(*Task) : nullptr;
  return In ? &U.get<OffersOfLibrary>(*In->getCanonicalDecl()) : nullptr;
}

} // namespace corolint::model
