//===- fetcher.cpp - Fetches URLs, so many at a time ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   fetcher [--at-once N] [--timeout MILLISECONDS] URL...
//
// Prints the status and the size of each, in the order of the arguments, or how it failed. Exit: 0;
// 1 if one failed; 2 for wrong use.
//
// It shows how a library with a loop interface of its own is put on aio's: libcurl says which
// descriptors and which time it waits for, and is called when they are ready.
//
//===----------------------------------------------------------------------===//

#include <aio/gather.hpp>
#include <aio/net.hpp>
#include <aio/run.hpp>
#include <aio/spawn.hpp>
#include <aio/sync.hpp>
#include <aio/task_group.hpp>
#include <aio/time.hpp>

#include <curl/curl.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

struct response {
  long status = 0;
  std::string body;
};

/// Transfers through libcurl's multi interface, all on the loop of the coroutine that made it.
class http_client {
public:
  http_client() : multi_(curl_multi_init()) {
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, wants_socket);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, wants_time);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
  }
  http_client(const http_client &) = delete;
  http_client &operator=(const http_client &) = delete;
  ~http_client() {
    multi_.reset(); // it lets go of its sockets
    stop(alarm_);
  }

  /// Fetches \p url. When it is cancelled, the transfer is given up.
  aio::task<response> get(std::string url) {
    transfer now(*this);
    curl_easy_setopt(now.easy.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(now.easy.get(), CURLOPT_PRIVATE, &now);
    curl_easy_setopt(now.easy.get(), CURLOPT_WRITEFUNCTION, received);
    curl_easy_setopt(now.easy.get(), CURLOPT_WRITEDATA, &now.answer.body);
    curl_easy_setopt(now.easy.get(), CURLOPT_NOSIGNAL, 1L);
    curl_multi_add_handle(multi_.get(), now.easy.get());
    co_await now.done.wait();
    if (now.status != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(now.status));
    curl_easy_getinfo(now.easy.get(), CURLINFO_RESPONSE_CODE, &now.answer.status);
    co_return std::move(now.answer);
  }

private:
  struct clean_up {
    void operator()(CURL *easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct clean_up_multi {
    void operator()(CURLM *multi) const noexcept { curl_multi_cleanup(multi); }
  };

  struct transfer {
    explicit transfer(http_client &of) : client(of) {}
    ~transfer() { curl_multi_remove_handle(client.multi_.get(), easy.get()); }
    http_client &client;
    std::unique_ptr<CURL, clean_up> easy{curl_easy_init()};
    aio::event done;
    CURLcode status = CURLE_OK;
    response answer;
  };

  using background = std::optional<aio::join_handle<void>>;

  static void stop(background &coroutine) {
    if (auto running = std::exchange(coroutine, std::nullopt)) {
      running->cancel();
      std::move(*running).detach();
    }
  }

  static std::size_t received(char *bytes, std::size_t, std::size_t count, void *to) {
    static_cast<std::string *>(to)->append(bytes, count);
    return count;
  }

  /// libcurl waits for something else on a descriptor now, or for nothing any more.
  static int wants_socket(CURL *, curl_socket_t fd, int what, void *self, void *) {
    auto &client = *static_cast<http_client *>(self);
    stop(client.watching_[fd]);
    if (what == CURL_POLL_REMOVE) {
      client.watching_.erase(fd);
      client.watches_.erase(fd); // before libcurl closes it
      return 0;
    }
    aio::descriptor_watch &watch = client.watches_.try_emplace(fd, fd).first->second;
    const auto needed = what == CURL_POLL_IN    ? aio::readiness::read
                        : what == CURL_POLL_OUT ? aio::readiness::write
                                                : aio::readiness::both;
    client.watching_[fd].emplace(aio::spawn(client.watch(watch, fd, needed)));
    return 0;
  }

  static int wants_time(CURLM *, long milliseconds, void *self) {
    auto &client = *static_cast<http_client *>(self);
    stop(client.alarm_);
    if (milliseconds >= 0)
      client.alarm_.emplace(aio::spawn(client.wake(milliseconds * 1ms)));
    return 0;
  }

  aio::task<> watch(aio::descriptor_watch &watch, curl_socket_t fd, aio::readiness needed) {
    while (!aio::cancel_requested()) { // libcurl may have done so: `watch` is gone then
      const aio::readiness ready = co_await watch.ready(needed);
      const bool read = (ready & aio::readiness::read) != aio::readiness::none;
      const bool write = (ready & aio::readiness::write) != aio::readiness::none;
      proceed(fd, (read ? CURL_CSELECT_IN : 0) | (write ? CURL_CSELECT_OUT : 0));
    }
  }

  aio::task<> wake(std::chrono::milliseconds time) {
    co_await aio::sleep_for(time);
    proceed(CURL_SOCKET_TIMEOUT, 0);
  }

  void proceed(curl_socket_t fd, int ready) {
    int running = 0;
    curl_multi_socket_action(multi_.get(), fd, ready, &running);
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(multi_.get(), &left)) {
      transfer *ended = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &ended);
      ended->status = message->data.result;
      ended->done.set();
    }
  }

  std::unique_ptr<CURLM, clean_up_multi> multi_;
  std::map<curl_socket_t, aio::descriptor_watch> watches_;
  std::map<curl_socket_t, background> watching_;
  background alarm_;
};

