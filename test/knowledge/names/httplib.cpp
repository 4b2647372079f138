// Every name of httplib.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=httplib.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of httplib.yaml are proven

//--- use.cpp
#include <httplib.h>

void plain(httplib::Client &c) {
  c.Get("/");
  c.Head("/");
  c.Post("/");
  c.Put("/");
  c.Patch("/");
  c.Delete("/");
  c.Options("/");
  c.send("/");
  c.open_stream("/");
}

void secure(httplib::SSLClient &c) {
  c.Get("/");
  c.Head("/");
  c.Post("/");
  c.Put("/");
  c.Patch("/");
  c.Delete("/");
  c.Options("/");
  c.send("/");
  c.open_stream("/");
}

void sockets(httplib::ws::WebSocketClient &c, httplib::ws::WebSocket &s, int &message) {
  c.connect();
  c.read(message);
  s.read(message);
}

void servers(httplib::Server &s) {
  s.listen("x", 80);
  s.listen_after_bind();
  s.wait_until_ready();
}

//--- httplib.h
#pragma once
namespace httplib {
class Result {};
class ClientImpl {
public:
  Result Get(const char *path);
  Result Head(const char *path);
  Result Post(const char *path);
  Result Put(const char *path);
  Result Patch(const char *path);
  Result Delete(const char *path);
  Result Options(const char *path);
  bool send(const char *path);
  int open_stream(const char *path);
};
class SSLClient final : public ClientImpl {};
class Client {
public:
  Result Get(const char *path);
  Result Head(const char *path);
  Result Post(const char *path);
  Result Put(const char *path);
  Result Patch(const char *path);
  Result Delete(const char *path);
  Result Options(const char *path);
  bool send(const char *path);
  int open_stream(const char *path);
};
class Server {
public:
  bool listen(const char *host, int port, int flags = 0);
  bool listen_after_bind();
  void wait_until_ready() const;
};
namespace ws {
class WebSocket {
public:
  int read(int &message);
};
class WebSocketClient {
public:
  int connect();
  int read(int &message);
};
} // namespace ws
} // namespace httplib
