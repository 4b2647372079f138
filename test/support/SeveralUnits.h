//===- SeveralUnits.h - Several units in one process ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TEST_SEVERALUNITS_H
#define TEST_SEVERALUNITS_H

namespace clang::tooling {
class ClangTool;
}

/// Analyses the units of a tool alone, then all at once in this process: rule by rule, and each on
/// a thread of its own. Prints what is found alone, and whether the rest is the same; also what is
/// looked at where the syntax tree names the declarations to traverse, as an editor's does. 0 if
/// all is well.
int printSeveralUnits(clang::tooling::ClangTool &Tool);

#endif // TEST_SEVERALUNITS_H
