//===- Markdown.cpp - Markdown for a terminal ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// As much of Markdown as our pages use: headings, paragraphs, lists, fenced code, tables, block
// quotes, `code`, **strong**, *emphasis* and links. What is not understood is shown as written.
//
//===----------------------------------------------------------------------===//

#include "output/Markdown.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;

namespace corolint {
namespace {

size_t widthOf(StringRef Text) {
  int Columns = sys::unicode::columnWidthUTF8(Text);
  return Columns < 0 ? Text.size() : Columns;
}

/// A word with its look.
struct Word {
  std::string Text;
  enum Look { Plain, Strong, Emphasis, Code } As = Plain;
  bool GlueToLast = false; ///< no space before it
};

/// Splits the text of a block into words; spaces and line breaks are the same.
class Words {
public:
  static std::vector<Word> of(StringRef Text) {
    Words W;
    W.read(Text, Word::Plain);
    return std::move(W.Result);
  }

private:
  /// The text up to a closing mark, or nothing when it is never closed.
  static std::optional<StringRef> upTo(StringRef Text, StringRef Mark) {
    size_t End = Text.find(Mark);
    if (End == StringRef::npos || End == 0)
      return std::nullopt;
    return Text.take_front(End);
  }

  void read(StringRef Text, Word::Look As) {
    while (!Text.empty()) {
      std::optional<StringRef> Inner;
      if (isSpace(Text.front())) {
        AfterSpace = true;
        Text = Text.drop_front();
      } else if (Text.front() == '`' && (Inner = upTo(Text.drop_front(), "`"))) {
        add(*Inner, Word::Code); // one piece, its spaces are part of it
        Text = Text.drop_front(Inner->size() + 2);
      } else if (Text.starts_with("**") && (Inner = upTo(Text.drop_front(2), "**"))) {
        read(*Inner, Word::Strong);
        Text = Text.drop_front(Inner->size() + 4);
      } else if (Text.front() == '*' && Text.size() > 1 && !isSpace(Text[1]) &&
                 (Inner = upTo(Text.drop_front(), "*"))) {
        read(*Inner, Word::Emphasis);
        Text = Text.drop_front(Inner->size() + 2);
      } else if (std::optional<size_t> Length = readLink(Text, As)) {
        Text = Text.drop_front(*Length);
      } else {
        if (Text.front() == '\\' && Text.size() > 1 && isPunct(Text[1]))
          Text = Text.drop_front();
        size_t End = std::max<size_t>(1, std::min(Text.find_first_of(" \t\n`*[\\"), Text.size()));
        add(Text.take_front(End), As);
        Text = Text.drop_front(End);
      }
    }
  }

  /// [text](target): a target that is an address is shown, one inside the docs is not.
  std::optional<size_t> readLink(StringRef Text, Word::Look As) {
    if (!Text.starts_with("["))
      return std::nullopt;
    size_t Close = Text.find("](");
    size_t End = Close == StringRef::npos ? Close : Text.find(')', Close);
    if (End == StringRef::npos || Text.take_front(Close).contains('\n'))
      return std::nullopt;
    StringRef Target = Text.slice(Close + 2, End);
    read(Text.slice(1, Close), As);
    if (Target.contains("://")) {
      AfterSpace = true;
      add("(" + Target.str() + ")", As);
    }
    return End + 1;
  }

  void add(StringRef Text, Word::Look As) {
    bool Glue = !AfterSpace && !Result.empty();
    if (Glue && Result.back().As == As)
      Result.back().Text += Text;
    else
      Result.push_back({Text.str(), As, Glue});
    AfterSpace = false;
  }

  std::vector<Word> Result;
  bool AfterSpace = false;
};

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
    for (const Word &W : Words::of(Text))
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
      for (const Word &W : Words::of(Block)) {
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
