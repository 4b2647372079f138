//===- Origins.cpp - What a local was taken from ----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Origins.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/state/Shared.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

/// How many functions are looked through that give back what another does.
constexpr unsigned MaxCallDepth = 3;

std::optional<Borrow> as(BorrowKind Kind, std::optional<Borrow> Any) {
  if (Any)
    Any->Kind = Kind;
  return Any;
}

llvm::StringRef nameOf(const FunctionDecl *F) {
  return F && F->getIdentifier() ? F->getName() : llvm::StringRef();
}

/// `std::begin(c)`, `std::data(c)`, and what says so by [[clang::lifetimebound]]: the argument that
/// the result refers to, or null.
const Expr *boundArgument(const CallExpr &Called) {
  const FunctionDecl *Callee = Called.getDirectCallee();
  if (!Callee || isa<CXXMethodDecl>(Callee) || Called.getNumArgs() == 0)
    return nullptr;
  if (lifetimes::shouldTrackFirstArgument(Callee) || Callee->getBuiltinID() == Builtin::BIas_const)
    return Called.getArg(0);
  const FunctionDecl *Merged = lifetimes::getDeclWithMergedLifetimeBoundAttrs(Callee);
  for (unsigned I = 0, E = std::min(Called.getNumArgs(), Merged->getNumParams()); I != E; ++I)
    if (Merged->getParamDecl(I)->hasAttr<LifetimeBoundAttr>())
      return Called.getArg(I);
  return nullptr;
}

/// One of its iterators, by the names that every container gives their types.
bool isIteratorOf(QualType T, const CXXRecordDecl &Container) {
  const ASTContext &Context = Container.getASTContext();
  for (const char *Name : {"iterator", "const_iterator"})
    for (const NamedDecl *Each : Container.lookup(&Context.Idents.get(Name)))
      if (const auto *Typedef = dyn_cast<TypedefNameDecl>(Each);
          Typedef && Context.hasSameUnqualifiedType(Typedef->getUnderlyingType(), T))
        return true;
  return false;
}

/// A range that looks at another, as `std::views::filter` makes it: it keeps nothing itself.
bool isRangeView(const CXXRecordDecl &C) {
  if (!C.hasDefinition())
    return false;
  return llvm::any_of(C.bases(), [](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    return B && isStandard(*B) && B->getIdentifier() && B->getName() == "view_interface";
  });
}

/// `std::ref(x)`, `std::as_const(x)`, `std::get_if<T>(&x)`: a reference to x or a part of it.
bool refersToArgument(const FunctionDecl *Callee) {
  if (!Callee || !Callee->isInStdNamespace())
    return false;
  return llvm::is_contained({"ref", "cref", "addressof", "as_const", "move", "forward", "get",
                             "get_if", "any_cast", "to_address"},
                            nameOf(Callee));
}

} // namespace

std::optional<Borrow> Origins::from(const Expr &Container, BorrowKind Kind) const {
  const CXXRecordDecl *C = classOfObject(Container);
  const Keeps Kept = C ? keeps(*C, U) : Keeps::Nothing;
  if (Kept == Keeps::Nothing)
    return std::nullopt;
  Borrow Result{pathOf(Container), Container.IgnoreParenImpCasts()->getExprLoc(), C, Kept, Kind};
  Result.Shared = isShared(Container);
  // A local of which nobody else knows can only be changed by who is given it.
  const bool IsNamed = Result.Of.named() && Result.Of.From != ObjectPath::Somewhere;
  return Result.Of.named() && (Result.Shared || IsNamed) ? std::optional(Result) : std::nullopt;
}

std::optional<Borrow> Origins::kept(const VarDecl &V, const Expr *Value) const {
  if (!Value) // `const char *at;`
    return std::nullopt;
  std::optional<Borrow> B = borrowOf(Value, V.getType()->isReferenceType());
  if (!B && lifetimes::isGslPointerType(V.getType()))
    B = viewOf(Value);
  if (!B && !V.getType()->isReferenceType())
    B = inside(Value);
  return B;
}

std::optional<Borrow> Origins::declare(const VarDecl &V) {
  std::optional<Borrow> B = kept(V, V.getInit());
  if (B)
    Known[&V] = *B;
  else if (const CXXRecordDecl *C = V.getType()->getAsCXXRecordDecl(); C && isRangeView(*C))
    if (std::optional<Borrow> Range = rangeOf(V.getInit()))
      Ranges[&V] = *Range;
  return B;
}

std::optional<Borrow> Origins::assign(const VarDecl &V, const Expr &Value) {
  std::optional<Borrow> B = kept(V, &Value);
  if (B)
    Known[&V] = *B;
  else
    Known.erase(&V);
  return B;
}

