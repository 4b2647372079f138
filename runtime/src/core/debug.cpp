//===- debug.cpp - What debug mode has to say -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===-----------------------------------------------------------------------------------------===//

#include <aio/debug.hpp>

#include <aio/detail/report.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace aio {

//===- Reports ------------------------------------------------------------===//

namespace {

using report_handler = std::function<void(const report &)>;

struct reporting {
  std::mutex one_call; // held while a handler runs
  std::mutex lock;     // of what follows
  std::shared_ptr<report_handler> handler;
};

/// Never destroyed: a loop on another thread may outlive the statics.
reporting &reports() {
  static reporting &one = *new reporting;
  return one;
}

/// Whether the handler runs on this thread.
thread_local bool in_handler = false;

void write(const report &made) {
  std::fputs(made.text().c_str(), stderr);
}

} // namespace

std::string report::text() const {
  std::string result = "aio: ";
  if (!file.empty())
    result += file + ":" + std::to_string(line) + ": ";
  if (!coroutine.empty())
    result += "'" + coroutine + "' ";
  result += message + " [" + rule + "]\n";
  for (const std::string &more : details)
    result += "aio:   " + more + "\n";
  return result;
}

std::function<void(const report &)>
set_report_handler(std::function<void(const report &)> handler) {
  auto set = handler ? std::make_shared<report_handler>(std::move(handler)) : nullptr;
  reporting &all = reports();
  std::unique_lock over(all.one_call, std::defer_lock);
  if (!in_handler) // the handler itself cannot wait for its own end
    over.lock();
  std::lock_guard held(all.lock);
  all.handler.swap(set);
  return set ? *set : nullptr;
}

namespace detail {

void hand_over(const report &made) noexcept {
  if (in_handler) {
    write(made);
    return;
  }
  reporting &all = reports();
  std::lock_guard one(all.one_call);
  std::shared_ptr<report_handler> handler;
  {
    std::lock_guard held(all.lock);
    handler = all.handler;
  }
  if (!handler) {
    write(made);
    return;
  }
  in_handler = true;
  (*handler)(made);
  in_handler = false;
}

void report_problem(const problem &p) noexcept {
  report made;
  made.rule = p.rule;
  made.message = p.message;
  made.details = p.details;
  if (p.coroutine) {
    made.coroutine = p.coroutine->made_at.function_name();
    made.file = p.coroutine->awaiting_at.file_name();
    made.line = p.coroutine->awaiting_at.line();
  }
  hand_over(made);
}

std::string place_of(const std::source_location &at) {
  return std::string(at.file_name()) + ":" + std::to_string(at.line());
}

//===- Whether it is on ---------------------------------------------------===//

namespace {

thread_local int debug_modes = 0;

} // namespace

debug_mode::debug_mode() noexcept {
  ++debug_modes;
}

debug_mode::~debug_mode() {
  --debug_modes;
}

bool debug_in_environment() noexcept {
  static const bool set = [] {
    const char *const value = std::getenv("AIO_DEBUG");
    return value && *value && std::strcmp(value, "0") != 0;
  }();
  return set;
}

bool debug_enabled() noexcept {
  return debug_in_environment() || debug_modes != 0 ||
         (running && running->in->loop().observed_by());
}

//===- Cancellations that are swallowed -----------------------------------===//

namespace {

// Clean-up that awaits without a shield is told a second time, and perhaps a third. What is told so
// often goes on for ever.
constexpr std::uint8_t too_often = 10;

} // namespace

void told_again(promise_base &caller) noexcept {
  if (!debug_enabled())
    return;
  // Who has awaited the first in vain is told, too, once it throws. So a loop is to blame also
  // where each round awaits a new coroutine.
  for (promise_base *who = &caller; who && who->in->cancel_requested(); who = who->who) {
    if (who->told_again == too_often) // and was reported
      return;
    if (++who->told_again == too_often)
      report_problem({.rule = "coro-swallowed-cancellation",
                      .message = "was told to stop, and has awaited " + std::to_string(too_often) +
                                 " times since: let aio::cancelled pass, and shield clean-up that "
                                 "awaits",
                      .coroutine = who});
    if (who->told_again != 1)
      return;
  }
}

//===- The tree of coroutines ---------------------------------------------===//

namespace {

// What is left out of a chain that is longer: a recursion that goes deep looks the same all over.
constexpr std::size_t longest_chain = 40;

/// The last one of a chain, and what it does.
struct leaf {
  const promise_base *who;
  std::string state;
  bool waits;
};

/// A coroutine that nobody awaits, and what runs in its scope. The first stands for the loop's top
/// scope, which has none.
struct tree_node {
  const root *of;
  std::vector<leaf> leaves;
  std::vector<std::size_t> below;
};

/// How deep scopes and coroutines are nested is up to the program: nothing here recurses.
class tree {
public:
  explicit tree(const scheduler &loop) {
    nodes_.push_back({nullptr, {}, {}});
    collect(loop.top());
    loop.for_each_ready([&](const resumable &ready) {
      if (ready.who)
        add(ready.who, "is ready to run");
    });
    if (running && &running->in->loop() == &loop)
      add(running, "runs now");
  }

