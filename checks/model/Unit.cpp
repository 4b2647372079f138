//===- Unit.cpp - The model of one translation unit -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unit.h"
#include "../Host.h"
#include "Beside.h"
#include "Blocking.h"
#include "Burden.h"
#include "Call.h"
#include "Cfg.h"
#include "Changes.h"
#include "Context.h"
#include "Coroutine.h"
#include "Edits.h"
#include "Flow.h"
#include "Knowledge.h"
#include "LibraryFiles.h"
#include "LockEffects.h"
#include "Objects.h"
#include "Shown.h"
#include "TaskType.h"
#include "Threads.h"
#include "Uses.h"
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace clang;

namespace corolint::model {

std::shared_ptr<Unit> Unit::of(ASTContext &Context) {
  // The rules of one run own the model together; the next unit may have its context at the same
  // address, but by then nobody owns the old model.
  static thread_local std::weak_ptr<Unit> Last;
  std::shared_ptr<Unit> Current = Last.lock();
  if (!Current || &Current->Context != &Context)
    Last = Current = std::make_shared<Unit>(Context);
  return Current;
}

Unit::Unit(ASTContext &Context)
    : Context(Context), Known(std::make_unique<Knowledge>(Knowledge::shipped())) {
  const SourceManager &SM = Context.getSourceManager();
  auto Keep = [&](const llvm::SMDiagnostic &D) {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    printShown(D, Out);
    Faults.push_back(llvm::StringRef(Text).rtrim().str());
  };
  for (const std::string &File : hostSettings().KnowledgeFiles) {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer)
      Faults.push_back(File + ": " + Buffer.getError().message());
    else
      Known->add((*Buffer)->getMemBufferRef(), Origin::User, Keep);
  }
  if (OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID()))
    Known->addUserFiles(Main->getName(), Keep);
  std::vector<std::string> OfLibraries = libraryFiles(SM);
  for (const std::string &File : OfLibraries)
    Known->addLibraryFile(File, Keep);
  index();
  unitStats().LibraryFiles = std::move(OfLibraries);
  if (llvm::StringRef File = hostSettings().AskedFile; !File.empty())
    Asked = std::make_unique<Decisions>(SM, File);
}

Unit::~Unit() = default;

llvm::StringRef Unit::profile() const {
  return Known->Profile ? llvm::StringRef(*Known->Profile) : "default";
}

std::vector<std::string> Unit::takeFaults() {
  return std::exchange(Faults, {});
}

bool Unit::isSystem(SourceLocation Loc) const {
  const SourceManager &SM = Context.getSourceManager();
  return Loc.isInvalid() || SM.isInSystemHeader(SM.getExpansionLoc(Loc));
}

namespace {

class Indexer : public DynamicRecursiveASTVisitor {
public:
  explicit Indexer(const Unit &U) : U(U) {
    ShouldVisitTemplateInstantiations = true;
    ShouldVisitImplicitCode = true; // the call operators of lambdas
  }

  bool TraverseDecl(Decl *D) override {
    if (D && !isa<TranslationUnitDecl>(D) &&
        isa<TranslationUnitDecl, NamespaceDecl, LinkageSpecDecl>(D->getDeclContext()) &&
        !isa<NamespaceDecl, LinkageSpecDecl>(D) && U.isSystem(D->getLocation()))
      return true;
    return DynamicRecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitFunctionDecl(FunctionDecl *F) override {
    if (F->doesThisDeclarationHaveABody() && !F->isImplicit() && Seen.insert(F).second) {
      Found.push_back(F);
      if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
        Instantiated.insert(Pattern->getCanonicalDecl());
    }
    return true;
  }

  bool VisitCXXMethodDecl(CXXMethodDecl *M) override {
    if (M->isCanonicalDecl() && !M->getParent()->isDependentContext())
      noteOverrides(*M, *M);
    return true;
  }

  void noteOverrides(const CXXMethodDecl &M, const CXXMethodDecl &Below) {
    for (const CXXMethodDecl *Base : Below.overridden_methods()) {
      Overriders[Base->getCanonicalDecl()].push_back(&M);
      noteOverrides(M, *Base);
    }
  }

  /// A pattern speaks only where no instantiation does.
  bool isReplaced(const FunctionDecl &F) const {
    if (!F.isDependentContext())
      return false;
    for (const DeclContext *D = &F; D; D = D->getParent())
      if (const auto *Enclosing = dyn_cast<FunctionDecl>(D))
        if (Instantiated.contains(Enclosing->getCanonicalDecl()))
          return true;
    return false;
  }

  const Unit &U;
  std::vector<const FunctionDecl *> Found;
  llvm::DenseSet<const FunctionDecl *> Seen, Instantiated;
  llvm::DenseMap<const CXXMethodDecl *, std::vector<const CXXMethodDecl *>> Overriders;
};

/// What a broken function says is not what its author wrote. An error may leave nothing in the
/// tree (a statement that does not parse is gone), so places count as well.
class BrokenFunctions {
public:
  explicit BrokenFunctions(const ASTContext &Context)
      : SM(Context.getSourceManager()), Any(Context.getDiagnostics().hasErrorOccurred()) {
    for (SourceLocation Error : hostSettings().Errors)
      if (Error.isValid())
        Errors.insert(SM.getDecomposedExpansionLoc(Error));
  }

