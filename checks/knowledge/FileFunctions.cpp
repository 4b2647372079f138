//===- FileFunctions.cpp - What a knowledge file says of functions --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/FileFunctions.h"
#include "knowledge/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace corolint::model {

/// What the entries of a section have besides the keys of all.
struct FunctionSection {
  enum Need { NeedsNothing, NeedsWhy, NeedsKey, NeedsWhyAndKey };
  struct Word {
    StringRef Text;
    Role Means;
  };

  StringRef Name;
  Role What;
  Need Needs = NeedsNothing;
  SmallVector<StringRef, 2> Keys = {}; ///< NeedsKey is about the first
  SmallVector<Word, 3> Words = {};     ///< of `does` and `to`: each says another role
};

static ArrayRef<FunctionSection> allSections() {
  using S = FunctionSection;
  static const S All[] = {
      {"blocking", Role::Blocks, S::NeedsWhyAndKey, {"family", "descriptor"}},
      {"opens", Role::OpensDescriptor, S::NeedsKey, {"family", "descriptor"}},
      {"unblocks", Role::Unblocks, S::NeedsKey, {"descriptor"}},
      {"loops", Role::RunsLoop, S::NeedsWhy},
      {"offloads",
       Role::Offloads,
       S::NeedsNothing,
       {"args", "to"},
       {{"worker", Role::Offloads}, {"unknown", Role::RunsElsewhere}}},
      {"calls", Role::CallsInPlace, S::NeedsNothing, {"args"}},
      {"callbacks", Role::CallsOnLoop, S::NeedsNothing, {"args"}},
      {"wraps", Role::Wraps, S::NeedsNothing, {"args", "callable"}},
      {"hops",
       Role::HopsToUnknown,
       S::NeedsKey,
       {"to"},
       {{"worker", Role::HopsToWorker},
        {"loop", Role::HopsToLoop},
        {"unknown", Role::HopsToUnknown}}},
      {"loop-thread", Role::LoopThread},
      {"sinks",
       Role::Stores,
       S::NeedsKey,
       {"does", "args", "callable"},
       {{"stores", Role::Stores}, {"consumes", Role::ConsumesTask}, {"detaches", Role::Detaches}}},
      {"locking",
       Role::Locks,
       S::NeedsKey,
       {"does", "args"},
       {{"locks", Role::Locks}, {"tries", Role::TriesLock}, {"unlocks", Role::Unlocks}}},
      {"pauses", Role::Pauses},
      {"gathers", Role::Gathers},
      {"thread-state", Role::ThreadState, S::NeedsWhy},
      {"discardable", Role::MayDiscard, S::NeedsWhy},
      {"nonblocking", Role::NonBlocking, S::NeedsWhy},
      {"allow-inside", Role::AllowInside, S::NeedsWhy},
  };
  return All;
}

SmallVector<StringRef, 16> functionSections() {
  return to_vector<16>(map_range(allSections(), [](const FunctionSection &S) { return S.Name; }));
}

void FileFunctions::functions(const YamlValue &V, StringRef Section, std::vector<Entry> &Into) {
  const FunctionSection &Of =
      *find_if(allSections(), [&](const FunctionSection &S) { return S.Name == Section; });
  for (const YamlValue &Item : V.Items)
    function(Item, Of, Into);
}

void FileFunctions::function(const YamlValue &V, const FunctionSection &Section,
                             std::vector<Entry> &Into) {
  enum { Name, Names, Why, Instead, Header, When, Unless, Special };
  SmallVector<StringRef, 10> Keys = {"name", "names", "why", "instead", "header", "when", "unless"};
  Keys.append(Section.Keys);
  std::optional<Fields> Found = fields(V, "an entry of '" + Section.Name + "'", Keys);
  if (!Found)
    return;
  Fields &F = *Found;

  Entry E;
  E.What = Section.What;
  unsigned Before = Faults;
  auto Named = names(V, F[Name], F[Names], /*Glob=*/true);
  if ((Section.Needs & FunctionSection::NeedsWhy) && !F[Why])
    error(V, "'why' is missing; it completes the sentence \"it …\"");
  if ((Section.Needs & FunctionSection::NeedsKey) && !F[Special])
    error(V, "'" + Keys[Special] + "' is missing");
  if (F[Why])
    E.Why = text(*F[Why], "'why'").value_or("");
  if (F[Instead])
    E.Instead = text(*F[Instead], "'instead'").value_or("");
  if (F[Header])
    E.Header = text(*F[Header], "'header'").value_or("");
  if (F[When])
    E.When = conditions(*F[When], "when");
  if (F[Unless])
    E.Unless = conditions(*F[Unless], "unless");
  for (size_t I = Special; I != Keys.size(); ++I)
    if (F[I])
      special(*F[I], Keys[I], Section, E);
    else if (Section.Name == "locking" && Keys[I] == "args")
      error(V, "'args' is missing; it says which argument is the mutex");
  if (Faults != Before)
    return;

  const std::string Conditions = conditionsKey(E.When) + "|" + conditionsKey(E.Unless);
  for (auto &[N, At] : Named) {
    E.Name = N;
    E.From = sourceOf(*At);
    once(*At, Section.Name + Twine('|') + model::nameOf(E.What) + "|" + N + "|" + Conditions,
         quoted(N));
    Into.push_back(E);
  }
}

/// One of the section's own keys.
void FileFunctions::special(const YamlValue &V, StringRef Key, const FunctionSection &Section,
                            Entry &E) {
  if (Key == "args") {
    E.Args = arguments(V);
  } else if (Key == "family") {
    if (auto I = oneOf(V, "family", "families", familyNames()))
      E.Waits = allFamilies()[*I];
  } else if (Key == "callable") {
    constexpr StringRef Words[] = {"kept", "dropped", "referred"};
    if (auto I = oneOf(V, "'callable'", "its values", Words))
      E.Callable = *callableNamed(Words[*I]);
  } else if (Key == "descriptor") {
    if (auto N = number(V, "'descriptor'"))
      E.Descriptor = *N;
  } else {
    const SmallVector<StringRef, 3> Words = to_vector<3>(
        map_range(Section.Words, [](const FunctionSection::Word &W) { return W.Text; }));
    if (auto I = oneOf(V, "'" + Key + "'", "its values", Words))
      E.What = Section.Words[*I].Means;
  }
}

std::vector<int> FileFunctions::arguments(const YamlValue &V) {
  std::vector<int> Args;
  if (!list(V, "'args'"))
    return Args;
  if (V.Items.empty())
    error(V, "'args' is empty; leave it out to mean every argument");
  for (const YamlValue &Item : V.Items) {
    std::optional<int> N;
    if (Item.Is == YamlValue::Scalar && Item.Text == "object")
      N = Condition::Object;
    else if (auto Position = number(Item, "an argument is 'object' or a position, which"))
      N = *Position;
    if (N && is_contained(Args, *N))
      error(Item, "argument " + Item.Text + " is named twice");
    if (N)
      Args.push_back(*N);
  }
  return Args;
}

} // namespace corolint::model
