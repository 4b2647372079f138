//===- DumpModel.cpp - What the model answers about a file ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/DumpModel.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Drops.h"
#include "model/code/Uses.h"
#include "model/code/Walk.h"
#include "model/fix/Edits.h"
#include "model/lifetime/Dangling.h"
#include "model/run/Blocking.h"
#include "model/run/Concurrency.h"
#include "model/run/Context.h"
#include "model/run/Threads.h"
#include "model/state/Borrow.h"
#include "model/state/Hazard.h"
#include "model/state/Held.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace clang;
using namespace llvm;
using namespace corolint::model;

namespace corolint {
namespace {

class Printer {
public:
  Printer(Unit &U, const Settings &With)
      : U(U), SM(U.context().getSourceManager()), With(With), File(SM, With.AskedFile) {}

  std::vector<std::string> run() {
    for (const std::string &Fault : U.takeFaults())
      say(SM.getLocForStartOfFile(SM.getMainFileID()), Fault);
    if (wants("types"))
      printTypes();
    for (const FunctionDecl *F : U.functions()) {
      if (!File.covers(F->getLocation()) || !isNearAsked(*F))
        continue;
      if (wants("coroutines"))
        printCoroutine(*F);
      if (wants("contexts"))
        printContext(*F);
      if (wants("hops") && isCoroutine(*F))
        printHops(*F);
      if (wants("blocking"))
        printBlocking(*F);
      if (wants("held") && isCoroutine(*F))
        printHeld(*F);
      if (wants("borrows") && isCoroutine(*F))
        printBorrows(*F);
      if (wants("lifetime"))
        printLifetime(*F);
      if (wants("functions-that-block") && !isCoroutine(*F))
        printPlain(*F);
      if (wants("tasks"))
        printTasks(*F);
      if (wants("uses"))
        printUses(*F);
      if (wants("edits"))
        printEdits(*F);
    }

    std::vector<std::string> Result;
    for (const auto &[Line, Text] : Lines)
      if (!With.AskedLine || (Line >= With.AskedLine && Line <= With.AskedEnd) || isAsked(Line))
        Result.push_back(Text);
    return Result;
  }

private:
  Unit &U;
  const SourceManager &SM;
  const Settings &With;
  const Decisions File;
  std::multimap<unsigned, std::string> Lines;
  std::vector<std::pair<unsigned, unsigned>>
      Around; ///< the functions at the line that is asked about

  bool wants(StringRef Part) const { return is_contained(With.Parts, Part); }

  /// Is it a function at the line, or all of the file is wanted?
  bool isNearAsked(const FunctionDecl &F) {
    const unsigned Begin = lineOf(F.getBeginLoc()), End = lineOf(F.getEndLoc());
    if (!With.AskedLine)
      return true;
    if (With.AskedEnd < Begin || With.AskedLine > End)
      return false;
    Around.emplace_back(Begin, End);
    return true;
  }
  bool isAsked(unsigned Line) const {
    return any_of(Around, [&](auto Lines) { return Line >= Lines.first && Line <= Lines.second; });
  }

  unsigned lineOf(SourceLocation Loc) const { return SM.getExpansionLineNumber(Loc); }

  std::string place(SourceLocation Loc) const {
    Loc = SM.getExpansionLoc(Loc);
    if (SM.isInSystemHeader(Loc))
      return sys::path::filename(SM.getFilename(Loc)).str(); // its lines are not ours
    return (sys::path::filename(SM.getFilename(Loc)) + ":" + Twine(lineOf(Loc))).str();
  }

  void say(SourceLocation Loc, const Twine &Text) {
    Lines.emplace(lineOf(Loc), (place(Loc) + ": " + Text).str());
  }

  std::string nameOfFunction(const FunctionDecl &F) const {
    if (const auto *M = dyn_cast<CXXMethodDecl>(&F); M && M->getParent()->isLambda())
      return "lambda";
    std::string Name = plainName(F);
    if (F.isDependentContext())
      return Name + " (pattern)";
    return Name;
  }

