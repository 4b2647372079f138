//===- UnitSettings.h - What a unit is told, and what it tells ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_UNITSETTINGS_H
#define COROLINT_MODEL_UNITSETTINGS_H

#include "model/Decisions.h"
#include "clang/Basic/SourceLocation.h"
#include <string>
#include <vector>

namespace corolint {

/// What a host says before a unit is analysed. One that knows nothing of us, such as clang-tidy,
/// says nothing.
struct UnitSettings {
  std::vector<std::string> KnowledgeFiles; ///< besides the `.corolint.yaml` above the unit
  /// Where the compiler found errors: the functions there are not looked at.
  std::vector<clang::SourceLocation> Errors;
  /// Of what is in this file (a canonical name) the rules say why they leave it alone; mostly
  /// empty.
  std::string AskedFile;
};

/// What a host may know of the unit when it was analysed.
struct UnitStats {
  unsigned Coroutines = 0; ///< definitions outside system headers, a template counted once
  unsigned Functions = 0;  ///< likewise, coroutines included
  /// Coroutines that are too large to follow what lives across their suspensions (Held.h):
  /// "file:line: name". The rules that ask for it say nothing about them.
  std::vector<std::string> Unfollowed;
  std::vector<std::string> LibraryFiles;  ///< knowledge that came with the headers
  std::vector<model::Decision> Decisions; ///< in UnitSettings::AskedFile
};

} // namespace corolint

#endif // COROLINT_MODEL_UNITSETTINGS_H
