//===- BorrowNotes.h - How a finding tells of what a task borrows ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_BORROWNOTES_H
#define COROLINT_BORROWNOTES_H

#include "Check.h"
#include "FindingBuilder.h"
#include "model/fix/LifetimeFix.h"
#include "model/lifetime/Dangling.h"
#include <string>

namespace corolint {

/// What is borrowed: "this temporary", "'name'".
std::string objectOf(const model::Loan &L);
/// What has it: "the task of 'fetch'", "this lambda".
std::string borrowerOf(const model::Dangling &D);
/// … and by what: "refers to 'name' by its parameter 'url'", "refers to its object".
std::string refersTo(const model::Loan &L, llvm::StringRef Temporary = "this temporary");
/// What becomes of the task: "awaited", "returned", "detached", …
std::string endOf(const model::TaskEnd &End);

/// Where the task is done with, and where its coroutine uses what it borrows.
void noteUse(FindingBuilder &Finding, const model::Dangling &D, model::Unit &U);

/// A note with edits.
FindingMessage &operator<<(FindingMessage &Into, const model::Edits &All);

/// Where a finding about the loan points.
clang::SourceLocation placeOf(const model::Loan &L);

/// A rule on tasks that outlive what they borrow.
class BorrowCheck : public Check {
public:
  using Check::Check;

protected:
  using Place = llvm::function_ref<clang::SourceLocation(const model::Dangling &)>;
  using Words = llvm::function_ref<void(FindingBuilder &, const model::Dangling &)>;

  /// Reports what dangles in this way: \p Say gives the message its one argument, and adds advice
  /// after the notes on the use. Of what lives long enough it says why.
  void reportEach(model::Dangling::Kind Is, const clang::FunctionDecl &F, model::Unit &U, Place At,
                  llvm::function_ref<std::string(const model::Dangling &)> What, Words Advise);
};

} // namespace corolint

#endif // COROLINT_BORROWNOTES_H
