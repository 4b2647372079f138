//===- Fixes.cpp - Edits of many units, applied once ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Fixes.h"
#include "base/Shown.h"
#include "knowledge/UserFile.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "clang/Format/Format.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;
using namespace clang;

namespace corolint {

static bool operator==(const Edit &A, const Edit &B) {
  return A.Path == B.Path && A.Offset == B.Offset && A.Length == B.Length && A.Text == B.Text;
}

/// Inserts lines of #include and nothing else: two fixes may need headers, even the same ones.
static bool isInclude(const Edit &E) {
  SmallVector<StringRef> Lines;
  StringRef(E.Text).split(Lines, '\n', -1, /*KeepEmpty=*/false);
  return !E.Length && !Lines.empty() &&
         all_of(Lines, [](StringRef Line) { return Line.starts_with("#include"); });
}

static bool collide(const Edit &A, const Edit &B) {
  if (A.Path != B.Path)
    return false;
  unsigned EndA = A.Offset + A.Length, EndB = B.Offset + B.Length;
  // Which of two insertions at one place comes first decides what the code means.
  if (A.Offset == B.Offset && (!A.Length || !B.Length))
    return !(isInclude(A) && isInclude(B)) && A.Length == B.Length;
  return A.Offset < EndB && B.Offset < EndA;
}

Fixes::OfFile *Fixes::fileNamed(StringRef Path) {
  auto [Slot, New] = Files.try_emplace(Path.str());
  if (New) {
    auto Buffer = MemoryBuffer::getFile(Path);
    if (!Buffer) {
      Files.erase(Slot);
      return nullptr;
    }
    Slot->second.Before = (*Buffer)->getBuffer().str();
  }
  return &Slot->second;
}

std::string Fixes::whyNot(const Finding &F, Objection To, bool &IsAlsoAnothers) {
  IsAlsoAnothers = any_of(Taken, [&](const Fix &Other) { return Other.Of->Edits == F.Edits; });
  if (IsAlsoAnothers)
    return "";
  for (const Edit &E : F.Edits) {
    if (std::string Why = To(E.Path); !Why.empty())
      return "not fixed: that would change '" + shownPath(E.Path) + "', which " + Why;
    OfFile *File = fileNamed(E.Path);
    if (!File || E.Offset + E.Length > File->Before.size())
      return "not fixed: '" + shownPath(E.Path) + "' has changed since it was read";
    for (const Edit &Other : File->Edits)
      if (collide(E, Other))
        return "not fixed: the fix overlaps with another one; run --fix once more";
  }
  return "";
}

void Fixes::add(Finding &F, Objection To) {
  if (F.Edits.empty())
    return;
  bool IsAlsoAnothers = false;
  if (std::string Why = whyNot(F, To, IsAlsoAnothers); !Why.empty()) {
    F.Notes.push_back(
        {{Why, {F.What.At.Path, F.What.At.Line, F.What.At.Column, "", {}}}, "related", {}});
    return;
  }
  Taken.push_back({&F, IsAlsoAnothers});
  if (IsAlsoAnothers)
    return;
  for (const Edit &E : F.Edits)
    if (auto &Edits = Files[E.Path].Edits; !isInclude(E) || !is_contained(Edits, E))
      Edits.push_back(E);
}

std::vector<std::string> Fixes::files() const {
  std::vector<std::string> Result;
  for (const auto &[Path, File] : Files)
    if (!File.Edits.empty())
      Result.push_back(Path);
  return Result;
}

namespace {

/// A `.clang-format` is found, and not named by the user.
class StyleFiles : public vfs::ProxyFileSystem {
public:
  using ProxyFileSystem::ProxyFileSystem;

  ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const Twine &Path) override {
    if (!model::readUserFile(Path.str()).Text)
      return std::make_error_code(std::errc::operation_not_permitted);
    return ProxyFileSystem::openFileForRead(Path);
  }
};

} // namespace

