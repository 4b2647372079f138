// What a class is to us is read from its promise and its awaiter. It makes no difference whether it
// is the user's or a system header's, and whether bodies of system headers were parsed.
//
// RUN: %corolint dump --types %s -- -std=c++20 -I%S/Inputs | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --types %s -- -std=c++20 -isystem %S/Inputs | %FileCheck %s --match-full-lines --implicit-check-not={{.}}
// RUN: %corolint dump --types --system-bodies %s -- -std=c++20 -isystem %S/Inputs | %FileCheck %s --match-full-lines --implicit-check-not={{.}}

#include <task-types.h>

using namespace types;

//===- plain cases

// CHECK: TaskType.cpp:[[@LINE+1]]: make_lazy: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
lazy make_lazy();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_eager: eager, awaitable; 'initial_suspend' of 'types::eager::promise_type' does not suspend
eager make_eager();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_detached: detached; 'final_suspend' of 'types::detached::promise_type' does not suspend
detached make_detached();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_lazy_detached: detached; 'final_suspend' of 'types::lazy_detached::promise_type' does not suspend
lazy_detached make_lazy_detached();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_manual: none
manual make_manual();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_generator: generator; 'types::generator::promise_type' yields, and nobody can await it
types::generator make_generator();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_stream: lazy, awaitable; 'initial_suspend' of 'types::stream::promise_type' suspends
stream make_stream();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_operation: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
operation make_operation();
// Nothing is lost when one that is always ready is dropped.
// CHECK: TaskType.cpp:[[@LINE+1]]: make_ready_operation: none, awaitable
ready_operation make_ready_operation();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_cached_operation: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
cached_operation make_cached_operation();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_nothing: none
nothing make_nothing();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_almost_awaiter: none
almost_awaiter make_almost_awaiter();
// The standard's own: awaiting the first suspends, dropping it changes nothing that was begun.
// CHECK: TaskType.cpp:[[@LINE+1]]: make_suspend_always: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
std::suspend_always make_suspend_always();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_suspend_never: none, awaitable
std::suspend_never make_suspend_never();

//===- operator co_await

// CHECK: TaskType.cpp:[[@LINE+1]]: member_operator: lazy, awaitable; 'initial_suspend' of 'types::lazy_by_operator::promise_type' suspends
lazy_by_operator member_operator();
// CHECK: TaskType.cpp:[[@LINE+1]]: free_operator: lazy, awaitable; 'initial_suspend' of 'types::lazy_by_free_operator::promise_type' suspends
lazy_by_free_operator free_operator();
// CHECK: TaskType.cpp:[[@LINE+1]]: free_operator_template: lazy, awaitable; 'initial_suspend' of 'types::lazy_by_free_template::promise_type' suspends
lazy_by_free_template<int> free_operator_template();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_handle: handle, awaitable; it can be awaited, and is neither a coroutine's type nor an awaiter
handle make_handle();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_free_handle: handle, awaitable; it can be awaited, and is neither a coroutine's type nor an awaiter
free_handle make_free_handle();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_no_handle: none
no_handle make_no_handle();

//===- await_transform

// CHECK: TaskType.cpp:[[@LINE+1]]: transformed: lazy, awaitable; 'initial_suspend' of 'types::by_transform::promise_type' suspends
by_transform<int> transformed();

//===- promises elsewhere

// CHECK: TaskType.cpp:[[@LINE+1]]: promise_in_base: lazy, awaitable; 'initial_suspend' of 'types::hidden_base::promise_type' suspends
lazy_by_base promise_in_base();
// CHECK: TaskType.cpp:[[@LINE+1]]: full_traits: lazy, awaitable; 'initial_suspend' of 'std::coroutine_traits::promise_type' suspends
traits_full full_traits();
// CHECK: TaskType.cpp:[[@LINE+1]]: partial_traits: lazy, awaitable; 'initial_suspend' of 'std::coroutine_traits::promise_type' suspends
traits_partial<int> partial_traits();
// CHECK: TaskType.cpp:[[@LINE+1]]: specialised_traits: eager, awaitable; 'initial_suspend' of 'std::coroutine_traits::promise_type' does not suspend
traits_eager<int> specialised_traits(int);
// Only of traits_eager<int> somebody made a coroutine's type.
// CHECK: TaskType.cpp:[[@LINE+1]]: unspecialised_traits: awaiter, awaitable; it has 'await_suspend' and no coroutine behind it
traits_eager<char> unspecialised_traits(int);

//===- how they start

// CHECK: TaskType.cpp:[[@LINE+1]]: make_starts_auto: eager, awaitable; 'initial_suspend' of 'types::starts_auto::promise_type' does not suspend
starts_auto make_starts_auto();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_starts_auto_lazy: lazy, awaitable; 'initial_suspend' of 'types::starts_auto_lazy::promise_type' suspends
starts_auto_lazy make_starts_auto_lazy();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_constant_true: eager, awaitable; 'initial_suspend' of 'types::constant_true::promise_type' does not suspend
constant_true make_constant_true();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_constant_false: lazy, awaitable; 'initial_suspend' of 'types::constant_false::promise_type' suspends
constant_false make_constant_false();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_constant_computed: lazy, awaitable; 'initial_suspend' of 'types::constant_computed::promise_type' suspends
constant_computed make_constant_computed();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_chosen: eager, awaitable; 'initial_suspend' of 'types::chosen_at_run_time::promise_type' does not always suspend
chosen_at_run_time make_chosen();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_posts_itself: eager, awaitable; 'initial_suspend' of 'types::posts_itself::promise_type' hands the coroutine on
posts_itself make_posts_itself();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_posts_from_a_template: eager, awaitable; 'initial_suspend' of 'types::posts_from_a_template::promise_type' hands the coroutine on
posts_from_a_template<int> make_posts_from_a_template();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_posts_a_lambda: eager, awaitable; 'initial_suspend' of 'types::posts_a_lambda::promise_type' hands the coroutine on
posts_a_lambda make_posts_a_lambda();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_keeps: lazy, awaitable; 'initial_suspend' of 'types::keeps_the_handle::promise_type' suspends
keeps_the_handle make_keeps();
// Where nobody can tell, it is the kind that asks for less.
// CHECK: TaskType.cpp:[[@LINE+1]]: make_starts_unknown: eager, awaitable; 'initial_suspend' of 'types::starts_unknown::promise_type' does not always suspend
starts_unknown make_starts_unknown();

