// Every name of poco.yaml, looked up on declarations of the library's shape, written after its
// headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=poco.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of poco.yaml are proven

//--- use.cpp
#include <Poco/ActiveResult.h>
#include <Poco/ActiveThreadPool.h>
#include <Poco/Activity.h>
#include <Poco/Condition.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Event.h>
#include <Poco/File.h>
#include <Poco/MongoDB/Connection.h>
#include <Poco/Mutex.h>
#include <Poco/NamedEvent.h>
#include <Poco/NamedMutex.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/DatagramSocket.h>
#include <Poco/Net/FTPClientSession.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPStreamFactory.h>
#include <Poco/Net/ICMPClient.h>
#include <Poco/Net/POP3ClientSession.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketReactor.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/NotificationQueue.h>
#include <Poco/Pipe.h>
#include <Poco/Process.h>
#include <Poco/RWLock.h>
#include <Poco/Redis/Client.h>
#include <Poco/ScopedLock.h>
#include <Poco/Semaphore.h>
#include <Poco/TaskManager.h>
#include <Poco/Thread.h>
#include <Poco/ThreadPool.h>
#include <Poco/TimedNotificationQueue.h>

void work(void *);

void threads(Poco::Thread &t, Poco::Event &e, Poco::Semaphore &s, Poco::Condition &c,
             Poco::FastMutex &f, Poco::Mutex &m, Poco::RWLock &l, Poco::ThreadPool p,
             Poco::ActiveThreadPool &ap, Poco::TaskManager &tm, Poco::ActiveResult<int> &r,
             Poco::Activity<int> &a, Poco::NotificationQueue &q, Poco::TimedNotificationQueue &tq) {
  Poco::Thread::sleep(1);
  Poco::Thread::trySleep(1);
  t.start(work);
  t.startFunc(work);
  t.join();
  t.tryJoin(1);
  e.wait();
  e.tryWait(1);
  s.wait();
  s.tryWait(1);
  c.wait(f);
  c.tryWait(f, 1);
  f.lock();
  m.lock();
  l.readLock();
  l.writeLock();
  p.joinAll();
  p.stopAll();
  ap.joinAll();
  tm.joinAll();
  r.wait();
  r.tryWait(1);
  a.wait();
  q.waitDequeueNotification();
  tq.waitDequeueNotification();
}

void mutexes(Poco::Mutex &m, Poco::FastMutex &f, Poco::SpinlockMutex &s, Poco::RWLock &l) {
  m.tryLock();
  m.unlock();
  f.tryLock();
  f.unlock();
  s.lock();
  s.tryLock();
  s.unlock();
  l.tryReadLock();
  l.tryWriteLock();
  l.unlock();
  Poco::Mutex::ScopedLock one(m);
  Poco::FastMutex::ScopedLockWithUnlock two(f);
  Poco::ScopedRWLock three(l, true);
  Poco::RWLock::ScopedReadLock four(l);
  Poco::RWLock::ScopedWriteLock five(l);
}

void processes(Poco::ProcessHandle &h, Poco::Pipe &p, Poco::NamedMutex &m, Poco::NamedEvent &e,
               char *to) {
  Poco::Process::wait(h);
  h.wait();
  p.readBytes(to, 1);
  m.lock();
  e.wait();
}

void files(Poco::File &f, int n) {
  f.exists();
  f.canRead();
  f.canWrite();
  f.canExecute();
  f.isFile();
  f.isLink();
  f.isDirectory();
  f.isDevice();
  f.created();
  f.getLastModified();
  f.setLastModified(1);
  f.getSize();
  f.setSize(1);
  f.setWriteable();
  f.setReadOnly();
  f.setExecutable();
  f.copyTo("x");
  f.moveTo("x");
  f.renameTo("x");
  f.linkTo("x");
  f.remove();
  f.createFile();
  f.createDirectory();
  f.createDirectories();
  f.list(n);
  f.totalSpace();
  f.usableSpace();
  f.freeSpace();
}

