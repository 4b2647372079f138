//===- Completion.cpp - corolint completion -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "command/Subcommands.h"
#include "output/Formats.h"
#include "output/Say.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace corolint {
namespace {

/// An option as it is written.
struct Written {
  std::string Name; ///< with its dashes
  StringRef Help;
  bool TakesValue;
  std::vector<std::string> Values; ///< that it may have; none: a file, or what nobody can list
};

std::vector<std::string> valuesOf(const cl::Option &O) {
  std::vector<std::string> Result;
  auto Rules = [&] {
    for (const Rule *R : allRules())
      Result.push_back(R->Id.str());
  };
  if (O.ArgStr == "format") {
    const bool OfCheck = !O.ValueStr.contains("text|json") || O.ValueStr.contains("jsonl");
    for (const ReportFormat &F : reportFormats())
      if (OfCheck || F.Name == "text" || F.Name == "json")
        Result.push_back(F.Name.str());
  } else if (O.ArgStr == "output") {
    for (const ReportFormat &F : reportFormats())
      Result.push_back((F.Name + ":").str());
  } else if (O.ArgStr == "checks" || O.ArgStr == "warnings-as-errors") {
    Rules();
  } else if (O.ValueStr.contains('|')) {
    for (StringRef Each : split(O.ValueStr, '|'))
      Result.push_back(Each.str());
  }
  return Result;
}

std::vector<Written> optionsOf(cl::SubCommand &C) {
  std::vector<Written> Result;
  for (const auto &Each : cl::getRegisteredOptions(C)) {
    const cl::Option &O = *Each.second;
    if (O.getOptionHiddenFlag() != cl::NotHidden || O.ArgStr != Each.first)
      continue;
    Result.push_back({(O.ArgStr.size() > 1 ? "--" : "-") + O.ArgStr.str(), O.HelpStr,
                      O.getValueExpectedFlag() == cl::ValueRequired ||
                          (O.getValueExpectedFlag() == cl::ValueOptional && !O.ValueStr.empty()),
                      valuesOf(O)});
  }
  llvm::sort(Result, [](const Written &A, const Written &B) { return A.Name < B.Name; });
  return Result;
}

/// What stands behind a command, where that is no file.
std::string wordsOf(const cl::SubCommand &C) {
  std::vector<std::string> Words;
  if (&C == &explainCommand())
    for (const Rule *R : allRules())
      Words.push_back(R->Id.str());
  else if (&C == &cacheCommand())
    Words = {"stats", "clean"};
  else if (&C == &completionCommand())
    Words = {"bash", "zsh", "fish"};
  return join(Words, " ");
}

std::string quotedForShell(StringRef Text) {
  return "'" + join(split(Text, '\''), "'\\''") + "'";
}

void writeBash(raw_ostream &Out) {
  Out << "# bash completion for corolint, by `corolint completion bash`\n"
         "_corolint() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=check "
         "word\n"
         "  # Bash makes '=' a word of its own.\n"
         "  [[ $cur == = ]] && cur=\n"
         "  [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case $word in\n      ";
  std::vector<std::string> Names = {"baseline", "help"};
  for (cl::SubCommand *C : allCommands())
    Names.push_back(C->getName().str());
  Out << join(Names, "|")
      << ") command=$word; break ;;\n      -*) ;;\n      *) break ;;\n    esac\n"
      << "  done\n  [[ $command == baseline ]] && command=check\n"
      << "  COMPREPLY=()\n  case $command:$prev in\n";
  for (cl::SubCommand *C : allCommands())
    for (const Written &O : optionsOf(*C))
      if (!O.Values.empty())
        Out << "    " << C->getName() << ":" << O.Name << ") COMPREPLY=($(compgen -W "
            << quotedForShell(join(O.Values, " ")) << " -- \"$cur\")); return ;;\n";
  Out << "  esac\n  if [[ $cur == -* ]]; then\n    case $command in\n";
  for (cl::SubCommand *C : allCommands()) {
    std::vector<std::string> Options;
    for (const Written &O : optionsOf(*C))
      Options.push_back(O.Name + (O.TakesValue && O.Name.size() > 2 ? "=" : ""));
    Out << "      " << C->getName() << ") COMPREPLY=($(compgen -W "
        << quotedForShell(join(Options, " ")) << " -- \"$cur\")) ;;\n";
  }
  Out << "    esac\n    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace\n    return\n  fi\n"
         "  case $command in\n";
  for (cl::SubCommand *C : allCommands())
    if (std::string Words = wordsOf(*C); !Words.empty())
      Out << "    " << C->getName() << ") COMPREPLY=($(compgen -W " << quotedForShell(Words)
          << " -- \"$cur\")); return ;;\n";
  Out << "  esac\n  ((COMP_CWORD == 1)) && COMPREPLY=($(compgen -W "
      << quotedForShell(join(Names, " "))
      << " -- \"$cur\"))\n}\ncomplete -o default -o bashdefault -F _corolint corolint\n";
}

/// In zsh's `_arguments`, brackets and colons end a description.
std::string zshText(StringRef Text) {
  std::string Result;
  for (char C : Text) {
    if (C == '[' || C == ']' || C == ':' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result;
}

void writeZsh(raw_ostream &Out) {
  Out << "#compdef corolint\n# zsh completion for corolint, by `corolint completion zsh`\n"
         "_corolint() {\n  local -a commands=(\n    'baseline:write the findings of today to a "
         "file'\n";
  for (cl::SubCommand *C : allCommands())
    Out << "    " << quotedForShell((C->getName() + ":" + zshText(C->getDescription())).str())
        << "\n";
  Out << "  )\n  local command=check\n"
         "  if ((CURRENT > 2)) && [[ -n ${(M)commands:#${words[2]}:*} ]]; then\n"
         "    command=${words[2]}\n    words=(corolint \"${(@)words[3,-1]}\")\n"
         "    ((CURRENT -= 1))\n"
         "  elif ((CURRENT == 2)) && [[ ${words[2]} != -* ]]; then\n"
         "    _describe -t commands command commands\n    _files\n    return\n  fi\n"
         "  case $command in\n";
  for (cl::SubCommand *C : allCommands()) {
    Out << "    " << C->getName() << (C == &checkCommand() ? "|baseline" : "")
        << ")\n      _arguments -s";
    for (const Written &O : optionsOf(*C)) {
      std::string Spec = O.Name + (O.TakesValue ? (O.Name.size() > 2 ? "=" : "+") : "") + "[" +
                         zshText(O.Help) + "]";
      if (O.TakesValue)
        Spec +=
            ":value:" + (O.Values.empty() ? "_files" : "(" + zshText(join(O.Values, " ")) + ")");
      Out << " \\\n        " << quotedForShell(Spec);
    }
    std::string Words = wordsOf(*C);
    Out << " \\\n        "
        << quotedForShell(Words.empty() ? "*:path:_files" : "1:word:(" + Words + ")") << " ;;\n";
  }
  Out << "  esac\n}\n[[ $funcstack[1] == _corolint ]] && _corolint \"$@\" || compdef _corolint "
         "corolint\n";
}

void writeFish(raw_ostream &Out) {
  Out << "# fish completion for corolint, by `corolint completion fish`\n"
         "complete -c corolint -n __fish_use_subcommand -a baseline -d 'write the findings of "
         "today "
         "to a file'\n";
  std::vector<std::string> Others = {"help"};
  for (cl::SubCommand *C : allCommands()) {
    Out << "complete -c corolint -n __fish_use_subcommand -a " << C->getName() << " -d "
        << quotedForShell(C->getDescription()) << "\n";
    if (C != &checkCommand())
      Others.push_back(C->getName().str());
  }
  for (cl::SubCommand *C : allCommands()) {
    const std::string When = C == &checkCommand()
                                 ? "not __fish_seen_subcommand_from " + join(Others, " ")
                                 : "__fish_seen_subcommand_from " + C->getName().str();
    for (const Written &O : optionsOf(*C)) {
      Out << "complete -c corolint -n '" << When << "' "
          << (O.Name.size() > 2 ? "-l " + O.Name.substr(2) : "-s " + O.Name.substr(1))
          << (O.TakesValue ? " -r" : "");
      if (!O.Values.empty())
        Out << " -f -a " << quotedForShell(join(O.Values, " "));
      Out << " -d " << quotedForShell(O.Help) << "\n";
    }
    if (std::string Words = wordsOf(*C); !Words.empty())
      Out << "complete -c corolint -n '" << When << "' -f -a " << quotedForShell(Words) << "\n";
  }
}

} // namespace

int runCompletion(StringRef Shell) {
  if (Shell == "bash")
    writeBash(outs());
  else if (Shell == "zsh")
    writeZsh(outs());
  else if (Shell == "fish")
    writeFish(outs());
  else {
    sayError() << "completion: '" << Shell << "' is not one of bash, zsh, fish"
               << didYouMean(Shell, {"bash", "zsh", "fish"}) << "\n";
    return WrongUse;
  }
  return Clean;
}

} // namespace corolint
