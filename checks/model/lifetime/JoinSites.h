//===- JoinSites.h - What in a function may wait for work ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_LIFETIME_JOINSITES_H
#define COROLINT_MODEL_LIFETIME_JOINSITES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace corolint::model {

struct Call;
class Unit;

/// A place that may wait for work.
struct JoinSite {
  const clang::Stmt *At;
  enum Kind {
    Waits,      ///< for whatever there is
    OfAny,      ///< for what has to do with the work, or what it borrows
    OfHolder,   ///< for what has the work
    Asks,       ///< a condition, of a loop or around a wait: for what the work has borrowed
    MakesLocal, ///< a local that is awaited later is made of it: no join itself
  } Is;
  const clang::Stmt *Block = nullptr; ///< it is executed whenever this block comes to it; or null
  const clang::VarDecl *Local = nullptr; ///< of MakesLocal
};

/// Those of a function, whatever the work is: found in one walk, because every start of work asks.
class JoinSites {
public:
  JoinSites(const clang::FunctionDecl &F, Unit &U);

  const JoinSite &operator[](unsigned Number) const { return Sites[Number]; }
  /// Those that name it.
  llvm::ArrayRef<unsigned> naming(const clang::ValueDecl &D) const;
  /// Those that wait for whatever there is.
  llvm::ArrayRef<unsigned> waiting() const { return Always; }
  /// No `return`, `break` or the like is written between them.
  bool isStraight(const clang::Stmt &A, const clang::Stmt &B) const;

  /// Whether the end of a local is reached from a block at all, answered once.
  llvm::DenseMap<std::pair<const clang::VarDecl *, const clang::CFGBlock *>, bool> Ends;

private:
  void see(const clang::Stmt &S);
  void seeCall(const clang::CallExpr &Written);
  void seeAsked();
  bool isStart(const Call &Site) const;
  bool standsForWork(clang::QualType T) const;
  void add(const clang::Stmt &At, JoinSite::Kind Is, const clang::Stmt &Names,
           const clang::VarDecl *Local = nullptr);
  const clang::Stmt *blockOf() const;

  const clang::FunctionDecl &F;
  Unit &U;
  llvm::SmallVector<const clang::Stmt *, 16> Open; ///< around the statement that is seen
  std::vector<JoinSite> Sites;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<unsigned, 2>> ByName;
  std::vector<unsigned> Always;
  std::vector<const clang::Stmt *> Jumps; ///< in the order of the walk
};

/// Calls \p Visit with the variables and members that are named at or below \p S, and with those
/// that a closure named there has captured, until it returns false.
bool forEachName(const clang::Stmt &S, llvm::function_ref<bool(const clang::ValueDecl &)> Visit);

/// An object of the type waits in its destructor for what it has.
bool waitsWhenItDies(clang::QualType T, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_LIFETIME_JOINSITES_H
