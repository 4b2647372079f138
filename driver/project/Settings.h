//===- Settings.h - Which rules run on a unit, and how -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What the command line says goes to every worker as Settings. What the user's files say
// (`.clang-tidy`, `.corolint.yaml`) is found from the unit's file, by OptionsProvider
// (RuleChoice.h).
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_PROJECT_SETTINGS_H
#define COROLINT_DRIVER_PROJECT_SETTINGS_H

#include "RuleChoice.h"
#include "llvm/Support/JSON.h"
#include <optional>
#include <string>
#include <vector>

namespace corolint {

namespace model {
class Knowledge;
}

struct Settings : RuleChoice {
  std::vector<std::string> ExtraArgs;   ///< for the compiler
  bool KeepGoing = false;               ///< of units that do not compile, what was understood
  std::string AskedFile;                ///< what `why` and `dump` ask about, a canonical name …
  unsigned AskedLine = 0, AskedEnd = 0; ///< … and the lines, both included; 0: all of it
  std::vector<std::string> Parts;       ///< of the model, that `dump` prints
  bool Annotate = false;                ///< look for attributes, and run no rule
  bool ListFunctions = false;           ///< for --diff
  bool Survey = false;                  ///< for `init`; runs no rule
  bool SystemBodies = false;            ///< parse the bodies of system headers as well
};

llvm::json::Value toJSON(const Settings &S);
bool fromJSON(const llvm::json::Value &V, Settings &S, llvm::json::Path P);

/// False, and said on stderr, when the command line names what there is not.
bool checkSettings(const Settings &S);

/// "src" is "src/unit.cpp": the settings of a folder are those of a file in it. Nothing, and said
/// on stderr, if there is no such file or folder.
std::optional<std::string> fileToAskFor(llvm::StringRef Path);

/// Adds the user's files of knowledge for a file, those of the command line first. False, and said
/// on stderr, when one is malformed or cannot be read.
bool addUserKnowledge(model::Knowledge &Known, llvm::ArrayRef<std::string> Files,
                      llvm::StringRef For);

} // namespace corolint

#endif // COROLINT_DRIVER_PROJECT_SETTINGS_H
