//===- ErrorWatch.cpp - Where the compiler found errors ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ErrorWatch.h"
#include "Session.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace corolint {
namespace {

class ErrorWatch : public DiagnosticConsumer {
public:
  ErrorWatch(DiagnosticConsumer &To, std::unique_ptr<DiagnosticConsumer> Owned,
             std::shared_ptr<Session> Of)
      : To(To), Owned(std::move(Owned)), Of(std::move(Of)) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    if (Level >= DiagnosticsEngine::Error)
      Of->Settings.Errors.push_back(Info.getLocation());
    if (To.IncludeInDiagnosticCounts())
      DiagnosticConsumer::HandleDiagnostic(Level, Info);
    To.HandleDiagnostic(Level, Info);
  }
  void BeginSourceFile(const LangOptions &Options, const Preprocessor *PP) override {
    To.BeginSourceFile(Options, PP);
  }
  void EndSourceFile() override { To.EndSourceFile(); }
  void finish() override { To.finish(); }
  void clear() override {
    DiagnosticConsumer::clear();
    To.clear();
  }
  bool IncludeInDiagnosticCounts() const override { return To.IncludeInDiagnosticCounts(); }

private:
  DiagnosticConsumer &To;
  std::unique_ptr<DiagnosticConsumer> Owned; ///< To, if it was the engine's
  std::shared_ptr<Session> Of;
};

} // namespace

void watchErrors(DiagnosticsEngine &Engine, std::shared_ptr<Session> Of) {
  DiagnosticConsumer *To = Engine.getClient();
  if (!To)
    return;
  std::unique_ptr<DiagnosticConsumer> Owned = Engine.takeClient();
  Engine.setClient(new ErrorWatch(*To, std::move(Owned), std::move(Of)));
}

} // namespace corolint
