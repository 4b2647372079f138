//===- Findings.cpp - Findings with their code -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "html/Findings.h"
#include "Registry.h"
#include "html/Graph.h"
#include "html/Text.h"
#include "output/Formats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace corolint {

std::string whereOf(const Place &At) {
  return At.Path.empty() ? "" : reportedPath(At.Path) + ":" + std::to_string(At.Line);
}

/// A message at a place of a file.
struct FindingWriter::Row {
  const Message *Says = nullptr;
  std::string Id, Kind, Number;
  ArrayRef<Edit> Edits;
  bool IsFinding = false;
};

static bool isStep(const Note &N) {
  return N.Kind == "step" && !N.At.Path.empty();
}

static std::string noteId(StringRef Finding, size_t Index) {
  return (Finding + "-" + Twine(Index + 1)).str();
}

void FindingWriter::write(const Numbered &N, bool Open) {
  const Finding &F = *N.Of;
  Out << "<details class=finding id=" << N.Id << (Open ? " open" : "");
  writeAttributes(N);
  Out << ">\n";
  writeSummary(N);
  Out << "<div class=body>\n";
  if (F.Partial)
    Out << "<p class=caution>Found in a unit that does not compile, as far as it was "
           "understood.</p>\n";
  if (F.Fixed)
    Out << "<p class=caution>Fixed by this run. What is shown is the code before.</p>\n";
  writeChain(N);
  writeCode(N);
  if (!F.Edits.empty() && !F.Fixed)
    writeChanges(F, F.Edits, "What --fix does");
  Out << "<p class=facts>";
  if (!F.Function.empty())
    Out << "in <code>" << html(F.Function) << "</code> · ";
  Out << "<a href=\"#rule-" << html(F.Rule) << "\">about " << html(F.Rule) << "</a>";
  if (!F.Fingerprint.empty())
    Out << " · fingerprint <code>" << html(F.Fingerprint) << "</code>";
  Out << " · <a href=\"#" << N.Id << "\">link to this</a></p>\n</div></details>\n";
}

/// What the filters look at.
void FindingWriter::writeAttributes(const Numbered &N) {
  const Finding &F = *N.Of;
  const Rule *R = findRule(F.Rule);
  Out << " data-rule=\"" << html(F.Rule) << "\" data-tier=\"" << html(F.Tier) << "\" data-topic=\""
      << (R ? nameOf(R->About) : "") << "\" data-file=\"" << html(reportedPath(F.What.At.Path))
      << "\"";
}

void FindingWriter::writeSummary(const Numbered &N) {
  const Finding &F = *N.Of;
  const StringRef Level = F.Fixed      ? "fixed"
                          : N.IsHidden ? "hidden"
                          : F.IsError  ? "error"
                                       : "warning";
  Out << "<summary><span class=\"badge " << Level << "\">" << Level
      << "</span> <span class=message>" << htmlMessage(F.What.Text)
      << "</span> <span class=meta><span class=where>" << html(whereOf(F.What.At))
      << "</span> <span class=rule>" << html(F.Rule) << "</span>";
  if (F.Tier != "default" && !F.Tier.empty())
    Out << " <span class=tier>" << html(F.Tier) << "</span>";
  if (!F.Edits.empty() && !F.Fixed)
    Out << " <span class=tier>--fix</span>";
  Out << "</span></summary>\n";
}

void FindingWriter::writeChain(const Numbered &N) {
  const Finding &F = *N.Of;
  if (none_of(F.Notes, isStep))
    return;
  std::vector<Box> Boxes = {{"", F.What.Text, whereOf(F.What.At), F.What.At.Source, N.Id + "-0"}};
  size_t Number = 0;
  for (auto [Index, Each] : enumerate(F.Notes))
    if (isStep(Each))
      Boxes.push_back({std::to_string(++Number), Each.Text, whereOf(Each.At), Each.At.Source,
                       noteId(N.Id, Index)});
  Out << "<h4>How it comes to it</h4>\n";
  drawChain(Boxes, "The steps of this finding, each a link to its code", Out);
}

void FindingWriter::writeCode(const Numbered &N) {
  const Finding &F = *N.Of;
  std::vector<std::pair<StringRef, std::vector<Row>>> Files;
  auto Add = [&](const Message &M, Row R) {
    R.Says = &M;
    auto Found = find_if(Files, [&](const auto &Each) { return Each.first == M.At.Path; });
    if (Found == Files.end())
      Found = Files.insert(Files.end(), {M.At.Path, {}});
    Found->second.push_back(std::move(R));
  };
  Add(F.What, {nullptr, N.Id + "-0", F.IsError ? "error" : "warning", "", {}, true});
  size_t Number = 0;
  for (auto [Index, Each] : enumerate(F.Notes))
    Add(Each, {nullptr, noteId(N.Id, Index), Each.Kind,
               isStep(Each) ? std::to_string(++Number) : "", Each.Edits, false});
  for (const auto &[Path, Rows] : Files)
    if (Path.empty())
      for (const Row &R : Rows)
        Out << "<p class=\"note " << R.Kind << "\" id=" << R.Id << ">" << htmlMessage(R.Says->Text)
            << "</p>\n";
    else
      writeFile(F, Path, Rows);
  for (const Note &Each : F.Notes)
    if (!Each.Edits.empty())
      writeChanges(F, Each.Edits, "What could be done (it is not certain, so --fix does not)");
}

