//===- Markdown.cpp - A rule's page in a report ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// As much of Markdown as our pages use, as output/Markdown.cpp.
//
//===----------------------------------------------------------------------===//

#include "html/Markdown.h"
#include "html/Sources.h"
#include "html/Text.h"
#include "output/MarkdownWords.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using namespace llvm;

namespace corolint {
namespace {

using Lines = std::vector<StringRef>;

class PageWriter {
public:
  PageWriter(raw_ostream &Out, function_ref<std::string(StringRef)> Leads)
      : Out(Out), Leads(Leads) {}

  /// \p Tight: of a list's item, whose only paragraph is no block of its own.
  void write(const Lines &Text, bool Tight = false) {
    for (size_t I = 0; I < Text.size();) {
      const StringRef Line = Text[I].ltrim();
      if (Line.empty())
        ++I;
      else if (Line.starts_with("```"))
        I = writeFence(Text, I);
      else if (Line.starts_with("#") && Line.ltrim('#').starts_with(" "))
        writeHeading(Text[I++]);
      else if (Line.starts_with("|"))
        I = writeTable(Text, I);
      else if (Line.starts_with(">"))
        I = writeQuote(Text, I);
      else if (markerOf(Line))
        I = writeList(Text, I);
      else
        I = writeParagraph(Text, I, Tight);
    }
  }

private:
  static size_t indentOf(StringRef Line) { return Line.size() - Line.ltrim(' ').size(); }

  /// The width of "- ", "* " or "12. ".
  static std::optional<size_t> markerOf(StringRef Line) {
    if (Line.starts_with("- ") || Line.starts_with("* "))
      return 2;
    const size_t Digits = Line.find_first_not_of("0123456789");
    if (Digits && Digits != StringRef::npos && Line.drop_front(Digits).starts_with(". "))
      return Digits + 2;
    return std::nullopt;
  }

  static bool beginsBlock(StringRef Line) {
    Line = Line.ltrim();
    return Line.empty() || Line.starts_with("```") || Line.starts_with("|") ||
           Line.starts_with(">") || markerOf(Line) ||
           (Line.starts_with("#") && Line.ltrim('#').starts_with(" "));
  }

  void writeHeading(StringRef Line) {
    const size_t Level = Line.find_first_not_of('#');
    if (Level == 1) // what it stands in has it
      return;
    const char Tag = Level == 2 ? '4' : '5';
    Out << "<h" << Tag << ">";
    writeWords(Line.ltrim('#').trim());
    Out << "</h" << Tag << ">\n";
  }

  size_t writeFence(const Lines &Text, size_t I) {
    const size_t Indent = indentOf(Text[I]);
    const auto [Language, Words] = Text[I].trim().drop_front(3).split(' ');
    std::string Code;
    for (++I; I < Text.size() && !Text[I].ltrim().starts_with("```"); ++I)
      Code += Text[I].drop_front(std::min(Indent, indentOf(Text[I]))).str() + "\n";
    const StringRef Kind = Words.split(' ').first;
    const bool Bad = Kind == "wrong", Good = Kind == "right" || Kind == "fixed" || Kind == "runs";
    Out << "<pre" << (Bad ? " class=bad" : Good ? " class=good" : "") << "><code>";
    if (Language == "cpp") {
      const SourceText Source = sourceOf(Code);
      for (size_t Line = 1; Line < Source.Starts.size(); ++Line)
        Out << htmlLine(Source, Source.line(Line), Line, {}) << "\n";
    } else {
      Out << htmlCode(Code);
    }
    Out << "</code></pre>\n";
    return I + 1;
  }

  size_t writeTable(const Lines &Text, size_t I) {
    Out << "<div class=scroll><table class=plain>\n";
    StringRef Cell = "th";
    for (; I < Text.size() && Text[I].ltrim().starts_with("|"); ++I) {
      StringRef Row = Text[I].trim();
      Row.consume_front("|");
      Row.consume_back("|");
      if (Row.find_first_not_of("|-: ") == StringRef::npos && Row.contains('-')) {
        Cell = "td";
        continue;
      }
      SmallVector<StringRef> Cells;
      Row.split(Cells, '|');
      Out << "<tr>";
      for (StringRef Each : Cells) {
        Out << "<" << Cell << ">";
        writeWords(Each.trim());
        Out << "</" << Cell << ">";
      }
      Out << "</tr>\n";
    }
    Out << "</table></div>\n";
    return I;
  }

