#pragma once
#include "task.h"

inline task orphan() {
  step(); // nothing includes this
  co_return;
}
