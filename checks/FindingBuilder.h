//===- FindingBuilder.h - A finding, while it is being said -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FINDINGBUILDER_H
#define COROLINT_FINDINGBUILDER_H

#include "Rule.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <concepts>
#include <deque>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace corolint {

/// One message of a finding: a text with places for arguments, as Clang's diagnostics have them,
/// the arguments, and edits.
class FindingMessage {
public:
  FindingMessage(clang::SourceLocation At, llvm::StringRef Text) : At(At), Text(Text) {}

  FindingMessage &operator<<(llvm::StringRef Argument) {
    Arguments.emplace_back(Argument.str());
    return *this;
  }
  FindingMessage &operator<<(const std::string &Argument) {
    return *this << llvm::StringRef(Argument);
  }
  FindingMessage &operator<<(const char *Argument) { return *this << llvm::StringRef(Argument); }
  FindingMessage &operator<<(std::integral auto Argument) {
    Arguments.emplace_back(static_cast<int>(Argument));
    return *this;
  }
  FindingMessage &operator<<(const clang::FixItHint &Edit) {
    Edits.push_back(Edit);
    return *this;
  }

  clang::SourceLocation at() const { return At; }
  const std::string &text() const { return Text; }
  void addTo(const clang::DiagnosticBuilder &Into) const {
    for (const std::variant<std::string, int> &Each : Arguments)
      std::visit([&](const auto &Value) { Into << Value; }, Each);
    for (const clang::FixItHint &Each : Edits)
      Into << Each;
  }

private:
  clang::SourceLocation At;
  std::string Text;
  llvm::SmallVector<std::variant<std::string, int>, 4> Arguments;
  llvm::SmallVector<clang::FixItHint, 2> Edits;
};

/// A finding: its arguments, its fix and its notes may come in any order. It is said when the
/// builder goes.
class FindingBuilder {
public:
  using Emit = std::function<void(const FindingBuilder &)>;

  FindingBuilder(clang::SourceLocation At, llvm::StringRef Text, Emit Say)
      : What(At, Text), Say(std::move(Say)) {}
  FindingBuilder(FindingBuilder &&Other)
      : What(std::move(Other.What)), Notes(std::move(Other.Notes)),
        Say(std::exchange(Other.Say, nullptr)) {}
  FindingBuilder &operator=(FindingBuilder &&) = delete;
  ~FindingBuilder() {
    if (Say)
      Say(*this);
  }

  /// An argument of its message, or an edit of its fix.
  template <typename Any> FindingBuilder &operator<<(const Any &Argument) {
    What << Argument;
    return *this;
  }

  /// What happens on the way to the harm, in the order in which it does.
  FindingMessage &step(clang::SourceLocation At, llvm::StringRef Text) {
    return note(NoteKind::Step, At, Text);
  }
  /// Where to look, too: a declaration, why something is known.
  FindingMessage &related(clang::SourceLocation At, llvm::StringRef Text) {
    return note(NoteKind::Related, At, Text);
  }
  /// What to do instead. Its edits are a proposal, and not applied.
  FindingMessage &advice(clang::SourceLocation At, llvm::StringRef Text) {
    return note(NoteKind::Advice, At, Text);
  }

  const FindingMessage &message() const { return What; }
  const std::deque<std::pair<NoteKind, FindingMessage>> &notes() const { return Notes; }

private:
  FindingMessage &note(NoteKind Kind, clang::SourceLocation At, llvm::StringRef Text) {
    return Notes.emplace_back(Kind, FindingMessage(At, Text)).second; // a deque: it stays there
  }

  FindingMessage What;
  std::deque<std::pair<NoteKind, FindingMessage>> Notes;
  Emit Say;
};

} // namespace corolint

#endif // COROLINT_FINDINGBUILDER_H
