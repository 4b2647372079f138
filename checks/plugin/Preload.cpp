//===- Preload.cpp - Brings the plugin into a clangd ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// corolint-clangd-preload starts clangd with this library in LD_PRELOAD, which is in every program
// on the way as well (a shell, a script that finds clangd): there nothing happens, and nothing is
// loaded. It needs no library but C's.
//
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace {

constexpr int ExitWrongHost = 2;

[[noreturn]] void stop(const char *Why, const char *Detail) {
  std::fprintf(stderr, "corolint: %s%s; run corolint-clangd instead, which needs no other clangd\n",
               Why, Detail);
  std::fflush(nullptr);
  std::_Exit(ExitWrongHost);
}

bool isClangd() {
  char Path[4096];
  const ssize_t Length = readlink("/proc/self/exe", Path, sizeof(Path) - 1);
  if (Length <= 0)
    return false;
  Path[Length] = 0;
  const char *Slash = std::strrchr(Path, '/');
  return std::strncmp(Slash ? Slash + 1 : Path, "clangd", 6) == 0;
}

/// What clangd starts (a compiler that it asks for its headers) is none of ours.
void leaveChildrenAlone(const char *Own) {
  const char *Preloaded = std::getenv("LD_PRELOAD");
  if (!Preloaded)
    return;
  char *Left = strdup(Preloaded), *Result = strdup("");
  for (char *Word = std::strtok(Left, ": "); Word; Word = std::strtok(nullptr, ": "))
    if (std::strcmp(Word, Own) != 0) {
      char *Longer = nullptr;
      if (asprintf(&Longer, "%s%s%s", Result, *Result ? ":" : "", Word) < 0)
        return;
      std::free(Result);
      Result = Longer;
    }
  if (*Result)
    setenv("LD_PRELOAD", Result, 1);
  else
    unsetenv("LD_PRELOAD");
  std::free(Left);
  std::free(Result);
}

[[gnu::constructor]] void loadPlugin() {
  Dl_info Own;
  if (!isClangd() || !dladdr(reinterpret_cast<void *>(&loadPlugin), &Own))
    return;
  leaveChildrenAlone(Own.dli_fname);
  // clang::getClangFullVersion(): the plugin says itself if it is another one than it was built
  // for.
  if (!dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev"))
    stop("the rules cannot be loaded into this clangd, which has Clang built in", "");
  char *Plugin = nullptr;
  const char *Slash = std::strrchr(Own.dli_fname, '/');
  if (asprintf(&Plugin, "%.*scorolint.so", Slash ? int(Slash + 1 - Own.dli_fname) : 0,
               Own.dli_fname) < 0)
    return;
  if (!dlopen(Plugin, RTLD_NOW | RTLD_LOCAL))
    stop("the rules cannot be loaded into this clangd: ", dlerror());
  std::free(Plugin);
}

} // namespace
