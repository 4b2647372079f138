# Where Debian and CMake users look for things.

install(TARGETS corolint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET corolint-clangd)
  install(TARGETS corolint-clangd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS corolint-plugin corolint-preload LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/corolint)
file(RELATIVE_PATH COROLINT_LIBRARIES ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/corolint)
configure_file(checks/plugin/corolint-clangd-preload.in preload/corolint-clangd-preload @ONLY)
install(PROGRAMS ${PROJECT_BINARY_DIR}/preload/corolint-clangd-preload DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY runtime/include/corolint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY checks/libraries/ DESTINATION ${CMAKE_INSTALL_DATADIR}/corolint/knowledge
        FILES_MATCHING PATTERN *.yaml)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}
        FILES_MATCHING PATTERN *.md)
foreach(file README.md LICENSE)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
endforeach()
configure_file(docs/man/corolint.1.in man/corolint.1 @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/man/corolint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

# find_package(corolint) gives corolint::annotations.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/corolint)
install(TARGETS corolint-annotations EXPORT corolintTargets)
install(EXPORT corolintTargets NAMESPACE corolint:: DESTINATION ${package})
# Not where CMake would find it: the build tree is no package.
set(made ${PROJECT_BINARY_DIR}/package)
configure_package_config_file(cmake/corolintConfig.cmake.in ${made}/corolintConfig.cmake
                              INSTALL_DESTINATION ${package}
                              NO_SET_AND_CHECK_MACRO)
# Nothing in it depends on the machine: it is one header.
write_basic_package_version_file(${made}/corolintConfigVersion.cmake
                                 COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${made}/corolintConfig.cmake ${made}/corolintConfigVersion.cmake
        DESTINATION ${package})
