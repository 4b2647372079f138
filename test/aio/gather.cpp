//===- gather.cpp - Awaiting several tasks at once ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/gather.hpp>
#include <aio/spawn.hpp>
#include <aio/testing.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace std::chrono_literals;

namespace gather_tests {
namespace {

aio::clock::time_point now() {
  return aio::detail::scheduler::current()->now();
}

aio::task<int> gives_after(std::chrono::seconds time, int value) {
  co_await aio::sleep_for(time);
  co_return value;
}

aio::task<std::string> names_after(std::chrono::seconds time, std::string name) {
  co_await aio::sleep_for(time);
  co_return name;
}

aio::task<int> fails_after(std::chrono::seconds time, const char *what) {
  co_await aio::sleep_for(time);
  throw std::runtime_error(what);
}

aio::task<> notes(std::string &to, char which) {
  to += which;
  co_return;
}

/// Is told to stop, takes a second for it, and notes it.
aio::task<int> stops_slowly(int &stopped) {
  try {
    co_await aio::sleep_for(24h);
    co_return 0;
  } catch (const aio::cancelled &) {
  }
  co_await aio::shield(aio::sleep_for(1s));
  ++stopped;
  throw aio::cancelled();
}

/// What cannot be stopped.
aio::task<int> stubborn(std::chrono::seconds time, int value) {
  co_return co_await aio::shield(gives_after(time, value));
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

//===- gather -------------------------------------------------------------===//

TEST(Gather, GivesResultsInTheOrderOfTheArguments) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto all = co_await aio::gather(gives_after(3s, 1), names_after(1s, "two"), aio::sleep_for(2s));
    static_assert(std::is_same_v<decltype(all), std::tuple<int, std::string, std::monostate>>);
    EXPECT_EQ(all, std::tuple(1, std::string("two"), std::monostate()));
    EXPECT_EQ(now() - begin, 3s); // at the same time
  }());
}

TEST(Gather, StartsInTheOrderOfTheArguments) {
  aio::testing::run([]() -> aio::task<> {
    std::string order;
    co_await aio::gather(notes(order, 'a'), notes(order, 'b'), notes(order, 'c'));
    EXPECT_EQ(order, "abc");
  }());
}

TEST(Gather, StartsWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    std::string order;
    auto later = aio::gather(notes(order, 'a'), notes(order, 'b'));
    co_await aio::checkpoint();
    EXPECT_EQ(order, "");
    co_await std::move(later);
    EXPECT_EQ(order, "ab");
  }());
}

TEST(Gather, GivesReferencesAndWhatCanOnlyBeMoved) {
  aio::testing::run([]() -> aio::task<> {
    int object = 0;
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    auto makes = [](int n) -> aio::task<std::unique_ptr<int>> {
      co_return std::make_unique<int>(n);
    };
    auto both = co_await aio::gather(refers(object), makes(2));
    static_assert(std::is_same_v<decltype(both), std::tuple<int &, std::unique_ptr<int>>>);
    EXPECT_EQ(&std::get<0>(both), &object);
    EXPECT_EQ(*std::get<1>(both), 2);
    std::vector<aio::task<int &>> references;
    references.push_back(refers(object));
    std::vector<std::reference_wrapper<int>> given = co_await aio::gather(std::move(references));
    EXPECT_EQ(&given[0].get(), &object);
  }());
}

TEST(Gather, OfNothingIsDoneAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_EQ(co_await aio::gather(), std::tuple<>());
    EXPECT_TRUE((co_await aio::gather(std::vector<aio::task<int>>())).empty());
    co_await aio::gather(std::vector<aio::task<>>());
  }());
}

TEST(Gather, TakesAVectorThatIsGivenAway) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<aio::task<int>> works;
    for (int i = 0; i != 100; ++i)
      works.push_back(gives_after(std::chrono::seconds(100 - i), i));
    const std::vector<int> given = co_await aio::gather(std::move(works));
    EXPECT_EQ(given.size(), 100u);
    for (int i = 0; i != 100; ++i)
      EXPECT_EQ(given[static_cast<std::size_t>(i)], i);
  }());
}

