//===- CommandLine.h - What the user asks for ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMANDLINE_H
#define COROLINT_DRIVER_COMMANDLINE_H

#include "Settings.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

enum class Format { Text, Json };

/// `corolint [check] …`
struct CheckRequest {
  std::vector<std::string> Paths;
  std::optional<std::vector<std::string>> Flags; ///< after `--`
  std::string Build;                             ///< -p
  unsigned Jobs = 0, Timeout = 0, ProgressEvery = 0;
  std::vector<std::string> Askable; ///< globs of the compilers that may be run
  Settings With;
  Format As = Format::Text;
  bool Fix = false, Quiet = false, List = false, Stats = false, Stream = false;
};

struct Request {
  enum { Check, Rules, Explain, Why, Dump, Config, Learn } What = Check;
  CheckRequest Lint;        ///< of Check, Dump and Why FILE:LINE; of Config, what it says of rules
  std::string Name;         ///< of Explain, Why, Config and Learn
  Format As = Format::Text; ///< of Rules
  std::vector<std::string> Knowledge; ///< of Why and Learn
};

/// Either what to do, or, after --help, --version or a mistake that was said, the exit code.
struct Parsed {
  Request Asked;
  std::optional<int> Exit;
};
Parsed parseCommandLine(int Argc, const char *const *Argv);

/// True when this stream is to have colours: as --color says, else on a terminal.
bool wantsColours(llvm::raw_ostream &Stream);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMANDLINE_H
