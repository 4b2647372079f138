//===- resolve.cpp - The addresses of a name ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include <aio/net.hpp>

#include <aio/cancel.hpp>
#include <aio/loop.hpp>

#include <uv.h>

#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace aio {

namespace {

class resolve_category final : public std::error_category {
public:
  const char *name() const noexcept override { return "resolve"; }
  std::string message(int error) const override { return uv_strerror(error); }
  std::error_condition default_error_condition(int error) const noexcept override {
    switch (error) {
    case UV_EAI_AGAIN:
      return std::errc::resource_unavailable_try_again;
    case UV_EAI_MEMORY:
      return std::errc::not_enough_memory;
    default:
      return std::errc::host_unreachable;
    }
  }
};

using address_list = std::unique_ptr<addrinfo, decltype([](addrinfo *of) { uv_freeaddrinfo(of); })>;

/// Waits for a worker that asks the system. Gives an error of libuv's, or 0.
class resolve_operation final : public detail::awaitable_operation<resolve_operation> {
public:
  resolve_operation(const std::string &host, const std::string &service,
                    address_list &found) noexcept
      : awaitable_operation("resolve", true), host_(host), service_(service), found_(found) {}
  resolve_operation(resolve_operation &&) noexcept = default;
  ~resolve_operation() {
    if (asked_)
      asked_->who = nullptr;
  }

  bool start() {
    auto &on = detail::uv_scheduler::of(loop());
    auto made = std::make_unique<request>(request{{}, this, on});
    made->uv.data = made.get();
    status_ = uv_getaddrinfo(on.native(), &made->uv, answered,
                             host_.empty() ? nullptr : host_.c_str(), service_.c_str(), nullptr);
    if (status_ < 0)
      return false;
    asked_ = made.release();
    on.begin_work();
    return true;
  }
  int await_resume() const {
    rethrow_cancelled();
    return status_;
  }

private:
  /// Lives until the answer is there, which nobody may wait for any more.
  struct request {
    uv_getaddrinfo_t uv;
    resolve_operation *who;
    detail::uv_scheduler &loop;
  };

  static void answered(uv_getaddrinfo_t *uv, int status, addrinfo *found) {
    const std::unique_ptr<request> done(static_cast<request *>(uv->data));
    address_list result(found);
    done->loop.end_work();
    if (auto *const who = done->who) {
      who->asked_ = nullptr;
      who->status_ = status;
      who->found_ = std::move(result);
      who->complete();
    }
  }
  void on_cancel() noexcept override {
    asked_->who = nullptr;
    uv_cancel(reinterpret_cast<uv_req_t *>(&asked_->uv)); // if no worker has begun
    asked_ = nullptr;
    complete_cancelled();
  }
  std::string detail() const override { return host_; }

  const std::string &host_;
  const std::string &service_;
  address_list &found_;
  request *asked_ = nullptr;
  int status_ = 0;
};

/// What is written in figures needs no one to be asked.
std::optional<socket_address> in_figures(const std::string &host, const std::string &service) {
  std::uint16_t port = 0;
  const char *const end = service.data() + service.size();
  const auto read = std::from_chars(service.data(), end, port);
  if (read.ec != std::errc() || read.ptr != end)
    return std::nullopt;
  sockaddr_in v4;
  sockaddr_in6 v6;
  if (uv_ip4_addr(host.c_str(), port, &v4) != 0 && uv_ip6_addr(host.c_str(), port, &v6) != 0)
    return std::nullopt;
  return socket_address(host, port);
}

} // namespace

task<std::vector<socket_address>> resolve(std::string host, std::string service) {
  std::vector<socket_address> result;
  if (const auto known = in_figures(host, service)) {
    co_await checkpoint();
    result.push_back(*known);
    co_return result;
  }
  address_list found;
  const int status = co_await resolve_operation(host, service, found);
  if (status < 0) {
    static const resolve_category category;
    const std::string doing = "resolve " + host;
    if (status > UV_EAI_ADDRFAMILY || status < UV_EAI_PROTOCOL)
      detail::throw_uv(status, doing);
    throw std::system_error(status, category, doing);
  }
  // One for each kind of socket, otherwise the same.
  for (const addrinfo *each = found.get(); each; each = each->ai_next) {
    const auto address = socket_address::from_native(each->ai_addr, each->ai_addrlen);
    if (std::find(result.begin(), result.end(), address) == result.end())
      result.push_back(address);
  }
  co_return result;
}

} // namespace aio
