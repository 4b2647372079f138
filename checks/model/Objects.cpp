//===- Objects.cpp - What a function does with its objects ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Objects.h"
#include "Conditions.h"
#include "Coroutine.h"
#include "TaskType.h"
#include "Unit.h"
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

bool isAssertionName(llvm::StringRef Name) {
  const std::string Lower = Name.lower();
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"assert", "require", "ensure", "verify"},
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

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

/// The value that means "not yet" where it is compared: `std::future_status::timeout`.
bool saysNo(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(bare(E));
  const auto *Value = Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
  if (!Value)
    return false;
  const std::string Lower = Value->getName().lower();
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"timeout", "timed", "not", "pending",
                                                      "started", "running", "waiting"},
                      [&](llvm::StringRef Word) { return llvm::StringRef(Lower).contains(Word); });
}

} // namespace

Path pathOf(const ValueDecl &D) {
  return keyOf(D.getCanonicalDecl());
}

Path pathOf(const Expr *E) {
  E = unwrapped(E);
  if (!E)
    return {};
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    // A reference is another name, unless it stands for each element of something.
    if (V && V->getType()->isReferenceType() && V->isLocalVarDecl() && V->getInit() &&
        !V->isCXXForRangeDecl())
      if (Path Bound = pathOf(V->getInit()); !Bound.empty())
        return Bound;
    return isa<VarDecl, BindingDecl>(Ref->getDecl()) ? pathOf(*Ref->getDecl()) : Path();
  }
  if (isa<CXXThisExpr>(E))
    return "this";
  auto Below = [](const Expr *Of, const Path &Step) {
    Path Base = pathOf(Of);
    return Base.empty() ? Base : Base + Step;
  };
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Below(Member->getBase(), "." + keyOf(Member->getMemberDecl()->getCanonicalDecl()));
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
    return pathOf(Unary->getSubExpr());
  auto Index = [](const Expr *I) -> Path {
    if (const auto *Literal = dyn_cast<IntegerLiteral>(bare(I)))
      return "#" + std::to_string(Literal->getValue().getLimitedValue());
    return pathOf(I);
  };
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    Path At = Index(Element->getIdx());
    return At.empty() ? At : Below(Element->getBase(), "[" + At);
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Operator->getOperator() == OO_Arrow ||
        (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1))
      return pathOf(Operator->getArg(0));
    if (Operator->getOperator() == OO_Subscript && Operator->getNumArgs() == 2) {
      Path At = Index(Operator->getArg(1));
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
      Path At = Index(Call->getArg(0));
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

Objects::Objects(const FunctionDecl &F, Unit &U) : U(U), Graph(U.cfg(F)) {
  walkEvaluated(writtenBody(F), [&](const Stmt &S) {
    visit(S);
    return true;
  });
  if (Graph)
    addBranches();
}

template <typename Visitor> void Objects::forEachAsked(const CallExpr &E, Visitor Visit) const {
  const FunctionDecl *Callee = E.getDirectCallee();
  const FunctionDecl *Helper = nullptr;
  if (!Callee || !Callee->isDefined(Helper) || !Helper->getBody() ||
      U.isSystem(Helper->getLocation()))
    return;
  const Expr *Object = nullptr;
  unsigned First = 0;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E))
    Object = Member->getImplicitObjectArgument();
  else if (isa<CXXOperatorCallExpr>(E) && isa<CXXMethodDecl>(Callee))
    First = 1;
  for (const Asked &A : askedBy(*Helper, 0)) {
    Path Of = A.Of;
    if (A.Parameter >= 0) {
      if (A.Parameter + First >= E.getNumArgs())
        continue;
      Path Given = pathOf(E.getArg(A.Parameter + First));
      Of = Given.empty() ? Given : Given + A.Of;
    } else if (llvm::StringRef(Of).starts_with("this") && Object) {
      Path On = pathOf(Object);
      Of = On.empty() ? On : On + Of.substr(4);
    }
    if (!Of.empty())
      Visit(Of, A.Name, A.IfTrue);
  }
}

