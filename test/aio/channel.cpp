//===- channel.cpp - Handing things over ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------------===//

#include <aio/cancel.hpp>
#include <aio/debug.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/testing.hpp>
#include <aio/time.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;

namespace channel_tests {
namespace {

constexpr std::uint64_t seeds = 200;

template <class F> void for_every_seed(F test) {
  for (std::uint64_t seed = 0; seed != seeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    aio::testing::run(test(), seed);
  }
}

/// Lets all others run until they wait.
aio::task<> settle() {
  co_await aio::sleep_for(1us);
}

using numbers = aio::channel<int>;
using owned = std::unique_ptr<int>;

static_assert(!std::is_move_constructible_v<numbers>);
static_assert(std::is_same_v<numbers::value_type, int>);
static_assert(std::is_base_of_v<std::runtime_error, aio::channel_closed>);

aio::task<> send_all(numbers &to, std::vector<int> items) {
  for (const int each : items)
    co_await to.send(each);
}

aio::task<> receive_all(numbers &from, std::vector<int> &into) {
  while (auto item = co_await from.receive())
    into.push_back(*item);
}

aio::task<> receive_one(numbers &from, std::vector<int> &into) {
  if (auto item = co_await from.receive())
    into.push_back(*item);
}

std::vector<int> up_to(int n) {
  std::vector<int> result(static_cast<std::size_t>(n));
  std::iota(result.begin(), result.end(), 0);
  return result;
}

//===- Sending and receiving ----------------------------------------------===//

TEST(Channel, HandsItemsOverInTheirOrder) {
  for (const std::size_t capacity : {0u, 1u, 2u, 3u, 100u}) {
    for_every_seed([capacity]() {
      return [](std::size_t room) -> aio::task<> {
        numbers c(room);
        EXPECT_EQ(c.capacity(), room);
        std::vector<int> received;
        auto sender = aio::spawn(send_all(c, up_to(20)));
        auto receiver = aio::spawn(receive_all(c, received));
        co_await sender;
        c.close();
        co_await receiver;
        EXPECT_EQ(received, up_to(20));
        EXPECT_EQ(c.size(), 0u);
      }(capacity);
    });
  }
}

TEST(Channel, SendersWaitWhileItIsFull) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(2);
    co_await c.send(0);
    EXPECT_EQ(c.size(), 1u);
    co_await c.send(1);
    EXPECT_EQ(c.size(), 2u);
    auto sender = aio::spawn(send_all(c, {2, 3}));
    co_await settle();
    EXPECT_FALSE(sender.done());
    EXPECT_EQ(c.size(), 2u); // those of senders that wait do not count
    EXPECT_EQ(co_await c.receive(), 0);
    EXPECT_EQ(c.size(), 2u); // the room was taken at once
    co_await settle();
    EXPECT_FALSE(sender.done());
    EXPECT_EQ(co_await c.receive(), 1);
    co_await sender;
    EXPECT_EQ(co_await c.receive(), 2);
    EXPECT_EQ(co_await c.receive(), 3);
    EXPECT_EQ(c.size(), 0u);
  }());
}

TEST(Channel, WithNoRoomASenderWaitsUntilItsItemIsReceived) {
  for_every_seed([]() -> aio::task<> {
    numbers c(0);
    auto sender = aio::spawn(send_all(c, {7}));
    co_await settle();
    EXPECT_FALSE(sender.done());
    EXPECT_EQ(c.size(), 0u);
    EXPECT_EQ(co_await c.receive(), 7);
    co_await sender;
    // And the other way around: nobody waits to send to who waits to receive.
    std::vector<int> received;
    auto receiver = aio::spawn(receive_one(c, received));
    co_await settle();
    co_await c.send(8);
    co_await receiver;
    EXPECT_EQ(received, std::vector{8});
  });
}

