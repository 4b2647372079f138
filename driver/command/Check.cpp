//===- Check.cpp - corolint check, from the PATHs to the exit code -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "output/Diff.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/UserFiles.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "run/Watch.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <csignal>
#include <set>

using namespace llvm;

namespace corolint {

static int listRules(const CheckRequest &Asked) {
  std::optional<std::string> File = fileToAskFor(Asked.Paths.empty() ? "." : Asked.Paths.front());
  if (!File || !checkUserFiles({*File}, Asked.With))
    return WrongUse;
  for (const Rule *R : rulesFor(*File, Asked.With))
    outs() << R->Id << "\n";
  return Clean;
}

static int exitCodeOf(const Report &R, const CheckRequest &Asked) {
  if (R.Interrupted)
    return 128 + interruptedBy();
  if (!R.Failures.empty())
    return NotAnalysed;
  return R.remaining() && !Asked.ExitZero ? HasFindings : Clean;
}

/// A pipe or a device stays what it is; a file is there as a whole or as it was.
static Error writeTo(StringRef Path, function_ref<void(raw_ostream &)> Write) {
  auto All = [&](raw_ostream &Out) {
    Write(Out);
    return Error::success();
  };
  if (Path == "-" || !sys::fs::exists(Path) || sys::fs::is_regular_file(Path))
    return writeToOutput(Path, All);
  std::error_code Fault;
  raw_fd_ostream Out(Path, Fault, sys::fs::CD_OpenExisting);
  if (Fault)
    return errorCodeToError(Fault);
  Write(Out);
  Out.close();
  Fault = Out.error();
  Out.clear_error();
  return errorCodeToError(Fault);
}

/// Writes the reports that --output asks for; false, and said, when one could not be. Who reads one
/// sees the whole of it, or the one before.
static bool writeReports(const Report &R, const CheckRequest &Asked) {
  bool All = true;
  for (const auto &[Of, Path] : Asked.Outputs)
    if (Error E = writeTo(Path, [&, Of = Of](raw_ostream &Out) { Of->Write(R, Out); })) {
      sayError() << "--output: '" << shownPath(Path)
                 << "' could not be written: " << toString(std::move(E)) << "\n";
      All = false;
    } else if (Path == Asked.Page && !Asked.Quiet) {
      say() << "the report is in '" << shownPath(Path) << "': open it in a browser\n";
    }
  return All;
}

static void printFailures(const Report &R) {
  for (const Failure &F : R.Failures)
    printFailure(F, errs(), wantsColours(errs()));
}

static void print(const Report &R, const CheckRequest &Asked, double Seconds) {
  if (Asked.Statistics)
    printStatistics(R, outs());
  else if (Asked.ShowFixes)
    for (const auto &[File, Before, After] : R.Preview)
      printDiff(relativePath(File), Before, After, outs());
  else if (!Asked.Stream && Asked.As->Name == "text")
    printFindings(R, outs(), wantsColours(outs()), Asked.ErrorLimit);
  else if (!Asked.Stream)
    Asked.As->Write(R, outs());
  else if (Asked.As->Name == "jsonl")
    printJsonLinesEnd(R, outs());
  outs().flush();
  if (!Asked.Quiet)
    printUnusedNolints(R, errs());
  printFailures(R);
  if (R.Interrupted) {
    say() << "interrupted: " << counted(R.Unfinished.size(), "unit") << " not analysed"
          << (R.Units ? ", the findings of the others are shown" : "")
          << (Asked.Fix && !R.FixedFiles ? "; nothing was changed" : "") << "\n";
  }
  if (!Asked.Quiet)
    printCounts(R, Seconds, errs());
  if (Asked.Stats)
    printStats(R);
}

/// One run, to its exit code. \p Read gets the files that it read.
static int runOnce(const CheckRequest &Asked, std::vector<std::string> *Read = nullptr) {
  auto Start = std::chrono::steady_clock::now();
  std::optional<Report> R;
  int Unusable = WrongUse;
  {
    std::unique_ptr<Scratch> Files = Scratch::make();
    if (!Files)
      return NotAnalysed;
    Lint Run(Asked, *Files);
    R = Run.run();
    Unusable = Run.exitCode();
    if (R && Asked.BaselineDo != CheckRequest::HideKnown) {
      printFailures(*R);
      return interruptedBy()                              ? 128 + interruptedBy()
             : Run.writeBaseline() && R->Failures.empty() ? Clean
                                                          : NotAnalysed;
    }
  }
  if (int Signal = interruptedBy(); Signal && !R) {
    say() << "interrupted; nothing was analysed\n";
    return 128 + Signal;
  }
  if (!R)
    return Unusable;
  if (Read)
    *Read = R->Read;
  std::chrono::duration<double> Taken = std::chrono::steady_clock::now() - Start;
  print(*R, Asked, Taken.count());
  return writeReports(*R, Asked) ? exitCodeOf(*R, Asked) : NotAnalysed;
}

/// Until a signal comes. A run that could not begin is tried again like any other.
static int runAgainAndAgain(const CheckRequest &Asked) {
  std::vector<std::string> Read;
  std::set<std::string> Watched = {canonicalPath("compile_commands.json")};
  while (true) {
    const int Exit = runOnce(Asked, &Read);
    if (interruptedBy())
      return Exit;
    Watched.insert(Read.begin(), Read.end());
    std::unique_ptr<Watch> For = Watch::of(Watched);
    if (!For)
      return NotAnalysed;
    say() << "waiting for a change; Ctrl-C ends it\n";
    const std::set<std::string> Changed = For->wait();
    if (interruptedBy())
      return 128 + interruptedBy();
    if (outs().is_displayed())
      outs() << "\x1b[2J\x1b[H"; // an empty screen
    outs().flush();
    std::vector<std::string> Names;
    for (StringRef File : Changed)
      Names.push_back(shownPath(File));
    say() << "changed: " << listed(Names) << "\n";
  }
}

int runCheck(const CheckRequest &Asked) {
  if (Asked.List)
    return listRules(Asked);
  watchForInterrupts();
  return Asked.Watch ? runAgainAndAgain(Asked) : runOnce(Asked);
}

} // namespace corolint
