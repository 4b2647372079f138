//===- FrameSize.cpp - coro-frame-size -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/state/FrameSize.h"
#include "Check.h"
#include "model/Unit.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace corolint::checks {
namespace {

constexpr Option FrameSizeOptions[] = {
    {"Limit", "16384", "the most bytes that a frame may have"},
};

class FrameSize : public Check {
public:
  using Check::Check;

private:
  void checkFunction(const FunctionDecl &F, model::Unit &U) override;
  void explain(FindingBuilder &Finding, const model::FrameSize &Frame, model::Unit &U);
};

} // namespace

extern const Rule FrameSizeEntry = {
    "coro-frame-size",
    "a coroutine frame above a limit, with what fills it",
    Tier::Pedantic,
    Topic::Structure,
    Fix::None,
    FrameSizeOptions,
    makeCheck<FrameSize>,
};

namespace {

llvm::StringRef textFor(model::FramePart::Kind Is) {
  switch (Is) {
  case model::FramePart::Promise:
    return "%0 bytes are its promise";
  case model::FramePart::Parameter:
    return "%0 bytes are the parameter '%2', a '%1'";
  case model::FramePart::Local:
    return "%0 bytes are '%2', a '%1'";
  case model::FramePart::Temporary:
    return "%0 bytes are a temporary, a '%1'";
  }
  llvm_unreachable("all kinds are handled");
}

void FrameSize::explain(FindingBuilder &Finding, const model::FrameSize &Frame, model::Unit &U) {
  // The largest, until most of it is explained.
  PrintingPolicy Policy = U.context().getPrintingPolicy();
  Policy.AnonymousTagLocations = false; // of a lambda, nobody wants the path
  uint64_t Left = Frame.Bytes;
  unsigned Count = 0;
  for (const model::FramePart &Each : Frame.Parts) {
    if (Left < Frame.Bytes / 8 || Count == 5)
      break;
    ++Count;
    Left -= Each.Bytes;
    Finding.related(Each.At, textFor(Each.Is))
        << std::to_string(Each.Bytes) << Each.Type.getAsString(Policy)
        << (Each.Named ? Each.Named->getNameAsString() : std::string());
  }
  if (!Frame.At)
    return;
  Finding.step(Frame.At->getExprLoc(),
               "%select{they are|it is}0 kept while the coroutine is suspended here")
      << (Count == 1);
  if (Frame.Apart > Frame.Bytes + Frame.Bytes / 4)
    Finding.related(Frame.At->getExprLoc(),
                    "without optimisation, objects that never live at the same time do not share "
                    "their place: about %0 bytes")
        << std::to_string(Frame.Apart);
}

void FrameSize::checkFunction(const FunctionDecl &F, model::Unit &U) {
  const model::FrameSize &Frame = model::frameSizeOf(F, U);
  const unsigned Limit = number("Limit");
  if (Frame.Bytes <= Limit) {
    if (Frame.Bytes > Limit / 4) // nobody asks about the others
      U.leave(F.getLocation(), [&] {
        return "the frame of " + quoted(F) + " has about " + std::to_string(Frame.Bytes) +
               " bytes: not more than " + std::to_string(Limit);
      });
    return;
  }
  auto Finding = report(F.getLocation(), "the frame of %0 has about %1 bytes, more than %2");
  if (!Finding)
    return;
  *Finding << quoted(F) << std::to_string(Frame.Bytes) << std::to_string(Limit);
  explain(*Finding, Frame, U);
  Finding->advice(Frame.Parts.front().At,
                  "end the scope of what is large before the coroutine is suspended, or keep it on "
                  "the heap while it is needed");
}

} // namespace
} // namespace corolint::checks
