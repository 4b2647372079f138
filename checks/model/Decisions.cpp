//===- Decisions.cpp - What was considered, and why it was left alone ------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Decisions.h"
#include "ast/Names.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/FileManager.h"

using namespace clang;

namespace corolint::model {

Decisions::Decisions(const SourceManager &SM, llvm::StringRef File)
    : SM(SM), Asked(SM.getFileManager().getOptionalFileRef(File)) {}

bool Decisions::covers(SourceLocation At) const {
  if (At.isInvalid() || !Asked)
    return false;
  OptionalFileEntryRef Of = SM.getFileEntryRefForID(SM.getFileID(SM.getFileLoc(At)));
  return Of && &Of->getFileEntry() == &Asked->getFileEntry();
}

Decision Decisions::at(SourceRange At) const {
  Decision Result;
  const SourceLocation Begin = SM.getFileLoc(At.getBegin());
  const SourceLocation End = At.getEnd().isValid() ? SM.getFileLoc(At.getEnd()) : Begin;
  Result.Line = SM.getSpellingLineNumber(Begin);
  Result.Column = SM.getSpellingColumnNumber(Begin);
  Result.EndLine = std::max(Result.Line, SM.getSpellingLineNumber(End));
  Result.Rule = Rule;
  return Result;
}

void Decisions::leave(SourceRange At, std::string Why) {
  Decision Result = at(At);
  Result.Why = std::move(Why);
  Made.push_back(std::move(Result));
}

void Decisions::report(SourceLocation At) {
  Decision Result = at(At);
  Result.Reported = true;
  Made.push_back(std::move(Result));
}

std::string namedAs(const NamedDecl &D) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&D); Method && Method->getParent()->isLambda())
    return "the lambda";
  return "'" + plainName(D) + "'";
}

std::string lineOf(SourceLocation At, const SourceManager &SM) {
  return "line " + std::to_string(SM.getSpellingLineNumber(SM.getFileLoc(At)));
}

} // namespace corolint::model
