//===- YamlTree.cpp - YAML as a tree that keeps its places ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "knowledge/YamlTree.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace llvm;

namespace corolint::model {

StringRef nameOf(YamlValue::Kind K) {
  switch (K) {
  case YamlValue::Null:
    return "nothing";
  case YamlValue::Scalar:
    return "a text";
  case YamlValue::List:
    return "a list";
  case YamlValue::Map:
    return "a map";
  }
  return "";
}

namespace {

// Files of knowledge nest five deep (file, section, entry, conditions, condition). The limit only
// keeps hostile input from costing the stack.
constexpr unsigned MaxYamlDepth = 8;

class Builder {
public:
  explicit Builder(SourceMgr &SM) : SM(SM) {}

  bool tree(yaml::Stream &Stream, YamlValue &Root);

private:
  SourceMgr &SM;

  void error(SMRange At, const Twine &Message) {
    SM.PrintMessage(At.Start, SourceMgr::DK_Error, Message, At);
  }

  bool build(yaml::Node *Node, unsigned Depth, YamlValue &Into);
};

bool Builder::tree(yaml::Stream &Stream, YamlValue &Root) {
  auto Document = Stream.begin();
  if (Document == Stream.end())
    return !Stream.failed();
  if (!build(Document->getRoot(), 0, Root) || Stream.failed())
    return false;
  if (++Document != Stream.end() && !Stream.failed()) {
    // What follows a '---' would otherwise be ignored in silence.
    if (yaml::Node *Second = Document->getRoot())
      error(Second->getSourceRange(), "a second document; one file holds one document");
    return false;
  }
  return !Stream.failed();
}

/// False when the rest of the stream must not be touched any more.
bool Builder::build(yaml::Node *Node, unsigned Depth, YamlValue &Into) {
  if (!Node || Node->failed())
    return false;
  Into.At = Node->getSourceRange();
  // The node's own range begins behind these, so they are pointed at by their text.
  auto Pointed = [](StringRef Text) {
    return SMRange(SMLoc::getFromPointer(Text.begin() - 1), SMLoc::getFromPointer(Text.end()));
  };
  if (StringRef Anchor = Node->getAnchor(); !Anchor.empty()) {
    error(Pointed(Anchor), "anchors are not supported; write the value where it is needed");
    return false;
  }
  if (StringRef Tag = Node->getRawTag(); !Tag.empty()) {
    error(Pointed(Tag.drop_front()), "tags are not supported; leave out '" + Tag + "'");
    return false;
  }
  if (const auto *Alias = dyn_cast<yaml::AliasNode>(Node)) {
    error(Pointed(Alias->getName()), "aliases are not supported; write the value out");
    return false;
  }
  if (Depth > MaxYamlDepth) {
    error(Into.At, "nested too deep; nothing here is more than five levels deep");
    return false;
  }

  if (auto *S = dyn_cast<yaml::ScalarNode>(Node)) {
    SmallString<64> Storage;
    Into.Is = YamlValue::Scalar;
    Into.Text = S->getValue(Storage).str();
    return !Node->failed();
  }
  if (auto *S = dyn_cast<yaml::BlockScalarNode>(Node)) {
    Into.Is = YamlValue::Scalar;
    Into.Text = S->getValue().rtrim('\n').str();
    return !Node->failed();
  }
  if (auto *S = dyn_cast<yaml::SequenceNode>(Node)) {
    Into.Is = YamlValue::List;
    for (yaml::Node &Item : *S)
      if (!build(&Item, Depth + 1, Into.Items.emplace_back()))
        return false;
    return !Node->failed();
  }
  if (auto *M = dyn_cast<yaml::MappingNode>(Node)) {
    Into.Is = YamlValue::Map;
    for (yaml::KeyValueNode &Pair : *M) {
      YamlValue Key, Item;
      if (!build(Pair.getKey(), Depth + 1, Key))
        return false;
      if (Key.Is != YamlValue::Scalar) {
        error(Key.At, "a key is a plain word, not " + nameOf(Key.Is));
        return false;
      }
      if (!build(Pair.getValue(), Depth + 1, Item))
        return false;
      if (Item.Is == YamlValue::Null)
        Item.At = Key.At; // an absent value has no place of its own
      Into.Items.push_back(std::move(Key));
      Into.Items.push_back(std::move(Item));
    }
    return !Node->failed();
  }
  return !Node->failed();
}

} // namespace

std::optional<YamlValue> readYaml(MemoryBufferRef Yaml, SourceMgr &SM) {
  yaml::Stream Stream(Yaml, SM, /*ShowColors=*/false);
  YamlValue Root;
  if (!Builder(SM).tree(Stream, Root))
    return std::nullopt;
  return Root;
}

} // namespace corolint::model
