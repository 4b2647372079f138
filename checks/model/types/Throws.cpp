//===- Throws.cpp - What an exception may come from ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/Throws.h"
#include "ast/Names.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/ExceptionSpecificationType.h"

using namespace clang;

namespace corolint::model {
namespace {

bool takesAll(const CXXCatchStmt &Handler) {
  const VarDecl *Caught = Handler.getExceptionDecl();
  const CXXRecordDecl *C =
      Caught ? Caught->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
  return !Caught || (C && plainName(*C) == "std::exception");
}

bool takesAll(const CXXTryStmt &Try) {
  for (unsigned I = 0; I != Try.getNumHandlers(); ++I)
    if (takesAll(*Try.getHandler(I)))
      return true;
  return false;
}

/// Finds what may throw in a function, and asks about those that it calls.
class ThrowFinder {
public:
  explicit ThrowFinder(Unit &U) : U(U) {}

  void look(const Stmt *Root) {
    walkEvaluated(Root, [&](const Stmt &S) {
      if (isa<CXXThrowExpr>(S))
        add(Thrown, S);
      else if (const auto *Try = dyn_cast<CXXTryStmt>(&S); Try && takesAll(*Try))
        return lookAtHandlers(*Try);
      else if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S) && mayThrow(cast<Expr>(S)))
        add(Awaited, S);
      else if (const auto *Call = dyn_cast<CallExpr>(&S); Call && mayThrow(*Call))
        add(Called, S);
      else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S);
               Made && mayThrow(*Made->getConstructor()))
        add(Called, S);
      return true;
    });
  }

  const Stmt *found() const { return Thrown ? Thrown : Awaited ? Awaited : Called; }

private:
  static void add(const Stmt *&To, const Stmt &S) {
    if (!To)
      To = &S;
  }

  /// Only a `throw`: who writes a message about an exception is done with it.
  bool lookAtHandlers(const CXXTryStmt &Try) {
    for (unsigned I = 0; I != Try.getNumHandlers(); ++I)
      walkEvaluated(Try.getHandler(I)->getHandlerBlock(), [&](const Stmt &S) {
        if (isa<CXXThrowExpr>(S))
          add(Thrown, S);
        return true;
      });
    return false;
  }

  bool mayThrow(const CallExpr &Call) {
    if (const FunctionDecl *Callee = Call.getDirectCallee())
      return mayThrow(*Callee);
    if (Call.isTypeDependent() || isa<CXXPseudoDestructorExpr>(Call.getCallee()->IgnoreParens()))
      return false; // nobody knows what it will be
    QualType T = Call.getCallee()->getType();
    if (const auto *Pointer = T->getAs<PointerType>())
      T = Pointer->getPointeeType();
    const auto *Type = T->getAs<FunctionProtoType>();
    return !Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) || !Type->isNothrow();
  }

  bool mayThrow(const FunctionDecl &F) {
    const auto *Type = F.getType()->getAs<FunctionProtoType>();
    // What the compiler writes throws if the parts do, which are mostly the C++ library's.
    if (!Type || F.isDefaulted() || F.isExternC() || F.getBuiltinID() || isStandard(F))
      return false;
    if (!isUnresolvedExceptionSpec(Type->getExceptionSpecType()) && Type->isNothrow())
      return false;
    const FunctionDecl *Definition = bodyOwner(F);
    // Of what is elsewhere nothing is known; of an awaiter, that it mostly gives back an exception.
    if (!Definition || (U.isSystem(F.getLocation()) && !isProtocol(F)))
      return isProtocol(F) || Type->getExceptionSpecType() == EST_NoexceptFalse;
    return !isCoroutine(*Definition) && throwIn(*Definition, U);
  }

  /// The bodies of these are read wherever they are.
  static bool isProtocol(const FunctionDecl &F) { return simpleName(F).starts_with("await_"); }

  bool mayThrow(const Expr &Await) {
    const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&Await);
    if (!Suspend)
      return true; // what it will be, a promise mostly gives back an exception
    for (const Expr *Part :
         {Suspend->getReadyExpr(), Suspend->getSuspendExpr(), Suspend->getResumeExpr()})
      if (const CallExpr *Call = callIn(Part); Call && mayThrow(*Call))
        return true;
    return false;
  }

  static const CallExpr *callIn(const Expr *E) {
    const CallExpr *Found = nullptr;
    if (E)
      walkEvaluated(E, [&](const Stmt &S) {
        const auto *Call = dyn_cast<CallExpr>(&S);
        const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
        if (!Found && Callee && isProtocol(*Callee))
          Found = Call;
        return !Found;
      });
    return Found;
  }

  Unit &U;
  const Stmt *Thrown = nullptr, *Awaited = nullptr, *Called = nullptr;
};

