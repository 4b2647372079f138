//===- Confine.cpp - A process that only reads ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// By the kernel's own numbers: its headers here may be older than the kernel, and have no functions
// for this anyway. Nothing of LLVM is needed, so that a test can call it alone.
//
//===----------------------------------------------------------------------===//

#include "worker/Confine.h"
#ifdef __linux__
#include <cstdint>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace corolint {

#if defined(__linux__)

namespace {

// The same on every architecture.
constexpr long CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;

enum : std::uint64_t {
  Execute = 1 << 0,
  WriteFile = 1 << 1,
  RemoveFolder = 1 << 4,
  RemoveFile = 1 << 5,
  MakeDevice = 1 << 6,
  MakeFolder = 1 << 7,
  MakeFile = 1 << 8,
  MakeSocket = 1 << 9,
  MakePipe = 1 << 10,
  MakeBlockDevice = 1 << 11,
  MakeLink = 1 << 12,
  Move = 1 << 13,     // since version 2
  Truncate = 1 << 14, // since version 3
};
enum : std::uint64_t { Bind = 1 << 0, Connect = 1 << 1 }; // since version 4

struct Ruleset {
  std::uint64_t Files, Network;
};

struct __attribute__((packed)) BelowFolder {
  std::uint64_t Allowed;
  std::int32_t Folder;
};

} // namespace

bool confine(const char *Writable) {
  const long Version = syscall(CreateRuleset, nullptr, 0, /*LANDLOCK_CREATE_RULESET_VERSION*/ 1);
  if (Version < 1)
    return false;
  Ruleset Rules = {Execute | WriteFile | RemoveFolder | RemoveFile | MakeDevice | MakeFolder |
                       MakeFile | MakeSocket | MakePipe | MakeBlockDevice | MakeLink,
                   0};
  if (Version >= 2)
    Rules.Files |= Move;
  if (Version >= 3)
    Rules.Files |= Truncate;
  if (Version >= 4)
    Rules.Network = Bind | Connect;
  // What an older kernel does not know is not there for it.
  const int Set = int(syscall(CreateRuleset, &Rules,
                              Version >= 4 ? sizeof Rules : sizeof Rules.Files, /*flags*/ 0));
  if (Set < 0)
    return false;
  if (Writable) {
    BelowFolder Rule = {Rules.Files & ~std::uint64_t(Execute | MakeDevice | MakeBlockDevice),
                        open(Writable, O_PATH | O_CLOEXEC)};
    if (Rule.Folder >= 0) {
      syscall(AddRule, Set, /*LANDLOCK_RULE_PATH_BENEATH*/ 1, &Rule, /*flags*/ 0);
      close(Rule.Folder);
    }
  }
  const bool Done = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !syscall(RestrictSelf, Set, 0);
  close(Set);
  return Done;
}

#else

bool confine(const char *) {
  return false;
}

#endif

} // namespace corolint
