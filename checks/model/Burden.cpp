//===- Burden.cpp - What must not live across a suspension ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Burden.h"
#include "Call.h"
#include "Knowledge.h"
#include "TaskType.h"
#include "Unit.h"
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
      Awaits |= U.types().of(M->getReturnType()).Awaitable;
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

} // namespace

std::optional<Burden> findBurden(const CXXRecordDecl &C, Unit &U) {
  for (const TypeEntry *Known : U.knowledge().of(C)) {
    if (Known->Is == TypeRole::AsyncLock)
      return std::nullopt;
    if (Known->Is == TypeRole::NoSuspend)
      return Burden{Burden::Hostile, &C, Known};
    if (Known->Is == TypeRole::Guard)
      return locksThreads(C, U) ? std::optional(Burden{Burden::Lock, &C, Known}) : std::nullopt;
  }
  if (C.hasAttr<ScopedLockableAttr>() && locksThreads(C, U))
    return Burden{Burden::Lock, &C, nullptr};
  const llvm::StringRef Name = C.isInStdNamespace() ? simpleName(C) : "";
  if (Name == "optional" || Name == "unique_ptr") {
    llvm::SmallVector<const CXXRecordDecl *, 2> Args;
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&C))
      addClasses(Spec->getTemplateArgs().asArray().take_front(1), Args);
    if (Args.empty())
      return std::nullopt;
    std::optional<Burden> Inner = U.burden(*Args.front());
    if (Inner)
      Inner->Optional = true;
    return Inner;
  }
  // Somebody's own class that is built around a guard.
  if (!C.hasDefinition() || C.isUnion() || U.isSystem(C.getLocation()))
    return std::nullopt;
  for (const FieldDecl *Field : C.fields())
    if (const CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl())
      if (std::optional<Burden> Inner = U.burden(*Class)) {
        Inner->Member = Field;
        return Inner;
      }
  for (const CXXBaseSpecifier &Base : C.bases())
    if (const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl())
      if (std::optional<Burden> Inner = U.burden(*Class))
        return Inner;
  return std::nullopt;
}

std::optional<Burden> burdenOf(QualType T, Unit &U) {
  const CXXRecordDecl *C = T->isReferenceType() ? nullptr : T->getAsCXXRecordDecl();
  return C ? U.burden(*C) : std::nullopt;
}

} // namespace corolint::model