void sockets(Poco::Net::StreamSocket &s, Poco::Net::DatagramSocket &d, Poco::Net::ServerSocket &a,
             Poco::Net::SecureStreamSocket &ssl, Poco::Net::WebSocket &w, char *p, int n) {
  Poco::Net::DNS::hostByName("x");
  Poco::Net::DNS::hostByAddress("x");
  Poco::Net::DNS::resolve("x");
  Poco::Net::DNS::resolveOne("x");
  Poco::Net::DNS::thisHost();
  s.connect(1);
  s.receiveBytes(p, 1);
  s.sendBytes(p, 1);
  d.receiveBytes(p, 1);
  d.receiveFrom(p, 1, n);
  a.acceptConnection();
  ssl.completeHandshake();
  w.sendFrame(p, 1);
  w.receiveFrame(p, 1, n);
}

void sessions(Poco::Net::HTTPClientSession &h, Poco::Net::HTTPStreamFactory &hs,
              Poco::Net::SMTPClientSession &s, Poco::Net::POP3ClientSession &p,
              Poco::Net::FTPClientSession &f, Poco::Net::ICMPClient &i, Poco::Net::SocketReactor &r,
              int n) {
  h.sendRequest(n);
  h.receiveResponse(n);
  h.peekResponse(n);
  hs.open("x");
  s.open();
  s.login();
  s.sendMessage(1);
  s.close();
  p.login(1, 2);
  p.close();
  f.open(1, 2);
  f.login(1, 2);
  f.close();
  i.ping("x");
  r.run();
}

void databases(Poco::Data::Session &s, Poco::Data::Statement &t, Poco::Data::SessionPool &p,
               Poco::Redis::Client &r, Poco::MongoDB::Connection &m, int n) {
  s.open();
  s.reconnect();
  s.begin();
  s.commit();
  s.rollback();
  t.execute();
  t, Poco::Data::Keywords::now;
  t.wait();
  p.get();
  r.connect("x");
  r.execute<int>(1);
  r.sendCommand(1);
  r.sendCommands(1);
  r.readReply();
  m.connect("x");
  m.sendRequest(n);
}

