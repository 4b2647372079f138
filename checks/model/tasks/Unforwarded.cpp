//===- Unforwarded.cpp - A stop token that is not passed on ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Unforwarded.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Dataflow.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/Coroutine.h"
#include "model/types/Protocol.h"
#include "model/types/TaskType.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

//===- Types -----------------------------------------------------------------===//

/// How a variable or parameter has a context.
enum class Form { Object, Pointer, Optional, Shared };

struct ContextType {
  const CXXRecordDecl *Class = nullptr;
  const TypeEntry *Known = nullptr;
  Form Is = Form::Object;
  explicit operator bool() const { return Class; }
};

const TypeEntry *contextEntry(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *E : U.knowledge().of(C))
    if (E->Is == TypeRole::Context || E->Is == TypeRole::NamedContext)
      return E;
  return nullptr;
}

ContextType contextType(QualType T, Unit &U) {
  ContextType Result;
  T = T.getNonReferenceType();
  if (T->isPointerType()) {
    Result.Is = Form::Pointer;
    T = T->getPointeeType();
  }
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (const auto *Spec = llvm::dyn_cast_or_null<ClassTemplateSpecializationDecl>(C);
      Spec && Result.Is == Form::Object && C->isInStdNamespace() &&
      Spec->getTemplateArgs().size() != 0 &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
    const llvm::StringRef Name = simpleName(*C);
    if (Name == "optional" || Name == "shared_ptr") {
      Result.Is = Name == "optional" ? Form::Optional : Form::Shared;
      C = Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
    }
  }
  if (C && (Result.Known = contextEntry(*C, U)))
    Result.Class = cast<CXXRecordDecl>(C->getCanonicalDecl());
  return Result;
}

/// The name that some declaration gives to a parameter, without what only tells it from a member.
llvm::StringRef nameOf(const FunctionDecl &F, unsigned Index) {
  for (const FunctionDecl *Each : F.redecls())
    if (const llvm::StringRef Name = Each->getParamDecl(Index)->getName(); !Name.empty())
      return Name.trim('_');
  return "";
}

/// A parameter of a function that takes a context.
struct Taker {
  const FunctionDecl *Of = nullptr;
  unsigned Index = 0;
  ContextType Type;
};

/// The parameters that take one, without types that two of them have.
llvm::SmallVector<Taker, 1> takersOf(const FunctionDecl &F, Unit &U) {
  llvm::SmallVector<Taker, 1> Found;
  for (const ParmVarDecl *P : F.parameters())
    if (ContextType T = contextType(P->getType(), U))
      Found.push_back({&F, P->getFunctionScopeIndex(), T});
  llvm::SmallVector<Taker, 1> Result;
  for (const Taker &Each : Found)
    if (Each.Type.Known->Is == TypeRole::NamedContext ||
        llvm::count_if(
            Found, [&](const Taker &Other) { return Other.Type.Class == Each.Type.Class; }) == 1)
      Result.push_back(Each);
  return Result;
}

bool isSameType(QualType A, QualType B) {
  return A.getCanonicalType().getUnqualifiedType() == B.getCanonicalType().getUnqualifiedType();
}

bool givesTheSame(const FunctionDecl &A, const FunctionDecl &B) {
  if (isSameType(A.getReturnType(), B.getReturnType()))
    return true;
  const CXXRecordDecl *Mine = classOf(A.getReturnType()), *Theirs = classOf(B.getReturnType());
  return Mine && Theirs && familyOf(Mine) == familyOf(Theirs);
}

/// What was written: of an instantiation its template.
const FunctionDecl &patternOf(const FunctionDecl &F) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  return Template ? *Template->getTemplatedDecl() : F;
}

