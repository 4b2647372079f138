//===- Say.h - What the command says besides its findings ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_SAY_H
#define COROLINT_DRIVER_OUTPUT_SAY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace corolint {

/// What the command exits with.
enum ExitCode { Clean = 0, HasFindings = 1, WrongUse = 2, NotAnalysed = 3 };

/// On stderr: "corolint: error: …", "corolint: warning: …", "corolint: …". The caller ends the
/// line.
llvm::raw_ostream &sayError();
llvm::raw_ostream &sayWarning();
llvm::raw_ostream &say();

/// True when this stream is to have colours: as --color says, else NO_COLOR and FORCE_COLOR, else
/// on a terminal.
bool wantsColours(llvm::raw_ostream &Stream);
/// To be called once, before anything is said.
void detectColoursOurWay();
/// True when this stream may have links (OSC 8): on a terminal with colours, or as FORCE_HYPERLINK
/// says.
bool wantsLinks(llvm::raw_ostream &Stream);

/// "; did you mean 'x'?", or nothing when no candidate is near.
std::string didYouMean(llvm::StringRef Word, llvm::ArrayRef<llvm::StringRef> Candidates);

/// "1 unit", "2 units"; \p Many where it is not One with an s.
std::string counted(size_t Number, llvm::StringRef One, llvm::StringRef Many = "");

/// "a, b, c and 4 more".
std::string listed(llvm::ArrayRef<std::string> Names, size_t Most = 8);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_SAY_H
