//===- DescribePlace.cpp - Where a line of a unit stands -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/DescribePlace.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/run/Context.h"
#include "model/run/Threads.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"

using namespace clang;
using namespace llvm;
using namespace corolint::model;

namespace corolint {
namespace {

/// The definitions around a line: all that there are, whether the model has them or not.
class Definitions : public DynamicRecursiveASTVisitor {
public:
  Definitions(const Decisions &File, const SourceManager &SM, unsigned Line)
      : File(File), SM(SM), Line(Line) {
    ShouldVisitTemplateInstantiations = true;
    ShouldVisitImplicitCode = true;
  }

  bool VisitFunctionDecl(FunctionDecl *F) override {
    if (!F->doesThisDeclarationHaveABody() || F->isImplicit() || !File.covers(F->getLocation()))
      return true;
    const unsigned Begin = lineOf(F->getBeginLoc()), End = lineOf(F->getEndLoc());
    if (Line < Begin || Line > End)
      return true;
    // The innermost: the one that begins last.
    if (!Found.empty() && lineOf(Found.front()->getBeginLoc()) < Begin)
      Found.clear();
    if (Found.empty() || lineOf(Found.front()->getBeginLoc()) == Begin)
      Found.push_back(F);
    return true;
  }

  std::vector<const FunctionDecl *> Found; ///< instantiations of one template are several

private:
  unsigned lineOf(SourceLocation Loc) const { return SM.getSpellingLineNumber(SM.getFileLoc(Loc)); }

  const Decisions &File;
  const SourceManager &SM;
  const unsigned Line;
};

/// The line is in a branch of the statement that its constant condition discards.
bool isDiscarded(const Stmt *S, const SourceManager &SM, unsigned Line) {
  if (!S)
    return false;
  if (const auto *If = dyn_cast<IfStmt>(S))
    if (const Stmt *Branch = discardedBranch(*If))
      if (SM.getSpellingLineNumber(SM.getFileLoc(Branch->getBeginLoc())) <= Line &&
          SM.getSpellingLineNumber(SM.getFileLoc(Branch->getEndLoc())) >= Line)
        return true;
  return any_of(S->children(), [&](const Stmt *Child) { return isDiscarded(Child, SM, Line); });
}

std::string kindOf(const FunctionDecl &F, Unit &U) {
  switch (contextOf(F, U)) {
  case Context::Generator:
    return "a generator: it runs where its caller does";
  case Context::LoopCallback:
    return "a callback that runs on the event loop";
  case Context::Offloaded:
    return "which runs on another thread";
  case Context::CalledOnTheSpot:
    return "which is called on the spot";
  case Context::Coroutine:
    switch (model::startOf(F, U)) {
    case Where::Loop:
      return "a coroutine that begins on the event loop";
    case Where::Worker:
      return "a coroutine that is started on a worker";
    case Where::Unknown:
      return "a coroutine that is started on an unknown thread";
    }
    llvm_unreachable("all places are named");
  case Context::Unknown:
    return "which is no coroutine";
  }
  llvm_unreachable("all contexts are named");
}

} // namespace

std::vector<std::string> describePlace(model::Unit &U, const Settings &With) {
  ASTContext &Context = U.context();
  const SourceManager &SM = Context.getSourceManager();
  const Decisions File(SM, With.AskedFile);
  Definitions D(File, SM, With.AskedLine);
  D.TraverseDecl(Context.getTranslationUnitDecl());
  std::vector<std::string> Result;
  for (const FunctionDecl *F : D.Found) {
    if (!is_contained(U.functions(), F))
      continue;
    std::string Text = "in " + namedAs(*F) + ", " + kindOf(*F, U);
    if (F->isDependentContext())
      Text +=
          "; a template that this unit does not instantiate: what depends on its parameters is not "
          "analysed";
    if (isDiscarded(F->getBody(), SM, With.AskedLine))
      Text += "; a constant condition discards the branch";
    if (!is_contained(Result, Text))
      Result.push_back(Text);
  }
  if (!Result.empty())
    return Result;
  if (D.Found.empty())
    return {"in no function: rules analyse functions only"};
  const FunctionDecl &F = *D.Found.front();
  return {"in " + namedAs(F) + ", which is not analysed: it " +
          (U.isSystem(F.getLocation()) ? "is in a system header" : "does not compile")};
}

} // namespace corolint