/// An overload that differs from a function by one more parameter, which takes a context. Found for
/// each function once.
struct ContextOverloads {
  using Result = std::vector<Taker>;
  static Result make(const FunctionDecl &F, Unit &U) {
    Result Found;
    const FunctionDecl &Mine = patternOf(F);
    for (const NamedDecl *D : F.getDeclContext()->getRedeclContext()->lookup(F.getDeclName())) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(D->getUnderlyingDecl());
      const auto *Other =
          Template ? Template->getTemplatedDecl() : dyn_cast<FunctionDecl>(D->getUnderlyingDecl());
      if (!Other || Other->getCanonicalDecl() == Mine.getCanonicalDecl() ||
          !isUsableLike(Mine, *Other))
        continue;
      for (const Taker &T : takersOf(*Other, U))
        if (differsBy(T.Index, Mine, *Other))
          Found.push_back(T);
    }
    return Found;
  }

  static bool isUsableLike(const FunctionDecl &Mine, const FunctionDecl &Other) {
    const auto *MyTemplate = Mine.getDescribedFunctionTemplate();
    const auto *ItsTemplate = Other.getDescribedFunctionTemplate();
    if (!MyTemplate != !ItsTemplate ||
        (MyTemplate && MyTemplate->getTemplateParameters()->size() !=
                           ItsTemplate->getTemplateParameters()->size()))
      return false;
    const auto *MyMethod = dyn_cast<CXXMethodDecl>(&Mine);
    const auto *ItsMethod = dyn_cast<CXXMethodDecl>(&Other);
    if (MyMethod && ItsMethod &&
        (MyMethod->isStatic() != ItsMethod->isStatic() ||
         (MyMethod->isConst() && !ItsMethod->isConst())))
      return false;
    return !Other.isDeleted() && !Other.hasAttr<DeprecatedAttr>() &&
           (Other.getAccess() == Mine.getAccess() || Other.getAccess() == AS_public) &&
           givesTheSame(Mine, Other);
  }

  /// Without it, one list of parameters is the begin of the other, and the rest has defaults.
  static bool differsBy(unsigned Index, const FunctionDecl &Mine, const FunctionDecl &Other) {
    llvm::SmallVector<const ParmVarDecl *, 4> Rest(Other.parameters());
    Rest.erase(Rest.begin() + Index);
    const unsigned Common = std::min<unsigned>(Rest.size(), Mine.getNumParams());
    for (unsigned I = 0; I != Common; ++I)
      if (!isSameType(Rest[I]->getType(), Mine.getParamDecl(I)->getType()))
        return false;
    return llvm::all_of(llvm::drop_begin(Rest, Common),
                        [](const ParmVarDecl *P) { return P->hasDefaultArg(); }) &&
           llvm::all_of(llvm::drop_begin(Mine.parameters(), Common),
                        [](const ParmVarDecl *P) { return P->hasDefaultArg(); });
  }
};

/// The default stands for none: an empty one, a constant, what a static function of its class
/// gives. What calls anything else may find the context of the caller by itself.
bool isNone(const CXXDefaultArgExpr &Default, const CXXRecordDecl &Class) {
  bool Asks = false;
  walkEvaluated(Default.getExpr(), [&](const Stmt &S) {
    if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      const auto *Method = llvm::dyn_cast_or_null<CXXMethodDecl>(Called->getDirectCallee());
      Asks |= !Method || !Method->isStatic() || Method->getParent()->getCanonicalDecl() != &Class ||
              Called->getNumArgs() != 0;
    }
    return !Asks;
  });
  return !Asks;
}

//===- What a coroutine has --------------------------------------------------===//

using Mask = unsigned; ///< of contexts, by their number

struct OwnContext {
  const VarDecl *Variable;
  ContextType Type;
  bool IsRead = false;          ///< asked of the coroutine's own context by a `co_await`
  const Stmt *GoneAt = nullptr; ///< it is moved or assigned there
};