TEST(Gather, TakesAViewThatMakesTheTasks) {
  aio::testing::run([]() -> aio::task<> {
    const std::vector numbers{1, 2, 3};
    auto tasks = numbers | std::views::transform([](int n) { return gives_after(1s, n * n); });
    const auto squares = co_await aio::gather(tasks);
    EXPECT_EQ(squares, (std::vector{1, 4, 9}));
    const auto begin = now();
    co_await aio::gather(numbers | std::views::transform([](int n) {
                           return aio::sleep_for(std::chrono::seconds(n));
                         }));
    EXPECT_EQ(now() - begin, 3s);
  }());
}

TEST(Gather, TakesHandlesByReference) {
  aio::testing::run([]() -> aio::task<> {
    auto one = aio::spawn(gives_after(1s, 1));
    auto two = aio::spawn(gives_after(2s, 2));
    const auto both = co_await aio::gather(one, two);
    EXPECT_EQ(both, std::tuple(1, 2));
    std::vector<aio::join_handle<int>> handles;
    handles.push_back(aio::spawn(gives_after(1s, 3)));
    handles.push_back(aio::spawn(gives_after(1s, 4)));
    const auto rest = co_await aio::gather(handles);
    EXPECT_EQ(rest, (std::vector{3, 4}));
  }());
}

TEST(Gather, ThrowsTheFirstFailureAfterAllHaveEnded) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    try {
      co_await aio::gather(stops_slowly(stopped), fails_after(2s, "second"),
                           fails_after(1s, "first"), stops_slowly(stopped));
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error &error) {
      EXPECT_STREQ(error.what(), "first");
    }
    EXPECT_EQ(stopped, 2);
    EXPECT_EQ(now() - begin, 2s); // 1 s until it failed, 1 s until the others had stopped
  }());
}

TEST(Gather, ThrowsTheFirstFailureOfARange) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    std::vector<aio::task<int>> works;
    works.push_back(stops_slowly(stopped));
    works.push_back(fails_after(1s, "first"));
    works.push_back(stops_slowly(stopped));
    EXPECT_THROW(co_await aio::gather(std::move(works)), std::runtime_error);
    EXPECT_EQ(stopped, 2);
  }());
}

TEST(Gather, CancelsWhatHasNotBegun) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    auto fails = []() -> aio::task<> {
      throw std::runtime_error("at once");
      co_return;
    };
    EXPECT_THROW(co_await aio::gather(fails(), stops_slowly(stopped)), std::runtime_error);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(Gather, IsCancelledWithWhoAwaitsItAndWaitsForAll) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    auto gathers = [](int &told) -> aio::task<> {
      co_await aio::gather(stops_slowly(told), stops_slowly(told));
    };
    auto handle = aio::spawn(gathers(stopped));
    co_await aio::sleep_for(5s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(stopped, 2);
    EXPECT_EQ(now() - begin, 6s);
  }());
}

TEST(Gather, GivesResultsThatCameInSpiteOfACancellation) {
  aio::testing::run([]() -> aio::task<> {
    std::tuple<int, int> given;
    auto gathers = [](std::tuple<int, int> &to) -> aio::task<> {
      to = co_await aio::gather(stubborn(3s, 1), stubborn(4s, 2));
    };
    auto handle = aio::spawn(gathers(given));
    co_await aio::sleep_for(1s);
    handle.cancel();
    co_await handle;
    EXPECT_EQ(given, std::tuple(1, 2));
  }());
}

TEST(Gather, ThrowsAnErrorRatherThanCancelled) {
  aio::testing::run([]() -> aio::task<> {
    auto fails_to_stop = []() -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error("while it stopped");
      }
    };
    auto gathers = [&](int &told) -> aio::task<> {
      co_await aio::gather(stops_slowly(told), fails_to_stop());
    };
    int stopped = 0;
    auto handle = aio::spawn(gathers(stopped));
    co_await aio::sleep_for(1s);
    handle.cancel();
    EXPECT_THROW(co_await handle, std::runtime_error);
  }());
}

