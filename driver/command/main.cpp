//===- main.cpp - The command corolint -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/Commands.h"
#include "output/Say.h"
#include "worker/WorkerMain.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"

using namespace llvm;
using namespace corolint;

static int run(const Request &Asked) {
  switch (Asked.What) {
  case Request::Check:
    return runCheck(Asked.Lint);
  case Request::Rules:
    return runRules(Asked.As);
  case Request::Explain:
    return runExplain(Asked.Name);
  case Request::Why:
    return Asked.Lint.With.AskedFile.empty() ? runWhy(Asked.Name, Asked.Knowledge)
                                             : runWhyPlace(Asked.Lint);
  case Request::Dump:
    return runDump(Asked.Lint);
  case Request::Annotate:
    return runAnnotate(Asked.Lint, Asked.As);
  case Request::Report:
    return runReport(Asked.Lint);
  case Request::Config:
    return runConfig(Asked.Name, Asked.Lint.With);
  case Request::CacheDo:
    return runCache(Asked.Name, Asked.Lint.CacheFolder);
  case Request::Init:
    return runInit(Asked.Lint);
  case Request::Completion:
    return runCompletion(Asked.Name);
  case Request::Learn:
    return runLearn(Asked.Name, Asked.Knowledge);
  }
  llvm_unreachable("all commands are run");
}

int main(int Argc, char **Argv) {
  // Before anything is opened: a file must not take the place of a closed standard stream.
  sys::Process::FixupStandardFileDescriptors();
  if (Argc == 4 && Argv[1] == WorkerCommand)
    return workerMain(Argv[2], Argv[3]);
  InitLLVM Init(Argc, Argv);
  detectColoursOurWay();
  Parsed P = parseCommandLine(Argc, Argv);
  int Exit = P.Exit ? *P.Exit : run(P.Asked);
  outs().flush();
  if (outs().has_error()) {
    sayError() << "the output could not be written: " << outs().error().message() << "\n";
    outs().clear_error();
    return NotAnalysed;
  }
  return Exit;
}
