//===- RegularFiles.cpp - A file system without pipes and devices --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/RegularFiles.h"

using namespace llvm;

namespace corolint {
namespace {

class RegularFiles : public vfs::ProxyFileSystem {
public:
  using ProxyFileSystem::ProxyFileSystem;

  ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    if (!Status)
      return Status.getError();
    // Opening it would wait already.
    if (Status->getType() != sys::fs::file_type::regular_file && !Status->isDirectory() &&
        Path.str() != "/dev/null")
      return std::make_error_code(std::errc::operation_not_permitted);
    return ProxyFileSystem::openFileForRead(Path);
  }
};

} // namespace

IntrusiveRefCntPtr<vfs::FileSystem> regularFiles() {
  return makeIntrusiveRefCnt<RegularFiles>(vfs::getRealFileSystem());
}

} // namespace corolint
