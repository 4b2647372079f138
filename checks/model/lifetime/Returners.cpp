//===- Returners.cpp - The functions that return a task --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/lifetime/Returners.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Knowledge.h"
#include "model/Unit.h"
#include "model/code/Call.h"
#include "model/code/Drops.h"
#include "model/code/Walk.h"
#include "model/lifetime/Dangling.h"
#include "model/lifetime/Loans.h"
#include "model/types/Coroutine.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace corolint::model {
namespace {

/// The class as it is written: of a specialisation that was instantiated, the template's.
const CXXRecordDecl *writtenClass(const CXXRecordDecl *C) {
  if (!C)
    return nullptr;
  if (const CXXRecordDecl *Pattern = C->getTemplateInstantiationPattern())
    C = Pattern;
  return C->getDefinition();
}

/// What the function returns by value, or null.
const CXXRecordDecl *returnedByValue(const FunctionDecl &F) {
  const QualType T = F.getReturnType();
  return T->isReferenceType() || T->isPointerType() ? nullptr : classOf(T);
}

/// Clang lets these return what they like.
bool isOfPromise(const FunctionDecl &F) {
  const llvm::StringRef Name = simpleName(F);
  return Name == "get_return_object" || Name == "get_return_object_on_allocation_failure";
}

/// A template that returns whatever it is given says nothing of a class.
bool isForAnything(const FunctionDecl &F) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  return Pattern && !classOf(Pattern->getReturnType());
}

/// What a coroutine's own machinery gets; nobody else sees it.
bool isOfMachinery(const FunctionDecl &F) {
  return F.getOverloadedOperator() == OO_Coawait ||
         llvm::is_contained({"await_transform", "initial_suspend", "final_suspend", "yield_value"},
                            simpleName(F));
}

/// Functions of system headers that have a body, whether that was parsed or not.
class SystemFunctions : public DynamicRecursiveASTVisitor {
public:
  SystemFunctions(Unit &U, llvm::function_ref<void(const FunctionDecl &)> See) : U(U), See(See) {
    ShouldVisitTemplateInstantiations = true;
  }

  bool TraverseStmt(Stmt *) override { return true; }
  bool VisitFunctionDecl(FunctionDecl *F) override {
    if (F->isDependentContext() || !U.isSystem(F->getLocation()) || F->isDeleted())
      return true;
    const FunctionDecl *Pattern = F->getTemplateInstantiationPattern();
    if (F->isDefined() || (Pattern && Pattern->isDefined()))
      See(*F);
    return true;
  }

private:
  Unit &U;
  llvm::function_ref<void(const FunctionDecl &)> See;
};

class ReturnersFinder {
public:
  explicit ReturnersFinder(Unit &U) : U(U), SM(U.context().getSourceManager()) {}

  ReturnersOfTasks run() {
    for (const FunctionDecl *F : U.functions())
      addOwn(*F);
    SystemFunctions(U, [&](const FunctionDecl &F) {
      if (TaskReturners *Of = taskOf(returnedByValue(F)); Of && Of->Against.empty())
        Of->Against = namedAs(F) +
                      " returns it, which is neither a coroutine nor a 'coro_wrapper': "
                      "Clang refuses that";
    }).TraverseDecl(U.context().getTranslationUnitDecl());
    for (const FunctionDecl *F : U.functions())
      forEachDropped(*F, [&](const Expr &E, Drop How) {
        if (TaskReturners *Of =
                How == Drop::Statement && E.isPRValue() ? known(E.getType()) : nullptr)
          Of->Dropped = Of->Dropped ? Of->Dropped : &E;
      });
    llvm::sort(Found, [](const auto &A, const auto &B) {
      return A.first->getLocation() < B.first->getLocation();
    });
    return std::move(Found);
  }

private:
  TaskReturners *known(QualType T) {
    const CXXRecordDecl *Written = writtenClass(classOf(T));
    auto Has = llvm::find_if(Found, [&](const auto &Each) { return Each.first == Written; });
    return Has == Found.end() ? nullptr : &Has->second;
  }

  /// A class that stands for a coroutine, of which the unit shows the definition.
  TaskReturners *taskOf(const CXXRecordDecl *C) {
    const CXXRecordDecl *Written = writtenClass(C);
    if (!Written || Written->isLambda() || isStandard(*Written) ||
        U.isSystem(Written->getLocation()) || !U.get<TaskTypes>().promiseOf(*C))
      return nullptr;
    return &entry(*Written, *C);
  }

  TaskReturners &entry(const CXXRecordDecl &Written, const CXXRecordDecl &As) {
    auto Has = llvm::find_if(Found, [&](const auto &Each) { return Each.first == &Written; });
    if (Has == Found.end())
      Has = Found.insert(Found.end(), {&Written, {}});
    Has->second.Types.insert(&As);
    return Has->second;
  }

  void addOwn(const FunctionDecl &F) {
    const CXXRecordDecl *Returned = returnedByValue(F);
    if (!Returned || F.isDefaulted() || F.isDeleted())
      return;
    TaskReturners *Of = taskOf(Returned);
    if (!Of) {
      const CXXRecordDecl *Written = writtenClass(Returned);
      if (Written && !Written->isLambda() && !U.isSystem(Written->getLocation()) &&
          !Written->getParentFunctionOrMethod() && !isOfMachinery(F) && !isForAnything(F) &&
          U.get<TaskTypes>().of(*Returned).Kind == TaskKind::Awaiter)
        addAwaiter(F, entry(*Written, *Returned));
      return;
    }
    if (isCoroutine(F))
      Of->Coroutines.push_back(&F);
    else if (!isOfPromise(F) && !F.hasAttr<CoroWrapperAttr>())
      addWrapper(F, *Of, *Returned);
  }

