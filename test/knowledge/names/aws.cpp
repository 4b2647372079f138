// Every name of aws.yaml, looked up on declarations of the library's shape, written after its
// headers; the classes of requests and outcomes are left out.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=aws.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of aws.yaml are proven

//--- use.cpp
#include <aws/s3/S3Client.h>
#include <aws/sqs/SQSClient.h>

void objects(Aws::S3::S3Client &c) {
  c.GetObject(1);
  c.PutObject(1);
  c.HeadObject(1);
  c.DeleteObject(1);
  c.DeleteObjects(1);
  c.ListObjectsV2(1);
  c.UploadPart(1);
  c.CreateMultipartUpload(1);
  c.CompleteMultipartUpload(1);
}

void messages(Aws::SQS::SQSClient &c) {
  c.ReceiveMessage(1);
  c.SendMessage(1);
  c.SendMessageBatch(1);
  c.DeleteMessage(1);
  c.DeleteMessageBatch(1);
  c.ChangeMessageVisibilityBatch(1);
  c.CreateQueue(1);
  c.DeleteQueue(1);
  c.GetQueueAttributes(1);
  c.GetQueueUrl(1);
  c.ListDeadLetterSourceQueues(1);
  c.ListQueueTags(1);
  c.ListQueues(1);
  c.PurgeQueue(1);
  c.RemovePermission(1);
  c.SetQueueAttributes(1);
  c.TagQueue(1);
  c.UntagQueue(1);
}

//--- aws/s3/S3Client.h
#pragma once
namespace Aws {
namespace S3 {
class S3Client {
public:
  virtual int GetObject(const int &request) const;
  virtual int PutObject(const int &request) const;
  virtual int HeadObject(const int &request) const;
  virtual int DeleteObject(const int &request) const;
  virtual int DeleteObjects(const int &request) const;
  virtual int ListObjectsV2(const int &request) const;
  virtual int UploadPart(const int &request) const;
  virtual int CreateMultipartUpload(const int &request) const;
  virtual int CompleteMultipartUpload(const int &request) const;
};
} // namespace S3
} // namespace Aws
//--- aws/sqs/SQSClient.h
#pragma once
namespace Aws {
namespace SQS {
class SQSClient {
public:
  virtual int ReceiveMessage(const int &request) const;
  virtual int SendMessage(const int &request) const;
  virtual int SendMessageBatch(const int &request) const;
  virtual int DeleteMessage(const int &request) const;
  virtual int DeleteMessageBatch(const int &request) const;
  virtual int ChangeMessageVisibilityBatch(const int &request) const;
  virtual int CreateQueue(const int &request) const;
  virtual int DeleteQueue(const int &request) const;
  virtual int GetQueueAttributes(const int &request) const;
  virtual int GetQueueUrl(const int &request) const;
  virtual int ListDeadLetterSourceQueues(const int &request) const;
  virtual int ListQueueTags(const int &request) const;
  virtual int ListQueues(const int &request) const;
  virtual int PurgeQueue(const int &request) const;
  virtual int RemovePermission(const int &request) const;
  virtual int SetQueueAttributes(const int &request) const;
  virtual int TagQueue(const int &request) const;
  virtual int UntagQueue(const int &request) const;
};
} // namespace SQS
} // namespace Aws
