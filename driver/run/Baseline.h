//===- Baseline.h - Findings that are known and accepted ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_RUN_BASELINE_H
#define COROLINT_DRIVER_RUN_BASELINE_H

#include "output/Finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace corolint {

/// A file of findings that a project lives with. One is known by its rule, its function and the
/// text of its line, so that it moves with the code; of those that are alike, as many are known as
/// there were.
class Baseline {
public:
  static constexpr llvm::StringLiteral DefaultName = ".corolint-baseline.json";

  /// Nothing, and said with its place on stderr, when it is none of ours or cannot be read.
  static std::optional<Baseline> read(llvm::StringRef Path);
  explicit Baseline(std::string Path) : Path(std::move(Path)) {}

  /// Would this run have found it, if a file still had something of this rule?
  using Seen = llvm::function_ref<bool(llvm::StringRef File, llvm::StringRef Rule)>;

  /// Moves the known ones of \p Findings to \p Hidden. An entry of another file counts if that file
  /// may have lost it: it \p WasSeen in this run, or is gone.
  void hide(std::vector<Finding> &Findings, std::vector<Finding> &Hidden, Seen WasSeen) const;

  struct Update {
    size_t Added = 0, Gone = 0;
  };
  /// Forgets what is found no more, and has the rest where it is now; \p AddsNew: and what is not
  /// known. What this run could not find stays.
  Update update(llvm::ArrayRef<Finding> Findings, Seen WasSeen, bool AddsNew);
  size_t size() const;

  /// False, and said, when it could not be written.
  bool write() const;

private:
  /// Rule, function, line without blanks.
  using Identity = std::tuple<std::string, std::string, std::string>;
  struct Entry {
    std::string File; ///< canonical
    std::string Line; ///< as it is shown
    unsigned Count = 0;
  };
  using EntryMap = std::map<Identity, std::vector<Entry>>;
  static Identity of(const Finding &F);
  static std::vector<bool> claim(EntryMap &Left, llvm::ArrayRef<Finding> Findings, Seen WasSeen);
  static bool mayBeGone(const Entry &E, llvm::StringRef Rule, Seen WasSeen);
  void add(const Finding &F);
  bool take(const llvm::json::Value &V, llvm::json::Path P);

  std::string Path;
  EntryMap Entries;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_BASELINE_H
