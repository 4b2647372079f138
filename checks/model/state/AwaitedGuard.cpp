//===- AwaitedGuard.cpp - What is held as long as the result of an await lives -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/AwaitedGuard.h"
#include "ast/Classes.h"
#include "ast/Names.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/state/Shared.h"
#include "model/tasks/Effects.h"
#include "model/tasks/TaskFlow.h"
#include "model/types/TaskType.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

using Words = llvm::SmallVector<std::string, 4>;

/// "get", "units" of `get_units` and of `GetUnits`.
Words wordsOf(llvm::StringRef Name) {
  Words Result;
  for (size_t I = 0; I != Name.size(); ++I) {
    const char C = Name[I];
    const bool Begins =
        I == 0 || Name[I - 1] == '_' || (llvm::isUpper(C) && !llvm::isUpper(Name[I - 1]));
    if (C == '_')
      continue;
    if (Begins)
      Result.emplace_back();
    Result.back() += llvm::toLower(C);
  }
  return Result;
}

/// What somebody who wants a part of something calls.
bool saysAcquire(llvm::StringRef Name) {
  return saysLock(Name) || llvm::any_of(wordsOf(Name), [](llvm::StringRef Word) {
           return llvm::is_contained({"acquire", "units", "unit", "permit", "permits", "hold",
                                      "lock", "enter", "reserve"},
                                     Word);
         });
}

bool saysPermit(llvm::StringRef Name) {
  const Words All = wordsOf(Name);
  return !All.empty() && llvm::is_contained({"units", "unit", "permit", "permits", "token",
                                             "ticket", "lease", "slot", "holder", "reservation"},
                                            All.back());
}

bool saysGuard(llvm::StringRef Name) {
  const Words All = wordsOf(Name);
  return !All.empty() && All.back() == "guard";
}

/// Its own name, or that of the class that it is a part of: `mutex::guard`.
AwaitedGuard::Kind kindByName(const CXXRecordDecl &C) {
  llvm::StringRef Name = simpleName(C);
  const auto *Around = dyn_cast<CXXRecordDecl>(C.getDeclContext());
  auto IsLock = [](llvm::StringRef Word) { return Word.starts_with("lock") || Word == "mutex"; };
  if (saysLock(Name) || llvm::any_of(wordsOf(Name), IsLock) ||
      (Around && llvm::any_of(wordsOf(simpleName(*Around)), IsLock)))
    return AwaitedGuard::Lock;
  const bool IsOther =
      saysGuard(Name) && !(Around && llvm::is_contained(wordsOf(simpleName(*Around)), "semaphore"));
  return IsOther ? AwaitedGuard::Other : AwaitedGuard::Permit;
}

const FunctionDecl *readableBody(const FunctionDecl &F, Unit &U) {
  const FunctionDecl *Body = nullptr;
  return F.hasBody(Body) && !U.isSystem(Body->getLocation()) &&
                 U.knowledge().libraryOf(*Body).empty()
             ? Body
             : nullptr;
}

struct Return {
  const FunctionDecl *Callee = nullptr;
  bool Unlocks = false;
};

/// What a function called by a destructor does, by its name: `unlock`, `release`, `return_all`.
Return namedReturn(const FunctionDecl &F) {
  const Words All = wordsOf(simpleName(F));
  if (llvm::is_contained(All, "unlock"))
    return {&F, true};
  if (!All.empty() &&
      llvm::is_contained({"release", "signal", "post", "return", "give", "leave"}, All.front()))
    return {&F, false};
  return {};
}

/// The call in the body by which a lock or a permit goes back, also by way of its own methods. One
/// that locks itself only protects what it does there.
Return returnIn(const FunctionDecl &F, Unit &U, unsigned Depth) {
  constexpr unsigned Deepest = 3;
  const FunctionDecl *Body = Depth < Deepest ? readableBody(F, U) : nullptr;
  Return Result;
  bool Locks = false;
  walkEvaluated(Body ? writtenBody(*Body) : nullptr, [&](const Stmt &S) {
    const auto *Called = dyn_cast<CallExpr>(&S);
    const FunctionDecl *Callee = Called ? Called->getDirectCallee() : nullptr;
    if (!Callee)
      return true;
    Locks |= saysLock(simpleName(*Callee)) && Callee->getReturnType()->isVoidType();
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Called);
    const bool IsOwn =
        Member && isa<CXXThisExpr>(Member->getImplicitObjectArgument()->IgnoreParenImpCasts());
    const Return Found =
        IsOwn && readableBody(*Callee, U) ? returnIn(*Callee, U, Depth + 1) : namedReturn(*Callee);
    if (!Result.Callee || (Found.Unlocks && !Result.Unlocks))
      Result = Found;
    return true;
  });
  return Locks ? Return() : Result;
}

