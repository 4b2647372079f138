#include "task.h"

task root() {
  leaf();
  co_return;
}