TEST(Channel, DoesNotWaitForWhatCanBeHadAtOnce) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(1);
    bool other = false;
    auto beside = aio::spawn([](bool &ran) -> aio::task<> {
      ran = true;
      co_return;
    }(other));
    co_await c.send(1);
    EXPECT_EQ(co_await c.receive(), 1);
    EXPECT_FALSE(other);
    co_await beside;
  }());
}

TEST(Channel, StartsWhenItIsAwaited) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(1);
    {
      auto sends = c.send(1);
      auto receives = c.receive();
      EXPECT_EQ(c.size(), 0u);
      co_await std::move(sends);
      EXPECT_EQ(c.size(), 1u);
      EXPECT_EQ(co_await std::move(receives), 1);
    }
    aio::channel<owned> o(1);
    auto item = std::make_unique<int>(1);
    {
      auto sends = o.send(std::move(item));
      EXPECT_EQ(item, nullptr); // it is in the operation
    }
    EXPECT_EQ(o.size(), 0u);
  }());
}

TEST(Channel, ReceiversAreServedInTheOrderInWhichTheyCame) {
  for_every_seed([]() -> aio::task<> {
    numbers c(3);
    std::vector<int> came;
    std::vector<std::pair<int, int>> got;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 4; ++i)
      all.push_back(aio::spawn([](numbers &from, int me, std::vector<int> &in,
                                  std::vector<std::pair<int, int>> &out) -> aio::task<> {
        in.push_back(me);
        const auto item = co_await from.receive();
        out.emplace_back(me, item.value_or(-1));
      }(c, i, came, got)));
    co_await settle();
    for (int i = 0; i != 4; ++i)
      co_await c.send(i);
    EXPECT_EQ(c.size(), 0u);
    EXPECT_EQ(c.try_receive(), std::nullopt); // all are handed over: nobody overtakes
    for (auto &each : all)
      co_await each;
    EXPECT_EQ(got.size(), 4u);
    for (const auto &[who, item] : got)
      EXPECT_EQ(who, came[static_cast<std::size_t>(item)]);
  });
}

TEST(Channel, SendersAreServedInTheOrderInWhichTheyCame) {
  for_every_seed([]() -> aio::task<> {
    numbers c(1);
    std::vector<int> came;
    std::vector<aio::join_handle<void>> all;
    for (int i = 0; i != 5; ++i)
      all.push_back(aio::spawn([](numbers &to, int me, std::vector<int> &in) -> aio::task<> {
        in.push_back(me);
        co_await to.send(me);
      }(c, i, came)));
    co_await settle();
    EXPECT_FALSE(c.try_send(99)); // nobody overtakes
    std::vector<int> received;
    for (int i = 0; i != 5; ++i) {
      received.push_back((co_await c.receive()).value_or(-1));
      if (i < 4) {
        EXPECT_FALSE(c.try_send(99));
      }
    }
    EXPECT_EQ(received, came);
    for (auto &each : all)
      co_await each;
  });
}

TEST(Channel, EachItemGoesToOneReceiver) {
  for (const std::size_t capacity : {0u, 1u, 4u}) {
    for_every_seed([capacity]() {
      return [](std::size_t room) -> aio::task<> {
        numbers c(room);
        std::vector<int> received;
        std::vector<aio::join_handle<void>> receivers;
        std::vector<aio::join_handle<void>> senders;
        for (int i = 0; i != 3; ++i)
          receivers.push_back(aio::spawn(receive_all(c, received)));
        for (int i = 0; i != 3; ++i)
          senders.push_back(aio::spawn(send_all(c, {i * 3, i * 3 + 1, i * 3 + 2})));
        for (auto &each : senders)
          co_await each;
        c.close();
        for (auto &each : receivers)
          co_await each;
        std::sort(received.begin(), received.end());
        EXPECT_EQ(received, up_to(9));
      }(capacity);
    });
  }
}

