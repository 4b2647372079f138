//===- KnowledgeFile.cpp - One YAML file of knowledge ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the keys mean. The text is a tree already (YamlTree.h) and its values are read by their kind
// (Values.h), so this is a plain walk which reports every fault of the file, not only its first.
//
//===----------------------------------------------------------------------===//

#include "knowledge/KnowledgeFile.h"
#include "knowledge/FileFunctions.h"
#include "knowledge/Values.h"
#include "knowledge/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint::model {
namespace {

using Value = YamlValue;

// Real files have some thousand lines. The limit only keeps hostile input from costing time.
constexpr size_t MaxYamlBytes = 1 << 20;

class Reader : public FileFunctions {
public:
  using FileFunctions::FileFunctions;

  void file(const Value &Root);
  KnowledgeFile take() { return std::move(Out); }

private:
  void section(const Value &Key, const Value &V);
  void proved(const Value &V);
  void profile(const Value &V);
  void families(const Value &V);
  void exclude(const Value &V);
  void perFileIgnores(const Value &V);
  void ignore(const Value &Glob, std::vector<std::string> Rules);
  void counterparts(const Value &V);
  void counterpart(const Value &V);
  void types(const Value &V);
  void aliases(const Value &V);
  void checkPlaceholders(const Value &V, StringRef Write);

  KnowledgeFile Out;
};

SmallVector<StringRef, 24> fileKeys() {
  SmallVector<StringRef, 24> Keys = {"library",  "version", "proved",          "profile",
                                     "families", "exclude", "per-file-ignores"};
  append_range(Keys, functionSections());
  Keys.append({"counterparts", "types", "aliases"});
  return Keys;
}

void Reader::file(const Value &Root) {
  if (Root.Is == Value::Null && From != Origin::Shipped)
    return; // an empty file, or one of comments: nothing is known, and nothing is wrong
  const SmallVector<StringRef, 24> Keys = fileKeys();
  if (Root.Is != Value::Map)
    return error(Root, "a knowledge file is a map with the keys " + listed(Keys) + ", not " +
                           nameOf(Root.Is));
  std::optional<Fields> F = fields(Root, "a knowledge file", Keys);
  if (!F)
    // Go on with what is known, so that the first run shows every fault.
    F.emplace(Keys.size(), nullptr);
  bool Shipped = From == Origin::Shipped;
  if (Shipped && !failed() && (!(*F)[0] || !(*F)[1]))
    error(Root, "a shipped file says its 'library' and the 'version' that it was checked against");
  for (size_t I = 0; I != Root.pairs(); ++I)
    if (is_contained(Keys, Root.key(I).Text))
      section(Root.key(I), Root.value(I));
}

void Reader::section(const Value &Key, const Value &V) {
  const StringRef Name = Key.Text;
  if (Name == "library") {
    Out.Library = text(V, "'library'").value_or("");
  } else if (Name == "version") {
    Out.Version = text(V, "'version'").value_or("");
  } else if (Name == "proved") {
    proved(V);
  } else if (is_contained({"profile", "families", "exclude", "per-file-ignores"}, Name)) {
    if (From != Origin::User)
      error(Key, "'" + Name + "' is for the file of a user");
    else if (Name == "families")
      families(V);
    else if (Name == "exclude")
      exclude(V);
    else if (Name == "per-file-ignores")
      perFileIgnores(V);
    else
      profile(V);
  } else if (V.Is == Value::Null) {
    return; // `blocking:` with everything below it commented out
  } else if (!list(V, "'" + Name + "'")) {
    return;
  } else if (Name == "counterparts") {
    counterparts(V);
  } else if (Name == "types") {
    types(V);
  } else if (Name == "aliases") {
    aliases(V);
  } else {
    functions(V, Name, Out.Functions);
  }
}

void Reader::proved(const Value &V) {
  if (list(V, "'proved'"))
    for (const Value &Checkout : V.Items)
      if (auto T = text(Checkout, "an item of 'proved'"))
        Out.Proved.push_back(*T);
}

void Reader::profile(const Value &V) {
  if (oneOf(V, "profile", "profiles", {"default", "strict", "pedantic"})) {
    Out.Profile = V.Text;
    Out.ProfileFrom = sourceOf(V);
  }
}

void Reader::families(const Value &V) {
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

void Reader::exclude(const Value &V) {
  if (V.Is == Value::Null || !list(V, "'exclude'"))
    return;
  for (const Value &Glob : V.Items)
    if (text(Glob, "an item of 'exclude'"))
      ignore(Glob, {});
}

void Reader::perFileIgnores(const Value &V) {
  if (V.Is == Value::Null)
    return;
  if (V.Is != Value::Map) {
    error(V, "'per-file-ignores' is a map from globs of files to lists of rules");
    return;
  }
  for (size_t I = 0; I != V.pairs(); ++I) {
    std::vector<std::string> Rules;
    if (!list(V.value(I), "the rules of '" + V.key(I).Text + "'"))
      continue;
    for (const Value &Rule : V.value(I).Items)
      if (auto Name = text(Rule, "a rule"))
        Rules.push_back(*Name);
    if (Rules.empty())
      error(V.value(I), "name the rules that are ignored there, or list the files in 'exclude'");
    else
      ignore(V.key(I), std::move(Rules));
  }
}

void Reader::ignore(const Value &Glob, std::vector<std::string> Rules) {
  SmallString<256> Folder(sourceOf(Glob).File);
  sys::fs::make_absolute(Folder);
  sys::path::remove_filename(Folder);
  sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  Expected<IgnoredFiles> Files = IgnoredFiles::make(Glob.Text, Folder);
  if (!Files) {
    error(Glob, "this is no glob: " + toString(Files.takeError()));
    return;
  }
  Files->Rules = std::move(Rules);
  Files->From = sourceOf(Glob);
  Out.Ignored.push_back(std::move(*Files));
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

void Reader::counterparts(const Value &V) {
  for (const Value &Item : V.Items)
    counterpart(Item);
}

void Reader::counterpart(const Value &V) {
  enum { Of, In, Write, Header, Parameters, Without };
  const StringRef Keys[] = {"of", "in", "write", "header", "parameters", "without"};
  std::optional<Fields> Found = fields(V, "an entry of 'counterparts'", Keys);
  if (!Found)
    return;
  Fields &F = *Found;
  unsigned Before = Faults;
  for (unsigned K : {Of, In, Write})
    if (!F[K])
      error(V, "'" + Keys[K] + "' is missing");
  if (Faults != Before)
    return;
  AsyncCounterpart T;
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
    return;
  T.From = sourceOf(*F[Of]);
  std::string Overload = T.Parameters ? std::to_string(*T.Parameters) : "any";
  once(*F[Of], "counterparts|" + T.Of + "|" + T.In + "|" + Overload,
       "the counterpart of " + quoted(T.Of));
  Out.Counterparts.push_back(std::move(T));
}

static bool needsWhy(TypeRole R) {
  switch (R) {
  case TypeRole::NoSuspend:
  case TypeRole::NoYield:
  case TypeRole::Context:
  case TypeRole::NamedContext:
  case TypeRole::NotATask:
  case TypeRole::MayDiscard:
    return true;
  default:
    return false;
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
    else if (needsWhy(T.Is))
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
