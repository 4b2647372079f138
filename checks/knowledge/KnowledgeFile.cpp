//===- KnowledgeFile.cpp - One YAML file of knowledge --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the keys mean. The text is a tree already (YamlTree.h) and its values are read by their kind
// (KnowledgeValues.h), so this is a plain walk which reports every fault of the file, not only its
// first.
//
//===----------------------------------------------------------------------===//

#include "knowledge/KnowledgeFile.h"
#include "knowledge/Values.h"
#include "knowledge/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBufferRef.h"

using namespace llvm;

namespace corolint::model {
namespace {

using Value = YamlValue;

// Real files have some thousand lines. The limit only keeps hostile input from costing time.
constexpr size_t MaxYamlBytes = 1 << 20;

class Reader : public KnowledgeValues {
public:
  using KnowledgeValues::KnowledgeValues;

  void file(const Value &Root);
  KnowledgeFile take() { return std::move(Out); }

private:
  void settings(const Value &V);
  void functions(const Value &V, StringRef Section);
  void function(const Value &V, StringRef Section);
  void twins(const Value &V);
  void types(const Value &V);
  void aliases(const Value &V);
  std::vector<Condition> conditions(const Value &V, StringRef Key);
  std::optional<Condition> condition(const Value &V);
  std::vector<int> arguments(const Value &V);
  std::vector<std::pair<std::string, const Value *>> names(const Value &V, const Value *One,
                                                           const Value *Many, bool Glob);
  void checkPlaceholders(const Value &V, StringRef Write);

