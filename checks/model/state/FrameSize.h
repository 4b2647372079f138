//===- FrameSize.h - What fills the frame of a coroutine -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_FRAMESIZE_H
#define COROLINT_MODEL_STATE_FRAMESIZE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Type.h"
#include "clang/Basic/SourceLocation.h"
#include <cstdint>
#include <vector>

namespace corolint::model {

class Unit;

/// One object that a frame has.
struct FramePart {
  enum Kind { Promise, Parameter, Local, Temporary } Is;
  const clang::VarDecl *Named; ///< of a parameter and a local
  clang::QualType Type;
  uint64_t Bytes;
  clang::SourceLocation At;
};

/// An estimate of a frame: Clang's sizes of all objects that live while the coroutine is suspended.
/// LLVM lays out the frame after it has optimised the function, and puts objects that never live at
/// the same time into the same place.
struct FrameSize {
  uint64_t Bytes = 0; ///< the most that is alive at one suspension; 0: not known
  uint64_t Apart = 0; ///< each object in a place of its own, as without optimisation
  const clang::Expr *At =
      nullptr;                  ///< that suspension; null if only the promise and parameters count
  std::vector<FramePart> Parts; ///< what is alive there, the largest first
};

const FrameSize &frameSizeOf(const clang::FunctionDecl &F, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_FRAMESIZE_H
