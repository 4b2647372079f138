//===- Nolint.cpp - NOLINT comments that name our rules -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run/Nolint.h"
#include "output/Paths.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <set>

using namespace llvm;

namespace corolint {
namespace {

constexpr llvm::StringLiteral Prefix = "coro-";

bool isWord(char C) {
  return isAlnum(C) || C == '_';
}

/// The rules of "(a, coro-b)" that are ours; nothing without a list, which may mean anybody's.
std::vector<std::string> rulesIn(StringRef Behind) {
  std::vector<std::string> Result;
  if (!Behind.consume_front("("))
    return Result;
  for (StringRef Each : split(Behind.take_until([](char C) { return C == ')'; }), ','))
    if (StringRef Rule = Each.trim(); Rule.starts_with(Prefix))
      Result.push_back(Rule.str());
  return Result;
}

} // namespace

std::vector<Nolint> nolintsOf(StringRef Text, StringRef Path) {
  std::vector<Nolint> Result;
  std::vector<Nolint> Open;
  std::set<unsigned> OfMacros; // lines
  bool GoesOn = false;         // the line before ends in a backslash
  unsigned Number = 0;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    Line = Line.rtrim('\r');
    ++Number;
    StringRef Directive = Line.ltrim();
    if (GoesOn || (Directive.consume_front("#") && Directive.ltrim().starts_with("define")))
      OfMacros.insert(Number);
    GoesOn = Line.ends_with("\\");
    for (size_t At = Line.find("NOLINT"); At != StringRef::npos; At = Line.find("NOLINT", At + 6)) {
      if (At && isWord(Line[At - 1]))
        continue;
      StringRef Rest = Line.drop_front(At);
      StringRef Word = Rest.take_while(isWord);
      Nolint Found;
      Found.Word = Word.str();
      Found.Rules = rulesIn(Rest.drop_front(Word.size()));
      Found.At = {Path.str(), Number, unsigned(At + 1), Line.str(), {}};
      if (Found.Rules.empty())
        continue;
      Found.First = Found.Last = Number + (Word == "NOLINTNEXTLINE");
      if (Word == "NOLINTEND") {
        auto Begin =
            find_if(reverse(Open), [&](const Nolint &N) { return N.Rules == Found.Rules; });
        if (Begin != Open.rend()) {
          Begin->Last = Number;
          Result.push_back(std::move(*Begin));
          Open.erase(std::next(Begin).base());
        }
      } else if (Word == "NOLINTBEGIN") {
        Open.push_back(std::move(Found));
      } else if (Word == "NOLINT" || Word == "NOLINTNEXTLINE") {
        Result.push_back(std::move(Found));
      }
    }
  }
  for (Nolint &N : Result)
    if (auto Line = OfMacros.lower_bound(N.First); Line != OfMacros.end() && *Line <= N.Last)
      N.InMacro = true;
  return Result;
}

namespace {

/// A file whose lines get comments.
class Commented {
public:
  explicit Commented(StringRef Path) : Path(Path) {
    if (auto Buffer = MemoryBuffer::getFile(Path))
      Text = std::move(*Buffer);
    else
      Text = MemoryBuffer::getMemBuffer("");
    Lines = {0};
    StringRef All = Text->getBuffer();
    for (size_t At = All.find('\n'); At != StringRef::npos; At = All.find('\n', At + 1))
      Lines.push_back(At + 1);
  }

  StringRef line(unsigned Number) const {
    if (!Number || Number > Lines.size())
      return "";
    return Text->getBuffer().drop_front(Lines[Number - 1]).split('\n').first;
  }

  /// What would be written above the line, or into the comment that is there.
  std::optional<Edit> above(unsigned Number, ArrayRef<std::string> Rules, StringRef Reason) const {
    StringRef Line = line(Number), Above = line(Number - 1);
    // A comment ends a macro's line, and what follows is no part of it any more.
    if (Number > Lines.size() || Above.rtrim().ends_with("\\"))
      return std::nullopt;
    Edit E;
    E.Path = Path.str();
    StringRef Rest = Above;
    if (size_t At = Above.find("NOLINTNEXTLINE("); At != StringRef::npos) {
      const size_t End = Above.find(')', At);
      if (End == StringRef::npos)
        return std::nullopt;
      E.Line = Number - 1;
      E.Column = End + 1;
      E.Offset = Lines[Number - 2] + End;
      E.Text = ", " + join(Rules, ", ");
      return E;
    }
    if (isInString(Lines[Number - 1]))
      return std::nullopt;
    E.Line = Number;
    E.Column = 1;
    E.Offset = Lines[Number - 1];
    if (!E.Offset && Line.consume_front("\xEF\xBB\xBF")) // the mark of the encoding stays first
      E.Offset = 3;
    E.Text = (Line.take_while([](char C) { return C == ' ' || C == '\t'; }) + "// NOLINTNEXTLINE(" +
              join(Rules, ", ") + "): " + Reason + "\n") // Fixes ends it as the file's lines end
                 .str();
    return E;
  }

private:
  /// A raw string goes over lines, and what is written into it is part of it.
  bool isInString(unsigned Offset) const {
    StringRef All = Text->getBuffer();
    if (!All.contains("R\""))
      return false;
    clang::LangOptions Language;
    Language.CPlusPlus = Language.CPlusPlus11 = Language.RawStringLiterals = true;
    clang::Lexer Tokens(clang::SourceLocation(), Language, All.begin(), All.begin(), All.end());
    clang::Token Next;
    unsigned At = 0;
    for (bool AtEnd = false; !AtEnd && At < Offset; At = Tokens.getCurrentBufferOffset()) {
      AtEnd = Tokens.LexFromRawLexer(Next);
      const unsigned End = Tokens.getCurrentBufferOffset();
      if (clang::tok::isStringLiteral(Next.getKind()) && End > Offset &&
          End - Next.getLength() < Offset)
        return true;
    }
    return false;
  }

  StringRef Path;
  std::unique_ptr<MemoryBuffer> Text;
  std::vector<size_t> Lines;
};

} // namespace

void suppressAll(std::vector<Finding> &Findings, StringRef Reason) {
  std::map<std::string, std::map<unsigned, std::vector<Finding *>>> ByPlace;
  for (Finding &F : Findings) {
    F.Edits.clear();
    ByPlace[F.What.At.Path][F.What.At.Line].push_back(&F);
  }
  for (const auto &[Path, ByLine] : ByPlace) {
    Commented File(Path);
    for (const auto &[Line, Of] : ByLine) {
      std::vector<std::string> Rules;
      for (const Finding *F : Of)
        if (!is_contained(Rules, F->Rule))
          Rules.push_back(F->Rule);
      std::optional<Edit> E = File.above(Line, Rules, Reason);
      for (Finding *F : Of)
        if (E) {
          F->Edits = {*E};
        } else {
          Note Why;
          Why.Text = "not suppressed: the line goes on from the one above, in a macro or a string";
          Why.At = {Path, F->What.At.Line, F->What.At.Column, "", {}};
          Why.Kind = "related";
          F->Notes.push_back(std::move(Why));
        }
    }
  }
}

} // namespace corolint
