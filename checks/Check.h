//===- Check.h - The base of every check ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check knows nothing of clang-tidy: `TidyModule.cpp` makes one of clang-tidy's of it. The header
// of a `ClangTidyCheck` brings all of Clang's matchers, and each rule would be compiled with them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECK_H
#define COROLINT_CHECK_H

#include "FindingBuilder.h"
#include "Rule.h"
#include "Session.h"
#include "model/Unit.h"
#include "model/run/Blocking.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// What a check needs of whoever runs it.
class CheckHost {
public:
  virtual clang::DiagnosticBuilder diag(clang::SourceLocation Loc, llvm::StringRef Message,
                                        clang::DiagnosticIDs::Level Level) = 0;
  /// A mistake in the user's configuration, not in the code.
  virtual clang::DiagnosticBuilder configurationError(llvm::StringRef Message) = 0;
  /// What the user set the rule's option to.
  virtual std::optional<llvm::StringRef> option(llvm::StringRef Name) const = 0;
  /// The profile, where the options name one. Where they do not, the unit says it.
  virtual std::optional<llvm::StringRef> profile() const = 0;
  /// The list of names and globs by which the user switched rules on.
  virtual llvm::StringRef checks() const = 0;

protected:
  ~CheckHost() = default;
};

/// Looks at one function definition after the other, and asks the model what it means.
///
/// The functions are those outside system headers, lambdas included; of a template its
/// instantiations, and its pattern only where there is none.
class Check {
public:
  Check(const Rule &R, CheckHost &Host, Session &Of) : Facts(R), Host(Host), Of(Of) {}
  virtual ~Check();

  /// Looks at a whole unit, once it is parsed.
  void checkUnit(clang::ASTContext &Context);

protected:
  virtual void checkFunction(const clang::FunctionDecl &F, model::Unit &U) = 0;

  /// Options of the rule, with the default that its Entry names.
  bool flag(llvm::StringRef Name) const;
  bool isSet(llvm::StringRef Name) const { return Host.option(Name).has_value(); }
  unsigned number(llvm::StringRef Name) const;
  std::string text(llvm::StringRef Name) const;
  /// Is \p What one of the words of an option that is a list, separated by ';', some of which may
  /// end in
  /// '*'?
  bool isListed(llvm::StringRef Name, llvm::StringRef What) const;
  /// What switched the rule on means it: see switchesOn.
  bool isWanted(const model::Unit &U) const;
  /// The profile is strict or pedantic: findings that are right but arguable are wanted.
  bool strict(const model::Unit &U) const;
  /// Such findings are wanted, or somebody asks why there is none: report says it then, as long as
  /// it is told their tier.
  bool wantsArguable(const model::Unit &U) const { return U.decisions() || strict(U); }

  /// What \p Certain findings are, and those that only the strict profile shows.
  static Tier shownIf(bool Certain) { return Certain ? Tier::Default : Tier::Strict; }

  /// A warning at \p Loc, or nothing when this rule has warned there before (a location is seen
  /// again in each instantiation of a template) or it is not the user's code. In a macro it is
  /// the place where the user wrote its name. \p Shown is the least profile that shows this
  /// finding, where that is a wider one than the rule's.
  std::optional<FindingBuilder> report(clang::SourceLocation Loc, llvm::StringRef Message,
                                       Tier Shown = Tier::Default);
  /// How a call in \p F comes to block: why F runs on the loop if it is no coroutine, each step of
  /// the chain, and what to do instead.
  static void noteChain(FindingBuilder &Finding, const model::BlockingWitness &C,
                        const clang::FunctionDecl &F, model::Unit &U);

private:
  bool isIgnored(clang::SourceLocation Written) const;
  const Rule &Facts;
  CheckHost &Host;
  Session &Of;
  model::Unit *Shared = nullptr;                ///< of the unit that is looked at
  const clang::FunctionDecl *Current = nullptr; ///< that is looked at
  llvm::DenseSet<clang::SourceLocation> Reported;

  void emit(const FindingBuilder &Finding, clang::SourceLocation Written, Tier Least);
  bool mayBeSilenced(clang::SourceLocation Loc, const clang::SourceManager &SM);
  bool isInBlock(clang::FileID File, unsigned Offset, const clang::SourceManager &SM);
  /// Of a file: where `NOLINTBEGIN` and `NOLINTEND` stand.
  llvm::DenseMap<clang::FileID, std::vector<std::pair<size_t, int>>> Blocks;
};

/// A function's name in a message: quoted and qualified; a lambda is "the lambda".
std::string quoted(const clang::NamedDecl &D);

/// The name of what step \p I of the chain calls; of the last one as it is known, since the base in
/// which a library happens to declare it (`std::__basic_future::wait`) tells nobody anything.
std::string quotedStep(const model::BlockingWitness &C, size_t I);

/// For an Entry: `makeCheck<BlockingCall>`.
template <typename T>
std::unique_ptr<Check> makeCheck(const Rule &R, CheckHost &Host, Session &Of) {
  return std::make_unique<T>(R, Host, Of);
}

} // namespace corolint

#endif // COROLINT_CHECK_H
