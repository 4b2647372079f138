// With AIO_CHECK_LIFETIMES, Clang warns where a task outlives a temporary that it refers to.
#include <aio/task.hpp>

#include <string>
#include <utility>

aio::task<std::size_t> length(const std::string &text) { co_return text.size(); }

aio::task<std::size_t> dangles() {
  // CHECK: lifetimes.cpp:[[@LINE+1]]:{{.*}}error:{{.*}}temporary
  auto n = length(std::string("a temporary"));
  co_return co_await std::move(n);
}

aio::task<std::size_t> lasts() {
  co_return co_await length(std::string("a temporary"));
}
