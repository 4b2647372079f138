//===- KnowledgePrinter.cpp - What knowledge answers, for the tests ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   corolint-knowledge-dump --list                  every shipped entry
//   corolint-knowledge-dump --file=X [--as-shipped] what one YAML file says, or its faults
//   corolint-knowledge-dump SOURCE [--user=X] [--lines] [--reasons] -- FLAGS
//                                                   what is known of each call and each type in it
//   corolint-knowledge-dump SOURCE --declared [--in=DIR]... -- FLAGS
//                                                   the entries that what it declares proves,
//                                                   headers that are missing or faulty or not
//   corolint-knowledge-dump SOURCE SOURCE... --several-units -- FLAGS
//                                                   whether all rules find the same in each where
//                                                   one process analyses them together
//   corolint-knowledge-dump --missing=LIBRARY.yaml ANSWERS...
//                                                   entries that no call in these answers showed
//
// A line of an answer is `FILE:LINE: NAME: WHAT`, the place being that of the entry. So a name is
// proven by looking it up on the declaration that a real header makes of it.
//
//===----------------------------------------------------------------------===//

#include "DeclaredNames.h"
#include "SeveralUnits.h"
#include "knowledge/Knowledge.h"
#include "knowledge/UnitNames.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace corolint::model;
using namespace llvm;

namespace {

cl::opt<bool> SeveralUnits("several-units", cl::desc("analyse the sources in one process"));
cl::opt<bool> List("list", cl::desc("print every shipped entry"));
cl::opt<std::string> File("file", cl::desc("print what a YAML file says, or its faults"));
cl::opt<bool> AsShipped("as-shipped", cl::desc("read --file as the shipped ones are read"));
cl::opt<std::string> User("user", cl::desc("a user's YAML file to ask as well"));
cl::opt<std::string> Below("below", cl::desc("ask the .corolint.yaml files above this one"));
cl::opt<std::string> Why("why", cl::desc("what is known of one name"));
cl::opt<bool> Unshipped("unshipped", cl::desc("without what is shipped"));
cl::opt<bool> Lines("lines", cl::desc("print the line of each use"));
cl::opt<bool> Reasons("reasons", cl::desc("print why, and what instead"));
cl::opt<bool> Declared("declared", cl::desc("ask about what is declared, not what is used"));
cl::list<std::string> Folders("in", cl::desc("with --declared: in files of this folder only"));
cl::opt<std::string> Missing("missing", cl::desc("print the file's entries that nothing showed"));
cl::list<std::string> Inputs(cl::Positional, cl::desc("FILE..."));

std::string answer(const Entry &E) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << sys::path::filename(E.From.File) << ':' << E.From.Line << ": " << E.Name << ": "
     << nameOf(E.What);
  if (E.What == Role::Blocks || E.What == Role::OpensDescriptor)
    OS << ' ' << nameOf(E.Waits);
  if (!E.Of.empty())
    OS << ' ' << E.Of;
  for (int Argument : E.Args)
    OS << " {" << (Argument == Condition::Object ? "object" : std::to_string(Argument)) << '}';
  if (E.Callable != CallableIs::Kept)
    OS << " callable " << nameOf(E.Callable);
  if (E.Descriptor)
    OS << " of descriptor {" << *E.Descriptor << '}';
  auto Conditions = [&](StringRef Word, ArrayRef<Condition> Of) {
    for (const Condition &C : Of) {
      OS << ' ' << Word << ' ';
      if (C.Arg == Condition::Object)
        OS << "object";
      else if (C.Arg == Condition::Result)
        OS << "result";
      else
        OS << '{' << C.Arg << '}';
      OS << ' ' << nameOf(C.Is);
      if (!C.Text.empty())
        OS << ' ' << C.Text;
      if (!C.With.empty())
        OS << " with " << C.With;
      if (C.Is == Condition::Count)
        OS << ' ' << C.Number;
    }
  };
  Conditions("when", E.When);
  Conditions("unless", E.Unless);
  if (Reasons) {
    OS << "; it " << E.Why;
    if (!E.Instead.empty())
      OS << "; instead, " << E.Instead;
    OS << " [" << E.From.str() << ']';
  }
  return Text;
}

