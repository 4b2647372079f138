// Every name of win32.yaml, looked up on declarations of the platform's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=win32.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of win32.yaml are proven

//--- use.cpp
#include <windows.h>
#include <winsock2.h>
#include <ws2tcpip.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(Sleep, SleepEx, WaitForSingleObject, WaitForSingleObjectEx, WaitForMultipleObjects,
      WaitForMultipleObjectsEx, SignalObjectAndWait, MsgWaitForMultipleObjects,
      MsgWaitForMultipleObjectsEx, SleepConditionVariableCS, SleepConditionVariableSRW,
      WaitOnAddress, EnterSynchronizationBarrier, WaitForThreadpoolWorkCallbacks,
      WaitForThreadpoolTimerCallbacks, WaitForThreadpoolWaitCallbacks, WaitForThreadpoolIoCallbacks,
      CloseThreadpoolCleanupGroupMembers, EnterCriticalSection, AcquireSRWLockExclusive,
      AcquireSRWLockShared, TryEnterCriticalSection, TryAcquireSRWLockExclusive,
      TryAcquireSRWLockShared, LeaveCriticalSection, ReleaseSRWLockExclusive, ReleaseSRWLockShared,
      WaitForInputIdle, ReadConsoleA, ReadConsoleW, ReadFile, WriteFile, DeviceIoControl,
      ConnectNamedPipe, TransactNamedPipe, WaitCommEvent, GetOverlappedResult,
      GetOverlappedResultEx, CallNamedPipeA, CallNamedPipeW, WaitNamedPipeA, WaitNamedPipeW,
      GetQueuedCompletionStatus, GetQueuedCompletionStatusEx, CreateFileA, CreateFileW, CreateFile2,
      FlushFileBuffers, CopyFileA, CopyFileW, CopyFileExA, CopyFileExW, MoveFileA, MoveFileW,
      MoveFileExA, MoveFileExW, DeleteFileA, DeleteFileW, CreateDirectoryA, CreateDirectoryW,
      RemoveDirectoryA, RemoveDirectoryW, FindFirstFileA, FindFirstFileW, GetFileAttributesA,
      GetFileAttributesW, GetMessageA, GetMessageW, MessageBoxA, MessageBoxW, MessageBoxExA,
      MessageBoxExW, DialogBoxParamA, DialogBoxParamW, CreateThread, QueueUserWorkItem,
      TrySubmitThreadpoolCallback, CreateThreadpoolWork);
  use(WSAWaitForMultipleEvents, WSAPoll, WSARecv, WSASend, WSARecvFrom, WSAAccept, WSAConnect);
  use(GetAddrInfoW, GetAddrInfoExA, GetAddrInfoExW, GetNameInfoW);
}

//--- windows.h
#pragma once
typedef void *HANDLE;
typedef unsigned long DWORD;
typedef DWORD *LPDWORD;
typedef int BOOL;
typedef unsigned char BOOLEAN;
typedef struct _RTL_CRITICAL_SECTION *LPCRITICAL_SECTION;
typedef struct _RTL_SRWLOCK *PSRWLOCK;
typedef const char *LPCSTR;
typedef struct _OVERLAPPED *LPOVERLAPPED;
typedef DWORD (*LPTHREAD_START_ROUTINE)(void *arg);
typedef void (*PTP_CALLBACK)(void *instance, void *arg);
#define WINAPI
extern "C" {
void WINAPI Sleep(DWORD time);
DWORD WINAPI SleepEx(DWORD time, BOOL alertable);
DWORD WINAPI WaitForSingleObject(HANDLE h, DWORD time);
DWORD WINAPI WaitForSingleObjectEx(HANDLE h, DWORD time, BOOL alertable);
DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE *h, BOOL all, DWORD time);
DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE *h, BOOL all, DWORD time,
                                      BOOL alertable);
DWORD WINAPI SignalObjectAndWait(HANDLE signal, HANDLE h, DWORD time, BOOL alertable);
DWORD WINAPI MsgWaitForMultipleObjects(DWORD count, const HANDLE *h, BOOL all, DWORD time,
                                       DWORD mask);
DWORD WINAPI MsgWaitForMultipleObjectsEx(DWORD count, const HANDLE *h, DWORD time, DWORD mask,
                                         DWORD flags);
BOOL WINAPI SleepConditionVariableCS(void *v, void *section, DWORD time);
BOOL WINAPI SleepConditionVariableSRW(void *v, void *lock, DWORD time, unsigned long flags);
BOOL WINAPI WaitOnAddress(volatile void *address, void *compare, unsigned long size, DWORD time);
DWORD WINAPI WaitForInputIdle(HANDLE process, DWORD time);
BOOL WINAPI ReadFile(HANDLE h, void *to, DWORD size, LPDWORD got, LPOVERLAPPED o);
BOOL WINAPI WriteFile(HANDLE h, const void *from, DWORD size, LPDWORD put, LPOVERLAPPED o);
BOOL WINAPI DeviceIoControl(HANDLE h, DWORD code, void *in, DWORD in_size, void *out,
                            DWORD out_size, LPDWORD got, LPOVERLAPPED o);
