//===- Pool.cpp - Workers, a process for each unit -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Pool.h"
#include "output/Progress.h"
#include "output/Say.h"
#include "run/Cache.h"
#include "run/Interrupt.h"
#include "worker/WorkerMain.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/ThreadPool.h"
#include <csignal>
#include <cstdlib>
#include <cstring>

using namespace llvm;

extern char **environ;

namespace corolint {

namespace {

/// What a dying worker wrote, without the lines that tell a user nothing.
std::vector<std::string> lastWords(StringRef Text) {
  SmallVector<StringRef> Lines;
  Text.split(Lines, '\n', -1, /*KeepEmpty=*/false);
  std::vector<std::string> Result;
  for (StringRef Line : Lines)
    if (!Line.starts_with("PLEASE submit a bug report") && !Line.starts_with("Stack dump") &&
        !Line.contains("Program arguments:"))
      Result.push_back(Line.rtrim().str());
  if (Result.size() > 6)
    Result.erase(Result.begin(), Result.end() - 6);
  return Result;
}

double secondsOf(const std::optional<sys::ProcessStatistics> &Used) {
  return Used ? std::chrono::duration<double>(Used->TotalTime).count() : 0;
}

std::string textOf(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

/// A tree is made of pieces that live until the end, so its memory may come in huge pages: a tenth
/// of a unit's processor time went into faults of small ones. What a user tuned stays.
std::vector<StringRef> environmentOfWorker() {
  std::vector<StringRef> Result;
  for (char **Each = environ; *Each; ++Each)
    Result.push_back(*Each);
#ifdef __GLIBC__
  if (!std::getenv("GLIBC_TUNABLES"))
    Result.push_back("GLIBC_TUNABLES=glibc.malloc.hugetlb=1");
#endif
  return Result;
}

} // namespace

Job Pool::jobFor(const Unit &Of, const Settings &With, const Replacements &Instead) const {
  Job J{Of, With, How.Timeout, Files.path("modules")};
  J.TriesFix = Instead.TriesFix;
  J.Replaced = Instead.Files;
  return J;
}

std::optional<UnitResult> Pool::known(const Unit &Of, const Settings &With,
                                      function_ref<void(StringRef)> OnInput) const {
  return How.Results ? How.Results->find(jobFor(Of, With, {}), OnInput) : std::nullopt;
}

UnitResult Pool::runOne(Job J, unsigned Number) {
  Cache *Results = J.TriesFix ? nullptr : How.Results;
  if (Results)
    if (std::optional<UnitResult> Known = Results->find(J))
      return std::move(*Known);
  std::string Stem = Files.path(Twine(Runs) + "-" + Twine(Number));
  std::string JobFile = Stem + ".job", ResultFile = Stem + ".result", Words = Stem + ".err";
  if (Results)
    J.InputsFile = Stem + ".inputs";
  std::optional<sys::ProcessStatistics> Used;
  auto Failed = [&](const Twine &Why) {
    UnitResult R;
    R.Failure = Why.str();
    R.Output = lastWords(textOf(Words));
    R.Seconds = secondsOf(Used);
    return R;
  };
  {
    std::error_code EC;
    raw_fd_ostream Out(JobFile, EC);
    if (!EC) {
      Out << toJSON(J);
      Out.flush();
      EC = Out.error();
      Out.clear_error();
    }
    if (EC)
      return Failed("its job could not be written: " + EC.message());
  }
  static int Anchor;
  std::string Self = sys::fs::getMainExecutable("corolint", &Anchor);
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Words), StringRef(Words)};
  std::string Why;
  bool NotStarted = false;
  std::vector<StringRef> Environment = environmentOfWorker();
  sys::ProcessInfo Child = sys::ExecuteNoWait(Self, {Self, WorkerCommand, JobFile, ResultFile},
                                              ArrayRef<StringRef>(Environment), Redirects,
                                              /*MemoryLimit=*/0, &Why, &NotStarted);
  if (NotStarted || Child.Pid == sys::ProcessInfo::InvalidPid)
    return Failed("its process could not be started: " + Why);
  {
    WatchedChild Watched(Child.Pid);
    Child = sys::Wait(Child, std::nullopt, &Why, &Used);
  }
  sys::fs::remove(JobFile);
  if (Child.ReturnCode == -2) {
    if (interruptedBy()) {
      UnitResult R;
      R.Is = UnitResult::Interrupted;
      return R;
    }
    auto EndedBy = [&](int Signal) { return StringRef(Why).starts_with(strsignal(Signal)); };
    if (EndedBy(SIGXCPU))
      return Failed("it took more than " + counted(J.Timeout, "second") +
                    " of processor time (--timeout sets the limit)");
    if (EndedBy(SIGALRM))
      return Failed("it made no progress for " + counted(J.Timeout, "second") +
                    ": it waits for something (--timeout sets the limit)");
    return Failed("the analysis crashed: " + Why);
  }
  auto Result = json::parse<UnitResult>(textOf(ResultFile));
  sys::fs::remove(ResultFile);
  if (!Result) {
    consumeError(Result.takeError());
    return Failed("the analysis ended without a result");
  }
  Result->Seconds = secondsOf(Used);
  if (Results) {
    const std::string Read = textOf(J.InputsFile);
    sys::fs::remove(J.InputsFile);
    J.InputsFile.clear();
    Results->keep(J, *Result, Read);
  }
  return *Result;
}

std::vector<UnitResult> Pool::run(ArrayRef<Unit> Units, const Settings &With,
                                  const Replacements &Instead,
                                  function_ref<void(const UnitResult &)> OnDone) {
  ++Runs;
  std::vector<UnitResult> Results(Units.size());
  for (UnitResult &R : Results)
    R.Is = UnitResult::Interrupted; // until it is done
  Progress Line(Units.size(), How.ProgressEvery, How.Progress);
  DefaultThreadPool Threads(hardware_concurrency(How.Jobs));
  for (size_t I = 0; I < Units.size(); ++I)
    Threads.async([&, I] {
      if (interruptedBy())
        return;
      Line.start(Units[I].File);
      Results[I] = runOne(jobFor(Units[I], With, Instead), I);
      Line.done(Results[I].Findings.size(), [&] {
        if (OnDone)
          OnDone(Results[I]);
      });
    });
  Threads.wait();
  return Results;
}

} // namespace corolint
