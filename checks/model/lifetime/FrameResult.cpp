//===- FrameResult.cpp - Results that refer to their own frame -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/FrameResult.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/lifetime/Views.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What the coroutine's result is, as its author wrote it: `T` of `task<T>`. What an awaiter gives
/// may be a reference to a `T` that the promise keeps.
QualType resultOf(const FunctionDecl &F, Unit &U) {
  const CXXRecordDecl *C = returnedClass(F);
  if (!C || !U.get<TaskTypes>().of(*C).Awaitable)
    return {};
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C)) {
    const TemplateArgumentList &Args = Spec->getTemplateArgs();
    return Args.size() != 0 && Args[0].getKind() == TemplateArgument::Type ? Args[0].getAsType()
                                                                           : QualType();
  }
  const QualType Result = U.get<TaskTypes>().resultOf(*C);
  return !Result.isNull() && !Result->isReferenceType() ? Result : QualType();
}

} // namespace

std::vector<FrameResult> frameResultsOf(const FunctionDecl &F, Unit &U) {
  std::vector<FrameResult> Found;
  const QualType Result = isCoroutine(F) ? resultOf(F, U) : QualType();
  if (Result.isNull() || (!Result->isReferenceType() && !isViewType(Result)))
    return Found;
  Loans Lent(F, U);
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    const auto *Return = dyn_cast<CoreturnStmt>(&S);
    if (!Return || !Return->getOperand())
      return true;
    const Expr &Given = *Return->getOperand();
    // `co_return std::ref(x)` gives a reference to x.
    const bool IsNamed = Result->isReferenceType() && !isViewType(Given.getType());
    for (const Loan &L : IsNamed ? Lent.ofReference(Given) : Lent.ofView(Given))
      if (L.From == Loan::Temporary || L.From == Loan::Local || L.From == Loan::Parameter)
        Found.push_back({&Given, L, L.From != Loan::Parameter});
    return true;
  });
  return Found;
}

} // namespace corolint::model
