# find_package(aio) gives aio::aio, aio::core and corolint::annotations.

include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/aio)
set(made ${CMAKE_CURRENT_BINARY_DIR}/package)

install(DIRECTORY include/corolint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev)
install(DIRECTORY include/aio DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT aio)
foreach(target aio-core aio)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

# The annotations are in the package of corolint as well: there under the same name.
install(TARGETS aio-core aio corolint-annotations EXPORT aioTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT aio)
install(EXPORT aioTargets NAMESPACE aio:: DESTINATION ${package} COMPONENT aio)
configure_package_config_file(cmake/aioConfig.cmake.in ${made}/aioConfig.cmake
                              INSTALL_DESTINATION ${package}
                              NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${made}/aioConfigVersion.cmake VERSION ${COROLINT_VERSION}
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${made}/aioConfig.cmake ${made}/aioConfigVersion.cmake
        DESTINATION ${package} COMPONENT aio)
