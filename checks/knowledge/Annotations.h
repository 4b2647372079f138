//===- Annotations.h - What the code says of itself -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_ANNOTATIONS_H
#define COROLINT_KNOWLEDGE_ANNOTATIONS_H

#include "knowledge/Words.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace corolint::model {

/// Appends what the annotations of corolint/annotations.h and Clang's own attributes say of the
/// function, on any of its declarations and of those that it was instantiated from.
void readAnnotations(const clang::FunctionDecl &F, llvm::SmallVectorImpl<Entry> &Into);

/// … and of the class.
void readAnnotations(const clang::CXXRecordDecl &C, llvm::SmallVectorImpl<TypeEntry> &Into);

/// What is wrong with the annotations that are written on this declaration, with their places.
std::vector<std::string> annotationFaults(const clang::Decl &D);

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_ANNOTATIONS_H
