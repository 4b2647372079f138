//===- UnitDiagnostics.cpp - What is said while a unit is analysed -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "worker/UnitDiagnostics.h"
#include "Host.h"
#include "Session.h"
#include "output/Paths.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/JSON.h"
#include <set>

using namespace llvm;
using namespace clang;

namespace corolint {

static constexpr llvm::StringLiteral MisuseName = "clang-tidy-config";

void UnitDiagnostics::HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) {
  if (!Compiler || Info.getDiags() != Compiler) {
    ClangTidyDiagnosticConsumer::HandleDiagnostic(Level, Info);
    return;
  }
  if (Level != DiagnosticsEngine::Note) {
    // A warning that is an error by default (narrowing, say) does not make the tree a lie, and
    // GCC lets it pass.
    bool IsWarning = Info.getDiags()->getDiagnosticIDs()->isWarningOrExtension(Info.getID());
    LastWasCompilerError = Level >= DiagnosticsEngine::Error && !IsWarning;
    Broken |= LastWasCompilerError;
  }
  if (!LastWasCompilerError || Level == DiagnosticsEngine::Note)
    return;
  DiagnosticConsumer::HandleDiagnostic(Level, Info);
  Of.Settings.Errors.push_back(Info.getLocation());
  SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  Message M;
  M.Text = Text.str().str();
  if (Info.hasSourceManager() && Info.getLocation().isValid()) {
    const SourceManager &SM = Info.getSourceManager();
    SourceLocation Loc = SM.getExpansionLoc(Info.getLocation());
    M.At = placeOf(SM.getFilename(Loc), SM.getFileOffset(Loc));
  }
  Errors.push_back(std::move(M));
}

const UnitDiagnostics::File &UnitDiagnostics::fileNamed(StringRef Path) {
  auto [Slot, New] = Files.try_emplace(Path);
  File &F = Slot->second;
  if (New) {
    F.Path = canonicalPath(Path);
    if (auto Buffer = FS.getBufferForFile(Path))
      F.Text = std::move(*Buffer);
    else
      F.Text = MemoryBuffer::getMemBuffer("");
    const StringRef Text = F.Text->getBuffer();
    F.Lines.push_back(0);
    for (size_t At = Text.find('\n'); At != StringRef::npos; At = Text.find('\n', At + 1))
      F.Lines.push_back(At + 1);
  }
  return F;
}

Place UnitDiagnostics::placeOf(StringRef Path, unsigned Offset) {
  Place P;
  if (Path.empty())
    return P;
  const File &F = fileNamed(Path);
  P.Path = F.Path;
  StringRef Text = F.Text->getBuffer();
  Offset = std::min<size_t>(Offset, Text.size());
  const auto Line = std::prev(llvm::upper_bound(F.Lines, Offset));
  const size_t Start = *Line;
  P.Line = Line - F.Lines.begin() + 1;
  P.Column = Offset - Start + 1;
  P.Source = Text.drop_front(Start).take_until([](char C) { return C == '\n'; }).rtrim('\r').str();
  // What travels as JSON has to be UTF-8, and columns count bytes.
  if (!json::isUTF8(P.Source))
    for (char &C : P.Source)
      if (static_cast<unsigned char>(C) >= 0x80)
        C = '?';
  return P;
}

Message UnitDiagnostics::messageOf(const tooling::DiagnosticMessage &M) {
  Message Result{M.Message, placeOf(M.FilePath, M.FileOffset)};
  Place &At = Result.At;
  unsigned LineStart = M.FileOffset - (At.Column - 1);
  unsigned LineEnd = LineStart + At.Source.size();
  for (const tooling::FileByteRange &R : M.Ranges) {
    if (R.FilePath != M.FilePath || R.FileOffset > LineEnd || R.FileOffset + R.Length < LineStart)
      continue;
    unsigned Begin = std::max(R.FileOffset, LineStart);
    unsigned End = std::min(R.FileOffset + R.Length, LineEnd);
    At.Ranges.emplace_back(Begin - LineStart + 1, End - LineStart + 1);
  }
  return Result;
}

std::vector<Edit> UnitDiagnostics::editsOf(const tooling::DiagnosticMessage &M) {
  std::vector<Edit> Result;
  for (const auto &OfFile : M.Fix)
    for (const tooling::Replacement &R : OfFile.second) {
      Place At = placeOf(R.getFilePath(), R.getOffset());
      // An edit has to arrive byte by byte, and goes through JSON.
      if (!json::isUTF8(R.getReplacementText()))
        return {};
      Result.push_back({At.Path, R.getOffset(), R.getLength(), At.Line, At.Column,
                        R.getReplacementText().str()});
    }
  llvm::sort(Result, [](const Edit &A, const Edit &B) {
    return std::tie(A.Path, A.Offset) < std::tie(B.Path, B.Offset);
  });
  return Result;
}

void UnitDiagnostics::takeAll() {
  if (!Taken)
    All = take();
  Taken = true;
}

std::vector<std::string> UnitDiagnostics::takeMisuses() {
  takeAll();
  std::vector<std::string> Result;
  for (const tidy::ClangTidyError &E : All)
    if (E.DiagnosticName == MisuseName)
      Result.push_back(E.Message.Message);
  return Result;
}

std::vector<Finding> UnitDiagnostics::takeFindings() {
  takeAll();
  std::vector<Finding> Result;
  for (const tidy::ClangTidyError &E : All) {
    if (E.DiagnosticName == MisuseName)
      continue;
    Finding F;
    F.Rule = E.DiagnosticName;
    F.IsError = E.IsWarningAsError || E.DiagLevel == tooling::Diagnostic::Error;
    F.What = messageOf(E.Message);
    const FindingFacts Facts =
        Of.Facts[{E.DiagnosticName, E.Message.FilePath, E.Message.FileOffset}];
    F.Tier = nameOf(Facts.Least);
    F.Function = Facts.Function;
    // Clang's own notes, of macros, come before ours.
    const size_t Others = E.Notes.size() - std::min(E.Notes.size(), Facts.Notes.size());
    for (auto [I, Note] : enumerate(E.Notes)) {
      F.Notes.push_back({messageOf(Note)});
      F.Notes.back().Edits = editsOf(Note);
      F.Notes.back().Kind = nameOf(I < Others ? NoteKind::Related : Facts.Notes[I - Others]);
    }
    F.Edits = editsOf(E.Message);
    Result.push_back(std::move(F));
  }
  return Result;
}

std::vector<Suppressed> UnitDiagnostics::takeSuppressed() {
  takeAll();
  std::set<std::tuple<std::string, std::string, unsigned>> Shown;
  for (const tidy::ClangTidyError &E : All)
    Shown.emplace(E.DiagnosticName, E.Message.FilePath, E.Message.FileOffset);
  std::vector<Suppressed> Result;
  for (const auto &[Key, Facts] : Of.Facts)
    if (!Shown.count(Key)) {
      const Place At = placeOf(std::get<1>(Key), std::get<2>(Key));
      Result.push_back({std::get<0>(Key), At.Path, At.Line});
    }
  return Result;
}

} // namespace corolint
