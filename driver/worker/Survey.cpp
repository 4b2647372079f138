//===- Survey.cpp - What a project is made of, for corolint init --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/Survey.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Calls.h"
#include "model/code/Walk.h"
#include "model/types/TaskType.h"
#include "output/Paths.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;
using namespace corolint::model;

namespace corolint {

void survey(Unit &U, UnitResult &Into) {
  std::set<std::string> Libraries;
  std::set<const CXXRecordDecl *> Seen;
  auto Note = [&](const Decl &D) {
    if (llvm::StringRef Name = U.knowledge().libraryOf(D); !Name.empty())
      Libraries.insert(Name.str());
  };
  const SourceManager &SM = U.context().getSourceManager();
  for (const FunctionDecl *F : U.functions()) {
    for (const Call &C : callsIn(*F, U))
      if (C.Callee)
        Note(*C.Callee);
    const TaskType &Type = U.get<TaskTypes>().of(F->getReturnType());
    if (!isCoroutine(*F) || !Type.Class)
      continue;
    Note(*Type.Class);
    const CXXRecordDecl *Class = Type.Class;
    if (const auto *Special = llvm::dyn_cast<ClassTemplateSpecializationDecl>(Class))
      Class = Special->getSpecializedTemplate()->getTemplatedDecl();
    if (!Seen.insert(Class->getCanonicalDecl()).second)
      continue;
    SurveyedType Found;
    Found.Name = plainName(*Class);
    Found.Kind = nameOf(Type.Kind).str();
    Found.Library = U.knowledge().libraryOf(*Class).str();
    Found.NoDiscard = Type.NoDiscard;
    Found.IsSystem = U.isSystem(Class->getLocation());
    const SourceLocation At = SM.getFileLoc(Class->getLocation());
    Found.At.Path = canonicalPath(SM.getFilename(At));
    Found.At.Line = SM.getSpellingLineNumber(At);
    Into.TaskTypes.push_back(std::move(Found));
  }
  Into.Libraries.assign(Libraries.begin(), Libraries.end());
}

} // namespace corolint
