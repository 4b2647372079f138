//===- task_group.cpp - Nothing outlives its scope ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/task_group.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace task_group_tests {
namespace {

static_assert(!std::is_copy_constructible_v<aio::task_group>);
static_assert(!std::is_move_constructible_v<aio::task_group>);

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

aio::task<> adds_after(std::chrono::seconds time, int &to) {
  co_await aio::sleep_for(time);
  ++to;
}

aio::task<> fails_after(std::chrono::seconds time, const char *what) {
  co_await aio::sleep_for(time);
  throw std::runtime_error(what);
}

/// Is told to stop, takes a second for it, and notes it.
aio::task<> stops_slowly(int &stopped) {
  try {
    co_await aio::sleep_for(24h);
    co_return;
  } catch (const aio::cancelled &) {
  }
  co_await aio::shield(aio::sleep_for(1s));
  ++stopped;
  throw aio::cancelled();
}

std::string message_of(const std::exception_ptr &thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception &error) {
    return error.what();
  } catch (...) {
    return "no std::exception";
  }
}

/// What is thrown by \p work, as text.
aio::task<std::string> error_of(aio::task<> work) {
  try {
    co_await std::move(work);
  } catch (const std::exception &error) {
    co_return error.what();
  }
  co_return "nothing";
}

//===- A group by itself --------------------------------------------------===//

TEST(TaskGroup, JoinWaitsForAll) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int ended = 0;
    aio::task_group group;
    EXPECT_EQ(group.size(), 0u);
    for (int i = 1; i <= 3; ++i)
      group.spawn(adds_after(std::chrono::seconds(i), ended));
    EXPECT_EQ(group.size(), 3u);
    EXPECT_EQ(ended, 0);
    co_await group.join();
    EXPECT_EQ(ended, 3);
    EXPECT_EQ(group.size(), 0u);
    EXPECT_EQ(now() - begin, 3s);
  }());
}

TEST(TaskGroup, JoinOfAnEmptyGroupIsDoneAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    aio::task_group group;
    co_await group.join();
    co_await group.join();
  }());
}

TEST(TaskGroup, CanBeUsedAgainAfterAJoin) {
  aio::testing::run([]() -> aio::task<> {
    int ended = 0;
    aio::task_group group;
    for (int i = 1; i <= 3; ++i) {
      group.spawn(adds_after(1s, ended));
      co_await group.join();
      EXPECT_EQ(ended, i);
    }
  }());
}

TEST(TaskGroup, TakesAnythingThatCanBeAwaited) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto gives = []() -> aio::task<std::unique_ptr<int>> { co_return std::make_unique<int>(1); };
    aio::task_group group;
    group.spawn(aio::sleep_for(2s));
    group.spawn(gives()); // what it gives is dropped
    co_await group.join();
    EXPECT_EQ(now() - begin, 2s);
  }());
}

TEST(TaskGroup, StartsWhenTheCallerSuspends) {
  aio::testing::run([]() -> aio::task<> {
    std::string order;
    auto notes = [](std::string &to, char which) -> aio::task<> {
      to += which;
      co_return;
    };
    aio::task_group group;
    group.spawn(notes(order, 'a'));
    group.spawn(notes(order, 'b'));
    EXPECT_EQ(order, "");
    co_await aio::checkpoint();
    EXPECT_EQ(order, "ab");
    co_await group.join();
  }());
}

TEST(TaskGroup, ChildrenMayStartOthers) {
  aio::testing::run([]() -> aio::task<> {
    struct tree {
      static aio::task<> grow(aio::task_group &group, int depth, int &leaves) {
        co_await aio::sleep_for(1s);
        if (depth == 0) {
          ++leaves;
          co_return;
        }
        group.spawn(grow(group, depth - 1, leaves));
        group.spawn(grow(group, depth - 1, leaves));
      }
    };
    int leaves = 0;
    aio::task_group group;
    group.spawn(tree::grow(group, 8, leaves));
    co_await group.join();
    EXPECT_EQ(leaves, 256);
  }());
}