std::string answer(const TypeEntry &T) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << sys::path::filename(T.From.File) << ':' << T.From.Line << ": " << T.Name << ": type "
     << nameOf(T.Is);
  if (Reasons)
    OS << "; it " << T.Why << " [" << T.From.str() << ']';
  return Text;
}

std::string answer(const AsyncCounterpart &T) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << sys::path::filename(T.From.File) << ':' << T.From.Line << ": " << T.Of
     << ": counterpart in " << T.In;
  if (T.Parameters)
    OS << " of {" << *T.Parameters << '}';
  if (Reasons)
    OS << "; " << T.Write << " [" << T.From.str() << ']';
  return Text;
}

std::string answer(const Alias &A) {
  std::string Text;
  raw_string_ostream OS(Text);
  OS << sys::path::filename(A.From.File) << ':' << A.From.Line << ": " << A.Name << ": alias of "
     << A.Of;
  return Text;
}

void print(const SMDiagnostic &D) {
  D.print(nullptr, errs(), /*ShowColors=*/false);
}

/// Asks for everything that the main file calls, makes, destroys and names.
class Asker : public DynamicRecursiveASTVisitor {
public:
  Asker(Knowledge &K, const SourceManager &SM) : K(K), SM(SM) {
    ShouldVisitImplicitCode = true;
    ShouldVisitTemplateInstantiations = true;
  }

  bool TraverseDecl(Decl *D) override {
    if (!D || isa<TranslationUnitDecl>(D) || SM.isInMainFile(SM.getExpansionLoc(D->getLocation())))
      return DynamicRecursiveASTVisitor::TraverseDecl(D);
    return true;
  }

  bool TraverseFunctionDecl(FunctionDecl *D) override { return in(D, &Asker::superFunction); }
  bool TraverseCXXMethodDecl(CXXMethodDecl *D) override { return in(D, &Asker::superMethod); }

  bool VisitStmt(Stmt *S) override {
    At = S->getBeginLoc();
    return true;
  }
  bool VisitCallExpr(CallExpr *E) override {
    const auto *Callee = dyn_cast_or_null<FunctionDecl>(E->getCalleeDecl());
    if (!Callee)
      return true;
    const CXXRecordDecl *Object = nullptr;
    const Expr *Of = nullptr;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
      Of = Member->getImplicitObjectArgument();
    else if (isa<CXXOperatorCallExpr>(E) && isa<CXXMethodDecl>(Callee) && E->getNumArgs())
      Of = E->getArg(0);
    if (Of) {
      QualType Type = Of->IgnoreImpCasts()->getType();
      Object = Type->isPointerType() ? Type->getPointeeCXXRecordDecl() : Type->getAsCXXRecordDecl();
    }
    ask(*Callee, Object);
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) override {
    // A C function can only be one function, so naming it is as good as calling it.
    if (const auto *F = dyn_cast<FunctionDecl>(E->getDecl());
        F && (F->isExternC() || F->isInExternCContext())) {
      ask(*F, nullptr);
      for (const Entry *Known : K.of(*F))
        for (const std::string &Fault : parameterFaults(*Known, *F))
          Faults.push_back(answer(*Known) + ": " + Fault);
    }
    return true;
  }
  /// It names every overload, without arguments for any of them.
  bool VisitUsingDecl(UsingDecl *D) override {
    if (Lines)
      return true; // there it is a use that counts
    for (const UsingShadowDecl *Shadow : D->shadows()) {
      const NamedDecl *Target = Shadow->getTargetDecl();
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Target))
        Target = Template->getTemplatedDecl();
      if (const auto *F = dyn_cast<FunctionDecl>(Target))
        ask(*F, nullptr);
    }
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) override {
    ask(*E->getConstructor(), nullptr);
    return true;
  }
  bool VisitVarDecl(VarDecl *D) override {
    if (const auto *F = dyn_cast<FunctionDecl>(D->getDeclContext()); F && F->isImplicit())
      return true; // the parameter of a copy constructor that nobody wrote
    At = D->getLocation();
    if (const CXXRecordDecl *Class = D->getType().getNonReferenceType()->getAsCXXRecordDecl())
      ask(*Class);
    return true;
  }
  bool VisitFunctionDecl(FunctionDecl *D) override {
    At = D->getLocation();
    if (const CXXRecordDecl *Class = D->getReturnType()->getAsCXXRecordDecl(); Class && !Lines)
      ask(*Class);
    return true;
  }
  bool VisitExpr(Expr *E) override {
    // With lines, a class is told where a variable is, not at each of its uses.
    if (const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl(); Class && !Lines)
      ask(*Class);
    return true;
  }
  /// In the order in which they were found, each once.
  std::vector<std::string> Answers;
  std::vector<std::pair<std::string, std::string>> Headers; ///< and who asked for them
  std::vector<std::string> Faults;

