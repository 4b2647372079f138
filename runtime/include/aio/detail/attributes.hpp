//===- aio/detail/attributes.hpp - What compilers can check about a coroutine type ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#ifndef AIO_DETAIL_ATTRIBUTES_HPP
#define AIO_DETAIL_ATTRIBUTES_HPP

#include <corolint/annotations.h>

#ifndef __has_cpp_attribute
#define __has_cpp_attribute(x) 0
#endif

// The frame of a coroutine that is awaited where it is called lives in its caller's frame.
#if __has_cpp_attribute(clang::coro_await_elidable)
#define AIO_AWAIT_ELIDABLE [[clang::coro_await_elidable]]
#else
#define AIO_AWAIT_ELIDABLE
#endif

// With AIO_CHECK_LIFETIMES Clang warns where a task outlives what its parameters refer to. It is
// not the default: every plain function that returns a task is an error then unless it is marked
// [[clang::coro_wrapper]], and std::function and std::invoke are such functions.
#if defined(AIO_CHECK_LIFETIMES) && __has_cpp_attribute(clang::coro_lifetimebound)
#define AIO_CORO_RETURN_TYPE [[clang::coro_return_type, clang::coro_lifetimebound]]
// The promise, which get_return_object refers to, lives as long as the task.
#define AIO_CORO_WRAPPER [[clang::coro_wrapper, clang::coro_disable_lifetimebound]]
#else
#define AIO_CORO_RETURN_TYPE
#define AIO_CORO_WRAPPER
#endif

// [[clang::coro_only_destroy_when_complete]] is not used: a lazy task that nobody awaited is
// destroyed at its initial suspension, which that attribute makes undefined.

#endif // AIO_DETAIL_ATTRIBUTES_HPP
