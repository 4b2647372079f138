//===- Concurrency.cpp - Who runs while another is suspended --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/Concurrency.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Calls.h"
#include "model/code/Drops.h"
#include "model/code/ObjectPath.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How many functions are looked at on the way back from one.
constexpr size_t MaxWays = 4096;

/// Both are given to one queue: `queue.submit(f)`, `queue.submit_delayed(g)`. Instantiations of a
/// template are one, whatever they are given.
bool isSameQueue(const FunctionDecl &A, const FunctionDecl &B) {
  const auto *Mine = dyn_cast<CXXMethodDecl>(&A), *Theirs = dyn_cast<CXXMethodDecl>(&B);
  if (Mine && Theirs && !isa<CXXConstructorDecl>(A) &&
      Mine->getParent()->getCanonicalDecl() == Theirs->getParent()->getCanonicalDecl())
    return true;
  const FunctionTemplateDecl *One = A.getPrimaryTemplate(), *Other = B.getPrimaryTemplate();
  return One && Other ? One->getCanonicalDecl() == Other->getCanonicalDecl()
                      : A.getCanonicalDecl() == B.getCanonicalDecl();
}

} // namespace

llvm::ArrayRef<InnerCall> Concurrency::callsIn(const FunctionDecl &F) const {
  auto Found = Calls.find(&F);
  return Found == Calls.end() ? llvm::ArrayRef<InnerCall>() : llvm::ArrayRef(Found->second);
}

llvm::SmallVector<const InnerCall *, 4> Concurrency::callsOf(const FunctionDecl &F) const {
  llvm::SmallVector<const InnerCall *, 4> Result;
  if (auto Found = Callers.find(&F); Found != Callers.end())
    for (auto [Caller, Index] : Found->second)
      Result.push_back(&callsIn(*Caller)[Index]);
  return Result;
}

bool Concurrency::isBegun(const FunctionDecl &F) const {
  return Beginnings.contains(&F);
}

llvm::ArrayRef<Begins> Concurrency::waysTo(const FunctionDecl &F) {
  auto [Slot, New] = Ways.try_emplace(&F);
  if (!New)
    return Slot->second;
  std::vector<Begins> &Result = Slot->second;
  llvm::SmallVector<const FunctionDecl *, 16> Work{&F};
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen{&F};
  while (!Work.empty() && Seen.size() < MaxWays) {
    const FunctionDecl *Next = Work.pop_back_val();
    auto Called = Callers.find(Next);
    if (Next->isMain() || isa<CXXConstructorDecl>(Next) ||
        (isa<CXXDestructorDecl>(Next) && Called == Callers.end()))
      continue;
    auto Begun = Beginnings.find(Next);
    if (Begun != Beginnings.end())
      llvm::append_range(Result, Begun->second);
    const bool IsUnknown = U.isNamedInBroken(*Next);
    if (IsUnknown)
      Result.push_back({Begins::Unknown, Next, Next->getLocation()});
    if (Called != Callers.end()) {
      for (auto [Caller, Index] : Called->second)
        if (Seen.insert(Caller).second)
          Work.push_back(Caller);
    } else if (Begun == Beginnings.end() && !IsUnknown) {
      Result.push_back({Begins::FromOutside, Next, Next->getLocation()});
    }
  }
  return Result;
}

const Begins *Concurrency::whoComesTo(const FunctionDecl &Changer, const FunctionDecl &F) {
  (void)waysTo(F); // before the other, as a map may move
  llvm::ArrayRef<Begins> Theirs = waysTo(Changer), Own = waysTo(F);
  const Begins *Most = nullptr;
  if (llvm::any_of(Own, [](const Begins &Each) { return Each.How == Begins::Unknown; }))
    return nullptr;
  for (const Begins &Each : Theirs) {
    if (Each.How == Begins::Unknown)
      continue;
    if (!Each.Often &&
        llvm::any_of(Own, [&](const Begins &Mine) { return Mine.Which == Each.Which; }))
      continue;
    if (Each.How == Begins::Callback && Each.GivenTo && !Own.empty() &&
        llvm::all_of(Own, [&](const Begins &Mine) {
          return Mine.How == Begins::Callback && Mine.GivenTo &&
                 isSameQueue(*Mine.GivenTo, *Each.GivenTo);
        }))
      continue;
    if (!Most || Each.How < Most->How)
      Most = &Each;
  }
  return Most;
}

} // namespace corolint::model
