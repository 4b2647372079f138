//===- Changes.cpp - What changed since a revision, as git says ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project/Changes.h"
#include "base/Shown.h"
#include "output/Paths.h"
#include "output/Say.h"
#include "project/SourceNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <unistd.h>

using namespace llvm;

namespace corolint {

bool Changes::isNew(StringRef File) const {
  auto Found = Files.find(File.str());
  return Found != Files.end() && Found->second.IsNew;
}

bool Changes::hasLine(StringRef File, unsigned Line) const {
  auto Found = Files.find(File.str());
  return Found != Files.end() &&
         (Found->second.IsNew || any_of(Found->second.Lines, [&](auto Each) {
            return Line >= Each.first && Line <= Each.second;
          }));
}

std::string Changes::oldName(StringRef File) const {
  auto Found = Files.find(File.str());
  return Found == Files.end() || Found->second.OldName.empty() ? File.str() : Found->second.OldName;
}

std::vector<std::string> Changes::files() const {
  std::vector<std::string> Result;
  for (const auto &Each : Files)
    Result.push_back(Each.first);
  return Result;
}

/// One question after the other.
class GitReader {
public:
  GitReader(const std::function<std::string(std::string)> &Scratch) : Scratch(Scratch) {}

  std::optional<Changes> read(StringRef Revision) {
    auto Found = sys::findProgramByName("git");
    if (!Found) {
      sayError()
          << "--diff and --new-from ask git, and there is none in PATH; install it, or name the "
             "files that changed\n";
      return std::nullopt;
    }
    Git = *Found;
    auto Top = ask({"rev-parse", "--show-toplevel"});
    if (!Top) {
      sayError()
          << "--diff and --new-from: the current folder is in no repository of git that can be "
             "read: "
          << Why << "\n";
      return std::nullopt;
    }
    StringRef Folder = *Top;
    Folder.consume_back("\n");
    Root = canonicalPath(Folder);
    silenceFilters();
    const std::optional<std::string> Base = baseOf(Revision);
    if (!Base)
      return std::nullopt;
    const std::string &From = *Base;

    auto Diff = ask({"diff", "--no-ext-diff", "--no-textconv", "--text", "--no-color",
                     "--no-relative", "--patch-with-raw", "--no-abbrev", "-z", "-M", "-U0",
                     "--inter-hunk-context=0", "--ignore-submodules", "-O/dev/null",
                     "--src-prefix=a/", "--dst-prefix=b/", From, "--"});
    auto Untracked = ask({"ls-files", "-z", "--others", "--exclude-standard", "--full-name"}, Root);
    if (!Diff || !Untracked) {
      return cannotCompare(Revision);
    }
    takeRaw(*Diff);
    for (StringRef Each : split(*Untracked, '\0'))
      if (!Each.empty() && !sys::fs::is_symlink_file(absolute(Each)))
        fileNamed(Each).IsNew = true;
    dropUnchanged();
    if (!takeBlobs()) {
      return cannotCompare(Revision);
    }
    return std::move(Result);
  }

private:
  /// What a revision and HEAD have in common; nothing, and said, if that is not known.
  std::optional<std::string> baseOf(StringRef Revision) {
    auto Commit = ask(
        {"rev-parse", "--verify", "--quiet", "--end-of-options", (Revision + "^{commit}").str()});
    if (!Commit && Revision == "HEAD" && ask({"symbolic-ref", "--quiet", "HEAD"})) {
      Result.Name = "the beginning"; // before the first commit all is new
      auto Empty = ask({"hash-object", "-t", "tree", "--stdin"});
      return Empty ? std::optional(StringRef(*Empty).rtrim().str()) : std::nullopt;
    }
    if (!Commit) {
      sayError() << "git knows no revision '" << shown(Revision) << "'"
                 << (isShallow()
                         ? "; the clone is shallow: 'git fetch --unshallow' gets its history"
                         : "; 'git fetch' gets what the remote has, 'git log' shows what is "
                           "here")
                 << "\n";
      return std::nullopt;
    }
    std::string From = StringRef(*Commit).rtrim().str();
    if (auto Base = ask({"merge-base", From, "HEAD"})) {
      From = StringRef(*Base).rtrim().str();
    } else if (isShallow()) {
      // What both have in common may be in what was not fetched: all of it would look new.
      sayError() << "git does not know where '" << shown(Revision)
                 << "' and HEAD part; the clone is "
                 << "shallow: 'git fetch --unshallow' gets its history\n";
      return std::nullopt;
    }
    Result.Name = (Revision + " (" + StringRef(From).take_front(8) + ")").str();
    return From;
  }

  std::optional<Changes> cannotCompare(StringRef Revision) const {
    sayError()
        << "git could not compare with '" << shown(Revision) << "': " << Why
        << (StringRef(Why).contains("not allowed")
                ? "; old files are missing in this clone, and corolint fetches nothing: 'git "
                  "diff " +
                      shown(Revision) + "' gets them"
                : std::string())
        << "\n";
    return std::nullopt;
  }

