//===- Units.cpp - From the commands of a project to what is parsed ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Units.h"
#include "output/Paths.h"
#include "project/RegularFiles.h"
#include "project/SourceNames.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;
using clang::tooling::CompileCommand;

namespace corolint {

/// What a flag that is followed by a file is followed by is no response file, whatever its name.
static bool takesNext(StringRef Flag) {
  return is_contained({"-o", "-I", "-include", "-isystem", "-iquote", "-MF", "-MT", "-MQ", "-D",
                       "-U", "-x", "-Xclang", "-Xlinker"},
                      Flag);
}

/// Puts the content of response files in their place. What Clang leaves as it is, is a flag that
/// is missing.
static void expandResponseFiles(Unit &U) {
  clang::tooling::addExpandedResponseFiles(U.Arguments, U.Directory, cl::TokenizeGNUCommandLine,
                                           *regularFiles());
  for (size_t I = 1; I < U.Arguments.size(); ++I) {
    StringRef A = U.Arguments[I];
    if (takesNext(A)) {
      ++I;
    } else if (A.size() > 1 && A.front() == '@') {
      std::string Path = canonicalPath(A.drop_front(), U.Directory);
      std::string Why = sys::fs::exists(Path) ? "cannot be read" : "does not exist";
      if (U.Unusable.empty())
        U.Unusable = "the response file '" + shownPath(Path) + "' of its command " + Why +
                     "; build the project, or make the database again";
    }
  }
}

/// The command without what it writes: by that, commands are the same to us.
static std::string identityOf(const Unit &U) {
  std::string Key = U.File + '\0' + U.Directory;
  for (size_t I = 0; I < U.Arguments.size(); ++I) {
    StringRef A = U.Arguments[I];
    if (A == "-o" || A == "-MF" || A == "-MT" || A == "-MQ")
      ++I;
    else if (!A.starts_with("-o") && A != "-fPIC" && A != "-fPIE")
      Key += '\0' + A.str();
  }
  return Key;
}

namespace {

/// Which header a precompiled one was made of. Meson keeps only the precompiled one where its
/// commands look for it, so that the header's name alone leads nowhere.
class PrecompiledHeaders {
public:
  void add(const CompileCommand &C, StringRef Directory, StringRef Source) {
    std::string Output = C.Output;
    for (size_t I = 0; Output.empty() && I + 1 < C.CommandLine.size(); ++I)
      if (C.CommandLine[I] == "-o")
        Output = C.CommandLine[I + 1];
    if (StringRef(Output).ends_with(".gch") || StringRef(Output).ends_with(".pch"))
      Sources[canonicalPath(Output, Directory)] = Source.str();
  }

  /// Names the source where the command names what was made of it.
  void nameSources(Unit &U) const {
    if (Sources.empty())
      return;
    std::vector<std::string> Folders = foldersOf(U);
    for (size_t I = 1; I + 1 < U.Arguments.size(); ++I) {
      std::string &Flag = U.Arguments[I], &Name = U.Arguments[I + 1];
      if (Flag == "-include-pch") {
        if (std::string Source = sourceOf(canonicalPath(Name, U.Directory)); !Source.empty()) {
          Flag = "-include";
          Name = Source;
        }
      } else if (Flag == "-include") {
        for (const std::string &Folder : Folders) {
          std::string Path = canonicalPath(Name, Folder);
          if (sys::fs::exists(Path))
            break;
          std::string Source = sourceOf(Path + ".gch");
          if (Source.empty())
            Source = sourceOf(Path + ".pch");
          if (!Source.empty()) {
            Name = Source;
            break;
          }
        }
      }
    }
  }

private:
  /// Empty when the header lies beside, as CMake has it.
  std::string sourceOf(StringRef Precompiled) const {
    auto Found = Sources.find(Precompiled);
    if (Found == Sources.end() || sys::fs::exists(Precompiled.drop_back(StringRef(".gch").size())))
      return "";
    return Found->second;
  }