TEST(Channel, ItemsNeedOnlyBeMovable) {
  aio::testing::run([]() -> aio::task<> {
    aio::channel<owned> c(1);
    co_await c.send(std::make_unique<int>(1));
    EXPECT_FALSE(c.try_send(std::make_unique<int>(2)));
    auto sender = aio::spawn([](aio::channel<owned> &to) -> aio::task<> {
      co_await to.send(std::make_unique<int>(2));
    }(c));
    co_await settle();
    for (int i = 1; i != 3; ++i) {
      auto item = co_await c.receive();
      EXPECT_TRUE(item && *item);
      if (item && *item) {
        EXPECT_EQ(**item, i);
      }
    }
    co_await sender;
    EXPECT_TRUE(c.try_send(std::make_unique<int>(3)));
    auto last = c.try_receive();
    EXPECT_TRUE(last && **last == 3);
  }());
}

TEST(Channel, MakesItemsOfWhatTheyAreMadeOf) {
  aio::testing::run([]() -> aio::task<> {
    aio::channel<std::string> c(4);
    const std::string kept = "kept";
    co_await c.send("a literal");
    co_await c.send(kept);
    co_await c.send({});
    EXPECT_TRUE(c.try_send("another"));
    EXPECT_EQ(co_await c.receive(), "a literal");
    EXPECT_EQ(co_await c.receive(), "kept");
    EXPECT_EQ(co_await c.receive(), "");
    EXPECT_EQ(co_await c.receive(), "another");
    EXPECT_EQ(kept, "kept");
  }());
}

struct alignas(64) aligned {
  explicit aligned(int is) : value(is) {}
  /// Made from what is in the channel's room.
  aligned(aligned &&other) noexcept
      : value(other.value),
        was_aligned(reinterpret_cast<std::uintptr_t>(&other) % alignof(aligned) == 0) {}

  int value;
  bool was_aligned = true;
};

// Not in coroutines: where one keeps such an object, its frame need not be aligned (GCC's is not).
TEST(Channel, ItemsMayBeAligned) {
  aio::channel<aligned> c(3);
  for (int i = 0; i != 10; ++i) {
    EXPECT_TRUE(c.try_send(aligned{i}));
    const auto item = c.try_receive();
    ASSERT_TRUE(item);
    EXPECT_EQ(item->value, i);
    EXPECT_TRUE(item->was_aligned);
  }
}

TEST(Channel, ThrowsWhenThereIsNoMemoryForItsRoom) {
  EXPECT_THROW(numbers c(static_cast<std::size_t>(-1)), std::bad_alloc);
}

//===- What does not wait -------------------------------------------------===//

TEST(Channel, TrySendLeavesTheItemWhenItIsFullOrClosed) {
  aio::testing::run([]() -> aio::task<> {
    aio::channel<owned> c(1);
    auto item = std::make_unique<int>(1);
    EXPECT_TRUE(c.try_send(std::move(item)));
    EXPECT_EQ(item, nullptr);
    item = std::make_unique<int>(2);
    EXPECT_FALSE(c.try_send(std::move(item)));
    EXPECT_NE(item, nullptr);
    EXPECT_TRUE(c.try_receive());
    c.close();
    EXPECT_FALSE(c.try_send(std::move(item)));
    EXPECT_NE(item, nullptr);
    aio::channel<owned> none(0);
    EXPECT_FALSE(none.try_send(std::move(item))); // nobody waits to receive
    EXPECT_NE(item, nullptr);
    auto receiver = aio::spawn([](aio::channel<owned> &from) -> aio::task<> {
      const auto got = co_await from.receive();
      EXPECT_TRUE(got && **got == 2);
    }(none));
    co_await settle();
    EXPECT_TRUE(none.try_send(std::move(item)));
    EXPECT_FALSE(none.try_send(std::make_unique<int>(3))); // that one has its item
    co_await receiver;
  }());
}

