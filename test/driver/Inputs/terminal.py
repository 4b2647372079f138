"""Runs a command on a pseudo-terminal and prints what it wrote there, escapes made visible."""

import os
import pty
import sys

written = bytearray()

pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
try:
    while data := os.read(fd, 65536):
        written.extend(data)
except OSError:  # how Linux says that the other side is gone
    pass
os.waitpid(pid, 0)
text = written.decode().replace("\x1b", "\\x1b").replace("\r\n", "\n").replace("\r", "\\r")
sys.stdout.write(text)
