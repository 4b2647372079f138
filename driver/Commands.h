//===- Commands.h - The commands beside check ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_COMMANDS_H
#define COROLINT_DRIVER_COMMANDS_H

#include "CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

/// `corolint rules`
int runRules(Format As);
/// `corolint explain RULE`
int runExplain(llvm::StringRef Rule);
/// `corolint config [PATH]`
int runConfig(llvm::StringRef Path, const Settings &With);
/// `corolint learn LOG`; 1 when the log has no report of a slow step.
int runLearn(llvm::StringRef Log, llvm::ArrayRef<std::string> KnowledgeFiles);
/// `corolint why NAME`; 1 when nothing is known of it.
int runWhy(llvm::StringRef Name, llvm::ArrayRef<std::string> KnowledgeFiles);

/// `corolint why FILE:LINE`; 1 when nothing was considered there.
int runWhyPlace(const CheckRequest &Asked);
/// `corolint dump FILE[:LINE]`; 1 when there is nothing to say.
int runDump(const CheckRequest &Asked);

/// Markdown for a terminal, or, without \p Colours, for a pipe: wrapped, code indented.
void renderMarkdown(llvm::StringRef Text, llvm::raw_ostream &Out, unsigned Width, bool Colours);

} // namespace corolint

#endif // COROLINT_DRIVER_COMMANDS_H