  size_t writeQuote(const Lines &Text, size_t I) {
    Lines Inner;
    for (; I < Text.size() && Text[I].ltrim().starts_with(">"); ++I) {
      StringRef Line = Text[I].ltrim();
      Line.consume_front(">");
      Line.consume_front(" ");
      Inner.push_back(Line);
    }
    Out << "<blockquote>\n";
    write(Inner);
    Out << "</blockquote>\n";
    return I;
  }

  size_t writeList(const Lines &Text, size_t I) {
    const size_t Indent = indentOf(Text[I]);
    const StringRef Tag = isDigit(Text[I].ltrim().front()) ? "ol" : "ul";
    Out << "<" << Tag << ">\n";
    while (I < Text.size() && indentOf(Text[I]) == Indent && markerOf(Text[I].ltrim())) {
      const size_t Marker = Indent + *markerOf(Text[I].ltrim());
      Lines Inner = {Text[I].drop_front(Marker)};
      bool Loose = false;
      for (++I; I < Text.size(); ++I) {
        if (Text[I].trim().empty()) {
          // The list goes on behind a blank line if what is there is indented.
          if (I + 1 >= Text.size() || indentOf(Text[I + 1]) < Marker || Text[I + 1].trim().empty())
            break;
          Loose = true;
        } else if (indentOf(Text[I]) < Marker && beginsBlock(Text[I])) {
          break;
        }
        Inner.push_back(Text[I].drop_front(std::min(Marker, indentOf(Text[I]))));
      }
      Out << "<li>";
      write(Inner, !Loose);
      Out << "</li>\n";
      if (I + 1 < Text.size() && Text[I].trim().empty() && indentOf(Text[I + 1]) == Indent &&
          markerOf(Text[I + 1].ltrim()))
        ++I;
    }
    Out << "</" << Tag << ">\n";
    return I;
  }

  size_t writeParagraph(const Lines &Text, size_t I, bool Tight) {
    std::string Whole = Text[I++].trim().str();
    for (; I < Text.size() && !beginsBlock(Text[I]); ++I)
      Whole += " " + Text[I].trim().str();
    Out << (Tight ? "" : "<p>");
    writeWords(Whole);
    Out << (Tight ? "" : "</p>") << "\n";
    return I;
  }

  void writeWords(StringRef Text) {
    const std::vector<Word> Words = markdownWords(Text, /*KeepLinks=*/true);
    for (size_t I = 0; I < Words.size();) {
      // What is linked is one link.
      size_t End = I + 1;
      while (End < Words.size() && Words[End].Link == Words[I].Link)
        ++End;
      const std::string Target = Words[I].Link.empty() ? "" : Leads(Words[I].Link);
      if (I && !Words[I].GlueToLast)
        Out << " ";
      if (!Target.empty())
        Out << "<a href=\"" << html(Target) << "\""
            << (StringRef(Target).starts_with("#") ? "" : " rel=noreferrer") << ">";
      writeRun(ArrayRef(Words).slice(I, End - I));
      if (!Target.empty())
        Out << "</a>";
      I = End;
    }
  }

  void writeRun(ArrayRef<Word> Words) {
    static constexpr StringLiteral Tags[] = {"", "strong", "em", "code"};
    for (auto [Index, Each] : enumerate(Words)) {
      if (Index && !Each.GlueToLast)
        Out << " ";
      const StringRef Tag = Tags[Each.As];
      Out << (Tag.empty() ? "" : ("<" + Tag + ">").str()) << html(Each.Text)
          << (Tag.empty() ? "" : ("</" + Tag + ">").str());
    }
  }

  raw_ostream &Out;
  function_ref<std::string(StringRef)> Leads;
};

} // namespace

void writeMarkdown(StringRef Text, raw_ostream &Out, function_ref<std::string(StringRef)> Leads) {
  SmallVector<StringRef> Split;
  Text.split(Split, '\n');
  PageWriter(Out, Leads).write(Lines(Split.begin(), Split.end()));
}

} // namespace corolint
