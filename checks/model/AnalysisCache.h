//===- AnalysisCache.h - Each question is answered once -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An analysis is a type, and what it is of: a function, a class, or the whole unit. `Unit::get`
// keeps its answers, so that nothing has to be added anywhere for a new one. Two forms:
//
//   class Uses { public: Uses(const FunctionDecl &F, Unit &U); … };   // the answer is the object
//
//   struct Suspensions {                                              // the answer is a Result
//     using Result = std::vector<AwaitPoint>;
//     static Result make(const FunctionDecl &F, Unit &U);
//   };
//
// An analysis may ask others, and itself of other functions. Where that leads back to a question
// that is being answered, as it does for functions that call each other, there is one rule: who
// asks gets the least answer, an empty Result; then the whole cycle is answered again with what
// came out, until that does not change. So the answer is that of the cycle as a whole, whichever of
// its functions was asked first. Such an analysis says `AsksForItself`, its Result can be compared,
// and more of what it asks for only gives more of an answer. (The top-down solver of Le Charlier
// and Van Hentenryck, 1992.)
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_ANALYSISCACHE_H
#define COROLINT_MODEL_ANALYSISCACHE_H

#include "clang/Basic/Stack.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace corolint::model {

class Unit;

template <typename A> struct AnalysisResult {
  using type = A;
};
template <typename A>
  requires requires { typename A::Result; }
struct AnalysisResult<A> {
  using type = typename A::Result;
};

class AnalysisCache {
public:
  template <typename A, typename Key>
  typename AnalysisResult<A>::type &get(const Key *Of, Unit &U) {
    Table<A> &All = tableOf<A>();
    auto &Place = All.Slots[Of];
    if (!Place)
      Place = std::make_unique<Slot<A>>();
    Slot<A> &S = *Place; // the table may grow, the slot stays
    switch (S.Is) {
    case Entry::Known:
      break;
    case Entry::Guessed:
      leadsTo(S.Lowest);
      break;
    case Entry::Asked:
      if constexpr (!mayAskForItself<A>())
        llvm::report_fatal_error("an analysis asks for itself, and does not say so");
      S.Again = true;
      leadsTo(S.Depth);
      break;
    case Entry::New:
      if (Pending.empty())
        answer<A>(S, Of, U);
      else // a chain of calls may be as long as the unit
        clang::runWithSufficientStackSpace([] {}, [&] { answer<A>(S, Of, U); });
      break;
    }
    return *S.Answer;
  }

private:
  /// How often a cycle is answered before the last answer stands.
  static constexpr unsigned MaxRounds = 16;

  struct Entry {
    enum State {
      New,
      Asked,   ///< it is being answered
      Guessed, ///< answered, with what a question says so far that is still being answered
      Known,
    } Is = New;
    bool Again = false;  ///< somebody needed it while it was being answered
    unsigned Depth = 0;  ///< of an asked one, its place among those
    unsigned Lowest = 0; ///< the outermost question, of those still asked, that the answer hangs on
  };
  template <typename A> struct Slot : Entry {
    std::optional<typename AnalysisResult<A>::type> Answer;
  };
  struct AnyTable {
    virtual ~AnyTable() = default;
  };
  template <typename A> struct Table : AnyTable {
    llvm::DenseMap<const void *, std::unique_ptr<Slot<A>>> Slots;
  };
  template <typename A> static inline const char Tag = 0;

  template <typename A> static constexpr bool mayAskForItself() {
    return requires { A::AsksForItself; };
  }

  template <typename A> Table<A> &tableOf() {
    std::unique_ptr<AnyTable> &Found = Tables[&Tag<A>];
    if (!Found)
      Found = std::make_unique<Table<A>>();
    return static_cast<Table<A> &>(*Found);
  }

  template <typename A, typename Key> static void make(Slot<A> &S, const Key *Of, Unit &U) {
    if constexpr (std::is_void_v<Key>)
      S.Answer.emplace(U);
    else if constexpr (requires { A::make(*Of, U); })
      S.Answer.emplace(A::make(*Of, U));
    else if constexpr (std::is_constructible_v<A, const Key &, Unit &>)
      S.Answer.emplace(*Of, U);
    else
      S.Answer.emplace(*Of);
  }

  template <typename A, typename Key> void answer(Slot<A> &S, const Key *Of, Unit &U) {
    S.Is = Entry::Asked;
    S.Depth = S.Lowest = Pending.size();
    Pending.push_back(&S);
    const size_t Inside = Guesses.size();
    if constexpr (mayAskForItself<A>()) {
      S.Answer.emplace();
      for (unsigned Round = 0;; ++Round) {
        S.Again = false;
        Slot<A> Next;
        make<A>(Next, Of, U);
        const bool IsSame = *Next.Answer == *S.Answer;
        S.Answer = std::move(Next.Answer);
        if (!S.Again || IsSame || Round == MaxRounds)
          break;
        settle(Inside, Entry::New); // they used what was thought before
      }
    } else {
      make<A>(S, Of, U);
    }
    Pending.pop_back();
    if (S.Lowest == S.Depth) {
      S.Is = Entry::Known;
      settle(Inside, Entry::Known);
      return;
    }
    S.Is = Entry::Guessed;
    Guesses.push_back(&S);
    leadsTo(S.Lowest);
  }

  /// The innermost question hangs on this one.
  void leadsTo(unsigned Depth) { Pending.back()->Lowest = std::min(Pending.back()->Lowest, Depth); }

  void settle(size_t From, Entry::State As) {
    for (size_t I = From; I != Guesses.size(); ++I)
      Guesses[I]->Is = As;
    Guesses.resize(From);
  }

  llvm::DenseMap<const void *, std::unique_ptr<AnyTable>> Tables;
  std::vector<Entry *> Pending; ///< the outermost first
  std::vector<Entry *> Guesses;
};

} // namespace corolint::model

#endif // COROLINT_MODEL_ANALYSISCACHE_H
