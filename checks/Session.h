//===- Session.h - One analysis of one unit -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_SESSION_H
#define COROLINT_SESSION_H

#include "Rule.h"
#include "model/Unit.h"
#include "model/UnitSettings.h"
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace clang {
class DiagnosticsEngine;
} // namespace clang

namespace corolint {

/// Of one finding.
struct FindingFacts {
  Tier Least = Tier::Default;  ///< the least profile that shows it
  std::string Function;        ///< that it is in, qualified
  std::vector<NoteKind> Notes; ///< what each is for
};

/// What the rules that run on one unit share: what the host said, the model, and what the host may
/// know afterwards. A host hands one to the checks that it makes. Nothing of ours is shared between
/// two of them, so that a process may analyse several units at once.
struct Session {
  UnitSettings Settings;
  UnitStats Stats;
  /// What a diagnostic cannot carry of each finding: by rule, file as the compiler names it,
  /// offset.
  std::map<std::tuple<std::string, std::string, unsigned>, FindingFacts> Facts;
  /// Processor time by rule. What rules share is computed, and counted, for the first that asks.
  std::vector<std::pair<std::string, double>> RuleSeconds;
  /// Of a host that is no clang-tidy: -Werror counts, and notes are taken as they are, since
  /// clang-tidy puts the name of the rule there, and takes it away itself.
  clang::DiagnosticsEngine *Compiler = nullptr;
  bool WatchesErrors = false; ///< Settings.Errors is filled while the unit is parsed

  /// The model of the unit: the same object for every rule, until another unit comes.
  model::Unit &unit(clang::ASTContext &Context) {
    if (!Model || &Model->context() != &Context)
      Model = std::make_unique<model::Unit>(Context, Settings, Stats);
    return *Model;
  }

  /// The unit is done, and its syntax tree may go.
  void end() { Model.reset(); }

private:
  std::unique_ptr<model::Unit> Model;
};

} // namespace corolint

#endif // COROLINT_SESSION_H
