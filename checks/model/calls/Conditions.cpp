//===- Conditions.cpp - What an entry of knowledge asks of a call --------===//
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
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Constants.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include <arpa/inet.h>

using namespace clang;

namespace corolint::model {
namespace {

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

/// Where the call is made: of the end of a scope, each place where it ends.
llvm::SmallVector<Cfg::Point, 2> pointsOf(const Call &Site, const Objects &In) {
  if (Site.Destroyed && In.graph())
    return llvm::to_vector<2>(In.graph()->endsOf(*Site.Destroyed));
  const Expr *At = Site.Around ? Site.Around : Site.Written;
  if (!At)
    return {};
  return {In.pointOf(*At)};
}

/// The object that a condition asks about.
Path objectOf(const Call &Site, int Arg) {
  if (Site.Destroyed && Arg == Condition::Object)
    return pathOf(*Site.Destroyed) +
           llvm::StringRef(Site.Part).take_until([](char C) { return C == '['; }).str();
  const Expr *E = argument(Site, Arg);
  return E ? pathOf(E) : Path();
}

/// What it stands on, by the paths of the function: `s.next_layer()`, and the socket that a stream
/// was made over.
std::vector<Path> layersOf(const Path &Of, const Expr *Argument, const FunctionDecl &In, Unit &U) {
  std::vector<Path> Result = U.get<Objects>(In).partPaths(Of);
  auto AddArguments = [&](const Expr *Init) {
    Init = Init ? bare(Init) : nullptr;
    if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init))
      for (const Expr *Arg : Made->arguments())
        if (Path P = pathOf(Arg); !P.empty())
          Result.push_back(P);
  };
  const ValueDecl *Object = Argument ? objectIn(Argument) : nullptr;
  if (const auto *V = dyn_cast_or_null<VarDecl>(Object); V && !isa<ParmVarDecl>(V))
    AddArguments(V->getInit());
  if (const auto *Field = dyn_cast_or_null<FieldDecl>(Object))
    for (const FunctionDecl *Method : U.methodsOf(*cast<CXXRecordDecl>(Field->getParent())))
      if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method))
        for (const CXXCtorInitializer *Init : Constructor->inits())
          if (Init->getAnyMember() == Field)
            AddArguments(Init->getInit());
  return Result;
}

/// The mode of a member or of what it stands on, whoever set it: a method of its class or of a base
/// of that.
bool anyMethodCalls(const Condition &C, const Expr *Argument, llvm::ArrayRef<Path> Layers,
                    Unit &U) {
  const auto *Field = dyn_cast_or_null<FieldDecl>(objectIn(Argument));
  const auto *Class = Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  if (!Class)
    return false;
  const Path Of = pathOf(Argument);
  auto InClass = [&](const CXXRecordDecl *Each) {
    return llvm::any_of(U.methodsOf(*Each), [&](const FunctionDecl *Method) {
      const Objects &Known = U.get<Objects>(*Method);
      auto IsCalled = [&](const Path &P) { return Known.isCalled(P, C.Text, C.With); };
      return IsCalled(Of) || llvm::any_of(Layers, IsCalled) ||
             llvm::any_of(Known.partPaths(Of), IsCalled);
    });
  };
  return InClass(Class) ||
         !Class->forallBases([&](const CXXRecordDecl *Base) { return !InClass(Base); });
}

bool isGuarded(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const Path Of = objectOf(Site, C.Arg);
  const auto Points = pointsOf(Site, Known);
  if (Of.empty() || Points.empty())
    return false;
  if (llvm::all_of(Points, [&](Cfg::Point At) {
        // A mode that was set is one; an answer matters where something hangs on it.
        return C.With.empty() ? Known.isAnswered(Of, C.Text, At) || Known.isAwaited(Of, At)
                              : Known.isCalled(Of, C.Text, C.With, At);
      }))
    return true;
  const Expr *Argument = argument(Site, C.Arg);
  if (C.With.empty() || !Argument)
    return false;
  const std::vector<Path> Layers = layersOf(Of, Argument, In, U);
  return anyMethodCalls(C, Argument, Layers, U) || llvm::any_of(Layers, [&](const Path &Layer) {
           return llvm::all_of(
               Points, [&](Cfg::Point At) { return Known.isCalled(Layer, C.Text, C.With, At); });
         });
}

