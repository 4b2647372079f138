//===- Objects.h - What a function does with its objects --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CALLS_OBJECTS_H
#define COROLINT_MODEL_CALLS_OBJECTS_H

#include "model/code/Call.h"
#include "model/code/Cfg.h"
#include "model/code/OnEveryPath.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace corolint::model {

class Unit;

/// How an object is reached: a variable, a member of `*this`, `a.b`, `p->b`, `v[i]`, `s.value()`.
/// What a pointer leads to is taken for the pointer, a reference that is bound to one for that one.
/// Empty of everything else.
using ObjectName = std::string;
ObjectName objectNameOf(const clang::Expr *E);
ObjectName objectNameOf(const clang::ValueDecl &D);
/// Of an argument of a call or its object (Condition::Object), which may be what it destroys.
ObjectName objectNameOf(const Call &Site, int Arg);

/// The name of an assertion: what is asked in one is asked for the test's sake.
bool isAssertionName(llvm::StringRef Name);

/// An index of one function: what is called on its objects, with what they are given to, where they
/// are assigned and awaited, and which branch is only taken if a member of them has answered yes.
/// It is made in one walk, so that no question costs another.
class Objects {
public:
  Objects(const clang::FunctionDecl &F, Unit &U);

  /// The result is known to be there at \p At: Query() was asked on every path (by itself, in a
  /// condition, by a helper whose body is seen), and not answered no.
  bool isAnswered(const ObjectName &P, llvm::StringRef Query, Cfg::Point At) const;
  /// It was awaited on every path, by itself or together with others.
  bool isAwaited(const ObjectName &P, Cfg::Point At) const;
  /// Member() was called on every path; with an argument that mentions With, if that is not empty.
  bool isCalled(const ObjectName &P, llvm::StringRef Member, llvm::StringRef With,
                Cfg::Point At) const;
  /// Likewise, somewhere.
  bool isCalled(const ObjectName &P, llvm::StringRef Member, llvm::StringRef With) const;

  /// It is assigned, or swapped, somewhere.
  bool isAssigned(const ObjectName &P) const { return Assigned.contains(P); }
  /// What it is assigned.
  llvm::ArrayRef<const clang::Expr *> valuesOf(const ObjectName &P) const;

  /// What its elements and parts are assigned, or what a call of it puts into it: `v[0] = x`,
  /// `v.push_back(x)`, `s.part = x`.
  llvm::ArrayRef<const clang::Expr *> partsOf(const ObjectName &P) const;
  /// Its elements and parts, as they are named in calls of their members and in loops over it.
  std::vector<ObjectName> partPaths(const ObjectName &P) const;
  /// The calls of this member on it.
  llvm::SmallVector<const clang::CallExpr *, 2> callsOf(const ObjectName &P,
                                                        llvm::StringRef Name) const;

  /// The calls that take it, or its address, as an argument.
  struct Use {
    const clang::CallExpr *By;
    unsigned Arg;
  };
  llvm::ArrayRef<Use> usesOf(const ObjectName &P) const;

  /// The `co_await`s that wait for it, by itself or as an argument; not those that run work on it.
  llvm::ArrayRef<const clang::Expr *> awaitsOf(const ObjectName &P) const;

  Cfg::Point pointOf(const clang::Stmt &S) const {
    return Graph ? Graph->pointOf(S) : Cfg::Point();
  }
  const Cfg *graph() const { return Graph; }

private:
  struct Query {
    std::string Name;
    const clang::CallExpr *By;
  };
  /// What an expression says of an object if it is true, or if it is false.
  struct Says {
    ObjectName Of;
    std::string Name;
    const clang::Stmt *By;
    bool Yes;
  };
  struct Branch {
    std::string Name;
    const clang::Stmt *By;
    bool Yes;
    Cfg::Point Taken;
  };
  struct Loop {
    ObjectName Over, Variable;
    Cfg::Point Next, After;
  };
  /// What a helper asks of its parameters, or of what is not its own.
  struct Asked {
    int Parameter; ///< or -1
    ObjectName Of;
    std::string Name;
    bool IfTrue;
  };

  /// What bears on one question to one object, by dominance. The empty question: was it awaited?
  struct Evidence {
    enum Is { Yes, No, Asked, Changed };
    struct Event {
      enum Is Is;
      const clang::Stmt *By;
    };
    std::vector<Event> Events;
    OnEveryPath Order;
  };

  void visit(const clang::Stmt &S);
  void addBranches();
  void sayOf(const clang::Expr *E, bool True, unsigned Depth, std::vector<Says> &Into) const;
  const std::vector<Asked> &askedBy(const clang::FunctionDecl &Helper, unsigned Depth) const;
  void
  forEachAsked(const clang::CallExpr &E,
               llvm::function_ref<void(const ObjectName &Of, llvm::StringRef Name, bool IfTrue)>
                   Visit) const;
  void addAwaited(const clang::Expr *E, const clang::Expr &By, bool Awaited, bool Runs = false);
  bool isAsserted(const clang::Stmt &S) const;
  Evidence evidenceFor(const ObjectName &P, llvm::StringRef Query) const;
  bool isAnsweredHere(const ObjectName &P, llvm::StringRef Query, Cfg::Point At) const;
  bool isAnsweredOfElements(const ObjectName &P, llvm::StringRef Query, Cfg::Point At) const;

  Unit &U;
  const Cfg *Graph;
  llvm::StringMap<std::vector<Query>> Called;
  llvm::StringMap<std::vector<Branch>> Branches;
  llvm::StringMap<std::vector<Cfg::Point>> Assigned;
  llvm::StringMap<std::vector<const clang::Expr *>> Values, Parts, Awaits;
  llvm::StringMap<std::vector<Use>> Uses;
  llvm::StringMap<std::vector<ObjectName>> Deeper; ///< what is called on parts, by the variable
  llvm::StringMap<ObjectName> OverOf;              ///< what a loop's variable goes over
  llvm::StringMap<std::vector<Loop>> LoopsOver;
  llvm::DenseSet<const clang::Stmt *> Asserted;
  mutable llvm::DenseMap<const clang::FunctionDecl *, std::vector<Asked>> Helpers;
  mutable llvm::StringMap<std::unique_ptr<Evidence>> Evidences;
  mutable llvm::StringMap<std::unique_ptr<OnEveryPath>>
      MadeSure; ///< after loops that made sure of all
};

} // namespace corolint::model

#endif // COROLINT_MODEL_CALLS_OBJECTS_H
