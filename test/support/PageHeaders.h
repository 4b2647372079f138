//===- PageHeaders.h - What the programs on the pages include ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parsed once for all of them (pages.py).
//
//===----------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/file.hpp>
#include <aio/gather.hpp>
#include <aio/generator.hpp>
#include <aio/net.hpp>
#include <aio/process.hpp>
#include <aio/run.hpp>
#include <aio/signal.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>
#include <corolint/annotations.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
