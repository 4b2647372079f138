//===- WorkerMain.cpp - The process around one unit ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/WorkerMain.h"
#include "output/Say.h"
#include "worker/Confine.h"
#include "worker/Worker.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Process.h"
#include <csignal>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <ctime>
#include <sys/resource.h>
#include <unistd.h>

using namespace llvm;

namespace corolint {

static volatile sig_atomic_t LimitSeconds;

/// A unit may take its time on a busy machine, but one that uses no processor at all for as long
/// waits for what does not come.
static void onAlarm(int) {
  static double Before = 0;
  timespec Used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &Used);
  double Now = Used.tv_sec + Used.tv_nsec * 1e-9;
  if (Now - Before < 0.01) {
    signal(SIGALRM, SIG_DFL);
    raise(SIGALRM);
  }
  Before = Now;
  alarm(LimitSeconds);
}

static void limitTime(unsigned Seconds) {
  // A hard limit above the soft one: at the soft one SIGXCPU says why.
  rlimit Limit = {Seconds, Seconds + 5};
  setrlimit(RLIMIT_CPU, &Limit);
  signal(SIGXCPU, SIG_DFL);
  LimitSeconds = Seconds;
  struct sigaction Action = {};
  Action.sa_handler = onAlarm;
  Action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &Action, nullptr);
  alarm(Seconds);
}

int workerMain(StringRef JobFile, StringRef ResultFile) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL); // the parent was killed: nobody wants the result
#endif
  sys::Process::PreventCoreFiles(); // nothing of ours in the project's folders
  EnablePrettyStackTrace();         // what the parser was at, without a native stack
  // Ctrl-C reaches all processes of a terminal; the parent decides what it means.
  signal(SIGINT, SIG_IGN);
  auto Buffer = MemoryBuffer::getFile(JobFile);
  if (!Buffer)
    return WrongUse;
  Expected<Job> J = json::parse<Job>((*Buffer)->getBuffer());
  if (!J) {
    errs() << toString(J.takeError()) << "\n";
    return WrongUse;
  }
  auto CannotWrite = [](std::error_code EC) {
    errs() << "the result cannot be written: " << EC.message() << "\n";
    return NotAnalysed;
  };
  std::error_code EC;
  raw_fd_ostream Out(ResultFile, EC);
  if (EC)
    return CannotWrite(EC);
  std::optional<raw_fd_ostream> ReadOut;
  if (!J->InputsFile.empty())
    ReadOut.emplace(J->InputsFile, EC);
  if (EC)
    return CannotWrite(EC);
  // Modules that the unit makes implicitly are written, and nothing else.
  sys::fs::create_directories(J->ModuleCache);
  confine(J->ModuleCache.c_str());
  limitTime(J->Timeout);
  Inputs Read;
  Out << toJSON(analyse(*J, Read));
  Out.flush();
  if (EC = Out.error(); EC) {
    Out.clear_error();
    return CannotWrite(EC);
  }
  // For the cache, which can do without. A module that another unit built is no account of what it
  // was made from.
  if (ReadOut && !Read.hasBelow(J->ModuleCache)) {
    *ReadOut << Read.text();
    ReadOut->flush();
    ReadOut->clear_error();
  }
  // The syntax tree is not worth taking apart.
  outs().flush();
  errs().flush();
  _exit(0);
}

} // namespace corolint
