//===- stack.hpp - The stack of a thread, while it is there ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//
//
// It is taken in two parts: a signal handler on that thread notes addresses, and another thread
// makes names of them, which takes memory, locks and files.
//
//===-----------------------------------------------------------------------------------------===//

#ifndef AIO_LOOP_STACK_HPP
#define AIO_LOOP_STACK_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace aio::detail {

/// Addresses of code, the innermost first.
struct raw_stack {
  static constexpr std::size_t most = 64;
  std::array<std::uintptr_t, most> addresses;
  std::size_t size = 0;
  /// Whether the first is of the instruction itself, and not of the one after a call.
  bool first_exact = false;
};

/// Notes in \p into what the signal has interrupted in whose handler this is called, up to and
/// without the function whose calls have their frames at \p base. Allocates nothing.
void take_stack(raw_stack &into, std::uintptr_t base) noexcept;

/// A function on a stack, also one that was inlined.
struct stack_frame {
  /// Demangled; of a coroutine, the name that it was written with. Or an address.
  std::string function;
  /// Empty if there is no debug information: then there is a module.
  std::string file;
  unsigned line = 0;
  /// The file name of the program or library.
  std::string module;
  /// Whether the compiler made it of a coroutine's body.
  bool coroutine = false;

  /// "function at file:line", or "function in module".
  std::string text() const;
};

/// With lines and inlined functions where there is debug information and libdw to read it.
std::vector<stack_frame> name_stack(const raw_stack &stack);

} // namespace aio::detail

#endif // AIO_LOOP_STACK_HPP
