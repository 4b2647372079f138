//===- Changes.cpp - Who changes a container --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Changes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Calls.h"
#include "model/code/Walk.h"
#include "model/run/Concurrency.h"
#include "model/state/Shared.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace clang;

namespace corolint::model {
namespace {

/// A change that an expression makes, and to what.
struct Made {
  Change Done = Change::None;
  const Expr *Object = nullptr;
};

Made changeIn(const Stmt &S) {
  if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&S)) {
    const CXXMethodDecl *M = Called->getMethodDecl();
    if (!M || !M->getIdentifier() || M->isConst())
      return {};
    Change Done = changeBy(M->getName());
    // `c.erase(c.begin(), c.end())`
    auto IsCall = [](const Expr *E, llvm::StringRef Name) {
      const auto *Inner = dyn_cast<CXXMemberCallExpr>(bare(E));
      const CXXMethodDecl *Callee = Inner ? Inner->getMethodDecl() : nullptr;
      return Callee && Callee->getIdentifier() && Callee->getName() == Name;
    };
    if (Done == Change::Erases && Called->getNumArgs() == 2 && IsCall(Called->getArg(0), "begin") &&
        IsCall(Called->getArg(1), "end"))
      Done = Change::Replaces;
    return {Done, Called->getImplicitObjectArgument()};
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
    const Expr *Object = Operator->getArg(0);
    if (Operator->getOperator() == OO_Equal)
      return {Change::Replaces, Object};
    if (Operator->getOperator() == OO_PlusEqual)
      return {Change::Adds, Object};
    if (Operator->getOperator() == OO_Subscript)
      if (const CXXRecordDecl *C = classOfObject(*Object); C && isKeyed(*C))
        return {Change::Adds, Object}; // it inserts what is not there
    return {};
  }
  const auto *Given = dyn_cast<CallExpr>(&S);
  const FunctionDecl *Callee = Given ? Given->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getIdentifier() || Given->getNumArgs() == 0 || isa<CXXMethodDecl>(Callee))
    return {};
  const llvm::StringRef Name = Callee->getName();
  if (Name == "erase_if" || (Name == "erase" && Callee->isInStdNamespace()))
    return {Change::Erases, Given->getArg(0)};
  if (Callee->isInStdNamespace() && (Name == "exchange" || Name == "swap"))
    return {Change::Replaces, Given->getArg(0)};
  return {};
}

/// The class of what a container or a smart pointer has as its elements.
const CXXRecordDecl *elementClass(const CXXRecordDecl &C) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (!Special)
    return nullptr;
  for (const TemplateArgument &Arg :
       llvm::reverse(Special->getTemplateArgs().asArray().take_front(2)))
    if (Arg.getKind() == TemplateArgument::Type) {
      const CXXRecordDecl *E =
          Arg.getAsType()->getPointeeOrArrayElementType()->getAsCXXRecordDecl();
      if (!E || !E->isInStdNamespace())
        return E;
      if (const CXXRecordDecl *Owned = elementClass(*E); Owned && !E->getIdentifier())
        return Owned;
      else if (E->getIdentifier() && E->getName().ends_with("_ptr"))
        return elementClass(*E);
    }
  return nullptr;
}

} // namespace

/// Reads one function.
class Changes::Reader {
public:
  Reader(Changes &All, const FunctionDecl &F)
      : All(All), F(F), Made(dyn_cast<CXXConstructorDecl>(&F)),
        IsLifetime(Made || isa<CXXDestructorDecl>(F)) {}

  void read() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      addDraining(S);
      addLocals(S);
      addDying(S);
      addChange(S);
      return true;
    });
  }

private:
  void addDraining(const Stmt &S);
  void addLocals(const Stmt &S);
  void addDying(const Stmt &S);
  void addDying(const CXXRecordDecl *C, SourceLocation At) {
    if (C && C->hasDefinition() && !IsLifetime)
      All.Dying[C->getCanonicalDecl()].push_back({{At, &F}, Change::Erases, {}});
  }
  void addChange(const Stmt &S);
  void addLinked(const CallExpr &Call, const CXXRecordDecl &Container);
  bool isDrained(const ValueDecl &Container, SourceLocation At) const;

  Changes &All;
  const FunctionDecl &F;
  const CXXConstructorDecl *Made; ///< F, or null
  const bool IsLifetime;
  /// Loops that go on until a container is empty.
  llvm::SmallVector<std::pair<SourceRange, const ValueDecl *>, 2> Draining;
};

