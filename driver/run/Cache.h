//===- Cache.h - Results of units that did not change -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A result is found by what was asked (the command, the settings, this very build of corolint), and
// taken if all that it was made from is the same today, by content. Names below the project's
// folder are kept relative to it, so that a cache serves other clones and other machines. Several
// processes may use one cache at once. Whatever is wrong with it, the run goes on without.
//

#ifndef COROLINT_DRIVER_RUN_CACHE_H
#define COROLINT_DRIVER_RUN_CACHE_H

#include "output/Finding.h"
#include "worker/Job.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <memory>
#include <mutex>
#include <optional>

struct sqlite3;

namespace corolint {

struct CacheStats {
  std::string Path;
  uint64_t Entries = 0, Bytes = 0; ///< of results; the file on the disk may have room left over
  uint64_t FileBytes = 0, Most = 0;
};

class Cache {
public:
  /// In this folder, or, where that is empty, in the user's: $COROLINT_CACHE_DIR, else corolint/ in
  /// the user's folder for caches. Null when there is none, which is said if the folder was asked
  /// for.
  static std::unique_ptr<Cache> open(llvm::StringRef Folder);
  /// False, and said, when the files could not be removed.
  static bool remove(llvm::StringRef Folder);
  static std::string folderOf(llvm::StringRef Folder);
  ~Cache();

  /// What an analysis would give, if that is known; \p OnInput sees each file that it was made
  /// from, or looked for in vain, by the name that it had there. For several threads.
  std::optional<UnitResult> find(const Job &J,
                                 llvm::function_ref<void(llvm::StringRef)> OnInput = nullptr);
  /// \p Read is what Inputs::text() gave. For several threads.
  void keep(const Job &J, const UnitResult &R, llvm::StringRef Read);

  CacheStats stats();

private:
  explicit Cache(std::string Path) : Path(std::move(Path)) {}
  bool openDatabase();
  bool run(const char *SQL);
  bool isStill(llvm::StringRef Line, llvm::StringRef Root);
  void shrink();

  struct Row;
  std::vector<Row> rowsOf(llvm::StringRef Key);
  void forget(int64_t Id);

  const std::string Path;
  std::mutex Mutex; ///< of the database
  sqlite3 *Database = nullptr;
  std::vector<int64_t> Used; ///< rows that were taken, by their number
  bool Grew = false;
  bool IsBroken = false; ///< the file is damaged: it goes when the run ends
  /// What was looked at in this run: files are shared by most units.
  std::mutex KnownMutex;
  llvm::StringMap<bool> Known;
};

} // namespace corolint

#endif // COROLINT_DRIVER_RUN_CACHE_H
