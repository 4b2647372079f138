//===- Fixes.h - Edits of many units, applied once -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_FIXES_H
#define COROLINT_DRIVER_RUN_FIXES_H

#include "output/Finding.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>

namespace corolint {

/// New contents in a folder that no living run is about to put in place: a --fix was killed.
std::vector<std::string> leftovers(llvm::StringRef Folder);

/// Collects the fixes of findings. A fix is taken whole or not at all, and never touches what
/// another one touches.
class Fixes {
public:
  /// Of a file: why it may not be changed ("is not among the files that were named"), or nothing.
  using Objection = llvm::function_ref<std::string(llvm::StringRef)>;

  /// Takes the finding's fix; or says in a note of the finding why not.
  void add(Finding &F, Objection To);

  bool empty() const { return wanted().empty(); }
  /// The files that would change, canonical.
  std::vector<std::string> files() const;
  /// The content that a file would have, formatted as its `.clang-tidy` wants (FormatStyle).
  llvm::Expected<std::string> contentOf(llvm::StringRef File, llvm::StringRef FormatStyle) const;

  /// The fixes that are still wanted, by number.
  std::vector<size_t> wanted() const;
  /// Of all that are wanted, the edits of these alone count from here on. (A fix of several files
  /// counts as a whole.)
  void tryOnly(llvm::ArrayRef<size_t> Numbers);
  /// The files that a fix changes.
  std::vector<std::string> filesOf(size_t Number) const;
  /// "file:line:column" of the finding.
  std::string placeOf(size_t Number) const;
  /// Gives up a fix, and those with the very same edits.
  void leaveOut(size_t Number, const llvm::Twine &Why);
  /// Gives up every fix that touches this file, and so the other edits of these fixes.
  void drop(llvm::StringRef File, const llvm::Twine &Why);

  /// Writes all these files, or none of them: when one cannot be written, or is no longer what the
  /// fixes were made for, \p Culprit is its name.
  llvm::Error write(const std::map<std::string, std::string> &Contents, std::string &Culprit);

  /// Marks the findings whose fixes are still taken.
  void settle();

private:
  struct Fix {
    Finding *Of;
    bool IsAlsoAnothers; ///< the very same edits were taken already
    bool IsLeftOut = false;
  };
  struct OfFile {
    std::string Before;
    std::vector<Edit> Edits;
  };
  OfFile *fileNamed(llvm::StringRef Path);
  std::string whyNot(const Finding &F, Objection To, bool &IsAlsoAnothers);

  void leaveOut(llvm::function_ref<bool(const Fix &)> Which, const llvm::Twine &Why);

  std::map<std::string, OfFile> Files;
  std::vector<Fix> Taken;
  std::vector<size_t> Tried; ///< of those, whose edits count
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_FIXES_H
