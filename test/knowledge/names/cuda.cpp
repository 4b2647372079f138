// Every name of cuda.yaml, looked up on declarations of the library's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=cuda.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of cuda.yaml are proven

//--- use.cpp
#include <cuda.h>
#include <cuda_runtime_api.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(cuCtxSynchronize, cuStreamSynchronize, cuStreamSynchronize_ptsz, cuEventSynchronize,
      cuMemcpyHtoD_v2, cuMemcpyHtoD_v2_ptds, cuMemcpyDtoH_v2, cuMemcpyDtoH_v2_ptds,
      cuLaunchHostFunc, cuLaunchHostFunc_ptsz, cuStreamAddCallback, cuStreamAddCallback_ptsz);
  use(cudaDeviceSynchronize, cudaThreadSynchronize, cudaStreamSynchronize,
      cudaStreamSynchronize_ptsz, cudaEventSynchronize, cudaMemcpy, cudaMemcpy_ptds, cudaMemcpy2D,
      cudaMemcpy2D_ptds, cudaMemcpyToSymbol, cudaMemcpyToSymbol_ptds, cudaMemcpyFromSymbol,
      cudaMemcpyFromSymbol_ptds, cudaLaunchHostFunc, cudaLaunchHostFunc_ptsz, cudaStreamAddCallback,
      cudaStreamAddCallback_ptsz);
}

//--- cuda.h
#pragma once
typedef struct CUstream_st *CUstream;
typedef void (*CUhostFn)(void *arg);
typedef void (*CUstreamCallback)(CUstream stream, int status, void *arg);
extern "C" {
int cuLaunchHostFunc(CUstream stream, CUhostFn f, void *arg);
int cuLaunchHostFunc_ptsz(CUstream stream, CUhostFn f, void *arg);
int cuStreamAddCallback(CUstream stream, CUstreamCallback f, void *arg, unsigned flags);
int cuStreamAddCallback_ptsz(CUstream stream, CUstreamCallback f, void *arg, unsigned flags);
void cuCtxSynchronize(...), cuStreamSynchronize(...), cuStreamSynchronize_ptsz(...),
    cuEventSynchronize(...), cuMemcpyHtoD_v2(...), cuMemcpyHtoD_v2_ptds(...), cuMemcpyDtoH_v2(...),
    cuMemcpyDtoH_v2_ptds(...);
}
//--- cuda_runtime_api.h
#pragma once
#include <stddef.h>
typedef struct CUstream_st *cudaStream_t;
typedef void (*cudaHostFn_t)(void *arg);
typedef void (*cudaStreamCallback_t)(cudaStream_t stream, int status, void *arg);
enum cudaMemcpyKind { cudaMemcpyHostToDevice = 1, cudaMemcpyDeviceToDevice = 3 };
extern "C" {
int cudaMemcpy(void *to, const void *from, size_t size, cudaMemcpyKind kind);
int cudaMemcpy_ptds(void *to, const void *from, size_t size, cudaMemcpyKind kind);
int cudaMemcpy2D(void *to, size_t to_pitch, const void *from, size_t pitch, size_t width,
                 size_t height, cudaMemcpyKind kind);
int cudaMemcpy2D_ptds(void *to, size_t to_pitch, const void *from, size_t pitch, size_t width,
                      size_t height, cudaMemcpyKind kind);
int cudaMemcpyToSymbol(const void *symbol, const void *from, size_t size, size_t offset,
                       cudaMemcpyKind kind);
int cudaMemcpyToSymbol_ptds(const void *symbol, const void *from, size_t size, size_t offset,
                            cudaMemcpyKind kind);
int cudaMemcpyFromSymbol(void *to, const void *symbol, size_t size, size_t offset,
                         cudaMemcpyKind kind);
int cudaMemcpyFromSymbol_ptds(void *to, const void *symbol, size_t size, size_t offset,
                              cudaMemcpyKind kind);
int cudaLaunchHostFunc(cudaStream_t stream, cudaHostFn_t f, void *arg);
int cudaLaunchHostFunc_ptsz(cudaStream_t stream, cudaHostFn_t f, void *arg);
int cudaStreamAddCallback(cudaStream_t stream, cudaStreamCallback_t f, void *arg, unsigned flags);
int cudaStreamAddCallback_ptsz(cudaStream_t stream, cudaStreamCallback_t f, void *arg,
                               unsigned flags);
void cudaDeviceSynchronize(...), cudaThreadSynchronize(...), cudaStreamSynchronize(...),
    cudaStreamSynchronize_ptsz(...), cudaEventSynchronize(...);
}
