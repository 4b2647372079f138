// What the cases use of the standard library, and two functions that use a value.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

inline volatile int sink;
inline void use(int n) {
  sink = n;
}
inline void use(std::string_view v) {
  sink = int(v.size());
}
