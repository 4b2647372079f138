//===- Macros.h - What a macro makes of its arguments -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_MACROS_H
#define COROLINT_MODEL_MACROS_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace corolint::model {

/// Reads the definitions of macros where they are written, with the `#if`s around them: what the
/// preprocessor has left out of this build is there as well.
class Macros {
public:
  Macros(const clang::SourceManager &SM, const clang::LangOptions &Options)
      : SM(SM), Options(Options) {}

  /// \p Loc is in an argument of a macro. May another build leave the argument out: is the macro
  /// defined in another branch of an `#if` around its definition as well, in a way that does not
  /// evaluate it? Nothing if that cannot be told. No if that build leaves out the tests themselves:
  /// then nobody gets there.
  std::optional<bool> mayLeaveOut(clang::SourceLocation Loc);

private:
  struct Branch {
    unsigned Group, Number; ///< which `#if` … `#endif`, which part of it
  };
  struct Definition {
    llvm::StringRef Name;
    unsigned Begin, End; ///< offsets in the file
    llvm::SmallVector<llvm::StringRef, 4> Parameters;
    llvm::SmallVector<llvm::StringRef, 16> Body;
    llvm::SmallVector<Branch, 4> In;
  };
  const std::vector<Definition> &definitionsIn(clang::FileID File);
  enum class Use { Never, Conditional, Evaluated };
  static Use useOf(const Definition &D, llvm::StringRef Parameter);
  static const Branch *alternativeTo(const Definition &A, const Definition &B);
  bool switchesTests(clang::FileID File, const Branch &In);

  const clang::SourceManager &SM;
  const clang::LangOptions &Options;
  llvm::DenseMap<clang::FileID, std::vector<Definition>> Read;
  /// The groups whose conditions name a switch that turns a test framework off.
  llvm::DenseSet<std::pair<clang::FileID, unsigned>> TestSwitches;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_MACROS_H
