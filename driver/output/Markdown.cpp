//===- Markdown.cpp - Markdown for a terminal ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// As much of Markdown as our pages use: headings, paragraphs, lists, fenced code, tables, block
// quotes, and what MarkdownWords.h has. What is not understood is shown as written.
//
//===----------------------------------------------------------------------===//

#include "output/Markdown.h"
#include "output/MarkdownWords.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;

namespace corolint {
namespace {

size_t widthOf(StringRef Text) {
  int Columns = sys::unicode::columnWidthUTF8(Text);
  return Columns < 0 ? Text.size() : Columns;
}

class Renderer {
public:
  Renderer(raw_ostream &Out, unsigned Width, bool Colours)
      : Out(Out), Width(Width), Colours(Colours) {}

  void render(StringRef Text) {
    bool InCode = false;
    SmallVector<StringRef> Lines;
    Text.split(Lines, '\n');
    for (StringRef Line : Lines) {
      Line = Line.rtrim();
      StringRef Trimmed = Line.ltrim();
      if (Trimmed.starts_with("```")) {
        flush();
        separate();
        InCode = !InCode;
      } else if (InCode) {
        code(Line);
      } else if (Trimmed.empty()) {
        flush();
        Separate = true;
      } else if (Line.starts_with("#") && Line.ltrim('#').starts_with(" ")) {
        heading(Line.ltrim('#').trim());
      } else if (Trimmed.starts_with("|")) {
        row(Trimmed);
      } else if (std::optional<size_t> Marker = markerOf(Trimmed)) {
        flush();
        Indent = Line.size() - Trimmed.size();
        Hang = *Marker;
        Prefix = Trimmed.take_front(*Marker).str();
        if (!isDigit(Prefix.front()))
          Prefix.front() = '-';
        Block = Trimmed.drop_front(*Marker).str();
      } else if (Trimmed.consume_front(">")) {
        if (Prefix != "| ")
          flush();
        Prefix = "| ";
        Hang = 2;
        Block += " " + Trimmed.str();
      } else {
        Block += "\n" + Trimmed.str();
      }
    }
    flush();
  }

private:
  /// "- ", "* " or "12. ".
  static std::optional<size_t> markerOf(StringRef Line) {
    if (Line.starts_with("- ") || Line.starts_with("* "))
      return 2;
    size_t Digits = Line.find_first_not_of("0123456789");
    if (Digits && Digits != StringRef::npos && Line.drop_front(Digits).starts_with(". "))
      return Digits + 2;
    return std::nullopt;
  }

  void separate() {
    if (Separate && Started)
      Out << "\n";
    Separate = false;
    Started = true;
  }

  void code(StringRef Line) {
    separate();
    if (!Line.empty())
      paint(Word::Code, [&] { Out << "    " << Line; });
    Out << "\n";
  }

  void heading(StringRef Text) {
    flush();
    Separate = true;
    separate();
    std::string Plain;
    for (const Word &W : markdownWords(Text))
      Plain += (Plain.empty() || W.GlueToLast ? "" : " ") + W.Text;
    paint(Word::Strong, [&] { Out << Plain; });
    Out << "\n";
    Separate = true;
  }

  /// A table's row becomes a line "cell: cell, …"; it has no room for columns.
  void row(StringRef Line) {
    flush();
    SmallVector<StringRef> Cells;
    Line.trim("| ").split(Cells, '|');
    if (all_of(Cells, [](StringRef Cell) {
          return Cell.trim().find_first_not_of("-: ") == StringRef::npos;
        }))
      return;
    Prefix = "- ";
    Hang = 2;
    for (auto [Index, Cell] : enumerate(Cells))
      Block += (Index == 0 ? "" : Index == 1 ? ": " : "; ") + Cell.trim().str();
    flush();
  }

  void flush() {
    if (!Block.empty()) {
      separate();
      Out.indent(Indent) << Prefix;
      size_t Column = Indent + Prefix.size();
      const size_t Left = Indent + Hang;
      bool First = true;
      for (const Word &W : markdownWords(Block)) {
        std::string Text = W.Text;
        if (W.As == Word::Code && !Colours)
          Text = "`" + Text + "`";
        size_t Needed = widthOf(Text) + (First || W.GlueToLast ? 0 : 1);
        if (!First && !W.GlueToLast && Column + Needed > Width) {
          Out << "\n";
          Out.indent(Left) << (Prefix == "| " ? Prefix : "");
          Column = Left;
          Needed = widthOf(Text);
        } else if (!First && !W.GlueToLast) {
          Out << " ";
        }
        paint(W.As, [&] { Out << Text; });
        Column += Needed;
        First = false;
      }
      Out << "\n";
    }
    Block.clear();
    Prefix.clear();
    Indent = Hang = 0;
  }

  template <typename Write> void paint(Word::Look As, Write W) {
    if (Colours && As != Word::Plain) {
      if (As == Word::Code)
        Out.changeColor(raw_ostream::CYAN);
      else
        Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
    }
    W();
    if (Colours && As != Word::Plain)
      Out.resetColor();
  }

  raw_ostream &Out;
  const unsigned Width;
  const bool Colours;
  std::string Block, Prefix;
  size_t Indent = 0, Hang = 0;
  bool Separate = false, Started = false;
};

} // namespace

void renderMarkdown(StringRef Text, raw_ostream &Out, unsigned Width, bool Colours) {
  Out.enable_colors(Colours);
  Renderer(Out, Width, Colours).render(Text);
}

} // namespace corolint
