//===- Discarding.cpp - Callbacks whose task nobody gets ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/tasks/Discarding.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Walk.h"
#include "model/tasks/Lost.h"
#include "model/tasks/Passing.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// Calls \p Visit with each type that a class template was made with, until it returns true.
bool anyArgument(const CXXRecordDecl &C, llvm::function_ref<bool(QualType)> Visit) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (!Spec)
    return false;
  auto Look = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && Visit(A.getAsType());
  };
  return llvm::any_of(Spec->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), Look) : Look(A);
  });
}

/// The signature that a class is a callable of: `void(int)` of `std::function<void(int)>`.
const FunctionProtoType *signatureOf(const CXXRecordDecl *C, unsigned Depth = 0) {
  constexpr unsigned Deepest = 3;
  const FunctionProtoType *Found = nullptr;
  C = C ? C->getDefinition() : nullptr;
  if (!C || Depth == Deepest)
    return Found;
  anyArgument(*C, [&](QualType T) {
    Found = T->getAs<FunctionProtoType>();
    return Found != nullptr;
  });
  for (const CXXBaseSpecifier &Base : C->bases())
    if (!Found)
      Found = signatureOf(Base.getType()->getAsCXXRecordDecl(), Depth + 1);
  return Found;
}

/// What calling an object of the class may give: the returned types of each `operator()`.
llvm::SmallVector<QualType, 2> resultsOf(const CXXRecordDecl &C) {
  llvm::SmallVector<QualType, 2> Results;
  auto Look = [&](const CXXRecordDecl *Class) {
    for (const NamedDecl *D :
         Class->lookup(C.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call))) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
      if (const auto *F = dyn_cast<FunctionDecl>(Template ? Template->getTemplatedDecl() : D))
        Results.push_back(F->getReturnType());
    }
    return true;
  };
  Look(&C);
  C.forallBases(Look);
  return Results;
}

/// A callable that returns nothing. What has the signature of a completion among its arguments, and
/// gives something else when it is called, is an operation: nobody calls what it is made of for it.
bool returnsVoid(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  const FunctionProtoType *Signature = signatureOf(C);
  if (!Signature || !Signature->getReturnType()->isVoidType())
    return false;
  const llvm::SmallVector<QualType, 2> Results = resultsOf(*C->getDefinition());
  return Results.empty() || llvm::any_of(Results, [](QualType R) { return R->isVoidType(); });
}

/// The callable that returns void in a class of the C++ library that holds one: a vector, a map, an
/// optional, a deleter.
QualType heldCallable(QualType T) {
  const CXXRecordDecl *C = T.getNonReferenceType()->getAsCXXRecordDecl();
  QualType Found;
  if (C && isStandard(*C) && !signatureOf(C))
    anyArgument(*C, [&](QualType Arg) {
      if (returnsVoid(Arg))
        Found = Arg;
      return !Found.isNull();
    });
  return Found;
}

struct Callable {
  QualType Returns;
  const FunctionDecl *Body = nullptr;
};

/// What calling an expression of this type gives.
Callable callableOf(const Expr &E, Unit &U) {
  const QualType T = E.getType().getNonReferenceType();
  if (const auto *Member = T->getAs<MemberPointerType>()) {
    const auto *Function = Member->getPointeeType()->getAs<FunctionType>();
    return Function ? Callable{Function->getReturnType(), bodyOfCallable(&E)} : Callable();
  }
  const QualType Pointee = T->isPointerType() ? T->getPointeeType() : T;
  if (const auto *Function = Pointee->getAs<FunctionType>())
    return {Function->getReturnType(), bodyOfCallable(&E)};
  const CXXRecordDecl *C = T->getAsCXXRecordDecl();
  if (!C || !C->hasDefinition())
    return {};
  // `std::bind(f)`, and what is known to wrap a callable.
  Call Around;
  Around.Args.push_back(&E);
  if (isa<CallExpr>(E))
    for (const auto &[Body, Index] : Around.callables(U))
      return {Body->getReturnType(), Body};
  if (const FunctionProtoType *Signature = signatureOf(C))
    return {Signature->getReturnType()};
  const FunctionDecl *Only = nullptr;
  unsigned Count = 0;
  for (const NamedDecl *D : C->lookup(U.context().DeclarationNames.getCXXOperatorName(OO_Call))) {
    ++Count;
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    Only = Template ? Template->getTemplatedDecl() : dyn_cast<FunctionDecl>(D);
    if (Template)
      for (const FunctionDecl *Each : Template->specializations())
        Only = Each;
  }
  if (Count == 1 && Only)
    return {Only->getReturnType(), Only};
  return {};
}

