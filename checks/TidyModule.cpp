//===- TidyModule.cpp - The rules in clang-tidy -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TidyModule.h"
#include "Check.h"
#include "ErrorWatch.h"
#include "Host.h"
#include "Registry.h"
#include "Session.h"
#include "clang-tidy/ClangTidyCheck.h"
#include COROLINT_TIDY_MODULES
#include "base/Compat.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Timer.h"
#include <functional>
#include <map>
#include <memory>
#include <mutex>

using namespace clang;

namespace corolint {
namespace {

/// A check of ours as one of clang-tidy's, and its host: findings pass through clang-tidy, where
/// NOLINT and `.clang-tidy` take effect.
class TidyCheck final : public tidy::ClangTidyCheck, CheckHost {
public:
  TidyCheck(const Rule &R, llvm::StringRef Name, tidy::ClangTidyContext *Context,
            std::shared_ptr<Session> Of)
      : ClangTidyCheck(Name, Context), Facts(R), Of(std::move(Of)), Context(*Context),
        Ours(R.Make(R, *this, *this->Of)), Checks(Context->getOptions().Checks.value_or("")) {
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

  void registerPPCallbacks(const SourceManager &, Preprocessor *PP, Preprocessor *) override {
    if (!std::exchange(Of->WatchesErrors, true))
      watchErrors(PP->getDiagnostics(), Of);
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    double Before = llvm::TimeRecord::getCurrentTime().getProcessTime();
    Ours->checkUnit(*Result.Context);
    Of->RuleSeconds.emplace_back(
        Facts.Id, llvm::TimeRecord::getCurrentTime(/*Start=*/false).getProcessTime() - Before);
  }

private:
  DiagnosticBuilder diag(SourceLocation Loc, llvm::StringRef Message,
                         DiagnosticIDs::Level Level) override {
    DiagnosticsEngine *To = Of->Compiler;
    if (To && Level == DiagnosticIDs::Note)
      return To->Report(Loc, To->getDiagnosticIDs()->getCustomDiagID(Level, Message));
    if (To && (To->getWarningsAsErrors() || Context.treatAsError(Facts.Id)))
      Level = DiagnosticIDs::Error;
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

  llvm::StringRef checks() const override { return Checks; }

  const Rule &Facts;
  std::shared_ptr<Session> Of;
  tidy::ClangTidyContext &Context;
  std::unique_ptr<Check> Ours;
  std::string Checks;
};

/// The sessions of the checks that are alive, one for each context of clang-tidy's: an editor has
/// several at once, on several threads.
class Sessions {
public:
  std::shared_ptr<Session> of(const tidy::ClangTidyContext *Context) {
    std::lock_guard Lock(Mutex);
    // An editor makes a context for each edit.
    std::erase_if(ByContext, [](const auto &Each) { return Each.second.expired(); });
    std::weak_ptr<Session> &Known = ByContext[Context];
    std::shared_ptr<Session> Found = Known.lock();
    if (!Found)
      Known = Found = std::make_shared<Session>();
    return Found;
  }

private:
  std::mutex Mutex;
  std::map<const tidy::ClangTidyContext *, std::weak_ptr<Session>> ByContext;
};

/// The session of the checks that are made for a context.
using SessionOf = std::function<std::shared_ptr<Session>(tidy::ClangTidyContext *)>;

void addRules(tidy::ClangTidyCheckFactories &Factories, const SessionOf &Which) {
  for (const Rule *R : allRules())
    Factories.registerCheckFactory(
        R->Id, [R, Which](llvm::StringRef Name, tidy::ClangTidyContext *Context) {
          return std::make_unique<TidyCheck>(*R, Name, Context, Which(Context));
        });
}

class CorolintModule : public tidy::ClangTidyModule {
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    addRules(Factories, [All = std::make_shared<Sessions>()](tidy::ClangTidyContext *Context) {
      return All->of(Context);
    });
  }
};

tidy::ClangTidyModuleRegistry::Add<CorolintModule>
    Registration("corolint", "Async misuse in C++20 coroutines.");

class RunRules : public ASTConsumer {
public:
  RunRules(tidy::ClangTidyContext &Context, CompilerInstance &CI, StringRef File,
           std::shared_ptr<Session> Of) {
    Context.setSourceManager(&CI.getSourceManager());
    Context.setCurrentFile(File);
    Context.setASTContext(&CI.getASTContext());
    tidy::ClangTidyCheckFactories Factories;
    addRules(Factories, [&](tidy::ClangTidyContext *) { return Of; });
    Checks = Factories.createChecksForLanguage(&Context);
    for (const std::unique_ptr<tidy::ClangTidyCheck> &Each : Checks)
      Each->registerMatchers(&Finder);
  }

  void HandleTranslationUnit(ASTContext &Context) override { Finder.matchAST(Context); }

private:
  std::vector<std::unique_ptr<tidy::ClangTidyCheck>> Checks;
  ast_matchers::MatchFinder Finder;
};

} // namespace

std::unique_ptr<ASTConsumer> runRules(tidy::ClangTidyContext &Context, CompilerInstance &CI,
                                      llvm::StringRef File, std::shared_ptr<Session> Of) {
  return std::make_unique<RunRules>(Context, CI, File, std::move(Of));
}

} // namespace corolint
