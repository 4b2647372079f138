//===- BorrowNotes.cpp - How a finding tells of what a task borrows --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BorrowNotes.h"
#include "Check.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

using model::Dangling;
using model::Loan;
using model::TaskEnd;

std::string objectOf(const Loan &L) {
  switch (L.From) {
  case Loan::Temporary:
    return "this temporary";
  case Loan::Receiver:
    return "this object";
  default:
    return "'" + L.Variable->getNameAsString() + "'";
  }
}

std::string borrowerOf(const Dangling &D) {
  if (isa<LambdaExpr>(D.Made))
    return "the task of this lambda";
  return "the task of " + model::nameOfMaker(*D.Made);
}

std::string refersTo(const Loan &L, llvm::StringRef Temporary) {
  const std::string Object = L.From == Loan::Temporary ? Temporary.str() : objectOf(L);
  if (L.Capturing)
    return "refers to " + Object + " by a capture";
  if (L.For.Holder)
    return "refers to " + Object + " by its parameter '" + L.For.Holder->getNameAsString() + "'";
  if (L.From == Loan::Receiver)
    return "refers to its object";
  return "refers to its object" + (L.From == Loan::Temporary ? ", " + Object : " " + Object);
}

std::string endOf(const TaskEnd &End) {
  switch (End.How) {
  case TaskEnd::InPlace:
  case TaskEnd::Later:
    return isa<CoroutineSuspendExpr>(End.At) ? "awaited" : "used";
  case TaskEnd::Returned:
    return "returned";
  case TaskEnd::Detached:
    return "left to run on";
  case TaskEnd::Scoped: {
    const FunctionDecl *By = model::maker(*End.At);
    return "given to " + (By ? quoted(*By) : std::string("a function")) + ", which runs it later";
  }
  case TaskEnd::Stored:
    return "stored";
  case TaskEnd::Contained:
    return "kept in '" + End.In->getNameAsString() + "'";
  case TaskEnd::Dropped:
  case TaskEnd::Unknown:
    return "made";
  }
  llvm_unreachable("all ends are named");
}

SourceLocation placeOf(const Loan &L) {
  return L.At->getExprLoc();
}

/// Why an object lives as long as the task needs it, or nobody knows that it does not.
static std::string whyAlone(const Loan &L, const TaskEnd &End) {
  const bool RunsOn = End.How == TaskEnd::Detached || End.How == TaskEnd::Scoped;
  if (L.From == Loan::Receiver)
    return RunsOn ? "something that the work has may own it, or something waits for the work"
                  : "that is the caller's";
  if (L.From == Loan::Borrowed || L.From == Loan::Captured)
    return "that is the caller's";
  const std::string Object = L.From == Loan::Temporary ? "the temporary" : objectOf(L);
  switch (End.How) {
  case TaskEnd::InPlace:
    return "it is done before " + Object + " is gone, in the same expression";
  case TaskEnd::Later:
    return "it is done before " + Object + " is gone";
  case TaskEnd::Dropped:
    return "it never runs";
  case TaskEnd::Unknown: {
    const FunctionDecl *To = model::maker(*End.At);
    return "nothing is known of what " + (To ? quoted(*To) : std::string("this function")) +
           " does with it";
  }
  case TaskEnd::Contained:
    return "nobody takes it out of '" + End.In->getNameAsString() + "' after " + Object +
           " is gone";
  case TaskEnd::Returned:
    return Object + " is moved, and lives where it went";
  case TaskEnd::Detached:
  case TaskEnd::Scoped:
  case TaskEnd::Stored:
    return "something waits for it before " + Object + " is gone, or has that";
  }
  llvm_unreachable("all ends are named");
}

/// Says of the borrows of a kind that live long enough why they do.
static void leaveAlone(Dangling::Kind Is, const FunctionDecl &F, model::Unit &U) {
  if (!U.decisions())
    return;
  for (const Dangling &D : U.get<model::DanglingTasks>(F).LeftAlone)
    if (D.Is == Is)
      U.leave(D.Made->getExprLoc(), [&] {
        const std::string What = D.Lent.isClosure() ? "refers to its closure" : refersTo(D.Lent);
        return borrowerOf(D) + " " + What + ": " + whyAlone(D.Lent, D.End);
      });
}

FindingMessage &operator<<(FindingMessage &Into, const model::Edits &All) {
  for (const FixItHint &Each : All)
    Into << Each;
  return Into;
}

void noteUse(FindingBuilder &Finding, const Dangling &D, model::Unit &U) {
  const Loan &L = D.Lent;
  for (const Loan &Each : D.Others)
    Finding.related(placeOf(Each), "so does it refer to %0") << objectOf(Each);
  if (D.End.How == TaskEnd::Later)
    Finding.step(D.End.At->getExprLoc(), "here it is %0") << endOf(D.End);
  else if (D.End.At && D.End.At != D.Made && D.End.How != TaskEnd::Returned)
    Finding.step(D.End.At->getExprLoc(), "here the task is %0") << endOf(D.End);
  if (L.For.UsedAt) {
    const std::string What = L.For.Holder    ? "'" + L.For.Holder->getNameAsString() + "'"
                             : L.isClosure() ? "a capture"
                                             : "its object";
    Finding.step(L.For.UsedAt->getBeginLoc(), "%0 uses %1 here, after it was suspended")
        << quoted(*L.For.Of) << What;
  } else if (L.For.Of) {
    Finding.related(L.For.Of->getLocation(),
                    "%0 is declared here; what returns this type does not run before it is awaited")
        << quoted(*L.For.Of);
  }
}

void BorrowCheck::reportEach(Dangling::Kind Is, const FunctionDecl &F, model::Unit &U, Place At,
                             llvm::function_ref<std::string(const Dangling &)> What, Words Advise) {
  leaveAlone(Is, F, U);
  for (const Dangling &D : U.get<model::DanglingTasks>(F).Found) {
    if (D.Is != Is || (!D.Certain && !wantsArguable(U)))
      continue;
    auto Finding = report(At(D), "%0", shownIf(D.Certain));
    if (!Finding)
      continue;
    *Finding << What(D);
    noteUse(*Finding, D, U);
    Advise(*Finding, D);
  }
}

} // namespace corolint
