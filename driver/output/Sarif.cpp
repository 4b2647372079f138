//===- Sarif.cpp - SARIF 2.1.0, for code scanning -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registry.h"
#include "output/Formats.h"
#include "output/Paths.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;

namespace corolint {
namespace {

/// RFC 3986: what a path may have in it as it is.
std::string percentEncoded(StringRef Path) {
  std::string Result;
  for (unsigned char C : Path)
    if (isAlnum(C) || StringRef("/-._~!$&'()*+,;=@").contains(C))
      Result += C;
    else
      Result += "%" + utohexstr(C, /*LowerCase=*/false, 2);
  return Result;
}

/// Columns count characters there, and bytes with us.
unsigned characters(StringRef Source, unsigned Column) {
  StringRef Before = Source.take_front(Column - 1);
  return count_if(Before, [](unsigned char C) { return (C & 0xC0) != 0x80; }) + 1 +
         (Column - 1 - Before.size());
}

class Writer {
public:
  Writer(const Report &R, raw_ostream &Out) : R(R), J(Out, /*IndentSize=*/2) {
    for (const Rule *Each : allRules())
      Indices.emplace(Each->Id, Indices.size());
  }

  void write() {
    J.object([&] {
      J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                             "sarif-schema-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(); }); });
    });
  }

private:
  void run() {
    J.attributeObject("tool", [&] { J.attributeObject("driver", [&] { driver(); }); });
    J.attributeObject("originalUriBaseIds", [&] {
      J.attributeObject("SRCROOT", [&] { text("description", "The folder of the sources."); });
    });
    J.attribute("columnKind", "unicodeCodePoints");
    J.attributeArray("invocations", [&] { J.object([&] { invocation(); }); });
    J.attributeArray("results", [&] {
      for (const Finding &F : R.Findings)
        if (!F.Fixed)
          J.object([&] { result(F, /*IsHidden=*/false); });
      for (const Finding &F : R.Hidden)
        J.object([&] { result(F, /*IsHidden=*/true); });
    });
  }

  void driver() {
    J.attribute("name", "corolint");
    J.attribute("version", COROLINT_VERSION);
    J.attribute("semanticVersion", COROLINT_VERSION);
    J.attributeArray("rules", [&] {
      for (const Rule *Each : allRules())
        J.object([&] { rule(*Each); });
    });
  }

  void rule(const Rule &Of) {
    J.attribute("id", Of.Id);
    std::string Name; // "coro-nested-loop" is NestedLoop to who wants a Pascal-cased identifier
    for (StringRef Word : split(Of.Id.drop_front(StringRef("coro-").size()), '-'))
      Name += toUpper(Word.front()) + Word.drop_front().str();
    J.attribute("name", Name);
    text("shortDescription", Of.Summary);
    J.attributeObject("help", [&] {
      J.attribute("text", utf8(pageOf(Of)));
      J.attribute("markdown", utf8(pageOf(Of)));
    });
    J.attributeObject("defaultConfiguration", [&] {
      J.attribute("level", Of.Level == Tier::Pedantic ? "note" : "warning");
      J.attribute("enabled", Of.Level == Tier::Default);
    });
    J.attributeObject("properties", [&] {
      J.attribute("tier", nameOf(Of.Level));
      J.attribute("topic", nameOf(Of.About));
      J.attributeArray("tags", [&] {
        J.value("coroutines");
        J.value(nameOf(Of.About));
      });
    });
  }

  void invocation() {
    J.attribute("executionSuccessful", R.Failures.empty() && !R.Interrupted);
    J.attributeArray("toolExecutionNotifications", [&] {
      for (const Failure &F : R.Failures)
        J.object([&] {
          J.attribute("level", "error");
          J.attributeObject("descriptor", [&] { J.attribute("id", "not-analysed"); });
          std::string Text = "could not be analysed: " + F.Why;
          for (const Message &M : F.Errors)
            Text += "\n" + M.Text;
          text("message", reportedPath(F.File) + " " + Text);
          J.attributeArray("locations", [&] {
            J.object([&] {
              const Place *At = F.Errors.empty() ? nullptr : &F.Errors.front().At;
              if (At && !At->Path.empty())
                location(*At);
              else
                J.attributeObject("physicalLocation", [&] { artifact(F.File); });
            });
          });
        });
      for (const std::string &File : R.Unfinished)
        J.object([&] {
          J.attribute("level", "error");
          J.attributeObject("descriptor", [&] { J.attribute("id", "interrupted"); });
          text("message", reportedPath(File) + " was not analysed: the run was interrupted");
        });
    });
  }

