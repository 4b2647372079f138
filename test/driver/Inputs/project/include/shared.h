#pragma once
#include "task.h"

inline task shared() {
  step(); // every unit that includes this sees it
  co_await step();
}
