//===- pipeline.cpp - Programs, one feeding the other ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   pipeline FILE
//
// How often each line of the file is there, the most frequent first: sort FILE | uniq -c | sort
// -rn, with this program between each two of them. Exit: 0; 1 if something failed; 2 for wrong use.
//
//===----------------------------------------------------------------------===//

#include <aio/file.hpp>
#include <aio/gather.hpp>
#include <aio/process.hpp>
#include <aio/run.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <span>
#include <string>

/// Hands on all that one program writes to the other that reads it, as fast as that one reads.
aio::task<> pump(aio::byte_stream &from, aio::byte_stream &to) {
  std::array<std::byte, 16 * 1024> buffer;
  while (const std::size_t count = co_await from.read(buffer))
    co_await to.write(std::span(buffer).first(count));
  to.close(); // the program that reads sees the end
}

aio::task<> feed(std::string path, aio::byte_stream &to) {
  co_await to.write(co_await aio::read_file(path));
  to.close();
}

aio::task<> count_lines(std::string path) {
  const aio::process_options both{.input = aio::stdio::pipe, .output = aio::stdio::pipe};
  auto sort = aio::process::start({"sort"}, both);
  auto count = aio::process::start({"uniq", "-c"}, both);
  auto rank = aio::process::start({"sort", "-rn"}, {.input = aio::stdio::pipe});
  // The first that fails ends the others: a process that is destroyed is killed.
  co_await aio::gather(feed(path, sort.input()), pump(sort.output(), count.input()),
                       pump(count.output(), rank.input()));
  for (aio::process *each : {&sort, &count, &rank}) {
    const aio::exit_status ended = co_await each->wait();
    ended.check();
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  try {
    aio::run(count_lines(argv[1]));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