/// It came out of another object, which was given its value before: `p.set_value(1);
/// p.get_future().get();`.
bool isSettled(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const Expr *E = argument(Site, C.Arg);
  const auto *Maker = dyn_cast_or_null<CXXMemberCallExpr>(makerOf(E));
  const auto Points = pointsOf(Site, Known);
  std::vector<Path> Sources;
  if (Maker)
    Sources.push_back(pathOf(Maker->getImplicitObjectArgument()));
  if (const Path Of = objectOf(Site, C.Arg); !Of.empty()) {
    llvm::append_range(Sources, layersOf(Of, E, In, U));
    // `f = p.get_future();`, once.
    if (llvm::ArrayRef<const Expr *> Assigned = Known.valuesOf(Of); Assigned.size() == 1)
      if (const auto *From = dyn_cast<CXXMemberCallExpr>(bare(Assigned.front())))
        Sources.push_back(pathOf(From->getImplicitObjectArgument()));
  }
  return !Points.empty() && llvm::any_of(Sources, [&](const Path &Source) {
    return !Source.empty() && llvm::all_of(Points, [&](Cfg::Point At) {
      return Known.isCalled(Source, C.Text, "", At);
    });
  });
}

/// What a call has just given, by value: nobody can know whether it is ready.
bool isFresh(const Expr *E, const FunctionDecl &In, Unit &U) {
  const CallExpr *Maker = makerOf(E);
  if (!Maker || !Maker->isPRValue())
    return false;
  const Path Of = pathOf(E);
  return Of.empty() || !U.get<Objects>(In).isAssigned(Of);
}

/// The coroutine was suspended before, on every path.
bool wasSuspended(const Call &Site, const FunctionDecl &In, Unit &U) {
  const Cfg *Graph = isCoroutine(In) && Site.Written ? cfgOf(In, U) : nullptr;
  return Graph && llvm::any_of(suspensionsIn(In, U), [&](const AwaitPoint &P) {
           return !P.Ready && Graph->precedes(*P.At, *Site.Written);
         });
}

/// A local that was made of nothing, and that nobody gives anything later.
bool isEmpty(const Call &Site, const FunctionDecl &In, Unit &U) {
  const VarDecl *V = Site.Destroyed;
  if (!V || !Site.Part.empty())
    return false;
  const Expr *Init = V->getInit() ? bare(V->getInit()) : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  const auto *List = dyn_cast_or_null<InitListExpr>(Init);
  if (!(Made ? Made->getNumArgs() == 0 : List && List->getNumInits() == 0))
    return false;
  return !U.get<Objects>(In).isAssigned(pathOf(*V)) &&
         U.get<Objects>(In).usesOf(pathOf(*V)).empty();
}

/// It was made with a count of zero, as a pool without threads is: a constant, and no other number
/// beside it.
bool isMadeWithZero(const Call &Site, Unit &U) {
  const Expr *Init = Site.Part.empty() && Site.Destroyed && Site.Destroyed->getInit()
                         ? bare(Site.Destroyed->getInit())
                         : nullptr;
  const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
  bool Found = false;
  for (const Expr *Arg : Made ? Made->arguments() : CXXConstructExpr::const_arg_range({}, {})) {
    if (!Arg->getType()->isIntegerType() || isa<CXXDefaultArgExpr>(Arg))
      continue;
    if (!isZero(Arg, U.context()))
      return false;
    Found = true;
  }
  return Found;
}

/// What was put into it: what it was initialised with, and what it or its parts are assigned or are
/// given later.
llvm::SmallVector<const Expr *, 4> valuesIn(const Call &Site, const FunctionDecl &In, Unit &U) {
  llvm::SmallVector<const Expr *, 4> Result;
  const Objects &Known = U.get<Objects>(In);
  const Path Of = objectOf(Site, Condition::Object);
  // Of a part as well: what the whole was made of.
  if (Site.Destroyed && Site.Destroyed->getInit())
    Result.push_back(Site.Destroyed->getInit());
  llvm::append_range(Result, Known.valuesOf(Of));
  if (Site.Destroyed && llvm::StringRef(Site.Part).contains('['))
    llvm::append_range(Result, Known.partsOf(pathOf(*Site.Destroyed)));
  return Result;
}

bool isMadeBy(const Expr *E, const Condition &C, Unit &U, unsigned Depth) {
  E = E ? bare(E) : nullptr;
  if (!E || Depth == 6)
    return false;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return llvm::any_of(List->inits(),
                        [&](const Expr *Each) { return isMadeBy(Each, C, U, Depth + 1); });
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    return isMadeBy(List->getSubExpr(), C, U, Depth + 1);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return llvm::any_of(Construct->arguments(),
                        [&](const Expr *Each) { return isMadeBy(Each, C, U, Depth + 1); });
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E))
    return isMadeBy(Conditional->getTrueExpr(), C, U, Depth + 1) ||
           isMadeBy(Conditional->getFalseExpr(), C, U, Depth + 1);
  if (const VarDecl *V = variableIn(E); V && V->getInit() && !isa<ParmVarDecl>(V))
    return isMadeBy(V->getInit(), C, U, Depth + 1);
  const auto *Maker = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Maker ? Maker->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (U.knowledge().isNamed(*Callee, C.Text))
    return C.With.empty() || llvm::any_of(Maker->arguments(), [&](const Expr *Arg) {
             const auto *Ref = dyn_cast<DeclRefExpr>(bare(Arg));
             return Ref && Ref->getDecl()->getIdentifier() && Ref->getDecl()->getName() == C.With;
           });
  // `std::async(f).share()`
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Maker);
  return Member && Member->getNumArgs() == 0 &&
         isMadeBy(Member->getImplicitObjectArgument(), C, U, Depth + 1);
}

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

