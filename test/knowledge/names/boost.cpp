// Every name of boost.yaml, looked up on what Boost's headers declare.
// REQUIRES: boost
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w -DBOOST_THREAD_VERSION=4 \
// RUN:   -DTHREADS_ALONE > %t.newer
// RUN: corolint-knowledge-dump --missing=boost.yaml %t %t.newer | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of boost.yaml are proven

#ifndef THREADS_ALONE
#include <boost/atomic.hpp>
#include <boost/circular_buffer.hpp>
#include <boost/container/deque.hpp>
#include <boost/container/devector.hpp>
#include <boost/container/flat_map.hpp>
#include <boost/container/flat_set.hpp>
#include <boost/container/list.hpp>
#include <boost/container/map.hpp>
#include <boost/container/set.hpp>
#include <boost/container/slist.hpp>
#include <boost/container/stable_vector.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/container/static_vector.hpp>
#include <boost/container/string.hpp>
#include <boost/container/vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <boost/unordered_map.hpp>
#include <boost/unordered_set.hpp>
#include <boost/fiber/all.hpp>
#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/sync/file_lock.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/interprocess_upgradable_mutex.hpp>
#include <boost/interprocess/sync/named_condition.hpp>
#include <boost/interprocess/sync/named_mutex.hpp>
#include <boost/interprocess/sync/named_semaphore.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <boost/interprocess/sync/sharable_lock.hpp>
#include <boost/interprocess/sync/upgradable_lock.hpp>
#include <boost/intrusive/avl_set.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/sg_set.hpp>
#include <boost/intrusive/slist.hpp>
#include <boost/intrusive/splay_set.hpp>
#include <boost/intrusive/treap_set.hpp>
#include <boost/intrusive/unordered_set.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index_container.hpp>
#include <boost/nowide/fstream.hpp>
#include <boost/process.hpp>
#include <boost/process/v2.hpp>
#endif
#include <boost/thread.hpp>
#include <boost/thread/barrier.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/latch.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/strict_lock.hpp>
#if __has_include(<boost/unordered/unordered_node_map.hpp>)
#include <boost/unordered/unordered_node_map.hpp>
#include <boost/unordered/unordered_node_set.hpp>
#else
// These came with 1.82: this is the shape of them.
namespace boost {
namespace unordered {
template <typename Key, typename T> class unordered_node_map {};
template <typename Key> class unordered_node_set {};
} // namespace unordered
using unordered::unordered_node_map;
using unordered::unordered_node_set;
} // namespace boost
#endif
#if __has_include(<boost/scope/scope_fail.hpp>)
#include <boost/scope/scope_fail.hpp>
#include <boost/scope/scope_success.hpp>
#else
// Boost.Scope came with 1.85: this is the shape of its classes.
namespace boost::scope {
class exception_checker {};
template <typename Func, typename Cond = exception_checker> class scope_fail {
public:
  explicit scope_fail(Func func, bool active = true) {}
  ~scope_fail() {}
};
template <typename Func, typename Cond = exception_checker> class scope_success {
public:
  explicit scope_success(Func func, bool active = true) {}
  ~scope_success() {}
};
} // namespace boost::scope
#endif

using boost::chrono::seconds;
using boost::posix_time::ptime;
const boost::chrono::steady_clock::time_point when;
const boost::posix_time::seconds second(1);

int work();

#if BOOST_THREAD_VERSION >= 3
template <typename T> using future = boost::future<T>;
#else
template <typename T> using future = boost::unique_future<T>;
#endif

void sleeps() {
  boost::this_thread::sleep_for(seconds(1));
  boost::this_thread::sleep_until(when);
  boost::this_thread::no_interruption_point::sleep_for(seconds(1));
  boost::this_thread::no_interruption_point::sleep_until(when);
#ifdef BOOST_THREAD_USES_DATETIME
  boost::this_thread::sleep(second);
  boost::this_thread::no_interruption_point::sleep(second);
  boost::thread::sleep(boost::get_system_time());
#endif
}

void threads(boost::thread &t, boost::thread_group &g) {
  boost::thread made(work);
  t.join();
#ifdef BOOST_THREAD_USES_DATETIME
  t.timed_join(second);
#endif
  t.try_join_for(seconds(1));
  t.try_join_until(when);
  boost::scoped_thread<> scoped((boost::thread()));
  scoped.join();
  boost::strict_scoped_thread<> strict((boost::thread()));
  g.create_thread(work);
  g.join_all();
}

void futures(future<int> &f, boost::shared_future<int> &s) {
  f.get();
  s.get();
  f.wait();
  f.wait_for(seconds(1));
  f.wait_until(when);
#ifdef BOOST_THREAD_USES_DATETIME
  f.timed_wait(second);
  f.timed_wait_until(boost::get_system_time());
#endif
  boost::async(boost::launch::async, work);
}

