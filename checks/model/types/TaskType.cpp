//===- TaskType.cpp - What a type means to us -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/TaskType.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/types/AwaitedValue.h"
#include "model/types/Cancels.h"
#include "model/types/Protocol.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace corolint::model {

llvm::StringRef nameOf(TaskKind K) {
  switch (K) {
  case TaskKind::None:
    return "none";
  case TaskKind::Lazy:
    return "lazy";
  case TaskKind::Eager:
    return "eager";
  case TaskKind::Handle:
    return "handle";
  case TaskKind::Awaiter:
    return "awaiter";
  case TaskKind::Detached:
    return "detached";
  case TaskKind::Generator:
    return "generator";
  }
  llvm_unreachable("all kinds are named");
}

namespace {

std::string quoted(const NamedDecl &D) {
  return "'" + plainName(D) + "'";
}

std::optional<TaskKind> kindSaidBy(TypeRole R) {
  switch (R) {
  case TypeRole::Lazy:
    return TaskKind::Lazy;
  case TypeRole::Eager:
    return TaskKind::Eager;
  case TypeRole::Handle:
    return TaskKind::Handle;
  case TypeRole::Awaiter:
    return TaskKind::Awaiter;
  case TypeRole::Detached:
    return TaskKind::Detached;
  case TypeRole::Generator:
    return TaskKind::Generator;
  case TypeRole::NotATask:
    return TaskKind::None;
  case TypeRole::MayDiscard:
  case TypeRole::AsyncLock:
  case TypeRole::Scope:
  case TypeRole::JoinedScope:
  case TypeRole::Cancels:
  case TypeRole::Cancellation:
  case TypeRole::Guard:
  case TypeRole::Mutex:
  case TypeRole::BlockContainer:
  case TypeRole::BlocksContainer:
  case TypeRole::TableContainer:
  case TypeRole::NodeContainer:
  case TypeRole::Pinned:
  case TypeRole::NoSuspend:
  case TypeRole::NoYield:
  case TypeRole::Context:
  case TypeRole::NamedContext:
  case TypeRole::HopsToWorker:
  case TypeRole::HopsToLoop:
  case TypeRole::HopsToUnknown:
    return std::nullopt;
  }
  llvm_unreachable("all roles of types are considered");
}

} // namespace

const CXXRecordDecl *TaskTypes::promiseOf(const CXXRecordDecl &C) {
  const auto *Key = cast<CXXRecordDecl>(C.getCanonicalDecl());
  if (Promises.empty()) {
    Promises.try_emplace(nullptr, nullptr); // computed, even if the unit has no coroutine
    // A tag among the parameters may select another promise than others have.
    for (bool Tagged : {false, true})
      for (const FunctionDecl *F : U.functions())
        if (const CXXRecordDecl *Promise = model::promiseOf(*F))
          if (const CXXRecordDecl *Returned = returnedClass(*F))
            if (Tagged == llvm::any_of(F->parameters(),
                                       [](const ParmVarDecl *P) { return isTag(P->getType()); }))
              Promises.try_emplace(cast<CXXRecordDecl>(Returned->getCanonicalDecl()), Promise);
  }
  auto [Slot, New] = Promises.try_emplace(Key, nullptr);
  if (New) {
    const CXXRecordDecl *Found = promiseMember(Key, U.context());
    if (!Found)
      Found = promiseOfTraits(*Key, U.context());
    Promises[Key] = Found; // Slot may have moved
    return Found;
  }
  return Slot->second;
}

bool TaskTypes::alwaysReady(const CXXRecordDecl &A) {
  return readiness(A, U.context()) == Ready::Always;
}

void TaskTypes::addSaid(TaskType &T, const CXXRecordDecl &C) {
  for (const TypeEntry *E : U.knowledge().of(C)) {
    T.MayDiscard |= E->Is == TypeRole::MayDiscard;
    T.AsyncLock |= E->Is == TypeRole::AsyncLock;
    T.Scope |= E->Is == TypeRole::Scope;
    T.MustJoin |= E->Is == TypeRole::JoinedScope;
    T.Cancels |= E->Is == TypeRole::Cancels;
    if (std::optional<TaskKind> Kind = kindSaidBy(E->Is); Kind && !T.IsSaid) {
      T.IsSaid = true;
      T.Kind = *Kind;
      T.Why = E->From.str();
    }
  }
}

void TaskTypes::addKindWithoutPromise(TaskType &T, const CXXRecordDecl &C, bool Awaiter,
                                      bool Operator) {
  ASTContext &Context = U.context();
  if ((Awaiter || Operator) && isAwaitedValue(C, nullptr, Context)) {
    T.Why = "it is a value: awaiting it hands out what is there, or ends the coroutine";
  } else if (Awaiter && readiness(C, Context) != Ready::Always) {
    T.Kind = TaskKind::Awaiter;
    T.Why = "it has 'await_suspend' and no coroutine behind it";
  } else if (Operator && !Awaiter) {
    // Somebody else may own the work: only its author can say whether dropping it loses it.
    T.Kind = TaskKind::Handle;
    T.Why = "it can be awaited, and is neither a coroutine's type nor an awaiter";
  }
}

