//===- DeclaredNames.cpp - Entries proved by what a unit declares --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeclaredNames.h"
#include "ast/Names.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclLookups.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace clang;
using namespace corolint::model;
using namespace llvm;

SmallVector<std::string, 1> parameterFaults(const Entry &E, const FunctionDecl &F) {
  SmallVector<std::string, 1> Faults;
  auto Fault = [&](const Twine &What) { Faults.push_back(What.str()); };
  const bool TakesAny = F.isVariadic() || any_of(F.parameters(), [](const ParmVarDecl *P) {
                          return P->isParameterPack();
                        });
  auto Type = [&](int Argument) -> QualType {
    if (Argument < 0 || unsigned(Argument) < F.getNumParams())
      return Argument < 0 ? QualType() : F.getParamDecl(Argument)->getType();
    if (!TakesAny)
      Fault("it has no argument " + Twine(Argument));
    return {};
  };
  // What C++ takes can be a class that is made of anything, so only C's types tell something.
  const bool IsC = F.isExternC() || F.isInExternCContext();
  for (int Argument : E.Args)
    if (QualType T = Type(Argument); IsC && !T.isNull() && !T->isPointerType())
      Fault("its argument " + Twine(Argument) + " is no callable");
  if (E.Descriptor)
    if (QualType T = Type(*E.Descriptor); IsC && !T.isNull() && !T->isIntegerType() &&
                                          !(E.What == Role::OpensDescriptor && T->isPointerType() &&
                                            T->getPointeeType()->isIntegerType()))
      Fault("its argument " + Twine(*E.Descriptor) + " is no descriptor");
  for (const bool Unless : {false, true})
    for (const Condition &C : Unless ? E.Unless : E.When) {
      // A question about an argument that is not there does not hold, so one entry can be for
      // overloads that have it and for some that do not.
      if (Unless && !IsC && C.Arg >= 0 && unsigned(C.Arg) >= F.getNumParams())
        continue;
      if (C.Is == Condition::Count && !TakesAny && F.getNumParams() < C.Number)
        Fault("it has no " + Twine(C.Number) + " arguments");
      QualType T = Type(C.Arg);
      if (T.isNull() || !IsC)
        continue;
      if (C.Is == Condition::Null && !T->isPointerType())
        Fault("its argument " + Twine(C.Arg) + " is no pointer");
      const bool HasFlags = T->isPointerType() && T->getPointeeType()->isStructureType();
      if (C.Is == Condition::Mentions && !T->isIntegralOrEnumerationType() && !HasFlags)
        Fault("its argument " + Twine(C.Arg) + " is neither flags nor a stream");
      if (C.Is == Condition::Stdin && !T->isIntegerType() &&
          T.getAsString().find("FILE") == std::string::npos)
        Fault("its argument " + Twine(C.Arg) + " is no input");
    }
  return Faults;
}

namespace {

StringRef scopeOf(StringRef Name) {
  const size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? StringRef() : Name.take_front(Colons);
}
StringRef lastOf(StringRef Name) {
  const size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

bool isGlob(StringRef Name) {
  return Name.ends_with('*') && !Name.ends_with("operator*");
}

const FunctionDecl *functionOf(const NamedDecl &D) {
  const NamedDecl *Under = D.getUnderlyingDecl();
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Under))
    Under = Template->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(Under);
}

/// Of a base that depends on the arguments of the class: what it is a specialisation of.
const CXXRecordDecl *patternOf(QualType T) {
  if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl())
    return Class;
  const auto *Written = T->getAs<TemplateSpecializationType>();
  TemplateDecl *Template = Written ? Written->getTemplateName().getAsTemplateDecl() : nullptr;
  if (const auto *Class = dyn_cast_or_null<ClassTemplateDecl>(Template))
    return Class->getTemplatedDecl();
  if (const auto *Alias = dyn_cast_or_null<TypeAliasTemplateDecl>(Template))
    return patternOf(Alias->getTemplatedDecl()->getUnderlyingType());
  return nullptr;
}

/// The name that a member has in an entry.
std::string memberName(const NamedDecl &D, StringRef Class) {
  switch (D.getDeclName().getNameKind()) {
  case DeclarationName::CXXConstructorName:
    return lastOf(Class).str();
  case DeclarationName::CXXDestructorName:
    return ("~" + lastOf(Class)).str();
  default:
    return lastOf(plainName(D)).str();
  }
}

} // namespace

