// Every name of asio-grpc.yaml, looked up on declarations of the library's shape: Debian does not
// package it, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=asio-grpc.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of asio-grpc.yaml are proven

//--- use.cpp
#include <agrpc/alarm.hpp>
#include <agrpc/grpc_context.hpp>
#include <agrpc/run.hpp>

void loops(agrpc::GrpcContext &context) {
  context.run();
  context.run_until(1);
  context.run_while(1);
  context.run_completion_queue();
  context.poll();
  context.poll_completion_queue();
  agrpc::run(context, 1);
  agrpc::run_completion_queue(context, 1);
}

void pauses(agrpc::BasicAlarm<int> &alarm) { alarm.wait(1); }

//--- agrpc/grpc_context.hpp
#pragma once
namespace agrpc {
inline namespace b {
class GrpcContext {
public:
  bool run();
  template <class Deadline> bool run_until(const Deadline &deadline);
  template <class Condition> bool run_while(Condition &&condition);
  bool run_completion_queue();
  bool poll();
  bool poll_completion_queue();
};
} // namespace b
} // namespace agrpc
//--- agrpc/run.hpp
#pragma once
#include <agrpc/grpc_context.hpp>
namespace agrpc {
inline namespace b {
template <class Traits = int, class ExecutionContext = void>
void run(GrpcContext &grpc_context, ExecutionContext &&execution_context);
template <class Traits = int, class ExecutionContext = void>
void run_completion_queue(GrpcContext &grpc_context, ExecutionContext &&execution_context);
} // namespace b
} // namespace agrpc
//--- agrpc/alarm.hpp
#pragma once
namespace agrpc {
inline namespace b {
template <class Executor> class BasicAlarm {
public:
  template <class Deadline, class CompletionToken = int>
  auto wait(const Deadline &deadline, CompletionToken &&token = CompletionToken{}) & { return 1; }
};
} // namespace b
} // namespace agrpc