TaskType TaskTypes::compute(const CXXRecordDecl &C) {
  ASTContext &Context = U.context();
  TaskType T;
  T.Class = &C;
  const CXXRecordDecl *Definition = definitionOf(&C);
  T.NoDiscard = (Definition ? Definition : &C)->hasAttr<WarnUnusedResultAttr>();
  addSaid(T, C);
  if (!Definition) {
    T.Awaitable =
        T.Kind != TaskKind::None && T.Kind != TaskKind::Detached && T.Kind != TaskKind::Generator;
    return T;
  }

  const CXXRecordDecl *Promise = promiseOf(C);
  const bool Awaiter = isAwaiter(C, Context);
  const bool Operator = coAwaitOperator(C, Context) != nullptr;
  T.Awaitable =
      Awaiter || Operator || (Promise && awaitTransform(*Promise, C, Context) == Transform::Takes);
  if (T.IsSaid) {
    T.Cancels |= T.Kind == TaskKind::Eager && cancelsWhenItDies(C, Promise, Context);
    T.Awaitable |= T.isTask() || T.Kind == TaskKind::Awaiter || T.Kind == TaskKind::Handle;
  } else if (Promise) {
    addKind(T, C, *Promise);
  } else {
    addKindWithoutPromise(T, C, Awaiter, Operator);
  }
  return T;
}

/// What `get_return_object` gives can become an object of the class.
static bool isMadeBy(const CXXRecordDecl &C, const CXXRecordDecl &Promise, ASTContext &Context) {
  const FunctionDecl *Get = memberFunction(Promise, Context, "get_return_object");
  const CXXRecordDecl *Given = Get ? resultClass(*Get) : nullptr;
  const CXXRecordDecl *Definition = definitionOf(&C), *From = definitionOf(Given);
  if (!Definition || !From || familyOf(Given) == familyOf(&C))
    return true;
  auto Takes = [](QualType T, const CXXRecordDecl *Wanted) {
    T = T.getNonReferenceType();
    return T->isTemplateTypeParmType() || T->isUndeducedType() ||
           (classOf(T) && familyOf(classOf(T)) == familyOf(Wanted));
  };
  for (const Decl *D : Definition->decls()) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    const auto *Constructor =
        dyn_cast<CXXConstructorDecl>(Template ? Template->getTemplatedDecl() : D);
    if (isa<ConstructorUsingShadowDecl, UsingDecl>(D) ||
        (Constructor && Constructor->getNumParams() > 0 &&
         Constructor->getMinRequiredArguments() <= 1 &&
         Takes(Constructor->getParamDecl(0)->getType(), Given)))
      return true;
  }
  for (const Decl *D : From->decls()) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    const auto *Conversion =
        dyn_cast<CXXConversionDecl>(Template ? Template->getTemplatedDecl() : D);
    if (Conversion && Takes(Conversion->getConversionType(), &C))
      return true;
  }
  // A class that derives from a task is made of one, somehow; and one that a task derives from.
  auto Derives = [](const CXXRecordDecl *Derived, const CXXRecordDecl *Base) {
    return llvm::any_of(Derived->bases(), [&](const CXXBaseSpecifier &B) {
      const CXXRecordDecl *Class = classOf(B.getType());
      return !Class || familyOf(Class) == familyOf(Base);
    });
  };
  return Derives(Definition, Given) || Derives(From, &C);
}

void TaskTypes::addKind(TaskType &T, const CXXRecordDecl &C, const CXXRecordDecl &Promise) {
  ASTContext &Context = U.context();
  TemplateArguments Args;
  const FunctionDecl *Initial = memberFunction(Promise, Context, "initial_suspend", &Args);
  const CXXRecordDecl *Start = Initial ? resultClass(*Initial, Args) : nullptr;
  if (!T.Awaitable) {
    const FunctionDecl *Final = memberFunction(Promise, Context, "final_suspend", &Args);
    const CXXRecordDecl *End = Final ? resultClass(*Final, Args) : nullptr;
    if (memberFunction(Promise, Context, "yield_value")) {
      T.Kind = TaskKind::Generator;
      T.Why = quoted(Promise) + " yields, and nobody can await it";
    } else if (End && readiness(*End, Context) == Ready::Always) {
      T.Kind = TaskKind::Detached;
      T.Why = "'final_suspend' of " + quoted(Promise) + " does not suspend";
    }
    return;
  }
  if (!isMadeBy(C, Promise, Context)) {
    T.Kind = TaskKind::Handle;
    T.Why = "coroutines with the promise " + quoted(Promise) + " return another class";
    return;
  }
  const bool IsValue = isAwaitedValue(C, &Promise, Context);
  if (IsValue &&
      (!Start || readiness(*Start, Context) == Ready::Always || !leadsElsewhere(C, Context))) {
    T.Why = "it is a value: awaiting it hands out what is there, or ends the coroutine";
    return;
  }
  T.Kind = TaskKind::Eager;
  if (!Start) {
    T.Why = "'initial_suspend' of " + quoted(Promise) + " is not known to suspend";
  } else if (const Ready Starts = readiness(*Start, Context); Starts == Ready::Always) {
    T.Why = "'initial_suspend' of " + quoted(Promise) + " does not suspend";
  } else if (Starts == Ready::Sometimes) {
    T.Why = "'initial_suspend' of " + quoted(Promise) + " does not always suspend";
  } else if (givesHandleAway(*Start, Context)) {
    T.Why = "'initial_suspend' of " + quoted(Promise) + " hands the coroutine on";
  } else {
    T.Kind = TaskKind::Lazy;
    T.Why = "'initial_suspend' of " + quoted(Promise) + " suspends";
    return;
  }
  T.Cancels |= cancelsWhenItDies(C, &Promise, Context);
}