  std::string text(const Expr &E) const {
    std::string Text =
        Lexer::getSourceText(
            CharSourceRange::getTokenRange(SM.getExpansionRange(E.getSourceRange()).getAsRange()),
            SM, U.context().getLangOpts())
            .str();
    auto [First, Rest] = StringRef(Text).split('\n');
    return ("'" + First + (Rest.empty() ? "'" : "…'")).str();
  }

  void printTypes() {
    class Finder : public DynamicRecursiveASTVisitor {
    public:
      explicit Finder(const Decisions &File) : File(File) {}
      bool VisitFunctionDecl(FunctionDecl *D) override {
        // A lambda's result is what its body or its own signature says.
        return add(*D, D->getReturnType());
      }
      bool VisitVarDecl(VarDecl *D) override {
        return isa<ParmVarDecl>(D) || add(*D, D->getType());
      }
      bool add(const DeclaratorDecl &D, QualType T) {
        if (File.covers(D.getLocation()) && !D.isImplicit())
          Found.push_back({&D, T});
        return true;
      }
      const Decisions &File;
      std::vector<std::pair<const DeclaratorDecl *, QualType>> Found;
    };
    Finder F(File);
    F.TraverseDecl(U.context().getTranslationUnitDecl());
    for (auto [D, T] : F.Found) {
      const TaskType &Type = U.get<TaskTypes>().of(T);
      if (!Type.Class || Type.Class->isLambda())
        continue;
      std::string Text = nameOf(Type.Kind).str();
      for (auto [Has, Name] : {std::pair(Type.Awaitable, ", awaitable"),
                               {Type.NoDiscard, ", nodiscard"},
                               {Type.MayDiscard, ", may discard"},
                               {Type.AsyncLock, ", async lock"},
                               {Type.Scope, ", scope"},
                               {Type.Cancels, ", cancels"}})
        if (Has)
          Text += Name;
      if (!Type.Why.empty())
        Text += "; " + Type.Why;
      say(D->getLocation(), D->getNameAsString() + ": " + Text);
    }
  }

  void printCoroutine(const FunctionDecl &F) {
    say(F.getLocation(), nameOfFunction(F) + ": " +
                             (!isCoroutine(F)     ? "no coroutine"
                              : isGenerator(F, U) ? "generator"
                                                  : "coroutine"));
    if (isCoroutine(F))
      for (const AwaitPoint &P : awaitPointsIn(F, U))
        say(P.At->getExprLoc(), "  " + Twine(isa<CoyieldExpr>(P.At) ? "yields " : "awaits ") +
                                    text(*P.Awaited) + (P.Ready ? ", ready" : ""));
  }

  void printContext(const FunctionDecl &F) {
    std::string Text = nameOfFunction(F) + ": " + nameOf(contextOf(F, U)).str();
    for (const AsyncBody &B : asyncBodies(F, U))
      Text += B.Body == &F ? ", async itself"
                           : (B.GivenAway ? ", gives away the lambda of line "
                                          : ", and the lambda of line ") +
                                 std::to_string(lineOf(B.Body->getLocation()));
    say(F.getLocation(), Text);
  }

  void printHops(const FunctionDecl &F) {
    const Hops &Threads = U.get<Hops>(F);
    for (const Call &Site : callsIn(F, U))
      if (isa_and_nonnull<CallExpr>(Site.Written) && Site.Callee->getIdentifier() &&
          File.covers(Site.At))
        say(Site.At, nameOfFunction(*Site.Callee) + ": " + nameOf(Threads.at(Site.Written, U)));
  }

  static Wanted everything() {
    Wanted All;
    All.Loops = true;
    All.Uncertain = true;
    All.Families.assign(allFamilies().begin(), allFamilies().end());
    return All;
  }

  std::string answer(const BlockingWitness &C) {
    std::string Text = C.Loop ? "loop" : nameOf(C.Waits).str();
    if (!C.Certain)
      Text += "?";
    for (const BlockingWitness::Step &Step : C.Chain)
      Text += (&Step == C.Chain.begin() ? ": " : " > ") + nameOfFunction(*Step.Callee) + " at " +
              place(Step.At);
    static const std::map<Origin, StringRef> Names{{Origin::Annotation, "annotation"},
                                                   {Origin::User, "user"},
                                                   {Origin::Shipped, "shipped"},
                                                   {Origin::Library, "library"},
                                                   {Origin::Default, "default"}};
    const Source &From = C.Known->From;
    return Text + " [" + Names.at(From.From).str() + " " + sys::path::filename(From.File).str() +
           "]";
  }

