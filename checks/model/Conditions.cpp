//===- Conditions.cpp - What an entry of knowledge asks of a call --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "Call.h"
#include "Cfg.h"
#include "Coroutine.h"
#include "Unit.h"
#include "Uses.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isAllZero(const APValue &V) {
  switch (V.getKind()) {
  case APValue::Int:
    return V.getInt().isZero();
  case APValue::Float:
    return V.getFloat().isZero();
  case APValue::Struct:
    for (unsigned I = 0; I != V.getStructNumFields(); ++I)
      if (!isAllZero(V.getStructField(I)))
        return false;
    return V.getStructNumFields() + V.getStructNumBases() > 0;
  case APValue::LValue:
    return V.isNullPointer();
  default:
    return false;
  }
}

/// A constant zero of any type that can be compared with one: a number, a duration, a struct of
/// zeros, or the address of a variable that was initialised with them.
bool isZero(const Expr *E, const ASTContext &Context) {
  if (!E || E->isValueDependent() || E->isTypeDependent())
    return false;
  if (const auto *Address = dyn_cast<UnaryOperator>(bare(E));
      Address && Address->getOpcode() == UO_AddrOf) {
    const VarDecl *V = variableIn(Address);
    return V && V->getInit() && isa<InitListExpr>(bare(V->getInit())) &&
           isZero(V->getInit(), Context);
  }
  Expr::EvalResult Result;
  if (E->getType()->isPointerType() || E->isGLValue()) {
    if (!E->isGLValue() || !E->EvaluateAsRValue(Result, Context))
      return false;
    return !Result.HasSideEffects && isAllZero(Result.Val);
  }
  return E->EvaluateAsConstantExpr(Result, Context) && !Result.HasSideEffects &&
         isAllZero(Result.Val);
}

std::string textOf(const Expr *E, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  CharSourceRange Range = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(E->getSourceRange()), SM, Context.getLangOpts());
  if (Range.isInvalid())
    Range = SM.getExpansionRange(E->getSourceRange());
  return Lexer::getSourceText(Range, SM, Context.getLangOpts()).str();
}

bool mentions(llvm::StringRef Text, llvm::StringRef Identifier) {
  for (size_t At = Text.find(Identifier); At != llvm::StringRef::npos;
       At = Text.find(Identifier, At + 1)) {
    auto IsWord = [&](size_t I) {
      return I < Text.size() && (llvm::isAlnum(Text[I]) || Text[I] == '_');
    };
    if (!(At && IsWord(At - 1)) && !IsWord(At + Identifier.size()))
      return true;
  }
  return false;
}

/// The call whose result the expression is: itself, or the initialiser of the variable it names.
const CallExpr *makerOf(const Expr *E) {
  if (!E)
    return nullptr;
  E = bare(E);
  if (const VarDecl *V = variableIn(E); V && V->getInit())
    E = bare(V->getInit());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1)
    E = bare(Construct->getArg(0));
  return dyn_cast<CallExpr>(E);
}

const CXXRecordDecl *classOf(const Expr *E) {
  // A file stream that is given as its base is still a file stream.
  QualType T = E->IgnoreParenImpCasts()->getType().getNonReferenceType();
  if (const auto *Pointer = T->getAs<PointerType>())
    T = Pointer->getPointeeType();
  return T->getAsCXXRecordDecl();
}

bool isOfClass(const Expr *E, llvm::StringRef Name, Unit &U) {
  const CXXRecordDecl *C = classOf(E);
  return C && U.knowledge().isNamed(*C, Name);
}

/// As it is written: `f(pool)` gives the pool, also where f takes what a pool converts to.
bool derivesFrom(const Expr *E, llvm::StringRef Name, Unit &U) {
  const CXXRecordDecl *C = classOf(E->IgnoreUnlessSpelledInSource());
  if (!C || !C->hasDefinition())
    return false;
  return U.knowledge().isNamed(*C, Name) || !C->forallBases([&](const CXXRecordDecl *Base) {
    return !U.knowledge().isNamed(*Base, Name);
  });
}

