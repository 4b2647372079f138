# lit's configuration: where tests are, and what they may call. Run through build/test, which knows
# the build: `lit build/test`, or one file of it: `lit build/test/checks/coro-nested-loop.cpp`.

import importlib.util
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import formats

config.name = "corolint"
config.test_format = formats.Shell(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
# Inputs/ holds what tests read; support/, bench/ and fuzz/ what they and others call; aio/ is a suite
# of its own.
config.excludes = ["Inputs", "aio", "corpus", "support", "bench", "fuzz", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_dir, "test")

# A test that hangs is a failure, not a lost CI job. lit needs psutil to end it.
if importlib.util.find_spec("psutil"):
    lit_config.maxIndividualTestTime = 2400

corolint = os.path.join(config.build_dir, "bin", "corolint")
plugin = os.path.join(config.build_dir, "lib", "corolint.so")
include = os.path.join(config.source_dir, "runtime", "include")
support = os.path.join(config.test_source_root, "support")
llvm = config.llvm_tools_dir


def tool(name):
    """A program of the LLVM that corolint was built with."""
    return os.path.join(llvm, name)


clang_tidy = f"{tool('clang-tidy')} --load={plugin}"
check = (
    f"{config.python} {support}/check.py --corolint={corolint} --plugin={plugin}"
    f" --clang-tidy={tool('clang-tidy')}"
    f" --include={include} --include={support} --scratch=%t.check"
    f" --headers={config.build_dir}/test/support/checks.pch"
)
cases = f"{config.python} {support}/cases.py --corolint={corolint}"
if not config.sanitize:
    cases += f" --plugin={plugin} --clang-tidy={tool('clang-tidy')}"
# A plugin with a sanitizer needs its runtime in clang-tidy, so there the command is tried alone. LLVM's
# libraries are built without it: what is in their containers looks unannotated, and leaks are theirs.
if config.sanitize:
    check += " --without-plugin"
    config.environment["ASAN_OPTIONS"] = "detect_leaks=0:detect_container_overflow=0:allow_user_poisoning=0"
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
# What takes minutes, with `./dev test --all`: every combination of the generated spellings, not only
# every pair of parts, and two minutes for each fuzzer, not only a number of runs.
all = lit_config.params.get("all") is not None
spellings = (
    f"{config.python} {config.test_source_root}/generated/spellings.py --corolint={corolint}"
    f" --include={include} --include={config.test_source_root}/checks/Inputs --scratch=%t.spellings"
    + (" --all" if all else "")
)

# The first that matches is replaced, so a longer name stands before one that it begins with.
# Nothing is replaced inside a word: %check is not found in %checks.
config.substitutions += [
    ("%clang-tidy-only", tool("clang-tidy")),
    ("%clang-tidy", clang_tidy),
    ("%clangxx", tool("clang++")),
    ("%clang", tool("clang")),
    (r"%check\b", check),
    ("%cases", cases),
    ("%spellings", spellings),
    *([("%fuzz=[0-9]+", "-max_total_time=120")] if all else [("%fuzz=", "-runs=")]),
    ("%corolint", corolint),
    ("%plugin", plugin),
    ("%gxx", shutil.which("g++-12") or "g++"),
    ("%gcc", shutil.which("gcc-12") or "gcc"),
    ("%FileCheck", tool("FileCheck")),
    ("%cmake", config.cmake),
    ("%python", config.python),
    ("%llvm-lit", tool("lit")),
    ("%llvm-bin", llvm),
    ("%include", include),
    ("%support", support),
    ("%build", config.build_dir),
    ("%source", config.source_dir),
]

path = [os.path.join(config.build_dir, "bin"), llvm, os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
# Colours, progress and a user's own configuration must not change an answer.
for name in ("CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR", "CPLUS_INCLUDE_PATH", "CPATH",
             "COROLINT_CACHE_DIR", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "PRE_COMMIT_FROM_REF"):
    config.environment.pop(name, None)
config.environment["LC_ALL"] = "C.UTF-8"
# What an earlier run found is no answer of this one.
config.environment["COROLINT_NO_CACHE"] = "1"
# A compiler's memory in huge pages saves a twentieth of its time; the command does so by itself.
config.environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"


def feature(name, present):
    if present:
        config.available_features.add(name)


def header(path):
    return any(
        os.path.exists(os.path.join(root, path))
        for root in ("/usr/include", "/usr/local/include", "/usr/include/x86_64-linux-gnu")
    )


feature("all", all)
feature("gxx", shutil.which("g++-12") or shutil.which("g++"))
feature("clang-tidy-19", shutil.which("clang-tidy-19"))
feature("clang-tidy-14", shutil.which("clang-tidy-14"))
feature("clang-19", shutil.which("clang++-19"))
feature("clang-14", shutil.which("clang++-14"))
feature("llvm-19-dev", os.path.exists("/usr/lib/llvm-19/lib/cmake/llvm/LLVMConfig.cmake"))
feature("pre-commit", shutil.which("pre-commit"))
# What `dev` builds, so that a test may call `dev`.
feature("release-build", os.path.realpath(config.build_dir) == os.path.join(config.source_dir, "build"))
# aio's examples, with COROLINT_BUILD_TESTS.
feature("examples", config.examples == "ON")
feature("ninja", os.path.exists(os.path.join(config.build_dir, "build.ninja")))
feature("man", shutil.which("man"))
# Machines of test/support/machine.py.
feature("machines", sys.platform == "linux" and subprocess.run(
    [config.python, os.path.join(support, "machine.py"), "copy", "/etc", "--", "true"],
    capture_output=True).returncode == 0)
feature("bazel", shutil.which("bazel"))
feature("sphinx", all and importlib.util.find_spec("myst_parser") and importlib.util.find_spec("furo"))
feature("chromium", shutil.which("chromium") and shutil.which("chromedriver"))
feature("git", shutil.which("git"))
feature("clang-format", shutil.which("clang-format-22"))
feature("spdlog", header("spdlog/spdlog.h") and header("fmt/core.h"))
feature("asio", header("asio.hpp"))
feature("boost", header("boost/asio.hpp"))
feature("libuv", header("uv.h"))
feature("sqlite", header("sqlite3.h"))
feature("libpq", header("postgresql/libpq-fe.h"))
feature("curl", header("curl/curl.h"))
feature("openssl", header("openssl/ssl.h"))
feature("hiredis", header("hiredis/hiredis.h"))
feature("qt", header("qt5/QtCore/qeventloop.h"))
feature("lmdb", header("lmdb.h"))
feature("leveldb", header("leveldb/db.h"))
feature("rocksdb", header("rocksdb/db.h"))
feature("sqlitecpp", header("SQLiteCpp/SQLiteCpp.h"))
feature("berkeleydb", header("db_cxx.h"))
feature("soci", header("soci/soci.h"))
feature("liburing", header("liburing.h"))
feature("libc++", os.path.exists(os.path.join(llvm, "../include/c++/v1/coroutine")))
