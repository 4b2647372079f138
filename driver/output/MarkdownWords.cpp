//===- MarkdownWords.cpp - The words of a paragraph -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/MarkdownWords.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using namespace llvm;

namespace corolint {
namespace {

/// Splits the text of a block into words; spaces and line breaks are the same.
class Words {
public:
  explicit Words(bool KeepLinks) : KeepLinks(KeepLinks) {}

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

  std::vector<Word> Result;

private:
  /// The text up to a closing mark, or nothing when it is never closed.
  static std::optional<StringRef> upTo(StringRef Text, StringRef Mark) {
    size_t End = Text.find(Mark);
    if (End == StringRef::npos || End == 0)
      return std::nullopt;
    return Text.take_front(End);
  }

  /// [text](target): without links, a target that is an address is shown, one inside the docs is
  /// not.
  std::optional<size_t> readLink(StringRef Text, Word::Look As) {
    if (!Text.starts_with("["))
      return std::nullopt;
    size_t Close = Text.find("](");
    size_t End = Close == StringRef::npos ? Close : Text.find(')', Close);
    if (End == StringRef::npos || Text.take_front(Close).contains('\n'))
      return std::nullopt;
    StringRef Target = Text.slice(Close + 2, End);
    if (KeepLinks)
      Link = Target.str();
    read(Text.slice(1, Close), As);
    Link.clear();
    if (!KeepLinks && Target.contains("://")) {
      AfterSpace = true;
      add("(" + Target.str() + ")", As);
    }
    return End + 1;
  }

  void add(StringRef Text, Word::Look As) {
    bool Glue = !AfterSpace && !Result.empty();
    if (Glue && Result.back().As == As && Result.back().Link == Link)
      Result.back().Text += Text;
    else
      Result.push_back({Text.str(), As, Glue, Link});
    AfterSpace = false;
  }

  const bool KeepLinks;
  std::string Link; ///< that what is read stands in
  bool AfterSpace = false;
};

} // namespace

std::vector<Word> markdownWords(StringRef Text, bool KeepLinks) {
  Words W(KeepLinks);
  W.read(Text, Word::Plain);
  return std::move(W.Result);
}

} // namespace corolint
