// A library that waits: as the user's code it is looked into, as a system's it is not.

#include "../../checks/Inputs/task.h"
#include <unistd.h>

inline void library_waits() { sleep(1); }
template <class T> void library_template_waits(T) { sleep(1); }
template <class F> void library_calls(F f) { f(); }
struct library_class {
  library_class() { sleep(1); }
  void wait() { sleep(1); }
  virtual void run() { sleep(1); }
};
inline task<> library_coroutine() {
  sleep(1);
  co_return;
}
