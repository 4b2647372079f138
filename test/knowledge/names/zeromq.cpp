// Every name of zeromq.yaml, looked up on declarations of the libraries' shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=zeromq.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of zeromq.yaml are proven

//--- use.cpp
#include <azmq/socket.hpp>
#include <zmq.h>
#include <zmq.hpp>
#include <zmq_addon.hpp>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(zmq_recv, zmq_msg_recv, zmq_recvmsg, zmq_poll, zmq_ppoll, zmq_poller_wait,
      zmq_poller_wait_all, zmq_ctx_term, zmq_ctx_destroy, zmq_term, zmq_sleep, zmq_threadclose,
      zmq_proxy, zmq_proxy_steerable, zmq_device, zmq_threadstart);
}
void sockets(zmq::socket_t &s, zmq::socket_ref r, zmq::message_t &m, zmq_pollitem_t *items,
             zmq::poller_t<> &p, zmq::monitor_t &monitor) {
  s.recv(m);
  r.recv(m);
  zmq::poll(items, 1, 1);
  zmq::poll(*items, 1);
  p.wait();
  p.wait_all(*items, 1);
  monitor.check_event(1);
  monitor.monitor(s, "x");
  zmq::context_t context;
  context.close();
  zmq::proxy(r, r);
  zmq::proxy_steerable(r, r, r, r);
}
void more(zmq::socket_t &s, zmq::multipart_t &m, zmq::active_poller_t &p, int *out) {
  zmq::recv_multipart(s, out);
  zmq::recv_multipart_n(s, out, 1);
  m.recv(s);
  zmq::multipart_t made(s);
  p.wait(1);
}
void boost(azmq::socket &s, int &message) {
  s.receive(message);
  s.receive_more(message, 0);
}

//--- azmq/socket.hpp
#pragma once
namespace azmq {
inline namespace v1 {
class socket {
public:
  unsigned long receive(int &message, int flags = 0);
  unsigned long receive_more(int &messages, int flags);
};
} // namespace v1
} // namespace azmq
//--- zmq.h
#pragma once
#include <stddef.h>
struct zmq_msg_t;
struct zmq_pollitem_t;
struct zmq_poller_event_t;
#define ZMQ_DONTWAIT 1
extern "C" {
int zmq_recv(void *socket, void *to, size_t size, int flags);
int zmq_msg_recv(zmq_msg_t *message, void *socket, int flags);
int zmq_recvmsg(void *socket, zmq_msg_t *message, int flags);
int zmq_poll(zmq_pollitem_t *items, int count, long timeout);
int zmq_ppoll(zmq_pollitem_t *items, int count, long timeout, const void *mask);
int zmq_poller_wait(void *poller, zmq_poller_event_t *event, long timeout);
int zmq_poller_wait_all(void *poller, zmq_poller_event_t *events, int count, long timeout);
void zmq_sleep(int seconds);
void *zmq_threadstart(void (*f)(void *), void *arg);
void zmq_ctx_term(...), zmq_ctx_destroy(...), zmq_term(...), zmq_threadclose(...), zmq_proxy(...),
    zmq_proxy_steerable(...), zmq_device(...);
}
//--- zmq.hpp
#pragma once
#include <zmq.h>
namespace zmq {
class message_t {};
enum class recv_flags : int { none = 0, dontwait = ZMQ_DONTWAIT };
namespace detail {
class socket_base {
public:
  size_t recv(void *to, size_t size, int flags = 0);
  bool recv(message_t *message, int flags = 0);
  int recv(message_t &message, recv_flags flags = recv_flags::none);
};
} // namespace detail
class socket_ref : public detail::socket_base {};
class socket_t : public detail::socket_base {
public:
  operator socket_ref();
};
inline int poll(zmq_pollitem_t *items, size_t count, long timeout = -1);
inline int poll(const zmq_pollitem_t &items, long timeout = -1);
class context_t {
public:
  ~context_t();
  void close();
};
inline void proxy(socket_ref front, socket_ref back, socket_ref capture = {});
inline void proxy_steerable(socket_ref front, socket_ref back, socket_ref capture,
                            socket_ref control);
class monitor_t {
public:
  virtual ~monitor_t();
  void monitor(socket_t &socket, const char *address, int events = 0);
  bool check_event(int timeout = 0);
};
struct no_user_data;
template <typename T = no_user_data> class poller_t {
public:
  int wait(long timeout = -1);
  template <typename Events> size_t wait_all(Events &events, const long timeout);
};
} // namespace zmq
//--- zmq_addon.hpp
#pragma once
#include <zmq.hpp>
namespace zmq {
template <class Out> int recv_multipart(socket_ref s, Out out, recv_flags flags = {});
template <class Out> int recv_multipart_n(socket_ref s, Out out, size_t n, recv_flags flags = {});
class multipart_t {
public:
  multipart_t(socket_ref socket);
  bool recv(socket_ref socket, int flags = 0);
};
class active_poller_t {
public:
  size_t wait(long timeout);
};
} // namespace zmq
