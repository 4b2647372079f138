// `corolint why FILE:LINE`: each rule says what it reports, and why it leaves other things alone.
//
// RUN: %python %support/why.py %corolint %s -- -std=c++20 -I%include -I%S/../checks | FileCheck %s
// CHECK: 0 faults

#include "Inputs/task.h"
#include <cassert>
#include <cerrno>
#include <corolint/annotations.h>
#include <fcntl.h>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

task<> work();
task<int> number();
int elsewhere(int);
void enqueue(std::function<void()> callback);
task<> to_thread(CORO_OFFLOADS std::function<void()> call);
CORO_RESUMES_ON_WORKER std::suspend_always to_worker();
CORO_STARTS_LOOP void run(task<> t);

//===- coro-blocking-call

void helper() { std::system("ls"); }
void harmless() { elsewhere(1); }

task<> calls(int socket) {
  // WHY: coro-blocking-call reports it: 'helper' blocks the event loop: it calls 'system'
  helper();
  // WHY: 'helper' blocks, and is reported once in this function: line [[-2]]
  helper();
  // WHY: coro-blocking-call leaves it alone: nothing that 'harmless' does or calls is known to block
  harmless();
  // WHY: coro-blocking-call leaves it alone: nothing is known of 'elsewhere', and its body is not in this unit: it is assumed not to block
  elsewhere(2);
  // WHY: 'std::this_thread::sleep_for' is known to block, but not if argument 1 is zero (std.yaml:…
  std::this_thread::sleep_for(std::chrono::seconds(0));
  std::mutex m;
  // WHY: coro-blocking-call leaves it alone: 'std::mutex::lock' blocks, but the family 'lock' is off: the option 'Lock'
  m.lock();
  // WHY: coro-blocking-call leaves it alone: accepted by CORO_ALLOW_BLOCKING
  CORO_ALLOW_BLOCKING("once") helper();
  // WHY: context unknown: the lambda is passed to 'enqueue', and it is not known where that runs it
  // WHY: coro-blocking-call leaves it alone: right, but arguable, or not certain: only --profile=strict reports it
  enqueue([] { helper(); });
  // WHY: coro-blocking-call found something, which is suppressed by a NOLINT comment
  std::system("pwd"); // NOLINT(coro-blocking-call)
  if (socket < 0) {
    // WHY: 'helper' is called only in unreachable code, or on the way to an abort
    helper();
    std::abort();
  }
  co_await to_worker();
  // WHY: coro-blocking-call leaves it alone: 'calls' runs on a worker here, by the co_await of line [[-2]]: it may block
  std::system("ls");
}

task<> descriptors(const char *name, char *buffer) {
  int pipes[2];
  pipe2(pipes, O_CLOEXEC);
  int fd = open(name, O_RDONLY);
  fcntl(pipes[0], F_SETFL, O_NONBLOCK);
  // WHY: 'read' is known to block, but not here: argument 1 is non-blocking since the 'fcntl' of line [[-2]] (posix.yaml:…
  read(pipes[0], buffer, 1);
  // WHY: coro-blocking-call reports it: …
  read(fd, buffer, 1);
  co_return;
}

void plain() {
  // WHY: coro-blocking-call leaves it alone: 'plain' is no coroutine, and not known to run on the event loop; where a coroutine calls it, the finding is at that call
  helper();
  // WHY: coro-blocking-call leaves it alone: the lambda runs on another thread: it is passed to 'to_thread', and may block there
  auto t = to_thread([] { helper(); });
}

// A template of which nothing is made.
template <class T> task<> pattern(T value) {
  helper();
  // WHY: coro-unawaited-task reports it: 'work' never runs: its task is not awaited
  work();
  co_return;
}

//===- coro-blocking-destructor

struct CORO_SCOPE joined {
  std::thread t;
  ~joined() { t.join(); }
};

task<> destructors() {
  // WHY: coro-blocking-destructor reports it: 'first' blocks the event loop at the end of its scope: …
  std::jthread first(helper);
  // WHY: coro-blocking-destructor leaves it alone: 'second' is joined, stopped or awaited before: its destructor has nothing left to wait for
  std::jthread second(helper);
  second.join();
  co_return;
}

//===- coro-nested-loop

task<> nested() {
  // WHY: coro-nested-loop reports it: 'run' waits synchronously inside a coroutine, which stops the event loop or deadlocks it: …
  run(work());
  co_return;
}

void outside() {
  // WHY: coro-nested-loop leaves it alone: 'outside' is no coroutine, and not known to run on the event loop; …
  // WHY: coro-unawaited-task leaves it alone: the task of 'work' is given to 'run', which takes it over
  run(work());
}

//===- coro-lock-across-suspension, coro-hostile-object-across-suspension

