//===- Answers.cpp - What is known of an object where it is used ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether an object was asked something on every path to a place, and answered yes; or was awaited.
//
//===----------------------------------------------------------------------===//

#include "ast/Names.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Objects.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <limits>

using namespace clang;

namespace corolint::model {
namespace {

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

void Objects::forEachAsked(
    const CallExpr &E,
    llvm::function_ref<void(const ObjectName &, llvm::StringRef, bool)> Visit) const {
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
    ObjectName Of = A.Of;
    if (A.Parameter >= 0) {
      if (A.Parameter + First >= E.getNumArgs())
        continue;
      ObjectName Given = objectNameOf(E.getArg(A.Parameter + First));
      Of = Given.empty() ? Given : Given + A.Of;
    } else if (llvm::StringRef(Of).starts_with("this") && Object) {
      ObjectName On = objectNameOf(Object);
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
  auto Add = [&](ObjectName Of, llvm::StringRef Name, bool IfTrue) {
    for (const ParmVarDecl *P : Helper.parameters()) {
      const ObjectName Parameter = objectNameOf(*P);
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
        if (ObjectName Of = objectNameOf(Call->getImplicitObjectArgument()); !Of.empty())
          Add(std::move(Of), simpleName(*Call->getMethodDecl()), true);
      return true;
    });
  }
  return Helpers[&Helper] = std::move(Result);
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
    if (ObjectName P = objectNameOf(Member->getImplicitObjectArgument()); !P.empty())
      Into.push_back({P, simpleName(*Member->getMethodDecl()).str(), Member, True});
  if (Depth <= 12)
    forEachAsked(*Call, [&](const ObjectName &Of, llvm::StringRef Name, bool IfTrue) {
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

Objects::Evidence Objects::evidenceFor(const ObjectName &P, llvm::StringRef Name) const {
  std::vector<Cfg::Point> Points;
  std::vector<Evidence::Event> Events;
  auto Add = [&](Evidence::Is Is, const Stmt *By, Cfg::Point At) {
    Events.push_back({Is, By});
    Points.push_back(At);
  };
  // The last assignment in each block.
  llvm::DenseMap<const CFGBlock *, int> Changed;
  if (auto Found = Assigned.find(P); Found != Assigned.end())
    for (Cfg::Point Change : Found->second) {
      Add(Evidence::Changed, nullptr, Change);
      int &Last = Changed.try_emplace(Change.Block, -1).first->second;
      Last = std::max(Last, Change.Index);
    }
  if (Name.empty())
    for (const Expr *Await : awaitsOf(P))
      Add(Evidence::Asked, Await, Graph->pointOf(*Await));
  if (auto Said = Branches.find(P); Said != Branches.end())
    for (const Branch &B : Said->second)
      if (B.Name == Name && !isAsserted(*B.By))
        Add(B.Yes ? Evidence::Yes : Evidence::No, B.By, B.Taken);
  // Something hangs on the answer, though it does not show how: then it does in a later block. An
  // assertion alone need not be one.
  if (auto Asks = Called.find(P); Asks != Called.end())
    for (const Query &Q : Asks->second) {
      if (Q.Name != Name)
        continue;
      Cfg::Point By = Graph->pointOf(*Q.By);
      if (!isAsserted(*Q.By)) {
        if (auto Last = Changed.find(By.Block); Last != Changed.end() && Last->second > By.Index)
          continue;
        By.Index = std::numeric_limits<int>::max();
      }
      Add(Evidence::Asked, Q.By, By);
    }
  return {std::move(Events), OnEveryPath(*Graph, std::move(Points))};
}

bool Objects::isAnsweredHere(const ObjectName &P, llvm::StringRef Name, Cfg::Point At) const {
  if (!Graph || !At || P.empty())
    return false;
  std::unique_ptr<Evidence> &Slot = Evidences[P + "?" + Name.str()];
  if (!Slot)
    Slot = std::make_unique<Evidence>(evidenceFor(P, Name));
  bool Result = false;
  llvm::SmallPtrSet<const Stmt *, 4> Denied;
  Slot->Order.forEachBefore(At, [&](size_t I) {
    const Evidence::Event &E = Slot->Events[I];
    if (E.Is == Evidence::No)
      Denied.insert(E.By);
    Result = E.Is == Evidence::Yes || (E.Is == Evidence::Asked && !Denied.contains(E.By));
    return !Result && E.Is != Evidence::Changed; // what was put there since is another
  });
  return Result;
}

/// What holds of a container's each element, where P is one: a loop over it has made sure.
bool Objects::isAnsweredOfElements(const ObjectName &P, llvm::StringRef Name, Cfg::Point At) const {
  auto OfAll = [&](const ObjectName &Over) {
    auto Loops = LoopsOver.find(Over);
    if (Loops == LoopsOver.end())
      return false;
    if (isAnsweredHere(Over, Name, At))
      return true;
    std::unique_ptr<OnEveryPath> &Sure = MadeSure[Over + "?" + Name.str()];
    if (!Sure) {
      std::vector<Cfg::Point> After;
      for (const Loop &L : Loops->second)
        if (L.After && isAnsweredHere(L.Variable, Name, L.Next))
          After.push_back({L.After.Block, -2}); // before all that is in the block
      Sure = std::make_unique<OnEveryPath>(*Graph, std::move(After));
    }
    bool Result = false;
    Sure->forEachBefore(At, [&](size_t) { return !(Result = true); });
    return Result;
  };
  if (auto Around = OverOf.find(P); Around != OverOf.end() && OfAll(Around->second))
    return true;
  for (size_t Step = P.find('['); Step != ObjectName::npos; Step = P.find('[', Step + 1))
    if (OfAll(P.substr(0, Step)))
      return true;
  return false;
}

bool Objects::isAnswered(const ObjectName &P, llvm::StringRef Name, Cfg::Point At) const {
  return isAnsweredHere(P, Name, At) ||
         (Graph && At && !P.empty() && isAnsweredOfElements(P, Name, At));
}

bool Objects::isAwaited(const ObjectName &P, Cfg::Point At) const {
  return isAnswered(P, "", At);
}

} // namespace corolint::model
