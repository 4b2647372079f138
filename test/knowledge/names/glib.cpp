// Every name of glib.yaml, looked up on declarations of the library's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=glib.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of glib.yaml are proven

//--- use.cpp
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(g_task_run_in_thread_sync, g_subprocess_wait, g_subprocess_wait_check,
      g_subprocess_communicate, g_subprocess_communicate_utf8, g_file_append_to, g_file_copy,
      g_file_create, g_file_create_readwrite, g_file_delete, g_file_enumerate_children,
      g_file_find_enclosing_mount, g_file_load_bytes, g_file_load_contents, g_file_make_directory,
      g_file_make_symbolic_link, g_file_measure_disk_usage, g_file_move, g_file_new_tmp,
      g_file_open_readwrite, g_file_query_filesystem_info, g_file_query_info, g_file_read,
      g_file_replace, g_file_replace_contents, g_file_replace_readwrite, g_file_trash,
      g_file_query_exists, g_file_query_file_type, g_file_make_directory_with_parents,
      g_file_copy_attributes, g_file_enumerator_next_file, g_file_enumerator_iterate,
      g_input_stream_read, g_input_stream_read_all, g_input_stream_read_bytes, g_input_stream_skip,
      g_output_stream_write, g_output_stream_write_all, g_output_stream_write_bytes,
      g_output_stream_flush, g_output_stream_splice, g_resolver_lookup_by_name,
      g_resolver_lookup_by_name_with_flags, g_resolver_lookup_by_address, g_resolver_lookup_service,
      g_resolver_lookup_records, g_socket_client_connect, g_socket_client_connect_to_host,
      g_socket_client_connect_to_service, g_socket_client_connect_to_uri,
      g_socket_connection_connect, g_socket_listener_accept, g_socket_listener_accept_socket,
      g_tls_connection_handshake, g_socket_condition_wait, g_socket_condition_timed_wait,
      g_socket_receive_with_blocking, g_socket_send_with_blocking, g_bus_get_sync,
      g_dbus_address_get_for_bus_sync, g_dbus_connection_new_sync,
      g_dbus_connection_new_for_address_sync, g_dbus_connection_flush_sync,
      g_dbus_connection_close_sync, g_dbus_connection_call_sync,
      g_dbus_connection_call_with_unix_fd_list_sync, g_dbus_connection_send_message_with_reply_sync,
      g_dbus_proxy_call_sync, g_dbus_proxy_call_with_unix_fd_list_sync, g_dbus_proxy_new_sync,
      g_dbus_proxy_new_for_bus_sync, g_application_run, g_task_run_in_thread);
  use(g_usleep, g_thread_join, g_cond_wait, g_cond_wait_until, g_async_queue_pop,
      g_async_queue_timeout_pop, g_thread_pool_free, g_mutex_lock, g_rec_mutex_lock,
      g_rw_lock_reader_lock, g_rw_lock_writer_lock, g_mutex_trylock, g_rec_mutex_trylock,
      g_rw_lock_reader_trylock, g_rw_lock_writer_trylock, g_mutex_unlock, g_rec_mutex_unlock,
      g_rw_lock_reader_unlock, g_rw_lock_writer_unlock, g_spawn_sync, g_spawn_command_line_sync,
      g_file_get_contents, g_file_set_contents, g_file_set_contents_full, g_file_test,
      g_file_open_tmp, g_file_read_link, g_mkdir_with_parents, g_mkdtemp, g_mkstemp, g_dir_make_tmp,
      g_dir_open, g_key_file_load_from_file, g_key_file_save_to_file, g_main_loop_run,
      g_main_context_iteration, g_thread_new, g_thread_try_new, g_thread_pool_new, g_timeout_add,
      g_timeout_add_seconds, g_timeout_add_full, g_timeout_add_seconds_full, g_idle_add,
      g_idle_add_full, g_io_add_watch, g_unix_fd_add, g_unix_signal_add);
}

