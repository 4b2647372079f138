//===- CompilerPlugin.cpp - The rules in the compiler, and in clangd -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `clang++ -fplugin=corolint.so` runs the rules after it has compiled. clangd would as well, but
// takes the flag out of every command: Preload.cpp loads the plugin there. Both share libclang-cpp
// with the plugin, and have nothing of clang-tidy, whose library is in the plugin for that.
//
//===----------------------------------------------------------------------===//

#include "ErrorWatch.h"
#include "Registry.h"
#include "RuleChoice.h"
#include "Session.h"
#include "TidyModule.h"
#include "base/Compat.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/GlobList.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/PreprocessorOptions.h"
#include <dlfcn.h>

using namespace clang;

namespace corolint {
namespace {

/// Stands before the compiler's own consumer while the rules run, and leaves out what NOLINT
/// silences.
class WithoutSilenced : public ForwardingDiagnosticConsumer {
public:
  WithoutSilenced(DiagnosticConsumer &To, tidy::ClangTidyContext &Context)
      : ForwardingDiagnosticConsumer(To), Context(Context) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    llvm::SmallVector<tooling::Diagnostic, 1> Faults;
    // A note goes with what it belongs to. An error is never silenced; ours were warnings
    // (-Werror).
    if (Level != DiagnosticsEngine::Note)
      Silenced = findRule(Context.getCheckName(Info.getID())) &&
                 Context.shouldSuppressDiagnostic(DiagnosticsEngine::Warning, Info, Faults);
    if (!Silenced)
      ForwardingDiagnosticConsumer::HandleDiagnostic(Level, Info);
  }

private:
  tidy::ClangTidyContext &Context;
  bool Silenced = false;
};

/// Gives the diagnostics of an engine to somebody else, until it is gone.
class Redirected {
public:
  template <typename Make>
  Redirected(DiagnosticsEngine &Engine, Make To)
      : Engine(Engine), Before(Engine.getClient()), Owned(Engine.takeClient()), To(To(*Before)) {
    Engine.setClient(this->To.get(), /*ShouldOwnClient=*/false);
  }
  ~Redirected() {
    const bool Owns = Owned != nullptr;
    Owned.release();
    Engine.setClient(Before, Owns);
  }

private:
  DiagnosticsEngine &Engine;
  DiagnosticConsumer *Before;
  std::unique_ptr<DiagnosticConsumer> Owned, To;
};

class RulesConsumer : public ASTConsumer {
public:
  RulesConsumer(CompilerInstance &CI, llvm::StringRef File, const RuleChoice &Choice)
      : CI(CI), Context(std::make_unique<OptionsProvider>(
                    Choice, CI.getFileManager().getVirtualFileSystemPtr())),
        Of(std::make_shared<Session>()) {
    useEngine(Context, CI.getDiagnostics());
    Rules = runRules(Context, CI, File, Of);
    Of->Compiler = &CI.getDiagnostics();
    watchErrors(CI.getDiagnostics(), Of);
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    const SourceManager &SM = CI.getSourceManager();
    for (Decl *D : Group)
      if (SM.isInMainFile(SM.getExpansionLoc(D->getLocation())))
        OfMainFile.push_back(D);
    return true;
  }

  void HandleTranslationUnit(ASTContext &AST) override {
    // An editor has parsed the includes before: reading all of that again takes as long as parsing
    // it.
    const bool FromPreamble = CI.getPreprocessorOpts().PrecompiledPreambleBytes.first != 0;
    if (FromPreamble)
      AST.setTraversalScope(OfMainFile);
    {
      Redirected Through(CI.getDiagnostics(), [&](DiagnosticConsumer &To) {
        return std::make_unique<WithoutSilenced>(To, Context);
      });
      Rules->HandleTranslationUnit(AST);
    }
    Of->end();
    if (FromPreamble)
      AST.setTraversalScope({AST.getTranslationUnitDecl()});
  }

private:
  CompilerInstance &CI;
  tidy::ClangTidyContext Context;
  std::shared_ptr<Session> Of;
  std::unique_ptr<ASTConsumer> Rules;
  std::vector<Decl *> OfMainFile;
};

class RulesAction : public PluginASTAction {
  ActionType getActionType() override { return AddAfterMainAction; }

  bool ParseArgs(const CompilerInstance &CI, const std::vector<std::string> &Arguments) override {
    return llvm::all_of(Arguments, [&](llvm::StringRef Each) {
      const std::string Fault = take(Each);
      if (!Fault.empty()) {
        DiagnosticsEngine &To = CI.getDiagnostics();
        To.Report(To.getCustomDiagID(DiagnosticsEngine::Error, "corolint: %0")) << Fault;
      }
      return Fault.empty();
    });
  }

  /// Empty, or what is wrong.
  std::string take(llvm::StringRef Argument) {
    llvm::StringRef Value = Argument;
    if (Value.consume_front("profile=")) {
      Choice.Profile = Value.str();
      return tierNamed(Value)
                 ? ""
                 : "profile '" + Value.str() + "' is not one of default, strict, pedantic";
    }
    if (!Value.consume_front("checks="))
      return "'" + Argument.str() +
             "' is no argument of the plugin; it takes profile=NAME and checks=GLOBS";
    Choice.Checks = Value.str();
    for (llvm::StringRef Glob : globsOf(Value)) {
      tidy::GlobList Named(Glob.ltrim('-'));
      if (llvm::none_of(allRules(), [&](const Rule *R) { return Named.contains(R->Id); }))
        return "checks: '" + Glob.str() + "' matches no rule";
    }
    return "";
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef File) override {
    // What is parsed ahead for an editor is no unit yet; and -w means ours as well.
    if (CI.getPreprocessorOpts().GeneratePreamble || !CI.getLangOpts().Coroutines ||
        CI.getDiagnostics().getIgnoreAllWarnings())
      return std::make_unique<ASTConsumer>();
    return std::make_unique<RulesConsumer>(CI, File, Choice);
  }

  RuleChoice Choice;
};

/// clang-tidy has the rules by its own registry (TidyModule.cpp), and would run them twice.
[[gnu::constructor]] void registerAction() {
  if (!dlsym(RTLD_DEFAULT, "_ZN5clang4tidy13clangTidyMainEiPPKc"))
    static FrontendPluginRegistry::Add<RulesAction> Registration(
        "corolint", "Async misuse in C++20 coroutines.");
}

} // namespace
} // namespace corolint