class ContextFinder {
public:
  ContextFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<OwnContext> run() {
    for (const ParmVarDecl *P : F.parameters())
      add(*P, /*IsRead=*/false);
    if (const auto *Method = dyn_cast<CXXMethodDecl>(&F); Method && Method->getParent()->isLambda())
      for (const LambdaCapture &Each : Method->getParent()->captures())
        if (Each.capturesVariable())
          if (const auto *V = dyn_cast<VarDecl>(Each.getCapturedVar()))
            add(*V, /*IsRead=*/false);
    if (!mayRead())
      return {};
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D))
            add(*V, V->getInit() && isa<CoawaitExpr>(bare(V->getInit())));
      return true;
    });
    std::vector<OwnContext> Result;
    for (const OwnContext &Each : Found)
      if (isMeant(Each))
        Result.push_back(Each);
    constexpr size_t Most = 8 * sizeof(Mask);
    if (Result.size() > Most)
      Result.clear();
    return Result;
  }

private:
  /// Without a parameter of such a type only a `co_await` can give one.
  bool mayRead() const { return !Found.empty() || !awaitPointsIn(F, U).empty(); }

  void add(const VarDecl &V, bool IsRead) {
    if (ContextType T = contextType(V.getType(), U))
      Found.push_back({&V, T, IsRead, nullptr});
  }

  bool isMeant(const OwnContext &One) const {
    const VarDecl &V = *One.Variable;
    const bool IsLocal = V.isLocalVarDecl() && V.getDeclContext() == &F;
    if (V.getName().empty() || V.hasAttr<UnusedAttr>() || (IsLocal && !One.IsRead))
      return false;
    // Of several, nobody knows which is meant: one may have been made of the other.
    return llvm::count_if(Found, [&](const OwnContext &Other) {
             return Other.Type.Class == One.Type.Class &&
                    (One.Type.Known->Is != TypeRole::NamedContext ||
                     Other.Variable->getName() == V.getName());
           }) == 1;
  }

  const FunctionDecl &F;
  Unit &U;
  std::vector<OwnContext> Found;
};

//===- Where it goes ---------------------------------------------------------===//

/// A call that may be one without its context.
struct Candidate {
  const CallExpr *At;
  const Expr *Top; ///< the outermost expression around it, up to a `co_await`
};

/// Which expressions have to do with which contexts: they name one, or a variable that was given
/// one. Found in one walk.
class Traces {
public:
  Traces(const FunctionDecl &F, std::vector<OwnContext> &Contexts, Unit &U)
      : Contexts(Contexts), U(U) {
    for (auto [I, Each] : llvm::enumerate(Contexts))
      Of[Each.Variable] = Mask(1) << I;
    walkEvaluated(
        writtenBody(F), [&](const Stmt &S) { return enter(S); }, [&](const Stmt &S) { leave(S); });
  }

  /// Named in it, not below a `co_await`: what that gives has nothing to do with it any more.
  Mask at(const Stmt *S) const { return Marks.lookup(S); }
  /// Named anywhere in it.
  Mask within(const Stmt *S) const { return All.lookup(S); }
  const std::vector<Candidate> &candidates() const { return Candidates; }

private:
  bool enter(const Stmt &S) {
    const auto *E = dyn_cast<Expr>(&S);
    const bool IsTop =
        E && (Stack.empty() || !isa<Expr>(Stack.back()) || isa<CoroutineSuspendExpr>(Stack.back()));
    if (IsTop)
      Tops.push_back(E);
    Stack.push_back(&S);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      mark(S, Of.lookup(Ref->getDecl()));
    else if (const auto *Member = dyn_cast<MemberExpr>(&S))
      mark(S, Of.lookup(Member->getMemberDecl()));
    else if (isa<CXXThisExpr>(S))
      mark(S, OfThis);
    else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      for (const LambdaCapture &Each : Lambda->captures())
        if (Each.capturesVariable())
          mark(S, Of.lookup(Each.getCapturedVar()));
    if (const auto *Called = dyn_cast<CallExpr>(&S))
      Candidates.push_back({Called, Tops.empty() ? Called : Tops.back()});
    return true;
  }

