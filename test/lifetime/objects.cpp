// Member functions that are coroutines, and how long their object lives.
//
// RUN: %cases %s

#include "support/crew.h"

namespace defs {
class client : public std::enable_shared_from_this<client> {
public:
  client() = default;
  explicit client(std::string n) : name_(std::move(n)) {}
  shop::job<int> ping() {
    co_await shop::pause(1ms);
    co_return int(name_.size());
  }
  shop::job<int> ping_const() const {
    co_await shop::pause(1ms);
    co_return int(name_.size());
  }
  shop::job<int> ping_kept() {
    return [](std::shared_ptr<client> self) -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return int(self->name_.size());
    }(shared_from_this());
  }
  shop::job<int> static_like(int n) { return twice(n); }
  static shop::job<int> twice(int n) {
    co_await shop::pause(1ms);
    co_return 2 * n;
  }
  courier::parcel<int> eager_ping() {
    co_await fleet::tick{};
    co_return int(name_.size());
  }
  courier::parcel<int> eager_self() {
    auto self = shared_from_this();
    co_await fleet::tick{};
    co_return int(self->name_.size());
  }
  courier::parcel<int> eager_early() {
    int n = int(name_.size());
    co_await fleet::tick{};
    co_return n;
  }
  courier::errand background() {
    co_await fleet::tick{};
    use(name_);
  }
  courier::errand background_self() {
    auto self = shared_from_this();
    co_await fleet::tick{};
    use(self->name_);
  }
  client &with_name(std::string n) {
    name_ = std::move(n);
    return *this;
  }
  client with_copy(std::string n) const {
    client c;
    c.name_ = std::move(n);
    return c;
  }

private:
  std::string name_;
};
inline std::shared_ptr<client> make_client() {
  return std::make_shared<client>("x");
}
inline std::unique_ptr<client> make_unique_client() {
  return std::make_unique<client>("x");
}
client &instance();
inline client &singleton() {
  static client c("s");
  return c;
}
struct app {
  client main_;
  std::unique_ptr<client> owned_;
  std::vector<shop::job<int>> pending_;
  shop::job<int> go() {
    auto t = main_.ping();
    use(1);
    co_return co_await t;
  }
  void queue() { pending_.push_back(main_.ping()); }
  shop::job<int> forward() { return main_.ping(); }
  shop::job<int> forward_ptr() { return owned_->ping(); }
};
struct functor {
  int n;
  shop::job<int> operator()() const {
    co_await shop::pause(1ms);
    co_return n;
  }
};
struct request_builder {
  std::string url;
  int limit = 0;
  request_builder &with_limit(int n) {
    limit = n;
    return *this;
  }
  request_builder with_url(std::string u) && {
    url = std::move(u);
    return std::move(*this);
  }
  shop::job<int> send() {
    co_await shop::pause(1ms);
    co_return int(url.size()) + limit;
  }
  shop::job<int> send_owned() && {
    return [](request_builder b) -> shop::job<int> {
      co_await shop::pause(1ms);
      co_return int(b.url.size());
    }(std::move(*this));
  }
};
// namespace defs
} // namespace defs
using namespace defs;

// CASE: temporary-object-in-place EXPECT: none
shop::job<int> temporary_object_in_place() {
  co_return co_await client("a").ping();
}

// CASE: temporary-object-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// This is a dead temporary.
shop::job<int> temporary_object_kept() {
  auto t = client("a").ping();
  use(1);
  co_return co_await t;
}

// CASE: temporary-object-const-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> temporary_object_const_kept() {
  auto t = client("a").ping_const();
  use(1);
  co_return co_await t;
}

// CASE: static-member-through-temporary EXPECT: none
// The task does not use the object.
shop::job<int> static_member_through_temporary() {
  auto t = client("a").static_like(2);
  use(1);
  co_return co_await t;
}

// CASE: local-object-kept EXPECT: none
shop::job<int> local_object_kept() {
  client c("a");
  auto t = c.ping();
  use(1);
  co_return co_await t;
}

