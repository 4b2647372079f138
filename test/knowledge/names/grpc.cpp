// Every name of grpc.yaml, looked up on declarations of the library's shape: it is not installed
// here, so what follows is written after its headers.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=grpc.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of grpc.yaml are proven

//--- use.cpp
#include <grpcpp/grpcpp.h>
#include <memory>

void call(grpc::ChannelInterface *channel) {
  int answer;
  grpc::internal::BlockingUnaryCall(channel, 1, &answer);
  grpc::internal::BlockingUnaryCallImpl<int, int> call(channel, 1, &answer);
}

void streams(std::unique_ptr<grpc::ClientReader<int>> reader,
             std::unique_ptr<grpc::ClientWriter<int>> writer,
             std::unique_ptr<grpc::ClientReaderWriter<int, int>> both) {
  int message;
  reader->WaitForInitialMetadata();
  reader->Read(&message);
  reader->Finish();
  writer->Write(message);
  writer->WriteLast(message, 1);
  writer->WritesDone();
  both->WaitForInitialMetadata();
  both->WritesDone();
}

void waits(grpc::Channel &channel, grpc::ServerCompletionQueue &queue, grpc::Server &server) {
  void *tag;
  bool ok;
  channel.WaitForStateChange(1, 1);
  channel.WaitForConnected(1);
  queue.Next(&tag, &ok);
  queue.AsyncNext(&tag, &ok, 1);
  server.Wait();
  server.Shutdown();
}

//--- grpcpp/grpcpp.h
#pragma once
namespace grpc {
class ChannelInterface {
public:
  template <typename T> bool WaitForStateChange(int last_observed, T deadline);
  template <typename T> bool WaitForConnected(T deadline);
};
class Channel final : public ChannelInterface {};
class CompletionQueue {
public:
  bool Next(void **tag, bool *ok);
  template <typename T> int AsyncNext(void **tag, bool *ok, const T &deadline);
};
class ServerCompletionQueue : public CompletionQueue {};
class ServerInterface {
public:
  template <class T> void Shutdown(const T &deadline);
  void Shutdown();
  virtual void Wait() = 0;
};
class Server : public ServerInterface {
public:
  void Wait() override;
};

namespace internal {
template <class InputMessage, class OutputMessage> class BlockingUnaryCallImpl {
public:
  BlockingUnaryCallImpl(ChannelInterface *channel, const InputMessage &request,
                        OutputMessage *result);
};
template <class InputMessage, class OutputMessage>
int BlockingUnaryCall(ChannelInterface *channel, const InputMessage &request,
                      OutputMessage *result);

class ClientStreamingInterface {
public:
  virtual int Finish() = 0;
};
template <class R> class ReaderInterface {
public:
  virtual bool Read(R *msg) = 0;
};
template <class W> class WriterInterface {
public:
  virtual bool Write(const W &msg, int options) = 0;
  inline bool Write(const W &msg) { return Write(msg, 0); }
  void WriteLast(const W &msg, int options);
};
} // namespace internal

template <class R>
class ClientReaderInterface : public internal::ClientStreamingInterface,
                              public internal::ReaderInterface<R> {
public:
  virtual void WaitForInitialMetadata() = 0;
};
template <class R> class ClientReader final : public ClientReaderInterface<R> {
public:
  void WaitForInitialMetadata() override;
  bool Read(R *msg) override;
  int Finish() override;
};
template <class W>
class ClientWriterInterface : public internal::ClientStreamingInterface,
                              public internal::WriterInterface<W> {
public:
  virtual bool WritesDone() = 0;
};
template <class W> class ClientWriter : public ClientWriterInterface<W> {
public:
  using internal::WriterInterface<W>::Write;
  bool Write(const W &msg, int options) override;
  bool WritesDone() override;
  int Finish() override;
};
template <class W, class R>
class ClientReaderWriterInterface : public internal::ClientStreamingInterface,
                                    public internal::WriterInterface<W>,
                                    public internal::ReaderInterface<R> {
public:
  virtual void WaitForInitialMetadata() = 0;
  virtual bool WritesDone() = 0;
};
template <class W, class R>
class ClientReaderWriter final : public ClientReaderWriterInterface<W, R> {
public:
  using internal::WriterInterface<W>::Write;
  void WaitForInitialMetadata() override;
  bool Read(R *msg) override;
  bool Write(const W &msg, int options) override;
  bool WritesDone() override;
  int Finish() override;
};
} // namespace grpc