  void leave(const Stmt &S) {
    Stack.pop_back();
    if (!Tops.empty() && Tops.back() == &S)
      Tops.pop_back();
    const Mask Own = at(&S), Any = within(&S);
    if (Own)
      spread(S, Own);
    if (!Any || Stack.empty())
      return;
    All[Stack.back()] |= Any;
    if (!isa<CoroutineSuspendExpr>(S) && Own)
      Marks[Stack.back()] |= Own;
  }

  void mark(const Stmt &S, Mask M) {
    if (!M)
      return;
    Marks[&S] |= M;
    All[&S] |= M;
  }

  /// What has to do with a context from here on.
  void spread(const Stmt &S, Mask M) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
          Of[V] |= at(V->getInit());
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(&S);
               Assign && Assign->isAssignmentOp()) {
      assign(Assign->getLHS(), Assign->getRHS(), S);
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
               Operator && Operator->isAssignmentOp()) {
      assign(Operator->getArg(0), Operator->getArg(1), S);
    } else if (const auto *Called = dyn_cast<CallExpr>(&S)) {
      call(*Called, M);
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(&S)) {
      for (const Expr *Arg : Made->arguments())
        giveToClosure(Arg, M);
    }
  }

  void assign(const Expr *To, const Expr *From, const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(To)))
      noteGone(Ref->getDecl(), S);
    give(To, at(From));
  }

  void call(const CallExpr &Called, Mask M) {
    if (Called.isCallToStdMove() && Called.getNumArgs() == 1) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(bare(Called.getArg(0))))
        noteGone(Ref->getDecl(), Called);
      return;
    }
    for (const Expr *Arg : Called.arguments())
      giveToClosure(Arg, M);
    // A task has it; whoever has the others may pass it on later.
    const TaskType &Result = U.get<TaskTypes>().of(Called.getType());
    if (Result.Awaitable || Result.Kind != TaskKind::None)
      return;
    Mask Given = 0;
    for (const Expr *Arg : Called.arguments())
      Given |= at(Arg);
    std::optional<Call> Site = callOf(Called);
    if (!Site || !Given)
      return;
    give(Site->Object, Given);
    for (auto [I, Arg] : llvm::enumerate(Site->Args))
      if (I < Site->Callee->getNumParams()) {
        const QualType T = Site->Callee->getParamDecl(I)->getType();
        if ((T->isLValueReferenceType() || T->isPointerType()) &&
            !T->getPointeeType().isConstQualified())
          give(Arg, Given);
      }
  }

  void noteGone(const ValueDecl *D, const Stmt &At) {
    for (OwnContext &Each : Contexts)
      if (Each.Variable == D && !Each.GoneAt)
        Each.GoneAt = &At;
  }

  /// The object that an expression names a part of.
  void give(const Expr *To, Mask M) {
    while (To) {
      To = bare(To);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(To)) {
        Of[Ref->getDecl()] |= M;
        return;
      }
      const auto *Member = dyn_cast<MemberExpr>(To);
      if (Member && isa<CXXThisExpr>(bare(Member->getBase()))) {
        Of[Member->getMemberDecl()] |= M;
        return;
      }
      if (Member)
        To = Member->getBase();
      else if (const auto *Unary = dyn_cast<UnaryOperator>(To))
        To = Unary->getSubExpr();
      else if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(To))
        To = Arrow->getArg(0);
      else
        return;
    }
  }

  /// `std::stop_callback stop(token, [&] { socket.cancel(); })`: it stops by hand what the closure
  /// names.
  void giveToClosure(const Expr *Arg, Mask M) {
    const auto *Lambda = dyn_cast<LambdaExpr>(bare(Arg));
    if (!Lambda)
      return;
    for (const LambdaCapture &Each : Lambda->captures())
      if (Each.capturesVariable())
        Of[Each.getCapturedVar()] |= M;
    walkEvaluated(Lambda->getBody(), [&](const Stmt &S) {
      if (const auto *Member = dyn_cast<MemberExpr>(&S);
          Member && isa<CXXThisExpr>(bare(Member->getBase()))) {
        if (isa<FieldDecl>(Member->getMemberDecl()))
          Of[Member->getMemberDecl()] |= M;
        else
          OfThis |= M;
      }
      return true;
    });
  }

  std::vector<OwnContext> &Contexts;
  Unit &U;
  llvm::DenseMap<const ValueDecl *, Mask> Of;
  Mask OfThis = 0;
  llvm::DenseMap<const Stmt *, Mask> Marks, All;
  std::vector<const Stmt *> Stack;
  std::vector<const Expr *> Tops;
  std::vector<Candidate> Candidates;
};