TEST(Channel, TryReceiveTakesWhatNobodyHasToWaitFor) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(1);
    EXPECT_EQ(c.try_receive(), std::nullopt);
    co_await c.send(1);
    auto sender = aio::spawn(send_all(c, {2}));
    co_await settle();
    EXPECT_EQ(c.try_receive(), 1);
    EXPECT_EQ(c.try_receive(), 2);
    EXPECT_EQ(c.try_receive(), std::nullopt);
    co_await sender;
    numbers none(0);
    EXPECT_EQ(none.try_receive(), std::nullopt);
    auto other = aio::spawn(send_all(none, {3}));
    co_await settle();
    EXPECT_EQ(none.try_receive(), 3);
    co_await other;
  }());
}

TEST(Channel, WorksInCallbacks) {
  class ticks final : private aio::detail::timer {
  public:
    explicit ticks(numbers &to) : to_(to) { again(); }
    ticks(const ticks &) = delete;
    ticks &operator=(const ticks &) = delete;
    ~ticks() { loop_.remove(*this); }

  private:
    void again() { loop_.add(*this, loop_.now() + 1ms); }
    void fired() noexcept override {
      EXPECT_EQ(aio::detail::running, nullptr);
      EXPECT_TRUE(to_.try_send(++sent_));
      if (sent_ == 3)
        to_.close();
      else
        again();
    }

    numbers &to_;
    aio::detail::scheduler &loop_ = *aio::detail::scheduler::current();
    int sent_ = 0;
  };
  aio::testing::run([]() -> aio::task<> {
    numbers c(1);
    ticks sends(c);
    std::vector<int> received;
    co_await receive_all(c, received);
    EXPECT_EQ(received, (std::vector{1, 2, 3}));
  }());
}

//===- Closing ------------------------------------------------------------===//

TEST(Channel, WhatWasSentBeforeItWasClosedCanBeReceived) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(3);
    co_await c.send(1);
    co_await c.send(2);
    EXPECT_FALSE(c.closed());
    c.close();
    c.close(); // does nothing
    EXPECT_TRUE(c.closed());
    EXPECT_EQ(c.size(), 2u);
    EXPECT_EQ(co_await c.receive(), 1);
    EXPECT_EQ(c.try_receive(), 2);
    EXPECT_EQ(co_await c.receive(), std::nullopt);
    EXPECT_EQ(co_await c.receive(), std::nullopt);
    EXPECT_EQ(c.try_receive(), std::nullopt);
  }());
}

TEST(Channel, NothingIsSentAfterItWasClosed) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(3);
    c.close();
    EXPECT_THROW(co_await c.send(1), aio::channel_closed);
    EXPECT_FALSE(c.try_send(1));
    EXPECT_EQ(c.size(), 0u);
  }());
}

TEST(Channel, ThoseWhoWaitAreToldThatItWasClosed) {
  for (const std::size_t capacity : {0u, 2u}) {
    for_every_seed([capacity]() {
      return [](std::size_t room) -> aio::task<> {
        numbers c(room);
        int refused = 0;
        std::vector<aio::join_handle<void>> senders;
        for (int i = 0; i != 5; ++i)
          senders.push_back(aio::spawn([](numbers &to, int me, int &count) -> aio::task<> {
            try {
              co_await to.send(me);
            } catch (const aio::channel_closed &) {
              ++count;
            }
          }(c, i, refused)));
        co_await settle();
        c.close();
        for (auto &each : senders)
          co_await each;
        EXPECT_EQ(refused, 5 - static_cast<int>(room));
        EXPECT_EQ(c.size(), room); // no item of theirs is sent

        numbers d(room);
        std::vector<int> received;
        std::vector<aio::join_handle<void>> receivers;
        for (int i = 0; i != 3; ++i)
          receivers.push_back(aio::spawn(receive_all(d, received)));
        co_await settle();
        co_await d.send(1); // is handed over before
        d.close();
        for (auto &each : receivers)
          co_await each;
        EXPECT_EQ(received, std::vector{1});
      }(capacity);
    });
  }
}

