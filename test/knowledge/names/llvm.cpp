// Every name of llvm.yaml, looked up on what LLVM's headers declare.
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -isystem %llvm-bin/../include > %t
// RUN: corolint-knowledge-dump --missing=llvm.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of llvm.yaml are proven

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/MapVector.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/SmallSet.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringSet.h>

void proof(llvm::SmallVector<int, 2> v, llvm::SmallVectorImpl<int> &vi, llvm::SmallString<8> s,
           llvm::DenseMap<int, int> m, llvm::SmallDenseMap<int, int> sm, llvm::DenseSet<int> ds,
           llvm::SmallDenseSet<int> sds, llvm::MapVector<int, int> mv, llvm::SetVector<int> sv,
           llvm::SmallPtrSet<int *, 2> ps, llvm::SmallPtrSetImpl<int *> &psi,
           llvm::SmallSet<int, 2> ss, llvm::StringMap<int> strings, llvm::StringSet<> set) {}