//===- Where it has come to its end ------------------------------------------===//

/// Of which contexts a path knows that they are over: a stop was requested, the deadline has
/// passed. What is awaited from there on cleans up.
struct OverFlow {
  static constexpr Direction Runs = Direction::Forward;
  struct State {
    Mask Over = 0;
    bool join(const State &Other) {
      const Mask Before = Over;
      Over |= Other.Over;
      return Over != Before;
    }
  };

  State initial() const { return {}; }
  void step(const CFGBlock &, unsigned, const CFGElement &, State &) const {}
  /// What was asked with a context may have thrown because of it.
  State caught(unsigned Try, const State &S) const {
    return {S.Over | Of.within(Graph.tries()[Try].Written->getTryBlock())};
  }
  void refine(const CFGBlock &B, unsigned Successor, State &S) const {
    const Stmt *Terminator = B.getTerminatorStmt();
    const auto *Asked = llvm::dyn_cast_or_null<Expr>(B.getLastCondition());
    if (!Terminator || !Asked || B.succ_size() != 2 || isa<SwitchStmt>(Terminator))
      return;
    bool OverIfTrue = true;
    for (Asked = bare(Asked);; Asked = bare(Asked)) {
      const auto *Not = dyn_cast<UnaryOperator>(Asked);
      if (!Not || Not->getOpcode() != UO_LNot)
        break;
      OverIfTrue = !OverIfTrue;
      Asked = Not->getSubExpr();
    }
    const Mask M = Of.at(Asked);
    if (!M)
      return;
    if (const std::optional<bool> Told = tellsOver(*Asked, M); Told && !*Told)
      OverIfTrue = !OverIfTrue;
    else if (!Told)
      return;
    if (OverIfTrue == (Successor == 0))
      S.Over |= M;
    else
      S.Over &= ~M;
  }

  /// A question to a context: is it over if that is true? `now < deadline` is a question, too.
  std::optional<bool> tellsOver(const Expr &Asked, Mask M) const {
    if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(&Asked)) {
      const auto Parts = Rewritten->getDecomposedForm();
      return compares(Parts.Opcode, Parts.RHS, M);
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Asked);
        Operator && Operator->isComparisonOp())
      return compares(BinaryOperator::getOverloadedOpcode(Operator->getOperator()),
                      Operator->getArg(1), M);
    if (const auto *Operator = dyn_cast<BinaryOperator>(&Asked);
        Operator && Operator->isComparisonOp())
      return compares(Operator->getOpcode(), Operator->getRHS(), M);
    return isa<CallExpr>(Asked) ? std::optional(true) : std::nullopt;
  }
  std::optional<bool> compares(BinaryOperatorKind Kind, const Expr *Right, Mask M) const {
    const bool IsRight = Of.at(Right) & M;
    if (Kind == BO_LT || Kind == BO_LE)
      return !IsRight;
    if (Kind == BO_GT || Kind == BO_GE)
      return IsRight;
    return std::nullopt;
  }

  const Cfg &Graph;
  const Traces &Of;
};

//===- The calls -------------------------------------------------------------===//

class UnforwardedFinder {
public:
  UnforwardedFinder(std::vector<OwnContext> &Contexts, const FunctionDecl &F, Unit &U)
      : Contexts(Contexts), F(F), U(U), Of(F, Contexts, U), Flows(U.get<TaskFlows>(F)) {}