const std::vector<Objects::Asked> &Objects::askedBy(const FunctionDecl &Helper,
                                                    unsigned Depth) const {
  auto [Slot, New] = Helpers.try_emplace(&Helper);
  if (!New)
    return Slot->second;
  std::vector<Asked> Result;
  // What is asked, by the parameter that it is asked of.
  auto Add = [&](Path Of, llvm::StringRef Name, bool IfTrue) {
    for (const ParmVarDecl *P : Helper.parameters()) {
      const Path Parameter = pathOf(*P);
      if (llvm::StringRef(Of).starts_with(Parameter) &&
          (Of.size() == Parameter.size() || !llvm::isDigit(Of[Parameter.size()])))
        return Result.push_back({static_cast<int>(P->getFunctionScopeIndex()),
                                 Of.substr(Parameter.size()), Name.str(), IfTrue});
    }
    Result.push_back({-1, std::move(Of), Name.str(), IfTrue});
  };
  const ReturnStmt *Only = nullptr;
  unsigned Returns = 0;
  walkEvaluated(writtenBody(Helper), [&](const Stmt &S) {
    if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
      Only = Return;
      ++Returns;
    }
    return true;
  });
  if (Returns == 1 && Only->getRetValue() && Helper.getReturnType()->isBooleanType()) {
    for (bool True : {true, false}) {
      std::vector<Says> Said;
      sayOf(Only->getRetValue(), True, Depth + 1, Said);
      for (Says &Each : Said)
        if (Each.Yes)
          Add(std::move(Each.Of), Each.Name, True);
    }
  } else if (Returns) {
    walkEvaluated(writtenBody(Helper), [&](const Stmt &S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(&S);
      if (Call && Call->getMethodDecl())
        if (Path Of = pathOf(Call->getImplicitObjectArgument()); !Of.empty())
          Add(std::move(Of), simpleName(*Call->getMethodDecl()), true);
      return true;
    });
  }
  return Helpers[&Helper] = std::move(Result);
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
        if (Path P = pathOf(Member->getImplicitObjectArgument()); !P.empty())
          Awaits[P].push_back(&By);
      return true;
    });
    return;
  }
  if (Path P = pathOf(E); !P.empty() && !Runs)
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
    return C && ((C->isLambda() && !isa<CXXOperatorCallExpr>(Call)) || U.types().of(*C).isTask());
  });
  for (const Expr *Arg : Call->arguments())
    addAwaited(Arg, By, false, GivesWork && !isResult(Arg));
}

void Objects::visit(const Stmt &S) {
  auto Assign = [&](const Expr *To, const Expr *Value) {
    Path P = pathOf(To);
    if (P.empty())
      return;
    Assigned[P].push_back(pointOf(S));
    if (!Value)
      return;
    Values[P].push_back(Value);
    if (size_t Step = llvm::StringRef(P).find_first_of(".["); Step != Path::npos)
      Parts[P.substr(0, Step)].push_back(Value);
  };
  if (const auto *Await = dyn_cast<CoawaitExpr>(&S)) {
    addAwaited(Await->getOperand(), *Await, true);
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isAssignmentOp())
      Assign(Binary->getLHS(), Binary->getRHS());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
    if (Graph && Range->getInc() && Range->getLoopVariable() && Range->getRangeInit())
      if (Path Over = pathOf(Range->getRangeInit()); !Over.empty()) {
        Loop L{Over, pathOf(*Range->getLoopVariable()), pointOf(*Range->getInc()), {}};
        if (const CFGBlock *Head = Range->getCond() ? Graph->blockOf(*Range->getCond()) : nullptr;
            Head && Head->succ_size() == 2)
          if (const CFGBlock *After = *(Head->succ_begin() + 1); After && After->pred_size() == 1)
            L.After = {After, -1};
        Loops.push_back(std::move(L));
      }
  } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    for (auto [I, Arg] : llvm::enumerate(Call->arguments()))
      if (Path P = pathOf(Arg); !P.empty())
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
      if (Path P = pathOf(Member->getImplicitObjectArgument()); !P.empty() && !Name.empty()) {
        Called[P].push_back({Name.str(), Member});
        if (size_t Step = llvm::StringRef(P).find_first_of(".["); Step != Path::npos)
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
        if (Path P = pathOf(Operator->getArg(0)); !P.empty())
          Called[P].push_back({"operator()", Operator});
    }
    forEachAsked(*Call, [&](const Path &Of, llvm::StringRef Name, bool) {
      Called[Of].push_back({Name.str(), Call});
    });
  }
}

