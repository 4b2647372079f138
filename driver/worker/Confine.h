//===- Confine.h - A process that only reads -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_WORKER_CONFINE_H
#define COROLINT_DRIVER_WORKER_CONFINE_H

namespace corolint {

/// From now on this process, and what it might start, opens no file to write, makes, moves and
/// removes none, runs no program and makes no connection; what is open stays so. Below \p Writable
/// (null: nowhere) it may write.
///
/// The kernel sees to it, where it has Landlock (Linux 5.13); false where it has not. It is the
/// last line of defence: nothing is to be written or run anyway.
bool confine(const char *Writable);

} // namespace corolint

#endif // COROLINT_DRIVER_WORKER_CONFINE_H
