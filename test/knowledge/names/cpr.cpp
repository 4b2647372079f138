// Every name of cpr.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=cpr.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of cpr.yaml are proven

//--- use.cpp
#include <cpr/cpr.h>

void done(cpr::Response);

void requests(cpr::Session &s, cpr::MultiPerform &m, int &file) {
  cpr::Get(1);
  cpr::Head(1);
  cpr::Post(1);
  cpr::Put(1);
  cpr::Patch(1);
  cpr::Delete(1);
  cpr::Options(1);
  cpr::Download(file);
  s.Get();
  s.Head();
  s.Post();
  s.Put();
  s.Patch();
  s.Delete();
  s.Options();
  s.Download(file);
  cpr::MultiGet(1);
  cpr::MultiHead(1);
  cpr::MultiPost(1);
  cpr::MultiPut(1);
  cpr::MultiPatch(1);
  cpr::MultiDelete(1);
  cpr::MultiOptions(1);
  m.Get();
  m.Head();
  m.Post();
  m.Put();
  m.Patch();
  m.Delete();
  m.Options();
  m.Download(file);
  m.Perform();
}

void asynchronous(cpr::AsyncResponse &r, cpr::ThreadPool pool) {
  r.get();
  r.wait();
  r.wait_for(1);
  r.wait_until(1);
  pool.Wait();
  pool.Stop();
  pool.Submit(done);
  cpr::async(done);
  cpr::GetCallback(done, 1);
  cpr::HeadCallback(done, 1);
  cpr::PostCallback(done, 1);
  cpr::PutCallback(done, 1);
  cpr::PatchCallback(done, 1);
  cpr::DeleteCallback(done, 1);
  cpr::OptionsCallback(done, 1);
}

//--- cpr/cpr.h
#pragma once
namespace cpr {
class Response {};
template <typename T, bool Cancellable = false> class AsyncWrapper {
public:
  T get();
  void wait() const;
  template <typename Duration> int wait_for(const Duration &timeout) const;
  template <typename Time> int wait_until(const Time &time) const;
};
using AsyncResponse = AsyncWrapper<Response>;
class ThreadPool {
public:
  virtual ~ThreadPool();
  int Stop();
  void Wait();
  template <typename F, typename... Args> int Submit(F &&f, Args &&...args);
};
template <bool Cancellable = false, typename F, typename... Args> int async(F &&f, Args &&...args);
class Session {
public:
  Response Get();
  Response Head();
  Response Post();
  Response Put();
  Response Patch();
  Response Delete();
  Response Options();
  Response Download(int &file);
};
class MultiPerform {
public:
  Response Get();
  Response Head();
  Response Post();
  Response Put();
  Response Patch();
  Response Delete();
  Response Options();
  template <typename... Args> Response Download(Args... args);
  Response Perform();
};
template <typename... Ts> Response Get(Ts &&...ts);
template <typename... Ts> Response Head(Ts &&...ts);
template <typename... Ts> Response Post(Ts &&...ts);
template <typename... Ts> Response Put(Ts &&...ts);
template <typename... Ts> Response Patch(Ts &&...ts);
template <typename... Ts> Response Delete(Ts &&...ts);
template <typename... Ts> Response Options(Ts &&...ts);
template <typename... Ts> Response Download(int &file, Ts &&...ts);
template <typename... Ts> Response MultiGet(Ts &&...ts);
template <typename... Ts> Response MultiHead(Ts &&...ts);
template <typename... Ts> Response MultiPost(Ts &&...ts);
template <typename... Ts> Response MultiPut(Ts &&...ts);
template <typename... Ts> Response MultiPatch(Ts &&...ts);
template <typename... Ts> Response MultiDelete(Ts &&...ts);
template <typename... Ts> Response MultiOptions(Ts &&...ts);
template <typename Then, typename... Ts> int GetCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int HeadCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int PostCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int PutCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int PatchCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int DeleteCallback(Then then, Ts... ts);
template <typename Then, typename... Ts> int OptionsCallback(Then then, Ts... ts);
} // namespace cpr
