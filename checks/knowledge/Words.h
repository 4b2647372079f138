//===- Words.h - What knowledge says, and in which words -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_KNOWLEDGE_WORDS_H
#define COROLINT_KNOWLEDGE_WORDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace clang {
class FunctionDecl;
} // namespace clang
namespace llvm {
class SMDiagnostic;
} // namespace llvm

namespace corolint::model {

/// Hears of each fault of a file, with its place.
using FaultReporter = llvm::function_ref<void(const llvm::SMDiagnostic &)>;

/// What a blocking call waits for. Each is a switch of coro-blocking-call.
enum class Family {
  Sleep,
  Thread,
  Process,
  Dns,
  ConsoleInput,
  Network,
  Database,
  Ipc,
  File,
  Lock,          ///< off by default: a low-contention lock is not a blocking call
  ConsoleOutput, ///< off by default
};

/// The family's name in YAML and in options: "sleep", "console-input", …
llvm::StringRef nameOf(Family F);
std::optional<Family> familyNamed(llvm::StringRef Name);
/// Likewise in the options of coro-blocking-call: "Sleep", "ConsoleInput", …
std::string optionNameOf(Family F);
llvm::ArrayRef<Family> allFamilies();
/// Of each of them nameOf().
llvm::ArrayRef<llvm::StringRef> familyNames();

/// Who said it. A smaller one wins.
enum class Origin { Annotation, User, Library, Shipped, Default };

struct Source {
  Origin From = Origin::Default;
  std::string File; ///< of the YAML, or of the annotated declaration
  unsigned Line = 0;

  /// For a message: "annotated at x.h:3", ".corolint.yaml:7",
  /// "acme.corolint.yaml:4 (of the library)", "posix.yaml:12 (shipped)".
  std::string str() const;
};

/// A question about one argument of a call, asked by an entry's `when` and `unless`.
struct Condition {
  enum Kind {
    Zero,      ///< a constant that is zero, or a duration of zero
    Null,      ///< a null pointer
    Stdin,     ///< standard input: `stdin`, `STDIN_FILENO`, `std::cin`
    Mentions,  ///< its text contains the identifier Text, such as MSG_DONTWAIT
    MadeBy,    ///< a variable that was initialised by a call of the function named Text
    MadeWith,  ///< … by a call one of whose arguments is of the class named Text
    GuardedBy, ///< `Text()` was called on the same object before, on every path to the call, or it
               ///< was awaited
    SettledBy, ///< it came out of another object, on which `Text()` was called before
    InMemory,  ///< a path below /proc or /sys, or what was opened with one
    IpAddress, ///< a constant text that is the address of a host, and no name
    Fresh,     ///< what a call has just given, by value
    Suspended, ///< the coroutine was suspended before (Arg is Result)
    Empty,     ///< a local that was made of nothing, and that nothing was put into
    Type,      ///< of the class named Text, references and cv removed
    Dropped,   ///< the call's result is not used (Arg is Result)
    Count,     ///< the call has exactly Number arguments written or defaulted (Arg is Result)
    Derives,   ///< of the class named Text, or of one that derives from it
  };
  static constexpr int Object = -1; ///< the object of a member call
  static constexpr int Result = -2; ///< the call itself

