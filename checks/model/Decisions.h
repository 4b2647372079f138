//===- Decisions.h - What was considered, and why it was left alone --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For `corolint why FILE:LINE`. Where nobody asks there is no such object, and a decision costs the
// test of a pointer: Unit::leave.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_DECISIONS_H
#define COROLINT_MODEL_DECISIONS_H

#include "clang/Basic/SourceManager.h"
#include <string>
#include <vector>

namespace corolint::model {

/// One thing that a rule looked at, and what came of it.
struct Decision {
  unsigned Line = 0, EndLine = 0, Column = 0; ///< in the file that is asked about
  std::string Rule;                           ///< the id of the rule that decided
  bool Reported = false;
  std::string Why; ///< of what was left alone
};

class Decisions {
public:
  /// \p File: the canonical name of the file that is asked about.
  Decisions(const clang::SourceManager &SM, llvm::StringRef File);

  /// Which rule decides now.
  void setRule(llvm::StringRef Id) { Rule = Id; }

  /// Is the place in the file? Of a macro, where the user wrote its name.
  bool covers(clang::SourceLocation At) const;

  void leave(clang::SourceRange At, std::string Why);
  void report(clang::SourceLocation At);

  std::vector<Decision> take() { return std::move(Made); }

private:
  Decision at(clang::SourceRange At) const;

  const clang::SourceManager &SM;
  clang::OptionalFileEntryRef Asked;
  std::string Rule;
  std::vector<Decision> Made;
};

/// "'name'": qualified, without template arguments; a lambda is "the lambda".
std::string namedAs(const clang::NamedDecl &D);

/// "line 12"
std::string lineOf(clang::SourceLocation At, const clang::SourceManager &SM);

} // namespace corolint::model

#endif // COROLINT_MODEL_DECISIONS_H
