//===- RulePages.cpp - Where the page of a rule is -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clangd/RulePages.h"
#include "Registry.h"
#include "output/RulePage.h"
#include "llvm/Support/CommandLine.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string> Pages(
    "docs-url",
    cl::desc(
        "Where corolint's documentation is published: a finding links to its rule's page there "
        "(default: COROLINT_DOCS_URL, else the installed page)"),
    cl::value_desc("url"));

/// "coro-busy-wait" of clang-tidy's page ".../coro/busy-wait.html"; empty if it is no rule of ours.
static std::string ruleOf(StringRef Link) {
  if (!Link.consume_front("https://clang.llvm.org/extra/clang-tidy/checks/coro/") ||
      !Link.consume_back(".html"))
    return "";
  std::string Rule = ("coro-" + Link).str();
  return findRule(Rule) ? Rule : "";
}

bool linkRulePages(json::Value &Message) {
  bool Changed = false;
  if (json::Array *Items = Message.getAsArray())
    for (json::Value &Each : *Items)
      Changed |= linkRulePages(Each);
  json::Object *Members = Message.getAsObject();
  if (!Members)
    return Changed;
  if (json::Object *Description = Members->getObject("codeDescription"))
    if (std::string Rule = ruleOf(Description->getString("href").value_or("")); !Rule.empty()) {
      if (std::string Uri = pageLinkOf(Rule, Pages); !Uri.empty())
        (*Description)["href"] = std::move(Uri);
      else
        Members->erase("codeDescription");
      Changed = true;
    }
  for (auto &Each : *Members)
    Changed |= linkRulePages(Each.second);
  return Changed;
}

} // namespace corolint