template <typename Condition> void condition(Condition &c) {
  boost::mutex m;
  boost::unique_lock<boost::mutex> l(m);
  c.wait(l);
  c.wait_for(l, seconds(1));
  c.wait_until(l, when);
#ifdef BOOST_THREAD_USES_DATETIME
  c.timed_wait(l, second);
#endif
}

void waits(boost::condition_variable &c, boost::condition_variable_any &a, boost::barrier &b,
           boost::latch &l) {
  condition(c);
  condition(a);
  b.wait();
  b.count_down_and_wait();
  l.wait();
  l.count_down_and_wait();
  l.wait_for(seconds(1));
  l.wait_until(when);
}

#ifndef THREADS_ALONE
void containers(boost::container::vector<int> v, boost::container::small_vector<int, 2> sv,
                boost::container::static_vector<int, 2> stv, boost::container::string s,
                boost::container::flat_map<int, int> fm, boost::container::flat_set<int> fs,
                boost::container::deque<int> d, boost::unordered_map<int, int> um,
                boost::unordered_set<int> us, boost::container::map<int, int> m,
                boost::container::set<int> set, boost::container::list<int> l,
                boost::container::flat_multimap<int, int> fmm,
                boost::container::flat_multiset<int> fms, boost::container::devector<int> dv,
                boost::unordered_flat_map<int, int> ufm, boost::unordered_flat_set<int> ufs,
                boost::unordered_multimap<int, int> umm, boost::unordered_multiset<int> ums,
                boost::unordered_node_map<int, int> unm, boost::unordered_node_set<int> uns,
                boost::container::multimap<int, int> mm, boost::container::multiset<int> ms,
                boost::container::slist<int> sl, boost::container::stable_vector<int> stable) {}
#endif

void locks(boost::mutex &m, boost::timed_mutex &t, boost::recursive_mutex &r,
           boost::recursive_timed_mutex &rt, boost::shared_mutex &s) {
  m.lock();
  m.try_lock();
  m.unlock();
  t.lock();
  t.try_lock();
  t.try_lock_for(seconds(1));
  t.try_lock_until(when);
  t.unlock();
  r.lock();
  r.try_lock();
  r.unlock();
  rt.lock();
  rt.try_lock();
  rt.try_lock_for(seconds(1));
  rt.try_lock_until(when);
  rt.unlock();
  s.lock();
  s.try_lock();
  s.try_lock_for(seconds(1));
  s.try_lock_until(when);
  s.unlock();
  s.lock_shared();
  s.try_lock_shared();
  s.try_lock_shared_for(seconds(1));
  s.try_lock_shared_until(when);
  s.unlock_shared();
  s.lock_upgrade();
  s.try_lock_upgrade();
  s.try_lock_upgrade_for(seconds(1));
  s.try_lock_upgrade_until(when);
  s.unlock_upgrade();
#ifdef BOOST_THREAD_USES_DATETIME
  t.timed_lock(second);
  rt.timed_lock(second);
  s.timed_lock(second);
  s.timed_lock_shared(second);
  s.timed_lock_upgrade(second);
#endif
}

void guards(boost::lock_guard<boost::mutex> &g, boost::unique_lock<boost::mutex> &u,
            boost::shared_lock<boost::shared_mutex> &s,
            boost::shared_lock_guard<boost::shared_mutex> &sg,
            boost::upgrade_lock<boost::shared_mutex> &up, boost::strict_lock<boost::mutex> &st) {}

void scopes() {
  boost::scope::scope_fail fail([] {});
  boost::scope::scope_success success([] {});
  boost::scope::exception_checker thrown;
}

#ifndef THREADS_ALONE
void fibers(boost::fibers::fiber &f, boost::fibers::future<int> &u,
            boost::fibers::shared_future<int> &s, boost::fibers::condition_variable &c,
            boost::fibers::condition_variable_any &a, boost::fibers::barrier &b,
            boost::fibers::buffered_channel<int> &bc, boost::fibers::unbuffered_channel<int> &uc) {
  const std::chrono::seconds second(1);
  const std::chrono::steady_clock::time_point when;
  boost::fibers::mutex m;
  boost::fibers::timed_mutex timed;
  boost::fibers::recursive_mutex again;
  boost::fibers::recursive_timed_mutex timed_again;
  std::unique_lock<boost::fibers::mutex> l(m);
  int to;
  f.join();
  u.get();
  u.wait();
  s.get();
  c.wait(l);
  c.wait_for(l, second);
  c.wait_until(l, when);
  a.wait(l);
  a.wait_for(l, second);
  a.wait_until(l, when);
  b.wait();
  bc.pop(to);
  bc.value_pop();
  uc.push(1);
  uc.pop(to);
  uc.value_pop();
  boost::this_fiber::sleep_for(second);
  boost::this_fiber::sleep_until(when);
}

namespace ipc = boost::interprocess;

