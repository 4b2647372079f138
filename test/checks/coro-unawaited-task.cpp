// RUN: %check %s -- -Wno-unused-value

#include "Inputs/task.h"
#include <corolint/annotations.h>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

task<> save(int id = 0);
task<int> load(int id = 0);
started<> start();
detached fire();
bool condition();
struct service {
  task<> run();
  static task<> make();
  task<int> operator()(int) const;
};
template <class T> task<T> generic(T value);

//===- bad: dropped

task<> expression_statement() {
  // EXPECT: coro-unawaited-task: 'save' never runs: its task is not awaited
  // NOTE@Inputs/task.h: 'task' is lazy: 'initial_suspend' of 'task::promise_type' suspends
  // FIXED: co_await save();
  save();
  co_return;
}

task<> member_calls(service s, std::unique_ptr<service> p) {
  // EXPECT: coro-unawaited-task: 'service::run' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await s.run();
  s.run();
  // EXPECT: coro-unawaited-task: 'service::run' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await p->run();
  p->run();
  // EXPECT: coro-unawaited-task: 'service::make' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await service::make();
  service::make();
  // EXPECT: coro-unawaited-task: 's' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await s(1);
  s(1);
  // EXPECT: coro-unawaited-task: 'generic' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await generic(std::string("a"));
  generic(std::string("a"));
  co_return;
}

task<> lambda_that_is_a_coroutine() {
  auto later = []() -> task<> { co_return; };
  // EXPECT: coro-unawaited-task: 'later' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await later();
  later();
  co_return;
}

task<> in_every_statement() {
  if (condition())
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    // FIXED: co_await save(1);
    save(1);
  else
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    // FIXED: co_await save(2);
    save(2);
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // FIXED: for (int i = 0; i < 3; co_await save(i++))
  for (int i = 0; i < 3; save(i++))
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    // FIXED: co_await save(i);
    save(i);
  switch (1) {
  default:
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    // FIXED: co_await save();
    save();
  }
  co_return;
}

task<> arms_of_a_condition() {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // FIXED: condition() ? co_await save()
  condition() ? save()
              // EXPECT: coro-unawaited-task: 'service::make' never runs
              // NOTE: 'task' is lazy
              // FIXED: : co_await service::make();
              : service::make();
  co_return;
}

task<> left_of_a_comma(int i) {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await save(), ++i;
  save(), ++i;
  // EXPECT: coro-unawaited-task: 'load' never runs
  // NOTE: 'task' is lazy
  // FIXED: i = (co_await load(), 1);
  i = (load(), 1);
  co_return;
}

// For a lazy task the cast is no consent to anything: it never runs. Whether it should, only its
// author knows: no fix.
task<> cast_to_void() {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  (void)save();
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  static_cast<void>(save());
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  std::ignore = save();
  co_return;
}

task<> operations() {
  // EXPECT: coro-unawaited-task: 'async_sleep' has no effect: what it returns is not awaited
  // NOTE@Inputs/task.h: 'sleep_operation' is declared here
  // FIXED: co_await async_sleep(std::chrono::milliseconds(1));
  async_sleep(std::chrono::milliseconds(1));
  // EXPECT: coro-unawaited-task: 'sleep_operation' has no effect
  // NOTE: 'sleep_operation' is declared here
  // FIXED: co_await sleep_operation{std::chrono::milliseconds(1)};
  sleep_operation{std::chrono::milliseconds(1)};
  co_return;
}

// Its lock would be taken and given back at once: more than a co_await is missing.
task<> locks_nothing(async_mutex &m) {
  // EXPECT: coro-unawaited-task: 'async_mutex::scoped_lock' locks nothing: what it returns is not awaited; what follows runs unlocked
  // NOTE: 'async_mutex::lock_operation' is declared here
  m.scoped_lock();
  co_return;
}

task<> eager() {
  // EXPECT: coro-unawaited-task: the task of 'start' is dropped: nobody learns when it is done or how it failed
  // NOTE@Inputs/task.h: 'started' is declared here
  // FIXED: co_await start();
  start();
  co_return;
}

task<task<>> gives_a_task();
task<> the_inner_one() {
  // EXPECT: coro-unawaited-task: what 'co_await' returns here is another task, which is never awaited
  // NOTE: 'task' is lazy
  // FIXED: co_await co_await gives_a_task();
  co_await gives_a_task();
}