private:
  Knowledge &K;
  const SourceManager &SM;
  const FunctionDecl *Inside = nullptr;
  SourceLocation At; ///< of what is asked for
  StringSet<> Seen;

  bool superFunction(FunctionDecl *D) {
    return DynamicRecursiveASTVisitor::TraverseFunctionDecl(D);
  }
  bool superMethod(CXXMethodDecl *D) {
    return DynamicRecursiveASTVisitor::TraverseCXXMethodDecl(D);
  }
  template <typename T> bool in(T *D, bool (Asker::*Super)(T *)) {
    const FunctionDecl *Outer = std::exchange(Inside, D);
    bool Result = (this->*Super)(D);
    Inside = Outer;
    return Result;
  }

  void say(std::string Answer) {
    if (Lines)
      Answer = std::to_string(SM.getExpansionLineNumber(At)) + ": " + Answer;
    if (Seen.insert(Answer).second)
      Answers.push_back(std::move(Answer));
  }
  std::string familyReplaced(const Entry &E, const FunctionDecl &F) {
    std::string Text;
    if (E.What == Role::Replaces)
      for (Family Each : allFamilies())
        if (K.replacesFamily(F, Each))
          Text += (" of " + nameOf(Each)).str();
    return Text;
  }
  void ask(const FunctionDecl &F, const CXXRecordDecl *Object) {
    for (const Entry *E : K.of(F, Object)) {
      say(answer(*E) + familyReplaced(*E, F));
      if (!E->Header.empty())
        Headers.emplace_back(E->Header, answer(*E));
    }
    if (const CXXRecordDecl *Task =
            Inside ? Inside->getReturnType()->getAsCXXRecordDecl() : nullptr)
      if (const AsyncCounterpart *T = K.counterpart(F, Object, *Task)) {
        say(answer(*T));
        if (!T->Header.empty())
          Headers.emplace_back(T->Header, answer(*T));
        for (const std::string &Header : T->MoreHeaders)
          Headers.emplace_back(Header, answer(*T));
      }
  }
  void ask(const CXXRecordDecl &C) {
    for (const TypeEntry *T : K.of(C))
      say(answer(*T));
    // The class's own destructor runs wherever there is an object of it.
    if (C.hasDefinition())
      if (const CXXDestructorDecl *D = C.getDefinition()->getDestructor())
        ask(*D, nullptr);
  }
};

bool Failed = false;

bool addUser(Knowledge &K) {
  if (!Below.empty() && !K.addUserFiles(Below, print))
    return false;
  if (User.empty())
    return true;
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = MemoryBuffer::getFile(User);
  if (!Buffer) {
    errs() << User << ": " << Buffer.getError().message() << '\n';
    return false;
  }
  return K.add((*Buffer)->getMemBufferRef(), Origin::User, print);
}