/// Is the variable assigned, in the function, what mentions the identifier: `flags |= O_NONBLOCK`?
bool isAssigned(const VarDecl &V, llvm::StringRef Identifier, const FunctionDecl &In,
                const ASTContext &Context) {
  bool Found = false;
  walkEvaluated(writtenBody(In), [&](const Stmt &S) {
    if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
        Assign && Assign->isAssignmentOp() && variableIn(Assign->getLHS()) == &V)
      Found |= mentions(textOf(Assign->getRHS(), Context), Identifier);
    return !Found;
  });
  return Found;
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

/// `Query()` is called on the same object, with an argument that mentions With if that is asked
/// for.
bool isCallOf(const Stmt &S, const Condition &C, const ValueDecl &Object,
              const ASTContext &Context) {
  const auto *Ask = dyn_cast<CXXMemberCallExpr>(&S);
  return Ask && Ask->getMethodDecl() && Ask->getMethodDecl()->getIdentifier() &&
         Ask->getMethodDecl()->getName() == C.Text &&
         objectIn(Ask->getImplicitObjectArgument()) == &Object &&
         (C.With.empty() || llvm::any_of(Ask->arguments(), [&](const Expr *Arg) {
            return mentions(textOf(Arg, Context), C.With);
          }));
}

/// The other methods of the class that a member belongs to.
template <typename Visitor> bool anyMethodAround(const ValueDecl &Object, Unit &U, Visitor Visit) {
  const auto *Field = dyn_cast<FieldDecl>(&Object);
  return Field && llvm::any_of(U.functions(), [&](const FunctionDecl *F) {
           const auto *Method = dyn_cast<CXXMethodDecl>(F);
           return Method && Method->getParent() == Field->getParent() && Visit(*Method);
         });
}

bool isAssertion(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"assert", "require", "ensure", "verify"},
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

/// The answer is what an assertion is about, by the name of the function or macro that takes it:
/// `assert_equal(result.status(), ready)`, `ASSERT_TRUE(f.is_ready())`. It does not come back if it
/// fails.
bool isAsserted(const Stmt &Query, const FunctionDecl &In, const ASTContext &Context) {
  SourceLocation Loc = Query.getBeginLoc();
  if (Loc.isMacroID() && isAssertion(Lexer::getImmediateMacroName(Loc, Context.getSourceManager(),
                                                                  Context.getLangOpts())))
    return true;
  bool Found = false;
  walkEvaluated(writtenBody(In), [&](const Stmt &S) {
    const auto *Called = dyn_cast<CallExpr>(&S);
    const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
    Found |= Callee && isAssertion(simpleName(*Callee)) && evaluates(Called, Query);
    return !Found;
  });
  return Found;
}

bool isGuarded(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Expr *Argument = argument(Site, C.Arg);
  const ValueDecl *Object = Argument ? objectIn(Argument) : nullptr;
  const Cfg *Graph = U.cfg(In);
  if (!Object || !Graph || !Site.Written)
    return false;
  auto Finds = [&](const FunctionDecl &F, auto Counts) {
    bool Found = false;
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      Found = Found || (isCallOf(S, C, *Object, U.context()) && Counts(S));
      return !Found;
    });
    return Found;
  };
  // A mode that was set is one; an answer matters where something hangs on it.
  if (Finds(In, [&](const Stmt &S) {
        return C.With.empty() && !isAsserted(S, In, U.context())
                   ? Graph->dominates(S, *Site.Written)
                   : Graph->precedes(S, *Site.Written);
      }))
    return true;
  // The mode of a member, whoever set it.
  return !C.With.empty() && anyMethodAround(*Object, U, [&](const FunctionDecl &Method) {
    return Finds(Method, [](const Stmt &) { return true; });
  });
}