/// An iterator or pointer that an object keeps: `cursor{list.begin()}`, `auto [at, end] = …`,
/// `m.try_emplace(k).first`.
std::optional<Borrow> Origins::inside(const Expr *E) const {
  E = bare(E);
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    const CXXRecordDecl *C = List->getType()->getAsCXXRecordDecl();
    if (!C || keeps(*C, U) != Keeps::Nothing)
      return std::nullopt;
    auto Field = C->field_begin();
    for (const Expr *Each : List->inits()) {
      const bool IsReference = Field != C->field_end() && (*Field)->getType()->isReferenceType();
      if (Field != C->field_end())
        ++Field;
      if (std::optional<Borrow> B = borrowOf(Each, IsReference))
        if (IsReference || !Each->getType()->isRecordType() || B->Kind == BorrowKind::Iterator)
          return B;
    }
    return std::nullopt;
  }
  const auto *Called = dyn_cast<CXXMemberCallExpr>(E);
  if (!Called ||
      !llvm::is_contained({"try_emplace", "emplace", "insert", "insert_or_assign", "equal_range"},
                          nameOf(Called->getMethodDecl())))
    return std::nullopt;
  return Called->getType()->isRecordType()
             ? from(*Called->getImplicitObjectArgument(), BorrowKind::Iterator)
             : std::nullopt;
}

std::optional<Borrow> Origins::rangeOf(const Expr *E) const {
  E = bare(E);
  const CXXRecordDecl *C = classOfObject(*E);
  if (!C)
    return std::nullopt;
  if (keeps(*C, U) != Keeps::Nothing) {
    // `groups[k]`, `it->second`: a container that is an element goes with the one that it is in.
    if (std::optional<Borrow> Outer = borrowOf(E, /*ByReference=*/true); Outer && Outer->Shared)
      return as(BorrowKind::Reference, Outer);
    return from(*E, BorrowKind::Iterator);
  }
  if (lifetimes::isGslPointerType(tagType(*C)))
    return as(BorrowKind::Iterator, viewOf(E));
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    const OverloadedOperatorKind Kind = Operator->getOperator();
    if (Kind == OO_Pipe) // `c | std::views::filter(f)`
      return rangeOf(Operator->getArg(0));
    // `std::views::reverse(c)`: a call of an object
    return Kind == OO_Call && isRangeView(*C) && Operator->getNumArgs() > 1
               ? rangeOf(Operator->getArg(1))
               : std::nullopt;
  }
  if (!isRangeView(*C))
    return std::nullopt;
  if (const auto *Built = dyn_cast<CXXConstructExpr>(E))
    return Built->getNumArgs() != 0 ? rangeOf(Built->getArg(0)) : std::nullopt;
  auto Found = Ranges.find(variableIn(E));
  return Found != Ranges.end() ? std::optional(Found->second) : std::nullopt;
}

