//===- Objects.cpp - What a function does with its objects ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Objects.h"
#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Cfg.h"
#include "model/code/Constants.h"
#include "model/code/Walk.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

std::string keyOf(const void *P) {
  return std::to_string(reinterpret_cast<uintptr_t>(P));
}

/// `std::ref(x)` and the like are x.
const Expr *unwrapped(const Expr *E) {
  for (E = E ? bare(E) : nullptr; E;) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || !Callee->isInStdNamespace() || Call->getNumArgs() != 1 ||
        !llvm::is_contained({"ref", "cref", "move", "forward", "as_const", "addressof"},
                            simpleName(*Callee)))
      return E;
    E = bare(Call->getArg(0));
  }
  return E;
}

} // namespace

bool isAssertionName(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"assert", "require", "ensure", "verify"},
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

namespace {

/// A member of this name waits for the object, or makes an end of it.
bool endsIt(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"join", "wait", "stop", "shut", "close",
                                                      "drain", "finish", "done", "complete", "quit",
                                                      "cancel", "terminate", "exit", "ready", "get",
                                                      "result", "idle", "flush", "ended"},
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

/// A class whose objects stand for a result: they are awaited, wherever they are given to.
bool isResult(const Expr *E) {
  const CXXRecordDecl *C = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return !C || !C->hasDefinition() ||
         (C->isLambda()
              ? false
              : llvm::any_of(C->methods(),
                             [](const CXXMethodDecl *M) {
                               return llvm::is_contained({"get", "valid", "wait_for", "result"},
                                                         simpleName(*M));
                             })) ||
         llvm::any_of(C->bases(), [](const CXXBaseSpecifier &Base) {
           const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
           return B && B->hasDefinition() && llvm::any_of(B->methods(), [](const CXXMethodDecl *M) {
                    return llvm::is_contained({"get", "valid", "wait_for", "result"},
                                              simpleName(*M));
                  });
         });
}

} // namespace

ObjectName objectNameOf(const ValueDecl &D) {
  return keyOf(D.getCanonicalDecl());
}

ObjectName objectNameOf(const Expr *E) {
  E = unwrapped(E);
  if (!E)
    return {};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    // A reference is another name, unless it stands for each element of something.
    if (V && V->getType()->isReferenceType() && V->isLocalVarDecl() && V->getInit() &&
        !V->isCXXForRangeDecl())
      if (ObjectName Bound = objectNameOf(V->getInit()); !Bound.empty())
        return Bound;
    return isa<VarDecl, BindingDecl>(Ref->getDecl()) ? objectNameOf(*Ref->getDecl()) : ObjectName();
  }
  if (isa<CXXThisExpr>(E))
    return "this";
  auto Below = [](const Expr *Of, const ObjectName &Step) {
    ObjectName Base = objectNameOf(Of);
    return Base.empty() ? Base : Base + Step;
  };
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Below(Member->getBase(), "." + keyOf(Member->getMemberDecl()->getCanonicalDecl()));
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
    return objectNameOf(Unary->getSubExpr());
  auto Index = [](const Expr *I) -> ObjectName {
    if (const auto *Literal = dyn_cast<IntegerLiteral>(bare(I)))
      return "#" + std::to_string(Literal->getValue().getLimitedValue());
    return objectNameOf(I);
  };
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    ObjectName At = Index(Element->getIdx());
    return At.empty() ? At : Below(Element->getBase(), "[" + At);
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Operator->getOperator() == OO_Arrow ||
        (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1))
      return objectNameOf(Operator->getArg(0));
    if (Operator->getOperator() == OO_Subscript && Operator->getNumArgs() == 2) {
      ObjectName At = Index(Operator->getArg(1));
      return At.empty() ? At : Below(Operator->getArg(0), "[" + At);
    }
    return {};
  }
  // `get_lowest_layer(s)`, `std::get<0>(t)`: a part of what it is given.
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && !isa<CXXMemberCallExpr>(Call) &&
                                                Call->getNumArgs() == 1 && Call->isLValue() &&
                                                Call->getDirectCallee())
    return Below(Call->getArg(0), "." + keyOf(Call->getDirectCallee()->getCanonicalDecl()) + "()");
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E); Call && Call->getMethodDecl()) {
    if (Call->getNumArgs() == 1 && simpleName(*Call->getMethodDecl()) == "at") {
      ObjectName At = Index(Call->getArg(0));
      return At.empty() ? At : Below(Call->getImplicitObjectArgument(), "[" + At);
    }
    // An accessor. What makes something new each time gives it by value.
    if (Call->getNumArgs() == 0 && (Call->getMethodDecl()->getReturnType()->isReferenceType() ||
                                    Call->getMethodDecl()->getReturnType()->isPointerType()))
      return Below(Call->getImplicitObjectArgument(),
                   "." + keyOf(Call->getMethodDecl()->getCanonicalDecl()) + "()");
  }
  return {};
}

