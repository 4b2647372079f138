// How the object of a call is written, the fix puts the same object before the awaitable: through
// pointers, smart pointers, parentheses, casts, elements, and a `->` of the class's own.
//
// RUN: %check %s --knowledge %S/Inputs/library.yaml

#include "Inputs/task.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lib {
struct client {
  int send(std::string text, int priority = 0);
  task<int> async_send(std::string text, int priority = 0);
};
} // namespace lib

struct holder { // a smart pointer of one's own
  lib::client *operator->() const;
  lib::client &operator*() const;
};
struct proxy { // whose `->` leads through another one's
  holder operator->() const;
};
struct special : lib::client {};
lib::client *find();
std::unique_ptr<lib::client> make();
bool condition();
#define CLIENT client

task<> spellings(std::unique_ptr<lib::client> s, std::shared_ptr<lib::client> shared,
                 lib::client *p, lib::client **pp, lib::client (&array)[2], void *raw,
                 std::vector<std::unique_ptr<lib::client>> &all, holder own, proxy far,
                 std::optional<lib::client> &maybe, special derived, lib::client &client) {
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await s->async_send("a");
  s->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*s).async_send("a");
  (*s).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await s.get()->async_send("a");
  s.get()->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await shared->async_send("a");
  shared->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await std::move(s)->async_send("a");
  std::move(s)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*p).async_send("a");
  (*p).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (p)->async_send("a");
  (p)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*pp)->async_send("a");
  (*pp)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (**pp).async_send("a");
  (**pp).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await pp[0]->async_send("a");
  pp[0]->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await array->async_send("a");
  array->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await array[1].async_send("a");
  array[1].send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (&client)->async_send("a");
  (&client)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*&client).async_send("a");
  (*&client).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await all[0]->async_send("a");
  all[0]->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*all[0]).async_send("a");
  (*all[0]).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await all.front()->async_send("a");
  all.front()->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await own->async_send("a");
  own->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*own).async_send("a");
  (*own).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await far->async_send("a");
  far->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await maybe->async_send("a");
  maybe->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (*maybe).async_send("a");
  (*maybe).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await maybe.value().async_send("a");
  maybe.value().send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await derived.async_send("a");
  derived.send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await find()->async_send("a");
  find()->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await make()->async_send("a");
  make()->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await static_cast<lib::client *>(raw)->async_send("a");
  static_cast<lib::client *>(raw)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await ((lib::client *)raw)->async_send("a");
  ((lib::client *)raw)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (condition() ? *p : client).async_send("a");
  (condition() ? *p : client).send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await (condition() ? p : &client)->async_send("a");
  (condition() ? p : &client)->send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await lib::client().async_send("a");
  lib::client().send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  // FIXED: co_await lib::client{}.async_send("a");
  lib::client{}.send("a");
  // EXPECT: coro-blocking-call: 'lib::client::send' blocks
  // NOTE: 'lib::client::send' is known from
  CLIENT.send("a");
  co_return;
}

struct connection {
  std::unique_ptr<lib::client> to;
  lib::client own;
  task<> members(connection *other) {
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await to->async_send("a");
    to->send("a");
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await this->to->async_send("a");
    this->to->send("a");
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await (*to).async_send("a");
    (*to).send("a");
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await own.async_send("a");
    own.send("a");
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await (*this).own.async_send("a");
    (*this).own.send("a");
    // EXPECT: coro-blocking-call: 'lib::client::send' blocks
    // NOTE: 'lib::client::send' is known from
    // FIXED: co_await other->to->async_send("a");
    other->to->send("a");
    co_return;
  }
};
