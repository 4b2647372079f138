//===- Macros.cpp - What a macro makes of its arguments ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Macros.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {

const Macros::File &Macros::read(FileID ID) {
  auto [Slot, New] = Files.try_emplace(ID);
  std::optional<llvm::MemoryBufferRef> Buffer =
      New ? SM.getBufferOrNone(ID) : std::optional<llvm::MemoryBufferRef>();
  if (!Buffer)
    return Slot->second;
  auto &[Found, Conditions] = Slot->second;
  Lexer Raw(ID, *Buffer, SM, Context.getLangOpts());
  auto TextOf = [&](const Token &T) {
    return Buffer->getBuffer().substr(SM.getFileOffset(T.getLocation()), T.getLength());
  };
  llvm::SmallVector<Branch, 8> In;
  Token T;
  auto ReadCondition = [&] {
    for (Raw.LexFromRawLexer(T); !T.isAtStartOfLine() && T.isNot(tok::eof); Raw.LexFromRawLexer(T))
      if (T.is(tok::raw_identifier) && TextOf(T) != "defined")
        Conditions[In.back().Group].push_back(TextOf(T));
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
      In.push_back({static_cast<unsigned>(Conditions.size()), 0});
      Conditions.emplace_back();
      ReadCondition();
      continue; // T begins the next line
    } else if (Directive.starts_with("el") && !In.empty()) {
      ++In.back().Number;
      ReadCondition();
      continue;
    } else if (Directive == "endif" && !In.empty()) {
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
  return Slot->second;
}

/// Whether a definition evaluates the parameter, as it is written: not in an operand that is never
/// evaluated, nor behind a constant that says no; or behind a condition of the macro's own.
Macros::Use Macros::useOf(llvm::ArrayRef<llvm::StringRef> Body, llvm::StringRef Parameter) {
  unsigned Depth = 0;
  std::optional<unsigned> Unevaluated, Condition;
  bool Conditional = false;
  llvm::StringRef Before, Earlier;
  for (llvm::StringRef Text : Body) {
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

/// The definition does not evaluate what is written as this argument. One without parameters makes
/// a call of what it ends in, such as another macro: `#define CHECK EXPECT`, `#define CHECK
/// sizeof`.
bool Macros::leavesOut(const Definition &D, size_t Argument, const File &In, unsigned Depth) {
  if (!D.Parameters.empty())
    return useOf(D.Body, D.Parameters[std::min(Argument, D.Parameters.size() - 1)]) == Use::Never;
  llvm::SmallVector<llvm::StringRef, 16> Called = D.Body;
  Called.append({"(", "argument", ")"});
  if (useOf(Called, "argument") == Use::Never)
    return true;
  return !D.Body.empty() && Depth < 3 &&
         llvm::any_of(
             In.Definitions,
             [&](const Definition &Other) {
               return Other.Name == D.Body.back() && Other.Name != D.Name &&
                      groupsBetween(D, Other).empty() && leavesOut(Other, Argument, In, Depth + 1);
             });
}

const Macros::Definition *Macros::definitionAt(const File &In, unsigned Offset) {
  auto After =
      llvm::partition_point(In.Definitions, [&](const Definition &D) { return D.Begin <= Offset; });
  if (After == In.Definitions.begin() || std::prev(After)->End <= Offset)
    return nullptr;
  return &*std::prev(After);
}

/// The `#if`s that let a build have the one definition or the other, and never both.
llvm::SmallVector<unsigned, 2> Macros::groupsBetween(const Definition &A, const Definition &B) {
  llvm::SmallVector<unsigned, 2> Result;
  for (const Branch &Of : A.In)
    if (llvm::any_of(B.In, [&](const Branch &Other) {
          return Of.Group == Other.Group && Of.Number != Other.Number;
        }))
      Result.push_back(Of.Group);
  return Result;
}

/// What decides about the macros whose definitions lead to the location.
void Macros::addSwitchesAround(SourceLocation Loc) {
  for (; Loc.isMacroID(); Loc = SM.getImmediateMacroCallerLoc(Loc)) {
    const auto [ID, Offset] = SM.getDecomposedSpellingLoc(Loc);
    const File &In = read(ID);
    const Definition *Used = definitionAt(In, Offset);
    if (!Used)
      continue;
    for (const Definition &Other : In.Definitions)
      if (Other.Name == Used->Name)
        for (unsigned Group : groupsBetween(*Used, Other))
          for (llvm::StringRef Name : In.Conditions[Group])
            TestSwitches->insert(Name);
  }
}

/// A test is a function whose head a macro writes, and whose body the user: `TEST_CASE("x") { … }`.
void Macros::addTestSwitches(const DeclContext &In) {
  for (const Decl *D : In.decls()) {
    if (const auto *Inner = dyn_cast<NamespaceDecl>(D)) {
      addTestSwitches(*Inner);
    } else if (const auto *Class = dyn_cast<CXXRecordDecl>(D)) {
      if (Class->getLocation().isMacroID())
        addTestSwitches(*Class);
    } else if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (F->getLocation().isMacroID() && F->doesThisDeclarationHaveABody() &&
          F->getBody()->getBeginLoc().isFileID()) {
        addSwitchesAround(F->getLocation());
        addSwitchesAround(F->getBeginLoc());
      }
    }
  }
}

const llvm::StringSet<> &Macros::testSwitches() {
  if (!TestSwitches) {
    TestSwitches.emplace();
    addTestSwitches(*Context.getTranslationUnitDecl());
  }
  return *TestSwitches;
}

/// Does the `#if` take the tests away as well? What the unit's tests are made of hangs on it, or,
/// in a unit without tests, the framework's `TEST_CASE`, or it is named as Catch and doctest name
/// it.
bool Macros::takesTests(const File &In, unsigned Group) {
  auto IsTest = [&](const Definition &D) {
    return D.Name.ends_with("TEST_CASE") && llvm::any_of(In.Definitions, [&](const Definition &Of) {
             return Of.Name == D.Name && llvm::is_contained(groupsBetween(D, Of), Group);
           });
  };
  return llvm::any_of(In.Conditions[Group],
                      [&](llvm::StringRef Name) {
                        return Name.ends_with("_CONFIG_DISABLE") || testSwitches().contains(Name);
                      }) ||
         llvm::any_of(In.Definitions, IsTest);
}

std::optional<bool> Macros::mayLeaveOut(SourceLocation Loc) {
  if (!SM.isMacroArgExpansion(Loc))
    return std::nullopt;
  // Where the parameter stands in the definition.
  const auto [ID, Offset] =
      SM.getDecomposedSpellingLoc(SM.getImmediateExpansionRange(Loc).getBegin());
  const File &In = read(ID);
  const Definition *Used = definitionAt(In, Offset);
  if (!Used)
    return std::nullopt;
  const llvm::StringRef Parameter = SM.getBufferData(ID).substr(Offset).take_while(
      [](char C) { return llvm::isAlnum(C) || C == '_' || C == '$' || (C & 0x80); });
  const auto *Position = llvm::find(Used->Parameters, Parameter);
  if (Position == Used->Parameters.end())
    return std::nullopt;
  if (useOf(Used->Body, Parameter) != Use::Evaluated)
    return std::nullopt; // behind a condition of its own, such as `if (debug)`
  const size_t Index = Position - Used->Parameters.begin();
  bool MayLeaveOut = false;
  for (const Definition &Other : In.Definitions) {
    if (Other.Name != Used->Name)
      continue;
    const auto Groups = groupsBetween(*Used, Other);
    if (Groups.empty() || !leavesOut(Other, Index, In))
      continue;
    MayLeaveOut |= llvm::none_of(Groups, [&](unsigned Group) { return takesTests(In, Group); });
  }
  return MayLeaveOut;
}

Macros::Macros(Unit &U) : Context(U.context()), SM(Context.getSourceManager()) {}

std::optional<llvm::StringRef>
Macros::leftOutAround(SourceLocation Loc, bool Said,
                      llvm::function_ref<bool(llvm::StringRef)> IsListed) {
  std::optional<llvm::StringRef> Result;
  bool LeftOut = false;
  while (Loc.isMacroID()) {
    if (SM.isMacroArgExpansion(Loc)) {
      SourceLocation Expansion = SM.getImmediateExpansionRange(Loc).getBegin();
      llvm::StringRef Name = Lexer::getImmediateMacroName(Expansion, SM, Context.getLangOpts());
      const bool Listed = IsListed(Name);
      // What an inner macro leaves out is left out of those around it.
      LeftOut |= mayLeaveOut(Loc).value_or(Listed) || (Listed && Said);
      if (LeftOut)
        Result = Name;
    }
    Loc = SM.getImmediateMacroCallerLoc(Loc);
  }
  return Result;
}

bool Macros::mayHave(llvm::StringRef Macro, llvm::ArrayRef<llvm::StringRef> Words, FileID In) {
  return llvm::any_of(read(In).Definitions, [&](const Definition &D) {
    return D.Name == Macro && llvm::any_of(D.Body, [&](llvm::StringRef Text) {
             return llvm::is_contained(Words, Text);
           });
  });
}

/// Where the macros are defined that stand in the block, or around it.
static llvm::SmallSetVector<FileID, 4> filesOfMacros(const CompoundStmt &Block,
                                                     const SourceManager &SM) {
  llvm::SmallSetVector<FileID, 4> Files;
  llvm::SmallVector<const Stmt *> Left = {&Block};
  while (!Left.empty()) {
    const Stmt *S = Left.pop_back_val();
    if (!S)
      continue;
    for (SourceLocation At = S->getBeginLoc(); At.isMacroID();
         At = SM.getImmediateMacroCallerLoc(At))
      Files.insert(SM.getFileID(SM.getSpellingLoc(At)));
    Left.append(S->child_begin(), S->child_end());
  }
  return Files;
}

bool Macros::mayHave(const CompoundStmt &Block, llvm::ArrayRef<llvm::StringRef> Words) {
  const auto [ID, Begin] = SM.getDecomposedExpansionLoc(Block.getLBracLoc());
  const auto [EndID, End] = SM.getDecomposedExpansionLoc(Block.getRBracLoc());
  const std::optional<llvm::MemoryBufferRef> Buffer = SM.getBufferOrNone(ID);
  if (ID != EndID || !Buffer)
    return true; // nobody can tell
  auto Files = filesOfMacros(Block, SM);
  Files.insert(ID);
  Lexer Raw(ID, *Buffer, SM, Context.getLangOpts());
  Raw.seek(Begin, /*IsAtStartOfLine=*/false);
  bool IsConditional = false, HasWord = false;
  Token T;
  for (Raw.LexFromRawLexer(T); T.isNot(tok::eof) && SM.getFileOffset(T.getLocation()) < End;
       Raw.LexFromRawLexer(T)) {
    const bool IsDirective = T.is(tok::hash) && T.isAtStartOfLine();
    if (IsDirective)
      Raw.LexFromRawLexer(T);
    if (!T.is(tok::raw_identifier))
      continue;
    const llvm::StringRef Name = T.getRawIdentifier();
    IsConditional |= IsDirective && Name.starts_with("if");
    HasWord |= llvm::is_contained(Words, Name);
    if (Context.Idents.get(Name).hadMacroDefinition() &&
        llvm::any_of(Files, [&](FileID Each) { return mayHave(Name, Words, Each); }))
      return true;
  }
  return IsConditional && HasWord;
}

} // namespace corolint::model
