//===- Conditions.cpp - What an entry of knowledge asks of a call ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Conditions.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Before.h"
#include "model/calls/Makers.h"
#include "model/calls/Texts.h"
#include "model/code/Call.h"
#include "model/code/Constants.h"
#include "model/code/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

const CXXRecordDecl *classOfObject(const Expr *E) {
  // A file stream that is given as its base is still a file stream.
  QualType T = E->IgnoreParenImpCasts()->getType().getNonReferenceType();
  if (const auto *Pointer = T->getAs<PointerType>())
    T = Pointer->getPointeeType();
  return T->getAsCXXRecordDecl();
}

bool isOfClass(const Expr *E, llvm::StringRef Name, Unit &U) {
  const CXXRecordDecl *C = classOfObject(E);
  return C && U.knowledge().isNamed(*C, Name);
}

/// Of the class, or adapted from it: `use_future(as_tuple)` is a completion token as `use_future`
/// is.
bool usesClass(const Expr *E, llvm::StringRef Name, Unit &U) {
  if (isOfClass(E, Name, U))
    return true;
  // What it was made of, as written: a call's object and arguments, and the type's own.
  const Expr *Written = bare(E);
  bool Found = false;
  walkEvaluated(Written, [&](const Stmt &S) {
    const auto *Part = dyn_cast<Expr>(&S);
    Found |= Part && isOfClass(Part, Name, U);
    return !Found && !isa<LambdaExpr>(S);
  });
  if (Found)
    return true;
  if (const VarDecl *V = variableIn(Written); V && V->getInit() && !isa<ParmVarDecl>(V))
    return usesClass(V->getInit(), Name, U);
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(classOfObject(E));
  return Special &&
         llvm::any_of(Special->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
           const CXXRecordDecl *C = A.getKind() == TemplateArgument::Type
                                        ? A.getAsType().getNonReferenceType()->getAsCXXRecordDecl()
                                        : nullptr;
           return C && plainName(*C) == Name;
         });
}

/// As it is written: `f(pool)` gives the pool, also where f takes what a pool converts to.
bool derivesFrom(const Expr *E, llvm::StringRef Name, Unit &U) {
  const CXXRecordDecl *C = classOfObject(E->IgnoreUnlessSpelledInSource());
  if (!C || !C->hasDefinition())
    return false;
  return U.knowledge().isNamed(*C, Name) || !C->forallBases([&](const CXXRecordDecl *Base) {
    return !U.knowledge().isNamed(*Base, Name);
  });
}

bool isStandardInput(const Expr *E, const ASTContext &Context) {
  if (const VarDecl *V = variableIn(E)) {
    std::string Name = plainName(*V);
    return Name == "std::cin" || Name == "std::wcin" || Name == "stdin";
  }
  if (!E->getType()->isIntegerType() || E->isValueDependent())
    return false;
  Expr::EvalResult Result;
  return E->EvaluateAsInt(Result, Context) && Result.Val.getInt().isZero();
}

/// A condition about the object that dies at the call.
bool holdsOfDestroyed(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  switch (C.Is) {
  case Condition::MadeBy:
    return holdsWhatIsMadeBy(Site, C, In, U);
  case Condition::Empty:
    return isEmpty(Site, In, U);
  case Condition::GuardedBy:
    return isGuarded(C, Site, In, U);
  case Condition::Zero:
    return isMadeWithZero(Site, U);
  default:
    return false;
  }
}

/// A condition about an argument, or the object, which is written as \p E.
bool holdsOfWritten(const Condition &C, const Expr *E, const Call &Site, const FunctionDecl &In,
                    Unit &U) {
  switch (C.Is) {
  case Condition::Zero:
    return isZero(E, U.context());
  case Condition::Null:
    return !E->isValueDependent() &&
           E->isNullPointerConstant(U.context(), Expr::NPC_ValueDependentIsNotNull);
  case Condition::Stdin:
    return isStandardInput(E, U.context());
  case Condition::Mentions:
    return mentions(*E, C.Text, In, U);
  case Condition::MadeBy:
    return isMadeBy(E, C, In, U);
  case Condition::MadeWith: {
    const CallExpr *Maker = makerOf(E);
    return Maker && llvm::any_of(Maker->arguments(),
                                 [&](const Expr *Arg) { return usesClass(Arg, C.Text, U); });
  }
  case Condition::Type:
    return isOfClass(E, C.Text, U);
  case Condition::GuardedBy:
    return isGuarded(C, Site, In, U);
  case Condition::SettledBy:
    return isSettled(C, Site, In, U);
  case Condition::InMemory:
    return isInMemory(E, In, U);
  case Condition::IpAddress:
    return isIpAddress(E, In, U);
  case Condition::Fresh:
    return isFresh(E, In, U);
  case Condition::Derives:
    return derivesFrom(E, C.Text, U);
  case Condition::Empty:
  case Condition::Suspended:
  case Condition::Dropped:
  case Condition::Count:
    return false;
  }
  llvm_unreachable("all conditions are considered");
}

