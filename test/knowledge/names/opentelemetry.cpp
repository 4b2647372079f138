// Every name of opentelemetry.yaml, looked up on declarations of the library's shape, written after
// its headers; an inline namespace says which version its ABI has.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=opentelemetry.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of opentelemetry.yaml are proven

//--- use.cpp
#include <opentelemetry/trace/scope.h>

void spans(const opentelemetry::nostd::shared_ptr<opentelemetry::trace::Span> &span) {
  opentelemetry::trace::Scope scope(span);
}

//--- opentelemetry/version.h
#pragma once
#define OPENTELEMETRY_BEGIN_NAMESPACE namespace opentelemetry { inline namespace v1 {
#define OPENTELEMETRY_END_NAMESPACE }}
//--- opentelemetry/trace/scope.h
#pragma once
#include <opentelemetry/version.h>
OPENTELEMETRY_BEGIN_NAMESPACE
namespace nostd {
template <class T> class shared_ptr {};
} // namespace nostd
namespace trace {
class Span {};
class Scope final {
public:
  Scope(const nostd::shared_ptr<Span> &span) noexcept;
  ~Scope();
};
} // namespace trace
OPENTELEMETRY_END_NAMESPACE
