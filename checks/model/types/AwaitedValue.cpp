//===- AwaitedValue.cpp - Values that can be awaited ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/types/AwaitedValue.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "model/code/Walk.h"
#include "model/types/Protocol.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace corolint::model {
namespace {

/// `base.name` or `base->name`, in templates too.
struct Access {
  const Expr *Base = nullptr;
  llvm::StringRef Name;
  const ValueDecl *Member = nullptr;
};
std::optional<Access> accessIn(const Stmt &S) {
  auto NameOf = [](DeclarationName Name) {
    // What a closure keeps has no name.
    const IdentifierInfo *Identifier = Name.getAsIdentifierInfo();
    return Identifier ? Identifier->getName() : llvm::StringRef();
  };
  if (const auto *M = dyn_cast<MemberExpr>(&S))
    return Access{bare(M->getBase()), NameOf(M->getMemberDecl()->getDeclName()),
                  M->getMemberDecl()};
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(&S); M && !M->isImplicitAccess())
    return Access{bare(M->getBase()), NameOf(M->getMember())};
  if (const auto *M = dyn_cast<UnresolvedMemberExpr>(&S); M && !M->isImplicitAccess())
    return Access{bare(M->getBase()), NameOf(M->getMemberName())};
  return std::nullopt;
}

/// Follows the handle that `await_suspend` is given, and the promise that it leads to.
class Suspension {
public:
  Suspension(const ParmVarDecl &Handle, const Stmt &Body) : Handle(Handle) {
    // A local that stands for the promise is made before it is used.
    walkEvaluated(&Body, [&](const Stmt &S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(&S))
        for (const Decl *D : Declares->decls())
          if (const auto *V = dyn_cast<VarDecl>(D);
              V && V->getInit() &&
              (V->getType()->isReferenceType() || V->getType()->isPointerType() ||
               V->getType()->isDependentType() || V->getType()->isUndeducedType()))
            if (const Expr *Init = withoutAddress(V->getInit()); isPromise(*Init)) {
              Promises.insert(V);
              Allowed.insert(Init);
            }
      return true;
    });
    walkEvaluated(&Body, [&](const Stmt &S) {
      look(S);
      return true;
    });
    walkEvaluated(&Body, [&](const Stmt &S) {
      if (const auto *E = dyn_cast<Expr>(&S); E && bare(E) == E && !Allowed.contains(E))
        Keeps |= isHandle(*E) || isPromise(*E);
      return true;
    });
  }

  bool Keeps = false;        ///< somebody may resume it later
  bool Ends = false;         ///< destroys it, throws, or does not come back
  bool TellsPromise = false; ///< writes something into its promise

