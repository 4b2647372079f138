//===- Hazard.cpp - What must not live across a suspension ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/Hazard.h"
#include "ast/Names.h"
#include "base/Compat.h"
#include "knowledge/Knowledge.h"
#include "knowledge/Words.h"
#include "model/Unit.h"
#include "model/code/Walk.h"
#include "model/tasks/Unjoined.h"
#include "model/types/TaskType.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace corolint::model {
namespace {

bool hasRole(const CXXRecordDecl &C, TypeRole R, Unit &U) {
  return llvm::any_of(U.knowledge().of(C), [R](const TypeEntry *E) { return E->Is == R; });
}

enum class MutexKind { None, Threads, Awaited };

/// A mutex that blocks is what std::lock_guard takes: `void lock()`. One that is awaited has no
/// such method, or a way to lock it that can be awaited.
MutexKind mutexKind(const CXXRecordDecl &C, Unit &U) {
  if (hasRole(C, TypeRole::AsyncLock, U))
    return MutexKind::Awaited;
  if (hasRole(C, TypeRole::Mutex, U))
    return MutexKind::Threads;
  bool Locks = false, Unlocks = false, Awaits = false;
  auto Look = [&](const CXXRecordDecl &Class) {
    for (const CXXMethodDecl *M : Class.methods()) {
      std::string Name = simpleName(*M).lower();
      Unlocks |= llvm::StringRef(Name).starts_with("unlock");
      if (!llvm::StringRef(Name).contains("lock"))
        continue;
      Awaits |= U.get<TaskTypes>().of(M->getReturnType()).Awaitable;
      Locks |= (Name == "lock" || Name == "lock_shared" || Name == "lockforread") &&
               M->getReturnType()->isVoidType();
    }
    return true;
  };
  if (!C.hasDefinition())
    return MutexKind::None;
  Look(C);
  C.forallBases([&](const CXXRecordDecl *Base) { return Look(*Base); });
  return Awaits || (Unlocks && !Locks) ? MutexKind::Awaited
         : Locks                       ? MutexKind::Threads
                                       : MutexKind::None;
}

/// The classes among a template's arguments, packs included.
void addClasses(llvm::ArrayRef<TemplateArgument> Args,
                llvm::SmallVectorImpl<const CXXRecordDecl *> &Into) {
  for (const TemplateArgument &Arg : Args)
    if (Arg.getKind() == TemplateArgument::Pack)
      addClasses(Arg.pack_elements(), Into);
    else if (Arg.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *C = Arg.getAsType()->getAsCXXRecordDecl())
        Into.push_back(C);
}

/// Does the guard \p C hold a lock of threads? Its mutex decides, where it names one.
bool locksThreads(const CXXRecordDecl &C, Unit &U) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (!Spec)
    return true;
  llvm::SmallVector<const CXXRecordDecl *, 2> Args;
  addClasses(Spec->getTemplateArgs().asArray(), Args);
  bool IsAwaited = false;
  for (const CXXRecordDecl *Mutex : Args) {
    MutexKind Kind = mutexKind(*Mutex, U);
    if (Kind == MutexKind::Threads)
      return true;
    IsAwaited |= Kind == MutexKind::Awaited;
  }
  // `std::scoped_lock<>` locks nothing.
  return !IsAwaited && Spec->getTemplateArgs().size() != 0 &&
         (Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Pack ||
          Spec->getTemplateArgs()[0].pack_size() != 0);
}

/// What of the C++ library holds one, or some.
std::optional<Hazard> hazardOfHolder(const CXXRecordDecl &C, Unit &U) {
  const llvm::StringRef Name = simpleName(C);
  enum {
    None,
    Optional,
    Container,
    Whole
  } Kind = StringSwitch<decltype(None)>(Name)
               .Cases({"optional", "unique_ptr", "shared_ptr", "variant"}, Optional)
               .Cases({"vector", "deque", "list", "map", "unordered_map", "stack", "queue", "set"},
                      Container)
               .Cases({"pair", "tuple", "array"}, Whole)
               .Default(None);
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C);
  if (Kind == None || !Spec)
    return std::nullopt;
  // Not deleters, allocators and orders.
  unsigned Count = Spec->getTemplateArgs().size();
  if (Name != "variant" && Kind != Whole)
    Count = std::min(Count, Name.ends_with("map") ? 2u : 1u);
  llvm::SmallVector<const CXXRecordDecl *, 2> Args;
  addClasses(Spec->getTemplateArgs().asArray().take_front(Count), Args);
  for (const CXXRecordDecl *Arg : Args)
    if (std::optional<Hazard> Inner = hazardOf(*Arg, U); Inner && !Inner->isScope()) {
      (Kind == Whole ? Inner->Holder : Inner->Optional) = true;
      Inner->Container |= Kind == Container;
      return Inner;
    }
  return std::nullopt;
}

bool asksForExceptions(const Stmt *Root) {
  bool Found = false;
  walkEvaluated(Root, [&](const Stmt &S) {
    const auto *E = dyn_cast<CallExpr>(&S);
    const FunctionDecl *Callee = E ? E->getDirectCallee() : nullptr;
    Found |= Callee && simpleName(*Callee) == "uncaught_exceptions";
    return !Found;
  });
  return Found;
}

