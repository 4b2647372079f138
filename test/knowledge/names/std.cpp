// Every name of std.yaml, looked up on what both standard libraries declare: each has names that the
// other lacks, and together they have all.
// REQUIRES: libc++
// RUN: corolint-knowledge-dump %s -- -std=c++23 -w > %t.libstdc++
// RUN: corolint-knowledge-dump %s -- -std=c++23 -w -stdlib=libc++ -fexperimental-library > %t.libc++
// RUN: corolint-knowledge-dump --missing=std.yaml %t.libstdc++ %t.libc++ | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of std.yaml are proven
//
// What file streams inherit is known under their own names, so a string stream is not mistaken for
// one; and what only computes with paths is not known at all.
// RUN: corolint-knowledge-dump %s -- -std=c++23 -w -DSILENT > %t.silent
// RUN: %FileCheck %s --check-prefix=SILENT --implicit-check-not={{blocks}} < %t.silent
// SILENT: std::basic_istream::get: blocks console-input when object stdin
// SILENT: std::basic_istream::read: blocks console-input when object stdin
// SILENT: std::getline: blocks console-input when {0} stdin
// SILENT: std::getline: blocks file when {0} type std::basic_ifstream
// SILENT: std::getline: blocks file when {0} type std::basic_fstream

#include <algorithm>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <expected>
#include <filesystem>
#include <forward_list>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <istream>
#include <latch>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <unordered_map>
#include <set>
#include <map>
#include <exception>
#include <deque>
#include <numeric>
#include <optional>
#include <ostream>
#include <ranges>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>
#if __cplusplus > 202002L && __has_include(<flat_map>)
#include <flat_map>
#include <flat_set>
#else
// C++23 has these: this is their shape.
namespace std {
template <typename Key, typename T> class flat_map {};
template <typename Key, typename T> class flat_multimap {};
template <typename Key> class flat_set {};
template <typename Key> class flat_multiset {};
} // namespace std
#endif
#if __has_include(<print>)
#include <print>
#endif
#if __has_include(<experimental/scope>)
#include <experimental/scope>
#else
// libstdc++ has these since its version 13, libc++ does not: this is their shape.
namespace std::experimental::inline fundamentals_v3 {
template <typename Ef> class [[nodiscard]] scope_fail {
public:
  explicit scope_fail(Ef f) {}
  ~scope_fail() {}
};
template <typename Ef> class [[nodiscard]] scope_success {
public:
  explicit scope_success(Ef f) {}
  ~scope_success() {}
};
} // namespace std::experimental::inline fundamentals_v3
#endif

using namespace std::chrono_literals;
namespace fs = std::filesystem;

#ifdef SILENT

void strings(std::istringstream &in, std::string &s) {
  in.get();
  in.read(s.data(), 1);
  std::getline(in, s); // known, but on conditions that do not hold here
}
fs::path paths(const fs::path &p) {
  return (p / "x").lexically_normal().parent_path().replace_extension("y");
}

#else

void sleeps(std::chrono::steady_clock::time_point then) {
  std::this_thread::sleep_for(1s);
  std::this_thread::sleep_until(then);
}

void threads(std::chrono::steady_clock::time_point then) {
  std::thread t([] {});
  t.join();
  std::jthread j([] {});
  j.join();
}

void futures(std::chrono::steady_clock::time_point then) {
  std::future<int> f = std::async([] { return 1; });
  f.wait();
  f.wait_for(1s);
  f.wait_until(then);
  std::stop_token stop;
  f.get();
  std::shared_future<int> s;
  s.wait();
  s.wait_for(1s);
  s.wait_until(then);
  s.get();
}

void conditions(std::condition_variable &c, std::condition_variable_any &a,
                std::unique_lock<std::mutex> &l, std::chrono::steady_clock::time_point then) {
  c.wait(l);
  c.wait_for(l, 1s);
  c.wait_until(l, then);
  a.wait(l);
  a.wait_for(l, 1s);
  a.wait_until(l, then);
}