TEST(Channel, IsClosedWhenItIsDestroyed) {
  aio::testing::run([]() -> aio::task<> {
    std::optional<numbers> c(std::in_place, 0u);
    std::vector<int> received;
    auto receiver = aio::spawn(receive_all(*c, received));
    co_await settle();
    c.reset();
    co_await receiver;
    EXPECT_TRUE(received.empty());
    c.emplace(1u);
    auto sender = aio::spawn(send_all(*c, {1, 2}));
    co_await settle();
    c.reset();
    EXPECT_THROW(co_await sender, aio::channel_closed);
  }());
}

TEST(Channel, DestroysWhatNobodyReceived) {
  const auto item = std::make_shared<int>(1);
  aio::testing::run([](std::shared_ptr<int> shared) -> aio::task<> {
    aio::channel<std::shared_ptr<int>> c(3);
    for (int i = 0; i != 2; ++i) { // so that the items go around the end of the ring
      co_await c.send(shared);
      co_await c.receive();
    }
    for (int i = 0; i != 3; ++i)
      co_await c.send(shared);
    EXPECT_EQ(shared.use_count(), 5);
  }(item));
  EXPECT_EQ(item.use_count(), 1);
}

//===- Cancelling ---------------------------------------------------------===//

TEST(Channel, ACancelledSenderKeepsItsItemUnsent) {
  for (const std::size_t capacity : {0u, 1u}) {
    aio::testing::run([](std::size_t room) -> aio::task<> {
      aio::channel<std::shared_ptr<int>> c(room);
      if (room == 1)
        co_await c.send(std::make_shared<int>(0));
      const auto item = std::make_shared<int>(1);
      const auto other = std::make_shared<int>(2);
      const auto work = [](aio::channel<std::shared_ptr<int>> &to,
                           const std::shared_ptr<int> &it) -> aio::task<> { co_await to.send(it); };
      auto first = aio::spawn(work(c, item));
      auto second = aio::spawn(work(c, other));
      co_await settle();
      EXPECT_EQ(item.use_count(), 2); // it is in the operation
      first.cancel();
      EXPECT_THROW(co_await first, aio::task_cancelled);
      EXPECT_EQ(item.use_count(), 1); // and destroyed with it
      if (room == 1) {
        EXPECT_EQ(**co_await c.receive(), 0);
      }
      EXPECT_EQ(**co_await c.receive(), 2);
      co_await second;
      EXPECT_EQ(c.try_receive(), std::nullopt);
    }(capacity));
  }
}

TEST(Channel, WhatWasTakenBeforeTheCancelIsSent) {
  for (const std::size_t capacity : {0u, 1u}) {
    aio::testing::run([](std::size_t room) -> aio::task<> {
      numbers c(room);
      if (room == 1)
        co_await c.send(0);
      bool sent = false;
      auto sender = aio::spawn([](numbers &to, bool &was) -> aio::task<> {
        co_await to.send(1);
        was = true;
      }(c, sent));
      co_await settle();
      const auto got = co_await c.receive(); // takes the item, or makes room for it
      sender.cancel();
      co_await sender;
      EXPECT_TRUE(sent);
      EXPECT_EQ(got, room == 1 ? 0 : 1);
      EXPECT_EQ(c.size(), room);
    }(capacity));
  }
}

TEST(Channel, ACancelledReceiverLeavesTheQueue) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(2);
    std::vector<int> received;
    auto first = aio::spawn(receive_one(c, received));
    auto second = aio::spawn(receive_one(c, received));
    co_await settle();
    first.cancel();
    co_await c.send(1);
    co_await c.send(2);
    EXPECT_THROW(co_await first, aio::task_cancelled);
    co_await second;
    EXPECT_EQ(received, std::vector{1});
    EXPECT_EQ(c.try_receive(), 2);
  }());
}

TEST(Channel, WhatWasHandedOverBeforeTheCancelIsReceived) {
  for (const std::size_t capacity : {0u, 1u}) {
    aio::testing::run([](std::size_t room) -> aio::task<> {
      numbers c(room);
      std::vector<int> received;
      auto receiver = aio::spawn(receive_one(c, received));
      co_await settle();
      co_await c.send(1);
      receiver.cancel();
      co_await receiver;
      EXPECT_EQ(received, std::vector{1});
    }(capacity));
  }
}