Expected<std::string> Fixes::contentOf(StringRef Path, StringRef FormatStyle) const {
  const OfFile &File = Files.find(Path.str())->second;
  const bool HasCarriageReturns = StringRef(File.Before).contains("\r\n");
  tooling::Replacements All;
  Error Wrong = Error::success();
  auto Add = [&](unsigned Offset, unsigned Length, std::string Text) {
    if (HasCarriageReturns)
      Text = join(split(Text, '\n'), "\r\n");
    Wrong = joinErrors(std::move(Wrong), All.add(tooling::Replacement(Path, Offset, Length, Text)));
  };
  std::map<unsigned, std::set<std::string>> Includes; // the lines to insert at a place
  for (const Edit &E : File.Edits)
    if (isInclude(E))
      for (StringRef Line : split(StringRef(E.Text).rtrim('\n'), '\n'))
        Includes[E.Offset].insert(Line.str());
    else
      Add(E.Offset, E.Length, E.Text);
  for (const auto &[Offset, Lines] : Includes)
    Add(Offset, 0, join(Lines, "\n") + "\n");
  if (Wrong)
    return Wrong;
  // Whoever wrote the project would choose any file of this machine, and a message show it.
  if (FormatStyle.starts_with("file:"))
    return createStringError("FormatStyle names a file; 'file' alone means .clang-format");
  auto FS = makeIntrusiveRefCnt<StyleFiles>(vfs::getRealFileSystem());
  auto Style = format::getStyle(FormatStyle, Path, "none", File.Before, FS.get(),
                                /*AllowUnknownOptions=*/false,
                                [](const SMDiagnostic &D, void *) { printShown(D, errs()); });
  if (!Style)
    return Style.takeError();
  auto Formatted = format::formatReplacements(File.Before, All, *Style);
  if (!Formatted)
    return Formatted.takeError();
  return tooling::applyAllReplacements(File.Before, *Formatted);
}

std::vector<size_t> Fixes::wanted() const {
  std::vector<size_t> Result;
  for (auto [Number, F] : enumerate(Taken))
    if (!F.IsLeftOut && !F.IsAlsoAnothers)
      Result.push_back(Number);
  return Result;
}

void Fixes::tryOnly(ArrayRef<size_t> Numbers) {
  for (auto &[Name, File] : Files)
    File.Edits.clear();
  Tried.clear();
  copy_if(Numbers, std::back_inserter(Tried),
          [&](size_t Number) { return !Taken[Number].IsLeftOut; });
  for (size_t Number : Tried)
    for (const Edit &E : Taken[Number].Of->Edits)
      if (auto &Edits = Files[E.Path].Edits; !is_contained(Edits, E))
        Edits.push_back(E);
}

std::vector<std::string> Fixes::filesOf(size_t Number) const {
  std::vector<std::string> Result;
  for (const Edit &E : Taken[Number].Of->Edits)
    if (!is_contained(Result, E.Path))
      Result.push_back(E.Path);
  return Result;
}

std::string Fixes::placeOf(size_t Number) const {
  const Place &At = Taken[Number].Of->What.At;
  return (shownPath(At.Path) + ":" + Twine(At.Line) + ":" + Twine(At.Column)).str();
}

void Fixes::leaveOut(function_ref<bool(const Fix &)> Which, const Twine &Why) {
  for (Fix &F : Taken) {
    if (F.IsLeftOut || !Which(F))
      continue;
    F.IsLeftOut = true;
    F.Of->Notes.push_back({("not fixed: " + Why).str(),
                           {F.Of->What.At.Path, F.Of->What.At.Line, F.Of->What.At.Column, "", {}}});
  }
  tryOnly(std::vector<size_t>(Tried));
}

void Fixes::leaveOut(size_t Number, const Twine &Why) {
  const std::vector<Edit> Edits = Taken[Number].Of->Edits;
  leaveOut([&](const Fix &F) { return F.Of->Edits == Edits; }, Why);
}