void synchronisers(std::latch &l, std::barrier<> &b, std::counting_semaphore<4> &s,
                   std::chrono::steady_clock::time_point then) {
  l.wait();
  l.arrive_and_wait();
  b.wait(b.arrive());
  b.arrive_and_wait();
  s.acquire();
  s.try_acquire_for(1s);
  s.try_acquire_until(then);
}

void atomics(std::atomic<int> &a, std::atomic_flag &f, int &i) {
  a.wait(1);
  std::atomic_wait(&a, 1);
  std::atomic_wait_explicit(&a, 1, std::memory_order_acquire);
  f.wait(true);
#ifdef _LIBCPP_VERSION
  std::atomic_flag_wait(&f, true);
  std::atomic_flag_wait_explicit(&f, true, std::memory_order_acquire);
#endif
  std::atomic_ref<int>(i).wait(1);
}

void locks(std::chrono::steady_clock::time_point then) {
  std::mutex m, n;
  m.lock();
  m.try_lock();
  m.unlock();
  std::recursive_mutex r;
  r.lock();
  r.try_lock();
  r.unlock();
  std::timed_mutex t;
  t.lock();
  t.try_lock();
  t.try_lock_for(1s);
  t.try_lock_until(then);
  t.unlock();
  std::recursive_timed_mutex rt;
  rt.lock();
  rt.try_lock();
  rt.try_lock_for(1s);
  rt.try_lock_until(then);
  rt.unlock();
  std::shared_mutex s;
  s.lock();
  s.try_lock();
  s.unlock();
  s.lock_shared();
  s.try_lock_shared();
  s.unlock_shared();
  std::shared_timed_mutex st;
  st.lock();
  st.try_lock();
  st.try_lock_for(1s);
  st.try_lock_until(then);
  st.unlock();
  st.lock_shared();
  st.try_lock_shared();
  st.try_lock_shared_for(1s);
  st.try_lock_shared_until(then);
  st.unlock_shared();
  std::lock(m, n);
  std::lock_guard<std::mutex> guard(m);
  std::scoped_lock scoped(m, n);
  std::unique_lock<std::timed_mutex> unique(t);
  unique.lock();
  unique.try_lock_for(1s);
  unique.try_lock_until(then);
  std::shared_lock<std::shared_timed_mutex> shared(st);
  shared.lock();
  shared.try_lock_for(1s);
  shared.try_lock_until(then);
}

void containers() {
  std::vector<int> v;
  std::string st;
  std::deque<int> d;
  std::unordered_map<int, int> um;
  std::unordered_multimap<int, int> umm;
  std::unordered_set<int> us;
  std::unordered_multiset<int> ums;
  std::map<int, int> m;
  std::multimap<int, int> mm;
  std::set<int> s;
  std::multiset<int> ms;
  std::list<int> l;
  std::forward_list<int> fl;
  std::flat_map<int, int> fm;
  std::flat_multimap<int, int> fmm;
  std::flat_set<int> fs;
  std::flat_multiset<int> fms;
}

void state_of_threads() {
  std::this_thread::get_id();
  std::uncaught_exceptions();
}

void scopes() {
  std::experimental::scope_fail fail([] {});
  std::experimental::scope_success success([] {});
}

void console(std::string &s, int i) {
  std::getline(std::cin, s);
  std::cin >> s;
  std::cin >> i;
  std::cin.get();
  std::cin.getline(s.data(), 1);
  std::cin.read(s.data(), 1);
  std::cin.ignore();
  std::cin.peek();
  std::cout << "text";
  std::cout << i;
  std::cout.put('x');
  std::cout.write("x", 1);
  std::cout.flush();
#if __has_include(<print>)
  std::print("{}", i);
  std::println("{}", i);
#endif
}

