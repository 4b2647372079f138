// Tasks that are kept for later than what they refer to.
// RUN: %check %s

#include "Inputs/task.h"
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

task<> work();
void use(std::string_view);
bool ask();

task<> by_reference(const std::string &text) {
  co_await work();
  use(text);
}
task<> by_view(std::string_view text) {
  co_await work();
  use(text);
}
task<> by_pointer(const char *text) {
  co_await work();
  use(text);
}
task<> by_value(std::string text) {
  co_await work();
  use(text);
}
task<> not_seen(const std::string &text);
started<> eagerly(const std::string &text) {
  co_await async_sleep(std::chrono::seconds(1));
  use(text);
}
started<> eagerly_copied(const std::string &text) {
  std::string mine = text;
  co_await async_sleep(std::chrono::seconds(1));
  use(mine);
}
std::string made();

//===- Reported

task<> of_a_temporary() {
  // EXPECT: coro-dangling-parameter: the task of 'by_reference' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = by_reference(made());
  co_await std::move(t);
}

task<> of_a_conversion() {
  // EXPECT: coro-dangling-parameter: the task of 'by_reference' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = by_reference("text");
  co_await std::move(t);
}

task<> of_a_view() {
  // EXPECT: coro-dangling-parameter: the task of 'by_view' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_view' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = by_view(made());
  co_await std::move(t);
}

task<> of_a_view_of_what_is_made() {
  // EXPECT: coro-dangling-parameter: the task of 'by_view' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_view' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = by_view(std::string("text"));
  co_await std::move(t);
}

task<> of_a_pointer() {
  // EXPECT: coro-dangling-parameter: the task of 'by_pointer' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_pointer' uses 'text' here, after it was suspended
  // NOTE: let the object live longer, or await the task where it is made
  auto t = by_pointer(made().c_str());
  co_await std::move(t);
}

// Who returns its type is a lazy coroutine, as a rule.
task<> of_a_declaration() {
  // EXPECT: coro-dangling-parameter: the task of 'not_seen' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'not_seen' is declared here; what returns this type does not run before it is awaited
  // NOTE: let the object live longer, or await the task where it is made
  auto t = not_seen(made());
  co_await std::move(t);
}

task<> of_what_is_eager() {
  // EXPECT: coro-dangling-parameter: the task of 'eagerly' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'eagerly' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = eagerly(made());
  co_await t;
}

task<> of_an_inner_scope() {
  task<> t = work();
  {
    std::string text = made();
    // EXPECT: coro-dangling-parameter: the task of 'by_reference' refers to 'text' by its parameter 'text', and is awaited after 'text' is gone
    // NOTE: here it is awaited
    // NOTE: 'by_reference' uses 'text' here, after it was suspended
    // NOTE: take 'text' by value, or await the task where it is made
    t = by_reference(text);
  }
  co_await std::move(t);
}

struct client {
  std::string name;
  task<> get() {
    co_await work();
    use(name);
  }
};
client connect();

task<> of_a_temporary_object() {
  // EXPECT: coro-dangling-parameter: the task of 'client::get' refers to its object, this temporary, and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'client::get' uses its object here, after it was suspended
  // NOTE: let the object live longer, or await the task where it is made
  auto t = connect().get();
  co_await std::move(t);
}

// A function in between passes it on.
task<> passed_on(const std::string &text) { return by_reference(text); }
task<> through_another() {
  // EXPECT: coro-dangling-parameter: the task of 'passed_on' refers to this temporary by its parameter 'text', and is awaited after that is gone
  // NOTE: here it is awaited
  // NOTE: 'by_reference' uses 'text' here, after it was suspended
  // NOTE: take 'text' by value, or await the task where it is made
  auto t = passed_on(made());
  co_await std::move(t);
}

// Two of them are one finding.
task<> both(const std::string &first, const std::string &second) {
  co_await work();
  use(first);
  use(second);
}
task<> of_two() {
  // EXPECT: coro-dangling-parameter: the task of 'both' refers to this temporary by its parameter 'first', and is awaited after that is gone
  // NOTE: so does it refer to this temporary
  // NOTE: here it is awaited
  // NOTE: 'both' uses 'first' here, after it was suspended
  // NOTE: take 'first' by value, or await the task where it is made
  auto t = both(made(), made());
  co_await std::move(t);
}

//===- Not reported

// A temporary lives to the end of the full-expression.
task<> in_place() {
  co_await by_reference(made());
  co_await by_view(made());
  co_await connect().get();
}

// The text is a parameter, and the frame has it.
task<> has_it() {
  auto t = by_value(made());
  co_await std::move(t);
}

// A literal lives on.
task<> of_a_literal() {
  auto t = by_view("text");
  auto u = by_pointer("text");
  co_await std::move(t);
  co_await std::move(u);
}

// The local lives longer than the task.
task<> of_a_local() {
  std::string text = made();
  auto t = by_reference(text);
  co_await std::move(t);
}

// A reference keeps a temporary.
task<> of_a_kept_temporary() {
  const std::string &text = made();
  auto t = by_reference(text);
  co_await std::move(t);
}

// It copies before it is suspended.
task<> of_a_copy() {
  auto t = eagerly_copied(made());
  co_await t;
}

// The caller keeps it.
task<> of_a_parameter(const std::string &text) {
  auto t = by_reference(text);
  co_await std::move(t);
}

// Another task is in it by then.
task<> set_anew() {
  std::string text = made();
  task<> t = work();
  {
    std::string inner = made();
    t = by_reference(inner);
    co_await std::move(t);
  }
  t = by_reference(text);
  co_await std::move(t);
}

// What it was given is not used after the suspension.
started<> used_before(const std::string &text) {
  use(text);
  co_await async_sleep(std::chrono::seconds(1));
}
task<> of_what_is_used_before() {
  auto t = used_before(made());
  co_await t;
}

// It waits for the task.
int number_of(const std::string &);
task<int> length(const std::string &text) {
  co_await work();
  co_return int(text.size());
}
int waited_for() { return sync_wait(length(made())); }

// The owner goes into the task.
task<> owns(std::unique_ptr<std::string> text) {
  co_await work();
  use(*text);
}
task<> of_an_owner() {
  auto t = owns(std::make_unique<std::string>("text"));
  co_await std::move(t);
}
