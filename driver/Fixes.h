//===- Fixes.h - Edits of many units, applied once -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_FIXES_H
#define COROLINT_DRIVER_FIXES_H

#include "Finding.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>

namespace corolint {

/// Collects the fixes of findings. A fix is taken whole or not at all, and never touches what
/// another one touches.
class Fixes {
public:
  /// Takes the finding's fix; or says in a note of the finding why not.
  void add(Finding &F, llvm::function_ref<bool(llvm::StringRef)> MayChange);

  bool empty() const { return Taken.empty(); }
  /// The files that would change, canonical.
  std::vector<std::string> files() const;
  /// The content that a file would have, formatted as its `.clang-tidy` wants (FormatStyle).
  llvm::Expected<std::string> contentOf(llvm::StringRef File, llvm::StringRef FormatStyle) const;

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
  };
  struct OfFile {
    std::string Before;
    std::vector<Edit> Edits;
  };
  OfFile *fileNamed(llvm::StringRef Path);
  std::string whyNot(const Finding &F, llvm::function_ref<bool(llvm::StringRef)> MayChange,
                     bool &IsAlsoAnothers);

  std::map<std::string, OfFile> Files;
  std::vector<Fix> Taken;
};

} // namespace corolint

#endif // COROLINT_DRIVER_FIXES_H
