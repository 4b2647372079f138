/*===- corolint/annotations.h - Say about your code what a linter cannot see -===*\
|*
|* Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
|*===--------------------------------------------------------------------------===*|
|*
|* C and C++, any compiler, no other include. Clang gets each macro as an `annotate` attribute, for
|* every other compiler it is empty. The macros of functions, parameters and types are written where
|* the declaration begins (after `template <...>` and `[[...]]`), on a lambda after its parameter
|* list. An annotation belongs on the declaration that callers see: the one in the header.
|*
|* They cost nothing: Clang's optimizer would keep an annotated parameter in memory and an annotated
|* function in the object file, so in an optimized build they are empty too, and are there only for
|* who reads them. Analysis tools are known by the macro __clang_analyzer__.
|*
|* Define COROLINT_NO_ANNOTATIONS to make all of them empty everywhere, and
COROLINT_KEEP_ANNOTATIONS to
|* have them in an optimized build too, for a plugin of the compiler.
|*
\*===--------------------------------------------------------------------------===*/

#ifndef COROLINT_ANNOTATIONS_H
#define COROLINT_ANNOTATIONS_H

/* Clang takes a second argument of `annotate` from version 13 on. */
#if defined(__clang__) && __clang_major__ >= 13 && !defined(COROLINT_NO_ANNOTATIONS) &&            \
    (defined(__clang_analyzer__) || !defined(__OPTIMIZE__) || defined(COROLINT_KEEP_ANNOTATIONS))
#define COROLINT_ANNOTATE(name) __attribute__((annotate("corolint::" name)))
#define COROLINT_ANNOTATE_TEXT(name, ...) __attribute__((annotate("corolint::" name, __VA_ARGS__)))
/* On a statement it takes the attribute only since the version that corolint is built with, and
   only in the [[]] spelling; that is C since C23, and Clang warns in older C. */
#if __clang_major__ < 22
#define COROLINT_ANNOTATE_STATEMENT(name, text)
#elif (defined(__cplusplus) && __cplusplus >= 201103L) ||                                          \
    (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202000L)
#define COROLINT_ANNOTATE_STATEMENT(name, text) [[clang::annotate("corolint::" name, text)]]
#elif !defined(__cplusplus)
#define COROLINT_ANNOTATE_STATEMENT(name, text)                                                    \
  _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wc23-extensions\"")        \
      [[clang::annotate("corolint::" name, text)]] _Pragma("clang diagnostic pop")
#else
#define COROLINT_ANNOTATE_STATEMENT(name, text)
#endif
#else
#define COROLINT_ANNOTATE(name)
#define COROLINT_ANNOTATE_TEXT(name, ...)
#define COROLINT_ANNOTATE_STATEMENT(name, text)
#endif

/*===- On functions ---------------------------------------------------------------===*/

/** The function may block its thread: it waits for a disk, a peer, another thread, a person, or
    sleeps. A coroutine that calls it, directly or through plain functions, is reported by
    coro-blocking-call, and \p instead is part of the message: say what to call from a coroutine.

        CORO_BLOCKING("use 'co_await async_load(path)'")
        std::string load(const char *path);
*/
#define CORO_BLOCKING(instead) COROLINT_ANNOTATE_TEXT("blocking", instead)

/** The function does not block, whatever its body looks like: nothing that it calls is held
    against it or its callers. For a lock that is never held long, a path that runs only at
    start-up, a wait that is known to be over.

        CORO_NONBLOCKING int cached_size(); // takes a mutex that guards three instructions
*/
#define CORO_NONBLOCKING COROLINT_ANNOTATE("nonblocking")

/** The function runs an event loop, turns one, or waits synchronously for a task. Calling it on a
    loop is reported by coro-nested-loop.

        template <class T> CORO_STARTS_LOOP T sync_wait(task<T> t);
*/
#define CORO_STARTS_LOOP COROLINT_ANNOTATE("starts-loop")

/** The function runs on the loop's thread though it is no coroutine: a callback, a timer's or a
    signal's handler. What blocks in it blocks every coroutine of that loop.

        CORO_LOOP_THREAD void on_readable(int fd);
*/
#define CORO_LOOP_THREAD COROLINT_ANNOTATE("loop-thread")

/*===- On parameters ---------------------------------------------------------------===*/

/** The callable given here runs on a worker thread: it may block, whoever calls.

        template <class F> task<void> to_thread(CORO_OFFLOADS F f);
*/
#define CORO_OFFLOADS COROLINT_ANNOTATE("offloads")

/** What is given here is kept after the call has returned: what it borrows must live on.

        void add_listener(CORO_STORES std::function<void()> f);
*/
#define CORO_STORES COROLINT_ANNOTATE("stores")

/** The function takes over the duty to await the task that is given here.

        void spawn(CORO_CONSUMES_TASK task<void> t);
*/
#define CORO_CONSUMES_TASK COROLINT_ANNOTATE("consumes-task")

/*===- On awaitable types, and on functions that return an awaitable ----------------===*/