void FindingWriter::writeFile(const Finding &F, StringRef Path, const std::vector<Row> &Rows) {
  const SourceText &File = Code.of(Path);
  const bool IsSo = isUnchanged(F, Path);
  Out << "<figure class=code><figcaption>" << html(reportedPath(Path)) << "</figcaption>\n";
  if (!File.Text)
    Out << "<p class=caution>The file could not be read when this report was written: "
        << html(File.Why) << ". Its lines are shown as they were found.</p>\n";
  else if (!IsSo)
    Out << "<p class=caution>The file has changed since it was analysed. Its lines are shown as "
           "they "
           "were found.</p>\n";
  std::map<unsigned, bool> Lines; // those that somebody speaks of, and those around
  for (const Row &R : Rows) {
    const unsigned Line = R.Says->At.Line, Around = !IsSo ? 0 : R.IsFinding ? 4 : 2;
    for (unsigned I = Line - std::min(Line - 1, Around); I <= Line + Around; ++I)
      if (I == Line || I <= File.Starts.size())
        Lines[I] |= I == Line;
  }
  // The last line of a file ends with its end.
  if (!Lines.empty() && IsSo && !Lines.rbegin()->second && File.line(Lines.rbegin()->first).empty())
    Lines.erase(std::prev(Lines.end()));
  Out << "<div class=scroll tabindex=0 role=region aria-label=\"code of "
      << html(reportedPath(Path)) << "\"><table>\n";
  unsigned Last = 0;
  for (auto [Line, Said] : Lines) {
    if (Last && IsSo && Line == Last + 2)
      writeLine(File, Rows, Line - 1, IsSo);
    else if (Last && Line != Last + 1)
      Out << "<tr class=gap><td>⋮<td></tr>\n";
    writeLine(File, Rows, Line, IsSo);
    Last = Line;
  }
  Out << "</table></div></figure>\n";
}

bool FindingWriter::isUnchanged(const Finding &F, StringRef Path) {
  const SourceText &File = Code.of(Path);
  auto isSo = [&](const Message &M) { return M.At.Path != Path || File.has(M.At); };
  return File.Text && isSo(F.What) && all_of(F.Notes, isSo);
}

void FindingWriter::writeLine(const SourceText &File, const std::vector<Row> &Rows, unsigned Line,
                              bool IsSo) {
  std::vector<Marked> Marks;
  std::vector<const Row *> Here;
  for (const Row &R : Rows) {
    const Place &At = R.Says->At;
    if (At.Line != Line)
      continue;
    Here.push_back(&R);
    for (auto [Begin, End] : At.Ranges)
      Marks.push_back({Begin, End, R.IsFinding});
    if (At.Ranges.empty())
      Marks.push_back({At.Column, File.endOfToken(At), R.IsFinding});
  }
  const std::string Text = IsSo ? File.line(Line).str() : Here.front()->Says->At.Source;
  static const SourceText Nothing;
  Out << "<tr" << (Here.empty() ? "" : " class=said") << "><td>" << Line << "<td>"
      << htmlLine(IsSo ? File : Nothing, Text, Line, Marks) << "</tr>\n";
  for (const Row *R : Here)
    writeNote(*R);
}

void FindingWriter::writeNote(const Row &R) {
  Out << "<tr class=\"note " << R.Kind << "\" id=" << R.Id << "><td>";
  if (!R.Number.empty())
    Out << "<b class=number>" << R.Number << "</b>";
  Out << "<td><div class=says><span class=kind>" << R.Kind << "</span> "
      << htmlMessage(R.Says->Text) << "</div></tr>\n";
}

void FindingWriter::writeChanges(const Finding &F, ArrayRef<Edit> Edits, StringRef Title) {
  std::map<StringRef, std::vector<Edit>> ByFile;
  for (const Edit &E : Edits)
    ByFile[E.Path].push_back(E);
  Out << "<h4>" << html(Title) << "</h4>\n";
  for (const auto &[Path, Of] : ByFile) {
    std::vector<Change> Changes;
    if (isUnchanged(F, Path))
      Changes = changesBy(Of, Code.of(Path));
    if (Changes.empty()) {
      Out << "<p class=caution>" << html(reportedPath(Path))
          << " has changed since: the change is for what it was.</p>\n";
      continue;
    }
    Out << "<figure class=\"code diff\"><figcaption>" << html(reportedPath(Path))
        << "</figcaption><div class=scroll tabindex=0 role=region aria-label=\"change of "
        << html(reportedPath(Path)) << "\"><table>\n";
    for (const Change &C : Changes) {
      for (auto [Index, Line] : enumerate(C.Before))
        Out << "<tr class=before><td>" << C.Line + Index << "<td>- " << htmlCode(Line) << "</tr>\n";
      for (const std::string &Line : C.After)
        Out << "<tr class=after><td><td>+ " << htmlCode(Line) << "</tr>\n";
    }
    Out << "</table></div></figure>\n";
  }
}

