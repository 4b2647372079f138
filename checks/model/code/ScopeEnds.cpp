//===- ScopeEnds.cpp - What the end of a scope calls ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/code/ScopeEnds.h"
#include "ast/Names.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isOfStandardClass(const FunctionDecl *F) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  return Method && isStandard(*Method->getParent());
}

/// A `std::unique_ptr` that does not delete.
bool hasOwnDeleter(const CXXRecordDecl &C) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (!Special || simpleName(C) != "unique_ptr" || Special->getTemplateArgs().size() != 2)
    return false;
  const CXXRecordDecl *Deleter = Special->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl();
  return !Deleter || !Deleter->isInStdNamespace() || simpleName(*Deleter) != "default_delete";
}

/// The function that a class of deleters calls: a template argument, as in
/// `std::integral_constant<decltype(&pclose), &pclose>` and `calls<pclose>`.
const FunctionDecl *functionAmongArguments(const CXXRecordDecl &C) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (Special)
    for (const TemplateArgument &Arg : Special->getTemplateArgs().asArray())
      if (Arg.getKind() == TemplateArgument::Declaration)
        if (const auto *Named = dyn_cast<FunctionDecl>(Arg.getAsDecl()))
          return Named;
  return nullptr;
}

std::string partOf(const FieldDecl &Field) {
  return "." + std::to_string(reinterpret_cast<uintptr_t>(Field.getCanonicalDecl()));
}

} // namespace

const CXXDestructorDecl *destructorOf(QualType T) {
  const CXXRecordDecl *C =
      T.isNull() ? nullptr : T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  return C && C->hasDefinition() && !C->hasTrivialDestructor() ? C->getDestructor() : nullptr;
}

void ScopeEnds::add(const FunctionDecl &Callee, SourceLocation At, const VarDecl *Of,
                    const std::string &Part) {
  Call C;
  C.Callee = &Callee;
  C.At = At;
  C.Destroyed = Of;
  C.Part = Part;
  Found.push_back(std::move(C));
}

/// The end of a local: its destructor, and what that destroys and calls where the body does not
/// show it.
void ScopeEnds::addEnd(const VarDecl &V, QualType T, const std::string &Part, unsigned Depth) {
  const CXXDestructorDecl *D = destructorOf(T);
  if (!D || Depth == 4)
    return;
  const CXXRecordDecl &C = *D->getParent();
  // The chain through a member's own destructor says more, where there is one.
  if (Part.empty() || llvm::StringRef(Part).contains('[') || C.isInStdNamespace())
    add(*D, V.getLocation(), &V, Part);
  if (C.isInStdNamespace()) {
    // A container, a pair, a unique pointer; not what shares its object, or only refers to it.
    if (llvm::is_contained({"shared_ptr", "weak_ptr", "function", "future", "shared_future",
                            "promise", "packaged_task", "any"},
                           simpleName(C)))
      return addGuard(V, C);
    if (hasOwnDeleter(C)) {
      addDeleter(V, C, Part, Depth);
      return Depth == 0 ? addGuard(V, C) : void(); // what it points to ends as the deleter says
    }
    if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C))
      for (const TemplateArgument &Arg : Special->getTemplateArgs().asArray())
        for (const TemplateArgument &Each :
             Arg.getKind() == TemplateArgument::Pack ? Arg.pack_elements() : llvm::ArrayRef(Arg))
          if (Each.getKind() == TemplateArgument::Type && !isEmptyContainer(V, Depth))
            addEnd(V, Each.getAsType(), Part + "[", Depth + 1);
  } else if (D->isImplicit() || D->isDefaulted()) {
    for (const FieldDecl *Field : C.fields())
      addEnd(V, Field->getType(), Part + partOf(*Field), Depth + 1);
  }
  if (Depth == 0)
    addGuard(V, C);
}