// CASE: local-object-returned EXPECT: coro-dangling-return
shop::job<int> local_object_returned() {
  client c("a");
  return c.ping();
}

// CASE: temporary-object-returned EXPECT: coro-dangling-return
shop::job<int> temporary_object_returned() {
  return client("a").ping();
}

// CASE: singleton-returned EXPECT: none
shop::job<int> singleton_returned() {
  return singleton().ping();
}

// CASE: reference-accessor-kept EXPECT: none
// instance returns a reference to something that nobody shows to die.
shop::job<int> reference_accessor_kept() {
  auto t = instance().ping();
  use(1);
  co_return co_await t;
}

// CASE: member-object-kept EXPECT: none
inline shop::job<int> member_object_kept(app &a) {
  auto t = a.main_.ping();
  use(1);
  co_return co_await t;
}

// CASE: local-app-go-in-place EXPECT: none
shop::job<int> local_app_go_in_place() {
  app a;
  co_return co_await a.go();
}

// CASE: local-app-forward-returned EXPECT: coro-dangling-return
// Through one forwarding member.
shop::job<int> local_app_forward_returned() {
  app a;
  return a.forward();
}

// CASE: shared-ptr-temporary-in-place EXPECT: none
shop::job<int> shared_ptr_temporary_in_place() {
  co_return co_await make_client()->ping();
}

// CASE: shared-ptr-temporary-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// The temporary was the only owner.
shop::job<int> shared_ptr_temporary_kept() {
  auto t = make_client()->ping();
  use(1);
  co_return co_await t;
}

// CASE: shared-ptr-kept-by-the-task EXPECT: none
// The task owns a share.
shop::job<int> shared_ptr_kept_by_the_task() {
  auto t = make_client()->ping_kept();
  use(1);
  co_return co_await t;
}

// CASE: shared-ptr-local-kept EXPECT: none
shop::job<int> shared_ptr_local_kept() {
  auto c = make_client();
  auto t = c->ping();
  use(1);
  co_return co_await t;
}

// CASE: unique-ptr-temporary-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> unique_ptr_temporary_kept() {
  auto t = make_unique_client()->ping();
  use(1);
  co_return co_await t;
}

// CASE: unique-ptr-moved-to-outer EXPECT: none
// The object moved nowhere.
shop::job<int> unique_ptr_moved_to_outer() {
  std::unique_ptr<client> keep;
  std::optional<shop::job<int>> t;
  {
    auto c = make_unique_client();
    t.emplace(c->ping());
    keep = std::move(c);
  }
  co_return co_await *t;
}

// CASE: unique-ptr-local-returned EXPECT: coro-dangling-return
shop::job<int> unique_ptr_local_returned() {
  auto c = make_unique_client();
  return c->ping();
}

// CASE: shared-ptr-local-returned-self-kept EXPECT: none
shop::job<int> shared_ptr_local_returned_self_kept() {
  auto c = make_client();
  return c->ping_kept();
}

// CASE: shared-ptr-parameter-returned EXPECT: none
// The caller holds a share.
inline shop::job<int> shared_ptr_parameter_returned(const std::shared_ptr<client> &c) {
  return c->ping();
}

// CASE: eager-self-kept EXPECT: none
// shared_from_this before the first suspension.
courier::parcel<int> eager_self_kept() {
  auto t = make_client()->eager_self();
  use(1);
  co_return co_await t;
}

// CASE: eager-temporary-used-after EXPECT: coro-dangling-parameter|coro-detached-borrow
courier::parcel<int> eager_temporary_used_after() {
  auto t = client("a").eager_ping();
  use(1);
  co_return co_await t;
}

// CASE: eager-temporary-used-before EXPECT: none
courier::parcel<int> eager_temporary_used_before() {
  auto t = client("a").eager_early();
  use(1);
  co_return co_await t;
}

// CASE: background-of-temporary EXPECT: coro-detached-borrow|coro-dangling-parameter
void background_of_temporary() {
  client("a").background();
}

// CASE: background-of-local EXPECT: coro-detached-borrow|coro-dangling-parameter
void background_of_local() {
  client c("a");
  c.background();
}