bool unblocksIn(const ValueDecl &Descriptor, const FunctionDecl &In, Unit &U, unsigned Depth) {
  return llvm::any_of(callsIn(In), [&](const Call &Site) {
    for (auto [Index, Arg] : llvm::enumerate(Site.Args)) {
      if (objectIn(Arg) != &Descriptor)
        continue;
      for (const Entry *Known : U.knowledge().of(*Site.Callee, Site.objectClass()))
        if (Known->What == Role::Unblocks &&
            Known->Descriptor.value_or(0) == static_cast<int>(Index) &&
            llvm::all_of(Known->When, [&](const Condition &C) {
              return holds(C, Site, In, U).Answer == Holds::Yes;
            }))
          return true;
      const FunctionDecl *Definition = nullptr;
      if (Depth != 3 && Site.Callee->isDefined(Definition) && Definition->getBody() &&
          Index < Definition->getNumParams() && !U.isSystem(Definition->getLocation()) &&
          unblocksIn(*Definition->getParamDecl(Index), *Definition, U, Depth + 1))
        return true;
    }
    return false;
  });
}

} // namespace

bool isUnblocked(const ValueDecl &Descriptor, const FunctionDecl &In, Unit &U) {
  return unblocksIn(Descriptor, In, U, 0) ||
         anyMethodAround(Descriptor, U, [&](const FunctionDecl &Method) {
           return unblocksIn(Descriptor, Method, U, 0);
         });
}

Holds holds(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  auto Answer = [](bool Yes) { return Yes ? Holds{Holds::Yes} : Holds{}; };
  if (C.Is == Condition::Dropped)
    return Answer(Site.Dropped);
  if (C.Is == Condition::Count)
    return Answer(Site.Args.size() == C.Number);
  const Expr *E = argument(Site, C.Arg);
  if (!E && C.Arg == Condition::Object && Site.Destroyed && C.Is == Condition::MadeBy) {
    const Expr *Init = Site.Destroyed->getInit();
    const CallExpr *Maker = Init ? makerOf(Init) : nullptr;
    return Answer(Maker && Maker->getDirectCallee() &&
                  U.knowledge().isNamed(*Maker->getDirectCallee(), C.Text));
  }
  if (!E)
    return {};
  switch (C.Is) {
  case Condition::Zero:
  case Condition::Null: {
    if (const auto *P = llvm::dyn_cast_or_null<ParmVarDecl>(variableIn(E));
        P && P->getDeclContext() == &In && isa<DeclRefExpr>(bare(E)))
      return {Holds::AsParameter, P->getFunctionScopeIndex()};
    if (C.Is == Condition::Zero)
      return Answer(isZero(E, U.context()));
    return Answer(!E->isValueDependent() &&
                  E->isNullPointerConstant(U.context(), Expr::NPC_ValueDependentIsNotNull));
  }
  case Condition::Stdin:
    return Answer(isStandardInput(E, U.context()));
  case Condition::Mentions: {
    if (mentions(textOf(E, U.context()), C.Text))
      return Answer(true);
    const VarDecl *V = variableIn(E);
    return Answer(V && ((V->getInit() && mentions(textOf(V->getInit(), U.context()), C.Text)) ||
                        (V->isLocalVarDecl() && isAssigned(*V, C.Text, In, U.context()))));
  }
  case Condition::MadeBy: {
    const CallExpr *Maker = makerOf(E);
    return Answer(Maker && Maker->getDirectCallee() &&
                  U.knowledge().isNamed(*Maker->getDirectCallee(), C.Text));
  }
  case Condition::MadeWith: {
    const CallExpr *Maker = makerOf(E);
    return Answer(Maker && llvm::any_of(Maker->arguments(), [&](const Expr *Arg) {
                    return isOfClass(Arg, C.Text, U);
                  }));
  }
  case Condition::Type:
    return Answer(isOfClass(E, C.Text, U));
  case Condition::GuardedBy: {
    if (isGuarded(C, Site, In, U))
      return Answer(true);
    // Whoever gives it to this function may have asked.
    const auto *P = llvm::dyn_cast_or_null<ParmVarDecl>(objectIn(E));
    return P && P->getType()->isReferenceType() && P->getDeclContext() == &In
               ? Holds{Holds::AsParameter, P->getFunctionScopeIndex()}
               : Holds{};
  }
  case Condition::Derives:
    return Answer(derivesFrom(E, C.Text, U));
  case Condition::Dropped:
  case Condition::Count:
    break;
  }
  return {};
}

} // namespace corolint::model