  /// Where -include looks, in order.
  static std::vector<std::string> foldersOf(const Unit &U) {
    std::vector<std::string> Result = {U.Directory};
    for (StringRef Flag : {"-iquote", "-I", "-isystem"})
      for (size_t I = 1; I < U.Arguments.size(); ++I) {
        StringRef A = U.Arguments[I];
        if (!A.consume_front(Flag))
          continue;
        if (A.empty() && I + 1 < U.Arguments.size())
          A = U.Arguments[I + 1];
        Result.push_back(canonicalPath(A, U.Directory));
      }
    return Result;
  }

  StringMap<std::string> Sources;
};

} // namespace

/// Tools that list headers give them a source's command, some without its name changed.
static void compileHeaderItself(Unit &U, const CompileCommand &From) {
  if (any_of(ArrayRef(U.Arguments).drop_front(), [&](StringRef A) {
        return !A.starts_with("-") && sys::path::filename(A) == sys::path::filename(U.File) &&
               canonicalPath(A, U.Directory) == U.File;
      }))
    return;
  CompileCommand C = From;
  C.Directory = U.Directory;
  C.CommandLine = U.Arguments;
  // By its name the header might be C.
  for (StringRef A : ArrayRef(U.Arguments).drop_front())
    if (!A.starts_with("-") && isSourceName(A))
      C.Filename = A.str();
  U.Arguments = clang::tooling::transferCompileCommand(std::move(C), U.File).CommandLine;
}

/// A relative `directory` is against the rules of the format; where it is, it starts at the file.
std::vector<Unit> unitsOf(std::vector<CompileCommand> Commands, StringRef Folder) {
  PrecompiledHeaders Precompiled;
  std::vector<Unit> Units;
  StringSet<> Seen;
  for (const CompileCommand &C : Commands) {
    std::string Directory = canonicalPath(C.Directory, Folder);
    Unit U{canonicalPath(C.Filename, Directory), Directory, C.CommandLine, ""};
    if (U.Arguments.empty())
      U.Unusable = "its command is empty";
    Precompiled.add(C, Directory, U.File);
    expandResponseFiles(U);
    if (isHeaderName(U.File) && !U.Arguments.empty())
      compileHeaderItself(U, C);
    if (Seen.insert(identityOf(U)).second)
      Units.push_back(std::move(U));
  }
  for (Unit &U : Units)
    Precompiled.nameSources(U);
  return Units;
}

static bool saysWhichStandard(ArrayRef<std::string> Flags) {
  return any_of(Flags, [](StringRef A) {
    return A.starts_with("-std=") || A.starts_with("--std") || A.starts_with("/std:") ||
           A.starts_with("-std:");
  });
}

static bool isC(StringRef File, ArrayRef<std::string> Flags) {
  for (size_t I = 0; I < Flags.size(); ++I) {
    StringRef A = Flags[I];
    if (A.consume_front("-x"))
      return !(A.empty() && I + 1 < Flags.size() ? StringRef(Flags[I + 1]) : A).contains("++");
  }
  return sys::path::extension(File) == ".c" || sys::path::extension(File) == ".s" ||
         sys::path::extension(File) == ".S";
}

std::vector<Unit> unitsWithFlags(ArrayRef<std::string> Files, ArrayRef<std::string> Flags) {
  SmallString<256> Here;
  sys::fs::current_path(Here);
  std::vector<Unit> Units;
  for (const std::string &File : Files) {
    Unit U{File, Here.str().str(), {"clang++"}, ""};
    append_range(U.Arguments, Flags);
    expandResponseFiles(U);
    // Who names no standard wants coroutines, or would not ask here.
    auto Given = ArrayRef(U.Arguments).drop_front();
    if (!saysWhichStandard(Given) && !isC(File, Given))
      U.Arguments.insert(U.Arguments.begin() + 1, "-std=c++20");
    if (isHeaderName(File) && none_of(U.Arguments, [](StringRef A) { return A.starts_with("-x"); }))
      append_range(U.Arguments, std::vector<std::string>{"-x", "c++"});
    U.Arguments.push_back(File);
    Units.push_back(std::move(U));
  }
  return Units;
}

} // namespace corolint