TEST(TaskGroup, TheFirstFailureCancelsTheOthersAndIsThrownAfterTheirEnd) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    aio::task_group group;
    group.spawn(stops_slowly(stopped));
    group.spawn(fails_after(1s, "first"));
    group.spawn(fails_after(2s, "too late: cancelled"));
    group.spawn(stops_slowly(stopped));
    try {
      co_await group.join();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error &error) {
      EXPECT_STREQ(error.what(), "first");
    }
    EXPECT_EQ(stopped, 2);
    EXPECT_EQ(now() - begin, 2s);
    EXPECT_TRUE(group.further_errors().empty());
    co_await group.join(); // it is thrown once
  }());
}

TEST(TaskGroup, KeepsFurtherErrors) {
  aio::testing::run([]() -> aio::task<> {
    auto fails_to_stop = [](const char *what) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error(what);
      }
    };
    aio::task_group group;
    group.spawn(fails_to_stop("second"));
    group.spawn(fails_to_stop("third"));
    group.spawn(fails_after(1s, "first"));
    EXPECT_THROW(co_await group.join(), std::runtime_error);
    EXPECT_EQ(group.further_errors().size(), 2u);
    if (group.further_errors().size() == 2) {
      EXPECT_EQ(message_of(group.further_errors()[0]), "second");
      EXPECT_EQ(message_of(group.further_errors()[1]), "third");
    }
  }());
}

TEST(TaskGroup, ThrowsAFailureThatCameBeforeTheJoin) {
  aio::testing::run([]() -> aio::task<> {
    aio::task_group group;
    group.spawn(fails_after(1s, "early"));
    co_await aio::sleep_for(2s);
    EXPECT_EQ(group.size(), 0u);
    EXPECT_THROW(co_await group.join(), std::runtime_error);
  }());
}

TEST(TaskGroup, CancelStopsAllAndIsNoError) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    aio::task_group group;
    for (int i = 0; i != 3; ++i)
      group.spawn(stops_slowly(stopped));
    co_await aio::checkpoint();
    group.cancel();
    co_await group.join();
    EXPECT_EQ(stopped, 3);
    // What is started from now on begins, and is cancelled where it waits.
    group.spawn(stops_slowly(stopped));
    co_await group.join();
    EXPECT_EQ(stopped, 4);
  }());
}

TEST(TaskGroup, AChildThatStopsByItselfIsNoError) {
  aio::testing::run([]() -> aio::task<> {
    int ended = 0;
    auto gives_up = []() -> aio::task<> {
      throw aio::cancelled();
      co_return;
    };
    aio::task_group group;
    group.spawn(gives_up());
    group.spawn(adds_after(1s, ended));
    co_await group.join();
    EXPECT_EQ(ended, 1); // the others go on
  }());
}

TEST(TaskGroup, WhoWaitsInJoinIsCancelledAfterTheEndOfAll) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    auto joins = [](int &told) -> aio::task<> {
      aio::task_group group;
      group.spawn(stops_slowly(told));
      group.spawn(stops_slowly(told));
      co_await group.join();
    };
    auto handle = aio::spawn(joins(stopped));
    co_await aio::sleep_for(1s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(stopped, 2);
    EXPECT_EQ(now() - begin, 2s);
  }());
}

TEST(TaskGroup, JoinWaitsAlsoWhereCancellationWasAskedForBefore) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    bool joined = false;
    auto joins = [](int &told, bool &to) -> aio::task<> {
      aio::task_group group;
      group.spawn(stops_slowly(told));
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      try {
        co_await group.join();
      } catch (const aio::cancelled &) {
        to = group.size() == 0;
        throw;
      }
    };
    auto handle = aio::spawn(joins(stopped, joined));
    co_await aio::sleep_for(1s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(stopped, 1);
    EXPECT_TRUE(joined);
  }());
}

TEST(TaskGroup, JoinCancelsTheGroupWhenItsWaiterIsOfAnotherScope) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    aio::task_group group;
    group.spawn(stops_slowly(stopped));
    EXPECT_THROW(co_await aio::with_timeout(5s, group.join()), aio::timed_out);
    EXPECT_EQ(stopped, 1);
    EXPECT_EQ(group.size(), 0u);
  }());
}