/// Something that a plain function returns has its kind by how it was made, and may be dropped by
/// who made it.
bool returnsOnlyTasks(const FunctionDecl &Body, Unit &U) {
  if (isCoroutine(Body) || !Body.getBody())
    return true;
  bool Only = true;
  walkEvaluated(writtenBody(Body), [&](const Stmt &S) {
    if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue()) {
      const Expr &Value = *bare(Return->getRetValue());
      const TaskType T = U.get<TaskTypes>().ofValue(Value);
      Only &= T.isTask() && !mayDiscard(Value, T, U);
    }
    return Only;
  });
  return Only;
}

class CallbackFinder {
public:
  CallbackFinder(const FunctionDecl &F, Unit &U) : F(F), U(U) {}

  std::vector<DiscardedCallback> run() {
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&F))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        look(Init->getInit());
    look(writtenBody(F));
    return std::move(Found);
  }

private:
  void look(const Stmt *Root) {
    walkEvaluated(Root, [&](const Stmt &S) {
      if (const auto *Made = dyn_cast<CXXConstructExpr>(&S))
        construction(*Made);
      else if (const auto *Called = dyn_cast<CallExpr>(&S))
        call(*Called);
      return true;
    });
  }

  void construction(const CXXConstructExpr &Made) {
    const Call Site = callOf(Made);
    note(Site);
    if (Made.getConstructor()->isCopyOrMoveConstructor())
      return;
    const QualType Into =
        returnsVoid(Made.getType()) ? Made.getType() : heldCallable(Made.getType());
    for (auto [Index, Arg] : llvm::enumerate(Site.Args))
      if (!Into.isNull())
        given(*Arg, Into, Site, static_cast<int>(Index));
      else if (ignoresResult(*Site.Callee))
        ignored(*Arg, Site, static_cast<int>(Index));
  }

  void call(const CallExpr &Called) {
    const std::optional<Call> Site = callOf(Called);
    if (!Site)
      return;
    note(*Site);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Called);
    const llvm::StringRef Name = simpleName(*Site->Callee);
    QualType Into;
    if (Site->Object && Operator && Operator->getOperator() == OO_Equal)
      Into = returnsVoid(Site->Object->getType()) ? Site->Object->getType().getNonReferenceType()
                                                  : heldCallable(Site->Object->getType());
    else if (Site->Object && (Name.starts_with("emplace") || Name == "try_emplace" ||
                              Name == "insert_or_assign" || Name == "assign"))
      Into = heldCallable(Site->Object->getType());
    const bool Ignores = Into.isNull() && ignoresResult(*Site->Callee);
    for (auto [Index, Arg] : llvm::enumerate(Site->Args))
      if (!Into.isNull())
        given(*Arg, Into, *Site, static_cast<int>(Index));
      else if (Ignores)
        ignored(*Arg, *Site, static_cast<int>(Index));
      else if (const QualType Kept = convertedIn(*Site, Index); !Kept.isNull())
        given(*Arg, Kept, *Site, static_cast<int>(Index));
  }

  /// Where a callable goes that is converted on the way: its argument is seen first.
  void note(const Call &Site) {
    for (auto [Index, Arg] : llvm::enumerate(Site.Args))
      Outer.try_emplace(bare(Arg), Site.Written, static_cast<int>(Index));
  }

  /// Functions of the C++ library that call what they are given, and do nothing with the result.
  bool ignoresResult(const FunctionDecl &Callee) {
    if (!isStandard(Callee))
      return false;
    return llvm::is_contained(
        {"std::for_each", "std::for_each_n", "std::ranges::__for_each_fn::operator()",
         "std::ranges::__for_each_n_fn::operator()", "std::ranges::__for_each::operator()",
         "std::ranges::__for_each_n::operator()", "std::thread::thread", "std::jthread::jthread",
         "std::call_once"},
        plainName(Callee));
  }

  /// A function template of the user's that makes such a callable of its parameter.
  QualType convertedIn(const Call &Site, size_t Index) {
    const FunctionDecl *Body = nullptr;
    if (!Site.Callee->isTemplateInstantiation() || !Site.Callee->hasBody(Body) ||
        Index >= Body->getNumParams() || U.isSystem(Body->getLocation()) ||
        !U.knowledge().libraryOf(*Body).empty() || isCoroutine(*Body))
      return {};
    const ParmVarDecl *P = Body->getParamDecl(Index);
    if (const Callable Given = callableOf(*bare(Site.Args[Index]), U);
        Given.Returns.isNull() || !U.get<TaskTypes>().of(Given.Returns).isTask())
      return {};
    QualType Into;
    walkEvaluated(writtenBody(*Body), [&](const Stmt &S) {
      const auto *Made = dyn_cast<CXXConstructExpr>(&S);
      if (Made && Made->getNumArgs() == 1 && isParameter(*Made->getArg(0), *P) &&
          !Made->getConstructor()->isCopyOrMoveConstructor() && returnsVoid(Made->getType()))
        Into = Made->getType();
      return Into.isNull();
    });
    return Into;
  }

  /// `f`, `std::move(f)`, `std::forward<F>(f)`.
  static bool isParameter(const Expr &E, const ParmVarDecl &P) {
    const Expr *Inner = bare(&E);
    if (const auto *Passed = dyn_cast<CallExpr>(Inner); Passed && Passed->getNumArgs() == 1)
      if (const FunctionDecl *By = Passed->getDirectCallee();
          By && isStandard(*By) && llvm::is_contained({"move", "forward"}, simpleName(*By)))
        Inner = bare(Passed->getArg(0));
    const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
    return Ref && Ref->getDecl() == &P;
  }

  /// What a template makes of what it was given, its caller is told.
  bool isGivenByCaller(const Expr &E) const {
    if (!F.isTemplateInstantiation())
      return false;
    return llvm::any_of(F.parameters(), [&](const ParmVarDecl *P) { return isParameter(E, *P); });
  }

  void given(const Expr &Arg, QualType Into, const Call &Site, int Index) {
    add(Arg, {nullptr, nullptr, {}, Into, nullptr}, Site, Index);
  }
  void ignored(const Expr &Arg, const Call &Site, int Index) {
    add(Arg, {nullptr, nullptr, {}, {}, Site.Written}, Site, Index);
  }

  void add(const Expr &Arg, DiscardedCallback What, const Call &Site, int Index) {
    const Expr &Given = *bare(&Arg);
    if (Given.isTypeDependent() || isGivenByCaller(Given))
      return;
    const Callable Is = callableOf(Given, U);
    if (Is.Returns.isNull() || Is.Returns->isDependentType())
      return;
    const TaskType &T = U.get<TaskTypes>().of(Is.Returns);
    if (T.Kind == TaskKind::None)
      return;
    auto Leave = [&](llvm::StringRef Why) {
      U.leave(Given.getBeginLoc(), [&] { return Why.str(); });
    };
    if (!T.isTask())
      return Leave("what this returns may be dropped: it is no task, stands for work that is owned "
                   "elsewhere, or ends by itself");
    if (T.MayDiscard || (Is.Body && (saysDiscardable(*Is.Body) || !returnsOnlyTasks(*Is.Body, U))))
      return Leave("what this returns may be dropped: by an annotation or an entry, or as it is "
                   "started already");
    if (takesTasks(Site, Index) || takesOver(Given))
      return Leave("this goes to somebody who is known to take over tasks");
    if (!Seen.insert(&Given).second)
      return;
    What.Given = &Given;
    What.Body = Is.Body;
    What.Returns = T;
    Found.push_back(std::move(What));
  }

  bool saysDiscardable(const FunctionDecl &Body) {
    return llvm::any_of(U.knowledge().of(Body), [](const Entry *Known) {
      return Known->What == Role::MayDiscard || Known->What == Role::Detaches;
    });
  }

  bool takesTasks(const Call &Site, int Index) {
    const Passing Does = passingOf(Site, Index, F, U);
    return Does == Passing::Consumes || Does == Passing::Detaches || Does == Passing::Awaits;
  }
  bool takesOver(const Expr &Given) {
    const auto [Around, Index] = Outer.lookup(&Given);
    if (const auto *Made = llvm::dyn_cast_or_null<CXXConstructExpr>(Around))
      return takesTasks(callOf(*Made), Index);
    const auto *Called = llvm::dyn_cast_or_null<CallExpr>(Around);
    const std::optional<Call> Site = Called ? callOf(*Called) : std::nullopt;
    return Site && takesTasks(*Site, Index);
  }

  const FunctionDecl &F;
  Unit &U;
  std::vector<DiscardedCallback> Found;
  /// Of an argument: the outermost call that it is given to, and its number there.
  llvm::DenseMap<const Expr *, std::pair<const Expr *, int>> Outer;
  llvm::SmallPtrSet<const Expr *, 4> Seen;
};

} // namespace

std::vector<DiscardedCallback> discardedCallbacks(const FunctionDecl &F, Unit &U) {
  return CallbackFinder(F, U).run();
}

} // namespace corolint::model