ObjectName objectNameOf(const Call &Site, int Arg) {
  if (Site.Destroyed && Arg == Condition::Object)
    return objectNameOf(*Site.Destroyed) +
           llvm::StringRef(Site.Part).take_until([](char C) { return C == '['; }).str();
  const Expr *E = argument(Site, Arg);
  return E ? objectNameOf(E) : ObjectName();
}

Objects::Objects(const FunctionDecl &F, Unit &U) : U(U), Graph(cfgOf(F, U)) {
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    visit(S);
    return true;
  });
  if (Graph)
    addBranches();
}

void Objects::addAwaited(const Expr *E, const Expr &By, bool Awaited, bool Runs) {
  E = unwrapped(E);
  if (!E)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
    // `co_await to_thread([&] { thread.join(); })`
    walkEvaluated(Lambda->getBody(), [&](const Stmt &S) {
      const auto *Member = dyn_cast<CXXMemberCallExpr>(&S);
      if (Member && Member->getMethodDecl() && endsIt(simpleName(*Member->getMethodDecl())))
        if (ObjectName P = objectNameOf(Member->getImplicitObjectArgument()); !P.empty())
          Awaits[P].push_back(&By);
      return true;
    });
    return;
  }
  if (ObjectName P = objectNameOf(E); !P.empty() && !Runs)
    Awaits[P].push_back(&By);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    for (const Expr *Each : List->inits())
      addAwaited(Each, By, false);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
    for (const Expr *Arg : Made->arguments())
      addAwaited(Arg, By, false);
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call); Member && Member->getMethodDecl()) {
    // `f.when_ready()` is f; of `t.loop()` that is given to somebody t is only asked for it.
    const llvm::StringRef Name = simpleName(*Member->getMethodDecl());
    const Expr *Object = Member->getImplicitObjectArgument();
    if (Awaited ? isResult(Object) || endsIt(Name)
                : llvm::is_contained({"begin", "end", "cbegin", "cend", "data"}, Name))
      addAwaited(Object, By, Awaited);
  }
  // `on(thread, work())` runs a task there; it does not wait for the thread.
  const bool GivesWork = llvm::any_of(Call->arguments(), [&](const Expr *Arg) {
    const CXXRecordDecl *C = Arg->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return C && ((C->isLambda() && !isa<CXXOperatorCallExpr>(Call)) ||
                 U.get<TaskTypes>().of(*C).isTask());
  });
  for (const Expr *Arg : Call->arguments())
    addAwaited(Arg, By, false, GivesWork && !isResult(Arg));
}

void Objects::visit(const Stmt &S) {
  auto Assign = [&](const Expr *To, const Expr *Value) {
    ObjectName P = objectNameOf(To);
    if (P.empty())
      return;
    Assigned[P].push_back(pointOf(S));
    if (!Value)
      return;
    Values[P].push_back(Value);
    if (size_t Step = llvm::StringRef(P).find_first_of(".["); Step != ObjectName::npos)
      Parts[P.substr(0, Step)].push_back(Value);
  };
  if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
    addAwaited(Await->getOperand(), *Await, true);
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isAssignmentOp())
      Assign(Binary->getLHS(), Binary->getRHS());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
    if (Graph && Range->getInc() && Range->getLoopVariable() && Range->getRangeInit())
      if (ObjectName Over = objectNameOf(Range->getRangeInit()); !Over.empty()) {
        Loop L{Over, objectNameOf(*Range->getLoopVariable()), pointOf(*Range->getInc()), {}};
        if (const CFGBlock *Head = Range->getCond() ? Graph->blockOf(*Range->getCond()) : nullptr;
            Head && Head->succ_size() == 2)
          if (const CFGBlock *After = *(Head->succ_begin() + 1); After && After->pred_size() == 1)
            L.After = {After, -1};
        OverOf[L.Variable] = L.Over;
        LoopsOver[L.Over].push_back(std::move(L));
      }
  } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    for (auto [I, Arg] : llvm::enumerate(Call->arguments()))
      if (ObjectName P = objectNameOf(Arg); !P.empty())
        Uses[P].push_back({Call, static_cast<unsigned>(I)});
    if (const FunctionDecl *Callee = Call->getDirectCallee(); Callee && Callee->getIdentifier()) {
      if (isAssertionName(Callee->getName()))
        walkEvaluated(Call, [&](const Stmt &Below) { return Asserted.insert(&Below).second; });
      if (Callee->getName() == "swap")
        for (const Expr *Arg : Call->arguments())
          Assign(Arg, nullptr);
    }
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call); Member && Member->getMethodDecl()) {
      const llvm::StringRef Name = simpleName(*Member->getMethodDecl());
      if (ObjectName P = objectNameOf(Member->getImplicitObjectArgument());
          !P.empty() && !Name.empty()) {
        Called[P].push_back({Name.str(), Member});
        if (size_t Step = llvm::StringRef(P).find_first_of(".["); Step != ObjectName::npos)
          Deeper[P.substr(0, Step)].push_back(P);
        if (!cast<CXXMethodDecl>(Member->getMethodDecl())->isConst())
          llvm::append_range(Parts[P], Member->arguments());
      }
      if (Name == "swap")
        Assign(Member->getImplicitObjectArgument(), nullptr);
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
               Operator && Operator->getNumArgs()) {
      if (Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2)
        Assign(Operator->getArg(0), Operator->getArg(1));
      if (Operator->getOperator() == OO_Call)
        if (ObjectName P = objectNameOf(Operator->getArg(0)); !P.empty())
          Called[P].push_back({"operator()", Operator});
    }
    forEachAsked(*Call, [&](const ObjectName &Of, llvm::StringRef Name, bool) {
      Called[Of].push_back({Name.str(), Call});
    });
  }
}