// In plain functions too, where nothing can be inserted.
void in_a_plain_function() {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // NOTE: 'in_a_plain_function' is no coroutine and cannot await it
  save();
}
struct owner {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // NOTE: 'owner::~owner' is no coroutine and cannot await it
  ~owner() { save(); }
};
task<> in_a_lambda_called_here() {
  [] {
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    // NOTE: the lambda is no coroutine and cannot await it
    save();
  }();
  co_return;
}

// One place, one finding, however often it is instantiated.
template <class T> task<> in_a_template(T id) {
  // EXPECT: coro-unawaited-task: 'load' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await load(int(id));
  load(int(id));
  co_return;
}
template task<> in_a_template(int);
template task<> in_a_template(long);
// Its promise is not known before it is instantiated: no fix.
template <class T> task<> never_instantiated(T id) {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  save();
  // What this calls is only known for a certain T.
  generic<T>(id);
  co_return;
}

#define SAVE(id) save(id)
task<> in_a_macro() {
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  SAVE(1);
  co_return;
}

task<> where_no_co_await_may_stand(std::mutex &m) {
  try {
    co_await save();
  } catch (...) {
    // EXPECT: coro-unawaited-task: 'save' never runs
    // NOTE: 'task' is lazy
    save(1);
  }
  std::lock_guard held(m);
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  save(2);
}

//===- good

task<> awaited() {
  co_await save();
  int n = co_await load() + co_await load(1);
  auto t = load(n);
  co_await std::move(t);
  condition() ? co_await save() : co_await service::make();
}

task<> returned() { return save(); }
task<> (*pointer)(int) = save;

// Handed to somebody who runs it.
void handed_on() {
  spawn(save());
  sync_wait(load());
}

// Nothing is started that could be awaited.
void runs_by_itself() { fire(); }

// A generator that is not looked at has nothing to lose.
generator<int> numbers();
void drops_a_generator() { numbers(); }

// Eager: the cast is the consent.
task<> eager_consent() {
  (void)start();
  static_cast<void>(start());
  std::ignore = start();
  co_return;
}

// Somebody else owns the work, and only its type could ask for more.
struct spawned {
  sleep_operation operator co_await() const;
};
spawned begin_work();
struct [[nodiscard]] must_join {
  sleep_operation operator co_await() const;
};
must_join begin_strictly();
[[nodiscard]] spawned begin_and_look();
task<> handles() {
  begin_work();
  // EXPECT: coro-unawaited-task: what 'begin_strictly' returns is to be awaited, and is dropped
  // NOTE: 'must_join' is declared here
  // FIXED: co_await begin_strictly();
  begin_strictly();
  // EXPECT: coro-unawaited-task: what 'begin_and_look' returns is to be awaited, and is dropped
  // NOTE: 'spawned' is declared here
  // FIXED: co_await begin_and_look();
  begin_and_look();
  (void)begin_strictly();
  co_return;
}

// Its author said that nobody has to wait.
CORO_MAY_DISCARD task<> log(std::string line);
struct CORO_MAY_DISCARD journal : task<> {};
journal note_down();
void discardable() {
  log("here");
  note_down();
}

// Never suspends: there is nothing to wait for.
std::suspend_never at_once();
void always_ready() { at_once(); }

task<> unevaluated() {
  using type = decltype(save());
  static_assert(sizeof(save()) > 0 && !noexcept(save()));
  if constexpr (sizeof(int) == 1)
    save();
  co_return;
}

// The operand of a coroutine's own machinery is not the user's.
task<> temporary_in_an_await() { co_await service().run(); }

task<> suppressed() {
  save(); // NOLINT(coro-unawaited-task)
  save(); // NOLINT
  // NOLINTNEXTLINE(coro-unawaited-task)
  save();
  // NOLINTBEGIN(coro-unawaited-task)
  save();
  save();
  // NOLINTEND(coro-unawaited-task)
  // Another rule's consent is none of this one's.
  // EXPECT: coro-unawaited-task: 'save' never runs
  // NOTE: 'task' is lazy
  // FIXED: co_await save(); // NOLINT(coro-blocking-call)
  save(); // NOLINT(coro-blocking-call)
  co_return;
}
