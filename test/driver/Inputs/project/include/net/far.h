#pragma once
#include "../task.h"

inline task far_away() {
  step(); // only other/user.cpp includes this
  co_return;
}