void printDeclared(Knowledge &K, const ASTContext &Context) {
  const DeclaredNames Proved(K, Context, Folders);
  for (const Entry *E : Proved.Functions)
    outs() << answer(*E) << '\n';
  for (const TypeEntry *T : Proved.Types)
    outs() << answer(*T) << '\n';
  for (const AsyncCounterpart *T : Proved.Counterparts)
    outs() << answer(*T) << '\n';
  for (const Alias *A : Proved.Aliases)
    outs() << answer(*A) << '\n';
  for (const auto &[E, What] : Proved.Faults)
    errs() << "fault: " << answer(*E) << ": " << What << '\n';
  for (const auto &[T, What] : Proved.TwinFaults)
    errs() << "fault: " << answer(*T) << ": " << What << '\n';
}

class Consumer : public SemaConsumer {
public:
  // Only what the main file says is asked about, so what headers do in their functions is neither
  // parsed nor instantiated: that is most of what a unit costs.
  void InitializeSema(Sema &Of) override { S = &Of; }
  void ForgetSema() override { S = nullptr; }
  bool shouldSkipFunctionBody(Decl *D) override { return Declared || !isInMainFile(*D); }
  bool HandleTopLevelDecl(DeclGroupRef) override {
    if (S) {
      erase_if(S->PendingInstantiations,
               [&](const auto &Pending) { return !isInMainFile(*Pending.first); });
      // That what has no linkage is not defined here would be an error.
      S->UndefinedButUsed.remove_if([&](const auto &Used) { return !isInMainFile(*Used.first); });
    }
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    Knowledge K = Unshipped ? Knowledge() : Knowledge::shipped();
    if (!addUser(K)) {
      Failed = true;
      return;
    }
    if (Declared)
      return printDeclared(K, Context);
    Asker A(K, Context.getSourceManager());
    A.TraverseDecl(Context.getTranslationUnitDecl());
    for (const std::string &Answer : A.Answers)
      outs() << Answer << '\n';

    // An alias is proven where the compiler finds one thing by both names.
    KnowledgeNames Names(Context);
    for (const Alias *Known : K.allAliases())
      if (!Lines && Names.meansTheSame(Known->Name, Known->Of))
        outs() << answer(*Known) << '\n';

    for (const std::string &Fault : A.Faults) {
      errs() << Fault << '\n';
      Failed = true;
    }
    std::vector<std::string> Included;
    for (auto It = Context.getSourceManager().fileinfo_begin();
         It != Context.getSourceManager().fileinfo_end(); ++It)
      Included.push_back(It->first.getName().str());
    for (const auto &[Header, Who] : A.Headers)
      if (none_of(Included, [&](StringRef Path) { return Path.ends_with("/" + Header); })) {
        errs() << Who << ": this unit never includes <" << Header << ">\n";
        Failed = true;
      }
  }

private:
  Sema *S = nullptr;

  bool isInMainFile(const Decl &D) const {
    const SourceManager &SM = D.getASTContext().getSourceManager();
    return SM.isInMainFile(SM.getExpansionLoc(D.getLocation()));
  }
};

/// A header that is not there is passed over: others still declare what they do.
class SkipsMissing : public PPCallbacks {
  StringSet<> Said;
  bool FileNotFound(StringRef Name) override {
    if (Said.insert(Name).second)
      errs() << "no header: " << Name << '\n';
    return true;
  }
};

class Action : public ASTFrontendAction {
  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true; // those that the consumer names
    if (Declared)
      CI.getDiagnostics().setFatalsAsError(true);
    return true;
  }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, StringRef) override {
    if (Declared)
      CI.getPreprocessor().addPPCallbacks(std::make_unique<SkipsMissing>());
    return std::make_unique<Consumer>();
  }
};

int printAll(const Knowledge &K) {
  for (const Entry *E : K.allFunctions())
    outs() << answer(*E) << '\n';
  for (const TypeEntry *T : K.allTypes())
    outs() << answer(*T) << '\n';
  for (const AsyncCounterpart *T : K.allCounterparts())
    outs() << answer(*T) << '\n';
  for (const Alias *A : K.allAliases())
    outs() << answer(*A) << '\n';
  return 0;
}