/** Whoever awaits this goes on on a worker thread, and may block there until the hop back.

        struct CORO_RESUMES_ON_WORKER worker_hop { ... };
        CORO_RESUMES_ON_WORKER hop resume_on(thread_pool &pool);
*/
#define CORO_RESUMES_ON_WORKER COROLINT_ANNOTATE("resumes-on-worker")

/** Whoever awaits this goes on on the loop's thread.

        CORO_RESUMES_ON_LOOP hop resume_on(loop &l);
*/
#define CORO_RESUMES_ON_LOOP COROLINT_ANNOTATE("resumes-on-loop")

/** Awaiting this waits for time, or lets the others run, and for nothing else: a sleep, a yield.

        CORO_PAUSES task<void> sleep_for(std::chrono::milliseconds time);
*/
#define CORO_PAUSES COROLINT_ANNOTATE("pauses")

/** Awaiting this runs the awaitables that are given here at the same time, and waits for all of
    them.

        template <class... A> CORO_GATHERS task<std::tuple<A...>> gather(task<A>... all);
*/
#define CORO_GATHERS COROLINT_ANNOTATE("gathers")

/** This is the awaitable form of functions that block. They are named with their namespaces and
    without template arguments; a constructor is `T::T`. On a function that returns an awaitable, on
    a member, or on an awaitable class, for its constructors. Who calls one of them in a coroutine
   is told to await this; where the arguments, in their order, fit here as well, it is also the fix.
    Several may replace one function.

        CORO_REPLACES("std::this_thread::sleep_for") task<void>
   sleep_for(std::chrono::milliseconds); CORO_REPLACES("read", "pread") task<size_t> read_some(int
   fd, void *into, size_t size);
*/
#define CORO_REPLACES(...) COROLINT_ANNOTATE_TEXT("replaces", __VA_ARGS__)

/*===- On types ---------------------------------------------------------------------===*/

/** An object of this type must be awaited, though the definition does not show it (a pointer to an
    implementation, a future with its own continuation mechanism). Not needed where the promise
    type and the awaiter are in sight: these are understood without help.

        class CORO_TASK pending_reply;
*/
#define CORO_TASK COROLINT_ANNOTATE("task")

/** Dropping an object of this type, or what this function returns, is fine.

        CORO_MAY_DISCARD task<void> log(std::string line);
*/
#define CORO_MAY_DISCARD COROLINT_ANNOTATE("may-discard")

/** The type joins or cancels what it owns before it dies: an object of it needs no await.

        class CORO_SCOPE task_group { ... };
*/
#define CORO_SCOPE COROLINT_ANNOTATE("scope")

/** Work is put into the type, and has to be waited for before it dies: its destructor neither waits
    nor cancels.

        class CORO_JOINED_SCOPE task_group {
          void spawn(CORO_CONSUMES_TASK task<void> work);
          task<void> join();
        };
*/
#define CORO_JOINED_SCOPE COROLINT_ANNOTATE("joined-scope")

/** An exception that says no error: it is thrown where a coroutine awaits that was asked to stop,
   and has to reach the end of that coroutine.

        class CORO_CANCELLATION cancelled {};
*/
#define CORO_CANCELLATION COROLINT_ANNOTATE("cancellation")

/** A guard that may live across a suspension: its mutex suspends a coroutine, and blocks no thread.

        class CORO_ASYNC_LOCK scoped_async_lock { ... };
*/
#define CORO_ASYNC_LOCK COROLINT_ANNOTATE("async-lock")

/** Coroutines that return this type go on on the thread on which they were suspended, unless they
    await a hop.

        template <class T> class CORO_PINNED task { ... };
*/
#define CORO_PINNED COROLINT_ANNOTATE("pinned")

/** An object of this type must not be alive at a suspension; \p why is part of the message.

        class CORO_NO_SUSPEND("it holds the interpreter lock of this thread") gil_guard { ... };
*/
#define CORO_NO_SUSPEND(why) COROLINT_ANNOTATE_TEXT("no-suspend", why)

/** An object of this type must not be alive at a `co_yield`, after which the consumer may never
    resume the generator; \p why is part of the message.

        class CORO_NO_YIELD("keeps its transaction open") transaction { ... };
*/
#define CORO_NO_YIELD(why) COROLINT_ANNOTATE_TEXT("no-yield", why)

/** A coroutine that is given an object of this type passes it on to what it awaits and that takes
    one: a stop token, a deadline, a request's context. \p why is part of the message.

        class CORO_CONTEXT("carries the deadline of the request") request_context { ... };
*/
#define CORO_CONTEXT(why) COROLINT_ANNOTATE_TEXT("context", why)

/*===- On a statement or a function --------------------------------------------------===*/

/** Accepts what blocks in this statement, or in this function, and says why. Before a statement, a
    declaration or a block; on a function as the first word of its declaration.

        CORO_ALLOW_BLOCKING("64 bytes, once, before the first connection")
        auto key = read_key("/etc/key");
*/
#define CORO_ALLOW_BLOCKING(why) COROLINT_ANNOTATE_STATEMENT("allow-blocking", why)

#endif /* COROLINT_ANNOTATIONS_H */
