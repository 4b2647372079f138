//===- Arguments.cpp - From a project's compile command to Clang's -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Arguments.h"
#include "project/AllowedFlags.h"
#include "project/OwnHeaders.h"
#include "clang/Basic/DiagnosticDriver.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using namespace clang;

namespace corolint {
namespace {

/// Sorts what the driver complains of into flags that we can do without, and the rest.
class Complaints : public DiagnosticConsumer {
public:
  explicit Complaints(Invocation &Into) : Into(Into) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error)
      return;
    std::string Flag = flagOf(Info);
    if (!Flag.empty() && !decidesTheMeaning(Flag)) {
      if (!is_contained(Into.Dropped, Flag))
        Into.Dropped.push_back(Flag);
    } else if (Into.Failure.empty()) {
      SmallString<128> Text;
      Info.FormatDiagnostic(Text);
      Into.Failure = Text.str().str();
    }
  }

private:
  static std::string argument(const Diagnostic &Info, unsigned Index) {
    if (Index >= Info.getNumArgs())
      return "";
    switch (Info.getArgKind(Index)) {
    case DiagnosticsEngine::ak_std_string:
      return Info.getArgStdStr(Index);
    case DiagnosticsEngine::ak_c_string:
      return Info.getArgCStr(Index);
    default:
      return "";
    }
  }

  static std::string replaced(std::string Text, char From, char To) {
    std::replace(Text.begin(), Text.end(), From, To);
    return Text;
  }

  static std::string flagOf(const Diagnostic &Info) {
    std::string Flag = argument(Info, 0);
    switch (Info.getID()) {
    case diag::err_drv_unknown_argument:
    case diag::err_drv_unknown_argument_with_suggestion:
    case diag::err_drv_unsupported_opt:
    case diag::err_drv_unsupported_opt_with_suggestion:
    case diag::err_drv_unsupported_opt_for_target:
    case diag::err_drv_unsupported_opt_for_language_mode:
    case diag::err_drv_unsupported_option_for_target:
      return Flag;
    case diag::err_drv_invalid_value:
    case diag::err_drv_invalid_value_with_suggestion:
    case diag::err_drv_unsupported_option_argument:
    case diag::err_drv_unsupported_option_argument_for_target:
      if (StringRef(Flag).ends_with("="))
        Flag += argument(Info, 1);
      // The driver shows '-flag=value' with a space.
      return replaced(Flag, ' ', '=');
    default:
      return "";
    }
  }

  /// Without these the code would mean something else.
  static bool decidesTheMeaning(StringRef Flag) {
    return any_of(ArrayRef<StringRef>{"-std", "--std", "-x", "--target", "-target", "-stdlib",
                                      "-isysroot", "--sysroot"},
                  [&](StringRef Start) { return Flag.starts_with(Start); });
  }

  Invocation &Into;
};

/// The compiler that made a precompiled header was another one; the header itself says the same.
void includeSourceOfPch(CompilerInvocation &CI) {
  PreprocessorOptions &PP = CI.getPreprocessorOpts();
  StringRef Header = PP.ImplicitPCHInclude;
  if (Header.consume_back(".pch") || Header.consume_back(".gch"))
    if (!is_contained(PP.Includes, Header))
      PP.Includes.insert(PP.Includes.begin(), Header.str());
  PP.ImplicitPCHInclude.clear();
  PP.DisablePCHOrModuleValidation = DisableValidationForModuleKind::None;
}

/// GCC has coroutines before C++20 with -fcoroutines; Clang accepts that flag and ignores it.
void allowCoroutines(CompilerInvocation &CI, ArrayRef<std::string> Arguments) {
  bool Wanted = false;
  for (StringRef A : Arguments)
    if (A == "-fcoroutines" || A == "-fno-coroutines")
      Wanted = A == "-fcoroutines";
  if (!Wanted || !CI.getLangOpts().CPlusPlus || CI.getLangOpts().Coroutines)
    return;
  CI.getLangOpts().Coroutines = true;
  CI.getPreprocessorOpts().addMacroDef("__cpp_impl_coroutine=201902L");
}

