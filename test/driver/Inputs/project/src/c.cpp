#include "shared.h"

task run_c() {
  step();
  co_return;
}
