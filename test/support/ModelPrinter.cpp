//===- ModelPrinter.cpp - What the model answers, for the tests -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   corolint-model --PART... SOURCE -- FLAGS
//
// Prints one line for each answer of a part of the model about SOURCE itself, `FILE:LINE: …`, in
// the order of the source. Bodies of system headers are skipped, as in the command;
// --system-bodies parses them, as clang-tidy does.
//
//===----------------------------------------------------------------------===//

#include "Host.h"
#include "model/Blocking.h"
#include "model/Borrow.h"
#include "model/Call.h"
#include "model/Context.h"
#include "model/Coroutine.h"
#include "model/Edits.h"
#include "model/Flow.h"
#include "model/Knowledge.h"
#include "model/TaskType.h"
#include "model/Threads.h"
#include "model/Unit.h"
#include "model/Uses.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace clang;
using namespace corolint::model;
using namespace llvm;

namespace {

cl::opt<bool> Types("types", cl::desc("the class of each variable and result"));
cl::opt<bool> Coroutines("coroutines", cl::desc("each function, and where it suspends"));
cl::opt<bool> Contexts("contexts", cl::desc("where each function runs"));
cl::opt<bool> Threads("hops", cl::desc("where each call in a coroutine runs"));
cl::opt<bool> Blocks("blocking", cl::desc("the calls that block, and why"));
cl::opt<bool> Plain("functions-that-block", cl::desc("which plain functions block, and why"));
cl::opt<bool> Drops("uses", cl::desc("values that are dropped, and mentions of locals"));
cl::opt<bool> MayAwait("edits", cl::desc("where a co_await may be inserted"));
cl::opt<bool> Holds("held", cl::desc("what is held where a coroutine suspends"));
cl::opt<bool> Borrows("borrows", cl::desc("what is borrowed before a suspension, and used after"));
cl::opt<bool> SystemBodies("system-bodies", cl::desc("parse the bodies of system headers"));
cl::opt<std::string> Input(cl::Positional, cl::Required, cl::desc("SOURCE"));

class Printer {
public:
  explicit Printer(ASTContext &Context) : U(Context), SM(Context.getSourceManager()) {}

  void run() {
    for (const std::string &Fault : U.takeFaults())
      say(SM.getLocForStartOfFile(SM.getMainFileID()), Fault);
    if (Types)
      printTypes();
    for (const FunctionDecl *F : U.functions()) {
      if (!SM.isInMainFile(SM.getExpansionLoc(F->getLocation())))
        continue;
      if (Coroutines)
        printCoroutine(*F);
      if (Contexts)
        printContext(*F);
      if (Threads && isCoroutine(*F))
        printHops(*F);
      if (Blocks)
        printBlocking(*F);
      if (Holds && isCoroutine(*F))
        printHeld(*F);
      if (Borrows && isCoroutine(*F))
        printBorrows(*F);
      if (Plain && !isCoroutine(*F))
        printPlain(*F);
      if (Drops)
        printUses(*F);
      if (MayAwait)
        printEdits(*F);
    }

    for (const auto &[Line, Text] : Lines)
      outs() << Text << '\n';
  }

private:
  Unit U;
  const SourceManager &SM;
  std::multimap<unsigned, std::string> Lines;

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
      explicit Finder(const SourceManager &SM) : SM(SM) {}
      bool VisitFunctionDecl(FunctionDecl *D) override {
        // A lambda's result is what its body or its own signature says.
        return add(*D, D->getReturnType());
      }
      bool VisitVarDecl(VarDecl *D) override {
        return isa<ParmVarDecl>(D) || add(*D, D->getType());
      }
      bool add(const DeclaratorDecl &D, QualType T) {
        if (SM.isInMainFile(SM.getExpansionLoc(D.getLocation())) && !D.isImplicit())
          Found.push_back({&D, T});
        return true;
      }
      const SourceManager &SM;
      std::vector<std::pair<const DeclaratorDecl *, QualType>> Found;
    };
    Finder F(SM);
    F.TraverseDecl(U.context().getTranslationUnitDecl());
    for (auto [D, T] : F.Found) {
      const TaskType &Type = U.types().of(T);
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
      for (const SuspensionPoint &P : U.suspensions(F))
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
    const Hops &Threads = *U.hops(F);
    for (const Call &Site : callsIn(F))
      if (isa_and_nonnull<CallExpr>(Site.Written) && Site.Callee->getIdentifier() &&
          SM.isInMainFile(SM.getExpansionLoc(Site.At)))
        say(Site.At, nameOfFunction(*Site.Callee) + ": " + nameOf(Threads.at(Site.Written)));
  }