  std::string text() const {
    std::string out;
    each([&](const tree_node &node, std::size_t depth) { return write(out, node, depth); });
    return out;
  }

  /// Those that wait, from the roots on.
  std::vector<const leaf *> waiting() const {
    std::vector<const leaf *> found;
    each([&](const tree_node &node, std::size_t) {
      for (const leaf &one : node.leaves)
        if (one.waits)
          found.push_back(&one);
      return std::size_t(0);
    });
    return found;
  }

  /// The first that waits and has no others below it.
  const leaf *innermost() const {
    const leaf *found = nullptr;
    each([&](const tree_node &node, std::size_t) {
      for (const leaf &one : node.leaves)
        if (!found && one.waits && node.below.empty())
          found = &one;
      return std::size_t(0);
    });
    return found;
  }

private:
  void collect(const scope &top) {
    struct part {
      const scope *of;
      std::size_t node;
    };
    std::vector<part> left{{&top, 0}};
    index_[&top] = 0;
    while (!left.empty()) {
      const part next = left.back();
      left.pop_back();
      next.of->for_each_operation([&](const operation &waits) {
        std::string state = std::string("waits for ") + waits.what();
        if (const std::string more = waits.detail(); !more.empty())
          state += " (" + more + ")";
        nodes_[next.node].leaves.push_back({waits.who, std::move(state), true});
      });
      const std::size_t already = left.size();
      next.of->for_each_child([&](const scope &child) {
        std::size_t node = next.node;
        if (const root *const own = child.as_root()) {
          node = nodes_.size();
          nodes_.push_back({own, {}, {}});
          nodes_[next.node].below.push_back(node);
        }
        index_[&child] = node;
        left.push_back({&child, node});
      });
      std::reverse(left.begin() + static_cast<std::ptrdiff_t>(already), left.end());
    }
  }

  void add(const promise_base *who, const char *state) {
    if (const auto found = index_.find(who->in); found != index_.end())
      nodes_[found->second].leaves.push_back({who, state, false});
  }

  /// Calls \p f with each node and its depth, from the roots on; it gives how much deeper those
  /// below are.
  template <class F> void each(F f) const {
    struct part {
      std::size_t node;
      std::size_t depth;
    };
    std::vector<part> left{{0, 0}};
    while (!left.empty()) {
      const part next = left.back();
      left.pop_back();
      const tree_node &node = nodes_[next.node];
      const std::size_t depth = next.depth + f(node, next.depth);
      for (auto below = node.below.rbegin(); below != node.below.rend(); ++below)
        left.push_back({*below, depth});
    }
  }