DeclaredNames::DeclaredNames(Knowledge &K, const ASTContext &Context,
                             std::vector<std::string> Folders)
    : K(K), Context(Context), Folders(std::move(Folders)), Names(Context) {
  for (const Entry *E : K.allFunctions())
    prove(*E);
  for (const TypeEntry *T : K.allTypes())
    prove(*T);
  for (const AsyncCounterpart *T : K.allCounterparts())
    prove(*T);
  for (const Alias *A : K.allAliases())
    if (Names.meansTheSame(A->Name, A->Of))
      Aliases.push_back(A);
}

bool DeclaredNames::isBelow(const Decl &D) const {
  const DeclContext *Outermost = nullptr;
  for (const DeclContext *In = D.getDeclContext(); In; In = In->getParent())
    if (In->isNamespace())
      Outermost = In;
  if (Folders.empty() || (Outermost && Outermost->isStdNamespace()))
    return true;
  const SourceManager &SM = Context.getSourceManager();
  // Any of its declarations will do, so a class that is defined elsewhere but named here does not.
  const auto *Class = dyn_cast<CXXRecordDecl>(&D);
  const Decl *Where = Class && Class->hasDefinition() ? Class->getDefinition() : &D;
  const FileID File = SM.getFileID(SM.getExpansionLoc(Where->getLocation()));
  OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
  if (!Entry)
    return false;
  SmallString<256> Path(Entry->getFileEntry().tryGetRealPathName());
  if (Path.empty())
    Path = Entry->getName();
  return any_of(Folders, [&](StringRef Folder) { return StringRef(Path).starts_with(Folder); });
}

SmallVector<std::string, 2> DeclaredNames::spellingsOf(StringRef Name) const {
  SmallVector<std::string, 2> All = {Name.str()};
  for (const Alias *A : K.allAliases())
    if (StringRef Rest = Name;
        Rest.consume_front(A->Of) && (Rest.empty() || Rest.starts_with("::")))
      All.push_back((A->Name + Rest).str());
  return All;
}

