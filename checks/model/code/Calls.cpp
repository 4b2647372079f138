//===- Calls.cpp - The calls that a function makes -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/Calls.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Drops.h"
#include "model/code/Place.h"
#include "model/code/ScopeEnds.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace corolint::model {
namespace {

class Collector {
public:
  explicit Collector(const FunctionDecl &F) : F(F) {}

  std::vector<Call> run() {
    forEachDropped(F, [&](const Expr &E, Drop) { Dropped.insert(&E); });
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        walkEvaluated(Init->getInit(), [&](const Stmt &S) { return visit(S); });
    walkEvaluated(writtenBody(F), [&](const Stmt &S) { return visit(S); });
    if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(&F)) {
      for (const FieldDecl *Field : Destructor->getParent()->fields())
        if (const CXXDestructorDecl *D = destructorOf(Field->getType()))
          Ends.add(*D, Field->getLocation());
      for (const CXXBaseSpecifier &Base : Destructor->getParent()->bases())
        if (const CXXDestructorDecl *D = destructorOf(Base.getType()))
          Ends.add(*D, Base.getBeginLoc());
    }
    for (const VarDecl *V : Locals)
      Ends.addLocal(*V, objectOf(*V));
    for (Call &C : Ends.take())
      if (!C.Destroyed || !HandedOn.contains(C.Destroyed))
        Found.push_back(std::move(C));
    return std::move(Found);
  }

private:
  /// What ends with the variable: of a reference, the temporary that lives as long as it.
  static QualType objectOf(const VarDecl &V) {
    if (!V.getType()->isReferenceType())
      return V.getType();
    const Expr *Extended = extendedTemporary(V);
    return Extended ? Extended->getType() : QualType();
  }

  bool visit(const Stmt &S) {
    if (allowsBlocking(S))
      return false;
    // What a default argument or initialiser calls is called here, though it is written elsewhere.
    if (const auto *Argument = dyn_cast<CXXDefaultArgExpr>(&S))
      return visitDefault(*Argument, Argument->getExpr(), Argument->getUsedLocation());
    if (const auto *Init = dyn_cast<CXXDefaultInitExpr>(&S))
      return visitDefault(*Init, Init->getExpr(), Init->getUsedLocation());
    if (const auto *E = dyn_cast<CallExpr>(&S))
      addCall(*E);
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S))
      addConstruct(*Construct);
    else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S)) {
      if (const CXXDestructorDecl *D = destructorOf(Delete->getDestroyedType())) {
        Call C;
        C.Written = Delete;
        C.At = Delete->getBeginLoc();
        C.Callee = D;
        C.Object = Delete->getArgument();
        add(std::move(C));
      }
    } else if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D);
            V && V->hasLocalStorage() && destructorOf(objectOf(*V)) && !V->isNRVOVariable())
          Locals.push_back(V);
    } else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S)) {
      // Only where it is sure to be destroyed here: its value is dropped.
      if (Dropped.contains(bare(Temporary)))
        if (const CXXDestructorDecl *D = destructorOf(Temporary->getType()))
          Ends.add(*D, Temporary->getBeginLoc());
    }
    return true;
  }

  bool visitDefault(const Expr &E, const Expr *Inner, SourceLocation At) {
    auto Outer = std::tuple(Around, AroundAt);
    if (!Around)
      std::tie(Around, AroundAt) = std::tuple(&E, At);
    walkEvaluated(Inner, [&](const Stmt &S) { return visit(S); });
    std::tie(Around, AroundAt) = Outer;
    return false;
  }

  void add(Call C) {
    C.Around = Around;
    if (Around && AroundAt.isValid())
      C.At = AroundAt;
    Found.push_back(std::move(C));
  }

  void addCall(const CallExpr &E) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&E);
    const llvm::StringRef Name =
        Member && Member->getMethodDecl() ? simpleName(*Member->getMethodDecl()) : "";
    const bool Detaches =
        llvm::is_contained({"detach", "dismiss", "release", "Dismiss", "Cancel", "disarm"}, Name);
    if (Member && Member->getMethodDecl() && !Member->getMethodDecl()->isConst())
      Touched.insert(variableIn(Member->getImplicitObjectArgument()));
    if (!isa<CXXOperatorCallExpr>(E) || cast<CXXOperatorCallExpr>(E).getOperator() == OO_Equal)
      for (const Expr *Arg : E.arguments())
        Touched.insert(variableIn(Arg));
    if (Detaches || E.isCallToStdMove())
      if (const VarDecl *V = variableIn(Detaches ? Member->getImplicitObjectArgument() : &E))
        HandedOn.insert(V);
    if (std::optional<Call> C = callOf(E)) {
      C->Dropped = Dropped.contains(bare(&E));
      add(std::move(*C));
    }
  }

  void addConstruct(const CXXConstructExpr &E) {
    Call C = callOf(E);
    C.Dropped = Dropped.contains(bare(&E));
    add(std::move(C));
  }

  const FunctionDecl &F;
  llvm::DenseSet<const Expr *> Dropped;
  llvm::SmallVector<const VarDecl *, 8> Locals; ///< whose end does something
  llvm::DenseSet<const VarDecl *> Touched;      ///< something may have been put into them
  llvm::DenseSet<const VarDecl *> HandedOn;     ///< they have nothing left to wait for at their end
  const Expr *Around = nullptr;
  SourceLocation AroundAt;
  ScopeEnds Ends{Touched};
  std::vector<Call> Found;
};

} // namespace

namespace {
struct MadeCalls {
  using Result = std::vector<Call>;
  static Result make(const FunctionDecl &F, Unit &) { return Collector(F).run(); }
};
} // namespace

const std::vector<Call> &callsIn(const FunctionDecl &F, Unit &U) {
  return U.get<MadeCalls>(F);
}

} // namespace corolint::model
