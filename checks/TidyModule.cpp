//===- TidyModule.cpp - The rules in clang-tidy -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Host.h"
#include "Registry.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/Support/Timer.h"

using namespace clang;

namespace corolint {
namespace {

/// A check of ours as one of clang-tidy's, and its host: findings pass through clang-tidy, where
/// NOLINT and `.clang-tidy` take effect.
class TidyCheck final : public tidy::ClangTidyCheck, CheckHost {
public:
  TidyCheck(const Rule &R, llvm::StringRef Name, tidy::ClangTidyContext *Context)
      : ClangTidyCheck(Name, Context), Facts(R), Ours(R.Make(R, *this)) {
    // What is asked for here is what --verify-config knows.
    for (const Option &O : Facts.Options)
      Options.get(O.Name);
    profile();
  }

  bool isLanguageVersionSupported(const LangOptions &L) const override { return L.Coroutines; }

  void storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) override {
    for (const Option &O : Facts.Options)
      Options.store(Opts, O.Name, Options.get(O.Name, O.Default));
    Opts[ProfileOption] = tidy::ClangTidyOptions::ClangTidyValue(profile().value_or("default"));
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    double Before = llvm::TimeRecord::getCurrentTime().getProcessTime();
    Ours->checkUnit(*Result.Context);
    unitStats().RuleSeconds.emplace_back(
        Facts.Id, llvm::TimeRecord::getCurrentTime(/*Start=*/false).getProcessTime() - Before);
  }

private:
  DiagnosticBuilder diag(SourceLocation Loc, llvm::StringRef Message,
                         DiagnosticIDs::Level Level) override {
    return ClangTidyCheck::diag(Loc, Message, Level);
  }
  DiagnosticBuilder configurationError(llvm::StringRef Message) override {
    return configurationDiag(Message, DiagnosticIDs::Error);
  }
  std::optional<llvm::StringRef> option(llvm::StringRef Name) const override {
    return Options.get(Name);
  }
  std::optional<llvm::StringRef> profile() const override {
    return Options.getLocalOrGlobal(ProfileOption);
  }

  const Rule &Facts;
  std::unique_ptr<Check> Ours;
};

class CorolintModule : public tidy::ClangTidyModule {
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    for (const Rule *R : allRules())
      Factories.registerCheckFactory(R->Id,
                                     [R](llvm::StringRef Name, tidy::ClangTidyContext *Context) {
                                       return std::make_unique<TidyCheck>(*R, Name, Context);
                                     });
  }
};

tidy::ClangTidyModuleRegistry::Add<CorolintModule>
    Registration("corolint", "Async misuse in C++20 coroutines.");

} // namespace
} // namespace corolint