  KnowledgeFile Out;
};

const StringRef FileKeys[] = {
    "library",     "version",     "proved",       "profile",  "families", "blocking",
    "opens",       "unblocks",    "loops",        "offloads", "calls",    "callbacks",
    "wraps",       "hops",        "loop-thread",  "sinks",    "locking",  "thread-state",
    "discardable", "nonblocking", "allow-inside", "twins",    "types",    "aliases"};

void Reader::file(const Value &Root) {
  if (Root.Is == Value::Null && From != Origin::Shipped)
    return; // an empty file, or one of comments: nothing is known, and nothing is wrong
  if (Root.Is != Value::Map)
    return error(Root, "a knowledge file is a map with the keys " + listed(FileKeys) + ", not " +
                           nameOf(Root.Is));
  std::optional<Fields> F = fields(Root, "a knowledge file", FileKeys);
  if (!F)
    // Go on with what is known, so that the first run shows every fault.
    F.emplace(std::size(FileKeys), nullptr);
  bool Shipped = From == Origin::Shipped;
  if (Shipped && !failed() && (!(*F)[0] || !(*F)[1]))
    error(Root, "a shipped file says its 'library' and the 'version' that it was checked against");

  for (size_t I = 0; I != Root.pairs(); ++I) {
    const Value &V = Root.value(I);
    StringRef Key = Root.key(I).Text;
    if (!is_contained(FileKeys, Key))
      continue;
    if (Key == "library") {
      if (auto T = text(V, "'library'"))
        Out.Library = *T;
    } else if (Key == "version") {
      if (auto T = text(V, "'version'"))
        Out.Version = *T;
    } else if (Key == "proved") {
      if (list(V, "'proved'"))
        for (const Value &Checkout : V.Items)
          if (auto T = text(Checkout, "an item of 'proved'"))
            Out.Proved.push_back(*T);
    } else if (Key == "profile" || Key == "families") {
      if (From != Origin::User)
        error(Root.key(I), "'" + Key + "' is for the file of a user");
      else if (Key == "families")
        settings(V);
      else if (auto P = oneOf(V, "profile", "profiles", {"default", "strict", "pedantic"})) {
        Out.Profile = V.Text;
        Out.ProfileFrom = sourceOf(V);
      }
    } else if (V.Is == Value::Null) {
      continue; // `blocking:` with everything below it commented out
    } else if (!list(V, "'" + Key + "'")) {
      continue;
    } else if (Key == "twins") {
      twins(V);
    } else if (Key == "types") {
      types(V);
    } else if (Key == "aliases") {
      aliases(V);
    } else {
      functions(V, Key);
    }
  }
}

SmallVector<StringRef, 12> familyNames() {
  SmallVector<StringRef, 12> Names;
  for (Family F : allFamilies())
    Names.push_back(model::nameOf(F));
  return Names;
}

void Reader::settings(const Value &V) {
  if (V.Is == Value::Null)
    return;
  std::optional<Fields> F = fields(V, "'families'", familyNames());
  if (!F)
    return;
  for (size_t I = 0; I != V.pairs(); ++I)
    if (auto On = onOff(V.value(I), "'" + V.key(I).Text + "'")) {
      Out.Families[V.key(I).Text] = *On;
      Out.FamiliesFrom[V.key(I).Text] = sourceOf(V.key(I));
    }
}

std::vector<std::pair<std::string, const Value *>> Reader::names(const Value &V, const Value *One,
                                                                 const Value *Many, bool Glob) {
  std::vector<std::pair<std::string, const Value *>> Result;
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

std::string conditionKey(const Condition &C) {
  std::string Number = std::to_string(C.Number);
  return (Twine(C.Is) + " " + Twine(C.Arg) + " " + C.Text + " " + C.With + " " + Number + ";")
      .str();
}

void Reader::functions(const Value &V, StringRef Section) {
  for (const Value &Item : V.Items)
    function(Item, Section);
}

void Reader::function(const Value &V, StringRef Section) {
  // What every section has, then what this one adds.
  enum { Name, Names, Why, Instead, Header, When, Unless, Special, Descriptor };
  SmallVector<StringRef, 10> Keys = {"name", "names", "why", "instead", "header", "when", "unless"};
  bool NeedsWhy = false, NeedsSpecial = false;
  if (Section == "blocking") {
    Keys.append({"family", "descriptor"});
    NeedsWhy = NeedsSpecial = true;
  } else if (Section == "opens") {
    Keys.append({"family", "descriptor"});
    NeedsSpecial = true;
  } else if (Section == "loops" || Section == "discardable" || Section == "nonblocking" ||
             Section == "allow-inside" || Section == "thread-state") {
    NeedsWhy = true;
  } else if (Section == "offloads") {
    Keys.append({"args", "to"});
  } else if (Section == "calls" || Section == "callbacks" || Section == "wraps") {
    Keys.push_back("args");
  } else if (Section == "unblocks") {
    Keys.push_back("descriptor");
    NeedsSpecial = true;
  } else if (Section == "hops") {
    Keys.push_back("to");
    NeedsSpecial = true;
  } else if (Section == "sinks" || Section == "locking") {
    Keys.append({"does", "args"});
    NeedsSpecial = true;
  }

  std::optional<Fields> Found = fields(V, "an entry of '" + Section + "'", Keys);
  if (!Found)
    return;
  Fields &F = *Found;
  F.resize(9, nullptr);

  Entry E;
  unsigned Before = Faults;
  auto Named = names(V, F[Name], F[Names], /*Glob=*/true);
  if (NeedsWhy && !F[Why])
    error(V, "'why' is missing; it completes the sentence \"it …\"");
  if (NeedsSpecial && !F[Special])
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

  if (Section == "blocking" || Section == "opens") {
    E.What = Section == "opens" ? Role::OpensDescriptor : Role::Blocks;
    if (F[Special])
      if (auto I = oneOf(*F[Special], "family", "families", familyNames()))
        E.Waits = allFamilies()[*I];
    if (F[Descriptor])
      if (auto N = number(*F[Descriptor], "'descriptor'"))
        E.Descriptor = *N;
  } else if (Section == "sinks") {
    if (F[Special])
      if (auto I = oneOf(*F[Special], "'does'", "its values", {"stores", "consumes", "detaches"}))
        E.What = *I == 0 ? Role::Stores : *I == 1 ? Role::ConsumesTask : Role::Detaches;
    if (const Value *Args = F[Special + 1])
      E.Args = arguments(*Args);
  } else if (Section == "locking") {
    if (F[Special])
      if (auto I = oneOf(*F[Special], "'does'", "its values", {"locks", "tries", "unlocks"}))
        E.What = *I == 0 ? Role::Locks : *I == 1 ? Role::TriesLock : Role::Unlocks;
    if (const Value *Args = F[Special + 1])
      E.Args = arguments(*Args);
    else
      error(V, "'args' is missing; it says which argument is the mutex");
  } else if (Section == "hops") {
    if (F[Special])
      if (auto I = oneOf(*F[Special], "'to'", "its values", {"worker", "loop", "unknown"}))
        E.What = *I == 0 ? Role::HopsToWorker : *I == 1 ? Role::HopsToLoop : Role::HopsToUnknown;
  } else if (Section == "unblocks") {
    E.What = Role::Unblocks;
    if (F[Special])
      if (auto N = number(*F[Special], "'descriptor'"))
        E.Descriptor = *N;
  } else {
    E.What = StringSwitch<Role>(Section)
                 .Case("loops", Role::RunsLoop)
                 .Case("offloads", Role::Offloads)
                 .Case("calls", Role::CallsInPlace)
                 .Case("callbacks", Role::CallsOnLoop)
                 .Case("wraps", Role::Wraps)
                 .Case("loop-thread", Role::LoopThread)
                 .Case("discardable", Role::MayDiscard)
                 .Case("thread-state", Role::ThreadState)
                 .Case("nonblocking", Role::NonBlocking)
                 .Default(Role::AllowInside);
    const bool TakesArgs =
        is_contained({Role::Offloads, Role::CallsInPlace, Role::CallsOnLoop, Role::Wraps}, E.What);
    if (TakesArgs && F[Special])
      E.Args = arguments(*F[Special]);
    if (const Value *To = E.What == Role::Offloads ? F[Special + 1] : nullptr)
      if (auto I = oneOf(*To, "'to'", "its values", {"worker", "unknown"}); I && *I == 1)
        E.What = Role::RunsElsewhere;
  }
  if (Faults != Before)
    return;

  std::string Conditions;
  for (const Condition &C : E.When)
    Conditions += conditionKey(C);
  Conditions += "|";
  for (const Condition &C : E.Unless)
    Conditions += conditionKey(C);
  for (auto &[N, At] : Named) {
    E.Name = N;
    E.From = sourceOf(*At);
    once(*At, Section + Twine('|') + model::nameOf(E.What) + "|" + N + "|" + Conditions, quoted(N));
    Out.Functions.push_back(E);
  }
}

std::vector<int> Reader::arguments(const Value &V) {
  std::vector<int> Args;
  if (!list(V, "'args'"))
    return Args;
  if (V.Items.empty())
    error(V, "'args' is empty; leave it out to mean every argument");
  for (const Value &Item : V.Items) {
    std::optional<int> N;
    if (Item.Is == Value::Scalar && Item.Text == "object")
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

std::vector<Condition> Reader::conditions(const Value &V, StringRef Key) {
  std::vector<Condition> Result;
  if (!list(V, "'" + Key + "'"))
    return Result;
  if (V.Items.empty())
    error(V, "'" + Key + "' is empty; leave it out");
  for (const Value &Item : V.Items)
    if (auto C = condition(Item))
      Result.push_back(*C);
  return Result;
}

std::optional<Condition> Reader::condition(const Value &V) {
  enum { Arg, With, Is, Mentions, MadeBy, MadeWith, GuardedBy, SettledBy, Type, Derives, Count };
  const StringRef Keys[] = {"arg",        "with",       "is",   "mentions", "made-by", "made-with",
                            "guarded-by", "settled-by", "type", "derives",  "count"};
  std::optional<Fields> Found = fields(V, "a condition", Keys);
  if (!Found)
    return std::nullopt;
  Fields &F = *Found;
  unsigned Before = Faults;

  Condition C;
  if (!F[Arg])
    error(V, "'arg' is missing; it is the position of an argument, 'object' or 'result'");
  else if (F[Arg]->Is == Value::Scalar && F[Arg]->Text == "object")
    C.Arg = Condition::Object;
  else if (F[Arg]->Is == Value::Scalar && F[Arg]->Text == "result")
    C.Arg = Condition::Result;
  else if (auto N = number(*F[Arg], "'arg' is 'object', 'result' or a position, which"))
    C.Arg = *N;

  ArrayRef<const Value *> Questions = ArrayRef(F).drop_front(Is);
  auto Asked = count_if(Questions, [](const Value *Q) { return Q != nullptr; });
  if (Asked != 1) {
    error(V, Twine("a condition asks one question, ") +
                 (Asked ? "not several" : "and here is none") + "; questions are " +
                 listed(ArrayRef(Keys).drop_front(Is)));
    return std::nullopt;
  }
  if (F[With] && !F[GuardedBy] && !F[MadeBy])
    error(*F[With], "'with' says more about 'guarded-by' or 'made-by'");
  if (F[With])
    C.With = text(*F[With], "'with'").value_or("");
  if (!C.With.empty() && !isIdentifier(C.With))
    error(*F[With], "'with' is one identifier, such as true or O_NONBLOCK");

  bool OfResult = C.Arg == Condition::Result;
  if (F[Is]) {
    auto I = oneOf(*F[Is], "'is'", "its values",
                   {"zero", "null", "stdin", "in-memory", "ip-address", "fresh", "empty",
                    "suspended", "dropped"});
    if (!I)
      return std::nullopt;
    const Condition::Kind Kinds[] = {Condition::Zero,     Condition::Null,      Condition::Stdin,
                                     Condition::InMemory, Condition::IpAddress, Condition::Fresh,
                                     Condition::Empty,    Condition::Suspended, Condition::Dropped};
    C.Is = Kinds[*I];
    if (OfResult != (C.Is == Condition::Dropped || C.Is == Condition::Suspended))
      error(*F[Is], OfResult ? "of the result it can only be asked whether it is 'dropped'"
                             : "only the result can be 'dropped'; write 'arg: result'");
  } else if (F[Count]) {
    C.Is = Condition::Count;
    if (auto N = number(*F[Count], "'count'"))
      C.Number = *N;
    if (!OfResult)
      error(*F[Count], "'count' is a question about the call; write 'arg: result'");
  } else {
    if (OfResult)
      error(*F[Arg], "of the result it can only be asked 'is: dropped' or 'count'");
    if (F[Mentions]) {
      C.Is = Condition::Mentions;
      if (auto T = text(*F[Mentions], "'mentions'")) {
        C.Text = *T;
        if (!isIdentifier(C.Text))
          error(*F[Mentions], "'mentions' is one identifier, such as MSG_DONTWAIT");
      }
    } else if (F[GuardedBy]) {
      C.Is = Condition::GuardedBy;
      C.Text = text(*F[GuardedBy], "'guarded-by'").value_or("");
      if (!C.Text.empty() && !isIdentifier(C.Text))
        error(*F[GuardedBy], "'guarded-by' is the name of a member function alone");
    } else if (F[SettledBy]) {
      C.Is = Condition::SettledBy;
      C.Text = text(*F[SettledBy], "'settled-by'").value_or("");
      if (!C.Text.empty() && !isIdentifier(C.Text) && C.Text != "operator()")
        error(*F[SettledBy], "'settled-by' is the name of a member function alone");
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
  }
  if (Faults != Before)
    return std::nullopt;
  return C;
}

/// `{0}`, `{object}` and `{args}` are filled in; nothing else may stand in braces, so that a slip
/// is not left standing in somebody's code.
void Reader::checkPlaceholders(const Value &V, StringRef Write) {
  for (size_t At = Write.find('{'); At != StringRef::npos; At = Write.find('{', At + 1)) {
    StringRef Inside = Write.drop_front(At + 1).split('}').first;
    if (At + 1 + Inside.size() == Write.size())
      return error(V, "a '{' without its '}'");
    unsigned Position;
    if (Inside != "object" && Inside != "args" && Inside.getAsInteger(10, Position))
      return error(V, "unknown placeholder " + quoted("{" + Inside.str() + "}") +
                          "; they are {0}, {1}, …, {object} and {args}");
  }
}

void Reader::twins(const Value &V) {
  enum { Of, In, Write, Header, Parameters, Without };
  const StringRef Keys[] = {"of", "in", "write", "header", "parameters", "without"};
  for (const Value &Item : V.Items) {
    std::optional<Fields> Found = fields(Item, "an entry of 'twins'", Keys);
    if (!Found)
      continue;
    Fields &F = *Found;
    bool Fine = true;
    for (unsigned K : {Of, In, Write})
      if (!F[K]) {
        error(Item, "'" + Keys[K] + "' is missing");
        Fine = false;
      }
    if (!Fine)
      continue;
    unsigned Before = Faults;
    Twin T;
    T.Of = name(*F[Of], /*Glob=*/false).value_or("");
    T.In = name(*F[In], /*Glob=*/false).value_or("");
    if (auto Text = text(*F[Write], "'write'")) {
      T.Write = *Text;
      checkPlaceholders(*F[Write], T.Write);
    }
    if (F[Header] && F[Header]->Is == Value::List) {
      for (const Value &H : F[Header]->Items)
        if (auto Text = text(H, "'header'"))
          (T.Header.empty() ? T.Header : T.MoreHeaders.emplace_back()) = *Text;
    } else if (F[Header]) {
      T.Header = text(*F[Header], "'header'").value_or("");
    }
    if (F[Parameters])
      T.Parameters = number(*F[Parameters], "'parameters'");
    if (F[Without] && list(*F[Without], "'without'"))
      for (const Value &Class : F[Without]->Items)
        T.Without.push_back(name(Class, /*Glob=*/false).value_or(""));
    if (Faults != Before)
      continue;
    T.From = sourceOf(*F[Of]);
    std::string Overload = T.Parameters ? std::to_string(*T.Parameters) : "any";
    once(*F[Of], "twins|" + T.Of + "|" + T.In + "|" + Overload, "the twin of " + quoted(T.Of));
    Out.Twins.push_back(std::move(T));
  }
}

void Reader::types(const Value &V) {
  enum { Name, Names, Is, Why };
  const StringRef Keys[] = {"name", "names", "is", "why"};
  SmallVector<StringRef, 16> Roles;
  for (unsigned R = 0; R <= unsigned(TypeRole::HopsToUnknown); ++R)
    Roles.push_back(model::nameOf(TypeRole(R)));
  for (const Value &Item : V.Items) {
    std::optional<Fields> Found = fields(Item, "an entry of 'types'", Keys);
    if (!Found)
      continue;
    Fields &F = *Found;
    unsigned Before = Faults;
    auto Named = names(Item, F[Name], F[Names], /*Glob=*/false);
    TypeEntry T;
    if (!F[Is])
      error(Item, "'is' is missing; its values are " + listed(Roles));
    else if (auto I = oneOf(*F[Is], "'is'", "its values", Roles))
      T.Is = TypeRole(*I);
    if (F[Why])
      T.Why = text(*F[Why], "'why'").value_or("");
    else if (T.Is == TypeRole::NoSuspend || T.Is == TypeRole::NotATask ||
             T.Is == TypeRole::MayDiscard)
      error(Item, "'why' is missing");
    if (Faults != Before)
      continue;
    for (auto &[N, At] : Named) {
      T.Name = N;
      T.From = sourceOf(*At);
      once(*At, "types|" + N + "|" + model::nameOf(T.Is), quoted(N));
      // A type has one nature; that it may be dropped, or is a scope, comes on top of it.
      if (T.Is <= TypeRole::NotATask)
        once(*At, "types|" + N + "|nature", "the nature of " + quoted(N));
      Out.Types.push_back(T);
    }
  }
}

void Reader::aliases(const Value &V) {
  enum { Name, Names, Of };
  const StringRef Keys[] = {"name", "names", "of"};
  for (const Value &Item : V.Items) {
    std::optional<Fields> Found = fields(Item, "an entry of 'aliases'", Keys);
    if (!Found)
      continue;
    Fields &F = *Found;
    unsigned Before = Faults;
    auto Named = names(Item, F[Name], F[Names], /*Glob=*/false);
    Alias A;
    if (!F[Of])
      error(Item, "'of' is missing; it is the name that the entries use");
    else
      A.Of = name(*F[Of], /*Glob=*/false).value_or("");
    if (Faults != Before)
      continue;
    for (auto &[N, At] : Named) {
      // Otherwise it would name what is in itself, without end.
      if (N == A.Of || StringRef(A.Of).starts_with(N + "::")) {
        error(*At, quoted(N) + " is not another name of " + quoted(A.Of));
        continue;
      }
      A.Name = N;
      A.From = sourceOf(*At);
      once(*At, "aliases|" + N, quoted(N));
      Out.Aliases.push_back(A);
    }
  }
}

} // namespace

std::optional<KnowledgeFile> readKnowledgeFile(MemoryBufferRef Yaml, Origin From,
                                               FaultReporter Report) {
  StringRef File = Yaml.getBufferIdentifier();
  if (Yaml.getBufferSize() > MaxYamlBytes) {
    Report(SMDiagnostic(File, SourceMgr::DK_Error, "the file has more than a megabyte"));
    return std::nullopt;
  }
  SourceMgr SM;
  Reader R(SM, From, File, Report);
  std::optional<Value> Root = readYaml(Yaml, SM);
  if (!Root) {
    if (!R.failed())
      Report(SMDiagnostic(File, SourceMgr::DK_Error, "this is not YAML"));
    return std::nullopt;
  }
  R.file(*Root);
  if (R.failed())
    return std::nullopt;
  return R.take();
}

} // namespace corolint::model
