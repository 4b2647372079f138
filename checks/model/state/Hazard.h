//===- Hazard.h - What must not live across a suspension ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_HAZARD_H
#define COROLINT_MODEL_STATE_HAZARD_H

#include "model/code/Place.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace corolint::model {

struct Call;
struct TypeEntry;
class Unit;

/// Why an object must not live across a suspension.
struct Hazard {
  enum Kind {
    Lock,
    Hostile,
    NoYield,     ///< only across a `co_yield`; a scope that has to be joined, while work is in it
    AwaitedLock, ///< none at all: followed for what it protects
  } Is = Lock;
  /// The class that says so: that of the object, or of a member of it.
  const clang::CXXRecordDecl *Class = nullptr;
  /// What is known of that class; null for a guard that is one by its attribute.
  const TypeEntry *Known = nullptr;
  const clang::FieldDecl *Member = nullptr; ///< of the object, where it is a member's class
  bool Optional =
      false; ///< the object may be without one: a `std::optional`, a pointer, a container
  bool Container = false; ///< … and may have any number of them
  bool Holder = false;    ///< the object is a `std::pair`, a tuple or an array with one
  bool Base = false;      ///< a base class is one
  bool Own = false; ///< somebody's own class, whose constructor locks and whose destructor unlocks
  /// Where the class shows it, if nobody said it.
  clang::SourceLocation ReadAt{};
  bool operator==(const Hazard &) const = default;

  /// It is a scope that has to be joined, and harmless while nothing is in it.
  bool isScope() const;
};

/// What an object of this type brings across a suspension, if anything. A guard is decided by its
/// mutex: that of a mutex which is awaited may be held.
std::optional<Hazard> hazardOf(clang::QualType T, Unit &U);

/// A mutex that blocks its thread, by what is known of the class or by its methods.
bool isMutexOfThreads(const clang::CXXRecordDecl &C, Unit &U);

/// The same of a class.
const std::optional<Hazard> &hazardOf(const clang::CXXRecordDecl &C, Unit &U);

/// An object that is alive, and locked if it is a lock, at suspension points of a coroutine.
struct HeldAcross {
  Hazard What;
  /// The local or parameter; or, where a mutex was locked by a call, that or the member of it.
  const clang::ValueDecl *Object = nullptr;     ///< null: a temporary
  bool Raw = false;                             ///< no guard, but the mutex itself
  clang::SourceLocation Since;                  ///< where it was locked, or made
  bool Certain = true;                          ///< on every path that leads there
  llvm::SmallVector<const clang::Expr *, 2> At; ///< the suspensions, in the order of the source
};

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
  bool operator==(const LockEffect &) const = default;
};

/// Of a function whose body is visible and not in a library. Empty for coroutines, which do it when
/// they run.
llvm::ArrayRef<LockEffect> lockEffectsOf(const clang::FunctionDecl &F, Unit &U);

/// The effects of a call, in the words of the caller.
std::vector<LockEffect> effectsOf(const Call &Site, Unit &U);

/// Those of a constructor on the variable that it makes.
std::vector<LockEffect> effectsOn(const clang::VarDecl &Made, const Call &By, Unit &U);

/// The class gives back, in its destructor, a lock of threads.
bool unlocksAtItsEnd(const clang::CXXRecordDecl &C, Unit &U);

/// A constructor of it takes one, or may.
bool locksWhenMade(const clang::CXXRecordDecl &C, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_HAZARD_H
