//===- UserFile.h - Files that anybody may have put there ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_USERFILE_H
#define COROLINT_KNOWLEDGE_USERFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>

namespace corolint::model {

/// Configuration that is found, not named: whoever wrote the project put it there.
struct UserFile {
  std::unique_ptr<llvm::MemoryBuffer> Text; ///< null: not there, or Fault
  std::string Fault;                        ///< why it is refused
};

/// Reads a `.clang-tidy`, `.corolint.yaml` and the like. What is no ordinary file (a pipe or a
/// device would never end), has more than a megabyte, nests so deep that a parser would run out of
/// stack, or is a link that leads out of the project (a parser's message would show what it leads
/// to) is a fault; of the last, nothing was read.
UserFile readUserFile(llvm::StringRef Path);

/// True when brackets of JSON nest deeper than any compile database does. Its parsers recurse.
bool jsonNestsTooDeep(llvm::StringRef Text);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_USERFILE_H
