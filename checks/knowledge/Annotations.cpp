//===- Annotations.cpp - What the code says of itself ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Annotations.h"
#include "knowledge/Words.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;
using namespace llvm;

namespace corolint::model {
namespace {

/// The strings that it is given.
SmallVector<std::string, 1> textsOf(const AnnotateAttr &A) {
  SmallVector<std::string, 1> Texts;
  for (const Expr *Argument : A.args()) {
    if (const auto *Constant = dyn_cast<ConstantExpr>(Argument))
      Argument = Constant->getSubExpr();
    if (const auto *Text = dyn_cast<clang::StringLiteral>(Argument->IgnoreParenImpCasts()))
      if (Text->getCharByteWidth() == 1)
        Texts.push_back(Text->getString().str());
  }
  return Texts;
}

std::string textOf(const AnnotateAttr &A) {
  const SmallVector<std::string, 1> Texts = textsOf(A);
  return Texts.empty() ? "" : Texts.front();
}

/// The name as entries have it, or nothing if it cannot be one.
std::optional<StringRef> qualifiedName(StringRef Name) {
  Name.consume_front("::");
  SmallVector<StringRef, 4> Parts;
  Name.split(Parts, "::");
  const bool IsOne = all_of(Parts, [&](StringRef Part) {
    const bool Last = Part.end() == Name.end();
    if (Last && Part.starts_with("operator"))
      return true;
    if (Last)
      Part.consume_front("~");
    return isValidAsciiIdentifier(Part);
  });
  return IsOne ? std::optional(Name) : std::nullopt;
}

Source sourceAt(const ASTContext &Context, SourceLocation At) {
  const SourceManager &SM = Context.getSourceManager();
  PresumedLoc Where = SM.getPresumedLoc(SM.getExpansionLoc(At));
  if (Where.isInvalid())
    return {Origin::Annotation, "", 0};
  return {Origin::Annotation, Where.getFilename(), Where.getLine()};
}

/// Visits every annotation of ours on \p D and on what it was made from. Attributes move along to
/// later redeclarations, so the same one is seen often.
class Annotations {
public:
  explicit Annotations(const ASTContext &Context) : Context(Context) {}

  template <typename DeclT>
  void visit(const DeclT &D, function_ref<void(StringRef What, const AnnotateAttr &)> Do) {
    for (const auto *Redeclared : D.redecls())
      visitOne(*Redeclared, Do);
  }
  void visitOne(const Decl &D, function_ref<void(StringRef What, const AnnotateAttr &)> Do) {
    if (!D.hasAttrs())
      return;
    for (const auto *A : D.specific_attrs<AnnotateAttr>()) {
      StringRef What = A->getAnnotation();
      if (What.consume_front("corolint::") &&
          Seen.insert({A->getLocation().getRawEncoding(), What}).second)
        Do(What, *A);
    }
  }
  Source source(SourceLocation At) const { return sourceAt(Context, At); }

private:
  const ASTContext &Context;
  llvm::DenseSet<std::pair<unsigned, StringRef>> Seen;
};

/// The function and the patterns that it was instantiated from: what carries its attributes.
SmallVector<const FunctionDecl *, 3> written(const FunctionDecl &F) {
  SmallVector<const FunctionDecl *, 3> Result = {&F};
  if (const FunctionDecl *Pattern = F.getTemplateInstantiationPattern(/*ForDefinition=*/false))
    Result.push_back(Pattern);
  // An explicit specialisation has no pattern, but it is the same function to whoever marked it.
  if (const FunctionTemplateDecl *Template = F.getPrimaryTemplate()) {
    while (const FunctionTemplateDecl *Member = Template->getInstantiatedFromMemberTemplate())
      Template = Member;
    if (!is_contained(Result, Template->getTemplatedDecl()))
      Result.push_back(Template->getTemplatedDecl());
  }
  return Result;
}

SmallVector<const CXXRecordDecl *, 3> written(const CXXRecordDecl &C) {
  SmallVector<const CXXRecordDecl *, 3> Result = {&C};
  if (const CXXRecordDecl *Pattern = C.getTemplateInstantiationPattern())
    Result.push_back(Pattern);
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C)) {
    const CXXRecordDecl *Primary = Special->getSpecializedTemplate()->getTemplatedDecl();
    if (!is_contained(Result, Primary))
      Result.push_back(Primary);
  }
  return Result;
}

/// What Clang's own [[clang::blocking]] and [[clang::nonblocking]] say. They are part of the type.
void readEffects(const FunctionDecl &F, SmallVectorImpl<Entry> &Into) {
  for (const FunctionEffectWithCondition &Effect : F.getFunctionEffects()) {
    if (Effect.Cond.getCondition())
      continue; // depends on a template argument
    FunctionEffect::Kind Kind = Effect.Effect.kind();
    if (Kind != FunctionEffect::Kind::Blocking && Kind != FunctionEffect::Kind::NonBlocking)
      continue;
    Entry E;
    bool Blocks = Kind == FunctionEffect::Kind::Blocking;
    E.What = Blocks ? Role::Blocks : Role::NonBlocking;
    E.Why = Blocks ? "is declared [[clang::blocking]]" : "is declared [[clang::nonblocking]]";
    E.From = sourceAt(F.getASTContext(), F.getLocation());
    Into.push_back(std::move(E));
    return;
  }
}

} // namespace