struct CORO_NO_SUSPEND("it holds the interpreter") interpreter {
  ~interpreter();
};
struct not_known {
  ~not_known();
};
struct CORO_ASYNC_LOCK awaited_lock {
  ~awaited_lock();
};

std::mutex mutex;

task<> locks() {
  {
    // WHY-NOT: coro-lock-across-suspension
    std::lock_guard held(mutex);
    // WHY: coro-lock-across-suspension reports it: …
    // WHY: coro-hostile-object-across-suspension leaves it alone: no object that belongs to its thread is alive here
    co_await work();
  }
  // WHY: coro-lock-across-suspension leaves it alone: 'let_go' is a thread lock, and not held at any suspension
  std::unique_lock let_go(mutex);
  let_go.unlock();
  // WHY: coro-lock-across-suspension leaves it alone: no thread lock is held here; 'let_go' was unlocked, moved from or emptied before
  co_await work();
  // WHY: coro-lock-across-suspension leaves it alone: 'other' is no thread lock, as far as its class 'not_known' and its mutex show
  // WHY: coro-hostile-object-across-suspension leaves it alone: 'other': 'not_known' is not known to belong to its thread
  not_known other;
  // WHY: coro-lock-across-suspension leaves it alone: 'awaited' is an awaited lock: it may be held across a suspension
  awaited_lock awaited;
  {
    // WHY: coro-hostile-object-across-suspension leaves it alone: 'early' belongs to its thread, and is not alive at any suspension
    interpreter early;
  }
  // WHY: a part of what coro-hostile-object-across-suspension reports at …
  interpreter alive;
  // WHY: coro-hostile-object-across-suspension reports it: 'alive' is alive while the coroutine is suspended: 'interpreter' it holds the interpreter
  co_await work();
  // WHY: coro-lock-across-suspension leaves it alone: the awaiter is always ready: the coroutine is not suspended here
  co_await std::suspend_never();
}

struct CORO_NO_YIELD("keeps its transaction open") transaction {
  ~transaction();
  void commit();
};

generator<int> items() {
  transaction open;
  // WHY: coro-hostile-object-across-suspension leaves it alone: right, but arguable, or not certain: only --profile=strict reports it
  co_yield 1;
  open.commit();
  // WHY: coro-hostile-object-across-suspension leaves it alone: no object that belongs to its thread is alive here…
  co_yield 2;
}
task<> no_items() {
  // WHY: coro-hostile-object-across-suspension leaves it alone: 'open' may be open at a 'co_await', and is not known to be at a 'co_yield'
  transaction open;
  co_await work();
}

//===- coro-stale-reference, coro-stale-read

struct service {
  std::map<int, int> known;
  int total = 0;

  task<> references() {
    // WHY: coro-stale-reference leaves it alone: 'at_once' is taken from 'known', and not used after a suspension
    auto at_once = known.find(1);
    elsewhere(at_once->second);
    std::map<int, int> own;
    // WHY: coro-stale-reference leaves it alone: 'own' is known to this coroutine alone, and what it awaits does not change it
    auto mine = own.find(1);
    auto found = known.find(2);
    co_await forget();
    elsewhere(mine->second);
    // WHY: coro-stale-reference reports it: 'found' is used after a suspension: …
    elsewhere(found->second);
  }
  task<> arguable() {
    auto found = known.find(2);
    co_await work();
    // WHY: other code may change 'known' while the coroutine is suspended, but none is seen that does so then
    // WHY: coro-stale-reference leaves it alone: right, but arguable, or not certain: only --profile=strict reports it
    elsewhere(found->second);
  }
  task<> loops() {
    // WHY: coro-stale-reference leaves it alone: the loop over 'known' does not go on after a suspension
    for (auto &[key, value] : known)
      if (value == key) {
        co_await work();
        break;
      }
    // WHY: coro-stale-reference leaves it alone: 'sum' is not known to refer into a container
    int &sum = total;
    co_await work();
    sum = 1;
  }
  task<> forget() {
    known.clear();
    co_return;
  }

  task<> reads() {
    // WHY: coro-stale-read reports it: 'total' is read in the same expression as the co_await, …
    total = total + co_await number();
    // WHY: coro-stale-read leaves it alone: 'total' is written after the suspension, and not read in the same expression
    total = co_await number();
    int own = 1;
    // WHY: coro-stale-read leaves it alone: 'own' is known to this coroutine alone: no other code writes to it meanwhile
    own = own + co_await number();
    elsewhere(own);
  }
};

//===- coro-suspending-initializer

#define TWICE(what) (what) + (what)