void Objects::sayOf(const Expr *E, bool True, unsigned Depth, std::vector<Says> &Into) const {
  if (!E || Depth > 16)
    return;
  E = bare(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return sayOf(Cast->getSubExpr(), True, Depth + 1, Into);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_LNot)
    return sayOf(Unary->getSubExpr(), !True, Depth + 1, Into);
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    // `c ? f : false` is true only where c and f are.
    for (bool Arm : {true, false}) {
      const Expr *Other = Arm ? Conditional->getFalseExpr() : Conditional->getTrueExpr();
      const auto *Literal = dyn_cast<CXXBoolLiteralExpr>(bare(Other));
      if (!Literal || Literal->getValue() == True)
        continue;
      sayOf(Conditional->getCond(), Arm, Depth + 1, Into);
      sayOf(Arm ? Conditional->getTrueExpr() : Conditional->getFalseExpr(), True, Depth + 1, Into);
    }
    return;
  }
  const Expr *Left = nullptr, *Right = nullptr;
  BinaryOperatorKind Op = BO_Comma;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    std::tie(Left, Right, Op) = std::tuple(Binary->getLHS(), Binary->getRHS(), Binary->getOpcode());
  else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
           Operator && Operator->getNumArgs() == 2)
    std::tie(Left, Right, Op) = std::tuple(Operator->getArg(0), Operator->getArg(1),
                                           Operator->getOperator() == OO_EqualEqual     ? BO_EQ
                                           : Operator->getOperator() == OO_ExclaimEqual ? BO_NE
                                                                                        : BO_Comma);
  else if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    std::tie(Left, Right, Op) =
        std::tuple(Rewritten->getLHS(), Rewritten->getRHS(), Rewritten->getOpcode());
  if (Left && (Op == BO_LAnd || Op == BO_LOr)) {
    std::vector<Says> Said[2];
    sayOf(Left, True, Depth + 1, Said[0]);
    sayOf(Right, True, Depth + 1, Said[1]);
    const bool Both = True == (Op == BO_LAnd);
    for (unsigned Side : {0, 1})
      for (const Says &Each : Said[Side])
        // One of the two alone: what holds whichever it is. What is not valid() does not wait.
        if (Both || (Each.Yes && llvm::any_of(Said[1 - Side], [&](const Says &Other) {
                       return Other.Of == Each.Of &&
                              (Other.Yes ? Other.Name == Each.Name : Other.Name == "valid");
                     })))
          Into.push_back(Each);
    return;
  }
  if (Left && (Op == BO_EQ || Op == BO_NE)) {
    if (isa<CXXBoolLiteralExpr>(bare(Left)))
      std::swap(Left, Right);
    bool Equal = True == (Op == BO_EQ);
    if (const auto *Literal = dyn_cast<CXXBoolLiteralExpr>(bare(Right)))
      return sayOf(Left, Equal == Literal->getValue(), Depth + 1, Into);
    const bool No = saysNo(Left) || saysNo(Right);
    for (const Expr *Side : {Left, Right})
      sayOf(Side, Equal != No, Depth + 1, Into);
    return;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    // `const bool there = f.is_ready();`
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    if (V && V->hasLocalStorage() && V->getInit() && !isa<ParmVarDecl>(V))
      sayOf(V->getInit(), True, Depth + 4, Into); // what is said over several names costs
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return;
  if (Call->getBuiltinCallee() && Call->getNumArgs()) // __builtin_expect
    return sayOf(Call->getArg(0), True, Depth + 1, Into);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call); Member && Member->getMethodDecl())
    if (Path P = pathOf(Member->getImplicitObjectArgument()); !P.empty())
      Into.push_back({P, simpleName(*Member->getMethodDecl()).str(), Member, True});
  if (Depth <= 12)
    forEachAsked(*Call, [&](const Path &Of, llvm::StringRef Name, bool IfTrue) {
      Into.push_back({Of, Name.str(), Call, True == IfTrue});
    });
}

