// What a library does with a callable, or where its results come from, nobody sees.
#pragma once

namespace opaque {

void keep(const void *);
template <class T> struct made {
  static T value();
};

} // namespace opaque
