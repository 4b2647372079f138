//===- Unit.h - The model of one translation unit ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_UNIT_H
#define COROLINT_MODEL_UNIT_H

#include "model/AnalysisCache.h"
#include "model/Decisions.h"
#include "model/UnitSettings.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <string>
#include <vector>

namespace corolint::model {

class Knowledge;

/// The model of one translation unit: its functions, what is known of names, and the answers of all
/// analyses, each of which is made when it is first asked for. It never looks into the body of a
/// function in a system header: what those do is knowledge.
class Unit {
public:
  /// \p Settings and \p Stats live as long as this.
  Unit(clang::ASTContext &Context, const UnitSettings &Settings, UnitStats &Stats);
  ~Unit();

  /// What an analysis says of a function or a class; see AnalysisCache.h.
  template <typename A, typename Key>
    requires std::derived_from<Key, clang::Decl>
  typename AnalysisResult<A>::type &get(const Key &Of) {
    return Answers.get<A>(&Of, *this);
  }
  /// What an analysis says of the whole unit.
  template <typename A> A &get() {
    return Answers.get<A>(static_cast<const void *>(nullptr), *this);
  }

  clang::ASTContext &context() const { return Context; }
  Knowledge &knowledge() { return *Known; }
  UnitStats &stats() { return Stats; }

  /// The profile that the user's `.corolint.yaml` names, else "default".
  llvm::StringRef profile() const;

  /// Function definitions outside system headers, lambdas included, in the order of the source; of
  /// a template the instantiations that have a body, and the pattern only where there is none.
  llvm::ArrayRef<const clang::FunctionDecl *> functions() const { return Functions; }

  /// The methods, in classes of this unit, that override \p M directly or indirectly.
  llvm::ArrayRef<const clang::CXXMethodDecl *> overridersOf(const clang::CXXMethodDecl &M) const;

  /// A function that could not be understood, for an error in it, names this one: who calls it is
  /// not known.
  bool isNamedInBroken(const clang::FunctionDecl &F) const;

  /// The methods of a class that have a body in this unit.
  llvm::ArrayRef<const clang::FunctionDecl *> methodsOf(const clang::CXXRecordDecl &C);

  /// True for code that the user did not write: system headers and the compiler's own.
  bool isSystem(clang::SourceLocation Loc) const;

  /// Where what was considered is kept; null unless somebody asks.
  Decisions *decisions() const { return Asked.get(); }
  /// Somebody asks about a file: says why what is at \p At is left alone. \p Why is called only
  /// then.
  void leave(clang::SourceRange At, llvm::function_ref<std::string()> Why) const {
    if (Asked && Asked->covers(At.getBegin()))
      if (std::string Text = Why(); !Text.empty())
        Asked->leave(At, std::move(Text));
  }

  /// What was wrong in the user's knowledge files, once: the first caller reports it.
  std::vector<std::string> takeFaults();

private:
  void index(const UnitSettings &Settings);
  void noteBroken(const clang::FunctionDecl &F);

  clang::ASTContext &Context;
  UnitStats &Stats;
  std::unique_ptr<Knowledge> Known;
  AnalysisCache Answers;
  std::vector<const clang::FunctionDecl *> Functions;
  llvm::DenseSet<const clang::FunctionDecl *> NamedInBroken;
  llvm::DenseSet<clang::DeclarationName> NamesInBroken; ///< that lead to nothing there
  llvm::DenseMap<const clang::CXXMethodDecl *, std::vector<const clang::CXXMethodDecl *>>
      Overriders;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<const clang::FunctionDecl *>> Methods;
  std::vector<std::string> Faults;
  std::unique_ptr<Decisions> Asked;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_UNIT_H
