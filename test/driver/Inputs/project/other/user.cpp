#include "net/far.h"

task user() { co_await far_away(); }
