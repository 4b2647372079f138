//===- Descriptor.cpp - Whether a descriptor waits --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/calls/Descriptor.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/calls/Conditions.h"
#include "model/calls/Objects.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;

namespace corolint::model {
namespace {

/// What was found of the descriptors of one function: each is asked for at every use.
struct Descriptors {
  explicit Descriptors(const FunctionDecl &) {}
  llvm::StringMap<bool> Unblocked;
  llvm::StringMap<Mode> Modes;
};

bool speaksOf(const Entry &Known, const Call &Site, const FunctionDecl &In, Unit &U) {
  return llvm::all_of(
      Known.When, [&](const Condition &C) { return holds(C, Site, In, U).Answer == Holds::Yes; });
}

bool unblocks(const CallExpr &By, unsigned Arg, const FunctionDecl &In, Unit &U, unsigned Depth);

/// Is it made one that does not wait, by the function or by one that it is given to?
bool isUnblocked(const ObjectName &Descriptor, const FunctionDecl &In, Unit &U, unsigned Depth) {
  const Objects &Known = U.get<Objects>(In);
  Descriptors &Kept = U.get<Descriptors>(In);
  if (auto Found = Kept.Unblocked.find(Descriptor); Depth == 0 && Found != Kept.Unblocked.end())
    return Found->second;
  const bool Result = llvm::any_of(Known.usesOf(Descriptor), [&](const Objects::Use &Use) {
    return unblocks(*Use.By, Use.Arg, In, U, Depth);
  });
  if (Depth == 0) // further down, calls may have been left out
    Kept.Unblocked[Descriptor] = Result;
  return Result;
}

bool unblocks(const CallExpr &By, unsigned Arg, const FunctionDecl &In, Unit &U, unsigned Depth) {
  std::optional<Call> Site = callOf(By);
  if (!Site)
    return false;
  const bool HasObject = isa<CXXOperatorCallExpr>(By) && Site->Args.size() < By.getNumArgs();
  if (HasObject && Arg == 0)
    return false;
  const int Index = static_cast<int>(Arg) - HasObject;
  for (const Entry *Known : U.knowledge().of(*Site->Callee, Site->objectClass()))
    if (Known->What == Role::Unblocks && Known->Descriptor.value_or(0) == Index &&
        speaksOf(*Known, *Site, In, U))
      return true;
  const FunctionDecl *Definition = nullptr;
  return Depth != 3 && Site->Callee->isDefined(Definition) && Definition->getBody() &&
         static_cast<unsigned>(Index) < Definition->getNumParams() &&
         !U.isSystem(Definition->getLocation()) &&
         isUnblocked(objectNameOf(*Definition->getParamDecl(Index)), *Definition, U, Depth + 1);
}

/// The element of an array or the whole of it.
ObjectName wholeOf(const ObjectName &P) {
  size_t Step = llvm::StringRef(P).find('[');
  return Step == ObjectName::npos ? ObjectName() : P.substr(0, Step);
}

/// What the call gives is a descriptor in this mode.
Mode madeBy(const CallExpr &Maker, int Through, const FunctionDecl &In, Unit &U, unsigned Depth) {
  std::optional<Call> Made = callOf(Maker);
  Mode Result;
  if (!Made)
    return Result;
  if (simpleName(*Made->Callee) == "dup" && Made->Args.size() == 1 && Depth != 4)
    return modeOf(*Made->Args[0], *Made, In, U);
  for (const Entry *Known : U.knowledge().of(*Made->Callee, Made->objectClass())) {
    if (Known->What != Role::OpensDescriptor || Known->Descriptor.value_or(-1) != Through ||
        !speaksOf(*Known, *Made, In, U))
      continue;
    if (llvm::any_of(Known->Unless, [&](const Condition &C) {
          return holds(C, *Made, In, U).Answer == Holds::Yes;
        }))
      return {Mode::NonBlocking};
    Result = {Mode::Blocking, Known->Waits};
  }
  return Result;
}

/// The call that the expression is, or that an owner of a descriptor was made with.
const CallExpr *openerIn(const Expr *E) {
  for (unsigned Depth = 0; E && Depth != 6; ++Depth) {
    E = bare(E);
    if (const auto *Made = dyn_cast<CXXConstructExpr>(E); Made && Made->getNumArgs() == 1)
      E = Made->getArg(0);
    else if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
      E = List->getInit(0);
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Assign = dyn_cast<BinaryOperator>(E); Assign && Assign->isAssignmentOp())
      E = Assign->getRHS();
    else
      return dyn_cast<CallExpr>(E);
  }
  return nullptr;
}

/// The variable, or the owner that is asked for what it owns: `fd.get()`.
const Expr *ownerIn(const Expr *E) {
  E = bare(E);
  if (const auto *Get = dyn_cast<CXXMemberCallExpr>(E); Get && Get->getNumArgs() == 0)
    return Get->getImplicitObjectArgument();
  return E;
}

/// Nothing is known of what it does with a descriptor: it may change its mode.
bool mayChangeMode(const Objects::Use &Use, Unit &U) {
  const FunctionDecl *Callee = Use.By->getDirectCallee();
  if (!Callee)
    return true;
  if (isa<CXXOperatorCallExpr>(Use.By))
    return false;
  const FunctionDecl *Definition = nullptr;
  if (Callee->isDefined(Definition) && Definition->getBody() &&
      !U.isSystem(Definition->getLocation()))
    return false; // it was looked into
  bool IsKnown = false, SetsModes = false;
  for (const Entry *Known : U.knowledge().of(*Callee)) {
    IsKnown |= Known->Descriptor || Known->What == Role::NonBlocking ||
               Known->What == Role::OpensDescriptor || Known->What == Role::Blocks;
    SetsModes |= Known->What == Role::Unblocks;
  }
  // `fcntl(fd, F_SETFL, flags)`: who knows which.
  const Expr *Value = Use.By->getNumArgs() == 3 ? Use.By->getArg(2) : nullptr;
  if (SetsModes && Value)
    return Value->getType()->isIntegerType() && !Value->isValueDependent() &&
           !Value->isEvaluatable(U.context());
  return !IsKnown && !SetsModes;
}

/// The mode of a local of the function, by what it was given and who else had it.
Mode modeOfLocal(const VarDecl &V, const ObjectName &Of, const Call &Site, const FunctionDecl &In,
                 Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const ObjectName Whole = wholeOf(Of);
  std::optional<Mode> Made;
  auto Join = [&](const Mode &Next) {
    if (!Made || Made->Is == Next.Is)
      Made = Next;
    else
      Made->Is = Mode::Unknown;
  };
  auto JoinValue = [&](const Expr *Value) {
    if (const ObjectName From = objectNameOf(Value); !From.empty() && From != Of) // a copy
      return Join(variableIn(Value) && variableIn(Value) != &V ? modeOf(*Value, Site, In, U)
                                                               : Mode());
    if (const CallExpr *Maker = openerIn(Value))
      return Join(madeBy(*Maker, -1, In, U, 0));
    // `int fd = -1;` is none yet.
    if (const Expr *Number = Value->IgnoreParenImpCasts();
        !isa<IntegerLiteral, UnaryOperator>(Number))
      Join({});
  };
  if (Whole.empty() && objectNameOf(V) == Of && V.getInit())
    JoinValue(V.getInit());
  for (const Expr *Value : Known.valuesOf(Of))
    JoinValue(Value);
  // `pipe(p)`, `socketpair(…, p)`
  for (const ObjectName &Filled : {Whole, Of})
    if (!Filled.empty())
      for (const Objects::Use &Use : Known.usesOf(Filled))
        if (Mode Next = madeBy(*Use.By, static_cast<int>(Use.Arg), In, U, 0);
            Next.Is != Mode::Unknown)
          Join(Next);
  if (!Made || Made->Is != Mode::Blocking)
    return Made.value_or(Mode());
  for (const ObjectName &P : {Whole, Of})
    if (!P.empty() && llvm::any_of(Known.usesOf(P),
                                   [&](const Objects::Use &Use) { return mayChangeMode(Use, U); }))
      return {};
  return *Made;
}

} // namespace

