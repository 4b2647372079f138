//===- CommandLine.h - What the user asks for ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMAND_COMMANDLINE_H
#define COROLINT_DRIVER_COMMAND_COMMANDLINE_H

#include "run/CheckRequest.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

struct Request {
  enum {
    Check,
    Rules,
    Explain,
    Why,
    Dump,
    Config,
    Learn,
    Annotate,
    CacheDo,
    Init,
    Completion,
    Report
  } What = Check;
  CheckRequest
      Lint; ///< of Check, Annotate, Dump and Why FILE:LINE; of Config, what it says of rules
  std::string Name;                   ///< of Explain, Why, Config, Learn and CacheDo
  Format As = Format::Text;           ///< of Rules and Annotate
  std::vector<std::string> Knowledge; ///< of Why and Learn
};

/// Either what to do, or, after --help, --version or a mistake that was said, the exit code.
struct Parsed {
  Request Asked;
  std::optional<int> Exit;
};
Parsed parseCommandLine(int Argc, const char *const *Argv);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMAND_COMMANDLINE_H
