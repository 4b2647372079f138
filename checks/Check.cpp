//===- Check.cpp - The base of every check ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Host.h"
#include "Registry.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Knowledge.h"
#include "model/fix/AwaitableForm.h"
#include "model/run/Context.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint {

bool maySkipBody(const Decl &D, const SourceManager &SM) {
  if (!SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation())))
    return false;
  const FunctionDecl *F = D.getAsFunction();
  const IdentifierInfo *Name = F ? F->getIdentifier() : nullptr;
  if (Name && StringSwitch<bool>(Name->getName())
                  .Cases({"await_ready", "await_suspend", "await_resume", "initial_suspend",
                          "final_suspend", "unhandled_exception"},
                         true)
                  .Default(false))
    return false;
  // What a promise has of the result, and what a task and an awaiter do with the frame.
  const auto *C = F ? dyn_cast<CXXRecordDecl>(F->getDeclContext()) : nullptr;
  auto Has = [&](llvm::StringRef Member) {
    return !C->lookup(&D.getASTContext().Idents.get(Member)).empty();
  };
  if (!C || isa<CXXConstructorDecl>(F))
    return true;
  return isa<CXXDestructorDecl>(F) ? !Has("promise_type") && !Has("await_resume")
                                   : !Has("return_value");
}

Check::~Check() = default;

void Check::checkUnit(ASTContext &Context) {
  Shared = &Of.unit(Context);
  for (const std::string &Fault : Shared->takeFaults())
    Host.configurationError("%0") << Fault;
  if (!isWanted(*Shared))
    return;
  model::Decisions *Asked = Shared->decisions();
  if (Asked)
    Asked->setRule(Facts.Id);
  for (const FunctionDecl *F : Shared->functions()) {
    Current = F;
    checkFunction(*F, *Shared);
  }
  if (Asked)
    llvm::append_range(Of.Stats.Decisions, Asked->take());
}

std::string Check::text(llvm::StringRef Name) const {
  for (const Option &O : Facts.Options)
    if (O.Name == Name)
      return Host.option(O.Name).value_or(O.Default).str();
  llvm_unreachable("a check reads only options that its Entry names");
}