void processes(ipc::named_mutex &m, ipc::named_semaphore &s, ipc::interprocess_semaphore &is,
               ipc::interprocess_condition &c, ipc::named_condition &nc, ipc::file_lock &f,
               ipc::message_queue &q, ipc::interprocess_mutex &im, ptime t) {
  m.lock();
  m.timed_lock(t);
  s.wait();
  s.timed_wait(t);
  is.wait();
  is.timed_wait(t);
  ipc::scoped_lock<ipc::interprocess_mutex> l(im);
  c.wait(l);
  c.timed_wait(l, t);
  ipc::scoped_lock<ipc::named_mutex> n(m);
  nc.wait(n);
  nc.timed_wait(n, t);
  f.lock();
  f.timed_lock(t);
  f.lock_sharable();
  char text[1];
  ipc::message_queue::size_type size;
  unsigned priority;
  q.send(text, 1, 0);
  q.timed_send(text, 1, 0, t);
  q.receive(text, 1, size, priority);
  q.timed_receive(text, 1, size, priority, t);
}

void shared_locks(ipc::sharable_lock<ipc::interprocess_upgradable_mutex> &s,
                  ipc::upgradable_lock<ipc::interprocess_upgradable_mutex> &u) {}

void children(boost::process::child &c, boost::process::group &g, boost::process::v2::process &p) {
  c.wait();
  c.join();
  c.wait_for(std::chrono::seconds(1));
  c.wait_until(std::chrono::steady_clock::now());
  g.wait();
  g.join();
  g.wait_for(std::chrono::seconds(1));
  g.wait_until(std::chrono::steady_clock::now());
  boost::process::system("x");
  p.wait();
  boost::process::v2::execute(std::move(p));
}

namespace fs = boost::filesystem;

void streams(const fs::path &p) {
  fs::ifstream in(p);
  in.open(p);
  fs::ofstream out(p);
  out.open(p);
  fs::fstream both(p);
  both.open(p);
  boost::nowide::ifstream wide_in("x");
  wide_in.open("x");
  boost::nowide::ofstream wide_out("x");
  wide_out.open("x");
  boost::nowide::fstream wide_both("x");
  wide_both.open("x");
}

void files(const fs::path &p) {
  fs::exists(p);
  fs::is_directory(p);
  fs::is_regular_file(p);
  fs::is_symlink(p);
  fs::is_other(p);
  fs::status(p);
  fs::symlink_status(p);
  fs::is_empty(p);
  fs::file_size(p);
  fs::hard_link_count(p);
  fs::last_write_time(p);
  fs::creation_time(p);
  fs::read_symlink(p);
  fs::space(p);
  fs::equivalent(p, p);
  fs::canonical(p);
  fs::weakly_canonical(p);
  fs::relative(p);
  fs::temp_directory_path();
  fs::copy(p, p);
  fs::copy_file(p, p);
  fs::copy_directory(p, p);
  fs::copy_symlink(p, p);
  fs::create_directory(p);
  fs::create_directories(p);
  fs::create_directory_symlink(p, p);
  fs::create_hard_link(p, p);
  fs::create_symlink(p, p);
  fs::permissions(p, fs::all_all);
  fs::remove(p);
  fs::remove_all(p);
  fs::rename(p, p);
  fs::resize_file(p, 1);
  boost::system::error_code error;
  fs::directory_iterator i(p);
  ++i;
  i.increment(error);
  fs::recursive_directory_iterator r(p);
  ++r;
  r.increment(error);
}
#endif // THREADS_ALONE

#ifndef THREADS_ALONE
void atomics(boost::atomic<int> &a, boost::atomic_flag &f, boost::ipc_atomic<int> &ia,
             boost::ipc_atomic_flag &jf, int &i) {
  a.wait(1);
  f.wait(true);
  ia.wait(1);
  jf.wait(true);
  boost::atomic_ref<int>(i).wait(1);
  boost::ipc_atomic_ref<int>(i).wait(1);
}

namespace bi = boost::intrusive;
struct linked : bi::list_base_hook<>, bi::slist_base_hook<>, bi::set_base_hook<>,
                bi::avl_set_base_hook<>, bi::bs_set_base_hook<>, bi::unordered_set_base_hook<> {};
void intrusive(bi::list<linked> &l, bi::slist<linked> &sl, bi::set<linked> &s,
               bi::multiset<linked> &ms, bi::avl_set<linked> &as, bi::avl_multiset<linked> &am,
               bi::splay_set<linked> &ss, bi::splay_multiset<linked> &sm, bi::sg_set<linked> &gs,
               bi::sg_multiset<linked> &gm, bi::treap_set<linked> &ts,
               bi::treap_multiset<linked> &tm, bi::unordered_set<linked> &us,
               bi::unordered_multiset<linked> &um, boost::circular_buffer<int> &cb,
               boost::multi_index_container<
                   int, boost::multi_index::indexed_by<boost::multi_index::sequenced<>>> &mi) {}
#endif