void streams(std::string &s, int i) {
  std::ifstream in("name");
  in.open("name");
  in >> i;
  in.get();
  in.getline(s.data(), 1);
  in.read(s.data(), 1);
  in.ignore();
  in.peek();
  std::ofstream out("name");
  out.open("name");
  out << i;
  out.put('x');
  out.write("x", 1);
  out.flush();
  out.close();
  std::fstream both("name");
  both.open("name");
  both >> i;
  both.get();
  both.getline(s.data(), 1);
  both.read(s.data(), 1);
  both.ignore();
  both.peek();
  both << i;
  both.put('x');
  both.write("x", 1);
  both.flush();
  both.close();
  std::filebuf buffer;
  buffer.open("name", std::ios::in);
  buffer.close();
}

void files(const fs::path &p, std::error_code &ec) {
  fs::exists(p);
  fs::is_block_file(p);
  fs::is_character_file(p);
  fs::is_directory(p);
  fs::is_fifo(p);
  fs::is_other(p);
  fs::is_regular_file(p);
  fs::is_socket(p);
  fs::is_symlink(p);
  fs::status(p);
  fs::symlink_status(p);
  fs::is_empty(p);
  fs::file_size(p);
  fs::hard_link_count(p);
  fs::last_write_time(p);
  fs::read_symlink(p);
  fs::space(p);
  fs::equivalent(p, p);
  fs::canonical(p);
  fs::weakly_canonical(p);
  fs::relative(p);
  fs::proximate(p);
  fs::temp_directory_path();
  fs::copy(p, p);
  fs::copy_file(p, p);
  fs::copy_symlink(p, p);
  fs::create_directory(p);
  fs::create_directories(p);
  fs::create_directory_symlink(p, p);
  fs::create_hard_link(p, p);
  fs::create_symlink(p, p);
  fs::permissions(p, fs::perms::all);
  fs::remove(p);
  fs::remove_all(p);
  fs::rename(p, p);
  fs::resize_file(p, 1);
  fs::directory_iterator i(p);
  ++i;
  i.increment(ec);
  fs::recursive_directory_iterator r(p);
  ++r;
  r.increment(ec);
  fs::directory_entry e(p);
  e.refresh();
  e.assign(p);
}

void callables(std::vector<int> &v, std::list<int> &l, std::forward_list<int> &f, std::string &s) {
  auto call = [](auto &&...) { return 1; };
  auto p = [](int) { return true; };
  auto q = [](int, int) { return true; };
  std::invoke(call);
  std::invoke_r<int>(call);
  std::apply(call, std::tuple(1));
  std::visit(call, std::variant<int>());
  static std::once_flag once;
  std::call_once(once, call);
  std::make_from_tuple<int>(std::tuple(1));
  std::optional<int> o;
  o.and_then([](int) { return std::optional<int>(); });
  o.transform(call);
  o.or_else([] { return std::optional<int>(); });
#if __cpp_lib_expected >= 202211L
  std::expected<int, int> x;
  x.and_then([](int) { return std::expected<int, int>(); });
  x.transform(call);
  x.or_else([](int) { return std::expected<int, int>(); });
  x.transform_error(call);
#endif
  s.resize_and_overwrite(1, [](char *, size_t n) { return n; });
  std::erase_if(v, p);
  l.sort(q);
  l.merge(l, q);
  l.unique(q);
  l.remove_if(p);
  f.sort(q);
  f.merge(f, q);
  f.unique(q);
  f.remove_if(p);
}

int twice(int i);

void wrappers() {
  std::bind(twice, 1);
  std::bind_front(twice, 1);
  std::mem_fn(&std::string::size);
  std::not_fn(twice);
  std::ref(twice);
  std::cref(twice);
}

