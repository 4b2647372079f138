#!/usr/bin/env python3
# ===- talk_to_echo.py - Starts the echo server, talks to it, and ends it ===#
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""talk_to_echo.py SERVER: what it prints is what the test expects."""

import re
import signal
import socket
import subprocess
import sys

server = subprocess.Popen([sys.argv[1]], stdout=subprocess.PIPE, text=True)
port = int(re.fullmatch(r"listening on port (\d+)\n", server.stdout.readline())[1])


def connect():
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.settimeout(60)
    return connection


def echoed(connection, text):
    connection.sendall(text)
    got = b""
    while part := len(got) < len(text) and connection.recv(65536):
        got += part
    return got == text


connections = [connect() for _ in range(200)]
good = sum(echoed(c, f"number {i}".encode() * 1000) for i, c in enumerate(connections))
print(f"{good} connections got back what they sent")
for each in connections[2:]:
    # Half closed, and read to the end: the server has seen that this one is gone.
    each.shutdown(socket.SHUT_WR)
    assert each.recv(1) == b""
    each.close()

server.send_signal(signal.SIGTERM)
stopping = server.stdout.readline()
try:
    connect()
    print("somebody was let in after SIGTERM")
except ConnectionRefusedError:
    print("nobody is let in after SIGTERM")
print("who was in got an answer" if echoed(connections[0], b"still there?") else "no answer")
for each in connections[:2]:
    each.close()
rest = server.stdout.read()  # not communicate(), which forgets what readline() has read ahead
server.wait(timeout=60)
print(f"{stopping}{rest}exit {server.returncode}")
