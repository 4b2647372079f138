//===- Ends.cpp - When a task is done with -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Ends.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

class EndsFinder {
public:
  EndsFinder(const FunctionDecl &F, Unit &U) : F(F), U(U), Flows(U.get<TaskFlows>(F)) {}

  llvm::SmallVector<TaskEnd, 2> run(const Expr &Made) {
    ofValue(Made, /*In=*/nullptr);
    return std::move(Found);
  }

private:
  void add(TaskEnd::Way How, const Expr *At, const VarDecl *In = nullptr) {
    Found.push_back({How, At, In});
  }

  /// \p In: the local that the value came out of, or null while it is in its full-expression.
  void ofValue(const Expr &Made, const VarDecl *In) {
    const llvm::ArrayRef<TaskUse> Uses = Flows.usesOf(Made);
    if (Uses.empty())
      add(TaskEnd::Unknown, &Made, In);
    for (const TaskUse &Use : Uses)
      ofUse(Use, Made, In);
  }

  void ofUse(const TaskUse &Use, const Expr &Made, const VarDecl *In) {
    switch (Use.How) {
    case TaskUse::Awaited:
      return add(In ? TaskEnd::Later : TaskEnd::InPlace, Use.At, In);
    case TaskUse::Returned:
      return add(TaskEnd::Returned, Use.At, In);
    case TaskUse::Passed:
    case TaskUse::CalledOn:
      return ofCall(Use, Made, In);
    case TaskUse::Kept:
      return ofVariable(*Use.In, Made);
    case TaskUse::Stored:
      return add(TaskEnd::Stored, Use.At, In);
    case TaskUse::Contained:
      add(TaskEnd::Contained, Use.At, Use.In);
      return;
    case TaskUse::Dropped:
      return add(TaskEnd::Dropped, Use.At, In);
    }
  }

  void ofVariable(const VarDecl &V, const Expr &Made) {
    if (!Seen.insert(&V).second)
      return;
    const llvm::ArrayRef<TaskUse> Uses = Flows.usesOf(V);
    if (Uses.empty())
      add(TaskEnd::Dropped, &Made, &V);
    for (const TaskUse &Use : Uses)
      ofUse(Use, Made, &V);
  }

  bool runsLoop(const TaskUse &Use) const {
    const auto *Written = dyn_cast<CallExpr>(Use.At);
    std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
    return Site && roleOf(*Site, Use.Arg, Role::RunsLoop, F, U);
  }

  void ofCall(const TaskUse &Use, const Expr &Made, const VarDecl *In) {
    const Expr &Gives = *Use.At;
    const TaskType Result = U.get<TaskTypes>().ofValue(Gives);
    const bool GoesOn = Result.Awaitable || Result.Kind == TaskKind::Generator;
    if (runsLoop(Use))
      return add(In ? TaskEnd::Later : TaskEnd::InPlace, &Gives, In);
    // A generator is used by its iterators.
    if (Use.How == TaskUse::CalledOn && In && !GoesOn)
      return add(TaskEnd::Later, &Gives, In);
    switch (Flows.passingOf(Use)) {
    case Passing::Ignores:
      return;
    case Passing::Awaits:
      return add(In ? TaskEnd::Later : TaskEnd::InPlace, &Gives, In);
    case Passing::Detaches:
      return add(TaskEnd::Detached, &Gives, In);
    case Passing::Stores:
      if (GoesOn)
        return started(Gives, Result, TaskEnd::Stored, In);
      return add(TaskEnd::Stored, &Gives, In);
    case Passing::Consumes:
    case Passing::Offloads:
    case Passing::Elsewhere:
      if (GoesOn)
        return started(Gives, Result, TaskEnd::Scoped, In);
      return add(TaskEnd::Scoped, &Gives, In);
    case Passing::Wraps:
      return ofValue(Gives, In);
    case Passing::Unknown:
      return GoesOn ? ofValue(Gives, In) : add(TaskEnd::Unknown, &Gives, In);
    }
  }

  /// A call takes it over, and gives what stands for the work: who awaits that waits for the work.
  void started(const Expr &Gives, const TaskType &Result, TaskEnd::Way Else, const VarDecl *In) {
    const size_t Before = Found.size();
    ofValue(Gives, In);
    const bool NeedsAwait = Result.Kind == TaskKind::Lazy || Result.Kind == TaskKind::Awaiter;
    for (size_t I = Before; I != Found.size(); ++I)
      if (Found[I].How == TaskEnd::Dropped && !NeedsAwait)
        Found[I] = {Else, &Gives, In};
  }

  const FunctionDecl &F;
  Unit &U;
  const TaskFlows &Flows;
  llvm::SmallVector<TaskEnd, 2> Found;
  llvm::SmallPtrSet<const VarDecl *, 4> Seen;
};

} // namespace

llvm::SmallVector<TaskEnd, 2> endsOf(const Expr &Made, const FunctionDecl &F, Unit &U) {
  return EndsFinder(F, U).run(Made);
}

} // namespace corolint::model
