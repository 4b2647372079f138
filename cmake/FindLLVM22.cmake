# LLVM and Clang, of the one major version whose C++ API the checks are written for.

set(COROLINT_LLVM_MAJOR 22)

# No version is asked for here: LLVM's own version file accepts nothing but an equal major.minor,
# and then CMake's message would not say what was found.
find_package(LLVM CONFIG QUIET HINTS /usr/lib/llvm-${COROLINT_LLVM_MAJOR}/lib/cmake/llvm)
if(NOT LLVM_FOUND OR NOT LLVM_VERSION_MAJOR EQUAL COROLINT_LLVM_MAJOR)
  set(found "none was found")
  if(LLVM_FOUND)
    set(found "LLVM ${LLVM_PACKAGE_VERSION} was found in ${LLVM_DIR}")
  endif()
  message(FATAL_ERROR
    "corolint needs the development packages of LLVM ${COROLINT_LLVM_MAJOR}, and ${found}.\n"
    "On Debian: ./dev install-deps. Elsewhere point CMake at it with "
    "-DLLVM_DIR=PREFIX/lib/cmake/llvm")
endif()

find_package(Clang CONFIG QUIET PATHS ${LLVM_DIR}/../clang NO_DEFAULT_PATH)
if(NOT Clang_FOUND)
  message(FATAL_ERROR
    "corolint needs Clang's development packages beside LLVM, and ${LLVM_DIR}/../clang has none.\n"
    "On Debian: ./dev install-deps, or apt-get install libclang-${COROLINT_LLVM_MAJOR}-dev "
    "libclang-cpp${COROLINT_LLVM_MAJOR}-dev")
endif()