/// A guard that counts the exceptions in flight when it is made, so as to know later whether there
/// are more: those of its thread, of which others throw theirs while the coroutine is suspended.
std::optional<Hazard> countsExceptions(const CXXRecordDecl &C) {
  static const TypeEntry Counts = [] {
    TypeEntry Entry;
    Entry.Is = TypeRole::NoSuspend;
    Entry.Why = "counts the exceptions of its thread, to compare them at its end";
    return Entry;
  }();
  SourceLocation At;
  for (const FieldDecl *Field : C.fields())
    if (Field->hasInClassInitializer() && Field->getInClassInitializer() &&
        asksForExceptions(Field->getInClassInitializer()))
      At = Field->getLocation();
  for (const CXXConstructorDecl *Each : C.ctors()) {
    const FunctionDecl *Body = nullptr;
    if (At.isValid() || Each->isCopyOrMoveConstructor() || !Each->hasBody(Body))
      continue;
    for (const CXXCtorInitializer *Init : cast<CXXConstructorDecl>(Body)->inits())
      if (asksForExceptions(Init->getInit()))
        At = Init->getSourceLocation();
    for (const ParmVarDecl *P : Each->parameters())
      if (P->hasDefaultArg() && !P->hasUninstantiatedDefaultArg() && !P->hasUnparsedDefaultArg() &&
          asksForExceptions(P->getDefaultArg()))
        At = P->getLocation();
    if (asksForExceptions(writtenBody(*Body)))
      At = Each->getLocation();
  }
  if (At.isInvalid())
    return std::nullopt;
  Hazard Result{Hazard::Hostile, &C, &Counts};
  Result.ReadAt = At;
  return Result;
}

} // namespace

namespace {
struct Hazards {
  using Result = std::optional<Hazard>;
  static constexpr bool AsksForItself = true;
  static Result make(const CXXRecordDecl &C, Unit &U);
};
} // namespace

const std::optional<Hazard> &hazardOf(const CXXRecordDecl &C, Unit &U) {
  return U.get<Hazards>(C);
}

bool Hazard::isScope() const {
  return Is == NoYield && (!Known || Known->Is == TypeRole::JoinedScope);
}

/// Of what is a hazard only to generators: what is one to every coroutine comes first.
static std::optional<Hazard> hazardAtYield(const CXXRecordDecl &C, Unit &U) {
  const TypeEntry *Joined = nullptr;
  for (const TypeEntry *Known : U.knowledge().of(C)) {
    if (Known->Is == TypeRole::NoYield)
      return Hazard{Hazard::NoYield, &C, Known};
    if (Known->Is == TypeRole::JoinedScope)
      Joined = Known;
  }
  return Joined || !whyToJoin(C, U).empty() ? std::optional(Hazard{Hazard::NoYield, &C, Joined})
                                            : std::nullopt;
}

std::optional<Hazard> Hazards::make(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *Known : U.knowledge().of(C)) {
    if (Known->Is == TypeRole::AsyncLock)
      return std::nullopt;
    if (Known->Is == TypeRole::NoSuspend)
      return Hazard{Hazard::Hostile, &C, Known};
    if (Known->Is == TypeRole::Guard)
      return locksThreads(C, U) ? std::optional(Hazard{Hazard::Lock, &C, Known}) : std::nullopt;
  }
  if (C.hasAttr<ScopedLockableAttr>() && locksThreads(C, U))
    return Hazard{Hazard::Lock, &C, nullptr};
  if (C.isInStdNamespace())
    return hazardOfHolder(C, U);
  std::optional<Hazard> AtYield = hazardAtYield(C, U);
  // Somebody's own class that is built around a guard.
  if (!C.hasDefinition() || C.isUnion() || C.isDependentContext() || U.isSystem(C.getLocation()))
    return AtYield;
  if (std::optional<Hazard> Counts = countsExceptions(C))
    return Counts;
  if (unlocksAtItsEnd(C, U) && locksWhenMade(C, U)) {
    Hazard Own{Hazard::Lock, &C, nullptr};
    Own.Own = true;
    return Own;
  }
  for (const FieldDecl *Field : C.fields())
    if (std::optional<Hazard> Inner = hazardOf(Field->getType(), U)) {
      Inner->Member = Field;
      Inner->Own = false;
      if (Inner->Is != Hazard::NoYield)
        return Inner;
      if (!AtYield)
        AtYield = Inner;
    }
  for (const CXXBaseSpecifier &Base : C.bases())
    if (const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl())
      if (std::optional<Hazard> Inner = hazardOf(*Class, U)) {
        Inner->Base = true;
        Inner->Own = false;
        if (Inner->Is != Hazard::NoYield)
          return Inner;
        if (!AtYield)
          AtYield = Inner;
      }
  return AtYield;
}

bool isMutexOfThreads(const CXXRecordDecl &C, Unit &U) {
  return mutexKind(C, U) == MutexKind::Threads;
}

std::optional<Hazard> hazardOf(QualType T, Unit &U) {
  if (T.isNull() || T->isReferenceType())
    return std::nullopt;
  const CXXRecordDecl *C = T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  std::optional<Hazard> Result = C ? hazardOf(*C, U) : std::nullopt;
  if (Result && T->isArrayType())
    Result->Holder = true;
  return Result;
}

} // namespace corolint::model
