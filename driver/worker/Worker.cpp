//===- Worker.cpp - One unit, in a process of its own --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/Worker.h"
#include "Host.h"
#include "Registry.h"
#include "Session.h"
#include "TidyModule.h"
#include "output/Paths.h"
#include "project/Arguments.h"
#include "project/Inputs.h"
#include "project/OwnHeaders.h"
#include "project/RegularFiles.h"
#include "worker/Annotations.h"
#include "worker/DescribePlace.h"
#include "worker/DumpModel.h"
#include "worker/FunctionList.h"
#include "worker/ReplacedFiles.h"
#include "worker/Survey.h"
#include "worker/UnitDiagnostics.h"
#include "clang/Driver/Types.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/TargetSelect.h"

using namespace llvm;
using namespace clang;

namespace corolint {
namespace {

/// Parsing is the whole cost, and what a function of a system header does is knowledge: its body is
/// not parsed. (Sema parses the bodies that it needs itself, of constexpr functions and `auto`.)
class SkipSystemBodies : public MultiplexConsumer {
public:
  SkipSystemBodies(std::vector<std::unique_ptr<ASTConsumer>> Consumers, const SourceManager &SM,
                   std::shared_ptr<Session> Of, bool &Done)
      : MultiplexConsumer(std::move(Consumers)), SM(SM), Of(std::move(Of)), Done(Done) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    MultiplexConsumer::HandleTranslationUnit(Context);
    Of->end();
    Done = true;
  }

  bool shouldSkipFunctionBody(Decl *D) override { return maySkipBody(*D, SM); }

private:
  const SourceManager &SM;
  std::shared_ptr<Session> Of;
  bool &Done;
};

/// Answers `why`, `dump`, `annotate` and --diff, after the rules, which share the model.
class Answers : public ASTConsumer {
public:
  Answers(const Settings &With, std::shared_ptr<Session> Of, UnitResult &Into)
      : With(With), Of(std::move(Of)), Into(Into) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    if (With.Survey)
      survey(Of->unit(Context), Into);
    else if (With.ListFunctions)
      listFunctions(Of->unit(Context), Into);
    else if (With.Annotate)
      Into.Proposals = annotations(Of->unit(Context));
    else if (!With.Parts.empty())
      Into.Dump = dumpModel(Of->unit(Context), With);
    else if (Into.About.empty())
      Into.About = describePlace(Of->unit(Context), With);
  }

private:
  const Settings &With;
  std::shared_ptr<Session> Of;
  UnitResult &Into;
};

/// The lines of the file that is asked about which the preprocessor left out.
class LeftOutLines : public PPCallbacks {
public:
  LeftOutLines(const SourceManager &SM, const Settings &With, UnitResult &Into)
      : SM(SM), With(With), Into(Into), File(SM, With.AskedFile) {}

  void SourceRangeSkipped(SourceRange Range, SourceLocation) override {
    if (!File.covers(Range.getBegin()))
      return;
    const unsigned Begin = SM.getSpellingLineNumber(Range.getBegin());
    if (With.AskedLine > Begin && With.AskedLine <= SM.getSpellingLineNumber(Range.getEnd()))
      Into.About = {"left out by the preprocessor, from line " + std::to_string(Begin) + " on"};
  }

private:
  const SourceManager &SM;
  const Settings &With;
  UnitResult &Into;
  const model::Decisions File;
};

