#include "shared.h"

task run_b() {
  step();
  co_return;
}
