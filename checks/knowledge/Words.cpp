//===- Words.cpp - The words of the format --------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/Words.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace corolint::model {

StringRef nameOf(Family F) {
  switch (F) {
  case Family::Sleep:
    return "sleep";
  case Family::Thread:
    return "thread";
  case Family::Process:
    return "process";
  case Family::Dns:
    return "dns";
  case Family::ConsoleInput:
    return "console-input";
  case Family::Network:
    return "network";
  case Family::Database:
    return "database";
  case Family::Ipc:
    return "ipc";
  case Family::File:
    return "file";
  case Family::Lock:
    return "lock";
  case Family::ConsoleOutput:
    return "console-output";
  }
  llvm_unreachable("a family without a name");
}

ArrayRef<Family> allFamilies() {
  static const Family All[] = {Family::Sleep,    Family::Thread,       Family::Process,
                               Family::Dns,      Family::ConsoleInput, Family::Network,
                               Family::Database, Family::Ipc,          Family::File,
                               Family::Lock,     Family::ConsoleOutput};
  return All;
}

ArrayRef<StringRef> familyNames() {
  static const std::vector<StringRef> Names = [] {
    std::vector<StringRef> Made;
    for (Family F : allFamilies())
      Made.push_back(nameOf(F));
    return Made;
  }();
  return Names;
}

std::optional<Family> familyNamed(StringRef Name) {
  for (Family F : allFamilies())
    if (nameOf(F) == Name)
      return F;
  return std::nullopt;
}

std::string optionNameOf(Family F) {
  std::string Name;
  bool Upper = true;
  for (char C : nameOf(F)) {
    if (C != '-')
      Name += Upper ? toUpper(C) : C;
    Upper = C == '-';
  }
  return Name;
}

StringRef nameOf(Condition::Kind K) {
  switch (K) {
  case Condition::Zero:
    return "zero";
  case Condition::Null:
    return "null";
  case Condition::Stdin:
    return "stdin";
  case Condition::Mentions:
    return "mentions";
  case Condition::MadeBy:
    return "made-by";
  case Condition::MadeWith:
    return "made-with";
  case Condition::GuardedBy:
    return "guarded-by";
  case Condition::SettledBy:
    return "settled-by";
  case Condition::InMemory:
    return "in-memory";
  case Condition::IpAddress:
    return "ip-address";
  case Condition::Fresh:
    return "fresh";
  case Condition::Suspended:
    return "suspended";
  case Condition::Empty:
    return "empty";
  case Condition::Type:
    return "type";
  case Condition::Dropped:
    return "dropped";
  case Condition::Count:
    return "count";
  case Condition::Derives:
    return "derives";
  }
  llvm_unreachable("a condition without a name");
}

StringRef nameOf(CallableIs C) {
  switch (C) {
  case CallableIs::Kept:
    return "kept";
  case CallableIs::Dropped:
    return "dropped";
  case CallableIs::Referred:
    return "referred";
  }
  llvm_unreachable("all are named");
}

std::optional<CallableIs> callableNamed(StringRef Name) {
  for (CallableIs C : {CallableIs::Kept, CallableIs::Dropped, CallableIs::Referred})
    if (nameOf(C) == Name)
      return C;
  return std::nullopt;
}

StringRef nameOf(Role R) {
  switch (R) {
  case Role::Blocks:
    return "blocks";
  case Role::NonBlocking:
    return "nonblocking";
  case Role::AllowInside:
    return "allow-inside";
  case Role::RunsLoop:
    return "runs-loop";
  case Role::LoopThread:
    return "loop-thread";
  case Role::Offloads:
    return "offloads";
  case Role::RunsElsewhere:
    return "offloads-to-unknown";
  case Role::CallsInPlace:
    return "calls";
  case Role::CallsOnLoop:
    return "callbacks";
  case Role::Wraps:
    return "wraps";
  case Role::Stores:
    return "stores";
  case Role::ConsumesTask:
    return "consumes";
  case Role::Detaches:
    return "detaches";
  case Role::HopsToWorker:
    return "hops-to-worker";
  case Role::HopsToLoop:
    return "hops-to-loop";
  case Role::HopsToUnknown:
    return "hops-to-unknown";
  case Role::MayDiscard:
    return "discardable";
  case Role::OpensDescriptor:
    return "opens";
  case Role::Unblocks:
    return "unblocks";
  case Role::Locks:
    return "locks";
  case Role::TriesLock:
    return "tries-lock";
  case Role::Unlocks:
    return "unlocks";
  case Role::Pauses:
    return "pauses";
  case Role::Gathers:
    return "gathers";
  case Role::Replaces:
    return "replaces";
  case Role::ThreadState:
    return "thread-state";
  }
  llvm_unreachable("a role without a name");
}

StringRef nameOf(TypeRole R) {
  switch (R) {
  case TypeRole::Lazy:
    return "lazy";
  case TypeRole::Eager:
    return "eager";
  case TypeRole::Handle:
    return "handle";
  case TypeRole::Awaiter:
    return "awaiter";
  case TypeRole::Detached:
    return "detached";
  case TypeRole::Generator:
    return "generator";
  case TypeRole::NotATask:
    return "not-a-task";
  case TypeRole::MayDiscard:
    return "may-discard";
  case TypeRole::Scope:
    return "scope";
  case TypeRole::JoinedScope:
    return "joined-scope";
  case TypeRole::Cancels:
    return "cancels";
  case TypeRole::Cancellation:
    return "cancellation";
  case TypeRole::AsyncLock:
    return "async-lock";
  case TypeRole::Guard:
    return "guard";
  case TypeRole::Mutex:
    return "mutex";
  case TypeRole::BlockContainer:
    return "block-container";
  case TypeRole::BlocksContainer:
    return "blocks-container";
  case TypeRole::TableContainer:
    return "table-container";
  case TypeRole::NodeContainer:
    return "node-container";
  case TypeRole::Pinned:
    return "pinned";
  case TypeRole::NoSuspend:
    return "no-suspend";
  case TypeRole::NoYield:
    return "no-yield";
  case TypeRole::Context:
    return "context";
  case TypeRole::NamedContext:
    return "named-context";
  case TypeRole::HopsToWorker:
    return "hops-to-worker";
  case TypeRole::HopsToLoop:
    return "hops-to-loop";
  case TypeRole::HopsToUnknown:
    return "hops-to-unknown";
  }
  llvm_unreachable("a type's role without a name");
}

std::string Source::str() const {
  std::string Result;
  raw_string_ostream OS(Result);
  StringRef Shown = File;
  if (From == Origin::User) {
    // The same file name appears in several folders, so it is told from where the user stands.
    SmallString<128> Here;
    if (!sys::fs::current_path(Here) && Shown.size() > Here.size() && Shown.starts_with(Here) &&
        sys::path::is_separator(Shown[Here.size()]))
      Shown = Shown.drop_front(Here.size() + 1);
  }
  switch (From) {
  case Origin::Annotation:
    // The note stands at the call; where the declaration is, its file's name tells well enough.
    OS << "annotated at " << sys::path::filename(Shown) << ':' << Line;
    break;
  case Origin::User:
    OS << Shown << ':' << Line;
    break;
  case Origin::Shipped:
    OS << Shown << ':' << Line << " (shipped)";
    break;
  case Origin::Library:
    OS << sys::path::filename(Shown) << ':' << Line << " (of the library)";
    break;
  case Origin::Default:
    OS << "by default";
    break;
  }
  return Result;
}

} // namespace corolint::model
