//===- Texts.cpp - What the text behind an expression says ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Texts.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Constants.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include <arpa/inet.h>

using namespace clang;

namespace corolint::model {
namespace {

/// The text that a path begins with.
const StringLiteral *firstLiteral(const Expr *E, unsigned Depth) {
  if (!E || Depth == 12)
    return nullptr;
  E = bare(E);
  if (const auto *Literal = dyn_cast<StringLiteral>(E))
    return Literal->isOrdinary() || Literal->isUTF8() ? Literal : nullptr;
  if (const VarDecl *V = variableIn(E))
    return V->getInit() && !isa<ParmVarDecl>(V) ? firstLiteral(V->getInit(), Depth + 1) : nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) // s.c_str()
    return firstLiteral(Member->getImplicitObjectArgument(), Depth + 1);
  if (isa<LambdaExpr>(E))
    return nullptr;
  if (isa<UserDefinedLiteral, CallExpr>(E)) {
    for (const Expr *Arg : cast<CallExpr>(E)->arguments())
      return firstLiteral(Arg, Depth + 1);
    return nullptr;
  }
  for (const Stmt *Child : E->children())
    if (const auto *Part = dyn_cast_or_null<Expr>(Child))
      return firstLiteral(Part, Depth + 1);
  return nullptr;
}

/// What the kernel makes when it is read: no disk is behind it.
bool isMadeByKernel(const Expr *E) {
  const StringLiteral *Literal = firstLiteral(E, 0);
  if (!Literal)
    return false;
  const llvm::StringRef Text = Literal->getString();
  return Text.starts_with("/proc/") || Text.starts_with("/sys/") || Text.starts_with("/dev/shm/") ||
         Text == "/proc" || Text == "/sys" ||
         llvm::is_contained({"/dev/null", "/dev/zero", "/dev/full", "/dev/urandom"}, Text);
}

} // namespace

const ParmVarDecl *textParameterIn(const Expr *E, const FunctionDecl &In, Unit &U) {
  for (unsigned Depth = 0; E && Depth != 6; ++Depth) {
    E = bare(E);
    if (isa<DeclRefExpr>(E)) {
      const auto *P = llvm::dyn_cast_or_null<ParmVarDecl>(variableIn(E));
      return P && !U.get<Objects>(In).isAssigned(objectNameOf(*P)) ? P : nullptr;
    }
    const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
    const auto *Made = dyn_cast<CXXConstructExpr>(E);
    const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E);
    if (Member && Member->getMethodDecl() &&
        llvm::is_contained({"data", "c_str"}, simpleName(*Member->getMethodDecl())))
      E = Member->getImplicitObjectArgument();
    else if (Made && Made->getNumArgs() != 0)
      E = Made->getArg(0);
    else
      E = Cast ? Cast->getSubExpr() : nullptr;
  }
  return nullptr;
}

bool isIpAddress(const Expr *E, const FunctionDecl &In, Unit &U) {
  // A variable has the text that it was made with where nobody gives it another.
  bool Constant = true;
  walkEvaluated(E, [&](const Stmt &S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    if (const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
        V && !V->getType().isConstQualified())
      Constant &= V->hasLocalStorage() && !U.get<Objects>(In).isAssigned(objectNameOf(*V));
    return Constant;
  });
  if (!Constant)
    return false;
  const StringLiteral *Literal = firstLiteral(E, 0);
  if (!Literal)
    return false;
  unsigned char Parsed[sizeof(in6_addr)];
  const std::string Text = Literal->getString().split('%').first.str(); // without a scope
  return inet_pton(AF_INET, Text.c_str(), Parsed) == 1 ||
         inet_pton(AF_INET6, Text.c_str(), Parsed) == 1;
}

bool isInMemory(const Expr *E, const FunctionDecl &In, Unit &U) {
  if (isMadeByKernel(E))
    return true;
  const ObjectName Of = objectNameOf(E);
  const Objects &Known = U.get<Objects>(In);
  return !Of.empty() && llvm::any_of(Known.callsOf(Of, "open"), [](const CallExpr *Open) {
    return Open->getNumArgs() && isMadeByKernel(Open->getArg(0));
  });
}

bool mentions(const Expr &E, llvm::StringRef Name, const FunctionDecl &In, Unit &U) {
  auto Mentions = [&](const Expr *Text) { return mentionsIdentifier(*Text, Name, U.context()); };
  if (Mentions(&E))
    return true;
  const VarDecl *V = variableIn(&E);
  if (!V)
    return false;
  if (V->getInit() && Mentions(V->getInit()))
    return true;
  // `flags |= O_NONBLOCK`, `hints.ai_flags = AI_NUMERICHOST`
  const Objects &Known = U.get<Objects>(In);
  return (V->hasLocalStorage() && llvm::any_of(Known.partsOf(objectNameOf(*V)), Mentions)) ||
         (V->isLocalVarDecl() && llvm::any_of(Known.valuesOf(objectNameOf(*V)), Mentions));
}

} // namespace corolint::model
