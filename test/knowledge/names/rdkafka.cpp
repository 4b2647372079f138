// Every name of rdkafka.yaml, looked up on declarations of the library's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=rdkafka.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of rdkafka.yaml are proven

//--- use.cpp
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafkacpp.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(rd_kafka_poll, rd_kafka_consumer_poll, rd_kafka_consume_queue, rd_kafka_consume_batch_queue,
      rd_kafka_consume_callback_queue, rd_kafka_queue_poll, rd_kafka_queue_poll_callback,
      rd_kafka_consume, rd_kafka_consume_batch, rd_kafka_consume_callback, rd_kafka_produce,
      rd_kafka_flush, rd_kafka_commit, rd_kafka_commit_message, rd_kafka_offsets_for_times,
      rd_kafka_committed, rd_kafka_seek_partitions, rd_kafka_seek, rd_kafka_list_groups,
      rd_kafka_metadata, rd_kafka_query_watermark_offsets, rd_kafka_clusterid,
      rd_kafka_controllerid, rd_kafka_init_transactions, rd_kafka_commit_transaction,
      rd_kafka_abort_transaction, rd_kafka_send_offsets_to_transaction, rd_kafka_consumer_close,
      rd_kafka_destroy, rd_kafka_wait_destroyed);
}
void proof(RdKafka::Producer &p, RdKafka::KafkaConsumer &k, RdKafka::Consumer &c, RdKafka::Queue &q,
           RdKafka::Topic *t) {
  p.poll(1);
  p.metadata(true, t, nullptr, 1);
  p.query_watermark_offsets("x", 0, nullptr, nullptr, 1);
  p.offsetsForTimes(1, 1);
  p.clusterid(1);
  p.controllerid(1);
  p.produce(t, 0, RdKafka::Producer::RK_MSG_BLOCK, nullptr, 0, nullptr, nullptr);
  p.flush(1);
  p.init_transactions(1);
  p.send_offsets_to_transaction(1, nullptr, 1);
  p.commit_transaction(1);
  p.abort_transaction(1);
  k.consume(1);
  k.commitSync();
  k.committed(1, 1);
  k.seek(1, 1);
  k.close();
  c.consume(t, 0, 1);
  c.consume(&q, 1);
  c.consume_callback(t, 0, 1, nullptr, nullptr);
  c.consume_callback(&q, 1, nullptr, nullptr);
  c.seek(t, 0, 0, 1);
  q.consume(1);
  q.poll(1);
  RdKafka::wait_destroyed(1);
}

