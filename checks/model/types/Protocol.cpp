//===- Protocol.cpp - How promises and awaiters are written ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/Protocol.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint::model {
namespace {

const FunctionDecl *functionIn(const NamedDecl *D) {
  D = D->getUnderlyingDecl();
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

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

} // namespace

const FunctionDecl *bodyOwner(const FunctionDecl &F) {
  if (const FunctionDecl *Definition = nullptr; F.isDefined(Definition) && Definition->getBody())
    return Definition;
  if (const FunctionDecl *Pattern = F.getTemplateInstantiationPattern())
    return Pattern->getBody() ? Pattern : nullptr;
  // A member template of an instantiated class has its body where it was written.
  if (const FunctionTemplateDecl *Template = F.getDescribedFunctionTemplate()) {
    while (const FunctionTemplateDecl *From = Template->getInstantiatedFromMemberTemplate())
      Template = From;
    const FunctionDecl *Definition = nullptr;
    if (Template->getTemplatedDecl()->isDefined(Definition) && Definition->getBody())
      return Definition;
  }
  return nullptr;
}

bool isHandleType(QualType T) {
  const CXXRecordDecl *C = classOf(T);
  const std::string Name = C ? plainName(*C) : "";
  return Name == "std::coroutine_handle" || Name == "std::experimental::coroutine_handle";
}

const Stmt *bodyOf(const FunctionDecl &F) {
  const FunctionDecl *Owner = bodyOwner(F);
  return Owner ? Owner->getBody() : nullptr;
}

namespace {

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

std::optional<bool> constantResult(const FunctionDecl &F, ASTContext &Context) {
  const Expr *E = returnedExpr(F);
  bool Value;
  if (E && !E->isValueDependent() && E->EvaluateAsBooleanCondition(Value, Context))
    return Value;
  return std::nullopt;
}

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

} // namespace

const FunctionDecl *memberFunction(const CXXRecordDecl &C, ASTContext &Context,
                                   llvm::StringRef Name, TemplateArguments *FoundWith) {
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

llvm::SmallVector<const FunctionDecl *, 2> membersNamed(const CXXRecordDecl &C, ASTContext &Context,
                                                        llvm::StringRef Name) {
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  const DeclContext *In = nullptr;
  anyMember(&C, &Context.Idents.get(Name), [&](const NamedDecl &D) {
    const FunctionDecl *F = functionIn(&D);
    if (F && (!In || In == D.getDeclContext())) {
      In = D.getDeclContext();
      Found.push_back(F);
    }
    return false;
  });
  return Found;
}

const CXXRecordDecl *resultClass(const FunctionDecl &F, llvm::ArrayRef<TemplateArgument> Args) {
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

llvm::SmallVector<const FunctionDecl *, 2> coAwaitOperators(const CXXRecordDecl &C,
                                                            ASTContext &Context) {
  DeclarationName Name = Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  const DeclContext *In = nullptr;
  anyMember(&C, Name, [&](const NamedDecl &D) {
    const FunctionDecl *F = functionIn(&D);
    if (F && (!In || In == D.getDeclContext())) {
      In = D.getDeclContext();
      Found.push_back(F);
    }
    return false;
  });
  const Decl *Wanted = familyOf(&C);
  for (const DeclContext *Scope = C.getDeclContext(); Scope && Found.empty();
       Scope = Scope->getParent())
    if (Scope->isFileContext())
      for (const NamedDecl *D : Scope->lookup(Name))
        if (const FunctionDecl *F = functionIn(D); F && F->getNumParams() == 1)
          if (const CXXRecordDecl *Taken = classOf(F->getParamDecl(0)->getType());
              Taken && familyOf(Taken) == Wanted)
            Found.push_back(F);
  return Found;
}

const FunctionDecl *coAwaitOperator(const CXXRecordDecl &C, ASTContext &Context) {
  const auto Found = coAwaitOperators(C, Context);
  return Found.empty() ? nullptr : Found.front();
}

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

const CXXRecordDecl *awaiterOf(const CXXRecordDecl &C, const CXXRecordDecl *Promise,
                               ASTContext &Context) {
  if (isAwaiter(C, Context))
    return &C;
  const CXXRecordDecl *Found = nullptr;
  if (const FunctionDecl *Operator = coAwaitOperator(C, Context)) {
    Found = resultClass(*Operator);
  } else if (Promise) {
    const Decl *Wanted = familyOf(&C);
    anyMember(Promise, &Context.Idents.get("await_transform"), [&](const NamedDecl &D) {
      const FunctionDecl *F = functionIn(&D);
      if (F && F->getNumParams() >= 1)
        if (const CXXRecordDecl *Taken = classOf(F->getParamDecl(0)->getType());
            Taken && familyOf(Taken) == Wanted)
          Found = resultClass(*F);
      return Found != nullptr;
    });
  }
  return Found && Found != &C && isAwaiter(*Found, Context) ? Found : nullptr;
}

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

const CXXRecordDecl *promiseOf(const FunctionDecl &F) {
  const auto *Body = llvm::dyn_cast_or_null<CoroutineBodyStmt>(F.getBody());
  if (!Body || !Body->getPromiseDecl())
    return nullptr;
  return Body->getPromiseDecl()->getType()->getAsCXXRecordDecl();
}

const CXXRecordDecl *returnedClass(const FunctionDecl &F) {
  return F.getReturnType().getNonReferenceType()->getAsCXXRecordDecl();
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

bool isTag(QualType T) {
  const CXXRecordDecl *C = definitionOf(classOf(T));
  return C && !C->isLambda() && !C->isDependentContext() && C->isEmpty() && !C->isPolymorphic() &&
         !isStandard(*C);
}

llvm::SmallVector<const CXXRecordDecl *, 4> traitsOf(const CXXRecordDecl &C, ASTContext &Context) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Result;
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
            FirstArgument(Spec->getTemplateArgs().asArray()) == C.getCanonicalDecl() &&
            promiseMember(Spec, Context))
          Result.push_back(Spec);
      llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
      const_cast<ClassTemplateDecl *>(Traits)->getPartialSpecializations(Partial);
      for (const ClassTemplatePartialSpecializationDecl *Spec : Partial)
        if (const CXXRecordDecl *First = FirstArgument(Spec->getTemplateArgs().asArray());
            First && familyOf(First) == Wanted && promiseMember(Spec, Context))
          Result.push_back(Spec);
    }
  }
  return Result;
}

const CXXRecordDecl *promiseOfTraits(const CXXRecordDecl &C, ASTContext &Context) {
  // The fewer parameters one names, the more coroutines it speaks for.
  const CXXRecordDecl *Best = nullptr;
  size_t Fewest = 0;
  for (const CXXRecordDecl *Spec : traitsOf(C, Context)) {
    size_t Named = 0;
    const auto *Full = cast<ClassTemplateSpecializationDecl>(Spec);
    const auto From = Full->getSpecializedTemplateOrPartial();
    const auto *Written = dyn_cast<ClassTemplatePartialSpecializationDecl *>(From);
    for (const TemplateArgument &A : (Written ? Written : Full)->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Pack)
        Named += llvm::count_if(A.pack_elements(),
                                [](const TemplateArgument &Each) { return !Each.isDependent(); });
    for (const TemplateArgument &A : Full->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Pack)
        Named += llvm::count_if(A.pack_elements(), [](const TemplateArgument &Each) {
          return Each.getKind() == TemplateArgument::Type && isTag(Each.getAsType());
        });
    if (!Best || Named < Fewest) {
      Best = Spec;
      Fewest = Named;
    }
  }
  return Best ? promiseMember(Best, Context) : nullptr;
}

} // namespace corolint::model