/// The text of a host is its address, as `127.0.0.1` and `::1` are: nobody is asked for it.
bool isIpAddress(const Expr *E, const FunctionDecl &In, Unit &U) {
  // A variable has the text that it was made with where nobody gives it another.
  bool Constant = true;
  walkEvaluated(E, [&](const Stmt &S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    if (const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
        V && !V->getType().isConstQualified())
      Constant &= V->hasLocalStorage() && !U.get<Objects>(In).isAssigned(pathOf(*V));
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

/// A path below /proc or /sys, or what was opened with one: a stream, a descriptor.
bool isInMemory(const Expr *E, const FunctionDecl &In, Unit &U) {
  if (isMadeByKernel(E))
    return true;
  const Path Of = pathOf(E);
  const Objects &Known = U.get<Objects>(In);
  return !Of.empty() && llvm::any_of(Known.callsOf(Of, "open"), [](const CallExpr *Open) {
    return Open->getNumArgs() && isMadeByKernel(Open->getArg(0));
  });
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
  if (Site.Destroyed && C.Arg == Condition::Object) {
    switch (C.Is) {
    case Condition::MadeBy:
      return Answer(llvm::any_of(valuesIn(Site, In, U),
                                 [&](const Expr *Value) { return isMadeBy(Value, C, U, 0); }));
    case Condition::Empty:
      return Answer(isEmpty(Site, In, U));
    case Condition::GuardedBy:
      return Answer(isGuarded(C, Site, In, U));
    case Condition::Zero:
      return Answer(isMadeWithZero(Site, U));
    default:
      return {};
    }
  }
  const Expr *E = argument(Site, C.Arg);
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
    if (mentionsIdentifier(*E, C.Text, U.context()))
      return Answer(true);
    const VarDecl *V = variableIn(E);
    if (!V)
      return {};
    if (V->getInit() && mentionsIdentifier(*V->getInit(), C.Text, U.context()))
      return Answer(true);
    // `flags |= O_NONBLOCK`, `hints.ai_flags = AI_NUMERICHOST`
    auto Mentions = [&](const Expr *Value) {
      return mentionsIdentifier(*Value, C.Text, U.context());
    };
    if (V->hasLocalStorage() && llvm::any_of(U.get<Objects>(In).partsOf(pathOf(*V)), Mentions))
      return Answer(true);
    return Answer(V->isLocalVarDecl() &&
                  llvm::any_of(U.get<Objects>(In).valuesOf(pathOf(*V)), Mentions));
  }
  case Condition::MadeBy: {
    // What it was given later counts as well as what it was made of.
    const auto Values = U.get<Objects>(In).valuesOf(pathOf(E));
    return Answer(
        (!Values.empty() || isMadeBy(E, C, U, 0)) &&
        llvm::all_of(Values, [&](const Expr *Value) { return isMadeBy(Value, C, U, 0); }));
  }
  case Condition::MadeWith: {
    const CallExpr *Maker = makerOf(E);
    return Answer(Maker && llvm::any_of(Maker->arguments(), [&](const Expr *Arg) {
                    return usesClass(Arg, C.Text, U);
                  }));
  }
  case Condition::Type:
    return Answer(isOfClass(E, C.Text, U));
  case Condition::GuardedBy: {
    if (isGuarded(C, Site, In, U))
      return Answer(true);
    // Whoever gives it to this function may have asked.
    const auto *P = llvm::dyn_cast_or_null<ParmVarDecl>(objectIn(E));
    return P && P->getDeclContext() == &In ? Holds{Holds::AsParameter, P->getFunctionScopeIndex()}
                                           : Holds{};
  }
  case Condition::SettledBy:
    return Answer(isSettled(C, Site, In, U));
  case Condition::InMemory:
    return Answer(isInMemory(E, In, U));
  case Condition::IpAddress:
    return Answer(isIpAddress(E, In, U));
  case Condition::Fresh:
    return Answer(isFresh(E, In, U));
  case Condition::Derives:
    return Answer(derivesFrom(E, C.Text, U));
  case Condition::Empty:
  case Condition::Suspended:
  case Condition::Dropped:
  case Condition::Count:
    break;
  }
  return {};
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
