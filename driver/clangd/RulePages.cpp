//===- RulePages.cpp - Where the page of a rule is -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clangd/RulePages.h"
#include "Registry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace corolint {

static cl::opt<std::string>
    Pages("rule-pages",
          cl::desc("URL of a folder: a finding of corolint links to RULE.html in it (default: the "
                   "installed page of the rule)"),
          cl::value_desc("url"));

static std::string fileUri(StringRef Path) {
  std::string Uri = "file://";
  for (char C : Path)
    if (isAlnum(C) || StringRef("/-._~").contains(C))
      Uri += C;
    else
      Uri += "%" + toHex(StringRef(&C, 1));
  return Uri;
}

std::string pageUri(StringRef Rule) {
  if (!Pages.empty())
    return (StringRef(Pages).rtrim('/') + "/" + Rule + ".html").str();
  static int Anchor;
  SmallString<256> Documents =
      sys::path::parent_path(sys::fs::getMainExecutable("corolint-clangd", &Anchor));
  sys::path::append(Documents, COROLINT_DOCUMENTS);
  sys::path::remove_dots(Documents, /*remove_dot_dot=*/true);
  const std::string Html = ("/html/checks/" + Rule + ".html").str();
  const std::string Markdown = ("/checks/" + Rule + ".md").str();
  for (const std::string &Name : {Html, Markdown})
    if (std::string Page = (Documents + Name).str(); sys::fs::exists(Page))
      return fileUri(Page);
  return "";
}

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
      if (std::string Uri = pageUri(Rule); !Uri.empty())
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
