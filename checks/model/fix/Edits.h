//===- Edits.h - Fixes that several rules share -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FIX_EDITS_H
#define COROLINT_MODEL_FIX_EDITS_H

#include "model/code/Constants.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>
#include <string>

namespace corolint::model {

class Unit;
struct Call;
struct AsyncCounterpart;

/// Where a `co_await` may be written in a function, found in one walk for all that ask. Asked for
/// through Unit::get.
class AwaitPlaces {
public:
  AwaitPlaces(const clang::FunctionDecl &F, Unit &U);

  /// See mayCoAwaitAt; of a function that is no coroutine: if it were one.
  bool may(const clang::Expr &E) const { return Places.contains(&E); }
  /// `f().x`, `f()[0]`, `f()->x`, `f()()`, `f()++` take `f()` first, and `co_await` after that.
  bool isPostfixOperand(const clang::Expr &E) const;

private:
  llvm::DenseSet<const clang::Expr *> Places, Postfix;
};

/// May a `co_await` stand where \p E is evaluated? Only in the body of the coroutine \p In itself;
/// not in a handler, where it is ill-formed ([expr.await]), not in a macro, not in the initialiser
/// of a static, and not where a lock of the thread may be held.
bool mayCoAwaitAt(const clang::Expr &E, const clang::FunctionDecl &In, Unit &U);

/// … and does the promise of \p In take the type of \p E?
bool mayInsertCoAwait(const clang::Expr &E, const clang::FunctionDecl &In, Unit &U);

/// `co_await` before the expression.
clang::FixItHint insertCoAwait(const clang::Expr &E, Unit &U);

/// \p Text, which begins with `co_await`, in the place of the call; in parentheses where something
/// is done with its result that would otherwise be done before the awaiting. Nothing if a macro or
/// a default argument is in the way.
std::optional<clang::FixItHint> replaceCall(const Call &Site, llvm::StringRef Text,
                                            const clang::FunctionDecl &In, Unit &U);

/// The call written as its awaitable counterpart, or nothing if an argument cannot be taken over.
std::optional<clang::FixItHint> writeCounterpart(const Call &Site, const AsyncCounterpart &T,
                                                 const clang::FunctionDecl &In, Unit &U);

/// `x = x + co_await f()`, of built-in types, as `x += co_await f()`: the right side of that comes
/// first ([expr.assign], since C++17). \p Read: its second x.
std::optional<clang::FixItHint> asUpdate(const clang::Stmt &S, const clang::Expr &Read);

/// An `#include` for each of the headers that the unit has not, after the last one of the file of
/// \p At; nothing if it has them all.
std::optional<clang::FixItHint> addIncludes(llvm::ArrayRef<std::string> Headers,
                                            clang::SourceLocation At, Unit &U);

} // namespace corolint::model

#endif // COROLINT_MODEL_FIX_EDITS_H