  /// `wait_closed()` may close as well, and be called for that alone.
  void addAwaiter(const FunctionDecl &F, TaskReturners &Of) {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(writtenBody(F));
    const bool OnlyMakes = Body && Body->size() == 1 && isa<ReturnStmt>(Body->body_front());
    if (!OnlyMakes && !F.hasAttr<WarnUnusedResultAttr>() && Of.Against.empty())
      Of.Against = namedAs(F) + " does more than to make it";
  }

  void addWrapper(const FunctionDecl &F, TaskReturners &Of, const CXXRecordDecl &Returned) {
    const FunctionDecl *Written = F.getTemplateInstantiationPattern();
    const FunctionDecl *Definition = nullptr;
    if (!(Written ? Written : &F)->isDefined(Definition))
      return;
    const auto *Method = dyn_cast<CXXMethodDecl>(Definition);
    std::string &Against = Of.Against;
    if (!Against.empty())
      return;
    if (Method && Method->getParent()->isLambda())
      Against = "a lambda returns it that is no coroutine (" + place(F) +
                "), and cannot say so before C++23";
    else if (Definition->getLocation().isMacroID())
      Against = namedAs(F) + " returns it, is no coroutine, and is written by a macro";
    else if (const llvm::StringRef Library = U.knowledge().libraryOf(F);
             !Library.empty() && Library != U.knowledge().libraryOf(Returned))
      Against = namedAs(F) + " of another library returns it, and is no coroutine";
    else if (!llvm::is_contained(Of.Wrappers, Definition))
      Of.Wrappers.push_back(Definition);
  }

  std::string place(const FunctionDecl &F) const {
    const SourceLocation At = SM.getExpansionLoc(F.getLocation());
    return (llvm::sys::path::filename(SM.getFilename(At)) + ":" +
            llvm::Twine(SM.getExpansionLineNumber(At)))
        .str();
  }

  Unit &U;
  const SourceManager &SM;
  ReturnersOfTasks Found; ///< in the order of the source at the end
};

/// Looks at each task that a function keeps or returns, as Clang does.
class Warnings {
public:
  Warnings(const CXXRecordDecl &Class, const FunctionDecl &F, Unit &U)
      : Class(Class), F(F), U(U), Lent(F, U) {}

  const Expr *wrong() {
    walkEvaluated(writtenBody(F), [&](const Stmt &S) {
      if (Found)
        return false;
      if (const auto *Declares = dyn_cast<DeclStmt>(&S)) {
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit())
            see(*V->getInit(), /*Returned=*/false);
      } else if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue()) {
        see(*Return->getRetValue(), /*Returned=*/true);
      }
      return true;
    });
    return Found;
  }

private:
  bool isOurs(const Expr &E) const { return writtenClass(classOf(E.getType())) == &Class; }

  void see(const Expr &Given, bool Returned) {
    const auto *Called = dyn_cast<CallExpr>(bare(&Given));
    if (!Called || !isOurs(*Called) || !Called->isPRValue())
      return;
    std::optional<Call> Site = callOf(*Called);
    if (!Site || Site->Callee->hasAttr<CoroDisableLifetimeBoundAttr>())
      return;
    auto See = [&](const Expr &Arg, bool ByReference) {
      if (!ByReference && isOurs(Arg))
        return see(Arg, Returned);
      for (const Loan &L : ByReference ? Lent.ofReference(Arg) : Lent.ofValue(Arg)) {
        const bool IsLocal = L.From == Loan::Local || L.From == Loan::Parameter;
        if ((L.From == Loan::Temporary || (Returned && IsLocal)) && !dangles(*Called))
          Found = L.At ? L.At : &Arg;
      }
    };
    const auto *Method = dyn_cast<CXXMethodDecl>(Site->Callee);
    if (Site->Object && Method && Method->isImplicitObjectMemberFunction() &&
        !Site->Object->getType()->isPointerType() &&
        !(Method->getParent()->isLambda() && Method->getParent()->isEmpty()))
      See(*Site->Object, /*ByReference=*/true);
    for (auto [I, Arg] : llvm::enumerate(Site->Args))
      if (I < Site->Callee->getNumParams())
        See(*Arg, Site->Callee->getParamDecl(I)->getType()->isReferenceType());
  }

  bool dangles(const CallExpr &Made) {
    return llvm::any_of(U.get<DanglingTasks>(F).Found,
                        [&](const Dangling &D) { return D.Made == &Made; });
  }

  const CXXRecordDecl &Class;
  const FunctionDecl &F;
  Unit &U;
  Loans Lent;
  const Expr *Found = nullptr;
};

} // namespace

ReturnersOfTasks taskReturners(Unit &U) {
  return ReturnersFinder(U).run();
}

const Expr *wronglyWarnedAt(const CXXRecordDecl &Class, Unit &U) {
  for (const FunctionDecl *F : U.functions())
    if (const Expr *At = Warnings(Class, *F, U).wrong())
      return At;
  return nullptr;
}

} // namespace corolint::model