class Action : public ASTFrontendAction {
public:
  Action(tidy::ClangTidyContext &Context, std::shared_ptr<Session> Of, DependencyCollector &Files,
         const Settings &With, UnitResult &Into)
      : Context(Context), Of(std::move(Of)), Files(Files), With(With), Into(Into) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, StringRef File) override {
    std::vector<std::unique_ptr<ASTConsumer>> Consumers;
    if (With.Parts.empty() && !With.Annotate && !With.Survey)
      Consumers.push_back(runRules(Context, CI, File, Of));
    if (!With.AskedFile.empty() || With.Annotate || With.ListFunctions || With.Survey)
      Consumers.push_back(std::make_unique<Answers>(With, Of, Into));
    return std::make_unique<SkipSystemBodies>(std::move(Consumers), CI.getSourceManager(), Of,
                                              Done);
  }

  bool BeginSourceFileAction(CompilerInstance &CI) override {
    Files.attachToPreprocessor(CI.getPreprocessor());
    if (With.AskedLine)
      CI.getPreprocessor().addPPCallbacks(
          std::make_unique<LeftOutLines>(CI.getSourceManager(), With, Into));
    return true;
  }

  bool Done = false; ///< the rules have seen all of the unit

private:
  tidy::ClangTidyContext &Context;
  std::shared_ptr<Session> Of;
  DependencyCollector &Files;
  const Settings &With;
  UnitResult &Into;
};

UnitResult failed(const Twine &Why) {
  UnitResult R;
  R.Failure = Why.str();
  return R;
}

bool isAssembly(StringRef File) {
  StringRef Extension = sys::path::extension(File);
  return Extension == ".s" || Extension == ".S" || Extension == ".asm";
}

/// What `.clang-tidy` adds for the compiler, as clang-tidy does.
std::vector<std::string> withExtraArgs(const Job &J, const tidy::ClangTidyOptions &O) {
  std::vector<std::string> Arguments = J.Of.Arguments;
  if (O.RemovedArgs)
    erase_if(Arguments, [&](const std::string &A) { return is_contained(*O.RemovedArgs, A); });
  if (O.ExtraArgsBefore)
    Arguments.insert(Arguments.begin() + 1, O.ExtraArgsBefore->begin(), O.ExtraArgsBefore->end());
  // A `--` ends the options of a command.
  auto End = find(Arguments, "--");
  if (O.ExtraArgs)
    End = Arguments.insert(End, O.ExtraArgs->begin(), O.ExtraArgs->end()) + O.ExtraArgs->size();
  Arguments.insert(End, J.With.ExtraArgs.begin(), J.With.ExtraArgs.end());
  return Arguments;
}

void configure(CompilerInvocation &CI, const Job &J, bool AsAnalyzer) {
  // clang-tidy defines __clang_analyzer__; both see the same code.
  CI.getPreprocessorOpts().SetUpStaticAnalyzer = AsAnalyzer;
  if (!AsAnalyzer) // our annotations are there without optimization as well
    CI.getCodeGenOpts().OptimizationLevel = 0;
  // What a fix did wrong may show only in a system's template that is instantiated with it.
  CI.getFrontendOpts().SkipFunctionBodies = !J.TriesFix && !J.With.SystemBodies;
  if (!CI.getHeaderSearchOpts().ModuleCachePath.empty())
    CI.getHeaderSearchOpts().ModuleCachePath = J.ModuleCache;
}

/// The files whose findings clang-tidy's filters drop; the unit's own are never.
std::vector<std::string> filtered(const tidy::ClangTidyOptions &O, ArrayRef<std::string> Files,
                                  StringRef Main) {
  std::vector<std::string> Result;
  Regex Wanted(O.HeaderFilterRegex.value_or(".*"));
  Regex Unwanted(O.ExcludeHeaderFilterRegex.value_or(""));
  const bool Excludes = !O.ExcludeHeaderFilterRegex.value_or("").empty();
  for (const std::string &File : Files)
    if (std::string Name = canonicalPath(File);
        Name != Main && (!Wanted.match(File) || (Excludes && Unwanted.match(File))))
      Result.push_back(std::move(Name));
  return Result;
}

/// The code asks whether a tool like this one reads it, and shows it something else.
bool asksForAnalyzer(vfs::FileSystem &FS, ArrayRef<std::string> Files) {
  return any_of(Files, [&](const std::string &File) {
    auto Text = FS.getBufferForFile(File);
    return Text && !StringRef(File).ends_with("corolint/annotations.h") &&
           (*Text)->getBuffer().contains("__clang_analyzer__");
  });
}