  void result(const Finding &F, bool IsHidden) {
    J.attribute("ruleId", F.Rule);
    if (auto Found = Indices.find(F.Rule); Found != Indices.end())
      J.attribute("ruleIndex", Found->second);
    J.attribute("level", F.IsError ? "error" : F.Tier == "pedantic" ? "note" : "warning");
    std::string Text = F.What.Text;
    for (const Note &Each : F.Notes)
      if (Each.Kind == "advice")
        Text += "\n" + Each.Text;
    text("message", Text);
    J.attributeArray("locations", [&] {
      J.object([&] {
        location(F.What.At);
        if (!F.Function.empty())
          J.attributeArray("logicalLocations", [&] {
            J.object([&] {
              J.attribute("fullyQualifiedName", utf8(F.Function));
              J.attribute("kind", "function");
            });
          });
      });
    });
    related(F);
    chain(F);
    fixes(F);
    J.attributeObject("partialFingerprints", [&] { J.attribute("corolint/v1", F.Fingerprint); });
    if (IsHidden)
      J.attributeArray("suppressions", [&] {
        J.object([&] {
          J.attribute("kind", "external");
          J.attribute("justification", "in the baseline");
        });
      });
    J.attributeObject("properties", [&] {
      J.attribute("tier", F.Tier);
      J.attribute("function", utf8(F.Function));
      J.attribute("fingerprint", F.Fingerprint);
      J.attribute("partial", F.Partial);
    });
  }

  void related(const Finding &F) {
    unsigned Id = 0;
    J.attributeArray("relatedLocations", [&] {
      for (const Note &Each : F.Notes)
        if (!Each.At.Path.empty())
          J.object([&] {
            J.attribute("id", ++Id);
            text("message", Each.Text);
            location(Each.At);
          });
    });
  }

  /// How it comes to the harm, step by step, from the place of the finding.
  void chain(const Finding &F) {
    if (none_of(F.Notes, [](const Note &N) { return N.Kind == "step" && !N.At.Path.empty(); }))
      return;
    J.attributeArray("codeFlows", [&] {
      J.object([&] {
        J.attributeArray("threadFlows", [&] {
          J.object([&] {
            J.attributeArray("locations", [&] {
              step(F.What, 0);
              unsigned Number = 0;
              for (const Note &Each : F.Notes)
                if (Each.Kind == "step" && !Each.At.Path.empty())
                  step(Each, ++Number);
            });
          });
        });
      });
    });
  }

  void step(const Message &M, unsigned Number) {
    J.object([&] {
      J.attribute("executionOrder", Number);
      J.attributeObject("location", [&] {
        location(M.At);
        text("message", M.Text);
      });
    });
  }

  void fixes(const Finding &F) {
    auto Write = [&](ArrayRef<Edit> Edits, StringRef Description) {
      J.object([&] {
        text("description", Description);
        J.attributeArray("artifactChanges", [&] {
          for (size_t I = 0; I < Edits.size();) {
            size_t End = I;
            while (End < Edits.size() && Edits[End].Path == Edits[I].Path)
              ++End;
            J.object([&] { changes(Edits.slice(I, End - I)); });
            I = End;
          }
        });
      });
    };
    const bool Any =
        !F.Edits.empty() || any_of(F.Notes, [](const Note &N) { return !N.Edits.empty(); });
    if (!Any)
      return;
    J.attributeArray("fixes", [&] {
      if (!F.Edits.empty())
        Write(F.Edits, "Apply the fix of " + F.Rule);
      for (const Note &Each : F.Notes)
        if (!Each.Edits.empty())
          Write(Each.Edits, Each.Text);
    });
  }

  void changes(ArrayRef<Edit> Edits) {
    artifact(Edits.front().Path);
    J.attributeArray("replacements", [&] {
      for (const Edit &E : Edits)
        J.object([&] {
          // Bytes say it whatever the encoding is.
          J.attributeObject("deletedRegion", [&] {
            J.attribute("byteOffset", E.Offset);
            J.attribute("byteLength", E.Length);
          });
          if (!E.Text.empty())
            text("insertedContent", E.Text);
        });
    });
  }

  void location(const Place &At) {
    J.attributeObject("physicalLocation", [&] {
      artifact(At.Path);
      if (!At.Line)
        return;
      J.attributeObject("region", [&] {
        J.attribute("startLine", At.Line);
        J.attribute("startColumn", characters(At.Source, At.Column));
        for (auto [Begin, End] : At.Ranges)
          if (Begin == At.Column && End > Begin) {
            J.attribute("endColumn", characters(At.Source, End));
            break;
          }
        if (!At.Source.empty())
          J.attributeObject("snippet", [&] { J.attribute("text", utf8(At.Source)); });
      });
    });
  }

  void artifact(StringRef Path) {
    J.attributeObject("artifactLocation", [&] {
      const std::string Name = reportedPath(Path);
      if (sys::path::is_absolute(Name)) {
        J.attribute("uri", "file://" + percentEncoded(Name));
        return;
      }
      J.attribute("uri", percentEncoded(Name));
      J.attribute("uriBaseId", "SRCROOT");
    });
  }

  void text(StringRef Key, StringRef Text) {
    J.attributeObject(Key, [&] { J.attribute("text", utf8(Text)); });
  }

  const Report &R;
  json::OStream J;
  std::map<StringRef, size_t> Indices;
};

} // namespace

void printSarif(const Report &R, raw_ostream &Out) {
  Writer(R, Out).write();
  Out << "\n";
}

} // namespace corolint
