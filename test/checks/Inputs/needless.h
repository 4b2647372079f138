// A coroutine of a header: who calls it is elsewhere.

#ifndef TEST_NEEDLESS_H
#define TEST_NEEDLESS_H

#include "task.h"

inline task<int> called_elsewhere(int i) { co_return i + 1; }

#endif