/// Knowledge is read past the file system that notes what is read.
void noteKnowledge(const Job &J, StringRef MainFile, ArrayRef<std::string> LibraryFiles,
                   Inputs &Read) {
  for (StringRef File : J.With.Knowledge)
    Read.readAgain(File);
  for (StringRef File : LibraryFiles)
    Read.readAgain(File);
  // By the name that it has in the command, as Knowledge::addUserFiles() looks.
  SmallString<256> Name(MainFile);
  sys::path::make_absolute(J.Of.Directory, Name);
  sys::path::remove_dots(Name, /*remove_dot_dot=*/true);
  for (StringRef From : {Name.str(), StringRef(J.Of.File)})
    for (StringRef Folder = sys::path::parent_path(From); !Folder.empty();
         Folder = sys::path::parent_path(Folder)) {
      SmallString<256> File(Folder);
      sys::path::append(File, ".corolint.yaml");
      Read.readAgain(File);
    }
}

/// What is known of the unit before it is parsed, where that is all.
std::optional<UnitResult> withoutParsing(const Unit &U) {
  if (sys::fs::set_current_path(U.Directory))
    return failed("its folder '" + U.Directory + "' does not exist");
  if (!sys::fs::exists(U.File))
    return failed("there is no such file");
  if (!isAssembly(U.File))
    return std::nullopt;
  UnitResult R;
  R.Is = UnitResult::NoCoroutines;
  return R;
}

/// The settings with every rule on: one that is off is asked what it would say.
Settings withEveryRule(const Job &J, UnitResult &R) {
  Settings With = J.With;
  const std::vector<const Rule *> On = rulesFor(J.Of.File, With);
  for (const Rule *Each : allRules())
    if (!is_contained(On, Each)) {
      R.OffRules.push_back(Each->Id.str());
      With.Checks += ("," + Each->Id).str(); // by its name: a glob is within the profile
    }
  return With;
}

/// One look at a unit.
class Analysis {
public:
  Analysis(const Job &J, Inputs &Read)
      : J(J), Read(Read),
        FS(withReplacedFiles(
            withOwnHeaders(J.InputsFile.empty() ? regularFiles() : noting(regularFiles(), Read)),
            J.Replaced)),
        Context(std::make_unique<OptionsProvider>(
            J.With.AskedFile.empty() ? J.With : withEveryRule(J, R), FS)),
        Of(std::make_shared<Session>()), Diagnostics(Context, *Of, *FS),
        Options(std::make_unique<DiagnosticOptions>()),
        Engine(DiagnosticIDs::create(), *Options, &Diagnostics, /*ShouldOwnClient=*/false) {
    Of->Settings.KnowledgeFiles = J.With.Knowledge;
    Of->Settings.AskedFile = J.With.Parts.empty() ? J.With.AskedFile : "";
    Context.setDiagnosticsEngine(std::move(Options), &Engine);
    Context.setCurrentFile(J.Of.File);
  }