TEST(Gather, ThrowsTaskCancelledWhenATaskStopsByItself) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    source.request_stop();
    auto stoppable = [](std::stop_token token) -> aio::task<int> {
      co_return co_await aio::with_stop_token(token, gives_after(1h, 1));
    };
    int stopped = 0;
    EXPECT_THROW(co_await aio::gather(stoppable(source.get_token()), stops_slowly(stopped)),
                 aio::task_cancelled);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(Gather, IsAPlaceToBeCancelled) {
  aio::testing::run([]() -> aio::task<> {
    bool begun = false;
    auto begins = [](bool &to) -> aio::task<> {
      to = true;
      co_return;
    };
    auto gathers = [&](bool &to) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      co_await aio::gather(begins(to));
    };
    auto handle = aio::spawn(gathers(begun));
    co_await aio::checkpoint();
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_FALSE(begun);
  }());
}

TEST(Gather, IsSeenInTheTreeOfTasks) {
  aio::testing::run([]() -> aio::task<> {
    auto gathers = []() -> aio::task<> {
      co_await aio::gather(gives_after(1s, 1), gives_after(2s, 2));
    };
    auto handle = aio::spawn(gathers());
    co_await aio::sleep_for(1500ms);
    const std::string tree = aio::task_tree();
    EXPECT_NE(tree.find("gather"), std::string::npos) << tree;
    EXPECT_NE(tree.find("1 of 2 still run"), std::string::npos) << tree;
    EXPECT_NE(tree.find("gives_after"), std::string::npos) << tree;
    co_await handle;
  }());
}

TEST(Gather, IsRefusedOnAWorker) {
  aio::testing::run([]() -> aio::task<> {
    bool refused = false;
    co_await aio::resume_on_worker();
    try {
      co_await aio::gather(gives_after(1s, 1));
    } catch (const std::logic_error &) {
      refused = true;
    }
    co_await aio::resume_on_loop();
    EXPECT_TRUE(refused);
  }());
}

TEST(Gather, RefusesATaskThatHasNothingToRun) {
  aio::testing::run([]() -> aio::task<> {
    auto first = gives_after(1s, 1);
    auto second = std::move(first);
    EXPECT_THROW((void)aio::gather(std::move(first), gives_after(1s, 2)), std::logic_error);
    auto once = aio::gather(std::move(second));
    co_await once;
    EXPECT_THROW(co_await once, std::logic_error);
  }());
}

TEST(Gather, TakesTasksThatHopToWorkers) {
  aio::testing::run([]() -> aio::task<> {
    auto hops = [](int value) -> aio::task<int> {
      co_await aio::resume_on_worker();
      co_return value;
    };
    EXPECT_EQ(co_await aio::gather(hops(1), hops(2), hops(3)), std::tuple(1, 2, 3));
  }());
}

TEST(Gather, NestsToAnyDepth) {
  struct tree {
    static aio::task<int> leaves(int depth) {
      if (depth == 0) {
        co_await aio::sleep_for(1s);
        co_return 1;
      }
      auto [left, right] = co_await aio::gather(leaves(depth - 1), leaves(depth - 1));
      co_return left + right;
    }
  };
  EXPECT_EQ(aio::testing::run(tree::leaves(12)), 4096);
}

//===- gather_settled -----------------------------------------------------===//

TEST(GatherSettled, GivesHowEachEnded) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    auto [value, error, nothing] = co_await aio::gather_settled(
        gives_after(1s, 5), fails_after(2s, "it failed"), aio::sleep_for(3s));
    static_assert(std::is_same_v<decltype(value), aio::outcome<int>>);
    static_assert(std::is_same_v<decltype(nothing), aio::outcome<void>>);
    EXPECT_EQ(now() - begin, 3s); // no failure has stopped the others
    EXPECT_TRUE(value.has_value());
    EXPECT_EQ(value.value(), 5);
    EXPECT_EQ(value.error(), nullptr);
    EXPECT_FALSE(error.has_value());
    EXPECT_FALSE(error);
    EXPECT_THROW(error.value(), std::runtime_error);
    EXPECT_EQ(message_of(error.error()), "it failed");
    EXPECT_TRUE(nothing.has_value());
    nothing.value();
  }());
}

TEST(GatherSettled, GivesAVectorForARange) {
  aio::testing::run([]() -> aio::task<> {
    std::vector<aio::task<int>> works;
    for (int i = 0; i != 10; ++i)
      works.push_back(i % 3 == 0 ? fails_after(1s, "third") : gives_after(1s, i));
    const std::vector<aio::outcome<int>> all = co_await aio::gather_settled(std::move(works));
    EXPECT_EQ(all.size(), 10u);
    for (std::size_t i = 0; i != all.size(); ++i) {
      EXPECT_EQ(all[i].has_value(), i % 3 != 0);
      if (all[i]) {
        EXPECT_EQ(all[i].value(), static_cast<int>(i));
      }
    }
  }());
}