  bool contain(const FunctionDecl &F) {
    if (!Any)
      return false;
    for (const DeclContext *D = &F; D; D = D->getParent())
      if (const auto *Enclosing = dyn_cast<FunctionDecl>(D); Enclosing && isBroken(*Enclosing))
        return true;
    return false;
  }

private:
  bool isBroken(const FunctionDecl &F) {
    auto [Slot, New] = Known.try_emplace(&F, false);
    if (!New)
      return Slot->second;
    return Known[&F] = F.isInvalidDecl() || holdsError(F.getSourceRange()) ||
                       llvm::any_of(F.parameters(),
                                    [](const ParmVarDecl *P) { return P->isInvalidDecl(); }) ||
                       holdsError(F.getBody());
  }

  bool holdsError(SourceRange Range) const {
    if (Range.isInvalid())
      return false;
    auto First = Errors.lower_bound(SM.getDecomposedExpansionLoc(Range.getBegin()));
    return First != Errors.end() && *First <= SM.getDecomposedExpansionLoc(Range.getEnd());
  }

  static bool holdsError(const Stmt *Body) {
    llvm::SmallVector<const Stmt *> Left = {Body};
    while (!Left.empty()) {
      const Stmt *S = Left.pop_back_val();
      if (!S)
        continue;
      if (const auto *E = dyn_cast<Expr>(S); E && E->containsErrors())
        return true;
      if (const auto *Declares = dyn_cast<DeclStmt>(S))
        if (llvm::any_of(Declares->decls(), [](const Decl *D) { return D->isInvalidDecl(); }))
          return true;
      Left.append(S->child_begin(), S->child_end());
    }
    return false;
  }

  const SourceManager &SM;
  const bool Any;
  std::set<std::pair<FileID, unsigned>> Errors;
  llvm::DenseMap<const FunctionDecl *, bool> Known;
};

} // namespace

void Unit::index() {
  Indexer I(*this);
  I.TraverseDecl(Context.getTranslationUnitDecl());
  Overriders = std::move(I.Overriders);
  const SourceManager &SM = Context.getSourceManager();
  UnitStats Stats;
  llvm::DenseSet<SourceLocation> Places; // instantiations share theirs
  BrokenFunctions Broken(Context);
  for (const FunctionDecl *F : I.Found) {
    if (I.isReplaced(*F) || SM.isInSystemHeader(SM.getExpansionLoc(F->getLocation())))
      continue;
    if (Broken.contain(*F)) {
      noteBroken(*F);
      continue;
    }
    Functions.push_back(F);
    if (Places.insert(F->getLocation()).second) {
      ++Stats.Functions;
      Stats.Coroutines += isCoroutine(*F);
    }
  }
  unitStats() = Stats;
}

void Unit::noteBroken(const FunctionDecl &F) {
  llvm::SmallVector<const Stmt *> Left = {F.getBody()};
  while (!Left.empty()) {
    const Stmt *S = Left.pop_back_val();
    if (!S)
      continue;
    const Decl *Named = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Named = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Named = Member->getMemberDecl();
    else if (const auto *Several = dyn_cast<OverloadExpr>(S))
      NamesInBroken.insert(Several->getName());
    else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(S))
      NamesInBroken.insert(Dependent->getMember());
    if (const auto *Function = dyn_cast_or_null<FunctionDecl>(Named))
      NamedInBroken.insert(Function->getCanonicalDecl());
    Left.append(S->child_begin(), S->child_end());
  }
}

bool Unit::isNamedInBroken(const FunctionDecl &F) const {
  return NamedInBroken.contains(F.getCanonicalDecl()) || NamesInBroken.contains(F.getDeclName());
}

llvm::ArrayRef<const CXXMethodDecl *> Unit::overridersOf(const CXXMethodDecl &M) const {
  auto Found = Overriders.find(cast<CXXMethodDecl>(M.getCanonicalDecl()));
  return Found == Overriders.end() ? llvm::ArrayRef<const CXXMethodDecl *>()
                                   : llvm::ArrayRef(Found->second);
}

TaskTypes &Unit::types() {
  if (!Types)
    Types = std::make_unique<TaskTypes>(*this);
  return *Types;
}

Blocking &Unit::blocking() {
  if (!Blocks)
    Blocks = std::make_unique<Blocking>(*this);
  return *Blocks;
}

const Hops *Unit::hops(const FunctionDecl &F) {
  auto [Slot, New] = Threads.try_emplace(&F);
  if (!New)
    return Slot->second.get();
  auto Found = std::make_unique<Hops>(F, *this);
  return (Threads[&F] = std::move(Found)).get(); // Slot may have moved
}

