// RUN: %check %s --profile=strict

// What gives back a view may have locals that begin without a value.

#include "Inputs/task.h"
#include <string_view>
#include <vector>

task<> work();
void use(std::string_view);

struct message {
  bool body(const char **at, unsigned long *size) const;
  std::vector<char> bytes;
};

//===- good

std::string_view body_of(const message &of) {
  const char *at;
  unsigned long size;
  std::vector<char>::const_iterator begin;
  if (of.body(&at, &size))
    return {at, size};
  return {};
}
const char *first_of(const message &of) {
  const char *at;
  at = of.bytes.data();
  return at;
}
task<> uses(const message &of) {
  std::string_view body = body_of(of);
  use(body);
  const char *first = first_of(of);
  use(first);
  co_await work();
}

//===- bad

class messages {
public:
  void clear() { all_.clear(); }
  void add() { all_.push_back({}); }
  task<> one() {
    message &first = first_message(); // #taken
    co_await work();                  // #suspended
    // EXPECT: coro-stale-reference: 'first' is used after a suspension: it is a reference into 'all_'
    // NOTE@#taken: it is taken here
    // NOTE@#suspended: the coroutine is suspended here
    // NOTE: meanwhile, 'messages::clear' may do this, which invalidates it
    // NOTE@#taken: look it up again after the suspension
    first.bytes.clear();
  }

private:
  message &first_message() {
    int index;
    index = 0;
    return all_[index];
  }
  std::vector<message> all_;
};
