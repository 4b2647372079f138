//===- Macros.cpp - What a macro makes of its arguments ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Macros.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {

const std::vector<Macros::Definition> &Macros::definitionsIn(FileID File) {
  auto [Slot, New] = Read.try_emplace(File);
  std::optional<llvm::MemoryBufferRef> Buffer =
      New ? SM.getBufferOrNone(File) : std::optional<llvm::MemoryBufferRef>();
  if (!Buffer)
    return Slot->second;
  std::vector<Definition> &Found = Slot->second;
  Lexer Raw(File, *Buffer, SM, Options);
  auto TextOf = [&](const Token &T) {
    return Buffer->getBuffer().substr(SM.getFileOffset(T.getLocation()), T.getLength());
  };
  llvm::SmallVector<Branch, 8> In;
  unsigned Groups = 0;
  Token T;
  auto ReadCondition = [&] {
    for (Raw.LexFromRawLexer(T); !T.isAtStartOfLine() && T.isNot(tok::eof); Raw.LexFromRawLexer(T))
      if (TextOf(T).ends_with("_CONFIG_DISABLE"))
        TestSwitches.insert({File, In.back().Group});
  };
  Raw.LexFromRawLexer(T);
  while (T.isNot(tok::eof)) {
    if (!T.is(tok::hash) || !T.isAtStartOfLine()) {
      Raw.LexFromRawLexer(T);
      continue;
    }
    Raw.LexFromRawLexer(T);
    const llvm::StringRef Directive = T.isAtStartOfLine() || T.is(tok::eof) ? "" : TextOf(T);
    if (Directive == "if" || Directive == "ifdef" || Directive == "ifndef") {
      In.push_back({Groups++, 0});
      ReadCondition();
      continue; // T begins the next line
    }
    if (Directive.starts_with("el") && !In.empty()) {
      ++In.back().Number;
      ReadCondition();
      continue;
    }
    if (Directive == "endif" && !In.empty()) {
      In.pop_back();
    } else if (Directive == "define") {
      Raw.LexFromRawLexer(T);
      Definition D;
      D.Name = TextOf(T);
      D.Begin = SM.getFileOffset(T.getLocation());
      D.In.assign(In.begin(), In.end());
      Raw.LexFromRawLexer(T);
      if (T.is(tok::l_paren) && !T.isAtStartOfLine() && !T.hasLeadingSpace()) {
        for (Raw.LexFromRawLexer(T); T.isNot(tok::r_paren) && T.isNot(tok::eof);
             Raw.LexFromRawLexer(T))
          if (T.is(tok::ellipsis))
            D.Parameters.push_back("__VA_ARGS__");
          else if (T.isNot(tok::comma))
            D.Parameters.push_back(TextOf(T));
        Raw.LexFromRawLexer(T);
      }
      while (!T.isAtStartOfLine() && T.isNot(tok::eof)) {
        D.Body.push_back(TextOf(T));
        Raw.LexFromRawLexer(T);
      }
      D.End = T.is(tok::eof) ? Buffer->getBufferSize() : SM.getFileOffset(T.getLocation());
      Found.push_back(std::move(D));
      continue; // T begins the next line
    }
    if (T.isAtStartOfLine() && Directive.empty())
      continue;
    Raw.LexFromRawLexer(T);
  }
  return Found;
}

/// Whether a definition evaluates the parameter, as it is written: not in an operand that is never
/// evaluated, nor behind a constant that says no; or behind a condition of the macro's own.
Macros::Use Macros::useOf(const Definition &D, llvm::StringRef Parameter) {
  unsigned Depth = 0;
  std::optional<unsigned> Unevaluated, Condition;
  bool Conditional = false;
  llvm::StringRef Before, Earlier;
  for (llvm::StringRef Text : D.Body) {
    if (Text == Parameter && Before != "#" && !Unevaluated)
      return Conditional ? Use::Conditional : Use::Evaluated;
    const bool No = Before == "false" || Before == "0", Yes = Before == "true" || Before == "1";
    if (Text == "sizeof" || Text == "decltype" || Text == "noexcept" || Text == "typeid") {
      if (!Unevaluated)
        Unevaluated = Depth;
    } else if (Text == "if" || Text == "while" || Text == "for") {
      Condition = Depth;
    } else if ((Text == "&&" && No) || (Text == "||" && Yes)) {
      return Use::Never;
    } else if ((Text == "&&" && Before != "auto") || Text == "||" || Text == "?") {
      Conditional = true;
    }
    Depth += Text == "(" || Text == "{";
    if ((Text == ")" || Text == "}") && Depth) {
      --Depth;
      if (Unevaluated == Depth)
        Unevaluated.reset();
      if (Condition == Depth) {
        if (No && Earlier == "(")
          return Use::Never;
        Conditional = true; // what follows hangs on it
      }
    }
    Earlier = Before;
    Before = Text;
  }
  return Use::Never;
}

/// The `#if` that decides which of the two there is, or null.
const Macros::Branch *Macros::alternativeTo(const Definition &A, const Definition &B) {
  if (A.Name != B.Name)
    return nullptr;
  for (const Branch &Of : A.In)
    for (const Branch &Other : B.In)
      if (Of.Group == Other.Group && Of.Number != Other.Number)
        return &Of;
  return nullptr;
}

/// Does the `#if` turn off a test framework as a whole? It has `TEST_CASE` in both forms, or a
/// condition that says so, as Catch and doctest name theirs.
bool Macros::switchesTests(FileID File, const Branch &In) {
  if (TestSwitches.contains({File, In.Group}))
    return true;
  const std::vector<Definition> &All = definitionsIn(File);
  auto HasTests = [&](bool Same) {
    return llvm::any_of(All, [&](const Definition &D) {
      return D.Name.ends_with("TEST_CASE") && llvm::any_of(D.In, [&](const Branch &Each) {
               return Each.Group == In.Group && (Each.Number == In.Number) == Same;
             });
    });
  };
  return HasTests(true) && HasTests(false);
}

std::optional<bool> Macros::mayLeaveOut(SourceLocation Loc) {
  if (!SM.isMacroArgExpansion(Loc))
    return std::nullopt;
  // Where the parameter stands in the definition.
  const auto [File, Offset] =
      SM.getDecomposedSpellingLoc(SM.getImmediateExpansionRange(Loc).getBegin());
  const std::vector<Definition> &All = definitionsIn(File);
  const auto *Used = llvm::find_if(llvm::ArrayRef(All), [&, Offset = Offset](const Definition &D) {
    return D.Begin <= Offset && Offset < D.End;
  });
  if (Used == All.data() + All.size())
    return std::nullopt;
  const llvm::StringRef Parameter = SM.getBufferData(File).substr(Offset).take_while(
      [](char C) { return llvm::isAlnum(C) || C == '_' || C == '$' || (C & 0x80); });
  const auto *Position = llvm::find(Used->Parameters, Parameter);
  if (Position == Used->Parameters.end())
    return std::nullopt;
  if (useOf(*Used, Parameter) != Use::Evaluated)
    return std::nullopt; // behind a condition of its own, such as `if (debug)`
  return llvm::any_of(All, [&, File = File](const Definition &Other) {
    const Branch *By = alternativeTo(*Used, Other);
    if (!By || switchesTests(File, *By))
      return false;
    const size_t Index = Position - Used->Parameters.begin();
    return Other.Parameters.empty() ||
           useOf(Other, Other.Parameters[std::min(Index, Other.Parameters.size() - 1)]) ==
               Use::Never;
  });
}

} // namespace corolint::model
