//===- ReplacedFiles.cpp - Files as they would be ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/ReplacedFiles.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>

using namespace llvm;

namespace corolint {
namespace {

class ReplacedFile : public vfs::File {
public:
  ReplacedFile(vfs::Status S, MemoryBufferRef Content) : S(std::move(S)), Content(Content) {}

  ErrorOr<vfs::Status> status() override { return S; }
  ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &Name, int64_t, bool,
                                                   bool) override {
    return MemoryBuffer::getMemBufferCopy(Content.getBuffer(), Name);
  }
  std::error_code close() override { return {}; }

private:
  vfs::Status S;
  MemoryBufferRef Content;
};

class ReplacedFiles : public vfs::ProxyFileSystem {
public:
  ReplacedFiles(IntrusiveRefCntPtr<vfs::FileSystem> FS,
                ArrayRef<std::pair<std::string, std::string>> Files)
      : ProxyFileSystem(std::move(FS)) {
    for (const auto &[Path, By] : Files) {
      auto Status = ProxyFileSystem::status(Path);
      auto Buffer = MemoryBuffer::getFile(By);
      if (Status && Buffer)
        Contents[Status->getUniqueID()] = std::move(*Buffer);
    }
  }

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    if (const MemoryBuffer *Content = Status ? contentOf(*Status) : nullptr)
      return vfs::Status::copyWithNewSize(*Status, Content->getBufferSize());
    return Status;
  }

  ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    if (const MemoryBuffer *Content = Status ? contentOf(*Status) : nullptr)
      return std::make_unique<ReplacedFile>(
          vfs::Status::copyWithNewSize(*Status, Content->getBufferSize()), *Content);
    return ProxyFileSystem::openFileForRead(Path);
  }

private:
  const MemoryBuffer *contentOf(const vfs::Status &S) const {
    auto Found = Contents.find(S.getUniqueID());
    return Found == Contents.end() ? nullptr : Found->second.get();
  }

  std::map<sys::fs::UniqueID, std::unique_ptr<MemoryBuffer>> Contents;
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem>
withReplacedFiles(IntrusiveRefCntPtr<vfs::FileSystem> FS,
                  ArrayRef<std::pair<std::string, std::string>> Files) {
  if (Files.empty())
    return FS;
  // One that is gone from the disk is seen where it was.
  auto Gone = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  if (auto Here = FS->getCurrentWorkingDirectory())
    Gone->setCurrentWorkingDirectory(*Here);
  bool Any = false;
  for (const auto &[Path, By] : Files)
    if (!FS->exists(Path))
      if (auto Buffer = MemoryBuffer::getFile(By)) {
        Gone->addFile(Path, /*ModificationTime=*/0, std::move(*Buffer));
        Any = true;
      }
  if (Any) {
    auto Both = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(Gone);
    Both->pushOverlay(std::move(FS));
    FS = std::move(Both);
  }
  return makeIntrusiveRefCnt<ReplacedFiles>(std::move(FS), Files);
}

} // namespace corolint