  /// A filter that makes what is committed of a file is a program, and named by the repository.
  void silenceFilters() {
    auto Keys = ask({"config", "-z", "--name-only", "--get-regexp",
                     "^filter\\..*\\.(clean|smudge|process|required)$"});
    if (!Keys)
      return; // there is none
    for (StringRef Key : split(*Keys, '\0'))
      if (!Key.empty())
        Settings.emplace_back(Key.str(), Key.ends_with(".required") ? "false" : "");
  }

  /// The environment of git: ours, and what a repository's own configuration must not have.
  std::vector<std::string> environmentOfGit() const {
    std::vector<std::string> Result;
    unsigned Count = 0;
    for (char **Each = environ; *Each; ++Each) {
      StringRef Name = StringRef(*Each).split('=').first;
      if (Name == "GIT_CONFIG_COUNT")
        (void)StringRef(*Each).split('=').second.getAsInteger(10, Count);
      else if (Name != "GIT_OPTIONAL_LOCKS" && Name != "GIT_ALLOW_PROTOCOL" &&
               Name != "GIT_EXTERNAL_DIFF" && Name != "GIT_DIFF_OPTS")
        Result.push_back(*Each);
    }
    for (const auto &[Key, Value] : Settings) {
      Result.push_back("GIT_CONFIG_KEY_" + std::to_string(Count) + "=" + Key);
      Result.push_back("GIT_CONFIG_VALUE_" + std::to_string(Count++) + "=" + Value);
    }
    Result.push_back("GIT_CONFIG_COUNT=" + std::to_string(Count));
    // Nothing is written, and nothing is fetched, by whichever helper.
    Result.push_back("GIT_OPTIONAL_LOCKS=0");
    Result.push_back("GIT_ALLOW_PROTOCOL=none");
    return Result;
  }

  std::optional<std::string> ask(std::vector<std::string> Words, StringRef Folder = "",
                                 StringRef Input = "") {
    const std::string Out = Scratch("git-out"), Errors = Scratch("git-errors");
    // LLVM writes over what is there, and leaves the rest of it.
    sys::fs::remove(Out);
    sys::fs::remove(Errors);
    std::vector<std::string> All = {Git};
    if (!Folder.empty())
      All.insert(All.end(), {"-C", Folder.str()});
    append_range(All, Words);
    std::vector<StringRef> Arguments(All.begin(), All.end());
    const std::vector<std::string> Environment = environmentOfGit();
    const std::vector<StringRef> Variables(Environment.begin(), Environment.end());
    std::optional<StringRef> Redirects[] = {Input, StringRef(Out), StringRef(Errors)};
    const int Code = sys::ExecuteAndWait(Git, Arguments, ArrayRef(Variables), Redirects);
    if (Code == 0) {
      auto Buffer = MemoryBuffer::getFile(Out);
      return Buffer ? (*Buffer)->getBuffer().str() : std::string();
    }
    auto Said = MemoryBuffer::getFile(Errors);
    Why = Said ? shown((*Said)->getBuffer().trim().split('\n').first) : "it could not be run";
    if (Why.empty())
      Why = "exit code " + std::to_string(Code);
    return std::nullopt;
  }

  bool isShallow() {
    auto Answer = ask({"rev-parse", "--is-shallow-repository"});
    return Answer && StringRef(*Answer).starts_with("true");
  }

  std::string absolute(StringRef Name) const {
    SmallString<256> Path(Root);
    sys::path::append(Path, Name);
    return Path.str().str();
  }
  Changes::Changed &fileNamed(StringRef Name) { return Result.Files[absolute(Name)]; }

  /// ":100644 100644 abcd… 0000… M\0name\0", a line for each file; then the patch.
  void takeRaw(StringRef Text) {
    while (Text.consume_front(":")) {
      auto [Head, Rest] = Text.split('\0');
      SmallVector<StringRef> Words;
      Head.split(Words, ' ');
      if (Words.size() != 5)
        return;
      StringRef Name, NewName;
      std::tie(Name, Rest) = Rest.split('\0');
      const char Status = Words[4].empty() ? 'X' : Words[4].front();
      if (Status == 'R' || Status == 'C')
        std::tie(NewName, Rest) = Rest.split('\0');
      Text = Rest;
      const bool IsLink = Words[0] == "120000" || Words[1] == "120000";
      if (IsLink || Words[0] == "160000" || Words[1] == "160000")
        continue;
      if (Status != 'D') {
        Changes::Changed &File = fileNamed(NewName.empty() ? Name : NewName);
        File.IsNew = Status == 'A';
        File.IsTouched = Status == 'M';
        if (Status == 'R')
          File.OldName = absolute(Name);
      }
      if (Status == 'R' || Status == 'D')
        Result.Gone.push_back(absolute(Name));
      if (Status == 'A' || !mayBeIncluded(Name))
        continue;
      if (Status != 'D')
        Blobs.emplace_back(absolute(NewName.empty() ? Name : NewName), Words[2]);
      // Who included it by its old name still has to find it.
      if (Status == 'R' || Status == 'D')
        Blobs.emplace_back(absolute(Name), Words[2]);
    }
    Text.consume_front(StringRef("\0", 1));
    takePatch(Text);
  }

