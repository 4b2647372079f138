#ifndef EXAMPLE_STORE_HPP
#define EXAMPLE_STORE_HPP

#include "task.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

/// Notes, by name: one file for each, and a cache in memory.
class store {
public:
  explicit store(std::filesystem::path folder) : folder(std::move(folder)) {}

  mini::task<std::string> read(std::string name);
  mini::task<> append(std::string name, std::string line);

  /// The heading of an answer, for code that is no coroutine.
  std::string heading() { return mini::run(read("heading")); }

private:
  std::string load(const std::string &name) const {
    std::ifstream file(folder / name);
    return {std::istreambuf_iterator(file), {}};
  }

  std::filesystem::path folder;
  std::map<std::string, std::string> cache;
};

#endif // EXAMPLE_STORE_HPP
