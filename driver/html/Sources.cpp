//===- Sources.cpp - The code that findings are in -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "html/Sources.h"
#include "html/Text.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorOr.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;

namespace corolint {
namespace {

/// A generated file of more is shown without colours.
constexpr size_t MostToLex = 8u << 20;
/// What a line shows at most: one of a megabyte is somebody's data.
constexpr size_t MostOfLine = 600;

Look lookOf(const clang::Token &T, clang::IdentifierTable &Names, bool &InDirective) {
  if (T.is(clang::tok::comment))
    return Look::Comment;
  if (T.is(clang::tok::hash) && T.isAtStartOfLine()) {
    InDirective = true;
    return Look::Directive;
  }
  if (T.is(clang::tok::raw_identifier)) {
    if (InDirective) {
      InDirective = false;
      return Look::Directive;
    }
    const bool IsName = Names.get(T.getRawIdentifier()).getTokenID() == clang::tok::identifier;
    return IsName ? Look::Plain : Look::Keyword;
  }
  InDirective = false;
  return clang::tok::isLiteral(T.getKind()) ? Look::Literal : Look::Plain;
}

std::vector<Look> looksOf(const MemoryBuffer &Text) {
  std::vector<Look> Result(Text.getBufferSize());
  clang::LangOptions Language;
  std::vector<std::string> Includes;
  clang::LangOptions::setLangDefaults(Language, clang::Language::CXX, Triple("x86_64-linux-gnu"),
                                      Includes, clang::LangStandard::lang_cxx23);
  clang::IdentifierTable Names(Language);
  clang::Lexer Lex(clang::SourceLocation(), Language, Text.getBufferStart(), Text.getBufferStart(),
                   Text.getBufferEnd());
  Lex.SetCommentRetentionState(true);
  bool InDirective = false;
  for (clang::Token T; !Lex.LexFromRawLexer(T) && T.isNot(clang::tok::eof);) {
    const size_t End = Lex.getBufferLocation() - Text.getBufferStart();
    const size_t Begin = End - std::min<size_t>(End, T.getLength());
    std::fill(Result.begin() + Begin, Result.begin() + End, lookOf(T, Names, InDirective));
  }
  return Result;
}

SourceText sourceIn(std::unique_ptr<MemoryBuffer> Text) {
  SourceText F;
  F.Text = std::move(Text);
  const StringRef All = F.Text->getBuffer();
  F.Starts.push_back(0);
  for (size_t At = All.find('\n'); At != StringRef::npos; At = All.find('\n', At + 1))
    F.Starts.push_back(At + 1);
  if (All.size() <= MostToLex)
    F.Looks = looksOf(*F.Text);
  return F;
}

SourceText readSource(StringRef Path) {
  SourceText F;
  // A name may be that of a pipe by now, and reading one waits.
  if (!sys::fs::is_regular_file(Path)) {
    F.Why = sys::fs::exists(Path) ? "it is no file" : "it is gone";
    return F;
  }
  ErrorOr<std::unique_ptr<MemoryBuffer>> Text = MemoryBuffer::getFile(Path);
  if (!Text) {
    F.Why = Text.getError().message();
    return F;
  }
  return sourceIn(std::move(*Text));
}

StringRef classOf(Look L) {
  switch (L) {
  case Look::Plain:
    return "";
  case Look::Keyword:
    return "k";
  case Look::Literal:
    return "l";
  case Look::Comment:
    return "c";
  case Look::Directive:
    return "d";
  }
  llvm_unreachable("all looks have a class");
}

bool isInsideCharacter(StringRef Text, size_t At) {
  return At < Text.size() && (static_cast<unsigned char>(Text[At]) & 0xC0) == 0x80;
}

} // namespace

StringRef SourceText::line(unsigned Number) const {
  if (!Text || Number == 0 || Number > Starts.size())
    return "";
  return Text->getBuffer()
      .drop_front(Starts[Number - 1])
      .take_until([](char C) { return C == '\n'; })
      .rtrim('\r');
}

Look SourceText::look(unsigned Line, unsigned Column) const {
  if (Line == 0 || Line > Starts.size())
    return Look::Plain;
  const size_t At = Starts[Line - 1] + Column - 1;
  return At < Looks.size() ? Looks[At] : Look::Plain;
}

bool SourceText::has(const Place &At) const {
  if (!Text || At.Line == 0 || At.Line > Starts.size())
    return false;
  // What is no UTF-8 came with '?' (UnitDiagnostics.cpp).
  std::string Now = line(At.Line).str();
  if (!json::isUTF8(Now))
    for (char &C : Now)
      if (static_cast<unsigned char>(C) >= 0x80)
        C = '?';
  return Now == At.Source;
}

unsigned SourceText::endOfToken(const Place &At) const {
  const StringRef Rest = StringRef(At.Source).drop_front(
      std::min<size_t>(At.Column ? At.Column - 1 : 0, At.Source.size()));
  size_t Length = 0;
  for (; Length < Rest.size(); ++Length)
    if (!isAlnum(Rest[Length]) && Rest[Length] != '_') {
      if (!Rest.drop_front(Length).starts_with("::"))
        break;
      ++Length;
    }
  return At.Column + std::max<size_t>(Length, 1);
}

SourceText sourceOf(StringRef Code) {
  return sourceIn(MemoryBuffer::getMemBufferCopy(Code));
}

const SourceText &Sources::of(StringRef Path) {
  auto [Found, New] = Files.try_emplace(Path.str());
  if (New)
    Found->second = readSource(Path);
  return Found->second;
}

std::string htmlLine(const SourceText &File, StringRef Text, unsigned Line,
                     ArrayRef<Marked> Marks) {
  size_t From = 0;
  if (Text.size() > MostOfLine && !Marks.empty() && Marks.front().Begin > MostOfLine / 2)
    From = std::min<size_t>(Text.size(), Marks.front().Begin - MostOfLine / 4);
  while (From > 0 && isInsideCharacter(Text, From))
    --From;
  size_t To = std::min(Text.size(), From + MostOfLine);
  while (To < Text.size() && isInsideCharacter(Text, To))
    ++To;
  auto markOf = [&](size_t At) {
    int Of = 0;
    for (const Marked &M : Marks)
      if (At + 1 >= M.Begin && At + 1 < M.End)
        Of = std::max(Of, M.Strong ? 2 : 1);
    return Of;
  };
  std::string Result = From ? "<i>…</i>" : "";
  for (size_t At = From; At < To;) {
    const int Mark = markOf(At);
    const Look As = File.look(Line, At + 1);
    size_t End = At + 1;
    while (End < To && (isInsideCharacter(Text, End) ||
                        (markOf(End) == Mark && File.look(Line, End + 1) == As)))
      ++End;
    std::string Piece = htmlCode(Text.slice(At, End));
    if (As != Look::Plain)
      Piece = "<span class=" + classOf(As).str() + ">" + Piece + "</span>";
    if (Mark)
      Piece = (Mark == 2 ? "<mark class=what>" : "<mark>") + Piece + "</mark>";
    Result += Piece;
    At = End;
  }
  return Result + (To < Text.size() ? "<i>…</i>" : "");
}

/// Lines of text, without their ends.
static std::vector<std::string> linesOf(StringRef Text) {
  std::vector<std::string> Result;
  SmallVector<StringRef> Lines;
  Text.split(Lines, '\n');
  for (StringRef Line : Lines)
    Result.push_back(Line.rtrim('\r').str());
  return Result;
}

std::vector<Change> changesBy(ArrayRef<Edit> Edits, const SourceText &File) {
  std::vector<const Edit *> Sorted;
  for (const Edit &E : Edits)
    Sorted.push_back(&E);
  // They stand in one array: those at one place stay in order.
  llvm::sort(Sorted, [](const Edit *A, const Edit *B) {
    return std::tie(A->Offset, A) < std::tie(B->Offset, B);
  });
  std::vector<Change> Result;
  if (!File.Text)
    return Result;
  const StringRef All = File.Text->getBuffer();
  auto lineOf = [&](size_t Offset) {
    return size_t(llvm::upper_bound(File.Starts, Offset) - File.Starts.begin());
  };
  for (size_t I = 0; I < Sorted.size();) {
    // Those that share lines are one change.
    size_t End = I, Last = 0;
    for (; End < Sorted.size(); ++End) {
      const Edit &E = *Sorted[End];
      if (E.Offset > All.size() || E.Length > All.size() - E.Offset || lineOf(E.Offset) != E.Line)
        return {};
      if (End > I && E.Line > Last)
        break;
      Last = std::max(Last, lineOf(E.Offset + E.Length));
    }
    const size_t First = Sorted[I]->Line, Begin = File.Starts[First - 1];
    const size_t Past = Last < File.Starts.size() ? File.Starts[Last] - 1 : All.size();
    std::string After;
    size_t At = Begin;
    for (; I < End; ++I) {
      if (Sorted[I]->Offset < At)
        return {}; // they overlap
      After += All.slice(At, Sorted[I]->Offset).str() + Sorted[I]->Text;
      At = Sorted[I]->Offset + Sorted[I]->Length;
    }
    After += All.slice(At, Past);
    Result.push_back({unsigned(First), linesOf(All.slice(Begin, Past)), linesOf(After)});
  }
  return Result;
}

} // namespace corolint
