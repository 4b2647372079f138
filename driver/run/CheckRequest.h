//===- CheckRequest.h - What a run is asked for ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_CHECKREQUEST_H
#define COROLINT_DRIVER_RUN_CHECKREQUEST_H

#include "output/Formats.h"
#include "project/Settings.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// `corolint [check] …`
struct CheckRequest {
  std::vector<std::string> Paths;
  std::optional<std::vector<std::string>> Flags; ///< after `--`
  std::string Build;                             ///< -p
  unsigned Jobs = 0, Timeout = 0, ProgressEvery = 0;
  std::vector<std::string> Askable; ///< globs of the compilers that may be run
  Settings With;
  const ReportFormat *As = &reportFormats().front(); ///< on stdout
  /// What --output asks for: a report each, and the file that it goes to.
  std::vector<std::pair<const ReportFormat *, std::string>> Outputs;
  std::string Page;     ///< that of these which `report` is for
  std::string Since;    ///< the revision of --diff and --new-from; empty: neither
  bool OnlyNew = false; ///< --new-from: findings on changed lines that were there are not shown
  std::string Baseline; ///< a file of known findings; empty: none
  enum { HideKnown, WriteBaseline, PruneBaseline } BaselineDo = HideKnown;
  std::optional<std::string> NolintReason; ///< of --add-nolint
  std::string StdinFile;                   ///< whose content is on stdin; empty: nobody's
  bool ShowFixes = false, UnsafeFixes = false, ExitZero = false, Statistics = false;
  bool Watch = false;        ///< run again whenever a file changes
  unsigned ErrorLimit = ~0u; ///< of findings that are printed as text
  bool UsesCache = false;
  std::string CacheFolder; ///< empty: the user's
  bool Fix = false, Quiet = false, List = false, Stats = false, Stream = false;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_CHECKREQUEST_H
