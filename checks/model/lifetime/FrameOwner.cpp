//===- FrameOwner.cpp - What destroys a coroutine's frame -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/FrameOwner.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How deep functions and parts of an object are followed.
constexpr unsigned MaxParts = 4;

/// The promise's class of a `coroutine_handle<P>`; null of `coroutine_handle<>`.
const CXXRecordDecl *promiseOfHandle(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Spec || Spec->getTemplateArgs().size() == 0 ||
      Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  return Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
}

/// It asks for nothing but whether there is a coroutine: `if (handle)`, `handle != nullptr`.
bool asksForHandle(const Expr *Condition) {
  bool Only = true;
  walkEvaluated(Condition, [&](const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      Only &= Method ? isHandleType(Member->getBase()->getType()) : isHandleType(Member->getType());
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
      Only &= isHandleType(Ref->getType()) || isStandard(*Ref->getDecl());
    }
    return Only;
  });
  return Only;
}

/// Finds the handle on which `destroy` is called on every way through a statement, as long as there
/// is a coroutine.
class Destroyed {
public:
  /// The type of the handle, or null.
  QualType in(const FunctionDecl &F, unsigned Depth = 0) {
    const FunctionDecl *Definition = nullptr;
    if (Depth == MaxParts || !F.isDefined(Definition) || !Definition->getBody())
      return {};
    return in(writtenBody(*Definition), Depth);
  }

private:
  QualType in(const Stmt *S, unsigned Depth) {
    if (!S)
      return {};
    if (const auto *Attributed = dyn_cast<AttributedStmt>(S))
      return in(Attributed->getSubStmt(), Depth);
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Each : Block->body()) {
        if (QualType Found = in(Each, Depth); !Found.isNull())
          return Found;
        if (mayLeave(*Each))
          return {};
      }
      return {};
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (If->isConstexpr()) {
        const Stmt *Discarded = discardedBranch(*If);
        return Discarded ? in(Discarded == If->getThen() ? If->getElse() : If->getThen(), Depth)
                         : QualType();
      }
      return asksForHandle(If->getCond()) ? in(If->getThen(), Depth) : QualType();
    }
    const auto *E = dyn_cast<Expr>(S);
    const auto *Called = E ? dyn_cast<CallExpr>(bare(E)) : nullptr;
    const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
    if (!Callee)
      return {};
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Called)) {
      const Expr *Object = Member->getImplicitObjectArgument();
      if (isHandleType(Object->getType()))
        return simpleName(*Callee) == "destroy" ? Object->getType() : QualType();
      return isa<CXXThisExpr>(bare(Object)) && !Member->getMethodDecl()->isVirtual()
                 ? in(*Callee, Depth + 1)
                 : QualType();
    }
    const bool IsGivenIt = Called->getNumArgs() != 0 && isHandleType(Called->getArg(0)->getType());
    return IsGivenIt ? in(*Callee, Depth + 1) : QualType();
  }

  /// A `return` that does not just say that there is no coroutine.
  static bool mayLeave(const Stmt &S) {
    if (const auto *If = dyn_cast<IfStmt>(&S); If && If->getCond() && asksForHandle(If->getCond()))
      return false;
    bool Leaves = false;
    walkEvaluated(&S, [&](const Stmt &Inner) {
      Leaves |= isa<ReturnStmt>(Inner);
      return !Leaves;
    });
    return Leaves;
  }
};

FrameOwner ownerIn(const CXXRecordDecl *C, const CXXRecordDecl &Whole, unsigned Depth, Unit &U) {
  C = C ? C->getDefinition() : nullptr;
  const CXXDestructorDecl *Destructor = C ? C->getDestructor() : nullptr;
  if (!C || Depth == MaxParts)
    return {};
  if (Destructor && Destructor->isUserProvided())
    if (QualType Handle = Destroyed().in(*Destructor); !Handle.isNull()) {
      const CXXRecordDecl *Promise = promiseOfHandle(Handle);
      if (!Promise)
        Promise = U.get<TaskTypes>().promiseOf(Whole);
      return {Destructor, Promise};
    }
  if (isStandard(*C)) // of an owner, what it owns may be shared
    return {};
  for (const FieldDecl *Field : C->fields())
    if (FrameOwner Found = ownerIn(Field->getType()->getAsCXXRecordDecl(), Whole, Depth + 1, U))
      return Found;
  for (const CXXBaseSpecifier &Base : C->bases())
    if (FrameOwner Found = ownerIn(Base.getType()->getAsCXXRecordDecl(), Whole, Depth + 1, U))
      return Found;
  return {};
}

} // namespace

FrameOwner frameOwner(const CXXRecordDecl &C, Unit &U) {
  return ownerIn(&C, C, 0, U);
}

} // namespace corolint::model