Changes::Changes(Unit &U) : U(U) {
  for (const FunctionDecl *F : U.functions())
    Reader(*this, *F).read();
  llvm::sort(LinkThemselves);
  LinkThemselves.erase(llvm::unique(LinkThemselves), LinkThemselves.end());
  for (const CXXRecordDecl *C : LinkThemselves) // those that are locals end with their scope
    if (auto Ended = Locals.find(C); Ended != Locals.end())
      llvm::append_range(Dying[C], Ended->second);
}

void Changes::Reader::addDraining(const Stmt &S) {
  const Expr *Condition = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(&S))
    Condition = While->getCond();
  else if (const auto *For = dyn_cast<ForStmt>(&S))
    Condition = For->getCond();
  if (!Condition)
    return;
  const Expr *Asked = bare(Condition);
  if (const auto *Not = dyn_cast<UnaryOperator>(Asked); Not && Not->getOpcode() == UO_LNot)
    Asked = bare(Not->getSubExpr());
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Asked);
      Call && Call->getMethodDecl() && Call->getMethodDecl()->getIdentifier() &&
      llvm::is_contained({"empty", "size"}, Call->getMethodDecl()->getName()))
    if (const ValueDecl *Named = pathOf(*Call->getImplicitObjectArgument()).named())
      Draining.push_back({S.getSourceRange(), Named});
}

bool Changes::Reader::isDrained(const ValueDecl &Container, SourceLocation At) const {
  const SourceManager &SM = All.U.context().getSourceManager();
  return llvm::any_of(Draining, [&](const auto &Loop) {
    return Loop.second == &Container && !SM.isBeforeInTranslationUnit(Loop.first.getEnd(), At);
  });
}

void Changes::Reader::addLocals(const Stmt &S) {
  if (const auto *Declares = dyn_cast<DeclStmt>(&S))
    for (const Decl *D : Declares->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
        if (const CXXRecordDecl *C = V->getType()->getAsCXXRecordDecl();
            C && C->hasDefinition() && !C->hasTrivialDestructor() && !isStandard(*C))
          All.Locals[C->getCanonicalDecl()].push_back({{V->getLocation(), &F}, Change::Erases, {}});
}

void Changes::Reader::addDying(const Stmt &S) {
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S))
    if (const QualType T = Delete->getDestroyedType(); !T.isNull()) // it may be dependent
      addDying(T->getAsCXXRecordDecl(), S.getBeginLoc());
  const auto *Called = dyn_cast<CXXMemberCallExpr>(&S);
  if (!Called || !Called->getMethodDecl() || !Called->getMethodDecl()->getIdentifier())
    return;
  const llvm::StringRef Name = Called->getMethodDecl()->getName();
  const Expr *Object = Called->getImplicitObjectArgument();
  const CXXRecordDecl *C = classOfObject(*Object);
  if (Name == "unlink") {
    // Of the element, or of the member of it that hooks it in.
    addDying(C, S.getBeginLoc());
    if (const auto *Hook = dyn_cast<MemberExpr>(Object->IgnoreParenImpCasts()))
      addDying(Hook->getBase()->getType()->isPointerType()
                   ? Hook->getBase()->getType()->getPointeeCXXRecordDecl()
                   : classOfObject(*Hook->getBase()),
               S.getBeginLoc());
  } else if (Name == "reset" && C) {
    addDying(elementClass(*C), S.getBeginLoc());
  }
}