//--- gio/gio.h
#pragma once
#include <glib.h>
typedef struct _GTask GTask;
typedef struct _GSocket GSocket;
typedef struct _GCancellable GCancellable;
typedef struct _GInputStream GInputStream;
typedef struct _GOutputStream GOutputStream;
typedef void (*GTaskThreadFunc)(GTask *task, gpointer source, gpointer data, GCancellable *c);
extern "C" {
void g_task_run_in_thread(GTask *task, GTaskThreadFunc f);
void g_task_run_in_thread_sync(GTask *task, GTaskThreadFunc f);
gboolean g_socket_condition_timed_wait(GSocket *socket, int condition, gint64 timeout,
                                       GCancellable *c, GError **error);
gssize g_socket_receive_with_blocking(GSocket *socket, gchar *to, gsize size, gboolean block,
                                      GCancellable *c, GError **error);
gssize g_socket_send_with_blocking(GSocket *socket, const gchar *from, gsize size, gboolean block,
                                   GCancellable *c, GError **error);
void g_subprocess_wait(...), g_subprocess_wait_check(...), g_subprocess_communicate(...),
    g_subprocess_communicate_utf8(...), g_file_append_to(...), g_file_copy(...), g_file_create(...),
    g_file_create_readwrite(...), g_file_delete(...), g_file_enumerate_children(...),
    g_file_find_enclosing_mount(...), g_file_load_bytes(...), g_file_load_contents(...),
    g_file_make_directory(...), g_file_make_symbolic_link(...), g_file_measure_disk_usage(...),
    g_file_move(...), g_file_new_tmp(...), g_file_open_readwrite(...),
    g_file_query_filesystem_info(...), g_file_query_info(...), g_file_read(...),
    g_file_replace(...), g_file_replace_contents(...), g_file_replace_readwrite(...),
    g_file_trash(...), g_file_query_exists(...), g_file_query_file_type(...),
    g_file_make_directory_with_parents(...), g_file_copy_attributes(...),
    g_file_enumerator_next_file(...), g_file_enumerator_iterate(...), g_input_stream_read(...),
    g_input_stream_read_all(...), g_input_stream_read_bytes(...), g_input_stream_skip(...),
    g_output_stream_write(...), g_output_stream_write_all(...), g_output_stream_write_bytes(...),
    g_output_stream_flush(...), g_output_stream_splice(...), g_resolver_lookup_by_name(...),
    g_resolver_lookup_by_name_with_flags(...), g_resolver_lookup_by_address(...),
    g_resolver_lookup_service(...), g_resolver_lookup_records(...), g_socket_client_connect(...),
    g_socket_client_connect_to_host(...), g_socket_client_connect_to_service(...),
    g_socket_client_connect_to_uri(...), g_socket_connection_connect(...),
    g_socket_listener_accept(...), g_socket_listener_accept_socket(...),
    g_tls_connection_handshake(...), g_socket_condition_wait(...), g_bus_get_sync(...),
    g_dbus_address_get_for_bus_sync(...), g_dbus_connection_new_sync(...),
    g_dbus_connection_new_for_address_sync(...), g_dbus_connection_flush_sync(...),
    g_dbus_connection_close_sync(...), g_dbus_connection_call_sync(...),
    g_dbus_connection_call_with_unix_fd_list_sync(...),
    g_dbus_connection_send_message_with_reply_sync(...), g_dbus_proxy_call_sync(...),
    g_dbus_proxy_call_with_unix_fd_list_sync(...), g_dbus_proxy_new_sync(...),
    g_dbus_proxy_new_for_bus_sync(...), g_application_run(...);
}
//--- glib-unix.h
#pragma once
#include <glib.h>
typedef gboolean (*GUnixFDSourceFunc)(gint descriptor, GIOCondition condition, gpointer data);
extern "C" {
guint g_unix_fd_add(gint descriptor, GIOCondition condition, GUnixFDSourceFunc f, gpointer data);
guint g_unix_signal_add(gint number, GSourceFunc handler, gpointer data);
}
//--- glib.h
#pragma once
#include <stddef.h>
typedef int gint;
typedef gint gboolean;
typedef unsigned guint;
typedef void *gpointer;
typedef unsigned long gulong;
typedef long gint64;
typedef unsigned long guint64;
typedef char gchar;
typedef long gssize;
typedef size_t gsize;
typedef struct _GError GError;
typedef struct _GThread GThread;
typedef union _GMutex GMutex;
typedef struct _GRecMutex GRecMutex;
typedef struct _GRWLock GRWLock;
typedef struct _GThreadPool GThreadPool;
typedef struct _GAsyncQueue GAsyncQueue;
typedef struct _GMainContext GMainContext;
typedef gpointer (*GThreadFunc)(gpointer data);
typedef void (*GFunc)(gpointer data, gpointer user);
typedef struct _GIOChannel GIOChannel;
typedef enum { G_IO_IN = 1 } GIOCondition;
typedef gboolean (*GSourceFunc)(gpointer data);
typedef gboolean (*GIOFunc)(GIOChannel *source, GIOCondition condition, gpointer data);
typedef void (*GDestroyNotify)(gpointer data);
extern "C" {
guint g_timeout_add(guint interval, GSourceFunc f, gpointer data);
guint g_timeout_add_seconds(guint interval, GSourceFunc f, gpointer data);
guint g_timeout_add_full(gint priority, guint interval, GSourceFunc f, gpointer data,
                         GDestroyNotify notify);
guint g_timeout_add_seconds_full(gint priority, guint interval, GSourceFunc f, gpointer data,
                                 GDestroyNotify notify);
guint g_idle_add(GSourceFunc f, gpointer data);
guint g_idle_add_full(gint priority, GSourceFunc f, gpointer data, GDestroyNotify notify);
guint g_io_add_watch(GIOChannel *channel, GIOCondition condition, GIOFunc f, gpointer data);
void g_usleep(gulong microseconds);
gpointer g_async_queue_timeout_pop(GAsyncQueue *queue, guint64 timeout);
void g_thread_pool_free(GThreadPool *pool, gboolean immediate, gboolean wait);
gboolean g_main_context_iteration(GMainContext *context, gboolean block);
GThread *g_thread_new(const gchar *name, GThreadFunc f, gpointer data);
GThread *g_thread_try_new(const gchar *name, GThreadFunc f, gpointer data, GError **error);
GThreadPool *g_thread_pool_new(GFunc f, gpointer user, int threads, gboolean own, GError **error);
void g_mutex_lock(GMutex *mutex);
gboolean g_mutex_trylock(GMutex *mutex);
void g_mutex_unlock(GMutex *mutex);
void g_rec_mutex_lock(GRecMutex *rec_mutex);
gboolean g_rec_mutex_trylock(GRecMutex *rec_mutex);
void g_rec_mutex_unlock(GRecMutex *rec_mutex);
void g_rw_lock_reader_lock(GRWLock *rw_lock);
gboolean g_rw_lock_reader_trylock(GRWLock *rw_lock);
void g_rw_lock_reader_unlock(GRWLock *rw_lock);
void g_rw_lock_writer_lock(GRWLock *rw_lock);
gboolean g_rw_lock_writer_trylock(GRWLock *rw_lock);
void g_rw_lock_writer_unlock(GRWLock *rw_lock);
void g_thread_join(...), g_cond_wait(...), g_cond_wait_until(...), g_async_queue_pop(...),
    g_spawn_sync(...), g_spawn_command_line_sync(...), g_file_get_contents(...),
    g_file_set_contents(...), g_file_set_contents_full(...), g_file_test(...), g_file_open_tmp(...),
    g_file_read_link(...), g_mkdir_with_parents(...), g_mkdtemp(...), g_mkstemp(...),
    g_dir_make_tmp(...), g_dir_open(...), g_key_file_load_from_file(...),
    g_key_file_save_to_file(...), g_main_loop_run(...);
}
