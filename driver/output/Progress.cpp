//===- Progress.cpp - How far a run has come -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Progress.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Process.h"

using namespace llvm;

namespace corolint {

Progress::Progress(size_t Total, unsigned Every, bool On)
    : Total(Total), Width(sys::Process::StandardErrColumns()),
      OnTerminal(On && sys::Process::StandardErrHasColors()) {
  if (On && !OnTerminal && Every)
    Reporter = std::thread([this, Every] {
      std::unique_lock Lock(Mutex);
      while (!Ended.wait_for(Lock, std::chrono::seconds(Every), [this] { return IsEnded; }))
        report();
    });
}

Progress::~Progress() {
  {
    std::lock_guard Lock(Mutex);
    IsEnded = true;
    write("");
  }
  Ended.notify_all();
  if (Reporter.joinable())
    Reporter.join();
}

void Progress::start(StringRef File) {
  std::lock_guard Lock(Mutex);
  std::string Line = ("[" + Twine(++Started) + "/" + Twine(Total) + "] ").str();
  std::string Name = shownPath(File);
  size_t Room = std::max<size_t>(Width ? Width : 80, Line.size() + 8) - Line.size() - 1;
  if (Name.size() > Room)
    Name = "..." + Name.substr(Name.size() - (Room - 3));
  write(Line + Name);
}

void Progress::done(size_t Findings, function_ref<void()> Then) {
  std::lock_guard Lock(Mutex);
  ++Done;
  Found += Findings;
  write("");
  Then();
}

void Progress::write(StringRef Line) {
  if (OnTerminal)
    errs() << "\r\033[K" << Line;
}

void Progress::report() {
  auto Taken =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - Begin);
  say() << Done << " of " << counted(Total, "unit") << " done after "
        << counted(Taken.count(), "second") << ", " << counted(Found, "finding") << " so far\n";
}

} // namespace corolint
