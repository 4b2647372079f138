# Read by cpack, once for each kind of package.

if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_COMPONENTS_GROUPING IGNORE)
  set(CPACK_COMPONENTS_ALL corolint dev aio)
  unset(CPACK_PACKAGE_DESCRIPTION_SUMMARY) # each package's description begins with its own
else()
  # Clang's headers are in it: nothing has to be installed beside it.
  set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
  set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
  set(CPACK_COMPONENTS_ALL corolint dev clang-headers)
  unset(CPACK_PRE_BUILD_SCRIPTS)
endif()
