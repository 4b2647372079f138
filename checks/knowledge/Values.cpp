//===- Values.cpp - The values of a knowledge file ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Values.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace corolint::model {
namespace {

using Value = YamlValue;

// Real files have no faults or a few. The limit only keeps hostile input from costing time.
constexpr unsigned MaxFaults = 50;

/// "; did you mean 'x'?", or nothing when no choice is near.
std::string didYouMean(StringRef Given, ArrayRef<StringRef> Choices) {
  StringRef Best;
  unsigned Distance = std::max<size_t>(2, Given.size() / 3) + 1;
  for (StringRef Choice : Choices) {
    unsigned D = Given.edit_distance(Choice, /*AllowReplacements=*/true, Distance);
    if (D < Distance) {
      Distance = D;
      Best = Choice;
    }
  }
  return Best.empty() ? std::string() : ("; did you mean '" + Best + "'?").str();
}

} // namespace

KnowledgeValues::KnowledgeValues(SourceMgr &SM, Origin From, StringRef File, FaultReporter Report)
    : From(From), SM(SM), File(File), Report(Report) {
  SM.setDiagHandler(
      [](const SMDiagnostic &D, void *Self) { static_cast<KnowledgeValues *>(Self)->report(D); },
      this);
}

void KnowledgeValues::report(const SMDiagnostic &D) {
  if (++Faults <= MaxFaults)
    Report(D);
}

void KnowledgeValues::error(const Value &V, const Twine &Message) {
  report(SM.GetMessage(V.At.Start, SourceMgr::DK_Error, Message, V.At));
}

Source KnowledgeValues::sourceOf(const Value &V) const {
  return {From, File.str(), SM.getLineAndColumn(V.At.Start).first};
}

std::string listed(ArrayRef<StringRef> Choices) {
  return join(Choices, ", ");
}

std::string quoted(StringRef Text) {
  std::string Shown;
  for (char C : Text.take_front(60))
    Shown += isPrint(C) || (C & 0x80) ? C : '?';
  return "'" + Shown + (Text.size() > 60 ? "…'" : "'");
}

std::optional<std::string> KnowledgeValues::text(const Value &V, const Twine &What) {
  if (V.Is != Value::Scalar) {
    error(V, What + " is a text, not " + nameOf(V.Is));
    return std::nullopt;
  }
  if (StringRef(V.Text).trim().empty()) {
    error(V, What + " is empty");
    return std::nullopt;
  }
  if (any_of(V.Text, [](char C) { return static_cast<unsigned char>(C) < 0x20; })) {
    error(V, What + " is one line of text");
    return std::nullopt;
  }
  return V.Text;
}

std::optional<unsigned> KnowledgeValues::number(const Value &V, const Twine &What) {
  unsigned N = 0;
  if (V.Is != Value::Scalar || StringRef(V.Text).getAsInteger(10, N) || N > 255) {
    error(V, What + " is a number from 0 to 255" +
                 (V.Is == Value::Scalar ? ", not " + quoted(V.Text) : std::string()));
    return std::nullopt;
  }
  return N;
}

std::optional<bool> KnowledgeValues::onOff(const Value &V, const Twine &What) {
  if (V.Is == Value::Scalar) {
    if (V.Text == "on" || V.Text == "true")
      return true;
    if (V.Text == "off" || V.Text == "false")
      return false;
  }
  error(V, What + " is on or off");
  return std::nullopt;
}

bool isIdentifier(StringRef S) {
  return !S.empty() && !isDigit(S[0]) &&
         all_of(S, [](char C) { return isAlnum(C) || C == '_' || (C & 0x80); });
}