Mode modeOf(const Expr &E, const Call &Site, const FunctionDecl &In, Unit &U) {
  const Objects &Known = U.get<Objects>(In);
  const ObjectName Of = objectNameOf(ownerIn(&E));
  if (Of.empty()) {
    const CallExpr *Maker = openerIn(&E);
    return Maker ? madeBy(*Maker, -1, In, U, 0) : Mode();
  }
  if (isUnblocked(Of, In, U, 0))
    return {Mode::NonBlocking};
  // The mode of a member, whoever set it.
  const auto *Field = dyn_cast_or_null<FieldDecl>(objectIn(ownerIn(&E)));
  const auto *Class = Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  if (Class && llvm::any_of(U.methodsOf(*Class), [&](const FunctionDecl *Method) {
        return isUnblocked(Of, *Method, U, 0);
      }))
    return {Mode::NonBlocking};

  // It is ready: somebody has waited for it, and nobody has used it since.
  const Cfg::Point At = Site.Written ? Known.pointOf(*Site.Written) : Cfg::Point();
  if (const Cfg *Graph = Known.graph())
    for (const Expr *Await : Known.awaitsOf(Of)) {
      const Cfg::Point Since = Known.pointOf(*Await);
      if (Graph->dominates(Since, At))
        return llvm::any_of(Known.usesOf(Of),
                            [&](const Objects::Use &Use) {
                              const Cfg::Point Used = Known.pointOf(*Use.By);
                              return Use.By != Site.Written && Graph->dominates(Since, Used) &&
                                     Graph->dominates(Used, At) && !evaluates(Await, *Use.By) &&
                                     Use.By->getDirectCallee() == Site.Callee;
                            })
                   ? Mode{Mode::Unknown}
                   : Mode{Mode::NonBlocking};
    }

  const auto *V = dyn_cast_or_null<VarDecl>(objectIn(ownerIn(&E)));
  if (!V) {
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(bare(&E)))
      V = variableIn(Element->getBase());
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(bare(&E));
             Operator && Operator->getNumArgs() == 2)
      V = variableIn(Operator->getArg(0));
    else if (const auto *Member = dyn_cast<MemberExpr>(bare(ownerIn(&E))))
      V = variableIn(Member->getBase());
  }
  if (!V || !V->isLocalVarDecl() || V->getDeclContext() != &In)
    return {};

  Descriptors &Kept = U.get<Descriptors>(In);
  if (auto Found = Kept.Modes.find(Of); Found != Kept.Modes.end())
    return Found->second;
  Kept.Modes[Of] = Mode(); // while it is found: a copy of itself says nothing
  return Kept.Modes[Of] = modeOfLocal(*V, Of, Site, In, U);
}

} // namespace corolint::model
