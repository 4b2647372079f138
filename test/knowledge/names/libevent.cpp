// Every name of libevent.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=libevent.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of libevent.yaml are proven

//--- use.cpp
#include <event2/bufferevent.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/event_compat.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <event2/util.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(evutil_getaddrinfo, evdns_getaddrinfo, bufferevent_socket_connect_hostname,
      bufferevent_socket_connect_hostname_hints, evdns_base_resolv_conf_parse,
      evdns_base_load_hosts, event_base_loop, event_base_dispatch, event_loop, event_dispatch,
      event_new, event_assign, event_base_once, bufferevent_setcb, evconnlistener_new_bind,
      evhttp_set_cb, evhttp_set_gencb, evutil_make_socket_nonblocking);
}

//--- event2/util.h
#pragma once
#include <netdb.h>
#define evutil_addrinfo addrinfo
#define evutil_socket_t int
extern "C" {
int evutil_getaddrinfo(const char *node, const char *service, const struct evutil_addrinfo *hints,
                       struct evutil_addrinfo **result);
int evutil_make_socket_nonblocking(evutil_socket_t socket);
}
//--- event2/dns.h
#pragma once
#include <event2/util.h>
extern "C" {
struct evdns_base;
struct evdns_getaddrinfo_request;
typedef void (*evdns_getaddrinfo_cb)(int result, struct evutil_addrinfo *found, void *arg);
struct evdns_getaddrinfo_request *evdns_getaddrinfo(struct evdns_base *base, const char *node,
                                                    const char *service,
                                                    const struct evutil_addrinfo *hints,
                                                    evdns_getaddrinfo_cb done, void *arg);
int evdns_base_resolv_conf_parse(struct evdns_base *base, int flags, const char *const file);
int evdns_base_load_hosts(struct evdns_base *base, const char *file);
}
//--- event2/bufferevent.h
#pragma once
#include <event2/util.h>
extern "C" {
struct bufferevent;
struct evdns_base;
typedef void (*bufferevent_data_cb)(struct bufferevent *event, void *arg);
typedef void (*bufferevent_event_cb)(struct bufferevent *event, short what, void *arg);
void bufferevent_setcb(struct bufferevent *event, bufferevent_data_cb read,
                       bufferevent_data_cb write, bufferevent_event_cb happened, void *arg);
int bufferevent_socket_connect_hostname(struct bufferevent *event, struct evdns_base *base,
                                        int family, const char *host, int port);
int bufferevent_socket_connect_hostname_hints(struct bufferevent *event, struct evdns_base *base,
                                              const struct evutil_addrinfo *hints, const char *host,
                                              int port);
}
//--- event2/event.h
#pragma once
#include <event2/util.h>
extern "C" {
struct event;
struct event_base;
struct timeval;
typedef void (*event_callback_fn)(evutil_socket_t socket, short events, void *arg);
struct event *event_new(struct event_base *base, evutil_socket_t socket, short events,
                        event_callback_fn callback, void *arg);
int event_assign(struct event *event, struct event_base *base, evutil_socket_t socket, short events,
                 event_callback_fn callback, void *arg);
int event_base_once(struct event_base *base, evutil_socket_t socket, short events,
                    event_callback_fn callback, void *arg, const struct timeval *timeout);
int event_base_dispatch(struct event_base *base);
int event_base_loop(struct event_base *base, int flags);
}
//--- event2/listener.h
#pragma once
#include <event2/event.h>
extern "C" {
struct sockaddr;
struct evconnlistener;
typedef void (*evconnlistener_cb)(struct evconnlistener *listener, evutil_socket_t socket,
                                  struct sockaddr *address, int length, void *arg);
struct evconnlistener *evconnlistener_new_bind(struct event_base *base, evconnlistener_cb callback,
                                               void *arg, unsigned flags, int backlog,
                                               const struct sockaddr *address, int length);
}
//--- event2/http.h
#pragma once
#include <event2/util.h>
extern "C" {
struct evhttp;
struct evhttp_request;
int evhttp_set_cb(struct evhttp *server, const char *path,
                  void (*callback)(struct evhttp_request *request, void *arg), void *arg);
void evhttp_set_gencb(struct evhttp *server,
                      void (*callback)(struct evhttp_request *request, void *arg), void *arg);
}
//--- event2/event_compat.h
#pragma once
extern "C" {
int event_dispatch(void);
int event_loop(int flags);
}
