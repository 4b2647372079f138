//===- Cache.cpp - Results of units that did not change -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Cache.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/Inputs.h"
#include "run/CacheKey.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <cstdlib>
#include <ctime>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace llvm;

namespace corolint {
namespace {

// Another layout is another file: versions of corolint that differ in it do not meet.
constexpr StringLiteral FileName = "results-1.sqlite";
constexpr uint64_t MostBytes = uint64_t(1) << 30;
// Of one unit: what it was on some branches that are switched between.
constexpr int MostOfAKey = 16;
constexpr int WaitMilliseconds = 2000;

std::string compressed(StringRef Text) {
  SmallVector<uint8_t, 0> Bytes;
  if (compression::zstd::isAvailable())
    compression::zstd::compress(arrayRefFromStringRef(Text), Bytes);
  else if (compression::zlib::isAvailable())
    compression::zlib::compress(arrayRefFromStringRef(Text), Bytes);
  else
    return Text.str();
  return toStringRef(Bytes).str();
}

/// Nothing if it is not what was compressed.
std::optional<std::string> decompressed(StringRef Bytes, size_t Size) {
  SmallVector<uint8_t, 0> Text;
  auto From = arrayRefFromStringRef(Bytes);
  Error E = compression::zstd::isAvailable()   ? compression::zstd::decompress(From, Text, Size)
            : compression::zlib::isAvailable() ? compression::zlib::decompress(From, Text, Size)
                                               : Error::success();
  if (E) {
    consumeError(std::move(E));
    return std::nullopt;
  }
  if (Text.empty() && Size)
    return Bytes.str();
  return toStringRef(Text).str();
}

int64_t checksumOf(StringRef Inputs, StringRef Result) {
  return int64_t(xxh3_64bits(Inputs) ^ (xxh3_64bits(Result) * 3));
}

/// One statement; its end is the end of the object.
class Statement {
public:
  Statement(sqlite3 *Database, const char *SQL) {
    Status = sqlite3_prepare_v2(Database, SQL, -1, &Prepared, nullptr);
  }
  ~Statement() { sqlite3_finalize(Prepared); }
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;

