//===- Check.cpp - corolint check, from the PATHs to the exit code -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "output/Json.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/UserFiles.h"
#include "run/Interrupt.h"
#include "run/Lint.h"
#include "llvm/Support/FileSystem.h"
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

static void print(const Report &R, const CheckRequest &Asked, double Seconds) {
  if (Asked.As == Format::Json)
    printJson(R, outs());
  else if (!Asked.Stream)
    printFindings(R, outs(), wantsColours(outs()));
  outs().flush();
  for (const Failure &F : R.Failures)
    printFailure(F, errs(), wantsColours(errs()));
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
  }
  if (int Signal = interruptedBy(); Signal && !R) {
    say() << "interrupted; nothing was analysed\n";
    return 128 + Signal;
  }
  if (!R)
    return Unusable;
  std::chrono::duration<double> Taken = std::chrono::steady_clock::now() - Start;
  print(*R, Asked, Taken.count());
  return exitCodeOf(*R);
}

} // namespace corolint