//===- templates and aliases

// CHECK: TaskType.cpp:[[@LINE+1]]: never_instantiated: lazy, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' suspends
lazy_of<int> never_instantiated();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent: lazy, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' suspends
template <class T> lazy_of<T> dependent();
// CHECK: TaskType.cpp:[[@LINE+1]]: other_specialisation: eager, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' does not suspend
lazy_of<char> other_specialisation();
// CHECK: TaskType.cpp:[[@LINE+1]]: promise_of_two_layers: eager, awaitable; 'initial_suspend' of 'types::eager_of::promise_type' does not suspend
eager_of<int, void> promise_of_two_layers();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent_eager: eager, awaitable; 'initial_suspend' of 'types::eager_of::promise_type' does not suspend
template <class T> eager_of<T, int> dependent_eager();
// CHECK: TaskType.cpp:[[@LINE+1]]: through_alias: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
plain_alias through_alias();
// CHECK: TaskType.cpp:[[@LINE+1]]: through_alias_template: lazy, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' suspends
alias<long> through_alias_template();
// CHECK: TaskType.cpp:[[@LINE+1]]: through_dependent_alias: lazy, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' suspends
template <class T> alias<T> through_dependent_alias();
// CHECK: TaskType.cpp:[[@LINE+1]]: through_two_aliases: lazy, awaitable; 'initial_suspend' of 'types::lazy_of::promise_type' suspends
int_alias through_two_aliases();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent_traits: lazy, awaitable; 'initial_suspend' of 'std::coroutine_traits::promise_type' suspends
template <class T> traits_partial<T> dependent_traits();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent_transform: lazy, awaitable; 'initial_suspend' of 'types::by_transform::promise_type' suspends
template <class T> by_transform<T> dependent_transform();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent_free_operator: lazy, awaitable; 'initial_suspend' of 'types::lazy_by_free_template::promise_type' suspends
template <class T> lazy_by_free_template<T> dependent_free_operator();

//===- a promise whose template arguments decide, and that nothing has instantiated

// CHECK: TaskType.cpp:[[@LINE+1]]: by_policy: lazy, awaitable; 'initial_suspend' of 'types::policy_promise' suspends
policy_lazy by_policy();
// CHECK: TaskType.cpp:[[@LINE+1]]: by_eager_policy: eager, awaitable; 'initial_suspend' of 'types::policy_promise' does not suspend
policy_eager by_eager_policy();
// CHECK: TaskType.cpp:[[@LINE+1]]: by_base_policy: lazy, awaitable; 'initial_suspend' of 'types::policy_of::promise_type' suspends
policy_of<int> by_base_policy();
// CHECK: TaskType.cpp:[[@LINE+1]]: dependent_base_policy: lazy, awaitable; 'initial_suspend' of 'types::policy_of::promise_type' suspends
template <class T> policy_of<T> dependent_base_policy();
// Without instantiation nobody can tell, and it is the kind that asks for less.
// CHECK: TaskType.cpp:[[@LINE+1]]: by_condition: eager, awaitable; 'initial_suspend' of 'types::conditional_promise' is not known to suspend
conditional_lazy by_condition();

//===- nodiscard

// CHECK: TaskType.cpp:[[@LINE+1]]: make_nodiscard: lazy, awaitable, nodiscard; 'initial_suspend' of 'types::lazy_nodiscard::promise_type' suspends
lazy_nodiscard make_nodiscard();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_nodiscard_nothing: none, nodiscard
nodiscard_nothing make_nodiscard_nothing();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_nodiscard_of: lazy, awaitable, nodiscard; 'initial_suspend' of 'types::nodiscard_of::promise_type' suspends
nodiscard_of<int> make_nodiscard_of();

//===- hidden definitions: nobody said anything

// CHECK: TaskType.cpp:[[@LINE+1]]: make_pimpl: none
pimpl make_pimpl();
// CHECK: TaskType.cpp:[[@LINE+1]]: make_declared_only: none
declared_only make_declared_only();

//===- references, cv, variables

// CHECK: TaskType.cpp:[[@LINE+1]]: by_reference: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
const lazy &by_reference();
// CHECK: TaskType.cpp:[[@LINE+1]]: by_rvalue: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
lazy &&by_rvalue();
// A pointer to a task is no task.
lazy *by_pointer();
// CHECK: TaskType.cpp:[[@LINE+1]]: global: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
const lazy global;
void locals() {
  // CHECK: TaskType.cpp:[[@LINE+1]]: deduced: eager, awaitable; 'initial_suspend' of 'types::eager::promise_type' does not suspend
  auto deduced = make_eager();
  // CHECK: TaskType.cpp:[[@LINE+1]]: forwarded: lazy, awaitable; 'initial_suspend' of 'types::lazy::promise_type' suspends
  auto &&forwarded = make_lazy();
  (void)deduced, (void)forwarded;
}
