//===- Takes.cpp - May a call be written with these arguments ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/fix/Takes.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "model/code/Walk.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace clang;

namespace corolint::model {
namespace {

bool isSame(QualType A, QualType B, const ASTContext &Context) {
  return Context.hasSameUnqualifiedType(A, B);
}

//===- Conversions ----------------------------------------------------------===//

const ClassTemplateSpecializationDecl *specialisation(QualType T) {
  return dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
}

bool isOne(const ClassTemplateSpecializationDecl *S, llvm::StringRef Name) {
  return S && plainName(*S) == Name;
}

QualType typeArgument(const ClassTemplateSpecializationDecl &S, unsigned I) {
  const TemplateArgumentList &Args = S.getTemplateArgs();
  return I < Args.size() && Args[I].getKind() == TemplateArgument::Type ? Args[I].getAsType()
                                                                        : QualType();
}

/// `std::ratio<N, D>`.
std::optional<std::pair<__int128, __int128>> ratioOf(QualType T) {
  const ClassTemplateSpecializationDecl *S = T.isNull() ? nullptr : specialisation(T);
  if (!isOne(S, "std::ratio"))
    return std::nullopt;
  const TemplateArgumentList &Args = S->getTemplateArgs();
  if (Args.size() != 2 || Args[0].getKind() != TemplateArgument::Integral ||
      Args[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return std::pair<__int128, __int128>(Args[0].getAsIntegral().getExtValue(),
                                       Args[1].getAsIntegral().getExtValue());
}

/// [time.duration.cons]: a duration converts where nothing is lost.
bool isFinerDuration(QualType From, QualType To) {
  const ClassTemplateSpecializationDecl *F = specialisation(From), *T = specialisation(To);
  if (!isOne(F, "std::chrono::duration") || !isOne(T, "std::chrono::duration"))
    return false;
  const QualType FromRep = typeArgument(*F, 0), ToRep = typeArgument(*T, 0);
  if (FromRep.isNull() || ToRep.isNull() || !FromRep->isArithmeticType())
    return false;
  if (ToRep->isRealFloatingType())
    return true;
  const auto FromPeriod = ratioOf(typeArgument(*F, 1)), ToPeriod = ratioOf(typeArgument(*T, 1));
  if (!ToRep->isIntegralType(F->getASTContext()) || !FromRep->isIntegralType(F->getASTContext()) ||
      !FromPeriod || !ToPeriod || ToPeriod->first == 0 || FromPeriod->second == 0)
    return false;
  return FromPeriod->first * ToPeriod->second % (FromPeriod->second * ToPeriod->first) == 0;
}

bool isFinerTime(QualType From, QualType To, const ASTContext &Context) {
  const ClassTemplateSpecializationDecl *F = specialisation(From), *T = specialisation(To);
  if (!isOne(F, "std::chrono::time_point") || !isOne(T, "std::chrono::time_point"))
    return false;
  const QualType FromTime = typeArgument(*F, 1), ToTime = typeArgument(*T, 1);
  return !FromTime.isNull() && !ToTime.isNull() &&
         isSame(typeArgument(*F, 0), typeArgument(*T, 0), Context) &&
         (isSame(FromTime, ToTime, Context) || isFinerDuration(FromTime, ToTime));
}

/// What a pointer or an array points to, or null.
QualType pointedTo(QualType T) {
  if (const auto *Pointer = T->getAs<PointerType>())
    return Pointer->getPointeeType();
  if (const auto *Array = T->getAsArrayTypeUnsafe())
    return Array->getElementType();
  return QualType();
}

/// Texts of the C++ library are made of each other by constructors that are constrained templates.
bool isText(QualType From, QualType To, const ASTContext &Context) {
  const CXXRecordDecl *T = To->getAsCXXRecordDecl();
  const ClassTemplateSpecializationDecl *S = specialisation(To);
  const bool IsView = isOne(S, "std::basic_string_view");
  const bool IsPath = T && plainName(*T) == "std::filesystem::path";
  if (!IsView && !IsPath && !isOne(S, "std::basic_string"))
    return false;
  const QualType Letter = IsPath ? Context.CharTy : typeArgument(*S, 0);
  if (const QualType Pointed = pointedTo(From); !Pointed.isNull())
    return isSame(Pointed, Letter, Context);
  const ClassTemplateSpecializationDecl *Text = specialisation(From);
  return (isOne(Text, "std::basic_string") || (IsPath && isOne(Text, "std::basic_string_view"))) &&
         isSame(typeArgument(*Text, 0), Letter, Context);
}

bool convertsByConstructor(QualType From, const CXXRecordDecl &To, const ASTContext &Context) {
  return To.hasDefinition() &&
         llvm::any_of(To.getDefinition()->ctors(), [&](const CXXConstructorDecl *Each) {
           if (Each->isDeleted() || Each->getAccess() != AS_public || Each->isExplicit() ||
               Each->getNumParams() == 0 || Each->getMinRequiredArguments() > 1 ||
               Each->getTrailingRequiresClause())
             return false;
           const QualType P = Each->getParamDecl(0)->getType();
           return isSame(P.getNonReferenceType(), From, Context) &&
                  (!P->isLValueReferenceType() || P.getNonReferenceType().isConstQualified());
         });
}

bool convertsByFunction(const CXXRecordDecl &From, QualType To, const ASTContext &Context) {
  return From.hasDefinition() &&
         llvm::any_of(From.getDefinition()->getVisibleConversionFunctions(), [&](NamedDecl *D) {
           const auto *F = dyn_cast<CXXConversionDecl>(D->getUnderlyingDecl());
           return F && !F->isExplicit() && F->isConst() && F->getAccess() == AS_public &&
                  isSame(F->getConversionType(), To, Context);
         });
}

bool convertsPointer(const Expr &Arg, QualType To, ASTContext &Context) {
  const QualType Target = To->getPointeeType(), Source = pointedTo(Arg.getType());
  if (Source.isNull())
    return Arg.isNullPointerConstant(Context, Expr::NPC_NeverValueDependent) != Expr::NPCK_NotNull;
  return (isSame(Source, Target, Context) || (Target->isVoidType() && !Source->isFunctionType())) &&
         isAtLeastAsQualified(Target, Source, Context);
}

bool converts(const Expr &Arg, QualType To, ASTContext &Context) {
  const QualType From = Arg.getType().getUnqualifiedType();
  if (To->isArithmeticType())
    return From->isArithmeticType() || From->isUnscopedEnumerationType();
  if (To->isPointerType())
    return convertsPointer(Arg, To, Context);
  const CXXRecordDecl *Class = To->getAsCXXRecordDecl();
  if (!Class)
    return false;
  const CXXRecordDecl *Of = From->getAsCXXRecordDecl();
  return isFinerDuration(From, To) || isFinerTime(From, To, Context) || isText(From, To, Context) ||
         convertsByConstructor(From, *Class, Context) ||
         (Of && convertsByFunction(*Of, To, Context));
}

//===- Parameters -----------------------------------------------------------===//

/// A value of the type can be made of this expression of the same type.
bool mayPass(const Expr &Arg) {
  const CXXRecordDecl *Class = Arg.getType()->getAsCXXRecordDecl();
  return !Arg.isLValue() || !Class || isCopyable(*Class);
}

/// The argument binds to a parameter that is, but for references, of its type.
bool binds(const Expr &Arg, QualType P) {
  if (P->isRValueReferenceType())
    return !Arg.isLValue();
  if (!P->isLValueReferenceType())
    return mayPass(Arg);
  const QualType Referred = P.getNonReferenceType();
  return Referred.isConstQualified() ? !Referred.isVolatileQualified()
                                     : Arg.isLValue() && !Arg.getType().isConstQualified();
}

/// What a template makes of its arguments.
class Deduction {
public:
  explicit Deduction(const FunctionTemplateDecl &T)
      : Of(T), Types(T.getTemplateParameters()->size()) {}

  /// The parameter's type is a class template with parameters of the function among its arguments:
  /// `std::chrono::duration<Rep, Period>`.
  bool takesSpecialisation(QualType P, QualType From) {
    const auto *Written = P.getNonReferenceType()->getAs<TemplateSpecializationType>();
    const ClassTemplateSpecializationDecl *Given = specialisation(From);
    if (!Written || !Given || Written->isTypeAlias() ||
        Written->getTemplateName().getAsTemplateDecl() == nullptr ||
        Written->getTemplateName().getAsTemplateDecl()->getCanonicalDecl() !=
            Given->getSpecializedTemplate()->getCanonicalDecl())
      return false;
    const TemplateArgumentList &Args = Given->getTemplateArgs();
    if (Written->template_arguments().size() > Args.size())
      return false;
    for (auto [Pattern, Arg] : llvm::zip_first(Written->template_arguments(), Args.asArray()))
      if (Pattern.getKind() != TemplateArgument::Type || Arg.getKind() != TemplateArgument::Type ||
          !deduce(Pattern.getAsType(), Arg.getAsType()))
        return false;
    return true;
  }

  bool deduce(QualType P, QualType A) {
    if (!P->isDependentType())
      return isSame(P, A, Of.getASTContext());
    const std::optional<unsigned> Index = own(P);
    if (!Index)
      return false;
    QualType &Known = Types[*Index];
    if (Known.isNull())
      Known = A;
    return isSame(Known, A, Of.getASTContext());
  }

  /// The type is a parameter of this template.
  std::optional<unsigned> own(QualType P) const {
    const auto *Parameter = P->getAs<TemplateTypeParmType>();
    if (!Parameter || Parameter->getDepth() != Of.getTemplateParameters()->getDepth() ||
        Parameter->isParameterPack())
      return std::nullopt;
    return Parameter->getIndex();
  }

  bool isComplete() const {
    return llvm::all_of(llvm::enumerate(*Of.getTemplateParameters()), [&](auto Each) {
      if (!Types[Each.index()].isNull() || Each.value()->isParameterPack())
        return true;
      const auto *Type = dyn_cast<TemplateTypeParmDecl>(Each.value());
      return Type && Type->hasDefaultArgument() && !isConstraint(*Type);
    });
  }

private:
  const FunctionTemplateDecl &Of;
  llvm::SmallVector<QualType, 4> Types;

  /// `typename = std::enable_if_t<…>`: the default may not be there for these types.
  static bool isConstraint(const TemplateTypeParmDecl &P) {
    return P.getDefaultArgument().getArgument().isDependent();
  }
};

bool isGeneric(const ParmVarDecl &P) {
  return P.getType().getNonReferenceType()->getAs<TemplateTypeParmType>() != nullptr;
}

/// The parameter of the function's pattern that stands there.
const ParmVarDecl *patternParameter(const FunctionDecl &F, unsigned I) {
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  const FunctionDecl &Written = Pattern ? *Pattern : F;
  return I < Written.getNumParams() ? Written.getParamDecl(I) : nullptr;
}

/// It is written so that the text means the same as an argument of another function.
bool isPlain(const Expr &Arg) {
  return !isa<InitListExpr>(Arg) && !Arg.isTypeDependent() &&
         (!isa<CXXConstructExpr>(Arg) || isa<CXXTemporaryObjectExpr>(Arg)) &&
         !Arg.getType()->isSpecificBuiltinType(BuiltinType::Overload);
}

class Taker {
public:
  Taker(const FunctionDecl &F, const FunctionDecl &Other)
      : F(F), Other(Other), Context(F.getASTContext()) {
    if (const FunctionTemplateDecl *Template = F.getDescribedFunctionTemplate())
      Deduced.emplace(*Template);
  }

  Takes parameter(unsigned I, const Expr &Arg, std::optional<unsigned> OfOther) {
    const ParmVarDecl &P = *F.getParamDecl(I);
    const QualType Type = P.getType(), Value = Type.getNonReferenceType();
    if (!isPlain(Arg))
      return Takes::No;
    if (!Value->isDependentType()) {
      if (isSame(Value, Arg.getType(), Context))
        return binds(Arg, Type) ? Takes::Exactly : Takes::No;
      const bool Temporary = !Type->isLValueReferenceType() || Value.isConstQualified();
      return Temporary && converts(Arg, Value, Context) ? Takes::Converted : Takes::No;
    }
    if (!Deduced)
      return Takes::No;
    const ParmVarDecl *Theirs = OfOther ? patternParameter(Other, *OfOther) : nullptr;
    if (Deduced->own(Value)) {
      // `T &&` takes anything, and what becomes of it is known where the other does as well.
      const bool Any = Type->isRValueReferenceType() && !Value.isConstQualified();
      return Theirs && isGeneric(*Theirs) && !Arg.getType()->isArrayType() &&
                     (Any || binds(Arg, Type)) && Deduced->deduce(Value, Arg.getType())
                 ? Takes::Exactly
                 : Takes::No;
    }
    return Deduced->takesSpecialisation(Type, Arg.getType()) && binds(Arg, Type) ? Takes::Exactly
                                                                                 : Takes::No;
  }

  bool isComplete() const { return !Deduced || Deduced->isComplete(); }

private:
  const FunctionDecl &F, &Other;
  ASTContext &Context;
  std::optional<Deduction> Deduced;
};

} // namespace

bool takesCount(const FunctionDecl &F, unsigned Count) {
  const bool Open = F.isVariadic() || llvm::any_of(F.parameters(), [](const ParmVarDecl *P) {
                      return isa<PackExpansionType>(P->getType());
                    });
  return Count >= F.getMinRequiredArguments() && (Open || Count <= F.getNumParams());
}

Takes takes(const FunctionDecl &F, const Expr *Object, llvm::ArrayRef<const Expr *> Args,
            const FunctionDecl &Other) {
  const FunctionTemplateDecl *Template = F.getDescribedFunctionTemplate();
  const unsigned Count = Args.size() + (Object != nullptr);
  if (Count > F.getNumParams() || !takesCount(F, Count) || F.getTrailingRequiresClause() ||
      (Template && Template->hasAssociatedConstraints()))
    return Takes::No;
  Taker Each(F, Other);
  Takes Worst = Takes::Exactly;
  if (Object)
    Worst = std::min(Worst, Each.parameter(0, *Object, std::nullopt));
  for (unsigned I = 0; I != Args.size() && Worst != Takes::No; ++I)
    Worst = std::min(Worst, Each.parameter(I + (Object != nullptr), *bare(Args[I]), I));
  return Each.isComplete() ? Worst : Takes::No;
}

} // namespace corolint::model
