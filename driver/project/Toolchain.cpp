//===- Toolchain.cpp - Which headers a project's compiler brings ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Toolchain.h"
#include "output/Say.h"
#include "clang/Basic/Version.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/VersionTuple.h"

using namespace llvm;

namespace corolint {

static bool holdsHeaders(StringRef Resources) {
  SmallString<256> Header(Resources);
  sys::path::append(Header, "include", "stddef.h");
  return sys::fs::exists(Header);
}

/// The program that a command names, links resolved; empty if there is none. Of PATH only absolute
/// folders count: in a project's folder a `.` in it would mean that project's files.
static std::string programOf(StringRef Compiler, StringRef Folder) {
  SmallString<256> Program(Compiler), Real;
  if (!Compiler.contains('/')) {
    SmallVector<StringRef> All, Absolute;
    std::string Path = sys::Process::GetEnv("PATH").value_or("");
    SplitString(Path, All, ":");
    copy_if(All, std::back_inserter(Absolute), [](StringRef P) { return P.starts_with("/"); });
    ErrorOr<std::string> Found = Absolute.empty()
                                     ? ErrorOr<std::string>(std::errc::no_such_file_or_directory)
                                     : sys::findProgramByName(Compiler, Absolute);
    if (!Found)
      return "";
    Program = *Found;
  } else {
    sys::path::make_absolute(Folder, Program);
  }
  if (sys::fs::real_path(Program, Real))
    return "";
  return Real.str().str();
}

/// What a compiler answers to a question such as -print-resource-dir; empty if it does not. It is
/// run only if the user said so: a database can name any program.
std::string Toolchains::ask(StringRef Program, StringRef Question) const {
  bool MayRun = any_of(Askable, [&](StringRef Glob) {
    Expected<GlobPattern> Pattern = GlobPattern::create(Glob);
    if (Pattern)
      return Pattern->match(Program);
    consumeError(Pattern.takeError());
    return false;
  });
  SmallString<128> Answer;
  if (!MayRun || !sys::fs::can_execute(Program) ||
      sys::fs::createTemporaryFile("corolint", "txt", Answer))
    return "";
  FileRemover Remover(Answer);
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Answer), StringRef("")};
  if (sys::ExecuteAndWait(Program, {Program, Question}, std::nullopt, Redirects,
                          /*SecondsToWait=*/10))
    return "";
  auto Buffer = MemoryBuffer::getFile(Answer);
  return Buffer ? (*Buffer)->getBuffer().trim().str() : "";
}

namespace {

/// What the name of a GCC says: `arm-linux-gnueabihf-g++-12`.
struct GccName {
  std::string Triple;  ///< empty: this machine's
  std::string Version; ///< empty: not said

  static std::optional<GccName> of(StringRef Name) {
    GccName Result;
    size_t Digits = Name.find_last_not_of("0123456789.");
    if (Digits != StringRef::npos && Digits + 1 != Name.size() && Name[Digits] == '-') {
      Result.Version = Name.substr(Digits + 1).str();
      Name = Name.take_front(Digits);
    }
    for (StringRef Kind : {"g++", "gcc", "c++", "cc"}) {
      StringRef Before = Name;
      if (!Before.consume_back(Kind) || !(Before.empty() || Before.consume_back("-")))
        continue;
      Result.Triple = Before.str();
      return Result;
    }
    return std::nullopt;
  }
};

/// 12 is less than 12.2.0, and 9 less than 12.
bool isOlder(StringRef A, StringRef B) {
  VersionTuple X, Y;
  return X.tryParse(A) || (!Y.tryParse(B) && X < Y);
}

/// An installation of GCC: `/usr/lib/gcc/x86_64-linux-gnu/12`.
struct GccFolder {
  std::string Path, Version;
  bool HasHeaders = false; ///< of its C++ library
};

class GccFinder {
public:
  GccFinder(StringRef Program, const GccName &Name) : Name(Name) {
    Prefix = sys::path::parent_path(sys::path::parent_path(Program)).str();
  }

  std::string find() {
    for (StringRef Libraries : {"lib/gcc", "lib64/gcc", "lib/gcc-cross", "libexec/gcc"})
      addTriples(below(Prefix, Libraries));
    const GccFolder *Best = nullptr;
    for (const GccFolder &F : Found)
      if (!Best || F.HasHeaders > Best->HasHeaders ||
          (F.HasHeaders == Best->HasHeaders && isOlder(Best->Version, F.Version)))
        Best = &F;
    return Best ? Best->Path : "";
  }

private:
  static std::string below(StringRef Folder, const Twine &Name) {
    SmallString<256> Path(Folder);
    sys::path::append(Path, Name);
    return Path.str().str();
  }

  static std::vector<std::string> foldersIn(StringRef Folder) {
    std::vector<std::string> Result;
    std::error_code EC;
    for (sys::fs::directory_iterator I(Folder, EC), End; !EC && I != End; I.increment(EC))
      if (sys::fs::is_directory(I->path()))
        Result.push_back(sys::path::filename(I->path()).str());
    llvm::sort(Result);
    return Result;
  }

  bool isWanted(StringRef Triple) const {
    if (!Name.Triple.empty())
      return Triple == Name.Triple;
    // x86_64-linux-gnu, x86_64-pc-linux-gnu, x86_64-redhat-linux: the vendor is anything.
    Triple.consume_back("-gnu");
    StringRef Here = StringRef(LLVM_HOST_TRIPLE);
    return Triple.split('-').first == Here.split('-').first &&
           Triple.contains("linux") == Here.contains("linux") &&
           Triple.contains("darwin") == Here.contains("darwin");
  }

