//===- TaskType.cpp - What a type means to us -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The definition of a class is asked for what [dcl.fct.def.coroutine] and [expr.await] ask it:
// the promise type, its initial and final suspension, and the awaiter.
//
//===----------------------------------------------------------------------===//

#include "TaskType.h"
#include "Coroutine.h"
#include "Knowledge.h"
#include "Unit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"

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

/// The definition, or that of the template where a specialisation was never instantiated.
const CXXRecordDecl *definitionOf(const CXXRecordDecl *C) {
  if (!C)
    return nullptr;
  if (const CXXRecordDecl *Definition = C->getDefinition())
    return Definition;
  if (const CXXRecordDecl *Pattern = C->getTemplateInstantiationPattern())
    return Pattern->getDefinition();
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C))
    return Spec->getSpecializedTemplate()->getTemplatedDecl()->getDefinition();
  return nullptr;
}

/// The class that a type names; of a dependent specialisation its template's pattern.
const CXXRecordDecl *classOf(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (const CXXRecordDecl *C = T->getAsCXXRecordDecl())
    return C;
  const auto *Spec = T->getAs<TemplateSpecializationType>();
  while (Spec && Spec->isTypeAlias())
    Spec = Spec->getAliasedType()->getAs<TemplateSpecializationType>();
  if (Spec)
    if (const auto *Template =
            dyn_cast_or_null<ClassTemplateDecl>(Spec->getTemplateName().getAsTemplateDecl()))
      return Template->getTemplatedDecl();
  return nullptr;
}

/// One identity for a class template, its pattern and its specialisations.
const Decl *familyOf(const CXXRecordDecl *C) {
  if (!C)
    return nullptr;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(C))
    return Spec->getSpecializedTemplate()->getCanonicalDecl();
  if (const ClassTemplateDecl *Template = C->getDescribedClassTemplate())
    return Template->getCanonicalDecl();
  return C->getCanonicalDecl();
}

const FunctionDecl *functionIn(const NamedDecl *D) {
  D = D->getUnderlyingDecl();
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

using TemplateArguments = llvm::SmallVector<TemplateArgument, 4>;

/// The arguments that a class, or the base of one, is a specialisation with.
TemplateArguments argumentsOf(const CXXRecordDecl *C, QualType Named) {
  if (const auto *Spec = llvm::dyn_cast_or_null<ClassTemplateSpecializationDecl>(C))
    return TemplateArguments(Spec->getTemplateArgs().asArray());
  // A nested class is written with the parameters of the one around it.
  if (C && isa<ClassTemplateSpecializationDecl>(C->getDeclContext()))
    return argumentsOf(cast<CXXRecordDecl>(C->getDeclContext()), {});
  if (!Named.isNull())
    if (const auto *Spec = Named->getAs<TemplateSpecializationType>())
      return TemplateArguments(Spec->template_arguments());
  return {};
}

/// The type, or the argument if it is a bare parameter of the class it was found in.
QualType substituted(QualType T, llvm::ArrayRef<TemplateArgument> Args) {
  const auto *Parameter = T.isNull() ? nullptr : T->getAs<TemplateTypeParmType>();
  if (Parameter && Parameter->getIndex() < Args.size() &&
      Args[Parameter->getIndex()].getKind() == TemplateArgument::Type)
    return Args[Parameter->getIndex()].getAsType();
  return T;
}

/// Calls \p Visit for each member of that name in the class and its bases, until it returns true.
bool anyMember(const CXXRecordDecl *C, DeclarationName Name,
               llvm::function_ref<bool(const NamedDecl &)> Visit,
               TemplateArguments *FoundWith = nullptr, QualType Named = {},
               llvm::ArrayRef<TemplateArgument> Outer = {}, unsigned Depth = 0) {
  TemplateArguments Args = argumentsOf(C, Named);
  for (TemplateArgument &A : Args)
    if (A.getKind() == TemplateArgument::Type)
      A = TemplateArgument(substituted(A.getAsType(), Outer));
  C = definitionOf(C);
  if (!C || Depth > 16)
    return false;
  for (const NamedDecl *D : C->lookup(Name))
    if (Visit(*D)) {
      if (FoundWith)
        *FoundWith = Args;
      return true;
    }
  for (const CXXBaseSpecifier &Base : C->bases()) {
    QualType T = substituted(Base.getType(), Args);
    if (anyMember(classOf(T), Name, Visit, FoundWith, T, Args, Depth + 1))
      return true;
  }
  return false;
}

const FunctionDecl *memberFunction(const CXXRecordDecl &C, ASTContext &Context,
                                   llvm::StringRef Name, TemplateArguments *FoundWith = nullptr) {
  const FunctionDecl *Found = nullptr;
  anyMember(
      &C, &Context.Idents.get(Name),
      [&](const NamedDecl &D) {
        Found = functionIn(&D);
        return Found != nullptr;
      },
      FoundWith);
  return Found;
}

/// The body, where we may look at it: outside system headers or not, a promise and an awaiter are
/// read like a declaration, since all that matters is what they return.
const Stmt *bodyOf(const FunctionDecl &F) {
  if (const FunctionDecl *Definition = nullptr; F.isDefined(Definition) && Definition->getBody())
    return Definition->getBody();
  if (const FunctionDecl *Pattern = F.getTemplateInstantiationPattern())
    return Pattern->getBody();
  // A member template of an instantiated class has its body where it was written.
  if (const FunctionTemplateDecl *Template = F.getDescribedFunctionTemplate()) {
    while (const FunctionTemplateDecl *From = Template->getInstantiatedFromMemberTemplate())
      Template = From;
    return Template->getTemplatedDecl()->getBody();
  }
  return nullptr;
}

/// The expression that the body returns, if it is one `return`.
const Expr *returnedExpr(const FunctionDecl &F) {
  const Expr *Found = nullptr;
  unsigned Count = 0;
  if (const Stmt *Body = bodyOf(F))
    walkEvaluated(Body, [&](const Stmt &S) {
      if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
        ++Count;
        Found = Return->getRetValue();
      }
      return true;
    });
  return Count == 1 ? Found : nullptr;
}