private:
  static const Expr *withoutAddress(const Expr *E) {
    E = bare(E);
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    return Unary && Unary->getOpcode() == UO_AddrOf ? bare(Unary->getSubExpr()) : E;
  }
  bool isHandle(const Expr &E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(&E);
    return Ref && Ref->getDecl() == &Handle;
  }
  bool isPromise(const Expr &E) const {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
      return Promises.contains(Ref->getDecl());
    const auto *Call = dyn_cast<CallExpr>(&E);
    std::optional<Access> Called = Call ? accessIn(*Call->getCallee()) : std::nullopt;
    return Called && Called->Name == "promise" && isHandle(*Called->Base);
  }

  void look(const Stmt &S) {
    if (std::optional<Access> A = accessIn(S)) {
      if (isHandle(*A->Base)) {
        // A conversion of the handle has no name: it goes on to somebody.
        if (StringSwitch<bool>(A->Name)
                .Cases({"destroy", "promise", "done"}, true)
                .Default(A->Name.empty() && isConversionToBool(A->Member)))
          Allowed.insert(A->Base);
        Ends |= A->Name == "destroy";
      } else if (const Expr *Base = withoutDeref(A->Base); isPromise(*Base)) {
        Allowed.insert(Base);
        TellsPromise = true;
        if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(A->Member))
          Keeps |= handsItselfOn(*M);
      }
    }
    if (const auto *Return = dyn_cast<ReturnStmt>(&S); Return && Return->getRetValue())
      if (const Expr *Back = bare(Return->getRetValue()); isHandle(*Back))
        Allowed.insert(Back); // it goes on at once
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&S); Cast && Cast->getType()->isVoidType())
      Allowed.insert(bare(Cast->getSubExpr()));
    if (isa<CXXThrowExpr>(S))
      Ends = true;
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      if (const FunctionDecl *F = Call->getDirectCallee())
        Ends |= F->isNoReturn() || F->getBuiltinID() == Builtin::BI__builtin_unreachable;
  }

  static const Expr *withoutDeref(const Expr *E) {
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    return Unary && Unary->getOpcode() == UO_Deref ? bare(Unary->getSubExpr()) : E;
  }
  static bool isConversionToBool(const ValueDecl *Member) {
    const auto *Conversion = dyn_cast_or_null<CXXConversionDecl>(Member);
    return Conversion && Conversion->getConversionType()->isBooleanType();
  }
  /// A method of the promise that makes a handle of itself, or gives itself to somebody.
  static bool handsItselfOn(const CXXMethodDecl &M) {
    const Stmt *Body = bodyOf(M);
    bool Hands = false;
    if (Body)
      walkEvaluated(Body, [&](const Stmt &S) {
        if (const auto *Call = dyn_cast<CallExpr>(&S)) {
          const FunctionDecl *F = Call->getDirectCallee();
          Hands |= F && simpleName(*F) == "from_promise";
          for (const Expr *Arg : Call->arguments())
            Hands |= !isa<CXXOperatorCallExpr>(Call) && isa<CXXThisExpr>(withoutAddress(Arg));
        }
        return true;
      });
    return Hands;
  }

  const ParmVarDecl &Handle;
  llvm::DenseSet<const ValueDecl *> Promises;
  llvm::DenseSet<const Expr *> Allowed;
};

bool isSmartPointer(const CXXRecordDecl &C) {
  const std::string Name = plainName(C);
  if (StringSwitch<bool>(Name)
          .Cases({"std::shared_ptr", "std::unique_ptr", "std::weak_ptr", "std::function",
                  "std::move_only_function", "std::coroutine_handle",
                  "std::experimental::coroutine_handle", "std::reference_wrapper", "std::future",
                  "std::shared_future", "std::any"},
                 true)
          .Default(false))
    return true;
  // `->` leads to something else, but in a `std::optional` it stays inside.
  return !isStandard(C) && C.hasDefinition() &&
         !C.lookup(C.getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow)).empty();
}

/// Calls \p Visit with each field of the class and its bases, anonymous unions opened.
void eachField(const CXXRecordDecl &C, llvm::function_ref<void(const FieldDecl &)> Visit,
               unsigned Depth = 0) {
  const CXXRecordDecl *Definition = definitionOf(&C);
  if (!Definition || Depth > 8)
    return;
  for (const FieldDecl *Field : Definition->fields()) {
    const CXXRecordDecl *Inner = Field->getType()->getAsCXXRecordDecl();
    if (Inner && (Field->isAnonymousStructOrUnion() || Inner->isUnion()))
      eachField(*Inner, Visit, Depth + 1);
    else
      Visit(*Field);
  }
  for (const CXXBaseSpecifier &Base : Definition->bases())
    if (const CXXRecordDecl *B = classOf(Base.getType()))
      eachField(*B, Visit, Depth + 1);
}

bool leads(const CXXRecordDecl &C, llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Seen,
           QualType Result) {
  bool Found = false;
  if (Seen.insert(&C).second && Seen.size() < 16)
    eachField(C, [&](const FieldDecl &Field) {
      QualType T = Field.getType();
      // What is in the value is the value's own affair.
      if (!Result.isNull() && T.getCanonicalType().getUnqualifiedType() ==
                                  Result.getCanonicalType().getUnqualifiedType())
        return;
      if (T->isAnyPointerType() || T->isReferenceType()) {
        Found = true;
      } else if (const CXXRecordDecl *Inner = classOf(T)) {
        Found |= isSmartPointer(*Inner) || (!isStandard(*Inner) && leads(*Inner, Seen, Result));
      }
    });
  return Found;
}