void Changes::Reader::addChange(const Stmt &S) {
  auto [Done, Object] = changeIn(S);
  const CXXRecordDecl *C = Object ? classOfObject(*Object) : nullptr;
  if (Done == Change::None || !C || keeps(*C, All.U) == Keeps::Nothing)
    return;
  const ObjectPath Path = pathOf(*Object);
  const ValueDecl *Named = Path.named();
  if (!Named)
    return;
  // What is taken out of a container until it is empty is replaced by nothing.
  if ((Done == Change::PopsBack || Done == Change::PopsFront) && isDrained(*Named, S.getBeginLoc()))
    Done = Change::Replaces;
  const ContainerChange Found{{S.getBeginLoc(), &F}, Done, Path};
  All.In[&F].push_back(Found);
  if (Done != Change::Adds)
    addDying(elementClass(*C), S.getBeginLoc());
  else if (const auto *Call = dyn_cast<CallExpr>(&S); Call && linksElements(*C))
    addLinked(*Call, *C);
  const bool IsOwners = IsLifetime && Path.From == ObjectPath::This && Path.Members.size() == 1;
  if (!IsOwners && !Made && isShared(*Object))
    All.Of[Named].push_back(Found);
}

/// What is linked into a container is taken out when its scope ends.
void Changes::Reader::addLinked(const CallExpr &Call, const CXXRecordDecl &Container) {
  for (const Expr *Arg : Call.arguments()) {
    if (const ObjectPath Element = pathOf(*Arg);
        Element.From == ObjectPath::Variable && Element.Members.empty() &&
        Element.Root->hasLocalStorage() && Element.Root->getType()->isRecordType() &&
        classOfObject(*Arg) == elementClass(Container))
      addDying(classOfObject(*Arg), Element.Root->getLocation());
    if (Made && pathOf(*Arg) == ObjectPath{ObjectPath::This, nullptr, {}})
      All.LinkThemselves.push_back(Made->getParent()->getCanonicalDecl());
  }
}

llvm::ArrayRef<ContainerChange> Changes::of(const ValueDecl &Container) const {
  auto Found = Of.find(&Container);
  return Found == Of.end() ? llvm::ArrayRef<ContainerChange>() : llvm::ArrayRef(Found->second);
}

llvm::ArrayRef<ContainerChange> Changes::ofObjects(const CXXRecordDecl &Class) const {
  auto Found = Dying.find(Class.getCanonicalDecl());
  return Found == Dying.end() ? llvm::ArrayRef<ContainerChange>() : llvm::ArrayRef(Found->second);
}

const ContainerChange *Changes::by(const FunctionDecl &F, const ObjectPath &P, unsigned Kind,
                                   llvm::function_ref<bool(const ContainerChange &)> Wanted) {
  auto QuestionOf = [&](const FunctionDecl &Of, const ObjectPath &At) {
    Question Q{&Of, reinterpret_cast<const void *>(static_cast<uintptr_t>(Kind) * 4 + At.From),
               At.Root};
    Q.insert(Q.end(), At.Members.begin(), At.Members.end());
    return Q;
  };
  if (P.From == ObjectPath::Somewhere)
    return nullptr;
  const Question Asked = QuestionOf(F, P);
  if (auto Found = Known.find(Asked); Found != Known.end())
    return Found->second;
  const ContainerChange *Result = nullptr;
  std::set<Question> Seen{Asked};
  std::vector<std::pair<const FunctionDecl *, ObjectPath>> Work{{&F, P}};
  for (size_t I = 0; I != Work.size() && !Result; ++I) {
    const auto [At, Here] = Work[I];
    if (auto Own = In.find(At); Own != In.end())
      for (const ContainerChange &Each : Own->second)
        if (!Result && Each.Of == Here && Wanted(Each))
          Result = &Each;
    for (const InnerCall &Call : U.get<Concurrency>().callsIn(*At)) {
      if (Result)
        break;
      if (!Call.Call)
        continue;
      for (const ObjectPath &Inside : asSeenBy(Here, *Call.Call, *Call.Whom)) {
        Question Next = QuestionOf(*Call.Whom, Inside);
        if (auto Found = Known.find(Next); Found != Known.end()) {
          if (!Result)
            Result = Found->second;
        } else if (Seen.insert(std::move(Next)).second) {
          Work.push_back({Call.Whom, Inside});
        }
      }
    }
  }
  if (Result)
    Known[Asked] = Result;
  else // nothing that was seen on the way leads to one either
    for (const Question &Each : Seen)
      Known[Each] = nullptr;
  return Result;
}

} // namespace corolint::model
