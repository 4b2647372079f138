//===- Graph.cpp - Chains as drawings --------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Drawn when the report is written, so that they are there without a program in the page. The
// widths of letters are not known here: boxes have room for wide ones.
//
//===----------------------------------------------------------------------===//

#include "html/Graph.h"
#include "html/Text.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace llvm;

namespace corolint {
namespace {

constexpr size_t LetterWidth = 8, LineHeight = 18, Padding = 10;

/// A box with its place, and its text in lines.
struct Drawn {
  const Box *Of = nullptr;
  std::vector<std::string> Text, Small;
  size_t X = 0, Y = 0, Width = 0, Height = 0;

  Drawn(const Box &B, size_t Width, size_t Most) : Of(&B), Width(Width) {
    const size_t Columns = (Width - 2 * Padding - (B.Number.empty() ? 0 : 24)) / LetterWidth;
    Text = wrapped(B.Text, Columns, Most);
    Small = wrapped(B.Where, Columns, 2);
    if (!B.Code.empty())
      append_range(Small, wrapped(B.Code, Columns, 1));
    Height = 2 * Padding + LineHeight * (Text.size() + Small.size()) - 4;
  }
};

void drawBox(const Drawn &D, raw_ostream &Out) {
  const bool IsStep = !D.Of->Number.empty();
  Out << "<a href=\"#" << D.Of->Target << "\" class=" << (IsStep ? "step" : "what") << ">"
      << "<title>" << html(D.Of->Text) << " (" << html(D.Of->Where) << ")</title>"
      << "<rect x=" << D.X << " y=" << D.Y << " width=" << D.Width << " height=" << D.Height
      << " rx=6 />";
  size_t Left = D.X + Padding, Y = D.Y + Padding + 11;
  if (IsStep) {
    Out << "<circle cx=" << Left + 9 << " cy=" << Y - 4
        << " r=9 /><text class=number x=" << Left + 9 << " y=" << Y << ">" << html(D.Of->Number)
        << "</text>";
    Left += 24;
  }
  auto Write = [&](const std::vector<std::string> &Lines, StringRef Class) {
    for (const std::string &Line : Lines) {
      Out << "<text class=" << Class << " x=" << Left << " y=" << Y << ">" << html(Line)
          << "</text>";
      Y += LineHeight;
    }
  };
  Write(D.Text, "says");
  Write(D.Small, "where");
  Out << "</a>";
}

void beginDrawing(size_t Width, size_t Height, StringRef Name, raw_ostream &Out) {
  Out << "<div class=drawing tabindex=0 role=group aria-label=\"" << html(Name)
      << "\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=" << Width << " height=" << Height
      << " viewBox=\"0 0 " << Width << " " << Height << "\">";
}

/// From one box to another. A finding is no step: it may be the first of what happens, or the last,
/// so that what leads from it is a line without a head.
void drawArrow(const Drawn &From, const Drawn &To, bool Down, raw_ostream &Out) {
  const bool IsStep = !From.Of->Number.empty();
  const size_t Head = IsStep ? 6 : 0;
  const size_t X1 = Down ? 40 : From.X + From.Width, X2 = Down ? 40 : To.X;
  const size_t Y1 = From.Y + (Down ? From.Height : From.Height / 2);
  const size_t Y2 = To.Y + (Down ? 0 : To.Height / 2), Middle = (X1 + X2) / 2;
  Out << "<path class=\"arrow" << (IsStep ? "" : " because") << "\" d=\"M" << X1 << " " << Y1;
  if (Down)
    Out << "V" << Y2 - Head;
  else
    Out << "C" << Middle << " " << Y1 << " " << Middle << " " << Y2 << " " << X2 - Head << " "
        << Y2;
  Out << "\" />";
  if (IsStep)
    Out << "<path class=head d=\"M" << X2 << " " << Y2 << (Down ? "l-5 -8h10z" : "l-8 -5v10z")
        << "\" />";
}

/// The boxes of a graph in columns, from its beginnings to its end.
class Columns {
public:
  explicit Columns(const Graph &G) : G(G), Column(G.Boxes.size(), 0) {
    for (const Box &B : G.Boxes)
      Boxes.emplace_back(B, Width, 3);
    place();
  }

  void draw(StringRef Name, raw_ostream &Out) const {
    size_t Right = 0, Bottom = 0;
    for (const Drawn &D : Boxes) {
      Right = std::max(Right, D.X + D.Width);
      Bottom = std::max(Bottom, D.Y + D.Height);
    }
    beginDrawing(Right + 1, Bottom + 1, Name, Out);
    for (auto [From, To] : G.Arrows)
      drawArrow(Boxes[From], Boxes[To], /*Down=*/false, Out);
    for (const Drawn &D : Boxes)
      drawBox(D, Out);
    Out << "</svg></div>\n";
  }

private:
  static constexpr size_t Width = 330, Between = 64, Gap = 12;

  void place() {
    // As far to the right as the longest way to it; a circle ends with the last round.
    for (size_t Round = 0; Round < Boxes.size(); ++Round) {
      bool Moved = false;
      for (auto [From, To] : G.Arrows)
        if (Column[To] < Column[From] + 1 && Column[From] + 1 < Boxes.size()) {
          Column[To] = Column[From] + 1;
          Moved = true;
        }
      if (!Moved)
        break;
    }
    const size_t Last = Boxes.empty() ? 0 : *llvm::max_element(Column);
    for (size_t Here = 0; Here <= Last; ++Here)
      placeColumn(Here);
  }

  /// Each as near as it can be to the middle of those that lead to it.
  void placeColumn(size_t Here) {
    std::vector<std::pair<size_t, size_t>> Wanted;
    for (size_t I = 0; I < Boxes.size(); ++I)
      if (Column[I] == Here)
        Wanted.emplace_back(middleOf(I), I);
    llvm::sort(Wanted);
    size_t Free = 1;
    for (auto [Middle, I] : Wanted) {
      Drawn &D = Boxes[I];
      D.X = 1 + Here * (Width + Between);
      D.Y = std::max(Free, Middle > D.Height / 2 ? Middle - D.Height / 2 : 1);
      Free = D.Y + D.Height + Gap;
    }
  }

  size_t middleOf(size_t I) const {
    size_t Sum = 0, Number = 0;
    for (auto [From, To] : G.Arrows)
      if (To == I && Column[From] < Column[To]) {
        Sum += Boxes[From].Y + Boxes[From].Height / 2;
        ++Number;
      }
    return Number ? Sum / Number : 0;
  }

  const Graph &G;
  std::vector<Drawn> Boxes;
  std::vector<size_t> Column;
};

} // namespace

void drawChain(const std::vector<Box> &Boxes, StringRef Name, raw_ostream &Out) {
  constexpr size_t Width = 760, Gap = 20;
  std::vector<Drawn> All;
  size_t Y = 1;
  for (const Box &B : Boxes) {
    All.emplace_back(B, Width, 3);
    All.back().X = 1;
    All.back().Y = Y;
    Y += All.back().Height + Gap;
  }
  beginDrawing(Width + 2, Y - Gap + 1, Name, Out);
  for (size_t I = 1; I < All.size(); ++I)
    drawArrow(All[I - 1], All[I], /*Down=*/true, Out);
  for (const Drawn &D : All)
    drawBox(D, Out);
  Out << "</svg></div>\n";
}

void drawGraph(const Graph &G, StringRef Name, raw_ostream &Out) {
  Columns(G).draw(Name, Out);
}

} // namespace corolint