/// What is left of a result without a value: that it is there, or what went wrong.
bool saysHowItWent(QualType T) {
  if (T->isBooleanType() || T->isEnumeralType())
    return true;
  const CXXRecordDecl *C = classOf(T);
  return C && isStandard(*C) &&
         llvm::is_contained({"exception_ptr", "error_code", "optional", "variant", "string",
                             "basic_string", "expected"},
                            simpleName(*C));
}

/// The field keeps a result: it is one, or an `optional`, a `variant` or the like of it.
bool keeps(const FieldDecl &Field, QualType Result) {
  auto Same = [&](QualType T) {
    return T.getCanonicalType().getUnqualifiedType() ==
           Result.getCanonicalType().getUnqualifiedType();
  };
  if (Same(Field.getType()))
    return true;
  llvm::ArrayRef<TemplateArgument> Args;
  if (const auto *Spec =
          dyn_cast_or_null<ClassTemplateSpecializationDecl>(Field.getType()->getAsCXXRecordDecl()))
    Args = Spec->getTemplateArgs().asArray();
  else if (const auto *Written = Field.getType()->getAs<TemplateSpecializationType>())
    Args = Written->template_arguments();
  auto Names = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type && Same(A.getAsType());
  };
  return llvm::any_of(Args, [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Pack ? llvm::any_of(A.pack_elements(), Names)
                                                 : Names(A);
  });
}

} // namespace

bool leadsElsewhere(const CXXRecordDecl &C, ASTContext &Context) {
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
  return leads(C, Seen, {});
}

bool isAwaitedValue(const CXXRecordDecl &C, const CXXRecordDecl *Promise, ASTContext &Context) {
  TemplateArguments Args;
  const CXXRecordDecl *Awaiter = awaiterOf(C, Promise, Context);
  const FunctionDecl *Resume =
      Awaiter ? memberFunction(*Awaiter, Context, "await_resume", &Args) : nullptr;
  if (!Resume)
    return false;
  bool Keeps = false, Ends = false, TellsPromise = false, ComesBack = false, Seen = false;
  for (const FunctionDecl *Suspend : membersNamed(*Awaiter, Context, "await_suspend")) {
    const Stmt *Body = bodyOf(*Suspend);
    ComesBack |= !Suspend->getReturnType()->isVoidType();
    if (!Body)
      continue;
    Seen = true;
    const FunctionDecl *Written = bodyOwner(*Suspend);
    if (Written->getNumParams() == 0)
      continue;
    Suspension S(*Written->getParamDecl(0), *Body);
    Keeps |= S.Keeps;
    Ends |= S.Ends;
    TellsPromise |= S.TellsPromise;
  }
  // Who always suspends, and lets nobody go on, has no value to hand out: `exit()`.
  const bool Hands = readiness(*Awaiter, Context) != Ready::Never || ComesBack;
  if (Keeps || !Hands)
    return false;
  if (Ends)
    return true;
  if (!Promise)
    return false;
  if (readiness(*Awaiter, Context) == Ready::Always)
    return true;
  QualType Result = substituted(Resume->getReturnType(), Args);
  if (Result.isNull() || Result->isUndeducedType())
    return false;
  Result = Result.getNonReferenceType();
  if (TellsPromise && Seen && !Result->isVoidType())
    return true;
  // Its bodies are elsewhere, or say nothing.
  bool HasResult = false, OnlyStates = true, HasField = false;
  eachField(C, [&](const FieldDecl &Field) {
    HasField = true;
    HasResult |= !Result->isVoidType() && keeps(Field, Result);
    OnlyStates &= saysHowItWent(Field.getType());
  });
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Parts;
  return HasField && (HasResult || (Result->isVoidType() && OnlyStates)) &&
         !leads(C, Parts, Result);
}

} // namespace corolint::model