struct settings {
  std::size_t at_once = 4;
  std::chrono::milliseconds timeout = 10s;
  std::vector<std::string> urls;
};

aio::task<response> fetch(http_client &client, aio::semaphore &places, std::string url,
                          std::chrono::milliseconds timeout) {
  const auto place = co_await places.acquire(); // the time counts from here on
  co_return co_await aio::with_timeout(timeout, client.get(std::move(url)));
}

aio::task<int> fetch_all(settings wanted) {
  http_client client;
  aio::semaphore places(wanted.at_once);
  std::vector<std::optional<response>> responses(wanted.urls.size());
  std::vector<std::string> errors(wanted.urls.size());
  co_await aio::with_task_group([&](aio::task_group &group) -> aio::task<> {
    for (std::size_t i = 0; i != wanted.urls.size(); ++i)
      group.spawn(
          [](auto &c, auto &p, auto url, auto timeout, auto &answer, auto &error) -> aio::task<> {
            try {
              answer = co_await fetch(c, p, url, timeout);
            } catch (const std::exception &thrown) {
              error = thrown.what();
            }
          }(client, places, wanted.urls[i], wanted.timeout, responses[i], errors[i]));
    co_return; // the group waits for all of them
  });

  int exit = 0;
  for (std::size_t i = 0; i != wanted.urls.size(); ++i) {
    if (responses[i]) {
      std::printf("%ld %6zu bytes %s\n", responses[i]->status, responses[i]->body.size(),
                  wanted.urls[i].c_str());
    } else {
      std::printf("failed: %s: %s\n", errors[i].c_str(), wanted.urls[i].c_str());
      exit = 1;
    }
  }
  co_return exit;
}

int main(int argc, char **argv) {
  settings wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--at-once" && i + 1 < argc)
      wanted.at_once = std::strtoul(argv[++i], nullptr, 10);
    else if (argument == "--timeout" && i + 1 < argc)
      wanted.timeout = std::atoi(argv[++i]) * 1ms;
    else
      wanted.urls.push_back(argument);
  }
  if (wanted.urls.empty() || wanted.at_once == 0 || wanted.timeout <= 0ms) {
    std::fprintf(stderr, "usage: %s [--at-once N] [--timeout MILLISECONDS] URL...\n", argv[0]);
    return 2;
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  int exit = 1;
  try {
    exit = aio::run(fetch_all(std::move(wanted)));
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  curl_global_cleanup();
  return exit;
}
