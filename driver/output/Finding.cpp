//===- Finding.cpp - What one unit gave ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "output/Finding.h"
#include <tuple>

using namespace llvm;

namespace corolint {

static auto orderOf(const Finding &F) {
  const Place &At = F.What.At;
  return std::tie(At.Path, At.Line, At.Column, F.Rule, F.What.Text);
}

bool isSame(const Finding &A, const Finding &B) {
  return orderOf(A) == orderOf(B);
}
bool isBefore(const Finding &A, const Finding &B) {
  return orderOf(A) < orderOf(B);
}

std::string utf8(StringRef Text) {
  return json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
}

static json::Value toJSON(const Place &P) {
  json::Array Ranges;
  for (auto [Begin, End] : P.Ranges)
    Ranges.push_back(json::Array{Begin, End});
  return json::Object{{"file", utf8(P.Path)},
                      {"line", P.Line},
                      {"column", P.Column},
                      {"source", utf8(P.Source)},
                      {"ranges", std::move(Ranges)}};
}

static bool fromJSON(const json::Value &V, Place &P, json::Path Path) {
  json::ObjectMapper O(V, Path);
  std::vector<std::vector<unsigned>> Ranges;
  if (!O || !O.map("file", P.Path) || !O.map("line", P.Line) || !O.map("column", P.Column) ||
      !O.map("source", P.Source) || !O.map("ranges", Ranges))
    return false;
  for (const std::vector<unsigned> &R : Ranges)
    if (R.size() == 2)
      P.Ranges.emplace_back(R[0], R[1]);
  return true;
}

json::Value toJSON(const Message &M) {
  return json::Object{{"message", utf8(M.Text)}, {"at", toJSON(M.At)}};
}

static bool fromJSON(const json::Value &V, Message &M, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("message", M.Text) && O.map("at", M.At);
}

json::Value toJSON(const Edit &E) {
  return json::Object{{"file", utf8(E.Path)}, {"offset", E.Offset}, {"length", E.Length},
                      {"line", E.Line},       {"column", E.Column}, {"text", utf8(E.Text)}};
}

static bool fromJSON(const json::Value &V, Edit &E, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("file", E.Path) && O.map("offset", E.Offset) && O.map("length", E.Length) &&
         O.map("line", E.Line) && O.map("column", E.Column) && O.map("text", E.Text);
}

static json::Value toJSON(const Note &N) {
  return json::Object{
      {"kind", N.Kind}, {"what", toJSON(static_cast<const Message &>(N))}, {"edits", N.Edits}};
}

static bool fromJSON(const json::Value &V, Note &N, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("kind", N.Kind) && O.map("what", static_cast<Message &>(N)) &&
         O.map("edits", N.Edits);
}

json::Value toJSON(const Finding &F) {
  return json::Object{{"rule", F.Rule},
                      {"error", F.IsError},
                      {"fixed", F.Fixed},
                      {"tier", F.Tier},
                      {"function", utf8(F.Function)},
                      {"partial", F.Partial},
                      {"what", toJSON(F.What)},
                      {"notes", F.Notes},
                      {"edits", F.Edits}};
}

static bool fromJSON(const json::Value &V, Finding &F, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("rule", F.Rule) && O.map("error", F.IsError) && O.map("fixed", F.Fixed) &&
         O.map("tier", F.Tier) && O.map("function", F.Function) && O.map("partial", F.Partial) &&
         O.map("what", F.What) && O.map("notes", F.Notes) && O.map("edits", F.Edits);
}

static json::Array texts(const std::vector<std::string> &From) {
  json::Array Result;
  for (const std::string &Text : From)
    Result.push_back(utf8(Text));
  return Result;
}

namespace model {

static json::Value toJSON(const Decision &D) {
  return json::Object{{"line", D.Line}, {"end", D.EndLine},       {"column", D.Column},
                      {"rule", D.Rule}, {"reported", D.Reported}, {"why", json::fixUTF8(D.Why)}};
}

static bool fromJSON(const json::Value &V, Decision &D, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("line", D.Line) && O.map("end", D.EndLine) && O.map("column", D.Column) &&
         O.map("rule", D.Rule) && O.map("reported", D.Reported) && O.map("why", D.Why);
}

} // namespace model

static json::Value toJSON(const Proposal &P) {
  return json::Object{{"attribute", P.Attribute},
                      {"needs", P.Needs},
                      {"class", utf8(P.Class)},
                      {"library", P.Library},
                      {"holds", P.Holds},
                      {"why", utf8(P.Why)},
                      {"at", P.At},
                      {"edits", P.Edits}};
}

static bool fromJSON(const json::Value &V, Proposal &R, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("attribute", R.Attribute) && O.map("needs", R.Needs) &&
         O.map("class", R.Class) && O.map("library", R.Library) && O.map("holds", R.Holds) &&
         O.map("why", R.Why) && O.map("at", R.At) && O.map("edits", R.Edits);
}

static json::Value toJSON(const Suppressed &S) {
  return json::Object{{"rule", S.Rule}, {"file", utf8(S.Path)}, {"line", S.Line}};
}

static bool fromJSON(const json::Value &V, Suppressed &S, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("rule", S.Rule) && O.map("file", S.Path) && O.map("line", S.Line);
}

static json::Value toJSON(const SurveyedType &T) {
  return json::Object{{"name", utf8(T.Name)},     {"kind", T.Kind},       {"library", T.Library},
                      {"nodiscard", T.NoDiscard}, {"system", T.IsSystem}, {"at", T.At}};
}

static bool fromJSON(const json::Value &V, SurveyedType &T, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("name", T.Name) && O.map("kind", T.Kind) && O.map("library", T.Library) &&
         O.map("nodiscard", T.NoDiscard) && O.map("system", T.IsSystem) && O.map("at", T.At);
}

json::Value toJSON(const UnitResult &R) {
  json::Array RuleSeconds;
  for (const auto &[Rule, Seconds] : R.RuleSeconds)
    RuleSeconds.push_back(json::Object{{"rule", Rule}, {"seconds", Seconds}});
  return json::Object{{"is", int64_t(R.Is)},
                      {"failure", utf8(R.Failure)},
                      {"errors", R.Errors},
                      {"output", texts(R.Output)},
                      {"misuses", texts(R.Misuses)},
                      {"dropped", texts(R.Dropped)},
                      {"leftOut", texts(R.LeftOut)},
                      {"libraryFiles", texts(R.LibraryFiles)},
                      {"files", texts(R.Files)},
                      {"filtered", texts(R.Filtered)},
                      {"findings", R.Findings},
                      {"coroutines", R.Coroutines},
                      {"functions", R.Functions},
                      {"unfollowed", texts(R.Unfollowed)},
                      {"seconds", R.Seconds},
                      {"ruleSeconds", std::move(RuleSeconds)},
                      {"decisions", R.Decisions},
                      {"offRules", R.OffRules},
                      {"about", texts(R.About)},
                      {"dump", texts(R.Dump)},
                      {"proposals", R.Proposals},
                      {"suppressed", R.Suppressed},
                      {"functionNames", texts(R.FunctionNames)},
                      {"callers", texts(R.Callers)},
                      {"libraries", texts(R.Libraries)},
                      {"taskTypes", R.TaskTypes}};
}

/// What ObjectMapper finds by its namespace.
struct RuleTime {
  std::string Rule;
  double Seconds = 0;
};

static bool fromJSON(const json::Value &V, RuleTime &T, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("rule", T.Rule) && O.map("seconds", T.Seconds);
}

bool fromJSON(const json::Value &V, UnitResult &R, json::Path P) {
  json::ObjectMapper O(V, P);
  int Is = 0;
  std::vector<RuleTime> Times;
  if (!O || !O.map("is", Is) || !O.map("failure", R.Failure) || !O.map("errors", R.Errors) ||
      !O.map("output", R.Output) || !O.map("misuses", R.Misuses) || !O.map("dropped", R.Dropped) ||
      !O.map("leftOut", R.LeftOut) || !O.map("libraryFiles", R.LibraryFiles) ||
      !O.map("files", R.Files) || !O.map("filtered", R.Filtered) ||
      !O.map("findings", R.Findings) || !O.map("coroutines", R.Coroutines) ||
      !O.map("functions", R.Functions) || !O.map("unfollowed", R.Unfollowed) ||
      !O.map("seconds", R.Seconds) || !O.map("ruleSeconds", Times) ||
      !O.map("decisions", R.Decisions) || !O.map("offRules", R.OffRules) ||
      !O.map("about", R.About) || !O.map("dump", R.Dump) || !O.map("proposals", R.Proposals) ||
      !O.map("suppressed", R.Suppressed) || !O.map("functionNames", R.FunctionNames) ||
      !O.map("callers", R.Callers) || !O.map("libraries", R.Libraries) ||
      !O.map("taskTypes", R.TaskTypes) || Is < 0 || Is > UnitResult::Failed)
    return false;
  R.Is = UnitResult::State(Is);
  for (RuleTime &T : Times)
    R.RuleSeconds.emplace_back(std::move(T.Rule), T.Seconds);
  return true;
}

} // namespace corolint