task<> initialisers() {
  // WHY: coro-suspending-initializer reports it: …
  static int once = co_await number();
  // WHY: coro-suspending-initializer leaves it alone: no macro here leaves out its argument
  elsewhere(TWICE(co_await number()) + once);
  // WHY: coro-suspending-initializer reports it: a release build skips this 'co_await': …
  assert(co_await number() == 1);
  // WHY: coro-suspending-initializer leaves it alone: the range is no part of a temporary that ends before the loop
  for (int each : std::vector<int>())
    elsewhere(each);
}

//===- coro-task-awaited-twice

task<> awaited_twice(bool early, bool late) {
  auto first = work();
  co_await std::move(first);
  // WHY: coro-task-awaited-twice reports it: 'first' is awaited again: …
  co_await std::move(first);
  auto second = work();
  if (early)
    co_await std::move(second);
  if (late)
    // WHY: coro-task-awaited-twice leaves it alone: 'second' was used before on some paths only, and what chooses between them may keep the two uses apart
    co_await std::move(second);
}

//===- coro-thread-state-across-suspension

thread_local std::vector<char> scratch;

task<> thread_state(int fd, char *buffer) {
  // WHY: coro-thread-state-across-suspension leaves it alone: 'before' belongs to the thread, and is not used after a suspension that may change the thread
  auto &before = scratch;
  before.clear();
  auto &later = scratch;
  co_await work();
  // WHY: coro-thread-state-across-suspension reports it: 'later' is used after a suspension: …
  later.clear();
  // WHY: coro-thread-state-across-suspension leaves it alone: 'reference' is not known to belong to the thread
  int &reference = *new int;
  auto id = std::this_thread::get_id();
  co_await work();
  // WHY: 'id' is only compared, or asserted: that asks whether the thread has changed
  if (id == std::this_thread::get_id())
    reference = 1;
  long count = write(fd, buffer, 1);
  // WHY: coro-thread-state-across-suspension leaves it alone: no suspension stands between errno and the call that set it
  if (count < 0 && errno == EAGAIN)
    co_await work();
}

//===- coro-dropped-await-result

struct [[nodiscard]] outcome {
  int code;
};
task<outcome> store();
CORO_MAY_DISCARD task<outcome> note();
task<awaited_lock> lock();

task<> results() {
  // WHY: coro-dropped-await-result reports it: the 'awaited_lock' that 'co_await' returns here is dropped, and unlocks at once: …
  co_await lock();
  // WHY: coro-dropped-await-result reports it: what 'co_await' returns here is dropped, and 'outcome' is [[nodiscard]]
  co_await store();
  // WHY: coro-dropped-await-result leaves it alone: the cast to void says that what 'co_await' returns here is not needed
  (void)co_await store();
  // WHY: coro-dropped-await-result leaves it alone: what 'co_await' returns here may be dropped: an annotation or an entry says so
  co_await note();
  // WHY: coro-dropped-await-result leaves it alone: what 'co_await' returns here may be dropped: neither 'int' nor 'await_resume' is [[nodiscard]], and it is no guard
  co_await number();
}

//===- coro-task-as-value

struct answer : task<int> {
  struct promise_type : task<int>::promise_type {
    answer get_return_object();
  };
  operator bool() const;
};
answer ask();

task<> values() {
  // WHY: coro-task-as-value reports it: the task of 'ask' decides here, and not its result: there always is one, and it never runs
  if (ask())
    elsewhere(1);
  // WHY: coro-task-as-value leaves it alone: the conversion of the task is written: it asks the task
  bool made = static_cast<bool>(ask());
  auto kept = ask();
  // WHY: coro-task-as-value leaves it alone: a kept task is asked whether it is one
  if (kept && made)
    co_await std::move(kept);
}

//===- coro-discarding-callback

detached fire();
void when_idle(CORO_CONSUMES_TASK std::function<void()> callback);

void callbacks() {
  // WHY: coro-discarding-callback reports it: 'work' returns a task, and 'std::function<void ()>', which returns nothing, drops it: it never runs
  enqueue(work);
  // WHY: coro-discarding-callback leaves it alone: what this returns may be dropped: it is no task, stands for work that is owned elsewhere, or ends by itself
  enqueue(fire);
  // WHY: coro-discarding-callback leaves it alone: this goes to somebody who is known to take over tasks
  when_idle(work);
  // WHY: coro-discarding-callback leaves it alone: what this returns may be dropped: by an annotation or an entry, or as it is started already
  enqueue([] { return note(); });
}

//===- coro-unjoined-scope

struct CORO_JOINED_SCOPE scope {
  void spawn(CORO_CONSUMES_TASK task<> work);
  task<> join();
};

task<> unjoined() {
  // WHY: coro-unjoined-scope reports it: 'left' is destroyed while work may run in it: …
  scope left;
  left.spawn(work());
  // WHY: coro-unjoined-scope leaves it alone: 'waited' is joined, or given to somebody who may join it, on each path that puts work in
  scope waited;
  waited.spawn(work());
  co_await waited.join();
}

