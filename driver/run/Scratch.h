//===- Scratch.h - A folder for what the processes tell each other --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_SCRATCH_H
#define COROLINT_DRIVER_RUN_SCRATCH_H

#include "llvm/ADT/Twine.h"
#include <memory>
#include <string>

namespace corolint {

/// A folder for what the processes tell each other; it is gone when the run ends, however it ends.
class Scratch {
public:
  /// Null, and said on stderr, when there is no place for it.
  static std::unique_ptr<Scratch> make();
  ~Scratch();
  std::string path(const llvm::Twine &Name) const;

private:
  explicit Scratch(std::string Folder) : Folder(std::move(Folder)) {}
  std::string Folder;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_SCRATCH_H