bool Check::isListed(llvm::StringRef Name, llvm::StringRef What) const {
  const std::string List = text(Name);
  llvm::SmallVector<llvm::StringRef, 16> Words;
  llvm::StringRef(List).split(Words, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return llvm::any_of(Words, [&](llvm::StringRef Each) {
    Each = Each.trim();
    return Each.consume_back("*") ? What.starts_with(Each) : What == Each;
  });
}

bool Check::flag(llvm::StringRef Name) const {
  std::string Value = text(Name);
  if (Value == "true" || Value == "1")
    return true;
  if (Value != "false" && Value != "0")
    Host.configurationError("option '%0.%1' is 'true' or 'false', not '%2'")
        << Facts.Id << Name << Value;
  return false;
}

unsigned Check::number(llvm::StringRef Name) const {
  unsigned Number = 0;
  const std::string Value = text(Name);
  if (llvm::StringRef(Value).getAsInteger(10, Number))
    Host.configurationError("option '%0.%1' is a number, not '%2'") << Facts.Id << Name << Value;
  return Number;
}

bool Check::isWanted(const model::Unit &U) const {
  const Tier Profile = tierNamed(Host.profile().value_or(U.profile())).value_or(Tier::Default);
  if (Facts.Level <= Profile)
    return true;
  llvm::SmallVector<llvm::StringRef> Globs;
  Host.checks().split(Globs, ',');
  return llvm::any_of(Globs, [&](llvm::StringRef Each) {
    return !Each.trim().starts_with("-") && switchesOn(Each.trim(), Facts, Profile);
  });
}

bool Check::strict(const model::Unit &U) const {
  llvm::StringRef Profile = Host.profile().value_or(U.profile());
  return Profile == nameOf(Tier::Strict) || Profile == nameOf(Tier::Pedantic);
}

/// Each file is read once for its blocks: there may be as many findings as lines.
bool Check::isInBlock(FileID File, unsigned Offset, const SourceManager &SM) {
  auto [Slot, New] = Blocks.try_emplace(File);
  std::vector<std::pair<size_t, int>> &Open = Slot->second; // behind each word, how many are open
  if (New) {
    const llvm::StringRef Text = SM.getBufferData(File);
    auto Add = [&](llvm::StringRef Word, int By) {
      for (size_t At = Text.find(Word); At != llvm::StringRef::npos; At = Text.find(Word, At + 1))
        Open.push_back({At + Word.size(), By});
    };
    Add("NOLINTBEGIN", 1);
    Add("NOLINTEND", -1);
    llvm::sort(Open);
    for (size_t I = 1; I < Open.size(); ++I)
      Open[I].second += Open[I - 1].second;
  }
  auto Behind = llvm::partition_point(
      Open, [&](const std::pair<size_t, int> &Each) { return Each.first <= Offset; });
  return Behind != Open.begin() && std::prev(Behind)->second > 0;
}

/// True where a comment beside the definition of a macro may silence what the macro stands for: the
/// host decides that when it is given the place inside. Else it would only say where each macro is.
bool Check::mayBeSilenced(SourceLocation Loc, const SourceManager &SM) {
  // What a system header's macro (errno) stands for is the user's by its use.
  if (!Loc.isMacroID() || SM.isInSystemMacro(Loc))
    return false;
  for (; Loc.isMacroID(); Loc = SM.getImmediateMacroCallerLoc(Loc)) {
    auto [File, Offset] = SM.getDecomposedSpellingLoc(Loc);
    llvm::StringRef Text = SM.getBufferData(File);
    size_t Start = Text.rfind('\n', Offset);
    Start = Start == llvm::StringRef::npos || !Start ? 0 : Text.rfind('\n', Start - 1) + 1;
    llvm::StringRef Around = Text.slice(Start, Text.find('\n', Offset));
    if (Around.contains("NOLINT") || isInBlock(File, Offset, SM))
      return true;
  }
  return false;
}

/// By `exclude` or `per-file-ignores` of a user's file.
bool Check::isIgnored(SourceLocation Written) const {
  const std::vector<model::IgnoredFiles> &All = Shared->knowledge().Ignored;
  if (All.empty())
    return false;
  const SourceManager &SM = Shared->context().getSourceManager();
  llvm::SmallString<256> Path(SM.getFilename(Written));
  SM.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return llvm::any_of(All,
                      [&](const model::IgnoredFiles &Each) { return Each.covers(Path, Facts.Id); });
}

std::optional<FindingBuilder> Check::report(SourceLocation Loc, llvm::StringRef Message,
                                            Tier Shown) {
  const SourceManager &SM = Shared->context().getSourceManager();
  SourceLocation Written = SM.getFileLoc(Loc);
  if (Written.isInvalid() || SM.isInSystemHeader(Written))
    return std::nullopt;
  if (isIgnored(Written)) {
    Shared->leave(Loc,
                  [] { return "a .corolint.yaml says that nothing is reported in this file"; });
    return std::nullopt;
  }
  if (model::Decisions *Asked = Shared->decisions()) {
    if (Shown != Tier::Default && !strict(*Shared)) {
      Shared->leave(Loc, [] {
        return "right, but arguable, or not certain: only --profile=strict reports it";
      });
      return std::nullopt;
    }
    if (Asked->covers(Loc))
      Asked->report(Loc);
  }
  if (!Reported.insert(Written).second)
    return std::nullopt;
  const Tier Least = std::max(Shown, Facts.Level);
  return std::optional<FindingBuilder>(
      std::in_place, mayBeSilenced(Loc, SM) ? Loc : Written, Message,
      [this, Written, Least](const FindingBuilder &Finding) { emit(Finding, Written, Least); });
}

void Check::emit(const FindingBuilder &Finding, SourceLocation Written, Tier Least) {
  const SourceManager &SM = Shared->context().getSourceManager();
  FindingFacts &Known =
      Of.Facts[{Facts.Id.str(), SM.getFilename(Written).str(), SM.getFileOffset(Written)}];
  Known = {Least, model::plainName(*Current), {}};
  const FindingMessage &What = Finding.message();
  What.addTo(Host.diag(What.at(), What.text(), DiagnosticIDs::Warning));
  for (const auto &[Kind, Note] : Finding.notes()) {
    Known.Notes.push_back(Kind);
    Note.addTo(Host.diag(SM.getFileLoc(Note.at()), Note.text(), DiagnosticIDs::Note));
  }
}

void Check::noteChain(FindingBuilder &Finding, const model::BlockingWitness &C,
                      const FunctionDecl &F, model::Unit &U) {
  if (std::optional<model::LoopCallback> Callback = model::loopCallback(F, U))
    Finding.related(Callback->At,
                    "%0 runs on the thread of the event loop: it is %select{annotated so|given to "
                    "%2, which calls it there}1")
        << quoted(F) << (Callback->To != nullptr)
        << (Callback->To ? quoted(*Callback->To) : std::string());
  for (size_t I = 1; I < C.Chain.size(); ++I)
    Finding.step(C.Chain[I].At, "%0 calls %1 here") << quotedStep(C, I - 1) << quotedStep(C, I);
  std::string Last = quotedStep(C, C.Chain.size() - 1), Source = C.Known->From.str();
  std::string Advice = C.Chain.size() > 1 ? Last + " " + C.Known->Why : std::string();
  std::string Instead = C.Known->Instead;
  if (std::optional<model::AwaitableForm> Form = model::awaitableForm(C, F, U)) {
    Instead = "await " + Form->Name;
    Source = Form->Of.From.str();
  }
  if (!Instead.empty())
    Advice += (Advice.empty() ? "instead, " : "; instead, ") + Instead;
  const SourceLocation At = C.Chain.back().At;
  if (!Advice.empty())
    (Instead.empty() ? Finding.related(At, "%0 (%1)") : Finding.advice(At, "%0 (%1)"))
        << Advice << Source;
  else if (C.Known->From.From == model::Origin::Annotation)
    Finding.related(At, "%0 is %1") << Last << Source;
  else
    Finding.related(At, "%0 is known from %1") << Last << Source;
}

std::string quotedStep(const model::BlockingWitness &C, size_t I) {
  const bool IsLast = I + 1 == C.Chain.size();
  if (IsLast && C.Known->From.From != model::Origin::Annotation &&
      !llvm::StringRef(C.Known->Name).ends_with("*"))
    return "'" + C.Known->Name + "'";
  return quoted(*C.Chain[I].Callee);
}

std::string quoted(const NamedDecl &D) {
  return model::namedAs(D);
}

} // namespace corolint