//===- coro-dangling-await-result

struct receive {
  std::vector<int> items;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  std::vector<int> &await_resume() { return items; }
};

task<> references() {
  // WHY: coro-dangling-await-result reports it: 'items' refers into what 'receive' gives, a temporary that is gone at the end of this expression
  auto &items = co_await receive();
  elsewhere(items[0]);
  // WHY: coro-dangling-await-result leaves it alone: what 'co_await' gives here is gone at the end of the expression, and not used later
  auto &never = co_await receive();
}

//===- coro-dangling-parameter, coro-dangling-return, coro-detached-borrow, coro-dangling-capture

std::string name();
void keep(task<> t);

task<> greet(const std::string &name) {
  co_await work();
  elsewhere(int(name.size()));
}

task<> parameters(const std::string &given) {
  // WHY: coro-dangling-parameter reports it: the task of 'greet' refers to this temporary by its parameter 'name', and is awaited after that is gone
  auto late = greet(name());
  co_await std::move(late);
  // WHY: coro-dangling-parameter leaves it alone: the task of 'greet' refers to this temporary by its parameter 'name': it is done before the temporary is gone, in the same expression
  co_await greet(name());
  // WHY: coro-dangling-parameter leaves it alone: the task of 'greet' refers to 'given' by its parameter 'name': that is the caller's
  auto early = greet(given);
  co_await std::move(early);
  std::string mine;
  // WHY: coro-dangling-parameter leaves it alone: the task of 'greet' refers to 'mine' by its parameter 'name': it is done before 'mine' is gone
  auto good = greet(mine);
  co_await std::move(good);
  // WHY: coro-dangling-parameter leaves it alone: the task of 'greet' refers to 'mine' by its parameter 'name': nothing is known of what 'keep' does with it
  keep(greet(mine));
}

task<> returned(const std::string &given) {
  std::string mine;
  if (given.empty())
    // WHY: coro-dangling-return leaves it alone: the task of 'greet' refers to 'given' by its parameter 'name': that is the caller's
    return greet(given);
  // WHY: coro-dangling-return reports it: the task of 'greet' is returned, and refers to 'mine' by its parameter 'name', which ends with this function
  return greet(mine);
}

task<> spawned(bool wait) {
  std::string mine;
  scope all, left;
  // WHY: coro-detached-borrow leaves it alone: the task of 'greet' refers to 'mine' by its parameter 'name': something waits for it before 'mine' is gone, or has that
  all.spawn(greet(mine));
  // WHY: coro-detached-borrow reports it: the task of 'greet' refers to 'mine' by its parameter 'name', and is given to 'scope::spawn', which runs it later: nothing waits for it before 'mine' is gone
  left.spawn(greet(mine));
  co_await all.join();
}

struct worker : std::enable_shared_from_this<worker> {
  scope all;
  int calls;
  task<> run() {
    co_await work();
    ++calls;
  }
  // WHY: coro-detached-borrow leaves it alone: the task of 'worker::run' refers to its object: something that the work has may own it, or something waits for the work
  void begin() { all.spawn(run()); }
};

task<> captures(int n) {
  // WHY: coro-dangling-capture reports it: this lambda is a temporary: its captures are gone when its task goes on, which is awaited
  auto late = [n]() -> task<> { co_await work(); elsewhere(n); }();
  co_await std::move(late);
  // WHY: coro-dangling-capture leaves it alone: the task of the lambda refers to its closure: it is done before the temporary is gone, in the same expression
  co_await [n]() -> task<> { co_await work(); elsewhere(n); }();
}

//===- coro-unawaited-task

task<> tasks() {
  // WHY: coro-unawaited-task reports it: 'work' never runs: its task is not awaited
  work();
  // WHY: coro-unawaited-task leaves it alone: the task of 'work' is awaited
  co_await work();
  // WHY: coro-unawaited-task leaves it alone: 'used' is used: line [[+3]]
  auto used = work();
  // WHY: coro-unawaited-task leaves it alone: 'unused' is unused on purpose, by its name or by [[maybe_unused]]
  auto unused = work();
  co_await std::move(used);
  // WHY: coro-unawaited-task leaves it alone: what is dropped is no task: 'int' is not known to be awaited
  elsewhere(1);
  std::vector<task<>> all;
  // WHY: coro-unawaited-task leaves it alone: the task of 'work' is given to 'std::vector::push_back', which takes it over
  all.push_back(work());
  co_await std::move(all.back());
}

task<> handed_on() {
  // WHY: coro-unawaited-task leaves it alone: the task of 'work' is returned to the caller
  return work();
}
