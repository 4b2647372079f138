//===- UnitReplacements.h - Which functions say that they replace another -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_UNITREPLACEMENTS_H
#define COROLINT_KNOWLEDGE_UNITREPLACEMENTS_H

#include "knowledge/Words.h"
#include "llvm/ADT/StringMap.h"

namespace clang {
class ASTContext;
class Decl;
class DeclContext;
} // namespace clang

namespace corolint::model {

/// The functions of one unit that are annotated with `CORO_REPLACES`, by the name that they give.
/// One walk over its declarations finds them all; bodies are not looked into.
class UnitReplacements {
public:
  explicit UnitReplacements(const clang::ASTContext &Context);

  using Named = llvm::StringMap<llvm::SmallVector<Replacement, 2>>;
  const Named &byName() const { return ByName; }

private:
  void walk(const clang::DeclContext &In);
  void visit(const clang::Decl &D);
  void note(const clang::FunctionDecl &F);

  Named ByName;
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_UNITREPLACEMENTS_H