  std::vector<UnforwardedContext> run() {
    findOver();
    std::vector<UnforwardedContext> Result;
    for (const Candidate &Each : Of.candidates())
      if (std::optional<UnforwardedContext> Found = look(Each))
        Result.push_back(*Found);
    return Result;
  }

private:
  void findOver() {
    const Cfg *Graph = cfgOf(F, U);
    if (!Graph)
      return;
    OverFlow Problem{*Graph, Of};
    Dataflow<OverFlow> Solved(*Graph, Problem);
    Solved.solve();
    Solved.forEachElement(
        [&](const CFGBlock &, unsigned, const CFGElement &E, const OverFlow::State &S) {
          if (std::optional<CFGStmt> Element = E.getAs<CFGStmt>(); Element && S.Over)
            Over[Element->getStmt()] |= S.Over;
        });
  }

  std::optional<UnforwardedContext> look(const Candidate &Each) {
    std::optional<Call> Site = callOf(*Each.At);
    if (!Site || !isAwaitable(Each.At->getType()))
      return std::nullopt;
    const SourceLocation At = Site->At;
    for (const auto &[I, One] : llvm::enumerate(Contexts)) {
      std::optional<UnforwardedContext> Found = takes(*Site, One);
      if (!Found)
        continue;
      Found->At = Each.At;
      const Mask M = Mask(1) << I;
      const char *Why = whyNot(Each, One, *Found, M);
      if (!Why)
        return Found;
      U.leave(At, [&] {
        return "'" + One.Variable->getNameAsString() + "' could be passed on here, and " + Why;
      });
    }
    return std::nullopt;
  }

  bool isAwaitable(QualType T) {
    const TaskType &Type = U.get<TaskTypes>().of(T);
    return Type.Awaitable || Type.isTask() || Type.Kind == TaskKind::Handle;
  }

  /// By a parameter that was left out, or by an overload.
  std::optional<UnforwardedContext> takes(const Call &Site, const OwnContext &One) {
    const unsigned Written =
        llvm::count_if(Site.Args, [](const Expr *Arg) { return !isa<CXXDefaultArgExpr>(Arg); });
    auto Make = [&](const Taker &T, const FunctionDecl *Overload) {
      UnforwardedContext Found;
      Found.Callee = Site.Callee;
      Found.Context = One.Variable;
      Found.Class = One.Type.Class;
      Found.Known = One.Type.Known;
      Found.Takes = T.Of->getParamDecl(T.Index);
      Found.Overload = Overload;
      Found.Position = T.Index;
      Found.Written = Written;
      Found.ByAddress = T.Type.Is == Form::Pointer && One.Type.Is == Form::Object;
      return Found;
    };
    const llvm::SmallVector<Taker, 1> Own = takersOf(*Site.Callee, U);
    for (const Taker &T : Own) {
      if (!fits(T, One))
        continue;
      const auto *Default =
          T.Index < Site.Args.size() ? dyn_cast<CXXDefaultArgExpr>(Site.Args[T.Index]) : nullptr;
      return Default && isNone(*Default, *One.Type.Class) ? std::optional(Make(T, nullptr))
                                                          : std::nullopt;
    }
    // It takes one of that type already.
    if (llvm::any_of(Own, [&](const Taker &T) { return T.Type.Class == One.Type.Class; }))
      return std::nullopt;
    for (const Taker &T : U.get<ContextOverloads>(*Site.Callee))
      if (fits(T, One) && T.Index <= Written && !isThisOne(*T.Of))
        return Make(T, T.Of);
    return std::nullopt;
  }

  /// The overload with the context may be made of the one without.
  bool isThisOne(const FunctionDecl &Overload) const {
    return patternOf(F).getCanonicalDecl() == Overload.getCanonicalDecl() ||
           F.getTemplateInstantiationPattern() == &Overload;
  }