void Objects::addBranches() {
  for (const CFGBlock *B : Graph->graph()) {
    const Stmt *Last = B->getTerminatorStmt();
    if (!Last || B->succ_size() != 2 || isa<SwitchStmt, CXXTryStmt>(Last))
      continue;
    const auto *Condition = dyn_cast_or_null<Expr>(B->getTerminatorCondition());
    if (!Condition)
      continue;
    for (bool True : {true, false}) {
      const CFGBlock *Next = *(B->succ_begin() + (True ? 0 : 1));
      if (!Next || Next->pred_size() != 1)
        continue;
      std::vector<Says> Said;
      sayOf(Condition, True, 0, Said);
      for (Says &Each : Said)
        Branches[Each.Of].push_back({std::move(Each.Name), Each.By, Each.Yes, {Next, -1}});
    }
  }
}

bool Objects::isAsserted(const Stmt &S) const {
  if (Asserted.contains(&S))
    return true;
  const ASTContext &Context = U.context();
  SourceLocation Loc = S.getBeginLoc();
  return Loc.isMacroID() && isAssertionName(Lexer::getImmediateMacroName(
                                Loc, Context.getSourceManager(), Context.getLangOpts()));
}

/// Nobody has put something else there since.
bool Objects::isStillSo(const Path &P, Cfg::Point Since, Cfg::Point At) const {
  auto Found = Assigned.find(P);
  return Found == Assigned.end() || llvm::none_of(Found->second, [&](Cfg::Point Change) {
           return Graph->dominates(Since, Change) && Graph->dominates(Change, At);
         });
}

/// What holds of a container's each element, where P is one: the loop over it has made sure.
template <typename Question>
bool Objects::ofElements(const Path &P, Cfg::Point At, Question Q) const {
  for (const Loop &Around : Loops) {
    const llvm::StringRef Rest = llvm::StringRef(P);
    if (Around.Variable != P && !Rest.starts_with(Around.Over + "["))
      continue;
    if (Q(Around.Over, At))
      return true;
    for (const Loop &Before : Loops)
      if (Before.Over == Around.Over && Before.After && Before.Next && Before.Variable != P &&
          (Before.After.Block == At.Block || Graph->dominates(Before.After, At)) &&
          Q(Before.Variable, Before.Next))
        return true;
  }
  return false;
}

bool Objects::isAnsweredHere(const Path &P, llvm::StringRef Name, Cfg::Point At) const {
  if (!Graph || !At || P.empty())
    return false;
  llvm::DenseSet<const Stmt *> No;
  auto Said = Branches.find(P);
  if (Said != Branches.end())
    for (const Branch &B : Said->second) {
      if (B.Name != Name || !Graph->dominates(B.Taken, At) || isAsserted(*B.By))
        continue;
      if (!B.Yes)
        No.insert(B.By);
      else if (isStillSo(P, B.Taken, At))
        return true;
    }
  // Something hangs on the answer, though it does not show how: an assertion alone need not be one.
  auto Asks = Called.find(P);
  if (Asks != Called.end())
    for (const Query &Q : Asks->second) {
      if (Q.Name != Name || No.contains(Q.By))
        continue;
      const Cfg::Point By = Graph->pointOf(*Q.By);
      if (Graph->dominates(By, At) && (By.Block != At.Block || isAsserted(*Q.By)) &&
          isStillSo(P, By, At))
        return true;
    }
  return false;
}

