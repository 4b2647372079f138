// Every name of libuv.yaml, looked up on what libuv's headers declare.
// REQUIRES: libuv
// RUN: corolint-knowledge-dump %s -- -std=c++20 > %t
// RUN: corolint-knowledge-dump --missing=libuv.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libuv.yaml are proven

#include <uv.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(uv_sleep, uv_thread_join, uv_cond_wait, uv_cond_timedwait, uv_barrier_wait, uv_sem_wait,
      uv_mutex_lock, uv_rwlock_rdlock, uv_rwlock_wrlock, uv_mutex_unlock, uv_rwlock_rdunlock,
      uv_rwlock_wrunlock, uv_getaddrinfo, uv_getnameinfo, uv_fs_close, uv_fs_unlink,
      uv_fs_mkdtemp, uv_fs_mkstemp, uv_fs_rmdir, uv_fs_opendir, uv_fs_readdir, uv_fs_closedir,
      uv_fs_stat, uv_fs_fstat, uv_fs_fsync, uv_fs_fdatasync, uv_fs_lstat, uv_fs_readlink,
      uv_fs_realpath, uv_fs_statfs, uv_fs_mkdir, uv_fs_scandir, uv_fs_rename, uv_fs_ftruncate,
      uv_fs_access, uv_fs_chmod, uv_fs_fchmod, uv_fs_link, uv_fs_open, uv_fs_copyfile,
      uv_fs_symlink, uv_fs_utime, uv_fs_futime, uv_fs_lutime, uv_fs_chown, uv_fs_fchown,
      uv_fs_lchown, uv_fs_read, uv_fs_write, uv_fs_sendfile, uv_dlopen, uv_os_get_passwd, uv_run,
      uv_queue_work, uv_thread_create, uv_thread_create_ex, uv_once, uv_idle_start,
      uv_prepare_start, uv_check_start, uv_timer_start, uv_signal_start, uv_signal_start_oneshot,
      uv_fs_event_start, uv_fs_poll_start, uv_poll_start, uv_read_start, uv_listen, uv_async_init,
      uv_tcp_connect, uv_pipe_connect, uv_udp_recv_start, uv_shutdown, uv_write, uv_write2,
      uv_udp_send, uv_close, uv_walk, uv_random);
}
