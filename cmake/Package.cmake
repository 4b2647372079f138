# What `dev package` makes with CPack: packages for Debian, one of each component, and an archive that is
# unpacked anywhere.

set(CPACK_PACKAGE_NAME corolint)
set(CPACK_PACKAGE_VENDOR "corolint")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_CONTACT "The authors of corolint <authors@corolint.invalid>" CACHE STRING
    "Who answers for the packages, as Debian's control files say it")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# What the two kinds of package have different.
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/package/Kinds.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/package/Debian.cmake)
set(CPACK_COROLINT_SOURCE ${PROJECT_SOURCE_DIR})
string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" CPACK_SYSTEM_NAME)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)

set(CPACK_DEBIAN_COROLINT_PACKAGE_NAME corolint)
set(CPACK_DEBIAN_COROLINT_PACKAGE_DEPENDS "libclang-common-${COROLINT_LLVM_MAJOR}-dev")
set(CPACK_DEBIAN_COROLINT_PACKAGE_RECOMMENDS "clang-tidy-${COROLINT_LLVM_MAJOR}")
set(CPACK_DEBIAN_COROLINT_PACKAGE_SUGGESTS "corolint-dev")
set(CPACK_DEBIAN_COROLINT_DESCRIPTION
"find async misuse in C++20 coroutines
Calls that block the event loop, event loops that run inside event loops, tasks
that are never awaited, locks and iterators that are held across a suspension.

This package has the command, the plugin for clang-tidy, and the documentation.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME corolint-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "corolint")
set(CPACK_DEBIAN_DEV_DESCRIPTION
"annotations that corolint reads, and its CMake package
One header, for C and C++, that says of functions and types of your own what
corolint should know of them. It has no cost at run time.")

set(CPACK_DEBIAN_AIO_PACKAGE_NAME corolint-aio-dev)
set(CPACK_DEBIAN_AIO_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_AIO_PACKAGE_DEPENDS
    "corolint-dev (= ${PROJECT_VERSION}), libuv1-dev (>= 1.44), pkg-config | pkgconf")
if(AIO_LIBDW_FOUND)
  string(APPEND CPACK_DEBIAN_AIO_PACKAGE_DEPENDS ", libdw-dev")
endif()
set(CPACK_DEBIAN_AIO_DESCRIPTION
"small runtime for C++20 coroutines, on libuv
Tasks, groups, cancellation, time, sockets, files, processes, signals, channels
and locks, annotated for corolint. Its debug mode reports tasks that were never
awaited, steps that hold the loop, nested loops and deadlocks.")

include(CPack)
