// Every name of cppwinrt.yaml, looked up on declarations of the library's shape: it is for another
// system, so what follows is written after its headers and its generator.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=cppwinrt.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of cppwinrt.yaml are proven

//--- use.cpp
#include <winrt/Windows.Foundation.h>
#include <winrt/Windows.System.h>
#include <winrt/base.h>

using namespace winrt;

void waits(Windows::Foundation::IAsyncAction const &action,
           Windows::Foundation::IAsyncOperation<int> const &operation,
           Windows::Foundation::IAsyncActionWithProgress<int> const &actionWithProgress,
           Windows::Foundation::IAsyncOperationWithProgress<int, int> const &both) {
  action.get();
  action.wait_for(1);
  operation.get();
  operation.wait_for(1);
  actionWithProgress.get();
  actionWithProgress.wait_for(1);
  both.get();
  both.wait_for(1);
}

void hops(Windows::System::DispatcherQueue const &queue, apartment_context context,
          thread_pool pool) {
  resume_background();
  resume_after(1);
  resume_on_signal(nullptr);
  resume_foreground(queue);
}

void locks(slim_mutex &mutex, slim_condition_variable &condition) {
  slim_lock_guard guard(mutex);
  slim_shared_lock_guard shared(mutex);
  mutex.lock();
  mutex.try_lock();
  mutex.unlock();
  mutex.lock_shared();
  mutex.try_lock_shared();
  mutex.unlock_shared();
  condition.wait(mutex, [] { return true; });
  condition.wait_for(mutex, 1, [] { return true; });
}

void together(hresult_canceled stopped) { when_all(1, 2); }

//--- winrt/base.h
#pragma once
namespace winrt {
struct slim_mutex {
  void lock() noexcept;
  void lock_shared() noexcept;
  bool try_lock() noexcept;
  bool try_lock_shared() noexcept;
  void unlock() noexcept;
  void unlock_shared() noexcept;
};
struct slim_lock_guard {
  explicit slim_lock_guard(slim_mutex &m);
  ~slim_lock_guard();
};
struct slim_shared_lock_guard {
  explicit slim_shared_lock_guard(slim_mutex &m);
  ~slim_shared_lock_guard();
};
struct slim_condition_variable {
  template <typename T> void wait(slim_mutex &x, T predicate) {}
  template <typename T> bool wait_for(slim_mutex &x, int timeout, T predicate) { return true; }
};
namespace impl {
struct awaiter {};
} // namespace impl
[[nodiscard]] inline impl::awaiter resume_background() noexcept {
  return {};
}
[[nodiscard]] inline impl::awaiter resume_after(int duration) noexcept {
  return {};
}
[[nodiscard]] inline impl::awaiter resume_on_signal(void *handle, int timeout = 0) noexcept {
  return {};
}
struct apartment_context {};
struct thread_pool {};
} // namespace winrt
namespace winrt {
struct hresult_error {};
struct hresult_canceled : hresult_error {};
template <typename... T> int when_all(T... async) { return 0; }
} // namespace winrt
//--- winrt/Windows.System.h
#pragma once
#include <winrt/base.h>
namespace winrt::Windows::System {
struct DispatcherQueue {};
} // namespace winrt::Windows::System
namespace winrt {
[[nodiscard]] inline impl::awaiter
resume_foreground(Windows::System::DispatcherQueue const &dispatcher) noexcept {
  return {};
}
} // namespace winrt
//--- winrt/Windows.Foundation.h
#pragma once
namespace winrt::impl {
template <typename D> struct consume_Windows_Foundation_IAsyncAction {
  void get() const {}
  int wait_for(int timeout) const { return 0; }
};
template <typename D, typename TResult> struct consume_Windows_Foundation_IAsyncOperation {
  void get() const {}
  int wait_for(int timeout) const { return 0; }
};
template <typename D, typename TProgress>
struct consume_Windows_Foundation_IAsyncActionWithProgress {
  void get() const {}
  int wait_for(int timeout) const { return 0; }
};
template <typename D, typename TResult, typename TProgress>
struct consume_Windows_Foundation_IAsyncOperationWithProgress {
  void get() const {}
  int wait_for(int timeout) const { return 0; }
};
} // namespace winrt::impl
namespace winrt::Windows::Foundation {
struct IAsyncAction : impl::consume_Windows_Foundation_IAsyncAction<IAsyncAction> {};
template <typename TResult>
struct IAsyncOperation
    : impl::consume_Windows_Foundation_IAsyncOperation<IAsyncOperation<TResult>, TResult> {};
template <typename TProgress>
struct IAsyncActionWithProgress
    : impl::consume_Windows_Foundation_IAsyncActionWithProgress<IAsyncActionWithProgress<TProgress>,
                                                                TProgress> {};
template <typename TResult, typename TProgress>
struct IAsyncOperationWithProgress
    : impl::consume_Windows_Foundation_IAsyncOperationWithProgress<
          IAsyncOperationWithProgress<TResult, TProgress>, TResult, TProgress> {};
} // namespace winrt::Windows::Foundation
