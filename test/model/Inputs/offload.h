// Functions that take callables: to a worker, to somewhere unknown, or to call them.

#include "../../checks/Inputs/task.h"
#include <corolint/annotations.h>
#include <functional>

task<> queue(std::function<void()> work);
void keep(std::function<void()> work);

template <class F> task<> to_thread(CORO_OFFLOADS F work) { return queue(std::move(work)); }
task<> to_pool(CORO_OFFLOADS std::function<void()> work, int priority = 0);
template <class F> void unknown(F f) { keep(std::move(f)); }
template <class F> void apply(F f) { f(1); }