std::optional<Borrow> Origins::borrowOf(const Expr *E, bool ByReference) const {
  if (!E)
    return std::nullopt;
  E = bare(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E); Unary && Unary->getOpcode() == UO_AddrOf)
    return borrowOf(Unary->getSubExpr(), /*ByReference=*/true);
  else if (Unary && Unary->getOpcode() == UO_Deref && ByReference)
    return elementAt(*Unary->getSubExpr());
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) { // `it == end() ? nullptr : &*it`
    if (std::optional<Borrow> B = borrowOf(Choice->getTrueExpr(), ByReference))
      return B;
    return borrowOf(Choice->getFalseExpr(), ByReference);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (!ByReference) // `m.try_emplace(k).first`
      return !Member->isArrow() && isa<CallExpr>(bare(Member->getBase()))
                 ? inside(Member->getBase())
                 : std::nullopt;
    if (!Member->isArrow())
      return borrowOf(Member->getBase(), true);
    const Expr *Base = bare(Member->getBase());
    if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Base))
      return Arrow->getOperator() == OO_Arrow ? elementAt(*Arrow->getArg(0)) : std::nullopt;
    return elementAt(*Base);
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) // of an array that is an element
    return ByReference ? borrowOf(Element->getBase(), true) : std::nullopt;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Operator->getOperator() == OO_Subscript && ByReference) {
      // Of `rows[i][j]` both may go; the outer one is what others reach by its name.
      if (std::optional<Borrow> Outer = borrowOf(Operator->getArg(0), true))
        return Outer;
      return from(*Operator->getArg(0), BorrowKind::Reference);
    }
    if (Operator->getOperator() == OO_Star && Operator->getNumArgs() == 1 && ByReference)
      return elementAt(*Operator->getArg(0));
    // `std::ranges::find(c, x)`: a call of an object
    return Operator->getOperator() == OO_Call && Operator->getNumArgs() > 1
               ? foundIn(*Operator->getArg(1), *Operator)
               : std::nullopt;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) { // `auto next = it;`, `auto &same = element;`
    auto Found = Known.find(dyn_cast<VarDecl>(Ref->getDecl()));
    return Found != Known.end() && ByReference == Found->first->getType()->isReferenceType()
               ? std::optional(Found->second)
               : std::nullopt;
  }
  if (const auto *Called = dyn_cast<CXXMemberCallExpr>(E)) {
    if (nameOf(Called->getMethodDecl()) == "get")
      if (std::optional<Borrow> Owned = ownedBy(*Called->getImplicitObjectArgument()))
        return Owned;
    if (std::optional<Borrow> B = ofMember(*Called, ByReference))
      return B;
    return ofFunction(*Called, ByReference);
  }
  const auto *Called = dyn_cast<CallExpr>(E);
  if (!Called || Called->getNumArgs() == 0)
    return std::nullopt;
  const FunctionDecl *Callee = Called->getDirectCallee();
  if (refersToArgument(Callee) && Called->getNumArgs() == 1)
    if (ByReference || Called->getType()->isPointerType() || nameOf(Callee).ends_with("ref"))
      return as(BorrowKind::Reference,
                borrowOf(Called->getArg(0), !Called->getArg(0)->getType()->isPointerType()));
  if (std::optional<Borrow> B = foundIn(*Called->getArg(0), *Called))
    return B;
  // `std::next(it)`, `std::find_if(c.begin(), c.end(), f)`
  if (!ByReference &&
      U.context().hasSameUnqualifiedType(Called->getType(), Called->getArg(0)->getType()) &&
      lifetimes::isGslPointerType(Called->getType()))
    return borrowOf(Called->getArg(0), false);
  return ofFunction(*Called, ByReference);
}

std::optional<Borrow> Origins::ofMember(const CXXMemberCallExpr &Called, bool ByReference) const {
  const llvm::StringRef Name = nameOf(Called.getMethodDecl());
  const bool IsIterator = StringSwitch<bool>(Name)
                              .Cases({"begin", "end", "cbegin", "cend", "rbegin", "rend"}, true)
                              .Cases({"find", "lower_bound", "upper_bound", "before_begin"}, true)
                              .Cases({"insert", "emplace", "emplace_hint", "erase"}, true)
                              .Cases({"emplace_after", "insert_after", "iterator_to"}, true)
                              .Default(false);
  const bool IsElement =
      StringSwitch<bool>(Name)
          .Cases({"at", "front", "back", "emplace_back", "emplace_front"}, ByReference)
          .Case("data", true)
          .Default(false);
  if (!IsIterator && !IsElement)
    return std::nullopt;
  const Expr &Object = *Called.getImplicitObjectArgument();
  // A string's find gives a position, an erase by key a number, an insert by key a pair.
  const CXXRecordDecl *C = classOfObject(Object);
  if (IsIterator && !Called.getType()->isPointerType() &&
      (!Called.getType()->isRecordType() || !C || !isIteratorOf(Called.getType(), *C)) &&
      !llvm::is_contained({"begin", "end", "cbegin", "cend", "rbegin", "rend", "find"}, Name))
    return std::nullopt;
  if (IsIterator && !Called.getType()->isRecordType() && !Called.getType()->isPointerType())
    return std::nullopt;
  if (IsElement) // of an element that is a container itself, the outer one is what others reach
    if (std::optional<Borrow> Outer = borrowOf(&Object, true))
      return Outer;
  std::optional<Borrow> B = from(Object, IsElement ? BorrowKind::Reference : BorrowKind::Iterator);
  if (B && (Name == "front" || Name == "begin" || Name == "cbegin"))
    B->Which = Borrow::First;
  else if (B && Name == "back")
    B->Which = Borrow::Last;
  return B;
}

