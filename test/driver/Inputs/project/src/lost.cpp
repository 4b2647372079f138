// The compile database does not know this file.
#include "shared.h"

task lost() {
  step();
  co_return;
}
