# Writes into a folder sources whose names and text would be markup, if a page took them as that.
import os
import sys

NAME = b'<img src=x onerror=hacked()></script><b a="\' &amp; \xe2\x80\xae#--.cpp'
CODE = b"""#include "task.hpp"

mini::task<int> answer(const char *) { co_return 42; }

mini::task<> ask() {
  /* </td><script>hacked()</script> --> ]]> &lt; */ answer("<img src=x onerror='hacked()'>");
  // turned around: \xe2\x80\xae hidden \xe2\x80\xac, not UTF-8: \xff\xfe, controls: \x1b[31m \x01
  answer("%s");
  co_return;
}
""" % (b"<svg onload=hacked()>" * 200)

folder = os.fsencode(sys.argv[1])
# A name has no '/', but folders make one.
path = os.path.join(folder, NAME)
os.makedirs(os.path.dirname(path), exist_ok=True)
with open(path, "wb") as out:
    out.write(CODE)
