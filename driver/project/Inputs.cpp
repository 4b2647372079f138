//===- Inputs.cpp - What a unit was made from, by content ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Inputs.h"
#include "knowledge/LibraryFiles.h"
#include "output/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace corolint {

std::string hashOf(StringRef Text) {
  const XXH128_hash_t Hash = xxh3_128bits(arrayRefFromStringRef(Text));
  return utohexstr(Hash.high64, /*LowerCase=*/true, 16) +
         utohexstr(Hash.low64, /*LowerCase=*/true, 16);
}

void Inputs::read(StringRef Path, StringRef Text) {
  Known &Of = Paths[Path];
  Of = {Content, hashOf(Text)};
}

void Inputs::readAgain(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (Buffer)
    read(Path, (*Buffer)->getBuffer());
  else
    asked(Path, sys::fs::exists(Path));
}

void Inputs::asked(StringRef Path, bool IsThere) {
  Paths.try_emplace(Path, Known{IsThere ? Exists : Absent, ""});
}

void Inputs::listed(StringRef Path, StringRef Hash) {
  Paths[Path] = {Folder, Hash.str()};
}

bool Inputs::hasBelow(StringRef Folder) const {
  return any_of(Paths, [&](const auto &Each) { return isAtOrBelow(Each.getKey(), Folder); });
}

std::string Inputs::text() const {
  std::vector<StringRef> Names;
  for (const auto &Each : Paths) {
    if (Each.getKey().contains('\n'))
      return "";
    Names.push_back(Each.getKey());
  }
  llvm::sort(Names);
  std::string Result;
  for (StringRef Name : Names) {
    const Known &Of = Paths.find(Name)->second;
    Result += char(Of.Is);
    Result += Of.Hash;
    Result += ' ';
    Result += Name;
    Result += '\n';
  }
  return Result;
}

bool Inputs::isStill(Kind Of, StringRef Path, StringRef Hash) {
  switch (Of) {
  case Exists:
    return sys::fs::exists(Path);
  case Absent:
    return !sys::fs::exists(Path);
  case Folder:
    return namesIn(*vfs::getRealFileSystem(), Path) == Hash;
  case Content: {
    sys::fs::file_status Status;
    // What is no file any more may have no end, as a pipe has none.
    if (sys::fs::status(Path, Status) || Status.type() != sys::fs::file_type::regular_file)
      return false;
    auto Buffer = MemoryBuffer::getFile(Path);
    return Buffer && hashOf((*Buffer)->getBuffer()) == Hash;
  }
  }
  return false;
}

std::string namesIn(vfs::FileSystem &FS, StringRef Path) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (vfs::directory_iterator I = FS.dir_begin(Path, EC), End; !EC && I != End; I.increment(EC)) {
    StringRef Name = sys::path::filename(I->path());
    if (I->type() == sys::fs::file_type::directory_file ||
        I->type() == sys::fs::file_type::symlink_file || Name.ends_with(model::LibraryFileSuffix))
      Names.push_back(Name.str());
  }
  llvm::sort(Names);
  return hashOf(join(Names, "\n"));
}

namespace {

class NotingFile : public vfs::File {
public:
  NotingFile(std::unique_ptr<vfs::File> Of, std::string Path, Inputs &Into)
      : Of(std::move(Of)), Path(std::move(Path)), Into(Into) {}

  ErrorOr<vfs::Status> status() override { return Of->status(); }
  ErrorOr<std::string> getName() override { return Of->getName(); }
  ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &Name, int64_t FileSize,
                                                   bool RequiresNullTerminator,
                                                   bool IsVolatile) override {
    auto Buffer = Of->getBuffer(Name, FileSize, RequiresNullTerminator, IsVolatile);
    if (Buffer)
      Into.read(Path, (*Buffer)->getBuffer());
    return Buffer;
  }
  std::error_code close() override { return Of->close(); }

private:
  std::unique_ptr<vfs::File> Of;
  const std::string Path;
  Inputs &Into;
};

class NotingFiles : public vfs::ProxyFileSystem {
public:
  NotingFiles(IntrusiveRefCntPtr<vfs::FileSystem> FS, Inputs &Into)
      : ProxyFileSystem(std::move(FS)), Into(Into) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    Into.asked(absolute(Path), bool(Status));
    return Status;
  }
  bool exists(const Twine &Path) override {
    const bool Is = ProxyFileSystem::exists(Path);
    Into.asked(absolute(Path), Is);
    return Is;
  }
  ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const Twine &Path) override {
    auto File = ProxyFileSystem::openFileForRead(Path);
    std::string Name = absolute(Path);
    Into.asked(Name, bool(File));
    if (!File)
      return File;
    return std::make_unique<NotingFile>(std::move(*File), std::move(Name), Into);
  }
  vfs::directory_iterator dir_begin(const Twine &Path, std::error_code &EC) override {
    std::string Name = absolute(Path);
    Into.listed(Name, namesIn(getUnderlyingFS(), Name));
    return ProxyFileSystem::dir_begin(Path, EC);
  }

private:
  std::string absolute(const Twine &Path) const {
    SmallString<256> Name;
    Path.toVector(Name);
    makeAbsolute(Name);
    return Name.str().str();
  }

  Inputs &Into;
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem> noting(IntrusiveRefCntPtr<vfs::FileSystem> FS, Inputs &Into) {
  return makeIntrusiveRefCnt<NotingFiles>(std::move(FS), Into);
}

} // namespace corolint