void algorithms() {
  static int array[4];
  int *b = array, *e = array + 4, *o = array, i = 1, j = 2;
  auto p = [](int) { return true; };
  auto q = [](int, int) { return true; };
  auto q2 = [](int x, int y) { return x + y; };
  auto g = [] { return 1; };
  auto u = [](int x) { return x; };
  std::accumulate(b, e, 0, q2);
  std::adjacent_difference(b, e, o, q2);
  std::exclusive_scan(b, e, o, 0, q2);
  std::inclusive_scan(b, e, o, q2);
  std::inner_product(b, e, o, 0, q2, q2);
  std::partial_sum(b, e, o, q2);
  std::reduce(b, e, 0, q2);
  std::transform_exclusive_scan(b, e, o, 0, q2, u);
  std::transform_inclusive_scan(b, e, o, q2, u);
  std::transform_reduce(b, e, 0, q2, u);
  std::lexicographical_compare_three_way(b, e, b, e, [](int x, int y) { return x <=> y; });
  std::adjacent_find(b, e, q);
  std::all_of(b, e, p);
  std::any_of(b, e, p);
  std::binary_search(b, e, 1, q);
  std::clamp(1, 0, 2, q);
  std::copy_if(b, e, o, p);
  std::count_if(b, e, p);
  std::equal(b, e, o, q);
  std::equal_range(b, e, 1, q);
  std::find_end(b, e, b, e, q);
  std::find_first_of(b, e, b, e, q);
  std::find_if(b, e, p);
  std::find_if_not(b, e, p);
  std::for_each(b, e, p);
  std::for_each_n(b, 1, p);
  std::generate(b, e, g);
  std::generate_n(b, 1, g);
  std::includes(b, e, b, e, q);
  std::inplace_merge(b, b, e, q);
  std::is_heap(b, e, q);
  std::is_heap_until(b, e, q);
  std::is_partitioned(b, e, p);
  std::is_permutation(b, e, b, e, q);
  std::is_sorted(b, e, q);
  std::is_sorted_until(b, e, q);
  std::lexicographical_compare(b, e, b, e, q);
  std::lower_bound(b, e, 1, q);
  std::make_heap(b, e, q);
  std::max(1, 2, q);
  std::max_element(b, e, q);
  std::merge(b, e, b, e, o, q);
  std::min(1, 2, q);
  std::min_element(b, e, q);
  std::minmax(i, j, q);
  std::minmax_element(b, e, q);
  std::mismatch(b, e, o, q);
  std::next_permutation(b, e, q);
  std::none_of(b, e, p);
  std::nth_element(b, b, e, q);
  std::partial_sort(b, b, e, q);
  std::partial_sort_copy(b, e, b, e, q);
  std::partition(b, e, p);
  std::partition_copy(b, e, o, o, p);
  std::partition_point(b, e, p);
  std::pop_heap(b, e, q);
  std::prev_permutation(b, e, q);
  std::push_heap(b, e, q);
  std::remove_copy_if(b, e, o, p);
  std::remove_if(b, e, p);
  std::replace_copy_if(b, e, o, p, 2);
  std::replace_if(b, e, p, 2);
  std::search(b, e, b, e, q);
  std::search_n(b, e, 1, 1, q);
  std::set_difference(b, e, b, e, o, q);
  std::set_intersection(b, e, b, e, o, q);
  std::set_symmetric_difference(b, e, b, e, o, q);
  std::set_union(b, e, b, e, o, q);
  std::sort(b, e, q);
  std::sort_heap(b, e, q);
  std::stable_partition(b, e, p);
  std::stable_sort(b, e, q);
  std::transform(b, e, o, u);
  std::unique(b, e, q);
  std::unique_copy(b, e, o, q);
  std::upper_bound(b, e, 1, q);

  std::ranges::adjacent_find(b, e, q);
  std::ranges::all_of(b, e, p);
  std::ranges::any_of(b, e, p);
  std::ranges::binary_search(b, e, 1, q);
  std::ranges::clamp(1, 0, 2, q);
  std::ranges::copy_if(b, e, o, p);
  std::ranges::count(b, e, 1);
  std::ranges::count_if(b, e, p);
  std::ranges::equal(b, e, b, e, q);
  std::ranges::equal_range(b, e, 1, q);
  std::ranges::find(b, e, 1);
  std::ranges::find_end(b, e, b, e, q);
  std::ranges::find_first_of(b, e, b, e, q);
  std::ranges::find_if(b, e, p);
  std::ranges::find_if_not(b, e, p);
  std::ranges::for_each(b, e, p);
  std::ranges::for_each_n(b, 1, p);
  std::ranges::generate(b, e, g);
  std::ranges::generate_n(b, 1, g);
  std::ranges::includes(b, e, b, e, q);
  std::ranges::inplace_merge(b, b, e, q);
  std::ranges::is_heap(b, e, q);
  std::ranges::is_heap_until(b, e, q);
  std::ranges::is_partitioned(b, e, p);
  std::ranges::is_permutation(b, e, b, e, q);
  std::ranges::is_sorted(b, e, q);
  std::ranges::is_sorted_until(b, e, q);
  std::ranges::lexicographical_compare(b, e, b, e, q);
  std::ranges::lower_bound(b, e, 1, q);
  std::ranges::make_heap(b, e, q);
  std::ranges::max(1, 2, q);
  std::ranges::max_element(b, e, q);
  std::ranges::merge(b, e, b, e, o, q);
  std::ranges::min(1, 2, q);
  std::ranges::min_element(b, e, q);
  std::ranges::minmax(i, j, q);
  std::ranges::minmax_element(b, e, q);
  std::ranges::mismatch(b, e, b, e, q);
  std::ranges::next_permutation(b, e, q);
  std::ranges::none_of(b, e, p);
  std::ranges::nth_element(b, b, e, q);
  std::ranges::partial_sort(b, b, e, q);
  std::ranges::partial_sort_copy(b, e, b, e, q);
  std::ranges::partition(b, e, p);
  std::ranges::partition_copy(b, e, o, o, p);
  std::ranges::partition_point(b, e, p);
  std::ranges::pop_heap(b, e, q);
  std::ranges::prev_permutation(b, e, q);
  std::ranges::push_heap(b, e, q);
  std::ranges::remove(b, e, 1);
  std::ranges::remove_copy(b, e, o, 1);
  std::ranges::remove_copy_if(b, e, o, p);
  std::ranges::remove_if(b, e, p);
  std::ranges::replace(b, e, 1, 2);
  std::ranges::replace_copy(b, e, o, 1, 2);
  std::ranges::replace_copy_if(b, e, o, p, 2);
  std::ranges::replace_if(b, e, p, 2);
  std::ranges::search(b, e, b, e, q);
  std::ranges::search_n(b, e, 1, 1, q);
  std::ranges::set_difference(b, e, b, e, o, q);
  std::ranges::set_intersection(b, e, b, e, o, q);
  std::ranges::set_symmetric_difference(b, e, b, e, o, q);
  std::ranges::set_union(b, e, b, e, o, q);
  std::ranges::sort(b, e, q);
  std::ranges::sort_heap(b, e, q);
  std::ranges::stable_partition(b, e, p);
  std::ranges::stable_sort(b, e, q);
  std::ranges::transform(b, e, o, u);
  std::ranges::unique(b, e, q);
  std::ranges::unique_copy(b, e, o, q);
  std::ranges::upper_bound(b, e, 1, q);
#ifdef _LIBCPP_VERSION
  std::ranges::contains(b, e, 1);
  std::ranges::contains_subrange(b, e, b, e);
  std::ranges::ends_with(b, e, b, e);
  std::ranges::find_last(b, e, 1);
  std::ranges::find_last_if(b, e, p);
  std::ranges::find_last_if_not(b, e, p);
  std::ranges::fold_left(b, e, 1, q2);
  std::ranges::fold_left_with_iter(b, e, 1, q2);
  std::ranges::starts_with(b, e, b, e);
#endif
}

#endif