TEST(Channel, WhatComesWithTheTimeoutIsNotLost) {
  for_every_seed([]() -> aio::task<> {
    numbers c(0);
    auto sender = aio::spawn([](numbers &to) -> aio::task<> {
      for (int i = 0; i != 5; ++i) {
        co_await aio::sleep_for(1s); // when the others give up
        co_await to.send(i);
      }
    }(c));
    std::vector<int> received;
    while (received.size() != 5) {
      try {
        received.push_back((co_await aio::with_timeout(1s, c.receive())).value_or(-1));
      } catch (const aio::timed_out &) {
      }
    }
    co_await sender;
    EXPECT_EQ(received, up_to(5));
  });
}

TEST(Channel, IsAPlaceToBeCancelledAlsoWhenNobodyWaits) {
  aio::testing::run([]() -> aio::task<> {
    numbers c(2);
    co_await c.send(1);
    auto work = aio::spawn([](numbers &both) -> aio::task<> {
      try {
        co_await aio::sleep_for(1h);
      } catch (const aio::cancelled &) {
      }
      EXPECT_THROW(co_await both.send(2), aio::cancelled);
      EXPECT_THROW((void)co_await both.receive(), aio::cancelled);
    }(c));
    co_await settle();
    work.cancel();
    co_await work;
    EXPECT_EQ(c.size(), 1u);
  }());
}

//===- Items whose moves throw --------------------------------------------===//

/// Its next move throws when `fails` is down to 0.
struct fragile {
  explicit fragile(int v) : value(v) {}
  fragile(fragile &&other) : value(other.value) {
    if (fails >= 0 && fails-- == 0)
      throw std::domain_error("fragile");
  }
  int value;
  static inline int fails = -1;
};

TEST(Channel, WhatMovingAnItemThrowsGoesToWhoSendsOrReceivesIt) {
  aio::testing::run([]() -> aio::task<> {
    aio::channel<fragile> c(1);
    {
      auto sends = c.send(1);
      fragile::fails = 0; // into the ring
      EXPECT_THROW(co_await std::move(sends), std::domain_error);
    }
    EXPECT_EQ(c.size(), 0u);
    co_await c.send(2);
    fragile::fails = 0; // out of the ring: it stays there
    EXPECT_THROW((void)co_await c.receive(), std::domain_error);
    EXPECT_EQ(c.size(), 1u);
    fragile::fails = 0;
    EXPECT_THROW((void)c.try_receive(), std::domain_error);
    EXPECT_EQ(c.size(), 1u);

    // From a sender that waits into the ring: who receives is not to blame.
    auto sender = aio::spawn([](aio::channel<fragile> &to) -> aio::task<> {
      EXPECT_THROW(co_await to.send(3), std::domain_error);
      co_await to.send(4);
    }(c));
    co_await settle();
    fragile::fails = 1;
    {
      auto item = c.try_receive();
      EXPECT_TRUE(item && item->value == 2);
    }
    co_await sender;
    {
      auto item = co_await c.receive();
      EXPECT_TRUE(item && item->value == 4);
    }

    // To a receiver that waits: it goes on waiting.
    auto receiver = aio::spawn([](aio::channel<fragile> &from) -> aio::task<> {
      auto item = co_await from.receive();
      EXPECT_TRUE(item && item->value == 6);
    }(c));
    co_await settle();
    {
      auto sends = c.send(5);
      fragile::fails = 0;
      EXPECT_THROW(co_await std::move(sends), std::domain_error);
    }
    EXPECT_FALSE(receiver.done());
    co_await c.send(6);
    co_await receiver;
    fragile::fails = -1;
  }());
}

//===- Reports ------------------------------------------------------------===//

