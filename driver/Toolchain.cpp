//===- Toolchain.cpp - Which headers a project's compiler brings ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"
#include "Say.h"
#include "clang/Basic/Version.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace corolint {

static bool holdsHeaders(StringRef Resources) {
  SmallString<256> Header(Resources);
  sys::path::append(Header, "include", "stddef.h");
  return sys::fs::exists(Header);
}

/// What a compiler answers to a question such as -print-resource-dir; empty if it does not.
static std::string ask(StringRef Compiler, StringRef Folder, StringRef Question) {
  ErrorOr<std::string> Program = Compiler.str();
  if (!Compiler.contains('/')) {
    Program = sys::findProgramByName(Compiler);
  } else if (!sys::path::is_absolute(Compiler)) {
    SmallString<256> Absolute(Folder);
    sys::path::append(Absolute, Compiler);
    Program = Absolute.str().str();
  }
  SmallString<128> Answer;
  if (!Program || !sys::fs::can_execute(*Program) ||
      sys::fs::createTemporaryFile("corolint", "txt", Answer))
    return "";
  FileRemover Remover(Answer);
  std::optional<StringRef> Redirects[] = {StringRef(""), StringRef(Answer), StringRef("")};
  if (sys::ExecuteAndWait(*Program, {*Program, Question}, std::nullopt, Redirects))
    return "";
  auto Buffer = MemoryBuffer::getFile(Answer);
  return Buffer ? (*Buffer)->getBuffer().trim().str() : "";
}

static std::string nextToUs() {
  static int Anchor;
  SmallString<256> Folder = sys::path::parent_path(
      sys::path::parent_path(sys::fs::getMainExecutable("corolint", &Anchor)));
  sys::path::append(Folder, "lib", "clang", Twine(CLANG_VERSION_MAJOR));
  return Folder.str().str();
}

const Toolchains::Toolchain &Toolchains::of(StringRef Compiler, StringRef Folder) {
  auto [Slot, New] = Known.try_emplace(Compiler);
  Toolchain &Found = Slot->second;
  if (!New)
    return Found;
  StringRef Name = sys::path::filename(Compiler);
  for (std::string Resources : {std::string(COROLINT_RESOURCE_DIR), nextToUs()})
    if (Found.Resources.empty() && holdsHeaders(Resources))
      Found.Resources = Resources;
  if (Found.Resources.empty() && Name.contains("clang"))
    if (std::string Theirs = ask(Compiler, Folder, "-print-resource-dir"); holdsHeaders(Theirs))
      Found.Resources = Theirs;

  // Clang takes the newest GCC that it finds, which need not be the project's, and need not even
  // have a C++ library installed.
  if (!Name.contains("clang") &&
      (Name.contains("g++") || Name.contains("gcc") || Name.contains("c++") || Name == "cc")) {
    std::string Answer = ask(Compiler, Folder, "-print-libgcc-file-name");
    if (sys::path::is_absolute(Answer) && sys::path::filename(Answer) == "libgcc.a" &&
        sys::fs::exists(Answer))
      Found.GccInstall = sys::path::parent_path(Answer).str();
  }
  return Found;
}

bool Toolchains::complete(std::vector<std::string> &Arguments, StringRef Folder) {
  if (Arguments.empty())
    return true;
  const Toolchain &Chain = of(Arguments.front(), Folder);
  if (Chain.Resources.empty()) {
    sayError() << "Clang's own headers (stddef.h and the like) are not in '"
               << COROLINT_RESOURCE_DIR << "', nor in '" << nextToUs()
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
