//===- Cancels.cpp - Tasks that cancel when they die ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/Cancels.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Words.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What is called, also where only the name is known.
struct Called {
  llvm::StringRef Name;
  const FunctionDecl *F = nullptr;
  const Expr *Object = nullptr;
};
Called calledBy(const CallExpr &E) {
  Called Result;
  Result.F = E.getDirectCallee();
  if (Result.F)
    Result.Name = simpleName(*Result.F);
  const Expr *Callee = E.getCallee()->IgnoreParenImpCasts();
  auto NameOf = [](DeclarationName Name) {
    const IdentifierInfo *Identifier = Name.getAsIdentifierInfo(); // none of what a closure keeps
    return Identifier ? Identifier->getName() : llvm::StringRef();
  };
  if (const auto *M = dyn_cast<MemberExpr>(Callee)) {
    Result.Object = M->getBase();
  } else if (const auto *D = dyn_cast<CXXDependentScopeMemberExpr>(Callee)) {
    Result.Name = NameOf(D->getMember());
    Result.Object = D->isImplicitAccess() ? nullptr : D->getBase();
  } else if (const auto *D = dyn_cast<UnresolvedMemberExpr>(Callee)) {
    Result.Name = NameOf(D->getMemberName());
    Result.Object = D->isImplicitAccess() ? nullptr : D->getBase();
  } else if (const auto *D = dyn_cast<OverloadExpr>(Callee)) {
    Result.Name = NameOf(D->getName());
  }
  return Result;
}

/// A reference is given back, by one of several.
bool countsDown(const Stmt *Root) {
  bool Counts = false;
  if (Root)
    walkEvaluated(Root, [&](const Stmt &S) {
      if (const auto *Unary = dyn_cast<UnaryOperator>(&S))
        Counts |= Unary->isDecrementOp();
      if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S))
        Counts |= Operator->getOperator() == OO_MinusMinus;
      else if (const auto *Call = dyn_cast<CallExpr>(&S))
        Counts |=
            StringSwitch<bool>(calledBy(*Call).Name)
                .Cases({"exchange", "fetch_sub", "fetch_or", "fetch_and", "fetch_xor", "fetch_add",
                        "test_and_set", "compare_exchange_strong", "compare_exchange_weak"},
                       true)
                .Default(false);
      return true;
    });
  return Counts;
}

class CancelFinder {
public:
  explicit CancelFinder(ASTContext &Context) : Context(Context) {}

  /// The destructor of the class, of its bases and of its parts.
  void destructor(const CXXRecordDecl &C, unsigned Depth) {
    const CXXRecordDecl *Definition = definitionOf(&C);
    if (!Definition || Depth > 6 || !Seen.insert(Definition).second)
      return;
    if (const CXXDestructorDecl *D = Definition->getDestructor())
      function(*D, Depth);
    else if (const CXXDestructorDecl *D = writtenDestructor(*Definition))
      function(*D, Depth);
    for (const FieldDecl *Field : Definition->fields())
      part(Field->getType(), Depth + 1);
    for (const CXXBaseSpecifier &Base : Definition->bases())
      part(Base.getType(), Depth + 1);
  }

