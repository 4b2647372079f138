//===- Changes.h - Who changes a container ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_CHANGES_H
#define COROLINT_MODEL_STATE_CHANGES_H

#include "model/code/ObjectPath.h"
#include "model/types/Container.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>

namespace corolint::model {

struct InnerCall;

/// Who changes a container so that what is borrowed from it is no longer valid.
struct Invalidation {
  clang::SourceLocation At;
  const clang::FunctionDecl *In;
};

/// What a function of the unit does to a container.
struct ContainerChange {
  Invalidation Where;
  Change Done;
  ObjectPath Of; ///< as the function sees it
};

/// The changes of all containers in one unit.
class Changes {
public:
  explicit Changes(Unit &U);

  /// Those of a member, global or parameter that others can see, in the order of the source;
  /// without those in its owner's constructors and destructor, when none of its coroutines is
  /// suspended.
  llvm::ArrayRef<ContainerChange> of(const clang::ValueDecl &Container) const;

  /// Where objects of a class die or unlink themselves: what keeps them and does not own them
  /// loses them by that.
  llvm::ArrayRef<ContainerChange> ofObjects(const clang::CXXRecordDecl &Class) const;

  /// The first change that running \p F makes to \p P (as F sees it), itself or by what it calls
  /// and waits for, and that \p Wanted takes; or null. \p Kind names Wanted, for what is known.
  const ContainerChange *by(const clang::FunctionDecl &F, const ObjectPath &P, unsigned Kind,
                            llvm::function_ref<bool(const ContainerChange &)> Wanted);

private:
  class Reader;

  Unit &U;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<ContainerChange>> In;
  llvm::DenseMap<const clang::ValueDecl *, std::vector<ContainerChange>> Of;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<ContainerChange>> Dying;
  /// Locals by their class, and the classes whose objects link themselves when they are made.
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<ContainerChange>> Locals;
  std::vector<const clang::CXXRecordDecl *> LinkThemselves;
  using Question = std::vector<const void *>;
  std::map<Question, const ContainerChange *> Known;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_CHANGES_H
