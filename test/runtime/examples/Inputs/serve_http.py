#!/usr/bin/env python3
# ===- serve_http.py - A local server, and a program that fetches from it ===#
#
# Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------===//
"""serve_http.py PROGRAM ARGUMENT...: runs the program with each argument that begins with a slash
made a URL of a server of its own: /N has N bytes, /missing is not there, /never answers never, and
/refused is a port where nobody listens. Prints what the program prints, its exit code, and how many
requests were answered at the same time, at most."""

import http.server
import socket
import subprocess
import sys
import threading

lock, now, most = threading.Lock(), 0, 0
end = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        global now, most
        with lock:
            now += 1
            most = max(most, now)
        try:
            if self.path == "/never":
                end.wait(60)
                return
            if not self.path[1:].isdigit():
                self.send_error(404)
                return
            body = b"x" * int(self.path[1:])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the other side gave up
        finally:
            with lock:
                now -= 1

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
with socket.socket() as nobody:
    nobody.bind(("127.0.0.1", 0))  # bound, and not listening: refused
    closed = nobody.getsockname()[1]

    def url(argument):
        if argument == "/refused":
            return f"http://127.0.0.1:{closed}/"
        return f"http://127.0.0.1:{server.server_port}{argument}" if argument[0] == "/" else argument

    program, *arguments = sys.argv[1:]
    done = subprocess.run([program, *map(url, arguments)], stdout=subprocess.PIPE, text=True,
                          timeout=120)
end.set()
print(done.stdout + f"exit {done.returncode}")
print(f"at most {most} at a time")
