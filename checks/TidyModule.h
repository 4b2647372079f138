//===- TidyModule.h - The rules in clang-tidy -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TIDYMODULE_H
#define COROLINT_TIDYMODULE_H

#include <functional>
#include <memory>

namespace clang::tidy {
class ClangTidyCheckFactories;
class ClangTidyContext;
} // namespace clang::tidy

namespace corolint {

struct Session;

/// The session of the checks that are made for a context.
using SessionOf = std::function<std::shared_ptr<Session>(clang::tidy::ClangTidyContext *)>;

/// Every rule as a check of clang-tidy's. A host of our own hands down its session; clang-tidy
/// finds the rules by its registry of modules, and they share one for each context.
void addRules(clang::tidy::ClangTidyCheckFactories &Factories, SessionOf Which);

} // namespace corolint

#endif // COROLINT_TIDYMODULE_H
