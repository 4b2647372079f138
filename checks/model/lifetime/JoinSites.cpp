//===- JoinSites.cpp - What in a function may wait for work ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/JoinSites.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Scopes.h"
#include "model/code/Walk.h"
#include "model/lifetime/MayWait.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// It only goes to another thread: `co_await pool.schedule()`.
bool isHop(const Expr &Operand, Unit &U) {
  const auto *Written = dyn_cast<CallExpr>(bare(&Operand));
  std::optional<Call> Site = Written ? callOf(*Written) : std::nullopt;
  return Site &&
         llvm::any_of(U.knowledge().of(*Site->Callee, Site->objectClass()), [](const Entry *Known) {
           return Known->What == Role::HopsToWorker || Known->What == Role::HopsToLoop ||
                  Known->What == Role::HopsToUnknown;
         });
}

} // namespace

JoinSites::JoinSites(const FunctionDecl &F, Unit &U) : F(F), U(U) {
  walkEvaluated(
      writtenBody(F),
      [&](const Stmt &S) {
        if (isa<ReturnStmt, CoreturnStmt, BreakStmt, ContinueStmt, GotoStmt, IndirectGotoStmt>(S))
          Jumps.push_back(&S);
        Open.push_back(&S);
        see(S);
        return true;
      },
      [&](const Stmt &) { Open.pop_back(); });
}

llvm::ArrayRef<unsigned> JoinSites::naming(const ValueDecl &D) const {
  auto Found = ByName.find(&D);
  return Found == ByName.end() ? llvm::ArrayRef<unsigned>() : llvm::ArrayRef(Found->second);
}

bool JoinSites::isStraight(const Stmt &A, const Stmt &B) const {
  const Scopes &Where = U.get<Scopes>(F);
  auto Next = llvm::partition_point(Jumps, [&](const Stmt *J) { return !Where.isAfter(A, *J); });
  return Next == Jumps.end() || !Where.isAfter(**Next, B);
}

void JoinSites::see(const Stmt &S) {
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S)) {
    if (!isHop(*writtenOperand(Await), U))
      add(S, JoinSite::OfAny, *writtenOperand(Await));
  } else if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declares->decls())
      if (const auto *Local = dyn_cast<VarDecl>(D)) {
        if (waitsWhenItDies(Local->getType(), U))
          add(S, JoinSite::Waits, S);
        else if (Local->getInit() && standsForWork(Local->getType()))
          add(S, JoinSite::MakesLocal, *Local->getInit(), Local);
      }
  } else if (const auto *Written = dyn_cast<CallExpr>(&S)) {
    seeCall(*Written);
  } else if (const Expr *Asked = conditionOf(S)) {
    add(S, JoinSite::Asks, *Asked);
  }
}

bool JoinSites::standsForWork(QualType T) const {
  const TaskType &Of = U.get<TaskTypes>().of(T);
  return Of.Awaitable || Of.Kind == TaskKind::Handle;
}

/// It is given something to run: that is the begin of work, and no wait.
bool JoinSites::isStart(const Call &Site) const {
  return llvm::any_of(Site.Args, [](const Expr *Arg) {
    const auto *Called = dyn_cast<CallExpr>(bare(Arg));
    return isa<LambdaExpr>(bare(Arg)) ||
           (makesValue(*bare(Arg)) && !(Called && isOtherName(*Called))); // `std::move(x)`
  });
}

void JoinSites::seeCall(const CallExpr &Written) {
  std::optional<Call> Of = callOf(Written);
  if (!Of)
    return;
  if (isKnownToWait(*Of->Callee, Of->objectClass(), U)) {
    seeAsked();
    return add(Written, JoinSite::Waits, Written);
  }
  const bool IsStart = isStart(*Of);
  const auto *Method = dyn_cast<CXXMethodDecl>(Of->Callee);
  const bool IsConst = Method && Method->isConst();
  if (IsStart || U.isSystem(Of->Callee->getLocation())) {
    if (!IsStart && Of->Object && !IsConst)
      add(Written, JoinSite::OfHolder, *Of->Object);
    return;
  }
  // Who cannot await waits by calling something.
  if (!isCoroutine(F) && mayWait(*Of->Callee, U))
    add(Written, U.knowledge().libraryOf(*Of->Callee).empty() ? JoinSite::Waits : JoinSite::OfAny,
        Written);
  else if (!IsConst)
    add(Written, JoinSite::OfHolder, Written);
}

/// `if (!context.done) loop.run();`: where nobody waits, the work has said that it is over.
void JoinSites::seeAsked() {
  for (const Stmt *S : llvm::reverse(Open))
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (llvm::is_contained(Open, If->getThen()) || llvm::is_contained(Open, If->getElse()))
        add(*If, JoinSite::Asks, *If->getCond());
      return;
    }
}

void JoinSites::add(const Stmt &At, JoinSite::Kind Is, const Stmt &Names, const VarDecl *Local) {
  const unsigned Number = Sites.size();
  Sites.push_back({&At, Is, blockOf(), Local});
  if (Is == JoinSite::Waits)
    return Always.push_back(Number);
  forEachName(Names, [&](const ValueDecl &D) {
    llvm::SmallVector<unsigned, 2> &Of = ByName[&D];
    if (Of.empty() || Of.back() != Number)
      Of.push_back(Number);
    return true;
  });
}

/// The block that comes by what is open whenever it is gone through.
const Stmt *JoinSites::blockOf() const {
  for (const Stmt *S : llvm::reverse(Open)) {
    if (isa<CompoundStmt>(S))
      return S;
    if (S != Open.back() &&
        isa<IfStmt, ForStmt, CXXForRangeStmt, WhileStmt, DoStmt, SwitchStmt, CXXTryStmt,
            CXXCatchStmt, AbstractConditionalOperator, LabelStmt, SwitchCase>(S))
      return nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S); Binary && Binary->isLogicalOp())
      return nullptr;
  }
  return nullptr;
}

bool forEachName(const Stmt &S, llvm::function_ref<bool(const ValueDecl &)> Visit) {
  bool On = true;
  walkEvaluated(&S, [&](const Stmt &Part) {
    if (const auto *Member = dyn_cast<MemberExpr>(&Part); Member && On)
      On = Visit(*Member->getMemberDecl());
    const auto *Ref = dyn_cast<DeclRefExpr>(&Part);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V || !On)
      return On;
    On = Visit(*V);
    const auto *Lambda =
        V->isLocalVarDecl() && V->getInit() ? dyn_cast<LambdaExpr>(bare(V->getInit())) : nullptr;
    if (Lambda)
      for (const LambdaCapture &C : Lambda->captures())
        if (On && C.capturesVariable())
          On = Visit(*C.getCapturedVar());
    return On;
  });
  return On;
}

bool waitsWhenItDies(QualType T, Unit &U) {
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  const CXXDestructorDecl *Ends = C && C->hasDefinition() ? C->getDestructor() : nullptr;
  return Ends && llvm::any_of(U.knowledge().of(*Ends), [](const Entry *Known) {
           return Known->What == Role::Blocks && Known->When.empty();
         });
}

} // namespace corolint::model
