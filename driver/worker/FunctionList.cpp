//===- FunctionList.cpp - The functions of a unit, by name --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/FunctionList.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Calls.h"
#include "model/code/Walk.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace clang;
using namespace corolint::model;

namespace corolint {

void listFunctions(Unit &U, UnitResult &Into) {
  std::set<std::string> Names, Callers;
  for (const FunctionDecl *F : U.functions()) {
    const std::string Name = plainName(*F);
    Names.insert((isCoroutine(*F) ? "+" : "-") + Name);
    for (const Call &C : callsIn(*F, U))
      if (C.Callee && !U.isSystem(C.Callee->getLocation()))
        Callers.insert(plainName(*C.Callee) + "\t" + Name);
  }
  Into.FunctionNames.assign(Names.begin(), Names.end());
  Into.Callers.assign(Callers.begin(), Callers.end());
}

} // namespace corolint