void FindingWriter::writeError(const Message &M) {
  static const SourceText Nothing;
  Out << "<p class=error>";
  if (!M.At.Path.empty())
    Out << "<span class=where>" << html(whereOf(M.At)) << "</span> ";
  Out << htmlMessage(M.Text);
  if (!M.At.Source.empty())
    Out << "<br><code class=line>"
        << htmlLine(Nothing, M.At.Source, M.At.Line,
                    {Marked{M.At.Column, Nothing.endOfToken(M.At), true}})
        << "</code>";
  Out << "</p>\n";
}

namespace {

/// Findings of one rule whose last step is at one place.
struct Meeting {
  const Note *Last = nullptr;
  std::vector<Numbered> Findings;

  Graph graph() const;
};

/// Of more, a drawing says nothing any more.
constexpr size_t MostDrawn = 24;

} // namespace

Graph Meeting::graph() const {
  Graph G;
  std::map<std::tuple<std::string, unsigned, unsigned, std::string>, size_t> Known;
  auto boxOf = [&](const Message &M, StringRef Number, std::string Target) {
    auto [Found, New] =
        Known.try_emplace({M.At.Path, M.At.Line, M.At.Column, M.Text}, G.Boxes.size());
    if (New)
      G.Boxes.push_back({Number.str(), M.Text, whereOf(M.At), "", std::move(Target)});
    return Found->second;
  };
  for (const Numbered &N : ArrayRef(Findings).take_front(MostDrawn)) {
    size_t From = boxOf(N.Of->What, "", N.Id);
    for (auto [Index, Each] : enumerate(N.Of->Notes)) {
      if (!isStep(Each))
        continue;
      const size_t To = boxOf(Each, "•", noteId(N.Id, Index));
      if (From != To && !is_contained(G.Arrows, std::pair(From, To)))
        G.Arrows.emplace_back(From, To);
      From = To;
    }
  }
  return G;
}

void writeMeetings(const std::vector<Numbered> &Findings, raw_ostream &Out) {
  std::map<std::tuple<std::string, std::string, unsigned, unsigned>, Meeting> All;
  for (const Numbered &N : Findings) {
    const Note *Last = nullptr;
    for (const Note &Each : N.Of->Notes)
      if (isStep(Each))
        Last = &Each;
    if (!Last || N.Of->Fixed)
      continue;
    Meeting &M = All[{N.Of->Rule, Last->At.Path, Last->At.Line, Last->At.Column}];
    M.Last = Last;
    M.Findings.push_back(N);
  }
  std::vector<const Meeting *> Sorted;
  for (const auto &Each : All)
    if (Each.second.Findings.size() > 1)
      Sorted.push_back(&Each.second);
  if (Sorted.empty())
    return;
  llvm::sort(Sorted, [](const Meeting *A, const Meeting *B) {
    const auto placeOf = [](const Meeting *M) {
      const Place &At = M->Last->At;
      return std::tie(M->Findings.front().Of->Rule, At.Path, At.Line, At.Column);
    };
    return A->Findings.size() != B->Findings.size() ? A->Findings.size() > B->Findings.size()
                                                    : placeOf(A) < placeOf(B);
  });
  Out << "<section id=meetings>\n<h2>Where chains meet</h2>\n<p>Findings whose last step is at the "
         "same place. What is mended there mends them all.</p>\n";
  for (const Meeting *M : Sorted) {
    const size_t Number = M->Findings.size();
    Out << "<details class=meeting data-findings=\""
        << join(map_range(M->Findings, [](const Numbered &N) { return N.Id; }), " ")
        << "\"><summary><b>" << Number << " findings</b> <span class=message>"
        << htmlMessage(M->Last->Text) << "</span> <span class=meta><span class=where>"
        << html(whereOf(M->Last->At)) << "</span> <span class=rule>"
        << html(M->Findings.front().Of->Rule) << "</span></span></summary>\n";
    drawGraph(M->graph(), "The steps of these findings, each a link to its code", Out);
    if (Number > MostDrawn)
      Out << "<p>Drawn are the first " << MostDrawn << " of " << Number << ".</p>\n";
    Out << "</details>\n";
  }
  Out << "</section>\n";
}

} // namespace corolint