/// Of what the frontend could be told to do, parsing is left; nothing that it would write has a
/// name any more, whichever flag gave it one.
void leaveNoTrace(CompilerInvocation &CI) {
  CI.getDependencyOutputOpts() = DependencyOutputOptions();
  CI.getMigratorOpts() = MigratorOptions();
  FrontendOptions &Before = CI.getFrontendOpts();
  FrontendOptions F;
  F.DashX = Before.DashX;
  F.Inputs = std::move(Before.Inputs);
  F.IsSystemModule = Before.IsSystemModule;
  F.OriginalModuleMap = std::move(Before.OriginalModuleMap);
  F.ModuleMapFiles = std::move(Before.ModuleMapFiles);
  F.ModuleFiles = std::move(Before.ModuleFiles);
  F.AuxTriple = std::move(Before.AuxTriple);
  F.AuxTargetCPU = std::move(Before.AuxTargetCPU);
  F.AuxTargetFeatures = std::move(Before.AuxTargetFeatures);
  F.ProgramAction = frontend::ParseSyntaxOnly;
  F.DisableFree = true;
  Before = std::move(F);
  DiagnosticOptions &D = CI.getDiagnosticOpts();
  D.DiagnosticSerializationFile.clear();
  D.DiagnosticLogFile.clear();
  D.DiagnosticSuppressionMappingsFile.clear();
  D.IgnoreWarnings = true; // ours come through another engine
  D.VerifyDiagnostics = false;
  CI.getHeaderSearchOpts().ModuleUserBuildPath.clear();
}

/// A CPU or feature that only a newer GCC knows.
void checkTarget(Invocation &I) {
  clang::TargetOptions &Options = I.Clang->getTargetOpts();
  auto IsKnown = [&] {
    clang::TargetOptions Copy = Options;
    IgnoringDiagConsumer Silent;
    DiagnosticOptions None;
    DiagnosticsEngine Quiet(DiagnosticIDs::create(), None, &Silent, /*ShouldOwnClient=*/false);
    IntrusiveRefCntPtr<TargetInfo> Target(TargetInfo::CreateTargetInfo(Quiet, Copy));
    return Target != nullptr;
  };
  if (IsKnown())
    return;
  // GCC has names of its own for what is the default (lp64).
  if (!Options.ABI.empty()) {
    std::string Flag = "-mabi=" + std::exchange(Options.ABI, "");
    if (IsKnown()) {
      I.Dropped.push_back(Flag);
      return;
    }
  }
  std::string Flag = "-march=" + Options.CPU;
  Options.CPU.clear();
  Options.TuneCPU.clear();
  Options.FeaturesAsWritten.clear();
  if (IsKnown())
    I.Dropped.push_back(Flag);
  else
    I.Failure = "Clang does not know the target '" + Options.Triple + "'";
}

} // namespace

Invocation interpret(ArrayRef<std::string> Arguments, IntrusiveRefCntPtr<vfs::FileSystem> FS) {
  Invocation Result;
  Complaints Told(Result);
  DiagnosticOptions Options;
  auto Engine = llvm::makeIntrusiveRefCnt<DiagnosticsEngine>(DiagnosticIDs::create(), Options,
                                                             &Told, /*ShouldOwnClient=*/false);
  AllowedFlags Allowed = allowedFlags(Arguments);
  Result.LeftOut = std::move(Allowed.LeftOut);
  if (!Allowed.Failure.empty()) {
    Result.Failure = std::move(Allowed.Failure);
    return Result;
  }
  std::vector<const char *> Raw;
  for (const std::string &A : Allowed.Arguments)
    Raw.push_back(A.c_str());

  CreateInvocationOptions How;
  How.Diags = Engine;
  How.VFS = FS;
  How.RecoverOnError = true;
  How.CC1Args = &Result.Frontend;
  Result.Clang = createInvocation(Raw, std::move(How));
  if (Result.Clang && Result.Failure.empty()) {
    checkTarget(Result);
    includeSourceOfPch(*Result.Clang);
    allowCoroutines(*Result.Clang, Arguments);
    leaveNoTrace(*Result.Clang);
    lookForOwnHeaders(Result.Clang->getHeaderSearchOpts());
  }
  if (!Result.Clang && Result.Failure.empty())
    Result.Failure = "Clang cannot make a compilation of its command";
  if (!Result.Failure.empty())
    Result.Clang.reset();
  return Result;
}

} // namespace corolint
