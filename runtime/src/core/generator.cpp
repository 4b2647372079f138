//===- generator.cpp - The wrong ways to take an item ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/generator.hpp>

#include <stdexcept>
#include <system_error>

namespace aio::detail {

void throw_next_of_nothing() {
  throw std::logic_error("next() was awaited of an async_generator that was moved from");
}

void throw_next_twice(const promise_base &generator) {
  throw std::logic_error("next() was awaited of " + name_of(generator) +
                         ", whose next() somebody awaits already");
}

void throw_generator_destroyed(const promise_base &generator) {
  throw std::system_error(std::make_error_code(std::errc::operation_canceled),
                          "next(): " + name_of(generator) + " was destroyed");
}

} // namespace aio::detail
