#include "store.hpp"

mini::task<std::string> store::read(std::string name) {
  if (auto known = cache.find(name); known != cache.end())
    co_return known->second;
  std::string text = load(name);
  cache[name] = text;
  co_return text;
}

mini::task<> store::append(std::string name, std::string line) {
  co_await mini::to_thread([&] { std::ofstream(folder / name, std::ios::app) << line << "\n"; });
  cache.erase(name);
}