TEST(GatherSettled, GivesReferencesAndWhatCanOnlyBeMoved) {
  aio::testing::run([]() -> aio::task<> {
    int object = 0;
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    auto makes = []() -> aio::task<std::unique_ptr<int>> { co_return std::make_unique<int>(2); };
    auto both = co_await aio::gather_settled(refers(object), makes());
    EXPECT_EQ(&std::get<0>(both).value(), &object);
    const std::unique_ptr<int> made = std::get<1>(std::move(both)).value();
    EXPECT_EQ(*made, 2);
  }());
}

TEST(GatherSettled, SaysTaskCancelledForATaskThatStoppedByItself) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    source.request_stop();
    auto stoppable = [](std::stop_token token) -> aio::task<int> {
      co_return co_await aio::with_stop_token(token, gives_after(1h, 1));
    };
    auto [stopped, other] =
        co_await aio::gather_settled(stoppable(source.get_token()), gives_after(1s, 2));
    EXPECT_THROW(stopped.value(), aio::task_cancelled);
    EXPECT_EQ(other.value(), 2);
  }());
}

TEST(GatherSettled, IsCancelledWithWhoAwaitsItAndWaitsForAll) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    auto gathers = [](int &told) -> aio::task<> {
      co_await aio::gather_settled(stops_slowly(told), stops_slowly(told), gives_after(0s, 1));
    };
    auto handle = aio::spawn(gathers(stopped));
    co_await aio::sleep_for(5s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(stopped, 2);
  }());
}

TEST(GatherSettled, GivesHowAllEndedInSpiteOfACancellation) {
  aio::testing::run([]() -> aio::task<> {
    int sum = 0;
    auto gathers = [](int &to) -> aio::task<> {
      auto [one, two] = co_await aio::gather_settled(stubborn(2s, 1), stubborn(3s, 2));
      to = one.value() + two.value();
    };
    auto handle = aio::spawn(gathers(sum));
    co_await aio::sleep_for(1s);
    handle.cancel();
    co_await handle;
    EXPECT_EQ(sum, 3);
  }());
}

//===- race ---------------------------------------------------------------===//

TEST(Race, GivesTheFirstAndStopsTheOthers) {
  aio::testing::run([]() -> aio::task<> {
    const auto begin = now();
    int stopped = 0;
    const aio::race_result<int> first =
        co_await aio::race(stops_slowly(stopped), gives_after(2s, 5), stops_slowly(stopped));
    EXPECT_EQ(first.index, 1u);
    EXPECT_EQ(first.value, 5);
    EXPECT_EQ(stopped, 2);
    EXPECT_EQ(now() - begin, 3s); // 2 s until the first came in, 1 s until the others had stopped
  }());
}

TEST(Race, GivesAVariantWhereTheTypesDiffer) {
  aio::testing::run([]() -> aio::task<> {
    auto first = co_await aio::race(gives_after(2s, 1), names_after(1s, "two"), aio::sleep_for(3s));
    static_assert(
        std::is_same_v<decltype(first.value), std::variant<int, std::string, std::monostate>>);
    EXPECT_EQ(first.index, 1u);
    EXPECT_EQ(std::get<1>(first.value), "two");
  }());
}

TEST(Race, GivesAnIndexAloneWhereThereAreNoValues) {
  aio::testing::run([]() -> aio::task<> {
    const aio::race_result<void> first = co_await aio::race(aio::sleep_for(3s), aio::sleep_for(1s));
    EXPECT_EQ(first.index, 1u);
  }());
}

TEST(Race, TakesARange) {
  aio::testing::run([]() -> aio::task<> {
    const std::vector seconds{3, 1, 2};
    const auto first = co_await aio::race(seconds | std::views::transform([](int s) {
                                            return gives_after(std::chrono::seconds(s), s * 10);
                                          }));
    EXPECT_EQ(first.index, 1u);
    EXPECT_EQ(first.value, 10);
    std::vector<aio::task<>> quiet;
    quiet.push_back([]() -> aio::task<> { co_await aio::sleep_for(1s); }());
    EXPECT_EQ((co_await aio::race(std::move(quiet))).index, 0u);
  }());
}