TEST(TaskGroup, IsJoinedByOneAtATime) {
  aio::testing::run([]() -> aio::task<> {
    int ended = 0;
    aio::task_group group;
    group.spawn(adds_after(2s, ended));
    auto joins = [](aio::task_group &joined) -> aio::task<> { co_await joined.join(); };
    auto first = aio::spawn(joins(group));
    co_await aio::checkpoint();
    EXPECT_THROW(co_await group.join(), std::logic_error);
    co_await first;
    EXPECT_EQ(ended, 1);
  }());
}

TEST(TaskGroup, RefusesWhatIsStartedBetweenTheLastEndAndTheJoin) {
  aio::testing::run([]() -> aio::task<> {
    aio::task_group group;
    bool refused = false;
    int ended = 0;
    auto starts = [&]() -> aio::task<> {
      co_await aio::sleep_for(1s);
      while (group.size() != 0) // at the same time: after the last child, before who joins
        co_await aio::checkpoint();
      try {
        group.spawn(adds_after(1s, ended));
      } catch (const std::logic_error &) {
        refused = true;
      }
    };
    group.spawn(adds_after(1s, ended));
    auto other = aio::spawn(starts());
    co_await group.join();
    co_await other;
    EXPECT_EQ(ended, refused ? 1 : 1 + static_cast<int>(group.size()));
    co_await group.join();
  }());
}

TEST(TaskGroup, IsCancelledWithWhoMadeIt) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    bool told = false;
    auto makes = [](int &to, bool &noted) -> aio::task<> {
      aio::task_group group;
      group.spawn(stops_slowly(to));
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        noted = true;
      }
      co_await group.join();
    };
    auto handle = aio::spawn(makes(stopped, told));
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_TRUE(told);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(TaskGroup, IsRefusedOutsideOfACoroutineAndOnAWorker) {
  EXPECT_THROW(aio::task_group(), std::logic_error);
  aio::testing::run([]() -> aio::task<> {
    aio::task_group group;
    int refused = 0;
    int ended = 0;
    co_await aio::resume_on_worker();
    try {
      aio::task_group another;
    } catch (const std::logic_error &) {
      ++refused;
    }
    try {
      group.spawn(adds_after(1s, ended));
    } catch (const std::logic_error &) {
      ++refused;
    }
    try {
      co_await group.join();
    } catch (const std::logic_error &) {
      ++refused;
    }
    co_await aio::resume_on_loop();
    EXPECT_EQ(refused, 3);
  }());
}

TEST(TaskGroup, RefusesATaskThatHasNothingToRun) {
  aio::testing::run([]() -> aio::task<> {
    int ended = 0;
    auto first = adds_after(1s, ended);
    auto second = std::move(first);
    aio::task_group group;
    EXPECT_THROW(group.spawn(std::move(first)), std::logic_error);
    EXPECT_EQ(group.size(), 0u);
    group.spawn(std::move(second));
    co_await group.join();
  }());
}

TEST(TaskGroup, TakesTasksThatEndOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    auto hops = []() -> aio::task<> { co_await aio::resume_on_worker(); };
    aio::task_group group;
    for (int i = 0; i != 10; ++i)
      group.spawn(hops());
    co_await group.join();
  }());
}

TEST(TaskGroup, IsSeenInTheTreeOfTasks) {
  aio::testing::run([]() -> aio::task<> {
    auto joins = []() -> aio::task<> {
      int ended = 0;
      aio::task_group group;
      group.spawn(adds_after(2s, ended));
      co_await group.join();
    };
    auto handle = aio::spawn(joins());
    co_await aio::sleep_for(1s);
    const std::string tree = aio::task_tree();
    EXPECT_NE(tree.find("task_group::join"), std::string::npos) << tree;
    EXPECT_NE(tree.find("1 still run"), std::string::npos) << tree;
    EXPECT_NE(tree.find("adds_after"), std::string::npos) << tree;
    co_await handle;
  }());
}

