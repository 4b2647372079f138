//===- CacheKey.cpp - What a result in the cache is found by ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/CacheKey.h"
#include "output/Paths.h"
#include "project/Inputs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <cstdlib>
#include <elf.h>
#include <link.h>

using namespace llvm;

namespace corolint {
namespace {

/// What the linker says of this very program; of a program without it, the hash of the file.
std::string buildOfTool() {
  std::string Id;
  dl_iterate_phdr(
      [](dl_phdr_info *Info, size_t, void *Into) {
        for (int I = 0; I < Info->dlpi_phnum; ++I) {
          const ElfW(Phdr) &P = Info->dlpi_phdr[I];
          if (P.p_type != PT_NOTE)
            continue;
          const char *At = reinterpret_cast<const char *>(Info->dlpi_addr + P.p_vaddr);
          const char *End = At + P.p_memsz;
          while (At + sizeof(ElfW(Nhdr)) <= End) {
            const auto *Note = reinterpret_cast<const ElfW(Nhdr) *>(At);
            const char *Name = At + sizeof *Note;
            const char *Text = Name + alignTo(Note->n_namesz, 4);
            if (Note->n_type == NT_GNU_BUILD_ID && StringRef(Name, 3) == "GNU")
              *static_cast<std::string *>(Into) = toHex(StringRef(Text, Note->n_descsz));
            At = Text + alignTo(Note->n_descsz, 4);
          }
        }
        return 1; // the first is the program itself
      },
      &Id);
  if (!Id.empty())
    return Id;
  static int Anchor;
  auto Self = MemoryBuffer::getFile(sys::fs::getMainExecutable("corolint", &Anchor));
  return Self ? hashOf((*Self)->getBuffer()) : "";
}

bool continuesName(char C) {
  return isAlnum(C) || C == '-' || C == '_' || C == '.' || C == '+' || C == '~';
}

} // namespace

std::string rootOf(const Unit &U) {
  if (std::string Repository = repositoryOf(U.File); !Repository.empty())
    return Repository;
  StringRef Folder = sys::path::parent_path(U.File);
  while (Folder.size() > 1 && !isAtOrBelow(U.Directory, Folder))
    Folder = sys::path::parent_path(Folder);
  return Folder.size() > 1 ? Folder.str() : "";
}

std::string replaced(StringRef Text, StringRef From, StringRef To) {
  std::string Result;
  if (From.empty())
    return Text.str();
  Result.reserve(Text.size());
  while (true) {
    size_t At = Text.find(From);
    if (At == StringRef::npos)
      return Result += Text;
    const size_t End = At + From.size();
    const bool Whole = End == Text.size() || !continuesName(Text[End]);
    Result += Text.take_front(At);
    Result += Whole ? To : From;
    Text = Text.drop_front(End);
  }
}

std::string inJson(StringRef Path) {
  std::string Text;
  raw_string_ostream(Text) << json::Value(json::fixUTF8(Path));
  return StringRef(Text).drop_front().drop_back().str();
}

std::string keyOf(const Job &J, StringRef Root) {
  static const std::string Tool = buildOfTool();
  Job Asked = J;
  Asked.Timeout = 0;
  Asked.ModuleCache.clear();
  // What stands in for a file counts by what it is, not by where it was put.
  for (auto &[File, By] : Asked.Replaced) {
    auto Buffer = MemoryBuffer::getFile(By);
    By = Buffer ? hashOf((*Buffer)->getBuffer()) : "";
  }
  std::string Text;
  raw_string_ostream Out(Text);
  Out << toJSON(Asked);
  std::string Key = Tool + "\n" + replaced(Text, inJson(Root), RootMark);
  // What Clang's driver takes from the environment.
  for (const char *Name : {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJCPLUS_INCLUDE_PATH",
                           "COMPILER_PATH", "GCC_EXEC_PREFIX", "SDKROOT"})
    if (const char *Value = std::getenv(Name))
      Key += "\n" + std::string(Name) + "=" + replaced(Value, Root, RootMark);
  return hashOf(Key);
}

} // namespace corolint
