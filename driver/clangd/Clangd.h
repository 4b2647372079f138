//===- Clangd.h - What we use of clangd, whose headers are in no package -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_CLANGD_CLANGD_H
#define COROLINT_DRIVER_CLANGD_CLANGD_H

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <memory>
#include <optional>

namespace clang::clangd {

class Transport;
class SymbolIndex;
enum JSONStreamStyle { Standard, Delimited };
using TidyProvider = llvm::unique_function<void(tidy::ClangTidyOptions &, llvm::StringRef) const>;
using TidyProviderRef = llvm::function_ref<void(tidy::ClangTidyOptions &, llvm::StringRef)>;

/// std::unique_ptr of a class that we do not see: it is handed on, and never destroyed here.
struct HandedOn {
  void operator()(void *) const {}
};
template <typename T> using Owned = std::unique_ptr<T, HandedOn>;

int clangdMain(int Argc, char *Argv[]);
TidyProvider provideClangdConfig();

namespace remote {
Owned<SymbolIndex> getClient(llvm::StringRef Address, llvm::StringRef ProjectRoot);
} // namespace remote

} // namespace clang::clangd

// Three functions of clangd that the linker gives another name (its option --wrap): who calls them
// in clangd comes to ours, and ours call theirs. The list is in CMakeLists.txt. A clangd in which
// one has another name does not link.

#define COROLINT_FAST_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define COROLINT_TIDY_OPTIONS                                                                      \
  "_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16ClangTidyOptionsENS1" \
  "_9StringRefEEEES6_"
#define COROLINT_TRANSPORT                                                                         \
  "_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE"

namespace corolint {

/// Whether a check is fast enough to run while somebody types; nothing if clangd has not timed it.
std::optional<bool> isFastTidyCheck(llvm::StringRef Check) asm("__wrap_" COROLINT_FAST_CHECK);
std::optional<bool> isFastInClangd(llvm::StringRef Check) asm("__real_" COROLINT_FAST_CHECK);

/// The options of clang-tidy for a file, of everything that clangd reads.
clang::tidy::ClangTidyOptions
getTidyOptionsForFile(clang::clangd::TidyProviderRef Provider,
                      llvm::StringRef File) asm("__wrap_" COROLINT_TIDY_OPTIONS);
clang::tidy::ClangTidyOptions
optionsInClangd(clang::clangd::TidyProviderRef Provider,
                llvm::StringRef File) asm("__real_" COROLINT_TIDY_OPTIONS);

/// What reads the editor's messages from \p In, and writes clangd's to \p Out.
clang::clangd::Owned<clang::clangd::Transport>
newJSONTransport(std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror, bool Pretty,
                 clang::clangd::JSONStreamStyle Style) asm("__wrap_" COROLINT_TRANSPORT);
clang::clangd::Owned<clang::clangd::Transport>
transportInClangd(std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror, bool Pretty,
                  clang::clangd::JSONStreamStyle Style) asm("__real_" COROLINT_TRANSPORT);

} // namespace corolint

#endif // COROLINT_DRIVER_CLANGD_CLANGD_H