TEST(TaskGroup, SaysInDebugModeThatNobodyWasToldAnError) {
  std::vector<aio::report> seen;
  auto before = aio::set_report_handler([&](const aio::report &r) { seen.push_back(r); });
  aio::run(
      []() -> aio::task<> {
        aio::task_group group;
        group.spawn(fails_after(0s, "nobody asks"));
        while (group.size() != 0)
          co_await aio::checkpoint();
      }(),
      {.debug = true});
  aio::set_report_handler(std::move(before));
  EXPECT_EQ(seen.size(), 1u);
  if (!seen.empty()) {
    EXPECT_EQ(seen[0].rule, "unjoined-scope");
  }
}

aio::task<> never_joins() {
  int ended = 0;
  aio::task_group group;
  group.spawn(adds_after(1s, ended));
  group.spawn(adds_after(1s, ended));
  co_return;
}

TEST(TaskGroupDeathTest, EndsTheProgramWhenItIsDestroyedUnjoined) {
  EXPECT_DEATH(aio::testing::run(never_joins()),
               "never_joins.*destroyed a task_group in which 2 still run.*unjoined-scope");
}

//===- with_task_group ----------------------------------------------------===//

TEST(WithTaskGroup, GivesTheBodysResultAfterAllHaveEnded) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int ended = 0;
    const int given = co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<int> {
      group.spawn(adds_after(3s, ended));
      group.spawn(adds_after(1s, ended));
      co_return 5;
    });
    EXPECT_EQ(given, 5);
    EXPECT_EQ(ended, 2);
    EXPECT_EQ(now() - begin, 3s);
  }());
}

TEST(WithTaskGroup, GivesReferencesAndWhatCanOnlyBeMoved) {
  aio::testing::run([]() -> aio::task<> {
    int object = 0;
    int &referred = co_await aio::with_task_group(
        [&](aio::task_group &) -> aio::task<int &> { co_return object; });
    EXPECT_EQ(&referred, &object);
    auto made =
        co_await aio::with_task_group([](aio::task_group &) -> aio::task<std::unique_ptr<int>> {
          co_return std::make_unique<int>(4);
        });
    EXPECT_EQ(*made, 4);
    co_await aio::with_task_group([](aio::task_group &group) -> aio::task<> {
      group.spawn(aio::sleep_for(1s));
      co_return;
    });
  }());
}

TEST(WithTaskGroup, StartsWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    bool begun = false;
    auto later = aio::with_task_group([&](aio::task_group &) -> aio::task<> {
      begun = true;
      co_return;
    });
    co_await aio::checkpoint();
    EXPECT_FALSE(begun);
    co_await std::move(later);
    EXPECT_TRUE(begun);
  }());
}

TEST(WithTaskGroup, AFailureCancelsTheBodyAndTheOthers) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    bool body_stopped = false;
    const std::string error =
        co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
          group.spawn(stops_slowly(stopped));
          group.spawn(fails_after(1s, "a child"));
          try {
            co_await aio::sleep_for(1h);
          } catch (const aio::cancelled &) {
            body_stopped = true;
            throw;
          }
        }));
    EXPECT_EQ(error, "a child");
    EXPECT_EQ(stopped, 1);
    EXPECT_TRUE(body_stopped);
    EXPECT_FALSE(aio::cancel_requested()); // who awaits goes on
    co_await aio::sleep_for(1s);
  }());
}

TEST(WithTaskGroup, AFailureAfterTheBodyHasEndedIsThrown) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                group.spawn(fails_after(1s, "a child"));
                co_return;
              })),
              "a child");
  }());
}

TEST(WithTaskGroup, ABodyThatThrowsCancelsTheOthersAndIsThrownAfterTheirEnd) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                group.spawn(stops_slowly(stopped));
                co_await aio::sleep_for(1s);
                throw std::runtime_error("the body");
              })),
              "the body");
    EXPECT_EQ(stopped, 1);
    EXPECT_EQ(now() - begin, 2s);
  }());
}