/// The class of what the function returns, read from its body where it says `auto`.
const CXXRecordDecl *resultClass(const FunctionDecl &F,
                                 llvm::ArrayRef<TemplateArgument> Args = {}) {
  if (const CXXRecordDecl *Declared = classOf(substituted(F.getReturnType(), Args)))
    return Declared;
  if (const Expr *E = returnedExpr(F)) {
    if (const CXXRecordDecl *C = classOf(substituted(bare(E)->getType(), Args)))
      return C;
    if (const auto *Construct = dyn_cast<CXXUnresolvedConstructExpr>(bare(E)))
      return classOf(substituted(Construct->getTypeAsWritten(), Args));
  }
  return nullptr;
}

std::optional<bool> constantResult(const FunctionDecl &F, ASTContext &Context) {
  const Expr *E = returnedExpr(F);
  bool Value;
  if (E && !E->isValueDependent() && E->EvaluateAsBooleanCondition(Value, Context))
    return Value;
  return std::nullopt;
}

enum class Ready { Always, Never, Sometimes };

Ready readiness(const CXXRecordDecl &Awaiter, ASTContext &Context) {
  std::string Name = plainName(Awaiter);
  if (Name == "std::suspend_never" || Name == "std::experimental::suspend_never")
    return Ready::Always;
  if (Name == "std::suspend_always" || Name == "std::experimental::suspend_always")
    return Ready::Never;
  const FunctionDecl *AwaitReady = memberFunction(Awaiter, Context, "await_ready");
  if (!AwaitReady)
    return Ready::Sometimes;
  if (std::optional<bool> Constant = constantResult(*AwaitReady, Context))
    return *Constant ? Ready::Always : Ready::Never;
  return Ready::Sometimes;
}

bool isAwaiter(const CXXRecordDecl &C, ASTContext &Context) {
  return memberFunction(C, Context, "await_ready") && memberFunction(C, Context, "await_suspend") &&
         memberFunction(C, Context, "await_resume");
}

