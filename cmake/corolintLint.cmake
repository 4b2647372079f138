# corolint in a CMake project: comes with find_package(corolint), and with the sources of corolint where
# these are added to the project.
#
#   corolint_add_lint_target(NAME
#     [TARGETS target...]    lint the sources and headers of these targets
#     [PATHS path...]        lint these files and folders, relative to the current source folder
#     [OPTIONS option...]    given on to the command: --profile=strict, say
#     [DEPENDS target...]    build these before: targets that generate headers
#     [BUILD folder])        where compile_commands.json is; else the project's build folder
#
# Without TARGETS and PATHS everything is linted that the project compiles. Building NAME fails where there
# are findings, and where something could not be analysed, and says which of the two it was.
#
# COROLINT_COMMAND names the command. If there is none, the project is configured all the same, and NAME
# fails.

include_guard(GLOBAL)
set(COROLINT_RUN_LINT ${CMAKE_CURRENT_LIST_DIR}/corolintRun.cmake CACHE INTERNAL "")

# The command, and what has to be built for it.
function(corolint_find_command command)
  if(TARGET corolint::corolint)
    set(${command} $<TARGET_FILE:corolint::corolint> PARENT_SCOPE)
    return()
  endif()
  # Beside this file where both are installed.
  find_program(COROLINT_COMMAND corolint DOC "The command corolint"
               HINTS ${corolint_DIR}/../../../bin ${corolint_DIR}/../../../../bin)
  if(NOT COROLINT_COMMAND)
    message(STATUS "corolint was not found: set COROLINT_COMMAND to lint")
  endif()
  set(${command} ${COROLINT_COMMAND} PARENT_SCOPE)
endfunction()

# compile_commands.json is written for targets that want it, and by two kinds of generator.
function(corolint_want_commands targets)
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "corolint_add_lint_target: '${CMAKE_GENERATOR}' writes no compile_commands.json: "
                        "use Ninja or Makefiles, or name another build folder with BUILD")
  elseif(targets)
    set_target_properties(${targets} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
  elseif(NOT CMAKE_EXPORT_COMPILE_COMMANDS)
    message(FATAL_ERROR "corolint_add_lint_target: nothing writes compile_commands.json: "
                        "set CMAKE_EXPORT_COMPILE_COMMANDS to ON before the project's targets")
  endif()
endfunction()

# What a target has in C++, as generator expressions: sources, and headers of the set HEADERS.
function(corolint_files_of target files)
  set(listed "$<TARGET_PROPERTY:${target},SOURCES>" "$<TARGET_PROPERTY:${target},HEADER_SET>")
  set(ours "$<FILTER:$<TARGET_GENEX_EVAL:${target},${listed}>,INCLUDE,[.](cc|cpp|cxx|c[+][+]|C|cppm|ccm|cxxm|ixx|h|hh|hpp|hxx|h[+][+]|inl|ipp|tpp|txx)$>")
  # Of nothing, the absolute path would be the folder.
  set(folder $<TARGET_PROPERTY:${target},SOURCE_DIR>)
  set(${files} "$<$<BOOL:${ours}>:$<PATH:ABSOLUTE_PATH,NORMALIZE,${ours},${folder}>>" PARENT_SCOPE)
endfunction()

function(corolint_add_lint_target name)
  cmake_minimum_required(VERSION 3.24)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BUILD" "TARGETS;PATHS;OPTIONS;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "corolint_add_lint_target: what does this mean: "
                        "${arg_UNPARSED_ARGUMENTS}${arg_KEYWORDS_MISSING_VALUES}")
  endif()
  foreach(target IN LISTS arg_TARGETS arg_DEPENDS)
    if(NOT TARGET ${target})
      message(FATAL_ERROR "corolint_add_lint_target: there is no target '${target}'")
    endif()
  endforeach()
  if(NOT arg_BUILD)
    set(arg_BUILD ${CMAKE_BINARY_DIR})
    corolint_want_commands("${arg_TARGETS}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_BUILD)

  set(paths "")
  foreach(path IN LISTS arg_PATHS)
    cmake_path(ABSOLUTE_PATH path NORMALIZE)
    list(APPEND paths ${path})
  endforeach()
  foreach(target IN LISTS arg_TARGETS)
    corolint_files_of(${target} files)
    list(APPEND paths "${files}")
  endforeach()

  corolint_find_command(command)
  # In a file: there may be more paths than a shell takes.
  set(job ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.corolint/$<CONFIG>.cmake)
  file(GENERATE OUTPUT ${job} CONTENT
"set(command [[${command}]])
set(build [[${arg_BUILD}]])
set(options [[${arg_OPTIONS}]])
set(targets [[${arg_TARGETS}]])
set(paths [[${paths}]])
")
  add_custom_target(${name}
    COMMAND ${CMAKE_COMMAND} -D JOB=${job} -P ${COROLINT_RUN_LINT}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "Linting with corolint"
    USES_TERMINAL VERBATIM)
  if(TARGET corolint::corolint)
    add_dependencies(${name} corolint::corolint)
  endif()
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
endfunction()
