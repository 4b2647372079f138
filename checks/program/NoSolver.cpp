//===- NoSolver.cpp - A program of ours has no Z3 ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What LLVM's archives have where LLVM was configured without Z3, linked before them. Debian's has
// Z3, of which only Clang's static analyzer could make use when it is told to, and we never tell
// it: 25 MB to load at each start, and a library to be installed.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SMTAPI.h"
#include "llvm/Support/raw_ostream.h"

llvm::SMTSolverRef llvm::CreateZ3Solver() {
  report_fatal_error("corolint has no Z3 solver", /*gen_crash_diag=*/false);
}

LLVM_DUMP_METHOD void llvm::SMTSolver::dump() const {
  print(errs());
}
