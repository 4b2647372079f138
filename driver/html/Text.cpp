//===- Text.cpp - Text of others in a page ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "html/Text.h"
#include "base/Shown.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace corolint {

static std::string withoutMarkup(StringRef Text) {
  std::string Result;
  raw_string_ostream Out(Result);
  printHTMLEscaped(Text, Out);
  return Result;
}

std::string html(StringRef Text) {
  return withoutMarkup(shown(Text));
}

std::string htmlCode(StringRef Text) {
  return withoutMarkup(shownLines(Text));
}

std::string htmlMessage(StringRef Text) {
  std::string Result;
  while (!Text.empty()) {
    // A quote inside a word is an apostrophe: "the one before's".
    const bool Begins = Text.front() == '\'' && (Result.empty() || !isAlnum(Result.back()));
    const size_t End = Begins ? Text.find('\'', 1) : StringRef::npos;
    if (End != StringRef::npos && End > 1) {
      Result += "<code>" + html(Text.slice(1, End)) + "</code>";
      Text = Text.drop_front(End + 1);
      continue;
    }
    const size_t Next = std::min(Text.find('\'', 1), Text.size());
    Result += html(Text.take_front(Next));
    Text = Text.drop_front(Next);
  }
  return Result;
}

size_t columnsOf(StringRef Text) {
  const int Columns = sys::unicode::columnWidthUTF8(Text);
  return Columns < 0 ? Text.size() : Columns;
}

/// As much of Text as has room, cut between characters.
static StringRef fitting(StringRef Text, size_t Width) {
  size_t End = std::min(Text.size(), Width);
  while (End < Text.size() && End > 0 && (static_cast<unsigned char>(Text[End]) & 0xC0) == 0x80)
    --End;
  return Text.take_front(End);
}

std::vector<std::string> wrapped(StringRef Text, size_t Width, size_t Most) {
  std::vector<std::string> Lines(1);
  const std::string Plain = shown(Text);
  SmallVector<StringRef> Words;
  SplitString(Plain, Words);
  for (StringRef Word : Words) {
    if (!Lines.back().empty() && columnsOf(Lines.back()) + 1 + columnsOf(Word) > Width)
      Lines.emplace_back();
    while (columnsOf(Word) > Width) { // a name of many templates has no blank
      StringRef Part = fitting(Word, Width);
      if (Part.empty())
        break;
      Lines.back() += Part;
      Lines.emplace_back();
      Word = Word.drop_front(Part.size());
    }
    Lines.back() += (Lines.back().empty() ? "" : " ") + Word.str();
  }
  if (Lines.size() > Most) {
    Lines.resize(Most);
    Lines.back() = fitting(Lines.back(), Width - 2).str() + " …";
  }
  return Lines;
}

} // namespace corolint
