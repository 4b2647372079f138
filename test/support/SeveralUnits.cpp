//===- SeveralUnits.cpp - Several units in one process --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SeveralUnits.h"
#include "Check.h"
#include "Registry.h"
#include "Session.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <thread>

using namespace clang;
using namespace corolint;

namespace {

/// Keeps what a check says of a unit.
class Listener : public CheckHost, public DiagnosticConsumer {
public:
  explicit Listener(ASTUnit &Of) : Of(Of) { Of.getDiagnostics().setClient(this, /*Owns=*/false); }

  DiagnosticBuilder diag(SourceLocation Loc, llvm::StringRef Message,
                         DiagnosticIDs::Level) override {
    DiagnosticsEngine &D = Of.getDiagnostics();
    return D.Report(Loc, D.getDiagnosticIDs()->getCustomDiagID(DiagnosticIDs::Warning, Message));
  }
  DiagnosticBuilder configurationError(llvm::StringRef Message) override {
    return diag({}, Message, DiagnosticIDs::Error);
  }
  std::optional<llvm::StringRef> option(llvm::StringRef) const override { return std::nullopt; }
  std::optional<llvm::StringRef> profile() const override { return "strict"; }
  llvm::StringRef checks() const override { return "*"; }

  void HandleDiagnostic(DiagnosticsEngine::Level, const Diagnostic &Info) override {
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    Said.push_back(std::to_string(Of.getSourceManager().getSpellingLineNumber(Info.getLocation())) +
                   ": " + Text.str().str());
  }

  ASTUnit &Of;
  std::vector<std::string> Said;
};

/// One unit, its session, and the rules that look at it.
struct Run {
  explicit Run(ASTUnit &Unit) : Host(Unit) {
    for (const Rule *R : allRules())
      Checks.push_back(R->Make(*R, Host, Of));
  }
  void check(size_t Rule) { Checks[Rule]->checkUnit(Host.Of.getASTContext()); }
  void checkAll() {
    for (size_t I = 0; I != Checks.size(); ++I)
      check(I);
  }

  Listener Host;
  Session Of;
  std::vector<std::unique_ptr<Check>> Checks;
};

using Units = std::vector<std::unique_ptr<ASTUnit>>;

std::vector<std::vector<std::string>> said(llvm::ArrayRef<std::unique_ptr<Run>> Runs) {
  std::vector<std::vector<std::string>> Result;
  for (const std::unique_ptr<Run> &Each : Runs)
    Result.push_back(Each->Host.Said);
  return Result;
}

std::vector<std::unique_ptr<Run>> runsOf(const Units &All) {
  std::vector<std::unique_ptr<Run>> Result;
  for (const std::unique_ptr<ASTUnit> &Each : All)
    Result.push_back(std::make_unique<Run>(*Each));
  return Result;
}

} // namespace

int printSeveralUnits(tooling::ClangTool &Tool) {
  Units All;
  if (int Code = Tool.buildASTs(All))
    return Code;
  std::vector<std::vector<std::string>> Alone;
  for (const std::unique_ptr<ASTUnit> &Each : All) {
    Run One(*Each);
    One.checkAll();
    Alone.push_back(One.Host.Said);
    llvm::outs() << "unit " << Alone.size() << ": " << One.Of.Stats.Coroutines << " coroutines, "
                 << Alone.back().size() << " messages\n";
  }

  auto InTurn = runsOf(All);
  for (size_t Rule = 0; Rule != allRules().size(); ++Rule)
    for (const std::unique_ptr<Run> &Each : InTurn)
      Each->check(Rule);
  const bool SameInTurn = said(InTurn) == Alone;

  auto AtOnce = runsOf(All);
  std::vector<std::thread> Threads;
  for (const std::unique_ptr<Run> &Each : AtOnce)
    Threads.emplace_back([&Each] { Each->checkAll(); });
  for (std::thread &Each : Threads)
    Each.join();
  const bool SameAtOnce = said(AtOnce) == Alone;
  llvm::outs() << "in turn: " << (SameInTurn ? "the same" : "something else") << "\n"
               << "at once: " << (SameAtOnce ? "the same" : "something else") << "\n";

  // Of the last: the functions of the main file alone, as where a preamble is not walked again.
  ASTContext &Context = All.back()->getASTContext();
  std::vector<Decl *> Scope(All.back()->top_level_begin(), All.back()->top_level_end());
  llvm::erase_if(Scope, [&](const Decl *D) {
    return !Context.getSourceManager().isInMainFile(D->getLocation());
  });
  UnitStats Whole, Main;
  model::Unit(Context, {}, Whole);
  Context.setTraversalScope(Scope);
  model::Unit(Context, {}, Main);
  llvm::outs() << "functions: " << Whole.Functions << ", of the main file " << Main.Functions
               << "\n";
  return SameInTurn && SameAtOnce ? 0 : 1;
}
