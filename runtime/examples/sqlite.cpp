//===- sqlite.cpp - Queries of a database, off the loop -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/run.hpp>
#include <aio/sync.hpp>
#include <aio/thread.hpp>
#include <aio/time.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

/// A database whose queries run on workers, one at a time: SQLite waits for the disk and for locks.
class database {
public:
  using row = std::vector<std::string>;

  static aio::task<database> open(std::string path) {
    sqlite3 *opened = nullptr;
    const int status = co_await aio::to_thread([&] { return sqlite3_open(path.c_str(), &opened); });
    database result(opened); // also after a failure, when it is closed
    if (status != SQLITE_OK)
      throw std::runtime_error("open '" + path + "': " + sqlite3_errmsg(opened));
    co_return result;
  }

  aio::task<std::vector<row>> query(std::string sql) {
    // The lock is an aio::mutex: who waits for it suspends, and it may be held across suspensions.
    const auto turn = co_await one_at_a_time_->lock();
    co_return co_await aio::to_thread([&] { return run(sql); });
  }

private:
  struct closer {
    void operator()(sqlite3 *opened) const noexcept { sqlite3_close(opened); }
  };
  explicit database(sqlite3 *opened) : opened_(opened) {}

  std::vector<row> run(const std::string &sql) {
    std::vector<row> rows;
    const auto add = [](void *to, int count, char **values, char **) {
      row &added = static_cast<std::vector<row> *>(to)->emplace_back();
      for (int i = 0; i != count; ++i)
        added.emplace_back(values[i] ? values[i] : "NULL");
      return 0;
    };
    if (sqlite3_exec(opened_.get(), sql.c_str(), add, &rows, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(opened_.get()));
    return rows;
  }

  std::unique_ptr<sqlite3, closer> opened_;
  std::unique_ptr<aio::mutex> one_at_a_time_ = std::make_unique<aio::mutex>();
};

aio::task<> ask(database &library, std::string sql) {
  for (const auto &row : co_await library.query(sql)) {
    for (const std::string &value : row)
      std::printf("%s\t", value.c_str());
    std::printf("\n");
  }
}

aio::task<> use_database() {
  database library = co_await database::open(":memory:");
  co_await library.query("create table books (title, year)");
  co_await library.query("insert into books values ('The Art of Computer Programming', 1968),"
                         " ('Communicating Sequential Processes', 1985), ('A Discipline', 1976)");
  co_await aio::gather(
      ask(library, "select count(*), min(year) from books"),
      ask(library, "select title, year from books where year > 1970 order by year"));
  try {
    co_await library.query("select * from shelves");
  } catch (const std::runtime_error &error) {
    std::puts(error.what());
  }
}

int main() {
  aio::run(use_database());
}
