//===- descriptor.cpp - A descriptor that the loop watches ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------------------------===//

#include "descriptor.hpp"

#include "stream.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace aio::detail {

namespace {

constexpr bool has(readiness set, readiness any_of) noexcept {
  return (set & any_of) != readiness::none;
}

/// What is shared on this thread: libuv allows one watch of a descriptor.
using watches = std::map<std::pair<const uv_loop_t *, int>, descriptor *>;
watches &shared_watches() {
  static thread_local watches all;
  return all;
}

} // namespace

scheduler &require_loop(const char *asked) {
  scheduler &here = require_scheduler(asked);
  if (running) // and not a callback of the loop
    require_running(asked);
  return here;
}

//===- The watch ----------------------------------------------------------===//

descriptor_ptr descriptor::make(scheduler &loop, int fd, bool owned, std::string name) {
  auto &on = uv_scheduler::of(loop);
  auto *const made = new descriptor(on, fd, owned, std::move(name));
  if (const int status = uv_poll_init(on.native(), &made->uv_, fd)) {
    const std::string doing = "watch " + made->name_;
    delete made;
    throw_uv(status, doing);
  }
  made->uv_.data = made;
  uv_unref(reinterpret_cast<uv_handle_t *>(&made->uv_));
  return descriptor_ptr(made);
}

descriptor_ptr descriptor::own(scheduler &loop, int fd, std::string name) {
  try {
    return make(loop, fd, true, std::move(name));
  } catch (...) {
    ::close(fd);
    throw;
  }
}

descriptor_ptr descriptor::bound(scheduler &loop, int fd) {
  sockaddr_storage found;
  socklen_t size = sizeof found;
  socket_address at;
  if (::getsockname(fd, reinterpret_cast<sockaddr *>(&found), &size) == 0)
    at = socket_address::from_native(reinterpret_cast<sockaddr *>(&found), size);
  auto result = own(loop, fd, at.to_string());
  result->local = at;
  return result;
}

const socket_address &bound_at(const descriptor_ptr &socket) {
  if (!socket)
    throw std::logic_error("local_address: there is no socket; it was moved from");
  return socket->local;
}

descriptor_ptr descriptor::share(scheduler &loop, int fd) {
  const auto watched = std::pair<const uv_loop_t *, int>(uv_scheduler::of(loop).native(), fd);
  if (const auto found = shared_watches().find(watched); found != shared_watches().end()) {
    ++found->second->owners_;
    return descriptor_ptr(found->second);
  }
  auto made = make(loop, fd, false, "descriptor " + std::to_string(fd));
  shared_watches().emplace(watched, made.get());
  return made;
}

void close_descriptor::operator()(descriptor *closed) const noexcept {
  if (--closed->owners_ != 0)
    return;
  closed->close();
  closed->release();
}

void descriptor::close() noexcept {
  if (std::exchange(closed_, true))
    return;
  // The loop may be gone, though it should not be.
  if (scheduler *const here = scheduler::current())
    uv_scheduler::of(*here).touched();
  if (!owned_)
    shared_watches().erase({uv_.loop, fd_});
  uv_close(reinterpret_cast<uv_handle_t *>(&uv_),
           [](uv_handle_t *handle) { static_cast<descriptor *>(handle->data)->release(); });
  if (owned_) {
    remove_file();
    ::close(fd_);
  }
  while (descriptor_operation *const waiter = reader_ ? reader_ : writer_) {
    forget(*waiter);
    waiter->status_ = UV_ECANCELED;
    waiter->complete();
  }
}

void descriptor::remove_file() const noexcept {
  struct stat found;
  const std::string path = file.number != 0 ? local.host() : std::string();
  if (!path.empty() && ::lstat(path.c_str(), &found) == 0 && found.st_dev == file.device &&
      found.st_ino == file.number)
    ::unlink(path.c_str());
}