  bool Cancels = false;  ///< something named so is called
  bool Destroys = false; ///< a frame is destroyed, whoever else has a part in it
  bool Counted = false;  ///< … if this was the last reference

private:
  static const CXXDestructorDecl *writtenDestructor(const CXXRecordDecl &C) {
    for (const Decl *D : C.decls())
      if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(D))
        return Destructor;
    return nullptr;
  }

  void part(QualType T, unsigned Depth) {
    const CXXRecordDecl *C = classOf(T);
    if (!C)
      return;
    if (!isStandard(*C))
      return destructor(*C, Depth);
    if (!llvm::is_contained({"std::unique_ptr", "std::shared_ptr"}, plainName(*C)))
      return;
    // What it owns dies as well, the way its deleter says.
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C))
      for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
        if (const CXXRecordDecl *Owned =
                A.getKind() == TemplateArgument::Type ? classOf(A.getAsType()) : nullptr;
            Owned && !isStandard(*Owned)) {
          destructor(*Owned, Depth);
          for (const FunctionDecl *F : callOperators(*Owned))
            function(*F, Depth);
        }
  }

  llvm::SmallVector<const FunctionDecl *, 2> callOperators(const CXXRecordDecl &C) const {
    llvm::SmallVector<const FunctionDecl *, 2> Result;
    if (const CXXRecordDecl *Definition = definitionOf(&C))
      for (const NamedDecl *D :
           Definition->lookup(Context.DeclarationNames.getCXXOperatorName(OO_Call)))
        if (const auto *F = dyn_cast<FunctionDecl>(D))
          Result.push_back(F);
    return Result;
  }

  /// \p Last: called where a reference was the last one.
  void function(const FunctionDecl &F, unsigned Depth, bool Last = false) {
    const Stmt *Body = bodyOf(F);
    if (!Body || Depth > 6 || !Visited.insert(F.getCanonicalDecl()).second)
      return;
    statement(Body, Depth, Last);
  }

  /// What is asked of the coroutine: 1 if the branch is taken where it is done, -1 where it is not.
  static int asksWhetherDone(const Expr *Condition) {
    int Result = 0;
    const auto Look = [&](const Expr *E, int Sign, auto &Again) -> void {
      E = bare(E);
      if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_LNot)
        return Again(Unary->getSubExpr(), -Sign, Again);
      if (const auto *Binary = dyn_cast<BinaryOperator>(E); Binary && Binary->isLogicalOp()) {
        Again(Binary->getLHS(), Sign, Again);
        Again(Binary->getRHS(), Sign, Again);
        return;
      }
      if (const auto *Call = dyn_cast<CallExpr>(E)) {
        llvm::StringRef Name = calledBy(*Call).Name;
        if (Name == "done" || Name.contains_insensitive("ready") ||
            Name.contains_insensitive("complete") || Name.contains_insensitive("finished"))
          Result = Sign;
      }
    };
    Look(Condition, 1, Look);
    return Result;
  }

  void statement(const Stmt *S, unsigned Depth, bool Last) {
    if (!S)
      return;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      statement(If->getInit(), Depth, Last);
      statement(If->getCond(), Depth, Last);
      const int Done = asksWhetherDone(If->getCond());
      const bool Counts = Last || countsDown(If->getCond());
      if (Done != 1)
        statement(If->getThen(), Depth, Counts);
      if (Done != -1)
        statement(If->getElse(), Depth, Counts);
      return;
    }
    if (isa<LambdaExpr>(S))
      return;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      call(*Call, Depth, Last);
    if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
      if (const CXXRecordDecl *C = classOf(Delete->getDestroyedType()))
        destructor(*C, Depth + 1);
    for (const Stmt *Child : S->children())
      statement(Child, Depth, Last);
  }

  void call(const CallExpr &E, unsigned Depth, bool Last) {
    const Called C = calledBy(E);
    const bool OnHandle =
        C.Object && (isHandleType(C.Object->getType()) ||
                     (C.Object->getType()->isDependentType() && C.Name == "destroy"));
    if (C.Name == "destroy" && OnHandle) {
      Destroys = true;
      Counted |= Last;
      return;
    }
    const std::string Name = C.Name.lower();
    const llvm::StringRef Lower = Name;
    if (Lower.contains("cancel") || Lower.starts_with("stop") || Lower == "request_stop" ||
        (Lower.starts_with("destroy") && (!C.F || !bodyOf(*C.F)) && C.Object))
      Cancels |= !Lower.starts_with("is") && !Lower.contains("cancelled") &&
                 !Lower.contains("stopped") && !Lower.contains("stop_possible");
    if (C.F && !isStandard(*C.F))
      function(*C.F, Depth + 1, Last);
  }

  ASTContext &Context;
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Visited;
};

/// The coroutine has a reference to itself, which it gives back at its end.
bool ownsItself(const CXXRecordDecl *Promise, ASTContext &Context) {
  if (!Promise)
    return false;
  const FunctionDecl *Final = memberFunction(*Promise, Context, "final_suspend");
  const CXXRecordDecl *End = Final ? resultClass(*Final) : nullptr;
  if (Final && countsDown(bodyOf(*Final)))
    return true;
  for (const char *Name : {"await_ready", "await_suspend"})
    if (End)
      for (const FunctionDecl *F : membersNamed(*End, Context, Name)) {
        const Stmt *Body = bodyOf(*F);
        if (!Body)
          continue;
        bool Own = countsDown(Body);
        walkEvaluated(Body, [&](const Stmt &S) {
          if (const auto *Call = dyn_cast<CallExpr>(&S)) {
            const Called C = calledBy(*Call);
            Own |= C.Name == "destroy" || (C.F && countsDown(bodyOf(*C.F)));
            // In a template of the final awaiter the promise is known by the names of its members.
            if (!C.F && C.Object && !C.Name.empty())
              for (const FunctionDecl *Of : membersNamed(*Promise, Context, C.Name))
                Own |= countsDown(bodyOf(*Of));
          }
          return true;
        });
        if (Own)
          return true;
      }
  return false;
}

} // namespace

bool cancelsWhenItDies(const CXXRecordDecl &C, const CXXRecordDecl *Promise, ASTContext &Context) {
  CancelFinder F(Context);
  F.destructor(C, 0);
  return F.Cancels || (F.Destroys && !(F.Counted && ownsItself(Promise, Context)));
}

} // namespace corolint::model
