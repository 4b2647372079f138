//===- Includers.cpp - Which unit includes a header ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Includers.h"
#include "output/Paths.h"
#include "project/Arguments.h"
#include "project/OwnHeaders.h"
#include "project/SourceNames.h"
#include "run/Interrupt.h"
#include "clang/DependencyScanning/DependencyScanningService.h"
#include "clang/DependencyScanning/DependencyScanningWorker.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/ThreadPool.h"

using namespace llvm;
using namespace clang::dependencies;

namespace corolint {
namespace {

class FileCollector : public DependencyConsumer {
public:
  std::vector<std::string> Files;

  void handleFileDependency(StringRef File) override { Files.push_back(File.str()); }
  void handleDependencyOutputOpts(const clang::DependencyOutputOptions &) override {}
  void handlePrebuiltModuleDependency(PrebuiltModuleDep) override {}
  void handleModuleDependency(ModuleDeps) override {}
  void handleDirectModuleDependency(ModuleID) override {}
  void handleVisibleModule(std::string) override {}
  void handleContextHash(std::string) override {}
};

class NoModules : public DependencyActionController {
public:
  std::string lookupModuleOutput(const ModuleDeps &, ModuleOutputKind) override { return ""; }
};

/// The files that a unit reads. Of a unit that does not preprocess, those up to the fault.
StringSet<> filesOf(const Unit &U, DependencyScanningService &Service,
                    clang::DiagnosticConsumer &Says) {
  StringSet<> Result;
  IntrusiveRefCntPtr<vfs::FileSystem> FS = withOwnHeaders(vfs::createPhysicalFileSystem());
  if (FS->setCurrentWorkingDirectory(U.Directory))
    return Result;
  Invocation Command = interpret(U.Arguments, FS);
  if (!Command.Clang)
    return Result;
  // Not as the command has it: a precompiled header that was not built would end the scan.
  std::vector<std::string> Arguments = {"clang"};
  append_range(Arguments, Command.Clang->getCC1CommandLine());
  FileCollector Collector;
  NoModules Controller;
  DependencyScanningWorker(Service, FS)
      .computeDependencies(U.Directory, Arguments, Collector, Controller, Says);
  for (const std::string &File : Collector.Files)
    Result.insert(canonicalPath(File, U.Directory));
  return Result;
}

/// How likely a unit includes one of the headers: net/socket.cpp for net/socket.h.
unsigned nearness(StringRef File, ArrayRef<std::string> Headers) {
  unsigned Best = 0;
  for (StringRef Header : Headers) {
    bool SameName = sys::path::stem(Header) == sys::path::stem(File);
    size_t Common = 0;
    while (Common < File.size() && Common < Header.size() && File[Common] == Header[Common])
      ++Common;
    Best = std::max<unsigned>(Best, Common + (SameName ? 10000 : 0));
  }
  return Best;
}

} // namespace

bool includesSources(StringRef File) {
  auto Buffer = MemoryBuffer::getFile(File);
  if (!Buffer)
    return false;
  StringRef Rest = (*Buffer)->getBuffer();
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    Line = Line.trim();
    if (!Line.consume_front("#") || !(Line = Line.ltrim()).consume_front("include"))
      continue;
    Line = Line.ltrim();
    if (Line.consume_front("\"") || Line.consume_front("<"))
      if (isSourceName(Line.take_until([](char C) { return C == '"' || C == '>'; })))
        return true;
  }
  return false;
}

std::vector<std::optional<size_t>> includersOf(ArrayRef<std::string> Headers, ArrayRef<Unit> Units,
                                               unsigned Jobs) {
  std::vector<std::optional<size_t>> Result(Headers.size());
  std::vector<std::pair<unsigned, size_t>> Order;
  for (size_t I = 0; I < Units.size(); ++I)
    Order.emplace_back(nearness(Units[I].File, Headers), I);
  llvm::sort(Order, [](auto A, auto B) {
    return A.first > B.first || (A.first == B.first && A.second < B.second);
  });

  InitializeAllTargetInfos();
  DependencyScanningService Service(ScanningMode::DependencyDirectivesScan,
                                    ScanningOutputFormat::Make);
  DefaultThreadPool Threads(hardware_concurrency(Jobs));
  size_t Batch = 4 * Threads.getMaxConcurrency();
  for (size_t Start = 0; Start < Order.size(); Start += Batch) {
    auto Part = ArrayRef(Order).slice(Start).take_front(Batch);
    std::vector<StringSet<>> Files(Part.size());
    for (size_t I = 0; I < Part.size(); ++I)
      Threads.async([&, I] {
        clang::IgnoringDiagConsumer Silent;
        if (!interruptedBy())
          Files[I] = filesOf(Units[Part[I].second], Service, Silent);
      });
    Threads.wait();
    for (size_t H = 0; H < Headers.size(); ++H)
      for (size_t I = 0; I < Part.size() && !Result[H]; ++I)
        if (Files[I].contains(Headers[H]))
          Result[H] = Part[I].second;
    if (interruptedBy() || all_of(Result, [](const auto &R) { return R.has_value(); }))
      break;
  }
  return Result;
}

namespace {

/// Does a unit miss one of these?
class Misses : public clang::DiagnosticConsumer {
public:
  explicit Misses(ArrayRef<std::string> Files) : Files(Files) {}
  bool Any = false;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level, const clang::Diagnostic &Info) override {
    SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    Any |= any_of(
        Files, [&](StringRef File) { return StringRef(Text).contains(sys::path::filename(File)); });
  }

private:
  ArrayRef<std::string> Files;
};

} // namespace

std::vector<char> readersOf(const StringSet<> &Files, ArrayRef<std::string> Gone,
                            ArrayRef<Unit> Units, unsigned Jobs) {
  std::vector<char> Result(Units.size());
  InitializeAllTargetInfos();
  DependencyScanningService Service(ScanningMode::DependencyDirectivesScan,
                                    ScanningOutputFormat::Make);
  DefaultThreadPool Threads(hardware_concurrency(Jobs));
  for (size_t I = 0; I < Units.size(); ++I)
    Threads.async([&, I] {
      Misses Says(Gone);
      if (!interruptedBy())
        Result[I] = any_of(filesOf(Units[I], Service, Says),
                           [&](const auto &Each) { return Files.contains(Each.getKey()); }) ||
                    Says.Any;
    });
  Threads.wait();
  return Result;
}

} // namespace corolint