class GuardFinder {
public:
  GuardFinder(const Expr &Awaited, Unit &U) : U(U) {
    const FunctionDecl *Maker = maker(Awaited);
    IsAcquired = Maker && saysAcquire(simpleName(*Maker));
  }

  std::optional<AwaitedGuard> find(QualType T, unsigned Depth = 0) {
    constexpr unsigned Deepest = 3;
    const CXXRecordDecl *C = T->isReferenceType() ? nullptr : T->getAsCXXRecordDecl();
    C = C ? C->getDefinition() : nullptr;
    if (!C || C->isLambda() || Depth > Deepest)
      return std::nullopt;
    for (const TypeEntry *Known : U.knowledge().of(*C)) {
      if (Known->Is == TypeRole::AsyncLock)
        return AwaitedGuard{kindByName(*C), C};
      if (Known->Is == TypeRole::Guard)
        return AwaitedGuard{AwaitedGuard::Lock, C};
    }
    if (isStandard(*C))
      return inHolder(T, *C, Depth);
    const CXXDestructorDecl *D = C->getDestructor();
    if (D && D->isUserProvided())
      return byDestructor(*C, *D);
    return inMember(*C, Depth);
  }

private:
  std::optional<AwaitedGuard> byDestructor(const CXXRecordDecl &C, const CXXDestructorDecl &D) {
    // Who can be copied shares what he has.
    if (isCopyable(C))
      return std::nullopt;
    const llvm::StringRef Name = simpleName(C);
    const bool NamesLock = saysLock(Name) || saysGuard(Name);
    if (readableBody(D, U)) {
      const Return Back = returnIn(D, U, 0);
      if (Back.Unlocks)
        return AwaitedGuard{AwaitedGuard::Lock, &C, Back.Callee};
      // A pointer that counts its references `release`s, too.
      if (Back.Callee && (NamesLock || saysPermit(Name) || IsAcquired))
        return AwaitedGuard{kindByName(C), &C, Back.Callee};
    }
    if (NamesLock || (saysPermit(Name) && IsAcquired))
      return AwaitedGuard{kindByName(C), &C};
    return std::nullopt;
  }

  /// `std::optional<guard>` of who tries, a tuple of who waited for several.
  std::optional<AwaitedGuard> inHolder(QualType T, const CXXRecordDecl &C, unsigned Depth) {
    llvm::SmallVector<QualType, 4> Parts = U.get<TaskTypes>().elementsOf(T);
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
        Spec && llvm::is_contained({"unique_ptr", "expected"}, simpleName(C)) &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      Parts.push_back(Spec->getTemplateArgs()[0].getAsType());
    for (QualType Part : Parts)
      if (std::optional<AwaitedGuard> Found = find(Part, Depth + 1))
        return Found;
    return std::nullopt;
  }

  /// A class around a guard, and there for it: what else it has needs no destructor.
  std::optional<AwaitedGuard> inMember(const CXXRecordDecl &C, unsigned Depth) {
    llvm::SmallVector<QualType, 4> Parts;
    for (const CXXBaseSpecifier &Base : C.bases())
      Parts.push_back(Base.getType());
    for (const FieldDecl *Field : C.fields())
      Parts.push_back(Field->getType());
    llvm::erase_if(Parts, [](QualType Part) {
      const CXXRecordDecl *Class = Part->getAsCXXRecordDecl();
      return !Class || !Class->hasDefinition() || Class->hasTrivialDestructor();
    });
    return Parts.size() == 1 ? find(Parts.front(), Depth + 1) : std::nullopt;
  }

  Unit &U;
  bool IsAcquired = false;
};

} // namespace

std::optional<AwaitedGuard> awaitedGuardIn(const CoawaitExpr &Await, Unit &U) {
  if (!Await.isPRValue())
    return std::nullopt;
  return GuardFinder(*bare(writtenOperand(&Await)), U).find(Await.getType());
}

} // namespace corolint::model
