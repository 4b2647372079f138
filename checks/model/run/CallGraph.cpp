//===- CallGraph.cpp - The calls below the async contexts of a unit -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/run/CallGraph.h"
#include "ast/Classes.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Roles.h"
#include "model/code/Call.h"
#include "model/code/Calls.h"
#include "model/code/Cfg.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isAwaitResume(const FunctionDecl &F, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getIdentifier() && Method->getName() == "await_resume" &&
         isAwaiter(*Method->getParent(), U.context());
}

/// A virtual call on an object that a function has made which the unit does not define: it may be
/// of a class that nobody sees.
bool isFromElsewhere(const Call &Site, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Site.Callee);
  if (!Method || !Method->isVirtual() || !Site.Object || Method->hasAttr<FinalAttr>() ||
      Method->getParent()->isEffectivelyFinal())
    return false;
  const Expr *E = bare(Site.Object);
  for (unsigned Depth = 0; Depth != 6; ++Depth) {
    if (const VarDecl *V = variableIn(E); V && V->getInit() && !isa<ParmVarDecl>(V)) {
      E = bare(V->getInit());
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
               Operator && Operator->getNumArgs() == 1) {
      E = bare(Operator->getArg(0)); // *p, p->
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = bare(Unary->getSubExpr());
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(E); Made && Made->getNumArgs() == 1) {
      E = bare(Made->getArg(0));
    } else if (const auto *Get = dyn_cast<CXXMemberCallExpr>(E);
               Get && Get->getMethodDecl() && U.isSystem(Get->getMethodDecl()->getLocation())) {
      E = bare(Get->getImplicitObjectArgument()); // p.get()
    } else {
      break;
    }
  }
  if (const auto *Await = dyn_cast<CoawaitExpr>(E))
    E = bare(Await->getOperand());
  const auto *Maker = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Maker ? Maker->getDirectCallee() : nullptr;
  return Callee && !Callee->isDefined() && !U.isSystem(Callee->getLocation());
}

} // namespace

const FunctionDecl *CallGraph::definitionOf(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  return F.isDefined(Definition) && Definition->getBody() ? Definition : nullptr;
}

CallGraph::CallGraph(Unit &U) : U(U) {
  for (const FunctionDecl *F : U.functions())
    if (llvm::SmallVector<AsyncBody, 2> Found = asyncBodies(*F, U); !Found.empty()) {
      for (const AsyncBody &B : Found)
        add(*B.Body);
      Contexts[F] = std::move(Found);
    }
  for (unsigned Id = 0; Id != Nodes.size(); ++Id)
    explore(Id);
}

std::optional<unsigned> CallGraph::idOf(const FunctionDecl &F) const {
  auto Found = Ids.find(definitionOf(F));
  return Found == Ids.end() ? std::nullopt : std::optional(Found->second);
}

unsigned CallGraph::add(const FunctionDecl &Definition) {
  auto [Slot, New] = Ids.try_emplace(&Definition, Nodes.size());
  if (New)
    Nodes.emplace_back().F = &Definition;
  return Slot->second;
}

void CallGraph::explore(unsigned Id) {
  Node &N = Nodes[Id];
  N.Sites = callsIn(*N.F, U);
  // A callable that a known function calls on the spot is one more call, in the same place.
  for (size_t I = 0, E = N.Sites.size(); I != E; ++I)
    for (auto [Callable, Arg] : N.Sites[I].callables(U))
      if (givesRole(N.Sites[I], Arg, Role::CallsInPlace, *N.F, U)) {
        Call Implied;
        Implied.Written = N.Sites[I].Written;
        Implied.At = N.Sites[I].At;
        Implied.Callee = Callable;
        N.Sites.push_back(std::move(Implied));
      }
  N.Targets.resize(N.Sites.size());
  N.Known.resize(N.Sites.size());
  N.Ways.resize(N.Sites.size());
  for (unsigned I = 0; I != N.Sites.size(); ++I) {
    N.Known[I] = direct(N.Sites[I], *N.F, U);
    if (N.Known[I].Is != Direct::Nothing)
      continue;
    const auto All = N.Sites[I].targets(U);
    N.Ways[I] = All.size() + isFromElsewhere(N.Sites[I], U);
    for (const FunctionDecl *Body : bodiesOf(All, *N.F)) {
      const unsigned Target = add(*Body);
      N.Targets[I].push_back(Target);
      Nodes[Target].Callers.push_back({Id, I});
    }
  }
}

/// A body that the chain may go through: plain, and not the system's. Nor an awaiter's
/// `await_resume`: also where it is called by hand, what is awaited is done by then.
bool CallGraph::isInside(const FunctionDecl *Definition) const {
  return Definition && !isCoroutine(*Definition) && !U.isSystem(Definition->getLocation()) &&
         !isAwaitResume(*Definition, U);
}

/// The inside of a library that is described, for who is not a part of it: headers that are not
/// the system's, as with FetchContent. What it does is what is described.
bool CallGraph::isLibrarysOwn(const FunctionDecl &Definition, const FunctionDecl &From) const {
  const llvm::StringRef Library = U.knowledge().libraryOf(Definition);
  const SourceManager &SM = U.context().getSourceManager();
  return !Library.empty() && Library != U.knowledge().libraryOf(From) &&
         !SM.isInMainFile(SM.getExpansionLoc(Definition.getLocation()));
}

/// The bodies that a call in \p From may run and that a chain may go through.
llvm::SmallVector<const FunctionDecl *, 2>
CallGraph::bodiesOf(llvm::ArrayRef<const FunctionDecl *> Targets, const FunctionDecl &From) const {
  llvm::SmallVector<const FunctionDecl *, 2> Result;
  for (const FunctionDecl *Target : Targets)
    if (const FunctionDecl *Definition = definitionOf(*Target);
        isInside(Definition) && !isLibrarysOwn(*Definition, From))
      Result.push_back(Definition);
  return Result;
}

bool CallGraph::isLive(const Node &N, const Call &Site) const {
  const Cfg *Graph = cfgOf(*N.F, U);
  const Expr *Evaluated = Site.Around ? Site.Around : Site.Written;
  if (!Graph || !Evaluated)
    return true;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(N.F);
      Constructor && !Graph->blockOf(*Evaluated))
    return true; // a member's initialiser
  return Graph->isLive(*Evaluated);
}

} // namespace corolint::model
