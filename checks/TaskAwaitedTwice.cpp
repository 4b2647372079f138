//===- TaskAwaitedTwice.cpp - coro-task-awaited-twice -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "model/Unit.h"
#include "model/tasks/TaskFlow.h"
#include "model/tasks/UsedAgain.h"

using namespace clang;

namespace corolint::checks {
namespace {

using model::AwaitAgain;
using model::TaskUsedAgain;
using model::TaskUsedUp;

class TaskAwaitedTwice : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
};

} // namespace

extern const Rule TaskAwaitedTwiceEntry = {
    "coro-task-awaited-twice",
    "a task that is awaited again, though it can be awaited only once",
    Tier::Default,
    Topic::Awaiting,
    Fix::None,
    {},
    makeCheck<TaskAwaitedTwice>,
};

namespace {

std::string nameOf(const TaskUsedAgain &Again) {
  return "'" + Again.Local->getNameAsString() + "'";
}

/// What was done to it: a clause after "after it was".
std::string doneBy(const TaskUsedUp &Use) {
  switch (Use.How) {
  case TaskUsedUp::Awaited:
  case TaskUsedUp::AwaitedInside:
    return "awaited";
  case TaskUsedUp::Moved:
    return "moved from";
  case TaskUsedUp::Called:
    return "used up by " + model::nameOfMaker(*Use.At);
  case TaskUsedUp::Iterated:
    return "iterated to its end";
  }
  llvm_unreachable("all ways are handled");
}

std::string whatIsLeft(const TaskUsedAgain &Again) {
  switch (Again.Left) {
  case AwaitAgain::Resumes:
    return "a coroutine that has ended is resumed";
  case AwaitAgain::NoResult:
    return "the first 'co_await' has moved its result out";
  case AwaitAgain::Empty:
    return Again.First.How == TaskUsedUp::Awaited
               ? "the first 'co_await' has taken its coroutine, and nothing is left to await"
               : "there is no coroutine left in it";
  case AwaitAgain::Unknown:
  case AwaitAgain::Fine:
    break;
  }
  llvm_unreachable("only these are reported");
}

std::string whatHappens(const TaskUsedAgain &Again) {
  const std::string Name = nameOf(Again);
  const TaskUsedUp::Way How = Again.Second.How;
  const bool Iterates = How == TaskUsedUp::Iterated;
  const std::string Verb = Iterates                    ? "iterated"
                           : How == TaskUsedUp::Moved  ? "passed on"
                           : How == TaskUsedUp::Called ? "used"
                                                       : "awaited";
  if (Again.InLoop)
    return Name + " is " + Verb + " again in each round of the loop: " + whatIsLeft(Again);
  if (Again.First.How == Again.Second.How && How != TaskUsedUp::Moved && How != TaskUsedUp::Called)
    return Name + " is " + Verb + " again: " + whatIsLeft(Again);
  return Name + " is " + Verb + " after it was " + doneBy(Again.First) + ": " + whatIsLeft(Again);
}

SourceLocation placeOf(const TaskUsedUp &Use) {
  return Use.How == TaskUsedUp::Awaited ? Use.At->getExprLoc() : Use.Named->getLocation();
}

void TaskAwaitedTwice::checkFunction(const FunctionDecl &F, model::Unit &U) {
  for (const TaskUsedAgain &Again : model::tasksUsedAgain(F, U)) {
    auto Finding = report(placeOf(Again.Second), "%0");
    if (!Finding)
      continue;
    *Finding << whatHappens(Again);
    if (Again.InLoop)
      Finding->step(Again.Local->getLocation(), "%0 is made here, once") << nameOf(Again);
    else
      Finding->step(placeOf(Again.First), "it was %0 here") << doneBy(Again.First);
    const CXXRecordDecl &C = *Again.Type.Class;
    if (Again.First.How == TaskUsedUp::Awaited && C.getLocation().isValid())
      Finding->related(C.getLocation(), "%0 is declared here") << quoted(C);
  }
}

} // namespace
} // namespace corolint::checks
