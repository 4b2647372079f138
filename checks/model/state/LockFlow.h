//===- LockFlow.h - The states of locks over a control flow graph -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The engine of heldAcross, lockEffectsOf and AwaitedLocks. A state has an entry only for what is
// not as it was when the function began, so that the objects of one scope cost nothing in another.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_STATE_LOCKFLOW_H
#define COROLINT_MODEL_STATE_LOCKFLOW_H

#include "model/code/Call.h"
#include "model/code/Dataflow.h"
#include "model/code/Place.h"
#include "model/state/Hazard.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <functional>
#include <map>
#include <optional>

namespace corolint::model {

class Unit;

/// What is spent on one function: states of objects that are led from block to block.
inline constexpr size_t FlowBudget = size_t(1) << 22;

class LockFlow {
public:
  struct Slot {
    LockBits Now = Lock::Same;
    LockBits Moved = 0;          ///< what it was before it was moved from
    clang::SourceLocation Since; ///< where it became held
  };

  class State {
  public:
    Slot get(unsigned Id) const;
    Slot &operator[](unsigned Id);
    void end(unsigned Id);
    /// Forgets what is as it was.
    void tidy();
    bool join(const State &From);
    size_t size() const { return Slots.size(); }
    auto begin() const { return Slots.begin(); }
    auto end() const { return Slots.end(); }

  private:
    llvm::SmallVector<std::pair<unsigned, Slot>, 4> Slots; ///< by number
  };

  struct Object {
    HeldAcross Public;
    Place At; ///< none of a temporary
    const clang::VarDecl *Variable = nullptr;
    const clang::Stmt *Within = nullptr; ///< of a temporary: its full-expression
  };

  /// What is followed.
  enum Follows {
    Hazards,   ///< what must not live across a suspension
    ForCaller, ///< what the function does to the locks of whoever calls it
    Awaited,   ///< locks that suspend the coroutine which waits for them
  };
  /// Says which locals are guards of awaited locks; an awaited mutex that is locked by hand is
  /// followed if the function unlocks it.
  using IsAwaitedGuard = std::function<bool(const clang::VarDecl &)>;

  LockFlow(const clang::FunctionDecl &F, Unit &U, Follows What, IsAwaitedGuard IsGuard = {})
      : F(F), U(U), What(What), IsGuard(std::move(IsGuard)) {}

  /// False where there is nothing to follow, or no graph.
  bool collect();
  /// False if it costs too much.
  bool solve();
  const std::vector<Object> &objects() const { return Objects; }
  /// Calls \p Visit with the state after each statement that is reached.
  void forEachStatement(llvm::function_ref<void(const clang::Stmt &, const State &)> Visit);
  /// Does its scope go on at the statement? The graph may not know: it does not end what a
  /// range-based `for` declares first, and joins the paths on which a temporary was made or not.
  bool isAlive(unsigned Id, const clang::Stmt &At) const;
  /// The state at the end of the function, if that is reached.
  const State *atExit() const;
  // For the solver.
  static constexpr Direction Runs = Direction::Forward;
  State initial() const;
  void step(const clang::CFGBlock &B, unsigned Index, const clang::CFGElement &E, State &S);
  void refine(const clang::CFGBlock &B, unsigned Successor, State &S) const;
  State caught(unsigned Try, const State &S) const;

private:
  void findTries();

  bool isForCaller() const { return What == ForCaller; }
  std::optional<Hazard> hazardIn(const clang::VarDecl &V) const;
  void collectAwaited();
  void collectOfThreads();
  unsigned add(Object O);
  void addVariable(const clang::VarDecl &V);
  void addLocal(const clang::VarDecl &V);
  void addNamed(const clang::Expr &E);
  void addCall(const Call &Site);
  void addLocked(const Place &P, const clang::ValueDecl *Named);
  std::optional<unsigned> idOf(const clang::Expr *E) const;
  std::optional<unsigned> idAt(const Place &P) const;

  void declare(const clang::VarDecl &V, State &S);
  void call(const Call &Site, State &S);
  bool applyEffects(const Call &Site, State &S);
  void apply(unsigned Id, LockBits Effect, clang::SourceLocation At, State &S) const;
  void callMethod(unsigned Id, const Call &Site, State &S);
  void callAtYield(unsigned Id, const Call &Site, State &S);
  using SpokenArgs = llvm::SmallDenseSet<int, 4>;
  SpokenArgs callKnown(const Call &Site, State &S);
  void giveArguments(const Call &Site, const SpokenArgs &Spoken, State &S);
  bool callAwaited(const Call &Site, State &S);
  void endOf(const clang::VarDecl &V, State &S);
  void swapWith(const Call &Site, State &S);
  void giveAway(const clang::Expr *Arg, State &S);
  LockBits initial(const clang::Expr *Init, const Hazard &What, const State &S) const;
  LockBits madeBy(const clang::CXXConstructExpr &Made, const Hazard &What, const State &S) const;
  LockBits ofParts(llvm::ArrayRef<const clang::Expr *> Inits, const clang::CXXRecordDecl &C,
                   const State &S) const;
  /// Of one that somebody else made.
  static LockBits given(const Hazard &What) {
    return What.Container || What.isScope() ? Lock::Unknown : Lock::Held;
  }
  LockBits takenFrom(unsigned Id, const State &S) const;
  void set(Slot &Of, LockBits Now, clang::SourceLocation At) const {
    Of.Now = Now;
    Of.Since = At;
  }
  void refineBranch(const clang::CFGBlock &B, unsigned Successor, State &S) const;
  void refineTemporaries(const clang::CFGBlock &B, unsigned Successor, State &S) const;

  const clang::FunctionDecl &F;
  Unit &U;
  const Follows What;
  IsAwaitedGuard IsGuard;
  bool Yields = false; ///< else what is a hazard only at a `co_yield` is not followed
  const Cfg *Built = nullptr;
  std::vector<Object> Objects;
  std::map<Place, unsigned> Ids;
  mutable llvm::DenseMap<const clang::Expr *, std::optional<unsigned>> Named; ///< see idOf
  /// A temporary that may be an object of its own.
  struct Prvalue {
    const clang::CXXBindTemporaryExpr *At;
    Hazard What;
    const clang::Stmt *In; ///< its full-expression
  };
  llvm::SmallVector<Prvalue, 4> Made;
  llvm::DenseMap<const clang::CXXBindTemporaryExpr *, unsigned> Temporaries;
  llvm::DenseMap<const clang::VarDecl *, unsigned> Answers; ///< `bool locked = m.try_lock();`
  /// Local closures, which do what they do when they are called.
  llvm::DenseMap<const clang::VarDecl *, const clang::FunctionDecl *> Closures;
  llvm::DenseSet<const clang::Stmt *> Kept; ///< lambdas that initialise a variable
  /// The callables in the initialiser of a variable that is no closure.
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<const clang::FunctionDecl *, 1>> KeptIn;
  llvm::DenseMap<const clang::VarDecl *, const clang::CXXForRangeStmt *> Within;
  std::vector<llvm::DenseSet<unsigned>> EndsWith; ///< what dies on the way to a handler, by `try`
  std::optional<Dataflow<LockFlow>> Flow;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_STATE_LOCKFLOW_H
