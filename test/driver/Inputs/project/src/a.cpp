#include "shared.h"

task run_a() {
  step();
  co_return;
}
