//===- sampler.cpp - Looking into another thread --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include "sampler.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <thread>

namespace aio::detail {

namespace {

using namespace std::chrono_literals;

// A thread that sleeps in the kernel without listening to signals is not waited for much longer.
constexpr auto patience = 1s;

// What the handler finds on the thread that it interrupts.
constinit thread_local sampler *sampled_here = nullptr;

} // namespace

sampler::sampler() noexcept {
  sampled_here = this;
#ifdef __linux__
  std::snprintf(schedule_.data(), schedule_.size(), "/proc/self/task/%ld/schedstat",
                syscall(SYS_gettid));
#endif
  // It stays for ever: a signal may still be on its way when the last loop is gone.
  struct sigaction found{};
  if (sigaction(SIGURG, nullptr, &found) != 0 || (found.sa_flags & SA_SIGINFO) != 0 ||
      (found.sa_handler != SIG_DFL && found.sa_handler != SIG_IGN))
    return;
  struct sigaction wanted{};
  wanted.sa_handler = interrupted;
  wanted.sa_flags = SA_RESTART;
  sigemptyset(&wanted.sa_mask);
  sigaction(SIGURG, &wanted, nullptr);
}

sampler::~sampler() {
  sampled_here = nullptr;
}

void sampler::interrupted(int) {
  const int before = errno;
  if (sampled_here)
    sampled_here->look();
  errno = before;
}

void sampler::look() noexcept {
  state expected = state::asked;
  if (!state_.compare_exchange_strong(expected, state::busy, std::memory_order_acquire))
    return;
  // Whoever runs between two steps may be gone.
  if (begun_.load(std::memory_order_relaxed) != asked_for_) {
    state_.store(state::step_over, std::memory_order_release);
    return;
  }
  into_->chain_size = 0;
  for (const promise_base *who = running; who && into_->chain_size != into_->chain.size();
       who = who->awaited_by())
    into_->chain[into_->chain_size++] = {who->made_at, who->awaiting_at};
  take_stack(into_->stack, base_.load(std::memory_order_relaxed));
  state_.store(state::taken, std::memory_order_release);
}

std::optional<clock::duration> sampler::starved() const noexcept {
  const int file = open(schedule_.data(), O_RDONLY | O_CLOEXEC);
  if (file == -1)
    return std::nullopt;
  std::array<char, 128> text{};
  const ssize_t size = read(file, text.data(), text.size() - 1);
  close(file);
  // Nanoseconds on a processor, and in the queue for one.
  long long waited = 0;
  if (size <= 0 || std::sscanf(text.data(), "%*d %lld", &waited) != 1)
    return std::nullopt;
  return std::chrono::nanoseconds(waited);
}

sampler::answer sampler::take(clock::time_point step, sample &into) {
  struct sigaction found{};
  if (sigaction(SIGURG, nullptr, &found) != 0 || found.sa_handler != interrupted)
    return answer::no_signal;
  asked_for_ = step.time_since_epoch().count();
  into_ = &into;
  state_.store(state::asked, std::memory_order_release);
  pthread_kill(thread_, SIGURG);
  const auto until = clock::now() + patience;
  for (;;) {
    switch (state_.load(std::memory_order_acquire)) {
    case state::taken:
      return answer::taken;
    case state::step_over:
      return answer::step_over;
    case state::asked:
      if (state expected = state::asked;
          clock::now() > until &&
          state_.compare_exchange_strong(expected, state::idle, std::memory_order_relaxed))
        return answer::silent;
      break;
    case state::idle:
    case state::busy:
      break;
    }
    std::this_thread::sleep_for(100us);
  }
}

} // namespace aio::detail
