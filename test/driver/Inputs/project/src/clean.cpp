#include "task.h"

task clean() { co_await step(); }