  void printBlocking(const FunctionDecl &F) {
    for (const BlockingWitness &C : U.get<Blocking>().in(F, everything()))
      say(C.Site.At, nameOfFunction(F) + ": " + answer(C));
  }

  void printHeld(const FunctionDecl &F) {
    for (const HeldAcross &Held : heldAcross(F, U)) {
      std::string Text = Held.Object ? Held.Object->getNameAsString() : "a temporary";
      Text += Held.Raw                       ? " is locked"
              : Held.What.Is == Hazard::Lock ? " holds a lock"
                                             : " is alive";
      Text += Held.Certain ? "" : "?";
      Text += " since " + place(Held.Since) + " across";
      for (const Expr *At : Held.At)
        Text += " " + std::to_string(lineOf(At->getExprLoc()));
      say(F.getLocation(), nameOfFunction(F) + ": " + Text);
    }
  }

  void printBorrows(const FunctionDecl &F) {
    for (const StaleBorrow &B : staleBorrows(F, U))
      say(F.getLocation(),
          nameOfFunction(F) + ": " + (B.Variable ? B.Variable->getNameAsString() : "the loop") +
              (B.Kind == BorrowKind::Iterator    ? " is an iterator into "
               : B.Kind == BorrowKind::Reference ? " refers into "
                                                 : " is a view into ") +
              B.Container->getNameAsString() + ", taken " + place(B.Taken) + ", suspended " +
              std::to_string(lineOf(B.Suspensions.front()->getExprLoc())) + ", used " +
              std::to_string(lineOf(B.Use)) +
              (B.Changed ? ", changed " + place(B.Changed->At) : "") +
              (B.Concurrent      ? ", by " + nameOfFunction(*B.Concurrent->Which)
               : B.AwaitedCallee ? ", awaited " + nameOfFunction(*B.AwaitedCallee)
               : B.Certain       ? ", by another run"
                                 : ""));
  }

  void printLifetime(const FunctionDecl &F) {
    const DanglingTasks::Result &All = U.get<DanglingTasks>(F);
    for (const Borrower &Task : All.Borrowers) {
      std::string Text = text(*Task.Made) + " borrows";
      for (const Loan &L : Task.Needs)
        Text += (&L == Task.Needs.begin() ? " " : ", ") + loan(L);
      for (const TaskEnd &End : Task.Ends)
        Text += (&End == Task.Ends.begin() ? "; " : ", ") + end(End);
      for (const Dangling &D : All.Found)
        if (D.Made == Task.Made) {
          Text += "; gone: " + object(D.Lent);
          for (const Loan &L : D.Others)
            Text += ", " + object(L);
          Text += D.Certain ? "" : "?";
        }
      say(Task.Made->getExprLoc(), Text);
    }
  }

  /// What it is, by what it is had, and where that is used late.
  std::string loan(const Loan &L) const {
    static const std::map<Loan::Root, StringRef> Roots{
        {Loan::Temporary, "temporary "}, {Loan::Local, "local "}, {Loan::Parameter, "parameter "},
        {Loan::Borrowed, "caller's "},   {Loan::Receiver, ""},    {Loan::Captured, "captured "}};
    std::string Text = (L.Inside ? "inside " : Roots.at(L.From).str()) + object(L);
    Text += L.Capturing      ? " by a capture"
            : L.isClosure()  ? " as its closure"
            : L.For.Callable ? " as a callable"
            : L.For.Holder   ? " by " + L.For.Holder->getNameAsString()
                             : " as its object";
    if (L.For.UsedAt)
      Text += " used " + std::to_string(lineOf(L.For.UsedAt->getBeginLoc()));
    return Text + (L.For.Assumed ? " assumed" : "");
  }

  std::string object(const Loan &L) const {
    return L.From == Loan::Receiver ? "this"
           : L.Variable             ? L.Variable->getNameAsString()
                                    : text(*L.At);
  }