/// What a `std::unique_ptr` calls with what it owns, when it dies: a function that it was made
/// with, or the operator of a class; of a lambda, see addGuard.
void ScopeEnds::addDeleter(const VarDecl &V, const CXXRecordDecl &C, const std::string &Part,
                           unsigned Depth) {
  if (ownsNothing(V, Depth))
    return;
  const QualType Deleter =
      cast<ClassTemplateSpecializationDecl>(C).getTemplateArgs()[1].getAsType();
  const FunctionDecl *Called = nullptr;
  if (const CXXRecordDecl *Class = Deleter.getNonReferenceType()->getAsCXXRecordDecl()) {
    if (Class->isLambda())
      return;
    Called = functionAmongArguments(*Class);
    if (Class->hasDefinition() && !Called)
      for (const CXXMethodDecl *Method : Class->methods())
        if (Method->getOverloadedOperator() == OO_Call)
          Called = Method;
  } else if (Depth == 0 && V.getInit()) {
    // Of a pointer to a function: who made it says which.
    const auto *Made = dyn_cast<CXXConstructExpr>(bare(V.getInit()));
    Called = Made && Made->getNumArgs() == 2 ? bodyOfCallable(Made->getArg(1)) : nullptr;
  }
  if (Called)
    add(*Called, V.getLocation(), &V, Part);
}

/// It was made of nothing, or of a null pointer, and nobody gives it anything.
bool ScopeEnds::ownsNothing(const VarDecl &V, unsigned Depth) const {
  if (isEmptyContainer(V, Depth))
    return true;
  const Expr *Init = Depth == 0 && V.getInit() ? bare(V.getInit()) : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  return Made && Made->getNumArgs() && isa<CXXNullPtrLiteralExpr>(bare(Made->getArg(0))) &&
         !Touched.contains(&V);
}

/// A guard that calls its callable when its scope ends: by its type, or because its destructor
/// shows it.
void ScopeEnds::addGuard(const VarDecl &V, const CXXRecordDecl &C) {
  auto Add = [&](const CXXRecordDecl *Closure, unsigned Parameters) {
    const CXXMethodDecl *Operator = Closure ? Closure->getLambdaCallOperator() : nullptr;
    if (Operator && Operator->getNumParams() <= Parameters)
      add(*Operator, V.getLocation(), &V, "()");
  };
  auto ClosureOf = [](QualType T) {
    const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
    return Class && Class->isLambda() ? Class : nullptr;
  };
  const FunctionDecl *Body = nullptr;
  const bool Shows = C.getDestructor()->isDefined(Body) && Body->getBody();
  if (!Shows || C.isInStdNamespace()) {
    const bool IsPointer = C.isInStdNamespace() && simpleName(C) == "unique_ptr";
    if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&C);
        Special && (IsPointer || !C.isInStdNamespace() || simpleName(C) == "scope_exit"))
      for (const TemplateArgument &Arg : Special->getTemplateArgs().asArray())
        if (Arg.getKind() == TemplateArgument::Type)
          Add(ClosureOf(Arg.getAsType()), IsPointer ? 1 : 0);
    return;
  }
  // `~guard() { if (f) f(); }` with a std::function of a lambda that is written in its place
  bool Calls = false;
  walkEvaluated(writtenBody(*Body), [&](const Stmt &S) {
    const auto *Called = dyn_cast<CXXOperatorCallExpr>(&S);
    Calls |= Called && Called->getOperator() == OO_Call && Called->getNumArgs() == 1 &&
             isOfStandardClass(Called->getDirectCallee()) &&
             isa<MemberExpr>(bare(Called->getArg(0)));
    return !Calls;
  });
  const Expr *Init = Calls && V.getInit() ? bare(V.getInit()) : nullptr;
  if (Init)
    walkEvaluated(Init, [&](const Stmt &S) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
        Add(Lambda->getLambdaClass(), 0);
        return false;
      }
      return true;
    });
}

/// Nothing is in it: it was made so, and its end comes without anybody having touched it.
bool ScopeEnds::isEmptyContainer(const VarDecl &V, unsigned Depth) const {
  const Expr *Init = Depth == 0 && V.getInit() ? bare(V.getInit()) : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  return Made && Made->getNumArgs() == 0 && !Touched.contains(&V);
}

} // namespace corolint::model