void descriptor::watch_for(readiness directions) noexcept {
  watched_ = directions;
  if (directions == readiness::none) {
    uv_poll_stop(&uv_);
    return;
  }
  const int events = (has(directions, readiness::read) ? UV_READABLE : 0) |
                     (has(directions, readiness::write) ? UV_WRITABLE : 0);
  uv_poll_start(&uv_, events, [](uv_poll_t *handle, int status, int happened) {
    static_cast<descriptor *>(handle->data)->polled(status, happened);
  });
}

void descriptor::polled(int status, int events) noexcept {
  // An error, after which libuv no longer watches: whatever is tried next tells which.
  const bool stopped = status < 0;
  const auto now = stopped ? readiness::both
                           : ((events & UV_READABLE) ? readiness::read : readiness::none) |
                                 ((events & UV_WRITABLE) ? readiness::write : readiness::none);
  const bool in_vain =
      (has(now, readiness::read) && !reader_) || (has(now, readiness::write) && !writer_);
  if (reader_ && reader_ == writer_) {
    try_again(*reader_, now);
  } else {
    if (reader_ && has(now, readiness::read))
      try_again(*reader_, readiness::read);
    if (writer_ && has(now, readiness::write))
      try_again(*writer_, readiness::write);
  }
  if (in_vain || stopped)
    watch_for((reader_ ? readiness::read : readiness::none) |
              (writer_ ? readiness::write : readiness::none));
}

void descriptor::try_again(descriptor_operation &waiter, readiness now) noexcept {
  if (!waiter.attempt(now))
    return;
  loop_.touched();
  forget(waiter);
  waiter.complete();
}

void descriptor::forget(const descriptor_operation &waiter) noexcept {
  if (reader_ == &waiter)
    reader_ = nullptr;
  if (writer_ == &waiter)
    writer_ = nullptr;
}

//===- Who waits ----------------------------------------------------------===//

bool descriptor_operation::start() {
  if (!on_)
    throw std::logic_error(std::string(what()) +
                           ": there is nothing to wait on; it was moved from");
  return on_->begin(*this);
}

bool descriptor::begin(descriptor_operation &waiter) {
  const readiness needed = waiter.needed_;
  if (closed_)
    waiter.throw_closed();
  if (needed == readiness::none)
    throw std::logic_error(std::string(waiter.what()) + ": nothing to wait for was given");
  if ((has(needed, readiness::read) && reader_) || (has(needed, readiness::write) && writer_))
    throw std::logic_error(std::string(waiter.what()) + ": another coroutine waits on " + name_ +
                           ", and one at a time may");
  if (waiter.attempt(readiness::none)) {
    loop_.touched();
    if (!turn_is_due())
      return false;
    waiter.waits_ = true;
    ++references_; // the descriptor may be closed before the waiter has its turn
    waiter.complete();
    return true;
  }
  if ((watched_ & needed) != needed)
    watch_for(watched_ | needed);
  if (has(needed, readiness::read))
    reader_ = &waiter;
  if (has(needed, readiness::write))
    writer_ = &waiter;
  waiter.waits_ = true;
  ++references_;
  return true;
}

void descriptor_operation::leave() noexcept {
  on_->forget(*this);
  on_->release();
}

void descriptor_operation::on_cancel() noexcept {
  on_->forget(*this);
  complete_cancelled();
}

int descriptor_operation::fd() const noexcept {
  return on_->fd();
}

void descriptor_operation::throw_closed() const {
  throw std::system_error(std::make_error_code(std::errc::operation_canceled),
                          std::string(what()) + ": " + on_->name() + " was closed");
}

void descriptor_operation::fail() const {
  rethrow_cancelled();
  if (status_ == UV_ECANCELED)
    throw_closed();
  throw_uv(static_cast<int>(status_), std::string(what()) + " " + detail());
}

std::string descriptor_operation::detail() const {
  return "on " + on_->name();
}

} // namespace aio::detail