const CXXRecordDecl *DeclaredNames::classNamed(StringRef Name) {
  for (const std::string &Each : spellingsOf(Name))
    if (const auto *Class = dyn_cast_or_null<CXXRecordDecl>(Names.declarationNamed(Each)))
      return Class;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// What a name leads to
//===----------------------------------------------------------------------===//

const DeclaredNames::Candidates &DeclaredNames::candidates(StringRef Name) {
  auto [It, New] = Found.try_emplace(Name);
  if (New) {
    Candidates All;
    for (const std::string &Each : spellingsOf(Name))
      collect(Each, All);
    It = Found.find(Name);
    It->second = std::move(All);
  }
  return It->second;
}

void DeclaredNames::collect(StringRef Name, Candidates &Into) {
  const StringRef Scope = scopeOf(Name), Last = lastOf(Name);
  const Decl *In = Names.declarationNamed(Scope);
  if (const auto *Class = dyn_cast_or_null<CXXRecordDecl>(In)) {
    SmallPtrSet<const CXXRecordDecl *, 8> Seen;
    collectMembers(*Class, *Class, lastOf(Scope), Last, /*Dependent=*/false, Seen, Into);
    // What a template's explicit or partial specialisations declare, `Task<void>`, is theirs alone.
    if (const ClassTemplateDecl *Template = Class->getDescribedClassTemplate()) {
      for (const CXXRecordDecl *Each : Template->specializations())
        if (Each->hasDefinition())
          collectMembers(*Each->getDefinition(), *Each->getDefinition(), lastOf(Scope), Last, false,
                         Seen, Into);
      SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
      const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(Partial);
      for (const CXXRecordDecl *Each : Partial)
        if (Each->hasDefinition())
          collectMembers(*Each->getDefinition(), *Each->getDefinition(), lastOf(Scope), Last, false,
                         Seen, Into);
    }
  } else if (const auto *Space = dyn_cast_or_null<DeclContext>(In)) {
    collectIn(*Space, Scope, Last, Into);
  }
}

void DeclaredNames::collectMembers(const CXXRecordDecl &Object, const CXXRecordDecl &In,
                                   StringRef Scope, StringRef Last, bool Dependent,
                                   SmallPtrSetImpl<const CXXRecordDecl *> &Seen, Candidates &Into) {
  if (!Seen.insert(In.getCanonicalDecl()).second)
    return;
  const std::string Class = plainName(In);
  auto Is = [&](StringRef Name) {
    return isGlob(Last) ? Name.starts_with(Last.drop_back()) : Name == Last;
  };
  for (const Decl *D : In.decls()) {
    if (const auto *Shadow = dyn_cast<UsingShadowDecl>(D))
      D = Shadow->getTargetDecl();
    const auto *Named = dyn_cast<NamedDecl>(D);
    if (!Named)
      continue;
    if (isa<UnresolvedUsingValueDecl>(Named) && Is(simpleName(*Named)))
      Into.push_back({nullptr, &Object, true});
    const FunctionDecl *F = functionOf(*Named);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
    if (Method && Is(memberName(*Method, plainName(*Method->getParent()))))
      Into.push_back({F, &Object, Dependent});
    // `Class::name` can be known by another name of the class, whose constructors it has as well.
    else if (Method && isa<CXXConstructorDecl, CXXDestructorDecl>(Method) && &In == &Object &&
             Last.ltrim('~') == Scope && isa<CXXDestructorDecl>(Method) == Last.starts_with('~'))
      Into.push_back({F, &Object, Dependent});
  }
  // A destructor that nobody wrote is there all the same, and so are constructors.
  if (&In == &Object && Last.starts_with('~') && In.isCompleteDefinition() &&
      In.needsImplicitDestructor() &&
      (Last.drop_front() == Scope || Last.drop_front() == lastOf(Class)))
    Into.push_back({nullptr, &Object, true});
  if (!In.isCompleteDefinition())
    return;
  for (const CXXBaseSpecifier &Base : In.bases()) {
    const CXXRecordDecl *B = patternOf(Base.getType());
    if (B && B->hasDefinition())
      collectMembers(Object, *B->getDefinition(), Scope, Last,
                     Dependent || !Base.getType()->getAsCXXRecordDecl(), Seen, Into);
  }
}

void DeclaredNames::collectIn(const DeclContext &In, StringRef Scope, StringRef Last,
                              Candidates &Into) {
  auto Take = [&](const NamedDecl &D) {
    if (const FunctionDecl *F = functionOf(D)) {
      Into.push_back({F, nullptr});
      return;
    }
    const NamedDecl *Under = D.getUnderlyingDecl();
    if (const auto *Template = dyn_cast<VarTemplateDecl>(Under))
      Under = Template->getTemplatedDecl();
    // An object that is called.
    if (const auto *V = dyn_cast<VarDecl>(Under))
      if (const CXXRecordDecl *Class = patternOf(V->getType().getNonReferenceType());
          Class && Class->hasDefinition()) {
        SmallPtrSet<const CXXRecordDecl *, 8> Seen;
        collectMembers(*Class->getDefinition(), *Class->getDefinition(), {}, "operator()", false,
                       Seen, Into);
      }
  };
  SmallPtrSet<const DeclContext *, 8> Asked;
  auto Ask = [&](auto &Self, const DeclContext &C) -> void {
    if (!Asked.insert(C.getPrimaryContext()).second)
      return;
    if (isGlob(Last) || Last.starts_with("operator")) {
      for (const auto &Result : C.lookups())
        for (const NamedDecl *D : Result)
          if (const std::string Name = lastOf(plainName(*D)).str();
              isGlob(Last) ? StringRef(Name).starts_with(Last.drop_back()) : Name == Last)
            Take(*D);
    } else if (Context.Idents.find(Last) != Context.Idents.end()) {
      for (const NamedDecl *D : C.lookup(&Context.Idents.get(Last)))
        Take(*D);
    }
    if (C.isFileContext() && !C.isTranslationUnit())
      for (const UsingDirectiveDecl *Directive : C.using_directives())
        Self(Self, *Directive->getNominatedNamespace());
  };
  Ask(Ask, In);
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

/// What a condition speaks of and this unit does not have; empty if nothing.
std::string DeclaredNames::unknownOf(const Condition &C) {
  auto Unwritten = [&](StringRef Name) {
    return !Name.empty() && Context.Idents.find(lastOf(Name)) == Context.Idents.end();
  };
  switch (C.Is) {
  case Condition::Type:
  case Condition::Derives:
  case Condition::MadeWith:
    if (!classNamed(C.Text))
      return "there is no class " + C.Text;
    break;
  case Condition::MadeBy:
    if (!isGlob(C.Text) && !StringRef(C.Text).starts_with("*::") && candidates(C.Text).empty())
      return "there is no function " + C.Text;
    break;
  case Condition::Mentions:
  case Condition::GuardedBy:
  case Condition::SettledBy:
    if (Unwritten(C.Text))
      return "the name " + C.Text + " is nowhere";
    break;
  default:
    break;
  }
  if (Unwritten(C.With))
    return "the name " + C.With + " is nowhere";
  return {};
}

void DeclaredNames::prove(const Entry &E) {
  if (StringRef(E.Name).starts_with("*::"))
    return; // of any library
  bool Declared = false;
  std::string Fault;
  for (const Candidate &C : candidates(E.Name)) {
    const Decl *Where = C.Function ? static_cast<const Decl *>(C.Function) : C.Object;
    if (!isBelow(*Where) && !(C.Object && isBelow(*C.Object)))
      continue;
    if (!C.Dependent && !is_contained(K.of(*C.Function, C.Object), &E)) {
      if (Fault.empty())
        Fault = "the function of that name is not known by it";
      continue;
    }
    if (C.Function) {
      SmallVector<std::string, 1> Faults = parameterFaults(E, *C.Function);
      if (!Faults.empty()) {
        Fault = Faults.front();
        continue; // another overload may have it
      }
    }
    Declared = true;
    break;
  }
  if (Declared) {
    Fault.clear();
    for (ArrayRef<Condition> All : {ArrayRef(E.When), ArrayRef(E.Unless)})
      for (const Condition &C : All)
        if (Fault.empty())
          Fault = unknownOf(C);
    if (Fault.empty()) {
      Functions.push_back(&E);
      return;
    }
  }
  if (!Fault.empty())
    Faults.emplace_back(&E, Fault);
}

void DeclaredNames::prove(const TypeEntry &T) {
  const CXXRecordDecl *Class = classNamed(T.Name);
  if (Class && isBelow(*Class) && is_contained(K.of(*Class), &T))
    Types.push_back(&T);
}

void DeclaredNames::prove(const AsyncCounterpart &T) {
  const CXXRecordDecl *Task = classNamed(T.In);
  if (!Task)
    return;
  // A library's own tasks await what others do, and its functions have counterparts for others'
  // tasks.
  bool Below = isBelow(*Task), Declared = false;
  for (const Candidate &C : candidates(T.Of)) {
    Below |= (C.Function && isBelow(*C.Function)) || (C.Object && isBelow(*C.Object));
    // Dependent, as above: that the function is there is all that can be seen.
    Declared |= C.Dependent || K.counterpart(*C.Function, C.Object, *Task) == &T;
  }
  if (!Below)
    return;
  if (!Declared) {
    TwinFaults.emplace_back(&T, candidates(T.Of).empty()
                                    ? "there is no function " + T.Of
                                    : "no function of that name has these parameters");
    return;
  }
  for (const std::string &Class : T.Without)
    if (!classNamed(Class)) {
      TwinFaults.emplace_back(&T, "there is no class " + Class);
      return;
    }
  // Each qualified name in the text that takes the call's place.
  Regex Qualified("[A-Za-z_][A-Za-z_0-9]*(::[A-Za-z_][A-Za-z_0-9]*)+");
  SmallVector<StringRef, 2> Match;
  for (StringRef Rest = T.Write; Qualified.match(Rest, &Match);
       Rest = Rest.substr(Match[0].end() - Rest.begin())) {
    const StringRef Name = Match[0];
    if (!Names.declarationNamed(Name) && candidates(Name).empty()) {
      TwinFaults.emplace_back(&T, ("there is no " + Name).str());
      return;
    }
  }
  Counterparts.push_back(&T);
}
