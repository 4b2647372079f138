// A library that is described, with the user's own headers: as FetchContent or a submodule has it.
#pragma once

#include "../task.h"

namespace seastar {

template <class T> class future {
public:
  bool available() const { return true; }
  void wait() {
    while (!available())
      yield_thread();
  }
  T get() {
    wait();
    return value;
  }

private:
  void yield_thread();
  T value;
};

inline int take(future<int> f) {
  f.wait();
  return 1;
}

namespace internal {
inline int first_of(future<int> f) { return take(f); }
} // namespace internal

} // namespace seastar

namespace mine {
inline int take(seastar::future<int> f) {
  f.wait();
  return 1;
}
} // namespace mine