/// The operators `co_await` that take an object of the class.
const FunctionDecl *coAwaitOperator(const CXXRecordDecl &C, ASTContext &Context) {
  DeclarationName Name = Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  const FunctionDecl *Found = nullptr;
  anyMember(&C, Name, [&](const NamedDecl &D) {
    Found = functionIn(&D);
    return Found != nullptr;
  });
  const Decl *Wanted = familyOf(&C);
  for (const DeclContext *Scope = C.getDeclContext(); Scope && !Found; Scope = Scope->getParent())
    if (Scope->isFileContext())
      for (const NamedDecl *D : Scope->lookup(Name))
        if (const FunctionDecl *F = functionIn(D); F && F->getNumParams() == 1)
          if (const CXXRecordDecl *Taken = classOf(F->getParamDecl(0)->getType());
              Taken && familyOf(Taken) == Wanted) {
            Found = F;
            break;
          }
  return Found;
}

enum class Transform { None, Takes, Anything, Other };

/// `template <class A> decltype(auto) await_transform(A &&)`, with nothing that says for which.
bool takesAnything(const NamedDecl &D) {
  const auto *Template = dyn_cast<FunctionTemplateDecl>(D.getUnderlyingDecl());
  if (!Template || Template->hasAssociatedConstraints() ||
      Template->getTemplateParameters()->size() != 1)
    return false;
  const FunctionDecl *F = Template->getTemplatedDecl();
  return F->getMinRequiredArguments() == 1 &&
         isa<TemplateTypeParmType>(F->getParamDecl(0)->getType().getNonReferenceType()) &&
         F->getReturnType()->getContainedDeducedType();
}

/// The outermost namespace that a declaration is in, if it has a name.
const NamespaceDecl *libraryOf(const Decl &D) {
  const NamespaceDecl *Found = nullptr;
  for (const DeclContext *Scope = D.getDeclContext(); Scope; Scope = Scope->getParent())
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(Scope);
        Namespace && !Namespace->isAnonymousNamespace())
      Found = Namespace->getCanonicalDecl();
  return Found;
}

/// Has the promise an `await_transform`, and is one of its overloads made for the class?
Transform awaitTransform(const CXXRecordDecl &Promise, const CXXRecordDecl &C,
                         ASTContext &Context) {
  Transform Result = Transform::None;
  const Decl *Wanted = familyOf(&C);
  anyMember(&Promise, &Context.Idents.get("await_transform"), [&](const NamedDecl &D) {
    if (Result != Transform::Anything)
      Result = takesAnything(D) ? Transform::Anything : Transform::Other;
    const FunctionDecl *F = functionIn(&D);
    if (F && F->getNumParams() >= 1)
      if (const CXXRecordDecl *Taken = classOf(F->getParamDecl(0)->getType());
          Taken && familyOf(Taken) == Wanted)
        Result = Transform::Takes;
    return Result == Transform::Takes;
  });
  return Result;
}

/// `await_suspend` of an awaiter that only keeps the handle leaves the coroutine suspended; one
/// that gives it away has it run by somebody else.
bool givesHandleAway(const CXXRecordDecl &Awaiter, ASTContext &Context) {
  const FunctionDecl *Suspend = memberFunction(Awaiter, Context, "await_suspend");
  const Stmt *Body = Suspend ? bodyOf(*Suspend) : nullptr;
  if (!Body || Suspend->getNumParams() == 0)
    return false;
  bool Gives = false;
  walkEvaluated(Body, [&](const Stmt &S) {
    auto MentionsHandle = [&](const Stmt &Part) {
      bool Mentions = false;
      walkEvaluated(&Part, [&](const Stmt &Inner) {
        if (const auto *Ref = dyn_cast<DeclRefExpr>(&Inner))
          Mentions |= isa<ParmVarDecl>(Ref->getDecl());
        return true;
      });
      return Mentions;
    };
    if (const auto *Call = dyn_cast<CallExpr>(&S); Call && !isa<CXXOperatorCallExpr>(Call))
      for (const Expr *Arg : Call->arguments())
        Gives |= MentionsHandle(*Arg);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      Gives |= !Lambda->captures().empty();
    return true;
  });
  return Gives;
}

