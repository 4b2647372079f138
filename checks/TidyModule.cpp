//===- TidyModule.cpp - clang-tidy's door -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"

namespace corolint {
namespace {

class CorolintModule : public clang::tidy::ClangTidyModule {
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    for (const Rule *R : allRules())
      Factories.registerCheckFactory(R->Id, R->Make);
  }
};

clang::tidy::ClangTidyModuleRegistry::Add<CorolintModule>
    Registration("corolint", "Async misuse in C++20 coroutines.");

} // namespace
} // namespace corolint