  static void write_line(std::string &out, std::size_t depth, const std::string &line) {
    out += std::string(depth * 2, ' ') + line + "\n";
  }

  /// Gives how deep the last line of \p node is below \p depth.
  static std::size_t write(std::string &out, const tree_node &node, std::size_t depth) {
    std::size_t deepest = 0;
    for (const leaf &one : node.leaves) {
      std::vector<const promise_base *> chain;
      for (const promise_base *who = one.who; who; who = who->awaited_by())
        chain.push_back(who);
      std::size_t deeper = 0;
      // Who is on a worker is not looked at, and something stands for it here.
      if (node.of && chain.back() != node.of->who && !same(*chain.back(), *node.of->who))
        write_line(out, depth + deeper++, line_of(node));
      for (std::size_t left = chain.size(); left != 0; --left) {
        if (chain.size() > longest_chain && left == chain.size() - longest_chain / 2) {
          const std::size_t skipped = chain.size() - longest_chain;
          write_line(out, depth + deeper++, "... " + std::to_string(skipped) + " more");
          left -= skipped;
        }
        const promise_base &who = *chain[left - 1];
        write_line(out, depth + deeper++, name_of(who) + " at " + place_of(who.awaiting_at));
      }
      write_line(out, depth + deeper, one.state);
      deepest = std::max(deepest, deeper);
    }
    if (node.leaves.empty() && node.of && !ended(*node.of)) {
      write_line(out, depth, line_of(node));
      write_line(out, depth + 1, "is on its way between two threads");
      deepest = 1;
    }
    return deepest;
  }

  static bool same(const promise_base &a, const promise_base &b) noexcept {
    return std::strcmp(a.made_at.function_name(), b.made_at.function_name()) == 0 &&
           a.made_at.line() == b.made_at.line();
  }
  /// Or has not begun.
  static bool ended(const root &of) { return !of.handle || (!of.on_worker() && of.handle.done()); }
  static std::string line_of(const tree_node &node) {
    const promise_base &who = *node.of->who;
    // Where it stands is written by the worker, if it is there.
    return name_of(who) + " at " + place_of(node.of->on_worker() ? who.made_at : who.awaiting_at);
  }

  std::vector<tree_node> nodes_;
  std::unordered_map<const scope *, std::size_t> index_;
};

} // namespace

std::string tree_of(const scheduler &loop) {
  return tree(loop).text();
}

void report_deadlock(const scheduler &loop) noexcept {
  const tree all(loop);
  const std::vector<const leaf *> waiting = all.waiting();
  const leaf *const blamed = all.innermost();
  problem found{.rule = "deadlock",
                .message = "all wait, and nothing can wake them",
                .coroutine = blamed ? blamed->who : nullptr};
  if (blamed) {
    found.message = blamed->state + ", and nothing can wake it";
    if (const std::size_t others = waiting.size() - 1)
      found.message += ", nor " + std::to_string(others) + " more that wait";
  }
  for (const leaf *const one : waiting) {
    std::string line =
        name_of(*one->who) + " at " + place_of(one->who->awaiting_at) + " " + one->state;
    std::size_t count = 0;
    for (const promise_base *who = one->who->awaited_by(); who; who = who->awaited_by())
      if (++count <= longest_chain)
        line += ", awaited by " + name_of(*who) + " at " + place_of(who->awaiting_at);
    if (count > longest_chain)
      line += ", awaited by " + std::to_string(count - longest_chain) + " more";
    found.details.push_back(std::move(line));
  }
  report_problem(found);
}

} // namespace detail

std::string task_tree() {
  const detail::scheduler &loop = detail::require_scheduler("task_tree");
  if (detail::running)
    detail::require_running("task_tree"); // and not on a worker
  return detail::tree_of(loop);
}

void dump_tasks() {
  std::fputs(task_tree().c_str(), stderr);
}

} // namespace aio