const CXXRecordDecl *promiseMember(const CXXRecordDecl *C, ASTContext &Context) {
  const CXXRecordDecl *Found = nullptr;
  anyMember(C, &Context.Idents.get("promise_type"), [&](const NamedDecl &D) {
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(&D))
      Found = classOf(Alias->getUnderlyingType());
    else
      Found = dyn_cast<CXXRecordDecl>(&D);
    return Found != nullptr;
  });
  return Found;
}

/// `std::coroutine_traits<C, …>` as somebody specialised it.
const CXXRecordDecl *promiseOfTraits(const CXXRecordDecl &C, ASTContext &Context) {
  const Decl *Wanted = familyOf(&C);
  auto FirstArgument = [](llvm::ArrayRef<TemplateArgument> Args) -> const CXXRecordDecl * {
    return !Args.empty() && Args[0].getKind() == TemplateArgument::Type
               ? classOf(Args[0].getAsType())
               : nullptr;
  };
  for (const NamedDecl *Std :
       Context.getTranslationUnitDecl()->lookup(&Context.Idents.get("std"))) {
    const auto *Namespace = dyn_cast<NamespaceDecl>(Std);
    if (!Namespace)
      continue;
    for (const NamedDecl *D : Namespace->lookup(&Context.Idents.get("coroutine_traits"))) {
      const auto *Traits = dyn_cast<ClassTemplateDecl>(D);
      if (!Traits)
        continue;
      for (const ClassTemplateSpecializationDecl *Spec : Traits->specializations())
        if (Spec->isCompleteDefinition() &&
            FirstArgument(Spec->getTemplateArgs().asArray()) == C.getCanonicalDecl())
          if (const CXXRecordDecl *Promise = promiseMember(Spec, Context))
            return Promise;
      llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
      const_cast<ClassTemplateDecl *>(Traits)->getPartialSpecializations(Partial);
      for (const ClassTemplatePartialSpecializationDecl *Spec : Partial)
        if (const CXXRecordDecl *First = FirstArgument(Spec->getTemplateArgs().asArray());
            First && familyOf(First) == Wanted)
          if (const CXXRecordDecl *Promise = promiseMember(Spec, Context))
            return Promise;
    }
  }
  return nullptr;
}

std::string quoted(const NamedDecl &D) {
  return "'" + plainName(D) + "'";
}

} // namespace