  void addTriples(StringRef Libraries) {
    for (StringRef Triple : foldersIn(Libraries))
      if (isWanted(Triple))
        for (StringRef Version : foldersIn(below(Libraries, Triple)))
          add(Libraries, Triple, Version);
  }

  void add(StringRef Libraries, StringRef Triple, StringRef Version) {
    if (!Name.Version.empty() && Version != Name.Version &&
        !Version.starts_with(Name.Version + "."))
      return;
    std::string Path = below(below(Libraries, Triple), Version);
    if (!isdigit(static_cast<unsigned char>(Version.front())) ||
        !sys::fs::exists(below(Path, "crtbegin.o")))
      return;
    GccFolder F{Path, Version.str()};
    for (const Twine &Headers :
         {Twine("include/c++/") + Version, Twine(Triple) + "/include/c++/" + Version})
      F.HasHeaders |= sys::fs::is_directory(below(Prefix, Headers));
    F.HasHeaders |= sys::fs::is_directory(below(Path, "include/c++"));
    F.HasHeaders |= sys::fs::is_directory(below(Path, "include/g++-v" + Version));
    Found.push_back(std::move(F));
  }

  const GccName &Name;
  std::string Prefix;
  std::vector<GccFolder> Found;
};

} // namespace

static std::string nextToUs() {
  static int Anchor;
  SmallString<256> Folder = sys::path::parent_path(
      sys::path::parent_path(sys::fs::getMainExecutable("corolint", &Anchor)));
  sys::path::append(Folder, "lib", "clang", Twine(CLANG_VERSION_MAJOR));
  return Folder.str().str();
}

std::string ownResources() {
  // What was packed together belongs together, whatever else is installed.
  for (std::string Resources : {nextToUs(), std::string(COROLINT_RESOURCE_DIR)})
    if (holdsHeaders(Resources))
      return Resources;
  return "";
}

const Toolchains::Toolchain &Toolchains::of(StringRef Compiler, StringRef Folder) {
  // A relative name means another program in another folder.
  bool Relative = Compiler.contains('/') && !sys::path::is_absolute(Compiler);
  auto [Slot, New] = Known.try_emplace(Relative ? (Folder + "/" + Compiler).str() : Compiler.str());
  Toolchain &Found = Slot->second;
  if (!New)
    return Found;
  const std::string Program = programOf(Compiler, Folder);
  StringRef Name = sys::path::filename(Compiler);
  Found.Resources = ownResources();
  if (Found.Resources.empty() && Name.contains("clang"))
    if (std::string Theirs = ask(Program, "-print-resource-dir"); holdsHeaders(Theirs))
      Found.Resources = Theirs;

  // Clang takes the newest GCC that it finds, which need not be the project's, and need not even
  // have a C++ library installed. Which it is is read from the file system: g++ is a link to
  // x86_64-linux-gnu-g++-12, and that lives in lib/gcc/x86_64-linux-gnu/12.
  std::optional<GccName> Gcc = GccName::of(Name);
  if (Program.empty() || Name.contains("clang"))
    return Found;
  if (std::string Answer = ask(Program, "-print-libgcc-file-name");
      sys::path::is_absolute(Answer) && sys::path::filename(Answer) == "libgcc.a" &&
      sys::fs::exists(Answer)) {
    Found.GccInstall = sys::path::parent_path(Answer).str();
    return Found;
  }
  StringRef Real = sys::path::filename(Program);
  if (Real.contains("clang"))
    return Found; // c++ and cc may be links to it
  if (std::optional<GccName> RealGcc = GccName::of(Real)) {
    if (Gcc && RealGcc->Triple.empty())
      RealGcc->Triple = Gcc->Triple;
    Gcc = RealGcc;
  }
  if (Gcc)
    Found.GccInstall = GccFinder(Program, *Gcc).find();
  return Found;
}

bool Toolchains::complete(std::vector<std::string> &Arguments, StringRef Folder) {
  if (Arguments.empty())
    return true;
  const Toolchain &Chain = of(Arguments.front(), Folder);
  if (Chain.Resources.empty()) {
    sayError() << "Clang's own headers (stddef.h and the like) are not in '" << nextToUs()
               << "', nor in '" << COROLINT_RESOURCE_DIR
               << "'; on Debian they come with libclang-common-" << CLANG_VERSION_MAJOR << "-dev\n";
    return false;
  }
  auto Names = [&](StringRef Flag) {
    return any_of(Arguments, [&](StringRef A) { return A.starts_with(Flag); });
  };
  std::vector<std::string> Added;
  if (!Chain.GccInstall.empty() && !Names("--gcc-install-dir") && !Names("--gcc-toolchain") &&
      !Names("--sysroot") && !Names("-stdlib=libc++") && !Names("--target"))
    Added.push_back("--gcc-install-dir=" + Chain.GccInstall);
  clang::tooling::addTargetAndModeForProgramName(Arguments, Arguments.front());

  // Another Clang's headers are for another Clang.
  for (auto I = Arguments.begin(); I != Arguments.end();) {
    if (*I == "-resource-dir" && I + 1 != Arguments.end())
      I = Arguments.erase(I, I + 2);
    else if (StringRef(*I).starts_with("-resource-dir="))
      I = Arguments.erase(I);
    else
      ++I;
  }
  Added.push_back("-resource-dir=" + Chain.Resources);
  Arguments.insert(Arguments.begin() + 1, Added.begin(), Added.end());
  return true;
}

} // namespace corolint
