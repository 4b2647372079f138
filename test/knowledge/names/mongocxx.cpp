// Every name of mongocxx.yaml, looked up on declarations of the driver's shape, written after its
// headers; OLDER is the inline namespace of versions before 3.10.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t -DOLDER > %t.older
// RUN: corolint-knowledge-dump --missing=mongocxx.yaml %t.answers %t.older | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of mongocxx.yaml are proven

//--- use.cpp
#include <mongocxx/bulk_write.hpp>
#include <mongocxx/change_stream.hpp>
#include <mongocxx/client.hpp>
#include <mongocxx/client_session.hpp>
#include <mongocxx/collection.hpp>
#include <mongocxx/cursor.hpp>
#include <mongocxx/database.hpp>
#include <mongocxx/gridfs/bucket.hpp>
#include <mongocxx/gridfs/downloader.hpp>
#include <mongocxx/gridfs/uploader.hpp>
#include <mongocxx/index_view.hpp>
#include <mongocxx/pool.hpp>
#include <mongocxx/search_index_view.hpp>

void proof(mongocxx::client &x) {
  x.list_database_names();
  x.watch();
}

void proof(mongocxx::pool &x) {
  x.acquire();
}

void proof(mongocxx::client_session &x) {
  x.commit_transaction();
  x.abort_transaction();
  x.with_transaction(1);
}

void proof(mongocxx::database &x) {
  x.run_command(1);
  x.has_collection(1);
  x.create_collection(1);
  x.drop();
  x.list_collection_names();
  x.watch();
}

void proof(mongocxx::collection &x) {
  x.bulk_write(1);
  x.count_documents(1);
  x.create_index(1);
  x.delete_many(1);
  x.delete_one(1);
  x.distinct(1);
  x.drop();
  x.estimated_document_count();
  x.find_one(1);
  x.find_one_and_delete(1);
  x.find_one_and_replace(1);
  x.find_one_and_update(1);
  x.insert_many(1);
  x.insert_one(1);
  x.rename(1);
  x.replace_one(1);
  x.update_many(1);
  x.update_one(1);
  x.watch();
  x.write(1);
}

void proof(mongocxx::cursor &x) {
  auto i = x.begin();
  ++i;
}

void proof(mongocxx::change_stream &x) {
  auto i = x.begin();
  ++i;
}

void proof(mongocxx::bulk_write &x) {
  x.execute();
}

void proof(mongocxx::index_view &x) {
  x.create_many(1);
  x.create_one(1);
  x.drop_all();
  x.drop_one(1);
}

void proof(mongocxx::search_index_view &x) {
  x.create_many(1);
  x.create_one(1);
  x.drop_one(1);
  x.update_one(1);
}

void proof(mongocxx::gridfs::bucket &x) {
  x.delete_file(1);
  x.download_to_stream(1);
  x.open_download_stream(1);
  x.upload_from_stream(1);
  x.upload_from_stream_with_id(1);
}

void proof(mongocxx::gridfs::downloader &x) {
  x.read(1);
}

void proof(mongocxx::gridfs::uploader &x) {
  x.write(1);
  x.close();
  x.abort();
}

//--- mongocxx/config/version.hpp
#pragma once
#ifdef OLDER
#define SPELLED inline
#else
#define SPELLED
#endif
//--- mongocxx/client.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class client {
  public:
    int list_database_names();
    int watch();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::client;
#endif
} // namespace mongocxx
//--- mongocxx/pool.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class pool {
  public:
    int acquire();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::pool;
#endif
} // namespace mongocxx
//--- mongocxx/client_session.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class client_session {
  public:
    int commit_transaction();
    int abort_transaction();
    int with_transaction(int);
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::client_session;
#endif
} // namespace mongocxx
//--- mongocxx/database.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class database {
  public:
    int run_command(int);
    int has_collection(int);
    int create_collection(int);
    int drop();
    int list_collection_names();
    int watch();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::database;
#endif
} // namespace mongocxx
//--- mongocxx/collection.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class collection {
  public:
    int bulk_write(int);
    int count_documents(int);
    int create_index(int);
    int delete_many(int);
    int delete_one(int);
    int distinct(int);
    int drop();
    int estimated_document_count();
    int find_one(int);
    int find_one_and_delete(int);
    int find_one_and_replace(int);
    int find_one_and_update(int);
    int insert_many(int);
    int insert_one(int);
    int rename(int);
    int replace_one(int);
    int update_many(int);
    int update_one(int);
    int watch();
    int write(int);
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::collection;
#endif
} // namespace mongocxx
//--- mongocxx/cursor.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class cursor {
  public:
    class iterator {
    public:
      iterator &operator++();
    };
    iterator begin();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::cursor;
#endif
} // namespace mongocxx
//--- mongocxx/change_stream.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class change_stream {
  public:
    class iterator {
    public:
      iterator &operator++();
    };
    iterator begin();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::change_stream;
#endif
} // namespace mongocxx
//--- mongocxx/bulk_write.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class bulk_write {
  public:
    int execute();
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::bulk_write;
#endif
} // namespace mongocxx
//--- mongocxx/index_view.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class index_view {
  public:
    int create_many(int);
    int create_one(int);
    int drop_all();
    int drop_one(int);
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::index_view;
#endif
} // namespace mongocxx
//--- mongocxx/search_index_view.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  class search_index_view {
  public:
    int create_many(int);
    int create_one(int);
    int drop_one(int);
    int update_one(int);
  };
} // namespace v_noabi
#ifndef OLDER
using v_noabi::search_index_view;
#endif
} // namespace mongocxx
//--- mongocxx/gridfs/bucket.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  namespace gridfs {
  class bucket {
  public:
    int delete_file(int);
    int download_to_stream(int);
    int open_download_stream(int);
    int upload_from_stream(int);
    int upload_from_stream_with_id(int);
  };
  } // namespace gridfs
} // namespace v_noabi
#ifndef OLDER
namespace gridfs {
using v_noabi::gridfs::bucket;
} // namespace gridfs
#endif
} // namespace mongocxx
//--- mongocxx/gridfs/downloader.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  namespace gridfs {
  class downloader {
  public:
    int read(int);
  };
  } // namespace gridfs
} // namespace v_noabi
#ifndef OLDER
namespace gridfs {
using v_noabi::gridfs::downloader;
} // namespace gridfs
#endif
} // namespace mongocxx
//--- mongocxx/gridfs/uploader.hpp
#pragma once
#include <mongocxx/config/version.hpp>
namespace mongocxx {
SPELLED namespace v_noabi {
  namespace gridfs {
  class uploader {
  public:
    int write(int);
    int close();
    int abort();
  };
  } // namespace gridfs
} // namespace v_noabi
#ifndef OLDER
namespace gridfs {
using v_noabi::gridfs::uploader;
} // namespace gridfs
#endif
} // namespace mongocxx
