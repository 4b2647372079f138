//===- Transport.cpp - clangd's messages, with links to our pages --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clangd/Clangd.h"
#include "clangd/RulePages.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace corolint {
namespace {

/// Stands before the stream to the editor. Each message is a header with a length, an empty line
/// and as many bytes of JSON.
class LinkingStream : public raw_ostream {
public:
  LinkingStream(raw_ostream &To, bool Pretty) : To(To), Pretty(Pretty) {}
  ~LinkingStream() override { flush(); }

private:
  void write_impl(const char *Data, size_t Size) override {
    Written += Size;
    Pending.append(Data, Size);
    StringRef Left = Pending;
    while (passOn(Left))
      ;
    Pending = Left.str();
    To.flush();
  }

  uint64_t current_pos() const override { return Written; }

  /// The first message, if all of it is there.
  bool passOn(StringRef &Left) {
    constexpr StringLiteral Name = "Content-Length: ", End = "\r\n\r\n";
    size_t Size = 0, Body = Left.find(End);
    if (Body == StringRef::npos)
      return false;
    StringRef Length = Left.take_front(Body);
    Body += End.size();
    if (!Length.consume_front(Name) || Length.getAsInteger(10, Size)) {
      To << Left; // nothing that we know
      Left = "";
      return false;
    }
    if (Left.size() - Body < Size)
      return false;
    message(Left.substr(Body, Size));
    Left = Left.drop_front(Body + Size);
    return true;
  }

  void message(StringRef Json) {
    std::string Changed;
    // Most messages have no such link, and need not be read.
    if (Json.contains("/clang-tidy/checks/coro/")) {
      Expected<json::Value> Message = json::parse(Json);
      if (!Message)
        consumeError(Message.takeError());
      else if (linkRulePages(*Message))
        Json = Changed = Pretty ? formatv("{0:2}", *Message).str() : formatv("{0}", *Message).str();
    }
    To << "Content-Length: " << Json.size() << "\r\n\r\n" << Json;
  }

  raw_ostream &To;
  const bool Pretty;
  std::string Pending; ///< of a message that is not complete
  uint64_t Written = 0;
};

} // namespace

clang::clangd::Owned<clang::clangd::Transport>
newJSONTransport(std::FILE *In, raw_ostream &Out, raw_ostream *InMirror, bool Pretty,
                 clang::clangd::JSONStreamStyle Style) {
  static LinkingStream Linked(Out, Pretty); // there is one transport, until the end
  return transportInClangd(In, Linked, InMirror, Pretty, Style);
}

} // namespace corolint
