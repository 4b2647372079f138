//===- Job.cpp - What a worker is told ------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/Job.h"

using namespace llvm;

namespace corolint {

json::Value toJSON(const Job &J) {
  json::Array Replaced;
  for (const auto &[Path, By] : J.Replaced)
    Replaced.push_back(json::Array{Path, By});
  return json::Object{{"file", J.Of.File},
                      {"directory", J.Of.Directory},
                      {"arguments", J.Of.Arguments},
                      {"settings", toJSON(J.With)},
                      {"timeout", J.Timeout},
                      {"moduleCache", J.ModuleCache},
                      {"inputsFile", J.InputsFile},
                      {"triesFix", J.TriesFix},
                      {"replaced", std::move(Replaced)}};
}

bool fromJSON(const json::Value &V, Job &J, json::Path P) {
  json::ObjectMapper O(V, P);
  std::vector<std::vector<std::string>> Replaced;
  if (!O || !O.map("file", J.Of.File) || !O.map("directory", J.Of.Directory) ||
      !O.map("arguments", J.Of.Arguments) || !O.map("settings", J.With) ||
      !O.map("timeout", J.Timeout) || !O.map("moduleCache", J.ModuleCache) ||
      !O.map("inputsFile", J.InputsFile) || !O.map("triesFix", J.TriesFix) ||
      !O.map("replaced", Replaced))
    return false;
  for (const std::vector<std::string> &R : Replaced)
    if (R.size() == 2)
      J.Replaced.emplace_back(R[0], R[1]);
  return true;
}

} // namespace corolint