int printMissing(const Knowledge &K) {
  StringSet<> Shown;
  for (const std::string &Input : Inputs) {
    ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = MemoryBuffer::getFileOrSTDIN(Input);
    if (!Buffer) {
      errs() << Input << ": " << Buffer.getError().message() << '\n';
      return 1;
    }
    SmallVector<StringRef> Lines;
    (*Buffer)->getBuffer().split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef Line : Lines)
      Shown.insert(Line);
  }
  unsigned Entries = 0, Absent = 0;
  auto Check = [&](const Source &From, std::string Answer) {
    if (From.File != Missing)
      return;
    ++Entries;
    if (!Shown.contains(Answer)) {
      ++Absent;
      errs() << "not proven: " << Answer << '\n';
    }
  };
  for (const Entry *E : K.allFunctions())
    Check(E->From, answer(*E));
  for (const TypeEntry *T : K.allTypes())
    Check(T->From, answer(*T));
  for (const AsyncCounterpart *T : K.allCounterparts())
    Check(T->From, answer(*T));
  for (const Alias *A : K.allAliases())
    Check(A->From, answer(*A));
  if (!Entries)
    errs() << Missing << " has no entries\n";
  else if (!Absent)
    outs() << "all " << Entries << " entries of " << Missing << " are proven\n";
  return Absent || !Entries;
}

} // namespace

int main(int argc, const char **argv) {
  std::string Error;
  std::unique_ptr<tooling::FixedCompilationDatabase> Flags =
      tooling::FixedCompilationDatabase::loadFromCommandLine(argc, argv, Error);
  cl::ParseCommandLineOptions(argc, argv, "prints what corolint's knowledge answers\n");

  if (!File.empty()) {
    Knowledge K;
    ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer = MemoryBuffer::getFile(File);
    if (!Buffer) {
      errs() << File << ": " << Buffer.getError().message() << '\n';
      return 2;
    }
    // By its name alone: where a test's inputs lie is nobody's concern.
    MemoryBufferRef Text((*Buffer)->getBuffer(), sys::path::filename(File));
    if (!K.add(Text, AsShipped ? Origin::Shipped : Origin::User, print)) {
      if (!K.allFunctions().empty() || !K.allTypes().empty() || !K.allCounterparts().empty() ||
          K.Profile || !K.Families.empty())
        errs() << "a malformed file added something\n";
      return 1;
    }
    if (K.Profile)
      outs() << "profile: " << *K.Profile << '\n';
    for (Family F : allFamilies())
      if (auto It = K.Families.find(nameOf(F)); It != K.Families.end())
        outs() << nameOf(F) << ": " << (It->second ? "on" : "off") << '\n';
    return printAll(K);
  }

  Knowledge Shipped = Knowledge::shipped();
  if (List)
    return printAll(Shipped);
  if (!Missing.empty())
    return printMissing(Shipped);
  if (!Why.empty()) {
    if (!addUser(Shipped))
      return 1;
    for (const Entry *E : Shipped.functionsNamed(Why))
      outs() << answer(*E) << '\n';
    for (const TypeEntry *T : Shipped.typesNamed(Why))
      outs() << answer(*T) << '\n';
    for (const std::string &Near : Shipped.namesLike(Why))
      outs() << "like: " << Near << '\n';
    return 0;
  }
  if (!Flags || Inputs.empty()) {
    errs() << (Error.empty() ? "nothing to do; see --help, and write '-- FLAGS' after a source\n"
                             : Error);
    return 2;
  }
  tooling::ClangTool Tool(*Flags, Inputs);
  Tool.appendArgumentsAdjuster(tooling::getInsertArgumentAdjuster(
      "-resource-dir=" COROLINT_RESOURCE_DIR, tooling::ArgumentInsertPosition::END));
  if (SeveralUnits)
    return printSeveralUnits(Tool);
  int Code = Tool.run(tooling::newFrontendActionFactory<Action>().get());
  if (Declared) // faulty headers are told on stderr, and prove what they declare
    return Failed;
  return Code ? Code : Failed;
}