  static Wanted everything() {
    Wanted All;
    All.Loops = true;
    All.Uncertain = true;
    All.Families.assign(allFamilies().begin(), allFamilies().end());
    return All;
  }

  std::string answer(const Cause &C) {
    std::string Text = C.Loop ? "loop" : nameOf(C.Waits).str();
    if (!C.Certain)
      Text += "?";
    for (const Cause::Step &Step : C.Chain)
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
    for (const Cause &C : U.blocking().in(F, everything()))
      say(C.Site.At, nameOfFunction(F) + ": " + answer(C));
  }

  void printHeld(const FunctionDecl &F) {
    for (const HeldAcross &Held : U.heldAcross(F)) {
      std::string Text = Held.Object ? Held.Object->getNameAsString() : "a temporary";
      Text += Held.Raw                       ? " is locked"
              : Held.What.Is == Burden::Lock ? " holds a lock"
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
              (B.Beside          ? ", by " + nameOfFunction(*B.Beside->Which)
               : B.AwaitedCallee ? ", awaited " + nameOfFunction(*B.AwaitedCallee)
               : B.Certain       ? ", by another run"
                                 : ""));
  }

  void printPlain(const FunctionDecl &F) {
    if (std::optional<Cause> C = U.blocking().of(F, everything()))
      say(F.getLocation(), nameOfFunction(F) + ": " + answer(*C));
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
    for (const Call &Site : callsIn(F))
      if (isa_and_nonnull<CallExpr>(Site.Written) && Site.Written->getType()->isRecordType() &&
          SM.isInMainFile(SM.getExpansionLoc(Site.At)))
        say(Site.At, "co_await before " + text(*Site.Written) + ": " +
                         (mayInsertCoAwait(*Site.Written, F, U) ? "yes" : "no"));
  }
};

class Consumer : public ASTConsumer {
public:
  explicit Consumer(CompilerInstance &Compiler) : Compiler(Compiler) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    return corolint::maySkipBody(*D, Compiler.getSourceManager());
  }
  void HandleTranslationUnit(ASTContext &Context) override {
    if (!Context.getDiagnostics().hasErrorOccurred())
      Printer(Context).run();
  }

private:
  CompilerInstance &Compiler;
};

class Action : public ASTFrontendAction {
  bool BeginInvocation(CompilerInstance &Compiler) override {
    Compiler.getFrontendOpts().SkipFunctionBodies = !SystemBodies;
    return true;
  }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, StringRef) override {
    return std::make_unique<Consumer>(Compiler);
  }
};

} // namespace

int main(int argc, const char **argv) {
  std::string Error;
  std::unique_ptr<tooling::FixedCompilationDatabase> Flags =
      tooling::FixedCompilationDatabase::loadFromCommandLine(argc, argv, Error);
  cl::ParseCommandLineOptions(argc, argv, "prints what corolint's model answers\n");
  if (!Flags) {
    errs() << (Error.empty() ? "write '-- FLAGS' after the source\n" : Error);
    return 2;
  }
  tooling::ClangTool Tool(*Flags, {Input});
  Tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(
      "-resource-dir=" COROLINT_RESOURCE_DIR, tooling::ArgumentInsertPosition::END));
  return Tool.run(tooling::newFrontendActionFactory<Action>().get());
}
