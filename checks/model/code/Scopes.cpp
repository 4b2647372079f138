//===- Scopes.cpp - What stands in what ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isScope(const Stmt &S) {
  return isLoop(S) || isa<CompoundStmt, IfStmt, SwitchStmt, CXXCatchStmt>(S);
}

} // namespace

Scopes::Scopes(const FunctionDecl &F) : Body(writtenBody(F)) {
  llvm::SmallVector<const Stmt *, 16> Open;
  size_t Innermost = None;
  unsigned Next = 0;
  walkEvaluated(
      Body,
      [&](const Stmt &S) {
        Numbers[&S] = {Next++, 0};
        if (const auto *Declares = dyn_cast<DeclStmt>(&S); Declares && !Open.empty()) {
          // What a range-based `for` declares for each element is gone before the next.
          const auto *For = dyn_cast<CXXForRangeStmt>(Open.back());
          const bool IsElement = For && For->getLoopVarStmt() == Declares;
          const Stmt *Scope = IsElement ? For->getBody() : Open.back();
          for (const Decl *D : Declares->decls())
            if (const auto *V = dyn_cast<VarDecl>(D))
              Of[V] = Scope;
        }
        if (isLoop(S)) {
          Loops.push_back({&S, Innermost});
          Innermost = Loops.size() - 1;
        }
        if (isScope(S))
          Open.push_back(&S);
        return true;
      },
      [&](const Stmt &S) {
        Numbers[&S].second = Next - 1;
        if (isLoop(S))
          Innermost = Loops[Innermost].Around;
        if (isScope(S))
          Open.pop_back();
      });
}

const Stmt *Scopes::scopeOf(const VarDecl &V) const {
  auto Found = Of.find(&V);
  return Found == Of.end() ? Body : Found->second;
}

bool Scopes::contains(const Stmt &Scope, const Stmt &S) const {
  auto Outer = Numbers.find(&Scope), Inner = Numbers.find(&S);
  return Outer != Numbers.end() && Inner != Numbers.end() &&
         Outer->second.first <= Inner->second.first && Inner->second.first <= Outer->second.second;
}

bool Scopes::isAfter(const Stmt &A, const Stmt &B) const {
  auto First = Numbers.find(&A), Second = Numbers.find(&B);
  return First != Numbers.end() && Second != Numbers.end() &&
         First->second.second < Second->second.first;
}

const Stmt *Scopes::loopAround(const Stmt &S, const Stmt &Scope) const {
  auto Number = Numbers.find(&S);
  if (Number == Numbers.end())
    return nullptr;
  // The last that begins before it, or one around that.
  auto Next = llvm::upper_bound(Loops, Number->second.first, [&](unsigned N, const Loop &L) {
    return N < Numbers.find(L.Written)->second.first;
  });
  size_t I = Next == Loops.begin() ? None : Next - Loops.begin() - 1;
  while (I != None && !contains(*Loops[I].Written, S))
    I = Loops[I].Around;
  return I != None && contains(Scope, *Loops[I].Written) ? Loops[I].Written : nullptr;
}

} // namespace corolint::model
