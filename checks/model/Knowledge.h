//===- Knowledge.h - What is known about names ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One question, three sources: annotations in the code (corolint/annotations.h and Clang's own
// attributes), the user's YAML, the shipped YAML. The first that speaks wins, and every answer
// keeps its source, so that a finding can show why it was made.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_KNOWLEDGE_H
#define COROLINT_MODEL_KNOWLEDGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class CXXRecordDecl;
class Decl;
class FunctionDecl;
class NamedDecl;
class NamespaceDecl;
} // namespace clang
namespace llvm {
class MemoryBufferRef;
class SMDiagnostic;
} // namespace llvm

namespace corolint::model {

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
  ThreadState,     ///< gives something that belongs to the calling thread
};
llvm::StringRef nameOf(Role R);

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
  std::vector<Condition> When;   ///< the entry speaks only if all hold
  std::vector<Condition> Unless; ///< … and none of these
  std::optional<int> Descriptor; ///< whether it blocks is a property of this descriptor argument
  /// Of Offloads … Detaches: positions, or Condition::Object; empty: every argument.
  std::vector<int> Args;
  Source From;
};

/// How to write the same thing as an awaitable of the library whose task the coroutine returns.
struct Twin {
  std::string Of;     ///< the blocking function
  std::string In;     ///< the class (template) that the coroutine returns
  std::string Write;  ///< the replacement; {0} {1} … are arguments, {object} the object, {args} all
  std::string Header; ///< that must be included; may be empty
  std::vector<std::string> MoreHeaders; ///< that must be included as well
  std::optional<unsigned> Parameters;   ///< only of the overload with so many
  std::vector<std::string> Without;     ///< not of overloads that take one of these classes
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
  Cancels, ///< ends its coroutine when it dies
  AsyncLock,
  Guard,
  Mutex,
  BlockContainer,
  BlocksContainer,
  TableContainer,
  NodeContainer,
  Pinned,
  NoSuspend,
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

/// Qualified name without template arguments, inline and anonymous namespaces:
/// "std::basic_ifstream::open", "asio::ip::basic_resolver::resolve", "std::jthread::~jthread".
std::string plainName(const clang::NamedDecl &D);

/// The last part of the name; empty of an operator, a constructor, and what has none.
llvm::StringRef simpleName(const clang::NamedDecl &D);

/// The outermost namespace with a name that \p D stands in, or null.
const clang::NamespaceDecl *outermostNamespace(const clang::Decl &D);

/// Of the C++ library, also what it has in namespaces of its own: `std::chrono`, `std::ranges`.
bool isStandard(const clang::Decl &D);

class Knowledge {
public:
  using Reporter = llvm::function_ref<void(const llvm::SMDiagnostic &)>;

  Knowledge();
  ~Knowledge();
  Knowledge(Knowledge &&);
  Knowledge &operator=(Knowledge &&);

  /// What is embedded in this binary.
  static Knowledge shipped();

  /// Adds one YAML file's content. A malformed file adds nothing: false is returned after each
  /// fault was reported with file, line and caret. Entries that are added later win over those of
  /// the same origin that were added before (a directory's file over the project's).
  bool add(llvm::MemoryBufferRef Yaml, Origin From, Reporter Report);

  /// Adds every `.corolint.yaml` from the root of the file system down to the folder of \p File.
  /// False when one of them is malformed or unreadable (reported).
  bool addUserFiles(llvm::StringRef File, Reporter Report);

  /// Adds one of libraryFiles(). False when it is malformed or unreadable (reported).
  bool addLibraryFile(llvm::StringRef Path, Reporter Report);

  /// Everything that is known about a function, the strongest first: its annotations, then user,
  /// then shipped entries; within one file in the order written. An override answers for what it
  /// overrides where it has nothing of its own. \p Object is the static class of the object
  /// of a member call: a member that it inherits is also looked up under the names of the classes
  /// on the way down (`std::future::wait` is declared in a base of std::future).
  llvm::ArrayRef<const Entry *> of(const clang::FunctionDecl &F,
                                   const clang::CXXRecordDecl *Object = nullptr);

  /// Everything that is known about a class: its annotations, then user, then shipped entries.
  /// A specialisation answers for its template; bases do not count.
  llvm::ArrayRef<const TypeEntry *> of(const clang::CXXRecordDecl &C);

  /// The awaitable twin of \p F in coroutines that return \p Task, or null.
  const Twin *twin(const clang::FunctionDecl &F, const clang::CXXRecordDecl *Object,
                   const clang::CXXRecordDecl &Task);

  /// The outermost namespace that \p D stands in, if a library that is described has its names
  /// there; else nothing. What its functions do is what is described, wherever its headers are.
  llvm::StringRef libraryOf(const clang::Decl &D) const;

  /// Whether users reach the function, or the class, by this name: it is its own, or leads to it by
  /// an alias, a using-declaration, or as an object that is called.
  bool isNamed(const clang::FunctionDecl &F, llvm::StringRef Name);
  bool isNamed(const clang::CXXRecordDecl &C, llvm::StringRef Name);

  /// Answers are kept per declaration. When another unit's AST comes they are forgotten, which is
  /// noticed by its ASTContext; call this where the address of a dead one could have been reused.
  void forgetUnit();

  /// By name alone, for `corolint why NAME` and the tests. Annotations are not asked.
  std::vector<const Entry *> functionsNamed(llvm::StringRef Name) const;
  std::vector<const TypeEntry *> typesNamed(llvm::StringRef Name) const;
  /// What is known of the members of a class of that name, each name with what it does. Of a
  /// namespace likewise.
  std::vector<const Entry *> membersOf(llvm::StringRef Name) const;
  /// The name that entries use for this one, if that is another.
  std::string aliasedName(llvm::StringRef Name) const;
  /// Names that resemble this one, for "did you mean".
  std::vector<std::string> namesLike(llvm::StringRef Name) const;

  /// All entries, in file order: for the tests that prove names.
  std::vector<const Entry *> allFunctions() const;
  std::vector<const TypeEntry *> allTypes() const;
  std::vector<const Twin *> allTwins() const;
  std::vector<const Alias *> allAliases() const;

  /// Set by a user's file: `profile: strict`.
  std::optional<std::string> Profile;
  Source ProfileFrom;
  /// Set by a user's file: `families: {file: off}`.
  llvm::StringMap<bool> Families;
  llvm::StringMap<Source> FamiliesFrom;

private:
  struct Impl;
  std::unique_ptr<Impl> Self;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_KNOWLEDGE_H
