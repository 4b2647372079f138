// RUN: %check %s --profile=strict

#include "Inputs/job.h"
#include <chrono>
#include <corolint/annotations.h>
#include <exception>
#include <stdexcept>

void log(const char *text);

//===- A library that nobody knows says what it throws.

namespace acme {
class CORO_CANCELLATION stopped : public std::exception {};
class failed : public std::runtime_error {
  using runtime_error::runtime_error;
};
job<> step();
job<int> count();
} // namespace acme

acme::job<> all_in_a_loop() {
  for (;;) {
    try {
      co_await acme::step();
      // EXPECT: coro-swallowed-cancellation: this handler also catches 'acme::stopped', by which the coroutine is told to stop, and goes on
      // NOTE: it is thrown here if the coroutine is cancelled
      // NOTE: after the handler, the coroutine goes on and waits here
      // NOTE: let it through before this handler
    } catch (...) {
      log("again");
    }
  }
}

acme::job<> by_its_base(bool again) {
  do {
    try {
      co_await acme::step();
      // EXPECT: coro-swallowed-cancellation: also catches 'acme::stopped'
      // NOTE: it is thrown here
      // NOTE: after the handler
      // NOTE: let it through
    } catch (const std::exception &e) {
      log(e.what());
    }
  } while (again);
}

acme::job<> in_a_line() {
  try {
    co_await acme::step();
  } catch (const acme::failed &) {
    log("failed");
    // EXPECT: coro-swallowed-cancellation: also catches 'acme::stopped'
    // NOTE: it is thrown here
    // NOTE: after the handler
    // NOTE: let it through
  } catch (const std::exception &) {
    log("something else");
  }
  co_await acme::step();
}

// Its own type, and no end.
acme::job<> itself() {
  for (;;) {
    try {
      co_await acme::step();
      // EXPECT: coro-swallowed-cancellation: also catches 'acme::stopped'
      // NOTE: it is thrown here
      // NOTE: after the handler
      // NOTE: let it through
    } catch (const acme::stopped &) {
    }
  }
}

// The inner handler lets it through, the outer one does not.
acme::job<> nested() {
  for (;;) {
    try {
      try {
        co_await acme::step();
      } catch (const acme::failed &) {
        log("failed");
      }
      // EXPECT: coro-swallowed-cancellation: also catches 'acme::stopped'
      // NOTE: it is thrown here
      // NOTE: after the handler
      // NOTE: let it through
    } catch (...) {
      log("again");
    }
  }
}

//===- It gets to the end of the coroutine, soon.

acme::job<> thrown_on() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (...) {
      log("it ends here");
      throw;
    }
  }
}
acme::job<> let_through() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (const acme::stopped &) {
      throw;
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
}
acme::job<> leaves() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (...) {
      break;
    }
  }
  co_await acme::step();
}
acme::job<int> returns() {
  try {
    co_return co_await acme::count();
  } catch (...) {
    co_return 0;
  }
}
acme::job<> ends_anyway() {
  try {
    co_await acme::step();
  } catch (...) {
    log("failed");
  }
  log("done");
}
acme::job<> errors_only() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (const std::runtime_error &e) {
      log(e.what());
    }
  }
}
// It keeps it, and cleans up first.
acme::job<> kept() {
  std::exception_ptr error;
  try {
    co_await acme::step();
  } catch (...) {
    error = std::current_exception();
  }
  co_await acme::step();
  if (error)
    std::rethrow_exception(error);
}
// It stopped the step itself.
acme::job<> meant() {
  try {
    co_await acme::step();
  } catch (const acme::stopped &) {
    log("that was me");
  }
  co_await acme::step();
}
bool is_cancelled();
acme::job<> asks() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (const std::exception &) {
      if (is_cancelled())
        throw;
    }
  }
}
void think_about(const std::exception &e);
acme::job<> given_away() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (const std::exception &e) {
      think_about(e);
    }
  }
}
// Nothing is awaited in it.
acme::job<> no_await() {
  for (;;) {
    try {
      log("try");
    } catch (...) {
    }
    co_await acme::step();
  }
}

// A framework catches what its assertions throw.
#define CHECK(...)                                                                                 \
  try {                                                                                            \
    if (!(__VA_ARGS__))                                                                            \
      log("failed");                                                                               \
  } catch (...) {                                                                                  \
    log("failed");                                                                                 \
  }
acme::job<> asserts() {
  CHECK(co_await acme::count() == 1);
  CHECK(co_await acme::count() == 2);
}

//===- Of a library whose cancellation does not arrive as an exception, nothing is swallowed.

task<> of_another() {
  for (;;) {
    try {
      co_await acme::step();
    } catch (...) {
      log("again");
    }
  }
}

//===- Asio throws it as an error like all others.

namespace boost {
namespace system {
class error_code {
public:
  bool operator==(int) const;
};
class system_error : public std::runtime_error {
public:
  using runtime_error::runtime_error;
  const error_code &code() const;
};
} // namespace system
namespace asio {
template <class T> class awaitable {
public:
  struct promise_type : promise_result<T> {
    awaitable get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
awaitable<void> async_accept();
} // namespace asio
} // namespace boost

boost::asio::awaitable<void> accepts() {
  for (;;) {
    try {
      co_await boost::asio::async_accept();
      // EXPECT: coro-swallowed-cancellation: also catches 'boost::system::system_error'
      // NOTE: it is thrown here
      // NOTE: after the handler
      // NOTE: 'boost::system::system_error' {{.*}}: rethrow it, or leave, where it says so
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
}
void expect(bool);
boost::asio::awaitable<void> compares_the_code() {
  for (;;) {
    try {
      co_await boost::asio::async_accept();
    } catch (const boost::system::system_error &e) {
      expect(e.code() == 125);
    }
  }
}
boost::asio::awaitable<void> asks_the_code() {
  for (;;) {
    try {
      co_await boost::asio::async_accept();
    } catch (const boost::system::system_error &e) {
      if (e.code() == 125)
        co_return;
      log(e.what());
    }
  }
}
