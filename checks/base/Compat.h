//===- Compat.h - What differs between the releases of LLVM ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks are written for LLVM 22. corolint-19.so is built of the same sources with LLVM 19,
// which lacks some of it: it is here and in Compat.cpp, and no other file asks which LLVM it has.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_BASE_COMPAT_H
#define COROLINT_BASE_COMPAT_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include <initializer_list>
#include <optional>
#include <utility>

namespace corolint {

/// The class or type alias that says [[nodiscard]], or null where the function itself does; and
/// that.
using UnusedResult = std::pair<const clang::NamedDecl *, const clang::WarnUnusedResultAttr *>;

} // namespace corolint

#if LLVM_VERSION_MAJOR >= 22

#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"

/// The registry of clang-tidy's modules.
#define COROLINT_TIDY_MODULES "clang-tidy/ClangTidyModule.h"

namespace corolint {

template <typename T> using StringSwitch = llvm::StringSwitch<T>;

inline void useEngine(clang::tidy::ClangTidyContext &Context, clang::DiagnosticsEngine &Engine) {
  Context.setDiagnosticsEngine(/*DiagOpts=*/nullptr, &Engine);
}

inline clang::QualType tagType(const clang::TagDecl &D) {
  return D.getASTContext().getCanonicalTagType(&D);
}

inline bool isAtLeastAsQualified(clang::QualType T, clang::QualType Other,
                                 const clang::ASTContext &Context) {
  return T.isAtLeastAsQualifiedAs(Other, Context);
}

inline UnusedResult unusedResult(const clang::CallExpr &Call, const clang::ASTContext &Context) {
  return Call.getUnusedResultAttr(Context);
}

inline bool isAwaitElidable(const clang::Decl &D) {
  return D.hasAttr<clang::CoroAwaitElidableAttr>();
}

} // namespace corolint

#else

#define COROLINT_TIDY_MODULES "clang-tidy/ClangTidyModuleRegistry.h"

namespace corolint {

/// LLVM's has no lists of cases yet.
template <typename T> class StringSwitch {
public:
  explicit StringSwitch(llvm::StringRef Text) : Text(Text) {}

  StringSwitch &Case(llvm::StringLiteral Name, T Value) { return take(Text == Name, Value); }
  StringSwitch &Cases(std::initializer_list<llvm::StringLiteral> Names, T Value) {
    return take(llvm::is_contained(Names, Text), Value);
  }
  T Default(T Value) { return Result.value_or(Value); }

private:
  StringSwitch &take(bool Matches, T Value) {
    if (Matches && !Result)
      Result = Value;
    return *this;
  }

  llvm::StringRef Text;
  std::optional<T> Result;
};

inline void useEngine(clang::tidy::ClangTidyContext &Context, clang::DiagnosticsEngine &Engine) {
  Context.setDiagnosticsEngine(&Engine);
}

inline clang::QualType tagType(const clang::TagDecl &D) {
  return D.getASTContext().getTypeDeclType(&D).getCanonicalType();
}

inline bool isAtLeastAsQualified(clang::QualType T, clang::QualType Other,
                                 const clang::ASTContext &) {
  return T.isAtLeastAsQualifiedAs(Other);
}

UnusedResult unusedResult(const clang::CallExpr &Call, const clang::ASTContext &Context);

inline bool isAwaitElidable(const clang::Decl &) {
  return false; // Clang 20 brings the attribute
}

} // namespace corolint

namespace clang {

/// A visitor whose functions are virtual, so that its code is there once.
class DynamicRecursiveASTVisitor {
public:
  bool ShouldVisitTemplateInstantiations = false;
  bool ShouldVisitImplicitCode = false;

  virtual ~DynamicRecursiveASTVisitor();
  virtual bool TraverseDecl(Decl *D);
  virtual bool TraverseStmt(Stmt *S);
#define DECL(CLASS, BASE)                                                                          \
  virtual bool Visit##CLASS##Decl(CLASS##Decl *) {                                                 \
    return true;                                                                                   \
  }
#include "clang/AST/DeclNodes.inc"
#define STMT(CLASS, PARENT)                                                                        \
  virtual bool Visit##CLASS(CLASS *) {                                                             \
    return true;                                                                                   \
  }
#include "clang/AST/StmtNodes.inc"
};

/// What Clang's own warnings about lifetimes know, which cannot be asked yet.
namespace lifetimes {

bool isInStlNamespace(const Decl *D);
bool isGslPointerType(QualType T);
const FunctionDecl *getDeclWithMergedLifetimeBoundAttrs(const FunctionDecl *F);
bool isNormalAssignmentOperator(const FunctionDecl *F);
bool implicitObjectParamIsLifetimeBound(const FunctionDecl *F);
bool shouldTrackImplicitObjectArg(const CXXMethodDecl *Callee);
bool shouldTrackFirstArgument(const FunctionDecl *F);

} // namespace lifetimes
} // namespace clang

#endif

#endif // COROLINT_BASE_COMPAT_H