/// The parameter of \p In that a condition about \p E hangs on, or null.
const ParmVarDecl *parameterThatDecides(const Condition &C, const Expr *E, const FunctionDecl &In,
                                        Unit &U) {
  const ValueDecl *Of = nullptr;
  if (C.Is == Condition::Zero || C.Is == Condition::Null)
    Of = isa<DeclRefExpr>(bare(E)) ? variableIn(E) : nullptr;
  else if (C.Is == Condition::IpAddress)
    Of = textParameterIn(E, In, U);
  else if (C.Is == Condition::GuardedBy)
    Of = objectIn(E);
  const auto *P = llvm::dyn_cast_or_null<ParmVarDecl>(Of);
  return P && P->getDeclContext() == &In ? P : nullptr;
}

} // namespace

Holds holds(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  auto Answer = [](bool Yes) { return Yes ? Holds{Holds::Yes} : Holds{}; };
  if (C.Is == Condition::Dropped)
    return Answer(Site.Dropped);
  if (C.Is == Condition::Count)
    return Answer(Site.Args.size() == C.Number);
  if (C.Is == Condition::Suspended)
    return Answer(wasSuspended(Site, In, U));
  if (Site.Destroyed && C.Arg == Condition::Object)
    return Answer(holdsOfDestroyed(C, Site, In, U));
  const Expr *E = argument(Site, C.Arg);
  if (!E)
    return {};
  const ParmVarDecl *P = parameterThatDecides(C, E, In, U);
  // What a parameter is, its function cannot know; but it may have asked it, as its callers may.
  if (P && (C.Is != Condition::GuardedBy || !isGuarded(C, Site, In, U)))
    return {Holds::AsParameter, P->getFunctionScopeIndex()};
  return Answer(P || holdsOfWritten(C, E, Site, In, U));
}

std::string argumentName(int Arg) {
  if (Arg == Condition::Object)
    return "its object";
  if (Arg == Condition::Result)
    return "its result";
  return "argument " + std::to_string(Arg + 1);
}

std::string describe(const Condition &C) {
  std::string Who = argumentName(C.Arg);
  switch (C.Is) {
  case Condition::Zero:
    return Who + " is zero";
  case Condition::Null:
    return Who + " is null";
  case Condition::Stdin:
    return Who + " is the standard input";
  case Condition::Mentions:
    return Who + " mentions " + C.Text;
  case Condition::MadeBy:
    return Who + " was made by " + C.Text + (C.With.empty() ? "" : " with " + C.With);
  case Condition::MadeWith:
    return Who + " was made with a " + C.Text;
  case Condition::GuardedBy:
    return Who + " was asked " + C.Text + "(" + C.With + ") before" +
           (C.With.empty() ? ", or awaited" : "");
  case Condition::SettledBy:
    return "what " + Who + " came from was given its value with " + C.Text + " before";
  case Condition::InMemory:
    return Who + " is below /proc or /sys, or was opened there";
  case Condition::IpAddress:
    return Who + " is an IP address";
  case Condition::Fresh:
    return Who + " is what a call has just given";
  case Condition::Suspended:
    return "the coroutine was suspended before";
  case Condition::Empty:
    return Who + " was made of nothing, and nothing was put into it";
  case Condition::Type:
    return Who + " is a " + C.Text;
  case Condition::Derives:
    return Who + " is a " + C.Text + " or derives from it";
  case Condition::Dropped:
    return "its result is not used";
  case Condition::Count:
    return "it is called with " + std::to_string(C.Number) +
           (C.Number == 1 ? " argument" : " arguments");
  }
  llvm_unreachable("all conditions are described");
}

} // namespace corolint::model
