//===- Names.h - What a declaration is called ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_AST_NAMES_H
#define COROLINT_AST_NAMES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace clang {
class Decl;
class NamedDecl;
class NamespaceDecl;
} // namespace clang
namespace llvm {
class raw_ostream;
} // namespace llvm

namespace corolint::model {

/// Qualified name without template arguments, inline and anonymous namespaces:
/// "std::basic_ifstream::open", "asio::ip::basic_resolver::resolve", "std::jthread::~jthread".
std::string plainName(const clang::NamedDecl &D);

/// Prints the last part of plainName().
void printOwnName(llvm::raw_ostream &OS, const clang::NamedDecl &D);

/// The last part of the name; empty of an operator, a constructor, and what has none.
llvm::StringRef simpleName(const clang::NamedDecl &D);

/// The outermost namespace with a name that \p D stands in, or null.
const clang::NamespaceDecl *outermostNamespace(const clang::Decl &D);

/// Of the C++ library, also what it has in namespaces of its own: `std::chrono`, `std::ranges`.
bool isStandard(const clang::Decl &D);

} // namespace corolint::model

#endif // COROLINT_AST_NAMES_H