TEST(Race, GivesReferences) {
  aio::testing::run([]() -> aio::task<> {
    int object = 0;
    auto refers = [](int &o) -> aio::task<int &> { co_return o; };
    auto first = co_await aio::race(refers(object), refers(object));
    EXPECT_EQ(&first.value, &object);
  }());
}

TEST(Race, ThrowsWhatTheFirstThrows) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    EXPECT_THROW(co_await aio::race(stops_slowly(stopped), fails_after(1s, "x")),
                 std::runtime_error);
    EXPECT_EQ(stopped, 1);
    std::vector<aio::task<int>> works;
    works.push_back(fails_after(1s, "x"));
    works.push_back(gives_after(2s, 1));
    EXPECT_THROW(co_await aio::race(std::move(works)), std::runtime_error);
  }());
}

TEST(Race, DropsTheResultOfALoser) {
  aio::testing::run([]() -> aio::task<> {
    // At the same time: who comes to its end first has won.
    const auto first = co_await aio::race(gives_after(1s, 1), gives_after(1s, 2));
    EXPECT_EQ(first.index, 0u);
    EXPECT_EQ(first.value, 1);
    // Too late, though it cannot be stopped.
    const auto again = co_await aio::race(stubborn(5s, 1), gives_after(1s, 2));
    EXPECT_EQ(again.index, 1u);
    // What a loser throws is dropped too.
    auto fails_to_stop = []() -> aio::task<int> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
        throw std::runtime_error("while it stopped");
      }
      co_return 0;
    };
    EXPECT_EQ((co_await aio::race(fails_to_stop(), gives_after(1s, 2))).index, 1u);
  }());
}

TEST(Race, IsCancelledWithWhoAwaitsItAndWaitsForAll) {
  aio::testing::run([]() -> aio::task<> {
    int stopped = 0;
    auto races = [](int &told) -> aio::task<> {
      co_await aio::race(stops_slowly(told), stops_slowly(told));
    };
    auto handle = aio::spawn(races(stopped));
    co_await aio::sleep_for(5s);
    handle.cancel();
    EXPECT_THROW(co_await handle, aio::task_cancelled);
    EXPECT_EQ(stopped, 2);
  }());
}

TEST(Race, GivesWhatCameInSpiteOfACancellation) {
  aio::testing::run([]() -> aio::task<> {
    int given = 0;
    auto races = [](int &told, int &to) -> aio::task<> {
      to = (co_await aio::race(stops_slowly(told), stubborn(3s, 7))).value;
    };
    int stopped = 0;
    auto handle = aio::spawn(races(stopped, given));
    co_await aio::sleep_for(1s);
    handle.cancel();
    co_await handle;
    EXPECT_EQ(given, 7);
    EXPECT_EQ(stopped, 1);
  }());
}

TEST(Race, ThrowsTaskCancelledWhenTheFirstStoppedByItself) {
  aio::testing::run([]() -> aio::task<> {
    std::stop_source source;
    source.request_stop();
    auto stoppable = [](std::stop_token token) -> aio::task<int> {
      co_return co_await aio::with_stop_token(token, gives_after(1h, 1));
    };
    EXPECT_THROW(co_await aio::race(stoppable(source.get_token()), gives_after(1s, 2)),
                 aio::task_cancelled);
  }());
}

TEST(Race, IsRefusedWithNobodyWhoRuns) {
  aio::testing::run([]() -> aio::task<> {
    EXPECT_THROW(co_await aio::race(std::vector<aio::task<int>>()), std::logic_error);
  }());
}

TEST(Race, GivesOneResultForEverySeed) {
  for (std::uint64_t seed = 0; seed != 50; ++seed)
    aio::testing::run(
        []() -> aio::task<> {
          int stopped = 0;
          auto at_once = [](int value) -> aio::task<int> { co_return value; };
          const auto first =
              co_await aio::race(at_once(0), at_once(1), stops_slowly(stopped), at_once(3));
          EXPECT_EQ(first.value, static_cast<int>(first.index));
          EXPECT_EQ(stopped, 1);
        }(),
        seed);
}

} // namespace
} // namespace gather_tests