std::optional<std::string> KnowledgeValues::name(const Value &V, bool Glob) {
  std::optional<std::string> Text = text(V, "a name");
  if (!Text)
    return std::nullopt;
  StringRef Rest = *Text;
  auto Refuse = [&](const Twine &Why) -> std::optional<std::string> {
    error(V, quoted(*Text) + " is not a name to look up: " + Why);
    return std::nullopt;
  };
  if (Rest.starts_with("::"))
    return Refuse("leave out the leading '::'");
  while (true) {
    if (Rest.starts_with("operator") && !isIdentifier(Rest)) {
      if (Rest.contains("::") && !Rest.starts_with("operator "))
        return Refuse("an operator is the last part of a name");
      return Text;
    }
    auto [Part, Tail] = Rest.split("::");
    bool Last = !Rest.contains("::");
    if (Glob && Part == "*" && !Last && Rest.size() == Text->size()) {
      Glob = false; // "*::name": a function of that name, wherever it is declared
      Rest = Tail;
      continue;
    }
    if (Last && Glob && Part.consume_back("*")) {
      if (Part.empty() && Text->size() == 1)
        return Refuse("'*' alone would be every function there is");
      if (Part.empty() || isIdentifier(Part))
        return Text;
    }
    if (Last && Part.consume_front("~") && isIdentifier(Part))
      return Text;
    if (Part.contains('<'))
      return Refuse("names are written without template arguments");
    if (Part.contains('('))
      return Refuse("names are written without parameters");
    if (Part.contains('*'))
      return Refuse(Glob ? "'*' can only be its last character, or its first part"
                         : "'*' cannot be used here");
    if (!isIdentifier(Part))
      return Refuse("it is identifiers joined by '::'");
    if (Last)
      return Text;
    Rest = Tail;
  }
}

KnowledgeValues::PlacedNames KnowledgeValues::names(const Value &V, const Value *One,
                                                    const Value *Many, bool Glob) {
  PlacedNames Result;
  if (!One == !Many) {
    error(V,
          One ? "'name' and 'names' together; give one of them" : "'name' or 'names' is missing");
    return Result;
  }
  if (One) {
    if (auto N = name(*One, Glob))
      Result.emplace_back(*N, One);
    return Result;
  }
  if (!list(*Many, "'names'"))
    return Result;
  if (Many->Items.empty())
    error(*Many, "'names' is empty");
  for (const Value &Item : Many->Items)
    if (auto N = name(Item, Glob))
      Result.emplace_back(*N, &Item);
  return Result;
}

std::optional<size_t> KnowledgeValues::oneOf(const Value &V, const Twine &What, const Twine &Plural,
                                             ArrayRef<StringRef> Choices) {
  if (V.Is != Value::Scalar) {
    error(V, What + " is one of " + listed(Choices) + ", not " + nameOf(V.Is));
    return std::nullopt;
  }
  if (auto It = find(Choices, V.Text); It != Choices.end())
    return It - Choices.begin();
  error(V, "unknown " + What + " " + quoted(V.Text) + didYouMean(V.Text, Choices) +
               (StringRef(didYouMean(V.Text, Choices)).empty() ? "; " : " ") + Plural + " are " +
               listed(Choices));
  return std::nullopt;
}

std::optional<KnowledgeValues::Fields> KnowledgeValues::fields(const Value &V, const Twine &What,
                                                               ArrayRef<StringRef> Keys) {
  if (V.Is != Value::Map) {
    error(V, What + " is a map with the keys " + listed(Keys) + ", not " + nameOf(V.Is));
    return std::nullopt;
  }
  Fields Found(Keys.size(), nullptr);
  bool Fine = true;
  for (size_t I = 0; I != V.pairs(); ++I) {
    const Value &Key = V.key(I);
    auto It = find(Keys, Key.Text);
    if (It == Keys.end()) {
      std::string Hint = didYouMean(Key.Text, Keys);
      error(Key, "unknown key " + quoted(Key.Text) + (Hint.empty() ? ";" : Hint) + " keys of " +
                     What + " are " + listed(Keys));
      Fine = false;
    } else if (Found[It - Keys.begin()]) {
      error(Key, "key '" + Key.Text + "' appears twice");
      Fine = false;
    } else {
      Found[It - Keys.begin()] = &V.value(I);
    }
  }
  if (!Fine)
    return std::nullopt;
  return Found;
}

bool KnowledgeValues::list(const Value &V, const Twine &What) {
  if (V.Is == Value::List)
    return true;
  error(V, What + " is a list, not " + nameOf(V.Is));
  return false;
}

void KnowledgeValues::once(const Value &V, const Twine &Key, const Twine &What) {
  unsigned Line = sourceOf(V).Line;
  auto [It, New] = Seen.try_emplace(Key.str(), Line);
  if (!New)
    error(V, What + " is said twice; the first time in line " + Twine(It->second));
}

} // namespace corolint::model
