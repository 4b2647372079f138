//===- Subcommands.h - The commands that the command has ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMAND_SUBCOMMANDS_H
#define COROLINT_DRIVER_COMMAND_SUBCOMMANDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"

namespace corolint {

// Functions, since options in several files register themselves with these before main().
llvm::cl::SubCommand &checkCommand();
llvm::cl::SubCommand &rulesCommand();
llvm::cl::SubCommand &explainCommand();
llvm::cl::SubCommand &whyCommand();
llvm::cl::SubCommand &annotateCommand();
llvm::cl::SubCommand &dumpCommand();
llvm::cl::SubCommand &configCommand();
llvm::cl::SubCommand &learnCommand();
llvm::cl::SubCommand &reportCommand();
llvm::cl::SubCommand &cacheCommand();
llvm::cl::SubCommand &completionCommand();
llvm::cl::SubCommand &initCommand();

llvm::ArrayRef<llvm::cl::SubCommand *> allCommands();

/// Before the line is parsed: report has the options of check, but for those that would have it
/// write something else.
void giveReportOptions();

// The groups of options that --help shows.
llvm::cl::OptionCategory &whereCategory();
llvm::cl::OptionCategory &rulesCategory();
llvm::cl::OptionCategory &outputCategory();
llvm::cl::OptionCategory &partsCategory();

} // namespace corolint

#endif // COROLINT_DRIVER_COMMAND_SUBCOMMANDS_H
