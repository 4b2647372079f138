//===- Exclusions.h - Files that the user leaves out --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_EXCLUSIONS_H
#define COROLINT_DRIVER_PROJECT_EXCLUSIONS_H

#include "knowledge/Ignored.h"
#include "project/Settings.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace corolint {

/// What `exclude` in the `.corolint.yaml` above a file says of it: such a file is not parsed for
/// its own sake.
class Exclusions {
public:
  explicit Exclusions(const Settings &With) : With(With) {}

  /// The line that leaves a file out, as a user reads it, or nothing.
  std::string of(llvm::StringRef File);

private:
  const std::vector<model::IgnoredFiles> &above(llvm::StringRef Folder);

  const Settings &With;
  llvm::StringMap<std::vector<model::IgnoredFiles>> ByFolder;
};

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_EXCLUSIONS_H