//--- Poco/ActiveResult.h
#pragma once
namespace Poco {
template <class Result> class ActiveResult {
public:
  void wait();
  bool tryWait(long time);
};
} // namespace Poco
//--- Poco/ActiveThreadPool.h
#pragma once
namespace Poco {
class ActiveThreadPool {
public:
  void joinAll();
};
} // namespace Poco
//--- Poco/Activity.h
#pragma once
namespace Poco {
template <class Owner> class Activity {
public:
  void wait();
};
} // namespace Poco
//--- Poco/Condition.h
#pragma once
namespace Poco {
class Condition {
public:
  template <class Mutex> void wait(Mutex &mutex);
  template <class Mutex> bool tryWait(Mutex &mutex, long time);
};
} // namespace Poco
//--- Poco/Data/Session.h
#pragma once
namespace Poco {
namespace Data {
class Session {
public:
  void open(const char *connect = "");
  void reconnect();
  void begin();
  void commit();
  void rollback();
};
} // namespace Data
} // namespace Poco
//--- Poco/Data/SessionPool.h
#pragma once
namespace Poco {
namespace Data {
class SessionPool {
public:
  int get();
};
} // namespace Data
} // namespace Poco
//--- Poco/Data/Statement.h
#pragma once
namespace Poco {
namespace Data {
class Statement {
public:
  using Manipulator = void (*)(Statement &);
  Statement &operator,(Manipulator f);
  unsigned long execute(bool reset = true);
  unsigned long wait(long time = -1);
};
namespace Keywords {
inline void now(Statement &s) {}
} // namespace Keywords
} // namespace Data
} // namespace Poco
//--- Poco/Event.h
#pragma once
namespace Poco {
class Event {
public:
  void wait();
  void wait(long time);
  bool tryWait(long time);
};
} // namespace Poco
//--- Poco/File.h
#pragma once
namespace Poco {
class FileImpl {};
class File : private FileImpl {
public:
  int exists();
  int canRead();
  int canWrite();
  int canExecute();
  int isFile();
  int isLink();
  int isDirectory();
  int isDevice();
  int created();
  int getLastModified();
  int setLastModified(long time);
  int getSize();
  int setSize(long size);
  int setWriteable();
  int setReadOnly();
  int setExecutable();
  int copyTo(const char *path);
  int moveTo(const char *path);
  int renameTo(const char *path);
  int linkTo(const char *path);
  int remove();
  int createFile();
  int createDirectory();
  int createDirectories();
  int list(int &files);
  int totalSpace();
  int usableSpace();
  int freeSpace();
};
} // namespace Poco
//--- Poco/MongoDB/Connection.h
#pragma once
namespace Poco {
namespace MongoDB {
class Connection {
public:
  void connect(const char *host);
  void sendRequest(int &request);
};
} // namespace MongoDB
} // namespace Poco
//--- Poco/Mutex.h
#pragma once
#include <Poco/ScopedLock.h>
namespace Poco {
class Mutex {
public:
  using ScopedLock = Poco::ScopedLock<Mutex>;
  using ScopedLockWithUnlock = Poco::ScopedLockWithUnlock<Mutex>;
  void lock();
  bool tryLock();
  void unlock();
};
class FastMutex {
public:
  using ScopedLock = Poco::ScopedLock<FastMutex>;
  using ScopedLockWithUnlock = Poco::ScopedLockWithUnlock<FastMutex>;
  void lock();
  bool tryLock();
  void unlock();
};
class SpinlockMutex {
public:
  void lock();
  bool tryLock();
  void unlock();
};
} // namespace Poco
//--- Poco/NamedEvent.h
#pragma once
namespace Poco {
class NamedEvent {
public:
  void wait();
};
} // namespace Poco
//--- Poco/NamedMutex.h
#pragma once
namespace Poco {
class NamedMutex {
public:
  void lock();
};
} // namespace Poco
//--- Poco/Net/DNS.h
#pragma once
namespace Poco {
namespace Net {
class DNS {
public:
  static int hostByName(const char *name);
  static int hostByAddress(const char *name);
  static int resolve(const char *name);
  static int resolveOne(const char *name);
  static int thisHost();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/DatagramSocket.h
#pragma once
#include <Poco/Net/Socket.h>
namespace Poco {
namespace Net {
class DatagramSocket : public Socket {
public:
  int receiveBytes(void *to, int size, int flags = 0);
  int receiveFrom(void *to, int size, int &address, int flags = 0);
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/FTPClientSession.h
#pragma once
namespace Poco {
namespace Net {
class FTPClientSession {
public:
  virtual void open(int host, int port);
  virtual void login(int user, int password);
  void close();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/HTTPClientSession.h
#pragma once
namespace Poco {
namespace Net {
class HTTPSession {};
class HTTPClientSession : public HTTPSession {
public:
  virtual int &sendRequest(int &request);
  virtual int &receiveResponse(int &response);
  virtual bool peekResponse(int &response);
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/HTTPStreamFactory.h
#pragma once
namespace Poco {
namespace Net {
class HTTPStreamFactory {
public:
  virtual void *open(const char *uri);
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/ICMPClient.h
#pragma once
namespace Poco {
namespace Net {
class ICMPClient {
public:
  int ping(const char *address, int repeat = 1) const;
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/POP3ClientSession.h
#pragma once
namespace Poco {
namespace Net {
class POP3ClientSession {
public:
  void login(int user, int password);
  void close();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/SMTPClientSession.h
#pragma once
namespace Poco {
namespace Net {
class SMTPClientSession {
public:
  void login();
  void open();
  void close();
  void sendMessage(int message);
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/SecureStreamSocket.h
#pragma once
#include <Poco/Net/StreamSocket.h>
namespace Poco {
namespace Net {
class SecureStreamSocket : public StreamSocket {
public:
  int completeHandshake();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/ServerSocket.h
#pragma once
#include <Poco/Net/Socket.h>
namespace Poco {
namespace Net {
class ServerSocket : public Socket {
public:
  virtual int acceptConnection();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/Socket.h
#pragma once
namespace Poco {
namespace Net {
class Socket {
public:
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/SocketReactor.h
#pragma once
namespace Poco {
namespace Net {
class SocketReactor {
public:
  virtual void run();
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/StreamSocket.h
#pragma once
#include <Poco/Net/Socket.h>
namespace Poco {
namespace Net {
class StreamSocket : public Socket {
public:
  void connect(int address);
  int receiveBytes(void *to, int size, int flags = 0);
  int sendBytes(const void *from, int size, int flags = 0);
};
} // namespace Net
} // namespace Poco
//--- Poco/Net/WebSocket.h
#pragma once
#include <Poco/Net/StreamSocket.h>
namespace Poco {
namespace Net {
class WebSocket : public StreamSocket {
public:
  int sendFrame(const void *from, int size, int flags = 0);
  int receiveFrame(void *to, int size, int &flags);
};
} // namespace Net
} // namespace Poco
//--- Poco/NotificationQueue.h
#pragma once
namespace Poco {
class NotificationQueue {
public:
  void *waitDequeueNotification();
};
} // namespace Poco
//--- Poco/Pipe.h
#pragma once
namespace Poco {
class Pipe {
public:
  int readBytes(void *to, int size);
};
} // namespace Poco
//--- Poco/Process.h
#pragma once
namespace Poco {
class ProcessHandle {
public:
  int wait() const;
};
class Process {
public:
  static int wait(const ProcessHandle &handle);
};
} // namespace Poco
//--- Poco/RWLock.h
#pragma once
namespace Poco {
class ScopedReadRWLock;
class ScopedWriteRWLock;
class RWLock {
public:
  using ScopedReadLock = ScopedReadRWLock;
  using ScopedWriteLock = ScopedWriteRWLock;
  void readLock();
  bool tryReadLock();
  void writeLock();
  bool tryWriteLock();
  void unlock();
};
class ScopedRWLock {
public:
  ScopedRWLock(RWLock &rwl, bool write = false);
  ~ScopedRWLock();
};
class ScopedReadRWLock : public ScopedRWLock {
public:
  ScopedReadRWLock(RWLock &rwl);
  ~ScopedReadRWLock();
};
class ScopedWriteRWLock : public ScopedRWLock {
public:
  ScopedWriteRWLock(RWLock &rwl);
  ~ScopedWriteRWLock();
};
} // namespace Poco
//--- Poco/Redis/Client.h
#pragma once
namespace Poco {
namespace Redis {
class Client {
public:
  void connect(const char *host);
  template <typename T> T execute(int command);
  int sendCommand(int command);
  int sendCommands(int commands);
  int readReply();
};
} // namespace Redis
} // namespace Poco
//--- Poco/ScopedLock.h
#pragma once
namespace Poco {
template <class M> class ScopedLock {
public:
  explicit ScopedLock(M &mutex);
  ~ScopedLock();
};
template <class M> class ScopedLockWithUnlock {
public:
  explicit ScopedLockWithUnlock(M &mutex);
  ~ScopedLockWithUnlock();
  void unlock();
};
} // namespace Poco
//--- Poco/Semaphore.h
#pragma once
namespace Poco {
class Semaphore {
public:
  void wait();
  void wait(long time);
  bool tryWait(long time);
};
} // namespace Poco
//--- Poco/TaskManager.h
#pragma once
namespace Poco {
class TaskManager {
public:
  void joinAll();
};
} // namespace Poco
//--- Poco/Thread.h
#pragma once
namespace Poco {
class Thread {
public:
  using Callable = void (*)(void *);
  void start(Callable target, void *data = nullptr);
  template <class Functor> void startFunc(const Functor &f);
  void join();
  void join(long time);
  bool tryJoin(long time);
  static bool trySleep(long time);
  static void sleep(long time);
};
} // namespace Poco
//--- Poco/ThreadPool.h
#pragma once
namespace Poco {
class ThreadPool {
public:
  virtual ~ThreadPool();
  void stopAll();
  void joinAll();
};
} // namespace Poco
//--- Poco/TimedNotificationQueue.h
#pragma once
namespace Poco {
class TimedNotificationQueue {
public:
  void *waitDequeueNotification();
};
} // namespace Poco