TEST(Channel, ADeadlockSaysWhyTheyWait) {
  try {
    aio::testing::run([]() -> aio::task<> {
      numbers full(1);
      numbers none(0);
      auto first = aio::spawn(send_all(full, {1, 2}));
      auto second = aio::spawn(send_all(none, {1}));
      (void)co_await none.receive();
      co_await second;
      co_await none.send(1);
    }());
    ADD_FAILURE() << "no deadlock";
  } catch (const aio::deadlock &found) {
    const std::string said = found.what();
    EXPECT_NE(said.find("waits for channel::send (it is full: 1 items)"), std::string::npos)
        << said;
    EXPECT_NE(said.find("waits for channel::send (nobody receives)"), std::string::npos) << said;
  }
  try {
    aio::testing::run([]() -> aio::task<> {
      numbers c(1);
      (void)co_await c.receive();
    }());
    ADD_FAILURE() << "no deadlock";
  } catch (const aio::deadlock &found) {
    EXPECT_NE(std::string(found.what()).find("waits for channel::receive"), std::string::npos);
  }
}

//===- All at once --------------------------------------------------------===//

constexpr std::size_t many = 12;

struct market {
  market(std::uint64_t seed, std::size_t capacity) : random(seed), goods(capacity) {}

  int below(std::size_t n) {
    return std::uniform_int_distribution<int>(0, static_cast<int>(n) - 1)(random);
  }

  std::mt19937_64 random;
  aio::channel<std::unique_ptr<int>> goods;
  int made = 0;
  std::vector<int> sent;
  std::vector<int> unsent; // of senders that were cancelled or refused
  std::vector<int> received;
  int answered = 0;
};

aio::task<> sell(market &m) {
  int item = -1;
  try {
    for (int i = 0; i != 10; ++i) {
      item = m.made++;
      if (m.below(4) == 0) {
        if (m.goods.try_send(std::make_unique<int>(item)))
          m.sent.push_back(item);
        else
          m.unsent.push_back(item);
        continue;
      }
      co_await m.goods.send(std::make_unique<int>(item));
      m.sent.push_back(item);
    }
  } catch (const aio::cancelled &) {
    m.unsent.push_back(item);
  } catch (const aio::channel_closed &) {
    m.unsent.push_back(item);
  }
  ++m.answered;
}

aio::task<> buy(market &m) {
  try {
    for (;;) {
      if (m.below(4) == 0) {
        if (auto item = m.goods.try_receive())
          m.received.push_back(**item);
        co_await aio::checkpoint();
        if (m.goods.closed() && m.goods.size() == 0)
          break;
        continue;
      }
      auto item = co_await m.goods.receive();
      if (!item)
        break;
      m.received.push_back(**item);
    }
  } catch (const aio::cancelled &) {
  }
  ++m.answered;
}

TEST(Channel, NoItemIsLostOrDoubled) {
  for (std::uint64_t seed = 0; seed != seeds && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    aio::testing::run(
        [](std::uint64_t with) -> aio::task<> {
          market m(with, with % 4);
          std::vector<aio::join_handle<void>> all;
          for (std::size_t i = 0; i != many; ++i) {
            all.push_back(aio::spawn(sell(m)));
            all.push_back(aio::spawn(buy(m)));
          }
          for (int i = m.below(60); i != 0; --i) {
            if (m.below(3) == 0)
              all[static_cast<std::size_t>(m.below(all.size()))].cancel();
            co_await aio::checkpoint();
          }
          m.goods.close();
          for (auto &each : all)
            co_await each; // they end by themselves, also when they are cancelled
          while (auto item = m.goods.try_receive())
            m.received.push_back(**item);
          EXPECT_EQ(m.answered, static_cast<int>(2 * many));
          std::sort(m.sent.begin(), m.sent.end());
          std::sort(m.received.begin(), m.received.end());
          EXPECT_EQ(m.sent, m.received);
          m.sent.insert(m.sent.end(), m.unsent.begin(), m.unsent.end());
          std::sort(m.sent.begin(), m.sent.end());
          EXPECT_EQ(m.sent, up_to(m.made));
        }(seed),
        seed);
  }
}

} // namespace
} // namespace channel_tests
