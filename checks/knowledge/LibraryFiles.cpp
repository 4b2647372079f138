//===- LibraryFiles.cpp - Knowledge that libraries bring along --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/LibraryFiles.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace llvm;

namespace corolint::model {
namespace {

class LibraryFileFinder {
public:
  explicit LibraryFileFinder(vfs::FileSystem &FS) : FS(FS) {}

  void addBeside(StringRef Folder) {
    if (!Looked.insert(Folder).second)
      return;
    addIn(Folder);
    // /opt/acme/include/acme/detail: /opt/acme/share/corolint
    for (StringRef Above = Folder; Above != sys::path::root_path(Above) && !Above.empty();
         Above = sys::path::parent_path(Above))
      if (sys::path::filename(Above) == "include") {
        SmallString<128> Share(sys::path::parent_path(Above));
        sys::path::append(Share, "share", "corolint");
        if (Looked.insert(Share).second)
          addIn(Share);
        break;
      }
  }

  std::vector<std::string> take() {
    llvm::sort(Found);
    return std::move(Found);
  }

private:
  void addIn(StringRef Folder) {
    std::error_code Error; // a folder that is not there has nothing to say
    for (vfs::directory_iterator At = FS.dir_begin(Folder, Error), End; !Error && At != End;
         At.increment(Error)) {
      StringRef Name = sys::path::filename(At->path());
      if (Name.size() > LibraryFileSuffix.size() && Name.ends_with(LibraryFileSuffix))
        Found.push_back(At->path().str());
    }
  }

  vfs::FileSystem &FS;
  StringSet<> Looked;
  std::vector<std::string> Found;
};

/// As libraryFiles() names it: absolute, without dots.
SmallString<256> fullName(StringRef Name, const clang::SourceManager &SM) {
  SmallString<256> Path(Name);
  SM.getFileManager().makeAbsolutePath(Path);
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path;
}

bool isBelow(clang::SourceLocation Loc, const clang::SourceManager &SM, StringRef Folder) {
  const SmallString<256> Path = fullName(SM.getFilename(SM.getExpansionLoc(Loc)), SM);
  StringRef Rest = Path;
  return Rest.consume_front(Folder) && sys::path::is_separator(Rest.front());
}

} // namespace

std::string folderOfLibraryFile(StringRef Path) {
  StringRef Folder = sys::path::parent_path(Path), Above = sys::path::parent_path(Folder);
  if (sys::path::filename(Folder) != "corolint" || sys::path::filename(Above) != "share")
    return Folder.str();
  SmallString<128> Include(sys::path::parent_path(Above));
  sys::path::append(Include, "include");
  return Include.str().str();
}

bool isDeclaredBelow(const clang::NamedDecl &D, StringRef Folder) {
  const clang::SourceManager &SM = D.getASTContext().getSourceManager();
  if (const auto *Tag = dyn_cast<clang::TagDecl>(&D))
    if (const clang::TagDecl *Definition = Tag->getDefinition())
      return isBelow(Definition->getLocation(), SM, Folder);
  bool Any = false;
  for (const clang::Decl *Each : D.redecls()) {
    if (Each->getLocation().isInvalid())
      continue; // of a builtin
    if (isBelow(Each->getLocation(), SM, Folder)) {
      Any = true;
      continue;
    }
    const auto *F = dyn_cast<clang::FunctionDecl>(Each);
    if (!F || !F->getQualifier() || !F->isThisDeclarationADefinition())
      return false;
  }
  return Any;
}

std::vector<std::string> libraryFiles(const clang::SourceManager &SM) {
  LibraryFileFinder F(SM.getFileManager().getVirtualFileSystem());
  for (auto Each = SM.fileinfo_begin(); Each != SM.fileinfo_end(); ++Each) {
    F.addBeside(sys::path::parent_path(fullName(Each->first.getName(), SM)));
  }
  return F.take();
}

} // namespace corolint::model
