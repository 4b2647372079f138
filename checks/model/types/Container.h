//===- Container.h - Containers, and what ends what was taken from them -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_TYPES_CONTAINER_H
#define COROLINT_MODEL_TYPES_CONTAINER_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace corolint::model {

class Unit;

/// How a container keeps its elements.
enum class Keeps {
  Nothing,  ///< it is no container that is known
  InABlock, ///< growing moves them: vector
  InBlocks, ///< growing invalidates iterators, and moves nothing: deque
  InTable,  ///< likewise, by rehashing: unordered_map
  InNodes,  ///< only erasing an element ends what refers to it: map, list
};

Keeps keeps(const clang::CXXRecordDecl &C, Unit &U);

/// The class of a container that an expression names, or null.
const clang::CXXRecordDecl *classOfObject(const clang::Expr &E);

/// What is done to the elements of a container.
enum class Change {
  None,
  Adds,
  PopsFront,
  PopsBack,
  Erases,   ///< takes out some
  Replaces, ///< takes out all, or exchanges them with those of another
};

/// By the name of a member function, as the containers of C++, Qt and LLVM name theirs.
Change changeBy(llvm::StringRef Method);

/// Does a change end what was taken from a container before?
enum class Ends {
  No,
  Perhaps,  ///< if it is this very element that is taken out, or all of what stays where it is
  Certainly ///< whichever element it is; that there is room without moving them is luck
};

/// What ends what: [container.reqmts] and each container's own section. Containers that are looked
/// up by a key keep the other elements where they are when they lose one, as a rule. Who replaces
/// all elements does so at the end, as a rule: of those that stay where they are, this is no proof.
Ends ends(Change Done, Keeps How, bool IsKeyed, bool IsReference);

/// Its elements are found by a key.
bool isKeyed(const clang::CXXRecordDecl &Container);

/// It keeps none of its elements: those are objects of others, which it links to each other. So
/// adding takes them by a reference that may change them.
bool linksElements(const clang::CXXRecordDecl &Container);

} // namespace corolint::model

#endif // COROLINT_MODEL_TYPES_CONTAINER_H
