//===- UnitDiagnostics.h - What is said while a unit is analysed ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_UNITDIAGNOSTICS_H
#define COROLINT_DRIVER_WORKER_UNITDIAGNOSTICS_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "output/Finding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace corolint {

struct Session;

/// Takes what the checks say (as clang-tidy would, with NOLINT and its filters) and the errors of
/// the compiler, and turns both into places that outlive the compiler.
class UnitDiagnostics : public clang::tidy::ClangTidyDiagnosticConsumer {
public:
  UnitDiagnostics(clang::tidy::ClangTidyContext &Context, Session &Of, llvm::vfs::FileSystem &FS)
      // Of fixes that overlap, --fix applies the first and says so; clang-tidy drops them all.
      : ClangTidyDiagnosticConsumer(Context, nullptr, /*RemoveIncompatibleErrors=*/false), Of(Of),
        FS(FS) {}

  /// What comes through this engine is the compiler's.
  void setCompiler(clang::DiagnosticsEngine &E) { Compiler = &E; }

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

  std::vector<Finding> takeFindings();
  /// What the rules found besides, and a comment or a filter dropped.
  std::vector<Suppressed> takeSuppressed();
  std::vector<std::string> takeMisuses();
  std::vector<Message> takeErrors() { return std::move(Errors); }
  bool isBroken() const { return Broken; }

private:
  struct File {
    std::string Path; ///< canonical
    std::unique_ptr<llvm::MemoryBuffer> Text;
    std::vector<size_t> Lines; ///< where each begins
  };
  const File &fileNamed(llvm::StringRef Path);
  Place placeOf(llvm::StringRef Path, unsigned Offset);
  Message messageOf(const clang::tooling::DiagnosticMessage &M);
  std::vector<Edit> editsOf(const clang::tooling::DiagnosticMessage &M);
  void takeAll();

  Session &Of;
  llvm::vfs::FileSystem &FS;
  const clang::DiagnosticsEngine *Compiler = nullptr;
  llvm::StringMap<File> Files;
  std::vector<clang::tidy::ClangTidyError> All;
  bool Taken = false, Broken = false, LastWasCompilerError = false;
  std::vector<Message> Errors;
};

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_UNITDIAGNOSTICS_H
