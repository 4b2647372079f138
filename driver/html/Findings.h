//===- Findings.h - Findings with their code -------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_DRIVER_HTML_FINDINGS_H
#define COROLINT_DRIVER_HTML_FINDINGS_H

#include "html/Sources.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

/// A finding of a report, with the name that its place in the page has.
struct Numbered {
  const Finding *Of = nullptr;
  std::string Id;
  bool IsHidden = false; ///< by the baseline
};

/// Writes findings, each with its code, its notes at their places, its chain and its change.
class FindingWriter {
public:
  FindingWriter(llvm::raw_ostream &Out, Sources &Code) : Out(Out), Code(Code) {}

  void write(const Numbered &N, bool Open);
  /// What a compiler says of a unit that it does not take.
  void writeError(const Message &M);

private:
  struct Row;
  void writeAttributes(const Numbered &N);
  void writeSummary(const Numbered &N);
  void writeChain(const Numbered &N);
  void writeCode(const Numbered &N);
  void writeFile(const Finding &F, llvm::StringRef Path, const std::vector<Row> &Rows);
  void writeLine(const SourceText &File, const std::vector<Row> &Rows, unsigned Line, bool IsSo);
  void writeNote(const Row &R);
  void writeChanges(const Finding &F, llvm::ArrayRef<Edit> Edits, llvm::StringRef Title);

  /// Is a file, as far as this finding speaks of it, what it was when it was analysed?
  bool isUnchanged(const Finding &F, llvm::StringRef Path);

  llvm::raw_ostream &Out;
  Sources &Code;
};

/// Chains of several findings that end at one place: what is mended there mends them all.
void writeMeetings(const std::vector<Numbered> &Findings, llvm::raw_ostream &Out);

/// "src/a.cpp:12", as a page shows it.
std::string whereOf(const Place &At);

} // namespace corolint

#endif // COROLINT_DRIVER_HTML_FINDINGS_H
