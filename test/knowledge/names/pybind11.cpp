// Every name of pybind11.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=pybind11.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of pybind11.yaml are proven

//--- use.cpp
#include <pybind11/pybind11.h>

void locks() {
  pybind11::gil_scoped_acquire acquire;
  pybind11::gil_scoped_release release;
}

//--- pybind11/pybind11.h
#pragma once
#include <pybind11/gil.h>
//--- pybind11/gil.h
#pragma once
namespace pybind11 __attribute__((visibility("hidden"))) {
class gil_scoped_acquire {
public:
  gil_scoped_acquire();
  gil_scoped_acquire(const gil_scoped_acquire &) = delete;
  ~gil_scoped_acquire();
};
class gil_scoped_release {
public:
  explicit gil_scoped_release(bool disassoc = false);
  ~gil_scoped_release();
};
} // namespace pybind11
