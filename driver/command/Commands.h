//===- Commands.h - The commands beside check ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMAND_COMMANDS_H
#define COROLINT_DRIVER_COMMAND_COMMANDS_H

#include "command/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

/// `corolint check`, from the PATHs to the exit code.
int runCheck(const CheckRequest &Asked);

/// `corolint rules`
int runRules(Format As);
/// `corolint explain RULE`
int runExplain(llvm::StringRef Rule);
/// `corolint config [PATH]`
int runConfig(llvm::StringRef Path, const Settings &With);
/// `corolint init`
int runInit(const CheckRequest &Given);
/// `corolint completion bash|zsh|fish`
int runCompletion(llvm::StringRef Shell);
/// `corolint cache stats|clean`
int runCache(llvm::StringRef Do, llvm::StringRef Folder);
/// `corolint learn LOG`; 1 when the log has no report of a slow step.
int runLearn(llvm::StringRef Log, llvm::ArrayRef<std::string> KnowledgeFiles);
/// `corolint why NAME`; 1 when nothing is known of it.
int runWhy(llvm::StringRef Name, llvm::ArrayRef<std::string> KnowledgeFiles);

/// `corolint why FILE:LINE`; 1 when nothing was considered there.
int runWhyPlace(const CheckRequest &Asked);
/// `corolint annotate [PATH...]`
int runAnnotate(const CheckRequest &Asked, Format As);
/// `corolint report [PATH...]`, with what check is asked.
int runReport(CheckRequest Asked);
/// `corolint dump FILE[:LINE]`; 1 when there is nothing to say.
int runDump(const CheckRequest &Asked);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMAND_COMMANDS_H