const TaskType &TaskTypes::of(const CXXRecordDecl &C) {
  const auto *Key = cast<CXXRecordDecl>(C.getCanonicalDecl());
  if (auto Found = Known.find(Key); Found != Known.end())
    return Found->second;
  TaskType Computed = compute(*Key);
  return Known[Key] = std::move(Computed);
}

const TaskType &TaskTypes::of(QualType T) {
  static const TaskType None;
  const CXXRecordDecl *C = classOf(T);
  return C ? of(*C) : None;
}

QualType TaskTypes::elementOfContainer(QualType T) {
  T = T.getNonReferenceType();
  if (const auto *Array = dyn_cast<clang::ArrayType>(T.getCanonicalType()))
    return Array->getElementType();
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!Spec || !Spec->isInStdNamespace() || !Spec->getIdentifier())
    return {};
  bool IsContainer =
      StringSwitch<bool>(Spec->getName())
          .Cases({"vector", "deque", "list", "forward_list", "array", "optional"}, true)
          .Default(false);
  const TemplateArgument &First = Spec->getTemplateArgs()[0];
  return IsContainer && First.getKind() == TemplateArgument::Type ? First.getAsType() : QualType();
}

llvm::SmallVector<QualType, 4> TaskTypes::elementsOf(QualType T) {
  if (QualType Element = elementOfContainer(T); !Element.isNull())
    return {Element};
  llvm::SmallVector<QualType, 4> Result;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Spec || !Spec->isInStdNamespace() || !Spec->getIdentifier() ||
      !llvm::is_contained({"tuple", "pair", "variant"}, Spec->getName()))
    return Result;
  for (const TemplateArgument &Arg : Spec->getTemplateArgs().asArray()) {
    auto Add = [&](const TemplateArgument &One) {
      if (One.getKind() == TemplateArgument::Type)
        Result.push_back(One.getAsType());
    };
    if (Arg.getKind() == TemplateArgument::Pack)
      llvm::for_each(Arg.pack_elements(), Add);
    else
      Add(Arg);
  }
  return Result;
}

QualType TaskTypes::resultOf(const CXXRecordDecl &C) {
  const CXXRecordDecl *Awaiter = &C;
  if (!isAwaiter(C, U.context())) {
    const FunctionDecl *Operator = coAwaitOperator(C, U.context());
    Awaiter = Operator ? resultClass(*Operator) : nullptr;
  }
  TemplateArguments Args;
  const FunctionDecl *Resume =
      Awaiter ? memberFunction(*Awaiter, U.context(), "await_resume", &Args) : nullptr;
  QualType Result = Resume ? substituted(Resume->getReturnType(), Args) : QualType();
  return Result.isNull() || Result->isUndeducedType() || Result->isDependentType() ? QualType()
                                                                                   : Result;
}

bool TaskTypes::mayAwait(const CXXRecordDecl &Promise, const CXXRecordDecl &C) {
  switch (awaitTransform(Promise, C, U.context())) {
  case Transform::Takes:
    return true;
  case Transform::None:
    // Without one, only what makes the type awaitable for everybody counts.
    return isAwaiter(C, U.context()) || coAwaitOperator(C, U.context()) ||
           (!C.hasDefinition() && of(C).Awaitable);
  case Transform::Anything:
    // What its body then refuses is not seen here, but that is hardly the library's own.
    if (const NamespaceDecl *Library = outermostNamespace(Promise);
        Library && Library == outermostNamespace(C) &&
        (isAwaiter(C, U.context()) || coAwaitOperator(C, U.context())))
      return true;
    break;
  case Transform::Other:
    break;
  }
  // An `await_transform` that is a template may take anything or be constrained; that the type's
  // own coroutines have the same promise says that it takes this.
  const CXXRecordDecl *Own = promiseOf(C);
  return Own && familyOf(Own) == familyOf(&Promise);
}

} // namespace corolint::model
