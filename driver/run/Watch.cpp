//===- Watch.cpp - Waits until files change -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Watch.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/SourceNames.h"
#include "run/Interrupt.h"
#include "clang/DirectoryWatcher/DirectoryWatcher.h"
#include "llvm/Support/Path.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

using namespace llvm;
using clang::DirectoryWatcher;

namespace corolint {

struct Watch::State {
  std::set<std::string> Files;
  std::mutex Mutex;
  std::condition_variable Something;
  std::set<std::string> Changed;
  std::vector<std::unique_ptr<DirectoryWatcher>> Watchers; ///< gone before what they write to

  /// What is new may be a header that is found first, or the first unit of its kind.
  bool matters(StringRef Path) const {
    StringRef Name = sys::path::filename(Path);
    return Files.count(Path.str()) || Name == ".clang-tidy" || Name.ends_with(".corolint.yaml") ||
           Name == "compile_commands.json" || isSourceName(Name) || isHeaderName(Name);
  }
};

Watch::Watch(std::unique_ptr<State> S) : Now(std::move(S)) {}
Watch::~Watch() = default;

std::unique_ptr<Watch> Watch::of(std::set<std::string> Files) {
  auto S = std::make_unique<State>();
  std::set<std::string> Folders;
  for (StringRef File : Files)
    Folders.insert(sys::path::parent_path(File).str());
  S->Files = std::move(Files);
  for (const std::string &Folder : Folders) {
    auto Receive = [S = S.get(), Folder](ArrayRef<DirectoryWatcher::Event> Events, bool IsInitial) {
      if (IsInitial)
        return;
      std::lock_guard Lock(S->Mutex);
      for (const DirectoryWatcher::Event &E : Events) {
        SmallString<256> Path(Folder);
        sys::path::append(Path, E.Filename);
        if (S->matters(Path))
          S->Changed.insert(Path.str().str());
      }
      S->Something.notify_one();
    };
    auto Watcher = DirectoryWatcher::create(Folder, Receive, /*WaitForInitialSync=*/true);
    if (!Watcher) {
      sayError() << "'" << shownPath(Folder)
                 << "' cannot be watched: " << toString(Watcher.takeError()) << "\n";
      return nullptr;
    }
    S->Watchers.push_back(std::move(*Watcher));
  }
  return std::unique_ptr<Watch>(new Watch(std::move(S)));
}

std::set<std::string> Watch::wait() {
  using namespace std::chrono_literals;
  std::unique_lock Lock(Now->Mutex);
  while (Now->Changed.empty() && !interruptedBy())
    Now->Something.wait_for(Lock, 200ms);
  // Who saves all writes one after the other.
  for (size_t Before = 0; Before != Now->Changed.size() && !interruptedBy();) {
    Before = Now->Changed.size();
    Now->Something.wait_for(Lock, 100ms);
  }
  return interruptedBy() ? std::set<std::string>() : std::exchange(Now->Changed, {});
}

} // namespace corolint