  /// As git writes names in a patch: in quotes, as in C, if there is anything unusual in them.
  static std::string unquoted(StringRef Name) {
    if (!Name.consume_front("\"")) {
      Name.consume_back("\t");
      return Name.str();
    }
    std::string Result;
    while (!Name.empty() && Name.front() != '"') {
      if (!Name.consume_front("\\")) {
        Result += Name.front();
        Name = Name.drop_front();
        continue;
      }
      unsigned Byte = 0;
      if (const size_t At = StringRef("abtnvfr").find(Name.front()); At != StringRef::npos)
        Result += "\a\b\t\n\v\f\r"[At];
      else if (!Name.take_front(3).getAsInteger(8, Byte))
        Result += char(Byte);
      else
        Result += Name.front();
      Name = Name.drop_front(isDigit(Name.front()) ? std::min<size_t>(3, Name.size()) : 1);
    }
    return Result;
  }

  /// What only its time says of it: git would look closer, and note in its index that it did.
  void dropUnchanged() {
    std::erase_if(Result.Files, [](const auto &Each) { return Each.second.IsTouched; });
    erase_if(Blobs, [&](const auto &Each) {
      return !Result.Files.count(Each.first) && !is_contained(Result.Gone, Each.first);
    });
  }

  /// What lines are new: "+++ b/name" and "@@ -3,2 +3,4 @@", each followed by as many lines as it
  /// says.
  void takePatch(StringRef Text) {
    Changes::Changed *File = nullptr;
    unsigned Skip = 0;
    while (!Text.empty()) {
      StringRef Line;
      std::tie(Line, Text) = Text.split('\n');
      if (Line.starts_with("\\"))
        continue;
      if (Skip) {
        --Skip;
        continue;
      }
      if (Line.consume_front("+++ ")) {
        const std::string Name = unquoted(Line);
        StringRef Rest = Name;
        File = Rest.consume_front("b/") ? &fileNamed(Rest) : nullptr;
        if (File)
          File->IsTouched = false;
      } else if (Line.consume_front("@@ -")) {
        auto [Old, New] = Line.split(" +");
        unsigned First = 0, Count = 1, OldCount = 1;
        auto [OldFirst, OldNumber] = Old.split(',');
        auto [NewFirst, NewNumber] = New.split(' ').first.split(',');
        if (NewFirst.getAsInteger(10, First) ||
            (!NewNumber.empty() && NewNumber.getAsInteger(10, Count)) ||
            (!OldNumber.empty() && OldNumber.getAsInteger(10, OldCount)))
          continue;
        Skip = Count + OldCount;
        if (File && Count)
          File->Lines.emplace_back(First, First + Count - 1);
      }
    }
  }

  bool takeBlobs() {
    if (Blobs.empty())
      return true;
    const std::string List = Scratch("git-blobs");
    {
      std::error_code EC;
      raw_fd_ostream Out(List, EC);
      if (EC) {
        Why = EC.message();
        return false;
      }
      for (const auto &Each : Blobs)
        Out << Each.second << "\n";
    }
    auto Answer = ask({"cat-file", "--batch"}, Root, List);
    if (!Answer)
      return false;
    StringRef Rest = *Answer;
    for (const auto &[File, Hash] : Blobs) {
      StringRef Head;
      std::tie(Head, Rest) = Rest.split('\n');
      size_t Size = 0;
      if (Head.rsplit(' ').second.getAsInteger(10, Size) || Size > Rest.size()) {
        Why = shown(Head);
        return false;
      }
      const std::string Copy = Scratch("before-" + std::to_string(Result.Before.size()));
      std::error_code EC;
      raw_fd_ostream Out(Copy, EC);
      if (EC) {
        Why = EC.message();
        return false;
      }
      Out << Rest.take_front(Size);
      Rest = Rest.drop_front(std::min(Rest.size(), Size + 1));
      Result.Before.emplace_back(File, Copy);
    }
    return true;
  }

  const std::function<std::string(std::string)> &Scratch;
  std::string Git, Root, Why;
  std::vector<std::pair<std::string, std::string>> Settings = {{"core.fsmonitor", "false"},
                                                               {"core.hooksPath", "/dev/null"},
                                                               {"diff.autoRefreshIndex", "false"}};
  std::vector<std::pair<std::string, std::string>>
      Blobs; ///< a file, and what git calls its content
  Changes Result;
};

std::optional<Changes> Changes::since(StringRef Revision,
                                      const std::function<std::string(std::string)> &Scratch) {
  return GitReader(Scratch).read(Revision);
}

} // namespace corolint