bool Objects::isCalled(const ObjectName &P, llvm::StringRef Member, llvm::StringRef With,
                       Cfg::Point At) const {
  auto Found = Called.find(P);
  return Graph && At && Found != Called.end() && llvm::any_of(Found->second, [&](const Query &Q) {
           return Q.Name == Member && Graph->dominates(Graph->pointOf(*Q.By), At) &&
                  (With.empty() || llvm::any_of(Q.By->arguments(), [&](const Expr *Arg) {
                     return mentionsIdentifier(*Arg, With, U.context());
                   }));
         });
}

bool Objects::isCalled(const ObjectName &P, llvm::StringRef Member, llvm::StringRef With) const {
  auto Found = Called.find(P);
  return Found != Called.end() && llvm::any_of(Found->second, [&](const Query &Q) {
           return Q.Name == Member &&
                  (With.empty() || llvm::any_of(Q.By->arguments(), [&](const Expr *Arg) {
                     return mentionsIdentifier(*Arg, With, U.context());
                   }));
         });
}

llvm::ArrayRef<const Expr *> Objects::valuesOf(const ObjectName &P) const {
  auto Found = Values.find(P);
  return Found == Values.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

std::vector<ObjectName> Objects::partPaths(const ObjectName &P) const {
  std::vector<ObjectName> Result;
  const size_t Step = llvm::StringRef(P).find_first_of(".[");
  if (auto Found = Deeper.find(Step == ObjectName::npos ? P : P.substr(0, Step));
      Found != Deeper.end())
    for (const ObjectName &Each : Found->second)
      if (Each.size() > P.size() && llvm::StringRef(Each).starts_with(P) &&
          (Each[P.size()] == '.' || Each[P.size()] == '['))
        Result.push_back(Each);
  if (auto Found = LoopsOver.find(P); Found != LoopsOver.end())
    for (const Loop &L : Found->second)
      Result.push_back(L.Variable);
  return Result;
}

llvm::ArrayRef<const Expr *> Objects::partsOf(const ObjectName &P) const {
  auto Found = Parts.find(P);
  return Found == Parts.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

llvm::SmallVector<const CallExpr *, 2> Objects::callsOf(const ObjectName &P,
                                                        llvm::StringRef Name) const {
  llvm::SmallVector<const CallExpr *, 2> Result;
  if (auto Found = Called.find(P); Found != Called.end())
    for (const Query &Q : Found->second)
      if (Q.Name == Name)
        Result.push_back(Q.By);
  return Result;
}

llvm::ArrayRef<Objects::Use> Objects::usesOf(const ObjectName &P) const {
  auto Found = Uses.find(P);
  return Found == Uses.end() ? llvm::ArrayRef<Use>() : llvm::ArrayRef(Found->second);
}

llvm::ArrayRef<const Expr *> Objects::awaitsOf(const ObjectName &P) const {
  auto Found = Awaits.find(P);
  return Found == Awaits.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

} // namespace corolint::model
