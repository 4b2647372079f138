# What Debian wants of each package besides what is installed, written where its files wait to be packed.

cmake_minimum_required(VERSION 3.25)
set(source ${CPACK_COROLINT_SOURCE}/cmake/package)

function(compress file)
  execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} name)
  set(package ${CPACK_DEBIAN_${name}_PACKAGE_NAME})
  set(root ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  set(docs ${root}/share/doc/${package})

  file(REMOVE ${docs}/LICENSE) # its text is in the copyright file
  configure_file(${source}/copyright ${docs}/copyright COPYONLY)
  # The day of what is packed, as `dev package` says it.
  string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
  configure_file(${source}/changelog.in ${docs}/changelog @ONLY)
  compress(${docs}/changelog)
  if(EXISTS ${source}/${package}.lintian)
    configure_file(${source}/${package}.lintian ${root}/share/lintian/overrides/${package} COPYONLY)
  endif()

  file(GLOB pages ${root}/share/man/man*/*.[1-9])
  foreach(page IN LISTS pages)
    compress(${page})
  endforeach()
  file(GLOB archives ${root}/lib/*.a)
  foreach(archive IN LISTS archives)
    execute_process(COMMAND strip --strip-debug --remove-section=.comment
                            --enable-deterministic-archives ${archive} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endforeach()
