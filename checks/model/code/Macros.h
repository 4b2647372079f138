//===- Macros.h - What a macro makes of its arguments -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CODE_MACROS_H
#define COROLINT_MODEL_CODE_MACROS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <optional>
#include <vector>

namespace corolint::model {

class Unit;

/// Reads the definitions of macros where they are written, with the `#if`s around them: what the
/// preprocessor has left out of this build is there as well.
class Macros {
public:
  explicit Macros(Unit &U);

  /// \p Loc is in an argument of a macro. May another build leave the argument out: is the macro
  /// defined in another branch of an `#if` around its definition as well, in a way that does not
  /// evaluate it? Nothing if that cannot be told. A build that leaves out the unit's tests as well
  /// does not count: nobody misses there what a test awaits.
  std::optional<bool> mayLeaveOut(clang::SourceLocation Loc);

  /// The outermost macro whose argument \p Loc is in, that may be compiled out, and what stands
  /// there with it: by its definition, and by its name only if that is listed and its definition
  /// cannot be read, or \p Said: the user gave the list.
  std::optional<llvm::StringRef> leftOutAround(clang::SourceLocation Loc, bool Said,
                                               llvm::function_ref<bool(llvm::StringRef)> IsListed);

  /// One of the words may stand in this block in another build: behind an `#if`, or in another
  /// definition of a macro that is used there, beside the one that is or in the block's own file.
  bool mayHave(const clang::CompoundStmt &Block, llvm::ArrayRef<llvm::StringRef> Words);

private:
  struct Branch {
    unsigned Group, Number; ///< which `#if` … `#endif`, which part of it
  };
  struct Definition {
    llvm::StringRef Name;
    unsigned Begin, End; ///< offsets in the file
    llvm::SmallVector<llvm::StringRef, 4> Parameters;
    llvm::SmallVector<llvm::StringRef, 16> Body;
    llvm::SmallVector<Branch, 4> In;
  };
  struct File {
    std::vector<Definition> Definitions;                           ///< in the order of the text
    std::vector<llvm::SmallVector<llvm::StringRef, 4>> Conditions; ///< the names in each group's
  };
  const File &read(clang::FileID ID);
  bool mayHave(llvm::StringRef Macro, llvm::ArrayRef<llvm::StringRef> Words, clang::FileID In);
  static const Definition *definitionAt(const File &In, unsigned Offset);
  enum class Use { Never, Conditional, Evaluated };
  static Use useOf(llvm::ArrayRef<llvm::StringRef> Body, llvm::StringRef Parameter);
  static bool leavesOut(const Definition &D, size_t Argument, const File &In, unsigned Depth = 0);
  static llvm::SmallVector<unsigned, 2> groupsBetween(const Definition &A, const Definition &B);
  bool takesTests(const File &In, unsigned Group);
  const llvm::StringSet<> &testSwitches();
  void addTestSwitches(const clang::DeclContext &In);
  void addSwitchesAround(clang::SourceLocation Loc);

  const clang::ASTContext &Context;
  const clang::SourceManager &SM;
  std::map<clang::FileID, File> Files; ///< what is read stays where it is
  std::optional<llvm::StringSet<>> TestSwitches;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CODE_MACROS_H