BOOL WINAPI ConnectNamedPipe(HANDLE h, LPOVERLAPPED o);
BOOL WINAPI TransactNamedPipe(HANDLE h, void *in, DWORD in_size, void *out, DWORD out_size,
                              LPDWORD got, LPOVERLAPPED o);
BOOL WINAPI WaitCommEvent(HANDLE h, LPDWORD mask, LPOVERLAPPED o);
BOOL WINAPI GetOverlappedResult(HANDLE h, LPOVERLAPPED o, LPDWORD size, BOOL wait);
BOOL WINAPI GetOverlappedResultEx(HANDLE h, LPOVERLAPPED o, LPDWORD size, DWORD time,
                                  BOOL alertable);
BOOL WINAPI GetQueuedCompletionStatus(HANDLE port, LPDWORD size, unsigned long *key,
                                      LPOVERLAPPED *o, DWORD time);
BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE port, void *entries, unsigned long count,
                                        unsigned long *got, DWORD time, BOOL alertable);
HANDLE WINAPI CreateThread(void *security, unsigned long stack, LPTHREAD_START_ROUTINE f, void *arg,
                           DWORD flags, LPDWORD id);
BOOL WINAPI QueueUserWorkItem(LPTHREAD_START_ROUTINE f, void *arg, unsigned long flags);
BOOL WINAPI TrySubmitThreadpoolCallback(PTP_CALLBACK f, void *arg, void *environment);
void *WINAPI CreateThreadpoolWork(PTP_CALLBACK f, void *arg, void *environment);
void WINAPI EnterCriticalSection(LPCRITICAL_SECTION section);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section);
void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section);
void WINAPI AcquireSRWLockExclusive(PSRWLOCK lock);
void WINAPI AcquireSRWLockShared(PSRWLOCK lock);
BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK lock);
BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK lock);
void WINAPI ReleaseSRWLockExclusive(PSRWLOCK lock);
void WINAPI ReleaseSRWLockShared(PSRWLOCK lock);
void EnterSynchronizationBarrier(...), WaitForThreadpoolWorkCallbacks(...),
    WaitForThreadpoolTimerCallbacks(...), WaitForThreadpoolWaitCallbacks(...),
    WaitForThreadpoolIoCallbacks(...), CloseThreadpoolCleanupGroupMembers(...), ReadConsoleA(...),
    ReadConsoleW(...), CallNamedPipeA(...), CallNamedPipeW(...), WaitNamedPipeA(...),
    WaitNamedPipeW(...), CreateFileA(...), CreateFileW(...), CreateFile2(...),
    FlushFileBuffers(...), CopyFileA(...), CopyFileW(...), CopyFileExA(...), CopyFileExW(...),
    MoveFileA(...), MoveFileW(...), MoveFileExA(...), MoveFileExW(...), DeleteFileA(...),
    DeleteFileW(...), CreateDirectoryA(...), CreateDirectoryW(...), RemoveDirectoryA(...),
    RemoveDirectoryW(...), FindFirstFileA(...), FindFirstFileW(...), GetFileAttributesA(...),
    GetFileAttributesW(...), GetMessageA(...), GetMessageW(...), MessageBoxA(...), MessageBoxW(...),
    MessageBoxExA(...), MessageBoxExW(...), DialogBoxParamA(...), DialogBoxParamW(...);
}
//--- winsock2.h
#pragma once
#include <windows.h>
typedef unsigned long long SOCKET;
struct WSABUF;
struct WSAPOLLFD;
extern "C" {
DWORD WINAPI WSAWaitForMultipleEvents(DWORD count, const HANDLE *events, BOOL all, DWORD time,
                                      BOOL alertable);
int WINAPI WSAPoll(WSAPOLLFD *fds, unsigned long count, int time);
int WINAPI WSARecv(SOCKET s, WSABUF *to, DWORD count, LPDWORD got, LPDWORD flags, LPOVERLAPPED o,
                   void *done);
int WINAPI WSASend(SOCKET s, WSABUF *from, DWORD count, LPDWORD put, DWORD flags, LPOVERLAPPED o,
                   void *done);
int WINAPI WSARecvFrom(SOCKET s, WSABUF *to, DWORD count, LPDWORD got, LPDWORD flags, void *from,
                       int *from_size, LPOVERLAPPED o, void *done);
SOCKET WINAPI WSAAccept(SOCKET s, void *address, int *size, void *condition, unsigned long arg);
int WINAPI WSAConnect(SOCKET s, const void *address, int size, WSABUF *caller, WSABUF *callee,
                      void *qos, void *group);
}
//--- ws2tcpip.h
#pragma once
#include <winsock2.h>
extern "C" {
int WINAPI GetAddrInfoW(const wchar_t *node, const wchar_t *service, const void *hints,
                        void **result);
int WINAPI GetAddrInfoExA(LPCSTR name, LPCSTR service, DWORD space, void *id, const void *hints,
                          void **result, void *time, LPOVERLAPPED o, void *done, HANDLE *h);
int WINAPI GetAddrInfoExW(const wchar_t *name, const wchar_t *service, DWORD space, void *id,
                          const void *hints, void **result, void *time, LPOVERLAPPED o, void *done,
                          HANDLE *h);
void GetNameInfoW(...);
}
