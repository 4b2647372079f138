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

# The command is linked with LLVM's archives where these and what they need are at hand. Against the
# shared libraries it took 21 ms to start instead of 6, 10 % longer on a heavy unit and half as much
# memory again, and it starts once more for each unit. So linked it also needs nothing but the C library,
# and runs wherever that is not older than this machine's (`dev package`).
option(COROLINT_STATIC "Link LLVM and Clang statically" ON)
if(COROLINT_STATIC)
  set(COROLINT_LLVM_SYSTEM_LIBRARIES Threads::Threads ${CMAKE_DL_LIBS})
  find_package(Threads REQUIRED)
  set(missing "")
  if(NOT EXISTS ${LLVM_LIBRARY_DIR}/libLLVMSupport.a OR NOT EXISTS ${LLVM_LIBRARY_DIR}/libclangAST.a)
    list(APPEND missing "LLVM's archives")
  endif()
  # The last names are those of the packages that a user's machine has, without the headers.
  find_library(COROLINT_STATIC_ZLIB NAMES libz.a z libz.so.1)
  find_library(COROLINT_STATIC_ZSTD NAMES libzstd.a zstd libzstd.so.1)
  foreach(library ZLIB ZSTD)
    if(COROLINT_STATIC_${library})
      list(APPEND COROLINT_LLVM_SYSTEM_LIBRARIES ${COROLINT_STATIC_${library}})
    else()
      list(APPEND missing ${library})
    endif()
  endforeach()
  if(missing)
    list(JOIN missing ", " missing)
    message(STATUS "Linking the shared LLVM: not found: ${missing}")
    set(COROLINT_STATIC OFF)
  endif()
endif()