  std::string end(const TaskEnd &End) const {
    static const std::map<TaskEnd::Way, StringRef> Ways{
        {TaskEnd::InPlace, "in place"},    {TaskEnd::Later, "later"},
        {TaskEnd::Returned, "returned"},   {TaskEnd::Detached, "detached"},
        {TaskEnd::Scoped, "scoped"},       {TaskEnd::Stored, "stored"},
        {TaskEnd::Contained, "contained"}, {TaskEnd::Dropped, "dropped"},
        {TaskEnd::Unknown, "unknown"}};
    return Ways.at(End.How).str() + (End.In ? " in " + End.In->getNameAsString() : "") +
           (End.At ? " at " + std::to_string(lineOf(End.At->getExprLoc())) : "");
  }

  void printPlain(const FunctionDecl &F) {
    if (std::optional<BlockingWitness> C = U.get<Blocking>().of(F, everything()))
      say(F.getLocation(), nameOfFunction(F) + ": " + answer(*C));
  }

  void printTasks(const FunctionDecl &F) {
    const TaskFlows &Flows = U.get<TaskFlows>(F);
    for (const TaskFlow &Flow : Flows.tasks())
      say(Flow.Made->getExprLoc(),
          text(*Flow.Made) + ": " + nameOf(Flow.Kind) + " task, " + goesTo(Flow.Goes, Flows));
  }

  std::string goesTo(const TaskUse &Use, const TaskFlows &Flows) const {
    const std::string In = Use.In ? " in " + Use.In->getNameAsString() : "";
    switch (Use.How) {
    case TaskUse::Awaited:
      return "awaited";
    case TaskUse::Returned:
      return "returned";
    case TaskUse::Passed: {
      const FunctionDecl *To = maker(*Use.At);
      if (const auto *Made = dyn_cast<CXXConstructExpr>(Use.At))
        To = Made->getConstructor();
      const Passing Role = Flows.passingOf(Use);
      return "given to " + (To ? nameOfFunction(*To) : "a function") +
             (Role == Passing::Unknown ? "" : ", which " + nameOf(Role).str() + " it");
    }
    case TaskUse::CalledOn:
      return "called on";
    case TaskUse::Kept:
      return "kept" + In + (Use.In ? then(*Use.In, Flows) : "");
    case TaskUse::Stored:
      return "stored";
    case TaskUse::Contained:
      return "put" + In;
    case TaskUse::Dropped:
      return "dropped";
    }
    llvm_unreachable("all ways are named");
  }

  /// What becomes of what a variable has.
  std::string then(const VarDecl &V, const TaskFlows &Flows) const {
    std::string Text;
    for (const TaskUse &Use : Flows.usesOf(V))
      if (Use.How != TaskUse::Kept && Use.Named)
        Text += (Text.empty() ? ", then " : ", ") + goesTo(Use, Flows) + " at " +
                std::to_string(lineOf(Use.Named->getLocation()));
    return Text + (Text.empty() || Flows.isTakenOnEveryPath(V) ? "" : ", on some paths");
  }

  void printUses(const FunctionDecl &F) {
    forEachDropped(F, [&](const Expr &E, Drop How) {
      say(E.getExprLoc(), "drops " + text(E) + (How == Drop::Cast ? " by a cast" : ""));
    });
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && !V->isImplicit()) {
            std::string Text = V->getNameAsString() + " is mentioned:";
            for (const Mention &M : mentionsOf(*V, F, U)) {
              Text += " " + std::to_string(lineOf(M.Ref->getLocation()));
              if (M.Member)
                Text += " ." + M.Member->getMethodDecl()->getNameAsString();
              if (M.Dropped)
                Text += " dropped";
            }
            say(V->getLocation(), Text);
          }
      return true;
    });
  }

  void printEdits(const FunctionDecl &F) {
    for (const Call &Site : callsIn(F, U))
      if (isa_and_nonnull<CallExpr>(Site.Written) && Site.Written->getType()->isRecordType() &&
          File.covers(Site.At))
        say(Site.At, "co_await before " + text(*Site.Written) + ": " +
                         (mayInsertCoAwait(*Site.Written, F, U) ? "yes" : "no"));
  }
};

} // namespace

std::vector<std::string> dumpModel(model::Unit &U, const Settings &With) {
  return Printer(U, With).run();
}

} // namespace corolint
