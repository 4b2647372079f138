# What Debian wants of each package besides what is installed, written where its files wait to be packed.

cmake_minimum_required(VERSION 3.25)
set(source ${CPACK_COROLINT_SOURCE}/cmake/package)

function(compress file)
  execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The packages of the shared libraries that the programs and plugins of a folder need. CPack can ask as well,
# but starts two processes for each file to know which are programs: ten of eleven seconds.
function(libraries_of root result)
  set(programs "")
  file(GLOB_RECURSE files ${root}/bin/* ${root}/lib/*.so)
  foreach(file IN LISTS files)
    file(READ ${file} magic LIMIT 4 HEX)
    if(magic STREQUAL "7f454c46") # and no script
      list(APPEND programs ${file})
    endif()
  endforeach()
  set(${result} "" PARENT_SCOPE)
  if(NOT programs)
    return()
  endif()
  set(scratch ${CPACK_TEMPORARY_DIRECTORY}/shlibdeps)
  file(WRITE ${scratch}/debian/control "Source: corolint\n\nPackage: corolint\nArchitecture: any\n")
  execute_process(COMMAND dpkg-shlibdeps -O ${programs} WORKING_DIRECTORY ${scratch}
                  OUTPUT_VARIABLE answer ERROR_VARIABLE complaints RESULT_VARIABLE code)
  if(code OR NOT answer MATCHES "shlibs:Depends=([^\n]+)")
    message(FATAL_ERROR "dpkg-shlibdeps: ${answer}${complaints}")
  endif()
  set(${result} ", ${CMAKE_MATCH_1}" PARENT_SCOPE)
  file(REMOVE_RECURSE ${scratch})
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

  libraries_of(${root} libraries)
  string(APPEND CPACK_DEBIAN_${name}_PACKAGE_DEPENDS "${libraries}")

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
