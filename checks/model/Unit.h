//===- Unit.h - The model of one translation unit ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_UNIT_H
#define COROLINT_MODEL_UNIT_H

#include "Burden.h"
#include "Decisions.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace corolint::model {

class Blocking;
struct Call;
class Cfg;
class Beside;
class Changes;
class Hops;
struct HeldAcross;
class Knowledge;
class Objects;
class Starts;
struct SuspensionPoint;
class TaskTypes;
class Uses;
class AwaitPlaces;
struct LockEffect;
struct LoopCallback;
enum class Where : int;

/// Everything that the rules ask about one translation unit. Made once, shared by all rules; each
/// part is computed when it is first asked for. It never looks into the body of a function in
/// a system header: what those do is knowledge.
class Unit {
public:
  /// The model of this unit: the same object for every rule that runs on it.
  static std::shared_ptr<Unit> of(clang::ASTContext &Context);
  explicit Unit(clang::ASTContext &Context);
  ~Unit();

  clang::ASTContext &context() const { return Context; }
  Knowledge &knowledge() { return *Known; }
  TaskTypes &types();
  Blocking &blocking();

  /// The profile that the user's `.corolint.yaml` names, else "default".
  llvm::StringRef profile() const;

  /// Function definitions outside system headers, lambdas included, in the order of the source; of
  /// a template the instantiations that have a body, and the pattern only where there is none.
  llvm::ArrayRef<const clang::FunctionDecl *> functions() const { return Functions; }

  /// The methods, in classes of this unit, that override \p M directly or indirectly.
  llvm::ArrayRef<const clang::CXXMethodDecl *> overridersOf(const clang::CXXMethodDecl &M) const;

  /// A function that could not be understood, for an error in it, names this one: who calls it is
  /// not known.
  bool isNamedInBroken(const clang::FunctionDecl &F) const;

  /// The control flow of a definition, or null where Clang cannot build it (dependent code).
  const Cfg *cfg(const clang::FunctionDecl &F);

  /// The calls of a function, see callsIn.
  const std::vector<Call> &calls(const clang::FunctionDecl &F);

  /// What a function does with its objects, see Objects.h.
  const Objects &objects(const clang::FunctionDecl &F);

  /// The methods of a class that have a body in this unit.
  llvm::ArrayRef<const clang::FunctionDecl *> methodsOf(const clang::CXXRecordDecl &C);

  /// The hops of a coroutine; null while they are being found, so of one that awaits itself.
  const Hops *hops(const clang::FunctionDecl &F);

  /// The suspension points that are written in a function, in the order of the source.
  llvm::ArrayRef<SuspensionPoint> suspensions(const clang::FunctionDecl &F);

  /// Where a function names its locals, see Uses.h.
  const Uses &uses(const clang::FunctionDecl &F);

  /// Where a `co_await` may be written in a coroutine, see Edits.h.
  const AwaitPlaces &awaitPlaces(const clang::FunctionDecl &F);

  /// What objects of a class bring across a suspension, see Burden.h.
  std::optional<Burden> burden(const clang::CXXRecordDecl &C);

  /// What must not be held where a coroutine suspends, see Flow.h; of any other function, nothing.
  llvm::ArrayRef<HeldAcross> heldAcross(const clang::FunctionDecl &F);

  /// What a call of a function does to the locks of its caller, see LockEffects.h.
  llvm::ArrayRef<LockEffect> lockEffects(const clang::FunctionDecl &F);

  /// Who changes which container.
  Changes &changes();

  /// Who calls and starts whom.
  Beside &beside();

  /// Where a coroutine begins to run, see Starts; any other function, on the loop.
  Where startOf(const clang::FunctionDecl &F);

  /// What is given, in this unit, to a function that calls it on the loop's thread.
  const llvm::DenseMap<const clang::FunctionDecl *, LoopCallback> &loopCallbacks();

  /// True for code that the user did not write: system headers and the compiler's own.
  bool isSystem(clang::SourceLocation Loc) const;

  /// Where what was considered is kept; null unless somebody asks.
  Decisions *decisions() const { return Asked.get(); }
  /// Somebody asks about a file: says why what is at \p At is left alone. \p Why is called only
  /// then.
  void leave(clang::SourceRange At, llvm::function_ref<std::string()> Why) const {
    if (Asked && Asked->covers(At.getBegin()))
      if (std::string Text = Why(); !Text.empty())
        Asked->leave(At, std::move(Text));
  }

  /// What was wrong in the user's knowledge files, once: the first caller reports it.
  std::vector<std::string> takeFaults();

private:
  void index();
  void noteBroken(const clang::FunctionDecl &F);

  clang::ASTContext &Context;
  std::unique_ptr<Knowledge> Known;
  std::unique_ptr<TaskTypes> Types;
  std::unique_ptr<Blocking> Blocks;
  std::vector<const clang::FunctionDecl *> Functions;
  llvm::DenseSet<const clang::FunctionDecl *> NamedInBroken;
  llvm::DenseSet<clang::DeclarationName> NamesInBroken; ///< that lead to nothing there
  llvm::DenseMap<const clang::CXXMethodDecl *, std::vector<const clang::CXXMethodDecl *>>
      Overriders;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Cfg>> Cfgs;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<std::vector<Call>>> Calls;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Objects>> ObjectsOf;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<const clang::FunctionDecl *>> Methods;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Hops>> Threads;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<SuspensionPoint>> Suspensions;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Uses>> Used;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<AwaitPlaces>> Places;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::optional<Burden>> Burdens;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<HeldAcross>> Held;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<std::vector<LockEffect>>> LockEffects;
  unsigned LockDepth = 0;
  std::unique_ptr<Changes> Changed;
  std::unique_ptr<Beside> Runs;
  std::unique_ptr<Starts> Started;
  std::unique_ptr<llvm::DenseMap<const clang::FunctionDecl *, LoopCallback>> Callbacks;
  std::vector<std::string> Faults;
  std::unique_ptr<Decisions> Asked;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_UNIT_H
