//===- CheckOptions.h - What check, and what reads units like it, is asked ===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMAND_CHECKOPTIONS_H
#define COROLINT_DRIVER_COMMAND_CHECKOPTIONS_H

#include "run/CheckRequest.h"

namespace corolint {

/// Takes the options of the line that was parsed; false, and said on stderr, when they cannot be
/// what is meant.
bool takeCheck(CheckRequest &R);
/// Those that say which rules run, and how; false, and said, likewise.
bool takeSettings(Settings &With);
/// Files of --knowledge, as they were written.
std::vector<std::string> knowledgeFiles();
/// --cache-dir, or nothing.
std::string cacheFolder();
/// --format; nothing, and said, when there is no such format.
std::optional<Format> takeFormat();

/// False, and said, when there is one that only `why FILE:LINE` uses, and that `why NAME` would
/// ignore.
bool checkWhyName(const CheckRequest &R);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMAND_CHECKOPTIONS_H