  void bind(int Index, int64_t Number) { sqlite3_bind_int64(Prepared, Index, Number); }
  void bind(int Index, StringRef Bytes) {
    sqlite3_bind_blob64(Prepared, Index, Bytes.data(), Bytes.size(), SQLITE_STATIC);
  }
  bool next() { return (Status = Prepared ? sqlite3_step(Prepared) : SQLITE_ERROR) == SQLITE_ROW; }
  bool done() {
    while (next())
      ;
    return Status == SQLITE_DONE;
  }
  int64_t number(int Column) { return sqlite3_column_int64(Prepared, Column); }
  std::string bytes(int Column) {
    const auto *At = static_cast<const char *>(sqlite3_column_blob(Prepared, Column));
    return At ? std::string(At, sqlite3_column_bytes(Prepared, Column)) : std::string();
  }
  int status() const { return Status; }

private:
  sqlite3_stmt *Prepared = nullptr;
  int Status = SQLITE_OK;
};

bool isDamaged(int Status) {
  return Status == SQLITE_CORRUPT || Status == SQLITE_NOTADB || Status == SQLITE_FORMAT;
}

void removeFiles(StringRef Path) {
  for (StringRef Suffix : {"", "-wal", "-shm", "-journal"})
    sys::fs::remove(Path + Suffix);
}

} // namespace

struct Cache::Row {
  int64_t Id = 0;
  std::string Inputs, Result;
};

std::string Cache::folderOf(StringRef Folder) {
  SmallString<128> Path;
  if (!Folder.empty())
    return canonicalPath(Folder);
  if (const char *Named = std::getenv("COROLINT_CACHE_DIR"); Named && *Named)
    return canonicalPath(Named);
  if (!sys::path::cache_directory(Path))
    return "";
  sys::path::append(Path, "corolint");
  return Path.str().str();
}

std::unique_ptr<Cache> Cache::open(StringRef Folder) {
  const std::string In = folderOf(Folder);
  auto Cannot = [&](const Twine &Why) -> std::unique_ptr<Cache> {
    if (!Folder.empty())
      sayWarning() << "no cache in '" << shownPath(In) << "': " << Why << "\n";
    return nullptr;
  };
  if (In.empty())
    return nullptr;
  // Sources are private, and so is what is said of them.
  if (std::error_code EC = sys::fs::create_directories(In, true, sys::fs::owner_all))
    return Cannot(EC.message());
  SmallString<128> Path(In);
  sys::path::append(Path, FileName);
  std::unique_ptr<Cache> Result(new Cache(Path.str().str()));
  if (Result->openDatabase())
    return Result;
  const int Status = Result->Database ? sqlite3_errcode(Result->Database) : SQLITE_CANTOPEN;
  std::string Why = sqlite3_errstr(Status);
  if (!isDamaged(Status))
    return Cannot(Why);
  sayWarning() << "the cache '" << shownPath(Path) << "' is damaged, and begun anew\n";
  Result.reset();
  removeFiles(Path);
  Result.reset(new Cache(Path.str().str()));
  if (!Result->openDatabase())
    return Cannot(Why);
  return Result;
}

bool Cache::remove(StringRef Folder) {
  SmallString<128> Path(folderOf(Folder));
  sys::path::append(Path, FileName);
  removeFiles(Path);
  if (!sys::fs::exists(Path))
    return true;
  sayError() << "'" << shownPath(Path) << "' could not be removed\n";
  return false;
}

bool Cache::run(const char *SQL) {
  return sqlite3_exec(Database, SQL, nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool Cache::openDatabase() {
  const mode_t Before = umask(077);
  const int Status =
      sqlite3_open_v2(Path.c_str(), &Database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  umask(Before);
  if (Status != SQLITE_OK)
    return false;
  sqlite3_busy_timeout(Database, WaitMilliseconds);
  // Who is killed loses at most the last results, and nothing is half written.
  return run("PRAGMA auto_vacuum=INCREMENTAL") && run("PRAGMA journal_mode=WAL") &&
         run("PRAGMA synchronous=NORMAL") &&
         run("CREATE TABLE IF NOT EXISTS results("
             "id INTEGER PRIMARY KEY, key BLOB NOT NULL, inputs BLOB NOT NULL, inputs_size "
             "INTEGER, "
             "result BLOB NOT NULL, result_size INTEGER, checksum INTEGER, used INTEGER);"
             "CREATE INDEX IF NOT EXISTS results_by_key ON results(key);"
             "CREATE INDEX IF NOT EXISTS results_by_use ON results(used)");
}

Cache::~Cache() {
  if (IsBroken) {
    sqlite3_close(Database);
    removeFiles(Path);
    return;
  }
  if (!Used.empty() && run("BEGIN IMMEDIATE")) {
    for (int64_t Id : Used) {
      Statement Update(Database, "UPDATE results SET used=? WHERE id=?");
      Update.bind(1, std::time(nullptr));
      Update.bind(2, Id);
      Update.done();
    }
    run("COMMIT");
  }
  if (Grew)
    shrink();
  sqlite3_close(Database);
}

/// The results that were not used for the longest time go, down to four fifths of what is allowed.
void Cache::shrink() {
  const uint64_t Bytes = stats().Bytes;
  if (Bytes <= MostBytes)
    return;
  int64_t TooMany = int64_t(Bytes - MostBytes / 5 * 4);
  std::vector<int64_t> Old;
  {
    Statement Oldest(Database,
                     "SELECT id, length(inputs)+length(result) FROM results ORDER BY used, id");
    while (TooMany > 0 && Oldest.next()) {
      Old.push_back(Oldest.number(0));
      TooMany -= Oldest.number(1);
    }
  }
  if (!run("BEGIN IMMEDIATE"))
    return;
  for (int64_t Id : Old)
    forget(Id);
  run("COMMIT");
  run("PRAGMA incremental_vacuum");
}

void Cache::forget(int64_t Id) {
  Statement Delete(Database, "DELETE FROM results WHERE id=?");
  Delete.bind(1, Id);
  Delete.done();
}

std::vector<Cache::Row> Cache::rowsOf(StringRef Key) {
  std::lock_guard Lock(Mutex);
  std::vector<Row> Rows;
  std::vector<int64_t> Damaged;
  {
    Statement Select(Database, "SELECT id, inputs, inputs_size, result, result_size, checksum "
                               "FROM results WHERE key=? ORDER BY used DESC, id DESC");
    Select.bind(1, Key);
    while (Select.next()) {
      const std::string Inputs = Select.bytes(1), Result = Select.bytes(3);
      // A size that is no size would be allocated.
      constexpr int64_t Sane = int64_t(1) << 31;
      const int64_t InputsSize = Select.number(2), ResultSize = Select.number(4);
      std::optional<std::string> InputsText, ResultText;
      if (Select.number(5) == checksumOf(Inputs, Result) && InputsSize >= 0 && InputsSize < Sane &&
          ResultSize >= 0 && ResultSize < Sane) {
        InputsText = decompressed(Inputs, InputsSize);
        ResultText = decompressed(Result, ResultSize);
      }
      if (InputsText && ResultText)
        Rows.push_back({Select.number(0), std::move(*InputsText), std::move(*ResultText)});
      else
        Damaged.push_back(Select.number(0));
    }
    IsBroken |= isDamaged(Select.status());
  }
  for (int64_t Id : Damaged)
    forget(Id);
  return Rows;
}

bool Cache::isStill(StringRef Line, StringRef Root) {
  auto [Head, Name] = Line.split(' ');
  const std::string Path = replaced(Name, RootMark, Root);
  const std::string Whole = (Head + " " + Path).str();
  {
    std::lock_guard Lock(KnownMutex);
    if (auto Found = Known.find(Whole); Found != Known.end())
      return Found->second;
  }
  const bool Is =
      !Head.empty() && Inputs::isStill(Inputs::Kind(Head.front()), Path, Head.drop_front());
  std::lock_guard Lock(KnownMutex);
  Known[Whole] = Is;
  return Is;
}

std::optional<UnitResult> Cache::find(const Job &J, function_ref<void(StringRef)> OnInput) {
  const std::string Root = rootOf(J.Of);
  for (Row &Each : rowsOf(keyOf(J, Root))) {
    SmallVector<StringRef> Lines;
    StringRef(Each.Inputs).split(Lines, '\n', -1, /*KeepEmpty=*/false);
    if (Lines.empty() || !all_of(Lines, [&](StringRef Line) { return isStill(Line, Root); }))
      continue;
    auto Result = json::parse<UnitResult>(replaced(Each.Result, "\\u0001root", inJson(Root)));
    if (!Result) {
      consumeError(Result.takeError());
      continue;
    }
    Result->FromCache = true;
    if (OnInput)
      for (StringRef Line : Lines)
        OnInput(replaced(Line.split(' ').second, RootMark, Root));
    std::lock_guard Lock(Mutex);
    Used.push_back(Each.Id);
    return std::move(*Result);
  }
  return std::nullopt;
}

void Cache::keep(const Job &J, const UnitResult &R, StringRef Read) {
  if (Read.empty())
    return;
  const std::string Root = rootOf(J.Of), Key = keyOf(J, Root);
  std::string Result;
  raw_string_ostream(Result) << toJSON(R);
  Result = replaced(Result, inJson(Root), "\\u0001root");
  const std::string Inputs = replaced(Read, Root, RootMark);
  const std::string InputsBytes = compressed(Inputs), ResultBytes = compressed(Result);

  std::lock_guard Lock(Mutex);
  if (!run("BEGIN IMMEDIATE")) // somebody writes for very long: then without
    return;
  {
    Statement Old(Database,
                  "DELETE FROM results WHERE key=?1 AND (inputs=?2 OR id NOT IN "
                  "(SELECT id FROM results WHERE key=?1 ORDER BY used DESC, id DESC LIMIT ?3))");
    Old.bind(1, StringRef(Key));
    Old.bind(2, StringRef(InputsBytes));
    Old.bind(3, MostOfAKey - 1);
    Old.done();
    Statement Insert(Database,
                     "INSERT INTO results(key, inputs, inputs_size, result, result_size, checksum, "
                     "used) VALUES(?,?,?,?,?,?,?)");
    Insert.bind(1, StringRef(Key));
    Insert.bind(2, StringRef(InputsBytes));
    Insert.bind(3, int64_t(Inputs.size()));
    Insert.bind(4, StringRef(ResultBytes));
    Insert.bind(5, int64_t(Result.size()));
    Insert.bind(6, checksumOf(InputsBytes, ResultBytes));
    Insert.bind(7, std::time(nullptr));
    Insert.done();
    IsBroken |= isDamaged(Old.status()) || isDamaged(Insert.status());
  }
  run("COMMIT");
  Grew = true;
}

CacheStats Cache::stats() {
  CacheStats Result;
  Result.Path = Path;
  Result.Most = MostBytes;
  Statement Sum(Database, "SELECT count(*), total(length(inputs)+length(result)) FROM results");
  if (Sum.next()) {
    Result.Entries = Sum.number(0);
    Result.Bytes = Sum.number(1);
  }
  sys::fs::file_size(Path, Result.FileBytes);
  return Result;
}

} // namespace corolint
