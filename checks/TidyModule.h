//===- TidyModule.h - The rules in clang-tidy -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TIDYMODULE_H
#define COROLINT_TIDYMODULE_H

#include "llvm/ADT/StringRef.h"
#include <memory>

namespace clang {
class ASTConsumer;
class CompilerInstance;
namespace tidy {
class ClangTidyContext;
} // namespace tidy
} // namespace clang

namespace corolint {

struct Session;

/// Runs the rules that the context has switched on, as clang-tidy would, in a session of the
/// host's. clang-tidy itself finds the rules by its registry of modules; there they share one
/// session for each context.
std::unique_ptr<clang::ASTConsumer> runRules(clang::tidy::ClangTidyContext &Context,
                                             clang::CompilerInstance &CI, llvm::StringRef File,
                                             std::shared_ptr<Session> Of);

} // namespace corolint

#endif // COROLINT_TIDYMODULE_H
