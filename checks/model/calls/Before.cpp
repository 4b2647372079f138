//===- Before.cpp - What happened before a call ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Before.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Makers.h"
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/Walk.h"
#include "model/types/Coroutine.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Where the call is made: of the end of a scope, each place where it ends.
llvm::SmallVector<Cfg::Point, 2> pointsOf(const Call &Site, const Objects &In) {
  if (Site.Destroyed && In.graph())
    return llvm::to_vector<2>(In.graph()->endsOf(*Site.Destroyed));
  const Expr *At = Site.Around ? Site.Around : Site.Written;
  if (!At)
    return {};
  return {In.pointOf(*At)};
}

/// What it stands on, by the paths of the function: `s.next_layer()`, and the socket that a stream
/// was made over.
std::vector<ObjectName> layersOf(const ObjectName &Of, const Expr *Argument, const FunctionDecl &In,
                                 Unit &U) {
  std::vector<ObjectName> Result = U.get<Objects>(In).partPaths(Of);
  auto AddArguments = [&](const Expr *Init) {
    Init = Init ? bare(Init) : nullptr;
    if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init))
      for (const Expr *Arg : Made->arguments())
        if (ObjectName P = objectNameOf(Arg); !P.empty())
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
bool anyMethodCalls(const Condition &C, const Expr *Argument, llvm::ArrayRef<ObjectName> Layers,
                    Unit &U) {
  const auto *Field = dyn_cast_or_null<FieldDecl>(objectIn(Argument));
  const auto *Class = Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  if (!Class)
    return false;
  const ObjectName Of = objectNameOf(Argument);
  auto InClass = [&](const CXXRecordDecl *Each) {
    return llvm::any_of(U.methodsOf(*Each), [&](const FunctionDecl *Method) {
      const Objects &Known = U.get<Objects>(*Method);
      auto IsCalled = [&](const ObjectName &P) { return Known.isCalled(P, C.Text, C.With); };
      return IsCalled(Of) || llvm::any_of(Layers, IsCalled) ||
             llvm::any_of(Known.partPaths(Of), IsCalled);
    });
  };
  return InClass(Class) ||
         !Class->forallBases([&](const CXXRecordDecl *Base) { return !InClass(Base); });
}

} // namespace

bool isGuarded(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const ObjectName Of = objectNameOf(Site, C.Arg);
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
  const std::vector<ObjectName> Layers = layersOf(Of, Argument, In, U);
  return anyMethodCalls(C, Argument, Layers, U) ||
         llvm::any_of(Layers, [&](const ObjectName &Layer) {
           return llvm::all_of(
               Points, [&](Cfg::Point At) { return Known.isCalled(Layer, C.Text, C.With, At); });
         });
}

bool isSettled(const Condition &C, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const Expr *E = argument(Site, C.Arg);
  const auto *Maker = dyn_cast_or_null<CXXMemberCallExpr>(makerOf(E));
  const auto Points = pointsOf(Site, Known);
  std::vector<ObjectName> Sources;
  if (Maker)
    Sources.push_back(objectNameOf(Maker->getImplicitObjectArgument()));
  if (const ObjectName Of = objectNameOf(Site, C.Arg); !Of.empty()) {
    llvm::append_range(Sources, layersOf(Of, E, In, U));
    // `f = p.get_future();`, once.
    if (llvm::ArrayRef<const Expr *> Assigned = Known.valuesOf(Of); Assigned.size() == 1)
      if (const auto *From = dyn_cast<CXXMemberCallExpr>(bare(Assigned.front())))
        Sources.push_back(objectNameOf(From->getImplicitObjectArgument()));
  }
  return !Points.empty() && llvm::any_of(Sources, [&](const ObjectName &Source) {
    return !Source.empty() && llvm::all_of(Points, [&](Cfg::Point At) {
      return Known.isCalled(Source, C.Text, "", At);
    });
  });
}

bool wasSuspended(const Call &Site, const FunctionDecl &In, Unit &U) {
  const Cfg *Graph = isCoroutine(In) && Site.Written ? cfgOf(In, U) : nullptr;
  return Graph && llvm::any_of(suspensionsIn(In, U), [&](const AwaitPoint &P) {
           return !P.Ready && Graph->precedes(*P.At, *Site.Written);
         });
}

} // namespace corolint::model