/// What a function of the user gives back: what one of its `return`s takes from a container of its
/// object or arguments.
std::optional<Borrow> Origins::ofFunction(const CallExpr &Called, bool ByReference) const {
  const QualType T = Called.getType();
  const FunctionDecl *Callee = definitionCalledBy(Called);
  if (Depth == MaxCallDepth || !Callee || isCoroutine(*Callee) ||
      U.isSystem(Callee->getLocation()) ||
      !(T->isPointerType() || (ByReference && Called.isLValue()) || lifetimes::isGslPointerType(T)))
    return std::nullopt;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Callee->getBody());
  if (!Body || Body->size() > 8)
    return std::nullopt;
  Origins Inner(U);
  Inner.Depth = Depth + 1;
  std::optional<Borrow> Result;
  walkEvaluated(Body, [&](const Stmt &S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage())
          Inner.declare(*V);
    } else if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && !Result) {
      Result = Inner.borrowOf(Return->getRetValue(), Callee->getReturnType()->isReferenceType());
    }
    return !Result;
  });
  if (!Result || !Result->Shared || Result->Kind == BorrowKind::View)
    return std::nullopt;
  ObjectPath Of; // as it is seen here
  if (Result->Of.From == ObjectPath::This) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Called);
    Of = Member ? pathOf(*Member->getImplicitObjectArgument()) : ObjectPath();
  } else if (const auto *P = dyn_cast_or_null<ParmVarDecl>(Result->Of.Root)) {
    Of = P->getFunctionScopeIndex() < Called.getNumArgs()
             ? pathOf(*Called.getArg(P->getFunctionScopeIndex()))
             : ObjectPath();
  } else if (Result->Of.Root && Result->Of.Root->hasGlobalStorage()) {
    Result->At = Called.getExprLoc();
    return Result;
  }
  if (Of.From == ObjectPath::Somewhere ||
      (Of.Root && Of.Root->hasLocalStorage() && Of.Root->getType()->isRecordType() &&
       Of.Members.empty()))
    return std::nullopt; // an object of this function alone
  Of.Members.append(Result->Of.Members);
  Result->Of = std::move(Of);
  Result->At = Called.getExprLoc();
  return Result;
}

/// `find_if(c, f)`: an iterator of the container that is given.
std::optional<Borrow> Origins::foundIn(const Expr &Container, const CallExpr &Called) const {
  const CXXRecordDecl *C = classOfObject(Container);
  return C && keeps(*C, U) != Keeps::Nothing && isIteratorOf(Called.getType(), *C)
             ? from(Container, BorrowKind::Iterator)
             : std::nullopt;
}

/// `*owned[k]`, `owned.at(k).get()`: it stays where it is, until its element ends.
std::optional<Borrow> Origins::ownedBy(const Expr &Pointer) const {
  const CXXRecordDecl *C = classOfObject(Pointer);
  if (!C || !C->isInStdNamespace() || C->getName() != "unique_ptr")
    return std::nullopt;
  std::optional<Borrow> B = as(BorrowKind::Reference, borrowOf(&Pointer, /*ByReference=*/true));
  if (B)
    B->Owned = true;
  return B;
}

/// What an iterator or pointer refers to.
std::optional<Borrow> Origins::elementAt(const Expr &Iterator) const {
  if (std::optional<Borrow> Owned = ownedBy(Iterator))
    return Owned;
  std::optional<Borrow> B;
  if (auto Found = Known.find(variableIn(&Iterator)); Found != Known.end())
    B = Found->second;
  else
    B = borrowOf(&Iterator, false); // `*c.begin()`, `m.find(k)->second`
  return B && B->Kind != BorrowKind::View ? as(BorrowKind::Reference, B) : std::nullopt;
}

/// A view by value: made of a container, of a part of one, or of another view.
std::optional<Borrow> Origins::viewOf(const Expr *E) const {
  E = bare(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return viewOf(Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() != 0 ? viewOf(List->getInit(0)) : std::nullopt;
  if (const auto *Built = dyn_cast<CXXConstructExpr>(E))
    return Built->getNumArgs() != 0 ? viewOf(Built->getArg(0)) : std::nullopt;
  if (std::optional<Borrow> B = borrowOf(E, /*ByReference=*/false))
    return as(BorrowKind::View, B);
  if (const CXXRecordDecl *C = classOfObject(*E); C && keeps(*C, U) != Keeps::Nothing)
    return as(BorrowKind::View,
              pathOf(*E).named() ? from(*E, BorrowKind::View) : borrowOf(E, true));
  if (const auto *Called = dyn_cast<CXXMemberCallExpr>(E)) {
    // `view.substr(1)`, or a member of the container that gives a view
    const CXXMethodDecl *Callee = Called->getMethodDecl();
    const Expr *Object = Called->getImplicitObjectArgument();
    const bool Follows = Callee && (lifetimes::isGslPointerType(Object->getType()) ||
                                    isa<CXXConversionDecl>(Callee) ||
                                    lifetimes::implicitObjectParamIsLifetimeBound(Callee) ||
                                    lifetimes::shouldTrackImplicitObjectArg(Callee));
    return Follows && lifetimes::isGslPointerType(Called->getType()) ? viewOf(Object)
                                                                     : std::nullopt;
  }
  const auto *Called = dyn_cast<CallExpr>(E);
  const Expr *Bound = Called ? boundArgument(*Called) : nullptr;
  return Bound ? viewOf(Bound) : std::nullopt;
}

} // namespace corolint::model
