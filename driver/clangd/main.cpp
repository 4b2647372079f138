//===- main.cpp - clangd with the rules ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// clangd as it is, with our rules among the checks of clang-tidy that it runs. Clangd.h says where
// it comes to us.
//
//===----------------------------------------------------------------------===//

#include "clangd/Clangd.h"
#include "output/Say.h"
#include "project/Toolchain.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include <vector>

using namespace llvm;
using namespace corolint;

/// Its client is in no archive that the package has.
clang::clangd::Owned<clang::clangd::SymbolIndex> clang::clangd::remote::getClient(StringRef,
                                                                                  StringRef) {
  sayError() << "corolint-clangd has no remote index\n";
  return nullptr;
}

/// "--name" or "-name", with or without a value.
static bool isGiven(ArrayRef<char *> Arguments, StringRef Name) {
  return any_of(Arguments, [&](StringRef Each) {
    return Each.consume_front("-") && (Each.consume_front("-"), Each.consume_front(Name)) &&
           (Each.empty() || Each.starts_with("="));
  });
}

int main(int Argc, char **Argv) {
  std::vector<char *> Arguments(Argv, Argv + Argc);
  if (isGiven(Arguments, "version"))
    outs() << "corolint " COROLINT_VERSION " in ";
  // clangd looks for Clang's own headers beside itself, where a distribution has them.
  std::string Resources = "--resource-dir=" + ownResources();
  if (StringRef(Resources).ends_with("="))
    sayError()
        << "Clang's own headers (stddef.h and the like) are missing; on Debian they come with "
           "libclang-common-"
        << CLANG_VERSION_MAJOR << "-dev\n";
  else if (!isGiven(Arguments, "resource-dir"))
    Arguments.insert(Arguments.begin() + 1, Resources.data());
  return clang::clangd::clangdMain(Arguments.size(), Arguments.data());
}