const CXXRecordDecl *TaskTypes::promiseOf(const CXXRecordDecl &C) {
  const auto *Key = cast<CXXRecordDecl>(C.getCanonicalDecl());
  if (Promises.empty()) {
    Promises.try_emplace(nullptr, nullptr); // computed, even if the unit has no coroutine
    for (const FunctionDecl *F : U.functions())
      if (const CXXRecordDecl *Promise = model::promiseOf(*F))
        if (const CXXRecordDecl *Returned = returnedClass(*F))
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

TaskType TaskTypes::compute(const CXXRecordDecl &C) {
  ASTContext &Context = U.context();
  TaskType T;
  T.Class = &C;
  const CXXRecordDecl *Definition = definitionOf(&C);
  T.NoDiscard = (Definition ? Definition : &C)->hasAttr<WarnUnusedResultAttr>();

  std::optional<TaskKind> Said;
  for (const TypeEntry *E : U.knowledge().of(C)) {
    std::optional<TaskKind> Kind;
    switch (E->Is) {
    case TypeRole::Lazy:
      Kind = TaskKind::Lazy;
      break;
    case TypeRole::Eager:
      Kind = TaskKind::Eager;
      break;
    case TypeRole::Handle:
      Kind = TaskKind::Handle;
      break;
    case TypeRole::Awaiter:
      Kind = TaskKind::Awaiter;
      break;
    case TypeRole::Detached:
      Kind = TaskKind::Detached;
      break;
    case TypeRole::Generator:
      Kind = TaskKind::Generator;
      break;
    case TypeRole::NotATask:
      Kind = TaskKind::None;
      break;
    case TypeRole::MayDiscard:
      T.MayDiscard = true;
      break;
    case TypeRole::AsyncLock:
      T.AsyncLock = true;
      break;
    case TypeRole::Scope:
      T.Scope = true;
      break;
    case TypeRole::Guard:
    case TypeRole::Mutex:
    case TypeRole::BlockContainer:
    case TypeRole::BlocksContainer:
    case TypeRole::TableContainer:
    case TypeRole::NodeContainer:
    case TypeRole::Pinned:
    case TypeRole::NoSuspend:
    case TypeRole::HopsToWorker:
    case TypeRole::HopsToLoop:
    case TypeRole::HopsToUnknown:
      break;
    }
    if (Kind && !Said) {
      Said = Kind;
      T.Why = E->From.str();
    }
  }
  if (!Definition) {
    T.Kind = Said.value_or(TaskKind::None);
    T.Awaitable =
        T.Kind != TaskKind::None && T.Kind != TaskKind::Detached && T.Kind != TaskKind::Generator;
    return T;
  }

  const CXXRecordDecl *Promise = promiseOf(C);
  const FunctionDecl *Operator = coAwaitOperator(C, Context);
  const bool Awaiter = isAwaiter(C, Context);
  T.Awaitable =
      Awaiter || Operator || (Promise && awaitTransform(*Promise, C, Context) == Transform::Takes);
  if (Said) {
    T.Kind = *Said;
    T.Awaitable |= T.isTask() || T.Kind == TaskKind::Awaiter || T.Kind == TaskKind::Handle;
    return T;
  }

  if (!Promise) {
    if (Awaiter && readiness(C, Context) != Ready::Always) {
      T.Kind = TaskKind::Awaiter;
      T.Why = "it has 'await_suspend' and no coroutine behind it";
    } else if (Operator && !Awaiter) {
      // Somebody else may own the work: only its author can say whether dropping it loses it.
      T.Kind = TaskKind::Handle;
      T.Why = "it can be awaited, and is neither a coroutine's type nor an awaiter";
    }
    return T;
  }

  TemplateArguments Args;
  const FunctionDecl *Initial = memberFunction(*Promise, Context, "initial_suspend", &Args);
  const CXXRecordDecl *Start = Initial ? resultClass(*Initial, Args) : nullptr;
  if (!T.Awaitable) {
    const FunctionDecl *Final = memberFunction(*Promise, Context, "final_suspend", &Args);
    const CXXRecordDecl *End = Final ? resultClass(*Final, Args) : nullptr;
    if (memberFunction(*Promise, Context, "yield_value")) {
      T.Kind = TaskKind::Generator;
      T.Why = quoted(*Promise) + " yields, and nobody can await it";
    } else if (End && readiness(*End, Context) == Ready::Always) {
      T.Kind = TaskKind::Detached;
      T.Why = "'final_suspend' of " + quoted(*Promise) + " does not suspend";
    }
    return T;
  }
  if (!Start) {
    T.Kind = TaskKind::Eager;
    T.Why = "'initial_suspend' of " + quoted(*Promise) + " is not known to suspend";
    return T;
  }
  switch (readiness(*Start, Context)) {
  case Ready::Always:
    T.Kind = TaskKind::Eager;
    T.Why = "'initial_suspend' of " + quoted(*Promise) + " does not suspend";
    return T;
  case Ready::Never:
    T.Kind = givesHandleAway(*Start, Context) ? TaskKind::Eager : TaskKind::Lazy;
    T.Why = T.Kind == TaskKind::Lazy
                ? "'initial_suspend' of " + quoted(*Promise) + " suspends"
                : "'initial_suspend' of " + quoted(*Promise) + " hands the coroutine on";
    return T;
  case Ready::Sometimes:
    T.Kind = TaskKind::Eager;
    T.Why = "'initial_suspend' of " + quoted(*Promise) + " does not always suspend";
    return T;
  }
  llvm_unreachable("all answers are handled");
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
  if (const auto *Array = dyn_cast<ArrayType>(T.getCanonicalType()))
    return Array->getElementType();
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  if (!Spec || !Spec->isInStdNamespace() || !Spec->getIdentifier())
    return {};
  bool IsContainer =
      llvm::StringSwitch<bool>(Spec->getName())
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
    if (const NamespaceDecl *Library = libraryOf(Promise);
        Library && Library == libraryOf(C) &&
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