llvm::ArrayRef<SuspensionPoint> Unit::suspensions(const FunctionDecl &F) {
  auto [Slot, New] = Suspensions.try_emplace(&F);
  if (!New)
    return Slot->second;
  std::vector<SuspensionPoint> Found = findSuspensions(F, *this); // may ask for those of others
  return Suspensions[&F] = std::move(Found);
}

const Uses &Unit::uses(const FunctionDecl &F) {
  std::unique_ptr<Uses> &Slot = Used[&F];
  if (!Slot)
    Slot = std::make_unique<Uses>(F);
  return *Slot;
}

const AwaitPlaces &Unit::awaitPlaces(const FunctionDecl &F) {
  if (auto Found = Places.find(&F); Found != Places.end())
    return *Found->second;
  auto Made = std::make_unique<AwaitPlaces>(F, *this);
  return *(Places[&F] = std::move(Made));
}

std::optional<Burden> Unit::burden(const CXXRecordDecl &C) {
  // Nothing, while it is being found: a list's node has a pointer to a node.
  auto [Slot, New] = Burdens.try_emplace(&C);
  if (!New)
    return Slot->second;
  std::optional<Burden> Found = findBurden(C, *this);
  return Burdens[&C] = Found;
}

llvm::ArrayRef<HeldAcross> Unit::heldAcross(const FunctionDecl &F) {
  auto [Slot, New] = Held.try_emplace(&F);
  if (New && isCoroutine(F))
    Slot->second = model::heldAcross(F, *this);
  return Slot->second;
}

llvm::ArrayRef<LockEffect> Unit::lockEffects(const FunctionDecl &F) {
  // Nothing, while it is being found; nor where the chain of calls is longer than the stack is sure
  // to hold.
  constexpr unsigned Deepest = 64;
  if (LockDepth == Deepest)
    return {};
  const FunctionDecl *Key = F.getCanonicalDecl();
  auto [Slot, New] = LockEffects.try_emplace(Key);
  if (!New)
    return Slot->second ? llvm::ArrayRef<LockEffect>(*Slot->second) : llvm::ArrayRef<LockEffect>();
  ++LockDepth;
  auto Found = std::make_unique<std::vector<LockEffect>>(findLockEffects(F, *this));
  --LockDepth;
  return *(LockEffects[Key] = std::move(Found)); // Slot may have moved
}

Changes &Unit::changes() {
  if (!Changed)
    Changed = std::make_unique<Changes>(*this);
  return *Changed;
}

Beside &Unit::beside() {
  if (!Runs)
    Runs = std::make_unique<Beside>(*this);
  return *Runs;
}

Where Unit::startOf(const FunctionDecl &F) {
  if (!isCoroutine(F))
    return Where::Loop;
  if (!Started)
    Started = std::make_unique<Starts>(*this);
  return Started->of(F);
}

const llvm::DenseMap<const FunctionDecl *, LoopCallback> &Unit::loopCallbacks() {
  if (!Callbacks) {
    Callbacks = std::make_unique<llvm::DenseMap<const FunctionDecl *, LoopCallback>>();
    for (const FunctionDecl *F : Functions)
      walkEvaluated(writtenBody(*F), [&](const Stmt &S) {
        if (const auto *E = dyn_cast<CallExpr>(&S))
          if (std::optional<Call> Site = callOf(*E))
            addLoopCallbacks(*Site, *F, *this, *Callbacks);
        return true;
      });
  }
  return *Callbacks;
}

const std::vector<Call> &Unit::calls(const FunctionDecl &F) {
  auto [Slot, New] = Calls.try_emplace(&F);
  if (!New)
    return *Slot->second;
  auto Found = std::make_unique<std::vector<Call>>(callsIn(F));
  return *(Calls[&F] = std::move(Found)); // Slot may have moved
}

const Objects &Unit::objects(const FunctionDecl &F) {
  auto [Slot, New] = ObjectsOf.try_emplace(&F);
  if (!New)
    return *Slot->second;
  auto Found = std::make_unique<Objects>(F, *this);
  return *(ObjectsOf[&F] = std::move(Found));
}

llvm::ArrayRef<const FunctionDecl *> Unit::methodsOf(const CXXRecordDecl &C) {
  if (Methods.empty())
    for (const FunctionDecl *F : Functions)
      if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
        Methods[Method->getParent()->getCanonicalDecl()].push_back(F);
  auto Found = Methods.find(C.getCanonicalDecl());
  return Found == Methods.end() ? llvm::ArrayRef<const FunctionDecl *>()
                                : llvm::ArrayRef(Found->second);
}

const Cfg *Unit::cfg(const FunctionDecl &F) {
  auto [Slot, New] = Cfgs.try_emplace(&F);
  if (New)
    Slot->second = Cfg::build(F, Context);
  return Slot->second.get();
}

} // namespace corolint::model
