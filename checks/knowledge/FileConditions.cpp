//===- FileConditions.cpp - The conditions in a knowledge file ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/FileConditions.h"
#include "knowledge/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace corolint::model {

std::string conditionsKey(ArrayRef<Condition> Conditions) {
  std::string Key;
  for (const Condition &C : Conditions)
    Key += (Twine(C.Is) + " " + Twine(C.Arg) + " " + C.Text + " " + C.With + " " + Twine(C.Number) +
            ";")
               .str();
  return Key;
}

std::vector<Condition> FileConditions::conditions(const YamlValue &V, StringRef Key) {
  std::vector<Condition> Result;
  if (!list(V, "'" + Key + "'"))
    return Result;
  if (V.Items.empty())
    error(V, "'" + Key + "' is empty; leave it out");
  for (const YamlValue &Item : V.Items)
    if (auto C = condition(Item))
      Result.push_back(*C);
  return Result;
}

std::optional<int> FileConditions::subject(const YamlValue &V, const YamlValue *Arg) {
  if (!Arg)
    error(V, "'arg' is missing; it is the position of an argument, 'object' or 'result'");
  else if (Arg->Is == YamlValue::Scalar && Arg->Text == "object")
    return Condition::Object;
  else if (Arg->Is == YamlValue::Scalar && Arg->Text == "result")
    return Condition::Result;
  else if (auto N = number(*Arg, "'arg' is 'object', 'result' or a position, which"))
    return *N;
  return std::nullopt;
}

void FileConditions::with(const YamlValue &V, Condition &C) {
  C.With = text(V, "'with'").value_or("");
  if (!C.With.empty() && !isIdentifier(C.With))
    error(V, "'with' is one identifier, such as true or O_NONBLOCK");
}

void FileConditions::is(const YamlValue &V, Condition &C) {
  auto I = oneOf(V, "'is'", "its values",
                 {"zero", "null", "stdin", "in-memory", "ip-address", "fresh", "empty", "suspended",
                  "dropped"});
  if (!I)
    return;
  const Condition::Kind Kinds[] = {Condition::Zero,     Condition::Null,      Condition::Stdin,
                                   Condition::InMemory, Condition::IpAddress, Condition::Fresh,
                                   Condition::Empty,    Condition::Suspended, Condition::Dropped};
  C.Is = Kinds[*I];
  const bool OfResult = C.Arg == Condition::Result;
  if (OfResult != (C.Is == Condition::Dropped || C.Is == Condition::Suspended))
    error(V, OfResult ? "of the result it can only be asked whether it is 'dropped'"
                      : "only the result can be 'dropped'; write 'arg: result'");
}

void FileConditions::count(const YamlValue &V, Condition &C) {
  C.Is = Condition::Count;
  if (auto N = number(V, "'count'"))
    C.Number = *N;
  if (C.Arg != Condition::Result)
    error(V, "'count' is a question about the call; write 'arg: result'");
}

std::string FileConditions::identifier(const YamlValue &V, const Twine &Key, StringRef Or,
                                       const Twine &Rule) {
  std::string Text = text(V, Key).value_or("");
  if (!Text.empty() && !isIdentifier(Text) && Text != Or)
    error(V, Key + " is " + Rule);
  return Text;
}

std::optional<Condition> FileConditions::condition(const YamlValue &V) {
  enum { Arg, With, Is, Mentions, MadeBy, MadeWith, GuardedBy, SettledBy, Type, Derives, Count };
  const StringRef Keys[] = {"arg",        "with",       "is",   "mentions", "made-by", "made-with",
                            "guarded-by", "settled-by", "type", "derives",  "count"};
  std::optional<Fields> Found = fields(V, "a condition", Keys);
  if (!Found)
    return std::nullopt;
  Fields &F = *Found;
  unsigned Before = Faults;

  Condition C;
  C.Arg = subject(V, F[Arg]).value_or(C.Arg);
  auto Asked = count_if(ArrayRef(F).drop_front(Is), [](const YamlValue *Q) { return Q; });
  if (Asked != 1) {
    error(V, Twine("a condition asks one question, ") +
                 (Asked ? "not several" : "and here is none") + "; questions are " +
                 listed(ArrayRef(Keys).drop_front(Is)));
    return std::nullopt;
  }
  if (F[With] && !F[GuardedBy] && !F[MadeBy])
    error(*F[With], "'with' says more about 'guarded-by' or 'made-by'");
  if (F[With])
    with(*F[With], C);

  if (C.Arg == Condition::Result && !F[Is] && !F[Count])
    error(*F[Arg], "of the result it can only be asked 'is: dropped' or 'count'");
  if (F[Is]) {
    is(*F[Is], C);
  } else if (F[Count]) {
    count(*F[Count], C);
  } else if (F[Mentions]) {
    C.Is = Condition::Mentions;
    C.Text = identifier(*F[Mentions], "'mentions'", "", "one identifier, such as MSG_DONTWAIT");
  } else if (F[GuardedBy]) {
    C.Is = Condition::GuardedBy;
    C.Text = identifier(*F[GuardedBy], "'guarded-by'", "", "the name of a member function alone");
  } else if (F[SettledBy]) {
    C.Is = Condition::SettledBy;
    C.Text = identifier(*F[SettledBy], "'settled-by'", "operator()",
                        "the name of a member function alone");
  } else {
    const std::pair<unsigned, Condition::Kind> Named[] = {{MadeBy, Condition::MadeBy},
                                                          {MadeWith, Condition::MadeWith},
                                                          {Type, Condition::Type},
                                                          {Derives, Condition::Derives}};
    for (auto [Key, Kind] : Named)
      if (F[Key]) {
        C.Is = Kind;
        C.Text = name(*F[Key], /*Glob=*/false).value_or("");
      }
  }
  if (Faults != Before)
    return std::nullopt;
  return C;
}

} // namespace corolint::model
