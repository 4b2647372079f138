//===- Rule.h - What a rule says about itself, once ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A rule's facts are said once, as a constant `Entry` in the check's own file. They drive its
// registration, its options, `corolint rules`, `corolint explain` and the tests of the repository.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RULE_H
#define COROLINT_RULE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <memory>

namespace corolint {

class Check;
class CheckHost;
struct Session;

/// How sure and how wanted a rule is. `Default` is on and worth failing a build.
enum class Tier { Default, Strict, Pedantic };

enum class Topic { Blocking, Awaiting, Lifetime, Suspension, RuntimeAuthors, Structure };

/// What a finding brings: nothing, a proposal in its notes, or an edit that is safe to apply.
enum class Fix { None, Suggested, Safe };

/// What a note of a finding is for.
enum class NoteKind {
  Step,    ///< it happens on the way to the harm, in this order
  Related, ///< a place that explains it: a declaration, the source of a fact
  Advice,  ///< what to do instead
};

/// An option of a rule, set as `<rule>.<Name>` under CheckOptions in `.clang-tidy`.
struct Option {
  llvm::StringLiteral Name;
  llvm::StringLiteral Default; ///< as text: "true", "false" or any string
  llvm::StringLiteral Meaning; ///< one sentence, shown by `corolint rules` and on the page
};

struct Rule {
  using Factory = std::unique_ptr<Check> (*)(const Rule &R, CheckHost &Host, Session &Of);

  llvm::StringLiteral Id;      ///< "coro-…": never changes once released
  llvm::StringLiteral Summary; ///< one line: what it reports
  Tier Level;
  Topic About;
  Fix Fixes;
  llvm::ArrayRef<Option> Options;
  Factory Make;
};

llvm::StringRef nameOf(Tier T);     ///< "default", "strict", "pedantic"
llvm::StringRef nameOf(Topic T);    ///< "blocking", "awaiting", …
llvm::StringRef nameOf(Fix F);      ///< "none", "suggested", "safe"
llvm::StringRef nameOf(NoteKind K); ///< "step", "related", "advice"

} // namespace corolint

#endif // COROLINT_RULE_H
