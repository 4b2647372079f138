// Where the rules about suspensions have the most to do beside a parse: two hundred coroutines with
// locks, containers, branches and loops.

#include "../../docs/example/task.hpp"
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace {

mini::task<int> next() { co_return 1; }

class store {
public:
  template <int N> mini::task<int> work(int count) {
    std::unique_lock lock(mutex_);
    int sum = N;
    for (int i = 0; i < count; ++i) {
      if (i % 2 == 0)
        lock.unlock();
      if (auto found = values_.find(i); found != values_.end())
        sum += static_cast<int>(found->second.size());
      if (i % 2 == 0)
        lock.lock();
    }
    lock.unlock();
    const int more = co_await next();
    {
      std::lock_guard again(mutex_);
      lines_.push_back(std::to_string(sum + more + total_));
    }
    total_ += co_await next();
    co_return sum;
  }

private:
  std::mutex mutex_;
  std::map<int, std::string> values_;
  std::vector<std::string> lines_;
  int total_ = 0;
};

template <int... N> int all(store &s, std::integer_sequence<int, N...>) {
  return (0 + ... + mini::run(s.work<N>(N)));
}

} // namespace

int main() {
  store s;
  return all(s, std::make_integer_sequence<int, 200>());
}
