//===- Rules.cpp - corolint rules ----------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "command/Commands.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace corolint {

static void printText() {
  for (const Rule *R : allRules()) {
    outs() << R->Id << "\n  " << R->Summary << "\n  " << nameOf(R->Level) << ", about "
           << nameOf(R->About) << ", fix: " << nameOf(R->Fixes) << "\n";
    for (const Option &O : R->Options)
      outs() << "    " << O.Name << " = " << (O.Default.empty() ? "''" : O.Default) << "\n      "
             << O.Meaning << "\n";
  }
}

static void printJson() {
  json::OStream J(outs(), /*IndentSize=*/2);
  J.array([&] {
    for (const Rule *R : allRules())
      J.object([&] {
        J.attribute("id", R->Id);
        J.attribute("summary", R->Summary);
        J.attribute("tier", nameOf(R->Level));
        J.attribute("topic", nameOf(R->About));
        J.attribute("fix", nameOf(R->Fixes));
        J.attributeArray("options", [&] {
          for (const Option &O : R->Options)
            J.object([&] {
              J.attribute("name", O.Name);
              J.attribute("default", O.Default);
              J.attribute("meaning", O.Meaning);
            });
        });
      });
  });
  outs() << "\n";
}

int runRules(Format As) {
  As == Format::Json ? printJson() : printText();
  return 0;
}

} // namespace corolint
