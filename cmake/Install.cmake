# Where Debian and CMake users look for things. Each component is a package of Debian's (Package.cmake);
# what names none is in that of the programs.

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME corolint)
install(TARGETS corolint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET corolint-clangd)
  install(TARGETS corolint-clangd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS corolint-plugin corolint-preload LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/corolint)
if(TARGET corolint-plugin-19)
  install(TARGETS corolint-plugin-19 LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/corolint OPTIONAL)
endif()
file(RELATIVE_PATH COROLINT_LIBRARIES ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/corolint)
configure_file(checks/plugin/corolint-clangd-preload.in preload/corolint-clangd-preload @ONLY)
install(PROGRAMS ${PROJECT_BINARY_DIR}/preload/corolint-clangd-preload DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY checks/libraries/ DESTINATION ${CMAKE_INSTALL_DATADIR}/corolint/knowledge
        FILES_MATCHING PATTERN *.yaml)
install(DIRECTORY bazel DESTINATION ${CMAKE_INSTALL_DATADIR}/corolint USE_SOURCE_PERMISSIONS)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}
        FILES_MATCHING PATTERN *.md PATTERN man EXCLUDE PATTERN site EXCLUDE)
# The site, if `./dev docs` has made it.
install(DIRECTORY ${PROJECT_BINARY_DIR}/site/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/html OPTIONAL
        PATTERN .corolint-site EXCLUDE)
foreach(file README.md CHANGELOG.md LICENSE cmake/package/copyright)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
endforeach()
foreach(entry "bash:bash-completion/completions:corolint" "zsh:zsh/site-functions:_corolint"
              "fish:fish/vendor_completions.d:corolint.fish")
  string(REPLACE ":" ";" entry ${entry})
  list(GET entry 0 shell)
  list(GET entry 1 folder)
  list(GET entry 2 name)
  install(FILES ${PROJECT_BINARY_DIR}/completion/corolint.${shell}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} RENAME ${name})
endforeach()
configure_file(docs/man/corolint.1.in man/corolint.1 @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/man/corolint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
# One page for clangd in both its forms.
configure_file(docs/man/corolint-clangd.1.in man/corolint-clangd.1 @ONLY)
foreach(page corolint-clangd corolint-clangd-preload)
  install(FILES ${PROJECT_BINARY_DIR}/man/corolint-clangd.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
          RENAME ${page}.1)
endforeach()

# find_package(corolint) gives corolint::annotations and corolint_add_lint_target.
install(DIRECTORY runtime/include/corolint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/corolint)
install(TARGETS corolint-annotations EXPORT corolintTargets)
install(EXPORT corolintTargets NAMESPACE corolint:: DESTINATION ${package} COMPONENT dev)
# Not where CMake would find it: the build tree is no package.
set(made ${PROJECT_BINARY_DIR}/package)
configure_package_config_file(cmake/corolintConfig.cmake.in ${made}/corolintConfig.cmake
                              INSTALL_DESTINATION ${package}
                              NO_SET_AND_CHECK_MACRO)
# Nothing in it depends on the machine: it is a header and scripts.
write_basic_package_version_file(${made}/corolintConfigVersion.cmake
                                 COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${made}/corolintConfig.cmake ${made}/corolintConfigVersion.cmake
              cmake/corolintLint.cmake cmake/corolintRun.cmake
        DESTINATION ${package} COMPONENT dev)

# Clang's own headers, where the command looks for them first: for who has no package of Clang's.
install(DIRECTORY ${LLVM_LIBRARY_DIR}/clang/${COROLINT_LLVM_MAJOR}/include
        DESTINATION lib/clang/${COROLINT_LLVM_MAJOR} COMPONENT clang-headers EXCLUDE_FROM_ALL)