struct Throws {
  using Result = const Stmt *;
  static constexpr bool AsksForItself = true;
  static Result make(const FunctionDecl &F, Unit &U) {
    ThrowFinder Finder(U);
    Finder.look(writtenBody(F));
    return Finder.found();
  }
};

/// A function that ends the program: it never returns, and throws nothing instead.
bool endsProgram(const FunctionDecl &F, Unit &U) {
  if (!F.isNoReturn())
    return false;
  const auto *Type = F.getType()->getAs<FunctionProtoType>();
  if (F.isExternC() ||
      (Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) && Type->isNothrow()))
    return true;
  const FunctionDecl *Definition = isStandard(F) ? nullptr : bodyOwner(F);
  return Definition && !throwIn(*Definition, U);
}

const FunctionDecl *calleeOf(const Stmt &S) {
  const auto *E = dyn_cast<Expr>(&S);
  const auto *Call = E ? dyn_cast<CallExpr>(bare(E)) : nullptr;
  return Call ? Call->getDirectCallee() : nullptr;
}

/// The body of `unhandled_exception`.
class UnhandledReader {
public:
  UnhandledReader(const FunctionDecl &F, Unit &U) : U(U) {
    const auto *Type = F.getType()->getAs<FunctionProtoType>();
    NoThrow = Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) && Type->isNothrow();
  }

  Unhandled read(const Stmt &Body) {
    if (const auto *Block = dyn_cast<CompoundStmt>(&Body))
      for (const Stmt *Each : Block->body())
        if (const FunctionDecl *Callee = calleeOf(*Each); Callee && endsProgram(*Callee, U))
          return Unhandled::EndsHere;
    walkEvaluated(&Body, [&](const Stmt &S) {
      see(S);
      return true;
    });
    if (Throws)
      return NoThrow ? Unhandled::EndsHere : Unhandled::Unknown;
    if (Does)
      return Unhandled::Unknown;
    return Ends ? Unhandled::EndsHere : Unhandled::Dropped;
  }

private:
  void see(const Stmt &S) {
    if (isa<CXXThrowExpr>(S)) {
      Throws = true;
    } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      (Callee && endsProgram(*Callee, U) ? Ends : Does) = true; // an assertion, say
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      Does |= Binary->isAssignmentOp();
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
      Does |= Unary->isIncrementDecrementOp();
    } else {
      Does |= isa<CXXNewExpr, CXXDeleteExpr, CXXConstructExpr, CXXUnresolvedConstructExpr,
                  CXXTryStmt, AsmStmt, WhileStmt, ForStmt, DoStmt>(S);
    }
  }

  Unit &U;
  bool NoThrow = false, Throws = false, Does = false, Ends = false;
};

} // namespace

const Stmt *throwIn(const FunctionDecl &F, Unit &U) {
  return U.get<Throws>(F);
}

Unhandled unhandledIn(const CXXRecordDecl &Promise, Unit &U) {
  const FunctionDecl *F = memberFunction(Promise, U.context(), "unhandled_exception");
  const Stmt *Body = F ? bodyOf(*F) : nullptr;
  return Body ? UnhandledReader(*F, U).read(*Body) : Unhandled::Unknown;
}

} // namespace corolint::model