  UnitResult run(bool AsAnalyzer) {
    if (!J.With.Annotate && !J.With.Survey &&
        none_of(allRules(), [&](const Rule *R) { return Context.isCheckEnabled(R->Id); })) {
      R.Is = UnitResult::SwitchedOff;
      return std::move(R);
    }
    Invocation Command = interpret(withExtraArgs(J, Context.getOptions()), FS);
    R.Dropped = std::move(Command.Dropped);
    R.LeftOut = std::move(Command.LeftOut);
    if (!Command.Clang) {
      R.Failure = "its command cannot be used: " + Command.Failure;
    } else if (!Command.Clang->getLangOpts().Coroutines) {
      R.Is = UnitResult::NoCoroutines;
    } else {
      configure(*Command.Clang, J, AsAnalyzer);
      std::string MainFile = Command.Clang->getFrontendOpts().Inputs.front().getFile().str();
      takeResults(/*Done=*/parse(Command));
      if (!J.InputsFile.empty())
        noteKnowledge(J, MainFile, Of->Stats.LibraryFiles, Read);
    }
    return std::move(R);
  }

private:
  /// True when the rules have seen all of the unit.
  bool parse(Invocation &Command) {
    CompilerInstance Compiler(Command.Clang);
    Compiler.setVirtualFileSystem(FS);
    Compiler.createDiagnostics(&Diagnostics, /*ShouldOwnClient=*/false);
    Compiler.createFileManager();
    Compiler.createSourceManager();
    Diagnostics.setCompiler(Compiler.getDiagnostics());
    if (J.With.KeepGoing) {
      // A header that is missing does not end the parse, nor do many errors.
      Compiler.getDiagnostics().setFatalsAsError(true);
      Compiler.getDiagnostics().setErrorLimit(0);
    }
    DependencyCollector Files;
    Action Run(Context, Of, Files, J.With, R);
    Compiler.ExecuteAction(Run); // its result is false as well when a rule reports an error

    for (const std::string &File : Files.getDependencies())
      R.Files.push_back(canonicalPath(File));
    R.Filtered = filtered(Context.getOptions(), Files.getDependencies(), J.Of.File);
    return Run.Done;
  }

  void takeResults(bool Done) {
    R.Errors = Diagnostics.takeErrors();
    R.Misuses = Diagnostics.takeMisuses();
    const bool Compiles = R.Errors.empty() && !Diagnostics.isBroken();
    if (!Compiles)
      R.Failure = "it does not compile";
    else if (!Done)
      R.Failure = "Clang could not parse it";
    if (!Done || (!Compiles && !J.With.KeepGoing))
      return;
    R.Findings = Diagnostics.takeFindings();
    R.Suppressed = Diagnostics.takeSuppressed();
    R.Unfollowed = Of->Stats.Unfollowed;
    R.RuleSeconds = Of->RuleSeconds;
    if (!Compiles) {
      R.Failure += "; only its functions without errors were analysed";
      for (Finding &F : R.Findings) {
        F.Partial = true;
        F.Edits.clear(); // whether a fix is right cannot be tried
      }
      return;
    }
    R.Coroutines = Of->Stats.Coroutines;
    R.Functions = Of->Stats.Functions;
    R.Decisions = std::move(Of->Stats.Decisions);
    for (const std::string &File : Of->Stats.LibraryFiles)
      R.LibraryFiles.push_back(canonicalPath(File));
    R.Is = UnitResult::Analysed;
  }

  const Job &J;
  Inputs &Read;
  UnitResult R;
  IntrusiveRefCntPtr<vfs::FileSystem> FS;
  tidy::ClangTidyContext Context;
  std::shared_ptr<Session> Of;
  UnitDiagnostics Diagnostics;
  std::unique_ptr<DiagnosticOptions> Options;
  DiagnosticsEngine Engine; ///< of the rules
};

UnitResult analyse(const Job &J, bool AsAnalyzer, Inputs &Read) {
  InitializeAllTargetInfos();
  if (std::optional<UnitResult> Known = withoutParsing(J.Of))
    return *Known;
  return Analysis(J, Read).run(AsAnalyzer);
}

} // namespace

UnitResult analyse(const Job &J, Inputs &Read) {
  UnitResult R = analyse(J, /*AsAnalyzer=*/true, Read);
  // What it hides from an analyzer may be what the rest needs: then as the compiler sees it.
  if (!R.Errors.empty() && asksForAnalyzer(*regularFiles(), R.Files))
    if (UnitResult Plain = analyse(J, /*AsAnalyzer=*/false, Read); Plain.Errors.empty())
      return Plain;
  return R;
}

} // namespace corolint