bool Objects::isAnswered(const Path &P, llvm::StringRef Name, Cfg::Point At) const {
  auto Here = [&](const Path &Of, Cfg::Point There) { return isAnsweredHere(Of, Name, There); };
  return Here(P, At) || ofElements(P, At, Here);
}

bool Objects::isAwaitedHere(const Path &P, Cfg::Point At) const {
  return Graph && At && !P.empty() && llvm::any_of(awaitsOf(P), [&](const Expr *Await) {
           const Cfg::Point By = Graph->pointOf(*Await);
           return Graph->dominates(By, At) && isStillSo(P, By, At);
         });
}

bool Objects::isAwaited(const Path &P, Cfg::Point At) const {
  auto Here = [&](const Path &Of, Cfg::Point There) { return isAwaitedHere(Of, There); };
  return Here(P, At) || ofElements(P, At, Here);
}

bool Objects::isCalled(const Path &P, llvm::StringRef Member, llvm::StringRef With,
                       Cfg::Point At) const {
  auto Found = Called.find(P);
  return Graph && At && Found != Called.end() && llvm::any_of(Found->second, [&](const Query &Q) {
           return Q.Name == Member && Graph->dominates(Graph->pointOf(*Q.By), At) &&
                  (With.empty() || llvm::any_of(Q.By->arguments(), [&](const Expr *Arg) {
                     return mentionsIdentifier(*Arg, With, U.context());
                   }));
         });
}

bool Objects::isCalled(const Path &P, llvm::StringRef Member, llvm::StringRef With) const {
  auto Found = Called.find(P);
  return Found != Called.end() && llvm::any_of(Found->second, [&](const Query &Q) {
           return Q.Name == Member &&
                  (With.empty() || llvm::any_of(Q.By->arguments(), [&](const Expr *Arg) {
                     return mentionsIdentifier(*Arg, With, U.context());
                   }));
         });
}

llvm::ArrayRef<const Expr *> Objects::valuesOf(const Path &P) const {
  auto Found = Values.find(P);
  return Found == Values.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

std::vector<Path> Objects::partPaths(const Path &P) const {
  std::vector<Path> Result;
  const size_t Step = llvm::StringRef(P).find_first_of(".[");
  if (auto Found = Deeper.find(Step == Path::npos ? P : P.substr(0, Step)); Found != Deeper.end())
    for (const Path &Each : Found->second)
      if (Each.size() > P.size() && llvm::StringRef(Each).starts_with(P) &&
          (Each[P.size()] == '.' || Each[P.size()] == '['))
        Result.push_back(Each);
  for (const Loop &L : Loops)
    if (L.Over == P)
      Result.push_back(L.Variable);
  return Result;
}

llvm::ArrayRef<const Expr *> Objects::partsOf(const Path &P) const {
  auto Found = Parts.find(P);
  return Found == Parts.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

llvm::SmallVector<const CallExpr *, 2> Objects::callsOf(const Path &P, llvm::StringRef Name) const {
  llvm::SmallVector<const CallExpr *, 2> Result;
  if (auto Found = Called.find(P); Found != Called.end())
    for (const Query &Q : Found->second)
      if (Q.Name == Name)
        Result.push_back(Q.By);
  return Result;
}

llvm::ArrayRef<Objects::Use> Objects::usesOf(const Path &P) const {
  auto Found = Uses.find(P);
  return Found == Uses.end() ? llvm::ArrayRef<Use>() : llvm::ArrayRef(Found->second);
}

llvm::ArrayRef<const Expr *> Objects::awaitsOf(const Path &P) const {
  auto Found = Awaits.find(P);
  return Found == Awaits.end() ? llvm::ArrayRef<const Expr *>() : llvm::ArrayRef(Found->second);
}

} // namespace corolint::model
