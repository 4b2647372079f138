//===- Storage.h - Where an awaiter has what it gives back ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_STORAGE_H
#define COROLINT_MODEL_LIFETIME_STORAGE_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint::model {

/// What an object is a part of, as the functions of an awaiter see it.
enum class Whole {
  Unknown, ///< or something that is not told apart
  Awaiter,
  Operand, ///< what is awaited
  Frame,   ///< the coroutine that is awaited
};

/// Reads the bodies of an awaiter's functions, and of those that they call.
class Storage {
public:
  /// \p Operand and \p Frame say what a pointer of the awaiter leads to: the class of what is
  /// awaited, and the promise of a coroutine. Both may be null.
  Storage(const clang::CXXRecordDecl *Operand, const clang::CXXRecordDecl *Frame)
      : Operand(Operand), Frame(Frame) {}

  /// What all its returns give a reference or pointer into, called on a part of \p This.
  Whole ofResult(const clang::FunctionDecl &F, Whole This);

private:
  /// One function, while it is read.
  struct Activation {
    Whole This = Whole::Unknown;
    llvm::SmallDenseMap<const clang::VarDecl *, Whole, 4> Parameters;
  };
  Whole ofReturns(const clang::FunctionDecl &F, const Activation &In);
  Whole ofObject(const clang::Expr &E, const Activation &In);
  Whole ofPointee(const clang::Expr &E, const Activation &In);
  Whole ofVariable(const clang::VarDecl &V, const Activation &In);
  Whole ofField(const clang::MemberExpr &Member, const Activation &In);
  Whole ofCall(const clang::CallExpr &Called, const Activation &In);
  Whole ofStandardCall(const clang::CallExpr &Called, const clang::FunctionDecl &Callee,
                       const Activation &In);
  Whole byType(clang::QualType Pointee, Whole Has) const;

  const clang::CXXRecordDecl *Operand;
  const clang::CXXRecordDecl *Frame;
  unsigned Depth = 0;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_STORAGE_H
