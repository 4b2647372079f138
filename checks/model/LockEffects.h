//===- LockEffects.h - What a call does to locks ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LOCKEFFECTS_H
#define COROLINT_MODEL_LOCKEFFECTS_H

#include "Place.h"
#include "clang/AST/DeclCXX.h"
#include <vector>

namespace corolint::model {

struct Call;
class Unit;

/// What may be so of a lock at a place, as bits.
using LockBits = unsigned char;
struct Lock {
  static constexpr LockBits Same = 1;     ///< as it was when the function began; there, free
  static constexpr LockBits Held = 2;     ///< locked here
  static constexpr LockBits Unknown = 4;  ///< somebody else may have done anything
  static constexpr LockBits Released = 8; ///< what the caller had locked was unlocked
};

/// What a function does, until it returns, to one lock of its caller: of its object, of what a
/// parameter refers to, or a global one.
struct LockEffect {
  Place Of; ///< in the words of the function: its parameters, its `this`
  LockBits Leaves = Lock::Same;
};

/// Of a function whose body is visible and not in a library: from the bottom up, once for each.
/// Empty for coroutines, which do it when they run, and while it is being found. Asked for through
/// Unit::lockEffects, which keeps it.
std::vector<LockEffect> findLockEffects(const clang::FunctionDecl &F, Unit &U);

/// The effects of a call, in the words of the caller.
std::vector<LockEffect> effectsOf(const Call &Site, Unit &U);

/// Those of a constructor on the variable that it makes.
std::vector<LockEffect> effectsOn(const clang::VarDecl &Made, const Call &By, Unit &U);

/// The class gives back, in its destructor, a lock of threads.
bool unlocksAtItsEnd(const clang::CXXRecordDecl &C, Unit &U);

/// A constructor of it takes one, or may.
bool locksWhenMade(const clang::CXXRecordDecl &C, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LOCKEFFECTS_H
