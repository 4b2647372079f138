// Every name of posix.yaml, looked up on what the C library's headers declare.
// RUN: corolint-knowledge-dump %s -- -std=c++20 -Wno-deprecated-declarations > %t
// RUN: corolint-knowledge-dump --missing=posix.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of posix.yaml are proven

#include <aio.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <grp.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <resolv.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/swap.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(sleep, usleep, nanosleep, clock_nanosleep, thrd_sleep, pthread_join, thrd_join,
      pthread_timedjoin_np, pthread_clockjoin_np, pthread_cond_wait, pthread_cond_timedwait,
      pthread_cond_clockwait, cnd_wait, cnd_timedwait, pthread_barrier_wait, sem_wait,
      sem_timedwait, sem_clockwait, pthread_mutex_lock, pthread_mutex_timedlock,
      pthread_mutex_clocklock, pthread_rwlock_rdlock, pthread_rwlock_timedrdlock,
      pthread_rwlock_clockrdlock, pthread_rwlock_wrlock, pthread_rwlock_timedwrlock,
      pthread_rwlock_clockwrlock, pthread_spin_lock, mtx_lock, mtx_timedlock,
      pthread_self, thrd_current, gettid, pthread_mutex_unlock, pthread_rwlock_unlock, pthread_spin_unlock, mtx_unlock, system,
      pclose, wait, waitpid, wait4, wait3, waitid, getaddrinfo, getnameinfo, gethostbyname,
      gethostbyname2, gethostbyaddr, gethostbyname_r, gethostbyname2_r, gethostbyaddr_r,
      res_query, res_search, res_querydomain, res_send, res_nquery, res_nsearch, res_nquerydomain,
      res_nsend, scanf, vscanf, wscanf, vwscanf, getwchar, getchar, getchar_unlocked, getpass,
      getc, getc_unlocked, fgetc, fscanf, vfscanf, fgets, getline, fread, getdelim, read, poll,
      ppoll, select, pselect, epoll_wait, epoll_pwait, epoll_pwait2, accept, accept4, connect,
      recv, recvfrom, recvmmsg, recvmsg, send, sendto, sendmmsg, sendmsg, flock, lockf, fcntl,
      mq_receive, mq_timedreceive, mq_send, mq_timedsend, msgrcv, msgsnd, semtimedop, pause,
      sigsuspend, sigwait, sigwaitinfo, sigtimedwait, open, open64, openat, openat64, creat,
      creat64, pread, pread64, write, pwrite, pwrite64, readv, preadv, preadv64, preadv2,
      preadv64v2, writev, pwritev, pwritev64, pwritev2, pwritev64v2, fsync, fdatasync, sync,
      syncfs, sync_file_range, mount, umount, umount2,
      swapon, swapoff, readahead, ioctl, msync, truncate, truncate64, ftruncate, ftruncate64,
      posix_fallocate, posix_fallocate64, fallocate, fallocate64, copy_file_range, sendfile,
      sendfile64, tcdrain, aio_suspend, aio_suspend64, stat, stat64, lstat, lstat64, fstatat,
      fstatat64, statx, mkdir, mkdirat, chmod, fchmodat, utimensat, access, euidaccess, eaccess,
      faccessat, unlink, unlinkat, rmdir, link, linkat, symlink, symlinkat, readlink, readlinkat,
      chown, lchown, fchownat, rename, renameat, renameat2, remove, mkstemp, mkstemp64, mkostemp,
      mkostemp64, mkstemps, mkstemps64, mkostemps, mkostemps64, mkdtemp, realpath,
      canonicalize_file_name, statvfs, statvfs64, opendir, readdir, readdir64, readdir_r,
      readdir64_r, scandir, scandir64, scandirat, scandirat64, ftw, ftw64, nftw, nftw64, glob,
      glob64, dlopen, dlmopen, getpwnam, getpwuid, getpwnam_r, getpwuid_r, getpwent, getgrnam,
      getgrgid, getgrnam_r, getgrgid_r, getgrent, getgrouplist, initgroups, fopen, fopen64,
      freopen, freopen64, tmpfile, tmpfile64, fclose, fflush, fflush_unlocked, fgetc_unlocked,
      fgetwc, getwc, fwscanf, vfwscanf, fgets_unlocked, fgetws, fread_unlocked, fwrite,
      fwrite_unlocked, fputs, fputs_unlocked, fputc, fputc_unlocked, putc, putc_unlocked, fprintf,
      vfprintf, fputws, fputwc, putwc, fwprintf, vfwprintf, dprintf, vdprintf, printf, vprintf,
      puts, putchar, putchar_unlocked, perror, wprintf, vwprintf, putwchar, syslog, vsyslog,
      socket, pipe, pipe2, socketpair, eventfd, timerfd_create, signalfd, inotify_init, inotify_init1, mq_open, close,
      lseek, lseek64, isatty, fchdir, fstat, fstat64, fchmod, fchown, bind, listen, shutdown,
      getsockname, getpeername, getsockopt, setsockopt, timerfd_settime, inotify_add_watch,
      inotify_rm_watch, mq_close, qsort, qsort_r, bsearch, pthread_once, call_once,
      pthread_create, thrd_create, ioctl);
}
