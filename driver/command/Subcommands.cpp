//===- Subcommands.cpp - The commands that the command has --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "command/Subcommands.h"

using namespace llvm;

namespace corolint {

cl::SubCommand &checkCommand() {
  static cl::SubCommand Command("check", "lint (the default command)");
  return Command;
}
cl::SubCommand &rulesCommand() {
  static cl::SubCommand Command("rules", "list the rules and their options");
  return Command;
}
cl::SubCommand &explainCommand() {
  static cl::SubCommand Command("explain", "what a rule reports, why, and what to do instead");
  return Command;
}
cl::SubCommand &whyCommand() {
  static cl::SubCommand Command(
      "why", "what is known about a function or type, and the file that says so; or what "
             "the rules considered at a line, and why they report it or not");
  return Command;
}
cl::SubCommand &annotateCommand() {
  static cl::SubCommand Command("annotate",
                                "propose attributes for the project's task types, as a patch");
  return Command;
}
cl::SubCommand &dumpCommand() {
  static cl::SubCommand Command("dump", "what the model knows of the functions of a file");
  return Command;
}
cl::SubCommand &configCommand() {
  static cl::SubCommand Command(
      "config", "the effective configuration of a file or folder, and the file that "
                "each value comes from");
  return Command;
}
cl::SubCommand &learnCommand() {
  static cl::SubCommand Command("learn",
                                "knowledge from the slow steps that aio's debug mode reported");
  return Command;
}
cl::SubCommand &cacheCommand() {
  static cl::SubCommand Command("cache", "what is kept of earlier runs, and how to remove it");
  return Command;
}
cl::SubCommand &initCommand() {
  static cl::SubCommand Command("init", "look at the project, and write a .corolint.yaml for it");
  return Command;
}
cl::SubCommand &completionCommand() {
  static cl::SubCommand Command("completion", "completion of commands and options, for a shell");
  return Command;
}

cl::SubCommand &reportCommand() {
  static cl::SubCommand Command("report", "lint, and write what is found as a page for a browser");
  return Command;
}

ArrayRef<cl::SubCommand *> allCommands() {
  static cl::SubCommand *const All[] = {&checkCommand(),  &rulesCommand(),      &explainCommand(),
                                        &whyCommand(),    &annotateCommand(),   &dumpCommand(),
                                        &configCommand(), &learnCommand(),      &initCommand(),
                                        &cacheCommand(),  &completionCommand(), &reportCommand()};
  return All;
}

cl::OptionCategory &whereCategory() {
  static cl::OptionCategory Category("What to lint");
  return Category;
}
cl::OptionCategory &rulesCategory() {
  static cl::OptionCategory Category("Rules");
  return Category;
}
cl::OptionCategory &outputCategory() {
  static cl::OptionCategory Category("Output");
  return Category;
}
cl::OptionCategory &partsCategory() {
  static cl::OptionCategory Category("Parts of the model (default: all but the last four)");
  return Category;
}

} // namespace corolint