  static bool fits(const Taker &T, const OwnContext &One) {
    if (T.Type.Class != One.Type.Class)
      return false;
    if (One.Type.Known->Is == TypeRole::NamedContext &&
        nameOf(*T.Of, T.Index) != One.Variable->getName().trim('_'))
      return false;
    const QualType Param = T.Of->getParamDecl(T.Index)->getType();
    const QualType Has = One.Variable->getType();
    if (Param->isRValueReferenceType())
      return false;
    const QualType From = Has->isPointerType() ? Has->getPointeeType() : Has.getNonReferenceType();
    if ((Param->isReferenceType() || Param->isPointerType()) &&
        !Param->getPointeeType().isConstQualified() && From.isConstQualified())
      return false;
    if (One.Type.Is != T.Type.Is && (One.Type.Is != Form::Object || T.Type.Is == Form::Shared))
      return false;
    return Param->isReferenceType() || T.Type.Is == Form::Pointer || isCopyable(*One.Type.Class);
  }

  /// Why it may be right not to pass it on; null if it is not.
  const char *whyNot(const Candidate &Each, const OwnContext &One, const UnforwardedContext &Found,
                     Mask M) {
    if (Of.at(Each.Top) & M)
      return "what is given to the call, or stands around it, has it already";
    if (One.IsRead && travels(*Each.At))
      return "its task finds that of who awaits it by itself";
    if (One.IsRead && !isDeclaredBefore(*One.Variable, *Each.At))
      return "is not there yet";
    if (isGone(*Each.At, One))
      return "may have been moved from, or replaced";
    if (Over.lookup(Each.At) & M)
      return "the call is made when it may be over: clean-up has to come to its end";
    bool Awaits = false, Has = false;
    Flows.forEachUse(*Each.At, [&](const TaskUse &Use) {
      Awaits |= Use.How == TaskUse::Awaited;
      Has |= Use.At && (Of.at(Use.At) & M);
      return !Has;
    });
    if (Has)
      return "what becomes of the task has it";
    return Awaits ? nullptr : "the coroutine does not await this task: it may have to go on";
  }

  /// A context that was asked for without a name is found by what is awaited, as it was here: by
  /// all tasks of the kind, and by what is no coroutine.
  bool travels(const CallExpr &Called) {
    const CXXRecordDecl *Mine = returnedClass(F);
    const CXXRecordDecl *Theirs = classOf(Called.getType());
    const TaskType &T = U.get<TaskTypes>().of(Called.getType());
    return !Mine || !Theirs || familyOf(Mine) == familyOf(Theirs) || T.Kind == TaskKind::Awaiter ||
           T.Kind == TaskKind::None;
  }

  bool isDeclaredBefore(const VarDecl &V, const Stmt &S) {
    const Scopes &Where = U.get<Scopes>(F);
    return Where.contains(*Where.scopeOf(V), S) &&
           U.context().getSourceManager().isBeforeInTranslationUnit(V.getLocation(),
                                                                    S.getBeginLoc());
  }

  bool isGone(const Stmt &Call, const OwnContext &One) {
    if (!One.GoneAt)
      return false;
    const Scopes &Where = U.get<Scopes>(F);
    return !Where.isAfter(Call, *One.GoneAt) || Where.loopAround(*One.GoneAt, *writtenBody(F));
  }

  std::vector<OwnContext> &Contexts;
  const FunctionDecl &F;
  Unit &U;
  const Traces Of;
  TaskFlows &Flows;
  llvm::DenseMap<const Stmt *, Mask> Over;
};

} // namespace

std::vector<UnforwardedContext> unforwardedContexts(const FunctionDecl &F, Unit &U) {
  if (!isCoroutine(F) || F.isDependentContext())
    return {};
  std::vector<OwnContext> Contexts = ContextFinder(F, U).run();
  return Contexts.empty() ? std::vector<UnforwardedContext>()
                          : UnforwardedFinder(Contexts, F, U).run();
}

} // namespace corolint::model
