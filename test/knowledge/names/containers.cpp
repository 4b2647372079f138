// Every name of containers.yaml, looked up on declarations of the libraries' shapes, written after
// their headers.
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=containers.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of containers.yaml are proven

namespace phmap {
template <typename K, typename V> class flat_hash_map {};
template <typename K> class flat_hash_set {};
template <typename K, typename V> class node_hash_map {};
template <typename K> class node_hash_set {};
template <typename K, typename V> class btree_map {};
template <typename K> class btree_set {};
} // namespace phmap
namespace tsl {
template <typename K, typename V> class robin_map {};
template <typename K> class robin_set {};
} // namespace tsl
namespace ska {
template <typename K, typename V> class flat_hash_map {};
template <typename K> class flat_hash_set {};
template <typename K, typename V> class bytell_hash_map {};
template <typename K> class bytell_hash_set {};
} // namespace ska
namespace robin_hood {
namespace detail {
template <bool IsFlat, typename K, typename V> class Table {};
} // namespace detail
template <typename K, typename V> using unordered_flat_map = detail::Table<true, K, V>;
} // namespace robin_hood
namespace ankerl::unordered_dense {
inline namespace v4_8_0 {
namespace detail {
template <typename K, typename V, bool IsSegmented> class table {};
} // namespace detail
template <typename K, typename V> using map = detail::table<K, V, false>;
} // namespace v4_8_0
} // namespace ankerl::unordered_dense

void proof(phmap::flat_hash_map<int, int> a, phmap::flat_hash_set<int> b,
           phmap::node_hash_map<int, int> c, phmap::node_hash_set<int> d,
           phmap::btree_map<int, int> e, phmap::btree_set<int> f, tsl::robin_map<int, int> g,
           tsl::robin_set<int> h, ska::flat_hash_map<int, int> i, ska::flat_hash_set<int> j,
           ska::bytell_hash_map<int, int> k, ska::bytell_hash_set<int> l,
           robin_hood::unordered_flat_map<int, int> m, ankerl::unordered_dense::map<int, int> n) {}
