//===- aio/detail/frame_memory.hpp - Memory for coroutines ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_FRAME_MEMORY_HPP
#define AIO_DETAIL_FRAME_MEMORY_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>

// Under a sanitizer every frame comes from the heap, so that it sees who uses one too long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AIO_FRAMES_FROM_HEAP 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define AIO_FRAMES_FROM_HEAP 1
#endif
#endif

namespace aio::detail {

/// What one thread keeps of memory that it has given back: blocks of the sizes 64, 128, … 1024
/// bytes. A block may come from one thread and go to another.
struct frame_cache {
  static constexpr std::size_t step = 64;
  static constexpr std::size_t sizes = 16;
  static constexpr std::size_t kept = 128 * 1024; // bytes of each size, at most

  struct block {
    block *next;
  };
  std::array<block *, sizes> free{};
  std::array<std::uint32_t, sizes> bytes{};
  bool will_be_emptied = false;
};

inline constinit thread_local frame_cache frames;

/// Sees to it that what `frames` keeps is freed when this thread ends.
void empty_frames_at_exit() noexcept;

inline void *allocate_frame(std::size_t size) {
#ifndef AIO_FRAMES_FROM_HEAP
  const std::size_t index = (size - 1) / frame_cache::step;
  if (index < frame_cache::sizes) {
    if (auto *const found = frames.free[index]) {
      frames.free[index] = found->next;
      frames.bytes[index] -= static_cast<std::uint32_t>((index + 1) * frame_cache::step);
      return found;
    }
    size = (index + 1) * frame_cache::step;
  }
#endif
  return ::operator new(size);
}

inline void free_frame(void *frame, std::size_t size) noexcept {
#ifndef AIO_FRAMES_FROM_HEAP
  const std::size_t index = (size - 1) / frame_cache::step;
  if (index < frame_cache::sizes && frames.bytes[index] < frame_cache::kept) {
    if (!frames.will_be_emptied) [[unlikely]]
      empty_frames_at_exit();
    frames.free[index] = ::new (frame) frame_cache::block{frames.free[index]};
    frames.bytes[index] += static_cast<std::uint32_t>((index + 1) * frame_cache::step);
    return;
  }
#else
  (void)size;
#endif
  ::operator delete(frame);
}

/// For what is allocated as often as coroutines are.
class from_frame_memory {
public:
  static void *operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void *at, std::size_t size) noexcept { free_frame(at, size); }
};

} // namespace aio::detail

#endif // AIO_DETAIL_FRAME_MEMORY_HPP
