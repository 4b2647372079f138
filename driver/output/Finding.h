//===- Finding.h - What one unit gave ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// These are what a worker process hands to its parent, as JSON. Paths are canonical (links
// resolved), so that one file has one name in every unit.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_OUTPUT_FINDING_H
#define COROLINT_DRIVER_OUTPUT_FINDING_H

#include "model/Decisions.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <utility>
#include <vector>

namespace corolint {

/// A place in a file, with what is needed to show it after the file has changed.
struct Place {
  std::string Path; ///< empty: no place
  unsigned Line = 0, Column = 0;
  std::string Source; ///< the text of that line
  /// What to underline on that line: columns from 1, the second one past the end.
  std::vector<std::pair<unsigned, unsigned>> Ranges;
};

struct Message {
  std::string Text;
  Place At;
};

/// Replaces Length bytes at Offset.
struct Edit {
  std::string Path;
  unsigned Offset = 0, Length = 0;
  unsigned Line = 0, Column = 0; ///< of Offset
  std::string Text;
};

/// A note of a finding.
struct Note : Message {
  std::string Kind;        ///< "step", "related", "advice"
  std::vector<Edit> Edits; ///< of an advice: a proposal, which --fix does not apply
};

struct Finding {
  std::string Rule;
  bool IsError = false; ///< by --warnings-as-errors or WarningsAsErrors
  bool Fixed = false;   ///< by --fix, in this run
  bool Partial = false; ///< of a unit that does not compile, see --keep-going
  std::string Tier;     ///< the least profile that shows it: "default", "strict", "pedantic"
  Message What;
  std::string Function;    ///< that it is in, qualified
  std::string Fingerprint; ///< of the report, see Fingerprint.h; a worker gives none
  std::vector<Note> Notes;
  std::vector<Edit> Edits; ///< applied together or not at all
};

/// One finding, however many units see it.
bool isSame(const Finding &A, const Finding &B);
/// The order in which findings are shown.
bool isBefore(const Finding &A, const Finding &B);

/// An attribute that a class could have, as one unit sees it.
struct Proposal {
  std::string Attribute; ///< "nodiscard"
  std::string Needs;     ///< another one, that the class does not have
  std::string Class;     ///< qualified
  std::string Library;   ///< the library that is described and has the class, or nothing
  bool Holds = false;
  std::string Why;
  Place At; ///< of the class; where the attribute is written is the first of the edits
  std::vector<Edit> Edits;
};

/// A finding that a NOLINT comment or a filter of clang-tidy's dropped.
struct Suppressed {
  std::string Rule, Path;
  unsigned Line = 0;
};

/// A type that coroutines return, for `init`.
struct SurveyedType {
  std::string Name, Kind, Library;
  bool NoDiscard = false, IsSystem = false;
  Place At;
};

struct UnitResult {
  enum State {
    Analysed,
    NoCoroutines, ///< C, assembly, or C++ before coroutines: there is nothing to find
    SwitchedOff,  ///< its `.clang-tidy` leaves no rule on
    Interrupted,  ///< the run ended before it was done
    Failed,
  };
  State Is = Failed;
  std::string Failure;               ///< why: "it does not compile", "the analysis crashed: …"
  std::vector<Message> Errors;       ///< of the compiler
  std::vector<std::string> Output;   ///< the last words of a worker that died
  std::vector<std::string> Misuses;  ///< wrong settings that only the checks could notice
  std::vector<std::string> Dropped;  ///< flags that Clang does not know
  std::vector<std::string> LeftOut;  ///< flags that are no part of a syntax check
  std::vector<std::string> Files;    ///< the user's files that were read, the main file first
  std::vector<std::string> Filtered; ///< of those, what `.clang-tidy` leaves out of findings
  std::vector<Finding> Findings;
  unsigned Coroutines = 0, Functions = 0;
  std::vector<std::string> Unfollowed; ///< coroutines too large to follow: "file:line: name"
  double Seconds = 0;                  ///< of processor time
  std::vector<std::pair<std::string, double>> RuleSeconds; ///< of those, each rule's
  std::vector<std::string> LibraryFiles;                   ///< knowledge that came with headers
  /// Of `why FILE:LINE`: what the rules considered in that file, which rules are off there, and
  /// where the line is.
  std::vector<model::Decision> Decisions;
  std::vector<std::string> OffRules, About;
  std::vector<std::string> Dump;   ///< of `dump`: the lines that it prints
  std::vector<Proposal> Proposals; ///< of `annotate`
  std::vector<corolint::Suppressed> Suppressed;
  /// Of --diff: "+coroutine" and "-plain function", and "callee\tcaller", by qualified names.
  std::vector<std::string> FunctionNames, Callers;
  std::vector<std::string> Libraries; ///< of `init`: those that are described
  std::vector<SurveyedType> TaskTypes;
  bool FromCache = false; ///< of an earlier run; a worker never says so
};

llvm::json::Value toJSON(const Message &M);
llvm::json::Value toJSON(const Edit &E);
llvm::json::Value toJSON(const Finding &F);
llvm::json::Value toJSON(const UnitResult &R);
bool fromJSON(const llvm::json::Value &V, UnitResult &R, llvm::json::Path P);

/// Source need not be UTF-8; JSON has to be.
std::string utf8(llvm::StringRef Text);

} // namespace corolint

#endif // COROLINT_DRIVER_OUTPUT_FINDING_H
