//===- frame_memory.cpp - Memory for coroutines, kept for the next one ----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/detail/frame_memory.hpp>

namespace aio::detail {

void empty_frames_at_exit() noexcept {
  struct at_exit {
    bool used = true;
    ~at_exit() {
      for (std::size_t i = 0; i != frame_cache::sizes; ++i) {
        while (auto *const first = frames.free[i]) {
          frames.free[i] = first->next;
          ::operator delete(first);
        }
        // What is given back after this, by a destructor that runs later, goes to the heap at once.
        frames.bytes[i] = frame_cache::kept;
      }
    }
  };
  thread_local at_exit cleanup;
  frames.will_be_emptied = cleanup.used;
}

} // namespace aio::detail
