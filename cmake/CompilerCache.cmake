# ccache where it is installed. A precompiled header is cached only when ccache may trust it: Clang
# must leave its time stamp out (-fno-pch-timestamp, set in checks/), and ccache must not look at
# modification times of what is in it.

find_program(COROLINT_CCACHE ccache)
if(COROLINT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(launcher
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${COROLINT_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
