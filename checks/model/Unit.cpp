//===- Unit.cpp - The model of one translation unit -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Unit.h"
#include "base/Compat.h"
#include "base/Shown.h"
#include "knowledge/Annotations.h"
#include "knowledge/Knowledge.h"
#include "knowledge/LibraryFiles.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace clang;

namespace corolint::model {

Unit::Unit(ASTContext &Context, const UnitSettings &Settings, UnitStats &Stats)
    : Context(Context), Stats(Stats), Known(std::make_unique<Knowledge>(Knowledge::shipped())) {
  const SourceManager &SM = Context.getSourceManager();
  auto Keep = [&](const llvm::SMDiagnostic &D) {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    printShown(D, Out);
    Faults.push_back(llvm::StringRef(Text).rtrim().str());
  };
  for (const std::string &File : Settings.KnowledgeFiles) {
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
  index(Settings);
  Stats.LibraryFiles = std::move(OfLibraries);
  if (llvm::StringRef File = Settings.AskedFile; !File.empty())
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
    if (!F->isTemplateInstantiation())
      llvm::append_range(Faults, annotationFaults(*F));
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

  bool VisitCXXRecordDecl(CXXRecordDecl *C) override {
    if (!isa<ClassTemplateSpecializationDecl>(C) && !C->getInstantiatedFromMemberClass())
      llvm::append_range(Faults, annotationFaults(*C));
    return true;
  }

  const Unit &U;
  std::vector<const FunctionDecl *> Found;
  std::vector<std::string> Faults; ///< of annotations
  llvm::DenseSet<const FunctionDecl *> Seen, Instantiated;
  llvm::DenseMap<const CXXMethodDecl *, std::vector<const CXXMethodDecl *>> Overriders;
};

/// What a broken function says is not what its author wrote. An error may leave nothing in the
/// tree (a statement that does not parse is gone), so places count as well.
class BrokenFunctions {
public:
  BrokenFunctions(const ASTContext &Context, const UnitSettings &Settings)
      : SM(Context.getSourceManager()), Any(Context.getDiagnostics().hasErrorOccurred()) {
    for (SourceLocation Error : Settings.Errors)
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

void Unit::index(const UnitSettings &Settings) {
  Indexer I(*this);
  I.TraverseDecl(Context.getTranslationUnitDecl());
  Overriders = std::move(I.Overriders);
  llvm::append_range(Faults, I.Faults);
  const SourceManager &SM = Context.getSourceManager();
  llvm::DenseSet<SourceLocation> Places; // instantiations share theirs
  BrokenFunctions Broken(Context, Settings);
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
      Stats.Coroutines += isa_and_nonnull<CoroutineBodyStmt>(F->getBody());
    }
  }
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

llvm::ArrayRef<const FunctionDecl *> Unit::methodsOf(const CXXRecordDecl &C) {
  if (Methods.empty())
    for (const FunctionDecl *F : Functions)
      if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
        Methods[Method->getParent()->getCanonicalDecl()].push_back(F);
  auto Found = Methods.find(C.getCanonicalDecl());
  return Found == Methods.end() ? llvm::ArrayRef<const FunctionDecl *>()
                                : llvm::ArrayRef(Found->second);
}

} // namespace corolint::model
