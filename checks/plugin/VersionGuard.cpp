//===- VersionGuard.cpp - The plugin works in one version of Clang only --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang's C++ ABI is another one in each release. A clang-tidy of another release loads this
// plugin, lists its checks, reports nothing and exits 0: the worst of all answers. A compiler or a
// clangd may crash. So the first thing that runs in the plugin compares the host with what the
// plugin was built for, and stops the host when they differ.
//
// It may use nothing of LLVM but the one function that it looks up, since everything else could
// have another layout there.
//
//===----------------------------------------------------------------------===//

#include "clang/Basic/Version.inc"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>

namespace {

constexpr int ExitWrongHost = 2;

/// "Debian clang version 22.1.8 (1~deb12u1)", or empty when the host is no Clang at all.
std::string hostVersion() {
  // clang::getClangFullVersion(): by name, so that a host without it gets the sentence as well,
  // and not the dynamic linker's.
  void *Found = dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev");
  if (!Found)
    return {};
  return reinterpret_cast<std::string (*)()>(Found)();
}

/// Releases that differ in the patch level only have the same ABI, and share one libclang-cpp.
bool sameAbi(const std::string &Host) {
  const char *At = std::strstr(Host.c_str(), "version ");
  int Major = 0, Minor = 0;
  if (!At || std::sscanf(At, "version %d.%d", &Major, &Minor) != 2)
    return false;
  return Major == CLANG_VERSION_MAJOR && Minor == CLANG_VERSION_MINOR;
}

// 101 is the first priority that programs may use: before every static object of this plugin.
[[gnu::constructor(101)]] void stopWrongHost() {
  const std::string Host = hostVersion();
  if (sameAbi(Host))
    return;
  std::fprintf(
      stderr,
      "corolint: this plugin was built for Clang %d.%d and was loaded into %s; run "
      "clang-tidy, clang++ or clangd of version %d instead, or the commands 'corolint' and "
      "'corolint-clangd', which need none of them\n",
      CLANG_VERSION_MAJOR, CLANG_VERSION_MINOR,
      Host.empty() ? "a program that has no Clang" : Host.c_str(), CLANG_VERSION_MAJOR);
  std::fflush(nullptr);
  std::_Exit(ExitWrongHost);
}

} // namespace
