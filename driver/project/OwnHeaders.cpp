//===- OwnHeaders.cpp - The headers that corolint brings -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/OwnHeaders.h"
#include "base/Embedded.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;

namespace corolint {

static constexpr StringLiteral Folder = "/corolint-built-in/include";

IntrusiveRefCntPtr<vfs::FileSystem> withOwnHeaders(IntrusiveRefCntPtr<vfs::FileSystem> FS) {
  auto Ours = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  for (const EmbeddedFile &Header : embeddedHeaders())
    Ours->addFile(Folder + "/corolint/" + Header.Name, /*ModificationTime=*/0,
                  MemoryBuffer::getMemBuffer(Header.Text, Header.Name));
  // Relative paths start where they did: the lower one says where that is.
  if (auto Here = FS->getCurrentWorkingDirectory())
    Ours->setCurrentWorkingDirectory(*Here);
  // Ours lies below: what is on the disk comes first.
  auto Both = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(Ours);
  Both->pushOverlay(std::move(FS));
  return Both;
}

void lookForOwnHeaders(clang::HeaderSearchOptions &Options) {
  Options.AddPath(Folder, clang::frontend::After, /*IsFramework=*/false, /*IgnoreSysRoot=*/true);
}

} // namespace corolint
