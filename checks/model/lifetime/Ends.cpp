//===- Ends.cpp - When a task is done with -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Ends.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/lifetime/MayWait.h"
#include "model/types/Container.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

class EndsFinder {
public:
  EndsFinder(const FunctionDecl &F, Unit &U, bool IsCallable)
      : U(U), Flows(U.get<TaskFlows>(F)), IsCallable(IsCallable) {}

  llvm::SmallVector<TaskEnd, 2> run(const Expr &Made) {
    Callable = &Made;
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
      // What is yielded is looked at while the coroutine is suspended there.
      if (isa<CoyieldExpr>(Use.At))
        return add(In ? TaskEnd::Later : TaskEnd::InPlace, Use.At, In);
      return add(TaskEnd::Returned, Use.At, In);
    case TaskUse::Passed:
    case TaskUse::CalledOn:
      return ofCall(Use, Made, In);
    case TaskUse::Kept:
      return ofVariable(*Use.In, *Use.At);
    case TaskUse::Stored:
      return isa<LambdaExpr>(Use.At) ? ofValue(*Use.At, In) : add(TaskEnd::Stored, Use.At, In);
    case TaskUse::Contained:
      return ofContainer(*Use.In, *Use.At);
    case TaskUse::Dropped:
      return add(TaskEnd::Dropped, Use.At, In);
    }
  }

  /// A class that is made of others, one of which is to be awaited.
  bool holdsTasks(QualType T) const {
    auto IsTask = [&](QualType Each) {
      return !Each.isNull() && U.get<TaskTypes>().of(Each).Awaitable;
    };
    const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T.getNonReferenceType()->getAsCXXRecordDecl());
    if (Owner && isStandard(*Owner) &&
        llvm::is_contained({"unique_ptr", "shared_ptr"}, Owner->getName()))
      return IsTask(Owner->getTemplateArgs()[0].getAsType());
    return llvm::any_of(U.get<TaskTypes>().elementsOf(T.getNonReferenceType()), IsTask);
  }

  /// It is somewhere in the local \p V: whoever is given that has it.
  void ofContainer(const VarDecl &V, const Expr &At) {
    add(TaskEnd::Contained, &At, &V);
    if (isa<ParmVarDecl>(V) && V.getType()->isReferenceType())
      add(TaskEnd::Stored, &At, &V); // the caller has it
    for (const TaskUse &Use : Flows.usesOf(V))
      if (Use.How == TaskUse::Returned)
        add(TaskEnd::Returned, Use.At, &V);
  }

  void ofVariable(const VarDecl &V, const Expr &Made) {
    if (!Seen.insert(&V).second)
      return;
    if (holdsTasks(V.getType()) || isa<DecompositionDecl>(V))
      return ofContainer(V, Made);
    const llvm::ArrayRef<TaskUse> Uses = Flows.usesOf(V);
    if (Uses.empty())
      add(TaskEnd::Dropped, &Made, &V);
    for (const TaskUse &Use : Uses)
      ofUse(Use, Made, &V);
  }

  /// The call waits for what it is given, or called on: `sync_wait(t)`, `future.get()`.
  bool waits(const TaskUse &Use) const {
    const auto *Written = dyn_cast<CallExpr>(Use.At);
    std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
    return Site && isKnownToWait(*Site->Callee, Site->objectClass(), U);
  }

  void ofCall(const TaskUse &Use, const Expr &Made, const VarDecl *In) {
    const Expr &Gives = *Use.At;
    if (bare(&Gives) == bare(&Made))
      return; // a conversion that nobody wrote: what becomes of that is a use, too
    const TaskType Result = U.get<TaskTypes>().ofValue(Gives);
    const bool GoesOn = Result.Awaitable || Result.Kind == TaskKind::Generator ||
                        (Gives.isPRValue() && holdsTasks(Gives.getType()));
    if (isPutElsewhere(Gives))
      return add(TaskEnd::Stored, &Gives, In);
    if (waits(Use))
      return add(In ? TaskEnd::Later : TaskEnd::InPlace, &Gives, In);
    // A generator is used by its iterators.
    if (Use.How == TaskUse::CalledOn && In && !GoesOn)
      return add(TaskEnd::Later, &Gives, In);
    const Passing Does = Flows.passingOf(Use);
    if (Does != Passing::Wraps && Does != Passing::Ignores && waitsItself(Gives))
      return add(TaskEnd::Unknown, &Gives, In);
    switch (Does) {
    case Passing::Ignores:
      return;
    case Passing::Awaits:
      return add(In ? TaskEnd::Later : TaskEnd::InPlace, &Gives, In);
    case Passing::Detaches:
      return add(TaskEnd::Detached, &Gives, In);
    case Passing::Stores:
      return started(Gives, Result, TaskEnd::Stored, In);
    case Passing::Consumes:
    case Passing::Offloads:
    case Passing::Elsewhere:
      return started(Gives, Result, TaskEnd::Scoped, In);
    case Passing::Wraps:
      return ofValue(Gives, In);
    case Passing::Unknown:
      if (IsCallable && &Made == Callable)
        return add(TaskEnd::Unknown, &Gives, In);
      return GoesOn ? ofValue(Gives, In) : ofUnknown(Gives, In);
    }
  }

  /// The body of what is called is seen, and may wait: `co_spawn(loop, t, detached); loop.run();`.
  bool waitsItself(const Expr &Gives) const {
    const FunctionDecl *Definition = nullptr;
    const FunctionDecl *Callee = maker(Gives);
    return Callee && Callee->isDefined(Definition) && !isCoroutine(*Definition) &&
           !U.isSystem(Definition->getLocation()) && U.knowledge().libraryOf(*Definition).empty() &&
           llvm::all_of(U.knowledge().of(*Callee),
                        [](const Entry *E) { return E->What == Role::Replaces; }) &&
           mayWait(*Definition, U);
  }

  /// `members_.push_back(t)`, `work_.emplace(t)`: into what is no local.
  bool isPutElsewhere(const Expr &Gives) const {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Gives);
    const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
    if (!Method || changeBy(simpleName(*Method)) != Change::Adds)
      return false;
    const Expr *Object = Member->getImplicitObjectArgument();
    const VarDecl *V = variableIn(Object);
    return (!V || !V->isLocalVarDecl()) && holdsTasks(Object->getType());
  }

  /// What it gives may be the work: it is, if that is given to who runs it.
  void ofUnknown(const Expr &Gives, const VarDecl *In) {
    const size_t Before = Found.size();
    if (Gives.isPRValue() && Gives.getType()->isRecordType())
      ofValue(Gives, In);
    for (size_t I = Before; I != Found.size(); ++I)
      if (Found[I].How != TaskEnd::Detached && Found[I].How != TaskEnd::Scoped)
        Found[I] = {TaskEnd::Unknown, &Gives, In};
    if (Found.size() == Before)
      add(TaskEnd::Unknown, &Gives, In);
  }

  /// A call takes it over, and gives what stands for the work: who awaits that waits for the work.
  void started(const Expr &Gives, const TaskType &Result, TaskEnd::Way Else, const VarDecl *In) {
    if (!Gives.isPRValue() || !Gives.getType()->isRecordType())
      return add(Else, &Gives, In);
    const size_t Before = Found.size();
    ofValue(Gives, In);
    const bool NeedsAwait = Result.Kind == TaskKind::Lazy || Result.Kind == TaskKind::Awaiter;
    for (size_t I = Before; I != Found.size(); ++I)
      if (!NeedsAwait && (Found[I].How == TaskEnd::Dropped || isLetGo(Found[I])))
        Found[I] = {Else, &Gives, In};
  }

  /// `spawn(t).detach()`: a member is called that does not wait.
  bool isLetGo(const TaskEnd &End) const {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(End.At);
    const CXXMethodDecl *Callee = Member ? Member->getMethodDecl() : nullptr;
    return End.How == TaskEnd::Unknown && Callee && !mayWait(*Callee, U);
  }

  Unit &U;
  const TaskFlows &Flows;
  const bool IsCallable;
  const Expr *Callable = nullptr;
  llvm::SmallVector<TaskEnd, 2> Found;
  llvm::SmallPtrSet<const VarDecl *, 4> Seen;
};

} // namespace

llvm::SmallVector<TaskEnd, 2> endsOf(const Expr &Made, const FunctionDecl &F, Unit &U) {
  return EndsFinder(F, U, false).run(Made);
}

llvm::SmallVector<TaskEnd, 2> endsOfCallable(const LambdaExpr &Lambda, const FunctionDecl &F,
                                             Unit &U) {
  return EndsFinder(F, U, true).run(Lambda);
}

} // namespace corolint::model