TEST(WithTaskGroup, ThrowsWhatWasThrownFirst) {
  aio::testing::run([]() -> aio::task<> {
    // The child first, then the body, as it is told to stop.
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                group.spawn(fails_after(1s, "a child"));
                try {
                  co_await aio::sleep_for(1h);
                } catch (const aio::cancelled &) {
                  throw std::runtime_error("the body");
                }
              })),
              "a child");
    // The body first, then a child.
    auto fails_to_stop = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error("a child");
      }
    };
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                group.spawn(fails_to_stop());
                co_await aio::checkpoint();
                throw std::runtime_error("the body");
              })),
              "the body");
  }());
}

TEST(WithTaskGroup, ABodyThatJoinsSeesEveryError) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<std::string> errors;
    auto fails_to_stop = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error("second");
      }
    };
    const int given = co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<int> {
      group.spawn(fails_to_stop());
      group.spawn(fails_after(1s, "first"));
      try {
        co_await group.join();
      } catch (const std::exception &error) {
        errors.emplace_back(error.what());
        for (const std::exception_ptr &each : group.further_errors())
          errors.push_back(message_of(each));
      }
      co_return 1; // the error was dealt with
    });
    EXPECT_EQ(given, 1);
    EXPECT_EQ(errors, (std::vector<std::string>{"first", "second"}));
  }());
}

TEST(WithTaskGroup, CancelInTheBodyStopsTheOthersAndNotTheBody) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    const int given = co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<int> {
      group.spawn(stops_slowly(stopped));
      co_await aio::sleep_for(1s);
      group.cancel();
      co_await aio::sleep_for(1s);
      co_return 3;
    });
    EXPECT_EQ(given, 3);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(WithTaskGroup, AFailureCancelsTheBodyAlsoAfterACancel) {
  aio::testing::run([]() -> aio::task<> {
    auto fails_to_stop = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error("while it stopped");
      }
    };
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                group.spawn(fails_to_stop());
                co_await aio::checkpoint();
                group.cancel();
                co_await aio::sleep_for(24h);
                ADD_FAILURE() << "the body was not cancelled";
              })),
              "while it stopped");
  }());
}

TEST(WithTaskGroup, IsCancelledWithWhoAwaitsIt) {
  for (const bool in_body : {true, false})
    aio::testing::run([](bool body_waits) -> aio::task<> {
      const auto begin = now();
      int stopped = 0;
      auto groups = [](int &told, bool waits) -> aio::task<> {
        co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
          group.spawn(stops_slowly(told));
          group.spawn(stops_slowly(told));
          if (waits)
            co_await aio::sleep_for(1h);
        });
      };
      auto handle = aio::spawn(groups(stopped, body_waits));
      co_await aio::sleep_for(1s);
      handle.cancel();
      EXPECT_THROW(co_await handle, aio::task_cancelled);
      EXPECT_EQ(stopped, 2);
      EXPECT_EQ(now() - begin, 2s);
    }(in_body));
}

TEST(WithTaskGroup, GivesUpInATimeout) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    EXPECT_THROW(co_await aio::with_timeout(
                     5s, aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                       group.spawn(stops_slowly(stopped));
                       co_return;
                     })),
                 aio::timed_out);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(WithTaskGroup, ACancelledBodyPassesItOn) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    EXPECT_THROW(co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
                   group.spawn(stops_slowly(stopped));
                   co_await aio::checkpoint();
                   throw aio::cancelled();
                 }),
                 aio::cancelled);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(WithTaskGroup, ABodyThatIsNoCoroutineMayThrowToo) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    EXPECT_EQ(co_await error_of(aio::with_task_group([&](aio::task_group &group) {
                group.spawn(stops_slowly(stopped));
                if (group.size() == 1)
                  throw std::runtime_error("before there was a body");
                return stops_slowly(stopped);
              })),
              "before there was a body");
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(WithTaskGroup, Nests) {
  aio::testing::run([]() -> aio::task<> {
    int ended = 0;
    co_await aio::with_task_group([&](aio::task_group &outer) -> aio::task<> {
      outer.spawn(aio::with_task_group([&](aio::task_group &inner) -> aio::task<> {
        inner.spawn(adds_after(1s, ended));
        outer.spawn(adds_after(2s, ended));
        co_return;
      }));
      co_return;
    });
    EXPECT_EQ(ended, 2);
  }());
}

} // namespace
} // namespace task_group_tests
