//===- line_counter.cpp - Counts the lines of files, off the loop ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   line_counter PATH...
//
// Prints the count of each file, in the order of the arguments, and the sum. A directory counts for
// the files in it. Exit: 0; 1 if a path could not be read; 2 without a path.
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/sync.hpp>
#include <aio/thread.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

// Both wait for the disk, and are called on a worker.

std::vector<fs::path> files_below(const fs::path &path) {
  if (!fs::is_directory(path))
    return {path};
  std::vector<fs::path> files;
  for (const auto &entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file())
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::ptrdiff_t lines_of(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw std::system_error(errno, std::generic_category(), "open '" + path.string() + "'");
  return std::count(std::istreambuf_iterator(file), {}, '\n');
}

aio::task<std::ptrdiff_t> count(fs::path path, aio::semaphore &open_files) {
  const auto permit = co_await open_files.acquire();
  co_return co_await aio::to_thread(lines_of, std::move(path));
}

aio::task<int> count_all(std::vector<std::string> paths) {
  std::vector<fs::path> files;
  for (const std::string &path : paths)
    std::ranges::copy(co_await aio::to_thread(files_below, path), std::back_inserter(files));

  aio::semaphore open_files(64); // for thousands of files, which are fewer at a time
  std::vector<aio::task<std::ptrdiff_t>> counting;
  for (const fs::path &file : files)
    counting.push_back(count(file, open_files));
  const auto counts = co_await aio::gather_settled(std::move(counting));

  std::ptrdiff_t sum = 0;
  int exit = 0;
  for (std::size_t i = 0; i != files.size(); ++i) {
    if (!counts[i].has_value()) {
      exit = 1;
      try {
        std::rethrow_exception(counts[i].error());
      } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
      }
      continue;
    }
    std::printf("%8td %s\n", counts[i].value(), files[i].c_str());
    sum += counts[i].value();
  }
  std::printf("%8td\n", sum);
  co_return exit;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s PATH...\n", argv[0]);
    return 2;
  }
  try {
    return aio::run(count_all({argv + 1, argv + argc}));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