void Fixes::drop(StringRef Path, const Twine &Why) {
  // A fix of several files goes as a whole; what shares an edit with it goes along.
  leaveOut(
      [&](const Fix &F) {
        return any_of(F.Of->Edits, [&](const Edit &E) { return E.Path == Path; });
      },
      Why);
}

static constexpr llvm::StringLiteral LeftoverMark = ".corolint-";

std::vector<std::string> leftovers(StringRef Folder) {
  std::vector<std::string> Result;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Folder, EC, /*follow_symlinks=*/false), End; !EC && I != End;
       I.increment(EC)) {
    auto [Of, Random] = StringRef(I->path()).rsplit(LeftoverMark);
    struct stat Status;
    if (Random.size() != 6 || !all_of(Random, [](char C) { return isHexDigit(C); }) ||
        !sys::fs::exists(Of) || lstat(I->path().c_str(), &Status) || !S_ISREG(Status.st_mode))
      continue;
    int FD = open(I->path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (FD < 0)
      continue;
    if (!flock(FD, LOCK_EX | LOCK_NB))
      Result.push_back(I->path());
    close(FD);
  }
  llvm::sort(Result);
  return Result;
}

/// The new content beside the file, with its owner and permissions.
static Expected<sys::fs::TempFile> prepare(StringRef Path, StringRef Before, StringRef Content) {
  auto Now = MemoryBuffer::getFile(Path);
  if (!Now)
    return errorCodeToError(Now.getError());
  if ((*Now)->getBuffer() != Before)
    return createStringError("it has changed since it was read");
  sys::fs::file_status Status;
  if (std::error_code EC = sys::fs::status(Path, Status))
    return errorCodeToError(EC);
  // The folder's permissions decide whether a file can be replaced; the file's own say whether that
  // is wanted.
  if (std::error_code EC = sys::fs::access(Path, sys::fs::AccessMode::Write))
    return errorCodeToError(EC);
  auto Temporary = sys::fs::TempFile::create(Path + LeftoverMark + "%%%%%%");
  if (!Temporary)
    return Temporary.takeError();
  raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
  Out << Content;
  Out.flush();
  std::error_code EC = Out.error();
  Out.clear_error();
  // As long as we live it is locked, so that it is told from what a run that was killed left.
  flock(Temporary->FD, LOCK_EX | LOCK_NB);
  if (!EC && (Status.getUser() != geteuid() || Status.getGroup() != getegid()) &&
      fchown(Temporary->FD, Status.getUser(), Status.getGroup()))
    EC = std::error_code(errno, std::generic_category());
  if (!EC)
    EC = sys::fs::setPermissions(Temporary->FD, Status.permissions());
  if (EC) {
    consumeError(Temporary->discard());
    return errorCodeToError(EC);
  }
  return Temporary;
}

Error Fixes::write(const std::map<std::string, std::string> &Contents, std::string &Culprit) {
  std::map<std::string, sys::fs::TempFile> Prepared;
  Error Result = Error::success();
  for (const auto &[Path, Content] : Contents) {
    auto Temporary = prepare(Path, Files[Path].Before, Content);
    if (!Temporary) {
      Culprit = Path;
      Result = joinErrors(std::move(Result), Temporary.takeError());
      break;
    }
    Prepared.try_emplace(Path, std::move(*Temporary));
  }
  for (auto &[Path, Temporary] : Prepared) {
    if (!Culprit.empty()) {
      consumeError(Temporary.discard());
    } else if (Error Wrong = Temporary.keep(Path)) {
      Culprit = Path;
      Result = joinErrors(std::move(Result), std::move(Wrong));
    }
  }
  return Result;
}

void Fixes::settle() {
  for (const Fix &F : Taken)
    F.Of->Fixed = !F.IsLeftOut;
}

} // namespace corolint
