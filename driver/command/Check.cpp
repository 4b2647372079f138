//===- Check.cpp - corolint check, from the PATHs to the exit code -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/UserFiles.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <csignal>

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

static int exitCodeOf(const Report &R) {
  if (R.Interrupted)
    return 128 + interruptedBy();
  if (!R.Failures.empty())
    return NotAnalysed;
  return R.remaining() ? HasFindings : Clean;
}

/// A file is replaced as a whole; into a pipe or a device, which must stay what it is, is written.
static Error writeTo(StringRef Path, function_ref<void(raw_ostream &)> Write) {
  if (!sys::fs::exists(Path) || sys::fs::is_regular_file(Path))
    return writeToOutput(Path, [&](raw_ostream &Out) {
      Write(Out);
      return Error::success();
    });
  std::error_code EC;
  raw_fd_ostream Out(Path, EC, sys::fs::CD_OpenExisting, sys::fs::FA_Write, sys::fs::OF_Append);
  if (EC)
    return errorCodeToError(EC);
  Write(Out);
  Out.close();
  EC = Out.error();
  Out.clear_error();
  return errorCodeToError(EC);
}

/// Writes the reports that --output asks for; false, and said, when one could not be. Who reads one
/// sees the whole of it, or the one before.
static bool writeReports(const Report &R, const CheckRequest &Asked) {
  bool All = true;
  for (const auto &[Of, Path] : Asked.Outputs)
    if (Error E = writeTo(Path, [&, Write = Of->Write](raw_ostream &Out) { Write(R, Out); })) {
      sayError() << "--output: '" << shownPath(Path)
                 << "' could not be written: " << toString(std::move(E)) << "\n";
      All = false;
    }
  return All;
}

static void printFailures(const Report &R) {
  for (const Failure &F : R.Failures)
    printFailure(F, errs(), wantsColours(errs()));
}

static void print(const Report &R, const CheckRequest &Asked, double Seconds) {
  if (!Asked.Stream)
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

int runCheck(const CheckRequest &Asked) {
  if (Asked.List)
    return listRules(Asked);
  auto Start = std::chrono::steady_clock::now();
  watchForInterrupts();
  std::optional<Report> R;
  int Unusable = WrongUse;
  {
    std::unique_ptr<Scratch> Files = Scratch::make();
    if (!Files)
      return NotAnalysed;
    Lint Run(Asked, *Files);
    R = Run.run();
    Unusable = Run.exitCode();
    if (R && Asked.BaselineDo != CheckRequest::HideKnown)
      return interruptedBy()        ? 128 + interruptedBy()
             : !Run.writeBaseline() ? int(NotAnalysed)
             : !R->Failures.empty() ? (printFailures(*R), int(NotAnalysed))
                                    : int(Clean);
  }
  if (int Signal = interruptedBy(); Signal && !R) {
    say() << "interrupted; nothing was analysed\n";
    return 128 + Signal;
  }
  if (!R)
    return Unusable;
  std::chrono::duration<double> Taken = std::chrono::steady_clock::now() - Start;
  print(*R, Asked, Taken.count());
  return writeReports(*R, Asked) ? exitCodeOf(*R) : NotAnalysed;
}

} // namespace corolint