void readAnnotations(const FunctionDecl &F, SmallVectorImpl<Entry> &Into) {
  Annotations Read(F.getASTContext());
  auto Add = [&](Role What, const AnnotateAttr &A, StringRef Why) -> Entry & {
    Entry &E = Into.emplace_back();
    E.What = What;
    E.Why = Why;
    E.From = Read.source(A.getLocation());
    return E;
  };
  auto AddReplaced = [&](const AnnotateAttr &A) {
    for (const std::string &Name : textsOf(A))
      if (const std::optional<StringRef> Of = qualifiedName(Name))
        Add(Role::Replaces, A, "is annotated as the awaitable form of '" + Of->str() + "'").Of =
            *Of;
  };

  for (const FunctionDecl *Written : written(F)) {
    Read.visit(*Written, [&](StringRef What, const AnnotateAttr &A) {
      std::string Text = textOf(A);
      if (What == "blocking")
        Add(Role::Blocks, A, "is annotated as blocking").Instead = Text;
      else if (What == "nonblocking")
        Add(Role::NonBlocking, A, "is annotated as non-blocking");
      else if (What == "allow-blocking")
        Add(Role::AllowInside, A, Text.empty() ? "is annotated as allowed to block" : Text);
      else if (What == "starts-loop")
        Add(Role::RunsLoop, A, "is annotated as running an event loop").Instead = Text;
      else if (What == "loop-thread")
        Add(Role::LoopThread, A, "is annotated as running on the loop's thread");
      else if (What == "resumes-on-worker")
        Add(Role::HopsToWorker, A, "is annotated as resuming on a worker");
      else if (What == "resumes-on-loop")
        Add(Role::HopsToLoop, A, "is annotated as resuming on the loop");
      else if (What == "pauses")
        Add(Role::Pauses, A, "is annotated as waiting for time only");
      else if (What == "gathers")
        Add(Role::Gathers, A, "is annotated as running its tasks at the same time");
      else if (What == "may-discard")
        Add(Role::MayDiscard, A, "is annotated as fine to discard");
      else if (What == "replaces")
        AddReplaced(A);
    });
    for (const FunctionDecl *Redeclared : Written->redecls())
      for (unsigned I = 0; I != Redeclared->getNumParams(); ++I)
        Read.visitOne(*Redeclared->getParamDecl(I), [&](StringRef What, const AnnotateAttr &A) {
          std::optional<Role> Is = What == "offloads"        ? std::optional(Role::Offloads)
                                   : What == "stores"        ? std::optional(Role::Stores)
                                   : What == "consumes-task" ? std::optional(Role::ConsumesTask)
                                                             : std::nullopt;
          if (!Is)
            return;
          // One entry for all parameters of one role, as a line of YAML would say it.
          auto *It = find_if(Into, [&](const Entry &E) { return E.What == *Is; });
          Entry &E = It != Into.end() ? *It : Add(*Is, A, "is annotated so");
          if (!is_contained(E.Args, int(I)))
            E.Args.push_back(I);
        });
  }
  // A class that is awaited stands for what makes an object of it.
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXRecordDecl *Written : written(*Constructor->getParent()))
      Read.visit(*Written, [&](StringRef What, const AnnotateAttr &A) {
        if (What == "replaces")
          AddReplaced(A);
      });
  for (Entry &E : Into)
    llvm::sort(E.Args);
  if (none_of(Into,
              [](const Entry &E) { return E.What == Role::Blocks || E.What == Role::NonBlocking; }))
    readEffects(F, Into);
}

std::vector<std::string> annotationFaults(const Decl &D) {
  std::vector<std::string> Faults;
  if (!D.hasAttrs())
    return Faults;
  for (const auto *A : D.specific_attrs<AnnotateAttr>()) {
    if (A->isInherited() || A->getAnnotation() != "corolint::replaces")
      continue;
    const Source At = sourceAt(D.getASTContext(), A->getLocation());
    for (const std::string &Name : textsOf(*A))
      if (!qualifiedName(Name))
        Faults.push_back(At.File + ":" + std::to_string(At.Line) + ": CORO_REPLACES(\"" + Name +
                         "\") names no function; a name is written as in "
                         "\"std::this_thread::sleep_for\"");
  }
  return Faults;
}

void readAnnotations(const CXXRecordDecl &C, SmallVectorImpl<TypeEntry> &Into) {
  Annotations Read(C.getASTContext());
  for (const CXXRecordDecl *Written : written(C))
    Read.visit(*Written, [&](StringRef What, const AnnotateAttr &A) {
      static const std::pair<StringRef, TypeRole> Words[] = {
          {"task", TypeRole::Lazy},
          {"may-discard", TypeRole::MayDiscard},
          {"scope", TypeRole::Scope},
          {"joined-scope", TypeRole::JoinedScope},
          {"cancellation", TypeRole::Cancellation},
          {"async-lock", TypeRole::AsyncLock},
          {"no-suspend", TypeRole::NoSuspend},
          {"no-yield", TypeRole::NoYield},
          {"context", TypeRole::Context},
          {"pinned", TypeRole::Pinned},
          {"resumes-on-worker", TypeRole::HopsToWorker},
          {"resumes-on-loop", TypeRole::HopsToLoop}};
      for (auto [Word, Is] : Words)
        if (Word == What) {
          std::string Text = textOf(A);
          Into.push_back({"", Is, Text.empty() ? ("is annotated as " + Word).str() : Text,
                          Read.source(A.getLocation())});
        }
    });
}

} // namespace corolint::model