// CASE: background-of-shared-self EXPECT: none
void background_of_shared_self() {
  make_client()->background_self();
}

// CASE: background-of-singleton EXPECT: none
void background_of_singleton() {
  singleton().background();
}

// CASE: background-of-parameter EXPECT: none
void background_of_parameter(client &c) {
  c.background();
}

// CASE: functor-temporary-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
shop::job<int> functor_temporary_kept() {
  auto t = functor{3}();
  use(1);
  co_return co_await t;
}

// CASE: functor-temporary-in-place EXPECT: none
shop::job<int> functor_temporary_in_place() {
  co_return co_await functor{3}();
}

// CASE: functor-local-kept EXPECT: none
shop::job<int> functor_local_kept() {
  functor f{3};
  auto t = f();
  use(1);
  co_return co_await t;
}

// CASE: builder-in-place EXPECT: none
shop::job<int> builder_in_place() {
  co_return co_await request_builder{}.with_limit(3).send();
}

// CASE: builder-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// The setter returns the dead temporary itself.
shop::job<int> builder_kept() {
  auto t = request_builder{"u"}.with_limit(3).send();
  use(1);
  co_return co_await t;
}

// CASE: builder-rvalue-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
shop::job<int> builder_rvalue_kept() {
  auto t = request_builder{}.with_url("u").send();
  use(1);
  co_return co_await t;
}

// CASE: builder-moved-into-the-task EXPECT: none
// The builder is in the frame.
shop::job<int> builder_moved_into_the_task() {
  auto t = request_builder{"u"}.with_url("v").send_owned();
  use(1);
  co_return co_await t;
}

// CASE: builder-local-kept EXPECT: none
shop::job<int> builder_local_kept() {
  request_builder b{"u"};
  auto t = b.with_limit(3).send();
  use(1);
  co_return co_await t;
}

// CASE: builder-local-returned EXPECT: coro-dangling-return
shop::job<int> builder_local_returned() {
  request_builder b{"u"};
  return b.with_limit(3).send();
}

// CASE: copy-returned-by-member-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// with_copy returns a temporary.
shop::job<int> copy_returned_by_member_kept(client &c) {
  auto t = c.with_copy("z").ping();
  use(1);
  co_return co_await t;
}

// CASE: task-of-this-in-member-container EXPECT: none
struct keeper {
  client c_;
  std::vector<shop::job<int>> v_;
  void add() { v_.push_back(c_.ping()); }
};
void task_of_this_in_member_container(keeper &k) {
  k.add();
}

// CASE: optional-value-kept EXPECT: none
shop::job<int> optional_value_kept() {
  std::optional<client> c;
  c.emplace("x");
  auto t = c->ping();
  use(1);
  co_return co_await t;
}

// CASE: optional-temporary-kept EXPECT: coro-dangling-parameter|coro-detached-borrow
// The functor is inside the dead optional.
inline std::optional<functor> maybe() {
  return functor{3};
}
shop::job<int> optional_temporary_kept() {
  auto t = (*maybe())();
  use(1);
  co_return co_await t;
}

// CASE: pointer-parameter-kept EXPECT: none
shop::job<int> pointer_parameter_kept(client *c) {
  auto t = c->ping();
  use(1);
  co_return co_await t;
}

// CASE: vector-element-kept EXPECT: none
shop::job<int> vector_element_kept(std::vector<functor> v) {
  auto t = v[0]();
  use(1);
  co_return co_await t;
}

// CASE: vector-temporary-element-kept EXPECT: coro-dangling-parameter|coro-dangling-capture
inline std::vector<functor> functors() {
  return {functor{1}};
}
shop::job<int> vector_temporary_element_kept() {
  auto t = functors()[0]();
  use(1);
  co_return co_await t;
}

// CASE: fresh-heap-object-kept-raw EXPECT: none
shop::job<int> fresh_heap_object_kept_raw() {
  auto *c = new client("x");
  auto t = c->ping();
  use(1);
  int n = co_await t;
  delete c;
  co_return n;
}
