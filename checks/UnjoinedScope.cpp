//===- UnjoinedScope.cpp - coro-unjoined-scope ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/tasks/Unjoined.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace corolint::checks {
namespace {

using Unjoined = model::UnjoinedScope;

class UnjoinedScope : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule UnjoinedScopeEntry = {
    "coro-unjoined-scope",
    "a task group or scope that is destroyed with work in it, and that nobody has waited for",
    Tier::Default,
    Topic::Awaiting,
    Fix::None,
    {},
    makeCheck<UnjoinedScope>,
};

namespace {

llvm::StringRef whenItIs(const Unjoined &Each) {
  switch (Each.How) {
  case Unjoined::Never:
    return "nothing here waits for it";
  case Unjoined::OnAPath:
    return "a path leaves before it is joined";
  case Unjoined::Throws:
    return "an exception would leave before it is joined";
  }
  llvm_unreachable("all ways are handled");
}

void UnjoinedScope::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const Unjoined &Each : model::unjoinedScopes(F, U)) {
    const bool Certain = Each.How != Unjoined::Throws;
    if (!Certain && !wantsArguable(U))
      continue;
    auto Finding = report(Each.Scope->getLocation(),
                          "'%0' is destroyed while work may run in it: %1", shownIf(Certain));
    if (!Finding)
      continue;
    *Finding << Each.Scope->getNameAsString() << whenItIs(Each);
    Finding->step(Each.Work->getExprLoc(), "work is put into it here");
    if (Each.Leaves)
      Finding->step(Each.Leaves->getBeginLoc(),
                    Certain ? "it is destroyed here, and was not joined"
                            : "if this throws, it is destroyed with work in it");
    if (const CXXRecordDecl *C = Each.Scope->getType()->getAsCXXRecordDecl();
        C && C->getLocation().isValid())
      Finding->related(C->getLocation(), "%0 has to be joined: %1") << quoted(*C) << Each.Why;
  }
}

} // namespace
} // namespace corolint::checks