//--- librdkafka/rdkafka.h
#pragma once
#include <stddef.h>
#include <stdint.h>
typedef struct rd_kafka_s rd_kafka_t;
typedef struct rd_kafka_topic_s rd_kafka_topic_t;
typedef struct rd_kafka_queue_s rd_kafka_queue_t;
typedef struct rd_kafka_message_s rd_kafka_message_t;
typedef struct rd_kafka_topic_partition_list_s rd_kafka_topic_partition_list_t;
struct rd_kafka_metadata;
struct rd_kafka_group_list;
extern "C" {
int rd_kafka_poll(rd_kafka_t *k, int timeout);
rd_kafka_message_t *rd_kafka_consumer_poll(rd_kafka_t *k, int timeout);
rd_kafka_message_t *rd_kafka_consume_queue(rd_kafka_queue_t *q, int timeout);
ptrdiff_t rd_kafka_consume_batch_queue(rd_kafka_queue_t *q, int timeout, rd_kafka_message_t **to,
                                       size_t size);
int rd_kafka_consume_callback_queue(rd_kafka_queue_t *q, int timeout,
                                    void (*f)(rd_kafka_message_t *, void *), void *arg);
void *rd_kafka_queue_poll(rd_kafka_queue_t *q, int timeout);
int rd_kafka_queue_poll_callback(rd_kafka_queue_t *q, int timeout);
rd_kafka_message_t *rd_kafka_consume(rd_kafka_topic_t *t, int32_t partition, int timeout);
ptrdiff_t rd_kafka_consume_batch(rd_kafka_topic_t *t, int32_t partition, int timeout,
                                 rd_kafka_message_t **to, size_t size);
int rd_kafka_consume_callback(rd_kafka_topic_t *t, int32_t partition, int timeout,
                              void (*f)(rd_kafka_message_t *, void *), void *arg);
int rd_kafka_produce(rd_kafka_topic_t *t, int32_t partition, int flags, void *payload, size_t size,
                     const void *key, size_t key_size, void *arg);
int rd_kafka_flush(rd_kafka_t *k, int timeout);
int rd_kafka_commit(rd_kafka_t *k, const rd_kafka_topic_partition_list_t *offsets, int async);
int rd_kafka_commit_message(rd_kafka_t *k, const rd_kafka_message_t *message, int async);
int rd_kafka_offsets_for_times(rd_kafka_t *k, rd_kafka_topic_partition_list_t *offsets,
                               int timeout);
int rd_kafka_committed(rd_kafka_t *k, rd_kafka_topic_partition_list_t *offsets, int timeout);
void *rd_kafka_seek_partitions(rd_kafka_t *k, rd_kafka_topic_partition_list_t *offsets,
                               int timeout);
int rd_kafka_seek(rd_kafka_topic_t *t, int32_t partition, int64_t offset, int timeout);
int rd_kafka_list_groups(rd_kafka_t *k, const char *group,
                         const struct rd_kafka_group_list **groups, int timeout);
int rd_kafka_metadata(rd_kafka_t *k, int all, rd_kafka_topic_t *t,
                      const struct rd_kafka_metadata **data, int timeout);
int rd_kafka_query_watermark_offsets(rd_kafka_t *k, const char *topic, int32_t partition,
                                     int64_t *low, int64_t *high, int timeout);
char *rd_kafka_clusterid(rd_kafka_t *k, int timeout);
int32_t rd_kafka_controllerid(rd_kafka_t *k, int timeout);
int rd_kafka_wait_destroyed(int timeout);
void rd_kafka_init_transactions(...), rd_kafka_commit_transaction(...),
    rd_kafka_abort_transaction(...), rd_kafka_send_offsets_to_transaction(...),
    rd_kafka_consumer_close(...), rd_kafka_destroy(...);
}
//--- librdkafka/rdkafkacpp.h
#pragma once
namespace RdKafka {
class Topic;
class Message;
class Metadata;
class ConsumeCb;
int wait_destroyed(int timeout);
class Handle {
public:
  virtual int poll(int timeout) = 0;
  virtual int metadata(bool all, const Topic *t, Metadata **data, int timeout) = 0;
  virtual int query_watermark_offsets(const char *topic, int partition, long *low, long *high,
                                      int timeout) = 0;
  virtual int offsetsForTimes(int offsets, int timeout) = 0;
  virtual int clusterid(int timeout) = 0;
  virtual int controllerid(int timeout) = 0;
};
class Queue {
public:
  virtual Message *consume(int timeout) = 0;
  virtual int poll(int timeout) = 0;
};
class KafkaConsumer : public virtual Handle {
public:
  virtual Message *consume(int timeout) = 0;
  virtual int commitSync() = 0;
  virtual int committed(int partitions, int timeout) = 0;
  virtual int seek(int partition, int timeout) = 0;
  virtual int close() = 0;
  virtual void *close(Queue *q) = 0;
};
class Consumer : public virtual Handle {
public:
  virtual int seek(Topic *t, int partition, long offset, int timeout) = 0;
  virtual Message *consume(Topic *t, int partition, int timeout) = 0;
  virtual Message *consume(Queue *q, int timeout) = 0;
  virtual int consume_callback(Topic *t, int partition, int timeout, ConsumeCb *f, void *arg) = 0;
  virtual int consume_callback(Queue *q, int timeout, ConsumeCb *f, void *arg) = 0;
};
class Producer : public virtual Handle {
public:
  enum { RK_MSG_FREE = 1, RK_MSG_COPY = 2, RK_MSG_BLOCK = 4 };
  virtual int produce(Topic *t, int partition, int flags, void *payload, unsigned long size,
                      const char *key, void *arg) = 0;
  virtual int flush(int timeout) = 0;
  virtual void *init_transactions(int timeout) = 0;
  virtual void *send_offsets_to_transaction(int offsets, const void *group, int timeout) = 0;
  virtual void *commit_transaction(int timeout) = 0;
  virtual void *abort_transaction(int timeout) = 0;
};
} // namespace RdKafka
