//===- aio/thread.hpp - What blocks, on other threads ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//
//
// Workers are libuv's thread pool: four threads, or as many as UV_THREADPOOL_SIZE in the
// environment says, which the whole program shares, files and `resolve` too. What runs there may
// block; what takes its place waits until one of them is free.
//
// A coroutine that has hopped to a worker may await tasks, whose bodies run on the worker then, and
// `resume_on_loop()`. Everything else of aio's belongs to the loop: awaited on a worker it throws
// std::logic_error.
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_THREAD_HPP
#define AIO_THREAD_HPP

#include <aio/detail/thread.hpp>

#include <corolint/annotations.h>

#include <type_traits>
#include <utility>

namespace aio {

/// Calls \p f with \p args on a worker, and gives what it returns. Both are copied or moved from,
/// as std::thread does; std::ref for what is to be referred to. A function that takes a
/// std::stop_token before \p args gets one.
///
/// Starts: when it is awaited, and a worker is free.
/// Cancel: a call that has not begun never begins, and `cancelled` is thrown. One that has is asked
/// to stop through its stop_token, and its end is waited for: its result is given.
/// Thread: \p f runs on a worker; resumed on the loop.
/// Throws: what \p f throws.
template <class F, class... Args>
[[nodiscard("co_await it")]] CORO_REPLACES(
    "std::future::get", "std::future::wait", "std::shared_future::get", "std::shared_future::wait",
    "std::thread::join", "std::jthread::join", "pthread_join", "unlink", "rmdir",
    "std::filesystem::remove_all", "std::filesystem::copy",
    "std::filesystem::copy_file") auto to_thread(CORO_OFFLOADS F &&f, Args &&...args) {
  return detail::offloaded<std::decay_t<F>, std::decay_t<Args>...>(
      std::in_place, std::forward<F>(f), std::forward<Args>(args)...);
}

/// Moves this coroutine to a worker, where it may block, until `resume_on_loop()` or its end: who
/// awaits it is resumed where they were. On a worker, goes on at once.
///
/// Starts: when it is awaited, and a worker is free.
/// Cancel: throws `cancelled`: on the loop while it waits for a worker, else where it arrives.
/// Thread: resumed on a worker.
/// Throws: nothing else.
[[nodiscard("co_await it")]] CORO_RESUMES_ON_WORKER inline auto resume_on_worker() noexcept {
  return detail::worker_hop();
}

/// Moves this coroutine back to its loop. On the loop, goes on at once, without a suspension.
///
/// Starts: when it is awaited.
/// Cancel: goes to the loop all the same, and throws `cancelled` there.
/// Thread: resumed on the loop, also when it throws.
/// Throws: nothing else.
[[nodiscard("co_await it")]] CORO_RESUMES_ON_LOOP inline auto resume_on_loop() noexcept {
  return detail::loop_hop();
}

} // namespace aio

#endif // AIO_THREAD_HPP