  Kind Is = Zero;
  int Arg = 0; ///< 0-based, or Object, or Result
  std::string Text;
  /// Of MadeBy: an argument of that call is this name. Of GuardedBy: the call had an argument that
  /// mentions this identifier. Such a call sets a mode, which a member of a class keeps: any method
  /// of the class may make it.
  std::string With;
  unsigned Number = 0;
};
/// As in YAML: "zero", "mentions", "made-by", …
llvm::StringRef nameOf(Condition::Kind K);

/// What a function means to us.
enum class Role {
  Blocks,          ///< may block its thread
  NonBlocking,     ///< does not, whatever its body looks like
  AllowInside,     ///< as NonBlocking, because somebody accepts it, with a reason
  RunsLoop,        ///< runs an event loop, or waits synchronously for a task
  LoopThread,      ///< runs on the loop though it is no coroutine
  Offloads,        ///< callables and tasks in Args run on a worker
  RunsElsewhere,   ///< callables and tasks in Args run on a thread that nobody knows
  CallsInPlace,    ///< callables in Args are called before it returns, on this thread
  CallsOnLoop,     ///< callables in Args are called later, on the thread of an event loop
  Wraps,           ///< returns a callable or a task that runs the ones in Args
  Stores,          ///< what is given in Args outlives the call
  ConsumesTask,    ///< takes over the duty to await what is given in Args
  Detaches,        ///< runs what is given in Args without anybody waiting: a named consent
  HopsToWorker,    ///< awaiting its result resumes on a worker
  HopsToLoop,      ///< awaiting its result resumes on the loop
  HopsToUnknown,   ///< awaiting its result resumes elsewhere: an argument decides where
  MayDiscard,      ///< its result may be dropped
  OpensDescriptor, ///< returns a blocking descriptor of the family Waits, `unless` …
  Unblocks,        ///< makes Descriptor one that does not wait
  Locks,           ///< locks the mutexes in Args; whoever else locks them waits
  TriesLock,       ///< … if they are free, and says so as true
  Unlocks,         ///< unlocks the mutexes in Args
  Pauses,          ///< awaiting its result waits for time, or lets others run; for nothing else
  Gathers,         ///< runs awaitables at the same time, and waits for all
  Replaces,        ///< is the awaitable form of the function Of, which blocks
  ThreadState,     ///< gives something that belongs to the calling thread
};
llvm::StringRef nameOf(Role R);

/// What a function does with a callable that it is given, besides running it.
enum class CallableIs {
  Kept,     ///< it lives as long as the task of its call
  Dropped,  ///< it is gone before that task is done
  Referred, ///< what is given back refers to it
};
llvm::StringRef nameOf(CallableIs C); ///< as in YAML
std::optional<CallableIs> callableNamed(llvm::StringRef Name);

/// One thing that is known about a function.
struct Entry {
  /// Qualified, without template arguments and inline namespaces; may end in '*', or begin with
  /// '*::' for a function of that name in any namespace or class.
  std::string Name;
  Role What = Role::Blocks;
  Family Waits = Family::Thread; ///< of Blocks
  std::string Why;               ///< completes "it …": "waits for the disk"
  std::string Instead;           ///< completes "instead, …"; may be empty
  std::string Header;            ///< that declares it, as written between <>; may be empty
  std::string Of;                ///< of Replaces: the name of that function
  std::vector<Condition> When;   ///< the entry speaks only if all hold
  std::vector<Condition> Unless; ///< … and none of these
  std::optional<int> Descriptor; ///< whether it blocks is a property of this descriptor argument
  /// Of Offloads … Detaches: positions, or Condition::Object; empty: every argument.
  std::vector<int> Args;
  CallableIs Callable = CallableIs::Kept; ///< of those
  Source From;
};

/// How to write the same thing as an awaitable of the library whose task the coroutine returns.
struct AsyncCounterpart {
  std::string Of;     ///< the blocking function
  std::string In;     ///< the class (template) that the coroutine returns
  std::string Write;  ///< the replacement; {0} {1} … are arguments, {object} the object, {args} all
  std::string Header; ///< that must be included; may be empty
  std::vector<std::string> MoreHeaders; ///< that must be included as well
  std::optional<unsigned> Parameters;   ///< only of the overload with so many
  std::vector<std::string> Without;     ///< not of overloads that take one of these classes
  Source From;
};

/// A function that says of itself that it is the awaitable form of one that blocks.
struct Replacement {
  const clang::FunctionDecl *By = nullptr; ///< of a template its pattern
  Source From;
};

/// What a type means to us, beyond what its definition shows.
enum class TypeRole {
  Lazy,
  Eager,
  Handle,
  Awaiter,
  Detached,
  Generator,
  NotATask,
  MayDiscard,
  Scope,
  JoinedScope,  ///< somebody has to wait for its work before it dies
  Cancels,      ///< ends its coroutine when it dies
  Cancellation, ///< thrown where a coroutine awaits that was asked to stop
  AsyncLock,
  Guard,
  Mutex,
  BlockContainer,
  BlocksContainer,
  TableContainer,
  NodeContainer,
  Pinned,
  NoSuspend,
  NoYield,      ///< must not live across a `co_yield`
  Context,      ///< what a coroutine that has one passes on: a stop token, a deadline
  NamedContext, ///< … where the parameters have one name: other objects of it are none
  HopsToWorker,
  HopsToLoop,
  HopsToUnknown,
};
llvm::StringRef nameOf(TypeRole R);

struct TypeEntry {
  std::string Name;
  TypeRole Is = TypeRole::Lazy;
  std::string Why;
  Source From;
};

/// Two names of one namespace, class or function. What is known of Of, and of what is in it, is
/// known under Name: an alias that no unit need show.
struct Alias {
  std::string Name;
  std::string Of;
  Source From;
};

} // namespace corolint::model

#endif // COROLINT_KNOWLEDGE_WORDS_H
