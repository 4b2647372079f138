# One run of a target of corolint_add_lint_target: cmake -D JOB=FILE -P corolintRun.cmake

cmake_minimum_required(VERSION 3.24)
include(${JOB})

if(NOT command OR NOT EXISTS ${command})
  message(FATAL_ERROR "corolint was not found, so nothing was linted. Install it, or set COROLINT_COMMAND.")
endif()
if(targets AND NOT paths)
  message(FATAL_ERROR "corolint: there is no C++ in ${targets}, so nothing was linted")
endif()
execute_process(COMMAND ${command} -p ${build} ${options} ${paths} RESULT_VARIABLE result)

# A build tool shows that a command failed, and not always with which code.
set(meaning_1 "there are findings")
set(meaning_2 "wrong use, nothing was linted")
set(meaning_3 "something could not be analysed, so this is no clean result")
if(NOT result EQUAL 0)
  message(NOTICE "corolint: ${meaning_${result}} (exit code ${result})")
  message(FATAL_ERROR "corolint failed")
endif()
